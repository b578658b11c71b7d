/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calendar.h"

#include <assert.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

enum {
	HOLIDAYS_MAX = 20000, /* about 200 years of three divisions */
	COUNT_DAYS_MAX = 366 * 100
};

struct holiday {
	int day; /* days since 1970-01-01 */
	enum division division;
	char *title;
};

struct calendar {
	struct calendar_settings settings;
	GTimeZone *zone;
	struct holiday *holidays; /* by day, then division */
	size_t holiday_count;
	int *closures;
	size_t closure_count;
};

static const char *const division_names[] = {
	[DIVISION_ENGLAND_AND_WALES] = "england-and-wales",
	[DIVISION_SCOTLAND] = "scotland",
	[DIVISION_NORTHERN_IRELAND] = "northern-ireland",
	[DIVISION_UK_ANY] = "uk-any",
};
static_assert(ARRAY_SIZE(division_names) == DIVISION_COUNT, "a name each");

/* Days since 1970-01-01 in the proleptic Gregorian calendar. */
static int
day_number(struct date day)
{
	int year = day.month <= 2 ? day.year - 1 : day.year;
	int era = (year >= 0 ? year : year - 399) / 400;
	int of_era = year - era * 400;
	int of_year = (153 * (day.month + (day.month > 2 ? -3 : 9)) + 2) / 5 +
		      day.day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

static struct date
day_date(int number)
{
	int shifted = number + 719468;
	int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	int of_era = shifted - era * 146097;
	int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) /
		   365;
	int of_year = of_era - (365 * year + year / 4 - year / 100);
	int month = (5 * of_year + 2) / 153;
	struct date day = { .day = of_year - (153 * month + 2) / 5 + 1 };

	day.month = month < 10 ? month + 3 : month - 9;
	day.year = year + era * 400 + (day.month <= 2);
	return day;
}

struct date
date_add(struct date day, int days)
{
	return day_date(day_number(day) + days);
}

int
date_weekday(struct date day)
{
	return ((day_number(day) + 4) % 7 + 7) % 7;
}

int
date_compare(struct date a, struct date b)
{
	int left = day_number(a), right = day_number(b);

	return (left > right) - (left < right);
}

int
date_days_between(struct date from, struct date to)
{
	return day_number(to) - day_number(from);
}

/* Exactly `count` digits at *at, which moves behind them. */
static bool
digits(struct span text, size_t *at, size_t count, int *ret_value)
{
	int value = 0;
	size_t i;

	if (text.len - *at < count)
		return false;
	for (i = 0; i < count; i++) {
		char c = text.ptr[*at + i];

		if (c < '0' || c > '9')
			return false;
		value = value * 10 + (c - '0');
	}
	*at += count;
	*ret_value = value;
	return true;
}

static bool
literal(struct span text, size_t *at, const char *any_of)
{
	if (*at >= text.len || strchr(any_of, text.ptr[*at]) == NULL ||
	    text.ptr[*at] == '\0')
		return false;
	*at += 1;
	return true;
}

/* "2026-04-01" at *at, a day that exists. */
static bool
date_scan(struct span text, size_t *at, struct date *ret_date)
{
	struct date day, again;

	if (!digits(text, at, 4, &day.year) || !literal(text, at, "-") ||
	    !digits(text, at, 2, &day.month) || !literal(text, at, "-") ||
	    !digits(text, at, 2, &day.day) || day.year < 1 || day.month < 1 ||
	    day.month > 12 || day.day < 1)
		return false;
	again = day_date(day_number(day));
	if (again.month != day.month || again.day != day.day)
		return false;
	*ret_date = day;
	return true;
}

bool
date_parse(struct span text, struct date *ret_date)
{
	struct date day;
	size_t at = 0;

	text = span_trim(text);
	if (!date_scan(text, &at, &day) || at != text.len)
		return false;
	*ret_date = day;
	return true;
}

/* RFC 3339 section 5.6; a blank instead of the T, and no seconds, will do. */
bool
time_parse(struct span text, time_t *ret_time)
{
	int hour, minute, second = 0, off_hour = 0, off_minute = 0, sign = 0;
	int fraction;
	struct date day;
	size_t at = 0;

	text = span_trim(text);
	if (!date_scan(text, &at, &day) || !literal(text, &at, "Tt ") ||
	    !digits(text, &at, 2, &hour) || !literal(text, &at, ":") ||
	    !digits(text, &at, 2, &minute))
		return false;
	if (literal(text, &at, ":") && !digits(text, &at, 2, &second))
		return false;
	if (literal(text, &at, "."))
		while (digits(text, &at, 1, &fraction))
			;
	if (literal(text, &at, "+"))
		sign = 1;
	else if (literal(text, &at, "-"))
		sign = -1;
	else if (!literal(text, &at, "Zz"))
		return false;
	if (sign != 0 &&
	    (!digits(text, &at, 2, &off_hour) || !literal(text, &at, ":") ||
	     !digits(text, &at, 2, &off_minute)))
		return false;
	if (at != text.len || hour > 23 || minute > 59 || second > 60 ||
	    off_hour > 23 || off_minute > 59)
		return false;
	*ret_time = (time_t)day_number(day) * 86400 + hour * 3600 +
		    minute * 60 + second -
		    sign * (off_hour * 3600 + off_minute * 60);
	return true;
}

