/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "edges/holidays.h"

static int
read_text(const char *text, struct arena *arena, struct holiday_list *list,
	  struct error *err)
{
	struct json *json = json_parse(span_of(text), err);
	int rc = json != NULL ? holidays_read(json, arena, list, err) : -1;

	json_free(json);
	return rc;
}

static void
test_days_are_read_by_division(void **state)
{
	struct arena *arena = arena_new(0);
	struct holiday_list list;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(
		read_text("{\"england-and-wales\":{\"division\":\"x\","
			  "\"events\":[{\"title\":\"Good Friday\",\"date\":"
			  "\"2026-04-03\",\"notes\":\"\",\"bunting\":false}]},"
			  "\"scotland\":{\"events\":[{\"title\":\"St Andrew\","
			  "\"date\":\"2026-11-30\"}]},\"mars\":{\"events\":"
			  "[{\"title\":\"?\",\"date\":\"2026-01-05\"}]}}",
			  arena, &list, &err),
		0);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.at[0].division, DIVISION_ENGLAND_AND_WALES);
	assert_int_equal(list.at[0].day.day, 3);
	assert_true(span_is(list.at[0].title, "Good Friday"));
	assert_int_equal(list.at[1].division, DIVISION_SCOTLAND);
	arena_free(arena);
}

static void
test_what_is_no_list_of_days_is_refused_whole(void **state)
{
	static const char *const texts[] = {
		"{}",
		"[]",
		"\"page not found\"",
		"{\"scotland\":{\"events\":[]}}",
		"{\"scotland\":{\"events\":[{\"title\":\"x\"}]}}",
		"{\"scotland\":{\"events\":[{\"title\":\"x\",\"date\":"
		"\"2026-02-30\"}]}}",
		"{\"scotland\":{\"events\":[{\"title\":1,\"date\":"
		"\"2026-02-03\"}]}}",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		struct arena *arena = arena_new(0);
		struct holiday_list list;
		struct error err = { 0 };

		if (read_text(texts[i], arena, &list, &err) == 0)
			fail_msg("%s", texts[i]);
		arena_free(arena);
	}
}

static void
test_the_roles_answer_is_believed_only_when_it_is_whole(void **state)
{
	static const struct {
		const char *day;
		int division;
		int want;
	} rows[] = {
		{ "2026-04-03", DIVISION_SCOTLAND, 0 },
		{ "2026-04-31", DIVISION_SCOTLAND, -1 },
		{ "tomorrow", DIVISION_SCOTLAND, -1 },
		{ "2026-04-03", DIVISION_UK_ANY, -1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct arena *arena = arena_new(0);
		struct holiday_list list;
		struct error err = { 0 };
		struct buf body;

		buf_init(&body, 4096);
		wire_put_flag(&body, true);
		wire_put_number(&body, 1);
		wire_put_number(&body, rows[i].division);
		wire_put_string(&body, rows[i].day);
		wire_put_string(&body, "A day");
		if (holidays_get(buf_span(&body), arena, &list, &err) !=
		    rows[i].want)
			fail_msg("row %zu", i);
		buf_clear(&body);
		arena_free(arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days_are_read_by_division),
		cmocka_unit_test(test_what_is_no_list_of_days_is_refused_whole),
		cmocka_unit_test(
			test_the_roles_answer_is_believed_only_when_it_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
