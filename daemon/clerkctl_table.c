/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clerkctl_table.h"

#include <stdint.h>
#include <stdio.h>

enum { PARAGRAPH_COLUMNS = 78 };

static size_t
width(struct span text)
{
	size_t n = 0;

	while (text.len != 0) {
		text = span_sub(text, text_utf8_step(text), text.len);
		n++;
	}
	return n;
}

struct span
table_safe(struct arena *arena, struct span text, bool lines)
{
	struct span safe = arena_span(arena, text);
	char *p = (char *)(uintptr_t)safe.ptr;
	size_t i;

	for (i = 0; i < safe.len; i++)
		if (p[i] == '\n' && !lines)
			p[i] = ' ';
		else if (((unsigned char)p[i] < ' ' && p[i] != '\n') ||
			 p[i] == 0x7f ||
			 /* C1 controls in UTF-8 */
			 ((unsigned char)p[i] == 0xc2 && i + 1 < safe.len &&
			  (unsigned char)p[i + 1] < 0xa0))
			p[i] = '?';
	return safe;
}

void
table_paragraph(struct arena *arena, struct span text, int indent)
{
	struct span rest = table_safe(arena, text, false), word;
	int column = indent, wide;

	while (span_next(&rest, ' ', &word)) {
		if (word.len == 0)
			continue;
		wide = (int)width(word);
		if (column > indent && column + wide + 1 > PARAGRAPH_COLUMNS) {
			printf("\n%*s", indent, "");
			column = indent;
		} else if (column > indent) {
			putchar(' ');
			column++;
		}
		printf("%.*s", SPAN_ARG(word));
		column += wide;
	}
	putchar('\n');
}

void
table_add(struct table *table, const char *text)
{
	struct span *cell =
		arena_push(table->arena, &table->cells, &table->cell_count,
			   sizeof *table->cells);

	*cell = table_safe(
		table->arena,
		span_of(text != NULL && text[0] != '\0' ? text : "-"), false);
}

void
table_print(const struct table *table, const char *nothing)
{
	size_t widths[TABLE_COLUMNS_MAX] = { 0 };
	size_t i;

	if (table->cell_count <= table->columns) {
		puts(nothing);
		return;
	}
	for (i = 0; i < table->cell_count; i++) {
		size_t wide = width(table->cells[i]);

		if (wide > widths[i % table->columns])
			widths[i % table->columns] = wide;
	}
	for (i = 0; i < table->cell_count; i++) {
		size_t column = i % table->columns;
		bool last = column == table->columns - 1;
		int pad = last ? 0 :
				 (int)(widths[column] - width(table->cells[i]) +
				       2);

		printf("%.*s%*s%s", SPAN_ARG(table->cells[i]), pad, "",
		       last ? "\n" : "");
	}
}
