/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates that were published or computed by others; each row of tests/golden
 * names its source.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../support/loaded.h"
#include "facts/calendar.h"
#include "facts/elections.h"

enum { COLUMNS_MAX = 9 };

static struct calendar *calendar;

static struct date
day_of(const char *text)
{
	struct date day = { 0 };

	assert_true(date_parse(span_of(text), &day));
	return day;
}

typedef void row_check(char *const field[COLUMNS_MAX]);

/* Calls check for every row below the header; returns how many there were. */
static size_t
each_row(const char *name, row_check *check)
{
	char *line = NULL, *fields[COLUMNS_MAX], path[256];
	size_t room = 0, rows = 0, n;
	FILE *file;

	snprintf(path, sizeof path, "tests/golden/%s", name);
	file = fopen(path, "re");
	assert_non_null(file);
	assert_true(getline(&line, &room, file) > 0);
	while (getline(&line, &room, file) > 0) {
		char *rest = line, *piece;

		for (n = 0; n < COLUMNS_MAX; n++) {
			piece = strsep(&rest, "\t\n");
			fields[n] = piece != NULL ? piece : (char *)"";
		}
		check(fields);
		rows++;
	}
	free(line);
	fclose(file);
	return rows;
}

static void
working_days_row(char *const field[COLUMNS_MAX])
{
	struct date got, want = day_of(field[3]);
	enum division division;

	assert_true(division_parse(span_of(field[0]), &division));
	got = calendar_add_working_days(calendar, division, day_of(field[1]),
					atoi(field[2]));
	if (date_compare(got, want) != 0)
		fail_msg("%s %s %s: %04d-%02d-%02d, want %s", field[0],
			 field[1], field[2], got.year, got.month, got.day,
			 field[3]);
}

/* Published dates that the rule does not give: the rule's date is in column
 * `computed`, and the reason beside it. */
static void
working_days_exception_row(char *const field[COLUMNS_MAX])
{
	char *as_row[COLUMNS_MAX] = { field[0], field[1], field[2], field[5] };

	working_days_row(as_row);
}

struct rule_search {
	const char *nation, *kind, *event;
	struct count_rule rule;
	char relation[8];
	bool found;
};

static struct rule_search search;

static void
rule_row(char *const field[COLUMNS_MAX])
{
	if (strcmp(field[0], search.nation) != 0 ||
	    strcmp(field[1], search.kind) != 0 ||
	    strcmp(field[2], search.event) != 0)
		return;
	search.found = true;
	snprintf(search.relation, sizeof search.relation, "%s", field[3]);
	search.rule.days = atoi(field[4]);
	assert_true(division_parse(span_of(field[5]), &search.rule.area));
	search.rule.skip_christmas_eve = strcmp(field[6], "disregard") == 0;
	search.rule.skip_easter_monday = strcmp(field[7], "disregard") == 0;
	search.rule.skip_city_breaks = strcmp(field[8], "yes") == 0;
}

static void
timetable_check(char *const field[COLUMNS_MAX], const char *want_text)
{
	struct date got, want = day_of(want_text);

	search = (struct rule_search){ .nation = field[0],
				       .kind = field[1],
				       .event = field[3] };
	each_row("election_rules.tsv", rule_row);
	if (!search.found)
		fail_msg("no rule for %s %s %s", field[0], field[1], field[3]);
	if (strcmp(search.relation, "none") == 0)
		return; /* no statutory count for this event */
	got = elections_count_back(calendar, &search.rule, day_of(field[2]));
	if (strcmp(search.relation, "eq") == 0 ? date_compare(got, want) != 0 :
						 date_compare(want, got) > 0)
		fail_msg("%s %s %s %s: %04d-%02d-%02d, want %s %s", field[0],
			 field[1], field[2], field[3], got.year, got.month,
			 got.day, search.relation, want_text);
}

static void
timetable_row(char *const field[COLUMNS_MAX])
{
	timetable_check(field, field[4]);
}

static void
timetable_exception_row(char *const field[COLUMNS_MAX])
{
	timetable_check(field, field[6]);
}

