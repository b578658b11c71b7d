/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"
#include "facts/elections.h"
#include "facts/people.h"
#include "paths.h"
#include "table.h"

/* Tables that a program of the council writes and exports. */

struct row_watch {
	unsigned line;
};

static void
on_row(void *context, const struct csv_row *row)
{
	struct row_watch *watch = context;
	size_t i;

	if (row->line < watch->line || row->line == 0)
		abort();
	watch->line = row->line;
	for (i = 0; i < 3; i++)
		if (!text_utf8_valid(row->fields[i]))
			abort();
}

static void
read_rows(struct span bytes, struct fault_list *faults)
{
	static const char *const columns[] = { "id", "name", "when", NULL };
	struct row_watch watch = { 0 };
	struct table table;
	struct error err;

	table_open(&table, bytes);
	(void)csv_read(table.path, columns, 1, faults, on_row, &watch, &err);
	table_close(&table);
}

static void
ask(const struct people *people)
{
	size_t i;

	for (i = 0; i < people_count(people); i++) {
		const struct person *person = people_at(people, i);

		/* A row without an address is a fault, which was told. */
		if ((person->email.len != 0 &&
		     people_find(people, person->email) == NULL) ||
		    !text_utf8_valid(person->name))
			abort();
		(void)people_find_name(people, person->name);
		(void)people_canonical(people, person->email);
		(void)people_group(people, person->group);
	}
	for (i = 0; i < POST_COUNT; i++)
		(void)people_post_holder(people, (enum post)i);
}

static void
read_people(struct span bytes, struct fault_list *faults)
{
	const struct span domain = span_of("x.example");
	size_t end = span_find_byte(bytes, '\f');
	struct people *people = NULL;
	struct table first, second;
	struct error err;

	table_open(&first, span_sub(bytes, 0, end));
	table_open(&second, span_sub(bytes, end + 1, bytes.len));
	if (people_load(first.path, end < bytes.len ? second.path : NULL,
			&domain, 1, faults, &people, &err) == 0) {
		ask(people);
		people_free(people);
	}
	table_close(&first);
	table_close(&second);
}

static void
read_elections(struct span bytes, struct fault_list *faults)
{
	const struct calendar_settings settings = {
		.holidays_path = PATH_SOURCE "/config/bank-holidays.json",
		.zone = "Europe/London",
		.opens = 540,
		.closes = 1020,
	};
	static struct calendar *calendar;
	struct elections *elections;
	struct table table;
	struct error err;
	size_t from = 0;

	if (calendar == NULL &&
	    calendar_load(&settings, faults, &calendar, &err) != 0)
		abort();
	table_open(&table, bytes);
	if (elections_load(table.path, calendar, faults, &elections, &err) ==
	    0) {
		(void)elections_on(elections, (struct date){ 2026, 4, 1 },
				   &from);
		elections_free(elections);
	}
	table_close(&table);
}

/* The first byte says which table it is; groups follow people behind a form
 * feed. */
int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static void (*const kinds[])(struct span, struct fault_list *) = {
		read_people,
		read_elections,
		read_rows,
	};
	struct span bytes = { .ptr = (const char *)data, .len = size };
	struct fault_list faults = { 0 };

	if (size != 0)
		kinds[data[0] % ARRAY_SIZE(kinds)](span_sub(bytes, 1, size),
						   &faults);
	fault_list_clear(&faults);
	return 0;
}
