/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the text file to the form that is looked up. Packs are there to do it
 * once; a new kind of line needs its own part (model_private.h).
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filters/model_private.h"

enum { LINE_BYTES = 1024, BUCKETS_FIRST = 256 };
static const double number_max = 1e9; /* beyond it nothing is meant */

struct weight_line {
	uint64_t mixed; /* key, as model_mix() makes it */
	uint16_t model;
	float weight;
};

struct making {
	struct model_head heads[MODELS_MAX];
	size_t head_count;
	struct weight_line *lines;
	size_t line_count, line_room;
};

static int
add_line(struct making *making, uint64_t key, double weight, struct error *err)
{
	size_t room = making->line_room;
	struct weight_line *grown;

	if (making->line_count == room) {
		room = room == 0 ? 65536 : room * 2;
		grown = realloc(making->lines, room * sizeof(*grown));
		if (grown == NULL)
			return error_set(err, ERROR_INTERNAL, "out of memory");
		making->lines = grown;
		making->line_room = room;
	}
	making->lines[making->line_count++] = (struct weight_line){
		.mixed = model_mix(key),
		.model = (uint16_t)(making->head_count - 1),
		.weight = (float)weight,
	};
	return 0;
}

static bool
sound(double number)
{
	return number >= -number_max && number <= number_max; /* no NaN */
}

static int
read_head(struct making *making, const char *line, unsigned number,
	  struct error *err)
{
	struct model_head *head;

	if (making->head_count == MODELS_MAX)
		return error_set(err, ERROR_CONFIG, "line %u: too many models",
				 number);
	head = &making->heads[making->head_count++];
	if (sscanf(line, "model %63s %lf %lf %lf %lf", head->name, &head->bias,
		   &head->threshold, &head->slope, &head->offset) != 5 ||
	    !sound(head->bias) || !sound(head->threshold) ||
	    !sound(head->slope) || !sound(head->offset))
		return error_set(err, ERROR_CONFIG,
				 "line %u: not a model's head", number);
	return 0;
}

static int
read_line(struct making *making, char *line, unsigned number, struct error *err)
{
	char *tab, *end;
	double weight;

	if (strncmp(line, "model ", 6) == 0)
		return read_head(making, line, number, err);
	if (line[0] == '#' || line[0] == '\0')
		return 0;
	tab = strchr(line, '\t');
	weight = strtod(line, &end);
	if (tab == NULL || end != tab || making->head_count == 0 ||
	    !sound(weight))
		return error_set(err, ERROR_CONFIG, "line %u: not a weight",
				 number);
	return add_line(making, feature_key(span_of(tab + 1)), weight, err);
}

static int
by_key(const void *a, const void *b)
{
	const struct weight_line *x = a, *y = b;

	if (x->mixed != y->mixed)
		return x->mixed < y->mixed ? -1 : 1;
	return (int)x->model - (int)y->model;
}

static int
read_lines(struct making *making, FILE *in, struct error *err)
{
	char line[LINE_BYTES];
	unsigned number = 1;
	int version = 0, rc = 0;

	if (fgets(line, sizeof(line), in) == NULL ||
	    sscanf(line, "clerk-model %d", &version) != 1 ||
	    version != MODEL_VERSION)
		return error_set(err, ERROR_CONFIG,
				 "not a model file of version %d",
				 MODEL_VERSION);
	while (rc == 0 && fgets(line, sizeof(line), in) != NULL) {
		line[strcspn(line, "\r\n")] = '\0';
		rc = read_line(making, line, ++number, err);
	}
	return rc;
}

/* The lines in order, as a table of keys, each with its run of weights. */
struct table {
	uint32_t *buckets;
	size_t bucket_count;
	uint64_t *keys;
	uint32_t *firsts;
	size_t key_count;
	struct model_entry *entries;
};

static void
fill_table(const struct making *making, struct table *table)
{
	const size_t count = making->line_count;
	size_t i, bucket = 0;

	for (i = 0; i < count; i++) {
		const struct weight_line *line = &making->lines[i];

		if (i == 0 || line[-1].mixed != line->mixed) {
			for (; bucket <=
			       model_bucket(line->mixed, table->bucket_count);
			     bucket++)
				table->buckets[bucket] =
					(uint32_t)table->key_count;
			table->firsts[table->key_count] = (uint32_t)i;
			table->keys[table->key_count++] = line->mixed;
		}
		table->entries[i] = (struct model_entry){
			.weight = line->weight,
			.model = line->model,
		};
	}
	table->firsts[table->key_count] = (uint32_t)count;
	for (; bucket <= table->bucket_count; bucket++)
		table->buckets[bucket] = (uint32_t)table->key_count;
}

#define PART(array, count)                                        \
	{                                                         \
		(const char *)(array), (count) * sizeof(*(array)) \
	}

static struct pack *
pack_of(const struct making *making, uint64_t key)
{
	struct arena *arena = arena_new(0);
	size_t count = making->line_count;
	struct table table = { .bucket_count = BUCKETS_FIRST };
	struct pack *pack;

	/* Several weights share a key: about one key to a bucket. */
	while (table.bucket_count < count / 2)
		table.bucket_count *= 2;
	table.buckets = arena_array(arena, table.bucket_count + 1,
				    sizeof(*table.buckets));
	table.keys = arena_array(arena, count + 1, sizeof(*table.keys));
	table.firsts = arena_array(arena, count + 1, sizeof(*table.firsts));
	table.entries = arena_array(arena, count + 1, sizeof(*table.entries));
	fill_table(making, &table);
	const struct span parts[MODEL_PART_COUNT] = {
		[MODEL_HEADS] = PART(making->heads, making->head_count),
		[MODEL_BUCKETS] = PART(table.buckets, table.bucket_count + 1),
		[MODEL_KEYS] = PART(table.keys, table.key_count),
		[MODEL_FIRSTS] = PART(table.firsts, table.key_count + 1),
		[MODEL_ENTRIES] = PART(table.entries, count),
	};

	pack = pack_make(key, parts, MODEL_PART_COUNT);
	arena_free(arena);
	return pack;
}

int
model_make(const char *path, uint64_t key, struct pack **ret_pack,
	   struct error *err)
{
	struct making *making = calloc(1, sizeof(*making));
	FILE *in = fopen(path, "re");
	int rc = 0;

	if (making == NULL || in == NULL)
		rc = error_set(err, ERROR_CONFIG, "%s", strerror(errno));
	else
		rc = read_lines(making, in, err);
	if (rc == 0 && making->line_count != 0)
		qsort(making->lines, making->line_count, sizeof(*making->lines),
		      by_key);
	if (rc == 0)
		*ret_pack = pack_of(making, key);
	if (in != NULL)
		fclose(in);
	if (making != NULL)
		free(making->lines);
	free(making);
	return rc;
}
