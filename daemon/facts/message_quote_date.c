/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates as people's mail programs write them above a quoted message:
 * "Thursday, February 09, 2012 1:36 PM", "12.03.2026 um 10:22", "2026-03-12".
 * Day before month unless that cannot be: this is for councils in Britain.
 */
#include <string.h>
#include <strings.h>

#include "message_authored.h"

/* By their first letters, in the languages of the tables beside. */
static const struct {
	const char *start;
	int month;
} months[] = {
	{ "jan", 1 },  { "ion", 1 },  { "gen", 1 },  { "ene", 1 },
	{ "sty", 1 },  { "янв", 1 },  { "tam", 1 },  { "fév", 2 },
	{ "feb", 2 },  { "fev", 2 },  { "chw", 2 },  { "lut", 2 },
	{ "фев", 2 },  { "hel", 2 },  { "mär", 3 },  { "mar", 3 },
	{ "maa", 3 },  { "maw", 3 },  { "mrt", 3 },  { "мар", 3 },
	{ "apr", 4 },  { "avr", 4 },  { "abr", 4 },  { "ebr", 4 },
	{ "kwi", 4 },  { "апр", 4 },  { "huh", 4 },  { "may", 5 },
	{ "mai", 5 },  { "mei", 5 },  { "mag", 5 },  { "maj", 5 },
	{ "мая", 5 },  { "tou", 5 },  { "juin", 6 }, { "jun", 6 },
	{ "giu", 6 },  { "cze", 6 },  { "meh", 6 },  { "июн", 6 },
	{ "kes", 6 },  { "juil", 7 }, { "jul", 7 },  { "lug", 7 },
	{ "lip", 7 },  { "gor", 7 },  { "июл", 7 },  { "hei", 7 },
	{ "aug", 8 },  { "aoû", 8 },  { "ago", 8 },  { "sie", 8 },
	{ "aws", 8 },  { "авг", 8 },  { "elo", 8 },  { "sep", 9 },
	{ "set", 9 },  { "wrz", 9 },  { "med", 9 },  { "сен", 9 },
	{ "syy", 9 },  { "oct", 10 }, { "okt", 10 }, { "ott", 10 },
	{ "out", 10 }, { "paź", 10 }, { "hyd", 10 }, { "окт", 10 },
	{ "lok", 10 }, { "nov", 11 }, { "lis", 11 }, { "tach", 11 },
	{ "ноя", 11 }, { "mars", 3 }, { "dec", 12 }, { "déc", 12 },
	{ "dez", 12 }, { "dic", 12 }, { "gru", 12 }, { "rha", 12 },
	{ "дек", 12 }, { "jou", 12 },
};

struct moment {
	int day, month, year, hour, minute, second;
	int offset_min; /* east of UTC */
	bool has_time;
};

/* Up to eight digits off the front; *ret_digits of them. */
static int
take_number(struct span *text, size_t *ret_digits)
{
	int number = 0;
	size_t at = 0;

	while (at < text->len && at < 8 && byte_is_digit(text->ptr[at]))
		number = number * 10 + (text->ptr[at++] - '0');
	*ret_digits = at;
	*text = span_sub(*text, at, text->len);
	return number;
}

static char
first_byte(struct span text)
{
	return text.len != 0 ? text.ptr[0] : '\0';
}

static bool
follows(struct span text, const char *separators)
{
	return text.len >= 2 && strchr(separators, text.ptr[0]) != NULL &&
	       text.ptr[0] != '\0' && byte_is_digit(text.ptr[1]);
}

static void
set_year(struct moment *moment, int year)
{
	if (moment->year == 0)
		moment->year = year < 100 ? 2000 + year : year;
}

static void
set_day_month(struct moment *moment, int first, int second)
{
	if (moment->day != 0)
		return;
	if (first <= 12 && second > 12) {
		moment->day = second;
		moment->month = first;
	} else {
		moment->day = first;
		moment->month = second;
	}
}

/* Behind the first number and its separator: the rest of a numeric date. */
static void
take_numeric(struct moment *moment, int first, size_t digits, struct span *text)
{
	size_t more;
	int second, third;

	*text = span_sub(*text, 1, text->len);
	second = take_number(text, &more);
	if (!follows(*text, "/.-")) {
		if (more == 2 && first < 24 && second < 60 &&
		    !moment->has_time && moment->year != 0) {
			moment->hour = first; /* "kl. 18.30" */
			moment->minute = second;
			moment->has_time = true;
		}
		return;
	}
	*text = span_sub(*text, 1, text->len);
	third = take_number(text, &more);
	if (digits == 4) {
		set_year(moment, first);
		if (moment->day == 0) {
			moment->month = second;
			moment->day = third;
		}
	} else {
		set_day_month(moment, first, second);
		set_year(moment, third);
	}
}

