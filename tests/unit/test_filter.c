/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The face of judgement: switches, gates, evidence, readings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "../support/loaded.h"
#include "filters/filter.h"
#include "paths.h"

#define RECEIVED 1773230400 /* Wednesday 11 March 2026, 12:00 UTC */

static const char people_csv[] =
	"email,name,role,posts,group,wards,directorate,manager,aliases,"
	"candidate\n"
	"ivy@hill.example,Ivy Norbury,member,,Labour,Elm,,,,\n"
	"tom@hill.example,Tom Quaife,member,leader,Conservative,Oak,,,,\n"
	"una@hill.example,Una Birch,officer,head-of-service,,,Streets,,,\n"
	"bob@hill.example,Bob Fenn,officer,,,,Streets,,,\n"
	"lights@hill.example,Lighting Desk,team,,,,Streets,,,\n";

struct bench {
	struct people *people;
	struct calendar *calendar;
	struct arena *arena;
};

static int
set_up(void **state)
{
	struct bench *bench = calloc(1, sizeof(*bench));

	bench->arena = arena_new(0);
	bench->people = loaded_people(people_csv, "hill.example");
	bench->calendar = loaded_calendar();
	*state = bench;
	return 0;
}

static int
tear_down(void **state)
{
	struct bench *bench = *state;

	people_free(bench->people);
	calendar_free(bench->calendar);
	arena_free(bench->arena);
	free(bench);
	return 0;
}

static struct filter *
load(const char *disable, const char *shadow, struct fault_list *faults)
{
	const struct span all = span_of("all");
	const struct span off = span_of(disable), shade = span_of(shadow);
	const struct filter_settings settings = {
		.lexicon_directory = PATH_SOURCE "/filters/lexicon",
		.enable = &all,
		.enable_count = 1,
		.disable = &off,
		.disable_count = off.len != 0,
		.shadow = &shade,
		.shadow_count = shade.len != 0,
	};
	struct filter *filter;
	struct error err = { 0 };

	if (filter_load(&settings, NULL, faults, &filter, &err) != 0)
		fail_msg("%s", err.text);
	return filter;
}

struct mail {
	const char *from, *to, *hidden, *subject, *body;
	enum automatic automatic;
};

static struct exhibit
exhibit_of(const struct bench *bench, const struct mail *mail)
{
	struct message *m = arena_alloc(bench->arena, sizeof(*m));

	m->from.email = span_of(mail->from);
	m->to.at = arena_array(bench->arena, 1, sizeof(*m->to.at));
	m->to.at[0].email = span_of(mail->to);
	m->to.count = 1;
	if (mail->hidden != NULL) {
		m->receipts =
			arena_array(bench->arena, 1, sizeof(*m->receipts));
		m->receipts[0].source = RECEIPT_JOURNAL_BCC;
		m->receipts[0].email = span_of(mail->hidden);
		m->receipt_count = 1;
	}
	m->received = RECEIVED;
	m->subject = span_of(mail->subject);
	m->body = span_of(mail->body);
	m->automatic = mail->automatic;
	return (struct exhibit){
		.message = m,
		.people = bench->people,
		.calendar = bench->calendar,
	};
}

static const struct mail hidden_copy = {
	.from = "una@hill.example",
	.to = "ivy@hill.example",
	.hidden = "tom@hill.example",
	.subject = "Re: the lamp at the ford",
	.body = "Dear Ivy,\n\nThe lamp at the ford was mended this morning.\n",
};

static const struct finding *
finding_of(const struct verdict *verdict, const char *rule)
{
	size_t i;

	for (i = 0; i < verdict->finding_count; i++)
		if (span_is(verdict->findings[i].rule, rule))
			return &verdict->findings[i];
	return NULL;
}

static void
test_a_hidden_copy_of_an_answer_is_found_with_the_envelope_as_evidence(
	void **state)
{
	struct bench *bench = *state;
	struct fault_list faults = { 0 };
	struct filter *filter = load("", "", &faults);
	struct exhibit exhibit = exhibit_of(bench, &hidden_copy);
	const struct finding *finding;
	struct verdict verdict;

	filter_judge(filter, &exhibit, bench->arena, &verdict);
	assert_int_equal(verdict.direction, DIRECTION_OFFICER_TO_MEMBER);
	finding = finding_of(&verdict, "blind-copy");
	assert_non_null(finding);
	assert_int_equal(finding->state, RULE_LIVE);
	assert_int_equal(finding->severity, SEVERITY_HIGH);
	assert_int_equal(finding->clause_count, 1);
	assert_true(span_is(finding->clauses[0], "local"));
	assert_true(span_is(finding->evidence[0].where, "envelope"));
	assert_true(span_find(finding->evidence[0].text, "tom@hill.example") <
		    finding->evidence[0].text.len);
	filter_free(filter);
	fault_list_clear(&faults);
}

