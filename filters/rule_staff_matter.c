/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * staff-matter: an officer's own employment is taken up with or by a member.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "a member or officer writes",
			  scene_from_member(scene) ||
				  scene_from_officer(scene));
}

const struct rule rule_staff_matter = {
	.id = "staff-matter",
	.severity = SEVERITY_MEDIUM,
	.reason = "an officer's own employment is taken up with or by "
		  "a member",
	.gate = gate,
};
