/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filter.h"

#include <stdlib.h>
#include <string.h>

#include "filters/model.h"
#include "filters/readings.h"
#include "filters/rule.h"

enum { RULES_MAX = 64 };

struct filter {
	struct arena *arena;
	struct lexicon *lexicon;
	struct speech speech;
	struct model *model;
	struct readings readings;
	const struct theme_table *themes;
	enum rule_state state[RULES_MAX];
	struct span *clauses[RULES_MAX];
	size_t clause_count[RULES_MAX];
	enum severity severity[RULES_MAX];
	int models[RULES_MAX];
	unsigned group_meeting_posts;
	double reserve;
};

static const char *const directions[] = {
	[DIRECTION_MEMBER_TO_OFFICER] = "member-to-officer",
	[DIRECTION_OFFICER_TO_MEMBER] = "officer-to-member",
	[DIRECTION_MEMBER_TO_MEMBER] = "member-to-member",
	[DIRECTION_OFFICER_TO_OFFICER] = "officer-to-officer",
	[DIRECTION_MEMBER_TO_OUTSIDE] = "member-to-outside",
	[DIRECTION_OFFICER_TO_OUTSIDE] = "officer-to-outside",
	[DIRECTION_OUTSIDE_TO_MEMBER] = "outside-to-member",
	[DIRECTION_OUTSIDE_TO_OFFICER] = "outside-to-officer",
	[DIRECTION_OTHER] = "other",
};
static const char *const replies[] = {
	[REPLY_NONE] = "none",
	[REPLY_ANSWER] = "answer",
	[REPLY_HOLDING] = "holding",
	[REPLY_QUESTION_BACK] = "question-back",
	[REPLY_PASSED_ON] = "passed-on",
	[REPLY_AUTOMATIC] = "automatic",
};
static const char *const severities[] = {
	[SEVERITY_LOW] = "low",
	[SEVERITY_MEDIUM] = "medium",
	[SEVERITY_HIGH] = "high",
};

const char *
direction_name(enum direction direction)
{
	return directions[direction];
}

const char *
reply_kind_name(enum reply_kind kind)
{
	return replies[kind];
}

const char *
severity_name(enum severity severity)
{
	return severities[severity];
}

bool
severity_parse(struct span name, enum severity *ret_severity)
{
	int i;

	for (i = 0; i < SEVERITY_COUNT; i++)
		if (span_is(name, severities[i])) {
			*ret_severity = (enum severity)i;
			return true;
		}
	return false;
}

size_t
filter_rule_count(void)
{
	return rules_count();
}

const char *
filter_rule_id(size_t index)
{
	return index < rules_count() ? rules[index]->id : "";
}

static bool
listed(const struct span *names, size_t count, const char *id)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (span_is(names[i], id) || span_is(names[i], "all"))
			return true;
	return false;
}

static void
check_names(const struct span *names, size_t count, const char *setting,
	    struct fault_list *faults)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!span_is(names[i], "all") && rule_find(names[i]) == NULL)
			fault_add(faults, FAULT_WARNING, "clerkd.conf", 0,
				  "rules.%s: no rule is called \"%.*s\"; "
				  "correct or remove it",
				  setting, SPAN_ARG(names[i]));
}

/* On by the protocol's clauses, or by the operator, who has the last word. */
static void
switch_rule(struct filter *filter, size_t index,
	    const struct filter_settings *settings,
	    const struct protocol *protocol)
{
	const struct rule *rule = rules[index];
	const struct protocol_rule *told =
		protocol != NULL ? protocol_rule(protocol, span_of(rule->id)) :
				   NULL;
	bool on = told != NULL && told->clause_count != 0;

	filter->severity[index] = rule->severity;
	if (told != NULL && told->severity.len != 0)
		severity_parse(told->severity, &filter->severity[index]);
	if (on) {
		filter->clauses[index] = told->clauses;
		filter->clause_count[index] = told->clause_count;
	} else {
		filter->clauses[index] =
			arena_array(filter->arena, 1, sizeof(struct span));
		filter->clauses[index][0] = span_of("local");
		filter->clause_count[index] = 1;
	}
	on |= listed(settings->enable, settings->enable_count, rule->id);
	if (listed(settings->disable, settings->disable_count, rule->id))
		on = false;
	filter->state[index] =
		!on ? RULE_OFF :
		listed(settings->shadow, settings->shadow_count, rule->id) ?
		      RULE_SHADOW :
		      RULE_LIVE;
	filter->models[index] = model_find(filter->model, rule->id);
}

int
filter_load(const struct filter_settings *settings,
	    const struct protocol *protocol, struct fault_list *faults,
	    struct filter **ret_filter, struct error *err)
{
	struct arena *arena = arena_new(0);
	struct filter *filter = arena_alloc(arena, sizeof(*filter));
	const char *weights = settings->weights_path;
	size_t i;

