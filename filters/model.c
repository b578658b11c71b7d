/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_BYTES = 1024, AHEAD = 8 };

struct head {
	char name[64];
	double bias, threshold, slope, offset;
};

struct entry {
	uint64_t key;
	uint16_t model;
	float weight;
};

struct slot {
	uint64_t key;
	uint32_t first, count; /* entries */
};

struct model {
	struct head heads[MODELS_MAX];
	size_t head_count;
	struct entry *entries;
	size_t entry_count, entry_room;
	struct slot *slots;
	size_t slot_count;
};

static int
add_entry(struct model *model, uint64_t key, double weight, struct error *err)
{
	size_t room = model->entry_room;
	struct entry *grown;

	if (model->entry_count == room) {
		room = room == 0 ? 65536 : room * 2;
		grown = realloc(model->entries, room * sizeof(*grown));
		if (grown == NULL)
			return error_set(err, ERROR_INTERNAL, "out of memory");
		model->entries = grown;
		model->entry_room = room;
	}
	model->entries[model->entry_count++] = (struct entry){
		.key = key,
		.model = (uint16_t)(model->head_count - 1),
		.weight = (float)weight,
	};
	return 0;
}

static int
read_line(struct model *model, char *line, unsigned number, struct error *err)
{
	struct head *head;
	char *tab, *end;
	double weight;

	if (strncmp(line, "model ", 6) == 0) {
		if (model->head_count == MODELS_MAX)
			return error_set(err, ERROR_CONFIG,
					 "line %u: too many models", number);
		head = &model->heads[model->head_count++];
		if (sscanf(line, "model %63s %lf %lf %lf %lf", head->name,
			   &head->bias, &head->threshold, &head->slope,
			   &head->offset) != 5)
			return error_set(err, ERROR_CONFIG,
					 "line %u: not a model's head", number);
		return 0;
	}
	if (line[0] == '#' || line[0] == '\0')
		return 0;
	tab = strchr(line, '\t');
	weight = strtod(line, &end);
	if (tab == NULL || end != tab || model->head_count == 0)
		return error_set(err, ERROR_CONFIG, "line %u: not a weight",
				 number);
	return add_entry(model, feature_key(span_of(tab + 1)), weight, err);
}

static int
by_key(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (int)x->model - (int)y->model;
}

static size_t
slot_of(const struct model *model, uint64_t key)
{
	return (key * 0x9e3779b97f4a7c15u >> 24) & (model->slot_count - 1);
}

static size_t
slot_at(const struct model *model, uint64_t key)
{
	size_t at = slot_of(model, key);

	while (model->slots[at].count != 0 && model->slots[at].key != key)
		at = (at + 1) & (model->slot_count - 1);
	return at;
}

static int
index_entries(struct model *model, struct error *err)
{
	size_t i, first;

	for (model->slot_count = 1024;
	     model->slot_count < model->entry_count * 2;)
		model->slot_count *= 2;
	model->slots = calloc(model->slot_count, sizeof(*model->slots));
	if (model->slots == NULL)
		return error_set(err, ERROR_INTERNAL, "out of memory");
	if (model->entry_count != 0)
		qsort(model->entries, model->entry_count,
		      sizeof(*model->entries), by_key);
	for (i = 0; i < model->entry_count;) {
		uint64_t key = model->entries[i].key;

		for (first = i;
		     i < model->entry_count && model->entries[i].key == key;)
			i++;
		model->slots[slot_at(model, key)] = (struct slot){
			.key = key,
			.first = (uint32_t)first,
			.count = (uint32_t)(i - first),
		};
	}
	return 0;
}

int
model_load(const char *path, struct model **ret_model, struct error *err)
{
	struct model *model = calloc(1, sizeof(*model));
	FILE *in = fopen(path, "re");
	char line[LINE_BYTES];
	unsigned number = 0;
	int version = 0, rc = 0;

	if (model == NULL || in == NULL) {
		rc = error_set(err, ERROR_CONFIG, "%s", strerror(errno));
		goto out;
	}
	if (fgets(line, sizeof(line), in) == NULL ||
	    sscanf(line, "clerk-model %d", &version) != 1 ||
	    version != MODEL_VERSION)
		rc = error_set(err, ERROR_CONFIG,
			       "not a model file of version %d", MODEL_VERSION);
	number = 1;
	while (rc == 0 && fgets(line, sizeof(line), in) != NULL) {
		line[strcspn(line, "\r\n")] = '\0';
		rc = read_line(model, line, ++number, err);
	}
	if (rc == 0)
		rc = index_entries(model, err);
out:
	if (in != NULL)
		fclose(in);
	if (rc != 0) {
		model_free(model);
		return error_add(err, "weights %s", path);
	}
	*ret_model = model;
	return 0;
}

void
model_free(struct model *model)
{
	if (model == NULL)
		return;
	free(model->entries);
	free(model->slots);
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

void
model_add(const struct model *model, const struct features *features,
	  double scale, double scores[MODELS_MAX])
{
	const struct slot *slot;
	size_t i;
	uint32_t k;

	for (i = 0; i < features->count; i++) {
		/* Slots lie far apart: the memory is asked for ahead. */
		if (i + AHEAD < features->count)
			__builtin_prefetch(&model->slots[slot_of(
				model, features->keys[i + AHEAD])]);
		slot = &model->slots[slot_at(model, features->keys[i])];
		for (k = 0; k < slot->count; k++) {
			const struct entry *entry =
				&model->entries[slot->first + k];

			scores[entry->model] += scale * (double)entry->weight;
		}
	}
}

double
model_probability(const struct model *model, int which, double score)
{
	const struct head *head = &model->heads[which];

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
	const struct slot *slot = &model->slots[slot_at(model, key)];
	uint32_t k;

	for (k = 0; k < slot->count; k++)
		if (model->entries[slot->first + k].model == which)
			return (double)model->entries[slot->first + k].weight;
	return 0;
}
