/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signature, disclaimer and banner: what mail programs and gateways add to a
 * person's words.
 *
 * What a person types by hand stays ("Thanks, Alex"); a block that a program
 * appends goes: a name with post and telephone, a notice of confidentiality,
 * "Sent from my phone". The closing of a letter or draft that the sender
 * pastes in belongs to that letter and stays.
 */
#include <string.h>
#include <strings.h>

#include "message_authored.h"

enum {
	PARAGRAPHS_MAX = 60,  /* looked at from the end */
	BLOCK_LINE_MAX = 100, /* longest line of a signature block */
	BLOCK_LINES_MAX = 16,
	CLOSING_LOOK = 40, /* lines from the end that may hold a closing */
	BANNER_PARAGRAPHS = 3,
	NOTICE_LINES = 12, /* words above a notice in its own paragraph */
	NOTICE_SHORT = 50,
	TAGLINES_MAX = 4, /* paragraphs below a signature block */
	TAGLINE_MAX = 320
};

static bool
is_rule(struct span line)
{
	static const char *const dashes[] = { "—", "–", "―", "─", "━", "•" };
	size_t units = 0, i;

	line = span_trim(line);
	while (line.len != 0) {
		size_t step = 0;

		if (strchr("-_=*~#+ .", line.ptr[0]) != NULL &&
		    line.ptr[0] != '\0')
			step = 1;
		for (i = 0; step == 0 && i < ARRAY_SIZE(dashes); i++)
			if (span_starts(line, dashes[i]))
				step = strlen(dashes[i]);
		if (step == 0)
			return false;
		units++;
		line = span_sub(line, step, line.len);
	}
	return units >= 2;
}

static bool
holds(struct span text, const char *words)
{
	return span_find_nocase(text, words) < text.len;
}

/* ---- the signature block ---- */

/* Telephone, address, link, postcode: what no sentence holds so. */
static bool
is_contact(struct span line)
{
	static const char *const starts[] = {
		"tel",      "t:",      "t.",       "m:",        "e:",
		"w:",       "f:",      "phone",    "mobile",    "mob",
		"fax",      "email:",  "e-mail:",  "web:",      "website",
		"www.",     "http",    "ext",      "direct",    "ffôn",
		"ebost",    "e-bost",  "d:",       "telephone", "office:",
		"cell",     "twitter", "facebook", "@",         "skype",
		"address:", "postal",  "pronouns", "rhif",
	};
	size_t i, digits = 0;

	line = notice_bare(line);
	for (i = 0; i < line.len; i++)
		digits += byte_is_digit(line.ptr[i]);
	if (digits >= 7 && notice_word_count(line) <= 12)
		return true;
	for (i = 0; i < ARRAY_SIZE(starts); i++)
		if (may_start(line, starts[i]) &&
		    span_starts_nocase(line, starts[i]) &&
		    notice_word_count(line) <= 12)
			return true;
	if (span_find(line, " | ") < line.len || holds(line, " www."))
		return true;
	return span_find_byte(line, '@') < line.len &&
	       notice_word_count(line) <= 8;
}

/* Short, and no sentence: may stand in a block of name, post and address. */
static bool
is_block_line(struct span line)
{
	struct span text = span_trim(line);
	char last;

	if (text.len == 0)
		return false;
	if (is_contact(text))
		return text.len <= 240;
	last = text.ptr[text.len - 1];
	if (text.len > BLOCK_LINE_MAX || last == '?' || last == ':')
		return false;
	if (last == '.' && notice_word_count(text) > 6)
		return false;
	return notice_word_count(text) <= 12 && text.ptr[0] != '>' &&
	       !(text.ptr[0] >= 'a' && text.ptr[0] <= 'z' &&
		 notice_word_count(text) > 6);
}

/* Do the words of the line name the sender? Titles before and letters behind
 * are allowed. */
static bool
names_sender(const struct message *message, struct span line)
{
	struct span rest = message->from.name, word;
	size_t hits = 0;

	/* "Jane Smith | Head of Service | Place" */
	line = notice_bare(span_sub(line, 0, span_find(line, " | ")));
	if (line.len == 0 || notice_word_count(line) > 9)
		return false;
	while (span_next(&rest, ' ', &word)) {
		size_t at;

		word = notice_bare(word);
		if (word.len < 3 || word.len > 40 ||
		    span_is_nocase(word, "cllr") ||
		    span_is_nocase(word, "councillor") ||
		    span_is_nocase(word, "the"))
			continue;
		for (at = 0; at + word.len <= line.len; at++)
			if (strncasecmp(line.ptr + at, word.ptr, word.len) ==
				    0 &&
			    (at == 0 || !byte_is_letter(line.ptr[at - 1]))) {
				hits++;
				break;
			}
	}
	return hits >= 1 && (hits >= 2 || notice_word_count(line) <= 4);
}

