/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pre-election-publicity: council publicity in a pre-election period features a
 * member, candidate or party.
 *
 *   Sheffield 12.3        "During the PERP period Officers rather than Members
 *                         should be quoted on news releases about Council
 *                         initiatives, facilities and services."
 *   Tower Hamlets 8.5     the same of publicity and of council resources
 *
 * Raise:        publicity, or the wish for it, that quotes, pictures, invites
 *               or promotes a member, candidate or group, out in the period
 * Do not raise: out before or after it · an officer quoted · postponed or
 *               cancelled · guidance · agendas, notices, service messages ·
 *               a member's own publicity
 * Either:       asking Communications whether something is allowed
 */
#include "filters/found.h"
#include "filters/rule.h"

static bool
period_touches(const struct scene *scene)
{
	return scene->period != PERIOD_NONE || scene->period_near;
}

static bool
of_council(const struct scene *scene)
{
	return scene_inside(scene) || scene->officers_visible != 0;
}

static const struct ask gate[] = {
	{ .text = "a pre-election period holds or is near",
	  .holds = period_touches,
	  .found = found_period },
	{ .text = "somebody of the council writes, or an officer can see it",
	  .holds = of_council,
	  .found = found_sender_and_officers },
	{ .text = NULL },
};

static bool
out_in_period(const struct scene *scene)
{
	return scene->period != PERIOD_NONE;
}

static const struct ask opinion[] = {
	{ .text = "it would be out in the period",
	  .holds = out_in_period,
	  .found = found_period,
	  .if_not = OPINION_NO },
	{ .text = NULL },
};

static void
explain(const struct scene *scene, struct report *report)
{
	size_t from = 0;
	const struct poll *poll =
		elections_on(scene->exhibit->elections, scene->out, &from);

	if (poll != NULL)
		report->reason = arena_printf(
			scene->arena,
			"council publicity that features a member, candidate "
			"or party, out in the pre-election period of the %s "
			"poll on %d-%02d-%02d",
			poll_kind_name(poll->kind), poll->polling_date.year,
			poll->polling_date.month, poll->polling_date.day);
}

static const char *const publicity[] = { "publicity-form", "council-medium",
					 "public-event", "contested-initiative",
					 NULL };
static const char *const people[] = { "publicity-promotes-member",
				      "party-credit", "vote-appeal",
				      "named-member", NULL };
static const char *const harmless[] = { "pre-election-caution",
					"factual-notice",
					"statutory-notice",
					"asks-rules",
					"refusal",
					"group-own-publicity",
					NULL };

static const struct look looks[] = {
	{ .text = "publicity, a council medium or an event is spoken of",
	  .concepts = publicity },
	{ .text = "a member, candidate or party is to be shown",
	  .concepts = people },
	{ .text = "it is put off, statutory, factual, refused or asked about",
	  .concepts = harmless,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_pre_election_publicity = {
	.id = "pre-election-publicity",
	.reads = "partisan official",
	.severity = SEVERITY_HIGH,
	.reason = "council publicity in a pre-election period features "
		  "a member, candidate or party",
	.of_bulk = true,
	.gate = gate,
	.opinion = opinion,
	.looks = looks,
	.explain = explain,
};
