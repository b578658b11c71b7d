/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PRECISION_H
#define PRECISION_H
/*
 * How the rules do in the eyes of those who decide their flags: how many were
 * upheld, how sure that share is, and which words lead to dismissals.
 *
 * Nothing here changes a rule: a rule goes to `shadow` by the operator's
 * configuration only.
 */
#include <stdbool.h>

#include "record/store.h"

enum {
	PRECISION_DECISIONS = 10,      /* fewer say nothing about a rule */
	PRECISION_LOOKS_AT = 5000,     /* decided findings, the newest */
	PRECISION_PHRASE_MAX = 60,     /* characters */
	PRECISION_PHRASE_TIMES = 2,    /* dismissals of one phrase */
	PRECISION_PHRASES_OF_RULE = 5, /* the commonest */
	PRECISION_WORDS_OF_CONCEPT = 5
};

/* The share of decided flags that were upheld, and between what the true share
 * lies with 95 % confidence (Wilson). Nothing decided: 0, from 0 to 1. */
struct precision {
	double share, low, high;
};

struct precision precision_of(size_t upheld, size_t decided);

/* Even at best below the bound, after enough decisions. */
bool precision_is_low(size_t upheld, size_t decided, double below);

/* A rule that is live and should perhaps not be. */
struct precision_review {
	struct span rule;
	size_t upheld, decided;
};

/* filter: which rules are live; NULL: all. In order of rule. */
int precision_reviews(struct store *store, const struct filter *filter,
		      double below, struct arena *arena,
		      struct precision_review **ret_list, size_t *ret_count,
		      struct error *err);

/* Words that stood in the evidence of flags: folded, their first
 * PRECISION_PHRASE_MAX characters. */
struct precision_phrase {
	struct span rule, text;
	size_t dismissed, upheld; /* findings */
};

/* Those that were dismissed PRECISION_PHRASE_TIMES or more: by rule, the most
 * dismissed first. */
int precision_phrases(struct store *store, struct arena *arena,
		      struct precision_phrase **ret_list, size_t *ret_count,
		      struct error *err);

/* A concept that a rule looks for, in the evidence of its decided flags. */
struct precision_concept {
	struct span rule, concept;
	size_t dismissed, upheld; /* findings */
	struct span words[PRECISION_WORDS_OF_CONCEPT];
	size_t word_count;
};

/* By rule, the most dismissed first. The words are read with the lexicon of
 * today. */
int precision_concepts(struct store *store, const struct filter *filter,
		       struct arena *arena, struct precision_concept **ret_list,
		       size_t *ret_count, struct error *err);

#endif
