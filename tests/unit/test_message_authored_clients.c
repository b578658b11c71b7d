/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What mail programs make of an answer, a forward or a signature, one case
 * each: the body must be the sender's own words exactly.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/mail.h"

#define FROM_NIA                                                      \
	"From: Nia Howell <nia@moor.example>\nTo: sam@moor.example\n" \
	"Date: Tue, 3 Mar 2026 10:00:00 +0000\nMessage-ID: <1@moor.example>\n"

struct sample {
	const char *name, *body, *want;
};

static void
read_as(struct mail *mail, const char *subject, const char *type,
	const char *body)
{
	char raw[8192];

	assert_true(strlen(body) < sizeof raw - 512);
	snprintf(raw, sizeof raw,
		 FROM_NIA "Subject: %s\nContent-Type: %s\n\n%s", subject, type,
		 body);
	mail_open(mail);
	assert_int_equal(mail_read(mail, span_of(raw)), 0);
}

static void
check(const struct sample *samples, size_t count, const char *subject,
      const char *type)
{
	size_t i, bad = 0;

	for (i = 0; i < count; i++) {
		struct mail mail;

		read_as(&mail, subject, type, samples[i].body);
		if (!span_is(mail.message->body, samples[i].want)) {
			print_message(
				"%s: got '%.*s', want '%s'\n", samples[i].name,
				SPAN_ARG(mail.message->body), samples[i].want);
			bad++;
		}
		mail_close(&mail);
	}
	assert_int_equal(bad, 0);
}

#define PLAIN "text/plain; charset=utf-8"
#define HTML "text/html; charset=utf-8"

