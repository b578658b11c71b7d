/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Intake and casework under a simulated clock, on a store in memory. */
#include <stdlib.h>

#include "replay.h"

struct replay {
	struct store *store;
	struct casework casework;
	struct intake intake;
	struct arena *arena;
	time_t until, next; /* next rung; 0 none */
};

int
replay_new(const struct replay_settings *settings, struct replay **ret_replay,
	   struct error *err)
{
	struct replay *replay = calloc(1, sizeof(*replay));

	if (!replay)
		return error_set(err, ERROR_INTERNAL, "replay: no memory");
	if (store_open(":memory:", &replay->store, err)) {
		free(replay);
		return -1;
	}
	replay->arena = arena_new(0);
	replay->until = settings->until;
	replay->casework = (struct casework){
		.store = replay->store,
		.people = settings->people,
		.calendar = settings->calendar,
		.protocol = settings->protocol,
		.letterless = true,
	};
	replay->intake = (struct intake){
		.store = replay->store,
		.people = settings->people,
		.calendar = settings->calendar,
		.elections = settings->elections,
		.filter = settings->filter,
		.guard = settings->guard,
		.casework = &replay->casework,
		.judge = settings->judge,
		.judge_context = settings->judge_context,
	};
	*ret_replay = replay;
	return 0;
}

void
replay_free(struct replay *replay)
{
	if (!replay)
		return;
	store_close(replay->store);
	arena_free(replay->arena);
	free(replay);
}

/* Every rung up to that moment, each at its own. */
static int
fire_rungs(struct replay *replay, time_t last, struct error *err)
{
	while (replay->next && replay->next <= last)
		if (casework_wake(&replay->casework, replay->next,
				  &replay->next, err))
			return -1;
	return 0;
}

/* The next rung may have changed by what a message did. */
static int
look_ahead(struct replay *replay, struct error *err)
{
	struct case_query query = { .wake_until = INT64_MAX, .limit = 1 };
	struct store_case *first;
	size_t count;

	if (store_cases(replay->store, &query, replay->arena, &first, &count,
			err))
		return -1;
	replay->next = count ? first->wake : 0;
	return 0;
}

static int
one_message(struct replay *replay, const struct intake_item *item,
	    struct error *err)
{
	struct intake_result result;

	if (store_begin(replay->store, err))
		return -1;
	if (fire_rungs(replay, item->now - 1, err) ||
	    intake_message(&replay->intake, item, replay->arena, &result,
			   err) ||
	    look_ahead(replay, err)) {
		store_rollback(replay->store);
		return -1;
	}
	return store_commit(replay->store, err);
}

int
replay_message(struct replay *replay, struct span key,
	       const struct message *message, struct error *err)
{
	struct intake_item item = {
		.source = "replay",
		.key = key,
		.message = message,
		.now = message->received,
	};
	int result;

	if (message->received > replay->until)
		return 0;
	result = one_message(replay, &item, err);
	arena_clear(replay->arena);
	return result;
}

/* ---- telling ---- */

static void
tell_event(const struct replay *replay, const struct store_event *from,
	   replay_handler *handler, void *context)
{
	struct replay_event event = {
		.time = from->at,
		.event = case_event_name(from->kind),
		.case_id = from->case_id,
		.message_id = from->message_id,
		.stage = from->stage,
		.to = from->to,
		.cc = from->cc,
	};

	if (from->kind == EVENT_OPENED || from->kind == EVENT_REOPENED) {
		struct case_dates dates =
			casework_dates(&replay->casework, from->at);

		event.ack_due = dates.ack_due;
		event.response_due = dates.response_due;
	}
	if (from->kind == EVENT_OPENED || from->kind == EVENT_REOPENED ||
	    from->kind == EVENT_REASSIGNED) {
		event.member = from->member;
		event.owner = from->owner;
	}
	handler(context, &event);
}

static void
tell_flag(const struct store_finding *from, replay_handler *handler,
	  void *context)
{
	struct replay_event event = {
		.time = from->received,
		.event = "flagged",
		.case_id = from->case_id,
		.message_id = from->message_id,
		.rule = from->rule,
	};

	handler(context, &event);
}

static int
by_receipt(const void *a, const void *b)
{
	const struct store_finding *x = a, *y = b;

	if (x->received != y->received)
		return x->received < y->received ? -1 : 1;
	return x->id < y->id ? -1 : 1;
}

static int
tell_all(struct replay *replay, replay_handler *handler, void *context,
	 struct error *err)
{
	struct finding_query flags_query = { .live = true };
	struct event_query events_query = { 0 };
	struct store_finding *flags;
	struct store_event *events;
	size_t flag_count, event_count, f = 0;

	if (store_events(replay->store, &events_query, replay->arena, &events,
			 &event_count, err) ||
	    store_findings(replay->store, &flags_query, replay->arena, &flags,
			   &flag_count, err))
		return -1;
	if (flag_count)
		qsort(flags, flag_count, sizeof(*flags), by_receipt);
	for (size_t e = 0; e < event_count; e++) {
		while (f < flag_count && flags[f].received <= events[e].at)
			tell_flag(&flags[f++], handler, context);
		if (events[e].kind != EVENT_UNDELIVERED)
			tell_event(replay, &events[e], handler, context);
	}
	while (f < flag_count)
		tell_flag(&flags[f++], handler, context);
	return 0;
}

int
replay_finish(struct replay *replay, replay_handler *handler, void *context,
	      struct error *err)
{
	if (store_begin(replay->store, err))
		return -1;
	if (fire_rungs(replay, replay->until, err)) {
		store_rollback(replay->store);
		return -1;
	}
	if (store_commit(replay->store, err))
		return -1;
	return tell_all(replay, handler, context, err);
}
