/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the files of a directory to the form that is searched. This is the slow
 * part (a third of a second for the shipped phrases) and takes a hundred
 * megabytes for a moment; packs are there to do it once.
 */
#include <dirent.h>
#include <errno.h>
#include <hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filters/lexicon_private.h"

enum { LINE_MAX_BYTES = 65536, PATH_BYTES_MAX = 8192 };

struct literal {
	struct span text;
};

/* A lead is a literal and up to eight more bytes. */
struct link {
	uint64_t more, mask;
	uint32_t phrase;
	uint32_t literal;
};

struct making {
	struct arena *arena, *line;
	char *names; /* as in the part */
	size_t name_bytes, name_count;
	struct literal *literals;
	size_t literal_count;
	struct link *links;
	size_t link_count;
	struct lexicon_phrase *phrases;
	size_t phrase_count;
	struct patterns patterns;
	uint32_t *slots; /* hash of literals */
	size_t slot_count;
};

static uint32_t
fresh_literal(struct making *lex, struct span text)
{
	struct literal *literal =
		arena_push(lex->arena, &lex->literals, &lex->literal_count,
			   sizeof(*literal));

	literal->text = arena_span(lex->arena, text);
	return (uint32_t)lex->literal_count - 1;
}

static void
grow_slots(struct making *lex)
{
	size_t count = lex->slot_count == 0 ? 4096 : lex->slot_count * 2, i, at;
	uint32_t *slots = arena_array(lex->arena, count, sizeof(*slots));

	for (i = 0; i < lex->literal_count; i++) {
		at = span_hash(lex->literals[i].text) & (count - 1);
		while (slots[at] != 0)
			at = (at + 1) & (count - 1);
		slots[at] = (uint32_t)i + 1;
	}
	lex->slots = slots;
	lex->slot_count = count;
}

static struct literal *
literal_of(struct making *lex, struct span text)
{
	size_t at;

	if (lex->literal_count * 2 >= lex->slot_count)
		grow_slots(lex);
	at = span_hash(text) & (lex->slot_count - 1);
	for (; lex->slots[at] != 0; at = (at + 1) & (lex->slot_count - 1))
		if (span_equal(lex->literals[lex->slots[at] - 1].text, text))
			return &lex->literals[lex->slots[at] - 1];
	lex->slots[at] = fresh_literal(lex, text) + 1;
	return &lex->literals[lex->slots[at] - 1];
}

static void
add_lead(void *context, struct span text)
{
	struct making *lex = context;
	struct literal *literal =
		literal_of(lex, span_sub(text, 0, LEXICON_HEAD));
	size_t more = text.len > LEXICON_HEAD ? text.len - LEXICON_HEAD : 0;
	struct link *link;

	link = arena_push(lex->arena, &lex->links, &lex->link_count,
			  sizeof(*link));
	link->phrase = (uint32_t)lex->phrase_count - 1;
	link->more = lexicon_eight(text, LEXICON_HEAD);
	link->mask = more >= 8 ? UINT64_MAX : ((uint64_t)1 << 8 * more) - 1;
	link->more &= link->mask;
	link->literal = (uint32_t)(literal - lex->literals);
}

static int
by_literal(const void *a, const void *b)
{
	const struct link *x = a, *y = b;

	if (x->literal != y->literal)
		return x->literal < y->literal ? -1 : 1;
	if (x->mask != y->mask)
		return x->mask < y->mask ? -1 : 1;
	if (x->more != y->more)
		return x->more < y->more ? -1 : 1;
	return x->phrase < y->phrase ? -1 : x->phrase > y->phrase;
}

static void
add_phrase(struct making *lex, uint16_t concept, struct span line,
	   const char *path, unsigned number, struct fault_list *faults)
{
	uint32_t pattern = pattern_parse(&lex->patterns, line, lex->arena);
	struct lexicon_phrase *phrase;
	size_t length = LEXICON_HEAD;

	if (pattern == 0) {
		fault_add(faults, FAULT_WARNING, path, number,
			  "brackets do not match: close each '('");
		return;
	}
	phrase = arena_push(lex->arena, &lex->phrases, &lex->phrase_count,
			    sizeof(*phrase));
	*phrase = (struct lexicon_phrase){ .pattern = pattern,
					   .concept = concept };
	/* A line with very many beginnings is looked for by shorter ones. */
	if (pattern_leads(&lex->patterns, pattern, PATTERN_LEAD, NULL, NULL))
		length = PATTERN_LEAD;
	if (!pattern_leads(&lex->patterns, pattern, length, add_lead, lex))
		fault_add(faults, FAULT_WARNING, path, number,
			  "too many ways to begin: split the line");
}

