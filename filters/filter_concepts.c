/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a rule's lists find in a text outside any message.
 */
#include <string.h>

#include "filters/filter_private.h"

static bool
looked_for(const struct look *look, const char *concept)
{
	const char *const *name;

	for (; look != NULL && look->text != NULL; look++)
		for (name = look->concepts; *name != NULL; name++)
			if (strcmp(*name, concept) == 0)
				return true;
	return false;
}

static bool
known(const struct concept_words *list, size_t count,
      const struct concept_words *one)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (span_equal(list[i].concept, one->concept) &&
		    span_equal(list[i].words, one->words))
			return true;
	return false;
}

void
filter_concepts(const struct filter *filter, struct span rule, struct span text,
		struct arena *arena, struct concept_words **ret_words,
		size_t *ret_count)
{
	const struct rule *row = rule_find(rule);
	struct concept_words *list = NULL;
	size_t hit_count = 0, count = 0, i;
	struct hit *hits;
	struct fold fold;

	*ret_words = NULL;
	*ret_count = 0;
	if (row == NULL || row->looks == NULL)
		return;
	fold_make(text, arena, &fold);
	lexicon_scan(filter->lexicon, &fold, arena, &hits, &hit_count);
	for (i = 0; i < hit_count; i++) {
		const char *name =
			lexicon_concept_name(filter->lexicon, hits[i].concept);
		const struct concept_words one = {
			.concept = span_of(name),
			.words =
				span_sub(fold.text, hits[i].start, hits[i].end),
		};

		if (looked_for(row->looks, name) && !known(list, count, &one))
			*(struct concept_words *)arena_push(
				arena, &list, &count, sizeof(*list)) = one;
	}
	*ret_words = list;
	*ret_count = count;
}
