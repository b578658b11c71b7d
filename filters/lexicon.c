/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lexicon.h"

#include <dirent.h>
#include <errno.h>
#include <hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filters/pattern.h"

enum { LINE_MAX_BYTES = 65536, HEAD = 6 };

/* One literal of the database: the head of leads. */
struct literal {
	struct span text;
	uint32_t first, count; /* its links, in order of mask and more */
};

/* A lead is HEAD bytes that the database looks for, and up to eight more that
 * are compared before the pattern is tried. */
struct link {
	uint64_t more, mask;
	uint32_t phrase;
	uint32_t literal;
	uint32_t group_end; /* behind the last link of this literal and mask */
};

struct phrase {
	const struct pattern *pattern;
	uint16_t concept;
};

struct lexicon {
	struct arena *arena;
	char **names;
	size_t name_count;
	uint16_t concept_slots[LEXICON_CONCEPTS_MAX * 4]; /* index + 1 */
	struct literal *literals;
	size_t literal_count;
	struct link *links;
	size_t link_count;
	struct phrase *phrases;
	size_t phrase_count;
	uint32_t *slots; /* hash of literals, while loading */
	size_t slot_count;
	hs_database_t *database;
	hs_scratch_t *scratch;
};

static bool
word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       (unsigned char)c >= 0x80;
}

static uint32_t
fresh_literal(struct lexicon *lex, struct span text)
{
	struct literal *literal =
		arena_push(lex->arena, &lex->literals, &lex->literal_count,
			   sizeof(*literal));

	literal->text = arena_span(lex->arena, text);
	return (uint32_t)lex->literal_count - 1;
}

static void
grow_slots(struct lexicon *lex)
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
literal_of(struct lexicon *lex, struct span text)
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

/* The eight bytes at `at`; behind the end zeros. */
static uint64_t
eight(struct span text, size_t at)
{
	uint64_t value = 0;

	if (at + sizeof(value) <= text.len)
		memcpy(&value, text.ptr + at, sizeof(value));
	else if (at < text.len)
		memcpy(&value, text.ptr + at, text.len - at);
	return value;
}

