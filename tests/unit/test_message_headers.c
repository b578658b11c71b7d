/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/mail.h"

#define HEAD                                           \
	"From: Una Brand <Una.Brand@Hill.example>\r\n" \
	"To: roads@hill.example\r\n"                   \
	"Date: Mon, 2 Mar 2026 10:00:00 +0100\r\n"     \
	"Message-ID: <one@hill.example>\r\n"

static void
read_text(struct mail *mail, const char *raw)
{
	mail_open(mail);
	assert_int_equal(mail_read(mail, span_of(raw)), 0);
}

static void
test_an_ordinary_mail_is_read(void **state)
{
	struct mail mail;

	(void)state;
	read_text(&mail,
		  HEAD "Subject: Pothole\r\n"
		       "Cc: \"Kerr, Ola\" <ola@hill.example>, sam@x.example\r\n"
		       "In-Reply-To: <zero@hill.example>\r\n"
		       "References: <minus@hill.example>\r\n"
		       " <zero@hill.example>\r\n"
		       "\r\n"
		       "There is a pothole.\r\nPlease mend it.\r\n");
	assert_span(mail.message->from.email, "una.brand@hill.example");
	assert_span(mail.message->from.name, "Una Brand");
	assert_int_equal(mail.message->to.count, 1);
	assert_int_equal(mail.message->cc.count, 2);
	assert_span(mail.message->cc.at[0].name, "Kerr, Ola");
	assert_span(mail.message->cc.at[0].email, "ola@hill.example");
	assert_span(mail.message->message_id, "<one@hill.example>");
	assert_span(mail.message->in_reply_to, "<zero@hill.example>");
	assert_int_equal(mail.message->reference_count, 2);
	assert_span(mail.message->references[1], "<zero@hill.example>");
	assert_int_equal(mail.message->date, 1772442000);
	assert_span(mail.message->body, "There is a pothole.\nPlease mend it.");
	assert_int_equal(mail.message->warning_count, 0);
	mail_close(&mail);
}

static const struct {
	const char *header, *want;
} subjects[] = {
	{ "Subject: =?utf-8?B?w6nDqQ==?= =?utf-8?q?_x?=\n", "éé x" },
	{ "Subject: =?iso-8859-1?Q?caf=E9?=\n", "café" },
	{ "Subject: caf\xc3\xa9\n", "café" },
	{ "Subject: caf\xe9\n", "café" },
	{ "Subject: a\n b\n\tc\n", "a b c" },
	{ "Subject: =?unknown-x?q?hi?=\n", "hi" },
	{ "Subject:no space\n", "no space" },
	{ "Subject : space before\n", "space before" },
	{ "X: y\n", "" },
};

static void
test_subjects_are_decoded(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(subjects); i++) {
		struct mail mail;
		char raw[512];

		snprintf(raw, sizeof raw, "From: a@b.example\n%s\nhi\n",
			 subjects[i].header);
		read_text(&mail, raw);
		assert_span(mail.message->subject, subjects[i].want);
		mail_close(&mail);
	}
}

static const struct {
	const char *type, *body, *want;
} bodies[] = {
	{ "text/plain; charset=utf-8", "Gwyn\xc3\xa9th", "Gwynéth" },
	{ "text/plain; charset=iso-8859-1",
	  "\xa3"
	  "5",
	  "£5" },
	{ "text/plain; charset=windows-1252", "\x93hi\x94 \x80", "“hi” €" },
	{ "text/plain; charset=us-ascii",
	  "\xa3"
	  "5",
	  "£5" },
	{ "text/plain; charset=utf-8",
	  "\xa3"
	  "5",
	  "£5" },
	{ "text/plain; charset=iso-8859-1",
	  "\xc2\xa3"
	  "5",
	  "£5" },
	{ "text/plain; charset=nonsense-9",
	  "\xa3"
	  "5",
	  "£5" },
	{ "text/plain; charset=koi8-r", "\xc4\xc1", "да" },
	{ "text/plain", "\xef\xbb\xbfhi", "hi" },
	{ "text/plain; charset=\"UTF-8\"; format=flowed", "one \ntwo\n\nthree",
	  "one two\n\nthree" },
	{ "text/plain; format=flowed; delsp=yes", "on \ne", "one" },
	{ "text/html; charset=utf-8", "<p>a&nbsp;<b>b</b></p><p>c</p>",
	  "a b\n\nc" },
	{ "text/html",
	  "<style>x{}</style>a<br>b<span style='display:none'>"
	  "hidden</span>",
	  "a\nb" },
	{ "text/plain", "a\x01\x02z", "az" },
};

