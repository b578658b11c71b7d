/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filters/cues.h"

#include <string.h>

#include "filters/fold.h"

enum { LIST_MAX = 16 };

bool
cue_seen(const struct scene *scene, const char *concept, unsigned against)
{
	int wanted = lexicon_concept(scene->lexicon, concept);
	size_t i, k;
	uint32_t h;

	for (i = 0; wanted >= 0 && i < scene->passage_count; i++) {
		const struct passage *p = &scene->passages[i];

		if (p->kind != PASSAGE_SUBJECT && p->kind != PASSAGE_BODY)
			continue;
		for (k = 0; k < p->sentence_count; k++) {
			const struct sentence *s = &p->sentences[k];

			if ((s->acts & against) != 0)
				continue;
			for (h = s->hit_first; h < s->hit_end; h++)
				if (p->hits[h].concept == wanted)
					return true;
		}
	}
	return false;
}

bool
cue_in(const struct scene *scene, unsigned kinds, const char *concept)
{
	size_t i;

	for (i = 0; i < scene->passage_count; i++)
		if ((kinds & 1u << scene->passages[i].kind) != 0 &&
		    scene_has(scene, &scene->passages[i], concept))
			return true;
	return false;
}

bool
cue_any(const struct scene *scene, const char *const *concepts,
	unsigned against)
{
	for (; *concepts != NULL; concepts++)
		if (cue_seen(scene, *concepts, against))
			return true;
	return false;
}

static unsigned
pair_bits(const struct passage *p, const struct sentence *s, int a, int b)
{
	unsigned bits = 0;
	uint32_t h;

	for (h = s->hit_first; h < s->hit_end; h++) {
		bits |= p->hits[h].concept == a ? 1u : 0;
		bits |= p->hits[h].concept == b ? 2u : 0;
	}
	return bits;
}

bool
cue_pair(const struct scene *scene, const char *a, const char *b)
{
	int first = lexicon_concept(scene->lexicon, a);
	int second = lexicon_concept(scene->lexicon, b);
	unsigned last = 0, bits;
	size_t i, k;

	for (i = 0; first >= 0 && second >= 0 && i < scene->passage_count;
	     i++) {
		const struct passage *p = &scene->passages[i];

		if (p->kind == PASSAGE_QUOTED)
			continue;
		if (p->kind == PASSAGE_ATTACHMENT)
			last = 0;
		for (k = 0; k < p->sentence_count; k++) {
			bits = pair_bits(p, &p->sentences[k], first, second);
			if ((bits | last) == 3)
				return true;
			last = bits;
		}
	}
	return false;
}

bool
cue_words(const struct scene *scene, const char *const *words)
{
	size_t i;

	for (; *words != NULL; words++)
		for (i = 0; i < scene->passage_count; i++)
			if ((scene->passages[i].kind == PASSAGE_BODY ||
			     scene->passages[i].kind == PASSAGE_SUBJECT) &&
			    fold_holds(scene->passages[i].fold.text, *words))
				return true;
	return false;
}

/* The concepts of a list by number. */
struct list {
	int at[LIST_MAX];
	size_t count;
};

static struct list
list_of(const struct scene *scene, const char *const *names)
{
	struct list list = { .count = 0 };

	for (; names != NULL && *names != NULL && list.count < LIST_MAX;
	     names++)
		list.at[list.count++] = lexicon_concept(scene->lexicon, *names);
	return list;
}

/* Which of the list stand in the sentence, a bit each. */
static unsigned
hits_of(const struct passage *p, const struct sentence *s,
	const struct list *list)
{
	unsigned bits = 0;
	uint32_t h;
	size_t i;

	for (h = s->hit_first; h < s->hit_end; h++)
		for (i = 0; i < list->count; i++)
			if (p->hits[h].concept == list->at[i])
				bits |= 1u << i;
	return bits;
}

struct tally {
	unsigned core, clean, support, against;
	bool near, near_clean, asked, pair;
	size_t sentences, hit; /* hit: with a core */
};

static const unsigned unclean = ACT_BIT(ACT_REFUSES) | ACT_BIT(ACT_REPORTS) |
				ACT_BIT(ACT_SUPPOSES) | ACT_BIT(ACT_RULES) |
				ACT_BIT(ACT_QUOTES);

static void
tally_passage(const struct passage *p, const struct list lists[3],
	      struct tally *t)
{
	unsigned last_core = 0, last_support = 0, last_clean = 0;
	size_t k;

	for (k = 0; k < p->sentence_count; k++) {
		const struct sentence *s = &p->sentences[k];
		unsigned core = hits_of(p, s, &lists[0]);
		unsigned support = hits_of(p, s, &lists[1]);
		unsigned against = hits_of(p, s, &lists[2]);
		bool clean = (s->acts & unclean) == 0 && against == 0;

		t->sentences += !s->greeting;
		t->hit += core != 0;
		if (core != 0 &&
		    ((core | last_core) & ((core | last_core) - 1)) != 0)
			t->pair = true;
		t->core |= core;
		t->support |= support;
		t->against |= against;
		if (clean)
			t->clean |= core;
		if (core != 0 && (s->acts & (ACT_BIT(ACT_ASKS) |
					     ACT_BIT(ACT_INSTRUCTS))) != 0)
			t->asked = true;
		if ((core != 0 && (support | last_support) != 0) ||
		    (support != 0 && last_core != 0)) {
			t->near = true;
			t->near_clean |= clean && (core == 0 ? last_clean : 1);
		}
		last_core = core;
		last_support = support;
		last_clean = clean;
	}
}

static void
add(struct features *f, const char *id, const char *what, bool held)
{
	if (held)
		features_add(f, "r:%s:%s", id, what);
}

void
cue_features(const struct scene *scene, const struct cues *cues,
	     struct features *f)
{
	const struct list lists[3] = {
		list_of(scene, cues->core),
		list_of(scene, cues->support),
		list_of(scene, cues->against),
	};
	struct tally own = { 0 }, attached = { 0 }, quoted = { 0 };
	size_t i;

	for (i = 0; i < scene->passage_count; i++) {
		const struct passage *p = &scene->passages[i];

		tally_passage(p, lists,
			      p->kind == PASSAGE_ATTACHMENT ? &attached :
			      p->kind == PASSAGE_QUOTED     ? &quoted :
							      &own);
	}
	add(f, cues->id, "core", own.core != 0);
	add(f, cues->id, "none", (own.core | attached.core) == 0);
	add(f, cues->id, "clean", own.clean != 0);
	add(f, cues->id, "near", own.near);
	add(f, cues->id, "near-clean", own.near_clean);
	add(f, cues->id, "asked", own.asked);
	add(f, cues->id, "two", (own.core & (own.core - 1)) != 0);
	add(f, cues->id, "pair", own.pair);
	add(f, cues->id, "dense", own.hit != 0 && own.hit * 3 >= own.sentences);
	add(f, cues->id, "many", own.hit >= 3);
	add(f, cues->id, "support", own.support != 0);
	add(f, cues->id, "core+support", own.core != 0 && own.support != 0);
	add(f, cues->id, "against", own.against != 0);
	add(f, cues->id, "unopposed", own.clean != 0 && own.against == 0);
	add(f, cues->id, "attached", attached.core != 0);
	add(f, cues->id, "attached-near", attached.near);
	add(f, cues->id, "quoted", quoted.core != 0);
}
