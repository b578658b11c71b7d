/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Is this a store? The same questions for any implementation of store.h: here
 * one in memory and one in a file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "record/store.h"

struct shelf {
	struct store *store;
	struct arena *arena;
	struct error err;
	char path[64];
};

#define OK(call) assert_int_equal((call), 0)

static void
open_shelf(struct shelf *shelf)
{
	if (store_open(shelf->path, &shelf->store, &shelf->err))
		fail_msg("%s", shelf->err.text);
}

static int
setup_memory(void **state)
{
	struct shelf *shelf = calloc(1, sizeof(*shelf));

	strcpy(shelf->path, ":memory:");
	shelf->arena = arena_new(0);
	open_shelf(shelf);
	*state = shelf;
	return 0;
}

static int
setup_file(void **state)
{
	struct shelf *shelf = calloc(1, sizeof(*shelf));
	int fd;

	strcpy(shelf->path, "/tmp/clerkd-store-XXXXXX");
	fd = mkstemp(shelf->path);
	assert_true(fd >= 0);
	close(fd);
	shelf->arena = arena_new(0);
	open_shelf(shelf);
	*state = shelf;
	return 0;
}

static int
teardown(void **state)
{
	struct shelf *shelf = *state;
	char path[80];

	store_close(shelf->store);
	arena_free(shelf->arena);
	if (shelf->path[0] == '/') {
		unlink(shelf->path);
		snprintf(path, sizeof(path), "%s-wal", shelf->path);
		unlink(path);
		snprintf(path, sizeof(path), "%s-shm", shelf->path);
		unlink(path);
	}
	free(shelf);
	return 0;
}

static struct thread_key
id_key(const char *id)
{
	return (struct thread_key){ THREAD_KEY_ID, span_of(id) };
}

/* A message in a thread that its ids decide. */
static struct store_message
put(struct shelf *shelf, const char *id, uint64_t hash, const char *ref,
    time_t received)
{
	struct span *to = arena_array(shelf->arena, 2, sizeof(*to));
	struct store_message message = {
		.message_id = span_of(id),
		.body_hash = hash,
		.received = received,
		.date = received - 5,
		.from = span_of("olu@fenby.example"),
		.to = { .at = to, .count = 2 },
		.automatic = AUTOMATIC_NO,
		.direction = DIRECTION_MEMBER_TO_OFFICER,
		.enquiry = true,
		.hands_over = true,
		.reply = REPLY_PASSED_ON,
		.promise = { 2026, 3, 9 },
		.reading = 7,
	};
	struct thread_key keys[2] = { id_key(id), id_key(ref ? ref : id) };

	to[0] = span_of("kerb@fenby.example");
	to[1] = span_of("trees@fenby.example");
	OK(store_thread_join(shelf->store, keys, 2, &message.thread,
			     &shelf->err));
	OK(store_message_add(shelf->store, &message, &shelf->err));
	return message;
}

static int64_t
thread_of(struct shelf *shelf, const char *id)
{
	struct thread_key key = id_key(id);
	int64_t thread = 0;

	store_thread_find(shelf->store, &key, &thread, &shelf->err);
	return thread;
}

static void
test_a_cursor_is_kept_for_each_mailbox_and_folder(void **state)
{
	struct shelf *shelf = *state;
	struct store_cursor cursor = { 0 };

	assert_int_equal(store_cursor_find(shelf->store, "members", "INBOX",
					   &cursor, &shelf->err),
			 0);
	cursor = (struct store_cursor){ 4000000000u, 17 };
	OK(store_cursor_set(shelf->store, "members", "INBOX", cursor,
			    &shelf->err));
	cursor = (struct store_cursor){ 2, 3 };
	OK(store_cursor_set(shelf->store, "members", "Sent", cursor,
			    &shelf->err));
	OK(store_cursor_set(shelf->store, "other", "INBOX", cursor,
			    &shelf->err));
	cursor = (struct store_cursor){ 4000000000u, 18 };
	OK(store_cursor_set(shelf->store, "members", "INBOX", cursor,
			    &shelf->err));
	assert_int_equal(store_cursor_find(shelf->store, "members", "INBOX",
					   &cursor, &shelf->err),
			 1);
	assert_int_equal(cursor.uidvalidity, 4000000000u);
	assert_int_equal(cursor.uid, 18);
	assert_int_equal(store_cursor_find(shelf->store, "members", "Sent",
					   &cursor, &shelf->err),
			 1);
	assert_int_equal(cursor.uid, 3);
}

