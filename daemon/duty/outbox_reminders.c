/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From recorded reminders to letters. A reminder whose people have no other
 * one at the moment is a reply in its case's thread, To and Cc. Whoever is in
 * several gets one digest of theirs instead, and then everybody in those
 * reminders is written to alone, so that nobody sees another's items.
 */
#include "outbox_private.h"

struct item {
	struct store_event *event;
	const struct store_case *c;
	struct words people; /* To, then Cc */
	size_t to_count;
	bool shared; /* somebody in it has another item */
	int64_t letter;
};

struct round {
	struct outbox *outbox;
	struct arena *arena;
	time_t now;
	struct item *items;
	size_t count;
};

static const struct rung *
rung_of(const struct outbox *outbox, struct span stage)
{
	const struct protocol *protocol = outbox->settings.casework->protocol;

	for (size_t i = 0; i < protocol->rung_count; i++)
		if (span_equal(protocol->rungs[i].stage, stage))
			return &protocol->rungs[i];
	return NULL;
}

/* A later rung of the same case waits too: it says all that is needed. */
static bool
overtaken(const struct store_event *events, size_t count, size_t at)
{
	for (size_t i = at + 1; i < count && !events[at].upwards; i++)
		if (events[i].case_id == events[at].case_id &&
		    events[i].at > events[at].at && !events[i].upwards)
			return true;
	return false;
}

/* Between the rung and the opening of the office things may have happened. */
static bool
still_worth_telling(const struct outbox *outbox, const struct item *item)
{
	const struct rung *rung = rung_of(outbox, item->event->stage);

	if (item->c->closed || item->event->at < item->c->clock)
		return false;
	return !rung || rung->anchor != ANCHOR_ACK || !item->c->acknowledged;
}

/* ---- what a reminder says ---- */

static struct span
member_words(const struct round *round, struct span email, bool brief)
{
	struct span name = words_name(round->outbox, email, round->arena);
	struct span rest = name, word;

	if (!brief)
		return arena_printf(round->arena, "Councillor %.*s",
				    SPAN_ARG(name));
	while (span_next(&rest, ' ', &word))
		name = word;
	return arena_printf(round->arena, "Cllr %.*s", SPAN_ARG(name));
}

static bool
is_owner(const struct round *round, const struct item *item, struct span reader)
{
	return span_equal(may_be_told(round->outbox->settings.casework->people,
				      item->c->owner),
			  reader);
}

/* Why somebody other than the owner reads this. */
static void
reader_words(const struct round *round, const struct item *item,
	     struct span reader, bool late, struct values *values)
{
	struct span owner =
		words_name(round->outbox, item->c->owner, round->arena);
	bool copied = false;

	for (size_t i = item->to_count; i < item->people.count; i++)
		copied |= span_equal(item->people.at[i], reader);
	if (item->event->upwards)
		values->at[PLACE_PASSED_ON] = arena_printf(
			round->arena,
			"This comes to you because %.*s could not be reached "
			"or is away.",
			SPAN_ARG(owner));
	else if (copied)
		values->at[PLACE_COPIED] = arena_printf(
			round->arena,
			"You receive this as a copy; %.*s has it too.",
			SPAN_ARG(words_name(round->outbox, item->people.at[0],
					    round->arena)));
	else if (!is_owner(round, item, reader))
		values->at[PLACE_ESCALATED] = arena_printf(
			round->arena,
			late ? "This comes to you because %.*s has not seen to "
			       "it in time." :
			       "This comes to you because %.*s deals with it.",
			SPAN_ARG(owner));
}

/* Until when, as words that go behind what is waited for. */
static struct span
deadline_words(const struct round *round, struct span day, bool late)
{
	return arena_printf(round->arena,
			    late ? "which was due by %.*s and is late" :
				   "which is due by %.*s",
			    SPAN_ARG(day));
}

static struct span
promise_words(const struct round *round, const struct item *item)
{
	const struct calendar *calendar =
		round->outbox->settings.casework->calendar;
	time_t noon;

	if (!item->c->promise.year)
		return span_of("");
	noon = calendar_time(calendar, item->c->promise, 12 * 60);
	return arena_printf(
		round->arena, "An answer was promised by %.*s.",
		SPAN_ARG(words_day(round->outbox, noon, round->arena)));
}

/* Templates put their own "Re:" in front. */
static struct span
subject_words(const struct item *item)
{
	struct span subject = span_trim(item->c->subject);

	while (span_starts_nocase(subject, "re:"))
		subject = span_trim(span_sub(subject, 3, subject.len));
	return subject.len ? subject : span_of("a member's enquiry");
}

