/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose mail is not judged, and who reads flags about the reviewer. */
#include "../support/sent.h"

static struct span addresses[] = { { "Rep@union.example", 17 },
				   { "@speakup.example", 16 } };

/* The council's guards: a union's officer, a hotline, the Monitoring Officer
 * and outside solicitors. */
static const struct guard *
guards(const struct desk *desk, enum guard_mode mode)
{
	static struct guard kept;

	kept = (struct guard){
		.people = desk->council.people,
		.addresses = addresses,
		.address_count = ARRAY_SIZE(addresses),
		.posts = POST_BIT(POST_MONITORING_OFFICER),
		.roles = 1u << ROLE_SOLICITOR,
		.mode = mode,
	};
	return &kept;
}

static size_t
findings_of(struct sent *sent, const struct mail *mail,
	    struct store_finding **ret_list)
{
	struct desk *desk = &sent->desk;
	struct finding_query query = { 0 };
	struct error err = { 0 };
	size_t count;

	desk_take(desk, mail, 1, "2026-03-03 09:45");
	if (store_findings(desk->casework.store, &query, desk->council.arena,
			   ret_list, &count, &err))
		fail_msg("%s", err.text);
	return count;
}

static void
test_mail_to_or_from_the_guarded_is_not_judged(void **state)
{
	static const struct {
		struct mail mail;
		bool guarded;
	} cases[] = {
		{ { .from = "law", .to = "olu" }, true },
		{ { .from = "kerb", .to = "law" }, true },
		{ { .from = "kerb", .to = "olu", .cc = "law" }, true },
		{ { .from = "kerb", .to = "rep@union.example" }, true },
		{ { .from = "line@speakup.example", .to = "kerb" }, true },
		{ { .from = "kerb", .to = "x@notspeakup.example" }, false },
		{ { .from = "kerb", .to = "rep+kerb@union.example" }, true },
		{ { .from = "kerb", .to = "rep2@union.example" }, false },
		{ { .from = "kerb", .to = "rep@union.example.org" }, false },
		{ { .from = "kerb", .to = "x@eu.speakup.example" }, true },
		{ { .from = "kerb", .to = "x@speakup.example.org" }, false },
		{ { .from = "kerb", .to = "olu" }, false },
	};
	struct sent *sent = *state;
	struct store_finding *list;
	size_t before = 0;

	sent->desk.intake.guard = guards(&sent->desk, GUARD_OFF);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct mail mail = cases[i].mail;
		char id[8];
		size_t now;

		snprintf(id, sizeof(id), "g%zu", i);
		mail.id = id;
		mail.at = "2026-03-03 09:12";
		mail.says = "none+flag";
		mail.bcc = "bea";
		now = findings_of(sent, &mail, &list);
		assert_int_equal(now - before, !cases[i].guarded);
		before = now;
	}
}

static void
test_a_blind_copy_to_the_guarded_is_no_way_around_the_rules(void **state)
{
	static const struct mail mail = {
		"b1",  "2026-03-03 09:12",  "kerb",
		"olu", .says = "none+flag", .bcc = "law"
	};
	struct sent *sent = *state;
	struct store_finding *list;

	sent->desk.intake.guard = guards(&sent->desk, GUARD_OFF);
	assert_int_equal(findings_of(sent, &mail, &list), 1);
	assert_false(list[0].shadow);
}

static void
test_what_is_only_counted_keeps_no_words(void **state)
{
	static const struct mail mail = {
		"b1",  "2026-03-03 09:12",  "kerb",
		"law", .says = "none+flag", .bcc = "bea"
	};
	struct sent *sent = *state;
	struct store_finding *list;

	sent->desk.intake.guard = guards(&sent->desk, GUARD_COUNT);
	assert_int_equal(findings_of(sent, &mail, &list), 1);
	assert_true(list[0].shadow);
	assert_int_equal(list[0].evidence_count, 0);
	assert_true(span_starts(list[0].reason, "guarded correspondence"));
	desk_wake(&sent->desk, "2026-03-03 10:00");
	assert_int_equal(send_all(sent, "2026-03-03 10:00"), 0);
}

static void
test_an_enquiry_to_the_guarded_is_a_case_all_the_same(void **state)
{
	static const struct mail mail = {
		"e1",  "2026-03-03 09:12",     "olu",
		"law", .says = "enquiry+flag", .bcc = "bea"
	};
	struct sent *sent = *state;
	struct case_query query = { .open = true };
	struct store_finding *list;
	struct store_case *cases;
	struct error err = { 0 };
	size_t count;

	sent->desk.intake.guard = guards(&sent->desk, GUARD_OFF);
	assert_int_equal(findings_of(sent, &mail, &list), 0);
	assert_int_equal(store_cases(sent->desk.casework.store, &query,
				     sent->desk.council.arena, &cases, &count,
				     &err),
			 0);
	assert_int_equal(count, 1);
}