bool
division_parse(struct span name, enum division *ret_division)
{
	int i;

	for (i = 0; i < DIVISION_COUNT; i++)
		if (span_is(name, division_names[i])) {
			*ret_division = (enum division)i;
			return true;
		}
	return false;
}

const char *
division_name(enum division division)
{
	return division_names[division];
}

static int
by_day(const void *a, const void *b)
{
	const struct holiday *left = a, *right = b;

	if (left->day != right->day)
		return left->day < right->day ? -1 : 1;
	return (int)left->division - (int)right->division;
}

/* The public format of gov.uk: {"scotland": {"events": [{"title", "date"}]}} */
static void
holidays_read(struct calendar *calendar, const struct json *file,
	      const char *path, struct fault_list *faults)
{
	int division;
	size_t i;

	for (division = 0; division < DIVISION_UK_ANY; division++) {
		const struct json *events = json_get(
			json_get(file, division_names[division]), "events");

		if (json_size(events) == 0)
			fault_add(faults, FAULT_ERROR, path, 0,
				  "no events for \"%s\"; take the file from "
				  "https://www.gov.uk/bank-holidays.json",
				  division_names[division]);
		for (i = 0; i < json_size(events); i++) {
			const struct json *event = json_item(events, i);
			const char *date =
				json_as_string(json_get(event, "date"));
			const char *title =
				json_as_string(json_get(event, "title"));
			struct holiday *holiday;
			struct date day;

			if (date == NULL || !date_parse(span_of(date), &day) ||
			    calendar->holiday_count == HOLIDAYS_MAX) {
				fault_add(faults, FAULT_ERROR, path, 0,
					  "event %zu of \"%s\" has no date of "
					  "the form 2026-04-01",
					  i + 1, division_names[division]);
				continue;
			}
			holiday =
				&calendar->holidays[calendar->holiday_count++];
			holiday->day = day_number(day);
			holiday->division = (enum division)division;
			holiday->title =
				strdup(title != NULL ? title : "bank holiday");
			if (holiday->title == NULL)
				abort();
		}
	}
	if (calendar->holiday_count != 0)
		qsort(calendar->holidays, calendar->holiday_count,
		      sizeof *calendar->holidays, by_day);
}

int
calendar_load(const struct calendar_settings *settings,
	      struct fault_list *faults, struct calendar **ret_calendar,
	      struct error *err)
{
	struct calendar *calendar = calloc(1, sizeof *calendar);
	struct json *file = NULL;
	size_t i;

	if (calendar == NULL)
		abort();
	calendar->settings = *settings;
	calendar->settings.closures = NULL;
	calendar->settings.zone = NULL;
	calendar->settings.holidays_path = NULL;
	calendar->zone = g_time_zone_new_identifier(settings->zone);
	if (calendar->zone == NULL) {
		error_set(err, ERROR_CONFIG,
			  "time zone \"%s\" is not known on this machine; is "
			  "the package tzdata installed?",
			  settings->zone);
		goto fail;
	}
	file = json_load(settings->holidays_path, err);
	if (file == NULL) {
		error_add(err, "bank holidays");
		goto fail;
	}
	calendar->holidays = calloc(HOLIDAYS_MAX, sizeof *calendar->holidays);
	calendar->closures =
		calloc(settings->closure_count + 1, sizeof *calendar->closures);
	if (calendar->holidays == NULL || calendar->closures == NULL)
		abort();
	holidays_read(calendar, file, settings->holidays_path, faults);
	for (i = 0; i < settings->closure_count; i++)
		calendar->closures[calendar->closure_count++] =
			day_number(settings->closures[i]);
	json_free(file);
	*ret_calendar = calendar;
	return 0;
fail:
	json_free(file);
	calendar_free(calendar);
	return -1;
}

void
calendar_free(struct calendar *calendar)
{
	size_t i;

	if (calendar == NULL)
		return;
	for (i = 0; i < calendar->holiday_count; i++)
		free(calendar->holidays[i].title);
	free(calendar->holidays);
	free(calendar->closures);
	if (calendar->zone != NULL)
		g_time_zone_unref(calendar->zone);
	free(calendar);
}

