/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which lines of a text are quoted: by quote signs, by the markup, and by what
 * announces an earlier message.
 */
#include <string.h>

#include "message_authored.h"

enum {
	INITIALS_MAX = 4,
	SIGNS_MAX = 20,   /* times that marks other than ">" are looked for */
	ELISION_MAX = 12, /* "[...]", "[snip]" */
	WRAPPED_MAX = 50, /* the torn-off end of a quoted line */
	WRAPPED_MIN = 50, /* what it was torn off from */
	LINK_MAX = 2000
};

static bool
is_quoted_line(const struct line *line)
{
	return line->depth != 0 || line->mark == HTML_QUOTE ||
	       line->mark == HTML_ANSWER;
}

size_t
quoted_next_words(const struct lines *lines, size_t at)
{
	while (at < lines->count && line_blank(lines, at) &&
	       lines->at[at].mark != HTML_REST)
		at++;
	return at;
}

static void
set_kind(struct lines *lines, size_t start, size_t end, enum line_kind kind)
{
	for (; start < end; start++)
		lines->at[start].kind = (uint8_t)kind;
}

/* "________", "--------", "========": drawn above a header block. */
static bool
is_rule(struct span line)
{
	size_t i;

	line = span_trim(line);
	if (line.len < 4 || strchr("_-=*", line.ptr[0]) == NULL)
		return false;
	for (i = 1; i < line.len; i++)
		if (line.ptr[i] != line.ptr[0] && line.ptr[i] != ' ')
			return false;
	return true;
}

bool
quoted_may_announce(struct span line)
{
	char c;

	line = span_trim(line);
	if (line.len == 0)
		return false;
	c = line.ptr[0];
	if (strchr("-_=*<", c) != NULL)
		return true;
	return memchr(line.ptr, ':', line.len < 48 ? line.len : 48) != NULL ||
	       memmem(line.ptr, line.len < 48 ? line.len : 48, "\xef\xbc\x9a",
		      3) != NULL;
}

/* Does the earlier message begin at this line, and go on to the end? */
static bool
begins_rest(const struct lines *lines, size_t at)
{
	struct span text = line_text(lines, at);
	bool forwarded;
	size_t end, next;

	if (lines->at[at].mark == HTML_REST)
		return true;
	if (!quoted_may_announce(text))
		return false;
	if (quote_separator(text, &forwarded) ||
	    quote_header_block(lines, at, &end))
		return true;
	if (!is_rule(text))
		return false;
	next = quoted_next_words(lines, at + 1);
	return next < lines->count && (lines->at[next].mark == HTML_REST ||
				       quote_header_block(lines, next, &end));
}

/* An attribution without quote signs below it announces all the rest, unless
 * nothing follows. */
static bool
announces_rest(const struct lines *lines, size_t at)
{
	size_t next = quoted_next_words(lines, at + 1);

	if (next < lines->count && lines->at[next].len != 0 &&
	    lines->at[next].len <= ELISION_MAX &&
	    strchr("[<(.", lines->at[next].ptr[0]) != NULL)
		next = quoted_next_words(lines, next + 1);
	return next < lines->count && !is_quoted_line(&lines->at[next]) &&
	       lines->at[next].mark != HTML_SOFT;
}

/* Telephones put their line above the earlier message, some of them without
 * any other announcement: what follows such a line in a paragraph of its own
 * is not new. */
static bool
is_below_device(const struct lines *lines, size_t at)
{
	return at >= 3 && line_blank(lines, at) &&
	       lines->at[at - 1].mark == 0 && line_blank(lines, at - 2) &&
	       notice_is_device(line_text(lines, at - 1)) &&
	       quoted_next_words(lines, at) < lines->count;
}

/* A plain blockquote is a quote when something announced it. */
static bool
soft_is_quote(const struct lines *lines, size_t at)
{
	while (at != 0) {
		at--;
		if (lines->at[at].mark == HTML_SOFT)
			return lines->at[at].kind == LINE_QUOTED;
		if (!line_blank(lines, at))
			return lines->at[at].kind == LINE_QUOTED;
	}
	return false;
}

/* A line torn off the quoted line above it by rewrapping. */
static bool
is_torn(const struct lines *lines, size_t at)
{
	const struct line *line = &lines->at[at];

	return at != 0 && at + 1 < lines->count && line->len != 0 &&
	       line->len < WRAPPED_MAX && line->mark == 0 &&
	       lines->at[at - 1].depth != 0 &&
	       lines->at[at - 1].len >= WRAPPED_MIN &&
	       lines->at[at + 1].depth == lines->at[at - 1].depth;
}

