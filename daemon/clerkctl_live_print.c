/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers of the running daemon, for people.
 */
#include <stdio.h>
#include <string.h>

#include "clerkctl_live.h"
#include "facts/calendar.h"

enum { CLAUSE_INDENT = 11 };

static const char *
wear(const struct live *live, const char *code)
{
	return live->colour ? code : "";
}

#define BOLD(live) wear(live, "\033[1m")
#define RED(live) wear(live, "\033[31m")
#define MARK(live) wear(live, "\033[30;43m")
#define DIM(live) wear(live, "\033[2m")
#define PLAIN(live) wear(live, "\033[0m")

static void
print_safe(const struct live *live, const char *text)
{
	printf("%.*s", SPAN_ARG(table_safe(live->arena, span_of(text), false)));
}

static void
print_wrapped(const struct live *live, const char *text, int indent)
{
	table_paragraph(live->arena, span_of(text), indent);
}

/* ---- status ---- */

static const char *
read_up_to(const struct live *live, const struct json *box)
{
	const struct json *cursors = json_get(box, "cursors");
	struct buf text;
	const char *kept;
	size_t i;

	buf_init(&text, 4096);
	for (i = 0; i < json_size(cursors); i++)
		buf_printf(&text, "%s%s %lld", i == 0 ? "" : ", ",
			   live_text(json_item(cursors, i), "folder"),
			   live_number(json_item(cursors, i), "uid"));
	kept = arena_span(live->arena, buf_span(&text)).ptr;
	buf_clear(&text);
	return kept;
}

static const char *
number(const struct live *live, const struct json *object, const char *key)
{
	return arena_printf(live->arena, "%lld", live_number(object, key)).ptr;
}

static void
heading(struct table *table, const char *const *names, size_t count)
{
	size_t i;

	table->columns = count;
	for (i = 0; i < count; i++)
		table_add(table, names[i]);
}

static void
print_mailboxes(const struct live *live, const struct json *status)
{
	static const char *const names[] = { "MAILBOX",  "STATE",
					     "HEARD OF", "LAST MESSAGE",
					     "TAKEN",    "READ UP TO" };
	const struct json *list = json_get(status, "mailboxes");
	struct table table = { .arena = live->arena };
	size_t i;

	heading(&table, names, ARRAY_SIZE(names));
	for (i = 0; i < json_size(list); i++) {
		const struct json *box = json_item(list, i);

		table_add(&table, live_text(box, "name"));
		table_add(&table, live_bool(box, "up_to_date") ?
					  "up to date" :
					  live_text(box, "state"));
		table_add(&table, live_time(live->arena, box, "last_success"));
		table_add(&table, live_time(live->arena, box, "last_message"));
		table_add(&table, number(live, box, "taken"));
		table_add(&table, read_up_to(live, box));
	}
	table_print(&table, "no mailboxes");
}

static void
print_attention(const struct live *live, const struct json *status)
{
	const struct json *list = json_get(status, "attention");
	size_t i;

	for (i = 0; i < json_size(list); i++) {
		printf("%s! ", RED(live));
		print_safe(live, json_as_string(json_item(list, i)));
		printf("%s\n", PLAIN(live));
	}
	if (json_size(list) == 0)
		puts("All is well.");
}

void
live_status(const struct live *live)
{
	const struct json *status, *letters, *cases, *paused;

	if (live->count == 0)
		return;
	status = live->lines[0];
	letters = json_get(status, "letters");
	cases = json_get(status, "cases");
	paused = json_get(status, "paused");
	printf("clerkd %s, process %lld, since %s; it is %s\n\n",
	       live_text(status, "version"), live_number(status, "pid"),
	       live_time(live->arena, status, "started"),
	       live_time(live->arena, status, "now"));
	print_mailboxes(live, status);
	printf("\nCases         %lld open, %lld overdue\n",
	       live_number(cases, "open"), live_number(cases, "overdue"));
	printf("Flags         %lld to decide\n", live_number(status, "flags"));
	printf("Letters       %lld waiting, %lld perhaps sent, %lld failed, "
	       "%lld sent since start\n",
	       live_number(letters, "queued") + live_number(letters, "sending"),
	       live_number(letters, "unknown"), live_number(letters, "failed"),
	       live_number(letters, "sent"));
	printf("Unreadable    %lld\n", live_number(status, "unreadable"));
	if (live_number(json_get(status, "unverified"), "messages") != 0)
		printf("Unverified    %lld, %lld of them enquiries\n",
		       live_number(json_get(status, "unverified"), "messages"),
		       live_number(json_get(status, "unverified"),
				   "enquiries"));
	live_reviews(live, status);
	if (live_bool(cases, "reminders_wait"))
		puts("Reminders     wait until the mailboxes are read");
	if (live_text(paused, "who")[0] != '\0') {
		printf("Paused        since %s by ",
		       live_time(live->arena, paused, "since"));
		print_safe(live, live_text(paused, "who"));
		fputs(": ", stdout);
		print_safe(live, live_text(paused, "reason"));
		putchar('\n');
	}
	putchar('\n');
	print_attention(live, status);
}

