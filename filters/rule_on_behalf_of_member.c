/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * on-behalf-of-member: an officer writes to somebody outside for an individual
 * member.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "an officer writes",
			  scene_from_officer(scene)) &&
	       trace_note(trace, "to somebody outside",
			  scene_to_outside(scene));
}

const struct rule rule_on_behalf_of_member = {
	.id = "on-behalf-of-member",
	.severity = SEVERITY_MEDIUM,
	.reason = "an officer writes to somebody outside for an "
		  "individual member",
	.gate = gate,
};
