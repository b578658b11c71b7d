/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_H
#define MODEL_H
/*
 * Fitted weights: one sparse linear model per question ("blind-copy",
 * "enquiry", "reply=holding", …), all in one versioned text file.
 *
 *   clerk-model 1
 *   model NAME BIAS THRESHOLD SLOPE OFFSET
 *   WEIGHT<TAB>FEATURE
 *   …
 *
 * A score is bias + the sum of the weights of the features that are there;
 * 1 / (1 + exp(-(slope * score + offset))) is the calibrated probability, and
 * the threshold is a probability. Features are known by the hash of their
 * name, so a lookup serves all models at once.
 *
 * Lifetime: a snapshot.   Errors: -1 for a file that cannot be read, is of
 * another version, or broken.   Limits: MODELS_MAX.
 */
#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"
#include "filters/features.h"

enum { MODELS_MAX = 96, MODEL_VERSION = 1 };

struct model;
struct pack_places;

/* Reads the file, or takes the weights from a pack that was made of the same
 * one (see pack.h); places may be NULL. */
int model_open(const char *path, const struct pack_places *places,
	       struct model **ret_model, struct error *err);
/* The same without packs. */
int model_load(const char *path, struct model **ret_model, struct error *err);
void model_free(struct model *model);

/* -1 when there is none of that name. */
int model_find(const struct model *model, const char *name);

/* Adds every model's weights for these features to scores[MODELS_MAX], which
 * model_start() filled with the biases. */
void model_start(const struct model *model, double scores[MODELS_MAX]);
void model_add(const struct model *model, const struct features *features,
	       double scale, double scores[MODELS_MAX]);
double model_probability(const struct model *model, int which, double score);
double model_threshold(const struct model *model, int which);

/* The weight of one feature in one model; 0 when it has none. */
double model_weight(const struct model *model, int which, uint64_t key);

#endif
