/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * favour-seeking: asks for or offers special treatment for an individual.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "a member or officer writes",
			  scene_from_member(scene) ||
				  scene_from_officer(scene));
}

const struct rule rule_favour_seeking = {
	.id = "favour-seeking",
	.severity = SEVERITY_HIGH,
	.reason = "asks for or offers special treatment for an "
		  "individual",
	.gate = gate,
};
