/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * capacity-unclear: a member writes about a private matter without saying that
 * it is private.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "a member writes", scene_from_member(scene));
}

const struct rule rule_capacity_unclear = {
	.id = "capacity-unclear",
	.severity = SEVERITY_LOW,
	.reason = "a member writes about a private matter without "
		  "saying that it is private",
	.gate = gate,
};
