/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * party-worker-access: a party worker is given council information or
 * facilities.
 *
 * The worker has to be an open addressee; a hidden one is blind-copy's. What is
 * given has to be the council's and not public.
 */
#include "filters/cues.h"
#include "filters/found.h"
#include "filters/named.h"
#include "filters/rule.h"

static const unsigned worker = ROLE_BIT(ROLE_PARTY_WORKER);

static bool
to_worker(const struct scene *scene)
{
	return (scene->visible_roles & worker) != 0;
}

static const struct ask gate[] = {
	{ .text = "somebody of the council writes",
	  .holds = scene_inside,
	  .found = found_sender },
	{ .text = "a party worker is in To or Cc",
	  .holds = to_worker,
	  .found = found_workers },
	{ .text = NULL },
};

/* "No, Tarquin." "Sorry, cant give you that." */
static bool
begins_no(const struct scene *scene)
{
	static const char *const words[] = { "no ",    "no,",   "no.",
					     "sorry",  "nope",  "afraid not",
					     "cannot", "can't", "no can do" };
	struct span text = scene->body != NULL ? scene->body->fold.text :
						 (struct span){ 0 };
	size_t i, end;

	text = span_sub(text, 0, 48);
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (span_starts(text, words[i]))
			return true;
	named_call(scene, &end);
	while (end < text.len && (text.ptr[end] == ',' || text.ptr[end] == ' '))
		end++;
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (span_starts(span_sub(text, end, text.len), words[i]))
			return true;
	return false;
}

static void
features(const struct scene *scene, struct features *f)
{
	static const char *const material[] = { "briefing-paper",
						"confidential-marking",
						"privileged-material",
						"personal-case-data",
						"resource-data",
						"unpublished",
						NULL };
	static const char *const facility[] = { "access-given",
						"resource-room",
						"resource-print",
						"resource-post-stationery",
						"resource-vehicle-kit",
						"resource-photo-film",
						NULL };
	static const char *const harmless[] = { "diary-arrangement",
						"may-disclose", NULL };
	static const unsigned denied =
		ACT_BIT(ACT_REFUSES) | ACT_BIT(ACT_RULES);
	bool hidden = (scene->visible_roles & worker) == 0;
	const char *how = hidden                          ? "hidden" :
			  (scene->to_roles & worker) != 0 ? "to" :
							    "cc";
	const char *who = scene_from_officer(scene) ? "officer" : "member";
	bool given = cue_any(scene, material, denied);
	bool used = cue_any(scene, facility, denied);

	features_add(f, "r:pwa:%s-%s", who, how);
	if (given)
		features_add(f, "r:pwa:material-%s", how);
	if (used)
		features_add(f, "r:pwa:facility-%s", how);
	if (given || used)
		features_add(f, "r:pwa:given-%s-%s", who, how);
	if (cue_any(scene, harmless, 0))
		features_add(f, "r:pwa:harmless");
	if (cue_seen(scene, "refusal", 0))
		features_add(f, "r:pwa:refusal");
	if (scene->message->attachment_count != 0)
		features_add(f, "r:pwa:attachment-%s", who);
	if (scene->message->quoted.len != 0)
		features_add(f, "r:pwa:quoted-%s", who);
	if (cue_in(scene, 1u << PASSAGE_QUOTED | 1u << PASSAGE_ATTACHMENT,
		   "confidential-marking"))
		features_add(f, "r:pwa:carries-marked");
	if (begins_no(scene))
		features_add(f, "r:pwa:begins-no");
	if (cue_seen(scene, "leak-cue", 0))
		features_add(f, "r:pwa:leak");
	if (cue_seen(scene, "public-source", 0))
		features_add(f, "r:pwa:public");
}

static void
explain(const struct scene *scene, struct report *report)
{
	if (cue_seen(scene, "access-given", 0))
		report->reason = span_of("a party worker is let into council "
					 "systems or rooms");
	else if (scene->message->attachment_count != 0)
		report->reason = span_of("a party worker is sent a document of "
					 "the council");
}

static const char *const handed[] = { "briefing-paper",
				      "confidential-marking",
				      "privileged-material",
				      "personal-case-data",
				      "resource-data",
				      "unpublished",
				      NULL };
static const char *const used[] = { "access-given",
				    "resource-room",
				    "resource-print",
				    "resource-post-stationery",
				    "resource-vehicle-kit",
				    "resource-photo-film",
				    NULL };
static const char *const harmless[] = { "diary-arrangement", "may-disclose",
					"public-source", "refusal", NULL };

static const struct look looks[] = {
	{ .text = "information of the council is spoken of",
	  .concepts = handed },
	{ .text = "rooms, print, access or other facilities are",
	  .concepts = used },
	{ .text = "it is public, a diary matter, or refused",
	  .concepts = harmless,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_party_worker_access = {
	.id = "party-worker-access",
	.reads = "pwa secret-political",
	.severity = SEVERITY_MEDIUM,
	.reason = "a party worker is given council information or "
		  "facilities",
	.gate = gate,
	.looks = looks,
	.features = features,
	.explain = explain,
};
