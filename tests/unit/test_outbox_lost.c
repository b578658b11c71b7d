/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters that were refused or came back, and reports about them in the mail.
 */
#include "../support/sent.h"

static void
test_a_refusal_for_good_sends_the_reminder_to_the_manager(void **state)
{
	struct sent *sent = *state;
	struct error gone = { ERROR_PERMANENT, "550 no such user" };
	struct event_query query = { .case_id = 1 };
	struct error err = { 0 };
	struct store_event *events;
	size_t count;

	desk_take(&sent->desk, one_enquiry, 1, "2026-03-03 09:13");
	desk_wake(&sent->desk, "2026-03-05 09:00");
	desk_send(&sent->desk, "2026-03-05 09:00", &gone, NULL, NULL);
	desk_wake(&sent->desk, "2026-03-05 09:01");
	assert_int_equal(send_all(sent, "2026-03-05 09:01"), 1);
	assert_string_equal(desk_text(&sent->to), "roads ");
	assert_says(sent, "could not be reached");
	assert_int_equal(store_events(sent->desk.casework.store, &query,
				      sent->desk.council.arena, &events, &count,
				      &err),
			 0);
	assert_int_equal(count, 4);
	assert_int_equal(events[2].kind, EVENT_UNDELIVERED);
	assert_true(events[3].upwards);
}

/* The Message-ID of the newest letter to somebody. */
static struct span
letter_id_to(struct sent *sent, const char *recipient)
{
	struct letter_query query = { .recipient = span_of(recipient) };
	struct error err = { 0 };
	struct store_letter *list;
	size_t count;

	assert_int_equal(store_letters(sent->desk.casework.store, &query,
				       sent->desk.council.arena, &list, &count,
				       &err),
			 0);
	assert_true(count > 0);
	return list[0].message_id;
}

static void
take_message(struct sent *sent, const struct mail *mail, struct span reply_to,
	     struct span about)
{
	struct arena *arena = sent->desk.council.arena;
	struct message *message =
		council_message(&sent->desk.council, mail, arena);
	struct intake_item item = { "inbox", span_of(mail->id), message,
				    message->received };
	struct intake_result result;
	struct error err = { 0 };

	if (reply_to.len)
		message->in_reply_to = reply_to;
	if (about.len)
		message->report_about = about;
	sent->desk.script = (struct council_script){ mail, 1 };
	assert_int_equal(
		intake_message(&sent->desk.intake, &item, arena, &result, &err),
		0);
}

static void
test_a_bounced_digest_sends_all_its_reminders_on(void **state)
{
	static const struct mail bounce = { "b1",
					    "2026-03-05 09:05",
					    "daemon",
					    "clerkd",
					    .says = "bounce",
					    .lost = "kerb",
					    .subject = "Undeliverable" };
	struct sent *sent = *state;

	desk_take(&sent->desk, two_enquiries, 2, "2026-03-03 09:15");
	desk_wake(&sent->desk, "2026-03-05 09:00");
	send_all(sent, "2026-03-05 09:00");
	take_message(sent, &bounce, span_of(""),
		     letter_id_to(sent, "kerb@fenby.example"));
	desk_wake(&sent->desk, "2026-03-05 09:05");
	assert_int_equal(send_all(sent, "2026-03-05 09:05"), 1);
	assert_string_equal(desk_text(&sent->to), "roads ");
	assert_says(sent, "[CASE-C1] Lamps");
	assert_says(sent, "[CASE-C2] Bins");
	assert_says(sent, "could not be reached");
}

/* How many events of a kind the first case has. */
static size_t
count_events(struct sent *sent, enum case_event_kind kind)
{
	struct event_query query = { .case_id = 1 };
	struct error err = { 0 };
	struct store_event *events;
	size_t count, found = 0;

	assert_int_equal(store_events(sent->desk.casework.store, &query,
				      sent->desk.council.arena, &events, &count,
				      &err),
			 0);
	for (size_t i = 0; i < count; i++)
		found += events[i].kind == kind;
	return found;
}

