/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEXICON_PRIVATE_H
#define LEXICON_PRIVATE_H
/*
 * The form in which a lexicon is searched, and in which it is kept in a pack:
 * arrays that name each other by number.
 *
 * The database looks for literals, the first LEXICON_HEAD bytes of everything
 * that a phrase can begin with ("lead"). A literal has groups of links, a group
 * for each number of further bytes (up to eight) that are compared before the
 * phrase's pattern is tried; within a group links are in order of those bytes.
 */
#include "filters/lexicon.h"
#include "filters/pack.h"
#include "filters/pattern.h"

enum { LEXICON_HEAD = 6 };

enum lexicon_part {
	LEXICON_NAMES, /* of the concepts, each with a NUL */
	LEXICON_LITERALS,
	LEXICON_GROUPS,
	LEXICON_MORE,   /* uint64_t: a link's further bytes */
	LEXICON_TARGET, /* uint32_t: its phrase */
	LEXICON_PHRASES,
	LEXICON_NODES,
	LEXICON_CHOICES,
	LEXICON_BYTES,
	LEXICON_DATABASE, /* as its library writes it down */
	LEXICON_PART_COUNT
};

/* Its groups are those up to the next literal's first; the last literal is
 * followed by one that only tells where its groups end. */
struct lexicon_literal {
	uint32_t first; /* group */
	uint32_t len;
};

struct lexicon_group {
	uint64_t mask;
	uint32_t first, end; /* links */
};

struct lexicon_phrase {
	uint32_t pattern; /* its first node */
	uint32_t concept;
};

/* The eight bytes at `at`; behind the end zeros. */
uint64_t lexicon_eight(struct span text, size_t at);

/* The key of what lies in the directory, for the library as it is. */
int lexicon_key(const char *directory, uint64_t *ret_key, struct error *err);
int lexicon_make(const char *directory, uint64_t key, struct fault_list *faults,
		 struct pack **ret_pack, struct error *err);

#endif
