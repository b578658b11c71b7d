/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thread.h"

#include <string.h>

enum {
	PREFIXES_MAX = 50, /* a correspondence of years has a dozen */
	TAG_MAX = 40
};

enum prefix_kind {
	PREFIX_REPLY,
	PREFIX_FORWARD,
	PREFIX_MACHINE, /* put in front by calendars and responders */
	PREFIX_COUNT
};

/* As mail programs of many languages write them in front of a colon. */
static const struct prefix {
	const char *word;
	enum prefix_kind kind;
} prefixes[] = {
	{ "re", PREFIX_REPLY },
	{ "r", PREFIX_REPLY },
	{ "aw", PREFIX_REPLY },
	{ "antw", PREFIX_REPLY },
	{ "antwort", PREFIX_REPLY },
	{ "sv", PREFIX_REPLY },
	{ "vs", PREFIX_REPLY },
	{ "ref", PREFIX_REPLY },
	{ "rif", PREFIX_REPLY },
	{ "res", PREFIX_REPLY },
	{ "resp", PREFIX_REPLY },
	{ "rép", PREFIX_REPLY },
	{ "rÉp", PREFIX_REPLY },
	{ "réf", PREFIX_REPLY },
	{ "odp", PREFIX_REPLY },
	{ "ynt", PREFIX_REPLY },
	{ "yan", PREFIX_REPLY },
	{ "ateb", PREFIX_REPLY },
	{ "atb", PREFIX_REPLY },
	{ "bls", PREFIX_REPLY },
	{ "bal", PREFIX_REPLY },
	{ "vá", PREFIX_REPLY },
	{ "vÁ", PREFIX_REPLY },
	{ "svar", PREFIX_REPLY },
	{ "re-", PREFIX_REPLY },
	{ "reply", PREFIX_REPLY },
	{ "odg", PREFIX_REPLY },
	{ "hb", PREFIX_REPLY },
	{ "atbildēt", PREFIX_REPLY },
	{ "отв", PREFIX_REPLY },
	{ "Отв", PREFIX_REPLY },
	{ "ответ", PREFIX_REPLY },
	{ "Ответ", PREFIX_REPLY },
	{ "απ", PREFIX_REPLY },
	{ "ΑΠ", PREFIX_REPLY },
	{ "σχετ", PREFIX_REPLY },
	{ "ΣΧΕΤ", PREFIX_REPLY },
	{ "回复", PREFIX_REPLY },
	{ "回覆", PREFIX_REPLY },
	{ "答复", PREFIX_REPLY },
	{ "返信", PREFIX_REPLY },
	{ "回信", PREFIX_REPLY },
	{ "답장", PREFIX_REPLY },
	{ "تر", PREFIX_REPLY },
	{ "رد", PREFIX_REPLY },
	{ "תגובה", PREFIX_REPLY },
	{ "השב", PREFIX_REPLY },
	{ "fw", PREFIX_FORWARD },
	{ "fwd", PREFIX_FORWARD },
	{ "wg", PREFIX_FORWARD },
	{ "tr", PREFIX_FORWARD },
	{ "i", PREFIX_FORWARD },
	{ "enc", PREFIX_FORWARD },
	{ "rv", PREFIX_FORWARD },
	{ "doorst", PREFIX_FORWARD },
	{ "vb", PREFIX_FORWARD },
	{ "vl", PREFIX_FORWARD },
	{ "pd", PREFIX_FORWARD },
	{ "ilt", PREFIX_FORWARD },
	{ "ymlaen", PREFIX_FORWARD },
	{ "yml", PREFIX_FORWARD },
	{ "továbbítás", PREFIX_FORWARD },
	{ "továbbítva", PREFIX_FORWARD },
	{ "fs", PREFIX_FORWARD },
	{ "ver", PREFIX_FORWARD },
	{ "trs", PREFIX_FORWARD },
	{ "fwd by", PREFIX_FORWARD },
	{ "forward", PREFIX_FORWARD },
	{ "forwarded", PREFIX_FORWARD },
	{ "weitergeleitet", PREFIX_FORWARD },
	{ "πρθ", PREFIX_FORWARD },
	{ "ΠΡΘ", PREFIX_FORWARD },
	{ "转发", PREFIX_FORWARD },
	{ "轉寄", PREFIX_FORWARD },
	{ "転送", PREFIX_FORWARD },
	{ "전달", PREFIX_FORWARD },
	{ "пересл", PREFIX_FORWARD },
	{ "Пересл", PREFIX_FORWARD },
	{ "הועבר", PREFIX_FORWARD },
	{ "إعادة توجيه", PREFIX_FORWARD },
	{ "automatic reply", PREFIX_MACHINE },
	{ "auto reply", PREFIX_MACHINE },
	{ "autoreply", PREFIX_MACHINE },
	{ "auto", PREFIX_MACHINE },
	{ "out of office", PREFIX_MACHINE },
	{ "ateb awtomatig", PREFIX_MACHINE },
	{ "allan o'r swyddfa", PREFIX_MACHINE },
	{ "automatische antwort", PREFIX_MACHINE },
	{ "réponse automatique", PREFIX_MACHINE },
	{ "accepted", PREFIX_MACHINE },
	{ "declined", PREFIX_MACHINE },
	{ "tentative", PREFIX_MACHINE },
	{ "undeliverable", PREFIX_MACHINE },
	{ "read", PREFIX_MACHINE },
	{ "external", PREFIX_MACHINE },
	{ "ext", PREFIX_MACHINE },
};

