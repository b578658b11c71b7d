/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of a case, told as small stories of letters. */
#include "../support/council.h"

static void
test_an_answer_that_holds_nothing_acknowledges_and_ends_the_case(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "roads", .says = "enquiry" },
		{ "a1", "2026-03-04 10:00", "roads", "olu", .says = "answer",
		  .refs = "e1" },
		{ "t1", "2026-03-04 11:00", "olu", "roads", .says = "thanks",
		  .refs = "e1,a1" },
		{ "a2", "2026-03-04 12:00", "roads", "olu", .says = "answer",
		  .refs = "e1,a1,t1" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", posts, "2026-05-01 12:00",
		       "03-03 09:12 C1 opened e1 olu>roads ack 03-06 answer "
		       "03-17\n"
		       "03-04 10:00 C1 acknowledged a1\n"
		       "03-04 10:00 C1 responded a1\n");
}

static void
test_each_message_that_only_holds_makes_holding_again(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "roads", .says = "enquiry" },
		{ "h1", "2026-03-04 10:00", "roads", "olu", .says = "holding",
		  .refs = "e1" },
		{ "h2", "2026-03-05 10:00", "kerb", "olu", .says = "question",
		  .refs = "e1,h1" },
		{ "a1", "2026-03-12 10:00", "desk", "kerb", .cc = "olu",
		  .says = "answer", .refs = "e1" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", posts, "2026-05-01 12:00",
		       "03-03 09:12 C1 opened e1 olu>roads ack 03-06 answer "
		       "03-17\n"
		       "03-04 10:00 C1 acknowledged h1\n"
		       "03-04 10:00 C1 holding h1\n"
		       "03-05 10:00 C1 holding h2\n"
		       "03-12 10:00 C1 responded a1\n");
}

static void
test_a_message_that_does_not_reach_the_member_acknowledges_nothing(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "roads", .says = "enquiry" },
		{ "x1", "2026-03-03 10:00", "roads", "bea", .says = "answer",
		  .refs = "e1" },
		{ "o1", "2026-03-03 10:01", "roads", "olu", .says = "absent",
		  .refs = "e1" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", posts, "2026-03-05 09:00",
		       "03-03 09:12 C1 opened e1 olu>roads ack 03-06 answer "
		       "03-17\n"
		       "03-05 09:00 C1 reminder ack-due-soon to roads\n");
}

static void
test_the_owner_is_first_officer_in_to_then_team_then_anyone_in_cc(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "bea,trees,kerb,roads",
		  .says = "enquiry" },
		{ "e2", "2026-03-03 09:13", "olu", "bea,trees", "kerb",
		  "enquiry", .subject = "Trees" },
		{ "e3", "2026-03-03 09:14", "olu", "bea", "desk,kerb",
		  "enquiry", .subject = "Third" },
		{ "e4", "2026-03-03 09:15", "olu", "bea", .says = "enquiry",
		  .subject = "To members only" },
	};

	(void)state;
	COUNCIL_REPLAY("tower-hamlets", posts, "2026-03-03 10:00",
		       "03-03 09:12 C1 opened e1 olu>kerb answer 03-17\n"
		       "03-03 09:13 C2 opened e2 olu>trees answer 03-17\n"
		       "03-03 09:14 C3 opened e3 olu>desk answer 03-17\n");
}

static void
test_the_owner_or_a_team_hands_over_and_nobody_else(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "desk", .says = "enquiry" },
		{ "r1", "2026-03-03 10:00", "desk", "trees,roads",
		  .says = "none+hands", .refs = "e1" },
		{ "r2", "2026-03-03 11:00", "alone", "kerb",
		  .says = "none+hands", .refs = "e1" },
		{ "r3", "2026-03-03 12:00", "roads", "olu,kerb",
		  .says = "passed+hands", .refs = "e1,r1" },
		{ "r4", "2026-03-03 13:00", "trees", "alone",
		  .says = "none+hands", .refs = "e1,r1" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", posts, "2026-03-04 09:00",
		       "03-03 09:12 C1 opened e1 olu>desk ack 03-06 answer "
		       "03-17\n"
		       "03-03 10:00 C1 reassigned r1 olu>roads\n"
		       "03-03 12:00 C1 acknowledged r3\n"
		       "03-03 12:00 C1 holding r3\n"
		       "03-03 12:00 C1 reassigned r3 olu>kerb\n"
		       "03-03 13:00 C1 reassigned r4 olu>alone\n");
}

