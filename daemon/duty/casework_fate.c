/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What came back (casework.md "Reminder fate"): a delivery report about an
 * answer makes the answer unsent; one about a reminder sends the reminder to
 * the next person up, as does the owner's absence, once.
 *
 * Anybody can send something that reads like a delivery report. Of our letters
 * a report is believed only when it names the Message-ID, whose random part
 * nobody knows who has not seen the letter; of an answer when it returns the
 * answer's Message-ID and the member is who was not reached. A case reference
 * in the subject tells what an officer's absence note is about, and what a
 * report is about where no letter was ever sent (replay).
 */
#include <stdlib.h>

#include "casework_private.h"
#include "facts/thread.h"

static int
find_case(const struct casework *casework, int64_t id, struct arena *arena,
	  struct store_case **ret_case, struct error *err)
{
	struct case_query query = { .id = id };
	size_t count;

	if (store_cases(casework->store, &query, arena, ret_case, &count, err))
		return -1;
	return count == 1;
}

/* "C12" gives 12; 0 when it is no number of ours. */
static int64_t
case_number(struct span reference)
{
	int64_t number = 0;

	if (reference.len < 2 || reference.len > 12 ||
	    (reference.ptr[0] != 'C' && reference.ptr[0] != 'c'))
		return 0;
	for (size_t i = 1; i < reference.len; i++) {
		if (reference.ptr[i] < '0' || reference.ptr[i] > '9')
			return 0;
		number = number * 10 + (reference.ptr[i] - '0');
	}
	return number;
}

/* The reminders to this person that a letter told. */
static int
reminders_told(const struct casework *casework, struct span letter_id,
	       struct span recipient, struct arena *arena,
	       struct store_event **ret_list, size_t *ret_count,
	       struct error *err)
{
	struct letter_query letters = { .message_id = letter_id };
	struct store_letter *letter;
	size_t count;

	*ret_count = 0;
	if (!letter_id.len)
		return 0;
	if (store_letters(casework->store, &letters, arena, &letter, &count,
			  err))
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct event_query query = { .letter = letter[i].id };
		struct store_event *events;
		size_t n;

		if (store_events(casework->store, &query, arena, &events, &n,
				 err))
			return -1;
		for (size_t j = 0; j < n; j++)
			if (words_hold(&events[j].to, recipient) ||
			    words_hold(&events[j].cc, recipient))
				*(struct store_event *)arena_push(
					arena, ret_list, ret_count,
					sizeof(**ret_list)) = events[j];
	}
	return 0;
}

/* Of the case that a subject names the newest reminder to this person. */
static int
reminder_named(const struct casework *casework, struct span subject,
	       struct span recipient, struct arena *arena,
	       struct store_event **ret_list, size_t *ret_count,
	       struct error *err)
{
	struct event_query query = { 0 };
	struct store_event *events;
	struct span reference;
	size_t count;

	*ret_count = 0;
	if (!thread_case_reference(subject, &reference) ||
	    !(query.case_id = case_number(reference)))
		return 0;
	if (store_events(casework->store, &query, arena, &events, &count, err))
		return -1;
	while (count--)
		if (events[count].kind == EVENT_REMINDER &&
		    words_hold(&events[count].to, recipient)) {
			*ret_list = &events[count];
			*ret_count = 1;
			break;
		}
	return 0;
}

/* Was this rung already sent on to this person, in this round? */
static int
already_sent_on(const struct casework *casework, const struct store_case *c,
		struct span stage, struct span person, struct arena *arena,
		struct error *err)
{
	struct event_query query = { .case_id = c->id, .since = c->clock };
	struct store_event *events;
	size_t count;

	if (store_events(casework->store, &query, arena, &events, &count, err))
		return -1;
	for (size_t i = 0; i < count; i++)
		if (span_equal(events[i].stage, stage) &&
		    (words_hold(&events[i].to, person) ||
		     words_hold(&events[i].cc, person)))
			return 1;
	return 0;
}

