/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * political-purpose: council staff, time, information or facilities for a
 * party, campaign or private purpose.
 */
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "an officer writes or is asked",
			  scene_from_officer(scene) ||
				  scene->officers_visible != 0);
}

/* "A volunteer asked me for it, I told him no": a request is told of and
 * refused in the same breath, and nothing else here asks, offers or does
 * anything. Telling of a thing and refusing it is not doing it. */
static bool
told_and_refused(const struct scene *scene)
{
	enum {
		WANTS = ACT_BIT(ACT_ASKS) | ACT_BIT(ACT_QUESTION) |
			ACT_BIT(ACT_INSTRUCTS) | ACT_BIT(ACT_OFFERS) |
			ACT_BIT(ACT_PROMISES),
	};
	const struct passage *body = scene->body;
	bool told = false, refused = false, last_told = false;
	size_t i;

	for (i = 0; body != NULL && i < body->sentence_count; i++) {
		unsigned acts = body->sentences[i].acts;
		bool tells = (acts & ACT_BIT(ACT_REPORTS)) != 0;
		bool refuses = (acts & ACT_BIT(ACT_REFUSES)) != 0;

		if (!tells && !refuses &&
		    (acts & (WANTS | ACT_BIT(ACT_PAST))) != 0)
			return false;
		told = told || tells;
		refused = refused || (refuses && (tells || last_told));
		last_told = tells;
	}
	return told && refused;
}

static enum opinion
opinion(const struct scene *scene, const struct trace *trace)
{
	if (trace_note(trace, "a request is only told of, and refused",
		       told_and_refused(scene)))
		return OPINION_NO;
	return OPINION_MODEL;
}

const struct rule rule_political_purpose = {
	.id = "political-purpose",
	.severity = SEVERITY_HIGH,
	.reason = "council staff, time, information or facilities for "
		  "a party, campaign or private purpose",
	.gate = gate,
	.opinion = opinion,
};
