/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "filters/model_private.h"

enum { AHEAD = 8 };

static const char pack_name[] = "weights";

struct model {
	struct pack *pack; /* everything here lies there */
	const struct model_head *heads;
	size_t head_count;
	const uint32_t *buckets;
	size_t bucket_count;
	const uint64_t *keys;
	const uint32_t *firsts;
	const struct model_entry *entries;
};

static const void *
part(const struct pack *pack, enum model_part number)
{
	return pack_part(pack, number).ptr;
}

static struct model *
model_of(struct pack *pack)
{
	struct model *model = calloc(1, sizeof(*model));

	if (model == NULL)
		abort();
	*model = (struct model){
		.pack = pack,
		.heads = part(pack, MODEL_HEADS),
		.head_count = pack_part(pack, MODEL_HEADS).len /
			      sizeof(*model->heads),
		.buckets = part(pack, MODEL_BUCKETS),
		.bucket_count = pack_part(pack, MODEL_BUCKETS).len /
					sizeof(*model->buckets) -
				1,
		.keys = part(pack, MODEL_KEYS),
		.firsts = part(pack, MODEL_FIRSTS),
		.entries = part(pack, MODEL_ENTRIES),
	};
	return model;
}

int
model_open(const char *path, const struct pack_places *places,
	   struct model **ret_model, struct error *err)
{
	uint64_t seed = pack_hash(0, span_of(PACK_MAKER)), key, now = seed;
	struct error ignored;
	struct pack *pack = NULL;

	key = seed;
	if (places != NULL && pack_hash_file(path, &key, &ignored) == 0)
		pack = pack_find(places, pack_name, key, MODEL_PART_COUNT);
	if (pack == NULL) {
		if (model_make(path, key, &pack, err) != 0)
			return error_add(err, "weights %s", path);
		if (places != NULL &&
		    pack_hash_file(path, &now, &ignored) == 0 && now == key)
			pack = pack_keep(pack, places, pack_name);
	}
	*ret_model = model_of(pack);
	return 0;
}

int
model_load(const char *path, struct model **ret_model, struct error *err)
{
	return model_open(path, NULL, ret_model, err);
}

void
model_free(struct model *model)
{
	if (model == NULL)
		return;
	pack_free(model->pack);
	free(model);
}

int
model_find(const struct model *model, const char *name)
{
	size_t i;

	for (i = 0; i < model->head_count; i++)
		if (strcmp(model->heads[i].name, name) == 0)
			return (int)i;
	return -1;
}

void
model_start(const struct model *model, double scores[MODELS_MAX])
{
	size_t i;

	for (i = 0; i < model->head_count; i++)
		scores[i] = model->heads[i].bias;
}

/* The weights of a feature: entries [first, return value). */
static inline uint32_t
find_key(const struct model *model, uint64_t mixed, uint32_t *ret_first)
{
	const uint32_t *bucket =
		&model->buckets[model_bucket(mixed, model->bucket_count)];
	uint32_t at;

	for (at = bucket[0]; at < bucket[1]; at++)
		if (model->keys[at] == mixed) {
			*ret_first = model->firsts[at];
			return model->firsts[at + 1];
		}
	*ret_first = 0;
	return 0;
}

/* What is looked up next lies far apart: its memory is asked for ahead. */
static inline void
prefetch(const struct model *model, const struct features *features, size_t i)
{
	size_t count = model->bucket_count;

	if (i + 2 * AHEAD < features->count)
		__builtin_prefetch(&model->buckets[model_bucket(
			model_mix(features->keys[i + 2 * AHEAD]), count)]);
	if (i + AHEAD < features->count)
		__builtin_prefetch(&model->keys[model->buckets[model_bucket(
			model_mix(features->keys[i + AHEAD]), count)]]);
}

void
model_add(const struct model *model, const struct features *features,
	  double scale, double scores[MODELS_MAX])
{
	uint32_t at, end;
	size_t i;

	for (i = 0; i < features->count; i++) {
		prefetch(model, features, i);
		end = find_key(model, model_mix(features->keys[i]), &at);
		for (; at < end; at++)
			scores[model->entries[at].model] +=
				scale * (double)model->entries[at].weight;
	}
}

double
model_probability(const struct model *model, int which, double score)
{
	const struct model_head *head = &model->heads[which];

	return 1 / (1 + exp(-(head->slope * score + head->offset)));
}

double
model_threshold(const struct model *model, int which)
{
	return model->heads[which].threshold;
}

double
model_weight(const struct model *model, int which, uint64_t key)
{
	uint32_t at, end = find_key(model, model_mix(key), &at);

	for (; at < end; at++)
		if (model->entries[at].model == (uint32_t)which)
			return (double)model->entries[at].weight;
	return 0;
}
