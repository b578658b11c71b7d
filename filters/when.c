/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "when.h"

#include <stdlib.h>
#include <string.h>

enum {
	WORDS = 6, /* looked at together */
	DAYS_MAX = 366,
	YEARS_AWAY_MAX = 20 /* further away nobody promises anything */
};

struct words {
	struct span at[WORDS];
	size_t count;
};

struct day_name {
	const char *name;
	int number;
};

static const struct day_name weekdays[] = {
	{ "sunday", 0 },    { "monday", 1 }, { "mon", 1 },
	{ "tuesday", 2 },   { "tues", 2 },   { "tue", 2 },
	{ "wednesday", 3 }, { "wed", 3 },    { "weds", 3 },
	{ "thursday", 4 },  { "thurs", 4 },  { "thur", 4 },
	{ "thu", 4 },       { "friday", 5 }, { "fri", 5 },
	{ "saturday", 6 },
};

static const struct day_name months[] = {
	{ "january", 1 },   { "jan", 1 },       { "february", 2 },
	{ "feb", 2 },       { "march", 3 },     { "mar", 3 },
	{ "april", 4 },     { "apr", 4 },       { "may", 5 },
	{ "june", 6 },      { "jun", 6 },       { "july", 7 },
	{ "jul", 7 },       { "august", 8 },    { "aug", 8 },
	{ "september", 9 }, { "sept", 9 },      { "sep", 9 },
	{ "october", 10 },  { "oct", 10 },      { "november", 11 },
	{ "nov", 11 },      { "december", 12 }, { "dec", 12 },
};

static const struct day_name numbers[] = {
	{ "a", 1 },         { "one", 1 },  { "two", 2 },      { "three", 3 },
	{ "four", 4 },      { "five", 5 }, { "six", 6 },      { "seven", 7 },
	{ "eight", 8 },     { "nine", 9 }, { "ten", 10 },     { "twelve", 12 },
	{ "couple", 2 },    { "few", 3 },  { "fifteen", 15 }, { "twenty", 20 },
	{ "fourteen", 14 },
};

static int
lookup(const struct day_name *table, size_t count, struct span word)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (span_is(word, table[i].name))
			return table[i].number;
	return -1;
}

static bool
word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/';
}

static bool
next_word(struct span text, size_t *at, struct span *ret)
{
	size_t start;

	while (*at < text.len && !word_byte(text.ptr[*at]))
		(*at)++;
	start = *at;
	while (*at < text.len && word_byte(text.ptr[*at]))
		(*at)++;
	*ret = span_sub(text, start, *at);
	return *at > start;
}

/* "14", "14th", "ten"; -1 else. *plain: without "th". */
static int
number_of(struct span word)
{
	int value = 0;
	size_t i;

	for (i = 0; i < word.len && word.ptr[i] >= '0' && word.ptr[i] <= '9';
	     i++)
		value = value > 9999 ? value : value * 10 + word.ptr[i] - '0';
	if (i == 0)
		return lookup(numbers, ARRAY_SIZE(numbers), word);
	if (i == word.len)
		return value;
	word = span_sub(word, i, word.len);
	return span_is(word, "th") || span_is(word, "st") ||
			       span_is(word, "nd") || span_is(word, "rd") ?
		       value :
		       -1;
}

static bool
ordinal(struct span word)
{
	return word.len > 2 && word.ptr[0] >= '0' && word.ptr[0] <= '9' &&
	       word.ptr[word.len - 1] >= 'a' && number_of(word) > 0;
}

static struct date
on_month_day(struct date written, int month, int day)
{
	struct date found = { written.year, month, day };

	/* "3 January" written in December is next year's; a date some weeks
	 * back is simply past. */
	if (date_days_between(found, written) > 180)
		found.year++;
	return found;
}

static struct date
last_working_day(const struct calendar *calendar, struct date day)
{
	int tries = 10;

	while (tries-- > 0 && !calendar_is_working_day(calendar, day))
		day = date_add(day, -1);
	return day;
}

static struct date
end_of_month(struct date day)
{
	struct date first = { day.year, day.month + 1, 1 };

	if (first.month == 13)
		first = (struct date){ day.year + 1, 1, 1 };
	return date_add(first, -1);
}

struct reader {
	const struct words *w;
	struct date written;
	const struct calendar *calendar;
};

static bool
is(const struct reader *r, size_t i, const char *word)
{
	return i < r->w->count && span_is(r->w->at[i], word);
}

