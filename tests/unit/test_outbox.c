/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told to whom, when it leaves, and when it is tried again. */
#include "../support/sent.h"

static void
test_a_reminder_is_a_reply_in_the_thread_of_the_enquiry(void **state)
{
	struct sent *sent = *state;

	desk_take(&sent->desk, one_enquiry, 1, "2026-03-03 09:13");
	desk_wake(&sent->desk, "2026-03-05 09:00");
	assert_int_equal(send_all(sent, "2026-03-05 09:00"), 1);
	assert_string_equal(desk_text(&sent->to), "kerb ");
	assert_says(sent, "\r\nTo: \"Nat Ives\" <kerb@fenby.example>\r\n");
	assert_says(sent, "\r\nSubject: Re: Lamp posts in Quay Street "
			  "[CASE-C1]\r\n");
	assert_says(sent, "\r\nIn-Reply-To: <e1@fenby.example>\r\n");
	assert_says(sent, "\r\nReferences:\r\n <e1@fenby.example>\r\n");
	assert_says(sent, "\r\nAuto-Submitted: auto-generated\r\n");
	assert_says(sent, "\r\n> Three lamps are out.");
	assert_says(sent, "Councillor Olu Adeyemi");
	assert_says(sent, "Tuesday 3 March 2026");
	assert_says(sent, "Friday 6 March 2026");
	assert_says_not(sent, "{");
	assert_says_not(sent, "Bcc");
	assert_int_equal(send_all(sent, "2026-03-05 09:00"), 0);
}

static void
test_a_subject_that_is_a_reply_already_gets_no_second_re(void **state)
{
	static const struct mail mail = {
		"e1",   "2026-03-03 09:12", "olu",
		"kerb", .says = "enquiry",  .subject = "RE: Re: Lamps"
	};
	struct sent *sent = *state;

	desk_take(&sent->desk, &mail, 1, "2026-03-03 09:13");
	desk_wake(&sent->desk, "2026-03-05 09:00");
	send_all(sent, "2026-03-05 09:00");
	assert_says(sent, "\r\nSubject: Re: Lamps [CASE-C1]\r\n");
}

static void
test_an_answer_to_our_letter_joins_the_case(void **state)
{
	struct sent *sent = *state;
	struct letter_query query = { 0 };
	struct error err = { 0 };
	struct store_letter *letters;
	struct mail answer = { "x1",  "2026-03-05 10:00", "kerb",
			       "olu", .says = "answer",   .subject = "Lamps" };
	struct case_query cases = { .id = 1 };
	struct store_case *c;
	struct message *message;
	struct intake_result result;
	struct intake_item item = { .source = "inbox", .key = span_of("x1") };
	size_t count;

	desk_take(&sent->desk, one_enquiry, 1, "2026-03-03 09:13");
	desk_wake(&sent->desk, "2026-03-05 09:00");
	assert_int_equal(store_letters(sent->desk.casework.store, &query,
				       sent->desk.council.arena, &letters,
				       &count, &err),
			 0);
	assert_int_equal(count, 1);
	sent->desk.script = (struct council_script){ &answer, 1 };
	message = council_message(&sent->desk.council, &answer,
				  sent->desk.council.arena);
	message->in_reply_to = letters[0].message_id;
	item.message = message;
	item.now = message->received;
	assert_int_equal(intake_message(&sent->desk.intake, &item,
					sent->desk.council.arena, &result,
					&err),
			 0);
	assert_int_equal(store_cases(sent->desk.casework.store, &cases,
				     sent->desk.council.arena, &c, &count,
				     &err),
			 0);
	assert_int_equal(c->state, CASE_ANSWERED);
	assert_int_equal(c->subject.len + c->excerpt.len, 0);
}

