/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "filters/fold.h"

/* The way back from folded text to the bytes that were written: evidence
 * stands on it. */
static void
check_way_back(const struct fold *fold)
{
	size_t i, start, end;

	if (fold->text.len > fold->original.len)
		abort();
	for (i = 0; i < fold->text.len; i++) {
		if (fold->at[i] >= fold->at[i + 1])
			abort();
		fold_original(fold, i, i + 1, &start, &end);
		if (start >= end || end > fold->original.len)
			abort();
	}
	for (i = 0; i < fold->break_count; i++) {
		size_t at = fold->breaks[i] & ~FOLD_PARAGRAPH;

		if (at >= fold->text.len || fold->text.ptr[at] != ' ')
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span bytes = { .ptr = (const char *)data, .len = size };
	struct arena *arena = arena_new(0);
	struct fold fold, again;

	fold_make(bytes, arena, &fold);
	check_way_back(&fold);
	fold_make(fold.text, arena, &again);
	if (text_utf8_valid(bytes) &&
	    (!text_utf8_valid(fold.text) || again.text.len + 1 < fold.text.len))
		abort();
	(void)fold_holds(fold.text, "a b*");
	arena_free(arena);
	return 0;
}
