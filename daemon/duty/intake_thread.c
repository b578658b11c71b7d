/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which thread a message belongs to (casework.md "Threads"): by what it refers
 * to; else by the case reference in its subject; else by Outlook's
 * Thread-Index; else by its subject between the same member and officer within
 * 30 days. The last three are hints, which anybody could write: they join only
 * somebody who takes part in the thread.
 *
 * A reference too could be written by anybody. It joins its writer to one
 * thread, the nearest that is known. It makes one thread of two only for people
 * of the directory: who takes part in both, or for officers also when somebody
 * whom they write to does. Else a stranger who names many ids would throw the
 * cases of many members together, for good.
 */
#include <stdlib.h>

#include "facts/thread.h"
#include "intake_private.h"

enum {
	PARTICIPANTS_SEEN = 16, /* newest messages that are looked through */
	MERGE_SEEN = 64,        /* the same, before two threads become one */
	MERGE_RECIPIENTS = 64,  /* of To, and of Cc, that are asked about */
	MERGES_MAX = 16,        /* other threads that one message may draw in */
	DAY_S = 86400
};

/* The ids that a message names, the nearest first and its own last, with the
 * thread of each as far as known, else 0. */
struct ids {
	struct thread_key *keys;
	int64_t *threads;
	size_t count;
};

/* Of a message that may be forged, nobody in particular. */
static enum role
writer_role(const struct intake *intake, const struct store_message *message)
{
	return message->unverified ? ROLE_OUTSIDE :
				     people_role(intake->people, message->from);
}

static void
add_key(struct arena *arena, struct thread_key **keys, size_t *count,
	enum thread_key_kind kind, struct span text)
{
	struct thread_key *key;

	if (!text.len)
		return;
	key = arena_push(arena, keys, count, sizeof(**keys));
	*key = (struct thread_key){ .kind = kind, .text = text };
}

static void
name_ids(const struct message *facts, struct arena *arena, struct ids *ids)
{
	add_key(arena, &ids->keys, &ids->count, THREAD_KEY_ID,
		facts->in_reply_to);
	for (size_t i = facts->reference_count; i-- > 0;)
		if (!span_equal(facts->references[i], facts->in_reply_to))
			add_key(arena, &ids->keys, &ids->count, THREAD_KEY_ID,
				facts->references[i]);
	add_key(arena, &ids->keys, &ids->count, THREAD_KEY_ID,
		facts->message_id);
	ids->threads = arena_array(arena, ids->count, sizeof(*ids->threads));
}

/* Finds the thread of each; the first is the message's. */
static int
by_reference(const struct intake *intake, const struct ids *ids,
	     int64_t *thread, struct error *err)
{
	for (size_t i = 0; i < ids->count; i++) {
		ids->threads[i] = 0;
		if (store_thread_find(intake->store, &ids->keys[i],
				      &ids->threads[i], err) < 0)
			return -1;
		if (!*thread)
			*thread = ids->threads[i];
	}
	return *thread != 0;
}

/* ---- by the reference of a case ---- */

static bool
takes_part(const struct intake *intake, const struct store_message *message,
	   const struct store_case *c)
{
	enum role role = writer_role(intake, message);

	if (message->unverified)
		return false;
	return span_equal(message->from, c->member) || role == ROLE_OFFICER ||
	       role == ROLE_TEAM || words_hold(&message->to, c->member) ||
	       words_hold(&message->cc, c->member);
}

static int
by_case(const struct intake *intake, struct span reference,
	const struct store_message *message, struct arena *arena,
	int64_t *thread, struct error *err)
{
	struct case_query query = { 0 };
	struct store_case *c;
	size_t count;

	if (reference.len < 2 || reference.len > 12 ||
	    (reference.ptr[0] | 0x20) != 'c')
		return 0;
	for (size_t i = 1; i < reference.len; i++) {
		if (reference.ptr[i] < '0' || reference.ptr[i] > '9')
			return 0;
		query.id = query.id * 10 + (reference.ptr[i] - '0');
	}
	if (!query.id)
		return 0;
	if (store_cases(intake->store, &query, arena, &c, &count, err))
		return -1;
	if (!count || !takes_part(intake, message, c))
		return 0;
	*thread = c->thread;
	return 1;
}

/* A member who takes a case further may name it in the text (casework.md,
 * "escalated"): "CASE-C12", in brackets or not. */