static void
test_an_arrival_is_remembered_readable_or_not(void **state)
{
	struct shelf *shelf = *state;
	struct store_message message = put(shelf, "<a>", 1, NULL, 100);
	struct store_delivery good = { "members", span_of("INBOX/1/1"),
				       message.id, 50, span_of("") };
	struct store_delivery bad = { "members", span_of("INBOX/1/2"), 0, 60,
				      span_of("nested too deep") };
	struct store_delivery *list;
	int64_t found = -1;
	size_t count;

	OK(store_delivery_add(shelf->store, &good, &shelf->err));
	OK(store_delivery_add(shelf->store, &bad, &shelf->err));
	OK(store_delivery_add(shelf->store, &bad, &shelf->err));
	assert_int_equal(store_delivery_find(shelf->store, "members",
					     span_of("INBOX/1/1"), &found,
					     &shelf->err),
			 1);
	assert_int_equal(found, message.id);
	assert_int_equal(store_delivery_find(shelf->store, "members",
					     span_of("INBOX/1/2"), &found,
					     &shelf->err),
			 1);
	assert_int_equal(found, 0);
	assert_int_equal(store_delivery_find(shelf->store, "others",
					     span_of("INBOX/1/1"), &found,
					     &shelf->err),
			 0);
	OK(store_unreadable(shelf->store, 0, shelf->arena, &list, &count,
			    &shelf->err));
	assert_int_equal(count, 1);
	assert_string_equal(list[0].source, "members");
	assert_true(span_is(list[0].reason, "nested too deep"));
}

static void
test_a_delivery_of_no_message_is_refused(void **state)
{
	struct shelf *shelf = *state;
	struct store_delivery none = { "members", span_of("k"), 4711, 1,
				       span_of("") };

	assert_int_equal(store_delivery_add(shelf->store, &none, &shelf->err),
			 -1);
	assert_int_equal(shelf->err.kind, ERROR_INTERNAL);
}

static void
test_a_message_comes_out_as_it_went_in(void **state)
{
	struct shelf *shelf = *state;
	struct span seen[] = { span_of("bea@fenby.example") };
	struct words hidden = { seen, 1 }, none_proven = { 0 };
	struct store_message in = put(shelf, "<a>", UINT64_MAX - 1, NULL, 100);
	struct store_message out;

	OK(store_message_hidden(shelf->store, in.id, &hidden, &none_proven,
				&shelf->err));
	assert_int_equal(store_message_find(shelf->store, span_of("<a>"),
					    UINT64_MAX - 1, shelf->arena, &out,
					    &shelf->err),
			 1);
	assert_int_equal(out.id, in.id);
	assert_int_equal(out.thread, in.thread);
	assert_true(out.body_hash == UINT64_MAX - 1);
	assert_int_equal(out.received, 100);
	assert_int_equal(out.date, 95);
	assert_true(span_is(out.from, "olu@fenby.example"));
	assert_int_equal(out.to.count, 2);
	assert_true(span_is(out.to.at[1], "trees@fenby.example"));
	assert_int_equal(out.cc.count, 0);
	assert_int_equal(out.hidden.count, 1);
	assert_int_equal(out.direction, DIRECTION_MEMBER_TO_OFFICER);
	assert_true(out.enquiry && out.hands_over);
	assert_false(out.withdrawal || out.only_thanks);
	assert_int_equal(out.reply, REPLY_PASSED_ON);
	assert_int_equal(out.promise.year * 10000 + out.promise.month * 100 +
				 out.promise.day,
			 20260309);
	assert_int_equal(out.reading, 7);
}

static void
test_the_same_id_with_another_text_is_another_message(void **state)
{
	struct shelf *shelf = *state;
	struct store_message a = put(shelf, "<a>", 1, NULL, 100);
	struct store_message b = put(shelf, "<a>", 2, NULL, 200), out;

	assert_int_equal(a.thread, b.thread);
	assert_int_equal(store_message_find(shelf->store, span_of("<a>"), 1,
					    shelf->arena, &out, &shelf->err),
			 1);
	assert_int_equal(out.id, a.id);
	assert_int_equal(store_message_find(shelf->store, span_of("<a>"), 2,
					    shelf->arena, &out, &shelf->err),
			 1);
	assert_int_equal(out.id, b.id);
	assert_int_equal(store_message_find(shelf->store, span_of("<a>"), 3,
					    shelf->arena, &out, &shelf->err),
			 0);
	assert_int_equal(store_message_find(shelf->store, span_of("<b>"), 1,
					    shelf->arena, &out, &shelf->err),
			 0);
}