static void
test_a_member_who_is_not_satisfied_starts_a_new_clock(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
		{ "a1", "2026-03-04 10:00", "kerb", "olu", .says = "answer",
		  .refs = "e1" },
		{ "e2", "2026-03-20 17:30", "@home", "kerb", .says = "enquiry",
		  .refs = "a1" },
	};

	(void)state;
	COUNCIL_REPLAY(
		"sheffield", posts, "2026-03-27 09:00",
		"03-03 09:12 C1 opened e1 olu>kerb ack 03-06 answer "
		"03-17\n"
		"03-04 10:00 C1 acknowledged a1\n"
		"03-04 10:00 C1 responded a1\n"
		"03-20 17:30 C1 reopened e2 olu>kerb ack 03-26 answer "
		"04-08\n"
		"03-25 09:00 C1 reminder ack-due-soon to kerb\n"
		"03-27 09:00 C1 reminder ack-overdue to kerb cc roads\n");
}

static void
test_one_message_from_the_member_makes_one_event(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
		{ "c1", "2026-03-04 10:00", "olu", "kerb", .says = "enquiry",
		  .refs = "e1" },
		{ "c2", "2026-03-04 11:00", "olu", "kerb", .says = "thanks",
		  .refs = "e1" },
		{ "s1", "2026-03-04 12:00", "olu", "chief", .says = "enquiry",
		  .refs = "e1" },
		{ "s2", "2026-03-04 13:00", "olu", "kerb", .cc = "chief",
		  .says = "enquiry", .refs = "e1" },
		{ "w1", "2026-03-04 14:00", "olu", "chief",
		  .says = "withdrawn+enquiry", .refs = "e1" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", posts, "2026-04-04 09:00",
		       "03-03 09:12 C1 opened e1 olu>kerb ack 03-06 answer "
		       "03-17\n"
		       "03-04 10:00 C1 chased c1\n"
		       "03-04 12:00 C1 escalated s1\n"
		       "03-04 13:00 C1 chased s2\n"
		       "03-04 14:00 C1 withdrawn w1\n");
}

static void
test_an_answered_case_is_reopened_by_taking_it_further(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
		{ "a1", "2026-03-04 10:00", "kerb", "olu", .says = "answer",
		  .refs = "e1" },
		{ "s1", "2026-03-09 10:00", "olu", "chief", .says = "enquiry",
		  .subject = "Not good enough",
		  .text = "I refer to CASE-C1, which was badly answered." },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", posts, "2026-03-11 09:00",
		       "03-03 09:12 C1 opened e1 olu>kerb ack 03-06 answer "
		       "03-17\n"
		       "03-04 10:00 C1 acknowledged a1\n"
		       "03-04 10:00 C1 responded a1\n"
		       "03-09 10:00 C1 escalated s1\n"
		       "03-11 09:00 C1 reminder ack-due-soon to kerb\n");
}

static void
test_an_answer_that_bounced_was_not_sent(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
		{ "a1", "2026-03-03 10:00", "kerb", "olu", .says = "answer",
		  .refs = "e1" },
		{ "b1", "2026-03-03 10:05", "mailer-daemon", "kerb",
		  .says = "bounce", .about = "a1", .lost = "olu" },
		{ "h1", "2026-03-05 10:00", "kerb", "olu", .says = "holding",
		  .refs = "e1" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", posts, "2026-03-09 09:00",
		       "03-03 09:12 C1 opened e1 olu>kerb ack 03-06 answer "
		       "03-17\n"
		       "03-05 09:00 C1 reminder ack-due-soon to kerb\n"
		       "03-05 10:00 C1 acknowledged h1\n"
		       "03-05 10:00 C1 holding h1\n");
}

static void
test_a_report_about_another_recipient_takes_nothing_back(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
		{ "a1", "2026-03-03 10:00", "kerb", "olu", .cc = "roads",
		  .says = "answer", .refs = "e1" },
		{ "b1", "2026-03-03 10:05", "mailer-daemon", "kerb",
		  .says = "bounce", .about = "a1", .lost = "roads" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", posts, "2026-04-09 09:00",
		       "03-03 09:12 C1 opened e1 olu>kerb ack 03-06 answer "
		       "03-17\n"
		       "03-03 10:00 C1 acknowledged a1\n"
		       "03-03 10:00 C1 responded a1\n");
}

static void
test_a_report_that_does_not_name_the_answer_takes_nothing_back(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
		{ "a1", "2026-03-03 10:00", "kerb", "olu", .says = "answer",
		  .refs = "e1" },
		{ "b1", "2026-03-03 10:05", "mailer-daemon", "kerb",
		  .says = "bounce", .lost = "olu", .refs = "a1",
		  .subject = "Undeliverable: Potholes [CASE-C1]",
		  .reply = "a1" },
		{ "b2", "2026-03-03 10:06", "mailer-daemon", "kerb",
		  .says = "bounce", .lost = "bea", .about = "a1" },
		{ "b3", "2026-03-03 10:07", "mailer-daemon", "kerb",
		  .says = "bounce", .lost = "olu", .about = "e1" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", posts, "2026-04-09 09:00",
		       "03-03 09:12 C1 opened e1 olu>kerb ack 03-06 answer "
		       "03-17\n"
		       "03-03 10:00 C1 acknowledged a1\n"
		       "03-03 10:00 C1 responded a1\n");
}