static int
by_named_case(const struct intake *intake, const struct message *facts,
	      const struct store_message *message, struct arena *arena,
	      int64_t *thread, struct error *err)
{
	struct span rest = facts->body, name;
	size_t at, len = 0;

	if (writer_role(intake, message) != ROLE_MEMBER)
		return 0;
	at = span_find_nocase(rest, "CASE-C");
	if (at == rest.len) {
		rest = facts->subject;
		at = span_find_nocase(rest, "CASE-C");
	}
	if (at == rest.len)
		return 0;
	name = span_sub(rest, at + 5, rest.len);
	while (++len < name.len && name.ptr[len] >= '0' && name.ptr[len] <= '9')
		;
	name.len = len;
	return by_case(intake, name, message, arena, thread, err);
}

/* ---- by Thread-Index and by subject ---- */

static bool
shares_participant(const struct store_message *a, const struct store_message *b)
{
	if (a->unverified || b->unverified)
		return false;
	if (span_equal(a->from, b->from) || words_hold(&a->to, b->from) ||
	    words_hold(&a->cc, b->from) || words_hold(&b->to, a->from) ||
	    words_hold(&b->cc, a->from))
		return true;
	return false;
}

static int
by_index(const struct intake *intake, struct span index,
	 const struct store_message *message, struct arena *arena,
	 int64_t *thread, struct error *err)
{
	struct thread_key key = { THREAD_KEY_INDEX, index };
	struct store_message *earlier;
	int64_t candidate;
	size_t count;
	int found;

	if (!index.len)
		return 0;
	found = store_thread_find(intake->store, &key, &candidate, err);
	if (found != 1)
		return found;
	if (store_messages(intake->store, candidate, 0, PARTICIPANTS_SEEN,
			   arena, &earlier, &count, err))
		return -1;
	for (size_t i = 0; i < count; i++)
		if (shares_participant(&earlier[i], message)) {
			*thread = candidate;
			return 1;
		}
	return 0;
}

static void
add_subject_key(struct arena *arena, struct thread_key **keys, size_t *count,
		struct span subject, struct span member, struct span officer)
{
	add_key(arena, keys, count, THREAD_KEY_SUBJECT,
		arena_printf(arena, "%.*s\n%.*s\n%.*s", SPAN_ARG(subject),
			     SPAN_ARG(member), SPAN_ARG(officer)));
}

/* One key for each pair of member and officer that the message goes between;
 * a mail-out to many gets the first few. */
static void
subject_keys(const struct intake *intake, const struct message *facts,
	     const struct store_message *message, struct arena *arena,
	     struct thread_key **keys, size_t *count)
{
	enum role from = writer_role(intake, message);
	const struct words *lists[] = { &message->to, &message->cc };
	bool by_member = from == ROLE_MEMBER;
	size_t most = *count + INTAKE_SUBJECT_KEYS;
	struct span subject;

	if (message->automatic != AUTOMATIC_NO ||
	    (!by_member && from != ROLE_OFFICER && from != ROLE_TEAM))
		return;
	subject = thread_subject(facts->subject, arena);
	if (!subject.len)
		return;
	for (size_t l = 0; l < ARRAY_SIZE(lists); l++)
		for (size_t i = 0; i < lists[l]->count && *count < most; i++) {
			struct span other = lists[l]->at[i];
			enum role role = people_role(intake->people, other);

			if (by_member &&
			    (role == ROLE_OFFICER || role == ROLE_TEAM))
				add_subject_key(arena, keys, count, subject,
						message->from, other);
			else if (!by_member && role == ROLE_MEMBER)
				add_subject_key(arena, keys, count, subject,
						other, message->from);
		}
}

static int
by_subject(const struct intake *intake, const struct thread_key *keys,
	   size_t count, const struct store_message *message,
	   struct arena *arena, int64_t *thread, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		struct store_message *last;
		int64_t candidate;
		size_t n;
		int found = store_thread_find(intake->store, &keys[i],
					      &candidate, err);

		if (found < 0)
			return -1;
		if (!found)
			continue;
		if (store_messages(intake->store, candidate, 0, 1, arena, &last,
				   &n, err))
			return -1;
		if (n &&
		    llabs((long long)(message->received - last->received)) <=
			    (long long)THREAD_SUBJECT_DAYS * DAY_S) {
			*thread = candidate;
			return 1;
		}
	}
	return 0;
}

