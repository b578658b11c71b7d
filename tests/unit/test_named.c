/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A known person is found by how colleagues call each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "filters/named.h"

struct row {
	const char *text, *name;
	bool named;
};

static const struct row rows[] = {
	{ "I have copied Councillor Okafor.", "Cllr Ngozi Okafor", true },
	{ "Ngozi asked the same on Monday.", "Ngozi Okafor", true },
	{ "Harmer, Janet <j@x>", "Janet Harmer", true },
	{ "we will see about it in the summer", "Will Summer", false },
	{ "Will has seen it.", "Will Summer", true },
	{ "The Okaforian style of building", "Ngozi Okafor", false },
	{ "Dear Councillor, thank you", "Cllr Janet Harmer", false },
	{ "The Parks depot is shut", "Depot Desk (Parks)", false },
	{ "", "Janet Harmer", false },
};

static void
names_are_found_with_a_capital_and_as_whole_words(void **state)
{
	struct arena *arena = arena_new(0);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fold fold;

		fold_make(span_of(rows[i].text), arena, &fold);
		if (named_within(&fold, 0, fold.text.len,
				 span_of(rows[i].name)) != rows[i].named)
			fail_msg("%s in: %s", rows[i].name, rows[i].text);
	}
	arena_free(arena);
}

static void
only_the_part_that_is_looked_at_counts(void **state)
{
	struct arena *arena = arena_new(0);
	struct fold fold;

	(void)state;
	fold_make(span_of("Dear Ann, Bob is away."), arena, &fold);
	assert_true(named_within(&fold, 0, 9, span_of("Ann Hart")));
	assert_false(named_within(&fold, 0, 9, span_of("Bob Hart")));
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			names_are_found_with_a_capital_and_as_whole_words),
		cmocka_unit_test(only_the_part_that_is_looked_at_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
