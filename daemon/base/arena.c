/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_MIN = 8 * 1024, ALIGN = 16 };
static const size_t limit_default = (size_t)1 << 30;

struct block {
	struct block *next;
	size_t size, used;
	_Alignas(ALIGN) unsigned char bytes[];
};

struct arena {
	struct block *head; /* the block in use; its next are older */
	size_t total, limit;
};

static struct block *
block_new(struct arena *arena, size_t size)
{
	struct block *block;

	if (size > arena->limit - arena->total)
		abort();
	block = malloc(sizeof *block + size);
	if (block == NULL)
		abort();
	block->next = arena->head;
	block->size = size;
	block->used = 0;
	arena->head = block;
	return block;
}

struct arena *
arena_new(size_t limit)
{
	struct arena *arena = calloc(1, sizeof *arena);

	if (arena == NULL)
		abort();
	arena->limit = limit != 0 ? limit : limit_default;
	return arena;
}

void
arena_free(struct arena *arena)
{
	struct block *block, *next;

	if (arena == NULL)
		return;
	for (block = arena->head; block != NULL; block = next) {
		next = block->next;
		free(block);
	}
	free(arena);
}

void
arena_clear(struct arena *arena)
{
	struct block *block, *next;

	for (block = arena->head; block != NULL && block->next != NULL;
	     block = next) {
		next = block->next;
		free(block);
	}
	arena->head = block;
	arena->total = 0;
	if (block != NULL)
		block->used = 0;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	struct block *block = arena->head;
	size_t want = (size + ALIGN - 1) / ALIGN * ALIGN;
	void *result;

	if (want < size)
		abort();
	if (block == NULL || block->size - block->used < want) {
		size_t grown = block != NULL ? block->size * 2 : BLOCK_MIN;

		if (grown > (size_t)1 << 20)
			grown = (size_t)1 << 20;
		block = block_new(arena, want > grown ? want : grown);
	}
	result = block->bytes + block->used;
	block->used += want;
	arena->total += want;
	return memset(result, 0, want);
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		abort();
	return arena_alloc(arena, count * size);
}

void *
arena_push(struct arena *arena, void *array_of_pointer_type, size_t *count,
	   size_t size)
{
	void *array, *grown;
	size_t n = *count;

	memcpy(&array, array_of_pointer_type, sizeof array);
	/* Room doubles whenever the count is a power of two. */
	if (n == 0 || (n & (n - 1)) == 0) {
		grown = arena_array(arena, n == 0 ? 1 : 2 * n, size);
		if (n != 0)
			memcpy(grown, array, n * size);
		memcpy(array_of_pointer_type, &grown, sizeof grown);
		array = grown;
	}
	*count = n + 1;
	return (unsigned char *)array + n * size;
}

struct span
arena_span(struct arena *arena, struct span text)
{
	char *copy = arena_alloc(arena, text.len + 1);

	if (text.len != 0)
		memcpy(copy, text.ptr, text.len);
	return (struct span){ .ptr = copy, .len = text.len };
}

struct span
arena_lower(struct arena *arena, struct span text)
{
	char *copy = arena_alloc(arena, text.len + 1);
	size_t i;

	for (i = 0; i < text.len; i++)
		copy[i] = text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ?
				  (char)(text.ptr[i] + 'a' - 'A') :
				  text.ptr[i];
	return (struct span){ .ptr = copy, .len = text.len };
}

char *
arena_string(struct arena *arena, const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(arena_alloc(arena, size), text, size);
}

struct span
arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0)
		abort();
	text = arena_alloc(arena, (size_t)len + 1);
	va_start(args, format);
	vsnprintf(text, (size_t)len + 1, format, args);
	va_end(args);
	return (struct span){ .ptr = text, .len = (size_t)len };
}