static void
test_a_rule_that_is_off_says_nothing_and_a_shadow_says_so(void **state)
{
	struct bench *bench = *state;
	struct fault_list faults = { 0 };
	struct filter *off = load("blind-copy", "", &faults);
	struct filter *shadow = load("", "blind-copy", &faults);
	struct exhibit exhibit = exhibit_of(bench, &hidden_copy);
	struct verdict verdict;

	filter_judge(off, &exhibit, bench->arena, &verdict);
	assert_null(finding_of(&verdict, "blind-copy"));
	filter_judge(shadow, &exhibit, bench->arena, &verdict);
	assert_int_equal(finding_of(&verdict, "blind-copy")->state,
			 RULE_SHADOW);
	filter_free(off);
	filter_free(shadow);
	fault_list_clear(&faults);
}

static void
test_a_hidden_copy_to_the_sender_is_none(void **state)
{
	struct bench *bench = *state;
	struct fault_list faults = { 0 };
	struct filter *filter = load("", "", &faults);
	struct mail mail = hidden_copy;
	struct exhibit exhibit;
	struct verdict verdict;

	mail.hidden = "una@hill.example";
	exhibit = exhibit_of(bench, &mail);
	filter_judge(filter, &exhibit, bench->arena, &verdict);
	assert_null(finding_of(&verdict, "blind-copy"));
	filter_free(filter);
	fault_list_clear(&faults);
}

static void
test_an_unknown_rule_in_the_configuration_is_a_fault(void **state)
{
	struct fault_list faults = { 0 };
	struct filter *filter = load("blind-copie", "", &faults);

	(void)state;
	assert_int_equal(faults.count, 1);
	assert_string_equal(faults.at[0].file, "clerkd.conf");
	assert_non_null(strstr(faults.at[0].text, "blind-copie"));
	filter_free(filter);
	fault_list_clear(&faults);
}

static void
test_automatic_mail_is_neither_enquiry_nor_answer(void **state)
{
	static const struct mail away = {
		.from = "bob@hill.example",
		.to = "ivy@hill.example",
		.subject = "Automatic reply: lamp",
		.body = "I am away until Monday.",
		.automatic = AUTOMATIC_REPLY,
	};
	struct bench *bench = *state;
	struct fault_list faults = { 0 };
	struct filter *filter = load("", "", &faults);
	struct exhibit exhibit = exhibit_of(bench, &away);
	struct verdict verdict;

	filter_judge(filter, &exhibit, bench->arena, &verdict);
	assert_int_equal(verdict.reply, REPLY_AUTOMATIC);
	assert_false(verdict.enquiry);
	assert_int_equal(verdict.finding_count, 0);
	filter_free(filter);
	fault_list_clear(&faults);
}

struct reading_case {
	const char *body;
	bool want_enquiry, want_withdrawal;
};

static void
test_a_question_is_an_enquiry_and_thanks_are_none(void **state)
{
	static const struct reading_case cases[] = {
		{ "Could you tell me when the lamp in Ford Lane will be "
		  "mended?",
		  true, false },
		{ "Please can somebody look at the drain outside number 4.",
		  true, false },
		{ "Many thanks, that is very helpful.", false, false },
		{ "Please ignore my last, it has been sorted and is no longer "
		  "needed. Thank you.",
		  false, true },
	};
	struct bench *bench = *state;
	struct fault_list faults = { 0 };
	struct filter *filter = load("", "", &faults);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct mail mail = {
			.from = "ivy@hill.example",
			.to = "una@hill.example",
			.subject = "Ford Lane",
			.body = cases[i].body,
		};
		struct exhibit exhibit = exhibit_of(bench, &mail);
		struct verdict verdict;

		filter_judge(filter, &exhibit, bench->arena, &verdict);
		if (verdict.enquiry != cases[i].want_enquiry ||
		    verdict.withdrawal != cases[i].want_withdrawal)
			fail_msg("\"%s\": enquiry %d (%.2f), withdrawal %d",
				 cases[i].body, verdict.enquiry,
				 verdict.enquiry_score, verdict.withdrawal);
	}
	filter_free(filter);
	fault_list_clear(&faults);
}

static void
test_a_holding_reply_tells_the_day_it_promises(void **state)
{
	static const struct mail holding = {
		.from = "una@hill.example",
		.to = "ivy@hill.example",
		.subject = "Re: Ford Lane",
		.body = "Thank you for your e-mail. I am looking into this and "
			"will come back to you by Friday.",
	};
	struct bench *bench = *state;
	struct fault_list faults = { 0 };
	struct filter *filter = load("", "", &faults);
	struct exhibit exhibit = exhibit_of(bench, &holding);
	struct verdict verdict;

	filter_judge(filter, &exhibit, bench->arena, &verdict);
	assert_int_equal(verdict.reply, REPLY_HOLDING);
	assert_int_equal(verdict.promise.month, 3);
	assert_int_equal(verdict.promise.day, 13);
	filter_free(filter);
	fault_list_clear(&faults);
}