/* ---- cases ---- */

void
live_cases(const struct live *live)
{
	static const char *const names[] = { "CASE", "STATE", "RECEIVED",
					     "ACKNOWLEDGE BY", "ANSWER BY" };
	struct table table = { .arena = live->arena };
	size_t i;

	heading(&table, names, ARRAY_SIZE(names));
	for (i = 0; i < live->count; i++) {
		const struct json *c = live->lines[i];
		bool acknowledged = live_text(c, "acknowledged")[0] != '\0';

		table_add(&table, arena_printf(live->arena, "C%lld",
					       live_number(c, "id"))
					  .ptr);
		table_add(
			&table,
			arena_printf(live->arena, "%s%s", live_text(c, "state"),
				     live_bool(c, "overdue") ? ", OVERDUE" : "")
				.ptr);
		table_add(&table, live_time(live->arena, c, "received"));
		table_add(&table, acknowledged ?
					  "done" :
					  live_time(live->arena, c, "ack_due"));
		table_add(&table,
			  live_bool(c, "open") ?
				  live_time(live->arena, c, "response_due") :
				  "done");
		table_note(&table,
			   arena_printf(live->arena, "%s to %s: %s",
					live_text(c, "member"),
					live_text(c, "owner")[0] != '\0' ?
						live_text(c, "owner") :
						"nobody",
					live_text(c, "subject")));
	}
	table_print(&table, "no cases");
}

/* "day 3  Thu 5 March", and the days that do not count with the reason. */
static void
print_count(const struct live *live, const char *what, const struct json *days)
{
	static const char *const weekdays[] = { "Sunday",   "Monday",
						"Tuesday",  "Wednesday",
						"Thursday", "Friday",
						"Saturday" };
	size_t i;

	if (json_size(days) == 0)
		return;
	printf("\n%s%s%s\n", BOLD(live), what, PLAIN(live));
	for (i = 0; i < json_size(days); i++) {
		const struct json *day = json_item(days, i);
		const char *why = live_text(day, "not_counted");
		struct date date = { 0 };
		const char *weekday;

		(void)date_parse(span_of(live_text(day, "day")), &date);
		weekday = weekdays[date_weekday(date)];
		if (why[0] != '\0')
			printf("%s     -    %s %s%s%s%s\n", DIM(live),
			       live_text(day, "day"), weekday,
			       strcmp(why, weekday) == 0 ? "" : ", ",
			       strcmp(why, weekday) == 0 ? "" : why,
			       PLAIN(live));
		else
			printf("  day %-2lld  %s %s\n",
			       live_number(day, "number"),
			       live_text(day, "day"), weekday);
	}
}

static void
print_events(const struct live *live, const struct json *events)
{
	size_t i;

	printf("\n%sWhat happened%s\n", BOLD(live), PLAIN(live));
	for (i = 0; i < json_size(events); i++) {
		const struct json *event = json_item(events, i);
		const struct json *to = json_get(event, "to");

		printf("  %s  %-12s", live_time(live->arena, event, "at"),
		       live_text(event, "event"));
		print_safe(live, live_text(event, "stage"));
		if (json_size(to) != 0) {
			fputs(" to ", stdout);
			print_safe(live, live_list(live->arena, to, ", "));
		} else if (live_text(event, "owner")[0] != '\0') {
			fputs("owner ", stdout);
			print_safe(live, live_text(event, "owner"));
		}
		if (live_text(event, "promised")[0] != '\0')
			printf(", promised by %s",
			       live_text(event, "promised"));
		putchar('\n');
	}
}

static void
print_excerpt(const struct live *live, const char *text)
{
	struct span rest = table_safe(live->arena, span_of(text), true), line;

	if (text[0] != '\0')
		putchar('\n');
	while (span_line(&rest, &line))
		printf("  %s|%s %.*s\n", DIM(live), PLAIN(live),
		       SPAN_ARG(line));
}

