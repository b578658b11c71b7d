/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions as tables: gates with several ways in, opinions by the first row
 * that settles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "filters/ask.h"

/* Three things that can be so; how often they were asked is counted in
 * members_visible, officers_visible and members_hidden. */
static bool
count(const struct scene *scene, const size_t *asked, bool held)
{
	(void)scene;
	++*(size_t *)(uintptr_t)asked;
	return held;
}

static bool
first(const struct scene *scene)
{
	return count(scene, &scene->members_visible, scene->reply);
}

static bool
second(const struct scene *scene)
{
	return count(scene, &scene->officers_visible, scene->forward);
}

static bool
third(const struct scene *scene)
{
	return count(scene, &scene->members_hidden, scene->silent);
}

static const struct ask all[] = {
	{ .text = "a", .holds = first },
	{ .text = "b", .holds = second },
	{ .text = NULL },
};
static const struct ask ways[] = {
	{ .text = "a", .holds = first },
	{ .text = "b", .holds = second, .way = 1 },
	{ .text = "c", .holds = third, .way = 2 },
	{ .text = NULL },
};
static const struct ask pairs[] = {
	{ .text = "a", .holds = first, .way = 1 },
	{ .text = "b", .holds = second, .way = 1 },
	{ .text = "c", .holds = third, .way = 2 },
	{ .text = NULL },
};

static void
test_a_gate_is_open_when_all_hold_and_one_of_its_ways(void **state)
{
	static const struct {
		bool a, b, c, want_all, want_ways, want_pairs;
	} cases[] = {
		{ 0, 0, 0, 0, 0, 0 }, { 0, 0, 1, 0, 0, 1 },
		{ 0, 1, 0, 0, 0, 0 }, { 0, 1, 1, 0, 0, 1 },
		{ 1, 0, 0, 0, 0, 0 }, { 1, 0, 1, 0, 1, 1 },
		{ 1, 1, 0, 1, 1, 1 }, { 1, 1, 1, 1, 1, 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct scene scene = {
			.reply = cases[i].a,
			.forward = cases[i].b,
			.silent = cases[i].c,
		};

		assert_int_equal(ask_gate(all, &scene), cases[i].want_all);
		assert_int_equal(ask_gate(ways, &scene), cases[i].want_ways);
		assert_int_equal(ask_gate(pairs, &scene), cases[i].want_pairs);
		assert_true(ask_gate(NULL, &scene));
	}
}

static void
test_judging_asks_no_further_than_it_must(void **state)
{
	struct scene scene = { .reply = false };

	(void)state;
	assert_false(ask_gate(ways, &scene));
	assert_int_equal(scene.members_visible, 1);
	assert_int_equal(scene.officers_visible, 0);
	assert_int_equal(scene.members_hidden, 0);
	scene.reply = scene.forward = true;
	assert_true(ask_gate(ways, &scene));
	assert_int_equal(scene.officers_visible, 1);
	assert_int_equal(scene.members_hidden, 0);
}

static void
test_the_first_row_that_settles_decides(void **state)
{
	static const struct ask opinion[] = {
		{ .text = "told only", .holds = third },
		{ .text = "a", .holds = first, .if_held = OPINION_NO },
		{ .text = "b",
		  .holds = second,
		  .if_held = OPINION_YES,
		  .if_not = OPINION_NO },
		{ .text = NULL },
	};
	struct scene scene = { .reply = true, .forward = true };

	(void)state;
	assert_int_equal(ask_opinion(opinion, &scene), OPINION_NO);
	scene.reply = false;
	assert_int_equal(ask_opinion(opinion, &scene), OPINION_YES);
	scene.forward = false;
	assert_int_equal(ask_opinion(opinion, &scene), OPINION_NO);
	assert_int_equal(scene.members_hidden, 0);
	assert_int_equal(ask_opinion(NULL, &scene), OPINION_MODEL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_a_gate_is_open_when_all_hold_and_one_of_its_ways),
		cmocka_unit_test(test_judging_asks_no_further_than_it_must),
		cmocka_unit_test(test_the_first_row_that_settles_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
