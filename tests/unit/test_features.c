/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words as features, and their names in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../support/loaded.h"
#include "filters/features.h"
#include "filters/rule.h"
#include "filters/why_private.h"

struct bench {
	struct arena *arena;
	struct people *people;
	struct lexicon *lexicon;
	struct speech speech;
	struct message message;
	struct address to;
};

static const char people_csv[] =
	"email,name,role,posts,group,wards,directorate,manager,aliases,"
	"candidate\n"
	"ivy@hill.example,Ivy Marsh,member,,Green,Quay,,,,\n"
	"una@hill.example,Una Pryce,officer,,,,,,,\n";

static int
set_up(void **state)
{
	struct bench *bench = calloc(1, sizeof(*bench));

	bench->arena = arena_new(0);
	bench->people = loaded_people(people_csv, "hill.example");
	bench->lexicon = loaded_lexicon();
	speech_prepare(bench->lexicon, bench->arena, &bench->speech);
	bench->to.email = span_of("una@hill.example");
	bench->message.from.email = span_of("ivy@hill.example");
	bench->message.to = (struct addresses){ &bench->to, 1 };
	*state = bench;
	return 0;
}

static int
tear_down(void **state)
{
	struct bench *bench = *state;

	lexicon_free(bench->lexicon);
	people_free(bench->people);
	arena_free(bench->arena);
	free(bench);
	return 0;
}

static bool
has(struct bench *bench, const char *body, const char *name)
{
	struct exhibit exhibit = { .message = &bench->message,
				   .people = bench->people };
	struct features features;
	struct scene scene;
	size_t i;

	bench->message.body = span_of(body);
	scene_set(&exhibit, bench->arena, &scene);
	scene_read(&scene, bench->lexicon, &bench->speech);
	features_init(&features, bench->arena, true);
	features_text(&features, &scene);
	for (i = 0; i < features.count; i++)
		if (strcmp(features.names[i], name) == 0)
			return true;
	return false;
}

static void
test_words_stand_for_what_another_council_would_say_too(void **state)
{
	static const struct {
		const char *body, *name;
		bool there;
	} rows[] = {
		{ "Please print the leaflets.", "w:print", true },
		{ "Please print the leaflets.", "w:the leaflets", true },
		{ "Please print the leaflets.", "w:leaflets>member-to-officer",
		  true },
		/* Who is named matters less than that somebody is. */
		{ "Could you put Max in on the left?", "w:put ^", true },
		{ "Could you put Max in on the left?", "w:^ in", true },
		{ "Could I put it in on the left?", "w:put ^", false },
		{ "I hope so, I'd say.", "w:^ hope", false },
		/* The sender and the readers are no words at all. */
		{ "Thanks, Una Pryce was kind.", "w:pryce", false },
		/* When it was written tells nothing. */
		{ "It is on Friday 3 April.", "w:~day", true },
		{ "It is on Friday 3 April.", "w:april", false },
		{ "It is on Friday 3 April.", "w:on ^", false },
		{ "It is out in May.", "w:~day", true },
		{ "It may be out.", "w:may", true },
		{ "I sat on the wall.", "w:sat", true },
		{ "It is on Sat at ten.", "w:sat", false },
		/* How much matters less than that it is a sum. */
		{ "That will be \xc2\xa3"
		  "250 please.",
		  "w:\xc2\xa3#", true },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (has(*state, rows[i].body, rows[i].name) != rows[i].there)
			fail_msg("%s: %s", rows[i].body, rows[i].name);
}

static void
test_a_feature_is_told_in_words(void **state)
{
	static const struct {
		const char *name, *words;
	} rows[] = {
		{ "w:put ^", "\"put (a name)\"" },
		{ "w:on ~day", "\"on (a day or month)\"" },
		{ "w:leaflets>member-to-officer",
		  "\"leaflets, member-to-officer,\"" },
		{ "t:print the", "\"print the\" in the subject" },
	};
	struct bench *bench = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct span words =
			why_feature(bench->arena, span_of(rows[i].name));

		if (!span_is(words, rows[i].words))
			fail_msg("%s: %.*s", rows[i].name, SPAN_ARG(words));
	}
}

static void
test_a_rule_weighs_its_own_signs_and_no_other_rules(void **state)
{
	const struct rule *favour = rule_find(span_of("favour-seeking"));
	const struct rule *channel = rule_find(span_of("wrong-channel"));

	(void)state;
	assert_true(rule_reads(favour, span_of("w:please")));
	assert_true(rule_reads(favour, span_of("r:favour:kin+request")));
	assert_true(rule_reads(favour, span_of("r:favour-asked:core")));
	assert_false(rule_reads(favour, span_of("r:rude:none")));
	assert_false(rule_reads(favour, span_of("r:fav:none")));
	assert_false(rule_reads(channel, span_of("r:favour:kin+request")));
	assert_true(rule_reads(channel, span_of("s:reply")));
}

#define FEATURES_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FEATURES_TEST(
			test_words_stand_for_what_another_council_would_say_too),
		FEATURES_TEST(test_a_feature_is_told_in_words),
		FEATURES_TEST(
			test_a_rule_weighs_its_own_signs_and_no_other_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
