/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CUES_H
#define CUES_H
/*
 * Do the words that a rule waits for stand in a message, and how: in a
 * sentence that asks or one that refuses, close to each other or apart?
 *
 * A rule names its concepts in three lists; cue_features() makes of them the
 * few features that decide, named "r:<id>:…", the same for every rule:
 *
 *   core          a core concept stands in subject or body
 *   clean         … in a sentence that refuses, reports, supposes or teaches
 *                 nothing
 *   near          a core and a support within a sentence of each other
 *   near-clean    … and both clean
 *   two, pair     two different core concepts; … in neighbouring sentences
 *   dense, many   a third of all sentences have one; three sentences do
 *   support, against, attached (a core in an attachment), quoted
 *
 * Pure; nothing is kept. Lists end with NULL; unknown concepts are never seen.
 */
#include "filters/features.h"
#include "filters/scene.h"

struct cues {
	const char *id;
	const char *const *core, *const *support, *const *against;
};

void cue_features(const struct scene *scene, const struct cues *cues,
		  struct features *features);

/* Concept in a sentence of body or subject without any of these acts. */
bool cue_seen(const struct scene *scene, const char *concept,
	      unsigned acts_against);
/* Concept in any passage of these kinds. */
bool cue_in(const struct scene *scene, unsigned kinds, const char *concept);
/* Both in one sentence, or in two that follow each other, of the body, an
 * attachment or between subject and body's first. */
bool cue_pair(const struct scene *scene, const char *a, const char *b);
/* Any of a list that ends with NULL, in a sentence without these acts. */
bool cue_any(const struct scene *scene, const char *const *concepts,
	     unsigned acts_against);
/* Is one of these words in the body or the subject? Folded, whole words or
 * phrases; a '*' at the end lets the word go on. Ends with NULL. */
bool cue_words(const struct scene *scene, const char *const *words);

#endif
