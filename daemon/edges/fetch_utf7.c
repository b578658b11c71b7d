/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch_imap.h"

/* RFC 3501 5.1.3: like UTF-7, with ',' for '/' and '&' for '+'. */
static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz0123456789+,";

struct shift {
	struct buf *out;
	unsigned bits;  /* not yet written */
	unsigned count; /* of them */
	bool open;
};

static void
put_unit(struct shift *shift, unsigned unit)
{
	if (!shift->open)
		buf_add_byte(shift->out, '&');
	shift->open = true;
	shift->bits = shift->bits << 16 | unit;
	shift->count += 16;
	while (shift->count >= 6) {
		shift->count -= 6;
		buf_add_byte(shift->out,
			     digits[shift->bits >> shift->count & 63]);
	}
}

static void
close_shift(struct shift *shift)
{
	if (!shift->open)
		return;
	if (shift->count != 0)
		buf_add_byte(shift->out,
			     digits[shift->bits << (6 - shift->count) & 63]);
	buf_add_byte(shift->out, '-');
	*shift = (struct shift){ .out = shift->out };
}

static unsigned
code_point(struct span character)
{
	const unsigned char *s = (const unsigned char *)character.ptr;
	unsigned code = s[0];
	size_t i;

	if (character.len == 2)
		code &= 0x1f;
	else if (character.len == 3)
		code &= 0x0f;
	else if (character.len == 4)
		code &= 0x07;
	for (i = 1; i < character.len; i++)
		code = code << 6 | (s[i] & 0x3f);
	return code;
}

struct span
imap_folder_name(struct span utf8, struct arena *arena)
{
	struct buf out;
	struct shift shift = { .out = &out };
	struct span name;

	buf_init(&out, 8 * BATCH_NAME_MAX);
	while (utf8.len != 0) {
		size_t step = text_utf8_step(utf8);
		unsigned code = code_point(span_sub(utf8, 0, step));

		if (code >= 0x20 && code < 0x7f) {
			close_shift(&shift);
			buf_add_byte(&out, (char)code);
			if (code == '&')
				buf_add_byte(&out, '-');
		} else if (code >= 0x10000) {
			put_unit(&shift, 0xd800 + ((code - 0x10000) >> 10));
			put_unit(&shift, 0xdc00 + ((code - 0x10000) & 0x3ff));
		} else {
			put_unit(&shift, code);
		}
		utf8 = span_sub(utf8, step, utf8.len);
	}
	close_shift(&shift);
	name = arena_span(arena, buf_span(&out));
	buf_clear(&out);
	return name;
}