static void
case_values(const struct round *round, const struct item *item,
	    struct span reader, struct values *values)
{
	const struct outbox *outbox = round->outbox;
	const struct rung *rung = rung_of(outbox, item->event->stage);
	struct case_dates dates =
		casework_dates(outbox->settings.casework, item->c->clock);
	struct arena *arena = round->arena;
	bool ack = rung && rung->anchor == ANCHOR_ACK;
	bool late = (ack ? dates.ack_due : dates.response_due) < round->now;

	*values = (struct values){ 0 };
	values->at[PLACE_TO_NAME] = words_first_name(outbox, reader, arena);
	values->at[PLACE_COUNCIL] = span_of(outbox->settings.council);
	values->at[PLACE_CASE] =
		arena_printf(arena, "C%lld", (long long)item->c->id);
	values->at[PLACE_SUBJECT] = subject_words(item);
	values->at[PLACE_MEMBER] = member_words(round, item->c->member, false);
	values->at[PLACE_MEMBER_SHORT] =
		member_words(round, item->c->member, true);
	values->at[PLACE_OWNER] = words_name(outbox, item->c->owner, arena);
	values->at[PLACE_SINCE] = words_day(outbox, item->c->clock, arena);
	values->at[PLACE_WAITS_FOR] =
		span_of(ack ? "an acknowledgement" : "an answer");
	values->at[PLACE_ACK_DUE] = words_day(outbox, dates.ack_due, arena);
	values->at[PLACE_RESPONSE_DUE] =
		words_day(outbox, dates.response_due, arena);
	values->at[PLACE_DUE] =
		values->at[ack ? PLACE_ACK_DUE : PLACE_RESPONSE_DUE];
	values->at[PLACE_DEADLINE] =
		deadline_words(round, values->at[PLACE_DUE], late);
	values->at[PLACE_PROMISED] = promise_words(round, item);
	values->at[PLACE_EXCERPT] = words_quoted(item->c->excerpt, arena);
	reader_words(round, item, reader, late, values);
}

/* ---- letters ---- */

/* A reply in the thread, to all of the item's people or to one alone. */
static int
post_single(struct round *round, struct item *item, struct span alone,
	    int64_t *ret_letter, struct error *err)
{
	struct values values;
	struct posting posting = {
		.kind = "reminder",
		.template = templates_find(round->outbox->templates,
					   item->event->stage, "reminder"),
		.values = &values,
		.to = { .at = item->people.at, .count = item->to_count },
		.cc = { .at = item->people.at + item->to_count,
			.count = item->people.count - item->to_count },
		.c = item->c,
		.now = round->now,
		.reminds = true,
	};

	if (alone.len) {
		posting.to = (struct words){ .at = &alone, .count = 1 };
		posting.cc = (struct words){ 0 };
	}
	case_values(round, item, alone.len ? alone : item->people.at[0],
		    &values);
	return outbox_post(round->outbox, &posting, round->arena, ret_letter,
			   err);
}

static int
post_digest(struct round *round, struct span reader, size_t count,
	    int64_t *ret_letter, struct error *err)
{
	const struct templates *templates = round->outbox->templates;
	struct values values = { 0 }, one;
	struct posting posting = {
		.kind = "digest",
		.template = templates_find(templates, span_of("digest"), NULL),
		.values = &values,
		.to = { .at = &reader, .count = 1 },
		.now = round->now,
		.reminds = true,
	};
	struct buf items;
	int result;

	buf_init(&items, TEMPLATE_TEXT_MAX);
	for (size_t i = 0; i < round->count; i++) {
		if (!round->items[i].shared ||
		    !words_hold(&round->items[i].people, reader))
			continue;
		case_values(round, &round->items[i], reader, &one);
		template_fill_item(
			templates_find(templates, span_of("digest-item"), NULL)
				->body,
			&one, &items);
	}
	values.at[PLACE_TO_NAME] =
		words_first_name(round->outbox, reader, round->arena);
	values.at[PLACE_COUNCIL] = span_of(round->outbox->settings.council);
	values.at[PLACE_COUNT] = arena_printf(round->arena, "%zu", count);
	values.at[PLACE_ITEMS] = span_trim(buf_span(&items));
	result = outbox_post(round->outbox, &posting, round->arena, ret_letter,
			     err);
	buf_clear(&items);
	return result;
}

static size_t
items_of(const struct round *round, struct span person, bool shared_only,
	 struct item **ret_last)
{
	size_t count = 0;

