/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/mail.h"

static const struct span trusted[] = { { .ptr = "X-Envelope-To", .len = 13 },
				       { .ptr = "X-Original-To", .len = 13 } };
static const struct span journals[] = { { .ptr = "journal@hill.example",
					  .len = 20 } };
static const struct span domains[] = { { .ptr = "hill.example", .len = 12 } };

static void
read_trusting(struct mail *mail, const char *raw, bool journal_mailbox)
{
	mail_open(mail);
	mail->trust = (struct message_trust){
		.headers = trusted,
		.header_count = ARRAY_SIZE(trusted),
		.journals = journals,
		.journal_count = ARRAY_SIZE(journals),
		.domains = domains,
		.domain_count = ARRAY_SIZE(domains),
	};
	mail->origin.journal_mailbox = journal_mailbox;
	assert_int_equal(mail_read(mail, span_of(raw)), 0);
}

static const struct receipt *
find_receipt(const struct mail *mail, const char *email)
{
	size_t i;

	for (i = 0; i < mail->message->receipt_count; i++)
		if (span_is(mail->message->receipts[i].email, email))
			return &mail->message->receipts[i];
	return NULL;
}

static void
test_only_listed_headers_and_their_topmost_instance_count(void **state)
{
	struct mail mail;

	(void)state;
	read_trusting(&mail,
		      "X-Envelope-To: <Jo@hill.example>, sam@hill.example\n"
		      "X-Envelope-To: forged@hill.example\n"
		      "X-Rcpt-To: alien@hill.example\n"
		      "From: a@hill.example\nTo: b@hill.example\n\nhi\n",
		      false);
	assert_int_equal(mail.message->receipt_count, 2);
	assert_non_null(find_receipt(&mail, "jo@hill.example"));
	assert_non_null(find_receipt(&mail, "sam@hill.example"));
	mail_close(&mail);
}

static void
test_a_recipient_in_a_plus_part_is_decoded(void **state)
{
	struct mail mail;

	(void)state;
	read_trusting(&mail,
		      "X-Original-To: journal+jo.b=hill.example@hill.example\n"
		      "From: a@hill.example\n\nhi\n",
		      false);
	assert_non_null(find_receipt(&mail, "jo.b@hill.example"));
	mail_close(&mail);
	read_trusting(&mail,
		      "X-Original-To: jo+news@hill.example\n"
		      "From: a@hill.example\n\nhi\n",
		      false);
	assert_non_null(find_receipt(&mail, "jo+news@hill.example"));
	mail_close(&mail);
}

static void
test_a_journal_address_is_never_a_recipient(void **state)
{
	struct mail mail;

	(void)state;
	read_trusting(&mail,
		      "X-Envelope-To: journal@hill.example\n"
		      "Bcc: jo@hill.example\nFrom: a@hill.example\n\nhi\n",
		      false);
	assert_int_equal(mail.message->receipt_count, 1);
	assert_int_equal(mail.message->receipts[0].source, RECEIPT_BCC_HEADER);
	mail_close(&mail);
}

#define REPORT(lines)                                               \
	"From: Microsoft Outlook <postmaster@hill.example>\r\n"     \
	"To: journal@hill.example\r\nX-MS-Journal-Report:\r\n"      \
	"Received: from x by y; Tue, 3 Mar 2026 09:00:00 +0000\r\n" \
	"MIME-Version: 1.0\r\n"                                     \
	"Content-Type: multipart/mixed; boundary=b\r\n\r\n"         \
	"--b\r\nContent-Type: text/plain\r\n\r\n" lines             \
	"\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"           \
	"From: Una <una@hill.example>\r\nTo: ola@hill.example\r\n"  \
	"Subject: Lease\r\nMessage-ID: <in@hill.example>\r\n"       \
	"\r\nThe words.\r\n--b--\r\n"

#define LINES                                                       \
	"Sender: una@hill.example\r\nSubject: Lease\r\n"            \
	"Message-Id: <in@hill.example>\r\nTo: ola@hill.example\r\n" \
	"To: pa@hill.example, Forwarded: cllr@hill.example\r\n"     \
	"Bcc: jo@hill.example, Expanded: blues@hill.example\r\n"    \
	"Recipient: sam@hill.example\r\n"

