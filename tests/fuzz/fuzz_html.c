/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/message_private.h"

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
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
	html_text(&reading, charset_text(&reading, bytes, span_of(""), 1 << 20),
		  size % 2 != 0, 1 << 20);
	arena_free(reading.arena);
	return 0;
}
