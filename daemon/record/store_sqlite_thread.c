/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which thread a key belongs to.
 *
 * Keys are hashes and so arrive in no order; one big index of them would have
 * a page written for every key of a batch, and grow slower with every year.
 * They are kept in generations instead: the row number of a key is the number
 * of its generation (12 bits), then its hash (51 bits), so that new keys go
 * into the last few hundred pages only, and old generations never change but
 * for a key that is moved. Whether a generation may hold a key is told by a
 * filter in memory (Bloom: 64 KB for 32,768 keys, wrong for one in 400), which
 * is stored when the generation is full.
 *
 * A filter may say "perhaps" for a key that was rolled back, never "no" for
 * one that is there. A reader keeps none and asks every generation.
 */
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

enum {
	GENERATION_KEYS = 32768,
	GENERATIONS_MAX = 4096, /* the last one then grows */
	HASH_BITS = 51,
	FILTER_BYTES = 65536,
	FILTER_PROBES = 4
};

struct key_filters {
	unsigned char *at[GENERATIONS_MAX];
	unsigned current; /* the generation that new keys go into */
	unsigned filled;  /* keys in it */
};

/* The kinds must not meet: an id and a subject of the same text are two keys.
 * The rest is the finalizer of MurmurHash3, which spreads FNV well. */
static uint64_t
key_hash(const struct thread_key *key)
{
	uint64_t h = span_hash(key->text) ^
		     (uint64_t)(key->kind + 1) * 0x9E3779B97F4A7C15u;

	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdu;
	h ^= h >> 33;
	h *= 0xc4ceb9fe1a85ec53u;
	h ^= h >> 33;
	return h >> (64 - HASH_BITS);
}

static int64_t
row_of(unsigned generation, uint64_t hash)
{
	return (int64_t)((uint64_t)generation << HASH_BITS | hash);
}

/* ---- filters ---- */

static bool
filter_has(const unsigned char *filter, uint64_t hash)
{
	for (int i = 0; i < FILTER_PROBES; i++, hash >>= 8) {
		unsigned bit = (unsigned)(hash % (FILTER_BYTES * 8));

		if (!(filter[bit / 8] & 1u << bit % 8))
			return false;
	}
	return true;
}

static void
filter_add(unsigned char *filter, uint64_t hash)
{
	for (int i = 0; i < FILTER_PROBES; i++, hash >>= 8) {
		unsigned bit = (unsigned)(hash % (FILTER_BYTES * 8));

		filter[bit / 8] |= (unsigned char)(1u << bit % 8);
	}
}

static unsigned char *
filter_of(struct key_filters *filters, unsigned generation)
{
	if (!filters->at[generation])
		filters->at[generation] = calloc(1, FILTER_BYTES);
	if (!filters->at[generation])
		abort();
	return filters->at[generation];
}

void
keys_forget(struct store *store)
{
	struct key_filters *filters = store->filters;

	if (!filters)
		return;
	for (unsigned i = 0; i < GENERATIONS_MAX; i++)
		free(filters->at[i]);
	free(filters);
	store->filters = NULL;
}

static int
load_full(struct store *store, struct key_filters *filters, struct error *err)
{
	struct sql q;
	int found;

	if (sql_open(&q, store, "SELECT generation, bits FROM key_filter", err))
		return -1;
	while ((found = sql_row(&q, err)) == 1) {
		unsigned generation = (unsigned)sql_number(&q, 0);
		struct span bits = sql_blob(&q, 1);

		if (generation < GENERATIONS_MAX && bits.len == FILTER_BYTES)
			memcpy(filter_of(filters, generation), bits.ptr,
			       FILTER_BYTES);
	}
	return found;
}

static int
load_current(struct store *store, struct key_filters *filters,
	     struct error *err)
{
	struct sql q;
	int found;

	if (sql_open(&q, store, "SELECT hash FROM thread_key WHERE hash >= ?",
		     err))
		return -1;
	sql_bind_number(&q, row_of(filters->current, 0));
	while ((found = sql_row(&q, err)) == 1) {
		filter_add(filter_of(filters, filters->current),
			   (uint64_t)sql_number(&q, 0) &
				   (((uint64_t)1 << HASH_BITS) - 1));
		filters->filled++;
	}
	return found;
}

