/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names, days and quotations as a letter says them; bookmarks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "outbox_private.h"

struct span
words_day(const struct outbox *outbox, time_t when, struct arena *arena)
{
	static const char *const days[] = { "Sunday",    "Monday",   "Tuesday",
					    "Wednesday", "Thursday", "Friday",
					    "Saturday" };
	static const char *const months[] = {
		"January",   "February", "March",    "April",
		"May",       "June",     "July",     "August",
		"September", "October",  "November", "December"
	};
	struct date day =
		calendar_date(outbox->settings.casework->calendar, when);

	if (!when)
		return span_of("");
	return arena_printf(arena, "%s %d %s %d", days[date_weekday(day)],
			    day.day, months[day.month - 1], day.year);
}

struct span
words_name(const struct outbox *outbox, struct span email, struct arena *arena)
{
	const struct person *person =
		people_find(outbox->settings.casework->people, email);

	if (person && person->name.len)
		return person->name;
	return arena_span(arena,
			  span_sub(email, 0, span_find_byte(email, '@')));
}

struct span
words_first_name(const struct outbox *outbox, struct span email,
		 struct arena *arena)
{
	const struct people *people = outbox->settings.casework->people;
	struct span name = words_name(outbox, email, arena);

	if (people_role(people, email) == ROLE_TEAM)
		return name;
	return span_sub(name, 0, span_find_byte(name, ' '));
}

struct span
words_quoted(struct span text, struct arena *arena)
{
	struct span result = span_of("");
	struct buf quoted;

	text = span_trim(text);
	if (!text.len)
		return result;
	buf_init(&quoted, 16 * STORE_EXCERPT_MAX);
	letter_wrap(text, "> ", LETTER_BODY_COLUMNS, &quoted);
	result = arena_span(arena, buf_span(&quoted));
	buf_clear(&quoted);
	return result;
}

int
outbox_bookmark(struct outbox *outbox, const char *name, time_t *ret_at,
		struct error *err)
{
	struct arena *arena = arena_new(0);
	struct store_note *notes;
	size_t count = 0;
	int result = store_notes(outbox->settings.casework->store, name, arena,
				 &notes, &count, err);

	if (!result)
		*ret_at =
			count ? (time_t)strtoll(notes->value.ptr, NULL, 10) : 0;
	arena_free(arena);
	return result;
}

int
outbox_set_bookmark(struct outbox *outbox, const char *name, time_t at,
		    struct error *err)
{
	char value[32];

	snprintf(value, sizeof(value), "%lld", (long long)at);
	return store_note_set(outbox->settings.casework->store, name,
			      span_of(value), err);
}
