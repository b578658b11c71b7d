/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "holidays.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"

enum { PATH_TEXT_MAX = 4096 };

void
holidays_put_settings(struct buf *body, const char *url, const char *ca_file)
{
	wire_put_string(body, url);
	wire_put_string(body, ca_file);
}

static int
add_events(const struct json *events, enum division division,
	   struct arena *arena, struct holiday_list *list, struct error *err)
{
	size_t i;

	for (i = 0; i < json_size(events); i++) {
		const struct json *event = json_item(events, i);
		const char *title = json_as_string(json_get(event, "title"));
		const char *date = json_as_string(json_get(event, "date"));
		struct holiday *holiday;
		struct date day;

		if (title == NULL || date == NULL ||
		    !date_parse(span_of(date), &day) ||
		    strlen(title) > HOLIDAYS_TITLE_MAX)
			return error_set(err, ERROR_INPUT,
					 "an event without title or date");
		if (list->count >= HOLIDAYS_COUNT_MAX)
			return error_set(err, ERROR_INPUT, "too many events");
		holiday = arena_push(arena, &list->at, &list->count,
				     sizeof *list->at);
		holiday->division = division;
		holiday->day = day;
		holiday->title = span_of(arena_string(arena, title));
	}
	return 0;
}

int
holidays_read(const struct json *document, struct arena *arena,
	      struct holiday_list *ret_list, struct error *err)
{
	struct holiday_list list = { 0 };
	int division;

	for (division = 0; division < DIVISION_UK_ANY; division++) {
		const char *name = division_name((enum division)division);
		const struct json *events =
			json_get(json_get(document, name), "events");

		if (events != NULL &&
		    add_events(events, (enum division)division, arena, &list,
			       err) != 0)
			return error_add(err, "%s", name);
	}
	if (list.count == 0)
		return error_set(err, ERROR_INPUT,
				 "no bank holidays in it; is the address right?"
				 " https://www.gov.uk/bank-holidays.json is");
	*ret_list = list;
	return 0;
}

int
holidays_get(struct span body, struct arena *arena,
	     struct holiday_list *ret_list, struct error *err)
{
	struct wire_reader reader = wire_reader_of(body);
	bool good = wire_get_flag(&reader);
	struct holiday_list list = { 0 };
	struct span why;
	size_t i;

	if (!good) {
		why = wire_get_text(&reader, ERROR_TEXT_MAX);
		return error_set(err, ERROR_TEMPORARY, "%.*s", SPAN_ARG(why));
	}
	list.count = wire_get_count(&reader, HOLIDAYS_COUNT_MAX);
	list.at = arena_array(arena, list.count, sizeof *list.at);
	for (i = 0; i < list.count; i++) {
		struct holiday *holiday = &list.at[i];
		struct span day;

		holiday->division = (enum division)wire_get_number(
			&reader, 0, DIVISION_UK_ANY - 1);
		day = wire_get_text(&reader, PATH_TEXT_MAX);
		holiday->title = arena_span(
			arena, wire_get_text(&reader, HOLIDAYS_TITLE_MAX));
		if (!date_parse(day, &holiday->day))
			reader.bad = true;
	}
	if (!wire_done(&reader) || list.count == 0)
		return error_set(err, ERROR_INPUT,
				 "the holidays role said something odd");
	*ret_list = list;
	return 0;
}
