/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elections.h"

#include <assert.h>
#include <string.h>

#include "base/csv.h"

enum {
	CHRISTMAS_EVE = 24,
	CLOSE_OF_POLL = 22 * 60, /* minutes after midnight; all polls */
	POLLS_MAX = 1000
};

struct elections {
	struct arena *arena;
	struct poll *polls;
	size_t count;
};

static const char *const kind_names[] = {
	[POLL_LOCAL] = "local",
	[POLL_BY_ELECTION] = "by-election",
	[POLL_PARISH] = "parish",
	[POLL_PARLIAMENTARY] = "parliamentary",
	[POLL_PARLIAMENTARY_BY] = "parliamentary-by",
	[POLL_MAYORAL] = "mayoral",
	[POLL_GLA] = "gla",
	[POLL_PCC] = "pcc",
	[POLL_SENEDD] = "senedd",
	[POLL_SCOTTISH_PARLIAMENT] = "scottish-parliament",
	[POLL_NI_ASSEMBLY] = "ni-assembly",
	[POLL_REFERENDUM] = "referendum",
};
static_assert(ARRAY_SIZE(kind_names) == POLL_KIND_COUNT, "one name a kind");

/*
 * The latest day for the notice of election, counted back from the poll.
 *
 * England and Wales, local polls: Local Elections (Principal Areas) (England
 * and Wales) Rules 2006 rule 1 and Representation of the People Act 1983 s.39;
 * days disregarded: Saturday, Sunday, Christmas Eve, Christmas Day, Good
 * Friday, bank holidays. GLA: Greater London Authority Elections Rules 2007
 * (30 days). Scotland: Scottish Local Government Elections Order 2011 schedule
 * 1 (28; Easter Monday disregarded, Christmas Eve counted). Scottish
 * Parliament (Elections etc.) Order 2015 (28; both disregarded). A general
 * election: dissolution, Dissolution and Calling of Parliament Act 2022 and
 * schedule 1 to the 1983 Act (25, holidays of any part of the kingdom).
 */
static const struct {
	struct count_rule all, scotland;
} period_rules[] = {
#define LOCAL                                          \
	{                                              \
		.days = 25, .skip_christmas_eve = true \
	}
	[POLL_LOCAL] = { LOCAL, { .days = 28, .skip_easter_monday = true } },
	[POLL_BY_ELECTION] = { LOCAL,
			       { .days = 28, .skip_easter_monday = true } },
	[POLL_PARISH] = { LOCAL, { .days = 28, .skip_easter_monday = true } },
	[POLL_PARLIAMENTARY] = { LOCAL, LOCAL },
	[POLL_PARLIAMENTARY_BY] = { LOCAL, LOCAL },
	[POLL_MAYORAL] = { LOCAL, LOCAL },
	[POLL_GLA] = { { .days = 30, .skip_christmas_eve = true },
		       { .days = 30, .skip_christmas_eve = true } },
	[POLL_PCC] = { LOCAL, LOCAL },
	[POLL_SENEDD] = { LOCAL, LOCAL },
	[POLL_SCOTTISH_PARLIAMENT] = { { .days = 28,
					 .skip_christmas_eve = true,
					 .skip_easter_monday = true },
				       { .days = 28,
					 .skip_christmas_eve = true,
					 .skip_easter_monday = true } },
	[POLL_NI_ASSEMBLY] = { LOCAL, LOCAL },
	[POLL_REFERENDUM] = { LOCAL, LOCAL },
#undef LOCAL
};
static_assert(ARRAY_SIZE(period_rules) == POLL_KIND_COUNT, "a rule a kind");

/* Easter Sunday (Gregorian), by the anonymous algorithm of 1876. */
static struct date
easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, g = (8 * b + 13) / 25;
	int h = (19 * a + b - d - g + 15) % 30;
	int m = (a + 11 * h) / 319;
	int r = (2 * e + 2 * (c / 4) - c % 4 - h + m + 32) % 7;
	int n = (h - m + r + 90) / 25;

	return (struct date){ year, n, (h - m + r + n + 19) % 32 };
}

