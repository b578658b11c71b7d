/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clerkctl_table.h"

#include <stdint.h>
#include <stdio.h>

enum { PARAGRAPH_COLUMNS = 78, GAP = 2 };

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

/* From column indent on, wrapped before the column `most`. */
static void
print_wrapped(struct span text, int indent, int most)
{
	struct span rest = text, word;
	int column = indent, wide;

	while (span_next(&rest, ' ', &word)) {
		if (word.len == 0)
			continue;
		wide = (int)width(word);
		if (column > indent && column + wide + 1 > most) {
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
table_paragraph(struct arena *arena, struct span text, int indent)
{
	print_wrapped(table_safe(arena, text, false), indent,
		      PARAGRAPH_COLUMNS);
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

/* The row that was added last; 0 is the heading. */
static size_t
last_row(const struct table *table)
{
	return table->cell_count == 0 ?
		       0 :
		       (table->cell_count - 1) / table->columns;
}

void
table_note(struct table *table, struct span text)
{
	size_t row = last_row(table);

	while (table->note_count <= row)
		*(struct span *)arena_push(
			table->arena, &table->notes, &table->note_count,
			sizeof *table->notes) = (struct span){ 0 };
	table->notes[row] = table_safe(table->arena, text, false);
}

static void
print_note(const struct table *table, size_t row, int indent)
{
	if (row >= table->note_count || table->notes[row].len == 0)
		return;
	printf("%*s", indent, "");
	print_wrapped(table->notes[row], indent, TABLE_WIDTH);
}

static void
measure(const struct table *table, size_t widths[TABLE_COLUMNS_MAX])
{
	size_t i, wide;

	for (i = 0; i < table->cell_count; i++) {
		wide = width(table->cells[i]);
		if (wide > widths[i % table->columns])
			widths[i % table->columns] = wide;
	}
}

void
table_print(const struct table *table, const char *nothing)
{
	size_t widths[TABLE_COLUMNS_MAX] = { 0 };
	size_t i, column;
	int at = 0, pad;

	if (table->cell_count <= table->columns) {
		puts(nothing);
		return;
	}
	measure(table, widths);
	for (i = 0; i < table->cell_count; i++) {
		column = i % table->columns;
		if (column == table->columns - 1) {
			print_wrapped(table->cells[i], at, TABLE_WIDTH);
			print_note(table, i / table->columns,
				   (int)widths[0] + GAP);
			at = 0;
			continue;
		}
		pad = (int)(widths[column] - width(table->cells[i])) + GAP;
		printf("%.*s%*s", SPAN_ARG(table->cells[i]), pad, "");
		at += (int)widths[column] + GAP;
	}
}
