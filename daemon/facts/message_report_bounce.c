/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bounces and automatic replies that keep to no standard: who sent it, what
 * the subject says, and which addresses and codes its text holds.
 */
#include <string.h>
#include <strings.h>

#include "message_report.h"

enum {
	TEXT_MAX = 64 * 1024, /* of a bounce that is looked at */
	FOLD_MAX = 4000,
	RECIPIENTS_MAX = 100
};

/* Lower case for ASCII, into the caller's room. */
static struct span
folded(struct span text, char *out, size_t room)
{
	size_t i;

	for (i = 0; i < text.len && i < room; i++)
		out[i] = text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ?
				 (char)(text.ptr[i] + 'a' - 'A') :
				 text.ptr[i];
	return (struct span){ .ptr = out, .len = i };
}

/* Is one of these, in lower case, in the first FOLD_MAX bytes? */
static bool
holds_any(struct span text, const char *const *words, size_t count)
{
	char room[FOLD_MAX];
	struct span low = folded(text, room, sizeof room);
	size_t i;

	for (i = 0; i < count && low.len != 0; i++)
		if (memmem(low.ptr, low.len, words[i], strlen(words[i])) !=
		    NULL)
			return true;
	return false;
}

/* ---- automatic replies by subject ---- */

/* exact: a person may begin a subject so; then a colon or the end must follow
 */
static const struct {
	const char *words;
	bool exact;
} reply_subjects[] = {
	{ "automatic reply", false },
	{ "automatic response", false },
	{ "automated reply", false },
	{ "automated response", false },
	{ "auto reply", false },
	{ "auto-reply", false },
	{ "autoreply", false },
	{ "auto response", false },
	{ "auto-response", false },
	{ "autoresponse", false },
	{ "auto:", false },
	{ "[auto]", false },
	{ "[autoreply]", false },
	{ "[auto-reply]", false },
	{ "out of office autoreply", false },
	{ "out of office auto", false },
	{ "out of office reply", false },
	{ "out of the office", true },
	{ "out of office", true },
	{ "out-of-office", true },
	{ "ooo", true },
	{ "vacation reply", false },
	{ "vacation response", false },
	{ "away from my mail", false },
	{ "away from the office", true },
	{ "on annual leave", true },
	{ "annual leave", true },
	{ "on holiday", true },
	{ "on leave", true },
	{ "ateb awtomatig", false },
	{ "ymateb awtomatig", false },
	{ "allan o'r swyddfa", true },
	{ "allan o’r swyddfa", true },
	{ "automatische antwort", false },
	{ "abwesenheitsnotiz", false },
	{ "abwesenheitsnachricht", false },
	{ "abwesenheit", true },
	{ "réponse automatique", false },
	{ "message d'absence", false },
	{ "absence du bureau", false },
	{ "respuesta automática", false },
	{ "respuesta automatica", false },
	{ "fuera de la oficina", false },
	{ "resposta automática", false },
	{ "risposta automatica", false },
	{ "fuori sede", true },
	{ "automatisch antwoord", false },
	{ "automatische reactie", false },
	{ "afwezigheid", true },
	{ "autosvar", false },
	{ "automatiskt svar", false },
	{ "automatisk svar", false },
	{ "frånvaro", true },
	{ "automaattinen vastaus", false },
	{ "poissaoloviesti", false },
	{ "automatyczna odpowiedź", false },
	{ "odpowiedź automatyczna", false },
	{ "automatická odpověď", false },
	{ "automatická odpoveď", false },
	{ "automatikus válasz", false },
	{ "răspuns automat", false },
	{ "otomatik yanıt", false },
	{ "αυτόματη απάντηση", false },
	{ "Автоответ", false },
	{ "Автоматический ответ", false },
	{ "自动回复", false },
	{ "自動回覆", false },
	{ "自動応答", false },
	{ "자동 회신", false },
	{ "freagairt uathoibríoch", false },
};

