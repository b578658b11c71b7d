/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * member-legal-obligation: commits or instructs for the council in a member's
 * name.
 */
#include "filters/rule.h"

static const struct theme themes[] = {
	{ "accept", { "binding-accept" } },
	{ "instruct", { "binding-instruct", "imperative" } },
	{ "pay", { "binding-pay", "commitment" } },
	{ "object", { "contract-object" } },
	{ "letter", { "draft-letter", "official-letter", "own-words-letter" } },
	{ "authority", { "office-invoked", "delegated-authority" } },
	{ "against",
	  { "cannot-commit", "support-lobby", "decision-reported", "refusal",
	    "reported-speech", "asks-rules", "own-money", "own-matter",
	    "procurement-proper", "training-guidance" } },
	{ NULL, { NULL } },
};

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
	.themes = themes,
};
