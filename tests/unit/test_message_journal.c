/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which journal reports are believed, and what they tell. */
#include "../support/envelope.h"

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
	assert_int_equal(mail.message->receipt_count, 5);
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

static void
test_what_a_blind_copied_mailbox_forwards_is_not_the_senders(void **state)
{
	const struct receipt *receipt;
	struct mail mail;

	(void)state;
	read_trusting(&mail,
		      REPORT("Sender: una@hill.example\r\n"
			     "Message-Id: <in@hill.example>\r\n"
			     "To: ola@hill.example\r\n"
			     "Bcc: pa@hill.example, Forwarded: "
			     "cllr@hill.example\r\n"),
		      true);
	assert_int_equal(mail.message->receipt_count, 3);
	receipt = find_receipt(&mail, "cllr@hill.example");
	assert_non_null(receipt);
	assert_int_equal(receipt->source, RECEIPT_JOURNAL_BCC);
	assert_int_equal(receipt->forwarded.len, 0);
	receipt = find_receipt(&mail, "pa@hill.example");
	assert_span(receipt->forwarded, "cllr@hill.example");
	mail_close(&mail);
}

static void
test_what_stood_in_to_is_not_hidden_for_the_envelope_names_it(void **state)
{
	struct mail mail;

	(void)state;
	read_trusting(&mail,
		      REPORT("Message-Id: <in@hill.example>\r\n"
			     "Bcc: jo@hill.example\r\n"
			     "To: ola@hill.example\r\n"
			     "Recipient: ola@hill.example\r\n"
			     "Recipient: jo@hill.example\r\n"),
		      true);
	assert_int_equal(mail.message->receipt_count, 2);
	assert_int_equal(find_receipt(&mail, "jo@hill.example")->source,
			 RECEIPT_JOURNAL_BCC);
	assert_int_equal(find_receipt(&mail, "ola@hill.example")->source,
			 RECEIPT_JOURNAL_TO);
	mail_close(&mail);
}

static void
test_exchange_2003_lists_recipients_in_lines(void **state)
{
	struct mail mail;

	(void)state;
	read_trusting(&mail,
		      REPORT("Sender: una@hill.example\r\n"
			     "Message-ID: <in@hill.example>\r\n"
			     "Recipients: ola@hill.example, jo@hill.example\r\n"
			     "\"Sam B\" <sam@hill.example>,\r\n"
			     "\tal@hill.example\r\n"),
		      true);
	assert_true(mail.message->journaled);
	assert_int_equal(mail.message->receipt_count, 4);
	assert_non_null(find_receipt(&mail, "sam@hill.example"));
	assert_non_null(find_receipt(&mail, "al@hill.example"));
	mail_close(&mail);
}

/* A Subject may hold line ends, and with them what looks like recipients. */
static void
test_recipients_that_a_subject_slips_in_are_not_believed(void **state)
{
	static const char *const lines[] = {
		"Sender: una@hill.example\r\nSubject: x\r\n"
		"Bcc: victim@hill.example\r\n"
		"Message-Id: <in@hill.example>\r\nTo: ola@hill.example\r\n",
		"Sender: una@hill.example\r\nSubject: x\r\n"
		"Message-Id: <forged@out.example>\r\n"
		"Bcc: victim@hill.example\r\n"
		"Message-Id: <in@hill.example>\r\nTo: ola@hill.example\r\n",
		"Sender: una@hill.example\r\nSubject: x\r\n"
		"Message-Id: <in@hill.example>\r\nSubject: y\r\n"
		"Bcc: victim@hill.example\r\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		char raw[2000];
		struct mail mail;

		snprintf(raw, sizeof raw, REPORT("%s"), lines[i]);
		read_trusting(&mail, raw, true);
		assert_false(mail.message->journaled);
		assert_int_equal(mail.message->receipt_count, 0);
		assert_true(mail_warns(&mail, "not believed"));
		mail_close(&mail);
	}
}

