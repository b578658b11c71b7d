/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ladder of reminders (casework.md "Reminders"): rungs from the protocol,
 * each at the opening of office hours on its working day.
 *
 * A case remembers the moment up to which its rungs are dealt with, and the
 * moment of the next that still has something to remind of. When several have
 * passed (the daemon was down, mail was read late) the newest is recorded and
 * the earlier ones are past.
 */
#include "casework_private.h"

/* What the rung reminds of has not happened yet. */
static bool
still_due(const struct store_case *c, const struct rung *rung)
{
	return life_open(c) && (rung->anchor != ANCHOR_ACK || !c->acknowledged);
}

void
ladder_set_wake(const struct casework *casework, struct store_case *c)
{
	const struct protocol *protocol = casework->protocol;

	c->wake = 0;
	for (size_t i = 0; i < protocol->rung_count; i++) {
		time_t moment;

		if (!still_due(c, &protocol->rungs[i]))
			continue;
		moment = casework_moment(casework, &protocol->rungs[i],
					 c->clock);
		if (moment > c->rung && (!c->wake || moment < c->wake))
			c->wake = moment;
	}
}

static struct span
person_for(const struct casework *casework, enum rung_party party,
	   struct span owner)
{
	const struct people *people = casework->people;
	struct span person = span_of("");

	if (party == PARTY_OWNER)
		person = may_be_told(people, owner);
	else if (party == PARTY_MANAGER)
		person = manager_of(people, owner);
	else if (party == PARTY_ENQUIRIES)
		person = enquiries_post(people);
	return person;
}

/* Somebody must get it: the owner when there is no manager, the post for
 * members' enquiries when the owner has left the directory. */
static struct span
recipient_of(const struct casework *casework, enum rung_party party,
	     struct span owner)
{
	struct span person = person_for(casework, party, owner);

	if (!person.len)
		person = may_be_told(casework->people, owner);
	if (!person.len)
		person = enquiries_post(casework->people);
	return person;
}

int
ladder_remind(const struct casework *casework, const struct store_case *c,
	      const struct store_event *reminder, struct error *err)
{
	struct store_event event = *reminder;

	event.case_id = c->id;
	event.kind = EVENT_REMINDER;
	event.owner = c->owner;
	if (!event.to.count)
		event.letter = -1; /* nobody is there to be told */
	return store_event_add(casework->store, &event, err);
}

static int
climb_rung(const struct casework *casework, const struct store_case *c,
	   const struct rung *rung, time_t now, struct error *err)
{
	struct span to = recipient_of(casework, rung->to, c->owner);
	struct span cc = person_for(casework, rung->cc, c->owner);
	struct store_event reminder = { .at = now, .stage = rung->stage };

	if (to.len)
		reminder.to = (struct words){ .at = &to, .count = 1 };
	if (cc.len && !span_equal(cc, to))
		reminder.cc = (struct words){ .at = &cc, .count = 1 };
	return ladder_remind(casework, c, &reminder, err);
}

/* The newest moment that has come and still has something to remind of. */
static time_t
newest_moment(const struct casework *casework, const struct store_case *c,
	      time_t now)
{
	const struct protocol *protocol = casework->protocol;
	time_t newest = 0;

	for (size_t i = 0; i < protocol->rung_count; i++) {
		time_t moment = casework_moment(casework, &protocol->rungs[i],
						c->clock);

		if (moment > c->rung && moment <= now && moment > newest &&
		    still_due(c, &protocol->rungs[i]))
			newest = moment;
	}
	return newest;
}

static int
climb(const struct casework *casework, struct store_case *c, time_t now,
      struct error *err)
{
	const struct protocol *protocol = casework->protocol;
	time_t newest = newest_moment(casework, c, now);

	for (size_t i = 0; newest && i < protocol->rung_count; i++) {
		const struct rung *rung = &protocol->rungs[i];

		if (still_due(c, rung) &&
		    casework_moment(casework, rung, c->clock) == newest &&
		    climb_rung(casework, c, rung, now, err))
			return -1;
	}
	if (newest)
		c->rung = newest;
	ladder_set_wake(casework, c);
	return store_case_update(casework->store, c, err);
}

static int
next_wake(const struct casework *casework, struct arena *arena, time_t now,
	  time_t *ret_next, struct error *err)
{
	struct case_query query = { .wake_until = INT64_MAX, .limit = 1 };
	struct store_case *first;
	size_t count;

	if (store_cases(casework->store, &query, arena, &first, &count, err))
		return -1;
	*ret_next = 0;
	if (count)
		*ret_next = first->wake > now ? first->wake : now;
	return 0;
}

int
casework_wake(const struct casework *casework, time_t now, time_t *ret_next,
	      struct error *err)
{
	struct case_query query = { .wake_until = now,
				    .limit = CASEWORK_WAKE_CASES };
	struct arena *arena;
	struct store_case *cases;
	size_t count;
	int result = -1, paused = casework_paused(casework->store, err);

	if (paused) {
		*ret_next = 0;
		return paused < 0 ? -1 : 0;
	}
	arena = arena_new(0);
	if (store_cases(casework->store, &query, arena, &cases, &count, err))
		goto out;
	for (size_t i = 0; i < count; i++)
		if (climb(casework, &cases[i], now, err)) {
			error_add(err, "while reminding of case C%lld",
				  (long long)cases[i].id);
			goto out;
		}
	result = next_wake(casework, arena, now, ret_next, err);
out:
	arena_free(arena);
	return result;
}

int
casework_recount(const struct casework *casework, struct error *err)
{
	struct case_query query = { .open = true };
	struct arena *arena = arena_new(0);
	struct store_case *cases;
	size_t count;
	int result = -1;

	if (store_cases(casework->store, &query, arena, &cases, &count, err))
		goto out;
	for (size_t i = 0; i < count; i++) {
		time_t before = cases[i].wake;

		ladder_set_wake(casework, &cases[i]);
		if (cases[i].wake != before &&
		    store_case_update(casework->store, &cases[i], err))
			goto out;
	}
	result = 0;
out:
	arena_free(arena);
	return result;
}
