/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRAIN_H
#define TRAIN_H
/*
 * Fits one linear model a question with whole batches held out, chooses its
 * threshold on what was held out, and fits it again on everything.
 *
 * Rows hold feature numbers (vocabulary.h). liblinear fits (its only home).
 */
#include <stdio.h>

#include "filters/fit/item.h"
#include "filters/fit/vocabulary.h"
#include "filters/rule.h"

struct layer;

struct training {
	struct vocabulary *vocabulary;
	struct feature_node **rows; /* one an item */
	const size_t *batch;        /* of each item */
	const bool *own;            /* teaches only; not held out or counted */
	size_t count, batch_count;
	const struct layer *layer; /* fitted on all; what is written */
};

void training_row(struct training *training, size_t item,
		  const struct features *structure,
		  const struct features *text);
/* One feature of an item, and what it counts; false behind the last. */
bool training_feature(const struct training *training, size_t item,
		      size_t index, int *ret_number, double *ret_counts);
/* Is any item of this batch held out in turn? */
bool training_holds_out(const struct training *training, size_t batch);
void training_clear(struct training *training);

struct question {
	const char *name;
	size_t number;            /* in the layer */
	const struct rule *rule;  /* NULL for a reading */
	const signed char *label; /* LABEL_… of each item */
	const bool *open;         /* the gate, of each item */
	const bool *sure;         /* structure alone says yes; or NULL */
	/* Fitted to another question's labels and gate; NULL: its own. */
	const signed char *taught_label;
	const bool *taught_open;
	/* What the shared layer says of each item that is held out, fitted
	 * without its batch. Added to the linear
	 * model's score. */
	const double *aside;
	double cost;   /* C */
	double weight; /* of a positive against a negative */
	double beta;   /* of F-beta for the threshold; 0: 0.5 */
};

/* What it is fitted to. */
const signed char *question_label(const struct question *question);
const bool *question_open(const struct question *question);

/* What a feature counts that is there, but for the length of the text. */
double feature_value(const char *name);

struct outcome {
	size_t positives, outside, tp, fp, fn;
	double precision, recall, f1, threshold, slope, offset;
	double *held_out; /* score of each item; NAN outside the gate */
};

/* Fits, and writes the model to out (unless NULL). */
void training_fit(const struct training *training,
		  const struct question *question, FILE *out,
		  struct outcome *ret_outcome);

#endif
