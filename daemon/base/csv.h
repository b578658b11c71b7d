/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CSV_H
#define CSV_H
/*
 * CSV files as RFC 4180 has them (libcsv): UTF-8, a byte order mark is fine,
 * a header row, columns in any order. The caller names the columns it knows;
 * each row comes with its fields in that order (empty where the column is
 * missing) and its line number.
 */
#include "error.h"
#include "fault.h"
#include "text.h"

struct csv_row {
	const char *file;
	unsigned line;
	const struct span *fields; /* in the order of the columns asked for */
};

typedef void csv_row_handler(void *context, const struct csv_row *row);

/* columns: NULL-terminated names. The first `required` of them must be there.
 * Unknown columns, and rows that are no CSV, become faults. -1 when the file
 * cannot be read, is no plain file, or lacks a required column. */
int csv_read(const char *path, const char *const *columns, size_t required,
	     struct fault_list *faults, csv_row_handler *handler, void *context,
	     struct error *err);

#endif
