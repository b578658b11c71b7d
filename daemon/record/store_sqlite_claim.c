/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Claims: messages in the name of somebody of the council whose sender failed
 * the check. Few, so they have a table of their own, and the message only a
 * bit.
 */
#include "store_private.h"

int
store_claim_add(struct store *store, const struct store_claim *claim,
		struct error *err)
{
	struct sql q;

	if (sql_open(&q, store,
		     "INSERT OR IGNORE INTO claim (message, why, findings,"
		     " subject, excerpt, refs, found, settled, genuine, who)"
		     " VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, '')",
		     err))
		return -1;
	sql_bind_number(&q, claim->message.id);
	sql_bind_text(&q, claim->why);
	sql_bind_number(&q, (long long)claim->findings);
	sql_bind_text(&q, claim->subject);
	sql_bind_text(&q, claim->excerpt);
	sql_bind_words(&q, &claim->references);
	sql_bind_number(&q, claim->found);
	return sql_run(&q, err);
}

static int
list_claims(struct store *store, int64_t message, bool unsettled, size_t limit,
	    struct arena *arena, struct store_claim **ret_list,
	    size_t *ret_count, struct error *err)
{
	struct sql q;
	int found;

	if (sql_open(&q, store,
		     unsettled ?
			     "SELECT message, why, findings, subject, excerpt,"
			     " refs, found, settled, genuine, who FROM claim"
			     " WHERE settled = 0 AND (?1 = 0 OR message = ?1)"
			     " ORDER BY message DESC LIMIT ?2" :
			     "SELECT message, why, findings, subject, excerpt,"
			     " refs, found, settled, genuine, who FROM claim"
			     " WHERE (?1 = 0 OR message = ?1)"
			     " ORDER BY message DESC LIMIT ?2",
		     err))
		return -1;
	sql_bind_number(&q, message);
	sql_bind_number(&q, (long long)store_limit(limit));
	while ((found = sql_row(&q, err)) == 1) {
		struct store_claim *one =
			arena_push(arena, ret_list, ret_count, sizeof(*one));

		*one = (struct store_claim){
			.message = { .id = sql_number(&q, 0) },
			.why = sql_text(&q, 1, arena),
			.findings = (size_t)sql_number(&q, 2),
			.subject = sql_text(&q, 3, arena),
			.excerpt = sql_text(&q, 4, arena),
			.references = sql_words(&q, 5, arena),
			.found = sql_number(&q, 6),
			.settled = sql_number(&q, 7),
			.genuine = sql_number(&q, 8) != 0,
			.who = sql_text(&q, 9, arena),
		};
	}
	return found;
}

int
store_claims(struct store *store, int64_t message, bool unsettled, size_t limit,
	     struct arena *arena, struct store_claim **ret_list,
	     size_t *ret_count, struct error *err)
{
	struct store_claim *list = NULL;
	size_t count = 0;

	if (list_claims(store, message, unsettled, limit, arena, &list, &count,
			err))
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct store_message *about;
		size_t n;

		if (store_messages(store, 0, list[i].message.id, 1, arena,
				   &about, &n, err))
			return -1;
		if (n)
			list[i].message = about[0];
	}
	*ret_list = list;
	*ret_count = count;
	return 0;
}

int
store_claim_settle(struct store *store, const struct store_claim *claim,
		   struct error *err)
{
	struct sql q;

	if (sql_open(&q, store,
		     "UPDATE claim SET settled = ?, genuine = ?, who = ?,"
		     " subject = '', excerpt = '' WHERE message = ?",
		     err))
		return -1;
	sql_bind_number(&q, claim->settled);
	sql_bind_number(&q, claim->genuine);
	sql_bind_text(&q, claim->who);
	sql_bind_number(&q, claim->message.id);
	if (sql_run(&q, err))
		return -1;
	return claim->genuine ?
		       message_verified(store, claim->message.id, err) :
		       0;
}
