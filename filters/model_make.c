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

enum {
	LINE_BYTES = 2048,
	BUCKETS_FIRST = 256,
	HEX_BYTES = 2 * MODEL_UNITS,
	VECTOR = MODELS_MAX /* no model's weight, but a feature's vector */
};
static const double number_max = 1e9; /* beyond it nothing is meant */

struct weight_line {
	uint64_t mixed; /* key, as model_mix() makes it */
	uint16_t model;
	float weight;    /* or the scale of the vector */
	uint32_t vector; /* its number + 1, when model is VECTOR */
};

struct making {
	struct model_head heads[MODELS_MAX];
	float outputs[MODELS_MAX][MODEL_UNITS];
	size_t head_count;
	float biases[MODEL_UNITS];
	int8_t (*vectors)[MODEL_UNITS];
	size_t vector_count, vector_room;
	size_t vectors_said;
	bool has_layer, in_vectors;
	struct weight_line *lines;
	size_t line_count, line_room;
};

/* Room for one more in an array of count; NULL when there is none. */
static void *
more(void *array, size_t size, size_t count, size_t *room)
{
	void *grown;

	if (count < *room)
		return array;
	grown = reallocarray(array, *room == 0 ? 65536 : *room * 2, size);
	if (grown != NULL)
		*room = *room == 0 ? 65536 : *room * 2;
	return grown;
}

static int
add_line(struct making *making, struct weight_line line, struct error *err)
{
	struct weight_line *lines =
		more(making->lines, sizeof(*making->lines), making->line_count,
		     &making->line_room);

	if (lines == NULL)
		return error_set(err, ERROR_INTERNAL, "out of memory");
	making->lines = lines;
	lines[making->line_count++] = line;
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
read_units(const char *text, float units[MODEL_UNITS], unsigned number,
	   struct error *err)
{
	char *end;
	size_t j;

	for (j = 0; j < MODEL_UNITS; j++, text = end) {
		double value = strtod(text, &end);

		if (end == text || !sound(value))
			break;
		units[j] = (float)value;
	}
	if (j < MODEL_UNITS || *text != '\0')
		return error_set(err, ERROR_CONFIG, "line %u: not %d units",
				 number, MODEL_UNITS);
	return 0;
}

static int
read_count(struct making *making, const char *text, unsigned number,
	   struct error *err)
{
	char *end;

	making->vectors_said = strtoul(text, &end, 10);
	making->in_vectors = true;
	if (end == text || *end != '\0')
		return error_set(err, ERROR_CONFIG,
				 "line %u: not a number of vectors", number);
	return 0;
}

static int
hex_value(char c)
{
	return c >= '0' && c <= '9' ? c - '0' :
	       c >= 'a' && c <= 'f' ? c - 'a' + 10 :
				      -1;
}

static bool
read_bytes(const char *hex, int8_t bytes[MODEL_UNITS])
{
	size_t j;

	for (j = 0; j < MODEL_UNITS; j++) {
		int high = hex_value(hex[2 * j]);
		int low = high < 0 ? -1 : hex_value(hex[2 * j + 1]);

		if (low < 0)
			return false;
		bytes[j] = (int8_t)(uint8_t)(high << 4 | low);
	}
	return hex[HEX_BYTES] == '\t';
}

static int
read_vector(struct making *making, const char *line, unsigned number,
	    struct error *err)
{
	void *vectors = more(making->vectors, sizeof(*making->vectors),
			     making->vector_count, &making->vector_room);
	char *tab;
	double scale = strtod(line, &tab);

	if (vectors == NULL)
		return error_set(err, ERROR_INTERNAL, "out of memory");
	making->vectors = vectors;
	if (tab == line || *tab != '\t' || !sound(scale) ||
	    !read_bytes(tab + 1, making->vectors[making->vector_count]))
		return error_set(err, ERROR_CONFIG, "line %u: not a vector",
				 number);
	return add_line(making,
			(struct weight_line){
				.mixed = model_mix(feature_key(
					span_of(tab + HEX_BYTES + 2))),
				.model = VECTOR,
				.weight = (float)scale,
				.vector = (uint32_t)++making->vector_count,
			},
			err);
}

static int
read_weight(struct making *making, const char *line, unsigned number,
	    struct error *err)
{
	char *end;
	double weight = strtod(line, &end);

	if (end == line || *end != '\t' || making->head_count == 0 ||
	    !sound(weight))
		return error_set(err, ERROR_CONFIG, "line %u: not a weight",
				 number);
	return add_line(
		making,
		(struct weight_line){
			.mixed = model_mix(feature_key(span_of(end + 1))),
			.model = (uint16_t)(making->head_count - 1),
			.weight = (float)weight,
		},
		err);
}

static int
read_line(struct making *making, const char *line, unsigned number,
	  struct error *err)
{
	if (line[0] == '#' || line[0] == '\0')
		return 0;
	if (making->in_vectors)
		return read_vector(making, line, number, err);
	if (strncmp(line, "layer ", 6) == 0) {
		making->has_layer = true;
		return read_units(line + 6, making->biases, number, err);
	}
	if (strncmp(line, "model ", 6) == 0)
		return read_head(making, line, number, err);
	if (strncmp(line, "units ", 6) == 0 && making->head_count != 0)
		return read_units(line + 6,
				  making->outputs[making->head_count - 1],
				  number, err);
	if (strncmp(line, "vectors ", 8) == 0)
		return read_count(making, line + 8, number, err);
	return read_weight(making, line, number, err);
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
	if (rc == 0 && making->has_layer &&
	    (!making->in_vectors ||
	     making->vector_count != making->vectors_said))
		rc = error_set(err, ERROR_CONFIG,
			       "line %u: cut short, with %zu of %zu vectors",
			       number, making->vector_count,
			       making->vectors_said);
	return rc;
}

/* The lines in order, as a table of keys, each with its run of weights and its
 * vector. */
struct table {
	uint32_t *buckets;
	size_t bucket_count;
	uint64_t *keys;
	uint32_t *firsts;
	struct model_place *places;
	size_t key_count;
	struct model_entry *entries;
	size_t entry_count;
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
			table->firsts[table->key_count] =
				(uint32_t)table->entry_count;
			table->keys[table->key_count++] = line->mixed;
		}
		if (line->model == VECTOR)
			table->places[table->key_count - 1] =
				(struct model_place){ line->vector,
						      line->weight };
		else
			table->entries[table->entry_count++] =
				(struct model_entry){
					.weight = line->weight,
					.model = line->model,
				};
	}
	table->firsts[table->key_count] = (uint32_t)table->entry_count;
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
	table.places = arena_array(arena, count + 1, sizeof(*table.places));
	table.entries = arena_array(arena, count + 1, sizeof(*table.entries));
	fill_table(making, &table);
	const struct span parts[MODEL_PART_COUNT] = {
		[MODEL_HEADS] = PART(making->heads, making->head_count),
		[MODEL_BUCKETS] = PART(table.buckets, table.bucket_count + 1),
		[MODEL_KEYS] = PART(table.keys, table.key_count),
		[MODEL_FIRSTS] = PART(table.firsts, table.key_count + 1),
		[MODEL_ENTRIES] = PART(table.entries, table.entry_count),
		[MODEL_BIASES] = PART(making->biases, MODEL_UNITS),
		[MODEL_OUTPUTS] = PART(making->outputs, making->head_count),
		[MODEL_PLACES] = PART(table.places, table.key_count),
		[MODEL_VECTORS] = PART(making->vectors, making->vector_count),
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
	if (making != NULL) {
		free(making->lines);
		free(making->vectors);
	}
	free(making);
	return rc;
}