static bool
holds_link(struct span text)
{
	return span_find(text, "://") < text.len;
}

/* A link in brackets between quoted lines, or the end of one that was broken
 * out of the quoted line above: programs wrap links without marks. */
static bool
is_torn_link(const struct lines *lines, size_t at)
{
	struct span text = span_trim(line_text(lines, at)), above;
	size_t open;

	if (at == 0 || at + 1 >= lines->count || lines->at[at].mark != 0 ||
	    lines->at[at - 1].depth == 0 || lines->at[at + 1].depth == 0 ||
	    text.len == 0 || text.len > LINK_MAX)
		return false;
	if (text.ptr[text.len - 1] == '>' && text.ptr[0] == '(')
		text = span_trim(span_sub(text, 0, text.len - 1));
	if (text.ptr[0] == '(' || text.ptr[0] == '<')
		return holds_link(text) &&
		       span_find_byte(text, ' ') == text.len;
	above = line_text(lines, at - 1);
	open = span_find(above, "(http");
	return open < above.len && text.ptr[text.len - 1] == ')' &&
	       span_find_byte(text, ' ') == text.len &&
	       span_find_byte(text, '(') == text.len &&
	       span_find_byte(span_sub(above, open, above.len), ')') ==
		       above.len - open;
}

/* ---- other marks than ">" ---- */

/* What some programs put before each quoted line: "# ", "| ", "--]", "JS> ". */
static struct span
foreign_sign(struct span line)
{
	size_t at = 0;

	line = span_trim(line);
	while (at < line.len && at < INITIALS_MAX &&
	       byte_is_letter(line.ptr[at]))
		at++;
	if (at != 0)
		return span_sub(line, 0,
				at < line.len && line.ptr[at] == '>' ? at + 1 :
								       0);
	while (at < line.len && at < 3 &&
	       strchr("#|:)]}%+-~", line.ptr[at]) != NULL)
		at++;
	return span_sub(line, 0, at);
}

static bool
has_sign(struct span line, struct span sign)
{
	return span_equal(span_sub(span_trim(line), 0, sign.len), sign);
}

/* "OK> …" in two lines running: the writer's initials, as old programs put
 * them there. */
static bool
is_initialled(const struct lines *lines, size_t at)
{
	struct span sign = foreign_sign(line_text(lines, at));

	if (sign.len < 2 || sign.ptr[sign.len - 1] != '>' ||
	    sign.ptr[0] < 'A' || sign.ptr[0] > 'Z')
		return false;
	return (at != 0 && has_sign(line_text(lines, at - 1), sign)) ||
	       (at + 1 < lines->count &&
		has_sign(line_text(lines, at + 1), sign));
}

/* Below an attribution, do lines carry a sign of their own? Then all that do
 * are quoted. One line is enough when it is all of its paragraph. */
static bool
take_foreign_signs(struct lines *lines, size_t at)
{
	size_t next = quoted_next_words(lines, at + 1), end, marked = 0;
	struct span sign;

	if (next == lines->count)
		return false;
	sign = foreign_sign(line_text(lines, next));
	if (sign.len == 0)
		return false;
	for (end = next; end < lines->count && !line_blank(lines, end); end++)
		marked += has_sign(line_text(lines, end), sign);
	if (marked * 2 <= end - next || (marked < 2 && end - next > 1))
		return false;
	for (; next < lines->count; next++)
		if (has_sign(line_text(lines, next), sign))
			lines->at[next].depth = 1;
	return true;
}

/* "-----Original Message-----" on top of ">" lines: the answer stands below
 * them. Returns where those lines begin, or at when it is not so. */
static size_t
skip_top_block(struct lines *lines, size_t at)
{
	size_t end = at + 1, next;

	if (quoted_next_words(lines, 0) < at ||
	    !quote_header_block(lines, at, &end)) {
		next = quoted_next_words(lines, at + 1);
		if (quoted_next_words(lines, 0) < at || next == lines->count)
			return at;
		if (!quote_header_block(lines, next, &end))
			end = is_quoted_line(&lines->at[next]) ? next :
								 next + 1;
	}
	next = quoted_next_words(lines, end);
	if (next == lines->count || lines->at[next].depth == 0)
		return at;
	set_kind(lines, at, next, LINE_QUOTED);
	return next;
}

