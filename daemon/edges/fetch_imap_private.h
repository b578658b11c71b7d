/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FETCH_IMAP_PRIVATE_H
#define FETCH_IMAP_PRIVATE_H
/*
 * An IMAP connection from inside, for the files that make it up: opening,
 * taking messages, idling.
 */
#include <libetpan/libetpan.h>

#include "fetch_imap.h"

enum {
	IMAP_BUDGET = 1024 * 1024, /* bytes of an ordinary answer */
	IMAP_RATE = 64 * 1024      /* bytes a second that a line must do */
};

struct imap {
	const struct mailbox_settings *settings;
	struct line *line;
	mailimap *session;
	struct arena *arena;
	const struct fetch_folder *selected;
	bool has_idle, has_starttls;
	unsigned idle_tag;
	size_t literal_max;
	size_t usual; /* bytes of a message, as seen lately */
};

/* Before each command: how many bytes may come in all. No literal may be
 * longer than IMAP_BUDGET unless imap->literal_max says so afterwards. */
void imap_allow(struct imap *imap, size_t bytes);
/* UIDs from lo to hi (0: to the end) as the server lists them, "n:*" with the
 * last message even when it is older. A result of the library; when that is
 * good, ret_list is the caller's to free with mailimap_search_result_free(). */
int imap_search(struct imap *imap, uint32_t lo, uint32_t hi, clist **ret_list);
/* What a result of the library means; always -1. what: "logging in". */
int imap_failed(struct imap *imap, const char *what, int result,
		struct error *err);
/* Is the connection still in step after that result? */
bool imap_alive(const struct imap *imap, int result);

/* One message of a chunk. */
struct wanted {
	uint32_t uid, size;
	time_t date;
	bool large; /* longer than QUICK_MAX: comes by itself */
	bool done;  /* in a batch, or given up, or no longer there */
};

/* What a running FETCH fills. */
struct gather {
	struct wanted *at; /* ascending by uid */
	size_t count;
	struct batch *batch; /* NULL: sizes are asked for */
	size_t most;         /* bytes of a body that were asked for */
	bool quick;          /* bodies of that length may be longer */
	struct error err;    /* of the batch; kind ERROR_NONE is none */
};

/* What every step of taking a folder needs. */
struct taking {
	struct imap *imap;
	struct fetcher *fetcher;
	struct fetch_folder *folder;
	struct gather gather;
	struct batch *batch; /* being filled, or NULL */
};

int imap_by_uid(const void *a, const void *b);
/* Takes these messages of the open folder and sends them. */
int imap_take(struct taking *taking, const uint32_t *uids, size_t count,
	      struct error *err);

#endif