static const struct sample answers[] = {
	{ "Gmail, long name broken over lines",
	  "I can do Friday.\n\nOn Mon, 2 Mar 2026 at 17:45, Samira "
	  "Okonkwo-Bell\n"
	  "<samira.okonkwo-bell@moor.example> wrote:\n\n> Which day?\n> Sam\n",
	  "I can do Friday." },
	{ "Gmail of 2014",
	  "Agreed.\n\n2014-05-12 9:41 GMT+01:00 Sam Bell "
	  "<sam@moor.example>:\n\n"
	  "> Shall we?\n",
	  "Agreed." },
	{ "Gmail of 2014, neither address nor colon",
	  "Agreed.\n\n2014-05-12 9:41 GMT+01:00 Sam Bell\n\nShall we?\n",
	  "Agreed." },
	{ "Apple Mail",
	  "Yes please.\n\n> On 2 Mar 2026, at 17:45, Sam Bell "
	  "<sam@moor.example> wrote:\n> \n> Tea?\n",
	  "Yes please." },
	{ "Thunderbird, answer below",
	  "On 02/03/2026 17:45, Sam Bell wrote:\n> The gate is broken.\n\n"
	  "I have told the park keeper.\n",
	  "I have told the park keeper." },
	{ "Thunderbird, answers between",
	  "Sam,\n\nOn 02/03/2026 17:45, Sam Bell wrote:\n> Who opens up?\nI "
	  "do.\n"
	  "> Who locks?\nOwen does.\n",
	  "Sam,\n\nI do.\n\nOwen does." },
	{ "Outlook for Mac, verb midway",
	  "Fine with me.\n\n\xef\xbb\xbfSam Bell <sam@moor.example> skrev "
	  "f\xc3\xb8lgende den 02/03/2026, 17:45:\n\n    Er det greit?\n",
	  "Fine with me." },
	{ "Outlook on a telephone",
	  "Will do.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n"
	  "________________________________\nFrom: Sam Bell "
	  "<sam@moor.example>\n"
	  "Sent: Monday, March 2, 2026 5:45:10 PM\nTo: Nia Howell "
	  "<nia@moor.example>\nSubject: Gate\n\nCan you look?\n",
	  "Will do." },
	{ "Outlook, bold field names as plain text",
	  "Noted.\n\n*From:* Sam Bell [mailto:sam@moor.example]\n"
	  "*Sent:* 02 March 2026 17:45\n*To:* Nia Howell\n*Subject:* Gate\n\n"
	  "The gate again.\n",
	  "Noted." },
	{ "Notes",
	  "Not this week.\n\n\n-----Sam Bell/Moor wrote: -----\n"
	  "To: Nia Howell/Moor\nFrom: Sam Bell/Moor\nDate: 02/03/2026 05:45PM\n"
	  "Subject: Gate\n\nThis week?\n",
	  "Not this week." },
	{ "Samsung",
	  "On my way.\n\n\n-------- Original message --------\n"
	  "From: Sam Bell <sam@moor.example>\nDate: 02/03/2026 17:45 "
	  "(GMT+00:00)\nTo: Nia <nia@moor.example>\nSubject: Gate\n\nWhere?\n",
	  "On my way." },
	{ "Samsung, tags left in",
	  "On my way.\n\n<div>-------- Original message "
	  "--------</div><div>From: "
	  "Sam Bell <sam@moor.example> </div><div>\n</div>Where are you?\n",
	  "On my way." },
	{ "Android, dashes",
	  "Ten minutes.\n\n---- Sam Bell wrote ----\n\nHow long?\n",
	  "Ten minutes." },
	{ "BlackBerry",
	  "Call me.\n\nSent from my BlackBerry 10 smartphone.\nFrom: Sam Bell\n"
	  "Sent: Monday, 2 March 2026 17:45\nTo: Nia Howell\nSubject: Gate\n\n"
	  "Any news?\n",
	  "Call me." },
	{ "Polymail breaks the address",
	  "Lovely.\n\nOn Mon, Mar 2, 2026 at 5:45 PM Sam Bell\n\n<\n"
	  "mailto:Sam Bell <sam@moor.example>\n> wrote:\nShall I book it?\n",
	  "Lovely." },
	{ "the attribution lost its line end",
	  "Go ahead On Mon, Mar 2, 2026 at 5:45 PM, sam@moor.example wrote:\n"
	  "> May I?\n",
	  "Go ahead" },
	{ "initials before each line",
	  "SB> Is the hall free?\nSB> On Sunday?\n\nIt is, until six.\n",
	  "It is, until six." },
	{ "a link torn out of the quote",
	  "Thanks, seen.\n\nOn 2 Mar 2026, at 17:45, Sam Bell wrote:\n\n"
	  "> The plan is here\n(https://moor.example/plans/4471)\n> and here\n",
	  "Thanks, seen." },
	{ "bars before each line, with the header",
	  "  | Date: Mon, 2 Mar 2026 17:45:00 +0000\n  | From: Sam Bell "
	  "<sam@moor.example>\n  |\n  | Who opens?\n\nI do.\n",
	  "I do." },
	{ "a header on top, bars below",
	  "    Date: Mon, 2 Mar 2026 17:45:00 +0000\n    From: Sam Bell "
	  "<sam@moor.example>\n\n  | Who opens?\n\nI do.\n",
	  "I do." },
	{ "a header on top of a list",
	  "From: Sam Bell <sam@moor.example>\nDate: Mon, 2 Mar 2026 17:45:00 "
	  "+0000\n\n- hurry\n- hurry more\n\nSam\n",
	  "" },
	{ "two fields that are certain",
	  "Thanks.\n\nFrom: sam@moor.example\nDate: Mon, 2 Mar 2026 17:45:00 "
	  "+0000\n\nHere you are.\n",
	  "Thanks." },
	{ "marks of direction around an attribution",
	  "Thanks.\n\n\xe2\x80\xab"
	  "On 2 Mar 2026, at 17:45, Sam Bell "
	  "<sam@moor.example> wrote:\xe2\x80\xac\n\nHere.\n",
	  "Thanks." },
};

static void
test_programs_announce_what_they_quote(void **state)
{
	(void)state;
	check(answers, ARRAY_SIZE(answers), "Re: Gate", PLAIN);
}

