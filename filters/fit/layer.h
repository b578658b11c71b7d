/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LAYER_H
#define LAYER_H
/*
 * Fits the layer of units that models share (filters/model.h): one small
 * network for all questions at once, by stochastic gradient descent with
 * Adagrad's paces; half of an item's features and some of the units are left
 * out at random each time, so that none is relied on (dropout). What it says
 * is added to what the linear models say, which are fitted apart.
 *
 * Only words, pairs, concepts and structure that stand in several batches have
 * a vector: rarer ones, triples and words with a direction brought nothing on
 * batches held out.
 *
 * Same items, same layer: chance is drawn from a fixed seed.
 */
#include "filters/fit/train.h"
#include "filters/model.h"

struct layer;

/* Fits on every item that is not of batch `without` (SIZE_MAX: on all). */
struct layer *layer_fit(const struct training *training,
			const struct question *questions, size_t count,
			size_t without);
void layer_free(struct layer *layer);

/* What it says to each question about one item. */
void layer_scores(const struct layer *layer, const struct training *training,
		  size_t item, double *scores);

/* The parts of the file of weights: what is said before the models, in the
 * model of one question, and after all models. */
void layer_write_biases(const struct layer *layer, FILE *out);
double layer_bias(const struct layer *layer, size_t question);
void layer_write_units(const struct layer *layer, size_t question, FILE *out);
void layer_write_vectors(const struct layer *layer,
			 const struct vocabulary *vocabulary, FILE *out);

#endif