static void
test_an_id_that_was_only_referred_to_ties_threads_together(void **state)
{
	struct shelf *shelf = *state;

	put(shelf, "<b>", 1, "<never seen>", 200);
	put(shelf, "<c>", 2, "<never seen>", 300);
	assert_int_equal(thread_of(shelf, "<b>"), thread_of(shelf, "<c>"));
}

static void
test_threads_that_turn_out_to_be_one_become_one(void **state)
{
	struct shelf *shelf = *state;
	struct store_message a = put(shelf, "<a>", 1, NULL, 300);
	struct store_message b = put(shelf, "<b>", 2, NULL, 100);
	struct store_message c = put(shelf, "<c>", 3, NULL, 200);
	struct store_case kept = { .thread = b.thread,
				   .member = span_of("m"),
				   .owner = span_of("o"),
				   .enquiry = b.id };
	struct thread_key ab[] = { id_key("<a>"), id_key("<b>") };
	struct thread_key bc[] = { id_key("<c>"), id_key("<b>") };
	struct case_query query = { 0 };
	struct store_message *list;
	struct store_case *cases;
	int64_t thread = 0;
	size_t count;

	assert_true(a.thread != b.thread && b.thread != c.thread);
	OK(store_case_add(shelf->store, &kept, &shelf->err));
	OK(store_thread_join(shelf->store, bc, 2, &thread, &shelf->err));
	thread = 0;
	OK(store_thread_join(shelf->store, ab, 2, &thread, &shelf->err));
	assert_int_equal(thread, thread_of(shelf, "<a>"));
	assert_int_equal(thread, thread_of(shelf, "<b>"));
	assert_int_equal(thread, thread_of(shelf, "<c>"));
	OK(store_messages(shelf->store, thread, 0, 0, shelf->arena, &list,
			  &count, &shelf->err));
	assert_int_equal(count, 3);
	assert_int_equal(list[0].id, b.id); /* in order of receipt */
	assert_int_equal(list[1].id, c.id);
	assert_int_equal(list[2].id, a.id);
	query.thread = thread;
	OK(store_cases(shelf->store, &query, shelf->arena, &cases, &count,
		       &shelf->err));
	assert_int_equal(count, 1);
}

static void
test_a_subject_leads_to_the_newest_thread_and_joins_none(void **state)
{
	struct shelf *shelf = *state;
	struct thread_key subject = { THREAD_KEY_SUBJECT, span_of("<a>") };
	int64_t first = 0, second = 0, found = 0;

	OK(store_thread_join(shelf->store, &subject, 1, &first, &shelf->err));
	put(shelf, "<a>", 1, NULL, 1); /* the same text, another kind of key */
	second = thread_of(shelf, "<a>");
	assert_true(first != second);
	OK(store_thread_join(shelf->store, &subject, 1, &second, &shelf->err));
	assert_int_equal(
		store_thread_find(shelf->store, &subject, &found, &shelf->err),
		1);
	assert_int_equal(found, second);
	assert_true(thread_of(shelf, "<a>") != first);
}

static void
test_what_is_rolled_back_never_was(void **state)
{
	struct shelf *shelf = *state;
	struct store_message out;
	int64_t before;

	put(shelf, "<a>", 1, NULL, 1);
	OK(store_begin(shelf->store, &shelf->err));
	before = put(shelf, "<b>", 2, NULL, 2).thread;
	store_rollback(shelf->store);
	assert_int_equal(store_message_find(shelf->store, span_of("<b>"), 2,
					    shelf->arena, &out, &shelf->err),
			 0);
	assert_int_equal(put(shelf, "<c>", 3, NULL, 3).thread, before);
}

static void
test_transactions_do_not_nest(void **state)
{
	struct shelf *shelf = *state;

	OK(store_begin(shelf->store, &shelf->err));
	assert_int_equal(store_begin(shelf->store, &shelf->err), -1);
	assert_int_equal(shelf->err.kind, ERROR_INTERNAL);
	OK(store_commit(shelf->store, &shelf->err));
}

