/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLERKCTL_TABLE_H
#define CLERKCTL_TABLE_H
/*
 * Rows of text in aligned columns, for people. The first row is the heading.
 * Text from outside is shown harmless: control characters as '?', line ends as
 * spaces, so that no mail can talk to a terminal.
 */
#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"

enum { TABLE_COLUMNS_MAX = 10 };

struct table {
	struct arena *arena;
	size_t columns;
	struct span *cells; /* row by row */
	size_t cell_count;
};

/* Makes text safe to print; '\n' stays when lines are asked for, else it is a
 * space. */
struct span table_safe(struct arena *arena, struct span text, bool lines);
/* Prints text from column indent on, made safe, wrapped, a line end behind. */
void table_paragraph(struct arena *arena, struct span text, int indent);
void table_add(struct table *table, const char *text); /* NULL: "-" */
/* Prints it, if there is more than the heading, else `nothing`. */
void table_print(const struct table *table, const char *nothing);

#endif
