/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEME_H
#define THEME_H
/*
 * What a rule looks for, in terms of concepts: a theme is a set of them
 * ("resource": printing, rooms, staff time, …). A rule lists its themes; this
 * module says which stand in which sentence, beside which other, in a sentence
 * that asks, offers or refuses, and makes features of it:
 *
 *   r:RULE:A          somewhere in what the sender wrote
 *   r:RULE:A+B        in one sentence          r:RULE:A~B  within two of it
 *   r:RULE:A&B        anywhere in the message
 *   r:RULE:A/asks     in a sentence that asks
 *   r:RULE:A-clear    with no "against" theme within two sentences
 *
 * The theme called "against" speaks against the rule.
 */
#include "filters/features.h"
#include "filters/scene.h"

enum {
	THEMES_MAX = 12, /* of one rule */
	THEME_CONCEPTS_MAX = 40
};

struct theme {
	const char *name;
	const char *concepts[THEME_CONCEPTS_MAX]; /* NULL ends */
};

/* For every concept the bits of the themes that hold it. */
struct theme_table {
	const uint16_t *bits;
};

void theme_prepare(const struct lexicon *lexicon, const struct theme *themes,
		   struct arena *arena, struct theme_table *ret_table);

void theme_features(const struct theme_table *table, const struct theme *themes,
		    const char *rule, const struct scene *scene,
		    struct features *features);

#endif
