/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bytes to text. Labels lie, so the bytes are asked first: what is valid UTF-8
 * with characters beyond ASCII is UTF-8 whatever the label says (real
 * windows-1252 text is never that by chance), what is no UTF-8 although it
 * says so is windows-1252, byte by byte.
 */
#include "message_private.h"

#include <iconv.h>
#include <stdint.h>
#include <string.h>

/* windows-1252 0x80-0x9f; the five holes become U+FFFD. */
static const uint16_t windows_1252[32] = {
	0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
	0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
};

/* Labels that need no converter. */
static const char *const western[] = {
	"iso-8859-1",
	"iso8859-1",
	"latin1",
	"windows-1252",
	"cp1252",
	"iso_8859-1",
	"iso-8859-1-windows-3.1-latin-1",
	"x-ansi",
};
static const char *const unicode[] = {
	"utf-8",
	"utf8",
	"us-ascii",
	"ascii",
	"unknown-8bit",
	"x-unknown",
	"unknown",
	"ansi_x3.4-1968",
	"iso-ir-6",
	"default",
	"x-user-defined",
	"utf-8-mac",
	"unicode-1-1-utf-8",
	"646",
	"cp65001",
};

static bool
in_list(struct span charset, const char *const *list, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (span_is(charset, list[i]))
			return true;
	return false;
}

struct scan {
	bool ascii; /* nothing above 0x7f */
	bool clean; /* no control character but tab and '\n' */
	bool valid; /* UTF-8 */
};

/* Eight bytes at a time over what needs no second look. */
static size_t
plain_run(struct span text, size_t at)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	const uint64_t ones = UINT64_C(0x0101010101010101);

	while (at + 8 <= text.len) {
		uint64_t word;

		memcpy(&word, text.ptr + at, 8);
		if (((word | (word - ones * 0x20)) & high) != 0)
			break;
		at += 8;
	}
	return at;
}

enum odd {
	ODD_NONE,
	ODD_SPACE, /* a no-break space: layout only */
	ODD_DROP   /* a control character, or one that shows nothing */
};

/* Invisible characters break phrases apart; some senders mean that. Joiners
 * stay: emoji and scripts need them. */
static enum odd
odd_character(struct span text, size_t at)
{
	const unsigned char *s = (const unsigned char *)text.ptr + at;

	if (s[0] == 0xc2) {
		if (s[1] == 0xa0)
			return ODD_SPACE;
		return s[1] < 0xa0 || s[1] == 0xad ? ODD_DROP : ODD_NONE;
	}
	if (s[0] == 0xe2 && s[1] == 0x80)
		return s[2] == 0xaf ? ODD_SPACE :
		       s[2] == 0x8b ? ODD_DROP :
				      ODD_NONE;
	if (s[0] == 0xe2 && s[1] == 0x81 && s[2] == 0xa0)
		return ODD_DROP;
	return s[0] == 0xef && s[1] == 0xbb && s[2] == 0xbf ? ODD_DROP :
							      ODD_NONE;
}

static struct scan
look(struct span text)
{
	struct scan scan = { .ascii = true, .clean = true, .valid = true };
	size_t at = 0;

	while (at < text.len) {
		unsigned char c;
		size_t step;

		at = plain_run(text, at);
		if (at >= text.len)
			break;
		c = (unsigned char)text.ptr[at];
		if (c < 0x80) {
			if (c < 0x20 && c != '\n' && c != '\t')
				scan.clean = false;
			at++;
			continue;
		}
		scan.ascii = false;
		step = text_utf8_step(span_sub(text, at, text.len));
		if (step == 1)
			scan.valid = false;
		else if (odd_character(text, at) != ODD_NONE)
			scan.clean = false;
		at += step;
	}
	return scan;
}

static size_t
put_character(char *out, unsigned code)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	out[0] = (char)(0xe0 | code >> 12);
	out[1] = (char)(0x80 | (code >> 6 & 0x3f));
	out[2] = (char)(0x80 | (code & 0x3f));
	return 3;
}

static unsigned
western_code(unsigned char c)
{
	if (c == 0xa0)
		return ' ';
	return c >= 0x80 && c < 0xa0 ? windows_1252[c - 0x80] : c;
}

/* One control character, or '\r': what becomes of it. */
static size_t
put_control(char *out, struct span text, size_t at)
{
	char c = text.ptr[at];

	if (c == '\n' || c == '\t') {
		*out = c;
		return 1;
	}
	if (c == '\r') {
		bool pair = at + 1 < text.len && text.ptr[at + 1] == '\n';

		*out = '\n';
		return pair ? 0 : 1;
	}
	if (c == '\f' || c == '\v') {
		*out = '\n';
		return 1;
	}
	return 0;
}

static size_t
put_valid(char *out, struct span text, size_t at, size_t step)
{
	switch (odd_character(text, at)) {
	case ODD_SPACE:
		*out = ' ';
		return 1;
	case ODD_DROP:
		return 0;
	case ODD_NONE:
		break;
	}
	memcpy(out, text.ptr + at, step);
	return step;
}

/* Rewrites into clean UTF-8; bytes that are none are windows-1252. With
 * `single`, every byte above ASCII is. */
