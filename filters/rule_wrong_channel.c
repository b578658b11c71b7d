/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wrong-channel: a member's enquiry goes straight to a junior officer.
 */
#include "filters/found.h"
#include "filters/readings.h"
#include "filters/rule.h"

static bool
member_to_officer(const struct scene *scene)
{
	return scene_from_member(scene) &&
	       (scene->to_roles & ROLES_OFFICER) != 0;
}

static bool
nobody_outside(const struct scene *scene)
{
	return (scene->to_roles & ROLES_OUTSIDE) == 0;
}

static bool
no_channel(const struct scene *scene)
{
	return !scene_has_channel(scene);
}

/* What is asked of a list is asked of nobody. */
static bool
no_list(const struct scene *scene)
{
	return !enquiry_to_list(scene);
}

static struct span
found_list(const struct scene *scene)
{
	return scene->message->list_id;
}

static const struct ask gate[] = {
	{ .text = "a member writes to an officer",
	  .holds = member_to_officer,
	  .found = found_both_ends },
	{ .text = "it is no mail of a discussion list",
	  .holds = no_list,
	  .found = found_list },
	{ .text = "it is addressed to nobody outside",
	  .holds = nobody_outside,
	  .found = found_outside },
	{ .text = "no director, head of service, enquiries team or team is on "
		  "it",
	  .holds = no_channel,
	  .found = found_officers },
	{ .text = NULL },
};

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

static const struct ask opinion[] = {
	{ .text = "the officer began the thread",
	  .holds = officer_began,
	  .found = found_voices,
	  .if_held = OPINION_NO },
	{ .text = "it goes to a desk that members may ask",
	  .holds = special_desk,
	  .found = found_officers,
	  .if_held = OPINION_NO },
	{ .text = NULL },
};

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

static const char *const asking[] = { "request-direct",
				      "request-indirect",
				      "question-cue",
				      "service-request-object",
				      "complaint",
				      "chaser",
				      NULL };
static const char *const harmless[] = { "thanks",           "noted",
					"information-only", "diary-arrangement",
					"social-chat",      NULL };

static const struct look looks[] = {
	{ .text = "something is asked for", .concepts = asking },
	{ .text = "thanks, information or arrangements",
	  .concepts = harmless,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_wrong_channel = {
	.id = "wrong-channel",
	.severity = SEVERITY_LOW,
	.reason = "a member's enquiry goes straight to a junior officer",
	.gate = gate,
	.opinion = opinion,
	.looks = looks,
	.explain = explain,
};