static const struct sample languages[] = {
	{ "Welsh",
	  "Diolch.\n\nAr Llun, 2 Maw 2026 am 17:45, ysgrifennodd Sam Bell "
	  "<sam@moor.example>:\n> Iawn?\n",
	  "Diolch." },
	{ "French",
	  "Merci.\n\nLe 2 mars 2026 à 17:45, Sam Bell "
	  "<sam@moor.example> a écrit :\n\nÇa va ?\n",
	  "Merci." },
	{ "German, Gmail",
	  "Danke.\n\nSam Bell <sam@moor.example> schrieb am Mo., 2.\n"
	  "März 2026 um 17:45 Uhr:\n\n> Passt das?\n",
	  "Danke." },
	{ "German, Outlook",
	  "Danke.\n\nVon: Sam Bell <sam@moor.example>\nGesendet: Montag, 2. "
	  "März 2026 17:45\nAn: Nia\nBetreff: Tor\n\nPasst das?\n",
	  "Danke." },
	{ "Spanish",
	  "Gracias.\n\nEl lun, 2 mar 2026 a las 17:45, Sam Bell "
	  "(<sam@moor.example>) escribió:\n\n> ¿Vale?\n",
	  "Gracias." },
	{ "Italian",
	  "Grazie.\n\nIl giorno lun 2 mar 2026 alle ore 17:45 Sam "
	  "Bell <sam@moor.example> ha scritto:\n\n> Va bene?\n",
	  "Grazie." },
	{ "Dutch",
	  "Bedankt.\n\nOp ma 2 mrt 2026 om 17:45 schreef Sam Bell "
	  "<sam@moor.example>:\n\n> Goed?\n",
	  "Bedankt." },
	{ "Dutch, Apple",
	  "Bedankt.\n\nOp 2 mrt. 2026, om 17:45 heeft Sam Bell "
	  "<sam@moor.example> het volgende geschreven:\n\n"
	  "Goed?\n",
	  "Bedankt." },
	{ "Polish",
	  "Dziękuję.\n\npon., 2 mar 2026 o 17:45 Sam Bell "
	  "<sam@moor.example> napisał(a):\n\n> Dobrze?\n",
	  "Dziękuję." },
	{ "Polish, Apple",
	  "Dziękuję.\n\nWiadomość napisana przez Sam Bell "
	  "<sam@moor.example> w dniu 2 mar 2026, o godz. 17:45:\n\nDobrze?\n",
	  "Dziękuję." },
	{ "Portuguese",
	  "Obrigada.\n\nEm seg., 2 de mar. de 2026 às 17:45, Sam "
	  "Bell <sam@moor.example> escreveu:\n\n> Pode?\n",
	  "Obrigada." },
	{ "Swedish",
	  "Tack.\n\nDen mån 2 mars 2026 kl 17:45 skrev Sam Bell "
	  "<sam@moor.example>:\n\n> Går det?\n",
	  "Tack." },
	{ "Danish",
	  "Tak.\n\nDen man. 2. mar. 2026 kl. 17.45 skrev Sam Bell "
	  "<sam@moor.example>:\n\n> Går det?\n",
	  "Tak." },
	{ "Norwegian",
	  "Takk.\n\nman. 2. mar. 2026 kl. 17:45 skrev Sam Bell "
	  "<sam@moor.example>:\n\n> Går det?\n",
	  "Takk." },
	{ "Finnish",
	  "Kiitos.\n\nma 2. maalisk. 2026 klo 17.45 Sam Bell "
	  "(sam@moor.example) kirjoitti:\n\n> Käykö?\n",
	  "Kiitos." },
	{ "Finnish, verb midway",
	  "Kiitos.\n\nSam Bell <sam@moor.example> kirjoitti 2.3.2026 "
	  "17.45:\n\nKäykö?\n",
	  "Kiitos." },
	{ "Czech",
	  "Děkuji.\n\npo 2. 3. 2026 v 17:45 odesílatel Sam Bell "
	  "<sam@moor.example> napsal:\n\n> Jde to?\n",
	  "Děkuji." },
	{ "Russian",
	  "Спасибо.\n\nпн, 2 мар. 2026 г. в 17:45, Sam Bell "
	  "<sam@moor.example>:\n\n> Можно?\n",
	  "Спасибо." },
	{ "Japanese",
	  "ありがとう。\n\n2026年3月2日(月) 17:45 Sam Bell "
	  "<sam@moor.example>:\n\n> どうですか。\n",
	  "ありがとう。" },
	{ "Chinese",
	  "谢谢。\n\nSam Bell <sam@moor.example> 于2026年3月2日周一 "
	  "17:45写道：\n\n> 可以吗？\n",
	  "谢谢。" },
	{ "Irish",
	  "Go raibh maith agat.\n\nAr Luan 2 Márta 2026 ag 17:45, "
	  "scríobh Sam Bell <sam@moor.example>:\n\n> An bhfuil?\n",
	  "Go raibh maith agat." },
};

