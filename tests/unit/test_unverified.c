/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters in the name of somebody who perhaps did not write them. */
#include "../support/desk.h"

static struct intake_result
take(struct desk *desk, const struct mail *mail, const char *source)
{
	struct intake_result result;
	struct error err;

	desk->script = (struct council_script){ mail, 1 };
	assert_int_equal(store_begin(desk->casework.store, &err), 0);
	result = desk_take_one(desk, mail, source, mail->id,
			       desk_time(desk, mail->at));
	assert_int_equal(store_commit(desk->casework.store, &err), 0);
	return result;
}

static size_t
claims(struct desk *desk, bool unsettled, struct store_claim **ret_list)
{
	struct error err;
	size_t count;

	assert_int_equal(store_claims(desk->casework.store, 0, unsettled, 0,
				      desk->council.arena, ret_list, &count,
				      &err),
			 0);
	return count;
}

/* "waiting", "held", …: of the only case; "none" without. */
static const char *
state_of(struct desk *desk)
{
	struct case_query query = { 0 };
	struct store_case *list;
	struct error err;
	size_t count;

	assert_int_equal(store_cases(desk->casework.store, &query,
				     desk->council.arena, &list, &count, &err),
			 0);
	assert_true(count <= 1);
	return count ? case_state_name(list->state) : "none";
}

static void
confirm(struct desk *desk, int64_t message, bool genuine)
{
	struct error err = { 0 };

	assert_int_equal(store_begin(desk->casework.store, &err), 0);
	if (intake_confirm(&desk->intake, message, genuine, span_of("una"),
			   desk_time(desk, "2026-03-05 09:00"),
			   desk->council.arena, &err))
		fail_msg("%s", err.text);
	assert_int_equal(store_commit(desk->casework.store, &err), 0);
}

static const struct mail enquiry = {
	"e1",   "2026-03-03 09:12",     "olu",
	"kerb", .says = "enquiry+flag", .bcc = "bea"
};

static struct mail
forged(const struct mail *mail)
{
	struct mail copy = *mail;

	copy.check = SENDER_FAILED;
	return copy;
}

static void
test_an_unverified_enquiry_is_kept_and_nothing_follows_from_it(void **state)
{
	struct desk *desk = *state;
	struct mail mail = forged(&enquiry);
	struct intake_result result = take(desk, &mail, "inbox");
	struct store_claim *list;

	assert_true(result.unverified && result.verdict.enquiry);
	assert_int_equal(result.verdict.finding_count, 0);
	assert_int_equal(result.new_finding_count, 0);
	assert_int_equal(desk_flags(desk), 0);
	assert_string_equal(state_of(desk), "none");
	assert_int_equal(desk_wake(desk, "2026-03-20 09:00"), 0);
	assert_int_equal(claims(desk, true, &list), 1);
	assert_true(list->message.unverified && list->message.enquiry);
	assert_int_equal(list->findings, 1);
	assert_true(span_is(list->why, "dmarc=fail"));
	assert_true(span_is(list->subject, "Potholes"));
	assert_true(span_is(list->excerpt, "Body of e1."));
}

static void
test_without_an_enquiry_no_word_of_it_is_kept(void **state)
{
	struct desk *desk = *state;
	struct mail mail = forged(&enquiry);
	struct store_claim *list;

	mail.says = "word";
	take(desk, &mail, "inbox");
	assert_int_equal(claims(desk, true, &list), 1);
	assert_int_equal(list->subject.len + list->excerpt.len, 0);
}

static void
test_a_stranger_who_fails_the_check_is_a_stranger_still(void **state)
{
	struct desk *desk = *state;
	struct mail mail = forged(&enquiry);
	struct store_claim *list;

	mail.from = "somebody@elsewhere.example";
	assert_false(take(desk, &mail, "inbox").unverified);
	assert_int_equal(claims(desk, false, &list), 0);
	assert_int_equal(desk_flags(desk), 1);
	/* One in the council's own domain is none, in the directory or not. */
	mail.id = "e2";
	mail.from = "newcomer";
	assert_true(take(desk, &mail, "inbox").unverified);
}

static void
test_a_forged_message_stops_no_clock(void **state)
{
	static const struct mail by[] = {
		{ "r", "2026-03-04 09:00", "kerb", "olu", .says = "answer",
		  .refs = "e1", .check = SENDER_FAILED },
		{ "r", "2026-03-04 09:00", "olu", "kerb", .says = "withdrawn",
		  .refs = "e1", .check = SENDER_FAILED },
		{ "r", "2026-03-04 09:00", "kerb", "roads",
		  .says = "passed+hands", .refs = "e1",
		  .check = SENDER_FAILED },
		{ "r", "2026-03-04 09:00", "kerb", "olu", .says = "answer",
		  .subject = "Re: Potholes [CASE-C1]", .check = SENDER_FAILED },
	};
	struct desk *desk = *state;

	for (size_t i = 0; i < ARRAY_SIZE(by); i++) {
		struct mail mail = enquiry;

		desk_close(desk);
		desk_open(desk, ":memory:");
		take(desk, &mail, "inbox");
		take(desk, &by[i], "inbox");
		if (strcmp(state_of(desk), "waiting") != 0)
			fail_msg("row %zu: %s", i, state_of(desk));
		/* Nor does it when the thread is gone through again. */
		mail = (struct mail){
			"c",    "2026-03-03 12:00", "olu",
			"kerb", .says = "more",     .refs = "e1"
		};
		take(desk, &mail, "inbox");
		if (strcmp(state_of(desk), "waiting") != 0)
			fail_msg("row %zu again: %s", i, state_of(desk));
	}
}

