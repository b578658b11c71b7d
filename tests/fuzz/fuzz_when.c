/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "filters/fold.h"
#include "filters/when.h"
#include "paths.h"

static struct calendar *
load(void)
{
	const struct calendar_settings settings = {
		.holidays_path = PATH_SOURCE "/config/bank-holidays.json",
		.zone = "Europe/London",
		.opens = 540,
		.closes = 1020,
	};
	struct fault_list faults = { 0 };
	struct calendar *calendar;
	struct error err;

	if (calendar_load(&settings, &faults, &calendar, &err) != 0)
		abort();
	fault_list_clear(&faults);
	return calendar;
}

/* Days that are none would become deadlines. */
static void
check(const struct when *when, struct span text, size_t at)
{
	struct date same = date_add(when->day, 0);

	if (when->start >= when->end || when->end > text.len ||
	    at != when->end || same.year != when->day.year ||
	    same.month != when->day.month || same.day != when->day.day ||
	    same.year > 2100)
		abort();
}

/* The first byte is the day of writing, counted from the end of 2027: a leap
 * year follows. */
int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct calendar *calendar;
	struct span bytes = { .ptr = (const char *)data, .len = size };
	struct arena *arena;
	struct date written;
	struct when when;
	struct fold fold;
	size_t at = 0;

	if (size == 0)
		return 0;
	if (calendar == NULL)
		calendar = load();
	arena = arena_new(0);
	written = date_add((struct date){ 2027, 12, 1 }, data[0]);
	fold_make(span_sub(bytes, 1, size), arena, &fold);
	while (when_next(fold.text, &at, written, calendar, &when))
		check(&when, fold.text, at);
	arena_free(arena);
	return 0;
}