static void
test_attributions_of_many_languages_are_met(void **state)
{
	(void)state;
	check(languages, ARRAY_SIZE(languages), "Re: Gate", PLAIN);
}

static const struct sample forwards[] = {
	{ "Gmail",
	  "For your file.\n\n---------- Forwarded message ---------\n"
	  "From: Sam Bell <sam@moor.example>\nDate: Mon, 2 Mar 2026 at 17:45\n"
	  "Subject: Gate\nTo: <nia@moor.example>\n\n\nIt is broken.\n",
	  "For your file." },
	{ "Yahoo in one line",
	  "For your file.\n  ----- Forwarded Message ----- From: Sam Bell "
	  "<sam@moor.example>To: \"nia@moor.example\" <nia@moor.example>Sent: "
	  "Monday, 2 March 2026 at 17:45:10 GMTSubject: Gate\nIt is broken.\n",
	  "For your file." },
	{ "Apple Mail",
	  "For your file.\n\nBegin forwarded message:\n\n> From: Sam Bell\n> "
	  "Subject: Gate\n> Date: 2 March 2026 at 17:45:10 GMT\n> To: Nia\n> \n"
	  "> It is broken.\n",
	  "For your file." },
	{ "Thunderbird, Croatian",
	  "For your file.\n\n-------- Proslijeđena poruka --------\n"
	  "Naslov: \tGate\nDatum: \tMon, 2 Mar 2026 17:45:10 +0000\n"
	  "Šalje: \tSam Bell <sam@moor.example>\nPrima: \tnia@moor.example\n\n"
	  "It is broken.\n",
	  "For your file." },
	{ "a forward in a forward",
	  "See the end.\n\n---------- Forwarded message ---------\n"
	  "From: Sam Bell <sam@moor.example>\nDate: Mon, 2 Mar 2026 at 17:45\n"
	  "Subject: Fwd: Gate\nTo: Nia\n\nPlease see.\n\n"
	  "---------- Forwarded message ---------\nFrom: Owen <o@x.example>\n"
	  "Date: Sun, 1 Mar 2026 at 11:02\nSubject: Gate\nTo: Sam\n\nBroken!\n",
	  "See the end." },
};

static void
test_forwards_keep_only_the_covering_words(void **state)
{
	struct mail mail;

	(void)state;
	check(forwards, ARRAY_SIZE(forwards), "Fwd: Gate", PLAIN);
	read_as(&mail, "Fwd: Gate", PLAIN, forwards[4].body);
	assert_true(mail.message->forward);
	assert_int_equal(mail.message->quote_count, 2);
	assert_span(mail.message->quotes[0].text, "Please see.");
	assert_span(mail.message->quotes[1].from.email, "o@x.example");
	assert_span(mail.message->quotes[1].text, "Broken!");
	mail_close(&mail);
}

