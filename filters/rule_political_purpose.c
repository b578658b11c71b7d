/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * political-purpose: council staff, time, information or facilities for a
 * party, campaign or private purpose.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "an officer writes or is asked",
			  scene_from_officer(scene) ||
				  scene->officers_visible != 0);
}

const struct rule rule_political_purpose = {
	.id = "political-purpose",
	.severity = SEVERITY_HIGH,
	.reason = "council staff, time, information or facilities for "
		  "a party, campaign or private purpose",
	.gate = gate,
};
