/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why a rule was raised, or was not: the judgement repeated with a trace.
 */
#include <math.h>
#include <stdlib.h>

#include "filters/filter_private.h"

enum {
	WEIGHED_MAX = 12 /* features that are told */
};

struct account {
	struct arena *arena;
	struct condition *at;
	size_t count;
};

static void
tell(struct account *account, struct span text, bool held, struct span detail)
{
	struct condition *slot = arena_push(account->arena, &account->at,
					    &account->count, sizeof(*slot));

	*slot = (struct condition){
		.text = text,
		.held = held,
		.detail = detail,
	};
}

static void
note(void *context, const char *condition, bool held, const char *detail)
{
	struct account *account = context;

	tell(account, span_of(condition), held,
	     detail != NULL ? arena_span(account->arena, span_of(detail)) :
			      (struct span){ 0 });
}

struct weighed {
	const char *name;
	double weight;
};

static int
by_weight(const void *a, const void *b)
{
	double x = fabs(((const struct weighed *)a)->weight);
	double y = fabs(((const struct weighed *)b)->weight);

	return x > y ? -1 : x < y;
}

static size_t
weigh(const struct filter *filter, int model, const struct features *features,
      double scale, struct weighed *weighed)
{
	size_t i, count = 0;

	for (i = 0; i < features->count; i++) {
		weighed[count].name = features->names[i];
		weighed[count].weight =
			scale *
			model_weight(filter->model, model, features->keys[i]);
		count += fabs(weighed[count].weight) > 0;
	}
	return count;
}

static void
tell_weights(const struct filter *filter, struct sight *sight, int model,
	     struct account *account)
{
	struct features structure, text;
	struct weighed *weighed;
	size_t count, i;

	features_init(&structure, account->arena, true);
	features_structure(&structure, &sight->scene);
	rules_features(filter->themes, &sight->scene, &structure);
	features_init(&text, account->arena, true);
	features_text(&text, &sight->scene);
	weighed = arena_array(account->arena, structure.count + text.count + 1,
			      sizeof(*weighed));
	count = weigh(filter, model, &structure, 1, weighed);
	count += weigh(filter, model, &text, features_scale(&text),
		       weighed + count);
	qsort(weighed, count, sizeof(*weighed), by_weight);
	for (i = 0; i < count && i < WEIGHED_MAX; i++)
		tell(account,
		     arena_printf(account->arena, "weighs \"%s\"",
				  weighed[i].name),
		     weighed[i].weight > 0,
		     arena_printf(account->arena, "%+.2f", weighed[i].weight));
}

static bool
model_says(const struct filter *filter, struct sight *sight, size_t index,
	   struct account *account)
{
	int model = filter->models[index];
	double p, threshold;

	if (model < 0) {
		note(account, "weights were fitted for it", false, NULL);
		return false;
	}
	p = model_probability(filter->model, model, sight->scores[model]);
	threshold = model_threshold(filter->model, model) + filter->reserve;
	tell(account, span_of("the words and the people weigh enough"),
	     p >= threshold,
	     arena_printf(account->arena, "%.2f of at least %.2f", p,
			  threshold));
	tell_weights(filter, sight, model, account);
	return p >= threshold;
}

static bool
why(const struct filter *filter, struct sight *sight, size_t index,
    struct account *account)
{
	const struct trace trace = { .note = note, .context = account };
	const struct rule *rule = rules[index];
	enum automatic automatic = sight->scene.message->automatic;
	enum opinion opinion = OPINION_MODEL;

	if (!trace_note(&trace, "the rule is switched on",
			filter->state[index] != RULE_OFF) ||
	    !trace_note(
		    &trace, "a person wrote it",
		    automatic == AUTOMATIC_NO ||
			    (automatic == AUTOMATIC_BULK && rule->of_bulk)) ||
	    !rule->gate(&sight->scene, &trace))
		return false;
	filter_see(filter, sight);
	if (rule->opinion != NULL)
		opinion = rule->opinion(&sight->scene, &trace);
	if (opinion != OPINION_MODEL)
		return opinion == OPINION_YES;
	return model_says(filter, sight, index, account);
}

int
filter_why(const struct filter *filter, const struct exhibit *exhibit,
	   struct span rule, struct arena *arena,
	   struct condition **ret_conditions, size_t *ret_count)
{
	struct account account = { .arena = arena };
	struct sight sight;
	size_t i;
	bool raised;

	for (i = 0; i < rules_count(); i++)
		if (span_is(rule, rules[i]->id))
			break;
	if (i == rules_count())
		return -1;
	scene_set(exhibit, arena, &sight.scene);
	sight.scene.group_meeting_posts = filter->group_meeting_posts;
	raised = why(filter, &sight, i, &account);
	*ret_conditions = account.at;
	*ret_count = account.count;
	return raised;
}
