/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a letter: headers, encodings, templates. */
#include "../support/council.h"

#include "duty/outbox_letter.h"
#include "duty/outbox_template.h"

struct page {
	struct council council;
	struct letter letter;
	struct letter_party to[3], cc[2];
	struct buf text;
};

static int
setup(void **state)
{
	struct page *page = calloc(1, sizeof(*page));

	council_open(&page->council, "sheffield");
	page->to[0] = (struct letter_party){ span_of("kerb@fenby.example"),
					     span_of("Nat Ives") };
	page->letter = (struct letter){
		.date = council_time(&page->council, "2026-07-05 09:08"),
		.from = { span_of("clerkd@fenby.example"),
			  span_of("clerkd for Fenby") },
		.to = page->to,
		.to_count = 1,
		.cc = page->cc,
		.subject = span_of("Lamps"),
		.message_id = span_of("<1@fenby.example>"),
		.in_reply_to = span_of(""),
		.loop = span_of("fenby.example"),
		.body = span_of("Hello\n"),
	};
	buf_init(&page->text, LETTER_TEXT_MAX);
	*state = page;
	return 0;
}

static int
teardown(void **state)
{
	struct page *page = *state;

	buf_clear(&page->text);
	council_close(&page->council);
	free(page);
	return 0;
}

/* Every line ends in CRLF, there is no other CR or LF, no line is long, and
 * headers are ASCII. */
static void
assert_sound(const struct page *page)
{
	struct span text = buf_span(&page->text);
	size_t column = 0, head = span_find(text, "\r\n\r\n");

	assert_true(head < text.len);
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.ptr[i];

		if (byte == '\r')
			assert_int_equal(text.ptr[i + 1], '\n');
		if (byte == '\n') {
			assert_int_equal(text.ptr[i - 1], '\r');
			column = 0;
			continue;
		}
		assert_true(++column <= 998);
		assert_true(byte < 0x7F);
		if (i < head)
			assert_true(byte >= ' ' || byte == '\r');
	}
	assert_int_equal(text.ptr[text.len - 1], '\n');
}

static const char *
compose(struct page *page)
{
	buf_empty(&page->text);
	letter_compose(&page->letter, page->council.calendar, &page->text);
	assert_sound(page);
	buf_add_byte(&page->text, '\0');
	page->text.len--;
	return page->text.ptr;
}

static size_t
count_lines(const char *text, const char *start)
{
	size_t count = 0;

	for (; (text = strstr(text, start)); text++)
		count++;
	return count;
}

static void
test_a_plain_letter_is_plain(void **state)
{
	struct page *page = *state;

	assert_string_equal(
		compose(page),
		"Date: Sun, 5 Jul 2026 09:08:00 +0100\r\n"
		"From: \"clerkd for Fenby\" <clerkd@fenby.example>\r\n"
		"To: \"Nat Ives\" <kerb@fenby.example>\r\n"
		"Subject: Lamps\r\n"
		"Message-ID: <1@fenby.example>\r\n"
		"Auto-Submitted: auto-generated\r\n"
		"X-Auto-Response-Suppress: All\r\n"
		"Precedence: bulk\r\n"
		"X-Clerkd-Loop: fenby.example\r\n"
		"MIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=utf-8\r\n"
		"Content-Transfer-Encoding: 7bit\r\n"
		"\r\n"
		"Hello\r\n");
}

static void
test_a_subject_cannot_make_a_header(void **state)
{
	static const char *const bad[] = {
		"Lamps\r\nBcc: evil@else.example",
		"Lamps\nBcc: evil@else.example",
		"Lamps\rBcc: evil@else.example",
		"Lamps\r\n\r\nBcc: evil",
		"L\xc3\xa4mps\r\nBcc: evil@else.example",
		"=?UTF-8?Q?=0D=0ABcc:_evil?=",
	};
	struct page *page = *state;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		page->letter.subject = span_of(bad[i]);
		page->to[0].name = span_of(bad[i]);
		assert_int_equal(count_lines(compose(page), "\nBcc"), 0);
	}
}

static void
test_an_address_that_is_none_is_left_out(void **state)
{
	static const char *const bad[] = {
		"",        "a",
		"a@b@c",   "a b@c.example",
		"@c",      "a@c>\r\nRCPT TO:<x",
		"<a@c>",   "a@c\n",
		"a@",      "a,b@c.example",
		"\"a\"@c", "\xc3\xa4@c",
	};
	struct page *page = *state;

	page->letter.to_count = 2;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		assert_false(letter_address_sound(span_of(bad[i])));
		page->to[1] =
			(struct letter_party){ span_of(bad[i]), span_of("X") };
		assert_int_equal(count_lines(compose(page), "\"X\""), 0);
	}
	assert_true(letter_address_sound(span_of("o'neil+x@fenby.example")));
}

