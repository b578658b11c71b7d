/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Known or new, which thread, what is recorded. */
#include "../support/desk.h"

/* Takes the letters one by one, each as its own arrival. */
static void
take(struct desk *desk, const struct mail *mails, size_t count,
     struct intake_result *results)
{
	struct error err;

	desk->script = (struct council_script){ mails, count };
	assert_int_equal(store_begin(desk->casework.store, &err), 0);
	for (size_t i = 0; i < count; i++) {
		char key[32];

		snprintf(key, sizeof(key), "%zu", i);
		results[i] = desk_take_one(desk, &mails[i], "inbox", key,
					   desk_time(desk, mails[i].at));
	}
	assert_int_equal(store_commit(desk->casework.store, &err), 0);
}

static void
test_an_arrival_taken_in_twice_changes_nothing(void **state)
{
	static const struct mail mail = {
		"e1",   "2026-03-03 09:12",     "olu",
		"kerb", .says = "enquiry+flag", .bcc = "bea"
	};
	struct desk *desk = *state;
	struct intake_result result;

	desk->script = (struct council_script){ &mail, 1 };
	result = desk_take_one(desk, &mail, "inbox", "INBOX/1/1", 1000);
	assert_false(result.known);
	assert_true(result.judged && result.verdict.enquiry);
	assert_int_equal(result.new_finding_count, 1);
	result = desk_take_one(desk, &mail, "inbox", "INBOX/1/1", 2000);
	assert_true(result.known);
	assert_false(result.judged);
	assert_int_equal(result.message, 0);
	assert_int_equal(desk_flags(desk), 1);
}

static void
test_a_copy_that_shows_a_hidden_recipient_is_judged_again(void **state)
{
	static const struct mail mails[] = {
		{ "a1", "2026-03-03 09:12", "kerb", "olu", .says = "+flag" },
		{ "a1", "2026-03-03 09:12", "kerb", "olu", .says = "+flag",
		  .bcc = "olu" },
		{ "a1", "2026-03-03 09:12", "kerb", "olu", .says = "+flag",
		  .bcc = "bea" },
		{ "a1", "2026-03-03 09:12", "kerb", "olu", .says = "+flag",
		  .bcc = "bea" },
		{ "a1", "2026-03-03 09:12", "kerb", "olu", .says = "+flag",
		  .bcc = "alone" },
	};
	struct desk *desk = *state;
	struct intake_result results[ARRAY_SIZE(mails)];
	struct store_message *list;
	struct error err;
	size_t count;

	take(desk, mails, ARRAY_SIZE(mails), results);
	assert_int_equal(results[0].new_finding_count, 0);
	assert_false(results[1].judged); /* a visible recipient's own copy */
	assert_true(results[2].known && results[2].judged);
	assert_int_equal(results[2].new_finding_count, 1);
	assert_false(results[3].judged);
	assert_true(results[4].judged); /* another one, but no new rule */
	assert_int_equal(results[4].new_finding_count, 0);
	assert_int_equal(desk_flags(desk), 1);
	assert_int_equal(
		store_messages(desk->casework.store, 0, results[0].message, 0,
			       desk->council.arena, &list, &count, &err),
		0);
	assert_int_equal(list->hidden.count, 2);
	for (size_t i = 1; i < ARRAY_SIZE(mails); i++)
		assert_int_equal(results[i].message, results[0].message);
}

static void
test_a_scan_gets_a_verdict_for_each_copy_but_records_once(void **state)
{
	static const struct mail mails[] = {
		{ "a1", "2026-03-03 09:12", "kerb", "olu",
		  .says = "answer+flag", .bcc = "bea" },
		{ "a1", "2026-03-03 09:12", "kerb", "olu",
		  .says = "answer+flag" },
	};
	struct desk *desk = *state;
	struct intake_result results[2];

	desk->intake.judge_copies = true;
	take(desk, mails, 2, results);
	assert_true(results[1].judged);
	assert_int_equal(results[1].verdict.reply, REPLY_ANSWER);
	assert_int_equal(results[1].verdict.finding_count, 1);
	assert_int_equal(results[1].new_finding_count, 0);
	assert_int_equal(desk_flags(desk), 1);
}

