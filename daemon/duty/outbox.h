/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OUTBOX_H
#define OUTBOX_H
/*
 * Letters: from what has to be told, to a composed message with its final
 * Message-ID, to its fate.
 *
 * outbox_wake() composes what has come due: reminders (several for one person
 * at the same moment as one digest), the Monitoring Officer's mail about new
 * `high` flags (at most one an hour) and the daily summary. It sends nothing
 * itself: the sender asks outbox_take() for the next letter, which is then
 * `sending`, and reports with outbox_settle(). A letter found `sending` at
 * start may have gone out or not: outbox_recover() makes it `unknown`, and it
 * goes again with the same Message-ID.
 *
 * Recipients are officers and teams of the directory, nobody else, checked in
 * one place when a letter is queued and again when it is taken.
 *
 * Letters leave in office hours on working days and not while paused; test
 * letters always. A refusal for good (and a bounce) of a reminder goes to
 * casework, which finds the next person up.
 *
 * Transactions: outbox_wake works inside the caller's, as casework_wake does;
 * take, settle, recover and test open their own.
 */
#include <time.h>

#include "base/fault.h"
#include "casework.h"
#include "guard.h"

enum {
	OUTBOX_ATTEMPTS_MAX = 40,    /* some five days, then it failed */
	OUTBOX_FIRST_RETRY_S = 60,   /* doubled each time … */
	OUTBOX_LAST_RETRY_S = 14400, /* … up to this, ± a quarter */
	OUTBOX_FLAG_MAIL_S = 3600,   /* at most one flag mail in that time */
	OUTBOX_DIGEST_MAX = 100      /* items in one letter */
};

struct outbox_settings {
	const struct casework *casework; /* borrowed; also the directory */
	const char *letters_directory;   /* *.txt */
	const char *council;             /* "Example City Council" */
	const char *from;                /* clerkd's own address */
	const char *from_name;           /* NULL: "clerkd for <council>" */
	const char *host;     /* right side of Message-IDs; NULL: from's */
	const char *flags_to; /* NULL: the post monitoring-officer */
	bool no_flags;        /* tell nobody of flags */
	/* A flag about its own reader goes to the deputy of the guard, else to
	 * the chief executive. */
	const struct guard *guard; /* NULL: no deputy */
	int flags_every_s;         /* 0: OUTBOX_FLAG_MAIL_S */
	int daily_minutes;         /* after midnight; < 0: no daily summary */
	/* The summary names live rules whose flags are mostly dismissed. */
	const struct filter *filter; /* NULL: all rules are live */
	double review_below;         /* 0: none is named */
};

struct outbox;

/* Reads the templates; a missing or faulty one is a fault. */
int outbox_open(const struct outbox_settings *settings,
		struct fault_list *faults, struct outbox **ret_outbox,
		struct error *err);
void outbox_close(struct outbox *outbox);

/* Once at start, before the first take. ret_unknown: how many. */
int outbox_recover(struct outbox *outbox, time_t now, unsigned *ret_unknown,
		   struct error *err);

/* Call it at ret_next and after every batch, when casework_wake() has caught up
 * (so that what belongs to one moment is together). ret_next: when something
 * has to be composed or sent next; 0 nothing known. Bounded: OUTBOX_DIGEST_MAX
 * reminders a call, `now` when more wait. */
int outbox_wake(struct outbox *outbox, time_t now, time_t *ret_next,
		struct error *err);

/* The next letter to hand to the relay, marked `sending`: 1, 0 none, -1. */
int outbox_take(struct outbox *outbox, time_t now, struct arena *arena,
		struct store_letter *ret_letter, struct error *err);
/* What became of it. result NULL or ERROR_NONE: accepted by the relay;
 * ERROR_PERMANENT: fate; ERROR_INTERNAL: nobody knows whether it was accepted,
 * so it is `unknown` and goes again with the same Message-ID; any other kind:
 * again later. */
int outbox_settle(struct outbox *outbox, int64_t letter,
		  const struct error *result, time_t now, struct error *err);

/* Queues a test letter. ERROR_INPUT when the recipient is no officer or team
 * of the directory. */
int outbox_test(struct outbox *outbox, struct span recipient, time_t now,
		struct error *err);

#endif
