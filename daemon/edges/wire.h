/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef WIRE_H
#define WIRE_H
/*
 * What the roles say to each other: frames over a socket pair.
 *
 * A frame is 8 bytes of header (length of the body, kind, one bit for "a
 * descriptor comes with it", in the machine's own byte order: both ends are
 * one binary) and a body of msgpack scalars one after another, without arrays
 * and maps. Lists are a count and then their members. So both ends say the same
 * fields in the same order, and decoding needs no memory of its own.
 *
 * Writing:  wire_put_…() into a struct buf, then wire_send().
 * Reading:  wire_receive(), then wire_get_…() on a struct wire_reader. The
 *           other end may be in an attacker's hands: every getter has bounds;
 *           the first field that breaks them makes the reader bad, and
 *           everything after reads as 0 or empty. Ask wire_done() at the end,
 *           before believing anything. Texts point into the frame.
 * Channel:  never blocks by itself. What does not go out at once is queued, at
 *           most WIRE_QUEUE_MAX bytes; wire_wants() tells what to poll for.
 *           A role that has nothing else to do calls wire_wait().
 * Errors:   ERROR_TEMPORARY: the queue is full, flush first. ERROR_INPUT: the
 *           other end broke the protocol. ERROR_PERMANENT: it is gone.
 */
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

enum {
	WIRE_FRAME_MAX = 64 * 1024 * 1024, /* the facts of one message, a batch
					      table, a letter */
	WIRE_QUEUE_MAX = 80 * 1024 * 1024, /* one greatest frame and change */
	WIRE_STRING_MAX = 4096,            /* a setting */
	WIRE_FDS_MAX = 16                  /* descriptors received, not yet
					      taken */
};

/* One list for all roles; a number keeps its meaning. */
enum wire_kind {
	WIRE_NONE,
	WIRE_SETTINGS, /* first frame to a role: what it has to know */
	/* read */
	WIRE_SLICE, /* parent: read these messages of this batch */
	WIRE_FACTS, /* role: one message's facts, or why there are none */
	/* fetch */
	WIRE_CURSORS, /* parent: where to go on, per folder */
	WIRE_BATCH,   /* role: raw messages; with a descriptor */
	WIRE_TAKEN,   /* parent: that batch is recorded */
	WIRE_STATE,   /* role: how the mailbox is */
	WIRE_SEEN,    /* both: which of these keys are known? */
	/* send */
	WIRE_LETTER, /* parent: send this */
	WIRE_FATE,   /* role: what became of it */
	/* control and desk */
	WIRE_COMMAND,
	WIRE_ANSWER,
	WIRE_STOP, /* parent: finish and go */
	WIRE_KIND_COUNT
};

/* ---- bodies ---- */

void wire_put_number(struct buf *body, int64_t value);
void wire_put_flag(struct buf *body, bool value);
void wire_put_text(struct buf *body, struct span text);
void wire_put_string(struct buf *body, const char *text); /* NULL as empty */
void wire_put_bytes(struct buf *body, struct span bytes);

struct wire_reader {
	struct span rest;
	bool bad;
};

struct wire_reader wire_reader_of(struct span body);
int64_t wire_get_number(struct wire_reader *reader, int64_t least,
			int64_t most);
bool wire_get_flag(struct wire_reader *reader);
/* UTF-8 without NUL, at most max bytes. */
struct span wire_get_text(struct wire_reader *reader, size_t max);
struct span wire_get_bytes(struct wire_reader *reader, size_t max);
/* Copies at most WIRE_STRING_MAX bytes; NULL for an empty one. */
const char *wire_get_string(struct wire_reader *reader, struct arena *arena);
/* How many members follow: never more than can be in the rest of the body. */
size_t wire_get_count(struct wire_reader *reader, size_t max);
/* Everything was read, and all of it was good. */
bool wire_done(const struct wire_reader *reader);

/* ---- channel ---- */

struct wire;

struct wire_frame {
	enum wire_kind kind;
	struct span body; /* valid until the next call on this wire */
	int fd;           /* the receiver's to close; -1 none */
};

/* Takes the descriptor (a connected AF_UNIX stream socket) over and makes it
 * non-blocking. */
struct wire *wire_open(int fd);
/* Accepts NULL. */
void wire_close(struct wire *wire);
int wire_fd(const struct wire *wire);
/* What to poll for: POLLIN, and POLLOUT while something is queued. */
short wire_wants(const struct wire *wire);
size_t wire_queued(const struct wire *wire);

/* Queues a frame. fd is duplicated by the kernel when it goes out; it is kept
 * open until then in a duplicate of ours, so the caller may close his. -1:
 * none. Frames lie in the queue until wire_flush(). */
int wire_queue(struct wire *wire, enum wire_kind kind, struct span body, int fd,
	       struct error *err);
/* Writes what goes without blocking. */
int wire_flush(struct wire *wire, struct error *err);
/* wire_queue() and wire_flush(). */
int wire_send(struct wire *wire, enum wire_kind kind, struct span body, int fd,
	      struct error *err);

/* 1: a frame; 0: none whole yet; -1. */
int wire_receive(struct wire *wire, struct wire_frame *ret_frame,
		 struct error *err);
/* Waits until a frame is there, flushing meanwhile. Like wire_receive(), 0
 * when timeout_ms (-1: none) is over. */
int wire_wait(struct wire *wire, int timeout_ms, struct wire_frame *ret_frame,
	      struct error *err);
/* Waits until everything queued has gone out. Takes in what comes meanwhile,
 * so that two full pipes never wait for each other; it stays for
 * wire_receive(). 1: all gone; 0: timeout. */
int wire_drain(struct wire *wire, int timeout_ms, struct error *err);

/* A connected pair; both close-on-exec. */
int wire_pair(int ret_fds[2], struct error *err);

#endif
