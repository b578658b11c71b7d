/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ITEM_H
#define ITEM_H
/*
 * Training items as exhibits. A batch is a file of JSON lines; an item is
 * turned into the mail that it describes, and that mail goes through the same
 * reader as any other, so that what is fitted is what is used.
 *
 * Everybody in a batch stands in one directory, and an item "in a period" is
 * judged under polls that cover every day of its batch.
 *
 * Lifetime: batches keep all; item_read() fills the caller's arena.
 */
#include "base/json.h"
#include "filters/filter.h"

enum { BATCHES_MAX = 256, LABEL_NO = 0, LABEL_YES = 1, LABEL_EITHER = 2 };

struct item {
	struct span id, kind;
	struct json *json;
	size_t batch;
	bool in_period;
	bool own;     /* a line that says only what it says */
	bool teaches; /* and is not counted in scores */
};

/* A line of our own items as JSON; see the reader for their notation. */
struct json_line {
	struct buf text;
};
bool item_own(struct span line, unsigned number, struct json_line *out);

struct batches {
	struct arena *arena;
	struct span names[BATCHES_MAX];
	struct people *people[BATCHES_MAX];
	size_t count;
	struct item *items;
	size_t item_count;
	struct calendar *calendar;
	struct elections *always;
};

int batches_load(char *const *paths, size_t count, struct batches *ret,
		 struct error *err);
void batches_clear(struct batches *batches);

/* The mail of an item, read; all in arena. */
int item_read(const struct batches *batches, const struct item *item,
	      struct arena *arena, struct exhibit *ret_exhibit,
	      struct error *err);

/* The label of a rule, of "enquiry", of "reply=holding", … */
int item_label(const struct item *item, const char *question);
/* The words that decide, or empty. */
struct span item_key(const struct item *item);
struct span item_text(const struct json *object, const char *key);

#endif
