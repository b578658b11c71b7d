/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who got a mail, by trusted headers and by the addresses in its own. */
#include "../support/envelope.h"

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