/* ---- which references are believed ---- */

struct meeting {
	struct store_message *here, *there;
	size_t here_count, there_count;
};

static bool
wrote_or_got(const struct store_message *list, size_t count, struct span person)
{
	for (size_t i = 0; i < count; i++)
		if (!list[i].unverified && (span_equal(list[i].from, person) ||
					    words_hold(&list[i].to, person) ||
					    words_hold(&list[i].cc, person)))
			return true;
	return false;
}

static bool
is_in_both(const struct meeting *meeting, struct span person)
{
	return wrote_or_got(meeting->here, meeting->here_count, person) &&
	       wrote_or_got(meeting->there, meeting->there_count, person);
}

static bool
any_in_both(const struct meeting *meeting, const struct words *people)
{
	for (size_t i = 0; i < people->count && i < MERGE_RECIPIENTS; i++)
		if (is_in_both(meeting, people->at[i]))
			return true;
	return false;
}

static int
may_merge(const struct intake *intake, const struct store_message *message,
	  int64_t here, int64_t there, struct arena *arena, struct error *err)
{
	struct meeting meeting;

	if (store_messages(intake->store, here, 0, MERGE_SEEN, arena,
			   &meeting.here, &meeting.here_count, err) ||
	    store_messages(intake->store, there, 0, MERGE_SEEN, arena,
			   &meeting.there, &meeting.there_count, err))
		return -1;
	return is_in_both(&meeting, message->from) ||
	       (is_officer(intake->people, message->from) &&
		(any_in_both(&meeting, &message->to) ||
		 any_in_both(&meeting, &message->cc)));
}

/* Adds the ids that are tied to the message's thread: of a stranger the nearest
 * reference and its own, of others all that may be. */
static int
believe_ids(const struct intake *intake, const struct store_message *message,
	    const struct ids *ids, int64_t thread, struct arena *arena,
	    struct thread_key **keys, size_t *count, struct error *err)
{
	bool stranger = writer_role(intake, message) == ROLE_OUTSIDE;
	size_t asked = 0;

	for (size_t i = 0; i < ids->count; i++) {
		int64_t there = ids->threads[i];
		int may = !stranger || i == 0 || i + 1 == ids->count;

		if (there && there == thread)
			continue; /* tied already */
		if (there)
			may = !stranger && asked++ < MERGES_MAX ?
				      may_merge(intake, message, thread, there,
						arena, err) :
				      0;
		if (may < 0)
			return -1;
		if (may)
			add_key(arena, keys, count, THREAD_KEY_ID,
				ids->keys[i].text);
	}
	return 0;
}

/* ---- all of them ---- */

static int
find_by_hints(const struct intake *intake, const struct message *facts,
	      const struct store_message *message,
	      const struct thread_key *subjects, size_t subject_count,
	      struct arena *arena, int64_t *thread, struct error *err)
{
	struct span reference;
	int found = 0;

	if (thread_case_reference(facts->subject, &reference))
		found = by_case(intake, reference, message, arena, thread, err);
	if (!found)
		found = by_named_case(intake, facts, message, arena, thread,
				      err);
	if (!found)
		found = by_index(intake, facts->thread_index, message, arena,
				 thread, err);
	if (!found)
		found = by_subject(intake, subjects, subject_count, message,
				   arena, thread, err);
	return found;
}

int
intake_thread(const struct intake *intake, const struct message *facts,
	      const struct store_message *message, struct arena *arena,
	      int64_t *ret_thread, bool *ret_new, struct error *err)
{
	struct thread_key *keys = NULL;
	struct ids ids = { 0 };
	size_t count = 0;
	int64_t thread = 0;
	int found;

	name_ids(facts, arena, &ids);
	subject_keys(intake, facts, message, arena, &keys, &count);
	found = by_reference(intake, &ids, &thread, err);
	if (!found)
		found = find_by_hints(intake, facts, message, keys, count,
				      arena, &thread, err);
	if (found < 0)
		return -1;
	add_key(arena, &keys, &count, THREAD_KEY_INDEX, facts->thread_index);
	if (believe_ids(intake, message, &ids, thread, arena, &keys, &count,
			err) ||
	    store_thread_join(intake->store, keys, count, &thread, err))
		return -1;
	*ret_thread = thread;
	*ret_new = !found;
	return 0;
}
