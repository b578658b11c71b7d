/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef WHEN_H
#define WHEN_H
/*
 * Days as people write them: "by Friday", "14 March", "within 10 working
 * days", "tomorrow", "end of next week", "12/3", "Monday week".
 *
 * A day without a year is the next one that is not before the day of writing;
 * "within" and "next week" give the last day that keeps the word. A span of
 * weeks or months ends on its last working day.
 */
#include "base/text.h"
#include "facts/calendar.h"

struct when {
	struct date day;
	size_t start, end; /* in the text */
};

/* The first day told in folded text at or behind *at, which moves behind it. */
bool when_next(struct span text, size_t *at, struct date written,
	       const struct calendar *calendar, struct when *ret_when);

#endif
