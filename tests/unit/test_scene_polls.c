/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What polls do to a scene: candidates, and the day when publicity is out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../support/loaded.h"
#include "filters/scene.h"

/* The period of the first runs from 30 March to 7 May 2026. */
static const char polls_csv[] =
	"id,kind,polling_date,wards,notice_date,candidates\n"
	"local,local,2026-05-07,,2026-03-30,Hester Quill;Ned O'Dowd\n"
	"past,by-election,2025-06-12,Quay,2025-05-06,Ada Crewe\n";
static const char people_csv[] =
	"email,name,role,posts,group,wards,directorate,manager,aliases,"
	"candidate\n"
	"una@hill.example,Una Pryce,officer,,,,,,,\n";

enum {
	FEBRUARY = 1771329600,          /* 17 February 2026, noon */
	LAST_WEEK_OF_MARCH = 1774353600 /* 24 March 2026, noon */
};

struct bench {
	struct arena *arena;
	struct people *people;
	struct calendar *calendar;
	struct elections *elections;
	struct lexicon *lexicon;
	struct speech speech;
	struct message message;
	struct scene scene;
};

static int
set_up(void **state)
{
	struct bench *bench = calloc(1, sizeof(*bench));

	bench->arena = arena_new(0);
	bench->people = loaded_people(people_csv, "hill.example");
	bench->calendar = loaded_calendar();
	bench->elections = loaded_elections(polls_csv, bench->calendar);
	bench->lexicon = loaded_lexicon();
	speech_prepare(bench->lexicon, bench->arena, &bench->speech);
	bench->message.received = FEBRUARY;
	bench->message.from.email = span_of("una@hill.example");
	*state = bench;
	return 0;
}

static int
tear_down(void **state)
{
	struct bench *bench = *state;

	lexicon_free(bench->lexicon);
	elections_free(bench->elections);
	people_free(bench->people);
	calendar_free(bench->calendar);
	arena_free(bench->arena);
	free(bench);
	return 0;
}

static const struct scene *
look(struct bench *bench)
{
	struct exhibit *exhibit = arena_alloc(bench->arena, sizeof(*exhibit));

	exhibit->message = &bench->message;
	exhibit->people = bench->people;
	exhibit->calendar = bench->calendar;
	exhibit->elections = bench->elections;
	scene_set(exhibit, bench->arena, &bench->scene);
	scene_read(&bench->scene, bench->lexicon, &bench->speech);
	return &bench->scene;
}

static void
test_who_stands_at_a_poll_writes_as_one_of_the_political_side(void **state)
{
	static const struct {
		const char *name, *email;
		enum role role;
		bool candidate;
	} rows[] = {
		{ "Hester Quill", "hq@mail.example", ROLE_PARTY_WORKER, true },
		{ "hester quill", "hq@mail.example", ROLE_PARTY_WORKER, true },
		{ "Ned O'Dowd", "ned@mail.example", ROLE_PARTY_WORKER, true },
		{ "Esther Quill", "eq@mail.example", ROLE_OUTSIDE, false },
		{ "Quill", "q@mail.example", ROLE_OUTSIDE, false },
		{ "Ada Crewe", "ada@mail.example", ROLE_OUTSIDE, false },
		{ "", "x@mail.example", ROLE_OUTSIDE, false },
		/* The directory knows better than a name. */
		{ "Hester Quill", "una@hill.example", ROLE_OFFICER, false },
	};
	struct bench *bench = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct scene *scene;

		bench->message.from.name = span_of(rows[i].name);
		bench->message.from.email = span_of(rows[i].email);
		scene = look(bench);
		assert_int_equal(scene->sender.role, rows[i].role);
		assert_int_equal(scene->sender.candidate, rows[i].candidate);
	}
}

static void
test_a_candidate_is_met_in_the_words(void **state)
{
	struct bench *bench = *state;
	const struct passage *body;

	bench->message.body =
		span_of("The picture is of Hester Quill with Ada Crewe.");
	body = look(bench)->body;
	assert_non_null(body);
	assert_int_equal(body->mention_count, 1);
	assert_true(body->mentions[0].candidate);
	assert_false(body->mentions[0].member);
	assert_true(span_is(body->mentions[0].name, "Hester Quill"));
}

static void
test_publicity_is_out_on_the_day_that_is_said_beside_it(void **state)
{
	static const struct {
		const char *text;
		enum period period;
	} rows[] = {
		{ "The photo call is on Tuesday 14 April.", PERIOD_HERE },
		{ "They can switch on on Tuesday 14 April. We'd like a photo "
		  "call with the press.",
		  PERIOD_HERE },
		{ "We'd like a photo call with the press. They can switch on "
		  "on Tuesday 14 April.",
		  PERIOD_HERE },
		{ "The photo call is on Tuesday 26 May.", PERIOD_NONE },
		{ "The photo call is next Friday.", PERIOD_NONE },
		{ "The drains are done on Tuesday 14 April.", PERIOD_NONE },
		/* Too far from each other to belong together. */
		{ "We'd like a photo call with the press. The tea is on. "
		  "Bring cups. The drains are done on Tuesday 14 April.",
		  PERIOD_NONE },
	};
	struct bench *bench = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		bench->message.body = span_of(rows[i].text);
		if (look(bench)->period != rows[i].period)
			fail_msg("%s", rows[i].text);
	}
}

static void
test_in_the_period_a_day_behind_the_poll_takes_publicity_out_of_it(void **state)
{
	struct bench *bench = *state;

	bench->message.received = LAST_WEEK_OF_MARCH + 14 * 86400;
	bench->message.body = span_of("The launch is on 2 June.");
	assert_int_equal(look(bench)->period, PERIOD_NONE);
	bench->message.body = span_of("The launch is on Friday.");
	assert_int_equal(look(bench)->period, PERIOD_HERE);
}

static void
test_who_is_named_is_met_as_a_concept_by_title_handle_or_candidacy(void **state)
{
	static const struct {
		const char *body;
		bool named;
	} rows[] = {
		{ "Pictured at the pool: Cllr Ann Gadd, who dived in.", true },
		{ "Well done @CllrAnnGadd, in the brook again.", true },
		{ "Follow '@cllr_gadd' today.", true },
		{ "Thanks to @CllrsLabour and @councillors-leeds.", false },
		{ "With Hester Quill at the gate.", true },
		{ "Ask your ward councillor to open it.", true },
		{ "Una Pryce will open it.", false },
		{ "Write to ann@cllrgadd.example, a.@cllrgadd.x or @cllr.",
		  false },
	};
	struct bench *bench = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct scene *scene;

		bench->message.body = span_of(rows[i].body);
		scene = look(bench);
		if (scene_has(scene, scene->body, "named-member") !=
		    rows[i].named)
			fail_msg("%s", rows[i].body);
	}
}

#define POLL_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		POLL_TEST(
			test_who_stands_at_a_poll_writes_as_one_of_the_political_side),
		POLL_TEST(test_a_candidate_is_met_in_the_words),
		POLL_TEST(
			test_who_is_named_is_met_as_a_concept_by_title_handle_or_candidacy),
		POLL_TEST(
			test_publicity_is_out_on_the_day_that_is_said_beside_it),
		POLL_TEST(
			test_in_the_period_a_day_behind_the_poll_takes_publicity_out_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
