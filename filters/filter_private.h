/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FILTER_PRIVATE_H
#define FILTER_PRIVATE_H
/*
 * What a filter is made of, for the files that load it, judge with it and
 * explain it; and the steps of a judgement that explaining repeats.
 */
#include "filters/filter.h"
#include "filters/model.h"
#include "filters/readings.h"
#include "filters/rule.h"

enum { RULES_MAX = 64 };

struct filter {
	struct arena *arena;
	struct lexicon *lexicon;
	struct speech speech;
	struct model *model;
	struct readings readings;
	const struct theme_table *themes;
	enum rule_state state[RULES_MAX];
	struct span *clauses[RULES_MAX];
	size_t clause_count[RULES_MAX];
	enum severity severity[RULES_MAX];
	int models[RULES_MAX];
	unsigned group_meeting_posts;
	double reserve;
};

/* A scene with its features, ready for the models. */
struct sight {
	struct scene scene;
	struct features structure, text;
	struct model_sum sum;
};

/* Reads the words; sight->scene has been set. */
void filter_see(const struct filter *filter, struct sight *sight);

/* The rule stands in the verdict now, with its words. */
void filter_raise(const struct filter *filter, const struct sight *sight,
		  size_t index, double probability, struct verdict *verdict);

/* The sentences that decide go into report, the likeliest first. */
void filter_evidence(const struct filter *filter, const struct sight *sight,
		     const struct look *looks, int model,
		     struct report *report);

/* Automatic mail is nobody's deed, but a newsletter is publicity. One that
 * answers somebody is none: it is talk on a list. */
bool filter_by_person(const struct rule *rule, const struct scene *scene);

#endif
