/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * legal-proceedings: a member contacts somebody handling a case to which the
 * council is a party.
 *
 * To a director or the Monitoring Officer alone it is the way that the
 * protocol names.
 */
#include "filters/cues.h"
#include "filters/found.h"
#include "filters/named.h"
#include "filters/rule.h"

static const struct ask gate[] = {
	{ .text = "a member writes",
	  .holds = scene_from_member,
	  .found = found_sender },
	{ .text = "to an officer, a solicitor or somebody outside",
	  .holds = scene_to_officer_or_outside,
	  .found = found_recipients },
	{ .text = NULL },
};

static const char *const core[] = { "legal-influence", "legal-proceedings",
				    NULL };
static const char *const support[] = { "legal-influence", "request-direct",
				       "request-indirect", "secrecy", NULL };
static const char *const against[] = { "process-only", "refusal",
				       "training-guidance", NULL };
static const struct cues cues = {
	.id = "legal",
	.core = core,
	.support = support,
	.against = against,
};

static const unsigned proper =
	POST_BIT(POST_MONITORING_OFFICER) | POST_BIT(POST_CORPORATE_DIRECTOR) |
	POST_BIT(POST_DIVISIONAL_DIRECTOR) | POST_BIT(POST_CHIEF_EXECUTIVE);

static void
features(const struct scene *scene, struct features *f)
{
	bool influence =
		cue_seen(scene, "legal-influence", ACT_BIT(ACT_REFUSES));
	bool outside = scene_to_outside(scene);
	const char *to = outside                              ? "outside" :
			 (scene->visible_posts & proper) != 0 ? "proper" :
			 (scene->visible_posts & POST_BIT(POST_LEGAL)) != 0 ?
								"legal" :
								"officer";

	cue_features(scene, &cues, f);
	features_add(f, "r:legal:to-%s", to);
	if (influence)
		features_add(f, "r:legal:influence-%s", to);
	if (cue_seen(scene, "legal-proceedings", ACT_BIT(ACT_REFUSES)))
		features_add(f, "r:legal:case-%s", to);
	if (influence && cue_seen(scene, "legal-proceedings", 0))
		features_add(f, "r:legal:influence+case");
}

static void
explain(const struct scene *scene, struct report *report)
{
	if (scene_to_outside(scene))
		report->reason = span_of("a member writes to the other side or "
					 "a witness in a case of the council");
	else if (cue_seen(scene, "legal-influence", 0))
		report->reason = span_of("a member tries to move a case to "
					 "which the council is a party");
}

static const struct look looks[] = {
	{ .text = "a case before a court or tribunal is spoken of",
	  .concepts = core },
	{ .text = "the case is to be moved, or something is asked for",
	  .concepts = support },
	{ .text = "it is about process only, or refused",
	  .concepts = against,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_legal_proceedings = {
	.id = "legal-proceedings",
	.reads = "legal",
	.severity = SEVERITY_HIGH,
	.reason = "a member contacts somebody handling a case to which "
		  "the council is a party",
	.gate = gate,
	.looks = looks,
	.features = features,
	.explain = explain,
};
