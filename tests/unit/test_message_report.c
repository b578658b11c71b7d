/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/mail.h"

static const struct {
	const char *headers, *body;
	enum automatic want;
} mails[] = {
	{ "From: a@b.example\nSubject: Bins\n", "hi", AUTOMATIC_NO },
	{ "From: a@b.example\nAuto-Submitted: no\n", "hi", AUTOMATIC_NO },
	{ "From: a@b.example\nAuto-Submitted: auto-replied (x)\n", "hi",
	  AUTOMATIC_REPLY },
	{ "From: a@b.example\nAuto-Submitted: (c) Auto-Generated; x=y\n", "hi",
	  AUTOMATIC_GENERATED },
	{ "From: a@b.example\nSubject: Automatic reply: Bins\n", "hi",
	  AUTOMATIC_REPLY },
	{ "From: a@b.example\nSubject: RE: Automatic reply: Bins\n", "Thanks",
	  AUTOMATIC_NO },
	{ "From: a@b.example\nSubject: Ateb awtomatig: Biniau\n", "hi",
	  AUTOMATIC_REPLY },
	{ "From: a@b.example\nSubject: Out of office: Bins\n", "hi",
	  AUTOMATIC_REPLY },
	{ "From: a@b.example\nSubject: Out of office cover in May\n", "hi",
	  AUTOMATIC_NO },
	{ "From: a@b.example\nSubject: [AUTO GENERATED] Bins\n", "hi",
	  AUTOMATIC_GENERATED },
	{ "From: a@b.example\nSubject: Re: [AUTO GENERATED] Bins\n", "hi",
	  AUTOMATIC_NO },
	{ "From: a@b.example\nX-Auto-Response-Suppress: All\n", "hi",
	  AUTOMATIC_NO },
	{ "From: a@b.example\nX-Autoreply: yes\n", "hi", AUTOMATIC_REPLY },
	{ "From: a@b.example\nPrecedence: auto_reply\n", "hi",
	  AUTOMATIC_REPLY },
	{ "From: a@b.example\nPrecedence: bulk\n", "hi", AUTOMATIC_BULK },
	{ "From: a@b.example\nList-Id: News <news.b.example>\n", "hi",
	  AUTOMATIC_BULK },
#define LIST "List-Id: Talk <talk.b.example>\n"
#define POST "List-Post: <mailto:talk@b.example>\nPrecedence: list\n"
	/* somebody's word in a discussion, and what a list sends besides */
	{ "From: a@b.example\nIn-Reply-To: <x@y>\n" LIST POST, "hi",
	  AUTOMATIC_NO },
	{ "From: a@b.example\nUser-Agent: Mail\n"
	  "List-Unsubscribe: <mailto:x@b.example>\n" LIST POST,
	  "hi", AUTOMATIC_NO },
	{ "From: a@b.example\nMessage-ID: <x@mail.gmail.com>\n" LIST POST, "hi",
	  AUTOMATIC_NO },
	{ "From: a@b.example\n" LIST POST, "hi", AUTOMATIC_BULK },
	{ "From: a@b.example\nIn-Reply-To: <x@y>\n" LIST, "hi",
	  AUTOMATIC_BULK },
	{ "From: a@b.example\nIn-Reply-To: <x@y>\n" LIST "List-Post: NO\n",
	  "hi", AUTOMATIC_BULK },
	{ "From: a@b.example\nIn-Reply-To: <x@y>\nPrecedence: bulk\n" LIST
	  "List-Post: <mailto:talk@b.example>\n",
	  "hi", AUTOMATIC_BULK },
	{ "From: a@b.example\nIn-Reply-To: <x@y>\n"
	  "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n" LIST POST,
	  "hi", AUTOMATIC_BULK },
	{ "From: Jo via Talk <talk@b.example>\nIn-Reply-To: <x@y>\n" LIST POST,
	  "hi", AUTOMATIC_BULK },
	{ "From: newsletter@b.example\nX-Mailer: x\n" LIST POST, "hi",
	  AUTOMATIC_BULK },
	{ "From: talk-owner@b.example\nX-Mailer: x\n" LIST POST, "hi",
	  AUTOMATIC_BULK },
	{ "From: notifications@b.example\nIn-Reply-To: <x@y>\n" LIST POST, "hi",
	  AUTOMATIC_BULK },
	{ "From: a@b.example\nIn-Reply-To: <x@y>\n"
	  "Auto-Submitted: auto-generated\n" LIST POST,
	  "hi", AUTOMATIC_GENERATED },
	{ "From: a@b.example\nIn-Reply-To: <x@y>\n"
	  "Subject: Automatic reply: Bins\n" LIST POST,
	  "hi", AUTOMATIC_REPLY },
	{ "From: no-reply@b.example\n", "hi", AUTOMATIC_GENERATED },
	/* a bounce whose subject tells nothing; only of a daemon */
	{ "From: System Administrator <postmaster@b.example>\nSubject: E\n",
	  "Your message\n\ndid not reach the following\nrecipient(s):\n",
	  AUTOMATIC_BOUNCE },
	{ "From: post_master@b.example\nSubject: Re: Bins\n",
	  "Error: Invalid user address\n550 - no such user here\n",
	  AUTOMATIC_BOUNCE },
	{ "From: jo@b.example\nSubject: Re: Bins\n",
	  "I was told: 550 no such user here. Could you look?\n",
	  AUTOMATIC_NO },
	{ "From: postmaster@b.example\nSubject: Your new mailbox\n",
	  "It is ready. Please tell me if anything is missing.\n",
	  AUTOMATIC_NO },
	/* a newsletter that hides it, and somebody who writes of one */
	{ "From: news@b.example\n",
	  "Offers https://b.example/1 https://b.example/2\n"
	  "https://b.example/3 and https://b.example/4\n"
	  "To Unsubscribe go to https://b.example/5\n",
	  AUTOMATIC_BULK },
	{ "From: a@b.example\n",
	  "How do I unsubscribe from https://b.example/news?", AUTOMATIC_NO },
	{ "From: offers@b.example\n",
	  "Ten new lamps.\nYou are receiving this e-mail because you bought "
	  "one.",
	  AUTOMATIC_BULK },
	{ "From: offers@b.example\nIn-Reply-To: <x@y>\n",
	  "Yes. You are receiving this e-mail because you asked me.",
	  AUTOMATIC_NO },
	{ "From: offers@b.example\n",
	  "Ten new lamps.\nIf you no longer wish to receive e-mails from us, "
	  "click here.",
	  AUTOMATIC_BULK },
	{ "From: a@b.example\n",
	  "I no longer wish to receive e-mails from Cllr Gadd.", AUTOMATIC_NO },
	{ "From: bins@b.example\n",
	  "If you no longer wish to receive a brown bin, tell us.",
	  AUTOMATIC_NO },
	{ "From: a@b.example\n",
	  "It said \"to unsubscribe\", so I wanted to, and could not.",
	  AUTOMATIC_NO },
	{ "From: x.17@newsletter.b.example\n", "Lamps", AUTOMATIC_BULK },
	{ "From: Shop-NoReply@b.example\n", "Lamps", AUTOMATIC_GENERATED },
	{ "From: no-reply-7@b.example\n", "Lamps", AUTOMATIC_GENERATED },
	{ "From: noreplyson@b.example\n", "Lamps", AUTOMATIC_NO },
	{ "From: root@b.example\nSubject: Cron <jo@hill> lamps\n", "Lamps",
	  AUTOMATIC_GENERATED },
	{ "From: lamps@b.example\n",
	  "New lamps.\nIf you wish to remove yourself from this mailing list, "
	  "go to b.example.",
	  AUTOMATIC_BULK },
	{ "From: bins@b.example\n",
	  "You can change your subscription for the brown bin online. Sign up "
	  "to our newsletter at https://b.example/news",
	  AUTOMATIC_NO },
	{ "From: \"Lamps, the Newsletter\" <x@b.example>\n", "Lamps",
	  AUTOMATIC_BULK },
	{ "From: rss@b.example\n", "Lamps", AUTOMATIC_BULK },
	{ "From: owner-lamps@b.example\n", "Lamps", AUTOMATIC_BULK },
	{ "From: owner@newsagent.example\n", "Lamps", AUTOMATIC_NO },
	{ "From: a@b.example\nMessage-ID: <x@mail.gmail.com>\n", "Lamps",
	  AUTOMATIC_NO },
	{ "From: noreply@b.example\nMessage-ID: <x@mail.gmail.com>\n", "Lamps",
	  AUTOMATIC_GENERATED },
	{ "From: a@b.example\nIn-Reply-To: <x@y>\n",
	  "This is an automated acknowledgement of your message.",
	  AUTOMATIC_REPLY },
	{ "From: Mail Delivery System <MAILER-DAEMON@b.example>\n"
	  "Subject: Undelivered Mail Returned to Sender\n",
	  "<jo@hill.example>: host said: 550 5.1.1 unknown user",
	  AUTOMATIC_BOUNCE },
	{ "From: Mail Delivery System <MAILER-DAEMON@b.example>\n"
	  "Subject: Warning: message delayed 4 hours\n",
	  "<jo@hill.example>: 451 4.3.0 will be retried", AUTOMATIC_DELAY },
	{ "From: a@b.example\nSubject: Undelivered parcels in Mill Lane\n",
	  "hi", AUTOMATIC_NO },
	{ "From: a@b.example\nContent-Type: text/calendar; method=REPLY\n",
	  "BEGIN:VCALENDAR\nMETHOD:REPLY\n", AUTOMATIC_CALENDAR },
	{ "From: a@b.example\nContent-Type: text/calendar\n",
	  "BEGIN:VCALENDAR\nMETHOD:REQUEST\n", AUTOMATIC_NO },
};