static void
test_an_answer_that_bounced_from_another_address_of_theirs(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
		{ "a1", "2026-03-03 10:00", "kerb", "@home", .says = "answer",
		  .refs = "e1" },
		{ "b1", "2026-03-03 10:05", "mailer-daemon", "kerb",
		  .says = "bounce", .about = "a1", .lost = "@home" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", posts, "2026-03-05 09:01",
		       "03-03 09:12 C1 opened e1 olu>kerb ack 03-06 answer "
		       "03-17\n"
		       "03-05 09:00 C1 reminder ack-due-soon to kerb\n");
}

static void
test_two_members_in_one_thread_have_two_cases(void **state)
{
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .cc = "bea",
		  .says = "enquiry" },
		{ "e2", "2026-03-03 09:30", "bea", "kerb", .cc = "olu",
		  .says = "enquiry", .refs = "e1" },
		{ "a1", "2026-03-04 10:00", "kerb", "bea", .says = "answer",
		  .refs = "e1,e2" },
		{ "a2", "2026-03-04 11:00", "kerb", "bea,olu", .says = "answer",
		  .refs = "e1,e2" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", posts, "2026-04-09 09:00",
		       "03-03 09:12 C1 opened e1 olu>kerb ack 03-06 answer "
		       "03-17\n"
		       "03-03 09:30 C2 opened e2 bea>kerb ack 03-06 answer "
		       "03-17\n"
		       "03-04 10:00 C2 acknowledged a1\n"
		       "03-04 10:00 C2 responded a1\n"
		       "03-04 11:00 C1 acknowledged a2\n"
		       "03-04 11:00 C1 responded a2\n");
}

static void
test_mail_read_late_changes_what_had_followed(void **state)
{
	/* A Sent folder that is read after the inbox. */
	static const struct mail posts[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
		{ "e2", "2026-03-06 10:00", "olu", "kerb", .says = "enquiry",
		  .refs = "e1,a1" },
		{ "a1", "2026-03-04 10:00", "kerb", "olu", .says = "answer",
		  .refs = "e1" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", posts, "2026-03-10 09:00",
		       "03-03 09:12 C1 opened e1 olu>kerb ack 03-06 answer "
		       "03-17\n"
		       "03-04 10:00 C1 acknowledged a1\n"
		       "03-04 10:00 C1 responded a1\n"
		       "03-05 09:00 C1 reminder ack-due-soon to kerb\n"
		       "03-06 10:00 C1 reopened e2 olu>kerb ack 03-11 answer "
		       "03-20\n"
		       "03-10 09:00 C1 reminder ack-due-soon to kerb\n");
}

static void
test_an_enquiry_read_after_its_answer_is_answered(void **state)
{
	static const struct mail posts[] = {
		{ "a1", "2026-03-04 10:00", "kerb", "olu", .says = "answer",
		  .refs = "e1" },
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", posts, "2026-04-10 09:00",
		       "03-03 09:12 C1 opened e1 olu>kerb ack 03-06 answer "
		       "03-17\n"
		       "03-04 10:00 C1 acknowledged a1\n"
		       "03-04 10:00 C1 responded a1\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_an_answer_that_holds_nothing_acknowledges_and_ends_the_case),
		cmocka_unit_test(
			test_each_message_that_only_holds_makes_holding_again),
		cmocka_unit_test(
			test_a_message_that_does_not_reach_the_member_acknowledges_nothing),
		cmocka_unit_test(
			test_the_owner_is_first_officer_in_to_then_team_then_anyone_in_cc),
		cmocka_unit_test(
			test_the_owner_or_a_team_hands_over_and_nobody_else),
		cmocka_unit_test(
			test_a_member_who_is_not_satisfied_starts_a_new_clock),
		cmocka_unit_test(
			test_one_message_from_the_member_makes_one_event),
		cmocka_unit_test(
			test_an_answered_case_is_reopened_by_taking_it_further),
		cmocka_unit_test(test_an_answer_that_bounced_was_not_sent),
		cmocka_unit_test(
			test_a_report_about_another_recipient_takes_nothing_back),
		cmocka_unit_test(
			test_a_report_that_does_not_name_the_answer_takes_nothing_back),
		cmocka_unit_test(
			test_an_answer_that_bounced_from_another_address_of_theirs),
		cmocka_unit_test(test_two_members_in_one_thread_have_two_cases),
		cmocka_unit_test(test_mail_read_late_changes_what_had_followed),
		cmocka_unit_test(
			test_an_enquiry_read_after_its_answer_is_answered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
