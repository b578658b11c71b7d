/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/tree.h"
#include "facts/mailfile.h"

static const struct {
	const char *text;
	time_t want; /* 0: none */
} dates[] = {
	{ "Tue, 06 Jan 2026 09:12:38 +0000", 1767690758 },
	{ "6 Jan 2026 09:12 +0000", 1767690720 },
	{ "Tue, 6 Jan 26 10:12:38 +0100", 1767690758 },
	{ "Tue, 06 Jan 2026 09:12:38 GMT", 1767690758 },
	{ "Tue, 06 Jan 2026 04:12:38 EST", 1767690758 },
	{ "Tue, 06 Jan 2026 09:12:38 -0000 (UTC)", 1767690758 },
	{ "Tue (a (nested) comment), 06 Jan 2026 09:12:38", 1767690758 },
	{ "\r\n Tue, 06\r\n Jan 2026 09:12:38 +0000", 1767690758 },
	{ "06-Jan-2026 09:12:38 +0000", 1767690758 },
	{ "Thu, 29 Feb 2024 23:59:60 +0000", 1709251200 },
	{ "Tue, 06 Foo 2026 09:12:38 +0000", 0 },
	{ "Tue, 06 Jan 2026 25:12:38 +0000", 0 },
	{ "Tue, 99 Jan 2026 09:12:38 +0000", 0 },
	{ "yesterday", 0 },
	{ "", 0 },
	{ "(((((((", 0 },
};

static void
test_dates_are_read_as_rfc_5322_has_them(void **state)
{
	time_t got;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(dates); i++) {
		got = 0;
		if (mailfile_date(span_of(dates[i].text), &got) !=
			    (dates[i].want != 0) ||
		    got != dates[i].want)
			fail_msg("\"%s\": %lld", dates[i].text, (long long)got);
	}
}

static const struct {
	const char *name, *head;
	time_t want;
} heads[] = {
	{ "the topmost Received counts",
	  "Received: from a by b; Tue, 06 Jan 2026 09:12:38 +0000\r\n"
	  "Received: from c by a; Mon, 05 Jan 2026 09:12:38 +0000\r\n"
	  "Date: Sun, 04 Jan 2026 09:12:38 +0000\r\n\r\n",
	  1767690758 },
	{ "folded, with a semicolon before the last one",
	  "received: from a (x; y)\n by b;\n Tue, 06 Jan 2026 09:12:38 +0000\n"
	  "\n",
	  1767690758 },
	{ "Date when there is no Received",
	  "From: a@b\nDate: Tue, 06 Jan 2026 09:12:38 +0000\n\n", 1767690758 },
	{ "Date when Received has none",
	  "Received: by a\nDate: Tue, 06 Jan 2026 09:12:38 +0000\n\n",
	  1767690758 },
	{ "the next Received when the first has none",
	  "Received: by a\nReceived: by b; 6 Jan 2026 09:12:38 +0000\n\n",
	  1767690758 },
	{ "the body is no head",
	  "Subject: x\n\nDate: Tue, 06 Jan 2026 09:12:38 +0000\n", 0 },
	{ "nothing", "", 0 },
	{ "one line without end", "Received: x; 6 Jan 2026 09:12", 1767690720 },
	{ "a folded line without end", "Received: x;\n ", 0 },
};

static void
test_receipt_is_found_in_the_head(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(heads); i++) {
		time_t got = mailfile_received(span_of(heads[i].head));

		if (got != heads[i].want)
			fail_msg("%s: %lld", heads[i].name, (long long)got);
	}
}

/* ---- files ---- */

struct place {
	char folder[64];
	struct arena *arena;
};