static void
test_an_id_that_is_none_breaks_no_header(void **state)
{
	struct span refs[] = { span_of("<good@a>"),
			       span_of("<bad\r\nBcc: x@y>"),
			       span_of("<two ids> <in one>"), span_of("<>"),
			       span_of("<last@a>") };
	struct words references = { refs, ARRAY_SIZE(refs) };
	struct page *page = *state;

	page->letter.in_reply_to = span_of("<last@a>");
	page->letter.references = &references;
	assert_non_null(strstr(compose(page),
			       "\r\nIn-Reply-To: <last@a>\r\n"
			       "References: <good@a>\r\n <last@a>\r\n"));
	page->letter.in_reply_to = span_of("<x\r\nBcc: y@z>");
	assert_null(strstr(compose(page), "References"));
}

static void
test_a_very_long_thread_keeps_its_root_and_its_newest(void **state)
{
	struct page *page = *state;
	struct arena *arena = page->council.arena;
	struct words references = {
		arena_array(arena, 500, sizeof(struct span)), 500
	};

	for (size_t i = 0; i < 500; i++)
		references.at[i] = arena_printf(arena, "<%zu@a>", i);
	page->letter.in_reply_to = span_of("<now@a>");
	page->letter.references = &references;
	compose(page);
	assert_non_null(strstr(page->text.ptr, "References: <0@a>\r\n"
					       " <480@a>"));
	assert_int_equal(count_lines(page->text.ptr, "@a>"), 23);
}

static void
test_long_and_foreign_subjects_are_encoded_in_whole_characters(void **state)
{
	struct page *page = *state;
	struct buf subject;
	const char *at;

	buf_init(&subject, 10000);
	for (int i = 0; i < 100; i++)
		buf_add_literal(&subject, "Priodol\xc3\xa9\xe2\x82\xac ");
	page->letter.subject = buf_span(&subject);
	at = compose(page);
	assert_true(count_lines(at, "=?UTF-8?B?") > 10);
	for (at = strstr(at, "=?UTF-8"); at; at = strstr(at + 1, "=?UTF-8"))
		assert_true(strstr(at, "?=") - at <= 75);
	buf_clear(&subject);
}

static void
test_a_long_plain_subject_is_folded(void **state)
{
	static const char subject[] =
		"When will the council mend the lamp posts that have been "
		"out since the beginning of January, please?";
	struct page *page = *state;
	char unfolded[256];
	const char *at, *end;
	size_t len = 0;

	page->letter.subject = span_of(subject);
	at = strstr(compose(page), "Subject: ") + strlen("Subject: ");
	end = strstr(at, "Message-ID");
	assert_in_range(strstr(at, "\r\n") - at, 50, 76 - 9);
	for (; at < end; at++)
		if (*at != '\r' && *at != '\n')
			unfolded[len++] = *at;
	unfolded[len] = '\0';
	assert_string_equal(unfolded, subject);
}

static void
test_a_body_that_is_not_ascii_is_quoted_printable(void **state)
{
	struct page *page = *state;

	page->letter.body = span_of("Caf\xc3\xa9 = good \nend\n.\n");
	assert_non_null(
		strstr(compose(page),
		       "Content-Transfer-Encoding: quoted-printable"
		       "\r\n\r\nCaf=C3=A9 =3D good=20\r\nend\r\n.\r\n"));
	assert_int_equal(count_lines(page->text.ptr, "\r\n."), 1);
}

static void
test_a_line_that_is_too_long_is_broken_softly(void **state)
{
	struct page *page = *state;
	struct buf body;

	buf_init(&body, 10000);
	for (int i = 0; i < 3000; i++)
		buf_add_byte(&body, 'x');
	page->letter.body = buf_span(&body);
	assert_true(count_lines(compose(page), "=\r\n") > 30);
	buf_clear(&body);
}

static void
test_text_is_wrapped_at_blanks(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, 1000);
	letter_wrap(span_of("one two three four\n\nfive\n"), "> ", 12, &out);
	buf_add_byte(&out, '\0');
	assert_string_equal(out.ptr, "> one two\n> three four\n> \n> five");
	buf_empty(&out);
	letter_wrap(span_of("one two three\nfour\nfive\n\n* six\n  seven\n"),
		    "", 9, &out);
	buf_add_byte(&out, '\0');
	assert_string_equal(out.ptr,
			    "one two\nthree\nfour five\n\n* six\n  seven");
	buf_clear(&out);
}

