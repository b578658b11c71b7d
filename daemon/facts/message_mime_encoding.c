/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Transfer encodings of parts, by GMime 3.
 */
#include "message_private.h"

#include <gmime/gmime.h>

enum part_encoding
mime_encoding(struct span value)
{
	if (span_starts_nocase(value, "base64"))
		return PART_BASE64;
	if (span_starts_nocase(value, "quoted-printable"))
		return PART_QUOTED;
	if (span_starts_nocase(value, "x-uue") ||
	    span_starts_nocase(value, "uuencode") ||
	    span_starts_nocase(value, "x-uuencode"))
		return PART_UUENCODE;
	return PART_PLAIN;
}

static GMimeContentEncoding
gmime_encoding(enum part_encoding encoding)
{
	switch (encoding) {
	case PART_BASE64:
		return GMIME_CONTENT_ENCODING_BASE64;
	case PART_QUOTED:
		return GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
	case PART_UUENCODE:
		return GMIME_CONTENT_ENCODING_UUENCODE;
	case PART_PLAIN:
		break;
	}
	return GMIME_CONTENT_ENCODING_DEFAULT;
}

/* How many "=" a base64 text lacks at its end; the library drops the last
 * bytes without them. */
static size_t
missing_padding(struct span text)
{
	size_t i, count = 0;

	for (i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '=')
			return 0;
		count += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			 (c >= '0' && c <= '9') || c == '+' || c == '/';
	}
	return (4 - count % 4) % 4;
}

struct span
mime_decode(struct reading *reading, const struct part *part)
{
	GMimeEncoding state;
	struct span result;
	size_t len, lacking = 0;
	char *out;

	if (part->encoding == PART_PLAIN || part->body.len == 0)
		return part->body;
	g_mime_encoding_init_decode(&state, gmime_encoding(part->encoding));
	out = arena_alloc(reading->arena,
			  g_mime_encoding_outlen(&state, part->body.len) + 16);
	len = g_mime_encoding_step(&state, part->body.ptr, part->body.len, out);
	if (part->encoding == PART_BASE64)
		lacking = missing_padding(part->body);
	len += g_mime_encoding_flush(&state, "==", lacking % 3, out + len);
	result = (struct span){ .ptr = out, .len = len };
	return result;
}
