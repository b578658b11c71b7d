/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * open-copy: an answer to one member openly adds another member without saying
 * so.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "an officer answers",
			  scene_from_officer(scene)) &&
	       trace_note(trace, "two or more members can see it",
			  scene->members_visible >= 2);
}

const struct rule rule_open_copy = {
	.id = "open-copy",
	.severity = SEVERITY_LOW,
	.reason = "an answer to one member openly adds another member "
		  "without saying so",
	.gate = gate,
};
