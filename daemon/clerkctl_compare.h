/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLERKCTL_COMPARE_H
#define CLERKCTL_COMPARE_H
/*
 * What a comparison of two configurations comes to, and its printers.
 */
#include "clerkctl_judge.h"

enum { COMPARE_SAMPLES_MAX = 5 };

struct compare_sample {
	const char *file;
	struct span reason;
	struct evidence evidence; /* .where empty: none */
};

struct compare_change {
	size_t count;
	/* The first whose evidence is not shown yet. */
	struct compare_sample samples[COMPARE_SAMPLES_MAX];
	size_t sample_count;
};

/* A rule in a state, or a reading, between two roles. */
struct compare_row {
	struct span rule;
	enum rule_state state;
	enum role from, to;
	size_t before, after;
	struct compare_change added, removed;
};

struct comparison {
	struct arena *arena;
	struct compare_row *rows;
	size_t count;
	size_t messages, unreadable;
	size_t added, removed, same; /* over all rows */
};

void compare_print_text(const struct comparison *comparison);
void compare_print_json(const struct comparison *comparison);

#endif
