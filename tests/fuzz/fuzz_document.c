/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>

#include "sample.h"

static uint32_t
crc_of(struct span bytes)
{
	uint32_t crc = UINT32_MAX;
	size_t i;
	int bit;

	for (i = 0; i < bytes.len; i++) {
		crc ^= (unsigned char)bytes.ptr[i];
		for (bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc % 2 != 0 ? 0xedb88320u : 0);
	}
	return ~crc;
}

static void
put_little(struct buf *out, uint32_t value, unsigned bytes)
{
	for (; bytes-- != 0; value >>= 8)
		buf_add_byte(out, (char)(value & 0xff));
}

/* A zip file with that one member, not packed: a fuzzer that changes packed
 * bytes hardly ever gets behind their check sum. */
static void
put_zip(struct buf *out, const char *name, struct span member)
{
	struct span path = span_of(name);

	buf_add_literal(out, "PK\x03\x04");
	put_little(out, 10, 4); /* version, flags */
	put_little(out, 0, 2);  /* stored */
	put_little(out, 0x21, 4);
	put_little(out, crc_of(member), 4);
	put_little(out, (uint32_t)member.len, 4);
	put_little(out, (uint32_t)member.len, 4);
	put_little(out, (uint32_t)path.len, 4); /* and no extra field */
	buf_add(out, path);
	buf_add(out, member);
}

/* The first byte says what kind of file the others are. */
int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const struct {
		const char *name, *member; /* the bytes are in this member */
	} kinds[] = {
		{ "a.docx", NULL },         { "a.odt", NULL },
		{ "a.pdf", NULL },          { "a.html", NULL },
		{ "a.txt", NULL },          { "a.docx", "word/document.xml" },
		{ "a.odt", "content.xml" },
	};
	struct span bytes = { .ptr = (const char *)data, .len = size };
	struct sample sample;
	struct buf zip;
	size_t kind;

	if (size == 0)
		return 0;
	kind = data[0] % ARRAY_SIZE(kinds);
	bytes = span_sub(bytes, 1, size);
	buf_init(&zip, size + 128);
	if (kinds[kind].member != NULL) {
		put_zip(&zip, kinds[kind].member, bytes);
		bytes = buf_span(&zip);
	}
	sample_open(&sample);
	sample_check_text(document_text(
		&sample.reading, span_of("application/octet-stream"),
		span_of(kinds[kind].name), bytes, span_of("")));
	sample_close(&sample);
	buf_clear(&zip);
	return 0;
}
