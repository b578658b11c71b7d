/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv.h"

#include <csv.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"

enum {
	CSV_COLUMNS_MAX = 64,
	CSV_FIELD_MAX = 1 << 16,
	CSV_FILE_MAX = 64 << 20,
	MISSING_MAX = 1024
};

struct reading {
	const char *path;
	const char *const *columns;
	size_t column_count, required;
	struct fault_list *faults;
	csv_row_handler *handler;
	void *context;

	struct span fields[CSV_COLUMNS_MAX]; /* of this row, owned */
	size_t field_count;
	int place[CSV_COLUMNS_MAX]; /* field -> column asked for, or -1 */
	size_t header_count;
	bool header_seen;
	unsigned header_line;
	struct buf missing; /* columns that the header row has not */
	unsigned line;      /* where the row now read begins */
	unsigned next_line; /* where the next one would */
};

static void
row_clear(struct reading *reading)
{
	size_t i;

	for (i = 0; i < reading->field_count && i < CSV_COLUMNS_MAX; i++)
		free((char *)reading->fields[i].ptr);
	reading->field_count = 0;
}

static void
field_end(void *text, size_t len, void *context)
{
	struct reading *reading = context;
	char *copy;

	if (reading->field_count >= CSV_COLUMNS_MAX) {
		reading->field_count++;
		return;
	}
	copy = malloc(len + 1);
	if (copy == NULL)
		abort();
	if (len != 0)
		memcpy(copy, text, len);
	copy[len] = '\0';
	reading->fields[reading->field_count++] =
		(struct span){ .ptr = copy, .len = len };
}

static void
header_row(struct reading *reading)
{
	size_t i, column;

	reading->header_seen = true;
	reading->header_line = reading->line;
	reading->header_count = reading->field_count < CSV_COLUMNS_MAX ?
					reading->field_count :
					CSV_COLUMNS_MAX;
	for (i = 0; i < reading->header_count; i++) {
		struct span name = span_trim(reading->fields[i]);

		if (i == 0 && span_starts(name, "\xef\xbb\xbf"))
			name = span_trim(span_sub(name, 3, name.len));
		reading->place[i] = -1;
		for (column = 0; column < reading->column_count; column++)
			if (span_is_nocase(name, reading->columns[column]))
				reading->place[i] = (int)column;
		if (reading->place[i] < 0)
			fault_add(reading->faults, FAULT_WARNING, reading->path,
				  reading->line,
				  "column \"%.*s\" is not known and ignored",
				  SPAN_ARG(name));
	}
	for (column = 0; column < reading->required; column++) {
		for (i = 0; i < reading->header_count; i++)
			if (reading->place[i] == (int)column)
				break;
		if (i < reading->header_count)
			continue;
		buf_printf(&reading->missing, "%s\"%s\"",
			   reading->missing.len != 0 ? ", " : "",
			   reading->columns[column]);
	}
}

static bool
row_blank(const struct reading *reading)
{
	return reading->field_count == 0 ||
	       (reading->field_count == 1 && span_blank(reading->fields[0]));
}

static void
data_row(struct reading *reading)
{
	struct span fields[CSV_COLUMNS_MAX] = { 0 };
	struct csv_row row = { .file = reading->path,
			       .line = reading->line,
			       .fields = fields };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(fields); i++)
		fields[i] = span_of("");
	if (reading->field_count > reading->header_count) {
		fault_add(reading->faults, FAULT_ERROR, reading->path,
			  reading->line,
			  "%zu fields, but the header row has %zu; quote a "
			  "field that holds a comma",
			  reading->field_count, reading->header_count);
		return;
	}
	for (i = 0; i < reading->field_count; i++) {
		if (!text_utf8_valid(reading->fields[i])) {
			fault_add(reading->faults, FAULT_ERROR, reading->path,
				  reading->line,
				  "field %zu is not UTF-8; save the file as "
				  "UTF-8",
				  i + 1);
			return;
		}
		if (reading->place[i] >= 0)
			fields[reading->place[i]] =
				span_trim(reading->fields[i]);
	}
	reading->handler(reading->context, &row);
}

static void
row_end(int terminator, void *context)
{
	struct reading *reading = context;

	(void)terminator;
	/* A lone CR ends a row too, and the next one begins in the same line.
	 */
	if (reading->line == 0)
		reading->line = reading->next_line;
	if (!row_blank(reading)) {
		if (!reading->header_seen)
			header_row(reading);
		else if (reading->missing.len == 0)
			data_row(reading);
	}
	row_clear(reading);
	reading->line = 0;
}

/* Feeds libcsv a line at a time, so that each row knows where it began. */
static int
parse_file(struct reading *reading, FILE *file, struct csv_parser *parser,
	   struct error *err)
{
	char *line = NULL;
	size_t room = 0, total = 0;
	ssize_t len;
	int result = 0;

	while (result == 0 && (len = getline(&line, &room, file)) > 0) {
		reading->next_line++;
		if (reading->line == 0)
			reading->line = reading->next_line;
		total += (size_t)len;
		if (total > CSV_FILE_MAX)
			result = error_set(err, ERROR_CONFIG,
					   "%s: larger than %d MB",
					   reading->path, CSV_FILE_MAX >> 20);
		else if (csv_parse(parser, line, (size_t)len, field_end,
				   row_end, reading) != (size_t)len) {
			fault_add(reading->faults, FAULT_ERROR, reading->path,
				  reading->next_line,
				  "no CSV (RFC 4180): %s; is a quote missing?",
				  csv_strerror(csv_error(parser)));
			break;
		}
	}
	if (result == 0 && ferror(file))
		result = error_set(err, ERROR_CONFIG, "%s: %s", reading->path,
				   strerror(errno));
	if (result == 0 && csv_fini(parser, field_end, row_end, reading) != 0)
		fault_add(reading->faults, FAULT_ERROR, reading->path,
			  reading->line,
			  "a quote is opened in this row and never closed");
	free(line);
	return result;
}

int
csv_read(const char *path, const char *const *columns, size_t required,
	 struct fault_list *faults, csv_row_handler *handler, void *context,
	 struct error *err)
{
	struct reading reading = { .path = path,
				   .columns = columns,
				   .required = required,
				   .faults = faults,
				   .handler = handler,
				   .context = context };
	struct csv_parser parser;
	FILE *file = file_open(path, err);
	int result;

	if (file == NULL)
		return -1;
	buf_init(&reading.missing, MISSING_MAX);
	while (columns[reading.column_count] != NULL)
		reading.column_count++;
	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
		abort();
	result = parse_file(&reading, file, &parser, err);
	row_clear(&reading);
	csv_free(&parser);
	fclose(file);
	if (result == 0 && !reading.header_seen)
		result = error_set(err, ERROR_CONFIG,
				   "%s: empty; the first row names the columns",
				   path);
	if (result == 0 && reading.missing.len != 0)
		result = error_set(err, ERROR_CONFIG,
				   "%s:%u: the header row has no column %.*s; "
				   "add it",
				   path, reading.header_line,
				   SPAN_ARG(buf_span(&reading.missing)));
	buf_clear(&reading.missing);
	return result;
}