static void
test_machines_are_told_from_people(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(mails); i++) {
		struct mail mail;
		char raw[1024];

		snprintf(raw, sizeof raw, "%s\n%s\n", mails[i].headers,
			 mails[i].body);
		mail_open(&mail);
		assert_int_equal(mail_read(&mail, span_of(raw)), 0);
		if (mail.message->automatic != mails[i].want)
			fail_msg("'%s' is '%s'", mails[i].headers,
				 automatic_name(mail.message->automatic));
		assert_int_equal(mail.message->automatic_why.len != 0,
				 mails[i].want != AUTOMATIC_NO);
		mail_close(&mail);
	}
}

#define DSN(blocks)                                                      \
	"From: MAILER-DAEMON@b.example\nSubject: Delivery report\n"      \
	"Content-Type: multipart/report; report-type=delivery-status;\n" \
	" boundary=b\n\n--b\n\nSorry.\n--b\n"                            \
	"Content-Type: message/delivery-status\n\n"                      \
	"Reporting-MTA: dns; b.example\n\n" blocks                       \
	"\n--b\nContent-Type: text/rfc822-headers\n\n"                   \
	"From: clerk@hill.example\nMessage-ID: <nudge.1@hill.example>\n" \
	"\n--b--\n"

static void
test_every_recipient_of_a_delivery_report_is_read(void **state)
{
	struct mail mail;

	(void)state;
	mail_open(&mail);
	assert_int_equal(
		mail_read(&mail,
			  span_of(DSN("Final-Recipient: rfc822; jo@x.example\n"
				      "Action: delayed\nStatus: 4.4.1\n\n"
				      "Final-Recipient: rfc822;Sam@x.example\n"
				      "Action: failed\n"
				      "Status: 5.1.1 (no such user)\n"))),
		0);
	assert_int_equal(mail.message->automatic, AUTOMATIC_BOUNCE);
	assert_int_equal(mail.message->failure_count, 2);
	assert_span(mail.message->failures[0].recipient, "jo@x.example");
	assert_false(mail.message->failures[0].permanent);
	assert_span(mail.message->failures[1].recipient, "sam@x.example");
	assert_span(mail.message->failures[1].status, "5.1.1");
	assert_true(mail.message->failures[1].permanent);
	assert_span(mail.message->report_about, "<nudge.1@hill.example>");
	assert_false(mail.message->forward);
	mail_close(&mail);
}

