/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ward-invitation: some but not all members of the ward are invited.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "a member or officer writes",
			  scene_from_member(scene) ||
				  scene_from_officer(scene)) &&
	       trace_note(trace, "a member is on it",
			  scene_from_member(scene) ||
				  scene->members_visible != 0);
}

const struct rule rule_ward_invitation = {
	.id = "ward-invitation",
	.severity = SEVERITY_MEDIUM,
	.reason = "some but not all members of the ward are invited",
	.gate = gate,
};
