/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mailfile.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

/* RFC 5322 4.3: the zones that have names; military letters say nothing. */
static const struct {
	const char *name;
	int minutes;
} zones[] = {
	{ "GMT", 0 },    { "UT", 0 },     { "UTC", 0 },    { "Z", 0 },
	{ "BST", 60 },   { "IST", 60 },   { "CET", 60 },   { "CEST", 120 },
	{ "EST", -300 }, { "EDT", -240 }, { "CST", -360 }, { "CDT", -300 },
	{ "MST", -420 }, { "MDT", -360 }, { "PST", -480 }, { "PDT", -420 },
};

static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Folding white space and comments; an open comment swallows the rest. */
static void
skip_blank(struct span *rest)
{
	unsigned depth = 0;
	size_t at;

	for (at = 0; at < rest->len; at++) {
		char c = rest->ptr[at];

		if (c == '(')
			depth++;
		else if (c == ')' && depth != 0)
			depth--;
		else if (depth == 0 && !is_blank(c))
			break;
	}
	*rest = span_sub(*rest, at, rest->len);
}

static bool
take_number(struct span *rest, size_t most, int *ret_number)
{
	size_t at;
	int number = 0;

	skip_blank(rest);
	for (at = 0; at < rest->len && at < most && is_digit(rest->ptr[at]);
	     at++)
		number = number * 10 + (rest->ptr[at] - '0');
	if (at == 0)
		return false;
	*ret_number = number;
	*rest = span_sub(*rest, at, rest->len);
	return true;
}

static bool
take_byte(struct span *rest, char byte)
{
	skip_blank(rest);
	if (rest->len == 0 || rest->ptr[0] != byte)
		return false;
	*rest = span_sub(*rest, 1, rest->len);
	return true;
}

static struct span
take_word(struct span *rest)
{
	struct span word;
	size_t at;

	skip_blank(rest);
	for (at = 0; at < rest->len; at++) {
		char c = (char)(rest->ptr[at] | 0x20);

		if (c < 'a' || c > 'z')
			break;
	}
	word = span_sub(*rest, 0, at);
	*rest = span_sub(*rest, at, rest->len);
	return word;
}

static bool
take_month(struct span *rest, int *ret_month)
{
	struct span word;
	int month;

	(void)take_byte(rest, '-');
	word = take_word(rest);
	for (month = 0; month < 12 && word.len >= 3; month++)
		if (strncasecmp(word.ptr, months + 3 * month, 3) == 0) {
			*ret_month = month;
			(void)take_byte(rest, '-');
			return true;
		}
	return false;
}

/* The offset in minutes; no zone, or an unknown one, counts as UTC. */
static int
take_zone(struct span *rest)
{
	struct span word;
	bool west;
	int number;
	size_t i;

	west = take_byte(rest, '-');
	if (west || take_byte(rest, '+')) {
		if (!take_number(rest, 4, &number))
			return 0;
		number = number / 100 * 60 + number % 100;
		return west ? -number : number;
	}
	word = take_word(rest);
	for (i = 0; i < ARRAY_SIZE(zones); i++)
		if (span_is_nocase(word, zones[i].name))
			return zones[i].minutes;
	return 0;
}

static bool
take_clock(struct span *rest, struct tm *tm)
{
	if (!take_number(rest, 2, &tm->tm_hour) || !take_byte(rest, ':') ||
	    !take_number(rest, 2, &tm->tm_min))
		return false;
	if (take_byte(rest, ':') && !take_number(rest, 2, &tm->tm_sec))
		return false;
	return tm->tm_hour < 24 && tm->tm_min < 60 && tm->tm_sec <= 60;
}

bool
mailfile_date(struct span text, time_t *ret_time)
{
	struct tm tm = { 0 };
	struct span rest = text;
	int year;

	(void)take_word(&rest); /* the name of the day */
	(void)take_byte(&rest, ',');
	if (!take_number(&rest, 2, &tm.tm_mday) ||
	    !take_month(&rest, &tm.tm_mon) || !take_number(&rest, 4, &year) ||
	    !take_clock(&rest, &tm))
		return false;
	if (year < 50)
		year += 2000; /* RFC 5322 4.3 */
	else if (year < 1000)
		year += 1900;
	if (tm.tm_mday < 1 || tm.tm_mday > 31 || year < 1970 || year > 9999)
		return false;
	tm.tm_year = year - 1900;
	*ret_time = timegm(&tm) - (time_t)take_zone(&rest) * 60;
	return true;
}

/* Takes one header field off the front, folded lines and all; false at the
 * empty line or where no more whole field is. */
static bool
take_field(struct span *rest, struct span *ret_field)
{
	size_t at = 0, start = 0;

	if (rest->len == 0 || rest->ptr[0] == '\n' || rest->ptr[0] == '\r')
		return false;
	do {
		start = at;
		at += span_find_byte(span_sub(*rest, at, rest->len), '\n') + 1;
	} while (at > start && at < rest->len &&
		 (rest->ptr[at] == ' ' || rest->ptr[at] == '\t'));
	*ret_field = span_sub(*rest, 0, at);
	*rest = span_sub(*rest, at, rest->len);
	return true;
}

/* RFC 5321 4.4: the date follows the last semicolon of a Received field. */
static bool
received_date(struct span field, time_t *ret_time)
{
	size_t at;

	for (at = field.len; at != 0; at--)
		if (field.ptr[at - 1] == ';')
			return mailfile_date(span_sub(field, at, field.len),
					     ret_time);
	return false;
}

time_t
mailfile_received(struct span head)
{
	struct span rest = span_sub(head, 0, MAILFILE_HEAD_MAX), field;
	time_t date = 0, when;

	while (take_field(&rest, &field)) {
		if (span_starts_nocase(field, "received:")) {
			if (received_date(field, &when))
				return when;
		} else if (date == 0 && span_starts_nocase(field, "date:")) {
			if (mailfile_date(span_sub(field, 5, field.len), &when))
				date = when;
		}
	}
	return date;
}
