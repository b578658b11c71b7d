/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * media-contact: deals with the press for the council without Communications.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "from a member or officer",
			  scene_from_member(scene) ||
				  scene_from_officer(scene)) &&
	       trace_note(trace, "to somebody outside",
			  scene_to_outside(scene)) &&
	       trace_note(trace, "Communications is not on it",
			  !scene_has_communications(scene));
}

const struct rule rule_media_contact = {
	.id = "media-contact",
	.severity = SEVERITY_LOW,
	.reason = "deals with the press for the council without "
		  "Communications",
	.gate = gate,
};
