/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * legal-proceedings: a member contacts somebody handling a case to which the
 * council is a party.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "a member writes", scene_from_member(scene));
}

const struct rule rule_legal_proceedings = {
	.id = "legal-proceedings",
	.severity = SEVERITY_HIGH,
	.reason = "a member contacts somebody handling a case to which "
		  "the council is a party",
	.gate = gate,
};
