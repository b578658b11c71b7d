/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef WHY_PRIVATE_H
#define WHY_PRIVATE_H
/*
 * What telling the reasons of rules and of readings share.
 */
#include "filters/filter_private.h"

enum {
	PARTIES_TOLD_MAX = 40 /* of a message to hundreds */
};

/* A reasoning on its way. */
struct account {
	const struct filter *filter;
	struct sight *sight;
	struct arena *arena;
	struct reasoning *out;
	enum condition_part part; /* of what is told next */
};

/* Tells a condition; detail may be empty. Returns held. */
bool account_tell(struct account *account, struct span condition, bool held,
		  struct span detail);

/* Score, threshold, weights and the deciding sentence of a model; -1: nothing
 * was fitted. The words have been read. */
void account_weigh(struct account *account, const struct look *looks,
		   int model);

/* The name of a feature in words. */
struct span why_feature(struct arena *arena, struct span name);

/* Who is who, as the scene has it. */
void why_people(struct account *account);

/* The readings; false when the name is none. */
bool why_reading(struct account *account, struct span name);

#endif
