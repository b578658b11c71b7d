/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * official-letter-in-member-name: an official letter of the council goes out in
 * a member's name.
 *
 * Either a member writes outside with the council's own voice, or staff send
 * or draft the council's letter over a member's name. The Leader, the Mayor
 * and chairs may write so to a Minister or a Member of Parliament.
 */
#include "filters/cues.h"
#include "filters/found.h"
#include "filters/named.h"
#include "filters/rule.h"

static const unsigned leading = POST_BIT(POST_LEADER) | POST_BIT(POST_MAYOR) |
				POST_BIT(POST_DEPUTY) | POST_BIT(POST_CHAIR);

static bool
member_outward_or_staff(const struct scene *scene)
{
	return !scene_from_member(scene) || scene_to_outside(scene);
}

static const struct ask gate[] = {
	{ .text = "somebody of the council writes",
	  .holds = scene_inside,
	  .found = found_sender },
	{ .text = "a member writes to somebody outside, or staff write",
	  .holds = member_outward_or_staff,
	  .found = found_sender_and_outside },
	{ .text = NULL },
};

/* By name of the addressee, or in the words. */
static bool
to_minister(const struct scene *scene)
{
	static const char *const titles[] = { "minister", "secretary of state",
					      "rt hon",   " mp",
					      " msp",     "chancellor" };
	size_t i, k;

	for (i = 0; i < scene->visible_count; i++)
		for (k = 0; k < ARRAY_SIZE(titles); k++)
			if (span_find_nocase(scene->parties[i].name,
					     titles[k]) <
			    scene->parties[i].name.len)
				return true;
	return !scene_from_member(scene) &&
	       cue_in(scene,
		      1u << PASSAGE_SUBJECT | 1u << PASSAGE_BODY |
			      1u << PASSAGE_ATTACHMENT,
		      "minister-mp");
}

/* The sender, or a member to whom the draft is sent. */
static bool
leads(const struct scene *scene)
{
	size_t i;

	if (scene_from_member(scene))
		return (scene->sender.posts & leading) != 0;
	for (i = 0; i < scene->visible_count; i++)
		if (scene->parties[i].role == ROLE_MEMBER &&
		    (scene->parties[i].posts & leading) != 0)
			return true;
	return false;
}

static bool
leader_to_minister(const struct scene *scene)
{
	return leads(scene) && to_minister(scene);
}

static const struct ask opinion[] = {
	{ .text = "the Leader, the Mayor or a chair writes to a Minister or MP",
	  .holds = leader_to_minister,
	  .found = found_sender_and_outside,
	  .if_held = OPINION_NO },
	{ .text = NULL },
};

static const char *const core[] = { "speaks-as-council", "official-letter",
				    "over-member-name", NULL };
static const char *const support[] = { "draft-letter", "council-name",
				       "over-member-name", NULL };
static const char *const against[] = { "own-words-letter", "own-name-view",
				       "cannot-commit",    "asks-rules",
				       "refusal",          NULL };
static const struct cues by_member = {
	.id = "official-member",
	.core = core,
	.support = support,
	.against = against,
};
static const struct cues by_staff = {
	.id = "official-staff",
	.core = core,
	.support = support,
	.against = against,
};

static void
features(const struct scene *scene, struct features *f)
{
	bool member = scene_from_member(scene);
	bool voice = cue_seen(scene, "speaks-as-council", 0);
	bool name = cue_seen(scene, "over-member-name", ACT_BIT(ACT_REFUSES));
	static const unsigned attached = 1u << PASSAGE_ATTACHMENT;

	cue_features(scene, member ? &by_member : &by_staff, f);
	if (member && voice && !cue_seen(scene, "own-name-view", 0))
		features_add(f, "r:official:member-speaks");
	if (!member && name)
		features_add(f, "r:official:staff-name");
	if (!member && name && scene->members_visible != 0)
		features_add(f, "r:official:staff-to-member-name");
	if (!member && name &&
	    (cue_seen(scene, "draft-letter", 0) || voice ||
	     cue_in(scene, attached, "speaks-as-council")))
		features_add(f, "r:official:staff-name+letter");
	if (cue_in(scene, attached, "speaks-as-council"))
		features_add(f, "r:official:attached-voice-%s",
			     member ? "member" : "staff");
	if (cue_seen(scene, "binding-accept", 0) ||
	    cue_seen(scene, "binding-instruct", 0) ||
	    cue_seen(scene, "binding-pay", 0))
		features_add(f, "r:official:binds");
}

static void
explain(const struct scene *scene, struct report *report)
{
	report->reason =
		scene_from_member(scene) ?
			span_of("a member writes to somebody outside with the "
				"council's own voice") :
			span_of("a letter of the council is to go out over a "
				"member's name");
}

static const struct look looks[] = {
	{ .text = "it speaks as the council, or over a member's name",
	  .concepts = core },
	{ .text = "it is a draft, or names the council", .concepts = support },
	{ .text = "it is the member's own letter or view",
	  .concepts = against,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_official_letter_in_member_name = {
	.id = "official-letter-in-member-name",
	.reads = "official-member member-legal-obligation official",
	.severity = SEVERITY_LOW,
	.reason = "an official letter of the council goes out in a "
		  "member's name",
	.gate = gate,
	.opinion = opinion,
	.looks = looks,
	.features = features,
	.explain = explain,
};
