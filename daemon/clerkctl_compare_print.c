/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "clerkctl_compare.h"
#include "clerkctl_table.h"

static bool
changed(const struct compare_row *row)
{
	return row->added.count + row->removed.count != 0;
}

static const char *
state_text(enum rule_state state)
{
	return state == RULE_SHADOW ? "shadow" : "live";
}

static void
print_table(const struct comparison *comparison)
{
	static const char *const headings[] = {
		"RULE",   "STATE", "FROM",  "TO",
		"BEFORE", "AFTER", "ADDED", "REMOVED",
	};
	struct arena *arena = comparison->arena;
	struct table table = { .arena = arena,
			       .columns = ARRAY_SIZE(headings) };
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(headings); i++)
		table_add(&table, headings[i]);
	for (i = 0; i < comparison->count; i++) {
		const struct compare_row *row = &comparison->rows[i];
		const size_t counts[] = { row->before, row->after,
					  row->added.count,
					  row->removed.count };

		if (!changed(row))
			continue;
		table_add(&table, row->rule.ptr);
		table_add(&table, state_text(row->state));
		table_add(&table, role_name(row->from));
		table_add(&table, role_name(row->to));
		for (k = 0; k < ARRAY_SIZE(counts); k++)
			table_add(&table,
				  arena_printf(arena, "%zu", counts[k]).ptr);
	}
	table_print(&table, "Nothing is added and nothing is removed.");
}

static void
print_samples(const struct comparison *comparison,
	      const struct compare_row *row, const char *sign,
	      const struct compare_change *change)
{
	struct arena *arena = comparison->arena;
	size_t i;

	if (change->count == 0)
		return;
	printf("\n%s %.*s (%s), %s to %s: %zu\n", sign, SPAN_ARG(row->rule),
	       state_text(row->state), role_name(row->from), role_name(row->to),
	       change->count);
	for (i = 0; i < change->sample_count; i++) {
		const struct compare_sample *one = &change->samples[i];
		struct span file = table_safe(arena, span_of(one->file), false);
		struct span where =
			table_safe(arena, one->evidence.where, false);
		struct span text = table_safe(arena, one->evidence.text, false);

		printf("  %.*s\n    %.*s\n", SPAN_ARG(file),
		       SPAN_ARG(table_safe(arena, one->reason, false)));
		if (where.len != 0)
			printf("    %.*s: \"%.*s\"\n", SPAN_ARG(where),
			       SPAN_ARG(text));
	}
}

void
compare_print_text(const struct comparison *comparison)
{
	size_t i;

	printf("%zu messages, %zu unreadable: %zu added, %zu removed, %zu as "
	       "before\n\n",
	       comparison->messages, comparison->unreadable, comparison->added,
	       comparison->removed, comparison->same);
	if (comparison->messages == 0) {
		puts("There was no mail to compare.");
		return;
	}
	print_table(comparison);
	for (i = 0; i < comparison->count; i++) {
		const struct compare_row *row = &comparison->rows[i];

		print_samples(comparison, row, "added", &row->added);
		print_samples(comparison, row, "removed", &row->removed);
	}
}

static void
put_change(struct json_writer *json, const char *key,
	   const struct compare_change *change)
{
	size_t i;

	json_open_object(json, key);
	json_put_number(json, "count", (long long)change->count);
	json_open_array(json, "samples");
	for (i = 0; i < change->sample_count; i++) {
		const struct compare_sample *one = &change->samples[i];

		json_open_object(json, NULL);
		json_put_string(json, "file", one->file);
		json_put_text(json, "reason", one->reason);
		if (one->evidence.where.len != 0)
			judging_put_evidence(json, "evidence", &one->evidence);
		else
			json_put_null(json, "evidence");
		json_close_object(json);
	}
	json_close_array(json);
	json_close_object(json);
}

void
compare_print_json(const struct comparison *comparison)
{
	struct json_writer json;
	size_t i;

	json_init(&json);
	json_open_object(&json, NULL);
	json_put_number(&json, "messages", (long long)comparison->messages);
	json_put_number(&json, "unreadable", (long long)comparison->unreadable);
	json_put_number(&json, "added", (long long)comparison->added);
	json_put_number(&json, "removed", (long long)comparison->removed);
	json_put_number(&json, "same", (long long)comparison->same);
	json_open_array(&json, "changes");
	for (i = 0; i < comparison->count; i++) {
		const struct compare_row *row = &comparison->rows[i];

		if (!changed(row))
			continue;
		json_open_object(&json, NULL);
		json_put_text(&json, "rule", row->rule);
		json_put_string(&json, "state", state_text(row->state));
		json_put_string(&json, "from", role_name(row->from));
		json_put_string(&json, "to", role_name(row->to));
		json_put_number(&json, "before", (long long)row->before);
		json_put_number(&json, "after", (long long)row->after);
		put_change(&json, "added", &row->added);
		put_change(&json, "removed", &row->removed);
		json_close_object(&json);
	}
	json_close_array(&json);
	json_close_object(&json);
	json_print(&json, stdout);
	json_clear(&json);
}
