/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FEATURES_H
#define FEATURES_H
/*
 * A scene as a set of named, binary features: what the models weigh.
 *
 * A feature's name is readable ("w:print leaflets", "c:party-campaign/asks",
 * "from=member") and its key is the hash of the name, so that names need not
 * be kept to score. Fitting and use run through this very code.
 *
 *   s:  structure: roles, posts, groups, thread, period, attachments
 *   w:  words, pairs and triples of the authored text; "^" for any name;
 *       a word with the direction that it goes: "w:leaflets>member-to-officer"
 *   t:  the same of the subject      a:  of attachments      q:  of quoted text
 *   c:  a concept, alone, with the act of its sentence, with another concept
 *
 * Names and addresses of people in the message are left out of words.
 */
#include <stdint.h>

#include "filters/scene.h"

enum { FEATURES_MAX = 32768, FEATURE_NAME_MAX = 160 };

struct features {
	uint64_t *keys;
	char **names; /* only when asked for */
	size_t count;
	bool named;
	struct arena *arena;
	uint64_t *slots; /* set of the keys */
	size_t slot_count;
};

void features_init(struct features *features, struct arena *arena, bool named);
void features_add(struct features *features, const char *format, ...)
	CLERK_PRINTF(2, 3);

/* The pieces one after the other: "w:", "print", " ", "leaflets". */
void features_join(struct features *features, const struct span *pieces,
		   size_t count);

/* What one feature counts: long texts have more features, each counts less.
 * 1 for structure. */
double features_scale(const struct features *text);

/* Structure of the whole message. */
void features_structure(struct features *features, const struct scene *scene);
/* Words and concepts of all passages; a set of its own, to be scaled. */
void features_text(struct features *features, const struct scene *scene);
/* One sentence by itself. */
void features_sentence(struct features *features, const struct scene *scene,
		       const struct passage *passage,
		       const struct sentence *sentence);

uint64_t feature_key(struct span name);

#endif
