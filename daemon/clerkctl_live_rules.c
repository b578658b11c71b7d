/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How each rule has done, for people. */
#include <stdio.h>

#include "clerkctl_live.h"

enum { TOLD_FROM = 2 /* dismissals of one kind of words */ };

static const char *
number(const struct live *live, const struct json *object, const char *key)
{
	return arena_printf(live->arena, "%lld", live_number(object, key)).ptr;
}

static int
percent(const struct json *rule, const char *key)
{
	double share = 0;

	(void)json_as_number(json_get(rule, key), &share);
	return (int)(share * 100 + 0.5);
}

static const char *
precision(const struct live *live, const struct json *rule)
{
	double share;

	if (!json_as_number(json_get(rule, "precision"), &share))
		return "-";
	return arena_printf(live->arena, "%d %% (%d-%d)",
			    percent(rule, "precision"),
			    percent(rule, "precision_low"),
			    percent(rule, "precision_high"))
		.ptr;
}

static const char *
causes(const struct live *live, const struct json *rule)
{
	static const char *const names[] = {
		"quoting", "role", "date", "not-about-this", "other", "unsaid"
	};
	const struct json *because = json_get(rule, "because");
	struct span all = span_of("");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (live_number(because, names[i]) != 0)
			all = arena_printf(live->arena, "%.*s%s%s %lld",
					   SPAN_ARG(all),
					   all.len != 0 ? ", " : "", names[i],
					   live_number(because, names[i]));
	return all.ptr;
}

/* "print 500", "run off" */
static struct span
quoted_words(const struct live *live, const struct json *words)
{
	struct span all = span_of("");
	size_t i;

	for (i = 0; i < json_size(words); i++)
		all = arena_printf(live->arena, "%.*s%s\"%s\"", SPAN_ARG(all),
				   i == 0 ? "" : ", ",
				   json_as_string(json_item(words, i)));
	return all;
}

static void
add_concepts(const struct live *live, struct table *table,
	     const struct json *rule)
{
	const struct json *list = json_get(rule, "concepts");
	size_t k;

	for (k = 0; k < json_size(list); k++) {
		const struct json *one = json_item(list, k);
		long long dismissed = live_number(one, "dismissed");

		if (dismissed < TOLD_FROM ||
		    dismissed <= live_number(one, "upheld"))
			continue;
		table_add(table, live_text(rule, "rule"));
		table_add(table, live_text(one, "concept"));
		table_add(table, number(live, one, "dismissed"));
		table_add(table, number(live, one, "upheld"));
		table_note(table, quoted_words(live, json_get(one, "words")));
	}
}

static void
print_concepts(const struct live *live)
{
	static const char *const names[] = { "RULE", "KIND OF WORDS",
					     "DISMISSED", "UPHELD" };
	struct table table = { .arena = live->arena,
			       .columns = ARRAY_SIZE(names) };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		table_add(&table, names[i]);
	for (i = 0; i < live->count; i++)
		add_concepts(live, &table, live->lines[i]);
	if (table.cell_count == table.columns)
		return;
	puts("\nDismissed more often than upheld, where these words stood");
	table_print(&table, "");
}

static void
print_phrases(const struct live *live)
{
	bool any = false;
	size_t i, k;

	for (i = 0; i < live->count; i++) {
		const struct json *rule = live->lines[i];
		const struct json *list = json_get(rule, "phrases");

		for (k = 0; k < json_size(list); k++) {
			const struct json *one = json_item(list, k);
			struct span text = table_safe(
				live->arena, span_of(live_text(one, "text")),
				false);

			if (!any)
				puts("\nSentences that were dismissed more "
				     "than once");
			any = true;
			printf("  %s: \"%.*s\" dismissed %lld, upheld %lld\n",
			       live_text(rule, "rule"), SPAN_ARG(text),
			       live_number(one, "dismissed"),
			       live_number(one, "upheld"));
		}
	}
}

/* Why its flags were dismissed, and what an operator might do about it. */
static struct span
rule_note(const struct live *live, const struct json *rule)
{
	struct span because = span_of(causes(live, rule));
	bool low = live_bool(rule, "consider_shadow");

	if (because.len == 0 && !low)
		return because;
	return arena_printf(live->arena, "%s%.*s%s%s",
			    because.len != 0 ? "dismissed because: " : "",
			    SPAN_ARG(because),
			    because.len != 0 && low ? "; " : "",
			    low ? "consider shadow (rules.shadow in "
				  "clerkd.conf)" :
				  "");
}

void
live_rules(const struct live *live)
{
	static const char *const names[] = { "RULE",    "STATE",    "FLAGS",
					     "COUNTED", "UPHELD",   "DISMISSED",
					     "OPEN",    "PRECISION" };
	struct table table = { .arena = live->arena,
			       .columns = ARRAY_SIZE(names) };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		table_add(&table, names[i]);
	for (i = 0; i < live->count; i++) {
		const struct json *rule = live->lines[i];

		table_add(&table, live_text(rule, "rule"));
		table_add(&table, live_text(rule, "state"));
		table_add(&table, number(live, rule, "flags"));
		table_add(&table, number(live, rule, "counted"));
		table_add(&table, number(live, rule, "upheld"));
		table_add(&table, number(live, rule, "dismissed"));
		table_add(&table, number(live, rule, "open"));
		table_add(&table, precision(live, rule));
		table_note(&table, rule_note(live, rule));
	}
	table_print(&table, "no rules");
	print_concepts(live);
	print_phrases(live);
}

void
live_reviews(const struct live *live, const struct json *status)
{
	const struct json *list = json_get(status, "consider_shadow");
	size_t i;

	for (i = 0; i < json_size(list); i++)
		printf("%s %.*s: %lld of %lld upheld, consider shadow\n",
		       i == 0 ? "Rules        " : "             ",
		       SPAN_ARG(table_safe(
			       live->arena,
			       span_of(live_text(json_item(list, i), "rule")),
			       false)),
		       live_number(json_item(list, i), "upheld"),
		       live_number(json_item(list, i), "decided"));
}