static void
take_clock(struct moment *moment, int hour, struct span *text)
{
	size_t digits;
	int minute, second = 0;

	*text = span_sub(*text, 1, text->len);
	minute = take_number(text, &digits);
	if (follows(*text, ":")) {
		*text = span_sub(*text, 1, text->len);
		second = take_number(text, &digits);
	}
	if (moment->has_time || hour > 23 || minute > 59 || second > 60)
		return;
	moment->hour = hour;
	moment->minute = minute;
	moment->second = second;
	moment->has_time = true;
}

static void
take_digits(struct moment *moment, struct span *text)
{
	size_t digits;
	int number = take_number(text, &digits);

	if (follows(*text, ":h")) {
		take_clock(moment, number, text);
	} else if (follows(*text, "/.-")) {
		take_numeric(moment, number, digits, text);
	} else if (digits == 4 && number >= 1970 && number < 2100) {
		set_year(moment, number);
	} else if (digits <= 2 && number >= 1 && number <= 31 &&
		   moment->day == 0) {
		moment->day = number;
	}
}

static void
take_word(struct moment *moment, struct span *text)
{
	struct span word;
	size_t at = 0, i;

	while (at < text->len && byte_is_letter(text->ptr[at]))
		at++;
	word = span_sub(*text, 0, at);
	*text = span_sub(*text, at, text->len);
	if (span_is_nocase(word, "pm") && moment->has_time &&
	    moment->hour < 12) {
		moment->hour += 12;
		return;
	}
	if (span_is_nocase(word, "am") && moment->has_time &&
	    moment->hour == 12)
		moment->hour = 0;
	if (moment->month != 0 || word.len < 3)
		return;
	for (i = 0; i < ARRAY_SIZE(months); i++)
		if (span_starts_nocase(word, months[i].start)) {
			moment->month = months[i].month;
			return;
		}
}

/* "+0100" or "+01:00" behind a time. */
static void
take_offset(struct moment *moment, struct span *text)
{
	int sign = first_byte(*text) == '-' ? -1 : 1, number;
	size_t digits;

	*text = span_sub(*text, 1, text->len);
	number = take_number(text, &digits);
	if (digits == 4)
		moment->offset_min = sign * (number / 100 * 60 + number % 100);
	else if (digits == 2 && follows(*text, ":"))
		moment->offset_min = sign * number * 60;
}

static bool
is_offset(const struct moment *moment, struct span text)
{
	return moment->has_time && text.len >= 3 &&
	       (text.ptr[0] == '+' || text.ptr[0] == '-') &&
	       byte_is_digit(text.ptr[1]) && byte_is_digit(text.ptr[2]);
}

/* Days from 1970-01-01 in the Gregorian calendar, years beginning in March.
 * The C library's timegm() would look at a file. */
static long long
days_of(int year, int month, int day)
{
	long long y = month <= 2 ? year - 1 : year;
	long long shifted = month > 2 ? month - 3 : month + 9;

	return y * 365 + y / 4 - y / 100 + y / 400 + (153 * shifted + 2) / 5 +
	       day - 1 - 719468;
}

static time_t
moment_time(const struct moment *moment)
{
	long long days = days_of(moment->year, moment->month, moment->day);

	return (time_t)(((days * 24 + moment->hour) * 60 + moment->minute -
			 moment->offset_min) *
				60 +
			moment->second);
}

time_t
quote_date(struct span text)
{
	struct moment moment = { .day = 0 };

	text = span_sub(text, 0, 200);
	while (text.len != 0) {
		if (byte_is_digit(text.ptr[0]))
			take_digits(&moment, &text);
		else if (is_offset(&moment, text))
			take_offset(&moment, &text);
		else if (byte_is_letter(text.ptr[0]))
			take_word(&moment, &text);
		else
			text = span_sub(text, 1, text.len);
	}
	if (moment.year < 1990 || moment.year > 2099 || moment.month < 1 ||
	    moment.month > 12 || moment.day < 1 || moment.day > 31)
		return 0;
	return moment_time(&moment);
}