static void
test_several_for_one_person_are_one_digest(void **state)
{
	static const struct mail mails[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry",
		  .subject = "Lamps", .text = "secret of olu" },
		{ "e2", "2026-03-03 09:13", "bea", "kerb", .says = "enquiry",
		  .subject = "Bins", .text = "secret of bea" },
		{ "e3", "2026-03-03 09:14", "bea", "alone", .says = "enquiry",
		  .subject = "Trees", .text = "secret of three" },
	};
	struct sent *sent = *state;

	desk_take(&sent->desk, mails, 3, "2026-03-03 09:15");
	desk_wake(&sent->desk, "2026-03-05 09:00");
	assert_int_equal(send_all(sent, "2026-03-05 09:00"), 2);
	assert_string_equal(desk_text(&sent->to), "alone kerb ");
	assert_says(sent, "\r\nSubject: 2 members' enquiries to look at\r\n");
	assert_says(sent, "* [CASE-C1] Lamps");
	assert_says(sent, "* [CASE-C2] Bins");
	/* who is away has to be able to say so */
	assert_says_not(sent, "X-Auto-Response-Suppress: All");
	assert_says_not(sent, "Precedence: bulk");
	assert_says_not(sent, "secret of olu");
	assert_says_not(sent, "secret of bea");
	assert_says(sent, "> secret of three");
}

static void
test_a_digest_says_what_is_late_and_why_it_comes_to_the_manager(void **state)
{
	struct sent *sent = *state;

	desk_take(&sent->desk, two_enquiries, 2, "2026-03-03 09:15");
	desk_wake(&sent->desk, "2026-03-05 09:00");
	send_all(sent, "2026-03-05 09:00");
	assert_says(sent, "an acknowledgement, which is due by Friday 6");
	assert_says_not(sent, "is late");
	assert_says_not(sent, "This comes to you");
	desk_wake(&sent->desk, "2026-03-24 09:00");
	send_all(sent, "2026-03-24 09:00");
	assert_says(sent, "To: \"Dee Marr\"");
	assert_says(sent, "waiting for an answer, which was due by ");
	assert_says(sent, "17 March 2026 and is ");
	assert_says_not(sent, "which is due by");
	assert_says(sent, "This comes to you because Nat Ives has not seen");
}

static void
test_who_shares_one_item_of_a_digest_sees_that_item_only(void **state)
{
	/* Day 4: both overdue; roads is the manager of kerb and of trees. */
	static const struct mail mails[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry",
		  .subject = "Lamps" },
		{ "e2", "2026-03-03 09:13", "bea", "law", .says = "enquiry",
		  .subject = "Minutes" },
		{ "e3", "2026-02-24 09:13", "bea", "kerb", .says = "enquiry",
		  .subject = "Bins" },
		{ "h3", "2026-02-24 10:13", "kerb", "bea", .says = "holding",
		  .refs = "e3" },
	};
	struct sent *sent = *state;
	const char *roads;

	/* e3: response-due-soon on 6 March; pause joins it with 9 March */
	desk_take(&sent->desk, mails, 4, "2026-03-03 09:15");
	desk_wake(&sent->desk, "2026-03-09 09:00");
	assert_int_equal(send_all(sent, "2026-03-09 09:00"), 4);
	assert_string_equal(desk_text(&sent->to), "law chief kerb roads ");
	roads = strstr(sent->text.ptr, "To: \"Dee Marr\"");
	assert_non_null(roads);
	assert_non_null(strstr(roads, "[CASE-C1]"));
	assert_null(strstr(roads, "Bins"));
	assert_non_null(strstr(roads, "receive this as a copy"));
}

static void
test_a_copy_names_the_person_who_really_has_the_letter(void **state)
{
	struct sent *sent = *state;

	/* Escalated: to the manager, copied to the post; not to the owner. */
	desk_take(&sent->desk, two_enquiries, 2, "2026-03-03 09:15");
	desk_wake(&sent->desk, "2026-03-24 09:00");
	assert_int_equal(send_all(sent, "2026-03-24 09:00"), 2);
	assert_says(sent, "receive this as a copy; Dee Marr has it too");
}