	filter->arena = arena;
	filter->reserve = settings->reserve;
	if (protocol != NULL)
		filter->group_meeting_posts = protocol->group_meeting_posts;
	if (weights == NULL)
		weights = arena_printf(arena, "%s/../weights/model.txt",
				       settings->lexicon_directory)
				  .ptr;
	if (lexicon_load(settings->lexicon_directory, faults, &filter->lexicon,
			 err) != 0 ||
	    model_load(weights, &filter->model, err) != 0) {
		filter_free(filter);
		return -1;
	}
	speech_prepare(filter->lexicon, arena, &filter->speech);
	filter->themes = rules_prepare(filter->lexicon, arena);
	readings_prepare(filter->model, &filter->readings);
	check_names(settings->enable, settings->enable_count, "enable", faults);
	check_names(settings->disable, settings->disable_count, "disable",
		    faults);
	check_names(settings->shadow, settings->shadow_count, "shadow", faults);
	for (i = 0; i < rules_count(); i++)
		switch_rule(filter, i, settings, protocol);
	*ret_filter = filter;
	return 0;
}

void
filter_free(struct filter *filter)
{
	if (filter == NULL)
		return;
	lexicon_free(filter->lexicon);
	model_free(filter->model);
	arena_free(filter->arena);
}

/* The sentence whose own words speak most for the model. */
static void
find_evidence(const struct filter *filter, const struct scene *scene, int model,
	      struct report *report)
{
	const struct passage *best_passage = NULL;
	const struct sentence *best = NULL;
	double most = -1e9, weight;
	size_t i, k, f;

	for (i = 0; i < scene->passage_count; i++) {
		const struct passage *p = &scene->passages[i];

		if (p->kind == PASSAGE_QUOTED)
			continue;
		for (k = 0; k < p->sentence_count; k++) {
			struct features own;

			if (p->sentences[k].greeting)
				continue;
			features_init(&own, scene->arena, false);
			features_sentence(&own, scene, p, &p->sentences[k]);
			for (weight = 0, f = 0; model >= 0 && f < own.count;
			     f++)
				weight += model_weight(filter->model, model,
						       own.keys[f]);
			if (weight > most) {
				most = weight;
				best = &p->sentences[k];
				best_passage = p;
			}
		}
	}
	if (best != NULL)
		report_sentence(scene, report, best_passage, best);
}

static void
raise(const struct filter *filter, const struct scene *scene, size_t index,
      double probability, struct verdict *verdict)
{
	const struct rule *rule = rules[index];
	struct report report = {
		.severity = filter->severity[index],
		.reason = span_of(rule->reason),
		.probability = probability,
	};
	struct finding *finding;

	find_evidence(filter, scene, filter->models[index], &report);
	if (rule->explain != NULL)
		rule->explain(scene, &report);
	finding = arena_push(scene->arena, &verdict->findings,
			     &verdict->finding_count, sizeof(*finding));
	*finding = (struct finding){
		.rule = span_of(rule->id),
		.severity = report.severity,
		.state = filter->state[index],
		.score = probability,
		.clauses = filter->clauses[index],
		.clause_count = filter->clause_count[index],
		.reason = report.reason,
		.evidence = report.evidence,
		.evidence_count = report.evidence_count,
	};
}

static void
judge_rule(const struct filter *filter, const struct scene *scene,
	   const double *scores, size_t index, struct verdict *verdict)
{
	const struct rule *rule = rules[index];
	enum opinion opinion = OPINION_MODEL;
	int model = filter->models[index];
	double probability = 1;

	if (rule->opinion != NULL)
		opinion = rule->opinion(scene, NULL);
	if (opinion == OPINION_NO || (opinion == OPINION_MODEL && model < 0))
		return;
	if (opinion == OPINION_MODEL) {
		probability =
			model_probability(filter->model, model, scores[model]);
		if (probability <
		    model_threshold(filter->model, model) + filter->reserve)
			return;
	}
	raise(filter, scene, index, probability, verdict);
}

void
filter_judge(const struct filter *filter, const struct exhibit *exhibit,
	     struct arena *arena, struct verdict *ret_verdict)
{
	bool open[RULES_MAX] = { false }, any = false;
	double scores[MODELS_MAX];
	struct features structure, text;
	struct scene scene;
	size_t i;

	*ret_verdict = (struct verdict){ 0 };
	scene_set(exhibit, arena, &scene);
	scene.group_meeting_posts = filter->group_meeting_posts;
	ret_verdict->direction = scene.direction;
	for (i = 0; i < rules_count(); i++) {
		open[i] = filter->state[i] != RULE_OFF &&
			  exhibit->message->automatic == AUTOMATIC_NO &&
			  rules[i]->gate(&scene, NULL);
		any |= open[i];
	}
	if (!any && !enquiry_possible(&scene) && !reply_possible(&scene) &&
	    !hand_over_possible(&scene))
		return;
	scene_read(&scene, filter->lexicon, &filter->speech);
	features_init(&structure, arena, false);
	features_structure(&structure, &scene);
	rules_features(filter->themes, &scene, &structure);
	features_init(&text, arena, false);
	features_text(&text, &scene);
	model_start(filter->model, scores);
	model_add(filter->model, &structure, 1, scores);
	model_add(filter->model, &text, features_scale(&text), scores);
	enquiry_read(&scene, &filter->readings, filter->model, scores,
		     ret_verdict);
	reply_read(&scene, &filter->readings, filter->model, scores,
		   ret_verdict);
	for (i = 0; i < rules_count(); i++)
		if (open[i])
			judge_rule(filter, &scene, scores, i, ret_verdict);
}
