/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vocabulary.h"

#include <assert.h>
#include <stdlib.h>

enum { BATCHES_LEAST = 2 /* that a feature must stand in */ };

struct entry {
	uint64_t key;
	char *name;
	size_t last_batch;
	int batches, number;
};

struct vocabulary {
	struct arena *arena;
	struct entry *slots;
	size_t slot_count, used;
	const struct entry **kept; /* by number, from 1 */
	int numbers;
};

struct vocabulary *
vocabulary_new(void)
{
	struct vocabulary *v = calloc(1, sizeof(*v));

	v->arena = arena_new((size_t)2 << 30);
	v->slot_count = (size_t)1 << 22;
	v->slots = calloc(v->slot_count, sizeof(*v->slots));
	return v;
}

void
vocabulary_free(struct vocabulary *v)
{
	if (v == NULL)
		return;
	arena_free(v->arena);
	free(v->slots);
	free(v->kept);
	free(v);
}

static struct entry *
entry_of(const struct vocabulary *v, uint64_t key)
{
	size_t at = (key * 0x9e3779b97f4a7c15u >> 20) & (v->slot_count - 1);

	while (v->slots[at].key != 0 && v->slots[at].key != key)
		at = (at + 1) & (v->slot_count - 1);
	return &v->slots[at];
}

void
vocabulary_see(struct vocabulary *v, const struct features *f, size_t batch)
{
	size_t i;

	for (i = 0; i < f->count; i++) {
		struct entry *entry = entry_of(v, f->keys[i]);

		if (entry->key == 0) {
			if (++v->used * 10 > v->slot_count * 9)
				abort();
			entry->key = f->keys[i];
			entry->name = arena_string(v->arena, f->names[i]);
		}
		assert(entry->batches == 0 || entry->last_batch <= batch);
		if (entry->batches == 0 || entry->last_batch != batch)
			entry->batches++;
		entry->last_batch = batch;
	}
}

size_t
vocabulary_close(struct vocabulary *v)
{
	size_t i;

	v->numbers = 0;
	v->kept = calloc(v->used + 1, sizeof(struct entry *));
	for (i = 0; i < v->slot_count; i++)
		if (v->slots[i].batches >= BATCHES_LEAST) {
			v->slots[i].number = ++v->numbers;
			v->kept[v->numbers] = &v->slots[i];
		}
	return (size_t)v->numbers;
}

int
vocabulary_count(const struct vocabulary *v)
{
	return v->numbers;
}

int
vocabulary_number(const struct vocabulary *v, uint64_t key)
{
	return entry_of(v, key)->number;
}

const char *
vocabulary_name(const struct vocabulary *v, int number)
{
	return v->kept[number]->name;
}

int
vocabulary_batches(const struct vocabulary *v, int number)
{
	return v->kept[number]->batches;
}