static const struct sample pages[] = {
	{ "Outlook, desktop",
	  "<div class=WordSection1><p class=MsoNormal>Approved.</p>"
	  "<p class=MsoNormal>&nbsp;</p><div style='border:none;border-top:"
	  "solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p><b>From:</b> Sam "
	  "Bell<br><b>Sent:</b> 02 March 2026 17:45<br><b>To:</b> Nia<br>"
	  "<b>Subject:</b> Gate</p></div><p>May I order it?</p></div>",
	  "Approved." },
	{ "Outlook on the web",
	  "<div>Approved.</div><div id=appendonsend></div><hr><div "
	  "id=divRplyFwdMsg dir=ltr><b>From:</b> Sam<br><b>Sent:</b> 02 March "
	  "2026 17:45</div><div>May I order it?</div>",
	  "Approved." },
	{ "Gmail, answers between",
	  "<div class=gmail_quote>On Mon, 2 Mar 2026 at 17:45, Sam &lt;"
	  "sam@moor.example&gt; wrote:<blockquote class=gmail_quote "
	  "style='border-left:1px solid'>Who opens?</blockquote></div><div>I "
	  "do.</div><blockquote class=gmail_quote style='border-left:1px "
	  "solid'>Who locks?</blockquote><div>Owen.</div>",
	  "I do.\n\nOwen." },
	{ "Thunderbird",
	  "<p>Seen.</p><div class=moz-cite-prefix>On 02/03/2026 17:45, Sam "
	  "wrote:<br></div><blockquote type=cite cite='mid:2@moor.example'>"
	  "<p>Look!</p></blockquote>",
	  "Seen." },
	{ "Yahoo",
	  "<div>Seen.</div><div id=ydp1yahoo_quoted class=yahoo_quoted><div>On "
	  "Monday, Sam wrote:</div><div>Look!</div></div>",
	  "Seen." },
	{ "Proton",
	  "<div>Seen.</div><div class=protonmail_quote>On Monday, Sam wrote:"
	  "<blockquote class=protonmail_quote type=cite>Look!</blockquote>"
	  "</div>",
	  "Seen." },
	{ "a blockquote that says nothing, in an answer",
	  "<p>Seen.</p><blockquote>Look at the gate!</blockquote>", "Seen." },
	{ "a blockquote of the sender's above the real quote",
	  "<p>The lease says:</p><blockquote>No gates.</blockquote><div>On "
	  "Mon, "
	  "2 Mar 2026 at 17:45, Sam &lt;sam@moor.example&gt; wrote:</div>"
	  "<blockquote><div>Look!</div></blockquote>",
	  "The lease says:\n\nNo gates." },
	{ "indented by the sender",
	  "<p>My text:</p><blockquote style='margin:0 0 0 40px;border:none;"
	  "padding:0px'>The gate is shut.</blockquote>",
	  "My text:\n\nThe gate is shut." },
	{ "only a border on the left",
	  "<p>Seen.</p><blockquote style='margin:0;border-left:2px solid "
	  "blue;padding-left:5px'>Look!</blockquote>",
	  "Seen." },
	{ "Mailspring's signature",
	  "Again.<br><signature>Sent from Mailspring, the best mail app"
	  "</signature><div class='gmail_quote'>On Mar 2 2026, at 5:45 pm, "
	  "Sam &lt;sam@moor.example&gt; wrote:<blockquote class=gmail_quote "
	  "style='border-left:1px solid'>Once?</blockquote></div>",
	  "Again." },
	{ "header block in markup that no program marks",
	  "<p>Seen.</p><p>From: Sam Bell &lt;sam@moor.example&gt;<br>Sent: 02 "
	  "March 2026 17:45<br>To: Nia<br>Subject: Gate</p><p>Look!</p>",
	  "Seen." },
};

static void
test_pages_of_mail_programs_are_split(void **state)
{
	(void)state;
	check(pages, ARRAY_SIZE(pages), "RE: Gate", HTML);
}

#define OUTLOOK_QUOTE                                                     \
	"<div id=divRplyFwdMsg><b>From:</b> Sam Bell<br><b>Sent:</b> 02 " \
	"March 2026 17:45<br><b>To:</b> Nia<br><b>Subject:</b> Gate</div>"
#define OLDER_QUOTE                                                      \
	"<p>From: Owen Pugh<br>Sent: 01 March 2026 09:00<br>To: Sam<br>" \
	"Subject: Gate</p>"