bool
report_subject_is_reply(struct span subject)
{
	size_t i;

	subject = span_trim(subject);
	for (i = 0; i < ARRAY_SIZE(reply_subjects); i++) {
		struct span rest;

		if (!may_start(subject, reply_subjects[i].words) ||
		    !span_starts_nocase(subject, reply_subjects[i].words))
			continue;
		if (!reply_subjects[i].exact)
			return true;
		rest = span_trim(span_sub(
			subject, strlen(reply_subjects[i].words), subject.len));
		if (rest.len == 0 || strchr(":-([", rest.ptr[0]) != NULL ||
		    span_starts_nocase(rest, "re:"))
			return true;
	}
	return false;
}

/* ---- bounces ---- */

static const char *const daemons[] = {
	"mailer-daemon",
	"mailerdaemon",
	"mailer daemon",
	"postmaster",
	"mail-daemon",
	"maildaemon",
	"mail delivery",
	"mdaemon",
	"mail system",
	"delivery subsystem",
	"microsoftexchange329e71ec88ae4615bbc36ab6ce41109e",
	"bounce",
	"no-reply@sns",
	"mmdf",
	"mail.daemon",
	"maileradmin",
	"mail administrator",
	"mta@",
	"exchange system",
	"email delivery",
	"system administrator",
	"non-delivery",
	"smtp@",
	"post_master",
	"mail router",
	"internet mail",
	"root@",
};

static const char *const failed_subjects[] = {
	"undeliver",
	"undelivered",
	"delivery status",
	"delivery failure",
	"delivery failed",
	"delivery has failed",
	"delivery error",
	"delivery problem",
	"delivery report",
	"failure notice",
	"mail failed",
	"returning to sender",
	"failure delivery",
	"failed delivery",
	"failure to deliver",
	"mail failure",
	"mail error",
	"mail delivery",
	"message delivery",
	"returned mail",
	"returned email",
	"returned to sender",
	"returned message",
	"return to sender",
	"returned",
	"bounce",
	"could not be delivered",
	"could not send",
	"not delivered",
	"cannot be delivered",
	"can not be delivered",
	"unable to deliver",
	"nondeliverable",
	"non-deliverable",
	"non delivery",
	"non-delivery",
	"nondelivery",
	"send failed",
	"rejected",
	"mail system error",
	"user unknown",
	"unknown user",
	"not listed in",
	"unzustellbar",
	"fehler bei der zustellung",
	"zustellung",
	"rückläufer",
	"échec",
	"non remis",
	"non distribu",
	"no se puede entregar",
	"no entregado",
	"devuelto",
	"mancato recapito",
	"recapito",
	"onbestelbaar",
	"niet bezorgd",
	"olevererbart",
	"kan ikke leveres",
	"nie można dostarczyć",
	"niedostarczona",
	"niezwykła",
	"недостав",
	"Недостав",
	"配信不能",
	"宛先不明",
	"送信できません",
	"メールエラー",
	"エラーメール",
	"退信",
	"系统退信",
	"ni ellir ei anfon",
	"methu danfon",
	"error sending",
	"problem delivering",
	"ndn:",
	"ndr:",
	"notification d'etat",
	"warning: message",
	"mailbox full",
	"message you sent",
	"host unknown",
	"dsn:",
	"message status",
	"undel:",
	"nachricht konnte nicht",
	"delivery notification",
	"transport error",
	"address error",
	"unreachable",
	"unbekannt",
	"mail could not",
	"error mail",
	"error report",
	"auto reply: bounced",
};

static const char *const late_words[] = {
	"delayed",
	"delivery delay",
	"has not yet been delivered",
	"still being retried",
	"will be retried",
	"will continue to be",
	"warning message only",
	"do not need to resend",
	"don't need to resend",
	"this is a warning",
	"still trying",
	"will keep trying",
	"have not been able to deliver",
	"will try again",
};

/* Of a daemon's text, where its subject tells nothing. */
static const char *const failed_words[] = {
	"did not reach the following recipient",
	"transcript of session follows",
	"invalid user address",
	"no such user",
	"could not be delivered to",
	"was not delivered to",
	"permanent fatal errors",
	"i wasn't able to deliver your message",
	"unable to deliver your message",
};

