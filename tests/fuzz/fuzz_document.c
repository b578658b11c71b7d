/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/message_private.h"

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const char *const names[] = { "a.docx", "a.odt", "a.pdf",
					     "a.html", "a.txt" };
	struct span bytes = { .ptr = (const char *)data, .len = size };
	struct message message = { .message_id = bytes };
	struct message_origin origin = { .internal_date = 1 };
	struct message_trust trust = { .header_count = 0 };
	struct reading reading = { .origin = &origin,
				   .trust = &trust,
				   .limits = &message_limits_default,
				   .message = &message,
				   .arena = arena_new(0) };

	message_prepare();
	if (size != 0)
		document_text(&reading, span_of("application/octet-stream"),
			      span_of(names[data[0] % 5]),
			      span_sub(bytes, 1, size), span_of(""));
	arena_free(reading.arena);
	return 0;
}