static struct range
last_paragraph(const struct lines *lines, size_t start, size_t end)
{
	struct range range;

	while (end > start && line_blank(lines, end - 1))
		end--;
	range.end = end;
	while (end > start && !line_blank(lines, end - 1))
		end--;
	range.start = end;
	return range;
}

static bool
all_block_lines(const struct lines *lines, struct range range)
{
	size_t at, count = 0;

	for (at = range.start; at < range.end; at++) {
		if (line_blank(lines, at) || is_rule(line_text(lines, at)))
			continue;
		if (!is_block_line(line_text(lines, at)) &&
		    !notice_is_device(line_text(lines, at)))
			return false;
		count++;
	}
	return count != 0 && count <= BLOCK_LINES_MAX;
}

static bool
has_contact(const struct lines *lines, struct range range)
{
	size_t at;

	for (at = range.start; at < range.end; at++)
		if (!line_blank(lines, at) && is_contact(line_text(lines, at)))
			return true;
	return false;
}

/* A paragraph that a mail program appended: name with post, or addresses. */
static bool
is_block(const struct message *message, const struct lines *lines,
	 struct range range)
{
	size_t count = range.end - range.start;

	if (!all_block_lines(lines, range))
		return false;
	if (names_sender(message, line_text(lines, range.start)))
		return count >= 2 || has_contact(lines, range);
	return has_contact(lines, range) &&
	       is_contact(line_text(lines, range.end - 1));
}

/* ---- the guard of pasted letters ---- */

static size_t
words_before(const struct lines *lines, size_t start, size_t at)
{
	size_t words = 0;

	for (; start < at && words < 8; start++)
		words += notice_word_count(line_text(lines, start));
	return words;
}

/*
 * "Draft below. / Dear Mr X … Yours sincerely, Cllr Y": a letter inside the
 * text begins with a salutation that is not the first thing said. Its closing
 * and the name below are its own. Returns the line behind them, or start.
 */
static size_t
letter_end(const struct lines *lines, size_t start, size_t end)
{
	size_t at, salutation = end, closing = end;
	struct range name;

	for (at = start; at < end; at++) {
		if (notice_is_salutation(line_text(lines, at)) &&
		    words_before(lines, start, at) >= 4) {
			salutation = at;
			closing = end;
		} else if (salutation != end && closing == end &&
			   notice_is_closing(line_text(lines, at))) {
			closing = at;
		}
	}
	if (salutation == end || closing == end)
		return start;
	for (at = closing + 1; at < end && line_blank(lines, at);)
		at++;
	name.start = at;
	while (at < end && !line_blank(lines, at) &&
	       !notice_is_closing(line_text(lines, at)))
		at++;
	name.end = at;
	if (name.end == name.start || !all_block_lines(lines, name))
		return closing + 1;
	return name.end;
}

/* ---- steps ---- */

static void
set_signature(struct lines *lines, size_t start, size_t end)
{
	for (; start < end; start++)
		lines->at[start].kind = LINE_SIGNATURE;
}

static void
mark_banners(struct lines *lines, size_t start, size_t end)
{
	struct range range = { .start = start };
	unsigned n;

	for (n = 0; n < BANNER_PARAGRAPHS; n++) {
		while (range.start < end && line_blank(lines, range.start))
			range.start++;
		for (range.end = range.start;
		     range.end < end && !line_blank(lines, range.end);)
			range.end++;
		if (range.end == range.start)
			return;
		if (is_rule(line_text(lines, range.start)) &&
		    range.end == range.start + 1) {
			range.start = range.end; /* drawn around a banner */
			continue;
		}
		if (notice_is_classification(line_text(lines, range.start))) {
			set_signature(lines, range.start, range.start + 1);
			range.start++;
			continue;
		}
		if (!notice_is_banner(lines, range))
			return;
		set_signature(lines, start, range.end);
		range.start = range.end;
	}
}

/* "-- " (RFC 3676 section 4.3), and what people's programs make of it. */
static bool
is_delimiter(struct span line)
{
	return span_is(line, "--") || span_is(line, "-- ") ||
	       span_is(line, "---") || span_is(line, "__") ||
	       span_is(line, "—") || span_is(line, "- --");
}

/* A delimiter, with no more than a block and notices below. "---" and "—" also
 * part sections, so what follows them must look like a block. */
