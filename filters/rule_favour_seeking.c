/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * favour-seeking: asks for or offers special treatment for an individual.
 */
#include "filters/cues.h"
#include "filters/found.h"
#include "filters/named.h"
#include "filters/rule.h"

static const struct ask gate[] = {
	{ .text = "between a member and an officer",
	  .holds = scene_member_and_officer,
	  .found = found_both_ends },
	{ .text = NULL },
};

static const char *const core[] = { "favour-request", "favour-adverse",
				    "favour-hush", NULL };
static const char *const support[] = { "family-friend",
				       "own-matter",
				       "private-life",
				       "private-business",
				       "secrecy",
				       "own-property",
				       NULL };
static const char *const against[] = { "ordinary-appeal", "refusal",
				       "training-guidance", NULL };
static const struct cues asked = {
	.id = "favour-asked",
	.core = core,
	.support = support,
	.against = against,
};
static const struct cues offered = {
	.id = "favour-offered",
	.core = core,
	.support = support,
	.against = against,
};

static void
features(const struct scene *scene, struct features *f)
{
	const char *who = scene_from_officer(scene) ? "officer" : "member";
	bool kin = cue_seen(scene, "family-friend", 0);
	bool hush = cue_seen(scene, "favour-hush", ACT_BIT(ACT_REFUSES));

	cue_features(scene, scene_from_officer(scene) ? &offered : &asked, f);
	if (cue_seen(scene, "favour-adverse", ACT_BIT(ACT_REFUSES)))
		features_add(f, "r:favour:adverse-%s", who);
	if (kin)
		features_add(f, "r:favour:kin-%s", who);
	if (hush)
		features_add(f, "r:favour:hush-%s", who);
	if (kin && hush)
		features_add(f, "r:favour:kin+hush-%s", who);
	if (cue_pair(scene, "family-friend", "favour-request"))
		features_add(f, "r:favour:kin+request");
	if (cue_pair(scene, "family-friend", "fixed-order"))
		features_add(f, "r:favour:kin+order");
	if (cue_seen(scene, "fixed-order", 0) &&
	    (kin || hush || cue_seen(scene, "favour-request", 0)))
		features_add(f, "r:favour:order-%s", who);
}

static void
explain(const struct scene *scene, struct report *report)
{
	if (scene_from_officer(scene))
		report->reason = span_of("an officer offers a member special "
					 "treatment");
	else if (cue_seen(scene, "favour-adverse", 0))
		report->reason = span_of("a member asks that somebody be "
					 "treated worse than others");
	else if (cue_seen(scene, "family-friend", 0))
		report->reason = span_of("a member asks for special treatment "
					 "for family or a friend");
}

static const struct look looks[] = {
	{ .text = "special or adverse treatment is spoken of",
	  .concepts = core },
	{ .text = "family, a friend or an own matter is", .concepts = support },
	{ .text = "the ordinary way is asked for, or it is refused",
	  .concepts = against,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_favour_seeking = {
	.id = "favour-seeking",
	.reads = "favour favour-asked favour-offered",
	.severity = SEVERITY_HIGH,
	.reason = "asks for or offers special treatment for an "
		  "individual",
	.gate = gate,
	.looks = looks,
	.features = features,
	.explain = explain,
};
