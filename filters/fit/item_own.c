/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Items of our own making, a line each, made into the same JSON as the others:
 *
 *   +pp -mlo m>o | subject | body // next paragraph
 *   +pep ! c>x | …            in a pre-election period
 *   +enq m>h | …              an enquiry; -enq: none
 *   r=holding o>m | …         the kind of a reply
 *   +mlo m>x | subject | body | attached text
 *
 * Only what a line says is taught; every other question passes over it.
 * Senders and recipients are letters: m n member (n of another group), o
 * officer, h head of service, d director, c communications, t team, x outside,
 * j media, p political assistant, w party worker, l solicitor in the council.
 */
#include <stdio.h>
#include <string.h>

#include "filters/fit/item.h"

struct cast {
	char letter;
	const char *json;
};

static const struct cast casts[] = {
	{ 'm', "{\"role\":\"member\",\"name\":\"Robin Ashdown\","
	       "\"group\":\"Labour\",\"wards\":[\"Northgate\"]}" },
	{ 'n', "{\"role\":\"member\",\"name\":\"Lesley Marchmont\","
	       "\"group\":\"Conservative\",\"wards\":[\"Southgate\"]}" },
	{ 'o', "{\"role\":\"officer\",\"name\":\"Sandy Kettering\","
	       "\"posts\":[]}" },
	{ 'h', "{\"role\":\"officer\",\"name\":\"Pat Wolverton\","
	       "\"posts\":[\"head-of-service\"]}" },
	{ 'd', "{\"role\":\"officer\",\"name\":\"Jo Tamarind\","
	       "\"posts\":[\"director\"]}" },
	{ 'c', "{\"role\":\"officer\",\"name\":\"Kim Larkspur\","
	       "\"posts\":[\"communications\"]}" },
	{ 'l', "{\"role\":\"officer\",\"name\":\"Chris Hathersage\","
	       "\"posts\":[\"legal\"]}" },
	{ 't', "{\"role\":\"team\",\"name\":\"Service Desk\",\"posts\":[]}" },
	{ 'x', "{\"role\":\"outside\",\"name\":\"Harper Lumsden\"}" },
	{ 'j', "{\"role\":\"media\",\"name\":\"Drew Pennington\"}" },
	{ 'p', "{\"role\":\"political-assistant\",\"name\":\"Max Ollerton\","
	       "\"group\":\"Labour\"}" },
	{ 'w', "{\"role\":\"party-worker\",\"name\":\"Toni Braddock\","
	       "\"group\":\"Labour\"}" },
};

struct short_name {
	const char *abbreviation, *rule;
};

static const struct short_name short_names[] = {
	{ "bc", "blind-copy" },
	{ "mlo", "member-legal-obligation" },
	{ "pp", "political-purpose" },
	{ "pep", "pre-election-publicity" },
	{ "oc", "open-copy" },
	{ "ol", "official-letter-in-member-name" },
	{ "ob", "on-behalf-of-member" },
	{ "cu", "capacity-unclear" },
	{ "di", "discourtesy" },
	{ "ap", "advice-pressure" },
	{ "fs", "favour-seeking" },
	{ "sm", "staff-matter" },
	{ "gm", "group-meeting-request" },
	{ "ub", "uneven-briefing" },
	{ "cd", "confidential-disclosure" },
	{ "ppub", "party-publicity" },
	{ "mc", "media-contact" },
	{ "lp", "legal-proceedings" },
	{ "wc", "wrong-channel" },
	{ "wi", "ward-invitation" },
	{ "pw", "party-worker-access" },
	{ "enq", "enquiry" },
};

static const char *
long_name(struct span abbreviation)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(short_names); i++)
		if (span_is(abbreviation, short_names[i].abbreviation))
			return short_names[i].rule;
	return NULL;
}

static const char *
cast_of(char letter)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(casts); i++)
		if (casts[i].letter == letter)
			return casts[i].json;
	return NULL;
}

static void
add_people(struct json_line *out, const char *key, struct span letters,
	   bool list)
{
	size_t i, count = 0;

	buf_printf(&out->text, "\"%s\":%s", key, list ? "[" : "");
	for (i = 0; i < letters.len; i++) {
		const char *person = cast_of(letters.ptr[i]);

		if (person == NULL)
			continue;
		buf_printf(&out->text, "%s%s", count++ != 0 ? "," : "", person);
	}
	buf_add_literal(&out->text, list ? "]," : ",");
}

static void
add_text(struct json_line *out, const char *key, struct span text)
{
	size_t i;

	text = span_trim(text);
	buf_printf(&out->text, "\"%s\":\"", key);
	for (i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '"' || c == '\\') {
			buf_add_byte(&out->text, '\\');
			buf_add_byte(&out->text, c);
		} else if (c == '/' && i + 1 < text.len &&
			   text.ptr[i + 1] == '/') {
			buf_add_literal(&out->text, "\\n\\n");
			i++;
		} else if ((unsigned char)c >= 0x20) {
			buf_add_byte(&out->text, c);
		}
	}
	buf_add_byte(&out->text, '"');
}

struct head {
	struct span from, to;
	struct span reply;
	bool period;
};

static bool
read_head(struct json_line *out, struct span head, struct head *ret)
{
	struct span word;
	bool first = true;

	*ret = (struct head){ 0 };
	buf_add_literal(&out->text, "\"labels\":{");
	while (span_next(&head, ' ', &word)) {
		size_t arrow = span_find_byte(word, '>');

		if (word.len == 0)
			continue;
		if (word.ptr[0] == '+' || word.ptr[0] == '-') {
			const char *name =
				long_name(span_sub(word, 1, word.len));

			if (name == NULL)
				return false;
			buf_printf(&out->text, "%s\"%s\":\"%s\"",
				   first ? "" : ",", name,
				   word.ptr[0] == '+' ? "yes" : "no");
			first = false;
		} else if (word.ptr[0] == '!') {
			ret->period = true;
		} else if (span_starts(word, "r=")) {
			ret->reply = span_sub(word, 2, word.len);
		} else if (arrow < word.len) {
			ret->from = span_sub(word, 0, arrow);
			ret->to = span_sub(word, arrow + 1, word.len);
		} else {
			return false;
		}
	}
	buf_add_literal(&out->text, "},");
	return ret->from.len != 0;
}

bool
item_own(struct span line, unsigned number, struct json_line *out)
{
	struct span head, subject = { 0 }, body = { 0 }, attached = { 0 };
	struct head h;

	span_next(&line, '|', &head);
	span_next(&line, '|', &subject);
	span_next(&line, '|', &body);
	span_next(&line, '|', &attached);
	buf_empty(&out->text);
	buf_add_byte(&out->text, '{');
	if (!read_head(out, head, &h) || body.len == 0)
		return false;
	buf_printf(&out->text, "\"id\":\"own-%u\",\"own\":true,", number);
	buf_printf(&out->text, "\"in_period\":%s,",
		   h.period ? "true" : "false");
	add_people(out, "from", span_sub(h.from, 0, 1), false);
	add_people(out, "to", h.to, true);
	buf_add_literal(&out->text, "\"date\":\"2026-05-12T10:00\",");
	add_text(out, "reply", h.reply);
	buf_add_byte(&out->text, ',');
	add_text(out, "subject", subject);
	buf_add_byte(&out->text, ',');
	add_text(out, "body", body);
	if (attached.len != 0) {
		buf_add_literal(&out->text,
				",\"attachment\":{\"name\":\"draft.txt\",");
		add_text(out, "text", attached);
		buf_add_byte(&out->text, '}');
	}
	buf_add_byte(&out->text, '}');
	return true;
}