static const struct sample coloured[] = {
	{ "announced and red",
	  "<p>Sam, my answers below in red.</p>" OUTLOOK_QUOTE
	  "<p>Who opens the gate?</p><p><span style='color:red'>I "
	  "do.</span></p><p>Who locks it?</p><p style='color:#C00000'>Owen "
	  "does.</p><p>Who pays for all of this?</p>",
	  "Sam, my answers below in red.\n\nI do.\n\nOwen does." },
	{ "in the same line as the question",
	  "<p>See comments in blue.</p>" OUTLOOK_QUOTE
	  "<p>Who opens the gate? <font color='#0000FF'>I do.</font></p>"
	  "<p>Who locks?</p><p>And when would that be?</p>",
	  "See comments in blue.\n\nI do." },
	{ "the colour of Outlook's own answers is none",
	  "<p>See comments in blue.</p>" OUTLOOK_QUOTE
	  "<p style='color:#1F497D'>I think it is theirs.</p><p>Sam</p><p>x"
	  "</p>",
	  "See comments in blue." },
	{ "not announced",
	  "<p>Thank you.</p>" OUTLOOK_QUOTE
	  "<p>Who opens?</p><p style='color:red'>This is urgent!</p><p>Sam</p>",
	  "Thank you." },
	{ "another's colour",
	  "<p>Please look at Sam's comments in red.</p>" OUTLOOK_QUOTE
	  "<p>Who opens?</p><p style='color:red'>Nobody cares.</p><p>Sam</p>",
	  "Please look at Sam's comments in red." },
	{ "another colour than the one announced",
	  "<p>My comments are in green below.</p>" OUTLOOK_QUOTE
	  "<p>Who opens?</p><p style='color:red'>Urgent!</p><p "
	  "style='color:green'>I do.</p><p>Sam</p>",
	  "My comments are in green below.\n\nI do." },
	{ "older messages are never the sender's",
	  "<p>My replies in red.</p>" OUTLOOK_QUOTE
	  "<p>Who opens?</p><p style='color:red'>I "
	  "do.</p><p>Sam</p><p>Moor</p>" OLDER_QUOTE
	  "<p style='color:red'>I am furious.</p><p>Owen</p>",
	  "My replies in red.\n\nI do." },
	{ "all of the quote has the colour",
	  "<p>My replies in red.</p>" OUTLOOK_QUOTE
	  "<p style='color:red'>I write so always.</p><p style='color:red'>Sam"
	  "</p><p style='color:red'>Moor</p><p style='color:red'>Hill</p>"
	  "<p style='color:red'>Dale</p>",
	  "My replies in red." },
	{ "the sender's name in brackets",
	  "<p>See below.</p>" OUTLOOK_QUOTE
	  "<p>Who opens?</p><p>[Nia Howell] I do.</p><p>[Sam Bell] Or I.</p>",
	  "See below.\n\n[Nia Howell] I do." },
};

static void
test_answers_in_a_colour_are_the_senders_when_announced(void **state)
{
	struct mail mail;

	(void)state;
	check(coloured, ARRAY_SIZE(coloured), "RE: Gate", HTML);
	read_as(&mail, "RE: Gate", "multipart/alternative; boundary=b",
		"--b\nContent-Type: text/plain\n\nMy answers in red.\n\nFrom: "
		"Sam Bell\nSent: 02 March 2026 17:45\nTo: Nia\nSubject: Gate"
		"\n\nWho opens?\nI do.\nWho locks?\n\n--b\nContent-Type: "
		"text/html\n\n<p>My answers in red.</p>" OUTLOOK_QUOTE
		"<p>Who opens?</p><p style='color:red'>I do.</p><p>Who "
		"locks?</p>\n--b--\n");
	assert_span(mail.message->body, "My answers in red.\n\nI do.");
	mail_close(&mail);
}

static const struct sample signatures[] = {
	{ "after two dashes", "Yes.\n\n-- \nNia\nMoor Ward\n", "Yes." },
	{ "a name behind a dash", "Yes, on Monday.\n\n-Nia\n",
	  "Yes, on Monday." },
	{ "a name behind a dash and a space", "Yes, on Monday.\n\n- Nia\n",
	  "Yes, on Monday." },
	{ "a block without dashes",
	  "Yes, on Monday.\n\nNia Howell\nHead of Parks\nMoor Borough Council\n"
	  "Tel: 01632 960123\nnia@moor.example\n",
	  "Yes, on Monday." },
	{ "closing and block",
	  "Yes, on Monday.\n\nKind regards\n\nNia Howell | Head of Parks\n"
	  "T 01632 960123 | www.moor.example\n",
	  "Yes, on Monday." },
	{ "closing, block, motto and disclaimer",
	  "Yes, on Monday.\n\nRegards,\nNia Howell\nHead of Parks\n01632 "
	  "960123\n\nGreener every day.\n\nThis email and any attachments are "
	  "intended only for the addressee. If you have received this email in "
	  "error please delete it.\n",
	  "Yes, on Monday." },
	{ "banner above",
	  "CAUTION: This email originated from outside the organisation. Do "
	  "not click links unless you recognise the sender.\n\nYes.\n",
	  "Yes." },
	{ "telephone below", "Yes.\n\nSent from my iPhone\n", "Yes." },
	{ "telephone above", "Sent from my iPhone\n\nYes, Monday is good.\n",
	  "Yes, Monday is good." },
	{ "two telephones",
	  "Yes.\nSent wirelessly from my BlackBerry device\nEnvoyé sans fil "
	  "par mon terminal mobile BlackBerry\n",
	  "Yes." },
	{ "a telephone in Hungarian", "Igen.\n\nAz iPhone-omról küldve\n",
	  "Igen." },
	{ "a telephone in Dutch", "Ja.\n\nVerzonden vanuit Outlook voor iOS\n",
	  "Ja." },
	{ "a list's footer",
	  "Yes.\n\n_______________________________________________\nWards "
	  "mailing list\nwards@lists.moor.example\n"
	  "https://lists.moor.example/wards\n",
	  "Yes." },
	{ "a list's footer below the sender's own",
	  "Yes.\n--\nNia, who likes gates\n\n----------------------------\n"
	  "This list is run by volunteers\n_______________________\nWards "
	  "mailing list\nwards@lists.moor.example\n",
	  "Yes." },
	{ "a tracker's mark", "Yes.\n\n\xe1\x90\xa7\n", "Yes." },
};

