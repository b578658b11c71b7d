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
 */
#include "base/arena.h"
#include "base/text.h"

enum {
	PATTERN_LEAD = 14,       /* bytes after which a lead is long enough */
	PATTERN_LEADS_MAX = 8192 /* of one pattern */
};

struct pattern; /* a node; the first of its sequence */

/* NULL when brackets do not match or nothing is left to match. */
const struct pattern *pattern_parse(struct span line, struct arena *arena);

/* The longest end of a match that begins at `at`, or 0. Looks at no word
 * boundary. */
size_t pattern_match(const struct pattern *pattern, struct span text,
		     size_t at);

/* Calls back with each lead of at most about `length` bytes; lead NULL only
 * counts. Returns false when there are too many. */
bool pattern_leads(const struct pattern *pattern, size_t length,
		   void (*lead)(void *context, struct span text),
		   void *context);

#endif
