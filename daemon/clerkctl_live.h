/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLERKCTL_LIVE_H
#define CLERKCTL_LIVE_H
/*
 * What the printers of the running daemon's answers share.
 */
#include <stdbool.h>

#include "base/arena.h"
#include "base/json.h"
#include "clerkctl_table.h"

struct live {
	struct arena *arena;
	bool as_json, colour;
	struct json **lines; /* of the answer */
	size_t count;
};

typedef void live_printer(const struct live *live);

live_printer live_status, live_cases, live_case, live_flags, live_flag,
	live_unreadable, live_unverified, live_rules, live_done;

/* Of a status: the rules that want a look. */
void live_reviews(const struct live *live, const struct json *status);

/* Empty, 0, false when absent or null. */
const char *live_text(const struct json *object, const char *key);
long long live_number(const struct json *object, const char *key);
bool live_bool(const struct json *object, const char *key);
/* "2026-03-02 10:00" or "-". */
const char *live_time(struct arena *arena, const struct json *object,
		      const char *key);
const char *live_list(struct arena *arena, const struct json *array,
		      const char *between);
/* A line "label  text", unless text is empty. */
void live_safe(const struct live *live, const char *label, const char *text);

#endif
