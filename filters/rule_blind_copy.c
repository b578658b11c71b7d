/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * blind-copy: correspondence with an individual member reaches a third person
 * whom the member cannot see.
 */
#include "filters/rule.h"

static bool
touches_member(const struct scene *scene)
{
	size_t i;

	if (scene->members_visible != 0)
		return true;
	for (i = 0; i < scene->voice_count; i++)
		if (scene->voices[i].member)
			return true;
	return false;
}

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	unsigned side = scene->hidden_roles & (ROLES_POLITICAL | ROLES_OUTSIDE);

	if (scene_from_officer(scene))
		return trace_note(trace, "hidden recipient and a member",
				  side != 0 && touches_member(scene)) ||
		       trace_note(trace,
				  "a member's words go to the "
				  "political side unseen",
				  scene->silent && (scene->visible_roles &
						    ROLES_POLITICAL) != 0);
	return trace_note(trace,
			  "a member writes to an officer with a "
			  "hidden political copy",
			  scene_from_member(scene) &&
				  scene->officers_visible != 0 &&
				  (scene->hidden_roles & ROLES_POLITICAL) != 0);
}

const struct rule rule_blind_copy = {
	.id = "blind-copy",
	.severity = SEVERITY_HIGH,
	.reason = "correspondence with an individual member reaches a "
		  "third person whom the member cannot see",
	.gate = gate,
};
