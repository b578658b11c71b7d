/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * political-purpose: council staff, time, information or facilities for a
 * party, campaign or private purpose.
 */
#include "filters/cues.h"
#include "filters/found.h"
#include "filters/rule.h"

static const struct ask gate[] = {
	{ .text = "an officer writes it or can see it",
	  .holds = scene_officer_on_it,
	  .found = found_sender_and_officers },
	{ .text = NULL },
};

/* "A volunteer asked me for it, I told him no": a request is told of and
 * refused in the same breath, and nothing else here asks, offers or does
 * anything. Telling of a thing and refusing it is not doing it. */
static bool
told_and_refused(const struct scene *scene)
{
	enum {
		WANTS = ACT_BIT(ACT_ASKS) | ACT_BIT(ACT_QUESTION) |
			ACT_BIT(ACT_INSTRUCTS) | ACT_BIT(ACT_OFFERS) |
			ACT_BIT(ACT_PROMISES),
	};
	const struct passage *body = scene->body;
	bool told = false, refused = false, last_told = false;
	size_t i;

	for (i = 0; body != NULL && i < body->sentence_count; i++) {
		unsigned acts = body->sentences[i].acts;
		bool tells = (acts & ACT_BIT(ACT_REPORTS)) != 0;
		bool refuses = (acts & ACT_BIT(ACT_REFUSES)) != 0;

		if (!tells && !refuses &&
		    (acts & (WANTS | ACT_BIT(ACT_PAST))) != 0)
			return false;
		told = told || tells;
		refused = refused || (refuses && (tells || last_told));
		last_told = tells;
	}
	return told && refused;
}

static const struct ask opinion[] = {
	{ .text = "a request is only told of, and refused",
	  .holds = told_and_refused,
	  .if_held = OPINION_NO },
	{ .text = NULL },
};

static const char *const resources[] = { "resource-print",
					 "resource-room",
					 "resource-data",
					 "resource-staff-time",
					 "resource-writing-research",
					 "resource-photo-film",
					 "resource-post-stationery",
					 "resource-vehicle-kit",
					 NULL };
static const char *const purposes[] = {
	"party-campaign", "party-event",      "party-name",
	"vote-appeal",    "opponents-attack", "private-business",
	"private-life",   "community-group",  NULL
};
static const char *const proper[] = {
	"legit-council-use", "refusal",           "asks-rules", "public-hire",
	"statutory-notice",  "training-guidance", NULL
};

static const struct look looks[] = {
	{ .text = "staff time, print, rooms, data or the like are spoken of",
	  .concepts = resources },
	{ .text = "a party, campaign or private purpose is",
	  .concepts = purposes },
	{ .text = "it is council business, refused, hired by the public or "
		  "asked about",
	  .concepts = proper,
	  .against = true },
	{ .text = NULL },
};

struct called {
	const char *concept, *words;
};

/* The first whose words stand there and are not refused or asked about. */
static const char *
call(const struct scene *scene, const struct called *rows, size_t count,
     const char *usual)
{
	static const unsigned denied =
		ACT_BIT(ACT_REFUSES) | ACT_BIT(ACT_RULES);
	size_t i;

	for (i = 0; i < count; i++)
		if (cue_seen(scene, rows[i].concept, denied))
			return rows[i].words;
	return usual;
}

static void
explain(const struct scene *scene, struct report *report)
{
	static const struct called things[] = {
		{ "resource-print", "printing or copying" },
		{ "resource-data", "residents' data or lists" },
		{ "resource-room", "a room" },
		{ "resource-photo-film", "photographs or film" },
		{ "resource-post-stationery", "post or stationery" },
		{ "resource-vehicle-kit", "vehicles or equipment" },
		{ "resource-writing-research", "writing or research" },
		{ "resource-staff-time", "staff time" },
	};
	static const struct called ends[] = {
		{ "party-campaign", "a party or campaign" },
		{ "party-event", "a party's event" },
		{ "vote-appeal", "a party or campaign" },
		{ "opponents-attack", "a party or campaign" },
		{ "party-name", "a party or campaign" },
		{ "private-business", "a private business" },
		{ "private-life", "a private purpose" },
		{ "community-group", "a community group" },
	};

	report->reason = arena_printf(
		scene->arena, "%s %s for %s",
		scene_from_officer(scene) ? "an officer offers or reports" :
					    "an officer is asked for",
		call(scene, things, ARRAY_SIZE(things),
		     "council staff, time, information or facilities"),
		call(scene, ends, ARRAY_SIZE(ends),
		     "a party, campaign or private purpose"));
}

const struct rule rule_political_purpose = {
	.id = "political-purpose",
	.reads = "partisan",
	.severity = SEVERITY_HIGH,
	.reason = "council staff, time, information or facilities for "
		  "a party, campaign or private purpose",
	.gate = gate,
	.opinion = opinion,
	.looks = looks,
	.explain = explain,
};
