/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ladder of reminders, and what becomes of those that come back. */
#include "../support/desk.h"

static void
test_nobody_answers_and_every_rung_is_climbed(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-27 16:59", "olu", "kerb", .says = "enquiry" },
		{ "e2", "2026-03-27 17:00", "bea", "alone", .says = "enquiry" },
	};

	/* Good Friday 3 April and Easter Monday 6 April lie in between. */
	(void)state;
	COUNCIL_REPLAY(
		"sheffield", posts, "2026-05-30 12:00",
		"03-27 16:59 C1 opened e1 olu>kerb ack 04-01 answer 04-14\n"
		"03-27 17:00 C2 opened e2 bea>alone ack 04-01 answer 04-14\n"
		"03-31 09:00 C1 reminder ack-due-soon to kerb\n"
		"03-31 09:00 C2 reminder ack-due-soon to alone\n"
		"04-02 09:00 C1 reminder ack-overdue to kerb cc roads\n"
		"04-02 09:00 C2 reminder ack-overdue to alone\n"
		"04-10 09:00 C1 reminder response-due-soon to kerb\n"
		"04-10 09:00 C2 reminder response-due-soon to alone\n"
		"04-14 09:00 C1 reminder response-due-today to kerb\n"
		"04-14 09:00 C2 reminder response-due-today to alone\n"
		"04-15 09:00 C1 reminder response-overdue to kerb cc roads\n"
		"04-15 09:00 C2 reminder response-overdue to alone\n"
		"04-21 09:00 C1 reminder response-overdue-escalate to roads "
		"cc desk\n"
		"04-21 09:00 C2 reminder response-overdue-escalate to alone "
		"cc desk\n");
}

static void
test_without_a_deadline_to_acknowledge_there_is_no_rung_for_it(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 08:00", "olu", "kerb", .says = "enquiry" },
	};

	(void)state;
	COUNCIL_REPLAY("tower-hamlets", posts, "2026-03-17 09:00",
		       "03-03 08:00 C1 opened e1 olu>kerb answer 03-17\n"
		       "03-13 09:00 C1 reminder response-due-soon to kerb\n"
		       "03-17 09:00 C1 reminder response-due-today to kerb\n");
}

static void
test_at_the_same_moment_the_message_comes_before_the_rung(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
		{ "h1", "2026-03-05 09:00", "kerb", "olu", .says = "holding",
		  .refs = "e1" },
		{ "a1", "2026-03-13 09:00:01", "kerb", "olu", .says = "answer",
		  .refs = "e1" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", posts, "2026-05-05 09:00",
		       "03-03 09:12 C1 opened e1 olu>kerb ack 03-06 answer "
		       "03-17\n"
		       "03-05 09:00 C1 acknowledged h1\n"
		       "03-05 09:00 C1 holding h1\n"
		       "03-13 09:00 C1 reminder response-due-soon to kerb\n"
		       "03-13 09:00 C1 responded a1\n");
}

static void
test_whoever_is_in_to_is_left_out_of_cc(void **state)
{
	/* The manager of the owner is the post that would be copied. */
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "desk", .says = "enquiry" },
		{ "r1", "2026-03-03 09:30", "desk", "law", .says = "none+hands",
		  .refs = "e1" },
	};

	(void)state;
	COUNCIL_REPLAY("tower-hamlets", posts, "2026-03-24 09:00",
		       "03-03 09:12 C1 opened e1 olu>desk answer 03-17\n"
		       "03-03 09:30 C1 reassigned r1 olu>law\n"
		       "03-13 09:00 C1 reminder response-due-soon to law\n"
		       "03-17 09:00 C1 reminder response-due-today to law\n"
		       "03-18 09:00 C1 reminder response-overdue to law cc "
		       "chief\n"
		       "03-24 09:00 C1 reminder response-overdue-escalate to "
		       "chief cc desk\n");
}

static void
test_an_absent_owner_sends_the_reminder_to_the_manager_once(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
		{ "o1", "2026-03-05 09:01", "kerb", "clerkd", .says = "absent",
		  .subject = "Automatic reply: Re: Potholes [CASE-C1]" },
		{ "o2", "2026-03-05 09:02", "kerb", "clerkd", .says = "absent",
		  .subject = "Automatic reply: Re: Potholes [CASE-C1]" },
		{ "o3", "2026-03-05 09:03", "alone", "clerkd", .says = "absent",
		  .subject = "Automatic reply: Re: Potholes [CASE-C1]" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", posts, "2026-03-06 09:00",
		       "03-03 09:12 C1 opened e1 olu>kerb ack 03-06 answer "
		       "03-17\n"
		       "03-05 09:00 C1 reminder ack-due-soon to kerb\n"
		       "03-05 09:01 C1 reminder ack-due-soon to roads\n");
}

