/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/mail.h"

#define FROM_UNA                                                     \
	"From: Una Brand <una@hill.example>\nTo: ola@hill.example\n" \
	"Date: Mon, 2 Mar 2026 10:00:00 +0000\nMessage-ID: <1@hill.example>\n"

static void
read_body(struct mail *mail, const char *subject, const char *type,
	  const char *body)
{
	char raw[8192];

	snprintf(raw, sizeof raw,
		 FROM_UNA "Subject: %s\nContent-Type: %s; charset=utf-8\n\n%s",
		 subject, type, body);
	mail_open(mail);
	assert_int_equal(mail_read(mail, span_of(raw)), 0);
}

static void
assert_holds(struct span text, const char *words)
{
	if (span_find(text, words) == text.len)
		fail_msg("'%s' is not in '%.*s'", words, SPAN_ARG(text));
}

/* What is quoted: the body must be exactly want. */
static const struct {
	const char *name, *body, *want;
} answers[] = {
	{ "quote signs", "Yes.\n\nOn 1 Mar 2026, Ola wrote:\n> Can you?\n",
	  "Yes." },
	{ "two lines of attribution",
	  "Yes.\n\nOn Sun, 1 Mar 2026 at 09:00, Ola Kerr\n"
	  "<ola@hill.example> wrote:\n\n> Can you?\n",
	  "Yes." },
	{ "below and between",
	  "On 1 Mar 2026, Ola wrote:\n> One?\nYes.\n> Two?\nNo.\n",
	  "Yes.\n\nNo." },
	{ "nested", "Fine.\n\n> > a\n>> b\n> c\n", "Fine." },
	{ "Outlook",
	  "Fine.\n\nFrom: Ola Kerr\nSent: 01 March 2026 09:00\n"
	  "To: Una Brand\nSubject: Bins\n\nCan you?\n",
	  "Fine." },
	{ "Outlook, two messages",
	  "Fine.\n\nFrom: Ola Kerr\nSent: 01 March 2026 09:00\n"
	  "To: Una Brand\nSubject: RE: Bins\n\nCan you?\n\n"
	  "From: Una Brand\nSent: 28 February 2026 12:00\nTo: Ola Kerr\n"
	  "Subject: Bins\n\nHello\n",
	  "Fine." },
	{ "line above the block",
	  "Fine.\n________________________________\nFrom: Ola <o@x.example>\n"
	  "Sent: 1 March 2026 09:00\nTo: Una\nSubject: Bins\n\nCan you?\n",
	  "Fine." },
	{ "Original Message", "Fine.\n\n-----Original Message-----\nHello\n",
	  "Fine." },
	{ "German", "Ja.\n\nAm 01.03.2026 um 09:00 schrieb Ola Kerr:\n> x\n",
	  "Ja." },
	{ "French",
	  "Oui.\n\nLe dim. 1 mars 2026 à 09:00, Ola "
	  "<o@x.example> a écrit :\n\nBonjour\n",
	  "Oui." },
	{ "Welsh",
	  "Iawn.\n\nAr Sul, 1 Maw 2026 am 09:00, ysgrifennodd Ola "
	  "<o@x.example>:\n\n> Bore da\n",
	  "Iawn." },
	{ "Welsh block",
	  "Iawn.\n\nOddi wrth: Ola <o@x.example>\n"
	  "Anfonwyd: 1 Mawrth 2026 09:00\nAt: Una\n"
	  "Pwnc: Biniau\n\nBore da\n",
	  "Iawn." },
	{ "Polish block",
	  "Tak.\n\nOd: Ola <o@x.example>\n"
	  "Wysłano: 1 marca 2026 09:00\nDo: Una\n"
	  "Temat: Kosze\n\nDzień dobry\n",
	  "Tak." },
	{ "torn by rewrapping",
	  "Yes.\n\n> a long line of somebody else's that was wrapped at "
	  "the\nedge\n> and goes on\n",
	  "Yes." },
};

static void
test_what_others_wrote_is_no_part_of_the_body(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		struct mail mail;

		read_body(&mail, "Re: Bins", "text/plain", answers[i].body);
		if (!span_is(mail.message->body, answers[i].want))
			fail_msg("%s: got '%.*s'", answers[i].name,
				 SPAN_ARG(mail.message->body));
		assert_true(mail.message->quoted.len != 0);
		mail_close(&mail);
	}
}

