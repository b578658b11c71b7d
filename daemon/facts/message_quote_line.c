/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Attributions: "On …, Jane Smith <jane@example.org> wrote:".
 *
 * They are told by their shape (a date or address, a verb of writing or a colon
 * at the end) more than by their words, so that languages that are not in the
 * tables are mostly met too.
 */
#include <string.h>
#include <strings.h>

#include "message_quote.h"

enum {
	ATTRIBUTION_LINES = 4,
	TORN_LINES = 6, /* with a blank line among them */
	ATTRIBUTION_MAX = 600,
	WRITER_WORDS = 6, /* a name; what stands behind the verb */
	TAIL_WORDS = 10,
	DASHED_WORDS = 12
};

static const char *const openings[] = {
	"on",
	"le",
	"am",
	"el",
	"em",
	"il",
	"op",
	"den",
	"dnia",
	"w dniu",
	"ar",
	"på",
	"pe",
	"dne",
	"in data",
	"no dia",
	"dana",
	"în",
	"la",
	"date:",
	"la data",
	"kuupäeval",
	"on behalf",
	"в",
	"В",
	"dňa",
	"li",
	"citat",
	"quoting",
	"citando",
	"zitat von",
	"στις",
	"Στις",
	"vào",
	"ddydd",
	"dydd",
	"wiadomość napisana przez",
};

static const char *const verbs[] = {
	"wrote",        "writes",         "schrieb",       "schreef",
	"a écrit",      "écrit",          "a ecrit",       "escribió",
	"escribio",     "escreveu",       "ha scritto",    "scrive",
	"skrev",        "skreiv",         "napisał",       "napisała",
	"napisał(a)",   "napisal",        "napísal",       "kirjoitti",
	"írta",         "написал",        "написала",      "написал(а)",
	"пишет",        "пише",           "написав",       "ysgrifennodd",
	"ysgrifennwyd", "a scris",        "yazdı",         "şunları yazdı",
	"έγραψε",       "写道",           "寫道",          "写的",
	"のメール",     "작성",           "geschreven",    "va escriure",
	"escribiu",     "idatzi du",      "scríobh",       "sgrìobh",
	"skrifaði",     "kirjutas",       "rašė",          "rakstīja",
	"je napisao",   "je napisala",    "je napisao/la", "đã viết",
	"menulis",      "schreibt",       "scripsit",      "wrote this",
	"said",         "adlı kullanıcı", "כתב",           "כתבה",
	"كتب",          "писал",          "pisze",         "sent",
	"geschrieben",
};

/* They say by themselves that somebody wrote. */
static const char *const announcements[] = {
	"wiadomość napisana przez",
	"wiadomosc napisana przez",
};

static bool
starts_with_word(struct span text, const char *word)
{
	size_t len;

	if (!may_start(text, word) || !span_starts_nocase(text, word))
		return false;
	len = strlen(word);
	return text.len == len || !byte_is_word(text.ptr[len]);
}

static bool
opens(struct span line)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(openings); i++)
		if (starts_with_word(line, openings[i]))
			return true;
	return false;
}

static bool
has_digit(struct span text)
{
	size_t i;

	for (i = 0; i < text.len; i++)
		if (byte_is_digit(text.ptr[i]))
			return true;
	return false;
}

/* Could an attribution begin with this line? */
static bool
starts_attribution(struct span line)
{
	return has_digit(line) &&
	       (opens(line) || quote_has_time(line) || quote_has_year(line) ||
		quote_has_numeric_date(line));
}

/* Without the colon and white space at its end. */
static struct span
without_colon(struct span text, bool *ret_colon)
{
	text = span_trim(text);
	*ret_colon = false;
	if (text.len != 0 && text.ptr[text.len - 1] == ':') {
		*ret_colon = true;
		text = span_trim(span_sub(text, 0, text.len - 1));
	} else if (span_ends_nocase(text, "\xef\xbc\x9a")) {
		*ret_colon = true;
		text = span_trim(span_sub(text, 0, text.len - 3));
	}
	return text;
}

/* Zoho's "---- On … wrote ----". */
static struct span
without_dashes(struct span text)
{
	while (text.len > 4 && text.ptr[0] == '-')
		text = span_trim(span_sub(text, 1, text.len));
	while (text.len > 4 && text.ptr[text.len - 1] == '-')
		text = span_trim(span_sub(text, 0, text.len - 1));
	return text;
}

