/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * uneven-briefing: a briefing on council business goes to one political group
 * only.
 *
 * Whose side the recipients are on is structure: two groups among them end
 * the matter. What is sent, and whether the others are said to get it, is in
 * the words.
 */
#include "filters/cues.h"
#include "filters/found.h"
#include "filters/named.h"
#include "filters/rule.h"

struct sides {
	struct span first;
	size_t groups, members, others; /* others: office, assistant */
	unsigned posts;
	bool same_ward; /* the members sit for one ward */
	struct span ward;
};

static void
count_member(const struct party *p, struct sides *ret)
{
	struct span ward = p->person != NULL && p->person->ward_count != 0 ?
				   p->person->wards[0] :
				   (struct span){ 0 };

	ret->same_ward = ret->members == 0 ||
			 (ret->same_ward && span_equal_nocase(ret->ward, ward));
	ret->ward = ward;
	ret->members++;
	ret->posts |= p->posts;
}

static void
count_sides(const struct scene *scene, struct sides *ret)
{
	size_t i;

	*ret = (struct sides){ 0 };
	for (i = 0; i < scene->party_count; i++) {
		const struct party *p = &scene->parties[i];
		struct span group = p->group, named;

		if (named_group_office(scene, p, &named))
			group = named;
		else if ((ROLE_BIT(p->role) & ROLES_POLITICAL) == 0)
			continue;
		if (p->role == ROLE_MEMBER)
			count_member(p, ret);
		else
			ret->others++;
		if (group.len == 0)
			continue;
		if (ret->groups == 0 || !span_equal_nocase(ret->first, group))
			ret->groups++;
		if (ret->groups == 1)
			ret->first = group;
	}
}

static bool
to_political(const struct scene *scene)
{
	struct sides sides;

	count_sides(scene, &sides);
	return sides.members + sides.others != 0;
}

static bool
one_group(const struct scene *scene)
{
	struct sides sides;

	count_sides(scene, &sides);
	return sides.groups == 1;
}

static struct span
found_sides(const struct scene *scene)
{
	struct span who = found_political(scene);
	struct sides sides;

	count_sides(scene, &sides);
	if (sides.groups == 0)
		return arena_printf(scene->arena,
				    "%.*s; nobody's group is known",
				    SPAN_ARG(who));
	return arena_printf(scene->arena, "%.*s; %.*s%s", SPAN_ARG(who),
			    SPAN_ARG(sides.first),
			    sides.groups == 1 ? " only" : " and another group");
}

static const struct ask gate[] = {
	{ .text = "an officer writes",
	  .holds = scene_from_officer,
	  .found = found_sender },
	{ .text = "somebody of the political side gets it",
	  .holds = to_political,
	  .found = found_sides },
	{ .text = "they are of one group and no other",
	  .holds = one_group,
	  .found = found_sides },
	{ .text = NULL },
};

static bool
attached(const struct scene *scene)
{
	static const char *const words[] = { "attached",    "enclosed",
					     "attach",      "enclose",
					     "here's the",  "here is the",
					     "here's a",    "find below",
					     "shared link", NULL };

	return scene->message->attachment_count != 0 || cue_words(scene, words);
}

/* The reader asked for it themselves: their own enquiry. */
static bool
own_enquiry(const struct scene *scene)
{
	static const char *const words[] = {
		"you asked",        "your question",
		"your questions",   "your enquiry",
		"your query",       "you wanted to know",
		"you wrote",        "your email",
		"your e-mail",      "your letter",
		"as you asked",     "you requested",
		"in answer to you", NULL
	};

	return cue_words(scene, words);
}

static void
features(const struct scene *scene, struct features *f)
{
	static const unsigned portfolio =
		POST_BIT(POST_CABINET) | POST_BIT(POST_CHAIR) |
		POST_BIT(POST_LEADER) | POST_BIT(POST_DEPUTY) |
		POST_BIT(POST_MAYOR);
	static const unsigned denied =
		ACT_BIT(ACT_REFUSES) | ACT_BIT(ACT_RULES);
	bool paper = cue_seen(scene, "briefing-paper", denied);
	bool only = cue_seen(scene, "one-group-only", denied);
	bool group = cue_seen(scene, "group-meeting", denied) ||
		     cue_seen(scene, "own-side-meets", denied);
	bool all = cue_seen(scene, "all-groups", ACT_BIT(ACT_NEGATES));
	struct sides sides;
	const char *size;
	size_t others;

	count_sides(scene, &sides);
	size = sides.members > 1 ? "several" :
	       sides.others != 0 ? "office" :
				   "one";
	features_add(f, "r:uneven:%s", size);
	if (paper)
		features_add(f, "r:uneven:paper-%s", size);
	if (paper && attached(scene))
		features_add(f, "r:uneven:paper-attached-%s", size);
	if (paper && only)
		features_add(f, "r:uneven:paper+only");
	if (paper && group)
		features_add(f, "r:uneven:paper+group");
	if (group && attached(scene))
		features_add(f, "r:uneven:group+attached-%s", size);
	if (only)
		features_add(f, "r:uneven:only-%s", size);
	if (group)
		features_add(f, "r:uneven:group-%s", size);
	if (all)
		features_add(f, "r:uneven:all");
	if (scene->reply)
		features_add(f, "r:uneven:reply-%s", size);
	if (own_enquiry(scene))
		features_add(f, "r:uneven:own-enquiry-%s", size);
	if (sides.members == 1 && (sides.posts & portfolio) != 0)
		features_add(f, "r:uneven:portfolio");
	if (cue_seen(scene, "portfolio-brief", 0))
		features_add(f, "r:uneven:portfolio-said");
	if (sides.members > 1 && sides.same_ward)
		features_add(f, "r:uneven:same-ward");
	others = named_other_groups(scene, sides.first);
	if (others != 0)
		features_add(f, "r:uneven:names-%s",
			     others > 1 ? "others" : "other");
	if (others > 1 && all)
		features_add(f, "r:uneven:others-get-it");
	if (cue_seen(scene, "public-event", 0) && !paper)
		features_add(f, "r:uneven:event");
	if (scene->silent)
		features_add(f, "r:uneven:carries-member");
}

static void
explain(const struct scene *scene, struct report *report)
{
	struct sides sides;

	count_sides(scene, &sides);
	if (sides.first.len == 0)
		return;
	report->reason = arena_printf(
		scene->arena,
		"a briefing on council business goes to the %.*s side only",
		SPAN_ARG(sides.first));
}

static const char *const papers[] = { "briefing-paper", NULL };
static const char *const sides_only[] = { "one-group-only", "group-meeting",
					  "own-side-meets", NULL };
static const char *const even[] = { "all-groups", "portfolio-brief", NULL };

static const struct look looks[] = {
	{ .text = "a briefing or paper is spoken of", .concepts = papers },
	{ .text = "it is for one group", .concepts = sides_only },
	{ .text = "the others get it too, or it is the portfolio's",
	  .concepts = even,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_uneven_briefing = {
	.id = "uneven-briefing",
	.reads = "uneven",
	.severity = SEVERITY_MEDIUM,
	.reason = "a briefing on council business goes to one "
		  "political group only",
	.gate = gate,
	.looks = looks,
	.features = features,
	.explain = explain,
};