/* The sender's own words, every one: the body must be the whole text. */
static const char *const own_words[] = {
	"On Thursday we meet.\nOn the other hand, who wrote it?",
	"From: the bus stop\nTo: the school\nthere are three holes.",
	"The residents wrote:\nplease mend it. So please do.",
	"We cannot accept liability for this, and nothing is agreed.",
	"Three things:\n-- the bins\n-- the lamp\n-- the drain",
	"Thanks",
	"Thanks,\nUna",
	"The notice was sent from my iPhone app to all of them, I believe.",
	"Meet at 10:30 on 3.4.2026:\nbring the plans.",
	"With regards to the lease, please call Mr Hill on 01632 960001.",
	("I read the report. It is confidential, so please do not disclose "
	 "the price to anybody before Monday."),
};

static void
test_the_senders_words_stay(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(own_words); i++) {
		struct mail mail;

		read_body(&mail, "Bins", "text/plain", own_words[i]);
		assert_span(mail.message->body, own_words[i]);
		assert_int_equal(mail.message->quoted.len, 0);
		mail_close(&mail);
	}
}

static const struct {
	const char *body, *want, *signature;
} tails[] = {
	{ "Please mend it.\n\n-- \nUna Brand\nLeader\n", "Please mend it.",
	  "Leader" },
	{ "Please mend it.\n\nKind regards\n\nCllr Una Brand\n"
	  "Blue Councillor for East\n01632 960001\n",
	  "Please mend it.", "Blue Councillor" },
	{ "Please mend it.\n\nUna\n\nCllr Una Brand | East | 01632 960001\n",
	  "Please mend it.\n\nUna", "960001" },
	{ "Please mend it.\n\nUna Brand\nHead of Parks\nTel: 01632 960001\n\n"
	  "Hill: town of trees 2026\n",
	  "Please mend it.", "town of trees" },
	{ "Please mend it.\n\nSent from my iPhone\n", "Please mend it.",
	  "iPhone" },
	{ "Diolch.\n\nAnfonwyd o fy iPad\n", "Diolch.", "iPad" },
	{ "Please mend it.\n\nThis email is intended solely for the person "
	  "named above.\nIf you are not the intended recipient please "
	  "delete it.\n",
	  "Please mend it.", "delete it" },
	{ "Please mend it.\n\n********************\nThis message may be "
	  "confidential. Views expressed are those of the author.\n"
	  "********************\n",
	  "Please mend it.", "Views expressed" },
	{ "CAUTION: This email originated from outside the council. Do not "
	  "click links unless you know the content is safe.\n\n"
	  "Please mend it.\n",
	  "Please mend it.", "CAUTION" },
	{ "OFFICIAL\n\nPlease mend it.\n", "Please mend it.", "OFFICIAL" },
};

static void
test_blocks_notices_and_banners_are_signature(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(tails); i++) {
		struct mail mail;

		read_body(&mail, "Bins", "text/plain", tails[i].body);
		assert_span(mail.message->body, tails[i].want);
		assert_holds(mail.message->signature, tails[i].signature);
		mail_close(&mail);
	}
}

static void
test_a_letter_pasted_in_keeps_its_closing(void **state)
{
	struct mail mail;

	(void)state;
	read_body(&mail, "Draft", "text/plain",
		  "Ola, this is the draft to send on.\n\nDear Mr Hill,\n\n"
		  "We agree the lease.\n\nYours sincerely\n\nCllr Jo Wren\n"
		  "Leader of the Council\n\nUna Brand\nAssistant\n"
		  "Tel: 01632 960001\n");
	assert_holds(mail.message->body, "Cllr Jo Wren\nLeader of the Council");
	assert_holds(mail.message->signature, "Assistant");
	mail_close(&mail);
}

static void
test_forwarding_keeps_the_covering_words(void **state)
{
	struct mail mail;

	(void)state;
	read_body(&mail, "Fwd: Bins", "text/plain",
		  "For you to answer.\n\n"
		  "---------- Forwarded message ---------\n"
		  "From: Ola Kerr <Ola@hill.example>\n"
		  "Date: Sun, 1 Mar 2026 at 09:00\nSubject: Bins\n"
		  "To: Una Brand <una@hill.example>, Jo <jo@hill.example>\n\n"
		  "Where are they?\n");
	assert_span(mail.message->body, "For you to answer.");
	assert_true(mail.message->forward);
	assert_int_equal(mail.message->quote_count, 1);
	assert_true(mail.message->quotes[0].forwarded);
	assert_span(mail.message->quotes[0].from.email, "ola@hill.example");
	assert_span(mail.message->quotes[0].from.name, "Ola Kerr");
	assert_span(mail.message->quotes[0].subject, "Bins");
	assert_span(mail.message->quotes[0].text, "Where are they?");
	assert_int_equal(mail.message->quotes[0].to.count, 2);
	assert_int_equal(mail.message->quotes[0].sent, 1772355600);
	mail_close(&mail);
}

