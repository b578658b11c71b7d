/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * discourtesy: insults, threatens or humiliates.
 */
#include "filters/cues.h"
#include "filters/found.h"
#include "filters/named.h"
#include "filters/rule.h"

enum { SHOUT_LEAST = 12 /* letters of a run of capitals */ };

static const struct ask gate[] = {
	{ .text = "a member or officer writes",
	  .holds = scene_from_member_or_officer,
	  .found = found_sender },
	{ .text = NULL },
};

static const char *const core[] = { "insult", "threat", "shouting-cue",
				    "belittle", NULL };
static const char *const support[] = { "you-must", "pressure-consequence",
				       "staff-employment", NULL };
static const char *const against[] = { "constituent-quotation",
				       "reported-speech", "training-guidance",
				       "apology", NULL };
static const struct cues cues = {
	.id = "rude",
	.core = core,
	.support = support,
	.against = against,
};

/* A run of capitals over several words. */
static bool
shouts(struct span text)
{
	size_t i, run = 0, words = 0;

	for (i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c >= 'a' && c <= 'z') {
			run = words = 0;
		} else if (c >= 'A' && c <= 'Z') {
			run++;
		} else if (c == ' ' && run != 0) {
			words++;
		}
		if (run >= SHOUT_LEAST && words >= 3)
			return true;
	}
	return false;
}

static bool
says_you(const struct scene *scene)
{
	const struct passage *body = scene->body;
	size_t i;

	for (i = 0; body != NULL && i < body->sentence_count; i++) {
		const struct sentence *s = &body->sentences[i];
		struct span text = span_sub(body->fold.text, s->start, s->end);

		if ((sentence_has(scene, body, s, "insult") ||
		     sentence_has(scene, body, s, "belittle")) &&
		    (span_find(text, "you") < text.len ||
		     span_find(text, "ye ") < text.len))
			return true;
	}
	return false;
}

static void
features(const struct scene *scene, struct features *f)
{
	bool rude = cue_seen(scene, "insult", ACT_BIT(ACT_REPORTS)) ||
		    cue_seen(scene, "belittle", ACT_BIT(ACT_REPORTS));

	cue_features(scene, &cues, f);
	if (shouts(scene->message->body))
		features_add(f, "r:rude:shouts%s", rude ? "+rude" : "");
	if (says_you(scene))
		features_add(f, "r:rude:you");
	else if (rude)
		features_add(f, "r:rude:not-you");
	if (cue_seen(scene, "apology", 0))
		features_add(f, "r:rude:apology");
	if (rude)
		features_add(f, "r:rude:%s", direction_name(scene->direction));
	if (cue_seen(scene, "thanks", 0) && rude)
		features_add(f, "r:rude:thanks");
}

static void
explain(const struct scene *scene, struct report *report)
{
	if (cue_seen(scene, "threat", 0))
		report->reason = span_of("threatens somebody");
	else if (shouts(scene->message->body))
		report->reason = span_of("shouts at somebody in capitals");
	else if (cue_seen(scene, "belittle", 0))
		report->reason = span_of("belittles somebody");
}

static const struct look looks[] = {
	{ .text = "insults, threats or belittling words", .concepts = core },
	{ .text = "words that demand or name consequences",
	  .concepts = support },
	{ .text = "they are somebody else's words, or it apologises",
	  .concepts = against,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_discourtesy = {
	.id = "discourtesy",
	.reads = "rude",
	.severity = SEVERITY_MEDIUM,
	.reason = "insults, threatens or humiliates",
	.gate = gate,
	.looks = looks,
	.features = features,
	.explain = explain,
};