static void
test_bodies_become_valid_text_whatever_the_label(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bodies); i++) {
		struct mail mail;
		char raw[512];

		snprintf(raw, sizeof raw, HEAD "Content-Type: %s\n\n%s\n",
			 bodies[i].type, bodies[i].body);
		read_text(&mail, raw);
		assert_span(mail.message->body, bodies[i].want);
		assert_true(text_utf8_valid(mail.message->body));
		mail_close(&mail);
	}
}

static const struct {
	const char *encoding, *body, *want;
} encodings[] = {
	{ "base64", "SGVsbG8=", "Hello" },
	{ "BASE64", "SGV\nsbG8", "Hello" },
	{ "base64", "SGVsbG8", "Hello" },
	{ "quoted-printable", "a=3Db=\nc", "a=bc" },
	{ "quoted-printable", "a=ZZb", "a=ZZb" },
	{ "8bit", "plain", "plain" },
	{ "nonsense", "plain", "plain" },
};

static void
test_transfer_encodings_are_undone_even_when_broken(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(encodings); i++) {
		struct mail mail;
		char raw[512];

		snprintf(raw, sizeof raw,
			 HEAD "Content-Transfer-Encoding: %s\n\n%s",
			 encodings[i].encoding, encodings[i].body);
		read_text(&mail, raw);
		assert_span(mail.message->body, encodings[i].want);
		mail_close(&mail);
	}
}

static void
test_a_mailbox_line_and_bare_line_feeds_are_fine(void **state)
{
	struct mail mail;

	(void)state;
	read_text(&mail, "From una@hill.example Mon Mar  2 10:00:00 2026\n"
			 ">From x\n"
			 "From: a@b.example\nSubject: s\n\n"
			 ">From here on it is fine.\n");
	assert_span(mail.message->subject, "s");
	assert_span(mail.message->from.email, "a@b.example");
	mail_close(&mail);
}

static void
test_the_first_of_two_fields_counts(void **state)
{
	struct mail mail;

	(void)state;
	read_text(&mail, "From: a@b.example\nFrom: c@d.example\n"
			 "Subject: one\nSubject: two\n\nhi\n");
	assert_span(mail.message->from.email, "a@b.example");
	assert_span(mail.message->subject, "one");
	assert_true(mail_warns(&mail, "twice"));
	mail_close(&mail);
}

static void
test_a_missing_message_id_is_made_from_the_words(void **state)
{
	struct mail one, two;

	(void)state;
	read_text(&one, "From: a@b.example\nSubject: s\n\nhello you\n");
	read_text(&two, "From: a@b.example\r\nSubject: s\r\n\r\nhello\r\nyou");
	assert_true(one.message->message_id.len > 10);
	assert_true(
		span_equal(one.message->message_id, two.message->message_id));
	assert_int_equal(one.message->body_hash, two.message->body_hash);
	mail_close(&one);
	mail_close(&two);
}

/* The engine refuses a whole answer for one byte that is no UTF-8: then nobody
 * would read the mail. */