static int
make_place(void **state)
{
	struct place *place = calloc(1, sizeof *place);

	assert_non_null(place);
	strcpy(place->folder, "/tmp/test-mailfile-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	place->arena = arena_new(0);
	*state = place;
	return 0;
}

static int
remove_place(void **state)
{
	struct place *place = *state;

	assert_int_equal(tree_remove(place->folder), 0);
	arena_free(place->arena);
	free(place);
	return 0;
}

/* Makes the folders on the way. */
static void
put(const struct place *place, const char *name, const char *text)
{
	char path[256], *slash;
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", place->folder, name);
	for (slash = path + strlen(place->folder) + 1;
	     (slash = strchr(slash, '/')) != NULL; slash++) {
		*slash = '\0';
		(void)mkdir(path, 0700);
		*slash = '/';
	}
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static struct mailfiles
list(const struct place *place, const char *name)
{
	char path[256];
	const char *paths[] = { path };
	struct mailfiles files;
	struct error err;

	snprintf(path, sizeof path, "%s%s%s", place->folder,
		 *name != '\0' ? "/" : "", name);
	if (mailfile_list(paths, 1, place->arena, &files, &err) != 0)
		fail_msg("%s", err.text);
	return files;
}

#define AT(minute)                                                  \
	"Received: by x; Tue, 06 Jan 2026 09:" minute ":00 +0000\n" \
	"Subject: " minute "\n\nBody " minute "\n"

static void
expect_names(struct mailfiles files, const char *const *want)
{
	size_t i;

	for (i = 0; want[i] != NULL; i++) {
		assert_true(i < files.count);
		assert_string_equal(files.at[i].name, want[i]);
	}
	assert_int_equal(files.count, i);
}

static void
test_a_folder_gives_its_eml_files_in_order_of_receipt(void **state)
{
	static const char *const want[] = { "deep/down/z.eml", "b.eml", "a.eml",
					    "c.EML", NULL };
	const struct place *place = *state;

	put(place, "a.eml", AT("30"));
	put(place, "b.eml", AT("20"));
	put(place, "c.EML", AT("30"));
	put(place, "deep/down/z.eml", AT("10"));
	put(place, "README.md", "no mail");
	put(place, "labels.tsv", "no mail");
	expect_names(list(place, ""), want);
}

static void
test_a_maildir_gives_new_and_cur_of_all_its_folders(void **state)
{
	static const char *const want[] = { "cur/1.a:2,S", "new/2.b",
					    ".Sent/cur/3.c:2,", NULL };
	const struct place *place = *state;

	put(place, "box/cur/1.a:2,S", AT("10"));
	put(place, "box/new/2.b", AT("20"));
	put(place, "box/tmp/9.x", AT("05"));
	put(place, "box/dovecot.index", "no mail");
	put(place, "box/.Sent/cur/3.c:2,", AT("30"));
	put(place, "box/.Sent/new/.hidden", AT("30"));
	expect_names(list(place, "box"), want);
}

static void
test_an_mbox_is_cut_at_its_from_lines_only(void **state)
{
	static const char *const want[] = { "box#1", "box#2", NULL };
	const struct place *place = *state;
	struct mailfiles files;
	struct error err;
	struct span raw;

	put(place, "box",
	    "From a@b Tue Jan  6 09:00:00 2026\n"
	    "Received: by x; Tue, 06 Jan 2026 09:10:00 +0000\n\n"
	    "From here on it is text.\n\n"
	    "From the heart: this too, after a blank line.\n"
	    ">From a@b Tue Jan  6 09:00:00 2026\n\n"
	    "From c@d Tue Jan  6 09:01:00 2026\n"
	    "Received: by x; Tue, 06 Jan 2026 09:20:00 +0000\n\nSecond\n");
	files = list(place, "box");
	expect_names(files, want);
	assert_int_equal(mailfile_read(&files.at[1], 1000, &raw, &err), 0);
	assert_true(span_starts(raw, "Received:"));
	assert_true(span_ends_nocase(raw, "Second\n"));
	free((void *)(uintptr_t)raw.ptr);
	assert_int_equal(mailfile_read(&files.at[0], 9, &raw, &err), 0);
	assert_true(span_is(raw, "Received:"));
	free((void *)(uintptr_t)raw.ptr);
}

/* Lines and messages that straddle every edge of the reading buffer. */
static void
test_a_large_mbox_loses_no_message(void **state)
{
	enum { COUNT = 3000 };
	const struct place *place = *state;
	struct mailfiles files;
	char path[256];
	FILE *file;
	int i, k;

	snprintf(path, sizeof path, "%s/large.mbox", place->folder);
	file = fopen(path, "w");
	assert_non_null(file);
	for (i = 0; i < COUNT; i++) {
		fprintf(file, "From a@b Tue Jan  6 09:00:00 2026\nX: %d\n\n",
			i);
		for (k = 0; k < i % 997; k++)
			fputc('x', file);
		fprintf(file, "\n\n");
	}
	/* One line longer than the buffer. */
	fprintf(file, "From a@b Tue Jan  6 09:00:00 2026\nX: last\n\n");
	for (k = 0; k < 700000; k++)
		fputc('y', file);
	fprintf(file, "\n\nFrom a@b Tue Jan  6 09:00:00 2026\nX: end\n\n");
	assert_int_equal(fclose(file), 0);
	files = list(place, "large.mbox");
	assert_int_equal(files.count, COUNT + 2);
}

static void
test_odd_files_are_listed_or_named_in_the_error(void **state)
{
	const struct place *place = *state;
	struct mailfiles files;
	char path[256];
	const char *paths[] = { path };
	struct error err;

	put(place, "empty.eml", "");
	put(place, "binary.eml", "\x01\x02\x03");
	put(place, "from.eml",
	    "From a@b Tue Jan  6 09:00:00 2026\nX: y\n\nz\n");
	snprintf(path, sizeof path, "%s/pipe.eml", place->folder);
	assert_int_equal(mkfifo(path, 0600), 0);
	snprintf(path, sizeof path, "%s/gone.eml", place->folder);
	assert_int_equal(symlink("/nowhere", path), 0);
	files = list(place, "");
	assert_int_equal(files.count, 4); /* no pipe; the broken link is */
	snprintf(path, sizeof path, "%s/missing", place->folder);
	assert_int_equal(mailfile_list(paths, 1, place->arena, &files, &err),
			 -1);
	assert_int_equal(err.kind, ERROR_INPUT);
	assert_non_null(strstr(err.text, "/missing"));
}

static void
test_what_is_clearly_no_mail_is_told_apart(void **state)
{
	static const struct {
		const char *head;
		bool named;       /* .eml */
		const char *want; /* NULL: may be mail */
	} rows[] = {
		{ "From: a@b.example\n\nx", false, NULL },
		{ "\xef\xbb\xbf"
		  "From: a@b.example\r\n\r\nx",
		  false, NULL },
		{ "\r\n\nSubject: x\n\nx", false, NULL },
		{ "From a@b Tue Jan  6 09:00:00 2026\nTo: x\n", false, NULL },
		{ ">From a@b Tue Jan  6 09:00:00 2026\nTo: x\n", false, NULL },
		{ "Received\t: from x\n\tby y; Tue, 6 Jan 2026\n", false,
		  NULL },
		{ " folded first line\nX-Odd: y\n\nx", false, NULL },
		{ "junk\n\xff\xfe\ndate: x\n", false, NULL },
		{ "ARC-Seal: i=1", false, NULL },
		{ "Foo: bar\n\nx", true, NULL },
		{ "", true, NULL },
		{ "\n\r\n", true, NULL },
		{ "Foo: bar\n\nFrom: x\n", false, "header fields" },
		{ "council: {\n name = \"x\";\n};\n", false, "header fields" },
		{ "Dear Sir: \n\nFrom: x\n", true, "header fields" },
		{ "Hello\n\nSubject: x\n", true, "header fields" },
		{ "{\"file\": 1}\n", true, "header fields" },
		{ "<html><body>x", true, "header fields" },
		{ "\x01\x02\x03", true, "header fields" },
		{ "\xff\xfe"
		  "F\0r\0o\0m\0:\0",
		  true, "header fields" },
		{ "%PDF-1.7\nSubject: x\n", true, "document" },
		{ "PK\x03\x04Subject: x\n", true, "packed" },
		{ "\xd0\xcf\x11\xe0\nFrom: x\n", true, "Outlook .msg" },
		{ "!BDN\nFrom: x\n", false, ".pst" },
		{ "BEGIN:VCALENDAR\nX-A: b\n", false, "calendar" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *why =
			mailfile_why_not(span_of(rows[i].head), rows[i].named);

		if ((why == NULL) != (rows[i].want == NULL) ||
		    (why != NULL && strstr(why, rows[i].want) == NULL))
			fail_msg("%s: %s", rows[i].head,
				 why != NULL ? why : "mail");
	}
}

static void
test_what_a_person_names_wrongly_stops_nothing(void **state)
{
	static const struct {
		const char *name, *why;
	} want[] = {
		{ "letter.pdf", "document" },   { "gone.eml", "No such file" },
		{ "papers", "in this folder" }, { "pipe", "neither" },
		{ "notes", "header fields" },
	};
	struct place *place = *state;
	const char *names[] = { "letter.pdf", "gone.eml", "papers",
				"empty",      "pipe",     "notes",
				"good",       "maildir",  "from.eml" };
	const char *paths[ARRAY_SIZE(names)];
	char path[256];
	struct mailfiles files;
	struct error err;
	size_t i;

	put(place, "letter.pdf", "%PDF-1.7\nSubject: x\n\n");
	put(place, "papers/minutes.doc", AT("01"));
	put(place, "empty/below/.keep", "");
	snprintf(path, sizeof path, "%s/empty/below/.keep", place->folder);
	assert_int_equal(unlink(path), 0);
	snprintf(path, sizeof path, "%s/pipe", place->folder);
	assert_int_equal(mkfifo(path, 0600), 0);
	put(place, "notes", "Buy milk\n");
	put(place, "good", AT("02"));
	put(place, "maildir/new/note", "Buy milk\n");
	put(place, "maildir/cur/1.x:2,S", AT("03"));
	/* A message that encloses one, not two. */
	put(place, "from.eml",
	    "From a@b Tue Jan  6 09:00:00 2026\n" AT(
		    "04") "\nFrom a@b Tue Jan  6 09:00:00 2026\n" AT("05"));
	for (i = 0; i < ARRAY_SIZE(names); i++)
		paths[i] = arena_printf(place->arena, "%s/%s", place->folder,
					names[i])
				   .ptr;
	assert_int_equal(mailfile_list_asked(paths, ARRAY_SIZE(names),
					     place->arena, &files, &err),
			 0);
	/* What is no mail comes first: it has no time. */
	assert_int_equal(files.count, ARRAY_SIZE(want) + 4);
	for (i = 0; i < files.count; i++) {
		const struct mailfile *file = &files.at[i];
		size_t k = 0;

		if (i >= ARRAY_SIZE(want)) {
			assert_null(file->why_not);
			continue;
		}
		assert_int_equal(file->received, 0);
		assert_non_null(file->why_not);
		while (k < ARRAY_SIZE(want) &&
		       (!span_ends_nocase(span_of(file->path), want[k].name) ||
			strstr(file->why_not, want[k].why) == NULL))
			k++;
		if (k == ARRAY_SIZE(want))
			fail_msg("%s: %s", file->path, file->why_not);
	}
	/* Where nobody named it, a mailbox for instance, it is a message. */
	assert_int_equal(
		mailfile_list(&paths[5], 1, place->arena, &files, &err), 0);
	assert_int_equal(files.count, 1);
	assert_null(files.at[0].why_not);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dates_are_read_as_rfc_5322_has_them),
		cmocka_unit_test(test_receipt_is_found_in_the_head),
		cmocka_unit_test_setup_teardown(
			test_a_folder_gives_its_eml_files_in_order_of_receipt,
			make_place, remove_place),
		cmocka_unit_test_setup_teardown(
			test_a_maildir_gives_new_and_cur_of_all_its_folders,
			make_place, remove_place),
		cmocka_unit_test_setup_teardown(
			test_an_mbox_is_cut_at_its_from_lines_only, make_place,
			remove_place),
		cmocka_unit_test_setup_teardown(
			test_a_large_mbox_loses_no_message, make_place,
			remove_place),
		cmocka_unit_test_setup_teardown(
			test_odd_files_are_listed_or_named_in_the_error,
			make_place, remove_place),
		cmocka_unit_test(test_what_is_clearly_no_mail_is_told_apart),
		cmocka_unit_test_setup_teardown(
			test_what_a_person_names_wrongly_stops_nothing,
			make_place, remove_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
