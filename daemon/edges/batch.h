/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BATCH_H
#define BATCH_H
/*
 * The unit in which mail moves: many raw messages one after another in one
 * sealed memory file, and a table of what lies where.
 *
 * Use:       batch_new(), then per message batch_begin() and batch_write() any
 *            number of times; or batch_fail() for a message of which there are
 *            no bytes. batch_seal() makes it ready to be given
 *            to readers, or to go over a wire by batch_encode().
 * Ownership: the batch owns its table, texts and descriptor.
 * Trust:     batch_decode() believes nothing: it demands the seals that keep
 *            the sender from changing or shortening what readers have mapped,
 *            and places within the file.
 * Limits:    BATCH_ITEMS_MAX, BATCH_BYTES_MAX. A message longer than the limit
 *            given at birth is cut there, and says so.
 */
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "facts/mailfile.h"
#include "facts/message.h"

enum {
	BATCH_ITEMS_MAX = 500,
	BATCH_BYTES_MAX = 256 * 1024 * 1024,
	BATCH_KEY_MAX = 255, /* a file name, NAME_MAX */
	BATCH_NAME_MAX = 1024,
	BATCH_WHY_MAX = 512,
	/* When to stop filling and send: see batch_full(). */
	BATCH_BYTES_AIM = 4 * 1024 * 1024,
	BATCH_MESSAGE_MAX = 50 * 1024 * 1024
};

/* Who a message is, within its folder: a number (IMAP UID, position in a list)
 * or, where that is 0, a key (the name of a file). */
struct batch_item {
	uint64_t number;
	const char *key; /* never NULL */
	uint64_t offset, length;
	time_t internal_date; /* 0 unknown */
	bool cut;             /* longer than the limit; the rest is not here */
	const char *why;      /* not NULL: no bytes, and this is why */
};

struct batch {
	/* Where it comes from. Empty and 0 for files named by hand. */
	char *mailbox, *folder; /* never NULL */
	char *owner;            /* the mailbox owner's address, or "" */
	uint32_t uidvalidity;
	uint64_t serial; /* of this fetch process, counted from 1 */
	bool journal_mailbox, sent_folder;

	struct batch_item *items;
	size_t count;
	uint64_t bytes; /* in the file */
	int fd;

	/* While it is being filled. */
	size_t room, message_max;
	char *pending;
	size_t pending_len;
};

/* message_max 0: BATCH_MESSAGE_MAX. */
int batch_new(size_t message_max, struct batch **ret_batch, struct error *err);
/* Accepts NULL. */
void batch_free(struct batch *batch);
/* Copies; NULL keeps what is there. */
void batch_name(struct batch *batch, const char *mailbox, const char *folder,
		const char *owner);

/* No more items or bytes should go in. */
bool batch_full(const struct batch *batch);
int batch_begin(struct batch *batch, uint64_t number, const char *key,
		time_t internal_date, struct error *err);
int batch_write(struct batch *batch, struct span bytes, struct error *err);
/* Forgets the message begun last. */
void batch_undo(struct batch *batch);
int batch_fail(struct batch *batch, uint64_t number, const char *key,
	       time_t internal_date, const char *why, struct error *err);
int batch_seal(struct batch *batch, struct error *err);

/* For the wire; the descriptor goes beside it. */
void batch_encode(const struct batch *batch, struct buf *body);
/* Takes fd over, even when it fails. */
int batch_decode(struct span body, int fd, struct batch **ret_batch,
		 struct error *err);

/* Adds one file's message. 1; 0 when the file is not there (any more); -1. One
 * that is there but cannot be read becomes an item without bytes. */
int batch_take_file(struct batch *batch, const struct mailfile *file,
		    uint64_t number, const char *key, struct error *err);

/* Fills a sealed batch from a list of files, from index *from on, which is
 * moved behind the last one taken. An item's number is its index + 1; a file
 * that cannot be read becomes an item without bytes. Returns 1; 0 when nothing
 * was left; -1. */
int batch_from_files(const struct mailfiles *files, size_t *from,
		     size_t message_max, struct batch **ret_batch,
		     struct error *err);

/* What names an item within its mailbox, for the store: "INBOX/17/0000004711"
 * (folder, UIDVALIDITY, UID) or "folder/name of the file". */
struct span batch_key(const struct batch *batch, const struct batch_item *item,
		      struct arena *arena);

#endif
