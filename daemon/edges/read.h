/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef READ_H
#define READ_H
/*
 * Raw messages in, facts out, in the order in which they went in.
 *
 * The reading itself is done by jailed processes of this program (role
 * "read"), several at a time. A message that kills its reader, takes longer
 * than the deadline or more memory than allowed is read once more without the
 * text of its attachments, and says so in a warning; only when that fails too
 * it comes out as unreadable with the reason. A new reader takes the rest. It
 * costs exactly one message.
 *
 * Use:   readers_open(), which starts no process yet: the first batch does;
 *        while there is mail: readers_submit() unless readers_full(), and
 *        readers_next() until it returns 0. In an event loop: poll
 *        readers_fd() for POLLIN, at most readers_timeout_ms(). Nothing here
 *        blocks but readers_next() with a timeout.
 * Order: of submission, batch by batch and item by item. One slow message
 *        holds up those behind it, for twice its deadline at the most.
 * Trust: readers are taken to be hostile; what they say is checked whole.
 */
#include "base/error.h"
#include "batch.h"
#include "facts/message.h"
#include "role.h"

enum {
	READERS_MAX = 64,
	READERS_BATCHES_MAX = 16, /* waiting; then readers_full() */
	READ_DEADLINE_MS = 10000,
	READ_MEMORY_MAX = 1024 * 1024 * 1024 /* address space of a reader */
};

struct readers_settings {
	unsigned count; /* 0: one */
	const struct message_limits *limits;
	const struct message_trust *trust;
	unsigned deadline_ms; /* 0: READ_DEADLINE_MS */
	size_t memory_max;    /* 0: READ_MEMORY_MAX */
};

/* Everything here is valid until the next readers_next(). */
struct reading {
	const struct batch *batch;
	size_t index;                  /* in the batch */
	bool last;                     /* of its batch */
	const struct message *message; /* NULL: unreadable */
	const char *why;               /* it is unreadable */
};

struct readers;

/* The settings are copied. */
int readers_open(const struct readers_settings *settings,
		 struct readers **ret_readers, struct error *err);
/* Accepts NULL. */
void readers_close(struct readers *readers);

bool readers_full(const struct readers *readers);
/* Takes over a sealed batch (with at least one item), also when it fails. */
int readers_submit(struct readers *readers, struct batch *batch,
		   struct error *err);
/* Nothing is on its way. */
bool readers_idle(const struct readers *readers);
/* 1: a reading; 0: none within timeout_ms (-1: waits while not idle; 0: does
 * not wait). -1: readers cannot be started at all. */
int readers_next(struct readers *readers, int timeout_ms,
		 struct reading *ret_reading, struct error *err);

int readers_fd(const struct readers *readers);
/* When to call readers_next() again even if nothing came; -1: no need. */
int readers_timeout_ms(const struct readers *readers);
/* The process ids, for status; at most READERS_MAX. */
size_t readers_pids(const struct readers *readers, pid_t *ret_pids);

/* ---- the other side ---- */

/* As message_read(). */
typedef int read_function(struct span raw, const struct message_origin *origin,
			  const struct message_trust *trust,
			  const struct message_limits *limits,
			  struct arena *arena, struct message **ret_message,
			  struct error *err);

/* The role: goes to jail and reads with read until the wire ends. */
int read_serve(struct wire *wire, read_function *read);
int read_role(struct wire *wire); /* with message_read() */

#endif