static int
load_file(struct making *lex, uint16_t concept, const char *path,
	  struct fault_list *faults, struct error *err)
{
	FILE *in = fopen(path, "re");
	char *text;
	unsigned number = 0;

	if (in == NULL)
		return error_set(err, ERROR_CONFIG, "%s: %s", path,
				 strerror(errno));
	text = malloc(LINE_MAX_BYTES);
	while (text != NULL && fgets(text, LINE_MAX_BYTES, in) != NULL) {
		struct span line = { text, strlen(text) };
		struct fold fold;

		number++;
		line = span_trim(line);
		arena_clear(lex->line);
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		fold_make(line, lex->line, &fold);
		add_phrase(lex, concept, fold.text, path, number, faults);
	}
	free(text);
	fclose(in);
	return 0;
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int
is_lex(const struct dirent *entry)
{
	return span_ends_nocase(span_of(entry->d_name), ".lex");
}

static void
add_name(struct making *lex, struct span file)
{
	size_t i;

	for (i = 0; i + 4 < file.len; i++)
		*(char *)arena_push(lex->arena, &lex->names, &lex->name_bytes,
				    1) = file.ptr[i];
	*(char *)arena_push(lex->arena, &lex->names, &lex->name_bytes, 1) =
		'\0';
	lex->name_count++;
}

/* Calls step for each lexicon file, in order of name. */
static int
each_file(const char *directory,
	  int (*step)(void *context, struct span name, const char *path,
		      struct error *err),
	  void *context, struct error *err)
{
	struct dirent **entries = NULL;
	int count = scandir(directory, &entries, is_lex, by_name), i, rc = 0;
	struct buf path;

	if (count < 0)
		return error_set(err, ERROR_CONFIG, "%s: %s", directory,
				 strerror(errno));
	buf_init(&path, PATH_BYTES_MAX);
	for (i = 0; i < count; i++) {
		buf_empty(&path);
		buf_printf(&path, "%s/%s", directory, entries[i]->d_name);
		buf_add_byte(&path, '\0');
		if (i < LEXICON_CONCEPTS_MAX && rc == 0)
			rc = step(context, span_of(entries[i]->d_name),
				  path.ptr, err);
		free(entries[i]);
	}
	buf_clear(&path);
	free(entries);
	return rc;
}

struct loading {
	struct making *lex;
	struct fault_list *faults;
};

static int
load_step(void *context, struct span name, const char *path, struct error *err)
{
	struct loading *loading = context;
	struct making *lex = loading->lex;

	add_name(lex, name);
	return load_file(lex, (uint16_t)(lex->name_count - 1), path,
			 loading->faults, err);
}

static int
key_step(void *context, struct span name, const char *path, struct error *err)
{
	uint64_t *key = context;

	*key = pack_hash(*key, name);
	return pack_hash_file(path, key, err);
}

int
lexicon_key(const char *directory, uint64_t *ret_key, struct error *err)
{
	uint64_t key = pack_hash(0, span_of(PACK_MAKER));

	key = pack_hash(key, span_of(hs_version()));

	if (each_file(directory, key_step, &key, err) != 0)
		return -1;
	*ret_key = key;
	return 0;
}

/* ---- into the form that is searched ---- */

static int
compile_literals(const struct making *lex, const char **texts, unsigned *flags,
		 unsigned *ids, size_t *lengths, hs_database_t **ret_database,
		 struct error *err)
{
	/* For any processor of the kind: a pack may be made on another machine,
	 * and these literals gain nothing from wider registers. */
	const hs_platform_info_t any = { .tune = HS_TUNE_FAMILY_GENERIC };
	hs_compile_error_t *fault = NULL;
	size_t i;
	int rc = 0;

