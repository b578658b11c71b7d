/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filter.h"

#include <stdlib.h>
#include <string.h>

#include "filters/filter_private.h"

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
	if (lexicon_open(settings->lexicon_directory, settings->packs, faults,
			 &filter->lexicon, err) != 0 ||
	    model_open(weights, settings->packs, &filter->model, err) != 0) {
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