/* What gateways put into brackets at the front. */
static const char *const tags[] = {
	"external",      "ext",        "extern",     "externe",
	"externo",       "spam",       "suspected",  "caution",
	"official",      "sec=",       "secure",     "encrypted",
	"encrypt",       "phishing",   "suspicious", "warning",
	"bulk",          "marketing",  "unverified", "not protectively",
	"allanol",       "restricted", "protect",    "confidential",
	"eitem allanol",
};

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* "[2]", "(2)", "^2" between a prefix and its colon. */
static size_t
counter_length(struct span text)
{
	size_t at = 1;
	char close;

	if (text.len == 0 || strchr("[(^", text.ptr[0]) == NULL)
		return 0;
	close = text.ptr[0] == '[' ? ']' : text.ptr[0] == '(' ? ')' : '\0';
	while (at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9')
		at++;
	if (at == 1)
		return 0;
	if (close == '\0')
		return at;
	return at < text.len && text.ptr[at] == close ? at + 1 : 0;
}

/* Length of a colon, the wide one of East Asia too. */
static size_t
colon_length(struct span text)
{
	if (text.len != 0 && text.ptr[0] == ':')
		return 1;
	return span_starts(text, "\xef\xbc\x9a") ? 3 : 0;
}

/* Length of "word[2]:" with its spaces, or 0. */
static size_t
prefix_length(struct span text, const struct prefix *prefix)
{
	size_t at, colon;

	if (text.len == 0 || (text.ptr[0] | 0x20) != (*prefix->word | 0x20) ||
	    !span_starts_nocase(text, prefix->word))
		return 0;
	at = strlen(prefix->word);
	while (at < text.len && text.ptr[at] == ' ')
		at++;
	at += counter_length(span_sub(text, at, text.len));
	while (at < text.len && is_space(text.ptr[at]))
		at++;
	colon = colon_length(span_sub(text, at, text.len));
	return colon != 0 ? at + colon : 0;
}

/* A bracketed tag at the front that a gateway wrote; its length, or 0. */
static size_t
tag_length(struct span text)
{
	static const char opens[] = "[{(*<", closes[] = "]})*>";
	const char *open;
	struct span inside;
	size_t end, i;

	if (text.len == 0 || (open = strchr(opens, text.ptr[0])) == NULL ||
	    *open == '\0')
		return 0;
	end = 1 +
	      span_find_byte(span_sub(text, 1, text.len), closes[open - opens]);
	if (end >= text.len || end > TAG_MAX)
		return 0;
	inside = span_trim(span_sub(text, 1, end));
	for (i = 0; i < ARRAY_SIZE(tags); i++)
		if (span_starts_nocase(inside, tags[i]))
			break;
	if (i == ARRAY_SIZE(tags))
		return 0;
	while (end < text.len && text.ptr[end] == closes[open - opens])
		end++;
	return end;
}

/* "[CASE-C12]": where it stands. */
static bool
find_case(struct span text, size_t *ret_start, size_t *ret_end)
{
	size_t at = span_find_nocase(text, "[CASE-"), end;

	if (at == text.len)
		return false;
	end = at + span_find_byte(span_sub(text, at, text.len), ']');
	if (end >= text.len || end - at > TAG_MAX || end == at + 6)
		return false;
	*ret_start = at;
	*ret_end = end + 1;
	return true;
}

/* Takes one prefix or tag off the front; false when none is left. */
static bool
strip_one(struct span *text, const struct prefix **ret_prefix)
{
	size_t len, i, start, end;

	*text = span_trim(*text);
	*ret_prefix = NULL;
	len = tag_length(*text);
	if (len == 0 && find_case(*text, &start, &end) && start == 0)
		len = end;
	for (i = 0; len == 0 && i < ARRAY_SIZE(prefixes); i++) {
		len = prefix_length(*text, &prefixes[i]);
		if (len != 0)
			*ret_prefix = &prefixes[i];
	}
	if (len == 0)
		return false;
	*text = span_sub(*text, len, text->len);
	return true;
}

static bool
has_prefix(struct span subject, enum prefix_kind kind)
{
	const struct prefix *prefix;
	unsigned i;

	for (i = 0; i < PREFIXES_MAX && strip_one(&subject, &prefix); i++)
		if (prefix != NULL && prefix->kind != PREFIX_MACHINE)
			return prefix->kind == kind;
	return false;
}

bool
thread_is_reply(struct span subject)
{
	return has_prefix(subject, PREFIX_REPLY);
}

bool
thread_is_forward(struct span subject)
{
	return has_prefix(subject, PREFIX_FORWARD);
}

bool
thread_case_reference(struct span subject, struct span *ret_reference)
{
	size_t start, end;

	if (!find_case(subject, &start, &end))
		return false;
	*ret_reference = span_trim(span_sub(subject, start + 6, end - 1));
	return ret_reference->len != 0;
}

/* Appends with white space folded and ASCII in lower case. */
static size_t
put_folded(char *out, size_t len, struct span text)
{
	size_t i;

	for (i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (is_space(c)) {
			if (len != 0 && out[len - 1] != ' ')
				out[len++] = ' ';
			continue;
		}
		out[len++] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
	}
	return len;
}

struct span
thread_subject(struct span subject, struct arena *arena)
{
	const struct prefix *prefix;
	size_t len = 0, start, end;
	unsigned i;
	char *out;

	for (i = 0; i < PREFIXES_MAX && strip_one(&subject, &prefix); i++)
		continue;
	out = arena_alloc(arena, subject.len + 1);
	for (i = 0; i < PREFIXES_MAX && find_case(subject, &start, &end); i++) {
		len = put_folded(out, len, span_sub(subject, 0, start));
		subject = span_sub(subject, end, subject.len);
		if (len != 0 && out[len - 1] != ' ')
			out[len++] = ' ';
	}
	len = put_folded(out, len, subject);
	while (len != 0 && out[len - 1] == ' ')
		len--;
	return (struct span){ .ptr = out, .len = len };
}
