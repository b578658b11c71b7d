/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <stdio.h>

#include "clerkctl_judge.h"
#include "clerkctl_table.h"
#include "clerkctl_why.h"

enum { CONDITION_INDENT = 7, DETAIL_INDENT = 11 };

static const char *
state_text(enum rule_state state)
{
	return state == RULE_OFF    ? "off" :
	       state == RULE_SHADOW ? "shadow" :
				      "live";
}

/* ---- the verdict in one sentence ---- */

/* The conditions of one way into the rule that do not hold, in quotes with a
 * word between; 0 is what always has to hold. */
static struct span
lacking(const struct why_told *told, unsigned way, const char *between,
	size_t *ret_count)
{
	const struct reasoning *why = told->reasoning;
	struct span text = span_of("");
	size_t i, count = 0;

	for (i = 0; i < why->condition_count; i++) {
		const struct condition *c = &why->conditions[i];

		if (c->part == CONDITION_GATE && c->way == way && !c->held)
			text = arena_printf(
				told->arena, "%.*s%s\"%.*s\"", SPAN_ARG(text),
				count++ == 0 ? "" : between, SPAN_ARG(c->text));
	}
	*ret_count = count;
	return text;
}

/* "A" does not hold; neither "A" nor "B" holds; no way into it is open. */
static struct span
not_held(const struct why_told *told)
{
	const struct reasoning *why = told->reasoning;
	size_t i, count;
	struct span text = lacking(told, 0, " nor ", &count), more;
	unsigned way = 0;

	if (count != 0)
		return arena_printf(told->arena, "%s%.*s %s",
				    count > 1 ? "neither " : "", SPAN_ARG(text),
				    count > 1 ? "holds" : "does not hold");
	for (i = 0; i < why->condition_count; i++) {
		if (why->conditions[i].way == way ||
		    why->conditions[i].part != CONDITION_GATE)
			continue;
		way = why->conditions[i].way;
		more = lacking(told, way, " and ", &count);
		text = arena_printf(told->arena, "%.*s%s%.*s", SPAN_ARG(text),
				    way == 1 ? "" : ", or else ",
				    SPAN_ARG(more));
	}
	return arena_printf(told->arena, "it would need %.*s", SPAN_ARG(text));
}

/* What settled a certain "no". */
static struct span
what_settled(const struct why_told *told)
{
	const struct reasoning *why = told->reasoning;
	size_t i;

	for (i = 0; i < why->condition_count; i++)
		if (why->conditions[i].settles)
			return arena_printf(told->arena, "\"%.*s\" %s",
					    SPAN_ARG(why->conditions[i].text),
					    why->conditions[i].held ?
						    "holds" :
						    "does not hold");
	return span_of("its people and words are certain");
}

static struct span
reading_sentence(const struct why_told *told)
{
	const struct reasoning *why = told->reasoning;

	if (why->grounds == GROUNDS_GATE)
		return arena_printf(
			told->arena, "It is not looked at as %s: %.*s.",
			span_is(told->rule, "reply") ? "a reply" : "an enquiry",
			SPAN_ARG(not_held(told)));
	if (span_is(told->rule, "reply") && why->raised)
		return arena_printf(
			told->arena, "It is a reply of the kind \"%.*s\".",
			SPAN_ARG(span_sub(why->rule, 6, why->rule.len)));
	if (span_is(told->rule, "reply"))
		return span_of("It is no reply: it starts something or gives "
			       "information.");
	return arena_printf(
		told->arena,
		"It is %s: its words weigh %.2f, and %.2f %s needed.",
		why->raised ? "an enquiry" : "no enquiry", why->score,
		why->threshold, why->raised ? "was" : "is");
}

static struct span
not_raised(const struct why_told *told)
{
	const struct reasoning *why = told->reasoning;

	if (why->grounds == GROUNDS_GATE)
		return arena_printf(told->arena,
				    "the rule does not concern it, for %.*s",
				    SPAN_ARG(not_held(told)));
	if (why->grounds == GROUNDS_CERTAIN)
		return arena_printf(told->arena, "%.*s, and that decides",
				    SPAN_ARG(what_settled(told)));
	if (!why->weighed)
		return span_of("nothing makes it certain, and no weights were "
			       "fitted");
	return arena_printf(told->arena,
			    "its people and words weigh %.2f, and %.2f is "
			    "needed",
			    why->score, why->threshold);
}

static struct span
because(const struct why_told *told)
{
	const struct reasoning *why = told->reasoning;

	if (why->grounds == GROUNDS_MODEL)
		return arena_printf(told->arena,
				    "its people and words weigh %.2f, and "
				    "%.2f was needed",
				    why->score, why->threshold);
	return span_of("its people and what it says make that certain");
}