static void
test_a_finding_keeps_its_evidence_and_every_decision(void **state)
{
	struct shelf *shelf = *state;
	struct span clauses[] = { span_of("10.1.1"), span_of("2") };
	struct evidence evidence[2] = {
		{ span_of("body"), 3, 9, span_of("blind!") },
		{ span_of("envelope"), 0, 0, { 0 } },
	};
	struct store_finding in = {
		.message = put(shelf, "<a>", 1, NULL, 5).id,
		.rule = span_of("blind-copy"),
		.severity = SEVERITY_HIGH,
		.score = 0.75,
		.clauses = { clauses, 2 },
		.reason = span_of("because"),
		.version = 3,
		.found = 1000,
		.evidence = evidence,
		.evidence_count = 2,
	};
	struct store_decision no = { false, span_of("quoting"), span_of("sam"),
				     1100, CAUSE_QUOTING };
	struct store_decision yes = { true, span_of("on reflection"),
				      span_of("sam"), 1200, CAUSE_UNSAID };
	struct finding_query query = { .undecided = true };
	struct store_finding *out;
	char *euros = malloc(2001);
	size_t count;

	for (size_t i = 0; i < 2000; i++)
		euros[i] = "x\xe2\x82\xac"[(i + 3) % 4];
	evidence[1].text = (struct span){ euros + 1, 1999 };
	OK(store_finding_add(shelf->store, &in, &shelf->err));
	OK(store_findings(shelf->store, &query, shelf->arena, &out, &count,
			  &shelf->err));
	assert_int_equal(count, 1);
	assert_int_equal(out->id, in.id);
	assert_true(span_is(out->message_id, "<a>"));
	assert_int_equal(out->received, 5);
	assert_int_equal(out->clauses.count, 2);
	assert_true(out->score > 0.74 && out->score < 0.76);
	assert_int_equal(out->evidence_count, 2);
	assert_int_equal(out->evidence[0].end, 9);
	assert_in_range(out->evidence[1].text.len, STORE_EXCERPT_MAX - 3,
			STORE_EXCERPT_MAX);
	assert_true(text_utf8_valid(out->evidence[1].text));
	OK(store_decision_add(shelf->store, in.id, &no, &shelf->err));
	OK(store_decision_add(shelf->store, in.id, &yes, &shelf->err));
	OK(store_findings(shelf->store, &query, shelf->arena, &out, &count,
			  &shelf->err));
	assert_int_equal(count, 0);
	query = (struct finding_query){ .id = in.id };
	OK(store_findings(shelf->store, &query, shelf->arena, &out, &count,
			  &shelf->err));
	assert_int_equal(out->decision_count, 2);
	assert_true(span_is(out->decisions[0].reason, "quoting"));
	assert_int_equal(out->decisions[0].cause, CAUSE_QUOTING);
	assert_int_equal(out->decisions[1].cause, CAUSE_UNSAID);
	assert_true(out->decisions[1].upheld);
	assert_int_equal(
		store_decision_add(shelf->store, 99, &yes, &shelf->err), -1);
	assert_int_equal(shelf->err.kind, ERROR_INPUT);
	free(euros);
}

static int64_t
found(struct shelf *shelf, int64_t message, const char *rule, bool shadow)
{
	struct store_finding finding = { .message = message,
					 .rule = span_of(rule),
					 .shadow = shadow,
					 .reason = span_of("because") };

	OK(store_finding_add(shelf->store, &finding, &shelf->err));
	return finding.id;
}

static void
decide(struct shelf *shelf, int64_t finding, bool upheld,
       enum decision_cause cause)
{
	struct store_decision decision = { upheld, span_of("so"),
					   span_of("sam"), 1100, cause };

	OK(store_decision_add(shelf->store, finding, &decision, &shelf->err));
}

static void
test_of_each_finding_the_last_decision_counts_for_its_rule(void **state)
{
	struct shelf *shelf = *state;
	int64_t message = put(shelf, "<a>", 1, NULL, 5).id, again;
	struct finding_query query = { .decided = true };
	struct store_rule_record *list;
	struct store_finding *flags;
	size_t count;

	found(shelf, message, "wrong-channel", false);
	again = found(shelf, message, "blind-copy", false);
	decide(shelf, found(shelf, message, "blind-copy", false), false,
	       CAUSE_ROLE);
	decide(shelf, found(shelf, message, "blind-copy", true), false,
	       CAUSE_UNSAID);
	decide(shelf, again, false, CAUSE_DATE);
	decide(shelf, again, true, CAUSE_OTHER);
	OK(store_rule_records(shelf->store, shelf->arena, &list, &count,
			      &shelf->err));
	assert_int_equal(count, 2);
	assert_true(span_is(list[0].rule, "blind-copy"));
	assert_int_equal(list[0].live, 2);
	assert_int_equal(list[0].shadow, 1);
	assert_int_equal(list[0].open, 0);
	assert_int_equal(list[0].upheld, 1);
	assert_int_equal(list[0].dismissed, 2);
	assert_int_equal(list[0].because[CAUSE_ROLE], 1);
	assert_int_equal(list[0].because[CAUSE_UNSAID], 1);
	assert_int_equal(list[0].because[CAUSE_DATE], 0);
	assert_int_equal(list[1].open, 1);
	assert_int_equal(list[1].upheld + list[1].dismissed, 0);
	OK(store_findings(shelf->store, &query, shelf->arena, &flags, &count,
			  &shelf->err));
	assert_int_equal(count, 3);
	assert_int_equal(flags[0].id, again);
}

