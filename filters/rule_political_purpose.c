/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * political-purpose: council staff, time, information or facilities for a
 * party, campaign or private purpose.
 */
#include "filters/rule.h"

static const struct theme themes[] = {
	{ "resource",
	  { "resource-data", "resource-photo-film", "resource-post-stationery",
	    "resource-print", "resource-room", "resource-staff-time",
	    "resource-vehicle-kit", "resource-writing-research" } },
	{ "party",
	  { "party-campaign", "party-event", "opponents-attack", "party-name",
	    "vote-appeal" } },
	{ "private",
	  { "private-life", "private-business", "family-friend", "own-matter",
	    "community-group" } },
	{ "ask", { "request-direct", "request-indirect", "imperative" } },
	{ "give", { "offer", "commitment", "past-report", "access-given" } },
	{ "quiet", { "secrecy", "insider-cue", "improper-ask-cue",
		     "ironic-softener" } },
	{ "against",
	  { "refusal", "asks-rules", "training-guidance", "hypothetical",
	    "legit-council-use", "own-money", "public-hire",
	    "statutory-notice", "pre-election-caution" } },
	{ NULL, { NULL } },
};

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "an officer writes or is asked",
			  scene_from_officer(scene) ||
				  scene->officers_visible != 0);
}

const struct rule rule_political_purpose = {
	.id = "political-purpose",
	.severity = SEVERITY_HIGH,
	.reason = "council staff, time, information or facilities for "
		  "a party, campaign or private purpose",
	.gate = gate,
	.themes = themes,
};
