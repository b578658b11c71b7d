/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * group-meeting-request: an officer below the authorised posts is asked to a
 * political group's meeting.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(
		trace, "between the political side and an officer",
		(scene_from_political(scene) && scene->officers_visible != 0) ||
			scene_from_officer(scene));
}

const struct rule rule_group_meeting_request = {
	.id = "group-meeting-request",
	.severity = SEVERITY_MEDIUM,
	.reason = "an officer below the authorised posts is asked to a "
		  "political group's meeting",
	.gate = gate,
};