static void
test_a_message_in_tnef_keeps_what_the_report_tells(void **state)
{
	static const char raw[] =
		"From: x@hill.example\nTo: journal@hill.example\n"
		"X-MS-Journal-Report:\nContent-Type: multipart/mixed; "
		"boundary=b\n\n--b\n\n"
		"Sender: una@hill.example\nSubject: The lease\n"
		"Message-ID: <in@hill.example>\nTo: ola@hill.example\n"
		"Cc: sam@hill.example, Expanded: all@hill.example\n"
		"Bcc: jo@hill.example\n"
		"\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\n"
		"Content-Transfer-Encoding: base64\n\neJ8+Ig==\n--b--\n";
	struct mail mail;

	(void)state;
	read_trusting(&mail, raw, true);
	assert_true(mail.message->journaled);
	assert_span(mail.message->from.email, "una@hill.example");
	assert_span(mail.message->subject, "The lease");
	assert_span(mail.message->message_id, "<in@hill.example>");
	assert_int_equal(mail.message->to.count, 1);
	assert_int_equal(mail.message->cc.count, 1);
	assert_int_equal(find_receipt(&mail, "jo@hill.example")->source,
			 RECEIPT_JOURNAL_BCC);
	assert_true(mail_warns(&mail, "TNEF"));
	mail_close(&mail);
}

static void
test_a_report_that_came_back_undelivered_is_opened(void **state)
{
	struct mail mail;
	char raw[4000];

	(void)state;
	snprintf(raw, sizeof raw,
		 "From: postmaster@hill.example\r\n"
		 "Content-Type: multipart/report; "
		 "report-type=delivery-status; boundary=r\r\n\r\n"
		 "--r\r\n\r\nIt could not be delivered.\r\n"
		 "--r\r\nContent-Type: message/delivery-status\r\n\r\n"
		 "Reporting-MTA: dns; x\r\n\r\nAction: failed\r\n"
		 "--r\r\nContent-Type: message/rfc822\r\n\r\n%s\r\n--r--\r\n",
		 REPORT(LINES));
	read_trusting(&mail, raw, true);
	assert_true(mail.message->journaled);
	assert_span(mail.message->message_id, "<in@hill.example>");
	assert_int_equal(mail.message->automatic, AUTOMATIC_NO);
	mail_close(&mail);
	read_trusting(&mail, raw, false);
	assert_false(mail.message->journaled);
	assert_int_equal(mail.message->receipt_count, 0);
	mail_close(&mail);
}

/* In the journal's own mailbox too: somebody wrote to it and attached one. */
static void
test_a_report_inside_a_forwarded_mail_is_not_opened(void **state)
{
	struct mail mail;
	char raw[4000];

	(void)state;
	snprintf(raw, sizeof raw,
		 "From: mallory@out.example\r\nTo: journal@hill.example\r\n"
		 "Subject: FW: report\r\n"
		 "Content-Type: multipart/mixed; boundary=f\r\n\r\n"
		 "--f\r\n\r\nSee this.\r\n"
		 "--f\r\nContent-Type: message/rfc822\r\n\r\n%s\r\n--f--\r\n",
		 REPORT(LINES));
	read_trusting(&mail, raw, true);
	assert_false(mail.message->journaled);
	assert_span(mail.message->from.email, "mallory@out.example");
	assert_int_equal(mail.message->receipt_count, 0);
	mail_close(&mail);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_a_trusted_journal_report_gives_its_inner_message),
		cmocka_unit_test(test_a_report_elsewhere_is_an_ordinary_mail),
		cmocka_unit_test(
			test_a_report_to_the_journal_in_another_mailbox_is_not_believed),
		cmocka_unit_test(test_a_report_that_says_more_is_not_believed),
		cmocka_unit_test(
			test_the_old_exchange_mark_and_base64_are_read),
		cmocka_unit_test(
			test_what_a_blind_copied_mailbox_forwards_is_not_the_senders),
		cmocka_unit_test(
			test_what_stood_in_to_is_not_hidden_for_the_envelope_names_it),
		cmocka_unit_test(test_exchange_2003_lists_recipients_in_lines),
		cmocka_unit_test(
			test_recipients_that_a_subject_slips_in_are_not_believed),
		cmocka_unit_test(
			test_a_message_in_tnef_keeps_what_the_report_tells),
		cmocka_unit_test(
			test_a_report_that_came_back_undelivered_is_opened),
		cmocka_unit_test(
			test_a_report_inside_a_forwarded_mail_is_not_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
