/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLERKCTL_TABLE_H
#define CLERKCTL_TABLE_H
/*
 * Rows of text in aligned columns, for people. The first row is the heading.
 * Text from outside is shown harmless: control characters as '?', line ends as
 * spaces, so that no mail can talk to a terminal.
 *
 * Rows are to fit TABLE_WIDTH columns: a last column that does not is wrapped
 * in its own place.
 */
#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"

enum { TABLE_COLUMNS_MAX = 10, TABLE_WIDTH = 100 };

struct table {
	struct arena *arena;
	size_t columns;
	struct span *cells; /* row by row */
	size_t cell_count;
	struct span *notes; /* below a row, or empty; one a row at most */
	size_t note_count;
};

/* Makes text safe to print; '\n' stays when lines are asked for, else it is a
 * space. */
struct span table_safe(struct arena *arena, struct span text, bool lines);
/* Prints text from column indent on, made safe, wrapped, a line end behind. */
void table_paragraph(struct arena *arena, struct span text, int indent);
void table_add(struct table *table, const char *text); /* NULL: "-" */
/* What is too wide for a column: printed below the row that was added last,
 * indented and wrapped. Empty text is none. */
void table_note(struct table *table, struct span text);
/* Prints it, if there is more than the heading, else `nothing`. */
void table_print(const struct table *table, const char *nothing);

#endif
