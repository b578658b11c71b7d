/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which words of a rule's concepts stand in a message, and in what sentence.
 */
#include <string.h>

#include "filters/found.h"

enum { WORDS_TOLD = 5, WORD_BYTES = 80, TOLD_BYTES = 2000, SEEN_MAX = 32 };

static bool
listed(const struct scene *scene, uint16_t concept, const char *const *concepts)
{
	const char *name = lexicon_concept_name(scene->lexicon, concept);

	for (; *concepts != NULL; concepts++)
		if (strcmp(name, *concepts) == 0)
			return true;
	return false;
}

/* What the sentence does that changes how its words are taken. */
static const char *
manner(unsigned acts)
{
	static const struct {
		enum act act;
		const char *words;
	} manners[] = {
		{ ACT_REFUSES, "in a sentence that refuses or warns" },
		{ ACT_RULES, "in a sentence about what the rules are" },
		{ ACT_REPORTS, "in a sentence that tells what somebody said" },
		{ ACT_QUOTES, "in quotation marks" },
		{ ACT_SUPPOSES, "in a sentence that supposes" },
		{ ACT_NEGATES, "in a sentence that denies" },
		{ ACT_ASKS, "in a sentence that asks for something" },
		{ ACT_INSTRUCTS, "in an instruction" },
		{ ACT_OFFERS, "in an offer" },
		{ ACT_PROMISES, "in a promise" },
		{ ACT_QUESTION, "in a question" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(manners); i++)
		if ((acts & ACT_BIT(manners[i].act)) != 0)
			return manners[i].words;
	return NULL;
}

struct telling {
	const struct scene *scene;
	struct buf buf;
	struct span seen[SEEN_MAX];
	size_t count;
};

static void
tell(struct telling *telling, const struct passage *passage,
     const struct sentence *sentence, const struct hit *hit)
{
	struct span word = span_sub(passage->fold.text, hit->start, hit->end);
	const char *how = manner(sentence->acts);
	size_t i;

	for (i = 0; i < telling->count; i++)
		if (span_equal(telling->seen[i], word))
			return;
	if (telling->count == SEEN_MAX)
		return;
	telling->seen[telling->count++] = word;
	if (telling->count > WORDS_TOLD)
		return;
	buf_printf(&telling->buf, "%s\"%.*s\" (%.*s%s%s)",
		   telling->count > 1 ? "; " : "",
		   SPAN_ARG(span_sub(word, 0, WORD_BYTES)),
		   SPAN_ARG(passage->where), how != NULL ? ", " : "",
		   how != NULL ? how : "");
}

static void
tell_passage(struct telling *telling, const struct passage *passage,
	     const char *const *concepts)
{
	size_t k;
	uint32_t h;

	for (k = 0; k < passage->sentence_count; k++) {
		const struct sentence *s = &passage->sentences[k];

		for (h = s->hit_first; !s->greeting && h < s->hit_end; h++)
			if (listed(telling->scene, passage->hits[h].concept,
				   concepts))
				tell(telling, passage, s, &passage->hits[h]);
	}
}

struct span
found_words(const struct scene *scene, unsigned kinds,
	    const char *const *concepts)
{
	struct telling telling = { .scene = scene };
	struct span text;
	size_t i;

	buf_init(&telling.buf, TOLD_BYTES);
	for (i = 0; i < scene->passage_count; i++)
		if ((kinds & 1u << scene->passages[i].kind) != 0)
			tell_passage(&telling, &scene->passages[i], concepts);
	if (telling.count > WORDS_TOLD)
		buf_printf(&telling.buf, "; and %zu more",
			   telling.count - WORDS_TOLD);
	text = arena_span(scene->arena, buf_span(&telling.buf));
	buf_clear(&telling.buf);
	return text;
}
