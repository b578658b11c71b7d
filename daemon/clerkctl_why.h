/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLERKCTL_WHY_H
#define CLERKCTL_WHY_H
/*
 * The printers of the reasons for a rule.
 */
#include "base/arena.h"
#include "base/json.h"
#include "filters/filter.h"

struct why_told {
	const char *file;
	const struct message *message;
	const char *received; /* a stamp */
	enum direction direction;
	bool unverified;  /* so what is raised does not count */
	struct span rule; /* as asked for */
	const struct reasoning *reasoning;
	struct arena *arena;
};

void why_print_text(const struct why_told *told);
void why_print_json(const struct why_told *told);

#endif
