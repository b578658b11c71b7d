/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "edges/batch.h"
#include "edges/wire_message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a hijacked reader may say to the engine. What is taken must come out of
 * the encoder, and be taken again. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span body = { .ptr = (const char *)data, .len = size };
	struct wire_reader reader = wire_reader_of(body);
	struct arena *arena = arena_new(0);
	struct message *message;
	struct batch *batch;
	struct error err;
	struct buf again;

	buf_init(&again, WIRE_FRAME_MAX);
	if (wire_get_message(&reader, arena, &message, &err) == 0) {
		wire_put_message(&again, message);
		reader = wire_reader_of(buf_span(&again));
		if (wire_get_message(&reader, arena, &message, &err) != 0)
			abort();
	}
	if (batch_decode(body, -1, &batch, &err) == 0)
		abort(); /* without a sealed file nothing is a batch */
	buf_clear(&again);
	arena_free(arena);
	return 0;
}