static size_t
count_findings(struct shelf *shelf, struct finding_query query)
{
	struct store_finding *list;
	size_t count;

	OK(store_findings(shelf->store, &query, shelf->arena, &list, &count,
			  &shelf->err));
	return count;
}

static void
test_findings_are_found_by_what_is_asked(void **state)
{
	struct shelf *shelf = *state;
	int64_t first = put(shelf, "<a>", 1, NULL, 5).id;
	int64_t second = put(shelf, "<b>", 2, NULL, 6).id;
	struct store_finding in[] = {
		{ .message = first, .severity = SEVERITY_HIGH, .found = 10 },
		{ .message = first, .severity = SEVERITY_LOW, .found = 10 },
		{ .message = second,
		  .severity = SEVERITY_HIGH,
		  .found = 20,
		  .shadow = true },
	};

	for (size_t i = 0; i < 3; i++) {
		in[i].rule = span_of("r");
		OK(store_finding_add(shelf->store, &in[i], &shelf->err));
	}
#define COUNT(...) count_findings(shelf, (struct finding_query){ __VA_ARGS__ })
	assert_int_equal(COUNT(.limit = 2), 2);
	assert_int_equal(COUNT(.live = true), 2);
	assert_int_equal(COUNT(.message = first), 2);
	assert_int_equal(COUNT(.message = second, .live = true), 0);
	assert_int_equal(COUNT(.least = SEVERITY_HIGH), 2);
	assert_int_equal(COUNT(.since = 20), 1);
	assert_int_equal(COUNT(.until = 20), 2);
	assert_int_equal(COUNT(.untold = true), 2);
	OK(store_finding_told(shelf->store, in[0].id, 30, &shelf->err));
	assert_int_equal(COUNT(.untold = true), 1);
	assert_int_equal(COUNT(.untold = true, .least = SEVERITY_HIGH), 0);
#undef COUNT
}

static size_t
count_cases(struct shelf *shelf, struct case_query query)
{
	struct store_case *list;
	size_t count;

	OK(store_cases(shelf->store, &query, shelf->arena, &list, &count,
		       &shelf->err));
	return count;
}

static void
test_cases_are_found_by_what_is_asked(void **state)
{
	struct shelf *shelf = *state;
	struct store_message m = put(shelf, "<a>", 1, NULL, 5);
	struct span refs[] = { span_of("<r1>"), span_of("<r2>") };
	struct case_query by_id = { .id = 1 };
	struct store_case *out;
	size_t count;

	for (int i = 0; i < 4; i++) {
		struct store_case c = {
			.thread = m.thread + i / 2,
			.member = span_of(i % 2 ? "bea" : "olu"),
			.owner = span_of(i ? "kerb" : "roads"),
			.state = i == 3 ? CASE_ANSWERED : CASE_WAITING,
			.opened = 10,
			.clock = 11,
			.acknowledged = 12,
			.closed = i == 3 ? 13 : 0,
			.rung = 14,
			.wake = i == 3 ? 0 : 100 - i,
			.promise = { 2026, 12, 31 },
			.round = 2,
			.enquiry = m.id,
			.enquiry_id = span_of("<a>"),
			.references = { refs, 2 },
			.subject = span_of("S"),
			.excerpt = span_of("E"),
		};

		OK(store_case_add(shelf->store, &c, &shelf->err));
		assert_int_equal(c.id, i + 1);
	}
#define COUNT(...) count_cases(shelf, (struct case_query){ __VA_ARGS__ })
	assert_int_equal(COUNT(.limit = 0), 4);
	assert_int_equal(COUNT(.open = true), 3);
	assert_int_equal(COUNT(.thread = m.thread), 2);
	assert_int_equal(COUNT(.thread = m.thread, .member = span_of("bea")),
			 1);
	assert_int_equal(COUNT(.owner = span_of("kerb")), 3);
	assert_int_equal(COUNT(.owner = span_of("kerb"), .open = true), 2);
	assert_int_equal(COUNT(.wake_until = 98), 1);
	assert_int_equal(COUNT(.wake_until = INT64_MAX), 3);
#undef COUNT
	OK(store_cases(shelf->store, &by_id, shelf->arena, &out, &count,
		       &shelf->err));
	assert_int_equal(count, 1);
	assert_int_equal(out->references.count, 2);
	assert_int_equal(out->clock * 1000 + out->rung, 11014);
	assert_int_equal(out->promise.month, 12);
	out->state = CASE_WITHDRAWN;
	out->closed = 50;
	out->wake = 0;
	out->excerpt = span_of("");
	OK(store_case_update(shelf->store, out, &shelf->err));
	assert_int_equal(
		count_cases(shelf, (struct case_query){ .open = true }), 2);
}

