/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LEXICON_H
#define LEXICON_H
/*
 * Phrases that stand for concepts, found in one pass.
 *
 * A directory holds one file a concept, "<concept>.lex": a phrase a line,
 * lower case, '#' starts a comment. "(a|b|)" chooses, "*" at a word's end
 * lets it go on. Phrases match at word boundaries in folded text. All phrases
 * of all files are one database of literals.
 *
 * Lifetime: a snapshot, for one thread at a time (it holds the scratch memory
 *           of the matcher).
 * Errors:   faults for bad lines; -1 when the directory cannot be read or the
 *           database cannot be made.
 * Limits:   LEXICON_CONCEPTS_MAX files, LEXICON_HITS_MAX hits a text (the rest
 *           is not looked at), PATTERN_LEADS_MAX beginnings a line.
 */
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/fault.h"
#include "base/text.h"
#include "filters/fold.h"

enum { LEXICON_CONCEPTS_MAX = 512, LEXICON_HITS_MAX = 4096 };

struct lexicon;
struct pack_places;

struct hit {
	uint16_t concept;
	uint32_t start, end; /* in the folded text */
};

/* Makes it of the files, or takes it from a pack that was made of the same
 * ones (see pack.h); places may be NULL. */
int lexicon_open(const char *directory, const struct pack_places *places,
		 struct fault_list *faults, struct lexicon **ret_lexicon,
		 struct error *err);
/* The same without packs. */
int lexicon_load(const char *directory, struct fault_list *faults,
		 struct lexicon **ret_lexicon, struct error *err);
void lexicon_free(struct lexicon *lexicon);

size_t lexicon_concept_count(const struct lexicon *lexicon);
const char *lexicon_concept_name(const struct lexicon *lexicon, size_t concept);
/* -1 when there is no such concept. */
int lexicon_concept(const struct lexicon *lexicon, const char *name);
size_t lexicon_phrase_count(const struct lexicon *lexicon);

/* Hits in order of start; of one concept only those that lie in no longer
 * one. */
void lexicon_scan(const struct lexicon *lexicon, const struct fold *fold,
		  struct arena *arena, struct hit **ret_hits,
		  size_t *ret_count);

#endif
