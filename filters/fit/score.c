/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "score.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "filters/filter.h"
#include "filters/fit/item.h"
#include "filters/rule.h"

enum {
	ROUNDS = 21, /* of timing; the first warms up */
	RULES_MAX = 64
};

static int
load(const char *lexicon, const char *weights, struct filter **ret_filter,
     struct error *err)
{
	const struct span all = span_of("all");
	const struct filter_settings settings = {
		.lexicon_directory = lexicon,
		.weights_path = weights,
		.enable = &all,
		.enable_count = 1,
	};
	struct fault_list faults = { 0 };
	int rc = filter_load(&settings, NULL, &faults, ret_filter, err);

	fault_list_clear(&faults);
	return rc;
}

struct tally {
	size_t tp, fp, fn;
};

struct board {
	struct tally rules[RULES_MAX];
	size_t enquiries, enquiries_right, replies, replies_right;
	size_t ordinary, ordinary_flagged;
};

static void
count_rules(const struct item *item, const struct verdict *verdict,
	    struct board *board)
{
	size_t i, k;
	bool flagged = false;

	for (i = 0; i < filter_rule_count(); i++) {
		const char *id = filter_rule_id(i);
		int label = item_label(item, id);
		bool said = false;

		for (k = 0; k < verdict->finding_count; k++)
			said |= span_is(verdict->findings[k].rule, id);
		flagged |= said && label == LABEL_NO;
		if (label == LABEL_EITHER)
			continue;
		board->rules[i].tp += said && label == LABEL_YES;
		board->rules[i].fp += said && label == LABEL_NO;
		board->rules[i].fn += !said && label == LABEL_YES;
	}
	if (span_is(item->kind, "ordinary")) {
		board->ordinary++;
		board->ordinary_flagged += flagged;
	}
}

static void
count_readings(const struct item *item, const struct verdict *verdict,
	       struct board *board)
{
	const struct json *from = json_get(item->json, "from");
	struct span role = item_text(from, "role");
	struct span reply = item_text(item->json, "reply");
	int enquiry = item_label(item, "enquiry");

	if (span_is(role, "member") && enquiry != LABEL_EITHER) {
		board->enquiries++;
		board->enquiries_right +=
			verdict->enquiry == (enquiry == LABEL_YES);
	}
	if (reply.len != 0 &&
	    (span_is(role, "officer") || span_is(role, "team"))) {
		board->replies++;
		board->replies_right +=
			span_is(reply, reply_kind_name(verdict->reply));
	}
}

static void
print_board(const struct board *board)
{
	double headline = 0, further = 0, f1;
	size_t i, headlines = 0, furthers = 0;

	for (i = 0; i < filter_rule_count(); i++) {
		const struct tally *t = &board->rules[i];

		f1 = 2 * (double)t->tp /
		     (double)(2 * t->tp + t->fp + t->fn + (t->tp == 0));
		printf("%-32s tp %4zu fp %4zu fn %4zu F1 %.3f\n",
		       filter_rule_id(i), t->tp, t->fp, t->fn, f1);
		if (t->tp + t->fn == 0)
			continue;
		if (i < RULES_HEADLINE) {
			headline += f1;
			headlines++;
		} else {
			further += f1;
			furthers++;
		}
	}
	printf("headline %.3f, further %.3f, enquiry %zu of %zu, reply %zu of "
	       "%zu, ordinary flagged %zu of %zu\n",
	       headline / (double)(headlines + (headlines == 0)),
	       further / (double)(furthers + (furthers == 0)),
	       board->enquiries_right, board->enquiries, board->replies_right,
	       board->replies, board->ordinary_flagged, board->ordinary);
}

int
score_all(const char *lexicon, const char *weights, char *const *paths,
	  size_t count, struct error *err)
{
	struct board board = { 0 };
	struct arena *arena = arena_new(0);
	struct batches batches;
	struct filter *filter;
	size_t i;
	int rc = 0;

	if (load(lexicon, weights, &filter, err) != 0 ||
	    batches_load(paths, count, &batches, err) != 0)
		return -1;
	for (i = 0; i < batches.item_count && rc == 0; i++) {
		struct exhibit exhibit;
		struct verdict verdict;

		arena_clear(arena);
		rc = item_read(&batches, &batches.items[i], arena, &exhibit,
			       err);
		if (rc != 0)
			break;
		filter_judge(filter, &exhibit, arena, &verdict);
		count_rules(&batches.items[i], &verdict, &board);
		count_readings(&batches.items[i], &verdict, &board);
	}
	if (rc == 0)
		print_board(&board);
	batches_clear(&batches);
	filter_free(filter);
	arena_free(arena);
	return rc;
}

/* Judges every item several times over; prints microseconds a message. */
int
time_all(const char *lexicon, const char *weights, char *const *paths,
	 size_t count, struct error *err)
{
	struct timespec before, after;
	struct arena *arena = arena_new(0);
	struct batches batches;
	struct filter *filter;
	double spent = 0;
	size_t i, round, judged = 0;

	if (load(lexicon, weights, &filter, err) != 0 ||
	    batches_load(paths, count, &batches, err) != 0)
		return -1;
	for (i = 0; i < batches.item_count; i++) {
		struct exhibit exhibit;
		struct verdict verdict;

		arena_clear(arena);
		if (item_read(&batches, &batches.items[i], arena, &exhibit,
			      err) != 0)
			return -1;
		for (round = 0; round < ROUNDS; round++) {
			clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
			filter_judge(filter, &exhibit, arena, &verdict);
			clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
			if (round == 0)
				continue;
			spent += (double)(after.tv_sec - before.tv_sec) * 1e6 +
				 (double)(after.tv_nsec - before.tv_nsec) / 1e3;
			judged++;
		}
	}
	printf("%zu messages judged, %.1f microseconds each\n", judged,
	       spent / (double)(judged + (judged == 0)));
	batches_clear(&batches);
	filter_free(filter);
	arena_free(arena);
	return 0;
}
