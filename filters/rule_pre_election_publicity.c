/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pre-election-publicity: council publicity in a pre-election period features a
 * member, candidate or party.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "a pre-election period holds",
			  scene->period != PERIOD_NONE) &&
	       trace_note(trace, "from inside the council",
			  scene_inside(scene));
}

const struct rule rule_pre_election_publicity = {
	.id = "pre-election-publicity",
	.severity = SEVERITY_HIGH,
	.reason = "council publicity in a pre-election period features "
		  "a member, candidate or party",
	.gate = gate,
};
