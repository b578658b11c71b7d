/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages: recorded, found again, listed by thread. */
#include <string.h>

#include "store_private.h"

/* Bits of message.readings. */
enum reading {
	READING_ENQUIRY = 1,
	READING_WITHDRAWAL = 2,
	READING_ONLY_THANKS = 4,
	READING_HANDS_OVER = 8,
	READING_UNVERIFIED = 16 /* cleared when it is settled */
};

#define MESSAGE_COLUMNS                                                \
	"id, thread, message_id, body_hash, received, date, sender,"   \
	" recipients, copies, hidden, automatic, direction, readings," \
	" reply, promise, reading, proven"

static void
take_message(const struct sql *q, struct arena *arena,
	     struct store_message *ret)
{
	int readings = (int)sql_number(q, 12);

	*ret = (struct store_message){
		.id = sql_number(q, 0),
		.thread = sql_number(q, 1),
		.message_id = sql_text(q, 2, arena),
		.body_hash = (uint64_t)sql_number(q, 3),
		.received = sql_number(q, 4),
		.date = sql_number(q, 5),
		.from = sql_text(q, 6, arena),
		.to = sql_words(q, 7, arena),
		.cc = sql_words(q, 8, arena),
		.hidden = sql_words(q, 9, arena),
		.automatic = (enum automatic)sql_number(q, 10),
		.direction = (enum direction)sql_number(q, 11),
		.enquiry = readings & READING_ENQUIRY,
		.withdrawal = readings & READING_WITHDRAWAL,
		.only_thanks = readings & READING_ONLY_THANKS,
		.hands_over = readings & READING_HANDS_OVER,
		.reply = (enum reply_kind)sql_number(q, 13),
		.promise = sql_date(q, 14),
		.reading = (int)sql_number(q, 15),
		.unverified = readings & READING_UNVERIFIED,
		.proven = sql_words(q, 16, arena),
	};
}

static int
one_message(struct store *store, int64_t id, struct arena *arena,
	    struct store_message *ret_message, struct error *err)
{
	struct sql q;
	int found;

	if (sql_open(&q, store,
		     "SELECT " MESSAGE_COLUMNS " FROM message WHERE id = ?",
		     err))
		return -1;
	sql_bind_number(&q, id);
	if ((found = sql_row(&q, err)) != 1)
		return found;
	take_message(&q, arena, ret_message);
	sql_close(&q);
	return 1;
}

/* The key of a Message-ID knows one message that bears it. Only when that one
 * has another text (a sender that uses an id twice) is the thread searched. */
int
store_message_find(struct store *store, struct span message_id,
		   uint64_t body_hash, struct arena *arena,
		   struct store_message *ret_message, struct error *err)
{
	struct thread_key key = { THREAD_KEY_ID, message_id };
	struct key_place place;
	struct sql q;
	int found = key_find(store, &key, &place, err);

	if (found != 1 || !place.message)
		return found < 0 ? -1 : 0;
	found = one_message(store, place.message, arena, ret_message, err);
	if (found < 0)
		return -1;
	if (found && ret_message->body_hash == body_hash &&
	    span_equal(ret_message->message_id, message_id))
		return 1;
	if (sql_open(&q, store,
		     "SELECT " MESSAGE_COLUMNS " FROM message"
		     " WHERE thread = ? AND body_hash = ? AND message_id = ?",
		     err))
		return -1;
	sql_bind_number(&q, place.thread);
	sql_bind_number(&q, (int64_t)body_hash);
	sql_bind_text(&q, message_id);
	if ((found = sql_row(&q, err)) != 1)
		return found;
	take_message(&q, arena, ret_message);
	sql_close(&q);
	return 1;
}

static int
insert_message(struct store *store, const struct store_message *m,
	       struct error *err)
{
	int readings = (m->enquiry ? READING_ENQUIRY : 0) |
		       (m->withdrawal ? READING_WITHDRAWAL : 0) |
		       (m->only_thanks ? READING_ONLY_THANKS : 0) |
		       (m->hands_over ? READING_HANDS_OVER : 0) |
		       (m->unverified ? READING_UNVERIFIED : 0);
	struct sql q;

