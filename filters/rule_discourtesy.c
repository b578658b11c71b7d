/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * discourtesy: insults, threatens or humiliates.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "a member or officer writes",
			  scene_from_member(scene) ||
				  scene_from_officer(scene));
}

const struct rule rule_discourtesy = {
	.id = "discourtesy",
	.severity = SEVERITY_MEDIUM,
	.reason = "insults, threatens or humiliates",
	.gate = gate,
};