static struct span
rewrite(struct reading *reading, struct span text, bool single)
{
	char *out = arena_alloc(reading->arena, text.len * 3 + 1);
	size_t at = 0, len = 0;

	while (at < text.len) {
		unsigned char c = (unsigned char)text.ptr[at];
		size_t step, run = plain_run(text, at);

		if (run != at) {
			memcpy(out + len, text.ptr + at, run - at);
			len += run - at;
			at = run;
			continue;
		}
		if (c < 0x20 || c == 0x7f) {
			len += put_control(out + len, text, at++);
			continue;
		}
		step = single ? 1 :
				text_utf8_step(span_sub(text, at, text.len));
		len += step == 1 ? put_character(out + len, western_code(c)) :
				   put_valid(out + len, text, at, step);
		at += step;
	}
	return (struct span){ .ptr = out, .len = len };
}

/* By the C library's converter; what it cannot read becomes U+FFFD. */
static bool
convert(struct reading *reading, struct span bytes, struct span charset,
	struct span *ret_text)
{
	size_t room = bytes.len * 3 + 16, left = room, in_left = bytes.len;
	char name[64], *in = (char *)bytes.ptr, *out, *start;
	iconv_t converter;

	if (charset.len >= sizeof name)
		return false;
	memcpy(name, charset.ptr, charset.len);
	name[charset.len] = '\0';
	converter = iconv_open("UTF-8", name);
	if (converter == (iconv_t)-1)
		return false;
	start = out = arena_alloc(reading->arena, room);
	while (in_left != 0 && left > 8) {
		if (iconv(converter, &in, &in_left, &out, &left) !=
			    (size_t)-1 ||
		    in_left == 0)
			break;
		in++;
		in_left--;
		if (left > 3) {
			size_t put = put_character(out, 0xfffd);

			out += put;
			left -= put;
		}
	}
	iconv_close(converter);
	*ret_text = (struct span){ .ptr = start, .len = room - left };
	return true;
}

static struct span
cut_at_character(struct span text, size_t max)
{
	if (text.len <= max)
		return text;
	while (max != 0 && ((unsigned char)text.ptr[max] & 0xc0) == 0x80)
		max--;
	return span_sub(text, 0, max);
}

static bool
needs_converter(struct span charset)
{
	return charset.len != 0 &&
	       !in_list(charset, western, ARRAY_SIZE(western)) &&
	       !in_list(charset, unicode, ARRAY_SIZE(unicode));
}

/* ISO-2022, UTF-7 and the like look like ASCII. */
static bool
is_stateful(struct span charset)
{
	return span_starts(charset, "iso-2022") ||
	       span_starts(charset, "utf-7") || span_starts(charset, "utf7") ||
	       span_starts(charset, "hz") || span_starts(charset, "utf-16") ||
	       span_starts(charset, "utf-32") || span_starts(charset, "ucs-");
}

static bool
has_utf16_mark(struct span bytes)
{
	return bytes.len >= 4 && (memcmp(bytes.ptr, "\xff\xfe", 2) == 0 ||
				  memcmp(bytes.ptr, "\xfe\xff", 2) == 0);
}

struct span
charset_text(struct reading *reading, struct span bytes, struct span charset,
	     size_t max)
{
	bool cut = bytes.len > max;
	struct span text;
	struct scan scan;

	if (cut) {
		reading_warn(reading, "text: too long, cut");
		bytes = cut_at_character(bytes, max);
	}
	if (bytes.len >= 3 && memcmp(bytes.ptr, "\xef\xbb\xbf", 3) == 0)
		bytes = span_sub(bytes, 3, bytes.len);
	if (has_utf16_mark(bytes))
		charset = span_of("utf-16");
	scan = look(bytes);
	if (needs_converter(charset) &&
	    (is_stateful(charset) || (!scan.ascii && !scan.valid))) {
		if (convert(reading, bytes, charset, &text)) {
			bytes = text;
			scan = look(bytes);
		} else {
			reading_warn(reading, "charset: unknown, guessed");
		}
	}
	if (scan.clean && scan.valid)
		return bytes;
	text = rewrite(reading, bytes,
		       !scan.valid &&
			       in_list(charset, western, ARRAY_SIZE(western)));
	return cut_at_character(text, max);
}

/* One line of format=flowed: its quote depth and what stands behind. */
static struct span
flowed_line(struct span line, size_t *ret_depth)
{
	size_t depth = 0;

	while (depth < line.len && line.ptr[depth] == '>')
		depth++;
	*ret_depth = depth;
	line = span_sub(line, depth, line.len);
	if (line.len != 0 && line.ptr[0] == ' ')
		line = span_sub(line, 1, line.len); /* space-stuffed */
	return line;
}

struct span
charset_unflow(struct reading *reading, struct span text, bool delsp)
{
	/* Each line grows by one space behind its quote marks at most. */
	char *out = arena_alloc(reading->arena, text.len * 2 + 2);
	struct span line, rest = text;
	size_t len = 0, depth, open_depth = 0;
	bool open = false;

	while (span_line(&rest, &line)) {
		bool soft;

		line = flowed_line(line, &depth);
		soft = line.len != 0 && line.ptr[line.len - 1] == ' ' &&
		       !span_is(line, "-- ");
		if (span_is(line, "-- ") || span_is(line, "--"))
			open = false;
		if (open && depth != open_depth)
			open = false;
		if (!open && len != 0)
			out[len++] = '\n';
		if (!open && depth != 0) {
			memset(out + len, '>', depth);
			len += depth;
			out[len++] = ' ';
		}
		if (soft && delsp)
			line.len--;
		memcpy(out + len, line.ptr, line.len);
		len += line.len;
		open = soft;
		open_depth = depth;
	}
	out[len++] = '\n';
	return (struct span){ .ptr = out, .len = len };
}
