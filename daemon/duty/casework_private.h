/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CASEWORK_PRIVATE_H
#define CASEWORK_PRIVATE_H
/*
 * What the files of casework share: one turn of a case's life, who is reached
 * by what, and the run of the ladder.
 */
#include "casework.h"

/* One message meets one case. The case is changed in place; what happened is
 * appended to events (without ids). Pure: touches no store. */
struct turn {
	const struct casework *casework;
	struct arena *arena;
	struct store_case *c;
	const struct store_message *message;
	bool bounced; /* it did not reach the case's member */
	struct store_event *events;
	size_t event_count;
};

/* The life of a case: state and event decide whether an event may happen and
 * what comes after. Changes the case and appends the event; false when the
 * state does not have it. The only function that changes a case's state. */
bool life_event(struct turn *turn, enum case_event_kind kind);

/* What a message from a member, an officer or a team means to the case. */
void life_step(struct turn *turn);

/* A case is open when somebody waits for an answer. */
bool life_open(const struct store_case *c);

/* ---- who reaches whom ---- */

bool words_hold(const struct words *words, struct span word);
bool reaches(const struct store_message *message, struct span person);
bool is_officer(const struct people *people, struct span email);
/* First officer, else first team, of a list; except one; or empty. */
struct span first_officer(const struct people *people,
			  const struct words *words, struct span except);
/* Does the message go to an officer or team at all? */
bool to_officers(const struct people *people,
		 const struct store_message *message);
/* Canonical address when it is an officer or team of the directory who may be
 * written to; else empty. */
struct span may_be_told(const struct people *people, struct span email);
struct span manager_of(const struct people *people, struct span owner);
/* The post members-enquiries, else monitoring-officer, else empty. */
struct span enquiries_post(const struct people *people);
struct span holder_of(const struct people *people, enum post post);

/* ---- the ladder ---- */

/* Sets the case's next wake from where it stands on the ladder. */
void ladder_set_wake(const struct casework *casework, struct store_case *c);

/* Records a reminder to whom it is given. */
int ladder_remind(const struct casework *casework, const struct store_case *c,
		  const struct store_event *reminder, struct error *err);

/* ---- fates of reminders and answers ---- */

/* A delivery report, or an absence note: what came back. */
int fate_of_report(const struct casework *casework,
		   const struct store_message *message,
		   const struct message *facts, time_t now, struct arena *arena,
		   struct error *err);
int fate_of_absence(const struct casework *casework,
		    const struct store_message *message,
		    const struct message *facts, time_t now,
		    struct arena *arena, struct error *err);

/* Runs the fold of a case again over all of its thread. */
int casework_refold(const struct casework *casework, struct store_case *c,
		    struct arena *arena, struct error *err);

#endif
