/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "theme.h"

#include <string.h>

enum { NEAR = 2, SENTENCES_MAX = 400 };

void
theme_prepare(const struct lexicon *lexicon, const struct theme *themes,
	      struct arena *arena, struct theme_table *ret_table)
{
	uint16_t *bits =
		arena_array(arena, LEXICON_CONCEPTS_MAX, sizeof(*bits));
	unsigned theme, i;
	int concept;

	for (theme = 0;
	     themes != NULL && theme < THEMES_MAX && themes[theme].name != NULL;
	     theme++)
		for (i = 0; i < THEME_CONCEPTS_MAX &&
			    themes[theme].concepts[i] != NULL;
		     i++) {
			concept = lexicon_concept(lexicon,
						  themes[theme].concepts[i]);
			if (concept >= 0)
				bits[concept] |= (uint16_t)(1u << theme);
		}
	ret_table->bits = bits;
}

struct view {
	uint16_t bits[SENTENCES_MAX];
	unsigned acts[SENTENCES_MAX];
	size_t count;
	unsigned themes;  /* how many the rule has */
	unsigned against; /* bit of the theme "against", or 0 */
};

/* The sentences in reading order: subject, body, attachments. */
static void
gather(const struct theme_table *table, const struct scene *scene,
       struct view *view)
{
	size_t i, k;
	uint32_t h;

	for (i = 0; i < scene->passage_count; i++) {
		const struct passage *p = &scene->passages[i];

		if (p->kind == PASSAGE_QUOTED)
			continue;
		for (k = 0; k < p->sentence_count; k++) {
			const struct sentence *s = &p->sentences[k];

			if (view->count == SENTENCES_MAX)
				return;
			for (h = s->hit_first; h < s->hit_end; h++)
				view->bits[view->count] |=
					table->bits[p->hits[h].concept];
			view->acts[view->count++] = s->acts;
		}
	}
}

struct writer {
	struct features *f;
	const struct theme *themes;
	struct span rule;
};

static void
add(const struct writer *w, unsigned a, const char *sign, const char *b)
{
	features_join(w->f,
		      (struct span[]){ span_of("r:"), w->rule, span_of(":"),
				       span_of(w->themes[a].name),
				       span_of(sign), span_of(b) },
		      6);
}

static void
add_pairs(const struct writer *w, const struct view *view, unsigned bits,
	  const char *sign)
{
	unsigned a, b;

	for (a = 0; a < view->themes; a++)
		for (b = a + 1; (bits >> a & 1) != 0 && b < view->themes; b++)
			if ((bits >> b & 1) != 0)
				add(w, a, sign, w->themes[b].name);
}

static void
add_sentence(const struct writer *w, const struct view *view, size_t at)
{
	unsigned near = 0, a, act;
	size_t i;

	for (i = at > NEAR ? at - NEAR : 0; i < view->count && i <= at + NEAR;
	     i++)
		near |= view->bits[i];
	add_pairs(w, view, view->bits[at], "+");
	add_pairs(w, view, near, "~");
	for (a = 0; a < view->themes; a++) {
		if ((view->bits[at] >> a & 1) == 0)
			continue;
		if ((near & view->against) == 0)
			add(w, a, "-clear", "");
		for (act = 0; act < ACT_COUNT; act++)
			if ((view->acts[at] & ACT_BIT(act)) != 0)
				add(w, a, "/", act_name((enum act)act));
	}
}

void
theme_features(const struct theme_table *table, const struct theme *themes,
	       const char *rule, const struct scene *scene,
	       struct features *features)
{
	struct writer w = { features, themes, span_of(rule) };
	struct view view = { 0 };
	unsigned all = 0, a;
	size_t i;

	while (view.themes < THEMES_MAX && themes[view.themes].name != NULL) {
		if (strcmp(themes[view.themes].name, "against") == 0)
			view.against = 1u << view.themes;
		view.themes++;
	}
	gather(table, scene, &view);
	for (i = 0; i < view.count; i++) {
		all |= view.bits[i];
		if (view.bits[i] != 0)
			add_sentence(&w, &view, i);
	}
	for (a = 0; a < view.themes; a++)
		if ((all >> a & 1) != 0)
			add(&w, a, "", "");
	add_pairs(&w, &view, all, "&");
}
