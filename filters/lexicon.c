/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lexicon.h"

#include <hs.h>
#include <stdlib.h>
#include <string.h>

#include "filters/lexicon_private.h"

static const char pack_name[] = "lexicon";

struct lexicon {
	struct pack *pack; /* everything here lies there */
	const char *names[LEXICON_CONCEPTS_MAX];
	size_t name_count;
	uint16_t concept_slots[LEXICON_CONCEPTS_MAX * 4]; /* index + 1 */
	const struct lexicon_literal *literals;
	const struct lexicon_group *groups;
	const uint64_t *more;
	const uint32_t *target;
	const struct lexicon_phrase *phrases;
	size_t phrase_count;
	struct patterns patterns;
	hs_database_t *database;
	hs_scratch_t *scratch;
};

static bool
word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       (unsigned char)c >= 0x80;
}

/* The eight bytes at `at`; behind the end zeros. */
uint64_t
lexicon_eight(struct span text, size_t at)
{
	uint64_t value = 0;

	if (at + sizeof(value) <= text.len)
		memcpy(&value, text.ptr + at, sizeof(value));
	else if (at < text.len)
		memcpy(&value, text.ptr + at, text.len - at);
	return value;
}

static size_t
concept_slot(const struct lexicon *lexicon, const char *name)
{
	const size_t count = ARRAY_SIZE(lexicon->concept_slots);
	size_t at = span_hash(span_of(name)) % count;

	while (lexicon->concept_slots[at] != 0 &&
	       strcmp(lexicon->names[lexicon->concept_slots[at] - 1], name) !=
		       0)
		at = (at + 1) % count;
	return at;
}

static void *
part(const struct pack *pack, enum lexicon_part number, size_t size,
     size_t *ret_count)
{
	struct span bytes = pack_part(pack, number);

	*ret_count = bytes.len / size;
	return (void *)(uintptr_t)bytes.ptr;
}

static void
name_concepts(struct lexicon *lex)
{
	struct span names = pack_part(lex->pack, LEXICON_NAMES), name;

	while (lex->name_count < LEXICON_CONCEPTS_MAX &&
	       span_next(&names, '\0', &name)) {
		lex->names[lex->name_count++] = name.ptr;
		lex->concept_slots[concept_slot(lex, name.ptr)] =
			(uint16_t)lex->name_count;
	}
}

/* The database is not used where it lies: its library wants it in memory of
 * its own. It refuses one of another kind of processor. */
static bool
open_database(struct lexicon *lex)
{
	struct span bytes = pack_part(lex->pack, LEXICON_DATABASE);

	return bytes.len == 0 ||
	       (hs_deserialize_database(bytes.ptr, bytes.len, &lex->database) ==
			HS_SUCCESS &&
		hs_alloc_scratch(lex->database, &lex->scratch) == HS_SUCCESS);
}

/* Takes over the pack, also when it fails. */
static struct lexicon *
lexicon_of(struct pack *pack)
{
	struct lexicon *lex = calloc(1, sizeof(*lex));
	struct patterns *patterns;
	size_t count;

	if (lex == NULL)
		abort();
	patterns = &lex->patterns;
	lex->pack = pack;
	lex->literals =
		part(pack, LEXICON_LITERALS, sizeof(*lex->literals), &count);
	lex->groups = part(pack, LEXICON_GROUPS, sizeof(*lex->groups), &count);
	lex->more = part(pack, LEXICON_MORE, sizeof(*lex->more), &count);
	lex->target = part(pack, LEXICON_TARGET, sizeof(*lex->target), &count);
	lex->phrases = part(pack, LEXICON_PHRASES, sizeof(*lex->phrases),
			    &lex->phrase_count);
	patterns->nodes = part(pack, LEXICON_NODES, sizeof(*patterns->nodes),
			       &patterns->node_count);
	patterns->choices =
		part(pack, LEXICON_CHOICES, sizeof(*patterns->choices),
		     &patterns->choice_count);
	patterns->bytes = part(pack, LEXICON_BYTES, 1, &patterns->byte_count);
	name_concepts(lex);
	if (open_database(lex))
		return lex;
	lexicon_free(lex);
	return NULL;
}

/* Kept only when it tells everything: the next start reads no line, and could
 * not complain of one. */
static int
make(const char *directory, const struct pack_places *places, uint64_t key,
     struct fault_list *faults, struct lexicon **ret_lexicon, struct error *err)
{
	size_t before = faults->count;
	uint64_t now = 0;
	struct pack *pack;

	if (lexicon_make(directory, key, faults, &pack, err) != 0)
		return -1;
	if (faults->count == before && lexicon_key(directory, &now, err) == 0 &&
	    now == key)
		pack = pack_keep(pack, places, pack_name);
	*ret_lexicon = lexicon_of(pack);
	return *ret_lexicon != NULL ?
		       0 :
		       error_set(err, ERROR_INTERNAL, "phrases: no memory");
}

