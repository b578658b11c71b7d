/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simulated clock: what comes when, and what is told. */
#include "../support/council.h"

static void
test_nothing_after_the_end_is_told(void **state)
{
	static const struct mail mails[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
		{ "a1", "2026-03-05 09:30", "kerb", "olu", .says = "answer",
		  .refs = "e1" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", mails, "2026-03-05 09:00",
		       "03-03 09:12 C1 opened e1 olu>kerb ack 03-06 answer "
		       "03-17\n"
		       "03-05 09:00 C1 reminder ack-due-soon to kerb\n");
}

static void
test_no_mail_gives_no_events(void **state)
{
	static const struct mail mails[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", mails, "2026-03-03 09:00", "");
}

static void
test_flags_stand_among_the_events_by_time(void **state)
{
	static const struct mail mails[] = {
		{ "f1", "2026-03-02 09:00", "kerb", "bea", .says = "+flag",
		  .bcc = "alone", .subject = "Else" },
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
		{ "a1", "2026-03-04 09:30", "kerb", "olu",
		  .says = "holding+flag", .refs = "e1", .bcc = "bea" },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", mails, "2026-03-04 10:00",
		       "03-02 09:00 C0 flagged f1 blind-copy\n"
		       "03-03 09:12 C1 opened e1 olu>kerb ack 03-06 answer "
		       "03-17\n"
		       "03-04 09:30 C1 flagged a1 blind-copy\n"
		       "03-04 09:30 C1 acknowledged a1\n"
		       "03-04 09:30 C1 holding a1\n");
}

static void
test_the_same_message_again_makes_no_event(void **state)
{
	static const struct mail mails[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
		{ "e1", "2026-03-03 09:13", "olu", "kerb", .says = "enquiry" },
		{ "e1", "2026-03-03 09:14", "olu", "kerb", .says = "enquiry",
		  .text = "The same id by mistake, but other words." },
	};

	(void)state;
	COUNCIL_REPLAY("sheffield", mails, "2026-03-03 10:00",
		       "03-03 09:12 C1 opened e1 olu>kerb ack 03-06 answer "
		       "03-17\n"
		       "03-03 09:14 C1 chased e1\n");
}

static void
test_cases_are_numbered_in_order_of_opening(void **state)
{
	static const struct mail mails[] = {
		{ "n1", "2026-03-03 09:00", "olu", "kerb", .says = "thanks",
		  .subject = "A" },
		{ "e1", "2026-03-03 09:12", "bea", "kerb", .says = "enquiry",
		  .subject = "B" },
		{ "e2", "2026-03-03 09:13", "olu", "kerb", .says = "enquiry",
		  .subject = "A", .refs = "n1" },
	};

	(void)state;
	COUNCIL_REPLAY("tower-hamlets", mails, "2026-03-03 10:00",
		       "03-03 09:12 C1 opened e1 bea>kerb answer 03-17\n"
		       "03-03 09:13 C2 opened e2 olu>kerb answer 03-17\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_after_the_end_is_told),
		cmocka_unit_test(test_no_mail_gives_no_events),
		cmocka_unit_test(test_flags_stand_among_the_events_by_time),
		cmocka_unit_test(test_the_same_message_again_makes_no_event),
		cmocka_unit_test(test_cases_are_numbered_in_order_of_opening),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
