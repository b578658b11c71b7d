/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "features.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	SLOTS_FIRST = 2048,
	TEXT_USUAL = 400 /* features of a text of usual length */
};

uint64_t
feature_key(struct span name)
{
	uint64_t key = 0xcbf29ce484222325u;
	size_t i;

	for (i = 0; i < name.len; i++)
		key = (key ^ (unsigned char)name.ptr[i]) * 0x100000001b3u;
	key ^= key >> 32;
	return key != 0 ? key : 1;
}

void
features_init(struct features *features, struct arena *arena, bool named)
{
	*features = (struct features){ .arena = arena, .named = named };
	features->slot_count = SLOTS_FIRST;
	features->slots = arena_array(arena, SLOTS_FIRST, sizeof(uint64_t));
}

static bool
seen(struct features *f, uint64_t key)
{
	size_t at = (key * 0x9e3779b97f4a7c15u >> 20) & (f->slot_count - 1);

	while (f->slots[at] != 0) {
		if (f->slots[at] == key)
			return true;
		at = (at + 1) & (f->slot_count - 1);
	}
	f->slots[at] = key;
	return false;
}

static void
grow(struct features *f)
{
	size_t i;

	f->slot_count *= 2;
	f->slots = arena_array(f->arena, f->slot_count, sizeof(uint64_t));
	for (i = 0; i < f->count; i++)
		seen(f, f->keys[i]);
}

static void
add_name(struct features *f, struct span name)
{
	uint64_t key = feature_key(name), *slot;
	char **named;
	size_t count = f->count;

	if (count == FEATURES_MAX || seen(f, key))
		return;
	slot = arena_push(f->arena, &f->keys, &f->count, sizeof(*slot));
	*slot = key;
	if (f->named) {
		named = arena_push(f->arena, &f->names, &count, sizeof(*named));
		*named = (char *)arena_span(f->arena, name).ptr;
	}
	if (f->count * 2 > f->slot_count)
		grow(f);
}

void
features_add(struct features *features, const char *format, ...)
{
	char name[FEATURE_NAME_MAX];
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(name, sizeof(name), format, args);
	va_end(args);
	if (len > 0)
		add_name(features,
			 (struct span){ name, (size_t)len < sizeof(name) ?
						      (size_t)len :
						      sizeof(name) - 1 });
}

void
features_join(struct features *features, const struct span *pieces,
	      size_t count)
{
	char name[FEATURE_NAME_MAX];
	size_t i, len = 0;

	for (i = 0; i < count; i++) {
		if (len + pieces[i].len > sizeof(name))
			return;
		memcpy(name + len, pieces[i].ptr, pieces[i].len);
		len += pieces[i].len;
	}
	add_name(features, (struct span){ name, len });
}

double
features_scale(const struct features *text)
{
	double scale = sqrt(TEXT_USUAL / (double)(text->count + 1));

	return scale > 2 ? 2 : scale;
}