/* "friday", "next tuesday", "monday week", "friday 14 march" (left to the
 * date). Words used, or 0. */
static size_t
read_weekday(const struct reader *r, struct date *ret)
{
	size_t first =
		is(r, 0, "next") || is(r, 0, "this") || is(r, 0, "coming");
	int day = first < r->w->count ? lookup(weekdays, ARRAY_SIZE(weekdays),
					       r->w->at[first]) :
					-1;
	int ahead;

	if (day < 0)
		return 0;
	ahead = (day - date_weekday(r->written) + 7) % 7;
	if (ahead == 0)
		ahead = 7;
	if (is(r, 0, "next") && ahead <= 6 - (date_weekday(r->written) + 6) % 7)
		ahead += 7;
	if (is(r, first + 1, "week")) {
		ahead += 7;
		first++;
	}
	*ret = date_add(r->written, ahead);
	return first + 1;
}

/* "14 march", "14th of march", "march 14", "the 14th". */
static size_t
read_date(const struct reader *r, struct date *ret)
{
	size_t of = is(r, 1, "of");
	int day = number_of(r->w->at[0]), month = -1;

	if (r->w->count > 1 + of)
		month = lookup(months, ARRAY_SIZE(months), r->w->at[1 + of]);
	if (day >= 1 && day <= 31 && month > 0 && r->w->at[0].ptr[0] >= '0' &&
	    r->w->at[0].ptr[0] <= '9') {
		*ret = on_month_day(r->written, month, day);
		return 2 + of;
	}
	month = lookup(months, ARRAY_SIZE(months), r->w->at[0]);
	if (month > 0 && r->w->count > 1 && r->w->at[1].ptr[0] >= '0' &&
	    r->w->at[1].ptr[0] <= '9') {
		day = number_of(r->w->at[1]);
		if (day >= 1 && day <= 31) {
			*ret = on_month_day(r->written, month, day);
			return 2;
		}
	}
	return 0;
}

/* "the 14th", "by 14th", and no "14th floor". */
static size_t
read_ordinal(const struct reader *r, struct date *ret)
{
	static const char *const before[] = { "the",  "on",     "by",  "until",
					      "till", "before", "from" };
	static const char *const not_days[] = {
		"floor", "edition",   "anniversary", "birthday", "draft",
		"time",  "century",   "year",        "place",    "grade",
		"item",  "paragraph", "century's",   "largest",  "week",
	};
	struct date next = r->written;
	size_t i;
	int day;

	for (i = 0; i < ARRAY_SIZE(before); i++)
		if (is(r, 0, before[i]))
			break;
	if (i == ARRAY_SIZE(before) || r->w->count < 2 ||
	    !ordinal(r->w->at[1]) || (day = number_of(r->w->at[1])) < 1 ||
	    day > 31)
		return 0;
	for (i = 0; i < ARRAY_SIZE(not_days); i++)
		if (is(r, 2, not_days[i]))
			return 0;
	/* "the 14th of April" is told as a date, with its month. */
	if (r->w->count > 2 &&
	    (is(r, 2, "of") ||
	     lookup(months, ARRAY_SIZE(months), r->w->at[2]) > 0))
		return 0;
	if (day < r->written.day) {
		next.month = next.month % 12 + 1;
		next.year += next.month == 1;
	}
	*ret = (struct date){ next.year, next.month, day };
	return 2;
}

/* "12/3", "12/03/2026". */
static size_t
read_slashes(const struct reader *r, struct date *ret)
{
	struct span rest = r->w->at[0], piece;
	int part[3] = { 0 };
	size_t count = 0;

	if (span_find_byte(rest, '/') == rest.len)
		return 0;
	while (count < 3 && span_next(&rest, '/', &piece))
		part[count++] = number_of(piece);
	if (count < 2 || part[0] < 1 || part[0] > 31 || part[1] < 1 ||
	    part[1] > 12)
		return 0;
	*ret = on_month_day(r->written, part[1], part[0]);
	if (count == 3 && part[2] > 0)
		ret->year = part[2] < 100 ? 2000 + part[2] : part[2];
	return 1;
}

