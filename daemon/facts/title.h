/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TITLE_H
#define TITLE_H
/*
 * Words that stand before a name and are none: "Cllr", "Dr", "Mrs", "von". One
 * table, with what each may be taken for.
 */
#include <stdbool.h>

#include "base/text.h"

enum title_use {
	TITLE_CALLS = 1 << 0,   /* with a surname, it names a person */
	TITLE_LEADS = 1 << 1,   /* taken off a name that is looked up */
	TITLE_IN_NAME = 1 << 2, /* a part of a name that tells nobody apart */
	TITLE_MEMBER = 1 << 3,  /* a name behind it is a councillor's */
};

/* Whatever its case; a stop behind it is a part of the word. */
bool title_is(struct span word, enum title_use use);
/* One after the other, from *at = 0; NULL at the end. In lower case. */
const char *title_next(enum title_use use, size_t *at);

#endif
