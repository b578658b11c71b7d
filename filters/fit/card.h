/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CARD_H
#define CARD_H
/*
 * The model card: what the weights were fitted on, how well they judge batches
 * that were held out, and what they must not be used for. Markdown.
 */
#include "filters/fit/item.h"
#include "filters/fit/train.h"

struct card {
	const struct batches *batches;
	const struct question *questions;
	const struct outcome *outcomes; /* with their held_out */
	size_t count;                   /* of questions */
	size_t headline, rules;         /* the first ones of them */
	double replies;                 /* share of kinds told right */
};

int card_write(const char *path, const struct card *card, struct error *err);

#endif
