/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "filters/model_private.h"

enum { AHEAD = 8 };
#define NONE SIZE_MAX

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
	const float *biases;
	const float (*outputs)[MODEL_UNITS];
	const struct model_place *places;
	const int8_t (*vectors)[MODEL_UNITS];
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
		.biases = part(pack, MODEL_BIASES),
		.outputs = part(pack, MODEL_OUTPUTS),
		.places = part(pack, MODEL_PLACES),
		.vectors = part(pack, MODEL_VECTORS),
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
model_start(const struct model *model, struct model_sum *sum)
{
	size_t i;

	for (i = 0; i < model->head_count; i++)
		sum->scores[i] = model->heads[i].bias;
	memcpy(sum->units, model->biases, sizeof(sum->units));
}

/* Where a feature stands among the keys; NONE when it has no weight. */
static inline size_t
find_key(const struct model *model, uint64_t key)
{
	uint64_t mixed = model_mix(key);
	const uint32_t *bucket =
		&model->buckets[model_bucket(mixed, model->bucket_count)];
	size_t at;

	for (at = bucket[0]; at < bucket[1]; at++)
		if (model->keys[at] == mixed)
			return at;
	return NONE;
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

static inline void
add_vector(const struct model *model, struct model_place place, double scale,
	   float units[MODEL_UNITS])
{
	const float step = (float)scale * place.scale;
	const int8_t *vector;
	size_t j;

	if (place.vector == 0)
		return;
	vector = model->vectors[place.vector - 1];
	for (j = 0; j < MODEL_UNITS; j++)
		units[j] += step * (float)vector[j];
}

void
model_add(const struct model *model, const struct features *features,
	  double scale, struct model_sum *sum)
{
	uint32_t entry;
	size_t i, at;

	for (i = 0; i < features->count; i++) {
		prefetch(model, features, i);
		at = find_key(model, features->keys[i]);
		if (at == NONE)
			continue;
		for (entry = model->firsts[at]; entry < model->firsts[at + 1];
		     entry++)
			sum->scores[model->entries[entry].model] +=
				scale * (double)model->entries[entry].weight;
		add_vector(model, model->places[at], scale, sum->units);
	}
}

void
model_close(const struct model *model, struct model_sum *sum)
{
	size_t i, j;

	for (i = 0; i < model->head_count; i++)
		for (j = 0; j < MODEL_UNITS; j++)
			if (sum->units[j] > 0)
				sum->scores[i] +=
					(double)(model->outputs[i][j] *
						 sum->units[j]);
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

static double
through_units(const struct model *model, int which, struct model_place place,
	      const float units[MODEL_UNITS])
{
	const float *output = model->outputs[which];
	double weight = 0;
	size_t j;

	for (j = 0; place.vector != 0 && j < MODEL_UNITS; j++)
		if (units[j] > 0)
			weight += (double)output[j] *
				  model->vectors[place.vector - 1][j];
	return weight * (double)place.scale;
}

double
model_weight(const struct model *model, int which, uint64_t key,
	     const struct model_sum *sum)
{
	size_t at = find_key(model, key);
	double weight;
	uint32_t entry;

	if (at == NONE)
		return 0;
	weight = through_units(model, which, model->places[at], sum->units);
	for (entry = model->firsts[at]; entry < model->firsts[at + 1]; entry++)
		if (model->entries[entry].model == (uint32_t)which)
			weight += (double)model->entries[entry].weight;
	return weight;
}
