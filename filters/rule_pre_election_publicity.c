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
#include "filters/rule.h"

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "a pre-election period holds or is near",
			  scene->period != PERIOD_NONE || scene->period_near) &&
	       trace_note(trace, "from inside the council, or to an officer",
			  scene_inside(scene) || scene->officers_visible != 0);
}

static enum opinion
opinion(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "it would be out in the period",
			  scene->period != PERIOD_NONE) ?
		       OPINION_MODEL :
		       OPINION_NO;
}

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

const struct rule rule_pre_election_publicity = {
	.id = "pre-election-publicity",
	.severity = SEVERITY_HIGH,
	.reason = "council publicity in a pre-election period features "
		  "a member, candidate or party",
	.of_bulk = true,
	.gate = gate,
	.opinion = opinion,
	.explain = explain,
};
