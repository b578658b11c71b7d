/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CALENDAR_H
#define CALENDAR_H
/*
 * Working days, office hours, bank holidays and time zones of one council.
 *
 * What "within 3 working days" means is laid down in Sheffield 10.3.1, Tower
 * Hamlets 8.1 and casework.md "Working time"; this module is the only one that
 * knows it, and the only one that knows zones. It computes on civil dates,
 * never on seconds, so the change of summer time moves nothing.
 *
 * Use:      calendar_load() once, then the questions. Read-only afterwards.
 * Lifetime: a snapshot; a reload makes a new one.
 * Errors:   only calendar_load() can fail. A date beyond the last known
 *           holiday year is answered by weekends and closures alone;
 *           calendar_known_until() says how far the table reaches.
 */
#include <stdbool.h>
#include <time.h>

#include "base/error.h"
#include "base/fault.h"
#include "base/text.h"

struct date {
	int year, month, day; /* month and day from 1; year 0 means none */
};

enum division {
	DIVISION_ENGLAND_AND_WALES,
	DIVISION_SCOTLAND,
	DIVISION_NORTHERN_IRELAND,
	DIVISION_UK_ANY, /* a holiday anywhere in the United Kingdom */
	DIVISION_COUNT
};

struct calendar;

struct calendar_settings {
	const char *holidays_path; /* in the format of gov.uk */
	const char *zone;          /* "Europe/London" */
	enum division division;
	const struct date *closures;
	size_t closure_count;
	int opens, closes; /* minutes after midnight, 9 * 60 and 17 * 60 */
};

int calendar_load(const struct calendar_settings *settings,
		  struct fault_list *faults, struct calendar **ret_calendar,
		  struct error *err);
void calendar_free(struct calendar *calendar);

bool calendar_is_working_day(const struct calendar *calendar, struct date day);
/* "Good Friday", "closure day", "Saturday", …; NULL on a working day. */
const char *calendar_why_not(const struct calendar *calendar, struct date day);

/* The plain count: day 0 is the given day even when it is no working day;
 * n may be negative. In a division of choice. */
struct date calendar_add_working_days(const struct calendar *calendar,
				      enum division division, struct date day,
				      int n);

/* casework.md: the working day that a receipt counts for (day 0). */
struct date calendar_receipt_day(const struct calendar *calendar,
				 time_t received);
/* 17:00 on the nth working day after the receipt day. */
time_t calendar_due(const struct calendar *calendar, time_t received, int n);

/* The council's local civil time. */
struct date calendar_date(const struct calendar *calendar, time_t when);
time_t calendar_time(const struct calendar *calendar, struct date day,
		     int minutes_after_midnight);
int calendar_minutes(const struct calendar *calendar, time_t when);
int calendar_opens(const struct calendar *calendar); /* minutes */
int calendar_closes(const struct calendar *calendar);
/* RFC 3339 with the local offset, "2026-04-01T10:00:00+01:00". */
enum { CALENDAR_STAMP_SIZE = 32 };
void calendar_stamp(const struct calendar *calendar, time_t when,
		    char ret_stamp[CALENDAR_STAMP_SIZE]);

/* The last holiday that the table knows for the council's division. */
struct date calendar_known_until(const struct calendar *calendar);
enum division calendar_division(const struct calendar *calendar);
bool calendar_is_holiday(const struct calendar *calendar,
			 enum division division, struct date day);

/* Civil dates that need no calendar. */
bool date_parse(struct span text, struct date *ret_date); /* 2026-04-01 */
bool time_parse(struct span text, time_t *ret_time);      /* RFC 3339 */
struct date date_add(struct date day, int days);
int date_weekday(struct date day); /* 0 Sunday … 6 Saturday */
int date_compare(struct date a, struct date b);
int date_days_between(struct date from, struct date to);
bool division_parse(struct span name, enum division *ret_division);
const char *division_name(enum division division);

#endif
