/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far each source has been read, what arrived from it, and the notes. */
#include <string.h>

#include "store_private.h"

/* The number of a source's name; made when it is new and `make`. 1, 0, -1. */
static int
source_number(struct store *store, const char *name, bool make,
	      int64_t *ret_source, struct error *err)
{
	struct span wanted = span_of(name);
	struct sql q;
	int found;

	if (store->source_id &&
	    span_equal(buf_span(&store->source_name), wanted)) {
		*ret_source = store->source_id;
		return 1;
	}
	if (sql_open(&q, store, "SELECT id FROM source WHERE name = ?", err))
		return -1;
	sql_bind_text(&q, wanted);
	if ((found = sql_row(&q, err)) < 0)
		return -1;
	if (found) {
		*ret_source = sql_number(&q, 0);
		sql_close(&q);
	} else if (!make) {
		return 0;
	} else {
		if (sql_open(&q, store, "INSERT INTO source (name) VALUES (?)",
			     err))
			return -1;
		sql_bind_text(&q, wanted);
		if (sql_run(&q, err))
			return -1;
		*ret_source = sql_last_id(store);
	}
	store->source_id = *ret_source;
	buf_empty(&store->source_name);
	buf_add(&store->source_name, wanted);
	return 1;
}

int
store_cursor_find(struct store *store, const char *mailbox, const char *folder,
		  struct store_cursor *ret_cursor, struct error *err)
{
	int64_t source;
	struct sql q;
	int found = source_number(store, mailbox, false, &source, err);

	if (found != 1)
		return found;
	if (sql_open(&q, store,
		     "SELECT uidvalidity, uid FROM cursor"
		     " WHERE source = ? AND folder = ?",
		     err))
		return -1;
	sql_bind_number(&q, source);
	sql_bind_text(&q, span_of(folder));
	if ((found = sql_row(&q, err)) != 1)
		return found;
	ret_cursor->uidvalidity = (uint32_t)sql_number(&q, 0);
	ret_cursor->uid = (uint32_t)sql_number(&q, 1);
	sql_close(&q);
	return 1;
}

int
store_cursor_set(struct store *store, const char *mailbox, const char *folder,
		 struct store_cursor cursor, struct error *err)
{
	int64_t source;
	struct sql q;

	if (source_number(store, mailbox, true, &source, err) < 0 ||
	    sql_open(&q, store,
		     "INSERT INTO cursor (source, folder, uidvalidity, uid)"
		     " VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
		     " uidvalidity = excluded.uidvalidity,"
		     " uid = excluded.uid",
		     err))
		return -1;
	sql_bind_number(&q, source);
	sql_bind_text(&q, span_of(folder));
	sql_bind_number(&q, cursor.uidvalidity);
	sql_bind_number(&q, cursor.uid);
	return sql_run(&q, err);
}

int
store_delivery_find(struct store *store, const char *source_name,
		    struct span key, int64_t *ret_message, struct error *err)
{
	int64_t source;
	struct sql q;
	int found = source_number(store, source_name, false, &source, err);

	if (found != 1)
		return found;
	if (sql_open(&q, store,
		     "SELECT message FROM delivery"
		     " WHERE source = ? AND key = ?",
		     err))
		return -1;
	sql_bind_number(&q, source);
	sql_bind_text(&q, key);
	if ((found = sql_row(&q, err)) != 1)
		return found;
	*ret_message = sql_number(&q, 0); /* NULL reads as 0 */
	sql_close(&q);
	return 1;
}

int
store_delivery_add(struct store *store, const struct store_delivery *delivery,
		   struct error *err)
{
	int64_t source;
	struct sql q;

	if (source_number(store, delivery->source, true, &source, err) < 0 ||
	    sql_open(&q, store,
		     "INSERT OR IGNORE INTO delivery"
		     " (source, key, message, at, reason)"
		     " VALUES (?, ?, nullif(?, 0), ?, ?)",
		     err))
		return -1;
	sql_bind_number(&q, source);
	sql_bind_text(&q, delivery->key);
	sql_bind_number(&q, delivery->message);
	sql_bind_number(&q, delivery->at);
	sql_bind_text(&q, delivery->reason);
	return sql_run(&q, err);
}

int
store_unreadable(struct store *store, size_t limit, struct arena *arena,
		 struct store_delivery **ret_list, size_t *ret_count,
		 struct error *err)
{
	struct store_delivery *list = NULL;
	size_t count = 0;
	struct sql q;
	int found;

	if (sql_open(&q, store,
		     "SELECT s.name, d.key, d.at, d.reason FROM delivery d"
		     " JOIN source s ON s.id = d.source"
		     " WHERE d.message IS NULL ORDER BY d.at DESC LIMIT ?",
		     err))
		return -1;
	sql_bind_number(&q, (long long)store_limit(limit));
	while ((found = sql_row(&q, err)) == 1) {
		struct store_delivery *one =
			arena_push(arena, &list, &count, sizeof(*list));

		one->source = sql_text(&q, 0, arena).ptr;
		one->key = sql_text(&q, 1, arena);
		one->at = sql_number(&q, 2);
		one->reason = sql_text(&q, 3, arena);
	}
	if (found < 0)
		return -1;
	*ret_list = list;
	*ret_count = count;
	return 0;
}

int
store_note_set(struct store *store, const char *name, struct span value,
	       struct error *err)
{
	struct sql q;

	if (sql_open(&q, store,
		     value.len ? "INSERT OR REPLACE INTO note (name, value)"
				 " VALUES (?, ?)" :
				 "DELETE FROM note WHERE name = ?",
		     err))
		return -1;
	sql_bind_text(&q, span_of(name));
	if (value.len)
		sql_bind_text(&q, value);
	return sql_run(&q, err);
}

int
store_notes(struct store *store, const char *prefix, struct arena *arena,
	    struct store_note **ret_list, size_t *ret_count, struct error *err)
{
	struct store_note *list = NULL;
	size_t count = 0;
	struct sql q;
	int found;

	if (sql_open(&q, store,
		     "SELECT name, value FROM note WHERE name >= ?1"
		     " AND substr(name, 1, length(?1)) = ?1 ORDER BY name",
		     err))
		return -1;
	sql_bind_text(&q, span_of(prefix));
	while ((found = sql_row(&q, err)) == 1) {
		struct store_note *one =
			arena_push(arena, &list, &count, sizeof(*list));

		one->name = sql_text(&q, 0, arena);
		one->value = sql_text(&q, 1, arena);
	}
	if (found < 0)
		return -1;
	*ret_list = list;
	*ret_count = count;
	return 0;
}