static int
newest_generation(struct store *store, unsigned *ret, struct error *err)
{
	struct sql q;
	int found;

	if (sql_open(&q, store, "SELECT max(hash) FROM thread_key", err))
		return -1;
	if ((found = sql_row(&q, err)) != 1)
		return found;
	*ret = (unsigned)((uint64_t)sql_number(&q, 0) >> HASH_BITS);
	sql_close(&q);
	return 0;
}

static int
keys_load(struct store *store, struct error *err)
{
	struct key_filters *filters;

	if (store->filters)
		return 0;
	filters = calloc(1, sizeof(*filters));
	if (!filters)
		abort();
	store->filters = filters;
	if (newest_generation(store, &filters->current, err) ||
	    load_full(store, filters, err) || load_current(store, filters, err))
		return -1;
	return 0;
}

/* ---- keys ---- */

static int
find_row(struct store *store, int64_t row, struct key_place *ret_place,
	 struct error *err)
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
	sql_bind_number(&q, row);
	if ((found = sql_row(&q, err)) != 1)
		return found;
	ret_place->row = row;
	ret_place->thread = sql_number(&q, 0);
	ret_place->message = sql_number(&q, 1);
	sql_close(&q);
	return 1;
}

int
key_find(struct store *store, const struct thread_key *key,
	 struct key_place *ret_place, struct error *err)
{
	uint64_t hash = key_hash(key);
	struct key_filters *filters;

	if (keys_load(store, err))
		return -1;
	filters = store->filters;
	for (unsigned i = filters->current + 1; i-- > 0;) {
		int found;

		if (filters->at[i] && !filter_has(filters->at[i], hash))
			continue; /* without a filter it is asked */
		found = find_row(store, row_of(i, hash), ret_place, err);
		if (found)
			return found;
	}
	return 0;
}

static int
close_generation(struct store *store, struct key_filters *filters,
		 struct error *err)
{
	struct sql q;

	if (sql_open(&q, store,
		     "INSERT OR REPLACE INTO key_filter (generation, bits)"
		     " VALUES (?, ?)",
		     err))
		return -1;
	sql_bind_number(&q, filters->current);
	sql_bind_blob(&q, (struct span){ (const char *)filter_of(
						 filters, filters->current),
					 FILTER_BYTES });
	if (sql_run(&q, err))
		return -1;
	filters->current++;
	filters->filled = 0;
	return 0;
}

static int
insert_key(struct store *store, uint64_t hash, const struct key_place *place,
	   struct error *err)
{
	struct key_filters *filters = store->filters;
	struct sql q;

	if (filters->filled >= GENERATION_KEYS &&
	    filters->current + 1 < GENERATIONS_MAX &&
	    close_generation(store, filters, err))
		return -1;
	if (sql_open(&q, store,
		     "INSERT INTO thread_key (hash, thread, message)"
		     " VALUES (?, ?, ?)",
		     err))
		return -1;
	sql_bind_number(&q, row_of(filters->current, hash));
	sql_bind_number(&q, place->thread);
	sql_bind_number(&q, place->message);
	filter_add(filter_of(filters, filters->current), hash);
	filters->filled++;
	return sql_run(&q, err);
}

int
key_put(struct store *store, const struct thread_key *key,
	const struct key_place *place, struct error *err)
{
	struct sql q;

	if (!place->row)
		return insert_key(store, key_hash(key), place, err);
	if (sql_open(&q, store,
		     "UPDATE thread_key SET thread = ?, message = ?"
		     " WHERE hash = ?",
		     err))
		return -1;
	sql_bind_number(&q, place->thread);
	sql_bind_number(&q, place->message);
	sql_bind_number(&q, place->row);
	return sql_run(&q, err);
}

int
store_thread_find(struct store *store, const struct thread_key *key,
		  int64_t *ret_thread, struct error *err)
{
	struct key_place place;
	int found = key_find(store, key, &place, err);

	if (found == 1)
		*ret_thread = place.thread;
	return found;
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
join_key(struct store *store, const struct thread_key *key, int64_t *thread,
	 struct error *err)
{
	struct key_place place = { 0 };
	int found = key_find(store, key, &place, err);

	if (found < 0)
		return -1;
	if (found && place.thread == *thread)
		return 0;
	if (found && key->kind == THREAD_KEY_ID) {
		/* the older number stays, so that it does not wander */
		int64_t there = place.thread;
		int64_t old = there > *thread ? there : *thread;

		*thread = there > *thread ? *thread : there;
		return merge_threads(store, old, *thread, err);
	}
	place.thread = *thread;
	return key_put(store, key, &place, err);
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