static void
test_what_a_report_is_about_holds_no_odd_bytes(void **state)
{
	struct mail mail;

	(void)state;
	mail_open(&mail);
	assert_int_equal(
		mail_read(&mail,
			  span_of("From: <>\nContent-Type: multipart/report; "
				  "boundary=b\n\n--b\n"
				  "Content-Type: message/delivery-status\n\n"
				  "Final-Recipient: rfc822; x@hill.example\n"
				  "Action: failed\n\n--b\n"
				  "Content-Type: text/rfc822-headers\n\n"
				  "Message-ID: <a\xe3\x1d@x.example>\n\n"
				  "--b--\n")),
		0);
	assert_span(mail.message->report_about, "<a@x.example>");
	mail_close(&mail);
}

static void
test_a_report_of_delivery_is_no_failure(void **state)
{
	struct mail mail;

	(void)state;
	mail_open(&mail);
	assert_int_equal(
		mail_read(&mail,
			  span_of(DSN("Final-Recipient: rfc822; jo@x.example\n"
				      "Action: delivered\nStatus: 2.0.0\n"))),
		0);
	assert_int_equal(mail.message->automatic, AUTOMATIC_DELAY);
	assert_int_equal(mail.message->failure_count, 0);
	mail_close(&mail);
}

static void
test_a_read_receipt_names_what_was_read(void **state)
{
	struct mail mail;

	(void)state;
	mail_open(&mail);
	assert_int_equal(
		mail_read(&mail,
			  span_of("From: jo@x.example\nSubject: Read: Bins\n"
				  "Content-Type: multipart/report; "
				  "report-type=disposition-notification;\n"
				  " boundary=b\n\n--b\n\nRead.\n--b\n"
				  "Content-Type: message/"
				  "disposition-notification\n\n"
				  "Original-Message-ID: <n@hill.example>\n"
				  "Disposition: manual-action; displayed\n"
				  "\n--b--\n")),
		0);
	assert_int_equal(mail.message->automatic, AUTOMATIC_RECEIPT);
	assert_span(mail.message->report_about, "<n@hill.example>");
	mail_close(&mail);
}

static void
test_protected_mail_is_said_to_be_unread(void **state)
{
	static const char *const types[] = {
		"multipart/encrypted; boundary=b",
		"application/pkcs7-mime; smime-type=enveloped-data",
		"application/x-microsoft-rpmsg-message",
		"application/octet-stream; name=message.rpmsg",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(types); i++) {
		struct mail mail;
		char raw[512];

		snprintf(raw, sizeof raw,
			 "From: a@b.example\nContent-Type: %s\n\n--b\n\nx\n"
			 "--b--\n",
			 types[i]);
		mail_open(&mail);
		assert_int_equal(mail_read(&mail, span_of(raw)), 0);
		assert_true(mail_warns(&mail, "protected: not scanned"));
		mail_close(&mail);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_machines_are_told_from_people),
		cmocka_unit_test(
			test_every_recipient_of_a_delivery_report_is_read),
		cmocka_unit_test(
			test_what_a_report_is_about_holds_no_odd_bytes),
		cmocka_unit_test(test_a_report_of_delivery_is_no_failure),
		cmocka_unit_test(test_a_read_receipt_names_what_was_read),
		cmocka_unit_test(test_protected_mail_is_said_to_be_unread),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