static void
test_letters_wait_for_the_office_to_open(void **state)
{
	struct sent *sent = *state;

	desk_take(&sent->desk, one_enquiry, 1, "2026-03-07 11:00");
	assert_int_equal(desk_wake(&sent->desk, "2026-03-07 11:00"),
			 desk_time(&sent->desk, "2026-03-09 09:00"));
	assert_int_equal(send_all(sent, "2026-03-07 11:00"), 0);
	desk_wake(&sent->desk, "2026-03-09 09:00");
	assert_int_equal(send_all(sent, "2026-03-09 17:00"), 0);
	/* Monday's rung has overtaken the one that waited since Saturday */
	assert_int_equal(send_all(sent, "2026-03-09 09:00"), 2);
	assert_string_equal(desk_text(&sent->to), "kerb roads ");
	assert_says(sent, "we have not seen one go out");
	assert_says_not(sent, "digest");
}

static void
test_a_reminder_that_events_overtook_is_not_told(void **state)
{
	static const struct mail mails[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
		{ "a1", "2026-03-06 19:00", "kerb", "olu", .says = "answer",
		  .refs = "e1" },
	};
	struct sent *sent = *state;

	desk_take(&sent->desk, mails, 1, "2026-03-06 18:00");
	desk_wake(&sent->desk, "2026-03-06 18:00");
	desk_take(&sent->desk, mails, 2, "2026-03-06 19:00");
	desk_wake(&sent->desk, "2026-03-09 09:00");
	assert_int_equal(send_all(sent, "2026-03-09 09:00"), 0);
}

static void
test_a_temporary_refusal_is_tried_again_later_and_later(void **state)
{
	struct sent *sent = *state;
	struct error busy = { ERROR_TEMPORARY, "451 try later" };
	struct letter_query query = { .id = 1 };
	struct error err = { 0 };
	struct store_letter *letter;
	size_t count;

	desk_take(&sent->desk, one_enquiry, 1, "2026-03-03 09:13");
	desk_wake(&sent->desk, "2026-03-05 09:00");
	assert_int_equal(
		desk_send(&sent->desk, "2026-03-05 09:00", &busy, NULL, NULL),
		1);
	assert_int_equal(desk_send(&sent->desk, "2026-03-05 09:00:40", &busy,
				   NULL, NULL),
			 0);
	assert_int_equal(desk_send(&sent->desk, "2026-03-05 09:01:16", &busy,
				   NULL, NULL),
			 1);
	assert_int_equal(store_letters(sent->desk.casework.store, &query,
				       sent->desk.council.arena, &letter,
				       &count, &err),
			 0);
	assert_int_equal(letter->state, LETTER_QUEUED);
	assert_int_equal(letter->attempts, 2);
	assert_true(span_is(letter->note, "451 try later"));
	assert_in_range(letter->next_try -
				desk_time(&sent->desk, "2026-03-05 09:01:16"),
			90, 150);
}

static void
test_a_connection_lost_after_the_text_leaves_the_letter_unknown(void **state)
{
	struct sent *sent = *state;
	struct error lost = { ERROR_INTERNAL, "lost after the final dot" };
	struct letter_query unknown = { .states = 1u << LETTER_UNKNOWN };
	struct arena *arena = sent->desk.council.arena;
	struct error err = { 0 };
	struct store_letter *list, again;
	size_t count;

	desk_take(&sent->desk, one_enquiry, 1, "2026-03-03 09:13");
	desk_wake(&sent->desk, "2026-03-05 09:00");
	desk_send(&sent->desk, "2026-03-05 09:00", &lost, NULL, NULL);
	assert_int_equal(store_letters(sent->desk.casework.store, &unknown,
				       arena, &list, &count, &err),
			 0);
	assert_int_equal(count, 1);
	assert_int_equal(outbox_take(sent->desk.outbox,
				     desk_time(&sent->desk, "2026-03-05 09:02"),
				     arena, &again, &err),
			 1);
	assert_true(span_equal(again.message_id, list->message_id));
}

static void
test_a_letter_found_in_sending_goes_again_with_its_message_id(void **state)
{
	struct sent *sent = *state;
	struct arena *arena = sent->desk.council.arena;
	struct error err = { 0 };
	struct store_letter first, again;
	unsigned unknown = 0;
	time_t now = desk_time(&sent->desk, "2026-03-05 09:00");

	desk_take(&sent->desk, one_enquiry, 1, "2026-03-03 09:13");
	desk_wake(&sent->desk, "2026-03-05 09:00");
	assert_int_equal(
		outbox_take(sent->desk.outbox, now, arena, &first, &err), 1);
	assert_int_equal(
		outbox_take(sent->desk.outbox, now, arena, &again, &err), 0);
	assert_int_equal(outbox_recover(sent->desk.outbox, now, &unknown, &err),
			 0);
	assert_int_equal(unknown, 1);
	assert_int_equal(
		outbox_take(sent->desk.outbox, now, arena, &again, &err), 1);
	assert_true(span_equal(first.message_id, again.message_id));
	assert_true(span_equal(first.text, again.text));
}