static int
send_on(const struct casework *casework, const struct store_case *c,
	const struct store_event *reminder, struct span person, time_t now,
	struct error *err)
{
	struct store_event again = {
		.at = now,
		.stage = reminder->stage,
		.to = { .at = &person, .count = 1 },
		.upwards = true,
	};

	return ladder_remind(casework, c, &again, err);
}

/* ---- a reminder that did not arrive ---- */

static int
next_up(const struct casework *casework, const struct store_case *c,
	const struct store_event *reminder, struct arena *arena,
	struct span *ret_person, struct error *err)
{
	const struct people *people = casework->people;
	const struct span ladder[] = {
		manager_of(people, c->owner),
		holder_of(people, POST_MEMBERS_ENQUIRIES),
		holder_of(people, POST_MONITORING_OFFICER),
	};

	*ret_person = span_of("");
	for (size_t i = 0; i < ARRAY_SIZE(ladder); i++) {
		int had;

		if (!ladder[i].len)
			continue;
		had = already_sent_on(casework, c, reminder->stage, ladder[i],
				      arena, err);
		if (had < 0)
			return -1;
		if (!had) {
			*ret_person = ladder[i];
			return 0;
		}
	}
	return 0;
}

/* Was this said of the reminder before? Each letter is lost to a person once,
 * however many reports come. */
static int
known_undelivered(const struct casework *casework,
		  const struct store_event *reminder, struct span recipient,
		  struct arena *arena, struct error *err)
{
	struct event_query query = { .case_id = reminder->case_id,
				     .since = reminder->at };
	struct store_event *events;
	size_t count;

	if (store_events(casework->store, &query, arena, &events, &count, err))
		return -1;
	for (size_t i = 0; i < count; i++)
		if (events[i].kind == EVENT_UNDELIVERED &&
		    span_equal(events[i].stage, reminder->stage) &&
		    words_hold(&events[i].to, recipient))
			return 1;
	return 0;
}

static int
not_delivered(const struct casework *casework,
	      const struct store_event *reminder, struct span recipient,
	      time_t now, struct arena *arena, struct error *err)
{
	struct store_event shown = {
		.case_id = reminder->case_id,
		.kind = EVENT_UNDELIVERED,
		.at = now,
		.stage = reminder->stage,
		.to = { .at = &recipient, .count = 1 },
		.letter = -1,
	};
	struct store_case *c;
	struct span person;
	int known;

	known = known_undelivered(casework, reminder, recipient, arena, err);
	if (known)
		return known < 0 ? -1 : 0;
	if (find_case(casework, reminder->case_id, arena, &c, err) != 1)
		return -1;
	shown.owner = c->owner;
	if (store_event_add(casework->store, &shown, err))
		return -1;
	if (!life_open(c) || !words_hold(&reminder->to, recipient))
		return 0; /* a copy; whom it was for has it */
	if (next_up(casework, c, reminder, arena, &person, err))
		return -1;
	return person.len ? send_on(casework, c, reminder, person, now, err) :
			    0;
}

static int
all_not_delivered(const struct casework *casework,
		  const struct store_event *list, size_t count,
		  struct span recipient, time_t now, struct arena *arena,
		  struct error *err)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].kind == EVENT_REMINDER &&
		    not_delivered(casework, &list[i], recipient, now, arena,
				  err))
			return -1;
	return 0;
}

int
casework_undelivered(const struct casework *casework, struct span letter_id,
		     struct span recipient, time_t now, struct error *err)
{
	struct arena *arena = arena_new(0);
	struct store_event *list = NULL;
	size_t count = 0;
	int result = reminders_told(casework, letter_id, recipient, arena,
				    &list, &count, err);

	if (!result)
		result = all_not_delivered(casework, list, count, recipient,
					   now, arena, err);
	arena_free(arena);
	return result;
}

/* ---- an answer that did not arrive ---- */

static int
answer_lost(const struct casework *casework, struct span about,
	    struct span member, struct arena *arena, struct error *err)
{
	struct thread_key key = { THREAD_KEY_ID, about };
	struct case_query query = { .member = member };
	struct store_case *cases;
	size_t count;
	int found;

