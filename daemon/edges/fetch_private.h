/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FETCH_PRIVATE_H
#define FETCH_PRIVATE_H
/*
 * What the two sides of fetching agree upon, and what the parts of the role
 * share.
 *
 * WIRE_SETTINGS  once: the mailbox; then WIRE_CURSORS once
 * WIRE_BATCH     role: batch_encode(), with the descriptor
 * WIRE_TAKEN     parent: serial
 * WIRE_STATE     role: state, folder, retry_s, text
 * WIRE_SEEN      role: count, keys; parent: count, flags
 * WIRE_STOP      parent: end
 */
#include "base/arena.h"
#include "fetch.h"
#include "fetch_line.h"

/* One folder as the role knows it. */
struct fetch_folder {
	const char *name; /* in UTF-8 */
	bool sent;
	uint32_t uidvalidity, uid; /* sent up to here */
	/* The message that broke the connection, and how often. */
	uint32_t suspect;
	unsigned strikes;
};

/* The role's whole state. */
struct fetcher {
	struct wire *wire;
	struct arena *arena; /* for ever */
	struct mailbox_settings settings;
	struct fetch_folder *folders;
	size_t folder_count;
	uint64_t sent, taken; /* serials of batches */
	bool stop;
	enum fetch_state told; /* the state told last */
	long long told_ms;
	bool *answer; /* to the last WIRE_SEEN */
	size_t answer_count;
};

/* ---- talk (both sides) ---- */

void fetch_put_settings(struct buf *body,
			const struct mailbox_settings *settings);
int fetch_get_settings(struct span body, struct arena *arena,
		       struct mailbox_settings *ret_settings,
		       struct error *err);

bool fetch_is_among(const char *name, const char *const *list, size_t count);

/* ---- the role's side of the wire ---- */

/* Waits for settings and cursors. */
int fetcher_begin(struct fetcher *fetcher, struct wire *wire,
		  struct error *err);
/* Seals and sends a batch, takes it over, and waits while too many are on
 * their way. An empty one is dropped. */
int fetcher_send(struct fetcher *fetcher, struct batch *batch,
		 struct error *err);
int fetcher_tell(struct fetcher *fetcher, enum fetch_state state,
		 const char *folder, unsigned retry_s, const char *text,
		 struct error *err);
/* Hears the parent for up to timeout_ms, or until extra_fd (-1: none) is
 * readable, or stop. -1: the parent is gone. */
int fetcher_wait(struct fetcher *fetcher, long long timeout_ms, int extra_fd,
		 struct error *err);
/* Asks which keys are recorded; answers in fetcher->answer. */
int fetcher_ask(struct fetcher *fetcher, const char *const *keys, size_t count,
		const char *folder, struct error *err);
long long fetcher_now_ms(void);

#endif
