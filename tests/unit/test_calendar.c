/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "facts/calendar.h"

static struct calendar *
calendar_of(enum division division, const struct date *closures, size_t count)
{
	struct calendar_settings settings = {
		.holidays_path = "config/bank-holidays.json",
		.zone = "Europe/London",
		.division = division,
		.closures = closures,
		.closure_count = count,
		.opens = 9 * 60,
		.closes = 17 * 60,
	};
	struct fault_list faults = { 0 };
	struct calendar *calendar = NULL;
	struct error err;

	assert_int_equal(calendar_load(&settings, &faults, &calendar, &err), 0);
	assert_int_equal(faults.count, 0);
	return calendar;
}

static void
check_due(const struct calendar *calendar, const char *received, int n,
	  const char *want)
{
	char stamp[CALENDAR_STAMP_SIZE];
	time_t when;

	assert_true(time_parse(span_of(received), &when));
	calendar_stamp(calendar, calendar_due(calendar, when, n), stamp);
	assert_string_equal(stamp, want);
}

static void
test_deadlines_end_at_five_on_the_nth_working_day(void **state)
{
	static const struct {
		const char *received;
		int n;
		const char *want_due;
	} rows[] = {
		/* an ordinary Wednesday */
		{ "2026-09-02T11:00:00+01:00", 3, "2026-09-07T17:00:00+01:00" },
		/* one second after five counts for the next day */
		{ "2026-09-02T17:00:00+01:00", 1, "2026-09-03T17:00:00+01:00" },
		{ "2026-09-02T17:00:01+01:00", 1, "2026-09-04T17:00:00+01:00" },
		/* before nine is the same day */
		{ "2026-09-02T00:00:01+01:00", 1, "2026-09-03T17:00:00+01:00" },
		/* Sunday counts as Monday */
		{ "2026-09-06T12:00:00+01:00", 3, "2026-09-10T17:00:00+01:00" },
		/* over Christmas: 25, 28 December (for 26) and 1 January */
		{ "2026-12-23T10:00:00+00:00", 3, "2026-12-30T17:00:00+00:00" },
		{ "2026-12-23T10:00:00+00:00", 10,
		  "2027-01-11T17:00:00+00:00" },
		/* the clocks go back on 25 October 2026 */
		{ "2026-10-23T10:00:00+01:00", 1, "2026-10-26T17:00:00+00:00" },
		/* an offset that is not ours: 16:30 UTC is 17:30 here */
		{ "2026-09-02T16:30:00Z", 1, "2026-09-04T17:00:00+01:00" },
		{ "2026-09-02T16:00:00Z", 0, "2026-09-02T17:00:00+01:00" },
	};
	struct calendar *calendar =
		calendar_of(DIVISION_ENGLAND_AND_WALES, NULL, 0);
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		check_due(calendar, rows[i].received, rows[i].n,
			  rows[i].want_due);
	calendar_free(calendar);
}

static void
test_closures_and_divisions_are_no_working_days(void **state)
{
	static const struct date closures[] = { { 2026, 12, 29 },
						{ 2026, 12, 30 } };
	struct calendar *closed = calendar_of(DIVISION_SCOTLAND, closures, 2);
	struct date st_andrew = { 2026, 11, 30 };

	(void)state;
	check_due(closed, "2026-12-24T10:00:00+00:00", 1,
		  "2026-12-31T17:00:00+00:00");
	assert_string_equal(calendar_why_not(closed, closures[0]),
			    "closure day");
	assert_false(calendar_is_working_day(closed, st_andrew));
	assert_true(
		calendar_is_working_day(closed, (struct date){ 2026, 4, 6 }));
	calendar_free(closed);
}

static void
test_adding_working_days_can_be_undone_from_a_working_day(void **state)
{
	struct calendar *calendar =
		calendar_of(DIVISION_NORTHERN_IRELAND, NULL, 0);
	struct date day = { 2024, 1, 1 };
	int i, n;

	(void)state;
	for (i = 0; i < 1000; i++, day = date_add(day, 1)) {
		if (!calendar_is_working_day(calendar, day))
			continue;
		for (n = 1; n < 30; n += 7) {
			struct date there = calendar_add_working_days(
				calendar, DIVISION_NORTHERN_IRELAND, day, n);
			struct date back = calendar_add_working_days(
				calendar, DIVISION_NORTHERN_IRELAND, there, -n);

			assert_int_equal(date_compare(back, day), 0);
			assert_true(calendar_is_working_day(calendar, there));
		}
	}
	calendar_free(calendar);
}

static void
test_local_time_survives_the_change_of_clocks(void **state)
{
	struct calendar *calendar =
		calendar_of(DIVISION_ENGLAND_AND_WALES, NULL, 0);
	struct date day = { 2026, 1, 1 };
	int i;

	(void)state;
	for (i = 0; i < 365; i++, day = date_add(day, 1)) {
		time_t nine = calendar_time(calendar, day, 9 * 60);
		struct date again = calendar_date(calendar, nine);

		assert_int_equal(date_compare(day, again), 0);
		assert_int_equal(calendar_minutes(calendar, nine), 9 * 60);
	}
	calendar_free(calendar);
}

static void
test_dates_and_times_are_parsed_strictly(void **state)
{
	static const struct {
		const char *text;
		bool want_date, want_time;
	} rows[] = {
		{ "2026-02-28", true, false },
		{ "2026-02-29", false, false },
		{ "2024-02-29", true, false },
		{ "2026-13-01", false, false },
		{ "2026-1-1", false, false },
		{ "0000-01-01", false, false },
		{ "", false, false },
		{ "2026-04-01T10:00:00+01:00", false, true },
		{ "2026-04-01 10:00Z", false, true },
		{ "2026-04-01T10:00:00.123Z", false, true },
		{ "2026-04-01T24:00:00Z", false, false },
		{ "2026-04-01T10:00:00", false, false },
		{ "2026-04-01T10:00:00+1:00", false, false },
		{ "2026-04-01T10:00:00Zx", false, false },
	};
	struct date day;
	time_t when;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(date_parse(span_of(rows[i].text), &day),
				 rows[i].want_date);
		assert_int_equal(time_parse(span_of(rows[i].text), &when),
				 rows[i].want_time);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_deadlines_end_at_five_on_the_nth_working_day),
		cmocka_unit_test(
			test_closures_and_divisions_are_no_working_days),
		cmocka_unit_test(
			test_adding_working_days_can_be_undone_from_a_working_day),
		cmocka_unit_test(test_local_time_survives_the_change_of_clocks),
		cmocka_unit_test(test_dates_and_times_are_parsed_strictly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
