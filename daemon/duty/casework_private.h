/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CASEWORK_PRIVATE_H
#define CASEWORK_PRIVATE_H
/*
 * What the files of casework share: one turn of a case's life, the ladder, and
 * the fates of reminders and answers.
 */
#include "casework.h"
#include "reach.h"

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

/* What a message from a member, an officer or a team means to the case. */
void life_step(struct turn *turn);

/* A case is open when somebody waits for an answer. */
bool life_open(const struct store_case *c);

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
