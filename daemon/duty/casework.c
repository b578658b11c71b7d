/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a recorded message to the cases that it moves on, and from there into
 * the store. The meaning of a message is in the life; here is which cases it
 * meets, in its turn or late.
 */
#include <string.h>

#include "casework_private.h"

static bool
is_member(const struct casework *casework, struct span email)
{
	return people_role(casework->people, email) == ROLE_MEMBER;
}

/* Not within a character. */
static struct span
cut(struct span text, size_t most)
{
	text = span_trim(text);
	if (text.len <= most)
		return text;
	while (most && ((unsigned char)text.ptr[most] & 0xC0) == 0x80)
		most--;
	return span_sub(text, 0, most);
}

/* What letters in this case need of the enquiry that started its round. */
static void
keep_enquiry(struct store_case *c, const struct message *facts,
	     struct arena *arena)
{
	size_t count = facts->reference_count;

	c->subject = cut(facts->subject, STORE_SUBJECT_MAX);
	c->excerpt = cut(facts->body, STORE_EXCERPT_MAX);
	c->references.at = arena_array(arena, count + 1, sizeof(struct span));
	c->references.count = count;
	for (size_t i = 0; i < count; i++)
		c->references.at[i] = facts->references[i];
	if (!count && facts->in_reply_to.len)
		c->references.at[c->references.count++] = facts->in_reply_to;
}

/* After a turn: what is kept only while the case is open, and the next wake. */
static void
settle_case(const struct casework *casework, struct store_case *c)
{
	if (!life_open(c)) {
		c->subject = span_of("");
		c->excerpt = span_of("");
	}
	ladder_set_wake(casework, c);
}

static int
record_events(const struct casework *casework, struct turn *turn,
	      struct error *err)
{
	for (size_t i = 0; i < turn->event_count; i++) {
		turn->events[i].case_id = turn->c->id;
		if (store_event_add(casework->store, &turn->events[i], err))
			return -1;
	}
	return 0;
}

static int
bounced_for(const struct casework *casework, struct turn *turn,
	    struct error *err)
{
	int found;

	turn->bounced = false;
	if (!is_officer(casework->people, turn->message->from) ||
	    !reaches(turn->message, turn->c->member))
		return 0;
	found = store_bounce_find(casework->store, turn->message->message_id,
				  turn->c->member, err);
	turn->bounced = found == 1;
	return found < 0 ? -1 : 0;
}

/* One message in its turn. facts: of that very message. */
static int
take_turn(const struct casework *casework, struct store_case *c,
	  const struct store_message *message, const struct message *facts,
	  struct arena *arena, struct error *err)
{
	struct turn turn = {
		.casework = casework, .arena = arena, .c = c, .message = message
	};
	int64_t enquiry = c->enquiry;

	if (bounced_for(casework, &turn, err))
		return -1;
	life_step(&turn);
	if (!turn.event_count)
		return 0;
	if (c->enquiry != enquiry)
		keep_enquiry(c, facts, arena);
	settle_case(casework, c);
	if (c->id ? store_case_update(casework->store, c, err) :
		    store_case_add(casework->store, c, err))
		return -1;
	return record_events(casework, &turn, err);
}

/* ---- the fold, run again ---- */

static bool
same_event(const struct store_event *a, const struct store_event *b)
{
	return a->kind == b->kind && a->message == b->message;
}

static bool
holds_event(const struct store_event *list, size_t count,
	    const struct store_event *event)
{
	for (size_t i = 0; i < count; i++)
		if (same_event(&list[i], event))
			return true;
	return false;
}

/* Voids what no longer follows, appends what follows now. */
static int
amend_events(const struct casework *casework, struct turn *turn,
	     struct error *err)
{
	struct event_query query = { .case_id = turn->c->id };
	struct store_event *old;
	size_t count, fresh = 0;

	if (store_events(casework->store, &query, turn->arena, &old, &count,
			 err))
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (!old[i].message ||
		    holds_event(turn->events, turn->event_count, &old[i]))
			continue;
		old[i].voided = true;
		if (store_event_update(casework->store, &old[i], err))
			return -1;
	}
	for (size_t i = 0; i < turn->event_count; i++)
		if (!holds_event(old, count, &turn->events[i]))
			turn->events[fresh++] = turn->events[i];
	turn->event_count = fresh;
	return record_events(casework, turn, err);
}

