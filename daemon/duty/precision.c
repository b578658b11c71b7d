/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "precision.h"

#include <math.h>
#include <stdlib.h>

#include "filters/fold.h"

struct precision
precision_of(size_t upheld, size_t decided)
{
	static const double z = 1.959964; /* 95 %, both sides */
	double n = (double)decided, p, middle, half;

	if (!decided)
		return (struct precision){ .high = 1 };
	p = (double)upheld / n;
	middle = (p + z * z / (2 * n)) / (1 + z * z / n);
	half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) /
	       (1 + z * z / n);
	return (struct precision){ .share = p,
				   .low = fmax(0, fmin(p, middle - half)),
				   .high = fmin(1, fmax(p, middle + half)) };
}

bool
precision_is_low(size_t upheld, size_t decided, double below)
{
	return decided >= PRECISION_DECISIONS &&
	       precision_of(upheld, decided).high < below;
}

static bool
is_live(const struct filter *filter, struct span rule)
{
	for (size_t i = 0; filter && i < filter_rule_count(); i++)
		if (span_is(rule, filter_rule_id(i)))
			return filter_rule_state(filter, i) == RULE_LIVE;
	return !filter;
}

int
precision_reviews(struct store *store, const struct filter *filter,
		  double below, struct arena *arena,
		  struct precision_review **ret_list, size_t *ret_count,
		  struct error *err)
{
	struct precision_review *list = NULL;
	struct store_rule_record *records;
	size_t count = 0, record_count;

	if (store_rule_records(store, arena, &records, &record_count, err))
		return -1;
	for (size_t i = 0; i < record_count; i++) {
		const struct store_rule_record *record = &records[i];
		size_t decided = record->upheld + record->dismissed;

		if (!precision_is_low(record->upheld, decided, below) ||
		    !is_live(filter, record->rule))
			continue;
		*(struct precision_review *)arena_push(arena, &list, &count,
						       sizeof(*list)) =
			(struct precision_review){ .rule = record->rule,
						   .upheld = record->upheld,
						   .decided = decided };
	}
	*ret_list = list;
	*ret_count = count;
	return 0;
}

/* ---- phrases ---- */

/* One piece of evidence of one decided finding. */
struct saying {
	struct span rule, text;
	int64_t finding;
	bool upheld;
};

static bool
is_mark(char c)
{
	return c == ' ' || c == '.' || c == ',' || c == ';' || c == ':' ||
	       c == '!' || c == '?' || c == '"' || c == '\'' || c == '-';
}

static struct span
normalised(struct span text, struct arena *arena)
{
	struct fold fold;
	struct span rest, plain;
	size_t end = 0;

	fold_make(text, arena, &fold);
	rest = fold.text;
	while (rest.len && is_mark(rest.ptr[0]))
		rest = span_sub(rest, 1, rest.len);
	for (int i = 0; i < PRECISION_PHRASE_MAX && end < rest.len; i++)
		end += text_utf8_step(span_sub(rest, end, rest.len));
	plain = span_sub(rest, 0, end);
	while (plain.len && is_mark(plain.ptr[plain.len - 1]))
		plain.len--;
	return plain;
}

static int
by_words(const void *left, const void *right)
{
	const struct saying *a = left, *b = right;
	int order = span_compare(a->rule, b->rule);

	if (!order)
		order = span_compare(a->text, b->text);
	return order ? order :
		       (a->finding > b->finding) - (a->finding < b->finding);
}

static int
by_harm(const void *left, const void *right)
{
	const struct precision_phrase *a = left, *b = right;
	int order = span_compare(a->rule, b->rule);

	if (!order)
		order = (a->dismissed < b->dismissed) -
			(a->dismissed > b->dismissed);
	return order ? order : span_compare(a->text, b->text);
}

static void
collect(const struct store_finding *finding, struct arena *arena,
	struct saying **sayings, size_t *count)
{
	const struct store_decision *last =
		&finding->decisions[finding->decision_count - 1];

	for (size_t i = 0; i < finding->evidence_count; i++) {
		struct span text;

		/* Our own words, the same for every finding. */
		if (span_is(finding->evidence[i].where, "envelope"))
			continue;
		text = normalised(finding->evidence[i].text, arena);
		if (!text.len)
			continue;
		*(struct saying *)arena_push(arena, sayings, count,
					     sizeof(**sayings)) =
			(struct saying){ .rule = finding->rule,
					 .text = text,
					 .finding = finding->id,
					 .upheld = last->upheld };
	}
}

/* Sayings in order of words; a finding that says it twice counts once. */
static size_t
count_alike(const struct saying *sayings, size_t count,
	    struct precision_phrase *ret)
{
	size_t i;

	*ret = (struct precision_phrase){ .rule = sayings->rule,
					  .text = sayings->text };
	for (i = 0; i < count && span_equal(sayings[i].rule, ret->rule) &&
		    span_equal(sayings[i].text, ret->text);
	     i++) {
		if (i && sayings[i].finding == sayings[i - 1].finding)
			continue;
		ret->upheld += sayings[i].upheld;
		ret->dismissed += !sayings[i].upheld;
	}
	return i;
}

/* Keeps the first few of each rule. */
static size_t
keep_few(struct precision_phrase *list, size_t count)
{
	size_t kept = 0, of_rule = 0;

	for (size_t i = 0; i < count; i++) {
		of_rule = i && span_equal(list[i].rule, list[i - 1].rule) ?
				  of_rule + 1 :
				  0;
		if (of_rule < PRECISION_PHRASES_OF_RULE)
			list[kept++] = list[i];
	}
	return kept;
}

int
precision_phrases(struct store *store, struct arena *arena,
		  struct precision_phrase **ret_list, size_t *ret_count,
		  struct error *err)
{
	struct finding_query query = { .decided = true,
				       .limit = PRECISION_LOOKS_AT };
	struct precision_phrase *list = NULL, phrase;
	struct saying *sayings = NULL;
	struct store_finding *findings;
	size_t count, said = 0, listed = 0;

	if (store_findings(store, &query, arena, &findings, &count, err))
		return -1;
	for (size_t i = 0; i < count; i++)
		collect(&findings[i], arena, &sayings, &said);
	if (said)
		qsort(sayings, said, sizeof(*sayings), by_words);
	for (size_t i = 0; i < said;) {
		i += count_alike(sayings + i, said - i, &phrase);
		if (phrase.dismissed >= PRECISION_PHRASE_TIMES)
			*(struct precision_phrase *)arena_push(
				arena, &list, &listed, sizeof(*list)) = phrase;
	}
	if (listed)
		qsort(list, listed, sizeof(*list), by_harm);
	*ret_list = list;
	*ret_count = keep_few(list, listed);
	return 0;
}
