/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Is this a store? The same questions for any implementation of store.h: here
 * one in memory and one in a file. This is about mail: cursors, messages and
 * their threads, and what is written together.
 */
#include "../support/shelf.h"

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
	struct store_message message = shelf_put(shelf, "<a>", 1, NULL, 100);
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
	struct store_message in =
		shelf_put(shelf, "<a>", UINT64_MAX - 1, NULL, 100);
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
	struct store_message a = shelf_put(shelf, "<a>", 1, NULL, 100);
	struct store_message b = shelf_put(shelf, "<a>", 2, NULL, 200), out;

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

	shelf_put(shelf, "<b>", 1, "<never seen>", 200);
	shelf_put(shelf, "<c>", 2, "<never seen>", 300);
	assert_int_equal(thread_of(shelf, "<b>"), thread_of(shelf, "<c>"));
}

static void
test_threads_that_turn_out_to_be_one_become_one(void **state)
{
	struct shelf *shelf = *state;
	struct store_message a = shelf_put(shelf, "<a>", 1, NULL, 300);
	struct store_message b = shelf_put(shelf, "<b>", 2, NULL, 100);
	struct store_message c = shelf_put(shelf, "<c>", 3, NULL, 200);
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
	shelf_put(shelf, "<a>", 1, NULL,
		  1); /* the same text, another kind of key */
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

	shelf_put(shelf, "<a>", 1, NULL, 1);
	OK(store_begin(shelf->store, &shelf->err));
	before = shelf_put(shelf, "<b>", 2, NULL, 2).thread;
	store_rollback(shelf->store);
	assert_int_equal(store_message_find(shelf->store, span_of("<b>"), 2,
					    shelf->arena, &out, &shelf->err),
			 0);
	assert_int_equal(shelf_put(shelf, "<c>", 3, NULL, 3).thread, before);
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
		EACH(test_notes_are_found_by_the_beginning_of_their_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
