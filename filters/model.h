/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_H
#define MODEL_H
/*
 * Fitted weights: one model per question ("blind-copy", "enquiry",
 * "reply=holding", …), all in one versioned text file.
 *
 *   clerk-model 2
 *   layer BIAS…                            one for each unit
 *   model NAME BIAS THRESHOLD SLOPE OFFSET
 *   units WEIGHT…                          what each unit counts for it
 *   WEIGHT<TAB>FEATURE
 *   …
 *   vectors COUNT
 *   SCALE<TAB>HEX<TAB>FEATURE              a signed byte for each unit
 *   …
 *
 * A score is a sum of two halves. The linear one is the model's bias and its
 * own weights of the features that are there. The other goes through a layer
 * of MODEL_UNITS units that models may share: each unit adds up its bias and
 * its bytes of their vectors, times SCALE, and counts when the sum is above
 * zero. So the models learn from each other's examples, and words that are used
 * alike come to count alike. A file without a layer has the linear half alone;
 * one with a layer ends with as many vectors as it says, or it was cut short.
 *
 * 1 / (1 + exp(-(slope * score + offset))) is the calibrated probability, and
 * the threshold is a probability. Features are known by the hash of their
 * name, so a lookup serves all models at once.
 *
 * For one message the units that count are given, and the score is linear in
 * its features again: model_weight() tells what a feature counts for there,
 * and these weights and the biases add up to the score.
 *
 * Lifetime: a snapshot.   Errors: -1 for a file that cannot be read, is of
 * another version, or broken.   Limits: MODELS_MAX, MODEL_UNITS.
 */
#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"
#include "filters/features.h"

enum { MODELS_MAX = 96, MODEL_UNITS = 64, MODEL_VERSION = 2 };

struct model;
struct pack_places;

/* What the features of one message add up to. */
struct model_sum {
	double scores[MODELS_MAX];
	float units[MODEL_UNITS];
};

/* Reads the file, or takes the weights from a pack that was made of the same
 * one (see pack.h); places may be NULL. */
int model_open(const char *path, const struct pack_places *places,
	       struct model **ret_model, struct error *err);
/* The same without packs. */
int model_load(const char *path, struct model **ret_model, struct error *err);
void model_free(struct model *model);

/* -1 when there is none of that name. */
int model_find(const struct model *model, const char *name);

/* Biases first, then features, set by set; the scores are whole when the sum
 * has been closed. */
void model_start(const struct model *model, struct model_sum *sum);
void model_add(const struct model *model, const struct features *features,
	       double scale, struct model_sum *sum);
void model_close(const struct model *model, struct model_sum *sum);
double model_probability(const struct model *model, int which, double score);
double model_threshold(const struct model *model, int which);

/* What one feature counts for in one model, by the units that count in sum; 0
 * when it has no weight. */
double model_weight(const struct model *model, int which, uint64_t key,
		    const struct model_sum *sum);

#endif
