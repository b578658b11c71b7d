/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * advice-pressure: presses an officer to change, hold back or drop advice or a
 * decision.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "the political side writes to an officer",
			  scene_from_political(scene) &&
				  scene->officers_visible != 0);
}

const struct rule rule_advice_pressure = {
	.id = "advice-pressure",
	.severity = SEVERITY_HIGH,
	.reason = "presses an officer to change, hold back or drop "
		  "advice or a decision",
	.gate = gate,
};
