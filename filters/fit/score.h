/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCORE_H
#define SCORE_H
/*
 * Items before a whole filter with given weights: how well it judges them, and
 * how long it takes. What is measured here is what a daemon would say.
 */
#include <stddef.h>

#include "base/error.h"

int score_all(const char *lexicon, const char *weights, char *const *paths,
	      size_t count, struct error *err);
int time_all(const char *lexicon, const char *weights, char *const *paths,
	     size_t count, struct error *err);

#endif