static void
test_why_tells_every_condition_also_of_a_rule_that_is_not_raised(void **state)
{
	static const struct mail plain = {
		.from = "ivy@hill.example",
		.to = "una@hill.example",
		.subject = "Ford Lane",
		.body = "When will the lamp be mended?",
	};
	struct bench *bench = *state;
	struct fault_list faults = { 0 };
	struct filter *filter = load("", "", &faults);
	struct exhibit exhibit = exhibit_of(bench, &plain);
	struct reasoning told;

	assert_int_equal(filter_why(filter, &exhibit,
				    span_of("political-purpose"), bench->arena,
				    &told),
			 0);
	assert_true(told.condition_count >= 2);
	assert_true(told.conditions[0].held);
	assert_int_equal(told.grounds, GROUNDS_MODEL);
	assert_true(told.weighed && told.score < told.threshold);
	assert_true(told.weight_count != 0);
	assert_null(told.finding);
	exhibit = exhibit_of(bench, &hidden_copy);
	assert_int_equal(filter_why(filter, &exhibit, span_of("blind-copy"),
				    bench->arena, &told),
			 1);
	assert_non_null(told.finding);
	assert_int_equal(filter_why(filter, &exhibit, span_of("no-such-rule"),
				    bench->arena, &told),
			 -1);
	filter_free(filter);
	fault_list_clear(&faults);
}

static void
test_why_judges_a_rule_that_is_off_and_says_so(void **state)
{
	struct bench *bench = *state;
	struct fault_list faults = { 0 };
	struct filter *filter = load("blind-copy", "", &faults);
	struct exhibit exhibit = exhibit_of(bench, &hidden_copy);
	struct reasoning told;

	assert_int_equal(filter_why(filter, &exhibit, span_of("blind-copy"),
				    bench->arena, &told),
			 1);
	assert_int_equal(told.state, RULE_OFF);
	filter_free(filter);
	fault_list_clear(&faults);
}

static void
test_why_knows_the_readings_and_agrees_with_the_verdict(void **state)
{
	static const struct mail asked = {
		.from = "ivy@hill.example",
		.to = "una@hill.example",
		.subject = "Ford Lane",
		.body = "When will the lamp be mended?",
	};
	static const struct mail answered = {
		.from = "una@hill.example",
		.to = "ivy@hill.example",
		.subject = "Re: Ford Lane",
		.body = "The lamp was mended this morning.",
	};
	struct bench *bench = *state;
	struct fault_list faults = { 0 };
	struct filter *filter = load("", "", &faults);
	struct exhibit exhibit = exhibit_of(bench, &asked);
	struct verdict verdict;
	struct reasoning told;

	filter_judge(filter, &exhibit, bench->arena, &verdict);
	assert_int_equal(filter_why(filter, &exhibit, span_of("enquiry"),
				    bench->arena, &told),
			 verdict.enquiry);
	assert_true(told.deciding != NULL &&
		    span_is(told.deciding->text, asked.body));
	assert_int_equal(filter_why(filter, &exhibit, span_of("reply"),
				    bench->arena, &told),
			 0);
	assert_int_equal(told.grounds, GROUNDS_GATE);
	exhibit = exhibit_of(bench, &answered);
	filter_judge(filter, &exhibit, bench->arena, &verdict);
	assert_int_equal(filter_why(filter, &exhibit, span_of("reply"),
				    bench->arena, &told),
			 verdict.reply != REPLY_NONE);
	assert_int_equal(told.grounds, GROUNDS_MODEL);
	assert_float_equal(told.score, verdict.reply_score, 0.0001);
	filter_free(filter);
	fault_list_clear(&faults);
}

/* 3 MB of two-word questions once took a gigabyte, and the engine with it. */
static void
test_a_text_of_nothing_but_sentences_does_not_eat_memory(void **state)
{
	enum { TIMES = 100000, ENOUGH = 300 << 20 };
	static const char words[] = "Can you? ";
	struct bench *bench = *state;
	struct fault_list faults = { 0 };
	struct filter *filter = load("", "", &faults);
	struct mail mail = hidden_copy;
	struct arena *arena = arena_new((size_t)ENOUGH);
	struct buf body;
	struct exhibit exhibit;
	struct verdict verdict;
	size_t i;

	buf_init(&body, TIMES * sizeof(words));
	for (i = 0; i < TIMES; i++)
		buf_add_literal(&body, words);
	buf_add_byte(&body, '\0');
	mail.body = body.ptr;
	exhibit = exhibit_of(bench, &mail);
	filter_judge(filter, &exhibit, arena, &verdict);
	assert_non_null(finding_of(&verdict, "blind-copy"));
	arena_free(arena);
	buf_clear(&body);
	filter_free(filter);
	fault_list_clear(&faults);
}

