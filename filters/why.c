/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why a rule was raised, or was not: the judgement repeated with a trace. What
 * the judgement skips because it is decided already is told all the same.
 */
#include <math.h>
#include <stdlib.h>

#include "filters/why_private.h"

enum {
	WEIGHED_MAX = 8 /* features that are told, for and against each */
};

bool
account_tell(struct account *account, struct span condition, bool held,
	     struct span detail)
{
	struct reasoning *out = account->out;
	struct condition *slot =
		arena_push(account->arena, &out->conditions,
			   &out->condition_count, sizeof(*slot));

	*slot = (struct condition){
		.text = condition,
		.held = held,
		.detail = detail,
	};
	return held;
}

static void
note(void *context, const char *condition, bool held, const char *detail)
{
	struct account *account = context;

	account_tell(
		account, arena_span(account->arena, span_of(condition)), held,
		detail != NULL ? arena_span(account->arena, span_of(detail)) :
				 (struct span){ 0 });
}

/* ---- the weights ---- */

/* What speaks for it first, the heaviest before. */
static int
by_weight(const void *a, const void *b)
{
	double x = ((const struct weight *)a)->contribution;
	double y = ((const struct weight *)b)->contribution;

	if ((x > 0) != (y > 0))
		return x > 0 ? -1 : 1;
	return fabs(x) > fabs(y) ? -1 : fabs(x) < fabs(y);
}

static size_t
weigh(const struct filter *filter, int model, const struct features *features,
      double scale, struct weight *weights)
{
	size_t i, count = 0;

	for (i = 0; i < features->count; i++) {
		weights[count] = (struct weight){
			.feature = span_of(features->names[i]),
			.contribution =
				scale * model_weight(filter->model, model,
						     features->keys[i]),
		};
		count += fabs(weights[count].contribution) > 0;
	}
	return count;
}

static void
tell_weights(struct account *account, int model)
{
	const struct filter *filter = account->filter;
	const struct scene *scene = &account->sight->scene;
	struct reasoning *out = account->out;
	struct features structure, text;
	size_t count, i, told[2] = { 0 };

	features_init(&structure, account->arena, true);
	features_structure(&structure, scene);
	rules_features(filter->themes, scene, &structure);
	features_init(&text, account->arena, true);
	features_text(&text, scene);
	out->weights =
		arena_array(account->arena, structure.count + text.count + 1,
			    sizeof(*out->weights));
	count = weigh(filter, model, &structure, 1, out->weights);
	count += weigh(filter, model, &text, features_scale(&text),
		       out->weights + count);
	qsort(out->weights, count, sizeof(*out->weights), by_weight);
	for (i = 0; i < count; i++)
		if (told[out->weights[i].contribution > 0]++ < WEIGHED_MAX)
			out->weights[out->weight_count++] = out->weights[i];
}

void
account_weigh(struct account *account, int model)
{
	const struct filter *filter = account->filter;
	struct reasoning *out = account->out;
	struct report report = { 0 };

	if (model < 0)
		return;
	out->weighed = true;
	out->score = model_probability(filter->model, model,
				       account->sight->scores[model]);
	out->threshold = model_threshold(filter->model, model);
	tell_weights(account, model);
	filter_evidence(filter, &account->sight->scene, model, &report);
	if (report.evidence_count != 0)
		out->deciding = report.evidence;
}

/* ---- the rules ---- */

/* Does it concern the message? Every condition is told. */
static bool
gate(struct account *account, const struct rule *rule,
     const struct trace *trace)
{
	const struct scene *scene = &account->sight->scene;
	bool open;

	open = trace_note(trace, "a person wrote it",
			  filter_by_person(rule, scene));
	return rule->gate(scene, trace) && open;
}

static void
decide(struct account *account, const struct rule *rule,
       const struct trace *trace)
{
	const struct scene *scene = &account->sight->scene;
	enum opinion opinion = OPINION_MODEL;
	struct reasoning *out = account->out;

	if (rule->opinion != NULL)
		opinion = rule->opinion(scene, trace);
	if (opinion != OPINION_MODEL) {
		out->grounds = GROUNDS_CERTAIN;
		out->raised = opinion == OPINION_YES;
	} else {
		out->grounds = GROUNDS_MODEL;
		out->raised = out->weighed && out->score >= out->threshold;
	}
}

static void
why_rule(struct account *account, size_t index)
{
	const struct trace trace = { .note = note, .context = account };
	const struct filter *filter = account->filter;
	const struct rule *rule = rules[index];
	struct reasoning *out = account->out;
	struct verdict verdict = { 0 };
	bool open;

	out->state = filter->state[index];
	open = gate(account, rule, &trace);
	filter_see(filter, account->sight);
	account_weigh(account, filter->models[index]);
	out->threshold += filter->reserve;
	if (!open)
		return;
	decide(account, rule, &trace);
	if (!out->raised)
		return;
	filter_raise(filter, &account->sight->scene, index,
		     out->grounds == GROUNDS_CERTAIN ? 1 : out->score,
		     &verdict);
	out->finding = verdict.findings;
}

int
filter_why(const struct filter *filter, const struct exhibit *exhibit,
	   struct span rule, struct arena *arena,
	   struct reasoning *ret_reasoning)
{
	struct sight sight;
	struct account account = {
		.filter = filter,
		.sight = &sight,
		.arena = arena,
		.out = ret_reasoning,
	};
	size_t i;

	*ret_reasoning = (struct reasoning){ .rule = rule };
	scene_set(exhibit, arena, &sight.scene);
	sight.scene.group_meeting_posts = filter->group_meeting_posts;
	why_people(&account);
	for (i = 0; i < rules_count(); i++)
		if (span_is(rule, rules[i]->id))
			break;
	if (i < rules_count())
		why_rule(&account, i);
	else if (!why_reading(&account, rule))
		return -1;
	return ret_reasoning->raised;
}
