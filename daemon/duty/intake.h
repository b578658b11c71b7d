/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INTAKE_H
#define INTAKE_H
/*
 * The way of one message: known already? which thread? what does it say? and
 * then into the record and the casework. Daemon, scan and replay all come
 * through here.
 *
 * Use:     fill a struct intake (borrowed pointers, a snapshot). Between
 *          store_begin() and store_commit() call intake_message() for each
 *          message of a batch, then set the cursor, then commit.
 * Again:   an arrival (source, key) that was taken in before changes nothing.
 *          A further copy of a known message (same Message-ID, same text) is
 *          recorded as a delivery; its receipts are merged, and when that
 *          shows hidden recipients for the first time it is judged again and
 *          what is new is added to its findings. It makes no case event.
 * Unverified: in the name of somebody of the directory, or from the council's
 *          own domain, and the council's mail system says that From may be
 *          forged (struct message, sender_check). It is judged, so that its
 *          enquiry is not lost, but raises no finding, moves no case and is
 *          nobody's earlier word; a claim (store.h) waits until a genuine copy
 *          comes or somebody settles it.
 * Errors:  only those of the store; odd mail gives an odd verdict.
 */
#include <stdbool.h>
#include <time.h>

#include "casework.h"
#include "facts/elections.h"
#include "filters/filter.h"
#include "guard.h"

enum {
	INTAKE_READING = 1,      /* version of readings and rules */
	INTAKE_THREAD_VIEW = 64, /* earlier messages that rules may see */
	INTAKE_SUBJECT_KEYS = 16 /* member-officer pairs joined by subject */
};

/* Judges in the place of filter_judge(), for tests of what follows. */
typedef void intake_judge(void *context, const struct exhibit *exhibit,
			  struct arena *arena, struct verdict *ret_verdict);

struct intake {
	struct store *store;
	const struct people *people;
	const struct calendar *calendar;
	const struct elections *elections;
	const struct filter *filter;
	const struct casework *casework; /* NULL: judge and record only */
	const struct guard *guard;       /* NULL: nobody is guarded */
	bool judge_copies; /* a verdict for every copy of a known message too */
	intake_judge *judge; /* NULL: the filter */
	void *judge_context;
};

/* One arrival. */
struct intake_item {
	const char *source; /* name of the mailbox or local source */
	struct span key;    /* what names it there; see store_delivery */
	const struct message *message;
	time_t now;
};

struct intake_result {
	int64_t message, thread; /* 0 when the arrival itself was known */
	bool known;              /* the message was, or the arrival */
	bool judged;             /* verdict is set */
	bool unverified;         /* nothing follows from it; see below */
	struct verdict verdict;
	struct finding *new_findings; /* recorded by this call */
	size_t new_finding_count;
};

/* The verdict lies in arena (and in item->message). */
int intake_message(const struct intake *intake, const struct intake_item *item,
		   struct arena *arena, struct intake_result *ret_result,
		   struct error *err);

/* Is From somebody of the council, and not to be believed? */
bool intake_unverified(const struct people *people,
		       const struct message *message);

/* Settles a claim. A genuine message now moves its case, with its time of
 * receipt; findings it raises none, for its words are gone. ERROR_INPUT when
 * no such claim waits. */
int intake_confirm(const struct intake *intake, int64_t message, bool genuine,
		   struct span who, time_t now, struct arena *arena,
		   struct error *err);

/* An arrival that nothing could be made of: kept as unreadable, once. */
int intake_unreadable(const struct intake *intake, const char *source,
		      struct span key, struct span reason, time_t now,
		      struct error *err);

#endif