	if (store_bounce_add(casework->store, about, member, err))
		return -1;
	found = store_thread_find(casework->store, &key, &query.thread, err);
	if (found != 1)
		return found;
	if (store_cases(casework->store, &query, arena, &cases, &count, err))
		return -1;
	return count == 1 ? casework_refold(casework, cases, arena, err) : 0;
}

/* The Message-ID in the returned headers; empty when none came back. */
static struct span
returned_id(const struct message *facts)
{
	if (facts->report_about.len)
		return facts->report_about;
	return facts->enclosed_count ? facts->enclosed[0].message_id :
				       span_of("");
}

static int
one_failure(const struct casework *casework, const struct message *facts,
	    struct span recipient, time_t now, struct arena *arena,
	    struct error *err)
{
	struct span about = returned_id(facts);
	struct span subject = facts->enclosed_count ?
				      facts->enclosed[0].subject :
				      facts->subject;
	struct store_event *list = NULL;
	size_t count = 0;

	if (reminders_told(casework, about.len ? about : facts->in_reply_to,
			   recipient, arena, &list, &count, err))
		return -1;
	if (!count && people_role(casework->people, recipient) == ROLE_MEMBER)
		return about.len ? answer_lost(casework, about, recipient,
					       arena, err) :
				   0;
	if (!count && casework->letterless &&
	    reminder_named(casework, subject, recipient, arena, &list, &count,
			   err))
		return -1;
	return all_not_delivered(casework, list, count, recipient, now, arena,
				 err);
}

int
fate_of_report(const struct casework *casework,
	       const struct store_message *message, const struct message *facts,
	       time_t now, struct arena *arena, struct error *err)
{
	(void)message;
	for (size_t i = 0; i < facts->failure_count; i++)
		if (facts->failures[i].permanent &&
		    one_failure(casework, facts,
				people_canonical(casework->people,
						 facts->failures[i].recipient),
				now, arena, err))
			return -1;
	return 0;
}

/* ---- the owner is away ---- */

static int
tell_manager(const struct casework *casework,
	     const struct store_event *reminder, struct span absent, time_t now,
	     struct arena *arena, struct error *err)
{
	struct span manager;
	struct store_case *c;
	int had;

	if (find_case(casework, reminder->case_id, arena, &c, err) != 1)
		return -1;
	manager = manager_of(casework->people, c->owner);
	if (!life_open(c) || !span_equal(c->owner, absent) || !manager.len ||
	    reminder->at < c->clock)
		return 0;
	had = already_sent_on(casework, c, reminder->stage, manager, arena,
			      err);
	if (had)
		return had < 0 ? -1 : 0;
	return send_on(casework, c, reminder, manager, now, err);
}

/* To us: none of those that it goes to is in the directory as a member. */
static bool
goes_to_member(const struct casework *casework,
	       const struct store_message *message)
{
	for (size_t i = 0; i < message->to.count; i++)
		if (people_role(casework->people, message->to.at[i]) ==
		    ROLE_MEMBER)
			return true;
	return false;
}

int
fate_of_absence(const struct casework *casework,
		const struct store_message *message,
		const struct message *facts, time_t now, struct arena *arena,
		struct error *err)
{
	struct store_event *list = NULL;
	size_t count = 0;

	if (!is_officer(casework->people, message->from) ||
	    goes_to_member(casework, message))
		return 0;
	if (reminders_told(casework, facts->in_reply_to, message->from, arena,
			   &list, &count, err))
		return -1;
	for (size_t i = facts->reference_count; !count && i-- > 0;)
		if (reminders_told(casework, facts->references[i],
				   message->from, arena, &list, &count, err))
			return -1;
	if (!count && reminder_named(casework, facts->subject, message->from,
				     arena, &list, &count, err))
		return -1;
	for (size_t i = 0; i < count; i++)
		if (list[i].kind == EVENT_REMINDER &&
		    words_hold(&list[i].to, message->from) &&
		    tell_manager(casework, &list[i], message->from, now, arena,
				 err))
			return -1;
	return 0;
}
