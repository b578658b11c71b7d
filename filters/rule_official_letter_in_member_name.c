/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * official-letter-in-member-name: an official letter of the council goes out in
 * a member's name.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "from inside the council",
			  scene_inside(scene));
}

const struct rule rule_official_letter_in_member_name = {
	.id = "official-letter-in-member-name",
	.severity = SEVERITY_LOW,
	.reason = "an official letter of the council goes out in a "
		  "member's name",
	.gate = gate,
};
