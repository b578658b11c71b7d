/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "filters/cues.h"
#include "filters/rule.h"
#include "filters/rules.h"

/* Headline rules first, in the order of the specification. */
const struct rule *const rules[] = {
	&rule_blind_copy,
	&rule_member_legal_obligation,
	&rule_political_purpose,
	&rule_pre_election_publicity,
	&rule_open_copy,
	&rule_official_letter_in_member_name,
	&rule_on_behalf_of_member,
	&rule_capacity_unclear,
	&rule_discourtesy,
	&rule_advice_pressure,
	&rule_favour_seeking,
	&rule_staff_matter,
	&rule_group_meeting_request,
	&rule_uneven_briefing,
	&rule_confidential_disclosure,
	&rule_party_publicity,
	&rule_media_contact,
	&rule_legal_proceedings,
	&rule_wrong_channel,
	&rule_ward_invitation,
	&rule_party_worker_access,
};

size_t
rules_count(void)
{
	return ARRAY_SIZE(rules);
}

const struct rule *
rule_find(struct span id)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rules); i++)
		if (span_is(id, rules[i]->id))
			return rules[i];
	return NULL;
}

bool
rule_reads(const struct rule *rule, struct span feature)
{
	struct span families, family, rest;

	if (!span_starts(feature, "r:"))
		return true;
	rest = span_sub(feature, strlen("r:"), feature.len);
	span_next(&rest, ':', &feature);
	families = span_of(rule->reads != NULL ? rule->reads : "");
	while (span_next(&families, ' ', &family))
		if (span_equal(family, feature))
			return true;
	return false;
}

static bool
says_something(const struct scene *scene)
{
	static const unsigned asks = ACT_BIT(ACT_ASKS) | ACT_BIT(ACT_QUESTION);
	/* "Dear Cllr Gadd" says nothing yet. */
	const int named = lexicon_concept(scene->lexicon, "named-member");
	size_t i, k;

	for (i = 0; i < scene->passage_count; i++) {
		const struct passage *p = &scene->passages[i];

		for (k = 0; k < p->hit_count; k++)
			if (p->hits[k].concept != named)
				return true;
		for (k = 0; k < p->sentence_count; k++)
			if ((p->sentences[k].acts & asks) != 0)
				return true;
	}
	return false;
}

static struct span
found_something(const struct scene *scene)
{
	return says_something(scene) ?
		       span_of("it asks, or phrases were found") :
		       span_of("a greeting, a test, or another language");
}

/* Whose publicity is it? The council's names the council, or who stands. */
static bool
of_here(const struct scene *scene)
{
	static const char *const concepts[] = { "council-name", "vote-appeal",
						NULL };
	size_t i, k;

	if (scene->message->automatic != AUTOMATIC_BULK)
		return true;
	for (i = 0; i < scene->passage_count; i++)
		for (k = 0; k < scene->passages[i].mention_count; k++)
			if (scene->passages[i].mentions[k].member ||
			    scene->passages[i].mentions[k].candidate)
				return true;
	return cue_any(scene, concepts, 0);
}

static struct span
found_here(const struct scene *scene)
{
	if (scene->message->automatic != AUTOMATIC_BULK)
		return span_of("it is no newsletter");
	return of_here(scene) ? span_of("it names them") :
				span_of("a newsletter about other things");
}

const struct ask rules_opinion[] = {
	{ .text = "a newsletter names the council, a member or a candidate",
	  .holds = of_here,
	  .found = found_here,
	  .if_not = OPINION_NO },
	{ .text = "it asks something, or says what the phrases know",
	  .holds = says_something,
	  .found = found_something,
	  .if_not = OPINION_NO },
	{ .text = NULL },
};

enum opinion
rule_opinion(const struct rule *rule, const struct scene *scene)
{
	enum opinion opinion = ask_opinion(rule->opinion, scene);

	return opinion == OPINION_MODEL && !rule->of_people ?
		       ask_opinion(rules_opinion, scene) :
		       opinion;
}

bool
rule_concerns(const struct rule *rule, const struct scene *scene)
{
	return ask_gate(rule->gate, scene);
}

const struct theme_table *
rules_prepare(const struct lexicon *lexicon, struct arena *arena)
{
	struct theme_table *tables =
		arena_array(arena, ARRAY_SIZE(rules), sizeof(*tables));
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rules); i++)
		theme_prepare(lexicon, rules[i]->themes, arena, &tables[i]);
	return tables;
}

void
rules_features(const struct theme_table *tables, const struct scene *scene,
	       struct features *features)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rules); i++) {
		if (!rule_concerns(rules[i], scene))
			continue;
		if (rules[i]->themes != NULL)
			theme_features(&tables[i], rules[i]->themes,
				       rules[i]->id, scene, features);
		if (rules[i]->features != NULL)
			rules[i]->features(scene, features);
	}
}