static void
test_a_trusted_journal_report_gives_its_inner_message(void **state)
{
	const struct receipt *receipt;
	struct mail mail;

	(void)state;
	read_trusting(&mail, REPORT(LINES), true);
	assert_true(mail.message->journaled);
	assert_span(mail.message->subject, "Lease");
	assert_span(mail.message->body, "The words.");
	assert_span(mail.message->message_id, "<in@hill.example>");
	assert_int_equal(mail.message->received, 1772528400);
	assert_int_equal(mail.message->receipt_count, 4);
	receipt = find_receipt(&mail, "jo@hill.example");
	assert_non_null(receipt);
	assert_int_equal(receipt->source, RECEIPT_JOURNAL_BCC);
	assert_span(receipt->expanded, "blues@hill.example");
	receipt = find_receipt(&mail, "pa@hill.example");
	assert_int_equal(receipt->source, RECEIPT_JOURNAL_TO);
	assert_span(receipt->forwarded, "cllr@hill.example");
	receipt = find_receipt(&mail, "sam@hill.example");
	assert_int_equal(receipt->source, RECEIPT_ENVELOPE);
	mail_close(&mail);
}

static void
test_a_report_elsewhere_is_an_ordinary_mail(void **state)
{
	static const char raw[] =
		"X-MS-Journal-Report:\nFrom: mallory@out.example\n"
		"To: ola@hill.example\nContent-Type: multipart/mixed; "
		"boundary=b\n\n--b\n\nBcc: ola@hill.example\n\n--b\n"
		"Content-Type: message/rfc822\n\nSubject: x\n\nhi\n--b--\n";
	struct mail mail;

	(void)state;
	read_trusting(&mail, raw, false);
	assert_false(mail.message->journaled);
	assert_int_equal(mail.message->receipt_count, 0);
	assert_int_equal(mail.message->enclosed_count, 1);
	mail_close(&mail);
}

/* Its To is the sender's to choose. */
static void
test_a_report_to_the_journal_in_another_mailbox_is_not_believed(void **state)
{
	struct mail mail;

	(void)state;
	read_trusting(&mail, REPORT(LINES), false);
	assert_false(mail.message->journaled);
	assert_int_equal(mail.message->receipt_count, 0);
	mail_close(&mail);
}

static void
test_a_report_that_says_more_is_not_believed(void **state)
{
	struct mail mail;

	(void)state;
	read_trusting(&mail, REPORT(LINES "I wrote this myself.\r\n"), true);
	assert_false(mail.message->journaled);
	assert_int_equal(mail.message->receipt_count, 0);
	assert_true(mail_warns(&mail, "journal"));
	mail_close(&mail);
}

static void
test_the_old_exchange_mark_and_base64_are_read(void **state)
{
	static const char raw[] =
		"From: x@hill.example\nTo: journal@hill.example\n"
		"Content-Identifer: exjournalreport\n"
		"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n"
		"Sender: una@hill.example\nRecipient: sam@hill.example\n"
		"\n--b\nContent-Type: message/rfc822\n"
		"Content-Transfer-Encoding: base64\n\n"
		"U3ViamVjdDogSGkKCndvcmRzCg==\n--b--\n";
	struct mail mail;

	(void)state;
	read_trusting(&mail, raw, true);
	assert_true(mail.message->journaled);
	assert_span(mail.message->subject, "Hi");
	assert_span(mail.message->body, "words");
	mail_close(&mail);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_only_listed_headers_and_their_topmost_instance_count),
		cmocka_unit_test(test_a_recipient_in_a_plus_part_is_decoded),
		cmocka_unit_test(test_a_journal_address_is_never_a_recipient),
		cmocka_unit_test(
			test_a_trusted_journal_report_gives_its_inner_message),
		cmocka_unit_test(test_a_report_elsewhere_is_an_ordinary_mail),
		cmocka_unit_test(
			test_a_report_to_the_journal_in_another_mailbox_is_not_believed),
		cmocka_unit_test(test_a_report_that_says_more_is_not_believed),
		cmocka_unit_test(
			test_the_old_exchange_mark_and_base64_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
