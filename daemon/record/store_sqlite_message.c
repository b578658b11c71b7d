/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages, and the threads that they belong to. */
#include <string.h>

#include "store_private.h"

/* Bits of message.readings. */
enum reading {
	READING_ENQUIRY = 1,
	READING_WITHDRAWAL = 2,
	READING_ONLY_THANKS = 4,
	READING_HANDS_OVER = 8
};

#define MESSAGE_COLUMNS                                                \
	"id, thread, message_id, body_hash, received, date, sender,"   \
	" recipients, copies, hidden, automatic, direction, readings," \
	" reply, promise, reading"

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
	};
}

/* The kinds must not meet: an id and a subject of the same text are two keys.
 * The second half is the finalizer of MurmurHash3, which spreads FNV well. */
static int64_t
key_hash(const struct thread_key *key)
{
	uint64_t h = span_hash(key->text) ^
		     (uint64_t)(key->kind + 1) * 0x9E3779B97F4A7C15u;

	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdu;
	h ^= h >> 33;
	h *= 0xc4ceb9fe1a85ec53u;
	h ^= h >> 33;
	return (int64_t)h;
}

static int
find_key(struct store *store, int64_t hash, int64_t *ret_thread,
	 int64_t *ret_message, struct error *err)
{
	struct sql q;
	int found;

	if (sql_open(&q, store,
		     "SELECT coalesce(a.thread, k.thread), k.message"
		     " FROM thread_key k"
		     " LEFT JOIN thread_alias a ON a.old = k.thread"
		     " WHERE k.hash = ?",
		     err))
		return -1;
	sql_bind_number(&q, hash);
	if ((found = sql_row(&q, err)) != 1)
		return found;
	*ret_thread = sql_number(&q, 0);
	*ret_message = sql_number(&q, 1);
	sql_close(&q);
	return 1;
}

int
store_thread_find(struct store *store, const struct thread_key *key,
		  int64_t *ret_thread, struct error *err)
{
	int64_t message;

	return find_key(store, key_hash(key), ret_thread, &message, err);
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
	int64_t thread, known;
	struct sql q;
	int found = find_key(store, key_hash(&key), &thread, &known, err);

	if (found != 1 || !known)
		return found < 0 ? -1 : 0;
	if ((found = one_message(store, known, arena, ret_message, err)) < 0)
		return -1;
	if (found && ret_message->body_hash == body_hash &&
	    span_equal(ret_message->message_id, message_id))
		return 1;
	if (sql_open(&q, store,
		     "SELECT " MESSAGE_COLUMNS " FROM message"
		     " WHERE thread = ? AND body_hash = ? AND message_id = ?",
		     err))
		return -1;
	sql_bind_number(&q, thread);
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
		       (m->hands_over ? READING_HANDS_OVER : 0);
	struct sql q;

	if (sql_open(&q, store,
		     "INSERT INTO message (thread, message_id, body_hash,"
		     " received, date, sender, recipients, copies, hidden,"
		     " automatic, direction, readings, reply, promise,"
		     " reading)"
		     " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
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
	return sql_run(&q, err);
}

int
store_message_add(struct store *store, struct store_message *message,
		  struct error *err)
{
	struct thread_key key = { THREAD_KEY_ID, message->message_id };
	struct sql q;

	if (insert_message(store, message, err))
		return -1;
	message->id = sql_last_id(store);
	if (sql_open(&q, store,
		     "INSERT INTO thread_key (hash, thread, message)"
		     " VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
		     " SET message = excluded.message WHERE message = 0",
		     err))
		return -1;
	sql_bind_number(&q, key_hash(&key));
	sql_bind_number(&q, message->thread);
	sql_bind_number(&q, message->id);
	return sql_run(&q, err);
}

int
store_message_hidden(struct store *store, int64_t message,
		     const struct words *hidden, struct error *err)
{
	struct sql q;

	if (sql_open(&q, store, "UPDATE message SET hidden = ? WHERE id = ?",
		     err))
		return -1;
	sql_bind_words(&q, hidden);
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

/* ---- threads ---- */

static int
new_thread(struct store *store, int64_t *ret_thread, struct error *err)
{
	struct sql q;
	int found;

	if (!store->next_thread) {
		if (sql_open(&q, store,
			     "SELECT max("
			     " coalesce((SELECT max(thread) FROM message), 0),"
			     " coalesce((SELECT max(old) FROM thread_alias),"
			     " 0)) + 1",
			     err) ||
		    (found = sql_row(&q, err)) < 0)
			return -1;
		store->next_thread = sql_number(&q, 0);
		sql_close(&q);
	}
	*ret_thread = store->next_thread++;
	return 0;
}

static int
move_thread(struct store *store, const char *literal, int64_t from, int64_t to,
	    struct error *err)
{
	struct sql q;

	if (sql_open(&q, store, literal, err))
		return -1;
	sql_bind_number(&q, to);
	sql_bind_number(&q, from);
	return sql_run(&q, err);
}

/* Keys keep their old number; the alias leads on, always in one step. */
static int
merge_threads(struct store *store, int64_t from, int64_t to, struct error *err)
{
	if (move_thread(store, "UPDATE message SET thread = ? WHERE thread = ?",
			from, to, err) ||
	    move_thread(store, "UPDATE cases SET thread = ? WHERE thread = ?",
			from, to, err) ||
	    move_thread(store,
			"UPDATE thread_alias SET thread = ? WHERE thread = ?",
			from, to, err) ||
	    move_thread(store,
			"INSERT INTO thread_alias (thread, old) VALUES (?, ?)",
			from, to, err))
		return -1;
	return 0;
}

static int
put_key(struct store *store, int64_t hash, int64_t thread, struct error *err)
{
	struct sql q;

	if (sql_open(&q, store,
		     "INSERT INTO thread_key (hash, thread, message)"
		     " VALUES (?, ?, 0) ON CONFLICT DO UPDATE"
		     " SET thread = excluded.thread",
		     err))
		return -1;
	sql_bind_number(&q, hash);
	sql_bind_number(&q, thread);
	return sql_run(&q, err);
}

static int
join_key(struct store *store, const struct thread_key *key, int64_t *thread,
	 struct error *err)
{
	int64_t hash = key_hash(key), there, message;
	int found = find_key(store, hash, &there, &message, err);

	if (found < 0)
		return -1;
	if (found && there == *thread)
		return 0;
	if (found && key->kind == THREAD_KEY_ID) {
		/* the older number stays, so that it does not wander */
		int64_t old = there > *thread ? there : *thread;
		int64_t stays = there > *thread ? *thread : there;

		*thread = stays;
		return merge_threads(store, old, stays, err);
	}
	return put_key(store, hash, *thread, err);
}

int
store_thread_join(struct store *store, const struct thread_key *keys,
		  size_t count, int64_t *thread, struct error *err)
{
	if (!*thread && new_thread(store, thread, err))
		return -1;
	for (size_t i = 0; i < count; i++)
		if (join_key(store, &keys[i], thread, err))
			return -1;
	return 0;
}
