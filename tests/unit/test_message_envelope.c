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

/* ---- trusted headers, and where they stand ---- */

static const struct span delivery[] = {
	{ .ptr = "X-Original-To", .len = 13 },
	{ .ptr = "Delivered-To", .len = 12 },
};

static void
read_hops(struct mail *mail, const char *raw, unsigned hops)
{
	mail_open(mail);
	mail->trust = (struct message_trust){
		.headers = delivery,
		.header_count = ARRAY_SIZE(delivery),
		.journals = journals,
		.journal_count = ARRAY_SIZE(journals),
		.domains = domains,
		.domain_count = ARRAY_SIZE(domains),
		.hops = hops,
	};
	assert_int_equal(mail_read(mail, span_of(raw)), 0);
}

static void
test_a_header_below_our_own_hops_is_the_senders(void **state)
{
	static const char raw[] =
		"Received: by store.hill.example with LMTP; Tue, 3 Mar 2026 "
		"09:00:01 +0000\n"
		"X-Original-To: ola@hill.example\n"
		"Received: from evil by mx.hill.example with ESMTP; Tue, 3 Mar "
		"2026 09:00:00 +0000\n"
		"Delivered-To: victim@hill.example\n"
		"Received: from a by b; Tue, 3 Mar 2026 08:59:00 +0000\n"
		"From: a@out.example\nTo: ola@hill.example\n\nhi\n";
	struct mail mail;

	(void)state;
	read_hops(&mail, raw, 2);
	assert_int_equal(mail.message->receipt_count, 1);
	assert_non_null(find_receipt(&mail, "ola@hill.example"));
	mail_close(&mail);
	read_hops(&mail, raw, 1);
	assert_int_equal(mail.message->receipt_count, 0);
	mail_close(&mail);
	read_hops(&mail, raw, 0);
	assert_int_equal(mail.message->receipt_count, 2);
	mail_close(&mail);
}

static void
test_an_alias_leads_to_who_is_behind_it(void **state)
{
	const struct receipt *receipt;
	struct mail mail;

	(void)state;
	read_hops(&mail,
		  "Delivered-To: jones@hill.example\n"
		  "X-Original-To: info@hill.example\n"
		  "From: a@hill.example\nTo: info@hill.example\n\nhi\n",
		  0);
	assert_int_equal(mail.message->receipt_count, 2);
	receipt = find_receipt(&mail, "jones@hill.example");
	assert_span(receipt->forwarded, "info@hill.example");
	receipt = find_receipt(&mail, "info@hill.example");
	assert_int_equal(receipt->forwarded.len, 0);
	mail_close(&mail);
}

static void
test_who_got_it_through_a_mailing_list_is_not_hidden(void **state)
{
	struct mail mail;

	(void)state;
	read_hops(&mail,
		  "Delivered-To: jones@hill.example\n"
		  "List-Id: Members <members.hill.example>\n"
		  "From: a@hill.example\nTo: members@hill.example\n\nhi\n",
		  0);
	assert_int_equal(mail.message->receipt_count, 0);
	mail_close(&mail);
}

static void
test_a_plus_address_of_the_journal_is_no_recipient(void **state)
{
	struct mail mail;

	(void)state;
	read_trusting(&mail,
		      "X-Original-To: journal+copies@hill.example\n"
		      "From: a@hill.example\n\nhi\n",
		      false);
	assert_int_equal(mail.message->receipt_count, 0);
	mail_close(&mail);
}

/* Only in the owner's Sent folder is Bcc the owner's word: an inbox holds what
 * others wrote, in the owner's name too. */
static void
test_only_a_sent_folder_has_an_owner(void **state)
{
	struct mail mail;
	int sent;

	(void)state;
	for (sent = 0; sent < 2; sent++) {
		mail_open(&mail);
		mail.origin.owner = span_of("ola@hill.example");
		mail.origin.sent_folder = sent != 0;
		assert_int_equal(
			mail_read(&mail, span_of("From: ola@hill.example\n"
						 "To: a@hill.example\n"
						 "Bcc: jo@hill.example\n"
						 "\nhi\n")),
			0);
		assert_int_equal(mail.message->receipt_count, 1);
		assert_span(mail.message->mailbox_owner,
			    sent != 0 ? "ola@hill.example" : "");
		mail_close(&mail);
	}
}