static void
test_absence_told_to_the_member_sends_nothing_on(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
		{ "o1", "2026-03-05 09:01", "kerb", "olu", .says = "absent",
		  .refs = "e1",
		  .subject = "Automatic reply: Potholes [CASE-C1]" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", posts, "2026-03-06 09:00",
		       "03-03 09:12 C1 opened e1 olu>kerb ack 03-06 answer "
		       "03-17\n"
		       "03-05 09:00 C1 reminder ack-due-soon to kerb\n");
}

static void
test_a_reminder_that_bounced_goes_to_the_next_person_up(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
		{ "b1", "2026-03-05 09:05", "mailer-daemon", "clerkd",
		  .says = "bounce", .lost = "kerb",
		  .subject = "Undeliverable: Re: Potholes [CASE-C1]" },
		{ "b2", "2026-03-05 09:06", "mailer-daemon", "clerkd",
		  .says = "bounce", .lost = "dee.marr",
		  .subject = "Undeliverable: Re: Potholes [CASE-C1]" },
		{ "b3", "2026-03-05 09:07", "mailer-daemon", "clerkd",
		  .says = "bounce", .lost = "desk",
		  .subject = "Undeliverable: Re: Potholes [CASE-C1]" },
		{ "b4", "2026-03-05 09:08", "mailer-daemon", "clerkd",
		  .says = "bounce", .lost = "law",
		  .subject = "Undeliverable: Re: Potholes [CASE-C1]" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", posts, "2026-03-06 09:00",
		       "03-03 09:12 C1 opened e1 olu>kerb ack 03-06 answer "
		       "03-17\n"
		       "03-05 09:00 C1 reminder ack-due-soon to kerb\n"
		       "03-05 09:05 C1 reminder ack-due-soon to roads\n"
		       "03-05 09:06 C1 reminder ack-due-soon to desk\n"
		       "03-05 09:07 C1 reminder ack-due-soon to law\n");
}

/* ---- after downtime: a store and a ladder without replay's clock ---- */

static size_t
reminders(struct desk *desk, struct store_event **ret_list)
{
	struct event_query query = { .untold = true };
	struct error err = { 0 };
	size_t count;

	assert_int_equal(store_events(desk->casework.store, &query,
				      desk->council.arena, ret_list, &count,
				      &err),
			 0);
	return count;
}

static time_t
wake(struct desk *desk, const char *now)
{
	struct error err = { 0 };
	time_t next = 0;

	assert_int_equal(store_begin(desk->casework.store, &err), 0);
	if (casework_wake(&desk->casework, council_time(&desk->council, now),
			  &next, &err))
		fail_msg("%s", err.text);
	assert_int_equal(store_commit(desk->casework.store, &err), 0);
	return next;
}