struct out_case {
	const char *body;
	bool want_inside;
};

static struct elections *
poll_in_may(const struct bench *bench)
{
	return loaded_elections(
		"id,kind,polling_date,wards,notice_date,candidates\n"
		"may,local,2026-05-07,,2026-03-30,\n",
		bench->calendar);
}

static void
test_the_stated_day_decides_whether_publicity_is_in_the_period(void **state)
{
	/* Written on 11 March; the period runs from 30 March to 7 May. */
	static const struct out_case cases[] = {
		{ "The news release goes out on 20 April.", true },
		{ "The news release goes out on 25 March.", false },
		{ "The news release goes out tomorrow.", false },
		{ "No news release until after the poll on 7 May.", false },
		{ "The news release is for 12 June.", false },
	};
	struct bench *bench = *state;
	struct elections *elections = poll_in_may(bench);
	struct fault_list faults = { 0 };
	struct filter *filter = load("", "", &faults);
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct mail mail = {
			.from = "una@hill.example",
			.to = "bob@hill.example",
			.subject = "The ford",
			.body = cases[i].body,
		};
		struct exhibit exhibit = exhibit_of(bench, &mail);
		struct reasoning told;
		bool inside = false;

		exhibit.elections = elections;
		filter_why(filter, &exhibit, span_of("pre-election-publicity"),
			   bench->arena, &told);
		for (k = 0; k < told.condition_count; k++)
			if (span_is(told.conditions[k].text,
				    "it would be out in the period"))
				inside = told.conditions[k].held;
		if (inside != cases[i].want_inside)
			fail_msg("\"%s\": inside %d", cases[i].body, inside);
	}
	filter_free(filter);
	elections_free(elections);
	fault_list_clear(&faults);
}

static void
test_why_and_the_judgement_never_disagree(void **state)
{
	const struct mail mails[] = {
		hidden_copy,
		{ .from = "tom@hill.example",
		  .to = "lights@hill.example",
		  .subject = "Posters",
		  .body = "Please could you print 300 of our party's campaign "
			  "posters for our canvassing on the council "
			  "printer?" },
	};
	struct bench *bench = *state;
	struct fault_list faults = { 0 };
	struct filter *filter = load("", "", &faults);
	size_t i, k, raised = 0;

	for (i = 0; i < ARRAY_SIZE(mails); i++) {
		struct exhibit exhibit = exhibit_of(bench, &mails[i]);
		struct verdict verdict;
		struct reasoning told;

		filter_judge(filter, &exhibit, bench->arena, &verdict);
		for (k = 0; k < filter_rule_count(); k++) {
			const char *rule = filter_rule_id(k);
			const struct finding *want = finding_of(&verdict, rule);

			filter_why(filter, &exhibit, span_of(rule),
				   bench->arena, &told);
			if (told.raised != (want != NULL))
				fail_msg("mail %zu, %s: %d", i, rule,
					 told.raised);
			if (want == NULL)
				continue;
			raised++;
			assert_float_equal(told.finding->score, want->score,
					   1e-9);
			assert_true(
				span_equal(told.finding->reason, want->reason));
			assert_true(span_equal(told.finding->evidence[0].text,
					       want->evidence[0].text));
		}
	}
	assert_true(raised >= 2);
	filter_free(filter);
	fault_list_clear(&faults);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_a_hidden_copy_of_an_answer_is_found_with_the_envelope_as_evidence),
		cmocka_unit_test(
			test_a_rule_that_is_off_says_nothing_and_a_shadow_says_so),
		cmocka_unit_test(test_a_hidden_copy_to_the_sender_is_none),
		cmocka_unit_test(
			test_an_unknown_rule_in_the_configuration_is_a_fault),
		cmocka_unit_test(
			test_automatic_mail_is_neither_enquiry_nor_answer),
		cmocka_unit_test(
			test_a_question_is_an_enquiry_and_thanks_are_none),
		cmocka_unit_test(
			test_a_holding_reply_tells_the_day_it_promises),
		cmocka_unit_test(
			test_a_text_of_nothing_but_sentences_does_not_eat_memory),
		cmocka_unit_test(
			test_the_stated_day_decides_whether_publicity_is_in_the_period),
		cmocka_unit_test(
			test_why_tells_every_condition_also_of_a_rule_that_is_not_raised),
		cmocka_unit_test(
			test_why_judges_a_rule_that_is_off_and_says_so),
		cmocka_unit_test(
			test_why_knows_the_readings_and_agrees_with_the_verdict),
		cmocka_unit_test(test_why_and_the_judgement_never_disagree),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
