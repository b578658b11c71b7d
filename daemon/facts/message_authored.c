/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Splits a text into what its sender wrote here, what is quoted, and what is
 * signature, disclaimer or banner.
 */
#include "message_authored.h"

#include <string.h>

#include "thread.h"

enum {
	LINES_MAX = 200 * 1000,
	DEPTH_MAX = 60,
	INITIALS_MAX = 4,
	SIGNS_MAX = 20,   /* times that marks other than ">" are looked for */
	ELISION_MAX = 12, /* "[...]", "[snip]" */
	WRAPPED_MAX = 50, /* the torn-off end of a quoted line */
	WRAPPED_MIN = 50  /* what it was torn off from */
};

/* ---- lines ---- */

static bool
is_mark(char c)
{
	return c >= HTML_REST && c <= HTML_SIGNATURE;
}

/* Quote signs, with single spaces between them: ">> > ". */
static size_t
quote_signs(struct span text, uint8_t *ret_depth)
{
	size_t at = 0, end = 0;
	uint8_t depth = 0;

	while (at < text.len && at < 250 && depth < DEPTH_MAX) {
		if (text.ptr[at] == '>') {
			depth++;
			end = ++at;
		} else if (text.ptr[at] == ' ' && at == end && at < 250) {
			at++;
		} else {
			break;
		}
	}
	if (depth != 0 && end < text.len && text.ptr[end] == ' ')
		end++;
	*ret_depth = depth;
	return end;
}

static void
set_line(struct line *line, struct span text)
{
	while (text.len != 0 && is_mark(text.ptr[0])) {
		line->mark = (uint8_t)text.ptr[0];
		text = span_sub(text, 1, text.len);
	}
	while (text.len != 0 && (text.ptr[text.len - 1] == ' ' ||
				 text.ptr[text.len - 1] == '\t'))
		text.len--;
	/* ">From " is how mailbox files guard "From ". */
	if (!span_starts(text, ">From ")) {
		line->prefix = (uint8_t)quote_signs(text, &line->depth);
		if (line->prefix > text.len)
			line->prefix = (uint8_t)text.len;
	}
	line->ptr = text.ptr + line->prefix;
	line->len = (uint32_t)(text.len - line->prefix);
}

static struct lines
cut_lines(struct reading *reading, struct span text)
{
	struct lines lines = { .count = 1 };
	struct span rest = text, line;
	size_t i;

	for (i = 0; i < text.len; i++)
		lines.count += text.ptr[i] == '\n';
	if (lines.count > LINES_MAX) {
		reading_warn(reading, "text: too many lines, cut");
		lines.count = LINES_MAX;
	}
	lines.at = arena_array(reading->arena, lines.count, sizeof *lines.at);
	for (i = 0; i < lines.count && span_next(&rest, '\n', &line); i++)
		set_line(&lines.at[i], line);
	lines.count = i;
	return lines;
}

/* ---- which lines are quoted ---- */

static bool
is_quoted_line(const struct line *line)
{
	return line->depth != 0 || line->mark == HTML_QUOTE;
}

/* The next line with words, at or behind this one. */
static size_t
next_words(const struct lines *lines, size_t at)
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

/* Can a line that begins so start a header block or separator? Most lines
 * leave here. */
static bool
may_announce(struct span line)
{
	char c;

	line = span_trim(line);
	if (line.len == 0)
		return false;
	c = line.ptr[0];
	if (strchr("-_=*", c) != NULL)
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
	if (!may_announce(text))
		return false;
	if (quote_separator(text, &forwarded) ||
	    quote_header_block(lines, at, &end))
		return true;
	if (!is_rule(text))
		return false;
	next = next_words(lines, at + 1);
	return next < lines->count && (lines->at[next].mark == HTML_REST ||
				       quote_header_block(lines, next, &end));
}

/* An attribution without quote signs below it announces all the rest, unless
 * nothing follows. */