static void
test_a_header_block_is_a_forward_only_under_such_a_subject(void **state)
{
	static const char body[] =
		"See below.\n\nFrom: Ola Kerr\nSent: 01 March 2026 09:00\n"
		"To: Una Brand\nSubject: Bins\n\nWhere?\n\n"
		"From: Jo\nSent: 27/02/2026 18:30\nTo: Ola\nSubject: Bins\n\n"
		"First.\n";
	struct mail mail;

	(void)state;
	read_body(&mail, "RE: Bins", "text/plain", body);
	assert_false(mail.message->forward);
	assert_int_equal(mail.message->quote_count, 2);
	assert_span(mail.message->quotes[0].from.name, "Ola Kerr");
	assert_span(mail.message->quotes[1].text, "First.");
	assert_int_equal(mail.message->quotes[1].sent, 1772217000);
	mail_close(&mail);
	read_body(&mail, "FW: Bins", "text/plain", body);
	assert_true(mail.message->forward);
	assert_span(mail.message->body, "See below.");
	mail_close(&mail);
}

static const struct {
	const char *name, *html, *want;
} pages[] = {
	{ "Gmail",
	  "<div dir=ltr>Yes.</div><div class=gmail_quote><div "
	  "class=gmail_attr>On Sun, Ola wrote:</div><blockquote "
	  "class=gmail_quote>Can you?</blockquote></div>",
	  "Yes." },
	{ "Outlook on the web",
	  "<div>Yes.</div><hr><div id=divRplyFwdMsg><b>Von X:</b> "
	  "Ola</div><div>Can you?</div>",
	  "Yes." },
	{ "Outlook's line",
	  "<p>Yes.</p><div style='border:none;border-top:solid #E1E1E1 "
	  "1.0pt;padding:3.0pt 0cm 0cm 0cm'><p>From X</p></div><p>Can "
	  "you?</p>",
	  "Yes." },
	{ "Apple",
	  "Yes.<br><blockquote type=cite>On 1 Mar 2026, at 09:00, Ola wrote:"
	  "<br>Can you?</blockquote>",
	  "Yes." },
	{ "an answer below",
	  "<blockquote type=cite>Can you?</blockquote><p>Yes.</p>", "Yes." },
	{ "indented, not quoted",
	  "<p>It reads:</p><blockquote style='margin:0 0 0 40px'>No dogs."
	  "</blockquote>",
	  "It reads:\n\nNo dogs." },
	{ "signature container",
	  "<p>Yes.</p><div class=gmail_signature>Una<br>Leader</div>", "Yes." },
};

static void
test_markup_tells_what_is_quoted(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(pages); i++) {
		struct mail mail;

		read_body(&mail, "Re: Bins", "text/html", pages[i].html);
		if (!span_is(mail.message->body, pages[i].want))
			fail_msg("%s: got '%.*s'", pages[i].name,
				 SPAN_ARG(mail.message->body));
		mail_close(&mail);
	}
}

static void
test_plain_text_is_preferred_unless_it_says_nothing(void **state)
{
	static const char form[] = "multipart/alternative; boundary=b";
	struct mail mail;

	(void)state;
	read_body(&mail, "x", form,
		  "--b\nContent-Type: text/plain\n\nplain\n--b\n"
		  "Content-Type: text/html\n\n<p>markup</p>\n--b--\n");
	assert_span(mail.message->body, "plain");
	mail_close(&mail);
	read_body(&mail, "x", form,
		  "--b\nContent-Type: text/plain\n\n \n--b\n"
		  "Content-Type: text/html\n\n<p>markup</p>\n--b--\n");
	assert_span(mail.message->body, "markup");
	mail_close(&mail);
	read_body(&mail, "x", form,
		  "--b\nContent-Type: text/plain\n\nYour program does not "
		  "support HTML mail.\n--b\n"
		  "Content-Type: text/html\n\n<p>markup</p>\n--b--\n");
	assert_span(mail.message->body, "markup");
	mail_close(&mail);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_others_wrote_is_no_part_of_the_body),
		cmocka_unit_test(test_the_senders_words_stay),
		cmocka_unit_test(test_blocks_notices_and_banners_are_signature),
		cmocka_unit_test(test_a_letter_pasted_in_keeps_its_closing),
		cmocka_unit_test(test_forwarding_keeps_the_covering_words),
		cmocka_unit_test(
			test_a_header_block_is_a_forward_only_under_such_a_subject),
		cmocka_unit_test(test_markup_tells_what_is_quoted),
		cmocka_unit_test(
			test_plain_text_is_preferred_unless_it_says_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
