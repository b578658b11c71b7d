/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evidence.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "filters/features.h"

enum { LOOKS_MAX = 8, LOOK_CONCEPTS_MAX = 32 };

static const double enough = 0.95;     /* of the chance is shown */
static const double too_little = 0.05; /* of a further sentence */

static_assert(SIGN_FLAGS <= 64, "a bit each");

#define SIGN_BIT(sign) (1ull << (sign))

/* The lists of a rule by number. */
struct list {
	int at[LOOK_CONCEPTS_MAX];
	size_t count;
	bool against;
};

struct reader {
	const struct scene *scene;
	const struct balance *balance;
	struct arena *scratch;
	struct list lists[LOOKS_MAX];
	size_t list_count;
	struct pieces *out;
};

static void
number_looks(struct reader *reader, const struct look *look)
{
	const char *const *name;

	for (; look != NULL && look->text != NULL; look++) {
		struct list *list = &reader->lists[reader->list_count];

		if (reader->list_count++ == LOOKS_MAX - 1)
			break;
		list->against = look->against;
		for (name = look->concepts;
		     *name != NULL && list->count < LOOK_CONCEPTS_MAX; name++)
			list->at[list->count++] =
				lexicon_concept(reader->scene->lexicon, *name);
	}
}

/* How many concepts of a list stand in the sentence. */
static unsigned
count_hits(const struct piece *piece, const struct list *list)
{
	const struct sentence *s = piece->sentence;
	unsigned count = 0;
	uint32_t h;
	size_t i;

	for (i = 0; i < list->count; i++)
		for (h = s->hit_first; h < s->hit_end; h++)
			if (piece->passage->hits[h].concept == list->at[i]) {
				count++;
				break;
			}
	return count;
}

static void
see_looks(const struct reader *reader, struct piece *piece)
{
	uint64_t flags = 0;
	size_t i;

	for (i = 0; i < reader->list_count; i++) {
		const struct list *list = &reader->lists[i];
		unsigned hits = count_hits(piece, list);

		if (hits == 0)
			continue;
		if (list->against)
			flags |= SIGN_BIT(SIGN_AGAINST);
		else if (i == 0)
			flags |= SIGN_BIT(SIGN_LOOK) |
				 (hits > 1 ? SIGN_BIT(SIGN_LOOK_MORE) : 0);
		else
			flags |= SIGN_BIT(SIGN_OTHER) |
				 (hits > 1 ? SIGN_BIT(SIGN_OTHER_MORE) : 0);
	}
	if ((flags & SIGN_BIT(SIGN_LOOK)) != 0 &&
	    (flags & SIGN_BIT(SIGN_OTHER)) != 0)
		flags |= SIGN_BIT(SIGN_BOTH);
	piece->flags |= flags;
}

/* Does one of these stand here as a whole word? */
static bool
begins_any(struct span text, size_t at, const char *const *words)
{
	size_t len;

	for (; *words != NULL; words++) {
		if (text.ptr[at] != **words)
			continue;
		len = strlen(*words);
		if (at + len <= text.len &&
		    memcmp(text.ptr + at, *words, len) == 0 &&
		    (at + len == text.len || !fold_letter(text.ptr[at + len])))
			return true;
	}
	return false;
}

static void
see_words(struct piece *piece, struct span text)
{
	static const struct {
		enum sign sign;
		const char *words[8];
	} rows[] = {
		{ SIGN_SAYS_WE, { "we", "us", "our", "ours", NULL } },
		{ SIGN_SAYS_I, { "i", "my", "me", "mine", NULL } },
		{ SIGN_SAYS_YOU, { "you", "your", "yours", NULL } },
		{ SIGN_SAYS_NOT,
		  { "not", "no", "never", "don't", "won't", "isn't", NULL } },
		{ SIGN_SAYS_IF, { "if", "unless", "otherwise", NULL } },
		{ SIGN_SAYS_FOR, { "for", "so", "because", NULL } },
		{ SIGN_SAYS_BEFORE,
		  { "before", "until", "till", "after", NULL } },
	};
	size_t at, i;

	for (at = 0; at < text.len; at++) {
		if (at != 0 && fold_letter(text.ptr[at - 1]))
			continue;
		for (i = 0; i < ARRAY_SIZE(rows); i++)
			if (begins_any(text, at, rows[i].words))
				piece->flags |= SIGN_BIT(rows[i].sign);
	}
}

