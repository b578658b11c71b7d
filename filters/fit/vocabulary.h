/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VOCABULARY_H
#define VOCABULARY_H
/*
 * Numbers for features, from 1. Only features that stand in at least two
 * batches get one: what one pen alone uses is noise.
 *
 * Use: vocabulary_see() for every set of features, one batch after another,
 * vocabulary_close(), then the rest. Limits: aborts over four million features.
 */
#include "filters/features.h"

struct vocabulary;

struct vocabulary *vocabulary_new(void);
void vocabulary_free(struct vocabulary *vocabulary);
/* The features must be named. */
void vocabulary_see(struct vocabulary *vocabulary,
		    const struct features *features, size_t batch);
/* Numbers the features that are kept; returns how many. */
size_t vocabulary_close(struct vocabulary *vocabulary);

int vocabulary_count(const struct vocabulary *vocabulary);
/* 0 when it is not kept. */
int vocabulary_number(const struct vocabulary *vocabulary, uint64_t key);
const char *vocabulary_name(const struct vocabulary *vocabulary, int number);
/* In how many batches it stands. */
int vocabulary_batches(const struct vocabulary *vocabulary, int number);

#endif