/* A subject's key goes to the newest thread; not to a forger's. */
static void
test_a_forged_message_draws_no_answer_away(void **state)
{
	static const struct mail mails[] = {
		{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
		{ "f", "2026-03-03 10:00", "olu", "kerb", .says = "enquiry",
		  .check = SENDER_FAILED },
		{ "r", "2026-03-04 09:00", "kerb", "olu", .says = "answer",
		  .subject = "Re: Potholes" },
	};
	struct desk *desk = *state;

	for (size_t i = 0; i < ARRAY_SIZE(mails); i++)
		take(desk, &mails[i], "inbox");
	assert_string_equal(state_of(desk), "answered");
}

static void
test_a_verified_copy_makes_good_what_was_held_back(void **state)
{
	struct desk *desk = *state;
	struct mail first = forged(&enquiry), second = enquiry;
	struct intake_result result;
	struct store_claim *list;

	take(desk, &first, "inbox");
	/* A copy that nobody checked proves nothing. */
	result = take(desk, &second, "forwarded");
	assert_true(result.known && result.unverified);
	assert_string_equal(state_of(desk), "none");
	second.check = SENDER_VERIFIED;
	result = take(desk, &second, "sent");
	assert_true(result.known && result.judged && !result.unverified);
	assert_string_equal(state_of(desk), "waiting");
	assert_int_equal(desk_flags(desk), 1);
	assert_int_equal(claims(desk, true, &list), 0);
	assert_int_equal(claims(desk, false, &list), 1);
	assert_true(list->genuine);
}

static void
test_a_forged_copy_undoes_nothing(void **state)
{
	struct desk *desk = *state;
	struct mail first = enquiry, second = forged(&enquiry);
	struct store_claim *list;

	take(desk, &first, "inbox");
	assert_false(take(desk, &second, "other").unverified);
	assert_string_equal(state_of(desk), "waiting");
	assert_int_equal(desk_flags(desk), 1);
	assert_int_equal(claims(desk, false, &list), 0);
}

static void
test_confirmed_it_opens_its_case_with_its_own_time(void **state)
{
	struct case_query query = { 0 };
	struct desk *desk = *state;
	struct mail mail = forged(&enquiry);
	int64_t number = take(desk, &mail, "inbox").message;
	struct store_claim *list;
	struct store_case *c;
	struct error err;
	size_t count;

	confirm(desk, number, true);
	assert_string_equal(state_of(desk), "waiting");
	assert_int_equal(store_cases(desk->casework.store, &query,
				     desk->council.arena, &c, &count, &err),
			 0);
	assert_int_equal(c->clock, desk_time(desk, "2026-03-03 09:12"));
	assert_true(span_is(c->subject, "Potholes"));
	assert_true(span_is(c->excerpt, "Body of e1."));
	assert_int_equal(claims(desk, false, &list), 1);
	assert_true(list->genuine && span_is(list->who, "una"));
	assert_int_equal(list->subject.len + list->excerpt.len, 0);
	assert_int_equal(desk_flags(desk), 0);
}

static void
test_a_forgery_is_settled_once_and_stays_one(void **state)
{
	struct desk *desk = *state;
	struct mail mail = forged(&enquiry);
	int64_t number = take(desk, &mail, "inbox").message;
	struct store_claim *list;
	struct error err = { 0 };

	confirm(desk, number, false);
	assert_string_equal(state_of(desk), "none");
	assert_int_equal(claims(desk, true, &list), 0);
	assert_int_equal(claims(desk, false, &list), 1);
	assert_true(!list->genuine && list->message.unverified);
	assert_int_equal(list->subject.len + list->excerpt.len, 0);
	assert_int_equal(intake_confirm(&desk->intake, number, true,
					span_of("una"), 1000,
					desk->council.arena, &err),
			 -1);
	assert_int_equal(err.kind, ERROR_INPUT);
	assert_int_equal(intake_confirm(&desk->intake, 0, true, span_of("una"),
					1000, desk->council.arena, &err),
			 -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(
			test_an_unverified_enquiry_is_kept_and_nothing_follows_from_it),
		DESK_TEST(test_without_an_enquiry_no_word_of_it_is_kept),
		DESK_TEST(
			test_a_stranger_who_fails_the_check_is_a_stranger_still),
		DESK_TEST(test_a_forged_message_stops_no_clock),
		DESK_TEST(test_a_forged_message_draws_no_answer_away),
		DESK_TEST(test_a_verified_copy_makes_good_what_was_held_back),
		DESK_TEST(test_a_forged_copy_undoes_nothing),
		DESK_TEST(test_confirmed_it_opens_its_case_with_its_own_time),
		DESK_TEST(test_a_forgery_is_settled_once_and_stays_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