static const struct holiday *
holiday_find(const struct calendar *calendar, enum division division, int day)
{
	size_t low = 0, high = calendar->holiday_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (calendar->holidays[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < calendar->holiday_count &&
	       calendar->holidays[low].day == day;
	     low++)
		if (division == DIVISION_UK_ANY ||
		    calendar->holidays[low].division == division)
			return &calendar->holidays[low];
	return NULL;
}

bool
calendar_is_holiday(const struct calendar *calendar, enum division division,
		    struct date day)
{
	return holiday_find(calendar, division, day_number(day)) != NULL;
}

static bool
is_weekend(int day)
{
	int weekday = date_weekday(day_date(day));

	return weekday == 0 || weekday == 6;
}

static bool
is_closure(const struct calendar *calendar, int day)
{
	size_t i;

	for (i = 0; i < calendar->closure_count; i++)
		if (calendar->closures[i] == day)
			return true;
	return false;
}

const char *
calendar_why_not(const struct calendar *calendar, struct date day)
{
	int number = day_number(day);
	const struct holiday *holiday =
		holiday_find(calendar, calendar->settings.division, number);

	if (holiday != NULL)
		return holiday->title;
	if (is_weekend(number))
		return date_weekday(day) == 0 ? "Sunday" : "Saturday";
	return is_closure(calendar, number) ? "closure day" : NULL;
}

bool
calendar_is_working_day(const struct calendar *calendar, struct date day)
{
	return calendar_why_not(calendar, day) == NULL;
}

struct date
calendar_add_working_days(const struct calendar *calendar,
			  enum division division, struct date day, int n)
{
	int number = day_number(day), step = n < 0 ? -1 : 1;
	int left = n < 0 ? -n : n, walked;

	for (walked = 0; left > 0 && walked < COUNT_DAYS_MAX; walked++) {
		number += step;
		if (!is_weekend(number) &&
		    holiday_find(calendar, division, number) == NULL &&
		    !is_closure(calendar, number))
			left--;
	}
	return day_date(number);
}

struct date
calendar_date(const struct calendar *calendar, time_t when)
{
	int interval = g_time_zone_find_interval(calendar->zone,
						 G_TIME_TYPE_UNIVERSAL, when);
	long long local = (long long)when +
			  g_time_zone_get_offset(calendar->zone, interval);
	long long day = local / 86400;

	if (local % 86400 < 0)
		day--;
	return day_date((int)day);
}

int
calendar_minutes(const struct calendar *calendar, time_t when)
{
	int interval = g_time_zone_find_interval(calendar->zone,
						 G_TIME_TYPE_UNIVERSAL, when);
	long long local = (long long)when +
			  g_time_zone_get_offset(calendar->zone, interval);

	return (int)((local % 86400 + 86400) % 86400 / 60);
}

time_t
calendar_time(const struct calendar *calendar, struct date day,
	      int minutes_after_midnight)
{
	gint64 local = (gint64)day_number(day) * 86400 +
		       (gint64)minutes_after_midnight * 60;
	int interval = g_time_zone_adjust_time(calendar->zone,
					       G_TIME_TYPE_STANDARD, &local);

	return (time_t)(local -
			g_time_zone_get_offset(calendar->zone, interval));
}

struct date
calendar_receipt_day(const struct calendar *calendar, time_t received)
{
	struct date day = calendar_date(calendar, received);
	time_t closing =
		calendar_time(calendar, day, calendar->settings.closes);

	if (calendar_is_working_day(calendar, day) && received <= closing)
		return day;
	return calendar_add_working_days(calendar, calendar->settings.division,
					 day, 1);
}

time_t
calendar_due(const struct calendar *calendar, time_t received, int n)
{
	struct date day = calendar_add_working_days(
		calendar, calendar->settings.division,
		calendar_receipt_day(calendar, received), n);

	return calendar_time(calendar, day, calendar->settings.closes);
}

int
calendar_opens(const struct calendar *calendar)
{
	return calendar->settings.opens;
}

int
calendar_closes(const struct calendar *calendar)
{
	return calendar->settings.closes;
}

enum division
calendar_division(const struct calendar *calendar)
{
	return calendar->settings.division;
}

void
calendar_stamp(const struct calendar *calendar, time_t when,
	       char ret_stamp[CALENDAR_STAMP_SIZE])
{
	int interval = g_time_zone_find_interval(calendar->zone,
						 G_TIME_TYPE_UNIVERSAL, when);
	int offset = g_time_zone_get_offset(calendar->zone, interval);
	int ahead = offset < 0 ? -offset : offset;
	struct date day = calendar_date(calendar, when);
	int second =
		(int)((((long long)when + offset) % 86400 + 86400) % 86400);

	snprintf(ret_stamp, CALENDAR_STAMP_SIZE,
		 "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", day.year,
		 day.month, day.day, second / 3600, second / 60 % 60,
		 second % 60, offset < 0 ? '-' : '+', ahead / 3600,
		 ahead / 60 % 60);
}

struct date
calendar_known_until(const struct calendar *calendar)
{
	size_t i;

	for (i = calendar->holiday_count; i > 0; i--)
		if (calendar->settings.division == DIVISION_UK_ANY ||
		    calendar->holidays[i - 1].division ==
			    calendar->settings.division)
			return day_date(calendar->holidays[i - 1].day);
	return (struct date){ 0 };
}