static size_t
count_events(struct shelf *shelf, struct event_query query)
{
	struct store_event *list;
	size_t count;

	OK(store_events(shelf->store, &query, shelf->arena, &list, &count,
			&shelf->err));
	for (size_t i = 1; i < count; i++)
		assert_true(list[i - 1].at <= list[i].at);
	return count;
}

static void
test_events_are_never_lost_only_voided(void **state)
{
	struct shelf *shelf = *state;
	struct store_message m = put(shelf, "<a>", 1, NULL, 5);
	struct store_case c = { .thread = m.thread,
				.member = span_of("olu"),
				.enquiry = m.id };
	struct span kerb = span_of("kerb");
	struct store_event events[] = {
		{ .kind = EVENT_RESPONDED, .at = 30, .message = m.id },
		{ .kind = EVENT_OPENED, .at = 10, .message = m.id },
		{ .kind = EVENT_REMINDER,
		  .at = 20,
		  .stage = span_of("soon"),
		  .to = { &kerb, 1 } },
	};

	OK(store_case_add(shelf->store, &c, &shelf->err));
	for (size_t i = 0; i < 3; i++) {
		events[i].case_id = c.id;
		OK(store_event_add(shelf->store, &events[i], &shelf->err));
	}
#define COUNT(...) count_events(shelf, (struct event_query){ __VA_ARGS__ })
	assert_int_equal(COUNT(.limit = 0), 3);
	assert_int_equal(COUNT(.case_id = c.id), 3);
	assert_int_equal(COUNT(.message = m.id), 2);
	assert_int_equal(COUNT(.untold = true), 1);
	assert_int_equal(COUNT(.since = 11, .until = 30), 1);
	events[2].letter = 8;
	OK(store_event_update(shelf->store, &events[2], &shelf->err));
	assert_int_equal(COUNT(.untold = true), 0);
	assert_int_equal(COUNT(.letter = 8), 1);
	events[0].voided = true;
	OK(store_event_update(shelf->store, &events[0], &shelf->err));
	assert_int_equal(COUNT(.case_id = c.id), 2);
	assert_int_equal(COUNT(.case_id = c.id, .with_void = true), 3);
#undef COUNT
}

static void
test_a_letter_to_one_recipient_is_queued_once(void **state)
{
	struct shelf *shelf = *state;
	struct store_letter letter = {
		.recipient = span_of("kerb@fenby.example"),
		.message_id = span_of("<l@x>"),
		.kind = span_of("reminder"),
		.text = span_of("Subject: x\r\n"),
		.queued = 10,
		.next_try = 10,
	};
	struct letter_query due = { .due_until = 10,
				    .states = 1u << LETTER_QUEUED };
	struct letter_query all = { 0 };
	struct store_letter *out;
	size_t count;

	OK(store_letter_add(shelf->store, &letter, &shelf->err));
	assert_int_equal(store_letter_add(shelf->store, &letter, &shelf->err),
			 -1);
	OK(store_letters(shelf->store, &due, shelf->arena, &out, &count,
			 &shelf->err));
	assert_int_equal(count, 1);
	assert_true(span_is(out->text, "Subject: x\r\n"));
	out->state = LETTER_QUEUED;
	out->next_try = 11;
	out->note = span_of("451");
	OK(store_letter_update(shelf->store, out, &shelf->err));
	OK(store_letters(shelf->store, &due, shelf->arena, &out, &count,
			 &shelf->err));
	assert_int_equal(count, 0);
	OK(store_letters(shelf->store, &all, shelf->arena, &out, &count,
			 &shelf->err));
	assert_true(span_is(out->note, "451") && out->text.len);
	out->state = LETTER_SENT;
	out->settled = 12;
	OK(store_letter_update(shelf->store, out, &shelf->err));
	OK(store_letters(shelf->store, &all, shelf->arena, &out, &count,
			 &shelf->err));
	assert_int_equal(out->text.len, 0); /* what was sent is not kept */
}

