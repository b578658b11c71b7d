/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPLAY_H
#define REPLAY_H
/*
 * The whole of intake and casework over mail that lies in files, with a
 * simulated clock. Nothing is stored on disk, nothing is sent.
 *
 * Use:  replay_new(), replay_message() in order of receipt, replay_finish().
 *       Before a message all rungs whose moment is earlier are fired; at the
 *       same moment the message comes first. A message received after `until`
 *       is left out.
 * Events come in order of time from replay_finish(), without those that
 *       turned out not to have happened (an answer that bounced).
 */
#include "intake.h"

struct replay;

struct replay_settings {
	const struct people *people;
	const struct calendar *calendar;
	const struct elections *elections;
	const struct protocol *protocol;
	const struct filter *filter;
	const struct guard *guard; /* NULL: nobody is guarded */
	intake_judge *judge;       /* NULL: the filter */
	void *judge_context;
	time_t until;
};

struct replay_event {
	time_t time;
	const char *event;         /* "opened", …, "reminder", "flagged" */
	int64_t case_id;           /* 0: a flag on a message outside any case */
	struct span message_id;    /* empty for reminders */
	struct span member, owner; /* opened, reopened, reassigned */
	time_t ack_due, response_due; /* opened, reopened; ack 0: null */
	struct span stage;            /* reminder */
	struct words to, cc;          /* reminder */
	struct span rule;             /* flagged */
};

typedef void replay_handler(void *context, const struct replay_event *event);

int replay_new(const struct replay_settings *settings,
	       struct replay **ret_replay, struct error *err);
void replay_free(struct replay *replay);

/* key: what names the message in its source (its file). */
int replay_message(struct replay *replay, struct span key,
		   const struct message *message, struct error *err);
int replay_finish(struct replay *replay, replay_handler *handler, void *context,
		  struct error *err);

#endif