	for (size_t i = 0; i < round->count; i++) {
		struct item *item = &round->items[i];

		if ((shared_only && !item->shared) ||
		    !words_hold(&item->people, person))
			continue;
		count++;
		if (ret_last)
			*ret_last = item;
	}
	return count;
}

/* One person's share of the items that people have in common. */
static int
post_to_reader(struct round *round, struct span reader, struct error *err)
{
	struct item *last = NULL;
	size_t count = items_of(round, reader, true, &last);
	int64_t letter = 0;
	int result = count == 1 ?
			     post_single(round, last, reader, &letter, err) :
			     post_digest(round, reader, count, &letter, err);

	/* an item is told by the letter to the person whom it is for */
	for (size_t i = 0; !result && i < round->count; i++) {
		struct item *item = &round->items[i];

		if (item->shared && span_equal(item->people.at[0], reader))
			item->letter = letter;
	}
	return result;
}

static int
post_shared(struct round *round, struct error *err)
{
	struct words done = {
		.at = arena_array(round->arena, 2 * round->count + 2,
				  sizeof(struct span)),
	};

	for (size_t i = 0; i < round->count; i++) {
		struct item *item = &round->items[i];

		for (size_t j = 0; item->shared && j < item->people.count;
		     j++) {
			struct span reader = item->people.at[j];

			if (words_hold(&done, reader))
				continue;
			done.at[done.count++] = reader;
			if (post_to_reader(round, reader, err))
				return -1;
		}
	}
	return 0;
}

/* ---- gathering ---- */

static void
add_people(const struct round *round, const struct words *words,
	   struct words *people)
{
	for (size_t i = 0; i < words->count; i++) {
		struct span email = may_be_told(
			round->outbox->settings.casework->people, words->at[i]);

		if (email.len && !words_hold(people, email))
			people->at[people->count++] = email;
	}
}

static int
gather(struct round *round, struct store_event *events, size_t count,
       struct error *err)
{
	struct store *store = round->outbox->settings.casework->store;

	round->items = arena_array(round->arena, count, sizeof(struct item));
	for (size_t i = 0; i < count; i++) {
		struct item *item = &round->items[round->count];
		struct case_query query = { .id = events[i].case_id };
		struct store_case *c;
		size_t found;

		if (store_cases(store, &query, round->arena, &c, &found, err))
			return -1;
		*item = (struct item){ .event = &events[i], .c = c };
		item->people.at = arena_array(
			round->arena, events[i].to.count + events[i].cc.count,
			sizeof(struct span));
		add_people(round, &events[i].to, &item->people);
		item->to_count = item->people.count;
		add_people(round, &events[i].cc, &item->people);
		if (item->to_count && !overtaken(events, count, i) &&
		    still_worth_telling(round->outbox, item))
			round->count++;
		else {
			events[i].letter = -1;
			if (store_event_update(store, &events[i], err))
				return -1;
		}
	}
	return 0;
}

static void
mark_shared(struct round *round)
{
	for (size_t i = 0; i < round->count; i++)
		for (size_t j = 0; j < round->items[i].people.count; j++)
			if (items_of(round, round->items[i].people.at[j], false,
				     NULL) > 1)
				round->items[i].shared = true;
}

static int
post_all(struct round *round, struct error *err)
{
	struct store *store = round->outbox->settings.casework->store;

	for (size_t i = 0; i < round->count; i++)
		if (!round->items[i].shared &&
		    post_single(round, &round->items[i], span_of(""),
				&round->items[i].letter, err))
			return -1;
	if (post_shared(round, err))
		return -1;
	for (size_t i = 0; i < round->count; i++) {
		struct item *item = &round->items[i];

		item->event->letter = item->letter ? item->letter : -1;
		if (store_event_update(store, item->event, err))
			return -1;
	}
	return 0;
}

int
outbox_reminders(struct outbox *outbox, time_t now, bool *ret_more,
		 struct error *err)
{
	struct event_query query = { .untold = true,
				     .limit = OUTBOX_DIGEST_MAX };
	struct round round = { .outbox = outbox,
			       .arena = arena_new(0),
			       .now = now };
	struct store_event *events;
	size_t count;
	int result = -1;

	if (store_events(outbox->settings.casework->store, &query, round.arena,
			 &events, &count, err) ||
	    gather(&round, events, count, err))
		goto out;
	mark_shared(&round);
	result = post_all(&round, err);
	*ret_more = count == OUTBOX_DIGEST_MAX;
out:
	arena_free(round.arena);
	return result;
}