static void
test_who_gets_it_through_a_visible_list_or_forwarding_is_not_hidden(
	void **state)
{
	static const struct mail mail = { "a1", "2026-03-03 09:12", "kerb",
					  "olu,everyone", .says = "+flag" };
	struct desk *desk = *state;
	struct arena *arena = desk->council.arena;
	struct span empty = span_of("");
	struct receipt receipts[] = {
		{ RECEIPT_JOURNAL_TO, span_of("bea@fenby.example"),
		  span_of("everyone@fenby.example"), empty },
		{ RECEIPT_ENVELOPE, span_of("pa@fenby.example"), empty,
		  span_of("olu@fenby.example") },
		{ RECEIPT_ENVELOPE, span_of("olu.adeyemi@home.example"), empty,
		  empty },
		{ RECEIPT_ENVELOPE, span_of("kerb@fenby.example"), empty,
		  empty },
		{ RECEIPT_JOURNAL_BCC, span_of("law@fenby.example"),
		  span_of("secret@fenby.example"), empty },
	};
	struct message *message = council_message(&desk->council, &mail, arena);
	struct intake_item item = { "inbox", span_of("k"), message, 1000 };
	struct intake_result result;
	struct store_message *list;
	struct error err;
	size_t count;

	desk->script = (struct council_script){ &mail, 1 };
	message->receipts = receipts;
	message->receipt_count = ARRAY_SIZE(receipts);
	assert_int_equal(
		intake_message(&desk->intake, &item, arena, &result, &err), 0);
	assert_int_equal(store_messages(desk->casework.store, 0, result.message,
					0, arena, &list, &count, &err),
			 0);
	assert_int_equal(list->hidden.count, 1);
	assert_true(span_is(list->hidden.at[0], "law@fenby.example"));
}

/* A flag on what was likely is better founded once the journal proves it; what
 * somebody decided on stays as it was. */
static void
test_proof_that_comes_later_renews_the_evidence(void **state)
{
	static const struct mail mail = {
		"a1",  "2026-03-03 09:12", "kerb",
		"olu", .says = "+flag",    .bcc = "bea"
	};
	struct finding_query query = { 0 };
	struct desk *desk = *state;
	struct arena *arena = desk->council.arena;
	struct store_message *list;
	struct store_finding *before, *after;
	struct error err;
	size_t count;

	desk->script = (struct council_script){ &mail, 1 };
	for (int copy = 0; copy < 3; copy++) {
		struct message *message =
			council_message(&desk->council, &mail, arena);
		struct intake_item item = { "inbox", span_of("k"), message,
					    1000 };
		struct intake_result result;
		char key[8];

		snprintf(key, sizeof(key), "%d", copy);
		item.key = span_of(key);
		if (copy == 1) {
			message->receipts[0].source = RECEIPT_JOURNAL_BCC;
			assert_int_equal(store_findings(desk->casework.store,
							&query, arena, &before,
							&count, &err),
					 0);
		}
		assert_int_equal(intake_message(&desk->intake, &item, arena,
						&result, &err),
				 0);
		assert_true(result.judged == (copy < 2));
		assert_int_equal(result.new_finding_count, copy == 0);
		assert_int_equal(store_messages(desk->casework.store, 0,
						result.message, 0, arena, &list,
						&count, &err),
				 0);
		assert_int_equal(list->hidden.count, 1);
		assert_int_equal(list->proven.count, copy > 0);
	}
	assert_int_equal(store_findings(desk->casework.store, &query, arena,
					&after, &count, &err),
			 0);
	assert_int_equal(count, 1);
	assert_int_equal(before->id, after->id);
	assert_int_equal(after->evidence_count, 1);
}

static void
test_what_cannot_be_read_is_kept_once_with_its_reason(void **state)
{
	struct desk *desk = *state;
	struct store_delivery *list;
	struct error err;
	size_t count;

	for (int i = 0; i < 2; i++)
		assert_int_equal(
			intake_unreadable(&desk->intake, "inbox", span_of("7"),
					  span_of("killed"), 1000, &err),
			0);
	assert_int_equal(store_unreadable(desk->casework.store, 0,
					  desk->council.arena, &list, &count,
					  &err),
			 0);
	assert_int_equal(count, 1);
	assert_true(span_is(list->reason, "killed"));
}

/* ---- threads ---- */

