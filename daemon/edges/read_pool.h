/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef READ_POOL_H
#define READ_POOL_H
/*
 * The pool of readers from inside: slices of batches in order of submission,
 * and the processes that work on them.
 */
#include "base/arena.h"
#include "read.h"
#include "read_private.h"

enum {
	SLICES_EACH = 2,  /* given to a reader at a time, so it never waits */
	SLICES_AHEAD = 4, /* per reader, of what is being handed out */
	STARTS_FAILED_MAX = 10, /* in a row, before giving up */
	READ_START_MS = 20000,
	BURIAL_MS = 2000,   /* for a reader whose wire has ended */
	STARVED_FACTOR = 6, /* deadlines, for one that gets no CPU */
	ARENA_MAX = 1 << 30
};

struct answer {
	bool there;
	bool plain;        /* to be read without the text of attachments */
	char *why;         /* owned; unreadable, when not NULL */
	size_t start, len; /* of the message, in the slice's bytes */
};

/* A run of items of one batch; the unit that a reader is given. */
struct slice {
	struct slice *next;
	struct batch *batch;
	uint64_t serial;
	size_t first, count; /* items of the batch */
	size_t given;        /* answers handed out */
	bool assigned, last; /* last: the batch ends with it */
	struct answer answers[SLICE_ITEMS_MAX];
	struct buf bytes;
};

struct worker {
	struct role_process role;
	struct read_progress *progress;
	int progress_fd;
	struct slice *slices[SLICES_EACH]; /* in order; NULL: free */
	uint64_t last_at;                  /* of progress */
	long long since_ms, cpu_ms;        /* when it became that */
	bool ready;
	bool polling_out;
	const char *killed; /* why we killed it */
};

struct readers {
	struct worker *workers;
	size_t worker_count;
	bool started; /* with the first batch */
	struct arena *settings_arena, *arena;
	struct read_settings settings;
	unsigned deadline_ms;
	struct slice *head, *tail; /* not yet handed out, in order */
	struct slice *done;        /* the last reading still points there */
	uint64_t serial;
	size_t batches;
	unsigned failed_starts;
	int epoll;
};

/* ---- slices ---- */

bool slice_is_answered(const struct slice *slice, size_t i);
/* How many items nobody has answered. */
size_t slice_count_open(const struct slice *slice);
void slice_set_unreadable(struct slice *slice, size_t i, const char *why);

/* ---- workers ---- */

int worker_start(struct readers *readers, struct worker *worker,
		 struct error *err);
void worker_close(struct worker *worker);
/* Gives it a slice, in the first place that is free. */
void worker_give(struct readers *readers, struct worker *worker,
		 struct slice *slice);
/* Takes what it says; replaces it when it is dead, mad or overdue. */
int worker_serve(struct readers *readers, struct worker *worker,
		 struct error *err);

long long readers_now_ms(void);

#endif