static void
test_identifiers_hold_nothing_but_printable_ascii(void **state)
{
	static const struct {
		const char *value, *want;
	} ids[] = {
		{ "<a\xff@\xe9.example>", "<a@.example>" },
		{ "a\xff@x.example", "<a@x.example>" },
		{ "a @x.example", "<a@x.example>" },
		{ "<a@\n x.example> <c@d>", "<a@x.example>" },
		{ "<>", "" },
		{ "no address", "" },
		{ "<a@x.example", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(ids); i++) {
		struct mail mail;
		char raw[256];

		snprintf(raw, sizeof raw, "From: a@b\nIn-Reply-To: %s\n\nhi\n",
			 ids[i].value);
		read_text(&mail, raw);
		assert_span(mail.message->in_reply_to, ids[i].want);
		mail_close(&mail);
	}
}

static void
test_a_type_with_odd_bytes_is_read_without_them(void **state)
{
	static const struct {
		const char *type, *want_type, *want_body;
	} types[] = {
		{ "text/plain\xff", NULL, "hi" },
		{ "text/\xe9html; charset=utf-8", NULL, "hi" },
		{ "/\xff", "/", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(types); i++) {
		struct mail mail;
		char raw[256];

		snprintf(raw, sizeof raw, "From: a@b\nContent-Type: %s\n\nhi\n",
			 types[i].type);
		read_text(&mail, raw);
		assert_span(mail.message->body, types[i].want_body);
		assert_int_equal(mail.message->attachment_count,
				 types[i].want_type != NULL);
		if (types[i].want_type != NULL)
			assert_span(mail.message->attachments[0].type,
				    types[i].want_type);
		mail_close(&mail);
	}
}

static void
test_received_is_when_the_council_took_it(void **state)
{
	static const char raw[] =
		"Received: from a by b with ESMTP id 1;\n"
		" Tue, 3 Mar 2026 09:00:00 +0000 (GMT)\n"
		"Received: from c by a; Tue, 3 Mar 2026 08:00:00 +0000\n"
		"From: a@b.example\nDate: Mon, 1 Jan 1900 00:00:00 +0000\n"
		"\nhi\n";
	const time_t top = 1772528400;
	struct mail mail;

	(void)state;
	mail_open(&mail);
	assert_int_equal(mail_read(&mail, span_of(raw)), 0);
	assert_int_equal(mail.message->received, top);
	assert_int_equal(mail.message->date, 0);
	mail.origin.internal_date = top + 60;
	assert_int_equal(mail_read(&mail, span_of(raw)), 0);
	assert_int_equal(mail.message->received, top + 60);
	mail.origin.internal_date = top + 40 * 24 * 3600; /* moved mail */
	assert_int_equal(mail_read(&mail, span_of(raw)), 0);
	assert_int_equal(mail.message->received, top);
	mail_close(&mail);
}

static void
test_received_is_never_nothing(void **state)
{
	struct mail mail;

	(void)state;
	read_text(&mail, "From: a@b.example\n\nhi\n");
	assert_true(mail.message->received != 0);
	assert_true(mail_warns(&mail, "no date"));
	mail_close(&mail);
}

static void
test_an_empty_mail_is_no_message(void **state)
{
	struct mail mail;

	(void)state;
	mail_open(&mail);
	assert_int_equal(mail_read(&mail, span_of("")), -1);
	assert_int_equal(mail.err.kind, ERROR_INPUT);
	assert_int_equal(mail_read(&mail, span_of("\r\n \r\n")), -1);
	mail_close(&mail);
}

static void
test_outlooks_thread_index_gives_the_conversation(void **state)
{
	struct mail mail;

	(void)state;
	read_text(&mail, HEAD "Thread-Index: "
			      "AQHZAAECAwQFBgcICQoLDA0ODxAREhM=\n\nhi\n");
	assert_span(mail.message->thread_index,
		    "030405060708090a0b0c0d0e0f101112");
	mail_close(&mail);
}

static void
test_groups_and_comments_in_address_lists(void **state)
{
	struct mail mail;

	(void)state;
	read_text(&mail,
		  "From: a@b.example (Ann)\n"
		  "To: team: x@y.example, \"Q\" <q@y.example>;, z@y.example\n"
		  "Cc: undisclosed-recipients:;\n\nhi\n");
	assert_span(mail.message->from.email, "a@b.example");
	assert_int_equal(mail.message->to.count, 3);
	assert_span(mail.message->to.at[2].email, "z@y.example");
	assert_int_equal(mail.message->cc.count, 0);
	mail_close(&mail);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_ordinary_mail_is_read),
		cmocka_unit_test(test_subjects_are_decoded),
		cmocka_unit_test(
			test_bodies_become_valid_text_whatever_the_label),
		cmocka_unit_test(
			test_transfer_encodings_are_undone_even_when_broken),
		cmocka_unit_test(
			test_a_mailbox_line_and_bare_line_feeds_are_fine),
		cmocka_unit_test(test_the_first_of_two_fields_counts),
		cmocka_unit_test(
			test_a_missing_message_id_is_made_from_the_words),
		cmocka_unit_test(
			test_identifiers_hold_nothing_but_printable_ascii),
		cmocka_unit_test(
			test_a_type_with_odd_bytes_is_read_without_them),
		cmocka_unit_test(test_received_is_when_the_council_took_it),
		cmocka_unit_test(test_received_is_never_nothing),
		cmocka_unit_test(test_an_empty_mail_is_no_message),
		cmocka_unit_test(
			test_outlooks_thread_index_gives_the_conversation),
		cmocka_unit_test(test_groups_and_comments_in_address_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