/* The product's own table of periods against the published rules. */
static void
period_row(char *const field[COLUMNS_MAX])
{
	static const struct {
		const char *nation, *kind, *event;
		enum poll_kind poll;
		enum division division;
	} rows[] = {
		{ "england", "local", "pre_election_latest_start", POLL_LOCAL,
		  DIVISION_ENGLAND_AND_WALES },
		{ "england", "local", "notice_of_election_deadline", POLL_LOCAL,
		  DIVISION_ENGLAND_AND_WALES },
		{ "england", "local-by", "notice_of_election_deadline",
		  POLL_BY_ELECTION, DIVISION_ENGLAND_AND_WALES },
		{ "england", "gla", "pre_election_latest_start", POLL_GLA,
		  DIVISION_ENGLAND_AND_WALES },
		{ "england", "pcc", "notice_of_election_deadline", POLL_PCC,
		  DIVISION_ENGLAND_AND_WALES },
		{ "wales", "senedd", "notice_of_election_deadline", POLL_SENEDD,
		  DIVISION_ENGLAND_AND_WALES },
		{ "scotland", "local-sco", "notice_of_election_deadline",
		  POLL_LOCAL, DIVISION_SCOTLAND },
		{ "scotland", "sp", "notice_of_election_deadline",
		  POLL_SCOTTISH_PARLIAMENT, DIVISION_SCOTLAND },
		{ "northern-ireland", "local-ni", "notice_of_election_deadline",
		  POLL_LOCAL, DIVISION_NORTHERN_IRELAND },
		{ "northern-ireland", "nia", "notice_of_election_deadline",
		  POLL_NI_ASSEMBLY, DIVISION_NORTHERN_IRELAND },
		{ "uk", "ukpge", "dissolution", POLL_PARLIAMENTARY,
		  DIVISION_ENGLAND_AND_WALES },
	};
	struct calendar_settings settings = {
		.holidays_path = "config/bank-holidays.json",
		.zone = "Europe/London",
	};
	struct fault_list faults = { 0 };
	struct calendar *own;
	struct error err;
	struct date got;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (strcmp(field[0], rows[i].nation) != 0 ||
		    strcmp(field[1], rows[i].kind) != 0 ||
		    strcmp(field[3], rows[i].event) != 0)
			continue;
		settings.division = rows[i].division;
		assert_int_equal(calendar_load(&settings, &faults, &own, &err),
				 0);
		got = elections_period_start(own, rows[i].poll,
					     day_of(field[2]));
		calendar_free(own);
		if (date_compare(got, day_of(field[4])) != 0)
			fail_msg("%s %s %s: period from %04d-%02d-%02d, want "
				 "%s",
				 field[0], field[1], field[2], got.year,
				 got.month, got.day, field[4]);
	}
}

static void
test_published_working_days_come_out(void **state)
{
	(void)state;
	assert_true(each_row("working_days.tsv", working_days_row) > 100);
	assert_true(each_row("working_days_oracle.tsv", working_days_row) >
		    200);
	assert_true(each_row("working_days_exceptions.tsv",
			     working_days_exception_row) > 3);
}

static void
test_published_election_timetables_come_out(void **state)
{
	(void)state;
	assert_true(each_row("election_timetable.tsv", timetable_row) > 300);
	assert_true(each_row("election_hypothetical.tsv", timetable_row) > 4);
	assert_true(each_row("election_timetable_exceptions.tsv",
			     timetable_exception_row) > 9);
}

static void
test_pre_election_periods_begin_by_statute(void **state)
{
	(void)state;
	assert_true(each_row("election_timetable.tsv", period_row) > 300);
}

static int
open_calendar(void **state)
{
	(void)state;
	calendar = loaded_calendar();
	return 0;
}

static int
close_calendar(void **state)
{
	(void)state;
	calendar_free(calendar);
	return 0;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_published_working_days_come_out),
		cmocka_unit_test(test_published_election_timetables_come_out),
		cmocka_unit_test(test_pre_election_periods_begin_by_statute),
	};

	return cmocka_run_group_tests(tests, open_calendar, close_calendar);
}
