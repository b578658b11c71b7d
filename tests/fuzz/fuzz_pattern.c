/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "filters/fold.h"
#include "filters/pattern.h"

struct search {
	struct span text;
	size_t at;
	bool found;
};

static void
on_lead(void *context, struct span lead)
{
	struct search *search = context;
	struct span there =
		span_sub(search->text, search->at, search->text.len);

	if (lead.len == 0 || lead.len > 64)
		abort();
	if (there.len >= lead.len && memcmp(there.ptr, lead.ptr, lead.len) == 0)
		search->found = true;
}

/* A word that is nothing but a star can begin with anything. */
static bool
has_bare_star(struct span line)
{
	size_t i;

	for (i = 0; i < line.len; i++)
		if (line.ptr[i] == '*' &&
		    (i == 0 || strchr(" (|)*", line.ptr[i - 1]) != NULL))
			return true;
	return false;
}

/* A line of a lexicon, and a text that it is looked for in: where it matches,
 * one of its leads must stand, or nobody would ever look there. */
static void
match(const struct patterns *patterns, uint32_t pattern, struct span text,
      bool check)
{
	struct search search = { .text = text };
	size_t end;

	for (search.at = 0; search.at < text.len && search.at < 200;
	     search.at++) {
		end = pattern_match(patterns, pattern, text, search.at);
		if (end > text.len)
			abort();
		if (end == 0 || !check)
			continue;
		search.found = false;
		(void)pattern_leads(patterns, pattern, PATTERN_LEAD, on_lead,
				    &search);
		if (!search.found)
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span bytes = { .ptr = (const char *)data, .len = size };
	size_t end = span_find_byte(bytes, '\n');
	struct arena *arena = arena_new(0);
	struct patterns patterns = { 0 };
	uint32_t pattern;
	struct fold line, text;

	fold_make(span_sub(bytes, 0, end), arena, &line);
	fold_make(span_sub(bytes, end + 1, size), arena, &text);
	pattern = pattern_parse(&patterns, line.text, arena);
	if (pattern != 0)
		match(&patterns, pattern, text.text,
		      !has_bare_star(line.text) &&
			      pattern_leads(&patterns, pattern, PATTERN_LEAD,
					    NULL, NULL));
	arena_free(arena);
	return 0;
}
