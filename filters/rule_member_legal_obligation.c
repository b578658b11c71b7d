/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * member-legal-obligation: commits or instructs for the council in a member's
 * name.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "from a member, an officer or an assistant",
			  scene_inside(scene));
}

const struct rule rule_member_legal_obligation = {
	.id = "member-legal-obligation",
	.severity = SEVERITY_HIGH,
	.reason = "commits or instructs for the council in a member's "
		  "name",
	.gate = gate,
};
