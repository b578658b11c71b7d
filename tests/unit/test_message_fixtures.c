/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Public sets of other projects, read where they lie ($CLERKD_SHARED, or
 * ../shared beside the source): what reply parsers must keep, what is a bounce
 * or an automatic reply, and odd mail that must be survived. Skipped when they
 * are not there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <archive.h>
#include <archive_entry.h>

#include "tests/support/mail.h"

enum {
	FILE_MAX = 8 << 20,
	QUOTING_LEAST = 98, /* per cent */
	BOUNCES_LEAST = 95,
	FIELDS = 3
};

static const char *
shared_folder(void)
{
	const char *folder = getenv("CLERKD_SHARED");

	return folder != NULL ? folder : "../shared";
}

/* NULL when there is none. */
static char *
slurp(struct arena *arena, const char *name, size_t *ret_len)
{
	char path[1024], *bytes;
	FILE *file;

	snprintf(path, sizeof path, "%s/fixtures/%s", shared_folder(), name);
	file = fopen(path, "rb");
	if (file == NULL)
		return NULL;
	bytes = arena_alloc(arena, FILE_MAX);
	*ret_len = fread(bytes, 1, FILE_MAX, file);
	fclose(file);
	return bytes;
}

/* "\n", "\t" and "\\" undone. */
static struct span
unescape(struct arena *arena, struct span text)
{
	char *out = arena_alloc(arena, text.len + 1);
	size_t i, len = 0;

	for (i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '\\' && i + 1 < text.len) {
			c = text.ptr[++i];
			c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
		}
		out[len++] = c;
	}
	return (struct span){ .ptr = out, .len = len };
}

/* Without white space; the sets differ in it. */
static struct span
squeezed(struct arena *arena, struct span text)
{
	char *out = arena_alloc(arena, text.len + 1);
	size_t i, len = 0;

	for (i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] > ' ')
			out[len++] = text.ptr[i];
	return (struct span){ .ptr = out, .len = len };
}

static struct span
as_mail(struct arena *arena, struct span name, struct span bytes)
{
	if (span_ends_nocase(name, ".eml"))
		return bytes;
	return arena_printf(arena,
			    "From: Ann <ann@x.example>\nSubject: Re: x\n"
			    "Content-Type: %s; charset=utf-8\n\n%.*s",
			    span_ends_nocase(name, ".html") ? "text/html" :
							      "text/plain",
			    SPAN_ARG(bytes));
}

/* The sets do not know signatures from words; some keep them, some cut. What
 * is quoted must be out for all of them. Where only the first piece of several
 * is expected, the rest may follow. */
static bool
keeps(struct arena *arena, const struct message *message, struct span want,
      bool first)
{
	struct span body = squeezed(arena, message->body);
	struct span all = squeezed(
		arena, arena_printf(arena, "%.*s%.*s", SPAN_ARG(message->body),
				    SPAN_ARG(message->signature)));

	want = squeezed(arena, want);
	if (span_equal(body, want) || span_equal(all, want))
		return true;
	if (first && body.len > want.len)
		return span_equal(span_sub(body, 0, want.len), want) &&
		       message->quoted.len != 0;
	return all.len > want.len && body.len <= want.len &&
	       span_equal(span_sub(all, 0, want.len), want);
}

static bool
keeps_row(struct arena *arena, const struct span row[FIELDS])
{
	struct mail mail;
	size_t len;
	char *name = (char *)arena_span(arena, row[0]).ptr, *bytes;
	bool good;

	bytes = slurp(arena, name, &len);
	assert_non_null(bytes);
	mail_open(&mail);
	assert_int_equal(mail_read(&mail, as_mail(arena, row[0],
						  (struct span){ .ptr = bytes,
								 .len = len })),
			 0);
	good = keeps(arena, mail.message, unescape(arena, row[2]),
		     span_starts(row[1], "first-"));
	if (!good)
		print_message("not kept: %s\n", name);
	mail_close(&mail);
	return good;
}

static bool
next_row(struct span *rest, struct span row[FIELDS])
{
	struct span line;
	size_t i;

	if (!span_line(rest, &line))
		return false;
	for (i = 0; i < FIELDS; i++)
		if (!span_next(&line, '\t', &row[i]))
			row[i] = span_of("");
	return true;
}

