/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why a rule was raised, or was not: the tables that judged, told to their end.
 * What the judgement skips because it is decided already is told all the same.
 */
#include <math.h>
#include <stdlib.h>

#include "filters/found.h"
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
		.part = account->part,
		.held = held,
		.detail = detail,
	};
	return held;
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
weigh(const struct account *account, int model, const struct features *features,
      double scale, struct weight *weights)
{
	size_t i, count = 0;

	for (i = 0; i < features->count; i++) {
		weights[count] = (struct weight){
			.feature = span_of(features->names[i]),
			.contribution =
				scale * model_weight(account->filter->model,
						     model, features->keys[i],
						     &account->sight->sum),
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
	count = weigh(account, model, &structure, 1, out->weights);
	count += weigh(account, model, &text, features_scale(&text),
		       out->weights + count);
	qsort(out->weights, count, sizeof(*out->weights), by_weight);
	for (i = 0; i < count; i++)
		if (told[out->weights[i].contribution > 0]++ < WEIGHED_MAX)
			out->weights[out->weight_count++] = out->weights[i];
	for (i = 0; i < out->weight_count; i++)
		out->weights[i].words =
			why_feature(account->arena, out->weights[i].feature);
}

void
account_weigh(struct account *account, const struct look *looks, int model)
{
	const struct filter *filter = account->filter;
	struct reasoning *out = account->out;
	struct report report = { 0 };

	if (model < 0)
		return;
	out->weighed = true;
	out->score = model_probability(filter->model, model,
				       account->sight->sum.scores[model]);
	out->threshold = model_threshold(filter->model, model);
	tell_weights(account, model);
	filter_evidence(filter, account->sight, looks, model, &report);
	if (report.evidence_count != 0)
		out->deciding = report.evidence;
}

/* ---- the rules ---- */

static struct condition *
tell_ask(struct account *account, const struct ask *ask)
{
	const struct scene *scene = &account->sight->scene;

	account_tell(account, span_of(ask->text), ask->holds(scene),
		     ask->found != NULL ? ask->found(scene) :
					  (struct span){ 0 });
	return &account->out->conditions[account->out->condition_count - 1];
}

/* Does it concern the message? Every condition is told. */
static bool
tell_gate(struct account *account, const struct rule *rule)
{
	const struct scene *scene = &account->sight->scene;
	const struct ask *ask;
	bool person;

	account->part = CONDITION_GATE;
	person = account_tell(account, span_of("a person wrote it"),
			      filter_by_person(rule, scene),
			      scene->message->automatic_why);
	for (ask = rule->gate; ask != NULL && ask->text != NULL; ask++)
		tell_ask(account, ask)->way = ask->way;
	return person && rule_concerns(rule, scene);
}

/* Behind a closed gate nothing is settled; it is told all the same. */
static void
tell_asks(struct account *account, const struct ask *ask, bool open,
	  enum opinion *opinion)
{
	enum opinion outcome;
	struct condition *told;

	for (; ask != NULL && ask->text != NULL; ask++) {
		told = tell_ask(account, ask);
		outcome = told->held ? ask->if_held : ask->if_not;
		if (*opinion == OPINION_MODEL && outcome != OPINION_MODEL) {
			*opinion = outcome;
			told->settles = open;
		}
	}
}

static enum opinion
tell_opinion(struct account *account, const struct rule *rule, bool open)
{
	enum opinion opinion = OPINION_MODEL;

	account->part = CONDITION_CERTAIN;
	tell_asks(account, rule->opinion, open, &opinion);
	if (!rule->of_people)
		tell_asks(account, rules_opinion, open, &opinion);
	return opinion;
}

static void
tell_looks(struct account *account, const struct rule *rule)
{
	static const unsigned kinds =
		1u << PASSAGE_SUBJECT | 1u << PASSAGE_BODY |
		1u << PASSAGE_ATTACHMENT | 1u << PASSAGE_QUOTED;
	const struct look *look;
	struct span words;

	for (look = rule->looks; look != NULL && look->text != NULL; look++) {
		account->part =
			look->against ? CONDITION_AGAINST : CONDITION_FOR;
		words = found_words(&account->sight->scene, kinds,
				    look->concepts);
		account_tell(account, span_of(look->text), words.len != 0,
			     words);
	}
}

static void
decide(struct account *account, enum opinion opinion)
{
	struct reasoning *out = account->out;

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
	const struct filter *filter = account->filter;
	const struct rule *rule = rules[index];
	struct reasoning *out = account->out;
	struct verdict verdict = { 0 };
	enum opinion opinion;
	bool open;

	out->state = filter->state[index];
	open = tell_gate(account, rule);
	filter_see(filter, account->sight);
	opinion = tell_opinion(account, rule, open);
	tell_looks(account, rule);
	account_weigh(account, rule->looks, filter->models[index]);
	out->threshold += filter->reserve;
	if (!open)
		return;
	decide(account, opinion);
	if (!out->raised)
		return;
	filter_raise(filter, account->sight, index,
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
