/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * group-meeting-request: an officer below the authorised posts is asked to a
 * political group's meeting.
 *
 * A request that goes to an authorised post, or an answer by one, is as the
 * protocol has it. Otherwise two things have to come together: a meeting of
 * one political side, and that the officer comes, speaks or briefs there.
 */
#include "filters/cues.h"
#include "filters/found.h"
#include "filters/named.h"
#include "filters/rule.h"

/* Where the protocol names none. */
static const unsigned usual_posts = POST_BIT(POST_CHIEF_EXECUTIVE) |
				    POST_BIT(POST_EXECUTIVE_DIRECTOR) |
				    POST_BIT(POST_CORPORATE_DIRECTOR);

static bool
political_and_officer(const struct scene *scene)
{
	struct span group;

	return scene_from_officer(scene) ||
	       (scene->officers_visible != 0 &&
		(scene_from_political(scene) ||
		 named_group_office(scene, &scene->sender, &group)));
}

static bool
no_authorised_post(const struct scene *scene)
{
	unsigned posts = scene->group_meeting_posts != 0 ?
				 scene->group_meeting_posts :
				 usual_posts;
	unsigned there = scene->visible_posts;

	if (scene_from_officer(scene))
		there |= scene->sender.posts;
	return (there & posts) == 0;
}

static const struct ask gate[] = {
	{ .text = "between the political side and an officer",
	  .holds = political_and_officer,
	  .found = found_sender_and_officers },
	{ .text = "no officer who may be asked is on it",
	  .holds = no_authorised_post,
	  .found = found_sender_and_officers },
	{ .text = NULL },
};

static const unsigned denied = ACT_BIT(ACT_REFUSES) | ACT_BIT(ACT_RULES);

/* Group and coming in one sentence or the next, and no formal meeting there. */
static bool
together(const struct scene *scene)
{
	return cue_pair(scene, "group-meeting", "attend-ask");
}

static void
features(const struct scene *scene, struct features *f)
{
	bool group = cue_seen(scene, "group-meeting", denied);
	bool own = cue_seen(scene, "own-side-meets", denied);
	bool attend = cue_seen(scene, "attend-ask", denied);
	bool formal = cue_seen(scene, "formal-meeting", 0);
	bool officer = scene_from_officer(scene);
	const char *who = officer ? "officer" : "member";
	bool asked = cue_in(scene, 1u << PASSAGE_QUOTED, "own-side-meets") ||
		     cue_in(scene, 1u << PASSAGE_QUOTED, "group-meeting");

	if (asked && officer) {
		features_add(f, "r:gmr:was-asked");
		if (attend)
			features_add(f, "r:gmr:was-asked+attend");
		if (cue_seen(scene, "refusal", 0))
			features_add(f, "r:gmr:was-asked+refusal");
	}
	if (!group && !own)
		return;
	features_add(f, "r:gmr:group-%s", who);
	if (own)
		features_add(f, "r:gmr:own");
	if (own && attend)
		features_add(f, "r:gmr:own+attend-%s", who);
	if (together(scene) || cue_pair(scene, "own-side-meets", "attend-ask"))
		features_add(f, "r:gmr:together-%s", who);
	if (attend && !formal)
		features_add(f, "r:gmr:attend-%s", who);
	if (formal)
		features_add(f, "r:gmr:formal");
	if (cue_seen(scene, "via-authorised", 0))
		features_add(f, "r:gmr:via");
	if (cue_seen(scene, "refusal", 0))
		features_add(f, "r:gmr:refusal");
	if (cue_seen(scene, "asks-rules", 0))
		features_add(f, "r:gmr:rules");
	if (cue_seen(scene, "all-groups", 0))
		features_add(f, "r:gmr:all-groups");
	if ((scene->sender.posts & POST_BIT(POST_GROUP_LEADER)) != 0 ||
	    scene->sender.role == ROLE_POLITICAL_ASSISTANT ||
	    scene->sender.role == ROLE_GROUP)
		features_add(f, "r:gmr:speaks-for-group");
}

static void
explain(const struct scene *scene, struct report *report)
{
	if (!scene_from_officer(scene))
		return;
	report->reason =
		scene->reply ? span_of("an officer below the authorised posts "
				       "agrees to come to a political group's "
				       "meeting") :
			       span_of("an officer below the authorised posts "
				       "offers to come to, or sends somebody "
				       "to, a political group's meeting");
}

static const char *const gathering[] = { "group-meeting", "own-side-meets",
					 NULL };
static const char *const coming[] = { "attend-ask", NULL };
static const char *const proper[] = { "formal-meeting", "via-authorised",
				      "refusal",        "asks-rules",
				      "all-groups",     NULL };

static const struct look looks[] = {
	{ .text = "a political group or its meeting is spoken of",
	  .concepts = gathering },
	{ .text = "an officer is asked, or offers, to come or brief",
	  .concepts = coming },
	{ .text = "a formal meeting, the proper way, a refusal or all groups "
		  "are spoken of",
	  .concepts = proper,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_group_meeting_request = {
	.id = "group-meeting-request",
	.reads = "gmr",
	.severity = SEVERITY_MEDIUM,
	.reason = "an officer below the authorised posts is asked to a "
		  "political group's meeting",
	.gate = gate,
	.looks = looks,
	.features = features,
	.explain = explain,
};