static size_t
find_delimiter(const struct lines *lines, size_t start, size_t end)
{
	size_t at = end, count = 0;

	while (at > start && count < 60) {
		struct range below = { .start = at, .end = end };

		at--;
		if (line_blank(lines, at))
			continue;
		count++;
		if (span_is(line_text(lines, at), "--") && count <= 40)
			return at;
		if (at + 1 < end &&
		    (is_delimiter(line_text(lines, at)) ||
		     (is_rule(line_text(lines, at)) &&
		      !byte_is_digit(line_text(lines, at).ptr[0]))) &&
		    count > 1 && all_block_lines(lines, below) &&
		    (has_contact(lines, below) ||
		     !is_rule(line_text(lines, at)) || count <= 5))
			return at;
	}
	return end;
}

/* The uppermost notice from which on nothing but notices and blocks follows
 * to the end. Below one, paragraphs of ordinary prose belong to it. */
static size_t
find_notice(const struct message *message, const struct lines *lines,
	    size_t start, size_t end)
{
	size_t best = end, at = end;
	unsigned n;

	for (n = 0; n < PARAGRAPHS_MAX && at > start; n++) {
		struct range range = last_paragraph(lines, start, at);

		if (range.end == range.start)
			break;
		if (notice_is(lines, range))
			best = range.start;
		else if (best == end && n > 4)
			break;
		else if (best != end &&
			 (!all_block_lines(lines, range) ||
			  names_sender(message, line_text(lines, range.start))))
			break;
		at = range.start;
	}
	return best;
}

/* A notice may stand in one paragraph with the words above it: short lines
 * before the first one that speaks like a notice stay. */
static size_t
notice_line(const struct lines *lines, size_t start, size_t end)
{
	size_t at = start;

	while (at < end && at - start < NOTICE_LINES &&
	       !line_blank(lines, at) && lines->at[at].len < NOTICE_SHORT) {
		struct range line = { .start = at, .end = at + 1 };

		if (notice_weight(lines, line) != 0)
			return at;
		at++;
	}
	return at < end && at != start && !line_blank(lines, at) ? at : start;
}

static size_t
skip_blank_back(const struct lines *lines, size_t start, size_t end)
{
	while (end > start && (line_blank(lines, end - 1) ||
			       (is_rule(line_text(lines, end - 1)))))
		end--;
	return end;
}

/* Closing and block: "Kind regards / Jane Smith / Head of Service / 01234". */
static size_t
find_closing(const struct lines *lines, size_t start, size_t end)
{
	size_t at = end, below = 0, seen = 0;

	while (at > start && seen < CLOSING_LOOK) {
		struct range range;

		at--;
		if (line_blank(lines, at))
			continue;
		seen++;
		if (notice_is_closing(line_text(lines, at))) {
			range = (struct range){ .start = at + 1, .end = end };
			if (below < 2 || !all_block_lines(lines, range))
				return end;
			return at;
		}
		if (!is_block_line(line_text(lines, at)))
			return end;
		below++;
	}
	return end;
}

/* All that stands above a forwarded message is often a signature block. */
static bool
is_bare_block(const struct message *message, const struct lines *lines,
	      struct range range)
{
	return range.end - range.start >= 3 && has_contact(lines, range) &&
	       names_sender(message, line_text(lines, range.start));
}

/* One thing off the end; the new end, or the same. */
static size_t
trim_once(const struct message *message, const struct lines *lines,
	  size_t start, size_t end)
{
	struct range range = last_paragraph(lines, start, end);
	size_t at;

	if (range.end == range.start)
		return end;
	if (notice_is_device(line_text(lines, range.end - 1)))
		return range.end - 1;
	if (range.end - range.start >= 2 &&
	    notice_is_device(line_text(lines, range.end - 2)) &&
	    span_starts_nocase(line_text(lines, range.end - 1), "<http"))
		return range.end - 2;
	if (is_rule(line_text(lines, range.end - 1)))
		return range.end - 1;
	if (notice_is_classification(line_text(lines, range.end - 1)) &&
	    range.end - 1 > start)
		return range.end - 1;
	at = find_closing(lines, start, range.end);
	if (at < range.end)
		return at;
	if (is_block(message, lines, range) &&
	    (range.start > start || is_bare_block(message, lines, range)))
		return range.start;
	return end;
}

/* A block for certain: it names the sender, or stands below a closing. */
static bool
is_sure_block(const struct message *message, const struct lines *lines,
	      size_t start, struct range range)
{
	size_t above = range.start;

	if (!all_block_lines(lines, range))
		return false;
	if (names_sender(message, line_text(lines, range.start)))
		return range.end - range.start >= 2 ||
		       has_contact(lines, range);
	while (above > start && line_blank(lines, above - 1))
		above--;
	return has_contact(lines, range) && above > start &&
	       notice_is_closing(line_text(lines, above - 1));
}

