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
#include "filters/found.h"
#include "filters/named.h"
#include "filters/rule.h"

static bool
no_communications(const struct scene *scene)
{
	return !scene_has_communications(scene);
}

static const struct ask gate[] = {
	{ .text = "a member or officer writes",
	  .holds = scene_from_member_or_officer,
	  .found = found_sender },
	{ .text = "to somebody outside",
	  .holds = scene_to_outside,
	  .found = found_outside },
	{ .text = "Communications is not on it",
	  .holds = no_communications,
	  .found = found_sender_and_officers },
	{ .text = NULL },
};

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

static bool
to_press(const struct scene *scene)
{
	return press(scene) != NULL;
}

static struct span
found_press(const struct scene *scene)
{
	const struct party *who = press(scene);

	if (who == NULL)
		return span_of("nobody in To or Cc is the press by the "
			       "directory or by name");
	return arena_printf(scene->arena, "%.*s is the press %s",
			    SPAN_ARG(found_name(who)),
			    who->role == ROLE_MEDIA ? "by the directory" :
						      "by the name it gives");
}

static const char *const council[] = { "media-for-council", "media-dealing",
				       "council-name", "media-person", NULL };

/* What an officer says to the press is the council's word, unless it has
 * nothing to do with press or council. */
static bool
of_council(const struct scene *scene)
{
	static const char *const concepts[] = { "media-for-council",
						"media-dealing", "council-name",
						NULL };

	return cue_any(scene, concepts, 0);
}

/* An officer who writes to a press address writes for the council. */
static bool
officer_to_press(const struct scene *scene)
{
	const struct party *who = press(scene);

	return who != NULL && who->role == ROLE_MEDIA &&
	       scene_from_officer(scene) && of_council(scene) &&
	       !cue_seen(scene, "leak-cue", 0) && !customer(scene) &&
	       !cue_seen(scene, "media-referred", 0);
}

static struct span
found_officer_to_press(const struct scene *scene)
{
	static const char *const concepts[] = { "leak-cue", "media-referred",
						NULL };
	struct span other = found_words(scene, FOUND_AUTHORED, concepts);

	if (customer(scene))
		return span_of("it speaks as a customer or about a service");
	return of_council(scene) ? other :
				   span_of("no word of press or council in it");
}

static const struct ask opinion[] = {
	{ .text = "it goes to the press",
	  .holds = to_press,
	  .found = found_press,
	  .if_not = OPINION_NO },
	{ .text = "an officer writes of press or council to a press address of "
		  "the directory: not as its customer, not behind the "
		  "council's back, and without referring it on",
	  .holds = officer_to_press,
	  .found = found_officer_to_press,
	  .if_held = OPINION_YES },
	{ .text = NULL },
};

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

static const char *const own[] = { "own-name-view", "refusal", "media-referred",
				   NULL };

static const struct look looks[] = {
	{ .text = "it speaks for the council", .concepts = council },
	{ .text = "it is an own view, refused, or referred on",
	  .concepts = own,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_media_contact = {
	.id = "media-contact",
	.reads = "media",
	.severity = SEVERITY_LOW,
	.reason = "deals with the press for the council without "
		  "Communications",
	.gate = gate,
	.opinion = opinion,
	.looks = looks,
	.features = features,
	.explain = explain,
};