static bool
ends_with_verb(struct span text)
{
	char last = text.len != 0 ? text.ptr[text.len - 1] : '\0';
	size_t i;

	for (i = 0; i < ARRAY_SIZE(verbs); i++) {
		size_t len = strlen(verbs[i]);

		if ((verbs[i][len - 1] | 0x20) == (last | 0x20) &&
		    span_ends_nocase(text, verbs[i]) &&
		    (text.len == len ||
		     !byte_is_word(text.ptr[text.len - len - 1]) ||
		     (unsigned char)verbs[i][0] >= 0xe0))
			return true;
	}
	return false;
}

/* What stands before and behind a verb inside it. */
static bool
find_verb(struct span text, struct span *ret_before, struct span *ret_behind)
{
	size_t i, at;

	for (i = 0; i < ARRAY_SIZE(verbs); i++) {
		size_t len = strlen(verbs[i]);

		at = span_find_nocase(text, verbs[i]);
		if (at < text.len &&
		    (at == 0 || !byte_is_word(text.ptr[at - 1])) &&
		    (at + len == text.len ||
		     !byte_is_word(text.ptr[at + len]))) {
			*ret_before = span_trim(span_sub(text, 0, at));
			*ret_behind =
				span_trim(span_sub(text, at + len, text.len));
			return true;
		}
	}
	return false;
}

static bool
holds_verb(struct span text)
{
	struct span before, behind;

	return find_verb(text, &before, &behind);
}

static bool
ends_with_address(struct span text)
{
	struct span tail =
		span_sub(text, text.len > 3 ? text.len - 3 : 0, text.len);

	return quote_has_email(text) && (span_ends_nocase(text, "&gt;") ||
					 span_find_byte(tail, '>') < tail.len ||
					 span_find_byte(tail, ')') < tail.len ||
					 span_find_byte(tail, ']') < tail.len);
}

static bool
is_dated(struct span text)
{
	return quote_has_time(text) || quote_has_year(text) ||
	       quote_has_numeric_date(text);
}

static bool
announces(struct span text)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(announcements); i++)
		if (starts_with_word(text, announcements[i]))
			return is_dated(text);
	return false;
}

struct claim {
	bool colon, dashed, quoted_next;
};

/* "Ola <o@x> schrieb am 1.3.2026 um 09:00 Uhr", "Den 1/3/2026 09:00 skrev Ola
 * <o@x> följande": the verb in the middle. */
static bool
is_told_midway(struct span text, const struct claim *claim)
{
	struct span before, behind;

	if (!find_verb(text, &before, &behind) || before.len == 0)
		return false;
	if (is_dated(behind) && notice_word_count(behind) <= TAIL_WORDS) {
		if (ends_with_address(before))
			return true;
		return claim->quoted_next && quote_has_time(behind) &&
		       notice_word_count(before) <= WRITER_WORDS;
	}
	return starts_attribution(before) && is_dated(before) &&
	       quote_has_email(behind) &&
	       notice_word_count(behind) <= TAIL_WORDS;
}

/* Old Gmail: "2026-03-01 9:00 GMT+00:00 Ola Kerr", with or without address and
 * colon. */
static bool
is_iso_line(struct span line)
{
	return line.len >= 12 && line.len < 200 && line.ptr[0] == '2' &&
	       quote_has_numeric_date(span_sub(line, 0, 10));
}

static bool
is_iso(struct span text, const struct claim *claim)
{
	size_t at = span_find(text, " GMT");

	if (!is_iso_line(text))
		return false;
	if (ends_with_address(text))
		return claim->quoted_next || at < text.len;
	return at < text.len && quote_has_time(span_sub(text, 0, at)) &&
	       notice_word_count(span_sub(text, at + 4, text.len)) <=
		       WRITER_WORDS + 2;
}

