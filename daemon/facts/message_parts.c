/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tree of a message: header fields and the borders of parts (RFC 5322
 * section 2.2, RFC 2046 section 5.1), as slices of the raw bytes.
 *
 * This is not left to the MIME library because the limits must hold before
 * memory is spent: 160,000 parts cost the library 322 MB, 40,000 nested ones
 * most of a second. Here a part costs its struct, at most limits->parts of
 * them, and each byte is looked at once per level, of which there are at most
 * limits->depth.
 */
#include "message_private.h"

#include <string.h>
#include <strings.h>

enum {
	HEADERS_MAX = 2000, /* of all parts together; real mail has < 200 */
	GARBAGE_MAX = 4     /* lines without a name inside a header */
};

static bool
is_name_byte(char c)
{
	return c > 32 && c < 127 && c != ':';
}

/* Length of a field name that a colon follows, else 0. */
static size_t
name_length(struct span line, size_t *ret_value)
{
	size_t len = 0, at;

	while (len < line.len && is_name_byte(line.ptr[len]))
		len++;
	for (at = len;
	     at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t');)
		at++;
	if (len == 0 || at == line.len || line.ptr[at] != ':')
		return 0;
	*ret_value = at + 1;
	return len;
}

static struct span
peek_line(struct span rest)
{
	return span_sub(rest, 0, span_find_byte(rest, '\n'));
}

/* The field's value runs on over lines that start with white space. */
static struct span
take_value(struct span *rest, size_t value_at)
{
	size_t end = span_find_byte(*rest, '\n');
	struct span value;

	while (end + 1 < rest->len &&
	       (rest->ptr[end + 1] == ' ' || rest->ptr[end + 1] == '\t'))
		end += 1 + span_find_byte(span_sub(*rest, end + 1, rest->len),
					  '\n');
	value = span_trim(span_sub(*rest, value_at, end));
	*rest = span_sub(*rest, end + 1, rest->len);
	return value;
}

static bool
line_is_blank(struct span line)
{
	return line.len == 0 || (line.len == 1 && line.ptr[0] == '\r');
}

/* A line without a name inside a header: mailbox separators, and fields that
 * were wrapped without indentation. True when header fields go on after it. */
static bool
skip_garbage(struct span *rest, size_t fields)
{
	struct span line = peek_line(*rest);
	struct span after = span_sub(*rest, line.len + 1, rest->len);
	size_t value_at;

	if (span_starts(line, "From ") || span_starts(line, ">From ") ||
	    fields == 0 || name_length(peek_line(after), &value_at) != 0) {
		*rest = after;
		return true;
	}
	return false;
}

/* Takes the header off the front; what is left is the body. */
static void
parse_header(struct reading *reading, struct part *part, struct span *rest)
{
	struct span header = span_sub(*rest, 0, reading->limits->header);
	const char *part_start = header.ptr;
	unsigned garbage = 0;

	while (header.len != 0) {
		struct span line = peek_line(header);
		size_t value_at, name_len;
		struct header *field;

		if (line_is_blank(line)) {
			header = span_sub(header, line.len + 1, header.len);
			break;
		}
		name_len = name_length(line, &value_at);
		if (name_len == 0) {
			if (garbage++ < GARBAGE_MAX &&
			    skip_garbage(&header, part->header_count))
				continue;
			break;
		}
		if (reading->headers++ >= HEADERS_MAX) {
			take_value(&header, value_at);
			reading->cut_header = true;
			continue;
		}
		field = arena_push(reading->arena, &part->headers,
				   &part->header_count, sizeof *field);
		field->name = span_sub(line, 0, name_len);
		field->value = take_value(&header, value_at);
	}
	*rest = span_sub(*rest, (size_t)(header.ptr - rest->ptr), rest->len);
	if (header.len == 0 && rest->len != 0 &&
	    (size_t)(header.ptr - part_start) >= reading->limits->header)
		reading_warn(reading,
			     "header: too long, the rest read as text");
	if (reading->cut_header)
		reading_warn(reading, "header: too many fields, cut");
}

static const struct header *
find_header(const struct part *part, const char *name)
{
	size_t i, len = strlen(name);

	for (i = 0; i < part->header_count; i++)
		if (part->headers[i].name.len == len &&
		    may_start(part->headers[i].name, name) &&
		    strncasecmp(part->headers[i].name.ptr, name, len) == 0)
			return &part->headers[i];
	return NULL;
}

struct span
part_header(const struct part *part, const char *name)
{
	const struct header *header = find_header(part, name);

	return header != NULL ? header->value : span_of("");
}

bool
part_has_header(const struct part *part, const char *name)
{
	return find_header(part, name) != NULL;
}

bool
part_is(const struct part *part, const char *type)
{
	return span_is(part->type, type);
}

struct part *
part_find(const struct part *part, const char *type)
{
	struct part *child, *hit;

	if (part_is(part, type))
		return (struct part *)(uintptr_t)part;
	for (child = part->child; child != NULL; child = child->next) {
		hit = part_find(child, type);
		if (hit != NULL)
			return hit;
	}
	return NULL;
}

bool
part_is_multipart(const struct part *part)
{
	return span_starts(part->type, "multipart/");
}

struct border {
	size_t start; /* of the line "--boundary" */
	size_t end;   /* behind its line end */
	bool last;    /* "--boundary--" */
};

/* A delimiter stands at the start of a line and only white space follows. */
static bool
border_at(struct span body, size_t at, struct span boundary,
	  struct border *border)
{
	struct span line = peek_line(span_sub(body, at, body.len));
	struct span tail;

	if (line.len < boundary.len + 2 || line.ptr[0] != '-' ||
	    line.ptr[1] != '-' ||
	    memcmp(line.ptr + 2, boundary.ptr, boundary.len) != 0)
		return false;
	tail = span_sub(line, boundary.len + 2, line.len);
	border->last = span_starts(tail, "--");
	if (border->last)
		tail = span_sub(tail, 2, tail.len);
	if (!span_blank(tail))
		return false;
	border->start = at;
	border->end =
		at + line.len + 1 < body.len ? at + line.len + 1 : body.len;
	return true;
}

static bool
find_border(struct span body, size_t from, struct span boundary,
	    struct border *border)
{
	size_t at = from;

	while (at < body.len) {
		const char *hit;

		if (border_at(body, at, boundary, border))
			return true;
		/* On to the next line that starts with a dash. */
		hit = memmem(body.ptr + at, body.len - at, "\n--", 3);
		if (hit == NULL)
			return false;
		at = (size_t)(hit - body.ptr) + 1;
	}
	return false;
}

/* The line end before a delimiter belongs to the delimiter. */
static struct span
between(struct span body, size_t start, size_t end)
{
	if (end > start && body.ptr[end - 1] == '\n')
		end--;
	if (end > start && body.ptr[end - 1] == '\r')
		end--;
	return span_sub(body, start, end);
}

static struct part *part_at(struct reading *reading, struct span raw,
			    unsigned depth, bool digest);

static void
parse_children(struct reading *reading, struct part *part, unsigned depth)
{
	bool digest = part_is(part, "multipart/digest");
	struct part **tail = &part->child;
	struct border border, next;
	bool more;

	if (!find_border(part->body, 0, part->boundary, &border))
		return;
	while (!border.last && reading->parts < reading->limits->parts) {
		more = find_border(part->body, border.end, part->boundary,
				   &next);
		*tail = part_at(reading,
				between(part->body, border.end,
					more ? next.start : part->body.len),
				depth + 1, digest);
		tail = &(*tail)->next;
		if (!more) {
			reading_warn(reading, "parts: end is missing");
			return;
		}
		border = next;
	}
	if (!border.last)
		reading_warn(reading, "parts: too many, cut");
}

static void
parse_multipart(struct reading *reading, struct part *part, unsigned depth)
{
	if (depth >= reading->limits->depth) {
		reading_warn(reading, "parts: nested too deep, cut");
		part->type = span_of("application/octet-stream");
		return;
	}
	if (part->boundary.len != 0)
		parse_children(reading, part, depth);
	if (part->child == NULL) {
		reading_warn(reading, "parts: no border found, read as text");
		part->type = span_of("text/plain");
	}
}

static struct part *
part_at(struct reading *reading, struct span raw, unsigned depth, bool digest)
{
	struct part *part = arena_alloc(reading->arena, sizeof *part);

	reading->parts++;
	parse_header(reading, part, &raw);
	part->body = raw;
	if (digest && !part_has_header(part, "Content-Type"))
		part->type = span_of("message/rfc822");
	mime_content(reading, part);
	if (part_is_multipart(part))
		parse_multipart(reading, part, depth);
	return part;
}

struct part *
part_parse(struct reading *reading, struct span raw, unsigned depth)
{
	return part_at(reading, raw, depth, false);
}

struct part *
part_fields(struct reading *reading, struct span bytes)
{
	struct part *part = arena_alloc(reading->arena, sizeof *part);

	parse_header(reading, part, &bytes);
	part->body = bytes;
	return part;
}