static bool
announces_rest(const struct lines *lines, size_t at)
{
	size_t next = next_words(lines, at + 1);

	if (next < lines->count && lines->at[next].len != 0 &&
	    lines->at[next].len <= ELISION_MAX &&
	    strchr("[<(.", lines->at[next].ptr[0]) != NULL)
		next = next_words(lines, next + 1);
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
	       next_words(lines, at) < lines->count;
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

static bool
is_authored_at(const struct lines *lines, size_t at)
{
	return at < lines->count && lines->at[at].kind == LINE_AUTHORED;
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

/* Below an attribution, do lines carry a sign of their own? Then all that do
 * are quoted. One line is enough when it is all of its paragraph. */
static bool
take_foreign_signs(struct lines *lines, size_t at)
{
	size_t next = next_words(lines, at + 1), end, marked = 0;
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

	if (next_words(lines, 0) < at || !quote_header_block(lines, at, &end)) {
		next = next_words(lines, at + 1);
		if (next_words(lines, 0) < at || next == lines->count)
			return at;
		if (!quote_header_block(lines, next, &end))
			end = is_quoted_line(&lines->at[next]) ? next :
								 next + 1;
	}
	next = next_words(lines, end);
	if (next == lines->count || lines->at[next].depth == 0)
		return at;
	set_kind(lines, at, next, LINE_QUOTED);
	return next;
}

static void
mark_quoted(struct lines *lines)
{
	size_t at, start;
	unsigned signs = 0;

	for (at = 0; at < lines->count; at++) {
		struct line *line = &lines->at[at];

		if (!is_quoted_line(line) &&
		    (begins_rest(lines, at) || is_below_device(lines, at))) {
			start = skip_top_block(lines, at);
			if (start != at) {
				at = start - 1;
				continue;
			}
			set_kind(lines, at, lines->count, LINE_QUOTED);
			return;
		}
		/* ":" alone is what a broken "…\n>:" leaves. */
		if ((!is_quoted_line(line) ||
		     span_is(line_text(lines, at), ":")) &&
		    quote_attribution(lines, at, &start)) {
			set_kind(lines, start, at + 1, LINE_QUOTED);
			if (!announces_rest(lines, at) ||
			    (signs++ < SIGNS_MAX &&
			     take_foreign_signs(lines, at)))
				continue;
			set_kind(lines, start, lines->count, LINE_QUOTED);
			return;
		}
		if (is_quoted_line(line) || is_torn(lines, at) ||
		    (line->mark == HTML_SOFT && soft_is_quote(lines, at)))
			line->kind = LINE_QUOTED;
	}
}

/* Blank lines between two quoted ones, and at the seam, belong to the quote. */
static void
mark_blanks(struct lines *lines)
{
	size_t at, next;

	for (at = 0; at < lines->count; at = next + 1) {
		next = at;
		if (!is_authored_at(lines, at) || !line_blank(lines, at))
			continue;
		while (next < lines->count && is_authored_at(lines, next) &&
		       line_blank(lines, next))
			next++;
		if (at != 0 && lines->at[at - 1].kind == LINE_QUOTED &&
		    next < lines->count && lines->at[next].kind == LINE_QUOTED)
			set_kind(lines, at, next, LINE_QUOTED);
	}
}

static void
mark_tails(struct reading *reading, struct lines *lines)
{
	size_t at = 0, end, after, last = 0;
	bool first = true;

	for (end = lines->count; end != 0; end--)
		if (is_authored_at(lines, end - 1) &&
		    !line_blank(lines, end - 1))
			break;
	last = end;
	while (at < last) {
		if (!is_authored_at(lines, at)) {
			at++;
			continue;
		}
		for (after = at; is_authored_at(lines, after);)
			after++;
		tail_mark(reading, lines, at, after, first, after >= last);
		first = false;
		at = after;
	}
}

/* ---- the facts ---- */

static void
trim_span(struct span *text)
{
	while (text->len != 0 && (text->ptr[text->len - 1] == '\n' ||
				  text->ptr[text->len - 1] == ' '))
		text->len--;
	while (text->len != 0 && text->ptr[0] == '\n')
		*text = span_sub(*text, 1, text->len);
}

/* All lines of a kind; where others stood between them, a blank line. */
static struct span
gather(struct reading *reading, const struct lines *lines, enum line_kind kind,
       bool signs, size_t room)
{
	char *out = arena_alloc(reading->arena, room);
	size_t at, len = 0;
	bool gap = false;
	struct span text;

	for (at = 0; at < lines->count; at++) {
		const struct line *line = &lines->at[at];
		size_t prefix = signs ? line->prefix : 0;

		if (line->kind != kind) {
			gap = len != 0;
			continue;
		}
		if (gap && line->len == 0)
			continue;
		if (gap && len >= 2 && out[len - 2] != '\n')
			out[len++] = '\n';
		gap = false;
		memcpy(out + len, line->ptr - prefix, line->len + prefix);
		len += line->len + prefix;
		out[len++] = '\n';
	}
	text = (struct span){ .ptr = out, .len = len };
	trim_span(&text);
	return text;
}

static struct span
join_lines(struct reading *reading, const struct lines *lines, size_t start,
	   size_t end)
{
	size_t at, len = 0, room = 1;
	struct span text;
	char *out;

	for (at = start; at < end; at++)
		if (lines->at[at].kind == LINE_QUOTED)
			room += lines->at[at].len + 1;
	out = arena_alloc(reading->arena, room);
	for (at = start; at < end; at++) {
		if (lines->at[at].kind != LINE_QUOTED)
			continue;
		memcpy(out + len, lines->at[at].ptr, lines->at[at].len);
		len += lines->at[at].len;
		out[len++] = '\n';
	}
	text = (struct span){ .ptr = out, .len = len };
	trim_span(&text);
	return text;
}

struct head {
	size_t start, end; /* of the lines that announce */
	bool block, separator, forwarded;
};

/* Is an earlier message announced at this quoted line? */
static bool
find_head(const struct lines *lines, size_t at, struct head *head)
{
	struct span text = line_text(lines, at);
	size_t next;

	*head = (struct head){ .start = at, .end = at + 1 };
	if (text.len == 0)
		return false;
	if (may_announce(text)) {
		if (quote_header_block(lines, at, &head->end)) {
			head->block = true;
			return true;
		}
		if (quote_separator(text, &head->forwarded)) {
			head->separator = true;
			next = next_words(lines, at + 1);
			if (next < lines->count &&
			    quote_header_block(lines, next, &head->end)) {
				head->start = next;
				head->block = true;
			}
			return true;
		}
	}
	return quote_attribution(lines, at, &head->start);
}

static struct quote *
add_quote(struct reading *reading)
{
	struct message *message = reading->message;
	struct quote *quote;

	if (message->quote_count >= reading->limits->quotes) {
		reading_warn(reading, "quotes: too many, cut");
		return NULL;
	}
	quote = arena_push(reading->arena, &message->quotes,
			   &message->quote_count, sizeof *quote);
	quote->from.email = quote->from.name = span_of("");
	quote->subject = quote->text = span_of("");
	return quote;
}

static void
close_quote(struct reading *reading, const struct lines *lines,
	    struct quote *quote, size_t start, size_t end)
{
	if (quote != NULL)
		quote->text = join_lines(reading, lines, start, end);
}

static void
read_quotes(struct reading *reading, const struct lines *lines)
{
	struct quote *quote = NULL;
	size_t at, start = 0;
	struct head head;
	bool open = false;

	for (at = 0; at < lines->count; at++) {
		const struct line *line = &lines->at[at];

		if (line->kind != LINE_QUOTED || line->len == 0)
			continue;
		if (find_head(lines, at, &head)) {
			close_quote(reading, lines, quote, start, head.start);
			quote = add_quote(reading);
			if (quote == NULL)
				return;
			quote->forwarded = head.forwarded;
			if (head.block)
				quote_read_block(reading, lines, head.start,
						 head.end, quote);
			else if (!head.separator)
				quote_read_attribution(reading, lines,
						       head.start, head.end,
						       quote);
			start = head.end;
			at = head.end - 1;
			open = true;
		} else if (!open) {
			quote = add_quote(reading);
			if (quote == NULL)
				return;
			start = at;
			open = true;
		}
	}
	close_quote(reading, lines, quote, start, lines->count);
}

/* Outlook writes the same header block above an answered and above a forwarded
 * message; the subject tells which. */
static void
tell_forward(struct message *message)
{
	size_t i;

	if (thread_is_forward(message->subject) && message->quote_count != 0)
		message->quotes[0].forwarded = true;
	for (i = 0; i < message->quote_count; i++)
		message->forward |= message->quotes[i].forwarded;
	message->forward |= message->enclosed_count != 0;
	message->forward &= message->automatic == AUTOMATIC_NO;
}

void
authored_split(struct reading *reading, struct span text)
{
	struct message *message = reading->message;
	struct lines lines = cut_lines(reading, text);
	size_t room = text.len + lines.count * 2 + 2;

	mark_quoted(&lines);
	mark_blanks(&lines);
	mark_tails(reading, &lines);
	message->body = gather(reading, &lines, LINE_AUTHORED, false, room);
	message->quoted = gather(reading, &lines, LINE_QUOTED, true, room);
	message->signature =
		gather(reading, &lines, LINE_SIGNATURE, false, room);
	read_quotes(reading, &lines);
	tell_forward(message);
}
