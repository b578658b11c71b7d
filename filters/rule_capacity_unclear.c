/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * capacity-unclear: a member writes about a private matter without saying that
 * it is private.
 */
#include "filters/cues.h"
#include "filters/found.h"
#include "filters/named.h"
#include "filters/rule.h"

static const struct ask gate[] = {
	{ .text = "a member writes",
	  .holds = scene_from_member,
	  .found = found_sender },
	{ .text = "to an officer or somebody outside",
	  .holds = scene_to_officer_or_outside,
	  .found = found_recipients },
	{ .text = NULL },
};

static const char *const core[] = { "own-matter",   "private-business",
				    "private-life", "family-friend",
				    "own-property", NULL };
static const char *const support[] = { "office-invoked",   "complaint",
				       "question-cue",     "request-direct",
				       "request-indirect", NULL };
static const char *const against[] = { "private-capacity", "casework-cue",
				       "constituent-quotation", NULL };
static const struct cues cues = {
	.id = "capacity",
	.core = core,
	.support = support,
	.against = against,
};

static bool
says_private(const struct scene *scene)
{
	return cue_seen(scene, "private-capacity", ACT_BIT(ACT_NEGATES));
}

static struct span
found_private(const struct scene *scene)
{
	static const char *const concepts[] = { "private-capacity", NULL };

	return found_words(scene, FOUND_AUTHORED, concepts);
}

static const struct ask opinion[] = {
	{ .text = "it says that it is private",
	  .holds = says_private,
	  .found = found_private,
	  .if_held = OPINION_NO },
	{ .text = NULL },
};

static void
features(const struct scene *scene, struct features *f)
{
	bool own = cue_seen(scene, "own-matter", 0) ||
		   cue_seen(scene, "own-property", 0);
	bool business = cue_seen(scene, "private-business", 0);
	bool office = cue_seen(scene, "office-invoked", 0);
	bool kin = cue_seen(scene, "family-friend", 0) ||
		   cue_seen(scene, "private-life", 0);
	const char *to = scene->officers_visible != 0 ? "officer" : "outside";

	cue_features(scene, &cues, f);
	if (own)
		features_add(f, "r:capacity:own-%s", to);
	if (business)
		features_add(f, "r:capacity:business-%s", to);
	if (office)
		features_add(f, "r:capacity:office-%s", to);
	if ((own || business || kin) && office)
		features_add(f, "r:capacity:own+office");
	if (cue_pair(scene, "family-friend", "private-business"))
		features_add(f, "r:capacity:kin+business");
}

static void
explain(const struct scene *scene, struct report *report)
{
	if (cue_seen(scene, "office-invoked", 0))
		report->reason = span_of("a member uses the office in a matter "
					 "of their own");
	else if (cue_seen(scene, "private-business", 0))
		report->reason = span_of("a member writes for their own "
					 "business and does not say that it "
					 "is private");
}

static const struct look looks[] = {
	{ .text = "a matter of the member's own is spoken of",
	  .concepts = core },
	{ .text = "the office is invoked, or something is asked for",
	  .concepts = support },
	{ .text = "it is casework, or said to be private",
	  .concepts = against,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_capacity_unclear = {
	.id = "capacity-unclear",
	.reads = "capacity",
	.severity = SEVERITY_LOW,
	.reason = "a member writes about a private matter without "
		  "saying that it is private",
	.gate = gate,
	.opinion = opinion,
	.looks = looks,
	.features = features,
	.explain = explain,
};