static struct span
rule_sentence(const struct why_told *told)
{
	static const char *const beginnings[][2] = {
		[RULE_OFF] = { "The rule is off; were it on, it would not be "
			       "raised",
			       "The rule is off; were it on, it would be "
			       "raised" },
		[RULE_SHADOW] = { "Not raised",
				  "Raised, counted and not shown (shadow)" },
		[RULE_LIVE] = { "Not raised", "Raised" },
	};
	const struct reasoning *why = told->reasoning;
	const char *beginning = beginnings[why->state][why->raised];

	if (!why->raised)
		return arena_printf(told->arena, "%s: %.*s.", beginning,
				    SPAN_ARG(not_raised(told)));
	return arena_printf(told->arena, "%s, severity %s: %.*s; %.*s.",
			    beginning, severity_name(why->finding->severity),
			    SPAN_ARG(why->finding->reason),
			    SPAN_ARG(because(told)));
}

static struct span
sentence(const struct why_told *told)
{
	return span_is(told->rule, "enquiry") || span_is(told->rule, "reply") ?
		       reading_sentence(told) :
		       rule_sentence(told);
}

/* ---- text ---- */

static void
print_safe(const struct why_told *told, const char *before, struct span text,
	   const char *after)
{
	printf("%s%.*s%s", before,
	       SPAN_ARG(table_safe(told->arena, text, false)), after);
}

static void
print_evidence(const struct why_told *told, const char *label,
	       const struct evidence *evidence)
{
	printf("%s\n", label);
	print_safe(told, "  ", evidence->where, "");
	printf(", bytes %zu to %zu\n", evidence->start, evidence->end);
	print_safe(told, "  \"", evidence->text, "\"\n");
}

static void
print_facts(const struct why_told *told)
{
	size_t i;

	puts("\nTaken for");
	for (i = 0; i < told->reasoning->fact_count; i++)
		print_safe(told, "  ", told->reasoning->facts[i], "\n");
}

/* A heading when another part, or another way into the rule, begins. */
static void
print_heading(const struct condition *condition, const struct condition *last)
{
	static const char *const parts[] = {
		[CONDITION_GATE] = "Conditions",
		[CONDITION_CERTAIN] = "What could settle it",
		[CONDITION_FOR] = "Words that speak for it",
		[CONDITION_AGAINST] = "Words that speak against it",
	};

	static_assert(ARRAY_SIZE(parts) == CONDITION_PART_COUNT, "every part");
	if (last == NULL || condition->part != last->part)
		printf("\n%s\n", parts[condition->part]);
	else if (condition->way > 1 && condition->way != last->way)
		puts("       or");
	else if (condition->way != last->way)
		puts("       and, in one of these ways,");
}

static void
print_conditions(const struct why_told *told)
{
	const struct reasoning *why = told->reasoning;
	size_t i;

	for (i = 0; i < why->condition_count; i++) {
		const struct condition *condition = &why->conditions[i];

		print_heading(condition,
			      i != 0 ? &why->conditions[i - 1] : NULL);
		fputs(condition->held ? "  yes  " : "  no   ", stdout);
		table_paragraph(
			told->arena,
			condition->settles ?
				arena_printf(told->arena, "%.*s (settles it)",
					     SPAN_ARG(condition->text)) :
				condition->text,
			CONDITION_INDENT);
		if (condition->detail.len == 0)
			continue;
		printf("%*s", DETAIL_INDENT, "");
		table_paragraph(told->arena, condition->detail, DETAIL_INDENT);
	}
}

static void
print_weights(const struct why_told *told)
{
	static const char *const weighs[] = {
		[GROUNDS_GATE] = "; did not decide: fitted for other messages",
		[GROUNDS_CERTAIN] = "; did not decide",
		[GROUNDS_MODEL] = "",
	};
	const struct reasoning *why = told->reasoning;
	size_t i;

	if (!why->weighed)
		return;
	printf("\nWeighed %.2f", why->score);
	if (why->threshold > 0)
		printf(", of at least %.2f%s", why->threshold,
		       weighs[why->grounds]);
	putchar('\n');
	for (i = 0; i < why->weight_count; i++) {
		printf("  %+6.2f  ", why->weights[i].contribution);
		print_safe(told, "", why->weights[i].words, "\n");
	}
	if (why->deciding != NULL && why->finding == NULL)
		print_evidence(told, "\nThe sentence that speaks most for it",
			       why->deciding);
}

void
why_print_text(const struct why_told *told)
{
	const struct reasoning *why = told->reasoning;
	size_t i;

	print_safe(told, "", told->rule, "");
	printf(" (%s)", state_text(why->state));
	print_safe(told, " in ", span_of(told->file), "\n");
	print_safe(told, "from ", told->message->from.email, "");
	printf(", %s, %s\n", told->received, direction_name(told->direction));
	if (told->unverified)
		print_safe(told, "not verified, ", told->message->sender_why,
			   ": it raises no flag and moves no case\n");
	print_facts(told);
	print_conditions(told);
	print_weights(told);
	for (i = 0; why->finding != NULL && i < why->finding->evidence_count;
	     i++)
		print_evidence(told, i == 0 ? "\nEvidence" : "",
			       &why->finding->evidence[i]);
	putchar('\n');
	table_paragraph(told->arena, sentence(told), 0);
}