static void
test_what_programs_append_is_signature(void **state)
{
	size_t i;

	(void)state;
	check(signatures, ARRAY_SIZE(signatures), "Gate", PLAIN);
	for (i = 0; i < ARRAY_SIZE(signatures); i++) {
		struct mail mail;

		read_as(&mail, "Gate", PLAIN, signatures[i].body);
		assert_int_equal(mail.message->quoted.len, 0);
		assert_true(mail.message->signature.len != 0);
		mail_close(&mail);
	}
}

/* Everything here is the sender's own. */
static const char *const own[] = {
	"Ola wrote to me on Monday and asked for three things:\na key,\na lamp,"
	"\na bin.",
	"The rota:\n- Monday: Nia\n- Tuesday: Sam\n- Wednesday",
	"Minutes of 2 March 2026 at 17:45:\nSam opened the meeting.",
	"On 2 March 2026 I wrote to the owner. He has not answered.",
	"I agree On balance, though not in 2026.",
	"Visit us\n>>> here <<<\nany day.",
	"Put the comments in red ink on the plan, please.",
	"Date: 5 March 2026, 19:00\nPlace: Town Hall\nBring the plans.",
	"From: the depot\nDate: any day of 2026\nWe collect twice.",
	"Thanks!\nNia",
	"Kind regards to your mother, and see you on Sunday.",
	"It was sent from my telephone, that much I know, and I regret it.",
	"He said: we start at 10:30 on 3/4/2026. I said no.",
	"The lease reads \"Tenant: Hill Ltd, from: 1 May 2026\" on page 2.",
	"Read this:\n\nhttps://moor.example/plans/search?ward=moor&year=2026",
	"Call +44 1632 960001 and ask for the depot -- they know.",
};

static void
test_words_that_look_like_announcements_stay(void **state)
{
	size_t i, bad = 0;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(own); i++) {
		struct mail mail;

		read_as(&mail, "Gate", PLAIN, own[i]);
		if (!span_is(mail.message->body, own[i])) {
			print_message("'%s' became '%.*s'\n", own[i],
				      SPAN_ARG(mail.message->body));
			bad++;
		}
		mail_close(&mail);
	}
	assert_int_equal(bad, 0);
}

static void
test_flowed_text_is_joined_and_its_quotes_go(void **state)
{
	struct mail mail;

	(void)state;
	read_as(&mail, "Re: Gate", "text/plain; charset=utf-8; format=flowed",
		"On 02/03/2026 17:45, Sam Bell wrote:\n> The gate is broken "
		"\n> again.\n\nI shall send somebody \nto look at it \ntoday.\n"
		"\n-- \nNia\n");
	assert_span(mail.message->body,
		    "I shall send somebody to look at it today.");
	mail_close(&mail);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_programs_announce_what_they_quote),
		cmocka_unit_test(test_attributions_of_many_languages_are_met),
		cmocka_unit_test(test_forwards_keep_only_the_covering_words),
		cmocka_unit_test(test_pages_of_mail_programs_are_split),
		cmocka_unit_test(
			test_answers_in_a_colour_are_the_senders_when_announced),
		cmocka_unit_test(test_what_programs_append_is_signature),
		cmocka_unit_test(test_words_that_look_like_announcements_stay),
		cmocka_unit_test(test_flowed_text_is_joined_and_its_quotes_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
