/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * party-worker-access: a party worker is given council information or
 * facilities.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "from inside the council",
			  scene_inside(scene)) &&
	       trace_note(trace, "a party worker gets it",
			  ((scene->visible_roles | scene->hidden_roles) &
			   ROLE_BIT(ROLE_PARTY_WORKER)) != 0);
}

const struct rule rule_party_worker_access = {
	.id = "party-worker-access",
	.severity = SEVERITY_MEDIUM,
	.reason = "a party worker is given council information or "
		  "facilities",
	.gate = gate,
};
