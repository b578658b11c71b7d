/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NAMED_H
#define NAMED_H
/*
 * Is somebody called by name in a text, however colleagues call each other:
 * surname, first name with a capital, full name. Scene's mentions tell who is
 * named when nobody is looked for; here a known person is looked for.
 *
 * A call is the beginning of a body that says to whom it speaks: "Dear Bob,",
 * "Ann, the lamp is mended", "Morning both".
 *
 * Pure; nothing is kept.
 */
#include "filters/scene.h"

/* In the folded bytes [start, end). */
bool named_within(const struct fold *fold, size_t start, size_t end,
		  struct span name);
bool named_in(const struct passage *passage, struct span name);

/* An address whose name says that it is a group's office, though the directory
 * of groups does not have it. */
bool named_group_office(const struct scene *scene, const struct party *party,
			struct span *ret_group);

/* In any passage of a kind; kinds: 1u << PASSAGE_… */
bool named_anywhere(const struct scene *scene, unsigned kinds,
		    struct span name);

/* The folded bytes of the body's call; false when it has none. */
bool named_call(const struct scene *scene, size_t *ret_end);
/* The call speaks to several: "both", "all three", "colleagues". */
bool named_call_many(const struct scene *scene);

/* How many groups of the directory, other than this, are named in subject or
 * body. */
size_t named_other_groups(const struct scene *scene, struct span group);

#endif
