/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * media-contact: deals with the press for the council without Communications.
 *
 * The press is known by the directory, or by how an outside address calls
 * itself. An officer who writes to it writes for the council, save as its
 * customer. A member may write for themselves.
 */
#include <string.h>

#include "filters/cues.h"
#include "filters/named.h"
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "from a member or officer",
			  scene_from_member(scene) ||
				  scene_from_officer(scene)) &&
	       trace_note(trace, "to somebody outside",
			  scene_to_outside(scene)) &&
	       trace_note(trace, "Communications is not on it",
			  !scene_has_communications(scene));
}

/* How the press calls itself. */
static const char *const press_words[] = {
	"newspaper",  "gazette",   "herald",    "echo",       "argus",
	"courier",    "chronicle", "examiner",  "advertiser", "messenger",
	"news",       "newsdesk",  "press",     "radio",      "tv",
	"television", "bbc",       "itv",       "podcast",    "blog",
	"magazine",   "reporter",  "editor",    "journalist", "correspondent",
	"producer",   "mercury",   "telegraph", "times",      "broadcast",
	"films",      "observer",  "democracy", "post",       "letters",
	"media",      "editors",   "reporters", "blogger",    "paper",
};

static bool
letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* As a whole word. */
static bool
has_word(struct span text, const char *word)
{
	size_t len = strlen(word), at;

	for (at = 0; at + len <= text.len; at++)
		if (span_starts_nocase(span_sub(text, at, text.len), word) &&
		    (at == 0 || !letter(text.ptr[at - 1])) &&
		    (at + len == text.len || !letter(text.ptr[at + len])))
			return true;
	return false;
}

static bool
is_press(const struct party *party)
{
	size_t i;

	if (party->role == ROLE_MEDIA)
		return true;
	if (party->role != ROLE_OUTSIDE)
		return false;
	for (i = 0; i < ARRAY_SIZE(press_words); i++)
		if (has_word(party->name, press_words[i]))
			return true;
	return false;
}

static const struct party *
press(const struct scene *scene)
{
	size_t i;

	for (i = 0; i < scene->visible_count; i++)
		if (is_press(&scene->parties[i]))
			return &scene->parties[i];
	return NULL;
}

/* As the paper's customer, or as a reader of it. */
static bool
customer(const struct scene *scene)
{
	static const char *const words[] = {
		"subscription",   "subscriptions",    "renew our",
		"invoice to",     "public notices",   "statutory notice",
		"voucher copy",   "single column",    "order number",
		"your licence",   "your hut",         "your permit",
		"your account",   "your bin",         "your council tax",
		"not work stuff", "your application", NULL
	};

	return cue_words(scene, words);
}

static enum opinion
opinion(const struct scene *scene, const struct trace *trace)
{
	const struct party *who = press(scene);

	if (!trace_note(trace, "it goes to the press", who != NULL))
		return OPINION_NO;
	if (scene_from_officer(scene) && who->role == ROLE_MEDIA &&
	    !cue_seen(scene, "leak-cue", 0) && !customer(scene) &&
	    !cue_seen(scene, "media-referred", 0))
		return OPINION_YES;
	return OPINION_MODEL;
}

static void
features(const struct scene *scene, struct features *f)
{
	const struct party *who = press(scene);
	const char *from = scene_from_officer(scene) ? "officer" : "member";
	static const unsigned leading =
		POST_BIT(POST_LEADER) | POST_BIT(POST_MAYOR) |
		POST_BIT(POST_CABINET) | POST_BIT(POST_DEPUTY) |
		POST_BIT(POST_CHAIR);

	if (who == NULL)
		return;
	features_add(f, "r:media:%s-%s", from,
		     who->role == ROLE_MEDIA ? "press" : "named-press");
	if (cue_seen(scene, "media-for-council", ACT_BIT(ACT_REFUSES)))
		features_add(f, "r:media:for-council-%s", from);
	if (cue_seen(scene, "own-name-view", 0))
		features_add(f, "r:media:own-view");
	else if (scene_from_member(scene))
		features_add(f, "r:media:no-own-view");
	if (cue_seen(scene, "leak-cue", 0))
		features_add(f, "r:media:leak");
	if (customer(scene))
		features_add(f, "r:media:customer");
	if (cue_seen(scene, "refusal", 0))
		features_add(f, "r:media:refusal");
	if (cue_seen(scene, "media-referred", 0))
		features_add(f, "r:media:referred");
	if (cue_seen(scene, "council-name", 0))
		features_add(f, "r:media:council-%s", from);
	if (scene_from_member(scene) && (scene->sender.posts & leading) != 0)
		features_add(f, "r:media:leading-member");
	if (cue_seen(scene, "confidential-marking", 0))
		features_add(f, "r:media:marked");
}

static void
explain(const struct scene *scene, struct report *report)
{
	const struct party *who = press(scene);

	if (who == NULL)
		return;
	report->reason = arena_printf(
		scene->arena,
		"%s deals with %.*s for the council, and Communications is "
		"not on it",
		scene_from_officer(scene) ? "an officer" : "a member",
		SPAN_ARG(who->name.len != 0 ? who->name : who->email));
}

const struct rule rule_media_contact = {
	.id = "media-contact",
	.severity = SEVERITY_LOW,
	.reason = "deals with the press for the council without "
		  "Communications",
	.gate = gate,
	.opinion = opinion,
	.features = features,
	.explain = explain,
};
