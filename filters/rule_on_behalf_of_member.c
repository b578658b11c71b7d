/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * on-behalf-of-member: an officer writes to somebody outside for an individual
 * member.
 */
#include "filters/found.h"
#include "filters/rule.h"

static const struct ask gate[] = {
	{ .text = "an officer writes",
	  .holds = scene_from_officer,
	  .found = found_sender },
	{ .text = "to somebody outside",
	  .holds = scene_to_outside,
	  .found = found_outside },
	{ .text = NULL },
};

static const char *const behalf[] = { "on-behalf-of-cllr", "over-member-name",
				      NULL };
static const char *const council[] = { "council-answer-mentions-member",
				       "refusal", "asks-rules", NULL };

static const struct look looks[] = {
	{ .text = "it is written for a councillor", .concepts = behalf },
	{ .text = "it answers for the council and only mentions the councillor",
	  .concepts = council,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_on_behalf_of_member = {
	.id = "on-behalf-of-member",
	.reads = "official official-staff",
	.severity = SEVERITY_MEDIUM,
	.reason = "an officer writes to somebody outside for an "
		  "individual member",
	.gate = gate,
	.looks = looks,
};