static bool
is_tagline(const struct lines *lines, struct range range)
{
	size_t at, len = 0;

	for (at = range.start; at < range.end; at++)
		len += lines->at[at].len;
	return len <= TAGLINE_MAX && range.end - range.start <= 4 &&
	       !notice_is_salutation(line_text(lines, range.start)) &&
	       !notice_starts_with_word(line_text(lines, range.start), "ps") &&
	       !notice_starts_with_word(line_text(lines, range.start), "p.s") &&
	       !notice_starts_with_word(line_text(lines, range.start), "nb");
}

/* Councils hang mottos, awards and polling days below the signature block:
 * short paragraphs behind a sure block belong to it. */
static size_t
find_block_above(const struct message *message, const struct lines *lines,
		 size_t start, size_t end)
{
	size_t at = end;
	unsigned n;

	for (n = 0; n <= TAGLINES_MAX; n++) {
		struct range range = last_paragraph(lines, start, at);

		if (range.end == range.start || range.start == start)
			return end;
		if (is_sure_block(message, lines, start, range))
			return range.start;
		if (!is_tagline(lines, range))
			return end;
		at = range.start;
	}
	return end;
}

/* A closing left alone above a block that has gone: it was the block's. */
static size_t
trim_lone_closing(const struct lines *lines, size_t start, size_t end)
{
	struct range range = last_paragraph(lines, start, end);

	if (range.end > range.start + 1 || range.end == range.start ||
	    range.start == start)
		return end;
	if (!notice_is_closing(line_text(lines, range.start)) ||
	    holds(line_text(lines, range.start), "thank") ||
	    holds(line_text(lines, range.start), "diolch"))
		return end;
	return range.start;
}

static size_t
trim_end(const struct message *message, const struct lines *lines, size_t start,
	 size_t end)
{
	size_t floor = letter_end(lines, start, end), before;
	size_t notice = find_notice(message, lines, floor, end);
	unsigned n;
	bool block;

	if (notice < end)
		end = notice_line(lines, notice, end);
	notice = find_block_above(message, lines, floor, end);
	block = notice < end;
	end = notice;
	for (n = 0; n < PARAGRAPHS_MAX; n++) {
		before = end;
		end = skip_blank_back(lines, floor, end);
		end = trim_once(message, lines, floor, end);
		if (end == before)
			break;
		block = true;
	}
	if (block)
		end = trim_lone_closing(lines, floor, end);
	return end;
}

/* Is a word left when everything from here on goes? A message may be nothing
 * but "Thanks". */
static bool
any_words(const struct lines *lines, size_t start, size_t end)
{
	for (; start < end; start++)
		if (lines->at[start].kind == LINE_AUTHORED &&
		    !line_blank(lines, start))
			return true;
	return false;
}

/* "Sent from my phone", or a block of the sender's, and no other word. */
static bool
is_nothing_else(const struct message *message, const struct lines *lines,
		size_t start, size_t end)
{
	struct range range = { .start = start };

	while (range.start < end && line_blank(lines, range.start))
		range.start++;
	for (range.end = range.start;
	     range.end < end && !line_blank(lines, range.end);)
		range.end++;
	return range.start < end &&
	       (notice_is_device(line_text(lines, range.start)) ||
		is_bare_block(message, lines, range));
}

static void
mark_containers(struct lines *lines, size_t start, size_t end)
{
	for (; start < end; start++)
		if (lines->at[start].mark == HTML_SIGNATURE)
			lines->at[start].kind = LINE_SIGNATURE;
}

void
tail_mark(struct reading *reading, struct lines *lines, size_t start,
	  size_t end, bool first, bool last)
{
	size_t cut;

	if (first)
		mark_banners(lines, start, end);
	mark_containers(lines, start, end);
	while (start < end && lines->at[start].kind == LINE_SIGNATURE)
		start++;
	while (end > start && (lines->at[end - 1].kind == LINE_SIGNATURE ||
			       line_blank(lines, end - 1)))
		end--;
	cut = find_delimiter(lines, start, end);
	if (cut < end && (!first || any_words(lines, start, cut))) {
		set_signature(lines, cut, end);
		end = cut;
	}
	if (!last && !first)
		return;
	cut = trim_end(reading->message, lines, start, end);
	if (cut < end && (!first || any_words(lines, start, cut) ||
			  is_nothing_else(reading->message, lines, start, end)))
		set_signature(lines, cut, end);
}