void
live_case(const struct live *live)
{
	const struct json *c;

	if (live->count == 0)
		return;
	c = live->lines[0];
	printf("%sCase C%lld%s  %s%s\n", BOLD(live), live_number(c, "id"),
	       PLAIN(live), live_text(c, "state"),
	       live_bool(c, "overdue") ? ", OVERDUE" : "");
	live_safe(live, "Subject", live_text(c, "subject"));
	live_safe(live, "Member", live_text(c, "member"));
	live_safe(live, "Owner", live_text(c, "owner"));
	live_safe(live, "Reference", live_text(c, "reference"));
	live_safe(live, "Received", live_time(live->arena, c, "received"));
	live_safe(live, "Acknowledge", live_time(live->arena, c, "ack_due"));
	live_safe(live, "Answer", live_time(live->arena, c, "response_due"));
	live_safe(live, "Promised", live_text(c, "promised"));
	if (live_text(c, "closed")[0] != '\0')
		live_safe(live, "Closed", live_time(live->arena, c, "closed"));
	else
		live_safe(live, "Next remind",
			  live_time(live->arena, c, "next_reminder"));
	print_excerpt(live, live_text(c, "excerpt"));
	print_count(live, "To acknowledge", json_get(c, "ack_count"));
	print_count(live, "To answer", json_get(c, "response_count"));
	print_events(live, json_get(c, "events"));
}

/* ---- flags ---- */

/* Who is to read a flag that is not for the Monitoring Officer; else "". */
static const char *
stand_in(const struct json *flag)
{
	const char *reader = live_text(flag, "reader");

	if (!live_bool(flag, "concerns_reviewer"))
		return "";
	return reader[0] != '\0' ? reader : "nobody: set guards.deputy";
}

static const char *
decided(const struct json *flag)
{
	const struct json *list = json_get(flag, "decisions");

	if (json_size(list) == 0)
		return "";
	return live_text(json_item(list, json_size(list) - 1), "decision");
}

/* From whom, why, and who alone is to read it. */
static struct span
flag_note(const struct live *live, const struct json *flag)
{
	const char *only = stand_in(flag);

	return arena_printf(live->arena, "%s%s%s: %s",
			    only[0] != '\0' ? "ONLY FOR " : "", only,
			    only[0] != '\0' ?
				    arena_printf(live->arena, "; %s",
						 live_text(flag, "from"))
					    .ptr :
				    live_text(flag, "from"),
			    live_text(flag, "reason"));
}

void
live_flags(const struct live *live)
{
	static const char *const names[] = { "FLAG", "SEVERITY", "RECEIVED",
					     "RULE", "DECIDED",  "CLAUSES" };
	struct table table = { .arena = live->arena };
	size_t i;

	heading(&table, names, ARRAY_SIZE(names));
	for (i = 0; i < live->count; i++) {
		const struct json *flag = live->lines[i];

		table_add(&table, arena_printf(live->arena, "F%lld",
					       live_number(flag, "id"))
					  .ptr);
		table_add(&table, live_text(flag, "severity"));
		table_add(&table, live_time(live->arena, flag, "received"));
		table_add(&table, live_text(flag, "rule"));
		table_add(&table, decided(flag));
		table_add(&table, live_list(live->arena,
					    json_get(flag, "clauses"), ", "));
		table_note(&table, flag_note(live, flag));
	}
	table_print(&table, "no flags to decide");
}

static void
print_evidence(const struct live *live, const struct json *list)
{
	size_t i;

	printf("\n%sThe words%s\n", BOLD(live), PLAIN(live));
	for (i = 0; i < json_size(list); i++) {
		const struct json *one = json_item(list, i);
		const char *text = live_text(one, "text");
		struct span rest = table_safe(live->arena, span_of(text), true);
		struct span line;

		printf("  %s%s, bytes %lld to %lld%s\n", DIM(live),
		       table_safe(live->arena, span_of(live_text(one, "where")),
				  false)
			       .ptr,
		       live_number(one, "start"), live_number(one, "end"),
		       PLAIN(live));
		while (span_line(&rest, &line))
			printf("    %s%.*s%s\n", MARK(live), SPAN_ARG(line),
			       PLAIN(live));
	}
}