	if (sql_open(&q, store,
		     "INSERT INTO message (thread, message_id, body_hash,"
		     " received, date, sender, recipients, copies, hidden,"
		     " automatic, direction, readings, reply, promise,"
		     " reading, proven)"
		     " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
		     err))
		return -1;
	sql_bind_number(&q, m->thread);
	sql_bind_text(&q, m->message_id);
	sql_bind_number(&q, (int64_t)m->body_hash);
	sql_bind_number(&q, m->received);
	sql_bind_number(&q, m->date);
	sql_bind_text(&q, m->from);
	sql_bind_words(&q, &m->to);
	sql_bind_words(&q, &m->cc);
	sql_bind_words(&q, &m->hidden);
	sql_bind_number(&q, m->automatic);
	sql_bind_number(&q, m->direction);
	sql_bind_number(&q, readings);
	sql_bind_number(&q, m->reply);
	sql_bind_date(&q, m->promise);
	sql_bind_number(&q, m->reading);
	sql_bind_words(&q, &m->proven);
	return sql_run(&q, err);
}

int
store_message_add(struct store *store, struct store_message *message,
		  struct error *err)
{
	struct thread_key key = { THREAD_KEY_ID, message->message_id };
	struct key_place place;
	int found;

	if (insert_message(store, message, err))
		return -1;
	message->id = sql_last_id(store);
	found = key_find(store, &key, &place, err);
	if (found < 0)
		return -1;
	if (!found)
		place = (struct key_place){ .thread = message->thread };
	else if (place.message)
		return 0; /* the first that bears the id stays known by it */
	place.message = message->id;
	return key_put(store, &key, &place, err);
}

int
store_message_hidden(struct store *store, int64_t message,
		     const struct words *hidden, const struct words *proven,
		     struct error *err)
{
	struct sql q;

	if (sql_open(&q, store,
		     "UPDATE message SET hidden = ?, proven = ? WHERE id = ?",
		     err))
		return -1;
	sql_bind_words(&q, hidden);
	sql_bind_words(&q, proven);
	sql_bind_number(&q, message);
	return sql_run(&q, err);
}

int
message_verified(struct store *store, int64_t message, struct error *err)
{
	struct sql q;

	if (sql_open(&q, store,
		     "UPDATE message SET readings = readings & ~?"
		     " WHERE id = ?",
		     err))
		return -1;
	sql_bind_number(&q, READING_UNVERIFIED);
	sql_bind_number(&q, message);
	return sql_run(&q, err);
}

static void
turn_round(struct store_message *list, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		struct store_message other = list[i];

		list[i] = list[count - 1 - i];
		list[count - 1 - i] = other;
	}
}

int
store_messages(struct store *store, int64_t thread, int64_t message,
	       size_t limit, struct arena *arena,
	       struct store_message **ret_list, size_t *ret_count,
	       struct error *err)
{
	struct store_message *list = NULL;
	size_t count = 0;
	struct sql q;
	int found;

	if (!thread) {
		list = arena_array(arena, 1, sizeof(*list));
		if ((found = one_message(store, message, arena, list, err)) < 0)
			return -1;
		*ret_list = list;
		*ret_count = (size_t)found;
		return 0;
	}
	if (sql_open(&q, store,
		     "SELECT " MESSAGE_COLUMNS " FROM message"
		     " WHERE thread = ?"
		     " ORDER BY received DESC, id DESC LIMIT ?",
		     err))
		return -1;
	sql_bind_number(&q, thread);
	sql_bind_number(&q, (long long)store_limit(limit));
	while ((found = sql_row(&q, err)) == 1)
		take_message(&q, arena,
			     arena_push(arena, &list, &count, sizeof(*list)));
	if (found < 0)
		return -1;
	turn_round(list, count);
	*ret_list = list;
	*ret_count = count;
	return 0;
}
