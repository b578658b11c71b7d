/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Items of our own making, a line each, made into the same JSON as the others:
 *
 *   +pp -mlo m>o | subject | body // next paragraph
 *   +pep ! c>x | …            in a pre-election period
 *   +enq m>h | …              an enquiry; -enq: none
 *   r=holding o>m | …         the kind of a reply
 *   +wi ~oc . o>m,n/k | …     to m, copied to n and hidden to k; open-copy may
 *                             be judged both ways, and nothing else is raised
 *   +mlo m>x | subject | body | attached text | > quoted text | -- signature
 *
 * Without "." only what a line says is taught; every other question passes
 * over it. An enquiry or a kind of reply is only taught where it stands.
 * Senders and recipients are letters: m n i members (n and i of other groups),
 * M leader, k cabinet member, o b officers, h head of service, d director,
 * e chief executive, s monitoring officer, l solicitor in the council,
 * H human resources, D democratic services, c communications, t team,
 * E members' enquiries, C press office, x y outside, a solicitors outside,
 * j media, p political assistant, w party worker, g group office.
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
	{ 'i', "{\"role\":\"member\",\"name\":\"Morgan Tillotson\","
	       "\"group\":\"Independent\",\"wards\":[\"Eastgate\"]}" },
	{ 'M', "{\"role\":\"member\",\"name\":\"Frances Oldroyd\","
	       "\"posts\":[\"leader\"],\"group\":\"Labour\","
	       "\"wards\":[\"Westgate\"]}" },
	{ 'k', "{\"role\":\"member\",\"name\":\"Ellis Rackham\","
	       "\"posts\":[\"cabinet\"],\"group\":\"Labour\","
	       "\"wards\":[\"Northgate\"]}" },
	{ 'o', "{\"role\":\"officer\",\"name\":\"Sandy Kettering\","
	       "\"posts\":[]}" },
	{ 'b', "{\"role\":\"officer\",\"name\":\"Corin Stainforth\","
	       "\"posts\":[]}" },
	{ 'h', "{\"role\":\"officer\",\"name\":\"Pat Wolverton\","
	       "\"posts\":[\"head-of-service\"]}" },
	{ 'd', "{\"role\":\"officer\",\"name\":\"Jo Tamarind\","
	       "\"posts\":[\"director\"]}" },
	{ 'e', "{\"role\":\"officer\",\"name\":\"Merle Aspinall\","
	       "\"posts\":[\"chief-executive\"]}" },
	{ 's', "{\"role\":\"officer\",\"name\":\"Lindsay Farquhar\","
	       "\"posts\":[\"monitoring-officer\",\"legal\"]}" },
	{ 'H', "{\"role\":\"officer\",\"name\":\"Jocelyn Ravenhill\","
	       "\"posts\":[\"human-resources\"]}" },
	{ 'D', "{\"role\":\"officer\",\"name\":\"Alex Pemberley\","
	       "\"posts\":[\"democratic-services\"]}" },
	{ 'c', "{\"role\":\"officer\",\"name\":\"Kim Larkspur\","
	       "\"posts\":[\"communications\"]}" },
	{ 'l', "{\"role\":\"officer\",\"name\":\"Chris Hathersage\","
	       "\"posts\":[\"legal\"]}" },
	{ 't', "{\"role\":\"team\",\"name\":\"Service Desk\",\"posts\":[]}" },
	{ 'E', "{\"role\":\"team\",\"name\":\"Members' Enquiries\","
	       "\"posts\":[\"members-enquiries\"]}" },
	{ 'C', "{\"role\":\"team\",\"name\":\"Press Office\","
	       "\"posts\":[\"communications\"]}" },
	{ 'x', "{\"role\":\"outside\",\"name\":\"Harper Lumsden\"}" },
	{ 'y', "{\"role\":\"outside\",\"name\":\"Rowan Thistlewood\"}" },
	{ 'a', "{\"role\":\"solicitor\",\"name\":\"Quarmby Stead LLP\"}" },
	{ 'j', "{\"role\":\"media\",\"name\":\"Drew Pennington\"}" },
	{ 'p', "{\"role\":\"political-assistant\",\"name\":\"Max Ollerton\","
	       "\"group\":\"Labour\"}" },
	{ 'w', "{\"role\":\"party-worker\",\"name\":\"Toni Braddock\","
	       "\"group\":\"Labour\"}" },
	{ 'g', "{\"role\":\"group\",\"name\":\"Labour Group Office\","
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

static bool
known(struct span letters)
{
	size_t i;

	for (i = 0; i < letters.len; i++)
		if (cast_of(letters.ptr[i]) == NULL)
			return false;
	return true;
}

static void
add_people(struct json_line *out, const char *key, struct span letters,
	   bool list)
{
	size_t i;

	buf_printf(&out->text, "\"%s\":%s", key, list ? "[" : "");
	for (i = 0; i < letters.len; i++)
		buf_printf(&out->text, "%s%s", i != 0 ? "," : "",
			   cast_of(letters.ptr[i]));
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
	struct span from, to, cc, hidden;
	struct span reply;
	const char *enquiry;
	bool period, whole;
};

/* "o,n/k" */
static void
read_recipients(struct span all, struct head *head)
{
	size_t hidden = span_find_byte(all, '/');
	struct span open = span_sub(all, 0, hidden);
	size_t cc = span_find_byte(open, ',');

	head->to = span_sub(open, 0, cc);
	if (cc < open.len)
		head->cc = span_sub(open, cc + 1, open.len);
	if (hidden < all.len)
		head->hidden = span_sub(all, hidden + 1, all.len);
}

static const char *
verdict_of(char sign)
{
	return sign == '+' ? "yes" : sign == '-' ? "no" : "either";
}

static bool
read_head(struct json_line *out, struct span head, struct head *ret)
{
	struct span word;
	bool first = true;

	*ret = (struct head){ .enquiry = "either" };
	buf_add_literal(&out->text, "\"labels\":{");
	while (span_next(&head, ' ', &word)) {
		size_t arrow = span_find_byte(word, '>');

		if (word.len == 0)
			continue;
		if (strchr("+-~", word.ptr[0]) != NULL) {
			const char *name =
				long_name(span_sub(word, 1, word.len));
			const char *verdict = verdict_of(word.ptr[0]);

			if (name == NULL)
				return false;
			buf_printf(&out->text, "%s\"%s\":\"%s\"",
				   first ? "" : ",", name, verdict);
			if (strcmp(name, "enquiry") == 0)
				ret->enquiry = verdict;
			first = false;
		} else if (span_is(word, ".")) {
			ret->whole = true;
		} else if (word.ptr[0] == '!') {
			ret->period = true;
		} else if (span_starts(word, "r=")) {
			ret->reply = span_sub(word, 2, word.len);
		} else if (arrow < word.len) {
			ret->from = span_sub(word, 0, arrow);
			read_recipients(span_sub(word, arrow + 1, word.len),
					ret);
		} else {
			return false;
		}
	}
	buf_add_literal(&out->text, "},");
	return ret->from.len == 1 && known(ret->from) && known(ret->to) &&
	       known(ret->cc) && known(ret->hidden);
}

/* What stands behind the body. */
static void
add_rest(struct json_line *out, struct span rest)
{
	struct span field;

	while (span_next(&rest, '|', &field)) {
		field = span_trim(field);
		if (field.len == 0)
			continue;
		buf_add_byte(&out->text, ',');
		if (span_starts(field, ">")) {
			add_text(out, "quoted", span_sub(field, 1, field.len));
		} else if (span_starts(field, "--")) {
			add_text(out, "signature",
				 span_sub(field, 2, field.len));
		} else {
			buf_printf(&out->text, "\"attachment\":{\"name\":"
					       "\"draft.txt\",");
			add_text(out, "text", field);
			buf_add_byte(&out->text, '}');
		}
	}
}

bool
item_own(struct span line, unsigned number, struct json_line *out)
{
	struct span head, subject = { 0 }, body = { 0 };
	struct head h;

	span_next(&line, '|', &head);
	span_next(&line, '|', &subject);
	span_next(&line, '|', &body);
	buf_empty(&out->text);
	buf_add_byte(&out->text, '{');
	if (!read_head(out, head, &h) || body.len == 0)
		return false;
	buf_printf(&out->text, "\"id\":\"own-%u\",\"own\":%s,", number,
		   h.whole ? "false" : "true");
	buf_printf(&out->text, "\"in_period\":%s,\"enquiry\":\"%s\",",
		   h.period ? "true" : "false", h.enquiry);
	add_people(out, "from", h.from, false);
	add_people(out, "to", h.to, true);
	add_people(out, "cc", h.cc, true);
	add_people(out, "hidden", h.hidden, true);
	buf_add_literal(&out->text, "\"date\":\"2026-05-12T10:00\",");
	add_text(out, "reply", h.reply);
	buf_add_byte(&out->text, ',');
	add_text(out, "subject", subject);
	buf_add_byte(&out->text, ',');
	add_text(out, "body", body);
	add_rest(out, line);
	buf_add_byte(&out->text, '}');
	return true;
}