/* ---- addresses that deceive ---- */

static void
test_addresses_are_read_as_they_are_not_as_they_look(void **state)
{
	static const struct {
		const char *fields;
		const char *from; /* want */
		size_t to;        /* how many */
		const char *one;  /* of them */
	} rows[] = {
		{ "From: \"jo@hill.example\" <evil@out.example>\n",
		  "evil@out.example", 0, "" },
		{ "From: jo@hill.example <evil@out.example>\n",
		  "evil@out.example", 0, "" },
		{ "From: jo@hill.example (x) <evil@out.example>\n",
		  "evil@out.example", 0, "" },
		{ "From: =?utf-8?q?jo=40hill.example?= <evil@out.example>\n",
		  "evil@out.example", 0, "" },
		{ "From: evil@out.example (jo@hill.example)\n",
		  "evil@out.example", 0, "" },
		/* Cyrillic o: another address */
		{ "From: j\xd0\xbe@hill.example\n", "j\xd0\xbe@hill.example", 0,
		  "" },
		{ "From: evil@out.example\nFrom: jo@hill.example\n",
		  "evil@out.example", 0, "" },
		{ "From: evil@out.example\nSender: jo@hill.example\n"
		  "Resent-From: jo@hill.example\n",
		  "evil@out.example", 0, "" },
		{ "From: a@hill.example\n"
		  "To: friends: jo@hill.example, al@hill.example; "
		  "sam@hill.example\n",
		  "a@hill.example", 3, "al@hill.example" },
		{ "From: a@hill.example\n"
		  "To: jo@hill.example (Jo, of (the) hill <x@y.example>), "
		  "sam@hill.example\n",
		  "a@hill.example", 2, "sam@hill.example" },
		/* The comma is the name's, not the list's. */
		{ "From: a@hill.example\n"
		  "To: =?utf-8?q?Hart=2C_Jo_=3Cx=40y=2Eexample=3E?= "
		  "<jo@hill.example>\n",
		  "a@hill.example", 1, "jo@hill.example" },
		{ "From: a@hill.example\n"
		  "To: \"Hart, Jo <x@y.example>\" <jo@hill.example>\n",
		  "a@hill.example", 1, "jo@hill.example" },
		{ "From: a@hill.example\nTo: undisclosed-recipients:;\n",
		  "a@hill.example", 0, "" },
	};
	size_t i, k;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		bool found = rows[i].one[0] == '\0';
		struct mail mail;
		char raw[600];

		snprintf(raw, sizeof raw, "%s\nhi\n", rows[i].fields);
		read_trusting(&mail, raw, false);
		assert_span(mail.message->from.email, rows[i].from);
		if (mail.message->to.count != rows[i].to)
			fail_msg("%s: %zu in To", rows[i].fields,
				 mail.message->to.count);
		for (k = 0; k < mail.message->to.count; k++)
			found |= span_is(mail.message->to.at[k].email,
					 rows[i].one);
		if (!found)
			fail_msg("%s: no %s", rows[i].fields, rows[i].one);
		mail_close(&mail);
	}
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
		cmocka_unit_test(
			test_a_header_below_our_own_hops_is_the_senders),
		cmocka_unit_test(test_an_alias_leads_to_who_is_behind_it),
		cmocka_unit_test(
			test_who_got_it_through_a_mailing_list_is_not_hidden),
		cmocka_unit_test(
			test_a_plus_address_of_the_journal_is_no_recipient),
		cmocka_unit_test(test_only_a_sent_folder_has_an_owner),
		cmocka_unit_test(
			test_addresses_are_read_as_they_are_not_as_they_look),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
