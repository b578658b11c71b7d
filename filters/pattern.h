/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PATTERN_H
#define PATTERN_H
/*
 * One line of a lexicon as a small tree, and whether it stands at a place.
 *
 *   print* (500|a few|) (more|) leaflets
 *
 * Brackets choose and may be nested; an empty choice leaves the words out, and
 * the space with them; '*' lets a word go on. Text and pattern are folded.
 *
 * pattern_leads() lists the bytes with which a match can begin, so that one
 * literal search finds all places worth trying.
 *
 * Nodes name each other by number, not by address: the three arrays of a
 * struct patterns can be written to a file and used where they are mapped.
 */
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

enum {
	PATTERN_LEAD = 14,       /* bytes after which a lead is long enough */
	PATTERN_LEADS_MAX = 8192 /* of one pattern */
};

/* Numbers count from 1; 0 is none. */
struct pattern_node {
	uint32_t kind;
	uint32_t at;    /* its bytes, or its first choice */
	uint32_t count; /* of its bytes */
	uint32_t next;  /* node of the same sequence */
};

struct pattern_choice {
	uint32_t first; /* node; 0 stands for the empty choice */
	uint32_t next;  /* choice of the same node */
};

/* All patterns of a lexicon; zeroed before the first is parsed. */
struct patterns {
	struct pattern_node *nodes;
	size_t node_count;
	struct pattern_choice *choices;
	size_t choice_count;
	char *bytes;
	size_t byte_count;
};

/* The first node of the new pattern; 0 when brackets do not match or nothing
 * is left to match. */
uint32_t pattern_parse(struct patterns *patterns, struct span line,
		       struct arena *arena);

/* The longest end of a match that begins at `at`, or 0. Looks at no word
 * boundary. */
size_t pattern_match(const struct patterns *patterns, uint32_t pattern,
		     struct span text, size_t at);

/* Calls back with each lead of at most about `length` bytes; lead NULL only
 * counts. Returns false when there are too many. */
bool pattern_leads(const struct patterns *patterns, uint32_t pattern,
		   size_t length, void (*lead)(void *context, struct span text),
		   void *context);

#endif
