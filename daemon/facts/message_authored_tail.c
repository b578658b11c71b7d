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
	PARAGRAPHS_MAX = 60, /* looked at from the end */
	CLOSING_LOOK = 40,   /* lines from the end that may hold a closing */
	BANNER_PARAGRAPHS = 3,
	NOTICE_LINES = 12, /* words above a notice in its own paragraph */
	NOTICE_SHORT = 50,
	TAGLINES_MAX = 4, /* paragraphs below a signature block */
	TAGLINE_MAX = 320,
	DELIMITERS_MAX = 4 /* a list hangs its own below the sender's */
};

static bool
holds(struct span text, const char *words)
{
	return span_find_nocase(text, words) < text.len;
}

/* ---- the signature block ---- */

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
	if (name.end == name.start || !block_lines_only(lines, name))
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
		if (block_is_rule(line_text(lines, range.start)) &&
		    range.end == range.start + 1) {
			range.start = range.end; /* drawn around a banner */
			continue;
		}
		if (notice_is_classification(line_text(lines, range.start)) ||
		    (range.end == range.start + 1 && range.end < end &&
		     notice_is_device(line_text(lines, range.start)))) {
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
		     (block_is_rule(line_text(lines, at)) &&
		      !byte_is_digit(line_text(lines, at).ptr[0]))) &&
		    count > 1 && block_lines_only(lines, below) &&
		    (block_has_contact(lines, below) ||
		     !block_is_rule(line_text(lines, at)) || count <= 5))
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
		struct range range = block_last_paragraph(lines, start, at);

		if (range.end == range.start)
			break;
		if (notice_is(lines, range))
			best = range.start;
		else if (best == end && n > 4)
			break;
		else if (best != end &&
			 (!block_lines_only(lines, range) ||
			  block_names_sender(message,
					     line_text(lines, range.start))))
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
			       (block_is_rule(line_text(lines, end - 1)))))
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
			if (below < 2 || !block_lines_only(lines, range))
				return end;
			return at;
		}
		if (!block_line(line_text(lines, at)))
			return end;
		below++;
	}
	return end;
}

/* One thing off the end; the new end, or the same. */
static size_t
trim_once(const struct message *message, const struct lines *lines,
	  size_t start, size_t end)
{
	struct range range = block_last_paragraph(lines, start, end);
	size_t at;

	if (range.end == range.start)
		return end;
	if (notice_is_device(line_text(lines, range.end - 1)))
		return range.end - 1;
	if (range.end - range.start >= 2 &&
	    notice_is_device(line_text(lines, range.end - 2)) &&
	    span_starts_nocase(line_text(lines, range.end - 1), "<http"))
		return range.end - 2;
	if (block_is_rule(line_text(lines, range.end - 1)))
		return range.end - 1;
	if (notice_is_classification(line_text(lines, range.end - 1)) &&
	    range.end - 1 > start)
		return range.end - 1;
	if (range.end - 1 > start &&
	    block_is_dashed_name(message, lines, range))
		return range.end - 1;
	at = find_closing(lines, start, range.end);
	if (at < range.end)
		return at;
	if (block_is(message, lines, range) &&
	    (range.start > start || block_is_bare(message, lines, range)))
		return range.start;
	return end;
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
		struct range range = block_last_paragraph(lines, start, at);

		if (range.end == range.start || range.start == start)
			return end;
		if (block_is_sure(message, lines, start, range))
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
	struct range range = block_last_paragraph(lines, start, end);

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
		block_is_bare(message, lines, range));
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
	unsigned n;

	if (first)
		mark_banners(lines, start, end);
	mark_containers(lines, start, end);
	while (start < end && lines->at[start].kind == LINE_SIGNATURE)
		start++;
	while (end > start && (lines->at[end - 1].kind == LINE_SIGNATURE ||
			       line_blank(lines, end - 1)))
		end--;
	for (n = 0; n < DELIMITERS_MAX; n++) {
		cut = find_delimiter(lines, start, end);
		if (cut == end || (first && !any_words(lines, start, cut)))
			break;
		set_signature(lines, cut, end);
		end = cut;
		while (end > start && line_blank(lines, end - 1))
			end--;
	}
	if (!last && !first)
		return;
	cut = trim_end(reading->message, lines, start, end);
	if (cut < end && (!first || any_words(lines, start, cut) ||
			  is_nothing_else(reading->message, lines, start, end)))
		set_signature(lines, cut, end);
}
