/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FOLD_H
#define FOLD_H
/*
 * A text as phrases see it: ASCII lower case, every run of white space one
 * space, curly quotes straight, dashes '-', accents off Latin letters; with
 * the way back to the bytes of the original.
 *
 * A phrase that a mailer broke over two lines, or that has a double space or
 * a non-breaking one in it, is found; its span is told in original bytes.
 *
 * Folding never lengthens: `text.len` is at most the original's length.
 * Everything lies in the arena. Texts over FOLD_MAX are cut there.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

enum { FOLD_MAX = 1 << 20 };

struct fold {
	struct span original;
	struct span text;   /* a NUL follows */
	uint32_t *at;       /* text.len + 1 offsets into original */
	uint32_t *breaks;   /* folded offsets of spaces that were line ends */
	size_t break_count; /* top bit: blank line, see FOLD_PARAGRAPH */
};

#define FOLD_PARAGRAPH 0x80000000u

void fold_make(struct span original, struct arena *arena,
	       struct fold *ret_fold);

/* The original bytes of folded bytes [start, end). */
void fold_original(const struct fold *fold, size_t start, size_t end,
		   size_t *ret_start, size_t *ret_end);

/* Is this a byte of a word, in folded text? */
bool fold_letter(char c);
/* Does folded text hold the phrase as whole words? A star at its end: the last
 * word may go on. */
bool fold_holds(struct span text, const char *phrase);

#endif