static void
test_nobody_but_officers_and_teams_is_written_to(void **state)
{
	static const char *const others[] = { "olu@fenby.example",
					      "olu.adeyemi@home.example",
					      "somebody@else.example",
					      "list@fenby.example", "" };
	struct sent *sent = *state;
	struct error err = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		assert_int_equal(outbox_test(sent->desk.outbox,
					     span_of(others[i]), 1000, &err),
				 -1);
		assert_int_equal(err.kind, ERROR_INPUT);
	}
	assert_int_equal(outbox_test(sent->desk.outbox,
				     span_of("dee.marr@fenby.example"),
				     desk_time(&sent->desk, "2026-03-07 23:00"),
				     &err),
			 0);
	assert_int_equal(send_all(sent, "2026-03-07 23:00"), 1);
	assert_string_equal(desk_text(&sent->to), "roads ");
}

static void
test_somebody_who_became_a_member_gets_nothing_any_more(void **state)
{
	struct sent *sent = *state;
	struct desk *desk = &sent->desk;
	struct people *before = desk->council.people, *after;

	desk_take(desk, one_enquiry, 1, "2026-03-03 09:13");
	desk_wake(desk, "2026-03-05 09:00");
	after = loaded_people("email,name,role,posts,group,wards,directorate,"
			      "manager,aliases,candidate\n"
			      "kerb@fenby.example,Nat Ives,member,,,,,,,\n",
			      "fenby.example");
	desk->casework.people = after;
	assert_int_equal(send_all(sent, "2026-03-05 09:00"), 0);
	desk->casework.people = before;
	assert_int_equal(send_all(sent, "2026-03-05 10:00"), 0);
	people_free(after);
}

static void
test_while_paused_letters_stay(void **state)
{
	struct sent *sent = *state;
	struct store *store = sent->desk.casework.store;
	struct error err = { 0 };

	desk_take(&sent->desk, one_enquiry, 1, "2026-03-03 09:13");
	desk_wake(&sent->desk, "2026-03-05 09:00");
	casework_pause(store, span_of("sam"), span_of(""), 1, &err);
	assert_int_equal(send_all(sent, "2026-03-05 09:00"), 0);
	casework_resume(store, &err);
	assert_int_equal(send_all(sent, "2026-03-05 09:10"), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SENT_TEST(
			test_a_reminder_is_a_reply_in_the_thread_of_the_enquiry),
		SENT_TEST(
			test_a_subject_that_is_a_reply_already_gets_no_second_re),
		SENT_TEST(test_an_answer_to_our_letter_joins_the_case),
		SENT_TEST(test_several_for_one_person_are_one_digest),
		SENT_TEST(
			test_a_digest_says_what_is_late_and_why_it_comes_to_the_manager),
		SENT_TEST(
			test_who_shares_one_item_of_a_digest_sees_that_item_only),
		SENT_TEST(
			test_a_copy_names_the_person_who_really_has_the_letter),
		SENT_TEST(test_letters_wait_for_the_office_to_open),
		SENT_TEST(test_a_reminder_that_events_overtook_is_not_told),
		SENT_TEST(
			test_a_temporary_refusal_is_tried_again_later_and_later),
		SENT_TEST(
			test_a_connection_lost_after_the_text_leaves_the_letter_unknown),
		SENT_TEST(
			test_a_letter_found_in_sending_goes_again_with_its_message_id),
		SENT_TEST(test_nobody_but_officers_and_teams_is_written_to),
		SENT_TEST(
			test_somebody_who_became_a_member_gets_nothing_any_more),
		SENT_TEST(test_while_paused_letters_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
