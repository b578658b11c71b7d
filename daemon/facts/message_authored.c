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
	SPLITS_MAX = 8 /* attributions that stand behind words of their line */
};

/* ---- lines ---- */

static bool
is_mark(char c)
{
	return c >= HTML_REST && c <= HTML_BARE;
}

/* Marks of direction, byte order and the like at the front: no words. */
static size_t
invisible_at(struct span text, size_t at)
{
	const unsigned char *byte = (const unsigned char *)text.ptr + at;

	if (text.len - at < 3)
		return 0;
	if (byte[0] == 0xef && byte[1] == 0xbb && byte[2] == 0xbf)
		return 3;
	if (byte[0] != 0xe2)
		return 0;
	if (byte[1] == 0x80 && ((byte[2] >= 0x8b && byte[2] <= 0x8f) ||
				(byte[2] >= 0xaa && byte[2] <= 0xae)))
		return 3;
	return byte[1] == 0x81 && byte[2] >= 0xa0 && byte[2] <= 0xa9 ? 3 : 0;
}

static struct span
without_invisible(struct span text)
{
	while (text.len != 0) {
		size_t len = text.len;

		if (text.ptr[len - 1] == ' ' || text.ptr[len - 1] == '\t')
			text.len--;
		else if (len >= 2 && text.ptr[len - 2] == '\xc2' &&
			 text.ptr[len - 1] == '\xa0')
			text.len -= 2;
		else if (len >= 3 && invisible_at(text, len - 3) != 0)
			text.len -= 3;
		else
			break;
	}
	while (text.len != 0 && invisible_at(text, 0) != 0)
		text = span_sub(text, 3, text.len);
	return text;
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

/* ">>> here <<<" */
static bool
is_ornament(struct span text)
{
	return span_starts(text, ">>") && span_ends_nocase(text, "<<");
}

static void
set_line(struct line *line, struct span text)
{
	while (text.len != 0 && is_mark(text.ptr[0])) {
		line->bare |= text.ptr[0] == HTML_BARE;
		line->mark = text.ptr[0] == HTML_BARE ? HTML_SOFT :
							(uint8_t)text.ptr[0];
		text = span_sub(text, 1, text.len);
	}
	text = without_invisible(text);
	/* ">From " is how mailbox files guard "From ". */
	if (!span_starts(text, ">From ") && !is_ornament(text)) {
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
	lines.room = lines.count + SPLITS_MAX;
	lines.at = arena_array(reading->arena, lines.room, sizeof *lines.at);
	for (i = 0; i < lines.count && span_next(&rest, '\n', &line); i++)
		set_line(&lines.at[i], line);
	lines.count = i;
	return lines;
}

static bool
is_authored_at(const struct lines *lines, size_t at)
{
	return at < lines->count && lines->at[at].kind == LINE_AUTHORED;
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
	size_t first;      /* line of all that announces */
	size_t start, end; /* of the lines that tell of it */
	bool block, separator, forwarded;
};

/* Is an earlier message announced at this quoted line? */
static bool
find_head(const struct lines *lines, size_t at, struct head *head)
{
	struct span text = line_text(lines, at);
	size_t next;

	*head = (struct head){ .first = at, .start = at, .end = at + 1 };
	if (text.len == 0)
		return false;
	if (quoted_may_announce(text)) {
		if (quote_header_block(lines, at, &head->end)) {
			head->block = true;
			return true;
		}
		if (quote_separator(text, &head->forwarded)) {
			head->separator = true;
			next = quoted_next_words(lines, at + 1);
			if (next < lines->count &&
			    quote_header_block(lines, next, &head->end)) {
				head->start = next;
				head->block = true;
			}
			return true;
		}
	}
	if (!quote_attribution(lines, at, &head->start))
		return false;
	head->first = head->start;
	return true;
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
			close_quote(reading, lines, quote, start, head.first);
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

	quoted_mark(&lines);
	answers_mark(message, &lines);
	mark_tails(reading, &lines);
	message->body = gather(reading, &lines, LINE_AUTHORED, false, room);
	message->quoted = gather(reading, &lines, LINE_QUOTED, true, room);
	message->signature =
		gather(reading, &lines, LINE_SIGNATURE, false, room);
	read_quotes(reading, &lines);
	tell_forward(message);
}