static void
test_notes_are_found_by_the_beginning_of_their_name(void **state)
{
	struct shelf *shelf = *state;
	struct store_note *list;
	size_t count;

	OK(store_note_set(shelf->store, "mailbox/b/last", span_of("2"),
			  &shelf->err));
	OK(store_note_set(shelf->store, "mailbox/a/last", span_of("0"),
			  &shelf->err));
	OK(store_note_set(shelf->store, "mailbox/a/last", span_of("1"),
			  &shelf->err));
	OK(store_note_set(shelf->store, "paused", span_of("yes"), &shelf->err));
	OK(store_notes(shelf->store, "mailbox/", shelf->arena, &list, &count,
		       &shelf->err));
	assert_int_equal(count, 2);
	assert_true(span_is(list[0].value, "1"));
	OK(store_note_set(shelf->store, "paused", span_of(""), &shelf->err));
	OK(store_notes(shelf->store, "paused", shelf->arena, &list, &count,
		       &shelf->err));
	assert_int_equal(count, 0);
}

static void
test_a_bounce_is_known_by_message_and_recipient(void **state)
{
	struct shelf *shelf = *state;

	OK(store_bounce_add(shelf->store, span_of("<a>"), span_of("olu"),
			    &shelf->err));
	OK(store_bounce_add(shelf->store, span_of("<a>"), span_of("olu"),
			    &shelf->err));
	assert_int_equal(store_bounce_find(shelf->store, span_of("<a>"),
					   span_of("olu"), &shelf->err),
			 1);
	assert_int_equal(store_bounce_find(shelf->store, span_of("<a>"),
					   span_of("bea"), &shelf->err),
			 0);
}

/* ---- only for a store in a file ---- */

static void
test_what_was_committed_is_there_after_opening_again(void **state)
{
	struct shelf *shelf = *state;
	struct store_message out;

	OK(store_begin(shelf->store, &shelf->err));
	put(shelf, "<a>", 1, NULL, 5);
	OK(store_commit(shelf->store, &shelf->err));
	OK(store_begin(shelf->store, &shelf->err));
	put(shelf, "<b>", 2, NULL, 6);
	store_close(shelf->store); /* as a crash would: not committed */
	open_shelf(shelf);
	assert_int_equal(store_message_find(shelf->store, span_of("<a>"), 1,
					    shelf->arena, &out, &shelf->err),
			 1);
	assert_int_equal(store_message_find(shelf->store, span_of("<b>"), 2,
					    shelf->arena, &out, &shelf->err),
			 0);
}

static void
put_many_keys(struct shelf *shelf, size_t from, size_t to)
{
	OK(store_begin(shelf->store, &shelf->err));
	for (size_t i = from; i < to; i++) {
		char id[32];
		struct thread_key key = { .kind = THREAD_KEY_ID };
		int64_t thread = (int64_t)i + 1;

		snprintf(id, sizeof(id), "<%zu@many>", i);
		key.text = span_of(id);
		OK(store_thread_join(shelf->store, &key, 1, &thread,
				     &shelf->err));
	}
	OK(store_commit(shelf->store, &shelf->err));
}

static void
assert_all_keys(struct store *store, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i += 7) {
		char id[32];
		struct thread_key key = { .kind = THREAD_KEY_ID };
		int64_t thread = 0;

		snprintf(id, sizeof(id), "<%zu@many>", i);
		key.text = span_of(id);
		assert_int_equal(store_thread_find(store, &key, &thread, err),
				 1);
		assert_int_equal(thread, i + 1);
	}
}

static void
test_old_keys_are_found_among_very_many(void **state)
{
	struct shelf *shelf = *state;
	struct thread_key none = { THREAD_KEY_ID, span_of("<none@many>") };
	int64_t thread;

	put_many_keys(shelf, 0, 70000);
	assert_all_keys(shelf->store, 70000, &shelf->err);
	store_close(shelf->store);
	open_shelf(shelf);
	assert_all_keys(shelf->store, 70000, &shelf->err);
	put_many_keys(shelf, 70000, 100000);
	assert_all_keys(shelf->store, 100000, &shelf->err);
	assert_int_equal(
		store_thread_find(shelf->store, &none, &thread, &shelf->err),
		0);
	put_many_keys(shelf, 100000, 140000);
	assert_all_keys(shelf->store, 140000, &shelf->err);
}