static void
print_clauses(const struct live *live, const struct json *flag)
{
	const struct json *list = json_get(flag, "clause_texts");
	size_t i;

	printf("\n%s", BOLD(live));
	print_safe(live, live_text(flag, "protocol"));
	printf("%s\n", PLAIN(live));
	for (i = 0; i < json_size(list); i++) {
		printf("  %-8s ", live_text(json_item(list, i), "clause"));
		print_wrapped(live, live_text(json_item(list, i), "text"),
			      CLAUSE_INDENT);
	}
}

static void
print_decisions(const struct live *live, const struct json *list)
{
	size_t i;

	for (i = 0; i < json_size(list); i++) {
		const struct json *one = json_item(list, i);

		printf("%s%s %s by ", i == 0 ? "\n" : "",
		       live_time(live->arena, one, "at"),
		       live_text(one, "decision"));
		print_safe(live, live_text(one, "who"));
		if (live_text(one, "because")[0] != '\0')
			printf(" (%s)", live_text(one, "because"));
		fputs(": ", stdout);
		print_safe(live, live_text(one, "reason"));
		putchar('\n');
	}
	if (json_size(list) == 0)
		puts("\nNot decided yet: clerkctl decide N uphold|dismiss "
		     "--reason TEXT [--because KIND]");
}

void
live_flag(const struct live *live)
{
	const struct json *flag;

	if (live->count == 0)
		return;
	flag = live->lines[0];
	printf("%sFlag F%lld%s  %s  %s%s%s%s\n", BOLD(live),
	       live_number(flag, "id"), PLAIN(live), live_text(flag, "rule"),
	       strcmp(live_text(flag, "severity"), "high") == 0 ? RED(live) :
								  "",
	       live_text(flag, "severity"), PLAIN(live),
	       live_bool(flag, "shadow") ? "  (shadow)" : "");
	live_safe(live, "Why", live_text(flag, "reason"));
	live_safe(live, "From", live_text(flag, "from"));
	live_safe(live, "To",
		  live_list(live->arena, json_get(flag, "to"), ", "));
	live_safe(live, "Cc",
		  live_list(live->arena, json_get(flag, "cc"), ", "));
	live_safe(live, "Hidden",
		  live_list(live->arena, json_get(flag, "hidden"), ", "));
	live_safe(live, "Only for", stand_in(flag));
	live_safe(live, "Received", live_time(live->arena, flag, "received"));
	live_safe(live, "Message-ID", live_text(flag, "message_id"));
	print_evidence(live, json_get(flag, "evidence"));
	print_clauses(live, flag);
	print_decisions(live, json_get(flag, "decisions"));
}

/* ---- unreadable ---- */

void
live_unreadable(const struct live *live)
{
	static const char *const names[] = { "MAILBOX", "MESSAGE", "WHEN",
					     "WHY" };
	struct table table = { .arena = live->arena };
	size_t i;

	heading(&table, names, ARRAY_SIZE(names));
	for (i = 0; i < live->count; i++) {
		const struct json *one = live->lines[i];

		table_add(&table, live_text(one, "mailbox"));
		table_add(&table, live_text(one, "key"));
		table_add(&table, live_time(live->arena, one, "at"));
		table_add(&table, live_text(one, "reason"));
	}
	table_print(&table, "every message could be read");
}

/* ---- unverified ---- */

void
live_unverified(const struct live *live)
{
	static const char *const names[] = { "NUMBER", "RECEIVED", "FROM",
					     "TO",     "ENQUIRY",  "WHY",
					     "SETTLED" };
	struct table table = { .arena = live->arena };
	size_t i;

	heading(&table, names, ARRAY_SIZE(names));
	for (i = 0; i < live->count; i++) {
		const struct json *one = live->lines[i];
		const char *settled = live_text(one, "settled");

		table_add(&table, arena_printf(live->arena, "%lld",
					       live_number(one, "number"))
					  .ptr);
		table_add(&table, live_time(live->arena, one, "received"));
		table_add(&table, live_text(one, "from"));
		table_add(&table,
			  live_list(live->arena, json_get(one, "to"), ", "));
		table_add(&table, live_bool(one, "enquiry") ? "yes" : "no");
		table_add(&table, live_text(one, "why"));
		table_add(&table, settled[0] != '\0' ? settled : "-");
	}
	table_print(&table, "no sender failed the check");
}

void
live_done(const struct live *live)
{
	if (live->count != 0)
		puts(live_text(live->lines[0], "done"));
}
