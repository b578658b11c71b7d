/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire.h"

#include <msgpack.h>
#include <stdint.h>
#include <string.h>

/* ---- writing ---- */

static int
append(void *data, const char *bytes, size_t len)
{
	struct buf *body = data;

	buf_add(body, (struct span){ .ptr = bytes, .len = len });
	return 0;
}

static msgpack_packer
packer_of(struct buf *body)
{
	return (msgpack_packer){ .data = body, .callback = append };
}

void
wire_put_number(struct buf *body, int64_t value)
{
	msgpack_packer packer = packer_of(body);

	msgpack_pack_int64(&packer, value);
}

void
wire_put_flag(struct buf *body, bool value)
{
	msgpack_packer packer = packer_of(body);

	if (value)
		msgpack_pack_true(&packer);
	else
		msgpack_pack_false(&packer);
}

void
wire_put_text(struct buf *body, struct span text)
{
	msgpack_packer packer = packer_of(body);

	msgpack_pack_str(&packer, text.len);
	if (text.len != 0)
		msgpack_pack_str_body(&packer, text.ptr, text.len);
}

void
wire_put_string(struct buf *body, const char *text)
{
	wire_put_text(body, span_of(text != NULL ? text : ""));
}

void
wire_put_bytes(struct buf *body, struct span bytes)
{
	msgpack_packer packer = packer_of(body);

	msgpack_pack_bin(&packer, bytes.len);
	if (bytes.len != 0)
		msgpack_pack_bin_body(&packer, bytes.ptr, bytes.len);
}

/* ---- reading ---- */

struct wire_reader
wire_reader_of(struct span body)
{
	return (struct wire_reader){ .rest = body };
}

static msgpack_object
bad(struct wire_reader *reader)
{
	reader->bad = true;
	reader->rest = (struct span){ 0 };
	return (msgpack_object){ .type = MSGPACK_OBJECT_NIL };
}

/* Arrays, maps and extensions are refused by their first byte, before the
 * library sees them: it reserves memory for as many members as they claim. */
static bool
is_scalar(unsigned char first)
{
	return !(first >= 0x80 && first <= 0x9f) &&
	       !(first >= 0xdc && first <= 0xdf) &&
	       !(first >= 0xc7 && first <= 0xc9) &&
	       !(first >= 0xd4 && first <= 0xd8) && first != 0xc1;
}

/* The next scalar; strings point into the body. */
static msgpack_object
next(struct wire_reader *reader)
{
	msgpack_unpacked unpacked;
	msgpack_object object;
	size_t used = 0;

	if (reader->bad || reader->rest.len == 0 ||
	    !is_scalar((unsigned char)reader->rest.ptr[0]))
		return bad(reader);
	msgpack_unpacked_init(&unpacked);
	if (msgpack_unpack_next(&unpacked, reader->rest.ptr, reader->rest.len,
				&used) != MSGPACK_UNPACK_SUCCESS) {
		msgpack_unpacked_destroy(&unpacked);
		return bad(reader);
	}
	object = unpacked.data;
	msgpack_unpacked_destroy(&unpacked);
	reader->rest = span_sub(reader->rest, used, reader->rest.len);
	return object;
}

int64_t
wire_get_number(struct wire_reader *reader, int64_t least, int64_t most)
{
	msgpack_object object = next(reader);
	int64_t value = 0;

	if (object.type == MSGPACK_OBJECT_NEGATIVE_INTEGER)
		value = object.via.i64;
	else if (object.type == MSGPACK_OBJECT_POSITIVE_INTEGER &&
		 object.via.u64 <= INT64_MAX)
		value = (int64_t)object.via.u64;
	else
		(void)bad(reader);
	if (!reader->bad && (value < least || value > most))
		(void)bad(reader);
	return reader->bad ? 0 : value;
}

bool
wire_get_flag(struct wire_reader *reader)
{
	msgpack_object object = next(reader);

	if (object.type != MSGPACK_OBJECT_BOOLEAN)
		(void)bad(reader);
	return !reader->bad && object.via.boolean;
}

/* Eight bytes at a time over plain ASCII, which nearly all mail is. */
static bool
text_is_clean(struct span text)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	const uint64_t highs = UINT64_C(0x8080808080808080);
	size_t at = 0, step;
	uint64_t word;

	while (at < text.len) {
		if (at + sizeof word <= text.len) {
			memcpy(&word, text.ptr + at, sizeof word);
			if (((word | (word - ones)) & highs) == 0) {
				at += sizeof word;
				continue;
			}
		}
		step = text_utf8_step(span_sub(text, at, text.len));
		if (text.ptr[at] == '\0' ||
		    (step == 1 && (unsigned char)text.ptr[at] >= 0x80))
			return false;
		at += step;
	}
	return true;
}

struct span
wire_get_text(struct wire_reader *reader, size_t max)
{
	msgpack_object object = next(reader);
	struct span text = { 0 };

	if (object.type != MSGPACK_OBJECT_STR)
		(void)bad(reader);
	else
		text = (struct span){ .ptr = object.via.str.ptr,
				      .len = object.via.str.size };
	if (text.len > max || !text_is_clean(text))
		(void)bad(reader);
	return reader->bad ? (struct span){ 0 } : text;
}

const char *
wire_get_string(struct wire_reader *reader, struct arena *arena)
{
	struct span text = wire_get_text(reader, WIRE_STRING_MAX);

	return text.len != 0 ? arena_span(arena, text).ptr : NULL;
}

struct span
wire_get_bytes(struct wire_reader *reader, size_t max)
{
	msgpack_object object = next(reader);

	if (object.type != MSGPACK_OBJECT_BIN || object.via.bin.size > max) {
		(void)bad(reader);
		return (struct span){ 0 };
	}
	return (struct span){ .ptr = object.via.bin.ptr,
			      .len = object.via.bin.size };
}

size_t
wire_get_count(struct wire_reader *reader, size_t max)
{
	size_t most = reader->rest.len < max ? reader->rest.len : max;

	/* Every member is one byte at least. */
	return (size_t)wire_get_number(reader, 0, (int64_t)most);
}

bool
wire_done(const struct wire_reader *reader)
{
	return !reader->bad && reader->rest.len == 0;
}
