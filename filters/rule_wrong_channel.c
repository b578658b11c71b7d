/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wrong-channel: a member's enquiry goes straight to a junior officer.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "a member writes to an officer",
			  scene_from_member(scene) &&
				  scene->officers_visible != 0) &&
	       trace_note(trace, "nobody senior and no team is on it",
			  !scene_has_channel(scene));
}

const struct rule rule_wrong_channel = {
	.id = "wrong-channel",
	.severity = SEVERITY_LOW,
	.reason = "a member's enquiry goes straight to a junior officer",
	.gate = gate,
};