/* ---- JSON ---- */

static void
put_facts(struct json_writer *json, const struct reasoning *why)
{
	size_t i;

	json_open_array(json, "facts");
	for (i = 0; i < why->fact_count; i++)
		json_put_text(json, NULL, why->facts[i]);
	json_close_array(json);
}

static void
put_conditions(struct json_writer *json, const struct reasoning *why)
{
	size_t i;

	static const char *const parts[] = {
		[CONDITION_GATE] = "gate",
		[CONDITION_CERTAIN] = "certain",
		[CONDITION_FOR] = "for",
		[CONDITION_AGAINST] = "against",
	};

	static_assert(ARRAY_SIZE(parts) == CONDITION_PART_COUNT, "every part");
	json_open_array(json, "conditions");
	for (i = 0; i < why->condition_count; i++) {
		json_open_object(json, NULL);
		json_put_text(json, "condition", why->conditions[i].text);
		json_put_string(json, "part", parts[why->conditions[i].part]);
		if (why->conditions[i].way != 0)
			json_put_number(json, "way", why->conditions[i].way);
		json_put_bool(json, "held", why->conditions[i].held);
		if (why->conditions[i].settles)
			json_put_bool(json, "settles", true);
		if (why->conditions[i].detail.len != 0)
			json_put_text(json, "detail",
				      why->conditions[i].detail);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
put_weights(struct json_writer *json, const struct reasoning *why)
{
	size_t i;

	if (why->weighed)
		json_put_decimal(json, "score", why->score, 4);
	else
		json_put_null(json, "score");
	if (why->weighed && why->threshold > 0)
		json_put_decimal(json, "threshold", why->threshold, 4);
	else
		json_put_null(json, "threshold");
	json_open_array(json, "weights");
	for (i = 0; i < why->weight_count; i++) {
		json_open_object(json, NULL);
		json_put_text(json, "feature", why->weights[i].feature);
		json_put_text(json, "words", why->weights[i].words);
		json_put_decimal(json, "contribution",
				 why->weights[i].contribution, 4);
		json_close_object(json);
	}
	json_close_array(json);
	if (why->deciding != NULL)
		judging_put_evidence(json, "deciding", why->deciding);
	else
		json_put_null(json, "deciding");
}

static void
put_finding(struct json_writer *json, const struct finding *finding)
{
	size_t i;

	if (finding == NULL)
		return;
	json_put_string(json, "severity", severity_name(finding->severity));
	json_put_text(json, "reason", finding->reason);
	json_open_array(json, "clauses");
	for (i = 0; i < finding->clause_count; i++)
		json_put_text(json, NULL, finding->clauses[i]);
	json_close_array(json);
	json_open_array(json, "evidence");
	for (i = 0; i < finding->evidence_count; i++)
		judging_put_evidence(json, NULL, &finding->evidence[i]);
	json_close_array(json);
}

void
why_print_json(const struct why_told *told)
{
	static const char *const grounds[] = {
		[GROUNDS_GATE] = "gate",
		[GROUNDS_CERTAIN] = "certain",
		[GROUNDS_MODEL] = "weights",
	};
	const struct reasoning *why = told->reasoning;
	struct json_writer json;

	static_assert(ARRAY_SIZE(grounds) == GROUNDS_COUNT, "every grounds");
	json_init(&json);
	json_open_object(&json, NULL);
	json_put_string(&json, "file", told->file);
	json_put_text(&json, "message_id", told->message->message_id);
	json_put_string(&json, "received", told->received);
	json_put_text(&json, "from", told->message->from.email);
	json_put_string(&json, "direction", direction_name(told->direction));
	if (told->unverified)
		json_put_text(&json, "unverified", told->message->sender_why);
	json_put_text(&json, "rule", told->rule);
	json_put_string(&json, "state", state_text(why->state));
	json_put_bool(&json, "raised", why->raised);
	if (span_is(told->rule, "reply") && why->grounds != GROUNDS_GATE)
		json_put_text(&json, "kind",
			      span_sub(why->rule, 6, why->rule.len));
	json_put_string(&json, "grounds", grounds[why->grounds]);
	put_facts(&json, why);
	put_conditions(&json, why);
	put_weights(&json, why);
	put_finding(&json, why->finding);
	json_put_text(&json, "verdict", sentence(told));
	json_close_object(&json);
	json_print(&json, stdout);
	json_clear(&json);
}
