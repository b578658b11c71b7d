/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

/* A whole message, as anybody may send it. */
int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct message_trust trust = sample_trust(size % 2 != 0);
	struct message_origin origin = { .owner = span_of("a@x.example"),
					 .journal_mailbox = size % 4 > 1,
					 .sent_folder = size % 8 > 3 };
	struct span raw = { .ptr = (const char *)data, .len = size };
	struct arena *arena = arena_new(0);
	struct message *message;
	struct error err;

	if (message_read(raw, &origin, &trust, &message_limits_default, arena,
			 &message, &err) == 0)
		sample_check(message);
	arena_free(arena);
	return 0;
}
