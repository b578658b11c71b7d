/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "../support/loaded.h"
#include "filters/when.h"

static int
set_up(void **state)
{
	*state = loaded_calendar();
	return 0;
}

static int
tear_down(void **state)
{
	calendar_free(*state);
	return 0;
}

struct day_case {
	const char *text;
	struct date want; /* year 0: no day is told */
};

static void
test_a_day_is_counted_from_the_day_of_writing(void **state)
{
	/* Written on Wednesday 11 March 2026. */
	static const struct date written = { 2026, 3, 11 };
	static const struct day_case cases[] = {
		{ "by friday", { 2026, 3, 13 } },
		{ "on wednesday", { 2026, 3, 18 } },
		{ "next tuesday", { 2026, 3, 17 } },
		{ "next friday", { 2026, 3, 20 } },
		{ "monday week", { 2026, 3, 23 } },
		{ "tomorrow", { 2026, 3, 12 } },
		{ "this afternoon", { 2026, 3, 11 } },
		{ "by the end of the week", { 2026, 3, 13 } },
		{ "by the end of next week", { 2026, 3, 20 } },
		{ "next week", { 2026, 3, 20 } },
		{ "by the end of the month", { 2026, 3, 31 } },
		{ "by close of play tomorrow", { 2026, 3, 12 } },
		{ "within ten working days", { 2026, 3, 25 } },
		{ "within 5 working days", { 2026, 3, 18 } },
		{ "in a couple of days", { 2026, 3, 13 } },
		{ "within a fortnight", { 2026, 3, 25 } },
		{ "in two weeks", { 2026, 3, 25 } },
		{ "within 48 hours", { 2026, 3, 13 } },
		{ "on 14 march", { 2026, 3, 14 } },
		{ "the 14th of april", { 2026, 4, 14 } },
		{ "april 2", { 2026, 4, 2 } },
		{ "by the 20th", { 2026, 3, 20 } },
		{ "by the 9th", { 2026, 4, 9 } },
		{ "on 2/4", { 2026, 4, 2 } },
		{ "on 02/04/2027", { 2027, 4, 2 } },
		{ "3 january", { 2026, 1, 3 } },
		{ "on the 4th floor", { 0, 0, 0 } },
		{ "his 80th birthday", { 0, 0, 0 } },
		{ "within reason", { 0, 0, 0 } },
		{ "", { 0, 0, 0 } },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct when when = { { 0 }, 0, 0 };
		size_t at = 0;
		bool found = when_next(span_of(cases[i].text), &at, written,
				       *state, &when);

		if (found != (cases[i].want.year != 0) ||
		    (found && date_compare(when.day, cases[i].want) != 0))
			fail_msg("\"%s\" gave %d-%02d-%02d", cases[i].text,
				 when.day.year, when.day.month, when.day.day);
	}
}

static void
test_a_day_that_no_calendar_has_is_none(void **state)
{
	/* Written on 2 April 2026. */
	static const struct date written = { 2026, 4, 2 };
	static const char *const texts[] = {
		"31/4",        "by 31 april",   "on the 31st",
		"29 february", "29/02/2027",    "february 30",
		"1/1/9999",    "12/03/0000001", "12/3/99999",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		struct when when = { { 0 }, 0, 0 };
		size_t at = 0;

		if (when_next(span_of(texts[i]), &at, written, *state, &when))
			fail_msg("\"%s\" gave %d-%02d-%02d", texts[i],
				 when.day.year, when.day.month, when.day.day);
	}
}

static void
test_several_days_are_told_in_order(void **state)
{
	static const struct date written = { 2026, 12, 29 };
	const struct span text = span_of("not before 4 january, or the 8th");
	struct when when;
	size_t at = 0;

	assert_true(when_next(text, &at, written, *state, &when));
	assert_int_equal(when.day.year, 2027);
	assert_true(span_is(span_sub(text, when.start, when.end), "4 january"));
	assert_true(when_next(text, &at, written, *state, &when));
	assert_int_equal(when.day.month, 1);
	assert_int_equal(when.day.day, 8);
	assert_int_equal(when.day.year, 2027);
	assert_false(when_next(text, &at, written, *state, &when));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_day_is_counted_from_the_day_of_writing),
		cmocka_unit_test(test_a_day_that_no_calendar_has_is_none),
		cmocka_unit_test(test_several_days_are_told_in_order),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