static void
add_lead(void *context, struct span text)
{
	struct lexicon *lex = context;
	struct literal *literal = literal_of(lex, span_sub(text, 0, HEAD));
	size_t more = text.len > HEAD ? text.len - HEAD : 0;
	struct link *link;

	link = arena_push(lex->arena, &lex->links, &lex->link_count,
			  sizeof(*link));
	link->phrase = (uint32_t)lex->phrase_count - 1;
	link->more = eight(text, HEAD);
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
sort_links(struct lexicon *lex)
{
	size_t i, end = lex->link_count;

	if (lex->link_count != 0)
		qsort(lex->links, lex->link_count, sizeof(*lex->links),
		      by_literal);
	for (i = lex->link_count; i-- > 0;) {
		struct link *link = &lex->links[i];
		struct literal *literal = &lex->literals[link->literal];

		if (i + 1 < lex->link_count &&
		    (link[1].literal != link->literal ||
		     link[1].mask != link->mask))
			end = i + 1;
		link->group_end = (uint32_t)end;
		literal->first = (uint32_t)i;
		literal->count++;
	}
}

static void
add_phrase(struct lexicon *lex, uint16_t concept, struct span line,
	   const char *path, unsigned number, struct fault_list *faults)
{
	const struct pattern *pattern = pattern_parse(line, lex->arena);
	struct phrase *phrase;
	size_t length = HEAD;

	if (pattern == NULL) {
		fault_add(faults, FAULT_WARNING, path, number,
			  "brackets do not match: close each '('");
		return;
	}
	phrase = arena_push(lex->arena, &lex->phrases, &lex->phrase_count,
			    sizeof(*phrase));
	*phrase = (struct phrase){ .pattern = pattern, .concept = concept };
	/* A line with very many beginnings is looked for by shorter ones. */
	if (pattern_leads(pattern, PATTERN_LEAD, NULL, NULL))
		length = PATTERN_LEAD;
	if (!pattern_leads(pattern, length, add_lead, lex))
		fault_add(faults, FAULT_WARNING, path, number,
			  "too many ways to begin: split the line");
}

static int
load_file(struct lexicon *lex, uint16_t concept, const char *path,
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
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		fold_make(line, lex->arena, &fold);
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

static int
load_directory(struct lexicon *lex, const char *directory,
	       struct fault_list *faults, struct error *err)
{
	struct dirent **entries = NULL;
	int count = scandir(directory, &entries, is_lex, by_name), i, rc = 0;

	if (count < 0)
		return error_set(err, ERROR_CONFIG, "%s: %s", directory,
				 strerror(errno));
	lex->names = arena_array(lex->arena, (size_t)count + 1, sizeof(char *));
	for (i = 0; i < count; i++) {
		struct span path = arena_printf(lex->arena, "%s/%s", directory,
						entries[i]->d_name);
		struct span name = span_of(entries[i]->d_name);

		if (lex->name_count < LEXICON_CONCEPTS_MAX && rc == 0) {
			name = arena_span(lex->arena,
					  span_sub(name, 0, name.len - 4));
			lex->names[lex->name_count++] = (char *)name.ptr;
			rc = load_file(lex, (uint16_t)(lex->name_count - 1),
				       path.ptr, faults, err);
		}
		free(entries[i]);
	}
	free(entries);
	return rc;
}

static int
compile(struct lexicon *lex, struct error *err)
{
	size_t count = lex->literal_count, i;
	const char **texts = calloc(count + 1, sizeof(*texts));
	unsigned *flags = calloc(count + 1, sizeof(*flags));
	unsigned *ids = calloc(count + 1, sizeof(*ids));
	size_t *lengths = calloc(count + 1, sizeof(*lengths));
	hs_compile_error_t *fault = NULL;
	int rc = 0;

	if (texts == NULL || flags == NULL || ids == NULL || lengths == NULL) {
		rc = error_set(err, ERROR_INTERNAL, "out of memory");
		goto out;
	}
	for (i = 0; i < count; i++) {
		texts[i] = lex->literals[i].text.ptr;
		lengths[i] = lex->literals[i].text.len;
		ids[i] = (unsigned)i;
	}
	if (count != 0 &&
	    hs_compile_lit_multi(texts, flags, ids, lengths, (unsigned)count,
				 HS_MODE_BLOCK, NULL, &lex->database,
				 &fault) != HS_SUCCESS)
		rc = error_set(err, ERROR_CONFIG, "phrases: %s",
			       fault->message);
	else if (count != 0 &&
		 hs_alloc_scratch(lex->database, &lex->scratch) != HS_SUCCESS)
		rc = error_set(err, ERROR_INTERNAL, "phrases: no scratch");
	hs_free_compile_error(fault);
out:
	free(texts);
	free(flags);
	free(ids);
	free(lengths);
	return rc;
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

int
lexicon_load(const char *directory, struct fault_list *faults,
	     struct lexicon **ret_lexicon, struct error *err)
{
	struct arena *arena = arena_new((size_t)512 << 20);
	struct lexicon *lex = arena_alloc(arena, sizeof(*lex));
	size_t i;

	lex->arena = arena;
	if (load_directory(lex, directory, faults, err) != 0 ||
	    compile(lex, err) != 0) {
		lexicon_free(lex);
		return -1;
	}
	sort_links(lex);
	for (i = 0; i < lex->name_count; i++)
		lex->concept_slots[concept_slot(lex, lex->names[i])] =
			(uint16_t)(i + 1);
	*ret_lexicon = lex;
	return 0;
}

void
lexicon_free(struct lexicon *lexicon)
{
	if (lexicon == NULL)
		return;
	hs_free_scratch(lexicon->scratch);
	hs_free_database(lexicon->database);
	arena_free(lexicon->arena);
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
	const struct phrase *phrase = &scan->lex->phrases[index];
	size_t end = pattern_match(phrase->pattern, scan->text, start);

	if (end == 0)
		return true;
	if (scan->count == LEXICON_HITS_MAX)
		return false;
	scan->hits[scan->count++] = (struct hit){
		.concept = phrase->concept,
		.start = (uint32_t)start,
		.end = (uint32_t)end,
		.phrase = index,
	};
	return true;
}

/* The links from `at` on that have the same mask: those whose further bytes
 * stand in the text. */
static bool
try_group(struct scan *scan, uint32_t at, uint64_t more, size_t start)
{
	const struct link *links = scan->lex->links;
	uint64_t want = more & links[at].mask;
	uint32_t low = at, high = links[at].group_end, last = UINT32_MAX;
	uint32_t end = high;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (links[middle].more < want)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < end && links[low].more == want; low++) {
		if (links[low].phrase == last)
			continue;
		last = links[low].phrase;
		if (!try_phrase(scan, last, start))
			return false;
	}
	return true;
}

static int
on_match(unsigned id, unsigned long long from, unsigned long long to,
	 unsigned flags, void *context)
{
	struct scan *scan = context;
	const struct literal *literal = &scan->lex->literals[id];
	size_t start = (size_t)to - literal->text.len;
	uint64_t more = eight(scan->text, (size_t)to);
	uint32_t at;

	(void)from;
	(void)flags;
	if (start != 0 && word_byte(scan->text.ptr[start]) &&
	    word_byte(scan->text.ptr[start - 1]))
		return 0;
	for (at = literal->first; at < literal->first + literal->count;
	     at = scan->lex->links[at].group_end)
		if (!try_group(scan, at, more, start))
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
