/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which kinds of words lead to dismissals: the concepts that a rule looks for,
 * as they stand in the evidence of flags that were decided.
 */
#include <stdlib.h>

#include "precision.h"

/* One concept in one finding. */
struct sight_of {
	struct span rule, concept, words;
	int64_t finding;
	bool upheld;
};

static int
by_concept(const void *left, const void *right)
{
	const struct sight_of *a = left, *b = right;
	int order = span_compare(a->rule, b->rule);

	if (!order)
		order = span_compare(a->concept, b->concept);
	if (!order)
		order = (a->finding > b->finding) - (a->finding < b->finding);
	return order ? order : span_compare(a->words, b->words);
}

static int
by_harm(const void *left, const void *right)
{
	const struct precision_concept *a = left, *b = right;
	int order = span_compare(a->rule, b->rule);

	if (!order)
		order = (a->dismissed < b->dismissed) -
			(a->dismissed > b->dismissed);
	return order ? order : span_compare(a->concept, b->concept);
}

struct gathering {
	const struct filter *filter;
	struct arena *arena;
	struct sight_of *at;
	size_t count;
};

static void
collect(struct gathering *gathering, const struct store_finding *finding)
{
	const struct store_decision *last =
		&finding->decisions[finding->decision_count - 1];
	struct concept_words *words;
	size_t count;

	for (size_t i = 0; i < finding->evidence_count; i++) {
		/* Our own words, the same for every finding. */
		if (span_is(finding->evidence[i].where, "envelope"))
			continue;
		filter_concepts(gathering->filter, finding->rule,
				finding->evidence[i].text, gathering->arena,
				&words, &count);
		for (size_t k = 0; k < count; k++)
			*(struct sight_of *)arena_push(
				gathering->arena, &gathering->at,
				&gathering->count, sizeof(*gathering->at)) =
				(struct sight_of){ .rule = finding->rule,
						   .concept = words[k].concept,
						   .words = words[k].words,
						   .finding = finding->id,
						   .upheld = last->upheld };
	}
}

static void
add_words(struct precision_concept *concept, struct span words)
{
	for (size_t i = 0; i < concept->word_count; i++)
		if (span_equal(concept->words[i], words))
			return;
	if (concept->word_count < PRECISION_WORDS_OF_CONCEPT)
	concept->words[concept->word_count++] = words;
}

/* Those at the front that are of one rule and concept; a finding counts once.
 */
static size_t
sum_up(const struct sight_of *sights, size_t count,
       struct precision_concept *ret)
{
	size_t i;

	*ret = (struct precision_concept){ .rule = sights->rule,
					   .concept = sights->concept };
	for (i = 0; i < count && span_equal(sights[i].rule, ret->rule) &&
		    span_equal(sights[i].concept, ret->concept);
	     i++) {
		add_words(ret, sights[i].words);
		if (i && sights[i].finding == sights[i - 1].finding)
			continue;
		ret->upheld += sights[i].upheld;
		ret->dismissed += !sights[i].upheld;
	}
	return i;
}

int
precision_concepts(struct store *store, const struct filter *filter,
		   struct arena *arena, struct precision_concept **ret_list,
		   size_t *ret_count, struct error *err)
{
	struct finding_query query = { .decided = true,
				       .limit = PRECISION_LOOKS_AT };
	struct gathering gathering = { .filter = filter, .arena = arena };
	struct precision_concept *list = NULL, one;
	struct store_finding *findings;
	size_t count, listed = 0;

	if (store_findings(store, &query, arena, &findings, &count, err))
		return -1;
	for (size_t i = 0; i < count; i++)
		collect(&gathering, &findings[i]);
	if (gathering.count)
		qsort(gathering.at, gathering.count, sizeof(*gathering.at),
		      by_concept);
	for (size_t i = 0; i < gathering.count;) {
		i += sum_up(gathering.at + i, gathering.count - i, &one);
		*(struct precision_concept *)arena_push(arena, &list, &listed,
							sizeof(*list)) = one;
	}
	if (listed)
		qsort(list, listed, sizeof(*list), by_harm);
	*ret_list = list;
	*ret_count = listed;
	return 0;
}
