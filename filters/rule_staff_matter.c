/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * staff-matter: an officer's own employment is taken up with or by a member.
 *
 * It has two directions: an officer who speaks to a member of their own pay,
 * post or trouble, and a member who tells an officer what is to become of
 * another. Human Resources and panels do it by their office.
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

static const char *const core[] = { "staff-employment", "staff-lobby",
				    "staff-plight", "staff-fate", NULL };
static const char *const support[] = { "request-indirect", "request-direct",
				       "staff-lobby",      "staff-fate",
				       "secrecy",          NULL };
static const char *const against[] = { "union-formal", "staff-praise",
				       "training-guidance", "refusal", NULL };
static const struct cues own_case = {
	.id = "staff-officer",
	.core = core,
	.support = support,
	.against = against,
};
static const struct cues intervention = {
	.id = "staff-member",
	.core = core,
	.support = support,
	.against = against,
};

/* An officer of the directory is named who is not on the message. */
static bool
names_absent_officer(const struct scene *scene)
{
	size_t i, k;

	for (i = 0; i < scene->passage_count; i++)
		for (k = 0; k < scene->passages[i].mention_count; k++) {
			const struct mention *m =
				&scene->passages[i].mentions[k];

			if (m->person != NULL && !m->visible && !m->sender &&
			    m->person->role == ROLE_OFFICER)
				return true;
		}
	return false;
}

static void
features(const struct scene *scene, struct features *f)
{
	bool officer = scene_from_officer(scene);
	unsigned posts = officer ? scene->sender.posts : scene->visible_posts;

	cue_features(scene, officer ? &own_case : &intervention, f);
	if ((posts & POST_BIT(POST_HUMAN_RESOURCES)) != 0)
		features_add(f, "r:staff:hr-%s", officer ? "writes" : "asked");
	if (!officer && names_absent_officer(scene)) {
		features_add(f, "r:staff:names-officer");
		if (cue_seen(scene, "staff-fate", 0) ||
		    cue_seen(scene, "staff-employment", 0))
			features_add(f, "r:staff:names-officer+fate");
	}
	if (scene->members_visible > 2)
		features_add(f, "r:staff:several-members");
	if (cue_seen(scene, "staff-plight", 0) &&
	    cue_seen(scene, "staff-employment", 0))
		features_add(f, "r:staff:plight+employment");
	if (cue_seen(scene, "staff-fate", ACT_BIT(ACT_REFUSES)))
		features_add(f, "r:staff:fate-%s",
			     officer ? "officer" : "member");
}

static void
explain(const struct scene *scene, struct report *report)
{
	report->reason =
		scene_from_officer(scene) ?
			span_of("an officer takes their own employment "
				"to a member") :
			span_of("a member takes up what is to become "
				"of an individual officer");
}

static const struct look looks[] = {
	{ .text = "pay, post, trouble at work or somebody's future is spoken "
		  "of",
	  .concepts = core },
	{ .text = "something is asked for, or to be kept quiet",
	  .concepts = support },
	{ .text = "it is formal consultation, praise, training or refused",
	  .concepts = against,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_staff_matter = {
	.id = "staff-matter",
	.reads = "staff staff-member staff-officer",
	.severity = SEVERITY_MEDIUM,
	.reason = "an officer's own employment is taken up with or by "
		  "a member",
	.gate = gate,
	.looks = looks,
	.features = features,
	.explain = explain,
};
