/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * party-publicity: council material seeks to win or lose support for a party.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "from inside the council",
			  scene_inside(scene));
}

const struct rule rule_party_publicity = {
	.id = "party-publicity",
	.severity = SEVERITY_HIGH,
	.reason = "council material seeks to win or lose support for a "
		  "party",
	.gate = gate,
};
