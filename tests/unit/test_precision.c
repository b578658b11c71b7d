/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What decisions say of rules. */
#include "../support/sent.h"

#include <math.h>

#include "duty/precision.h"

static const struct mail one[] = { { "n1", "2026-03-03 09:12", "kerb", "olu",
				     .says = "none" } };

static void
open_desk(struct desk *desk)
{
	desk_open(desk, ":memory:");
	desk_take(desk, one, 1, "2026-03-03 09:13");
}

static void
decided(struct desk *desk, const char *rule, const char *where,
	const char *words, bool upheld)
{
	struct store *store = desk->casework.store;
	struct evidence evidence[] = {
		{ .where = span_of(where), .text = span_of(words) },
		{ .where = span_of(where), .text = span_of(words) },
	};
	struct store_finding finding = { .message = 1,
					 .rule = span_of(rule),
					 .reason = span_of("seen"),
					 .evidence = evidence,
					 .evidence_count = 2 };
	struct store_decision decision = { .upheld = upheld,
					   .reason = span_of("so"),
					   .who = span_of("law") };
	struct error err = { 0 };

	if (store_finding_add(store, &finding, &err) ||
	    store_decision_add(store, finding.id, &decision, &err))
		fail_msg("%s", err.text);
}

static void
test_the_interval_is_wilsons(void **state)
{
	/* From the published formula at z = 1.959964. */
	static const struct {
		size_t upheld, decided;
		double low, high;
	} cases[] = {
		{ 0, 0, 0, 1 },
		{ 0, 10, 0, 0.27753 },
		{ 10, 10, 0.72247, 1 },
		{ 5, 10, 0.23659, 0.76341 },
		{ 81, 263, 0.25529, 0.36621 },
		{ 1, 1, 0.20655, 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct precision p =
			precision_of(cases[i].upheld, cases[i].decided);

		assert_true(fabs(p.low - cases[i].low) < 1e-4);
		assert_true(fabs(p.high - cases[i].high) < 1e-4);
		assert_true(p.low <= p.share && p.share <= p.high);
	}
}

static void
test_a_rule_is_low_only_when_it_is_sure_and_often_decided(void **state)
{
	(void)state;
	assert_false(precision_is_low(0, 9, 0.7));
	assert_true(precision_is_low(0, 10, 0.7));
	assert_true(precision_is_low(4, 10, 0.7));
	assert_false(precision_is_low(5, 10, 0.7));
	assert_true(precision_is_low(60, 100, 0.7));
	assert_false(precision_is_low(65, 100, 0.7));
	assert_false(precision_is_low(0, 100, 0));
}

static void
test_words_of_two_dismissals_are_told_however_they_were_spaced(void **state)
{
	struct desk desk;
	struct precision_phrase *list;
	struct error err = { 0 };
	size_t count;

	(void)state;
	open_desk(&desk);
	decided(&desk, "discourtesy", "body", "You  absolute\nMuppet!", false);
	decided(&desk, "discourtesy", "subject", "you absolute muppet", false);
	decided(&desk, "discourtesy", "body", "You absolute muppet.", true);
	decided(&desk, "discourtesy", "body", "Said only once", false);
	decided(&desk, "wrong-channel", "body", "you absolute muppet", false);
	decided(&desk, "wrong-channel", "envelope", "two of them", false);
	decided(&desk, "wrong-channel", "envelope", "two of them", false);
	if (precision_phrases(desk.casework.store, desk.council.arena, &list,
			      &count, &err))
		fail_msg("%s", err.text);
	assert_int_equal(count, 1);
	assert_true(span_is(list[0].rule, "discourtesy"));
	assert_true(span_is(list[0].text, "you absolute muppet"));
	assert_int_equal(list[0].dismissed, 2);
	assert_int_equal(list[0].upheld, 1);
	desk_close(&desk);
}

static void
test_long_words_are_cut_at_a_character(void **state)
{
	struct desk desk;
	struct precision_phrase *list;
	struct error err = { 0 };
	struct buf words;
	size_t count;

	(void)state;
	buf_init(&words, 1000);
	for (int i = 0; i < 100; i++)
		buf_add_literal(&words, "\xe2\x82\xac");
	open_desk(&desk);
	decided(&desk, "discourtesy", "body", desk_text(&words), false);
	buf_add_literal(&words, " and more");
	decided(&desk, "discourtesy", "body", desk_text(&words), false);
	if (precision_phrases(desk.casework.store, desk.council.arena, &list,
			      &count, &err))
		fail_msg("%s", err.text);
	assert_int_equal(count, 1);
	assert_int_equal(list[0].text.len, 60 * 3);
	assert_true(text_utf8_valid(list[0].text));
	buf_clear(&words);
	desk_close(&desk);
}

static void
test_the_day_in_brief_names_a_rule_that_is_mostly_dismissed(void **state)
{
	struct sent *sent = *state;
	struct desk *desk = &sent->desk;
	struct outbox_settings settings = desk_settings(desk);

	settings.daily_minutes = 9 * 60 + 30;
	settings.review_below = 0.7;
	desk_outbox(desk, &settings);
	desk_take(desk, one, 1, "2026-03-03 09:13");
	for (int i = 0; i < 10; i++) {
		decided(desk, "discourtesy", "body", "muppet", i < 2);
		decided(desk, "blind-copy", "body", "hidden", i < 8);
	}
	desk_wake(desk, "2026-03-05 09:00");
	desk_wake(desk, "2026-03-05 09:30");
	assert_int_equal(send_all(sent, "2026-03-05 09:30"), 1);
	assert_says(sent, "Rule discourtesy: 2 of 10 flags upheld; consider");
	assert_says_not(sent, "Rule blind-copy");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_interval_is_wilsons),
		cmocka_unit_test(
			test_a_rule_is_low_only_when_it_is_sure_and_often_decided),
		cmocka_unit_test(
			test_words_of_two_dismissals_are_told_however_they_were_spaced),
		cmocka_unit_test(test_long_words_are_cut_at_a_character),
		SENT_TEST(
			test_the_day_in_brief_names_a_rule_that_is_mostly_dismissed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
