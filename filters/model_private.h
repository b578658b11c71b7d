/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_PRIVATE_H
#define MODEL_PRIVATE_H
/*
 * The form in which weights are looked up, and in which they are kept in a
 * pack: features in order of their mixed key, found through buckets, each with
 * the weights that it has in some of the models, and with its vector.
 */
#include <stdint.h>

#include "filters/model.h"
#include "filters/pack.h"

enum model_part {
	MODEL_HEADS,
	MODEL_BUCKETS, /* uint32_t: first key; one more at the end */
	MODEL_KEYS,    /* uint64_t: mixed, ascending */
	MODEL_FIRSTS,  /* uint32_t: first entry of a key; one more at the end */
	MODEL_ENTRIES,
	MODEL_BIASES,  /* float[MODEL_UNITS]: of the layer */
	MODEL_OUTPUTS, /* float[MODEL_UNITS]: one a model */
	MODEL_PLACES,  /* one a key */
	MODEL_VECTORS, /* int8_t[MODEL_UNITS] */
	MODEL_PART_COUNT
};

struct model_head {
	char name[64];
	double bias, threshold, slope, offset;
};

/* Where a key's vector lies, and what its bytes are to be multiplied with. */
struct model_place {
	uint32_t vector; /* its number + 1; 0: none */
	float scale;
};

struct model_entry {
	float weight;
	uint32_t model;
};

/* One to one, and in its upper bits as good as random. */
static inline uint64_t
model_mix(uint64_t key)
{
	return key * 0x9e3779b97f4a7c15u;
}

/* Ascends with mixed; count is a power of two. */
static inline size_t
model_bucket(uint64_t mixed, size_t count)
{
	return (size_t)((mixed >> 32) * count >> 32);
}

int model_make(const char *path, uint64_t key, struct pack **ret_pack,
	       struct error *err);

#endif
