/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * party-publicity: council material seeks to win or lose support for a party.
 *
 * A party by name or its usual byname, credit or blame, and a carrier of
 * council words have to meet. Parties are those of the lexicon and the groups
 * of the directory.
 */
#include "filters/cues.h"
#include "filters/found.h"
#include "filters/named.h"
#include "filters/rule.h"

static bool
inside_or_group(const struct scene *scene)
{
	struct span group;

	return scene_inside(scene) ||
	       named_group_office(scene, &scene->sender, &group);
}

static const struct ask gate[] = {
	{ .text = "somebody of the council, or a group's office, writes",
	  .holds = inside_or_group,
	  .found = found_sender },
	{ .text = "an officer writes it or can see it",
	  .holds = scene_officer_on_it,
	  .found = found_sender_and_officers },
	{ .text = NULL },
};

static const char *const core[] = { "party-credit", "vote-appeal",
				    "opponents-attack", NULL };
static const char *const support[] = { "council-medium", "publicity-form",
				       "publicity-promotes-member", NULL };
static const char *const against[] = { "political-makeup-factual",
				       "group-own-publicity",
				       "refusal",
				       "asks-rules",
				       "pre-election-caution",
				       NULL };
static const struct cues cues = {
	.id = "partisan",
	.core = core,
	.support = support,
	.against = against,
};

static void
features(const struct scene *scene, struct features *f)
{
	static const unsigned authored = 1u << PASSAGE_SUBJECT |
					 1u << PASSAGE_BODY |
					 1u << PASSAGE_ATTACHMENT;
	bool credit = cue_in(scene, authored, "party-credit");
	bool medium = cue_in(scene, authored, "council-medium");
	bool party = cue_in(scene, authored, "party-name") ||
		     named_other_groups(scene, (struct span){ 0 }) != 0;
	bool vote = cue_in(scene, authored, "vote-appeal") ||
		    cue_in(scene, authored, "opponents-attack");
	const char *who = scene_from_officer(scene) ? "officer" : "member";

	cue_features(scene, &cues, f);
	if (party)
		features_add(f, "r:partisan:party-%s", who);
	if (party && credit)
		features_add(f, "r:partisan:party+credit-%s", who);
	if (party && credit && medium)
		features_add(f, "r:partisan:party+credit+medium-%s", who);
	if (party && vote && medium)
		features_add(f, "r:partisan:party+vote+medium");
	if (credit && medium)
		features_add(f, "r:partisan:credit+medium-%s", who);
	if (cue_pair(scene, "party-name", "party-credit"))
		features_add(f, "r:partisan:party-near-credit");
	if (scene_has_communications(scene))
		features_add(f, "r:partisan:communications%s",
			     party ? "+party" : "");
	if (cue_seen(scene, "resource-print", 0) && party)
		features_add(f, "r:partisan:print+party");
}

static void
explain(const struct scene *scene, struct report *report)
{
	if (cue_seen(scene, "vote-appeal", 0))
		report->reason = span_of("council material asks for votes");
	else if (cue_seen(scene, "opponents-attack", 0))
		report->reason = span_of("council material runs down a party");
	else if (cue_seen(scene, "party-credit", 0))
		report->reason = span_of("council material gives credit or "
					 "blame to a party");
}

static const struct look looks[] = {
	{ .text = "credit, blame, or an appeal for votes", .concepts = core },
	{ .text = "publicity or council material is spoken of",
	  .concepts = support },
	{ .text = "it is fact, the group's own, refused or asked about",
	  .concepts = against,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_party_publicity = {
	.id = "party-publicity",
	.reads = "partisan",
	.severity = SEVERITY_HIGH,
	.reason = "council material seeks to win or lose support for a "
		  "party",
	.of_bulk = true,
	.gate = gate,
	.looks = looks,
	.features = features,
	.explain = explain,
};
