/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wrong-channel: a member's enquiry goes straight to a junior officer.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "a member writes to an officer",
			  scene_from_member(scene) &&
				  (scene->to_roles & ROLES_OFFICER) != 0) &&
	       trace_note(trace, "and to nobody outside",
			  (scene->to_roles & ROLES_OUTSIDE) == 0) &&
	       trace_note(trace, "nobody senior and no team is on it",
			  !scene_has_channel(scene));
}

/* The officer began it: the words that are answered are theirs alone. */
static bool
officer_began(const struct scene *scene)
{
	bool officer = false;
	size_t i;

	for (i = 0; i < scene->voice_count; i++) {
		const struct voice *v = &scene->voices[i];

		if (v->sender)
			return false;
		officer |= !v->member && v->visible;
	}
	return officer;
}

/* Clerks, solicitors, press and personnel officers are asked by everybody. */
static bool
special_desk(const struct scene *scene)
{
	static const unsigned posts =
		POST_BIT(POST_DEMOCRATIC_SERVICES) | POST_BIT(POST_LEGAL) |
		POST_BIT(POST_COMMUNICATIONS) | POST_BIT(POST_PRESS_DESK) |
		POST_BIT(POST_ELECTIONS) | POST_BIT(POST_HUMAN_RESOURCES);

	return (scene->visible_posts & posts) != 0;
}

static enum opinion
opinion(const struct scene *scene, const struct trace *trace)
{
	if (trace_note(trace, "the officer began the thread",
		       officer_began(scene)) ||
	    trace_note(trace, "it goes to a desk that members may ask",
		       special_desk(scene)))
		return OPINION_NO;
	return OPINION_MODEL;
}

static void
explain(const struct scene *scene, struct report *report)
{
	size_t i;

	for (i = 0; i < scene->visible_count; i++)
		if (scene->parties[i].role == ROLE_OFFICER)
			break;
	if (i == scene->visible_count || scene->parties[i].name.len == 0)
		return;
	report->reason = arena_printf(scene->arena,
				      "a member's enquiry goes straight to "
				      "%.*s and to nobody senior or to a team",
				      SPAN_ARG(scene->parties[i].name));
}

const struct rule rule_wrong_channel = {
	.id = "wrong-channel",
	.severity = SEVERITY_LOW,
	.reason = "a member's enquiry goes straight to a junior officer",
	.gate = gate,
	.opinion = opinion,
	.explain = explain,
};
