/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * confidential-disclosure: confidential material goes to somebody who has no
 * need to know.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "from inside the council",
			  scene_inside(scene)) &&
	       trace_note(trace, "to the political side or outside",
			  ((scene->visible_roles | scene->hidden_roles) &
			   (ROLES_POLITICAL | ROLES_OUTSIDE)) != 0);
}

const struct rule rule_confidential_disclosure = {
	.id = "confidential-disclosure",
	.severity = SEVERITY_HIGH,
	.reason = "confidential material goes to somebody who has no "
		  "need to know",
	.gate = gate,
};
