/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the Monitoring Officer is told. */
#include "../support/sent.h"

static const struct mail flagged[] = {
	{ "f1", "2026-03-03 09:12", "kerb", "olu", .says = "none+flag",
	  .bcc = "bea" },
	{ "f2", "2026-03-03 09:30", "kerb", "olu", .says = "none+flag",
	  .bcc = "bea" },
};

static const struct mail forged[] = {
	{ "x1", "2026-03-06 12:30", "bea", "kerb", .says = "enquiry",
	  .check = SENDER_FAILED },
	{ "x2", "2026-03-06 12:31", "kerb", "bea", .says = "answer",
	  .check = SENDER_FAILED },
};

static void
test_high_flags_are_told_together_at_most_once_an_hour(void **state)
{
	struct sent *sent = *state;

	desk_take(&sent->desk, flagged, 1, "2026-03-03 09:13");
	desk_wake(&sent->desk, "2026-03-03 09:13");
	assert_int_equal(send_all(sent, "2026-03-03 09:13"), 1);
	assert_string_equal(desk_text(&sent->to), "law ");
	assert_says(sent, "Flag 1: blind-copy (high, clause 10.1.1)");
	desk_take(&sent->desk, flagged, 2, "2026-03-03 09:31");
	assert_int_equal(desk_wake(&sent->desk, "2026-03-03 09:31"),
			 desk_time(&sent->desk, "2026-03-03 10:13"));
	assert_int_equal(send_all(sent, "2026-03-03 09:31"), 0);
	desk_wake(&sent->desk, "2026-03-03 10:13");
	assert_int_equal(send_all(sent, "2026-03-03 10:13"), 1);
	assert_says(sent, "Flag 2");
	assert_says_not(sent, "Flag 1:");
}

static void
test_flags_in_one_letter_are_set_off_by_empty_lines(void **state)
{
	struct sent *sent = *state;

	desk_take(&sent->desk, flagged, 2, "2026-03-03 09:31");
	desk_wake(&sent->desk, "2026-03-03 09:31");
	assert_int_equal(send_all(sent, "2026-03-03 09:31"), 1);
	assert_says(sent, "\r\n\r\nFlag 1: blind-copy");
	assert_says(sent, "\r\n\r\nFlag 2: blind-copy");
}

static void
test_the_day_in_brief_comes_once_a_working_day(void **state)
{
	struct sent *sent = *state;
	struct desk *desk = &sent->desk;
	struct outbox_settings settings = desk_settings(desk);

	settings.daily_minutes = 9 * 60 + 30;
	desk_outbox(desk, &settings);
	desk_wake(desk, "2026-03-06 09:10");
	desk_take(desk, one_enquiry, 1, "2026-03-06 09:11");
	assert_int_equal(desk_wake(desk, "2026-03-06 09:12"),
			 desk_time(desk, "2026-03-06 09:12"));
	send_all(sent, "2026-03-06 09:12");
	desk_wake(desk, "2026-03-06 09:30");
	assert_int_equal(send_all(sent, "2026-03-06 09:30"), 1);
	assert_says(sent, "Open now: 1");
	assert_says(sent, "New enquiries: 0"); /* opened on 3 March */
	assert_says_not(sent, "may be forged");
	desk_wake(desk, "2026-03-06 12:00");
	assert_int_equal(send_all(sent, "2026-03-06 12:00"), 0);
	desk_take(desk, forged, ARRAY_SIZE(forged), "2026-03-06 13:00");
	desk_wake(desk, "2026-03-09 09:30");
	send_all(sent, "2026-03-09 09:30");
	assert_says(sent, "the day in brief");
	assert_says(sent, "that may be forged: 2,");
	assert_says(sent, "look like enquiries: 1 (clerkctl unverified)");
	assert_says_not(sent, "Body of x");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SENT_TEST(
			test_high_flags_are_told_together_at_most_once_an_hour),
		SENT_TEST(test_flags_in_one_letter_are_set_off_by_empty_lines),
		SENT_TEST(test_the_day_in_brief_comes_once_a_working_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