static void
test_threads_join_by_reference_case_index_and_subject(void **state)
{
	static const struct {
		struct mail second;
		bool joins;
	} rows[] = {
		{ { "x", "2026-03-04 09:00", "kerb", "olu", .says = "",
		    .refs = "e1", .subject = "Else" },
		  true },
		{ { "x", "2026-03-04 09:00", "kerb", "olu", .says = "",
		    .subject = "Else [CASE-C1]" },
		  true },
		{ { "x", "2026-03-04 09:00", "bea", "kerb", .says = "",
		    .subject = "I heard of [CASE-C1]" },
		  false }, /* another member has no part in it */
		{ { "x", "2026-03-04 09:00", "kerb", "olu", .says = "",
		    .subject = "Else [CASE-C99]" },
		  false },
		{ { "x", "2026-03-04 09:00", "kerb", "olu", .says = "",
		    .subject = "Else", .index = "00ff" },
		  true },
		{ { "x", "2026-03-04 09:00", "trees", "bea", .says = "",
		    .subject = "Else", .index = "00ff" },
		  false }, /* nobody of the thread */
		{ { "x", "2026-03-04 09:00", "kerb", "olu", .says = "",
		    .subject = "RE: FW: Potholes" },
		  true },
		{ { "x", "2026-04-01 09:00", "kerb", "@home", .says = "",
		    .subject = "Re: potholes" },
		  true },
		{ { "x", "2026-04-03 09:13", "kerb", "olu", .says = "",
		    .subject = "Re: Potholes" },
		  false }, /* 31 days later */
		{ { "x", "2026-03-04 09:00", "roads", "olu", .says = "",
		    .subject = "Re: Potholes" },
		  false }, /* another officer */
		{ { "x", "2026-03-04 09:00", "kerb", "bea", .says = "",
		    .subject = "Re: Potholes" },
		  false }, /* another member */
	};
	struct desk *desk = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct mail mails[2] = {
			{ "e1", "2026-03-03 09:12", "olu", "kerb",
			  .says = "enquiry", .index = "00ff" },
			rows[i].second,
		};
		struct intake_result results[2];

		desk_close(desk);
		desk_open(desk, ":memory:");
		take(desk, mails, 2, results);
		if ((results[0].thread == results[1].thread) != rows[i].joins)
			fail_msg("row %zu", i);
	}
}

static void
test_two_threads_become_one_only_by_those_who_take_part_in_both(void **state)
{
	/* Both of e1 and e2, the nearer e2. */
	static const struct {
		struct mail by;
		bool merges;
	} rows[] = {
		{ { "x", "2026-03-04 09:00", "kerb", "olu", .says = "",
		    .refs = "e1,e2" },
		  true },
		{ { "x", "2026-03-04 09:00", "law", "kerb", .says = "",
		    .refs = "e1,e2" },
		  true }, /* an officer writes to one who takes part */
		{ { "x", "2026-03-04 09:00", "law", "trees", "desk", .says = "",
		    .refs = "e1,e2" },
		  false },
		{ { "x", "2026-03-04 09:00", "bea", "kerb", .says = "",
		    .refs = "e1,e2" },
		  false }, /* another member has no part in e1 */
		{ { "x", "2026-03-04 09:00", "stranger@elsewhere.example",
		    "kerb", "olu", .says = "", .refs = "e1,e2" },
		  false },
		{ { "x", "2026-03-04 09:00", "mailer-daemon", "kerb",
		    .says = "absent", .refs = "e1,e2" },
		  false },
	};
	struct desk *desk = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct mail mails[] = {
			{ "e1", "2026-03-03 09:12", "olu", "kerb",
			  .says = "enquiry", .subject = "Lamps" },
			{ "e2", "2026-03-03 09:13", "bea", "kerb",
			  .says = "enquiry", .subject = "Bins" },
			rows[i].by,
			{ "n1", "2026-03-05 09:00", "kerb", "olu", .says = "",
			  .refs = "e1" },
			{ "n2", "2026-03-05 09:01", "kerb", "bea", .says = "",
			  .refs = "e2" },
		};
		struct intake_result results[ARRAY_SIZE(mails)];

		desk_close(desk);
		desk_open(desk, ":memory:");
		take(desk, mails, ARRAY_SIZE(mails), results);
		if ((results[3].thread == results[4].thread) != rows[i].merges)
			fail_msg("row %zu", i);
		if (results[2].thread != results[4].thread)
			fail_msg("row %zu does not join the nearest", i);
	}
}

static void
test_a_stranger_cannot_work_its_way_into_both_threads(void **state)
{
	static const char *const who = "stranger@elsewhere.example";
	struct mail mails[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry",
		  .subject = "Lamps" },
		{ "e2", "2026-03-03 09:13", "bea", "kerb", .says = "enquiry",
		  .subject = "Bins" },
		{ "s1", "2026-03-04 09:00", who, "kerb", .says = "",
		  .refs = "e1" },
		{ "s2", "2026-03-04 09:01", who, "kerb", .says = "",
		  .refs = "e2" },
		/* f1 and f2 are still to come */
		{ "s3", "2026-03-04 09:02", who, "kerb", .says = "",
		  .refs = "f1,f2,s1,s2" },
		{ "f1", "2026-03-04 09:03", "olu", "trees", .says = "enquiry",
		  .subject = "Trees" },
		{ "f2", "2026-03-04 09:04", "bea", "law", .says = "enquiry",
		  .subject = "Leases" },
		{ "n1", "2026-03-05 09:00", "kerb", "olu", .says = "",
		  .refs = "e1" },
		{ "n2", "2026-03-05 09:01", "kerb", "bea", .says = "",
		  .refs = "e2" },
	};
	struct desk *desk = *state;
	struct intake_result results[ARRAY_SIZE(mails)];

	take(desk, mails, ARRAY_SIZE(mails), results);
	assert_true(results[7].thread != results[8].thread);
	assert_true(results[5].thread != results[6].thread);
	assert_true(results[5].thread != results[8].thread);
}

