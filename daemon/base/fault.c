/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void
fault_list_clear(struct fault_list *faults)
{
	size_t i;

	for (i = 0; i < faults->count; i++) {
		free(faults->at[i].file);
		free(faults->at[i].text);
	}
	free(faults->at);
	*faults = (struct fault_list){ 0 };
}

void
fault_add(struct fault_list *faults, enum fault_weight weight, const char *file,
	  unsigned line, const char *format, ...)
{
	struct fault *fault;
	va_list args;

	if (faults->count == faults->room) {
		faults->room = faults->room != 0 ? 2 * faults->room : 16;
		faults->at =
			realloc(faults->at, faults->room * sizeof *faults->at);
		if (faults->at == NULL)
			abort();
	}
	fault = &faults->at[faults->count++];
	fault->weight = weight;
	fault->file = strdup(file);
	fault->line = line;
	va_start(args, format);
	if (vasprintf(&fault->text, format, args) < 0 || fault->file == NULL)
		abort();
	va_end(args);
	faults->errors += weight == FAULT_ERROR;
}

static int
by_place(const void *a, const void *b)
{
	const struct fault *left = a, *right = b;
	int order = strcmp(left->file, right->file);

	if (order != 0)
		return order;
	if (left->line != right->line)
		return left->line < right->line ? -1 : 1;
	return strcmp(left->text, right->text);
}

void
fault_print(const struct fault_list *faults, enum fault_weight least, FILE *out)
{
	size_t i;

	if (faults->count != 0)
		qsort(faults->at, faults->count, sizeof *faults->at, by_place);
	for (i = 0; i < faults->count; i++) {
		const struct fault *fault = &faults->at[i];

		if (fault->weight < least)
			continue;
		fprintf(out, "%s:", fault->file);
		if (fault->line != 0)
			fprintf(out, "%u:", fault->line);
		fprintf(out, " %s%s\n",
			fault->weight == FAULT_WARNING ? "warning: " : "",
			fault->text);
	}
}