/* Do these joined lines announce an earlier message? */
static bool
is_attribution(struct span text, const struct claim *claim)
{
	bool colon = claim->colon;
	bool verb_last = ends_with_verb(text);
	bool dated = is_dated(text);

	if (claim->dashed && verb_last &&
	    notice_word_count(text) <= DASHED_WORDS)
		return true;
	if (verb_last)
		return (quote_has_email(text) && (dated || colon)) ||
		       (dated && has_digit(text) && opens(text)) ||
		       (dated && colon && quote_has_year(text)) ||
		       (claim->quoted_next &&
			(colon || starts_attribution(text))) ||
		       (opens(text) && has_digit(text) && colon &&
			quote_has_time(text));
	if (is_iso(text, claim))
		return true;
	if (!colon)
		return false;
	if (ends_with_address(text))
		return dated || holds_verb(text);
	if (announces(text) || (dated && is_told_midway(text, claim)))
		return true;
	if (!claim->quoted_next || !dated)
		return false;
	return quote_has_email(text) ||
	       (text.len < 160 && starts_attribution(text) && holds_verb(text));
}

/* Most lines leave here: an attribution ends with a colon or a verb. */
static bool
may_end_attribution(struct span line)
{
	bool dashed = false;
	char last;

	if (line.len == 0)
		return false;
	last = line.ptr[line.len - 1];
	if (last == '-' && line.ptr[0] == '-') {
		line = without_dashes(line);
		last = line.ptr[line.len - 1];
		dashed = true;
	}
	if (last == ':' || span_ends_nocase(line, "\xef\xbc\x9a"))
		return true;
	if (strchr(".,;!?-", last) != NULL)
		return false;
	if (is_iso_line(line))
		return true;
	return line.len < 400 &&
	       (dashed || line.len < 16 || has_digit(line) ||
		quote_has_email(line)) &&
	       ends_with_verb(line);
}

static bool
quoted_below(const struct lines *lines, size_t at)
{
	for (at++; at < lines->count && line_blank(lines, at) &&
		   lines->at[at].depth == 0;)
		at++;
	return at < lines->count &&
	       (lines->at[at].depth != 0 || lines->at[at].mark == HTML_SOFT ||
		lines->at[at].mark == HTML_QUOTE);
}

/* Copies lines [start, end] with spaces between; false when too long. */
static bool
join(const struct lines *lines, size_t start, size_t end, char *out,
     struct span *ret_text)
{
	size_t len = 0, at;

	for (at = start; at <= end; at++) {
		struct span text = span_trim(line_text(lines, at));

		if (len + text.len + 1 >= ATTRIBUTION_MAX)
			return false;
		if (len != 0)
			out[len++] = ' ';
		if (text.len != 0)
			memcpy(out + len, text.ptr, text.len);
		len += text.len;
	}
	*ret_text = (struct span){ .ptr = out, .len = len };
	return true;
}

static bool
ends_sentence(struct span line)
{
	line = span_trim(line);
	if (line.len >= 2 && line.ptr[line.len - 1] == '.' &&
	    byte_is_digit(line.ptr[line.len - 2]))
		return false; /* "am 28." */
	return line.len != 0 && strchr(".!?:", line.ptr[line.len - 1]) != NULL;
}

bool
quote_torn_end(const struct lines *lines, size_t at)
{
	struct span text = line_text(lines, at);
	bool colon;

	if (lines->at[at].depth != 1 || text.len == 0 || text.len > 24 ||
	    text.ptr[text.len - 1] != ':')
		return false;
	text = without_colon(text, &colon);
	return text.len == 0 || (notice_word_count(text) <= 2 &&
				 ends_with_verb(text) && !has_digit(text));
}

/* The first of the lines that an attribution is broken over. */
static size_t
first_line(const struct lines *lines, size_t at)
{
	bool torn = quote_torn_end(lines, at), gap = false;
	unsigned n, most = torn ? TORN_LINES : ATTRIBUTION_LINES;
	size_t start = at, best = at;

	if (opens(line_text(lines, at)) && has_digit(line_text(lines, at)))
		return at;
	for (n = 1; n < most && start != 0; n++) {
		struct span line = line_text(lines, start - 1);

		if (line.len == 0 && torn && !gap) {
			gap = true;
			start--;
			continue;
		}
		if (line.len == 0 || ends_sentence(line) ||
		    (lines->at[start - 1].depth != lines->at[at].depth &&
		     !torn))
			break;
		start--;
		if (starts_attribution(line) ||
		    (quote_has_email(line) && holds_verb(line)))
			best = start;
		if (opens(line) && has_digit(line))
			break;
	}
	return best;
}