int
casework_refold(const struct casework *casework, struct store_case *c,
		struct arena *arena, struct error *err)
{
	struct store_case fold = { .id = c->id,
				   .thread = c->thread,
				   .member = c->member };
	struct turn turn = { .casework = casework, .arena = arena, .c = &fold };
	struct store_message *messages;
	size_t count;

	if (store_messages(casework->store, c->thread, 0, CASEWORK_FOLD_MAX,
			   arena, &messages, &count, err))
		return -1;
	for (size_t i = 0; i < count; i++) {
		turn.message = &messages[i];
		if (bounced_for(casework, &turn, err))
			return -1;
		life_step(&turn);
	}
	if (fold.state == CASE_NONE)
		return 0; /* its beginning is out of reach: leave it alone */
	if (fold.rung < c->rung)
		fold.rung = c->rung; /* nobody is reminded twice */
	fold.references = c->references;
	fold.subject = c->subject;
	fold.excerpt = c->excerpt;
	*c = fold;
	settle_case(casework, c);
	if (store_case_update(casework->store, c, err))
		return -1;
	return amend_events(casework, &turn, err);
}

/* ---- which cases a message meets ---- */

/* Has the thread messages that were received after this one? */
static int
is_late(const struct casework *casework, const struct store_message *message,
	struct arena *arena, bool *ret_late, struct error *err)
{
	struct store_message *newest;
	size_t count;

	if (store_messages(casework->store, message->thread, 0, 1, arena,
			   &newest, &count, err))
		return -1;
	*ret_late = count && (newest[0].received > message->received);
	return 0;
}

/* A member has one case in a thread; after threads were joined it may be
 * several, and then the newest open one counts, else the newest. */
static struct store_case *
member_case(struct store_case *cases, size_t count)
{
	struct store_case *best = NULL;

	for (size_t i = 0; i < count; i++)
		if (!best || life_open(&cases[i]) || !life_open(best))
			best = &cases[i];
	return best;
}

static int
from_member(const struct casework *casework,
	    const struct store_message *message, const struct message *facts,
	    struct arena *arena, struct error *err)
{
	struct case_query query = { .thread = message->thread,
				    .member = message->from };
	struct store_case fresh = { .thread = message->thread,
				    .member = message->from };
	struct store_case *cases, *c;
	size_t count;
	bool late;

	if (store_cases(casework->store, &query, arena, &cases, &count, err))
		return -1;
	c = member_case(cases, count);
	if (!c && !message->enquiry)
		return 0;
	if (is_late(casework, message, arena, &late, err))
		return -1;
	if (c && late && count == 1)
		return casework_refold(casework, c, arena, err);
	if (!c)
		c = &fresh;
	if (take_turn(casework, c, message, facts, arena, err))
		return -1;
	if (late && c == &fresh && c->id)
		return casework_refold(casework, c, arena, err);
	return 0;
}

static int
from_officer(const struct casework *casework,
	     const struct store_message *message, const struct message *facts,
	     struct arena *arena, struct error *err)
{
	struct case_query query = { .thread = message->thread };
	struct store_case *cases;
	size_t count;
	bool late = false;

	if (store_cases(casework->store, &query, arena, &cases, &count, err))
		return -1;
	if (count && is_late(casework, message, arena, &late, err))
		return -1;
	for (size_t i = 0; i < count; i++) {
		bool alone = true;

		for (size_t j = 0; j < count; j++)
			alone &= j == i ||
				 !span_equal(cases[j].member, cases[i].member);
		if (late && alone) {
			if (casework_refold(casework, &cases[i], arena, err))
				return -1;
		} else if (take_turn(casework, &cases[i], message, facts, arena,
				     err)) {
			return -1;
		}
	}
	return 0;
}

int
casework_message(const struct casework *casework,
		 const struct store_message *message,
		 const struct message *facts, time_t now, struct arena *arena,
		 struct error *err)
{
	if (message->unverified)
		return 0;
	if (message->automatic == AUTOMATIC_BOUNCE)
		return fate_of_report(casework, message, facts, now, arena,
				      err);
	if (message->automatic == AUTOMATIC_REPLY)
		return fate_of_absence(casework, message, facts, now, arena,
				       err);
	if (message->automatic != AUTOMATIC_NO)
		return 0;
	if (is_member(casework, message->from))
		return from_member(casework, message, facts, arena, err);
	if (is_officer(casework->people, message->from))
		return from_officer(casework, message, facts, arena, err);
	return 0;
}
