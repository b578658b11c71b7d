/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CASEWORK_H
#define CASEWORK_H
/*
 * The life of a case: one member's enquiry and the council's duty to answer
 * it, with its two clocks and its ladder of reminders (casework.md).
 *
 * A case is a fold over the messages of its thread in order of receipt. A
 * message that comes in its turn moves the case on; one that is read late, or
 * an answer that turns out to have bounced, makes the fold run again: events
 * that no longer follow are marked void, new ones are appended.
 *
 * Use:     fill a struct casework (borrowed pointers, a snapshot), then
 *          casework_message() for every message recorded and casework_wake()
 *          when its time has come. On a reload fill a new one and call
 *          casework_recount(). All of them work inside the caller's
 *          transaction (store_begin) and never open one.
 * Time:    events have the time of receipt of their message; reminders the
 *          time of the wake.
 * Letters: a reminder is recorded as an event; the outbox tells those that no
 *          letter tells yet. A reminder never names a member as recipient.
 */
#include <stdbool.h>
#include <time.h>

#include "base/arena.h"
#include "base/error.h"
#include "facts/calendar.h"
#include "facts/message.h"
#include "facts/people.h"
#include "facts/protocol.h"
#include "record/store.h"

enum {
	CASEWORK_WAKE_CASES = 100, /* cases dealt with in one wake */
	CASEWORK_FOLD_MAX = 1000   /* messages of a thread that are folded */
};

struct casework {
	struct store *store;
	const struct people *people;
	const struct calendar *calendar;
	const struct protocol *protocol;
	/* Enquiries received before this open no case (0: all do), so that the
	 * first reading of an old mailbox reminds nobody of old mail. */
	time_t since;
	/* No letter is ever sent and the mail is of the user's own choosing
	 * (replay): a delivery report may then name a reminder by the case's
	 * reference. Elsewhere anybody could write that. */
	bool letterless;
};

/* Moves the cases that a recorded message belongs to. facts: the message
 * itself, for the excerpt that a new case keeps and for delivery reports. */
int casework_message(const struct casework *casework,
		     const struct store_message *message,
		     const struct message *facts, time_t now,
		     struct arena *arena, struct error *err);

/* Records the reminders that are due: of each case the newest rung only, the
 * ones before it are past. Does nothing while paused. ret_next: when to call
 * again; `now` when there is more to do, 0 when no case waits. */
int casework_wake(const struct casework *casework, time_t now, time_t *ret_next,
		  struct error *err);

/* Computes the next rung of all open cases anew: calendar, protocol or
 * directory have changed. */
int casework_recount(const struct casework *casework, struct error *err);

/* A reminder did not reach this recipient for good: the next person up gets
 * it. letter_id: the letter's Message-ID. Said again, it changes nothing. */
int casework_undelivered(const struct casework *casework, struct span letter_id,
			 struct span recipient, time_t now, struct error *err);

/* ---- dates, for those who show them ---- */

struct case_dates {
	time_t ack_due; /* 0: the protocol has no such deadline */
	time_t response_due;
};

struct case_dates casework_dates(const struct casework *casework, time_t clock);

/* The moment of a rung for a clock started at that time. */
time_t casework_moment(const struct casework *casework, const struct rung *rung,
		       time_t clock);

/* How a deadline was counted: each day from the day of receipt on. */
struct counted_day {
	struct date day;
	int number;          /* day 0, 1, 2 … ; -1 when it does not count */
	const char *why_not; /* "Good Friday", "Saturday"; NULL when it does */
};

int casework_count(const struct casework *casework, time_t received, int within,
		   struct arena *arena, struct counted_day **ret_days,
		   size_t *ret_count);

/* ---- pause ---- */

/* While paused no reminder is made and no letter is sent; mail is read and
 * cases move on as ever. Survives a restart. */
int casework_pause(struct store *store, struct span who, struct span reason,
		   time_t now, struct error *err);
int casework_resume(struct store *store, struct error *err);
/* 1 or 0 or -1. */
int casework_paused(struct store *store, struct error *err);

#endif
