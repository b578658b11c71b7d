/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * confidential-disclosure: confidential material goes to somebody who has no
 * need to know.
 *
 * Who gets it decides how plain the words must be: the press and outside,
 * a party worker, an assistant, a member.
 */
#include "filters/cues.h"
#include "filters/found.h"
#include "filters/named.h"
#include "filters/rule.h"

static bool
to_anybody(const struct scene *scene)
{
	return ((scene->visible_roles | scene->hidden_roles) &
		(ROLES_POLITICAL | ROLES_OUTSIDE)) != 0;
}

static const struct ask gate[] = {
	{ .text = "somebody of the council writes",
	  .holds = scene_inside,
	  .found = found_sender },
	{ .text = "the political side or somebody outside gets it",
	  .holds = to_anybody,
	  .found = found_everybody },
	{ .text = NULL },
};

static const char *
farthest(const struct scene *scene)
{
	unsigned roles = scene->visible_roles | scene->hidden_roles;

	if ((roles & ROLE_BIT(ROLE_MEDIA)) != 0)
		return "press";
	if ((roles & ROLE_BIT(ROLE_OUTSIDE)) != 0)
		return "outside";
	if ((roles & (ROLE_BIT(ROLE_PARTY_WORKER) | ROLE_BIT(ROLE_GROUP))) != 0)
		return "party";
	if ((roles & ROLE_BIT(ROLE_POLITICAL_ASSISTANT)) != 0)
		return "assistant";
	return scene_from_officer(scene) ? "member" : "colleague";
}

static const char *const core[] = {
	"confidential-marking", "privileged-material",
	"personal-case-data",   "breach-admitted",
	"sensitive-person",     "leak-cue",
	"unpublished",          NULL
};
static const char *const support[] = { "forward-phrase",   "access-given",
				       "leak-cue",         "breach-admitted",
				       "sensitive-person", NULL };
static const char *const against[] = {
	"may-disclose",  "refusal",    "confidentiality-footer",
	"public-source", "asks-rules", NULL
};
static const struct cues outward = {
	.id = "secret-out",
	.core = core,
	.support = support,
	.against = against,
};
static const struct cues inward = {
	.id = "secret-political",
	.core = core,
	.support = support,
	.against = against,
};

static void
features(const struct scene *scene, struct features *f)
{
	static const unsigned carried =
		1u << PASSAGE_ATTACHMENT | 1u << PASSAGE_QUOTED;
	const char *to = farthest(scene);
	bool out = to[0] == 'p' || to[0] == 'o';
	static const unsigned denied =
		ACT_BIT(ACT_REFUSES) | ACT_BIT(ACT_RULES);
	bool marked = cue_seen(scene, "confidential-marking", denied) ||
		      cue_seen(scene, "privileged-material", denied);
	bool admitted = cue_seen(scene, "breach-admitted", denied) ||
			cue_seen(scene, "leak-cue", denied);
	bool person = cue_seen(scene, "sensitive-person", denied) ||
		      cue_seen(scene, "personal-case-data", denied);

	cue_features(scene, out ? &outward : &inward, f);
	features_add(f, "r:secret:to-%s", to);
	if (marked)
		features_add(f, "r:secret:marked-%s", to);
	if (admitted)
		features_add(f, "r:secret:admitted-%s", to);
	if (person)
		features_add(f, "r:secret:person-%s", to);
	if (admitted && (marked || person))
		features_add(f, "r:secret:admitted+matter");
	if (cue_in(scene, carried, "confidential-marking"))
		features_add(f, "r:secret:carries-%s", to);
	if (cue_in(scene, carried, "sensitive-person"))
		features_add(f, "r:secret:carries-person-%s", to);
	if (scene->members_visible > 3)
		features_add(f, "r:secret:many-members");
}

static void
explain(const struct scene *scene, struct report *report)
{
	const char *to = farthest(scene);

	if (to[0] == 'p' && to[1] == 'r')
		report->reason = span_of("confidential material goes to the "
					 "press");
	else if (cue_seen(scene, "sensitive-person", 0) ||
		 cue_seen(scene, "personal-case-data", 0))
		report->reason = span_of("personal matters of somebody else "
					 "are told to one who has no need to "
					 "know");
	else if (to[0] == 'o')
		report->reason = span_of("confidential material goes outside "
					 "the council");
	else if (to[0] == 'p' || to[0] == 'a')
		report->reason = span_of("confidential material goes to the "
					 "political side");
}

static const struct look looks[] = {
	{ .text = "confidential or personal material is spoken of",
	  .concepts = core },
	{ .text = "it is passed on, or known not to be allowed",
	  .concepts = support },
	{ .text = "it may be told, is public, or is refused",
	  .concepts = against,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_confidential_disclosure = {
	.id = "confidential-disclosure",
	.reads = "secret secret-out secret-political",
	.severity = SEVERITY_HIGH,
	.reason = "confidential material goes to somebody who has no "
		  "need to know",
	.gate = gate,
	.looks = looks,
	.features = features,
	.explain = explain,
};
