/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef WIRE_MESSAGE_H
#define WIRE_MESSAGE_H
/*
 * The facts of a message, as they travel from the reader to the engine.
 *
 * The reader has met hostile bytes, so its frames are hostile too: decoding
 * checks every length, count, enumeration and every text for UTF-8, and fails
 * as a whole when one is wrong. Texts of the decoded message point into the
 * frame, which must outlive it; its tables lie in arena.
 */
#include "base/arena.h"
#include "base/error.h"
#include "facts/message.h"
#include "wire.h"

enum {
	WIRE_LIST_MAX = 200000 /* members of any list in a message */
};

void wire_put_message(struct buf *body, const struct message *message);

/* Reads one message from where the reader stands. -1 with ERROR_INPUT. */
int wire_get_message(struct wire_reader *reader, struct arena *arena,
		     struct message **ret_message, struct error *err);

#endif
