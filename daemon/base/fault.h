/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAULT_H
#define FAULT_H
/*
 * Everything that is wrong with a configuration, told at once.
 *
 * Loaders add faults and go on; `clerkctl check` prints them all as
 * "file:line: what is wrong, what to do". FAULT_ERROR keeps the daemon from
 * starting (or a reload from taking effect); FAULT_WARNING will hurt later.
 */
#include <stdio.h>

#include "attribute.h"

enum fault_weight { FAULT_WARNING, FAULT_ERROR };

struct fault {
	enum fault_weight weight;
	char *file;    /* owned */
	unsigned line; /* 0: the file as a whole */
	char *text;    /* owned */
};

struct fault_list {
	struct fault *at;
	size_t count, room, errors;
};

void fault_list_clear(struct fault_list *faults);
void fault_add(struct fault_list *faults, enum fault_weight weight,
	       const char *file, unsigned line, const char *format, ...)
	CLERK_PRINTF(5, 6);
/* Those of at least this weight, in order of file and line. */
void fault_print(const struct fault_list *faults, enum fault_weight least,
		 FILE *out);

#endif
