/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRAIN_H
#define TRAIN_H
/*
 * Fits one linear model a question with whole batches held out, chooses its
 * threshold on what was held out, and fits it again on everything.
 *
 * Rows hold feature numbers; names are numbered by the vocabulary, which keeps
 * only features that stand in at least two batches: what one pen alone uses
 * is noise. liblinear fits (its only home).
 */
#include <stdio.h>

#include "filters/features.h"
#include "filters/fit/item.h"
#include "filters/rule.h"

struct linear_row; /* liblinear's own */

struct vocabulary;
struct vocabulary *vocabulary_new(void);
void vocabulary_free(struct vocabulary *vocabulary);
void vocabulary_see(struct vocabulary *vocabulary,
		    const struct features *features, size_t batch);
/* Numbers the features that are kept; returns how many. */
size_t vocabulary_close(struct vocabulary *vocabulary);

struct training {
	struct vocabulary *vocabulary;
	struct feature_node **rows; /* one an item */
	const size_t *batch;        /* of each item */
	const bool *own;            /* teaches only; not held out or counted */
	size_t count, batch_count;
};

void training_row(struct training *training, size_t item,
		  const struct features *structure,
		  const struct features *text);
void training_clear(struct training *training);

struct question {
	const char *name;
	const struct rule *rule;  /* NULL for a reading */
	const signed char *label; /* LABEL_… of each item */
	const bool *open;         /* the gate, of each item */
	const bool *sure;         /* structure alone says yes; or NULL */
	/* Fitted to another question's labels and gate; NULL: its own. */
	const signed char *taught_label;
	const bool *taught_open;
	double cost;   /* C */
	double weight; /* of a positive against a negative */
	double beta;   /* of F-beta for the threshold; 0: 0.5 */
};

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