static bool
disregarded(const struct calendar *calendar, const struct count_rule *rule,
	    struct date day)
{
	int weekday = date_weekday(day);
	int from_easter = date_days_between(easter(day.year), day);

	if (weekday == 0 || weekday == 6 ||
	    calendar_is_holiday(calendar, rule->area, day))
		return true;
	if (rule->skip_christmas_eve && day.month == 12 &&
	    day.day == CHRISTMAS_EVE)
		return true;
	if (rule->skip_easter_monday && from_easter == 1)
		return true;
	return rule->skip_city_breaks &&
	       (from_easter == -3 || from_easter == 2);
}

struct date
elections_count_back(const struct calendar *calendar,
		     const struct count_rule *rule, struct date polling_date)
{
	struct date day = polling_date;
	int left = rule->days;

	while (left > 0) {
		day = date_add(day, -1);
		if (!disregarded(calendar, rule, day))
			left--;
	}
	return day;
}

/* Whose bank holidays count: the nation's own, the whole kingdom's for a
 * general election. */
static enum division
area_of(enum poll_kind kind, const struct calendar *calendar)
{
	switch (kind) {
	case POLL_PARLIAMENTARY:
		return DIVISION_UK_ANY;
	case POLL_SCOTTISH_PARLIAMENT:
		return DIVISION_SCOTLAND;
	case POLL_NI_ASSEMBLY:
		return DIVISION_NORTHERN_IRELAND;
	case POLL_GLA:
	case POLL_SENEDD:
		return DIVISION_ENGLAND_AND_WALES;
	default:
		return calendar_division(calendar);
	}
}

struct date
elections_period_start(const struct calendar *calendar, enum poll_kind kind,
		       struct date polling_date)
{
	struct count_rule rule =
		calendar_division(calendar) == DIVISION_SCOTLAND ?
			period_rules[kind].scotland :
			period_rules[kind].all;

	rule.area = area_of(kind, calendar);
	return elections_count_back(calendar, &rule, polling_date);
}

enum column {
	COLUMN_ID,
	COLUMN_KIND,
	COLUMN_POLLING_DATE,
	COLUMN_WARDS,
	COLUMN_NOTICE_DATE,
	COLUMN_CANDIDATES,
	COLUMN_COUNT
};

static const char *const columns[] = {
	[COLUMN_ID] = "id",
	[COLUMN_KIND] = "kind",
	[COLUMN_POLLING_DATE] = "polling_date",
	[COLUMN_WARDS] = "wards",
	[COLUMN_NOTICE_DATE] = "notice_date",
	[COLUMN_CANDIDATES] = "candidates",
	[COLUMN_COUNT] = NULL,
};

struct loading {
	struct elections *elections;
	const struct calendar *calendar;
	struct fault_list *faults;
};

static bool
kind_parse(struct span name, enum poll_kind *ret_kind)
{
	int i;

	for (i = 0; i < POLL_KIND_COUNT; i++)
		if (span_is_nocase(name, kind_names[i])) {
			*ret_kind = (enum poll_kind)i;
			return true;
		}
	return false;
}

static struct span *
split(struct arena *arena, struct span field, size_t *ret_count)
{
	struct span *list = NULL, piece;

	*ret_count = 0;
	while (span_next(&field, ';', &piece)) {
		piece = span_trim(piece);
		if (piece.len != 0)
			*(struct span *)arena_push(arena, &list, ret_count,
						   sizeof *list) =
				arena_span(arena, piece);
	}
	return list;
}

