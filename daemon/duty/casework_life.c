/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The life of a case as a table, and what each message means to it.
 *
 *   Sheffield 10.3.1, 10.3.2; Tower Hamlets 3.12, 5.7, 8.1, 11.2;
 *   casework.md "Life of a case"
 *
 * The first human word from an officer or team to the member acknowledges; one
 * that answers rather than holds ends the case. The owner, or a team, may hand
 * it over. The member's own messages withdraw, escalate, reopen or chase, one
 * event a message, the first that fits.
 */
#include "casework_private.h"

/* What state follows; CASE_NONE: the event does not happen in that state. */
static const enum case_state after[CASE_STATE_COUNT][EVENT_KIND_COUNT] = {
	[CASE_NONE] = { [EVENT_OPENED] = CASE_WAITING },
	[CASE_WAITING] = { [EVENT_ACKNOWLEDGED] = CASE_HELD,
			   [EVENT_REASSIGNED] = CASE_WAITING,
			   [EVENT_CHASED] = CASE_WAITING,
			   [EVENT_ESCALATED] = CASE_WAITING,
			   [EVENT_WITHDRAWN] = CASE_WITHDRAWN,
			   [EVENT_REMINDER] = CASE_WAITING },
	[CASE_HELD] = { [EVENT_HOLDING] = CASE_HELD,
			[EVENT_RESPONDED] = CASE_ANSWERED,
			[EVENT_REASSIGNED] = CASE_HELD,
			[EVENT_CHASED] = CASE_HELD,
			[EVENT_ESCALATED] = CASE_HELD,
			[EVENT_WITHDRAWN] = CASE_WITHDRAWN,
			[EVENT_REMINDER] = CASE_HELD },
	[CASE_ANSWERED] = { [EVENT_REOPENED] = CASE_WAITING,
			    [EVENT_ESCALATED] = CASE_WAITING },
	[CASE_WITHDRAWN] = { [EVENT_REOPENED] = CASE_WAITING },
};

bool
life_open(const struct store_case *c)
{
	return c->state == CASE_WAITING || c->state == CASE_HELD;
}

/* A new clock, all rungs anew. */
static void
start_round(struct store_case *c, const struct store_message *message)
{
	c->clock = message->received;
	c->rung = message->received;
	c->acknowledged = 0;
	c->closed = 0;
	c->promise = (struct date){ 0 };
	c->enquiry = message->id;
	c->enquiry_id = message->message_id;
	c->round++;
}

static void
take_effect(struct turn *turn, enum case_event_kind kind, bool was_open)
{
	struct store_case *c = turn->c;
	const struct store_message *message = turn->message;

	if (!was_open && life_open(c))
		start_round(c, message);
	if (was_open && !life_open(c))
		c->closed = message->received;
	if (kind == EVENT_OPENED)
		c->opened = message->received;
	if (kind == EVENT_ACKNOWLEDGED)
		c->acknowledged = message->received;
	if (kind == EVENT_HOLDING && message->promise.year)
		c->promise = message->promise;
}

/* State and event decide whether an event may happen and what comes after.
 * Changes the case and appends the event; false when the state does not have
 * it. The only function that changes a case's state. */
static bool
life_event(struct turn *turn, enum case_event_kind kind)
{
	struct store_case *c = turn->c;
	enum case_state next = after[c->state][kind];
	bool was_open = life_open(c);
	struct store_event *event;

	if (next == CASE_NONE)
		return false;
	c->state = next;
	take_effect(turn, kind, was_open);
	event = arena_push(turn->arena, &turn->events, &turn->event_count,
			   sizeof(*event));
	*event = (struct store_event){
		.case_id = c->id,
		.kind = kind,
		.at = turn->message->received,
		.message = turn->message->id,
		.message_id = turn->message->message_id,
		.owner = c->owner,
	};
	if (kind == EVENT_HOLDING)
		event->promise = turn->message->promise;
	return true;
}

/* ---- the member writes ---- */

/* To (not Cc) somebody to whom the protocol lets a member take it further, and
 * who is not the one that has to answer anyway. */
static bool
goes_further(const struct turn *turn)
{
	const struct casework *casework = turn->casework;
	const struct words *to = &turn->message->to;

	for (size_t i = 0; i < to->count; i++) {
		const struct person *person =
			people_find(casework->people, to->at[i]);

		if (person && is_officer(casework->people, to->at[i]) &&
		    (person->posts & casework->protocol->escalation_posts) &&
		    !span_equal_nocase(person->email, turn->c->owner))
			return true;
	}
	return false;
}

static void
open_case(struct turn *turn)
{
	const struct store_message *message = turn->message;
	const struct people *people = turn->casework->people;
	struct span owner = first_officer(people, &message->to, span_of(""));

	if (!message->enquiry || message->received < turn->casework->since)
		return;
	for (size_t i = 0; !owner.len && i < message->cc.count; i++)
		if (is_officer(people, message->cc.at[i]))
			owner = message->cc.at[i];
	if (!owner.len)
		return;
	turn->c->owner = owner;
	life_event(turn, EVENT_OPENED);
}

static void
member_writes(struct turn *turn)
{
	const struct store_message *message = turn->message;
	const struct {
		enum case_event_kind kind;
		bool fits;
	} means[] = {
		{ EVENT_WITHDRAWN, message->withdrawal },
		{ EVENT_ESCALATED,
		  !message->only_thanks && goes_further(turn) },
		{ EVENT_REOPENED, message->enquiry },
		{ EVENT_CHASED, !message->only_thanks },
	};

	if (!to_officers(turn->casework->people, message))
		return;
	if (turn->c->state == CASE_NONE) {
		open_case(turn);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(means); i++)
		if (means[i].fits && life_event(turn, means[i].kind))
			return;
}

/* ---- an officer or a team writes ---- */

static void
officer_answers(struct turn *turn)
{
	switch (turn->message->reply) {
	case REPLY_ANSWER:
		life_event(turn, EVENT_ACKNOWLEDGED);
		life_event(turn, EVENT_RESPONDED);
		break;
	case REPLY_HOLDING:
	case REPLY_QUESTION_BACK:
	case REPLY_PASSED_ON:
		life_event(turn, EVENT_ACKNOWLEDGED);
		life_event(turn, EVENT_HOLDING);
		break;
	case REPLY_NONE: /* a human word, but no answer to this */
		life_event(turn, EVENT_ACKNOWLEDGED);
		break;
	default:
		break;
	}
}

static void
officer_hands_over(struct turn *turn)
{
	const struct people *people = turn->casework->people;
	const struct store_message *message = turn->message;
	struct span owner;

	if (!message->hands_over ||
	    (!span_equal(message->from, turn->c->owner) &&
	     people_role(people, message->from) != ROLE_TEAM))
		return;
	owner = first_officer(people, &message->to, message->from);
	if (!owner.len || span_equal(owner, turn->c->owner) ||
	    !life_open(turn->c))
		return;
	turn->c->owner = owner;
	life_event(turn, EVENT_REASSIGNED);
}

void
life_step(struct turn *turn)
{
	const struct store_message *message = turn->message;
	struct store_case *c = turn->c;

	if (message->automatic != AUTOMATIC_NO || message->unverified)
		return;
	if (span_equal(message->from, c->member)) {
		member_writes(turn);
		return;
	}
	if (!is_officer(turn->casework->people, message->from) || !life_open(c))
		return;
	if (reaches(message, c->member) && !turn->bounced)
		officer_answers(turn);
	officer_hands_over(turn);
}