	for (i = 0; i < lex->literal_count; i++) {
		texts[i] = lex->literals[i].text.ptr;
		lengths[i] = lex->literals[i].text.len;
		ids[i] = (unsigned)i;
	}
	if (hs_compile_lit_multi(texts, flags, ids, lengths,
				 (unsigned)lex->literal_count, HS_MODE_BLOCK,
				 &any, ret_database, &fault) != HS_SUCCESS)
		rc = error_set(err, ERROR_CONFIG, "phrases: %s",
			       fault->message);
	hs_free_compile_error(fault);
	return rc;
}

/* No literals: no database, and no bytes. */
static int
compile(const struct making *lex, struct span *ret_bytes, struct error *err)
{
	size_t count = lex->literal_count, len = 0;
	const char **texts = calloc(count + 1, sizeof(*texts));
	unsigned *flags = calloc(count + 1, sizeof(*flags));
	unsigned *ids = calloc(count + 1, sizeof(*ids));
	size_t *lengths = calloc(count + 1, sizeof(*lengths));
	hs_database_t *database = NULL;
	char *bytes = NULL;
	int rc = 0;

	if (texts == NULL || flags == NULL || ids == NULL || lengths == NULL)
		rc = error_set(err, ERROR_INTERNAL, "out of memory");
	else if (count != 0)
		rc = compile_literals(lex, texts, flags, ids, lengths,
				      &database, err);
	if (database != NULL &&
	    hs_serialize_database(database, &bytes, &len) != HS_SUCCESS)
		rc = error_set(err, ERROR_INTERNAL, "phrases: out of memory");
	hs_free_database(database);
	free(texts);
	free(flags);
	free(ids);
	free(lengths);
	if (rc == 0)
		*ret_bytes = (struct span){ bytes, len };
	return rc;
}

static bool
same_group(const struct link *a, const struct link *b)
{
	return a->literal == b->literal && a->mask == b->mask;
}

/* The links in order and each but once, as groups and two arrays. */
struct ordered {
	struct lexicon_literal *literals;
	struct lexicon_group *groups;
	size_t group_count;
	uint64_t *more;
	uint32_t *target;
	size_t count;
};

static void
order_links(struct making *lex, struct ordered *out)
{
	const struct link *link, *last = NULL;
	size_t literal = 0, i;

	if (lex->link_count != 0)
		qsort(lex->links, lex->link_count, sizeof(*lex->links),
		      by_literal);
	for (i = 0; i < lex->link_count; i++, last = link) {
		link = &lex->links[i];
		if (last != NULL && by_literal(last, link) == 0)
			continue;
		if (last == NULL || !same_group(last, link)) {
			out->groups[out->group_count++] =
				(struct lexicon_group){
					.mask = link->mask,
					.first = (uint32_t)out->count,
				};
			for (; literal <= link->literal; literal++)
				out->literals[literal].first =
					(uint32_t)out->group_count - 1;
		}
		out->more[out->count] = link->more;
		out->target[out->count] = link->phrase;
		out->groups[out->group_count - 1].end = (uint32_t)++out->count;
	}
	for (; literal <= lex->literal_count; literal++)
		out->literals[literal].first = (uint32_t)out->group_count;
	for (literal = 0; literal < lex->literal_count; literal++)
		out->literals[literal].len =
			(uint32_t)lex->literals[literal].text.len;
}

#define PART(array, count)                                        \
	{                                                         \
		(const char *)(array), (count) * sizeof(*(array)) \
	}

static struct pack *
pack_of(struct making *lex, uint64_t key, struct span database)
{
	struct ordered out = {
		.literals = arena_array(lex->arena, lex->literal_count + 1,
					sizeof(struct lexicon_literal)),
		.groups = arena_array(lex->arena, lex->link_count + 1,
				      sizeof(struct lexicon_group)),
		.more = arena_array(lex->arena, lex->link_count + 1,
				    sizeof(uint64_t)),
		.target = arena_array(lex->arena, lex->link_count + 1,
				      sizeof(uint32_t)),
	};

	order_links(lex, &out);
	const struct span parts[LEXICON_PART_COUNT] = {
		[LEXICON_NAMES] = PART(lex->names, lex->name_bytes),
		[LEXICON_LITERALS] = PART(out.literals, lex->literal_count + 1),
		[LEXICON_GROUPS] = PART(out.groups, out.group_count),
		[LEXICON_MORE] = PART(out.more, out.count),
		[LEXICON_TARGET] = PART(out.target, out.count),
		[LEXICON_PHRASES] = PART(lex->phrases, lex->phrase_count),
		[LEXICON_NODES] =
			PART(lex->patterns.nodes, lex->patterns.node_count),
		[LEXICON_CHOICES] =
			PART(lex->patterns.choices, lex->patterns.choice_count),
		[LEXICON_BYTES] =
			PART(lex->patterns.bytes, lex->patterns.byte_count),
		[LEXICON_DATABASE] = database,
	};

	return pack_make(key, parts, LEXICON_PART_COUNT);
}

int
lexicon_make(const char *directory, uint64_t key, struct fault_list *faults,
	     struct pack **ret_pack, struct error *err)
{
	struct making lex = {
		.arena = arena_new((size_t)512 << 20),
		.line = arena_new(0),
	};
	struct loading loading = { &lex, faults };
	struct span database = { 0 };
	int rc = each_file(directory, load_step, &loading, err);

	if (rc == 0)
		rc = compile(&lex, &database, err);
	if (rc == 0)
		*ret_pack = pack_of(&lex, key, database);
	free((void *)(uintptr_t)database.ptr);
	arena_free(lex.line);
	arena_free(lex.arena);
	return rc;
}