static void
test_whom_a_flag_concerns(void **state)
{
	static const struct {
		const char *from, *words;
		bool concerned;
	} cases[] = {
		{ "law@fenby.example", "nothing", true },
		{ "kerb@fenby.example", "ask sam\nPRYCE, please", true },
		{ "kerb@fenby.example", "to law@fenby.example.", true },
		{ "kerb@fenby.example", "Sam Prycewood did", false },
		{ "kerb@fenby.example", "Balsam Pryce did", false },
		{ "kerb@fenby.example", "the Monitoring Officer", true },
		{ "kerb@fenby.example", "a monitoring officers' day", false },
		{ "kerb@fenby.example", "Mr Pryce knew", true },
		{ "kerb@fenby.example", "and Ms. Pryce\nknew", true },
		{ "kerb@fenby.example", "Mr Prycewood knew", false },
		{ "kerb@fenby.example", "what a pryce", false },
		{ "kerb@fenby.example", "Sam", false },
	};
	struct sent *sent = *state;
	const struct people *people = sent->desk.council.people;
	struct span law = span_of("law@fenby.example");
	struct store_finding flag = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct evidence evidence = { .where = span_of("body"),
					     .text = span_of(cases[i].words) };

		flag.from = span_of(cases[i].from);
		flag.evidence = &evidence;
		flag.evidence_count = 1;
		assert_int_equal(guard_concerns(people, law, &flag),
				 cases[i].concerned);
	}
	flag = (struct store_finding){ .from = span_of("kerb@fenby.example"),
				       .hidden = { &law, 1 } };
	assert_true(guard_concerns(people, law, &flag));
	flag = (struct store_finding){
		.from = span_of("kerb@fenby.example"),
		.reason = span_of("a member's enquiry goes straight to Sam "
				  "Pryce"),
	};
	assert_true(guard_concerns(people, law, &flag));
}

static void
open_outbox(struct sent *sent, const struct guard *guard, int daily)
{
	struct outbox_settings settings = desk_settings(&sent->desk);

	settings.daily_minutes = daily;
	settings.guard = guard;
	desk_outbox(&sent->desk, &settings);
}

static const struct mail flagged[] = {
	{ "f1", "2026-03-03 09:12", "law", "olu", .says = "none+flag",
	  .bcc = "bea" },
	{ "f2", "2026-03-03 09:13", "kerb", "olu", .says = "none+flag",
	  .bcc = "bea" },
};

static void
test_a_flag_about_the_reviewer_goes_to_the_deputy(void **state)
{
	static const struct {
		const char *deputy, *from;
		const char *told; /* in order of the letters */
	} cases[] = {
		{ "roads@fenby.example", "law", "law roads " },
		{ "", "law", "law chief " },
		{ "roads@fenby.example", "kerb", "law " },
	};
	struct sent *sent = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct guard guard = { .people = sent->desk.council.people,
				       .deputy = span_of(cases[i].deputy) };
		struct mail mails[] = { flagged[0], flagged[1] };

		sent_teardown(state);
		sent_setup(state);
		sent = *state;
		guard.people = sent->desk.council.people;
		mails[0].from = cases[i].from;
		open_outbox(sent, &guard, -1);
		desk_take(&sent->desk, mails, 2, "2026-03-03 09:14");
		desk_wake(&sent->desk, "2026-03-03 09:15");
		send_all(sent, "2026-03-03 09:15");
		assert_string_equal(desk_text(&sent->to), cases[i].told);
	}
}

static void
test_nobody_reads_of_himself(void **state)
{
	struct sent *sent = *state;
	struct guard guard = { .people = sent->desk.council.people,
			       .deputy = span_of("roads@fenby.example") };

	open_outbox(sent, &guard, -1);
	desk_take(&sent->desk, flagged, 1, "2026-03-03 09:14");
	desk_wake(&sent->desk, "2026-03-03 09:15");
	assert_int_equal(send_all(sent, "2026-03-03 09:15"), 1);
	assert_string_equal(desk_text(&sent->to), "roads ");
	assert_says(sent, "What follows concerns Sam Pryce");
	assert_says(sent, "Flag 1: blind-copy");
	/* told once, and not again to anybody */
	desk_wake(&sent->desk, "2026-03-03 11:00");
	assert_int_equal(send_all(sent, "2026-03-03 11:00"), 0);
}

static void
test_a_deputy_who_is_concerned_too_is_passed_over(void **state)
{
	struct sent *sent = *state;
	struct guard guard = { .people = sent->desk.council.people,
			       .deputy = span_of("roads@fenby.example") };
	struct mail mail = flagged[0];

	mail.bcc = "roads";
	open_outbox(sent, &guard, -1);
	desk_take(&sent->desk, &mail, 1, "2026-03-03 09:14");
	desk_wake(&sent->desk, "2026-03-03 09:15");
	send_all(sent, "2026-03-03 09:15");
	assert_string_equal(desk_text(&sent->to), "chief ");
}

static void
test_the_summary_leaves_out_what_concerns_its_reader(void **state)
{
	struct sent *sent = *state;
	struct guard guard = { .people = sent->desk.council.people,
			       .deputy = span_of("roads@fenby.example") };
	struct desk *desk = &sent->desk;

	open_outbox(sent, &guard, 9 * 60 + 30);
	desk_wake(desk, "2026-03-03 09:10");
	desk_take(desk, flagged, 1, "2026-03-03 09:14");
	desk_wake(desk, "2026-03-03 09:15");
	send_all(sent, "2026-03-03 09:15");
	desk_wake(desk, "2026-03-03 09:30");
	assert_int_equal(send_all(sent, "2026-03-03 09:30"), 2);
	assert_string_equal(desk_text(&sent->to), "law roads ");
	assert_says(sent, "New flags: 0 high");
	assert_says(sent, "New flags: 1 high");
	assert_says(sent, "What follows concerns Sam Pryce");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SENT_TEST(test_mail_to_or_from_the_guarded_is_not_judged),
		SENT_TEST(
			test_a_blind_copy_to_the_guarded_is_no_way_around_the_rules),
		SENT_TEST(test_what_is_only_counted_keeps_no_words),
		SENT_TEST(
			test_an_enquiry_to_the_guarded_is_a_case_all_the_same),
		SENT_TEST(test_whom_a_flag_concerns),
		SENT_TEST(test_a_flag_about_the_reviewer_goes_to_the_deputy),
		SENT_TEST(test_nobody_reads_of_himself),
		SENT_TEST(test_a_deputy_who_is_concerned_too_is_passed_over),
		SENT_TEST(test_the_summary_leaves_out_what_concerns_its_reader),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