static const struct mail old_enquiry[] = {
	{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
};

static void
test_after_downtime_only_the_newest_rung_is_sent(void **state)
{
	struct store_event *list;
	struct desk desk;

	(void)state;
	desk_open(&desk, ":memory:");
	desk_take(&desk, old_enquiry, 1, "2026-03-17 23:10");
	assert_int_equal(wake(&desk, "2026-03-17 23:10"),
			 council_time(&desk.council, "2026-03-18 09:00"));
	assert_int_equal(reminders(&desk, &list), 1);
	assert_true(span_is(list[0].stage, "response-due-today"));
	assert_int_equal(wake(&desk, "2026-03-17 23:11"),
			 council_time(&desk.council, "2026-03-18 09:00"));
	assert_int_equal(reminders(&desk, &list), 1);
	desk_close(&desk);
}

static void
test_while_paused_no_reminder_is_made_and_later_the_newest(void **state)
{
	struct error err = { 0 };
	struct store_event *list;
	struct desk desk;

	(void)state;
	desk_open(&desk, ":memory:");
	desk_take(&desk, old_enquiry, 1, "2026-03-03 09:13");
	assert_int_equal(casework_pause(desk.casework.store, span_of("sam"),
					span_of("a trial"), 1, &err),
			 0);
	assert_int_equal(wake(&desk, "2026-03-05 09:00"), 0);
	assert_int_equal(wake(&desk, "2026-03-09 09:00"), 0);
	assert_int_equal(reminders(&desk, &list), 0);
	assert_int_equal(casework_resume(desk.casework.store, &err), 0);
	wake(&desk, "2026-03-09 10:00");
	assert_int_equal(reminders(&desk, &list), 1);
	assert_true(span_is(list[0].stage, "ack-overdue"));
	desk_close(&desk);
}

static void
test_mail_from_before_the_beginning_opens_no_case(void **state)
{
	struct store_event *list;
	struct desk desk;

	(void)state;
	desk_open(&desk, ":memory:");
	desk.casework.since = council_time(&desk.council, "2026-03-04 00:00");
	desk_take(&desk, old_enquiry, 1, "2026-03-17 09:13");
	assert_int_equal(wake(&desk, "2026-03-17 09:13"), 0);
	assert_int_equal(reminders(&desk, &list), 0);
	desk_close(&desk);
}

static void
test_a_corrected_calendar_moves_the_next_rung(void **state)
{
	struct date closure = { 2026, 3, 4 };
	struct calendar_settings settings = {
		.holidays_path = "config/bank-holidays.json",
		.zone = "Europe/London",
		.opens = 9 * 60,
		.closes = 17 * 60,
		.closures = &closure,
		.closure_count = 1,
	};
	struct fault_list faults = { 0 };
	struct error err = { 0 };
	struct calendar *corrected;
	struct desk desk;

	(void)state;
	desk_open(&desk, ":memory:");
	desk_take(&desk, old_enquiry, 1, "2026-03-03 09:13");
	assert_int_equal(wake(&desk, "2026-03-03 09:14"),
			 council_time(&desk.council, "2026-03-05 09:00"));
	assert_int_equal(calendar_load(&settings, &faults, &corrected, &err),
			 0);
	desk.casework.calendar = corrected;
	assert_int_equal(casework_recount(&desk.casework, &err), 0);
	assert_int_equal(wake(&desk, "2026-03-03 09:15"),
			 council_time(&desk.council, "2026-03-06 09:00"));
	calendar_free(corrected);
	fault_list_clear(&faults);
	desk_close(&desk);
}

static void
test_each_day_of_a_deadline_is_told_with_its_reason(void **state)
{
	struct counted_day *days;
	struct desk desk;
	size_t count;

	(void)state;
	desk_open(&desk, ":memory:");
	/* Thursday evening before Easter; day 0 is Tuesday 7 April. */
	assert_int_equal(
		casework_count(&desk.casework,
			       council_time(&desk.council, "2026-04-02 18:00"),
			       1, desk.council.arena, &days, &count),
		0);
	assert_int_equal(count, 7);
	assert_string_equal(days[0].why_not, "received after office hours");
	assert_string_equal(days[1].why_not, "Good Friday");
	assert_string_equal(days[2].why_not, "Saturday");
	assert_string_equal(days[4].why_not, "Easter Monday");
	assert_null(days[5].why_not);
	assert_int_equal(days[5].number, 0);
	assert_int_equal(days[6].number, 1);
	desk_close(&desk);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nobody_answers_and_every_rung_is_climbed),
		cmocka_unit_test(
			test_without_a_deadline_to_acknowledge_there_is_no_rung_for_it),
		cmocka_unit_test(
			test_at_the_same_moment_the_message_comes_before_the_rung),
		cmocka_unit_test(test_whoever_is_in_to_is_left_out_of_cc),
		cmocka_unit_test(
			test_an_absent_owner_sends_the_reminder_to_the_manager_once),
		cmocka_unit_test(
			test_absence_told_to_the_member_sends_nothing_on),
		cmocka_unit_test(
			test_a_reminder_that_bounced_goes_to_the_next_person_up),
		cmocka_unit_test(
			test_after_downtime_only_the_newest_rung_is_sent),
		cmocka_unit_test(
			test_while_paused_no_reminder_is_made_and_later_the_newest),
		cmocka_unit_test(
			test_mail_from_before_the_beginning_opens_no_case),
		cmocka_unit_test(test_a_corrected_calendar_moves_the_next_rung),
		cmocka_unit_test(
			test_each_day_of_a_deadline_is_told_with_its_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