static void
test_what_is_broken_off_an_indented_line_stays_indented(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, 1000);
	letter_wrap(span_of("* one two three\n  four five six\nseven\n"), "",
		    12, &out);
	buf_add_byte(&out, '\0');
	assert_string_equal(out.ptr,
			    "* one two\n  three\n  four five\n  six seven");
	buf_clear(&out);
}

/* ---- templates ---- */

static void
test_a_line_whose_places_are_all_empty_is_left_out(void **state)
{
	struct values values = { 0 };
	struct buf out;

	(void)state;
	values.at[PLACE_COUNCIL] = span_of("Fenby");
	values.at[PLACE_CASE] = span_of("C1");
	buf_init(&out, 1000);
	template_fill(span_of("{case} of {council}\n\n{promised}\n{copied}\n\n"
			      "said {promised}\nin {council} {promised}\n"
			      "end\n"),
		      &values, &out);
	buf_add_byte(&out, '\0');
	assert_string_equal(out.ptr, "C1 of Fenby\n\nin Fenby \nend");
	buf_clear(&out);
}

static void
test_what_a_value_says_is_not_read_as_a_place(void **state)
{
	struct values values = { 0 };
	struct buf out;

	(void)state;
	values.at[PLACE_SUBJECT] = span_of("{council}");
	values.at[PLACE_COUNCIL] = span_of("Fenby");
	buf_init(&out, 1000);
	template_fill(span_of("{subject}!"), &values, &out);
	buf_add_byte(&out, '\0');
	assert_string_equal(out.ptr, "{council}!");
	buf_clear(&out);
}

static void
test_the_shipped_letters_have_no_fault(void **state)
{
	struct fault_list faults = { 0 };
	struct templates *templates;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(
		templates_load("config/letters", &faults, &templates, &err), 0);
	fault_print(&faults, FAULT_WARNING, stderr);
	assert_int_equal(faults.count, 0);
	assert_non_null(
		templates_find(templates, span_of("ack-overdue"), NULL));
	assert_ptr_equal(templates_find(templates, span_of("odd"), "reminder"),
			 templates_find(templates, span_of("reminder"), NULL));
	templates_free(templates);
	fault_list_clear(&faults);
}

static void
write_letter(const char *directory, const char *name, const char *text)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void
test_faults_of_templates_name_file_and_line(void **state)
{
	char directory[] = "/tmp/clerkd-letters-XXXXXX", path[256];
	static const char *const names[] = { "reminder.txt", "daily.txt" };
	struct fault_list faults = { 0 };
	struct templates *templates;
	struct error err = { 0 };

	(void)state;
	assert_non_null(mkdtemp(directory));
	write_letter(directory, "reminder.txt",
		     "# words\nSubject: {subject}\n\nHello\n{wrong}\n");
	write_letter(directory, "daily.txt", "Hello\n");
	assert_int_equal(templates_load(directory, &faults, &templates, &err),
			 0);
	assert_int_equal(faults.errors, 8); /* 6 are missing */
	for (size_t i = 0; i < faults.count; i++) {
		if (strstr(faults.at[i].text, "wrong"))
			assert_int_equal(faults.at[i].line, 5);
		if (strstr(faults.at[i].text, "begins with"))
			assert_int_equal(faults.at[i].line, 1);
	}
	templates_free(templates);
	fault_list_clear(&faults);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", directory, names[i]);
		unlink(path);
	}
	assert_int_equal(rmdir(directory), 0);
}

#define PAGE_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PAGE_TEST(test_a_plain_letter_is_plain),
		PAGE_TEST(test_a_subject_cannot_make_a_header),
		PAGE_TEST(test_an_address_that_is_none_is_left_out),
		PAGE_TEST(test_an_id_that_is_none_breaks_no_header),
		PAGE_TEST(
			test_a_very_long_thread_keeps_its_root_and_its_newest),
		PAGE_TEST(
			test_long_and_foreign_subjects_are_encoded_in_whole_characters),
		PAGE_TEST(test_a_long_plain_subject_is_folded),
		PAGE_TEST(test_a_body_that_is_not_ascii_is_quoted_printable),
		PAGE_TEST(test_a_line_that_is_too_long_is_broken_softly),
		cmocka_unit_test(test_text_is_wrapped_at_blanks),
		cmocka_unit_test(
			test_what_is_broken_off_an_indented_line_stays_indented),
		cmocka_unit_test(
			test_a_line_whose_places_are_all_empty_is_left_out),
		cmocka_unit_test(test_what_a_value_says_is_not_read_as_a_place),
		cmocka_unit_test(test_the_shipped_letters_have_no_fault),
		cmocka_unit_test(test_faults_of_templates_name_file_and_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