static void
test_a_message_read_late_ties_what_referred_to_it(void **state)
{
	static const struct mail mails[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry",
		  .subject = "Lamps" },
		{ "n1", "2026-03-05 09:00", "olu", "kerb", .says = "",
		  .refs = "a1", .subject = "Else" },
		{ "a1", "2026-03-04 09:00", "kerb", "olu", .says = "answer",
		  .refs = "e1", .subject = "Still else" },
		{ "n2", "2026-03-06 09:00", "kerb", "olu", .says = "",
		  .refs = "n1", .subject = "Else again" },
	};
	struct desk *desk = *state;
	struct intake_result results[ARRAY_SIZE(mails)];

	take(desk, mails, ARRAY_SIZE(mails), results);
	assert_true(results[0].thread != results[1].thread);
	assert_int_equal(results[2].thread, results[3].thread);
	assert_int_equal(results[0].thread, results[3].thread);
}

static void
test_an_automatic_reply_joins_by_reference_but_makes_no_subject(void **state)
{
	static const struct mail mails[] = {
		{ "o1", "2026-03-03 09:00", "kerb", "olu", .says = "absent" },
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
	};
	struct desk *desk = *state;
	struct intake_result results[2];

	take(desk, mails, 2, results);
	assert_true(results[0].thread != results[1].thread);
}

/* ---- what the rules may see ---- */

struct seen {
	size_t count;
	bool open, closed, enquiry;
	char member[64];
};

static void
look(void *context, const struct exhibit *exhibit, struct arena *arena,
     struct verdict *ret)
{
	struct seen *seen = context;
	const struct thread_view *view = exhibit->thread;

	(void)arena;
	seen->count = view->count;
	seen->open = view->case_open;
	seen->closed = view->case_closed;
	seen->enquiry = view->count && view->at[0].enquiry;
	snprintf(seen->member, sizeof(seen->member), "%.*s",
		 SPAN_ARG(view->case_member));
	ret->enquiry = view->count == 0;
	ret->reply = REPLY_ANSWER;
}

static void
test_a_rule_sees_the_earlier_messages_and_the_case(void **state)
{
	static const struct mail mails[] = {
		{ "e1", "2026-03-03 09:12", "@home", "kerb", .says = "" },
		{ "a1", "2026-03-03 10:12", "kerb", "olu", .says = "",
		  .refs = "e1" },
		{ "t1", "2026-03-03 11:12", "olu", "kerb", .says = "",
		  .refs = "e1,a1" },
	};
	struct desk *desk = *state;
	struct seen seen;

	desk->intake.judge = look;
	desk->intake.judge_context = &seen;
	desk_take_one(desk, &mails[0], "inbox", "1", 1000);
	assert_int_equal(seen.count, 0);
	assert_false(seen.open || seen.closed);
	desk_take_one(desk, &mails[1], "inbox", "2", 1000);
	assert_int_equal(seen.count, 1);
	assert_true(seen.open && seen.enquiry);
	assert_false(seen.closed);
	assert_string_equal(seen.member, "olu@fenby.example");
	desk_take_one(desk, &mails[2], "inbox", "3", 1000);
	assert_int_equal(seen.count, 2);
	assert_true(seen.closed);
	assert_false(seen.open);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(test_an_arrival_taken_in_twice_changes_nothing),
		DESK_TEST(
			test_a_copy_that_shows_a_hidden_recipient_is_judged_again),
		DESK_TEST(
			test_a_scan_gets_a_verdict_for_each_copy_but_records_once),
		DESK_TEST(
			test_who_gets_it_through_a_visible_list_or_forwarding_is_not_hidden),
		DESK_TEST(test_proof_that_comes_later_renews_the_evidence),
		DESK_TEST(
			test_what_cannot_be_read_is_kept_once_with_its_reason),
		DESK_TEST(
			test_threads_join_by_reference_case_index_and_subject),
		DESK_TEST(
			test_two_threads_become_one_only_by_those_who_take_part_in_both),
		DESK_TEST(
			test_a_stranger_cannot_work_its_way_into_both_threads),
		DESK_TEST(test_a_message_read_late_ties_what_referred_to_it),
		DESK_TEST(
			test_an_automatic_reply_joins_by_reference_but_makes_no_subject),
		DESK_TEST(test_a_rule_sees_the_earlier_messages_and_the_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