/* The dates of a row: the operator's notice date, or the statute's. */
static bool
row_dates(struct loading *loading, const struct csv_row *row, struct poll *poll)
{
	struct span notice = row->fields[COLUMN_NOTICE_DATE];

	if (!date_parse(row->fields[COLUMN_POLLING_DATE],
			&poll->polling_date)) {
		fault_add(loading->faults, FAULT_ERROR, row->file, row->line,
			  "polling_date \"%.*s\"; write a day that exists as "
			  "2026-05-07",
			  SPAN_ARG(row->fields[COLUMN_POLLING_DATE]));
		return false;
	}
	if (notice.len == 0) {
		poll->starts = elections_period_start(
			loading->calendar, poll->kind, poll->polling_date);
		return true;
	}
	if (!date_parse(notice, &poll->starts)) {
		fault_add(loading->faults, FAULT_ERROR, row->file, row->line,
			  "notice_date \"%.*s\"; write it as 2026-03-23 or "
			  "leave it empty",
			  SPAN_ARG(notice));
		return false;
	}
	if (date_compare(poll->starts, poll->polling_date) > 0) {
		fault_add(loading->faults, FAULT_ERROR, row->file, row->line,
			  "notice_date is after polling_date");
		return false;
	}
	return true;
}

static bool
id_taken(const struct elections *elections, struct span id)
{
	size_t i;

	for (i = 0; i < elections->count; i++)
		if (span_equal(elections->polls[i].id, id))
			return true;
	return false;
}

static void
poll_row(void *context, const struct csv_row *row)
{
	struct loading *loading = context;
	struct elections *elections = loading->elections;
	const struct span *field = row->fields;
	struct poll poll = { .line = row->line };

	if (field[COLUMN_ID].len == 0 ||
	    id_taken(elections, field[COLUMN_ID]) ||
	    elections->count == POLLS_MAX) {
		fault_add(loading->faults, FAULT_ERROR, row->file, row->line,
			  "a poll needs an id of its own, and there may be %d "
			  "polls",
			  POLLS_MAX);
		return;
	}
	if (!kind_parse(field[COLUMN_KIND], &poll.kind)) {
		fault_add(loading->faults, FAULT_ERROR, row->file, row->line,
			  "kind \"%.*s\" is not one of those in "
			  "clerkd.conf(5)",
			  SPAN_ARG(field[COLUMN_KIND]));
		return;
	}
	if (!row_dates(loading, row, &poll))
		return;
	poll.opens = calendar_time(loading->calendar, poll.starts, 0);
	poll.ends = calendar_time(loading->calendar, poll.polling_date,
				  CLOSE_OF_POLL);
	poll.id = arena_span(elections->arena, field[COLUMN_ID]);
	poll.wards =
		split(elections->arena, field[COLUMN_WARDS], &poll.ward_count);
	poll.candidates = split(elections->arena, field[COLUMN_CANDIDATES],
				&poll.candidate_count);
	*(struct poll *)arena_push(elections->arena, &elections->polls,
				   &elections->count,
				   sizeof *elections->polls) = poll;
}

int
elections_load(const char *path, const struct calendar *calendar,
	       struct fault_list *faults, struct elections **ret_elections,
	       struct error *err)
{
	struct arena *arena = arena_new(0);
	struct elections *elections = arena_alloc(arena, sizeof *elections);
	struct loading loading = { .elections = elections,
				   .calendar = calendar,
				   .faults = faults };

	elections->arena = arena;
	if (path != NULL && csv_read(path, columns, COLUMN_WARDS, faults,
				     poll_row, &loading, err) < 0) {
		elections_free(elections);
		return -1;
	}
	*ret_elections = elections;
	return 0;
}

void
elections_free(struct elections *elections)
{
	if (elections != NULL)
		arena_free(elections->arena);
}

size_t
elections_count(const struct elections *elections)
{
	return elections->count;
}

const struct poll *
elections_at(const struct elections *elections, size_t index)
{
	return &elections->polls[index];
}

const struct poll *
elections_on(const struct elections *elections, struct date day, size_t *from)
{
	while (*from < elections->count) {
		const struct poll *poll = &elections->polls[(*from)++];

		if (date_compare(poll->starts, day) <= 0 &&
		    date_compare(day, poll->polling_date) <= 0)
			return poll;
	}
	return NULL;
}

const char *
poll_kind_name(enum poll_kind kind)
{
	return kind_names[kind];
}
