/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' ||
	       c == '\v';
}

struct span
span_of(const char *literal)
{
	return (struct span){ .ptr = literal, .len = strlen(literal) };
}

struct span
span_sub(struct span text, size_t start, size_t end)
{
	if (end > text.len)
		end = text.len;
	if (start > end)
		start = end;
	/* An empty text may be nowhere, and NULL + 0 is not C. */
	if (start != 0)
		text.ptr += start;
	text.len = end - start;
	return text;
}

struct span
span_trim(struct span text)
{
	while (text.len != 0 && is_space(text.ptr[0])) {
		text.ptr++;
		text.len--;
	}
	while (text.len != 0 && is_space(text.ptr[text.len - 1]))
		text.len--;
	return text;
}

bool
span_equal(struct span a, struct span b)
{
	return a.len == b.len &&
	       (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool
span_is(struct span text, const char *literal)
{
	return span_equal(text, span_of(literal));
}

bool
span_equal_nocase(struct span a, struct span b)
{
	return a.len == b.len &&
	       (a.len == 0 || strncasecmp(a.ptr, b.ptr, a.len) == 0);
}

bool
span_is_nocase(struct span text, const char *literal)
{
	return span_equal_nocase(text, span_of(literal));
}

bool
span_starts(struct span text, const char *literal)
{
	return span_is(span_sub(text, 0, strlen(literal)), literal);
}

bool
span_starts_nocase(struct span text, const char *literal)
{
	return span_is_nocase(span_sub(text, 0, strlen(literal)), literal);
}

bool
span_ends_nocase(struct span text, const char *literal)
{
	size_t len = strlen(literal);

	return text.len >= len &&
	       span_is_nocase(span_sub(text, text.len - len, text.len),
			      literal);
}

bool
span_blank(struct span text)
{
	return span_trim(text).len == 0;
}

size_t
span_find(struct span text, const char *literal)
{
	const char *hit;

	if (text.len == 0)
		return *literal == '\0' ? 0 : text.len;
	hit = memmem(text.ptr, text.len, literal, strlen(literal));
	return hit != NULL ? (size_t)(hit - text.ptr) : text.len;
}

size_t
span_find_nocase(struct span text, const char *literal)
{
	size_t len = strlen(literal), at;

	/* Letters that are equal but for case differ in this bit only. */
	for (at = 0; at + len <= text.len; at++)
		if ((len == 0 || (text.ptr[at] | 32) == (*literal | 32)) &&
		    strncasecmp(text.ptr + at, literal, len) == 0)
			return at;
	return text.len;
}

size_t
span_find_byte(struct span text, char byte)
{
	const char *hit =
		text.len != 0 ? memchr(text.ptr, byte, text.len) : NULL;

	return hit != NULL ? (size_t)(hit - text.ptr) : text.len;
}

bool
span_next(struct span *rest, char separator, struct span *ret_piece)
{
	size_t at;

	if (rest->len == 0)
		return false;
	at = span_find_byte(*rest, separator);
	*ret_piece = span_sub(*rest, 0, at);
	*rest = span_sub(*rest, at < rest->len ? at + 1 : at, rest->len);
	return true;
}

bool
span_line(struct span *rest, struct span *ret_line)
{
	if (!span_next(rest, '\n', ret_line))
		return false;
	if (ret_line->len != 0 && ret_line->ptr[ret_line->len - 1] == '\r')
		ret_line->len--;
	return true;
}

int
span_compare(struct span a, struct span b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len != 0 ? memcmp(a.ptr, b.ptr, len) : 0;

	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

unsigned long long
span_hash(struct span text)
{
	uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
	size_t at;

	for (at = 0; at < text.len; at++) {
		hash ^= (unsigned char)text.ptr[at];
		hash *= UINT64_C(1099511628211);
	}
	return hash;
}

/* Length of a well-formed character (RFC 3629 section 4), 0 if ill-formed. */
static size_t
utf8_length(struct span text)
{
	const unsigned char *s = (const unsigned char *)text.ptr;
	size_t need, at;

	if (text.len == 0)
		return 0;
	if (s[0] < 0x80)
		return 1;
	need = s[0] >= 0xc2 && s[0] <= 0xdf ? 2 :
	       s[0] >= 0xe0 && s[0] <= 0xef ? 3 :
	       s[0] >= 0xf0 && s[0] <= 0xf4 ? 4 :
					      0;
	if (need == 0 || text.len < need)
		return 0;
	for (at = 1; at < need; at++)
		if ((s[at] & 0xc0) != 0x80)
			return 0;
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
	    (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
		return 0;
	return need;
}

bool
text_utf8_valid(struct span text)
{
	while (text.len != 0) {
		size_t step = utf8_length(text);

		if (step == 0)
			return false;
		text = span_sub(text, step, text.len);
	}
	return true;
}

size_t
text_utf8_step(struct span text)
{
	size_t step = utf8_length(text);

	return step != 0 ? step : 1;
}

void
buf_init(struct buf *buf, size_t max)
{
	*buf = (struct buf){ .max = max };
}

void
buf_clear(struct buf *buf)
{
	free(buf->ptr);
	buf->ptr = NULL;
	buf->len = buf->room = 0;
	buf->cut = false;
}

void
buf_empty(struct buf *buf)
{
	buf->len = 0;
	buf->cut = false;
}

/* Makes room for len more bytes and a NUL; returns how many of them fit. */
static size_t
buf_reserve(struct buf *buf, size_t len)
{
	size_t room;

	if (len > buf->max - buf->len) {
		len = buf->max - buf->len;
		buf->cut = true;
	}
	if (buf->len + len + 1 <= buf->room)
		return len;
	room = buf->room < 64 ? 64 : buf->room;
	while (room < buf->len + len + 1)
		room *= 2;
	buf->ptr = realloc(buf->ptr, room);
	if (buf->ptr == NULL)
		abort();
	buf->room = room;
	return len;
}

void
buf_add(struct buf *buf, struct span text)
{
	size_t len = buf_reserve(buf, text.len);

	if (len != 0)
		memcpy(buf->ptr + buf->len, text.ptr, len);
	buf->len += len;
	buf->ptr[buf->len] = '\0';
}

void
buf_add_literal(struct buf *buf, const char *literal)
{
	buf_add(buf, span_of(literal));
}

void
buf_add_byte(struct buf *buf, char byte)
{
	buf_add(buf, (struct span){ .ptr = &byte, .len = 1 });
}

void
buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;
	char small[256], *big;
	int len;

	va_start(args, format);
	len = vsnprintf(small, sizeof small, format, args);
	va_end(args);
	if (len < 0)
		abort();
	if ((size_t)len < sizeof small) {
		buf_add(buf, (struct span){ .ptr = small, .len = (size_t)len });
		return;
	}
	big = malloc((size_t)len + 1);
	if (big == NULL)
		abort();
	va_start(args, format);
	vsnprintf(big, (size_t)len + 1, format, args);
	va_end(args);
	buf_add(buf, (struct span){ .ptr = big, .len = (size_t)len });
	free(big);
}

struct span
buf_span(const struct buf *buf)
{
	return (struct span){ .ptr = buf->ptr, .len = buf->len };
}