static void
test_a_key_whose_batch_was_rolled_back_is_not_there(void **state)
{
	struct shelf *shelf = *state;
	struct thread_key key = { THREAD_KEY_ID, span_of("<gone>") };
	int64_t thread = 5;

	put_many_keys(shelf, 0, 32760);
	OK(store_begin(shelf->store, &shelf->err));
	OK(store_thread_join(shelf->store, &key, 1, &thread, &shelf->err));
	for (int i = 0; i < 100; i++)
		put(shelf, "<x>", (uint64_t)i, NULL, i);
	store_rollback(shelf->store);
	assert_int_equal(
		store_thread_find(shelf->store, &key, &thread, &shelf->err), 0);
	put_many_keys(shelf, 32760, 33000);
	assert_all_keys(shelf->store, 33000, &shelf->err);
}

static void
test_a_new_store_is_for_its_user_alone(void **state)
{
	struct shelf *shelf = *state;
	struct stat status;

	store_close(shelf->store);
	unlink(shelf->path);
	open_shelf(shelf);
	assert_int_equal(stat(shelf->path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
}

static void
patch(const char *path, long at, const char *bytes, size_t len)
{
	FILE *file = fopen(path, "r+");

	assert_non_null(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static void
test_a_newer_schema_is_refused_with_advice(void **state)
{
	struct shelf *shelf = *state;
	static const char newer[4] = { 0, 0, 0, STORE_SCHEMA + 1 };
	struct store *other = NULL;

	store_close(shelf->store); /* folds the log back into the file */
	shelf->store = NULL;
	patch(shelf->path, 60, newer, 4); /* user_version in the header */
	assert_int_equal(store_open(shelf->path, &other, &shelf->err), -1);
	assert_int_equal(shelf->err.kind, ERROR_CONFIG);
	assert_non_null(strstr(shelf->err.text, "newer clerkd"));
}

static void
test_a_file_that_is_no_store_is_refused(void **state)
{
	struct shelf *shelf = *state;
	struct store *other = NULL;

	store_close(shelf->store);
	shelf->store = NULL;
	patch(shelf->path, 0, "Dear Councillor, ", 17);
	assert_int_equal(store_open(shelf->path, &other, &shelf->err), -1);
	assert_int_equal(shelf->err.kind, ERROR_CONFIG);
}

#define EACH(f)                                                     \
	cmocka_unit_test_setup_teardown(f, setup_memory, teardown), \
		cmocka_unit_test_setup_teardown(f, setup_file, teardown)
#define IN_FILE(f) cmocka_unit_test_setup_teardown(f, setup_file, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(test_a_cursor_is_kept_for_each_mailbox_and_folder),
		EACH(test_an_arrival_is_remembered_readable_or_not),
		EACH(test_a_delivery_of_no_message_is_refused),
		EACH(test_a_message_comes_out_as_it_went_in),
		EACH(test_the_same_id_with_another_text_is_another_message),
		EACH(test_an_id_that_was_only_referred_to_ties_threads_together),
		EACH(test_threads_that_turn_out_to_be_one_become_one),
		EACH(test_a_subject_leads_to_the_newest_thread_and_joins_none),
		EACH(test_what_is_rolled_back_never_was),
		EACH(test_transactions_do_not_nest),
		EACH(test_a_finding_keeps_its_evidence_and_every_decision),
		EACH(test_of_each_finding_the_last_decision_counts_for_its_rule),
		EACH(test_findings_are_found_by_what_is_asked),
		EACH(test_cases_are_found_by_what_is_asked),
		EACH(test_events_are_never_lost_only_voided),
		EACH(test_a_letter_to_one_recipient_is_queued_once),
		EACH(test_notes_are_found_by_the_beginning_of_their_name),
		EACH(test_a_bounce_is_known_by_message_and_recipient),
		IN_FILE(test_what_was_committed_is_there_after_opening_again),
		IN_FILE(test_old_keys_are_found_among_very_many),
		EACH(test_a_key_whose_batch_was_rolled_back_is_not_there),
		IN_FILE(test_a_new_store_is_for_its_user_alone),
		IN_FILE(test_a_newer_schema_is_refused_with_advice),
		IN_FILE(test_a_file_that_is_no_store_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