static unsigned
count_words(struct span text)
{
	unsigned count = 1;
	size_t i;

	for (i = 0; i < text.len; i++)
		count += text.ptr[i] == ' ';
	return count;
}

static void
see_length(struct piece *piece, unsigned words)
{
	static const struct {
		unsigned most;
		enum sign sign;
	} rows[] = { { 1, SIGN_WORDS_1 },
		     { 3, SIGN_WORDS_3 },
		     { 7, SIGN_WORDS_7 },
		     { 15, SIGN_WORDS_15 },
		     { 31, SIGN_WORDS_31 } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (words <= rows[i].most) {
			piece->flags |= SIGN_BIT(rows[i].sign);
			return;
		}
}

static void
see_names(struct piece *piece)
{
	const struct passage *p = piece->passage;
	size_t i;

	for (i = 0; i < p->mention_count; i++)
		if (p->mentions[i].start >= piece->sentence->start &&
		    p->mentions[i].start < piece->sentence->end &&
		    !p->mentions[i].visible && !p->mentions[i].sender)
			piece->flags |= SIGN_BIT(SIGN_NAMES_ABSENT);
}

static double
weigh(const struct reader *reader, const struct piece *piece)
{
	const struct balance *balance = reader->balance;
	struct features own;
	double weight = 0;
	size_t i;

	if (balance->which < 0)
		return 0;
	arena_clear(reader->scratch);
	features_init(&own, reader->scratch, false);
	features_sentence(&own, reader->scene, piece->passage, piece->sentence);
	for (i = 0; i < own.count; i++)
		weight += model_weight(balance->model, balance->which,
				       own.keys[i], balance->sum);
	return weight;
}

static void
see(const struct reader *reader, struct piece *piece)
{
	const struct sentence *s = piece->sentence;
	struct span text =
		span_sub(piece->passage->fold.text, s->start, s->end);
	unsigned words = count_words(span_trim(text));

	piece->flags = (uint64_t)s->acts << SIGN_ACT;
	if (piece->passage->kind == PASSAGE_SUBJECT)
		piece->flags |= SIGN_BIT(SIGN_SUBJECT);
	if (piece->passage->kind == PASSAGE_ATTACHMENT)
		piece->flags |= SIGN_BIT(SIGN_ATTACHMENT);
	see_looks(reader, piece);
	see_words(piece, text);
	see_length(piece, words);
	see_names(piece);
	piece->weight = weigh(reader, piece);
	piece->numbers[SIGN_WEIGHT - SIGN_FLAGS] = piece->weight / sqrt(words);
}

/* ---- what only all of them together tell ---- */

static void
compare(struct pieces *pieces)
{
	struct piece *first = NULL, *second = NULL;
	size_t i;

	for (i = 0; i < pieces->count; i++) {
		struct piece *p = &pieces->at[i];

		if (first == NULL || p->weight > first->weight) {
			second = first;
			first = p;
		} else if (second == NULL || p->weight > second->weight) {
			second = p;
		}
	}
	if (first == NULL)
		return;
	first->flags |= SIGN_BIT(SIGN_HEAVIEST);
	if (second != NULL)
		second->flags |= SIGN_BIT(SIGN_SECOND);
	if (first != pieces->at)
		first[-1].flags |= SIGN_BIT(SIGN_BEFORE_HEAVIEST);
	if (first + 1 != pieces->at + pieces->count)
		first[1].flags |= SIGN_BIT(SIGN_BEHIND_HEAVIEST);
	for (i = 0; i < pieces->count; i++)
		pieces->at[i].numbers[SIGN_GAP - SIGN_FLAGS] =
			first->weight - pieces->at[i].weight;
}

static void
place(struct pieces *pieces)
{
	size_t first = 0, end = pieces->count, i;

	while (first < end && pieces->at[first].passage->kind != PASSAGE_BODY)
		first++;
	while (end > first && pieces->at[end - 1].passage->kind != PASSAGE_BODY)
		end--;
	if (first == end)
		return;
	pieces->at[first].flags |= SIGN_BIT(SIGN_FIRST);
	pieces->at[end - 1].flags |= SIGN_BIT(SIGN_LAST);
	if (end - first > 1)
		pieces->at[end - 2].flags |= SIGN_BIT(SIGN_LAST_BUT_ONE);
	for (i = first; i < end && end - first > 1; i++)
		pieces->at[i].numbers[SIGN_PLACE - SIGN_FLAGS] =
			(double)(i - first) / (double)(end - first - 1);
}

void
evidence_read(const struct scene *scene, const struct look *looks,
	      const struct balance *balance, struct pieces *ret_pieces)
{
	struct reader reader = {
		.scene = scene,
		.balance = balance,
		.scratch = arena_new(0),
		.out = ret_pieces,
	};
	struct piece *piece;
	size_t i, k;

	*ret_pieces = (struct pieces){ 0 };
	number_looks(&reader, looks);
	for (i = 0; i < scene->passage_count; i++) {
		const struct passage *p = &scene->passages[i];

		for (k = 0;
		     p->kind != PASSAGE_QUOTED && k < p->sentence_count &&
		     ret_pieces->count < EVIDENCE_SENTENCES_MAX;
		     k++) {
			if (p->sentences[k].greeting)
				continue;
			piece = arena_push(scene->arena, &ret_pieces->at,
					   &ret_pieces->count, sizeof(*piece));
			piece->passage = p;
			piece->sentence = &p->sentences[k];
			see(&reader, piece);
		}
	}
	arena_free(reader.scratch);
	compare(ret_pieces);
	place(ret_pieces);
}

/* ---- choosing ---- */

double
piece_sign(const struct piece *piece, enum sign sign)
{
	return sign < SIGN_FLAGS ? (double)(piece->flags >> sign & 1) :
				   piece->numbers[sign - SIGN_FLAGS];
}

void
evidence_rank(struct pieces *pieces, const double weights[SIGN_COUNT])
{
	double most = -INFINITY, sum = 0;
	unsigned sign;
	size_t i;

	for (i = 0; i < pieces->count; i++) {
		struct piece *p = &pieces->at[i];

		p->chance = 0;
		for (sign = 0; sign < SIGN_COUNT; sign++)
			p->chance +=
				weights[sign] * piece_sign(p, (enum sign)sign);
		if (p->chance > most)
			most = p->chance;
	}
	for (i = 0; i < pieces->count; i++)
		sum += exp(pieces->at[i].chance - most);
	for (i = 0; i < pieces->count; i++)
		pieces->at[i].chance = exp(pieces->at[i].chance - most) / sum;
}

size_t
evidence_choose(const struct pieces *pieces,
		const struct piece *chosen[EVIDENCE_CHOSEN_MAX])
{
	size_t count = 0, i, k;
	double held = 0;

	while (count < EVIDENCE_CHOSEN_MAX && held < enough) {
		const struct piece *best = NULL;

		for (i = 0; i < pieces->count; i++) {
			const struct piece *p = &pieces->at[i];

			for (k = 0; k < count && chosen[k] != p; k++)
				;
			if (k == count &&
			    (best == NULL || p->chance > best->chance))
				best = p;
		}
		if (best == NULL || (count != 0 && best->chance < too_little))
			break;
		held += best->chance;
		chosen[count++] = best;
	}
	return count;
}
