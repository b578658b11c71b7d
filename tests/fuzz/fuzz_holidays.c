/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "edges/holidays.h"
#include "table.h"

/* Bank holidays as gov.uk, or whoever stands between, sends them; and the same
 * bytes as the daemon's own file of them. */
int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span bytes = { .ptr = (const char *)data, .len = size };
	struct calendar_settings settings = { .zone = "Europe/London",
					      .opens = 540,
					      .closes = 1020 };
	struct arena *arena = arena_new(0);
	struct fault_list faults = { 0 };
	struct holiday_list list;
	struct calendar *calendar;
	struct table table;
	struct json *json;
	struct error err;

	json = json_parse(bytes, &err);
	if (json != NULL)
		(void)holidays_read(json, arena, &list, &err);
	json_free(json);
	table_open(&table, bytes);
	settings.holidays_path = table.path;
	if (calendar_load(&settings, &faults, &calendar, &err) == 0) {
		(void)calendar_add_working_days(
			calendar, DIVISION_ENGLAND_AND_WALES,
			(struct date){ 2026, 12, 24 }, 10);
		calendar_free(calendar);
	}
	table_close(&table);
	fault_list_clear(&faults);
	arena_free(arena);
	return 0;
}
