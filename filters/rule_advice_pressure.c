/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * advice-pressure: presses an officer to change, hold back or drop advice or a
 * decision.
 */
#include "filters/cues.h"
#include "filters/found.h"
#include "filters/named.h"
#include "filters/rule.h"

static const struct ask gate[] = {
	{ .text = "a member, assistant or group writes",
	  .holds = scene_from_political,
	  .found = found_sender },
	{ .text = "an officer can see it",
	  .holds = scene_to_officer,
	  .found = found_officers },
	{ .text = NULL },
};

static const char *const core[] = { "advice-change", "pressure-consequence",
				    "threat", "advice-bend", NULL };
static const char *const support[] = { "report-advice-object", "you-must",
				       "decision-object", NULL };
static const char *const against[] = { "advice-respected", "ask-correction",
				       "asks-rules", NULL };
static const struct cues cues = {
	.id = "pressure",
	.core = core,
	.support = support,
	.against = against,
};

static void
features(const struct scene *scene, struct features *f)
{
	bool object = cue_seen(scene, "report-advice-object", 0) ||
		      cue_seen(scene, "decision-object", 0);

	cue_features(scene, &cues, f);
	if (cue_pair(scene, "advice-change", "report-advice-object") ||
	    cue_pair(scene, "advice-change", "decision-object"))
		features_add(f, "r:pressure:change+object");
	if (cue_pair(scene, "advice-bend", "report-advice-object") ||
	    cue_pair(scene, "advice-bend", "decision-object"))
		features_add(f, "r:pressure:bend+object");
	if (cue_seen(scene, "advice-bend", 0) &&
	    cue_seen(scene, "advice-change", 0))
		features_add(f, "r:pressure:bend+change");
	if (object && cue_seen(scene, "pressure-consequence", 0))
		features_add(f, "r:pressure:object+consequence");
	if (object && cue_seen(scene, "threat", 0))
		features_add(f, "r:pressure:object+threat");
	if (object && cue_seen(scene, "you-must", 0))
		features_add(f, "r:pressure:object+must");
}

static void
explain(const struct scene *scene, struct report *report)
{
	if (cue_seen(scene, "pressure-consequence", 0) ||
	    cue_seen(scene, "threat", 0))
		report->reason = span_of("presses an officer over advice or a "
					 "decision and speaks of "
					 "consequences");
}

static const struct look looks[] = {
	{ .text = "words that press for a change or name consequences",
	  .concepts = core },
	{ .text = "advice, a report or a decision is spoken of",
	  .concepts = support },
	{ .text = "the advice is respected, corrected or asked about",
	  .concepts = against,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_advice_pressure = {
	.id = "advice-pressure",
	.reads = "pressure",
	.severity = SEVERITY_HIGH,
	.reason = "presses an officer to change, hold back or drop "
		  "advice or a decision",
	.gate = gate,
	.looks = looks,
	.features = features,
	.explain = explain,
};