static void
test_reply_parsers_sets_keep_what_they_must(void **state)
{
	struct arena *arena = arena_new(0), *scratch;
	struct span row[FIELDS], rest;
	size_t len, rows = 0, good = 0;
	char *table = slurp(arena, "QUOTING_EXPECTATIONS.tsv", &len);

	(void)state;
	if (table == NULL) {
		print_message("skipped: no fixtures in %s\n", shared_folder());
		arena_free(arena);
		skip();
	}
	rest = (struct span){ .ptr = table, .len = len };
	next_row(&rest, row);
	while (next_row(&rest, row)) {
		if (span_starts(row[1], "unwrapped"))
			continue; /* about forwarded markup, not replies */
		scratch = arena_new(0);
		rows++;
		good += keeps_row(scratch, row);
		arena_free(scratch);
	}
	print_message("quoting: %zu of %zu\n", good, rows);
	assert_true(rows != 0 && good * 100 >= rows * QUOTING_LEAST);
	arena_free(arena);
}

static bool
is_class(struct span class, enum automatic automatic)
{
	if (span_is(class, "bounce") || span_starts(class, "dsn"))
		return automatic == AUTOMATIC_BOUNCE ||
		       automatic == AUTOMATIC_DELAY;
	if (span_is(class, "autoreply"))
		return automatic == AUTOMATIC_REPLY ||
		       automatic == AUTOMATIC_GENERATED;
	if (span_is(class, "mdn"))
		return automatic == AUTOMATIC_RECEIPT;
	if (span_is(class, "not-bounce"))
		return automatic != AUTOMATIC_BOUNCE;
	return automatic != AUTOMATIC_NO;
}

static void
test_bounces_and_automatic_replies_are_told(void **state)
{
	struct arena *arena = arena_new(0);
	struct span row[FIELDS], rest;
	size_t len, rows = 0, good = 0;
	char *table = slurp(arena, "EXPECTATIONS.tsv", &len), *bytes;

	(void)state;
	if (table == NULL) {
		print_message("skipped: no fixtures in %s\n", shared_folder());
		arena_free(arena);
		skip();
	}
	rest = (struct span){ .ptr = table, .len = len };
	next_row(&rest, row);
	while (next_row(&rest, row)) {
		struct arena *scratch = arena_new(0);
		struct mail mail;

		bytes = slurp(scratch, arena_span(scratch, row[0]).ptr, &len);
		assert_non_null(bytes);
		mail_open(&mail);
		assert_int_equal(mail_read(&mail, (struct span){ .ptr = bytes,
								 .len = len }),
				 0);
		rows++;
		good += is_class(row[1], mail.message->automatic);
		mail_close(&mail);
		arena_free(scratch);
	}
	print_message("machines: %zu of %zu\n", good, rows);
	assert_true(rows != 0 && good * 100 >= rows * BOUNCES_LEAST);
	arena_free(arena);
}

static void
survive(struct span raw)
{
	struct mail mail;
	size_t i;

	mail_open(&mail);
	if (mail_read(&mail, raw) == 0) {
		assert_true(text_utf8_valid(mail.message->body));
		assert_true(text_utf8_valid(mail.message->quoted));
		assert_true(text_utf8_valid(mail.message->subject));
		assert_true(mail.message->received != 0);
		assert_true(mail.message->message_id.len != 0);
		for (i = 0; i < mail.message->attachment_count; i++)
			assert_true(text_utf8_valid(
				mail.message->attachments[i].text));
	} else {
		assert_int_equal(mail.err.kind, ERROR_INPUT);
	}
	mail_close(&mail);
}

static void
test_the_torture_set_is_survived(void **state)
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;
	struct arena *arena = arena_new(0);
	char path[1024], *bytes = arena_alloc(arena, FILE_MAX);
	size_t count = 0;

	(void)state;
	snprintf(path, sizeof path, "%s/fixtures/torture.tar.xz",
		 shared_folder());
	archive_read_support_filter_all(archive);
	archive_read_support_format_all(archive);
	if (archive_read_open_filename(archive, path, 65536) != ARCHIVE_OK) {
		print_message("skipped: no %s\n", path);
		archive_read_free(archive);
		arena_free(arena);
		skip();
	}
	while (archive_read_next_header(archive, &entry) == ARCHIVE_OK) {
		la_ssize_t len = archive_read_data(archive, bytes, FILE_MAX);

		if (len <= 0)
			continue;
		survive((struct span){ .ptr = bytes, .len = (size_t)len });
		count++;
	}
	archive_read_free(archive);
	arena_free(arena);
	assert_true(count > 1000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reply_parsers_sets_keep_what_they_must),
		cmocka_unit_test(test_bounces_and_automatic_replies_are_told),
		cmocka_unit_test(test_the_torture_set_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
