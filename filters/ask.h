/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ASK_H
#define ASK_H
/*
 * The conditions of a rule as tables: what is asked of a message, in order.
 *
 * A gate is a table of which every row of way 0 has to hold, and every row of
 * one of the further ways, when there are any. An opinion is a table whose
 * first row with a certain outcome settles it. Judging stops as soon as the
 * answer is known; telling goes on to the last row, so that "why" can say
 * everything that was there to be found. Both read the same rows, so that what
 * is told is what was judged.
 *
 * found() says what was seen, in the words of a clerk; it is asked only when
 * somebody wants to know, whether the row holds or not. It may be NULL.
 *
 * Rows lie in the rule's file; everything told lies in the scene's arena.
 */
#include "filters/scene.h"

enum opinion {
	OPINION_MODEL, /* the weights decide */
	OPINION_NO,    /* certain: not to be raised */
	OPINION_YES    /* certain */
};

struct ask {
	const char *text; /* "a member writes"; NULL ends a table */
	bool (*holds)(const struct scene *scene);
	struct span (*found)(const struct scene *scene);
	unsigned way;                 /* of a gate */
	enum opinion if_held, if_not; /* of an opinion */
};

/* Words that a rule looks for: concepts of the lexicon, NULL ends the list. */
struct look {
	const char *text; /* NULL ends a table */
	const char *const *concepts;
	bool against; /* they speak against the rule */
};

/* Tables may be NULL: an open gate, no certain opinion. */
bool ask_gate(const struct ask *gate, const struct scene *scene);
enum opinion ask_opinion(const struct ask *opinion, const struct scene *scene);

#endif