static void
test_a_report_that_names_no_letter_of_ours_sends_nothing_on(void **state)
{
	static const struct {
		struct mail report;
		const char *about;
	} rows[] = {
		{ { "b1", "2026-03-05 09:05", "stranger@elsewhere.example",
		    "clerkd", .says = "bounce", .lost = "kerb",
		    .subject = "Undeliverable: Re: Potholes [CASE-C1]" },
		  "" },
		{ { "b2", "2026-03-05 09:06", "stranger@elsewhere.example",
		    "clerkd", .says = "bounce", .lost = "kerb",
		    .subject = "Undeliverable: Re: Potholes [CASE-C1]" },
		  "<guessed@fenby.example>" },
		{ { "b3", "2026-03-05 09:07", "stranger@elsewhere.example",
		    "clerkd", .says = "bounce", .lost = "kerb",
		    .subject = "Undeliverable: Re: Potholes [CASE-C1]" },
		  "<e1@fenby.example>" },
	};
	struct sent *sent = *state;

	desk_take(&sent->desk, one_enquiry, 1, "2026-03-03 09:13");
	desk_wake(&sent->desk, "2026-03-05 09:00");
	send_all(sent, "2026-03-05 09:00");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		take_message(sent, &rows[i].report, span_of(""),
			     span_of(rows[i].about));
	desk_wake(&sent->desk, "2026-03-05 09:10");
	assert_int_equal(send_all(sent, "2026-03-05 09:10"), 0);
	assert_int_equal(count_events(sent, EVENT_UNDELIVERED), 0);
	assert_int_equal(count_events(sent, EVENT_REMINDER), 1);
}

static void
test_a_letter_is_lost_to_a_person_once_however_many_reports_come(void **state)
{
	static const struct mail reports[] = {
		{ "b1", "2026-03-05 09:05", "daemon", "clerkd",
		  .says = "bounce", .lost = "kerb", .subject = "Failed" },
		{ "b2", "2026-03-05 09:06", "daemon", "clerkd",
		  .says = "bounce", .lost = "kerb", .subject = "Failed" },
		{ "b3", "2026-03-05 09:07", "daemon", "clerkd",
		  .says = "bounce", .lost = "kerb", .subject = "Failed" },
	};
	struct sent *sent = *state;
	struct span letter;

	desk_take(&sent->desk, one_enquiry, 1, "2026-03-03 09:13");
	desk_wake(&sent->desk, "2026-03-05 09:00");
	send_all(sent, "2026-03-05 09:00");
	letter = letter_id_to(sent, "kerb@fenby.example");
	for (size_t i = 0; i < ARRAY_SIZE(reports); i++)
		take_message(sent, &reports[i], span_of(""), letter);
	desk_wake(&sent->desk, "2026-03-05 09:10");
	assert_int_equal(send_all(sent, "2026-03-05 09:10"), 1);
	assert_string_equal(desk_text(&sent->to), "roads ");
	assert_int_equal(count_events(sent, EVENT_UNDELIVERED), 1);
}

static void
test_absence_in_answer_to_a_letter_is_known_by_its_message_id(void **state)
{
	static const struct mail away = {
		"o1",     "2026-03-05 09:05", "kerb",
		"clerkd", .says = "absent",   .subject = "Annual leave"
	};
	struct sent *sent = *state;

	desk_take(&sent->desk, one_enquiry, 1, "2026-03-03 09:13");
	desk_wake(&sent->desk, "2026-03-05 09:00");
	send_all(sent, "2026-03-05 09:00");
	take_message(sent, &away, letter_id_to(sent, "kerb@fenby.example"),
		     span_of(""));
	desk_wake(&sent->desk, "2026-03-05 09:06");
	assert_int_equal(send_all(sent, "2026-03-05 09:06"), 1);
	assert_string_equal(desk_text(&sent->to), "roads ");
	desk_wake(&sent->desk, "2026-03-05 09:07");
	assert_int_equal(send_all(sent, "2026-03-05 09:07"), 0);
}

static void
test_our_own_letter_in_a_mailbox_makes_no_event(void **state)
{
	static const struct mail own = { "own", "2026-03-05 09:01", "clerkd",
					 "kerb", .says = "answer" };
	struct sent *sent = *state;
	struct event_query query = { .case_id = 1 };
	struct error err = { 0 };
	struct store_event *events;
	size_t count;

	desk_take(&sent->desk, one_enquiry, 1, "2026-03-03 09:13");
	desk_wake(&sent->desk, "2026-03-05 09:00");
	send_all(sent, "2026-03-05 09:00");
	take_message(sent, &own, span_of("<e1@fenby.example>"), span_of(""));
	assert_int_equal(store_events(sent->desk.casework.store, &query,
				      sent->desk.council.arena, &events, &count,
				      &err),
			 0);
	assert_int_equal(count, 2); /* opened, reminder */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SENT_TEST(
			test_a_refusal_for_good_sends_the_reminder_to_the_manager),
		SENT_TEST(test_a_bounced_digest_sends_all_its_reminders_on),
		SENT_TEST(
			test_a_report_that_names_no_letter_of_ours_sends_nothing_on),
		SENT_TEST(
			test_a_letter_is_lost_to_a_person_once_however_many_reports_come),
		SENT_TEST(
			test_absence_in_answer_to_a_letter_is_known_by_its_message_id),
		SENT_TEST(test_our_own_letter_in_a_mailbox_makes_no_event),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