/* The words before an attribution get a line of their own. */
static bool
split_line(struct lines *lines, size_t at, size_t offset)
{
	struct line *line = &lines->at[at];

	if (offset == 0 || offset >= line->len || lines->count == lines->room)
		return false;
	memmove(line + 1, line, (lines->count - at) * sizeof *line);
	lines->count++;
	line[1].ptr += offset;
	line[1].len -= (uint32_t)offset;
	line[1].prefix = 0;
	line->len = (uint32_t)offset;
	while (line->len != 0 && strchr(" -", line->ptr[line->len - 1]) != NULL)
		line->len--;
	return true;
}

/* A sign that no list has. */
static bool
is_drawn(struct span sign)
{
	return sign.len != 0 && (strchr("|#%:", sign.ptr[0]) != NULL ||
				 sign.ptr[sign.len - 1] == '>');
}

/* A header block whose lines carry a sign, or on top of lines that do: the
 * answer stands below them. Returns where to go on, or at when it is not so. */
static size_t
skip_signed_block(struct lines *lines, size_t at)
{
	struct span sign = foreign_sign(line_text(lines, at));
	size_t next, end;

	if (!quote_header_block(lines, at, &end))
		return at;
	if (is_drawn(sign)) {
		for (next = at; next < lines->count; next++)
			if (has_sign(line_text(lines, next), sign))
				lines->at[next].depth = 1;
		set_kind(lines, at, at + 1, LINE_QUOTED);
		return at + 1;
	}
	next = quoted_next_words(lines, end);
	if (quoted_next_words(lines, 0) < at || next == lines->count ||
	    !is_drawn(foreign_sign(line_text(lines, next))) ||
	    !take_foreign_signs(lines, end - 1))
		return at;
	set_kind(lines, at, end, LINE_QUOTED);
	return end;
}

static void
mark_lines(struct lines *lines)
{
	size_t at, start;
	unsigned signs = 0;

	for (at = 0; at < lines->count; at++) {
		struct line *line = &lines->at[at];

		if (!is_quoted_line(line) &&
		    (begins_rest(lines, at) || is_below_device(lines, at))) {
			start = skip_top_block(lines, at);
			if (start == at && signs++ < SIGNS_MAX)
				start = skip_signed_block(lines, at);
			if (start != at) {
				at = start - 1;
				continue;
			}
			set_kind(lines, at, lines->count, LINE_QUOTED);
			return;
		}
		if ((!is_quoted_line(line) || quote_torn_end(lines, at)) &&
		    quote_attribution(lines, at, &start)) {
			if (split_line(
				    lines, start,
				    quote_attribution_offset(lines, start))) {
				start++;
				at++;
			}
			set_kind(lines, start, at + 1, LINE_QUOTED);
			if (!announces_rest(lines, at) ||
			    (signs++ < SIGNS_MAX &&
			     take_foreign_signs(lines, at)))
				continue;
			set_kind(lines, start, lines->count, LINE_QUOTED);
			return;
		}
		if (is_quoted_line(line) || is_torn(lines, at) ||
		    is_torn_link(lines, at) || is_initialled(lines, at) ||
		    (line->mark == HTML_SOFT && soft_is_quote(lines, at)))
			line->kind = LINE_QUOTED;
	}
}

static bool
is_gap(const struct line *line)
{
	return line->kind == LINE_AUTHORED && line->len == 0;
}

/* Blank lines between two quoted ones, and at the seam, belong to the quote. */
static void
mark_blanks(struct lines *lines)
{
	size_t at, next;

	for (at = 0; at < lines->count; at = next + 1) {
		next = at;
		if (!is_gap(&lines->at[at]))
			continue;
		while (next < lines->count && is_gap(&lines->at[next]))
			next++;
		if (at != 0 && lines->at[at - 1].kind == LINE_QUOTED &&
		    next < lines->count && lines->at[next].kind == LINE_QUOTED)
			set_kind(lines, at, next, LINE_QUOTED);
	}
}

/* A blockquote that says nothing of itself is the quote of an answer that has
 * no other. */
static void
mark_bare(struct lines *lines)
{
	size_t at;

	for (at = 0; at < lines->count; at++)
		if (lines->at[at].kind == LINE_QUOTED)
			return;
	for (at = 0; at < lines->count; at++)
		if (lines->at[at].bare != 0)
			lines->at[at].kind = LINE_QUOTED;
}

void
quoted_mark(struct lines *lines)
{
	mark_lines(lines);
	mark_bare(lines);
	mark_blanks(lines);
}
