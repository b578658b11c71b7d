/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How each rule has done so far. */
#include <string.h>

#include "clerkd_private.h"
#include "duty/precision.h"

struct rules {
	struct store_rule_record *records;
	struct precision_phrase *phrases;
	struct precision_concept *concepts;
	size_t record_count, phrase_count, concept_count;
};

static struct store_rule_record
record_of(const struct rules *rules, struct span rule)
{
	size_t i;

	for (i = 0; i < rules->record_count; i++)
		if (span_equal(rules->records[i].rule, rule))
			return rules->records[i];
	return (struct store_rule_record){ .rule = rule };
}

static void
put_causes(struct json_writer *json, const struct store_rule_record *record)
{
	int i;

	json_open_object(json, "because");
	for (i = 0; i < CAUSE_COUNT; i++)
		json_put_number(
			json,
			i == CAUSE_UNSAID ?
				"unsaid" :
				decision_cause_name((enum decision_cause)i),
			(long long)record->because[i]);
	json_close_object(json);
}

static void
put_phrases(struct json_writer *json, const struct rules *rules,
	    struct span rule)
{
	size_t i;

	json_open_array(json, "phrases");
	for (i = 0; i < rules->phrase_count; i++) {
		const struct precision_phrase *phrase = &rules->phrases[i];

		if (!span_equal(phrase->rule, rule))
			continue;
		json_open_object(json, NULL);
		json_put_text(json, "text", phrase->text);
		json_put_number(json, "dismissed",
				(long long)phrase->dismissed);
		json_put_number(json, "upheld", (long long)phrase->upheld);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
put_concepts(struct json_writer *json, const struct rules *rules,
	     struct span rule)
{
	size_t i, k;

	json_open_array(json, "concepts");
	for (i = 0; i < rules->concept_count; i++) {
		const struct precision_concept *one = &rules->concepts[i];

		if (!span_equal(one->rule, rule))
			continue;
		json_open_object(json, NULL);
		json_put_text(json, "concept", one->concept);
		json_put_number(json, "dismissed", (long long)one->dismissed);
		json_put_number(json, "upheld", (long long)one->upheld);
		json_open_array(json, "words");
		for (k = 0; k < one->word_count; k++)
			json_put_text(json, NULL, one->words[k]);
		json_close_array(json);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
put_precision(struct json_writer *json, size_t upheld, size_t decided)
{
	struct precision precision = precision_of(upheld, decided);

	if (decided == 0) {
		json_put_null(json, "precision");
		json_put_null(json, "precision_low");
		json_put_null(json, "precision_high");
		return;
	}
	json_put_decimal(json, "precision", precision.share, 3);
	json_put_decimal(json, "precision_low", precision.low, 3);
	json_put_decimal(json, "precision_high", precision.high, 3);
}

static void
put_rule(struct answering *answering, const struct rules *rules,
	 struct span rule, enum rule_state state)
{
	double below = answering->clerk->snapshot->config->rules.review_below;
	struct store_rule_record record = record_of(rules, rule);
	size_t decided = record.upheld + record.dismissed;
	struct json_writer *json = &answering->json;

	json_open_object(json, NULL);
	json_put_text(json, "rule", rule);
	json_put_string(json, "state", rule_state_name(state));
	json_put_number(json, "flags", (long long)record.live);
	json_put_number(json, "counted", (long long)record.shadow);
	json_put_number(json, "upheld", (long long)record.upheld);
	json_put_number(json, "dismissed", (long long)record.dismissed);
	json_put_number(json, "open", (long long)record.open);
	put_precision(json, record.upheld, decided);
	json_put_bool(json, "consider_shadow",
		      state == RULE_LIVE &&
			      precision_is_low(record.upheld, decided, below));
	put_causes(json, &record);
	put_concepts(json, rules, rule);
	put_phrases(json, rules, rule);
	json_close_object(json);
	answer_line(answering);
}

static bool
is_known(struct span rule)
{
	size_t i;

	for (i = 0; i < filter_rule_count(); i++)
		if (span_is(rule, filter_rule_id(i)))
			return true;
	return false;
}

int
answer_rules(struct answering *answering, struct error *err)
{
	const struct clerk *clerk = answering->clerk;
	struct rules rules = { 0 };
	size_t i;

	if (store_rule_records(clerk->store, answering->arena, &rules.records,
			       &rules.record_count, err) != 0 ||
	    precision_phrases(clerk->store, answering->arena, &rules.phrases,
			      &rules.phrase_count, err) != 0 ||
	    precision_concepts(clerk->store, clerk->snapshot->filter,
			       answering->arena, &rules.concepts,
			       &rules.concept_count, err) != 0)
		return -1;
	for (i = 0; i < filter_rule_count(); i++)
		put_rule(answering, &rules, span_of(filter_rule_id(i)),
			 filter_rule_state(clerk->snapshot->filter, i));
	/* What an earlier version had, and this one has not. */
	for (i = 0; i < rules.record_count; i++)
		if (!is_known(rules.records[i].rule))
			put_rule(answering, &rules, rules.records[i].rule,
				 RULE_OFF);
	return 0;
}

int
answer_put_reviews(struct answering *answering, struct error *err)
{
	const struct clerk *clerk = answering->clerk;
	struct json_writer *json = &answering->json;
	struct precision_review *reviews;
	size_t count, i;

	if (precision_reviews(clerk->store, clerk->snapshot->filter,
			      clerk->snapshot->config->rules.review_below,
			      answering->arena, &reviews, &count, err) != 0)
		return -1;
	json_open_array(json, "consider_shadow");
	for (i = 0; i < count; i++) {
		json_open_object(json, NULL);
		json_put_text(json, "rule", reviews[i].rule);
		json_put_number(json, "upheld", (long long)reviews[i].upheld);
		json_put_number(json, "decided", (long long)reviews[i].decided);
		json_close_object(json);
	}
	json_close_array(json);
	return 0;
}