static bool
from_daemon(const struct reading *reading, const struct part *top)
{
	const struct message *message = reading->message;

	return holds_any(message->from.email, daemons, ARRAY_SIZE(daemons)) ||
	       holds_any(message->from.name, daemons, ARRAY_SIZE(daemons)) ||
	       (message->from.email.len == 0 &&
		holds_any(part_header(top, "From"), daemons,
			  ARRAY_SIZE(daemons)));
}

static bool
null_sender(const struct part *top)
{
	struct span path = span_trim(part_header(top, "Return-Path"));

	return span_is(path, "<>") || span_is(path, "<MAILER-DAEMON>") ||
	       span_starts_nocase(path, "<mailer-daemon") ||
	       span_is(path, "\"\"");
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "5.1.1" or "4.2.2" somewhere; or "550 " as a plain reply code. */
static struct span
find_status(struct reading *reading, struct span text)
{
	size_t i, end;

	for (i = 0; i + 4 < text.len; i++) {
		if ((text.ptr[i] != '5' && text.ptr[i] != '4') ||
		    text.ptr[i + 1] != '.' || !is_digit(text.ptr[i + 2]) ||
		    (i != 0 &&
		     (is_digit(text.ptr[i - 1]) || text.ptr[i - 1] == '.')))
			continue;
		end = i + 3;
		while (end < text.len && end < i + 5 && is_digit(text.ptr[end]))
			end++;
		if (end + 1 >= text.len || text.ptr[end] != '.' ||
		    !is_digit(text.ptr[end + 1]))
			continue;
		end++;
		while (end < text.len && end < i + 9 && is_digit(text.ptr[end]))
			end++;
		if (end < text.len && text.ptr[end] == '.' &&
		    end + 1 < text.len && is_digit(text.ptr[end + 1]))
			continue; /* an IP address */
		return span_sub(text, i, end);
	}
	for (i = 0; i + 3 < text.len; i++)
		if ((text.ptr[i] == '5' || text.ptr[i] == '4') &&
		    is_digit(text.ptr[i + 1]) && is_digit(text.ptr[i + 2]) &&
		    (text.ptr[i + 3] == ' ' || text.ptr[i + 3] == '-') &&
		    (i == 0 || strchr(" \n\t<(:", text.ptr[i - 1]) != NULL))
			return arena_printf(reading->arena, "%c.0.0",
					    text.ptr[i]);
	return span_of("");
}

/* Where the copy of the returned message begins. */
static size_t
copy_start(struct span text)
{
	static const char *const signs[] = {
		"\nReceived: ",
		"\nReturn-Path: ",
		"\nMessage-ID: ",
		"\nMessage-Id: ",
		"--- Below this line is a copy",
		"------ This is a copy",
		"----- Original message",
		"---Original Message",
		"--- Original message",
		"----- Unsent message",
		"Unsent message below",
		"----- Message header",
		"--- The header of the",
		"\nContent-Type: message/rfc822",
	};
	size_t best = text.len, i;

	for (i = 0; i < ARRAY_SIZE(signs); i++) {
		size_t at = span_find_nocase(text, signs[i]);

		if (at < best)
			best = at;
	}
	return best;
}

static void
find_recipients(struct reading *reading, struct span text, struct span status,
		bool permanent)
{
	struct addresses found = { .count = 0 };
	struct message *message = reading->message;
	struct span line;
	size_t i;

	while (span_line(&text, &line) && found.count < RECIPIENTS_MAX) {
		size_t at = span_find_byte(line, '@');

		if (at == line.len || line.len > 400)
			continue;
		/* "<a@b>: reason": the address is all of it, or first. */
		line = span_trim(line);
		mime_addresses_loose(reading, line, &found);
	}
	for (i = 0; i < found.count; i++)
		if (!span_equal(found.at[i].email, message->from.email) &&
		    !holds_any(found.at[i].email, daemons, ARRAY_SIZE(daemons)))
			report_add_failure(reading, found.at[i].email, status,
					   permanent);
}

/* In the text of the report, or in the copy that is pasted below. */
static void
find_about(struct reading *reading, struct span text)
{
	size_t at = span_find_nocase(text, "\nMessage-ID:"), open, end;

	if (at == text.len)
		return;
	text = span_sub(text, at + 12, at + 1012);
	open = span_find_byte(text, '<');
	end = span_find_byte(text, '>');
	if (open < end && end < text.len)
		reading->message->report_about = arena_span(
			reading->arena, span_sub(text, open, end + 1));
}

static const struct part *
first_text(const struct part *part)
{
	const struct part *child, *hit;

	if (span_starts(part->type, "text/"))
		return part;
	for (child = part->child; child != NULL; child = child->next) {
		hit = first_text(child);
		if (hit != NULL)
			return hit;
	}
	return NULL;
}

static struct span
bounce_text(struct reading *reading, const struct part *top)
{
	const struct part *part = first_text(top);
	struct span bytes;

	if (part == NULL)
		return span_of("");
	bytes = span_sub(mime_decode(reading, part), 0, TEXT_MAX);
	if (part_is(part, "text/html"))
		return html_text(
			reading,
			charset_text(reading, bytes, part->charset, TEXT_MAX),
			false, TEXT_MAX);
	return charset_text(reading, bytes, part->charset, TEXT_MAX);
}

static void
read_bounce(struct reading *reading, const struct part *top)
{
	struct message *message = reading->message;
	struct span text = bounce_text(reading, top);
	struct span words = span_sub(text, 0, copy_start(text)), status;
	bool late = holds_any(message->subject, late_words,
			      ARRAY_SIZE(late_words)) ||
		    holds_any(words, late_words, ARRAY_SIZE(late_words));
	struct span failed = part_header(top, "X-Failed-Recipients");

	status = find_status(reading, words);
	if (span_starts(status, "5"))
		late = false;
	message->automatic = late ? AUTOMATIC_DELAY : AUTOMATIC_BOUNCE;
	message->automatic_why =
		span_of(late ? "delay in the words of a mail system" :
			       "bounce in the words of a mail system");
	if (failed.len != 0) {
		struct addresses found = { .count = 0 };
		size_t i;

		mime_addresses(reading, failed, &found);
		for (i = 0; i < found.count; i++)
			report_add_failure(reading, found.at[i].email, status,
					   !late);
	} else {
		find_recipients(reading, words, status, !late);
	}
	find_about(reading, text);
}

static bool
text_tells_failure(struct reading *reading, const struct part *top)
{
	char low[FOLD_MAX];
	size_t len = 0, i;
	struct span text = span_sub(bounce_text(reading, top), 0, FOLD_MAX);

	/* Some break the very sentence over lines. */
	for (i = 0; i < text.len; i++) {
		char c = text.ptr[i] == '\n' ? ' ' : text.ptr[i];

		if (c != ' ' || (len != 0 && low[len - 1] != ' '))
			low[len++] = c;
	}
	return holds_any((struct span){ .ptr = low, .len = len }, failed_words,
			 ARRAY_SIZE(failed_words));
}

bool
report_bounce(struct reading *reading, const struct part *top)
{
	struct span subject = reading->message->subject;
	bool told = part_has_header(top, "X-Failed-Recipients");
	bool daemon;

	daemon = from_daemon(reading, top);
	if (!told && !daemon && !null_sender(top) &&
	    !span_is(top->report_type, "delivery-status"))
		return false;
	if (!told &&
	    (report_subject_is_reply(subject) ||
	     (!holds_any(subject, failed_subjects,
			 ARRAY_SIZE(failed_subjects)) &&
	      !holds_any(subject, late_words, ARRAY_SIZE(late_words)) &&
	      !(daemon && text_tells_failure(reading, top)))))
		return false;
	read_bounce(reading, top);
	return true;
}
