/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filters/fit/evidence_fit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "filters/evidence.h"

enum {
	FOLDS = 5,
	EPOCHS = 60,
	SHARED_LEAST = 12, /* bytes that sentence and key share at an edge */
	RULES_MOST = 64
};

/* Keys are words of the body only, so that items cannot tell how often subject
 * or attachment decide: what these count for is set. */
static const double elsewhere = -1.5;

static bool
is_set(unsigned sign)
{
	return sign == SIGN_SUBJECT || sign == SIGN_ATTACHMENT;
}

static const double step = 0.3, shrink = 1e-4, damp = 1e-2;

/* One item for one rule. */
struct mark {
	size_t batch, rule;
	struct pieces pieces; /* of passages that are gone: signs only */
	bool *right;
};

struct marked {
	struct arena *arena;
	struct mark *at;
	size_t count;
};

struct marked *
marked_new(void)
{
	struct marked *marked = calloc(1, sizeof(*marked));

	marked->arena = arena_new((size_t)2 << 30);
	return marked;
}

void
marked_free(struct marked *marked)
{
	arena_free(marked->arena);
	free(marked);
}

/* Do both share the key, the sentence, or a stretch at an edge? */
static bool
overlap(struct span sentence, struct span key)
{
	size_t n = sentence.len < key.len ? sentence.len : key.len;
	char a[2048], b[2048];

	if (key.len == 0 || sentence.len == 0 || key.len >= sizeof(a) ||
	    sentence.len >= sizeof(b))
		return false;
	(void)snprintf(a, sizeof(a), "%.*s", SPAN_ARG(key));
	(void)snprintf(b, sizeof(b), "%.*s", SPAN_ARG(sentence));
	if (span_find(sentence, a) < sentence.len ||
	    span_find(key, b) < key.len)
		return true;
	for (; n >= SHARED_LEAST; n--)
		if (span_equal(
			    span_sub(sentence, sentence.len - n, sentence.len),
			    span_sub(key, 0, n)) ||
		    span_equal(span_sub(sentence, 0, n),
			       span_sub(key, key.len - n, key.len)))
			return true;
	return false;
}

static bool
mark_right(const struct pieces *pieces, struct span key, bool *right)
{
	bool any = false;
	size_t i;

	for (i = 0; i < pieces->count; i++) {
		const struct piece *p = &pieces->at[i];
		struct span text = span_trim(span_sub(p->passage->fold.text,
						      p->sentence->start,
						      p->sentence->end));

		right[i] = overlap(text, key);
		any |= right[i];
	}
	return any;
}

void
marked_add(struct marked *marked, const struct scene *scene,
	   const struct item *item, const struct model *model,
	   const struct model_sum *sum)
{
	struct span key = item_key(item);
	struct fold fold;
	size_t rule, i;

	if (key.len == 0)
		return;
	fold_make(key, scene->arena, &fold);
	for (rule = 0; rule < rules_count(); rule++) {
		struct pieces pieces;
		struct mark mark = { .batch = item->batch, .rule = rule };
		const struct balance balance = {
			model, model_find(model, rules[rule]->id), sum
		};

		if (item_label(item, rules[rule]->id) != LABEL_YES ||
		    !rule_concerns(rules[rule], scene))
			continue;
		evidence_read(scene, rules[rule]->looks, &balance, &pieces);
		mark.right = arena_array(marked->arena, pieces.count + 1,
					 sizeof(bool));
		if (!mark_right(&pieces, span_trim(fold.text), mark.right))
			continue;
		mark.pieces.count = pieces.count;
		mark.pieces.at = arena_array(marked->arena, pieces.count,
					     sizeof(*pieces.at));
		for (i = 0; i < pieces.count; i++)
			mark.pieces.at[i] = pieces.at[i];
		*(struct mark *)arena_push(marked->arena, &marked->at,
					   &marked->count, sizeof(mark)) = mark;
	}
}

/* ---- fitting ---- */

/* One step down the slope of -log(chance of the right ones), each sign with
 * its own pace (Adagrad). */
static void
learn(struct mark *mark, double weights[SIGN_COUNT], double pace[SIGN_COUNT])
{
	struct pieces *pieces = &mark->pieces;
	double right = 0, off, slope;
	unsigned sign;
	size_t i;

	evidence_rank(pieces, weights);
	for (i = 0; i < pieces->count; i++)
		right += mark->right[i] ? pieces->at[i].chance : 0;
	for (i = 0; i < pieces->count; i++) {
		const struct piece *p = &pieces->at[i];

		off = p->chance - (mark->right[i] ? p->chance / right : 0);
		for (sign = 0; sign < SIGN_COUNT; sign++) {
			double value = piece_sign(p, (enum sign)sign);

			if (fabs(value) < 1e-9 || is_set(sign))
				continue;
			slope = off * value + shrink * weights[sign];
			pace[sign] += slope * slope;
			weights[sign] -= step * slope / sqrt(pace[sign] + damp);
		}
	}
}

/* fold: not those batches; FOLDS: all. */
static void
fit(struct marked *marked, size_t fold, double weights[SIGN_COUNT])
{
	double pace[SIGN_COUNT] = { 0 };
	size_t epoch, i;

	for (i = 0; i < SIGN_COUNT; i++)
		weights[i] = is_set((unsigned)i) ? elsewhere : 0;
	for (epoch = 0; epoch < EPOCHS; epoch++)
		for (i = 0; i < marked->count; i++)
			if (marked->at[i].batch % FOLDS != fold)
				learn(&marked->at[i], weights, pace);
}

struct rate {
	size_t count, first, any, shown;
};

static void
count_one(struct mark *mark, const double weights[SIGN_COUNT],
	  struct rate *rate)
{
	const struct piece *chosen[EVIDENCE_CHOSEN_MAX];
	size_t count, i;
	bool any = false;

	evidence_rank(&mark->pieces, weights);
	count = evidence_choose(&mark->pieces, chosen);
	for (i = 0; i < count; i++)
		any |= mark->right[chosen[i] - mark->pieces.at];
	rate->count++;
	rate->first += mark->right[chosen[0] - mark->pieces.at];
	rate->any += any;
	rate->shown += count;
}

static void
print_rate(const char *name, const struct rate *rate)
{
	double n = rate->count != 0 ? (double)rate->count : 1;

	printf("%-32s %5zu %6.1f %6.1f %6.2f\n", name, rate->count,
	       100 * (double)rate->first / n, 100 * (double)rate->any / n,
	       (double)rate->shown / n);
}

void
marked_fit(struct marked *marked)
{
	struct rate rates[RULES_MOST] = { { 0 } }, all = { 0 };
	double weights[SIGN_COUNT];
	size_t fold, i;

	printf("%-32s %5s %6s %6s %6s\n", "rule", "items", "first", "any",
	       "shown");
	for (fold = 0; fold < FOLDS; fold++) {
		fit(marked, fold, weights);
		for (i = 0; i < marked->count; i++) {
			if (marked->at[i].batch % FOLDS != fold)
				continue;
			count_one(&marked->at[i], weights,
				  &rates[marked->at[i].rule]);
			count_one(&marked->at[i], weights, &all);
		}
	}
	for (i = 0; i < rules_count(); i++)
		print_rate(rules[i]->id, &rates[i]);
	print_rate("all", &all);
	fit(marked, FOLDS, weights);
	for (i = 0; i < SIGN_COUNT; i++)
		printf("\t[%s] = %.2f,\n", sign_name((enum sign)i), weights[i]);
}
