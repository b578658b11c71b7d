/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clerkctl scan --summary: how much of what there is in mail in files, for
 * people. A message counts once, however many copies of it there are.
 */
#include <stdio.h>

#include "clerkctl.h"
#include "clerkctl_judge.h"
#include "clerkctl_table.h"

enum { RULES_MAX = 64 };

struct summary {
	struct judging judging;
	size_t messages, copies, unreadable, enquiries, flagged;
	size_t directions[DIRECTION_COUNT], replies[REPLY_KIND_COUNT];
	size_t live[RULES_MAX], shadow[RULES_MAX]; /* by rule */
};

static void
count_findings(struct summary *summary, const struct intake_result *result)
{
	bool flagged = false;
	size_t i, rule;

	for (i = 0; i < result->new_finding_count; i++) {
		const struct finding *finding = &result->new_findings[i];

		for (rule = 0; rule < filter_rule_count(); rule++)
			if (span_is(finding->rule, filter_rule_id(rule)))
				break;
		if (rule == filter_rule_count() || rule >= RULES_MAX)
			continue;
		if (finding->state == RULE_LIVE)
			summary->live[rule]++;
		else
			summary->shadow[rule]++;
		flagged |= finding->state == RULE_LIVE;
	}
	summary->flagged += flagged;
}

static int
count_message(void *context, const struct mailfile *file,
	      const struct reading *reading, struct error *err)
{
	struct intake_result result = { 0 };
	struct summary *summary = context;

	if (reading->message == NULL) {
		summary->unreadable++;
		mail_say_unreadable(file, reading);
		return 0;
	}
	if (judging_message(&summary->judging, file, reading->message, &result,
			    err) < 0)
		return -1;
	count_findings(summary, &result);
	if (result.known) {
		summary->copies++;
	} else {
		summary->messages++;
		summary->enquiries += result.verdict.enquiry;
		summary->directions[result.verdict.direction]++;
		summary->replies[result.verdict.reply]++;
	}
	judging_next(&summary->judging);
	return 0;
}

/* ---- telling ---- */

static void
table_count(struct table *table, size_t count)
{
	table_add(table, arena_printf(table->arena, "%zu", count).ptr);
}

static void
print_total(const struct summary *summary, struct arena *arena)
{
	const struct {
		const char *what;
		size_t count;
	} rows[] = {
		{ "messages", summary->messages },
		{ "further copies", summary->copies },
		{ "unreadable", summary->unreadable },
		{ "flagged", summary->flagged },
		{ "enquiries", summary->enquiries },
	};
	struct table table = { .arena = arena, .columns = 2 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		table_add(&table, rows[i].what);
		table_count(&table, rows[i].count);
	}
	table_print(&table, "");
}

static void
print_rules(const struct summary *summary, struct arena *arena)
{
	struct table table = { .arena = arena, .columns = 3 };
	size_t i;

	table_add(&table, "RULE");
	table_add(&table, "LIVE");
	table_add(&table, "SHADOW");
	for (i = 0; i < filter_rule_count() && i < RULES_MAX; i++) {
		if (summary->live[i] + summary->shadow[i] == 0)
			continue;
		table_add(&table, filter_rule_id(i));
		table_count(&table, summary->live[i]);
		table_count(&table, summary->shadow[i]);
	}
	table_print(&table, "No rule was raised.");
}

static void
print_names(const char *heading, const char *(*name)(int), const size_t *counts,
	    int count, struct arena *arena)
{
	struct table table = { .arena = arena, .columns = 2 };
	int i;

	table_add(&table, heading);
	table_add(&table, "MESSAGES");
	for (i = 0; i < count; i++) {
		if (counts[i] == 0)
			continue;
		table_add(&table, name(i));
		table_count(&table, counts[i]);
	}
	putchar('\n');
	table_print(&table, "No message could be read.");
}

static const char *
direction_text(int direction)
{
	return direction_name((enum direction)direction);
}

static const char *
reply_text(int kind)
{
	return reply_kind_name((enum reply_kind)kind);
}

static void
print_text(const struct summary *summary)
{
	struct arena *arena = arena_new(0);

	print_total(summary, arena);
	putchar('\n');
	print_rules(summary, arena);
	print_names("DIRECTION", direction_text, summary->directions,
		    DIRECTION_COUNT, arena);
	print_names("REPLY", reply_text, summary->replies, REPLY_KIND_COUNT,
		    arena);
	arena_free(arena);
}

static void
put_names(struct json_writer *json, const char *key, const char *(*name)(int),
	  const size_t *counts, int count)
{
	int i;

	json_open_object(json, key);
	for (i = 0; i < count; i++)
		json_put_number(json, name(i), (long long)counts[i]);
	json_close_object(json);
}

static void
print_json(const struct summary *summary)
{
	struct json_writer json;
	size_t i;

	json_init(&json);
	json_open_object(&json, NULL);
	json_put_number(&json, "messages", (long long)summary->messages);
	json_put_number(&json, "copies", (long long)summary->copies);
	json_put_number(&json, "unreadable", (long long)summary->unreadable);
	json_put_number(&json, "flagged", (long long)summary->flagged);
	json_put_number(&json, "enquiries", (long long)summary->enquiries);
	json_open_object(&json, "rules");
	for (i = 0; i < filter_rule_count() && i < RULES_MAX; i++) {
		json_open_object(&json, filter_rule_id(i));
		json_put_number(&json, "live", (long long)summary->live[i]);
		json_put_number(&json, "shadow", (long long)summary->shadow[i]);
		json_close_object(&json);
	}
	json_close_object(&json);
	put_names(&json, "directions", direction_text, summary->directions,
		  DIRECTION_COUNT);
	put_names(&json, "replies", reply_text, summary->replies,
		  REPLY_KIND_COUNT);
	json_close_object(&json);
	json_print(&json, stdout);
	json_clear(&json);
}

int
scan_summary(const struct scan_request *request)
{
	struct mail_options how = { .config = request->snapshot->config,
				    .readers = request->jobs };
	struct summary summary = { .messages = 0 };
	struct error err = { 0 };
	int status = 0;

	if (judging_open(&summary.judging, request->snapshot, &err) < 0 ||
	    mail_read_paths(&how, request->paths, request->path_count,
			    count_message, &summary, &err) < 0) {
		fprintf(stderr, "clerkctl scan: %s\n", err.text);
		status = EXIT_FAULT;
	} else if (request->as_json) {
		print_json(&summary);
	} else {
		print_text(&summary);
	}
	judging_close(&summary.judging);
	return summary.unreadable != 0 ? EXIT_FAULT : status;
}
