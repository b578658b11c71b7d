/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EVIDENCE_FIT_H
#define EVIDENCE_FIT_H
/*
 * How often the sentence that is shown holds the words that a reader marked as
 * deciding, and the weights of a sentence's signs that make it so.
 *
 * Items with a key and a rule that is `yes` and whose gate is open are taken.
 * A sentence is right when it and the key share words. A fifth of the batches
 * is held out at a time; the rates printed are of what was held out, the
 * weights at the end are fitted on everything.
 */
#include "filters/fit/item.h"
#include "filters/model.h"
#include "filters/rule.h"

struct marked;

struct marked *marked_new(void);
void marked_free(struct marked *marked);
/* The scene of an item, read; copies what it needs. */
void marked_add(struct marked *marked, const struct scene *scene,
		const struct item *item, const struct model *model,
		const struct model_sum *sum);
/* Prints rates a rule, then the weights. */
void marked_fit(struct marked *marked);

#endif
