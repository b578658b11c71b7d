/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * uneven-briefing: a briefing on council business goes to one political group
 * only.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "an officer writes",
			  scene_from_officer(scene)) &&
	       trace_note(trace, "to the political side",
			  (scene->visible_roles & ROLES_POLITICAL) != 0);
}

const struct rule rule_uneven_briefing = {
	.id = "uneven-briefing",
	.severity = SEVERITY_MEDIUM,
	.reason = "a briefing on council business goes to one "
		  "political group only",
	.gate = gate,
};
