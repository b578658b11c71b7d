/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does the store keep cases, their events and their letters? */
#include "../support/shelf.h"

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
	struct store_message m = shelf_put(shelf, "<a>", 1, NULL, 5);
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
	struct store_message m = shelf_put(shelf, "<a>", 1, NULL, 5);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(test_cases_are_found_by_what_is_asked),
		EACH(test_events_are_never_lost_only_voided),
		EACH(test_a_letter_to_one_recipient_is_queued_once),
		EACH(test_a_bounce_is_known_by_message_and_recipient),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
