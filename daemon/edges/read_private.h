/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef READ_PRIVATE_H
#define READ_PRIVATE_H
/*
 * What the two sides of reading agree upon.
 *
 * WIRE_SETTINGS  once: memory, limits, trust (put_settings, get_settings)
 * WIRE_SLICE     serial, owner, journal mailbox?, sent folder?, count, then
 *                count times: index in the batch, offset, length, date, without
 *                the text of attachments?; with the batch's descriptor
 * WIRE_STATE     the reader is ready, or why it cannot be
 * WIRE_FACTS     serial, index, true and the message, or false and why; in the
 *                order of the slice
 *
 * Beside the wire they share a page: the reader writes there which message it
 * is at, the parent looks there after a crash and for the deadline. It costs no
 * system call.
 */
#include <stdatomic.h>
#include <stdint.h>

#include "wire.h"

enum {
	SLICE_ITEMS_MAX = 32,
	SLICE_BYTES_AIM = 512 * 1024,
	FACTS_MAX = 16 * 1024 * 1024, /* of one message, on the wire */
	WHY_MAX = 400,
	PROGRESS_SIZE = 4096
};

/* serial of the slice << 16 | index in the batch + 1; 0: between messages. */
struct read_progress {
	_Atomic uint64_t at;
};

struct read_settings {
	uint64_t memory_max;
	struct message_limits limits;
	struct message_trust trust;
};

void read_put_settings(struct buf *body, const struct read_settings *settings);
int read_get_settings(struct span body, struct arena *arena,
		      struct read_settings *ret_settings, struct error *err);

#endif
