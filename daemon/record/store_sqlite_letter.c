/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters and their fate. */
#include "store_private.h"

int
store_letter_add(struct store *store, struct store_letter *letter,
		 struct error *err)
{
	struct sql q;

	if (sql_open(&q, store,
		     "INSERT INTO letter (state, recipient, message_id, kind,"
		     " text, queued, next_try, settled, attempts, note)"
		     " VALUES (?,?,?,?,?,?,?,?,?,?)",
		     err))
		return -1;
	sql_bind_number(&q, letter->state);
	sql_bind_text(&q, letter->recipient);
	sql_bind_text(&q, letter->message_id);
	sql_bind_text(&q, letter->kind);
	sql_bind_text(&q, letter->text);
	sql_bind_number(&q, letter->queued);
	sql_bind_number(&q, letter->next_try);
	sql_bind_number(&q, letter->settled);
	sql_bind_number(&q, letter->attempts);
	sql_bind_text(&q, letter->note);
	if (sql_run(&q, err))
		return -1;
	letter->id = sql_last_id(store);
	return 0;
}

int
store_letter_update(struct store *store, const struct store_letter *letter,
		    struct error *err)
{
	struct sql q;

	if (sql_open(&q, store,
		     "UPDATE letter SET state = ?1, next_try = ?2,"
		     " settled = ?3, attempts = ?4, note = ?5,"
		     " text = iif(?3 = 0, text, '') WHERE id = ?6",
		     err))
		return -1;
	sql_bind_number(&q, letter->state);
	sql_bind_number(&q, letter->next_try);
	sql_bind_number(&q, letter->settled);
	sql_bind_number(&q, letter->attempts);
	sql_bind_text(&q, letter->note);
	sql_bind_number(&q, letter->id);
	return sql_run(&q, err);
}

#define LETTER_SELECT                                                  \
	"SELECT id, state, recipient, message_id, kind, text, queued," \
	" next_try, settled, attempts, note FROM letter WHERE "
#define LETTER_FILTER                      \
	" AND (?3 = '' OR recipient = ?3)" \
	" AND (?4 = 0 OR ((1 << state) & ?4) <> 0)"

static const char *
letter_statement(const struct letter_query *query)
{
	if (query->id)
		return LETTER_SELECT
			"id = ?1 AND (?2 = '' OR message_id = ?2)" LETTER_FILTER
			" AND (?5 = 0 OR next_try <= ?5) LIMIT ?6";
	if (query->message_id.len)
		return LETTER_SELECT "?1 = 0 AND message_id = ?2" LETTER_FILTER
				     " AND (?5 = 0 OR next_try <= ?5)"
				     " ORDER BY id LIMIT ?6";
	if (query->due_until)
		return LETTER_SELECT
			"?1 = 0 AND ?2 = '' AND settled = 0" LETTER_FILTER
			" AND next_try <= ?5"
			" ORDER BY next_try, id LIMIT ?6";
	return LETTER_SELECT "?1 = 0 AND ?2 = ''" LETTER_FILTER
			     " AND ?5 = 0 ORDER BY id DESC LIMIT ?6";
}

int
store_letters(struct store *store, const struct letter_query *query,
	      struct arena *arena, struct store_letter **ret_list,
	      size_t *ret_count, struct error *err)
{
	struct store_letter *list = NULL;
	size_t count = 0;
	struct sql q;
	int found;

	if (sql_open(&q, store, letter_statement(query), err))
		return -1;
	sql_bind_number(&q, query->id);
	sql_bind_text(&q, query->message_id);
	sql_bind_text(&q, query->recipient);
	sql_bind_number(&q, query->states);
	sql_bind_number(&q, query->due_until);
	sql_bind_number(&q, (long long)store_limit(query->limit));
	while ((found = sql_row(&q, err)) == 1) {
		struct store_letter *one =
			arena_push(arena, &list, &count, sizeof(*list));

		one->id = sql_number(&q, 0);
		one->state = (enum letter_state)sql_number(&q, 1);
		one->recipient = sql_text(&q, 2, arena);
		one->message_id = sql_text(&q, 3, arena);
		one->kind = sql_text(&q, 4, arena);
		one->text = sql_text(&q, 5, arena);
		one->queued = sql_number(&q, 6);
		one->next_try = sql_number(&q, 7);
		one->settled = sql_number(&q, 8);
		one->attempts = (unsigned)sql_number(&q, 9);
		one->note = sql_text(&q, 10, arena);
	}
	if (found < 0)
		return -1;
	*ret_list = list;
	*ret_count = count;
	return 0;
}
