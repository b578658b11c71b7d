/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One message before the rules: people first, words only when a rule or a
 * reading could concern it, then all models in one pass.
 */
#include "filters/evidence.h"
#include "filters/filter_private.h"

void
filter_evidence(const struct filter *filter, const struct sight *sight,
		const struct look *looks, int model, struct report *report)
{
	const struct scene *scene = &sight->scene;
	const struct balance balance = { filter->model, model, &sight->sum };
	const struct piece *chosen[EVIDENCE_CHOSEN_MAX];
	struct pieces pieces;
	size_t count, i;

	evidence_read(scene, looks, &balance, &pieces);
	evidence_rank(&pieces, evidence_weights);
	count = evidence_choose(&pieces, chosen);
	for (i = 0; i < count; i++)
		report_sentence(scene, report, chosen[i]->passage,
				chosen[i]->sentence);
}

void
filter_raise(const struct filter *filter, const struct sight *sight,
	     size_t index, double probability, struct verdict *verdict)
{
	const struct scene *scene = &sight->scene;
	const struct rule *rule = rules[index];
	struct report report = {
		.severity = filter->severity[index],
		.reason = span_of(rule->reason),
		.probability = probability,
	};
	struct finding *finding;

	filter_evidence(filter, sight, rule->looks, filter->models[index],
			&report);
	if (rule->explain != NULL)
		rule->explain(scene, &report);
	if (report.evidence_count == 0)
		report_envelope(scene, &report, span_of(rule->reason));
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
judge_rule(const struct filter *filter, const struct sight *sight, size_t index,
	   struct verdict *verdict)
{
	const struct rule *rule = rules[index];
	enum opinion opinion = rule_opinion(rule, &sight->scene);
	int model = filter->models[index];
	double probability = 1;

	if (opinion == OPINION_NO || (opinion == OPINION_MODEL && model < 0))
		return;
	if (opinion == OPINION_MODEL) {
		probability = model_probability(filter->model, model,
						sight->sum.scores[model]);
		if (probability <
		    model_threshold(filter->model, model) + filter->reserve)
			return;
	}
	filter_raise(filter, sight, index, probability, verdict);
}

void
filter_see(const struct filter *filter, struct sight *sight)
{
	struct scene *scene = &sight->scene;

	scene_read(scene, filter->lexicon, &filter->speech);
	features_init(&sight->structure, scene->arena, false);
	features_structure(&sight->structure, scene);
	rules_features(filter->themes, scene, &sight->structure);
	features_init(&sight->text, scene->arena, false);
	features_text(&sight->text, scene);
	model_start(filter->model, &sight->sum);
	model_add(filter->model, &sight->structure, 1, &sight->sum);
	model_add(filter->model, &sight->text, features_scale(&sight->text),
		  &sight->sum);
	model_close(filter->model, &sight->sum);
}

bool
filter_by_person(const struct rule *rule, const struct scene *scene)
{
	enum automatic automatic = scene->message->automatic;

	return automatic == AUTOMATIC_NO ||
	       (automatic == AUTOMATIC_BULK && rule->of_bulk && !scene->reply);
}

static bool
judges(const struct filter *filter, const struct scene *scene, size_t index)
{
	return filter->state[index] != RULE_OFF &&
	       filter_by_person(rules[index], scene) &&
	       rule_concerns(rules[index], scene);
}

void
filter_judge(const struct filter *filter, const struct exhibit *exhibit,
	     struct arena *arena, struct verdict *ret_verdict)
{
	bool open[RULES_MAX] = { false }, any = false;
	struct sight sight;
	struct scene *scene = &sight.scene;
	size_t i;

	*ret_verdict = (struct verdict){ 0 };
	scene_set(exhibit, arena, scene);
	scene->group_meeting_posts = filter->group_meeting_posts;
	ret_verdict->direction = scene->direction;
	for (i = 0; i < rules_count(); i++) {
		open[i] = judges(filter, scene, i);
		any |= open[i];
	}
	if (!any && !enquiry_possible(scene) && !reply_possible(scene) &&
	    !hand_over_possible(scene))
		return;
	filter_see(filter, &sight);
	enquiry_read(scene, &filter->readings, filter->model, sight.sum.scores,
		     ret_verdict);
	reply_read(scene, &filter->readings, filter->model, sight.sum.scores,
		   ret_verdict);
	for (i = 0; i < rules_count(); i++)
		if (open[i])
			judge_rule(filter, &sight, i, ret_verdict);
}