bool
quote_attribution(const struct lines *lines, size_t at, size_t *ret_start)
{
	char joined[ATTRIBUTION_MAX];
	struct claim claim;
	struct span text;
	size_t start;

	if (!may_end_attribution(line_text(lines, at)))
		return false;
	start = first_line(lines, at);
	if (!join(lines, start, at, joined, &text))
		return false;
	if (span_is(line_text(lines, at), ":")) /* from "…\n>:" */
		text = span_sub(text, 0, text.len - 2), joined[text.len] = '>',
		joined[text.len + 1] = ':', text.len += 2;
	claim.dashed = text.len > 8 && text.ptr[0] == '-' &&
		       text.ptr[1] == '-' && text.ptr[text.len - 1] == '-' &&
		       text.ptr[text.len - 2] == '-';
	text = without_colon(without_dashes(text), &claim.colon);
	claim.quoted_next = quoted_below(lines, at);
	if (!claim.quoted_next && !claim.dashed && !has_digit(text) &&
	    !quote_has_email(text))
		return false;
	if (!is_attribution(text, &claim))
		return false;
	*ret_start = start;
	return true;
}

/* Some programs lose the line end before it: "Fine. On 1 Mar 2026, Ola wrote:".
 * The words must be written as a sentence begins, and a date must follow. */
size_t
quote_attribution_offset(const struct lines *lines, size_t start)
{
	static const char *const words[] = { " On ",     "-On ",  " Le ",
					     " Am ",     " El ",  " Il ",
					     " Op ",     " Em ",  " Den ",
					     " W dniu ", " Dnia " };
	struct span line = line_text(lines, start);
	size_t i, at, best = 0;

	if (opens(span_trim(line)) || line.len > ATTRIBUTION_MAX)
		return 0;
	for (i = 0; i < ARRAY_SIZE(words); i++) {
		struct span rest;

		at = span_find(line, words[i]);
		rest = span_sub(line, at + 1, line.len);
		if (at < line.len && has_digit(span_sub(rest, 0, 24)) &&
		    (quote_has_year(rest) || quote_has_numeric_date(rest)) &&
		    (best == 0 || at + 1 < best))
			best = at + 1;
	}
	return best;
}

/* The name stands before its address, or before the verb, behind the date. */
static struct span
name_before(struct span text, size_t end)
{
	size_t start = end;

	while (start != 0 && !byte_is_digit(text.ptr[start - 1]) &&
	       text.ptr[start - 1] != ',' && text.ptr[start - 1] != ':')
		start--;
	return quote_bare(span_sub(text, start, end));
}

/* Off the front of a name: "at", "pm", "skrev" and the like. */
static bool
drop_word(struct span *name, const char *const *words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (starts_with_word(*name, words[i])) {
			*name = quote_bare(
				span_sub(*name, strlen(words[i]), name->len));
			return true;
		}
	return false;
}

static struct span
without_words(struct span name)
{
	static const char *const words[] = {
		"am",  "pm",  "at",  "um",   "uhr", "gmt", "bst",        "utc",
		"est", "cet", "edt", "from", "kl",  "klo", "użytkownik",
	};

	while (drop_word(&name, words, ARRAY_SIZE(words)) ||
	       drop_word(&name, verbs, ARRAY_SIZE(verbs)))
		continue;
	return name;
}

void
quote_read_attribution(struct reading *reading, const struct lines *lines,
		       size_t start, size_t end, struct quote *quote)
{
	char joined[ATTRIBUTION_MAX];
	struct span text;
	size_t at;
	bool colon;

	if (end == start || !join(lines, start, end - 1, joined, &text))
		return;
	text = without_colon(text, &colon);
	quote->from.email = quote_find_email(reading, text, &at);
	if (quote->from.email.len == 0) {
		size_t i, len;

		for (at = text.len, i = 0; i < ARRAY_SIZE(verbs); i++) {
			len = strlen(verbs[i]);
			if (span_ends_nocase(text, verbs[i]))
				at = text.len - len;
		}
	}
	quote->from.name = arena_span(reading->arena,
				      without_words(name_before(text, at)));
	quote->sent = quote_date(span_sub(text, 0, at));
}
