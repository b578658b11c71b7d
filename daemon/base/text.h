/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TEXT_H
#define TEXT_H
/*
 * Text from outside (struct span: bytes with a length, never terminated by
 * contract) and a buffer that grows up to a maximum given at its birth.
 *
 * Case folding here is ASCII only; that is what mail headers and addresses
 * need. Text that rules read is valid UTF-8, made so by the reader.
 */
#include <stdbool.h>
#include <stddef.h>

#include "attribute.h"

struct span {
	const char *ptr;
	size_t len;
};

/* printf("%.*s", SPAN_ARG(s)) */
#define SPAN_ARG(s) (int)(s).len, (s).ptr

struct span span_of(const char *literal);
struct span span_sub(struct span text, size_t start, size_t end);
struct span span_trim(struct span text);
bool span_equal(struct span a, struct span b);
bool span_is(struct span text, const char *literal);
bool span_is_nocase(struct span text, const char *literal);
bool span_equal_nocase(struct span a, struct span b);
bool span_starts(struct span text, const char *literal);
bool span_starts_nocase(struct span text, const char *literal);
bool span_ends_nocase(struct span text, const char *literal);
bool span_blank(struct span text);

/* Offset of the first occurrence, or text.len. */
size_t span_find(struct span text, const char *literal);
size_t span_find_nocase(struct span text, const char *literal);
size_t span_find_byte(struct span text, char byte);

/* Takes what stands before the separator (or everything) off the front of
 * *rest; false when nothing was left. "a;b" gives "a" then "b"; "" gives
 * nothing. The separator at the very end gives no empty last piece. */
bool span_next(struct span *rest, char separator, struct span *ret_piece);
bool span_line(struct span *rest, struct span *ret_line); /* no CR, no LF */

/* Orders and hashes by bytes. */
int span_compare(struct span a, struct span b);
unsigned long long span_hash(struct span text);

bool text_utf8_valid(struct span text);
/* Length of the UTF-8 character at text.ptr (1 for an invalid byte). */
size_t text_utf8_step(struct span text);

/* A growing buffer. Over its maximum it is cut and says so. */
struct buf {
	char *ptr;
	size_t len, room, max;
	bool cut;
};

void buf_init(struct buf *buf, size_t max);
void buf_clear(struct buf *buf); /* frees; usable again after buf_init */
void buf_empty(struct buf *buf); /* keeps the memory */
void buf_add(struct buf *buf, struct span text);
void buf_add_literal(struct buf *buf, const char *literal);
void buf_add_byte(struct buf *buf, char byte);
void buf_printf(struct buf *buf, const char *format, ...) CLERK_PRINTF(2, 3);
struct span buf_span(const struct buf *buf);

#endif
