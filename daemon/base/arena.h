/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ARENA_H
#define ARENA_H
/*
 * One lifetime, one owner: everything that belongs to one message, one
 * snapshot or one call is allocated here and freed together.
 *
 * Memory is zeroed and aligned for any object. Running out of memory, or over
 * the arena's limit, aborts the process: in a reader that costs one message,
 * elsewhere the supervisor starts again (see ERROR_INTERNAL).
 */
#include <stddef.h>

#include "attribute.h"
#include "text.h"

struct arena;

/* limit: bytes this arena may ever hold; 0 means ARENA_LIMIT_DEFAULT. */
struct arena *arena_new(size_t limit);

/* Accepts NULL. */
void arena_free(struct arena *arena);

/* Forgets everything but keeps the first block, for the next message. */
void arena_clear(struct arena *arena);

void *arena_alloc(struct arena *arena, size_t size);

/* An array of count zeroed objects; aborts when the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* Grows an array made by arena_array: returns room for one more object at
 * *array, which moves when it must; *count is increased by the call. */
void *arena_push(struct arena *arena, void *array_of_pointer_type,
		 size_t *count, size_t size);

/* Copies; the result of arena_span has a NUL after its end. */
struct span arena_span(struct arena *arena, struct span text);
/* The same with small ASCII letters for capital ones. */
struct span arena_lower(struct arena *arena, struct span text);
char *arena_string(struct arena *arena, const char *text);
struct span arena_printf(struct arena *arena, const char *format, ...)
	CLERK_PRINTF(2, 3);

#endif