/* "within 10 working days", "in a couple of days", "two weeks". */
static size_t
read_span(const struct reader *r, struct date *ret)
{
	size_t i = 0;
	int count;
	bool working = false;

	if (!is(r, 0, "within") && !is(r, 0, "in"))
		return 0;
	for (i = 1; is(r, i, "the") || is(r, i, "next") || is(r, i, "about") ||
		    (is(r, i, "a") &&
		     (is(r, i + 1, "couple") || is(r, i + 1, "few")));)
		i++;
	if (is(r, i, "fortnight") || is(r, i + 1, "fortnight")) {
		*ret = date_add(r->written, 14);
		return i + 1;
	}
	count = i < r->w->count ? number_of(r->w->at[i]) : -1;
	if (count < 1 || count > DAYS_MAX)
		return 0;
	i++;
	i += is(r, i, "of");
	if (is(r, i, "working")) {
		working = true;
		i++;
	}
	if (is(r, i, "day") || is(r, i, "days"))
		*ret = working ?
			       calendar_add_working_days(
				       r->calendar, DIVISION_ENGLAND_AND_WALES,
				       r->written, count) :
			       date_add(r->written, count);
	else if (is(r, i, "week") || is(r, i, "weeks"))
		*ret = date_add(r->written, 7 * count);
	else if (is(r, i, "hours"))
		*ret = date_add(r->written, (count + 23) / 24);
	else
		return 0;
	return i + 1;
}

/* "tomorrow", "today", "end of the week", "next week", "end of the month". */
static size_t
read_relative(const struct reader *r, struct date *ret)
{
	struct date friday =
		date_add(r->written, (5 - date_weekday(r->written) + 7) % 7);
	size_t i;

	if (is(r, 0, "tomorrow") || is(r, 0, "tmrw") || is(r, 0, "tomoz")) {
		*ret = date_add(r->written, 1);
		return 1;
	}
	if (is(r, 0, "today") || is(r, 0, "tonight") ||
	    (is(r, 0, "this") &&
	     (is(r, 1, "afternoon") || is(r, 1, "evening") ||
	      is(r, 1, "morning")))) {
		*ret = r->written;
		return 1;
	}
	if (is(r, 0, "next") && is(r, 1, "week")) {
		*ret = last_working_day(r->calendar, date_add(friday, 7));
		return 2;
	}
	if (is(r, 0, "this") && is(r, 1, "week")) {
		*ret = last_working_day(r->calendar, friday);
		return 2;
	}
	if (!is(r, 0, "end") && !is(r, 0, "close"))
		return 0;
	for (i = 1; is(r, i, "of") || is(r, i, "the") || is(r, i, "this") ||
		    is(r, i, "play") || is(r, i, "business");)
		i++;
	if (is(r, i, "next") && is(r, i + 1, "week")) {
		*ret = last_working_day(r->calendar, date_add(friday, 7));
		return i + 2;
	}
	if (is(r, i, "week")) {
		*ret = last_working_day(r->calendar, friday);
		return i + 1;
	}
	if (is(r, i, "month")) {
		*ret = last_working_day(r->calendar, end_of_month(r->written));
		return i + 1;
	}
	if (is(r, i, "day")) {
		*ret = r->written;
		return i + 1;
	}
	return 0;
}

static size_t (*const readers[])(const struct reader *, struct date *) = {
	read_span,    read_date,     read_ordinal,
	read_slashes, read_relative, read_weekday,
};

/* The 31st of April is none, and would be a deadline on a day that never
 * comes. */
static bool
is_day(struct date day, struct date written)
{
	struct date same;

	if (day.year < written.year - YEARS_AWAY_MAX ||
	    day.year > written.year + YEARS_AWAY_MAX)
		return false;
	same = date_add(day, 0);
	return same.month == day.month && same.day == day.day;
}

bool
when_next(struct span text, size_t *at, struct date written,
	  const struct calendar *calendar, struct when *ret_when)
{
	struct span first;

	while (next_word(text, at, &first)) {
		struct words words = { .at = { first }, .count = 1 };
		struct reader reader = { &words, written, calendar };
		size_t look = *at, i, used;

		while (words.count < WORDS &&
		       next_word(text, &look, &words.at[words.count]))
			words.count++;
		for (i = 0; i < ARRAY_SIZE(readers); i++) {
			used = readers[i](&reader, &ret_when->day);
			if (used == 0 || !is_day(ret_when->day, written))
				continue;
			if (used > words.count)
				used = words.count;
			ret_when->start = (size_t)(first.ptr - text.ptr);
			*at = (size_t)(words.at[used - 1].ptr - text.ptr) +
			      words.at[used - 1].len;
			ret_when->end = *at;
			return true;
		}
	}
	return false;
}