/* From the first place whose pack will do. */
static struct lexicon *
find(const struct pack_places *places, uint64_t key)
{
	const struct pack_places each[] = {
		{ .shipped = places->shipped },
		{ .own = places->own },
	};
	struct lexicon *lex = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(each) && lex == NULL; i++) {
		struct pack *pack =
			pack_find(&each[i], pack_name, key, LEXICON_PART_COUNT);

		lex = pack != NULL ? lexicon_of(pack) : NULL;
	}
	return lex;
}

int
lexicon_open(const char *directory, const struct pack_places *places,
	     struct fault_list *faults, struct lexicon **ret_lexicon,
	     struct error *err)
{
	struct lexicon *lex = NULL;
	uint64_t key;

	if (lexicon_key(directory, &key, err) != 0)
		return -1;
	if (places != NULL)
		lex = find(places, key);
	if (lex == NULL)
		return make(directory, places, key, faults, ret_lexicon, err);
	*ret_lexicon = lex;
	return 0;
}

int
lexicon_load(const char *directory, struct fault_list *faults,
	     struct lexicon **ret_lexicon, struct error *err)
{
	return lexicon_open(directory, NULL, faults, ret_lexicon, err);
}

void
lexicon_free(struct lexicon *lexicon)
{
	if (lexicon == NULL)
		return;
	hs_free_scratch(lexicon->scratch);
	hs_free_database(lexicon->database);
	pack_free(lexicon->pack);
	free(lexicon);
}

size_t
lexicon_concept_count(const struct lexicon *lexicon)
{
	return lexicon->name_count;
}

const char *
lexicon_concept_name(const struct lexicon *lexicon, size_t concept)
{
	return lexicon->names[concept];
}

int
lexicon_concept(const struct lexicon *lexicon, const char *name)
{
	return (int)lexicon->concept_slots[concept_slot(lexicon, name)] - 1;
}

size_t
lexicon_phrase_count(const struct lexicon *lexicon)
{
	return lexicon->phrase_count;
}

struct scan {
	const struct lexicon *lex;
	struct span text;
	struct hit *hits;
	size_t count;
};

static bool
try_phrase(struct scan *scan, uint32_t index, size_t start)
{
	const struct lexicon_phrase *phrase = &scan->lex->phrases[index];
	size_t end = pattern_match(&scan->lex->patterns, phrase->pattern,
				   scan->text, start);

	if (end == 0)
		return true;
	if (scan->count == LEXICON_HITS_MAX)
		return false;
	scan->hits[scan->count++] = (struct hit){
		.concept = (uint16_t)phrase->concept,
		.start = (uint32_t)start,
		.end = (uint32_t)end,
	};
	return true;
}

/* The links of a group whose further bytes stand in the text. */
static bool
try_group(struct scan *scan, const struct lexicon_group *group, uint64_t more,
	  size_t start)
{
	const struct lexicon *lex = scan->lex;
	uint64_t want = more & group->mask;
	uint32_t low = group->first, high = group->end;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (lex->more[middle] < want)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < group->end && lex->more[low] == want; low++)
		if (!try_phrase(scan, lex->target[low], start))
			return false;
	return true;
}

static int
on_match(unsigned id, unsigned long long from, unsigned long long to,
	 unsigned flags, void *context)
{
	struct scan *scan = context;
	const struct lexicon_literal *literal = &scan->lex->literals[id];
	size_t start = (size_t)to - literal->len;
	uint64_t more;
	uint32_t i;

	(void)from;
	(void)flags;
	if (start != 0 && word_byte(scan->text.ptr[start]) &&
	    word_byte(scan->text.ptr[start - 1]))
		return 0;
	more = lexicon_eight(scan->text, (size_t)to);
	for (i = literal->first; i < literal[1].first; i++)
		if (!try_group(scan, &scan->lex->groups[i], more, start))
			return 1;
	return 0;
}

static int
by_place(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	return (int)x->concept - (int)y->concept;
}

/* Of one concept, a hit inside a longer one says nothing more. */
static size_t
drop_inner(struct hit *hits, size_t count)
{
	size_t i, k, kept = 0;

	for (i = 0; i < count; i++) {
		bool inner = false;

		for (k = kept; k > 0 && !inner; k--) {
			if (kept - k > 32)
				break;
			inner = hits[k - 1].concept == hits[i].concept &&
				hits[k - 1].end >= hits[i].end;
		}
		if (!inner)
			hits[kept++] = hits[i];
	}
	return kept;
}

void
lexicon_scan(const struct lexicon *lexicon, const struct fold *fold,
	     struct arena *arena, struct hit **ret_hits, size_t *ret_count)
{
	struct hit found[LEXICON_HITS_MAX];
	struct scan scan = { .lex = lexicon,
			     .text = fold->text,
			     .hits = found };

	if (lexicon->database != NULL && fold->text.len != 0)
		hs_scan(lexicon->database, fold->text.ptr,
			(unsigned)fold->text.len, 0, lexicon->scratch, on_match,
			&scan);
	qsort(found, scan.count, sizeof(*found), by_place);
	scan.count = drop_inner(found, scan.count);
	*ret_hits = arena_array(arena, scan.count + 1, sizeof(**ret_hits));
	memcpy(*ret_hits, found, scan.count * sizeof(*found));
	*ret_count = scan.count;
}
