/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences, and what each of them does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "../support/loaded.h"
#include "filters/speech.h"

struct bench {
	struct lexicon *lexicon;
	struct speech speech;
	struct arena *arena;
};

static struct bench bench;

static int
set_up(void **state)
{
	(void)state;
	bench.arena = arena_new(0);
	bench.lexicon = loaded_lexicon();
	speech_prepare(bench.lexicon, bench.arena, &bench.speech);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	lexicon_free(bench.lexicon);
	arena_free(bench.arena);
	return 0;
}

static size_t
read_text(const char *text, struct fold *fold, struct sentence **ret)
{
	struct hit *hits;
	size_t hit_count, count;

	fold_make(span_of(text), bench.arena, fold);
	lexicon_scan(bench.lexicon, fold, bench.arena, &hits, &hit_count);
	speech_read(&bench.speech, fold, hits, hit_count, bench.arena, ret,
		    &count);
	return count;
}

struct split_case {
	const char *text;
	size_t want;
};

static void
test_sentences_end_where_a_reader_would_stop(void **state)
{
	static const struct split_case cases[] = {
		{ "The pump is broken. Who mends it?", 2 },
		{ "I met Cllr. Dray and Mr. Oke at no. 4 yesterday.", 1 },
		{ "It costs 3.50 a day.", 1 },
		{ "Dear Ann\n\nThe pump is broken\n\nBob", 3 },
		{ "This line was wrapped by a mailer that likes short lines and"
		  "\ngoes on here.",
		  1 },
		{ "Three things:\n- the pump\n- the gate\n- the dog", 4 },
		{ "\"Stop!\" she said. We did.", 3 },
		{ "", 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct sentence *sentences;
		struct fold fold;
		size_t count = read_text(cases[i].text, &fold, &sentences);

		if (count != cases[i].want)
			fail_msg("\"%s\": %zu sentences, wanted %zu",
				 cases[i].text, count, cases[i].want);
	}
}

struct act_case {
	const char *text;
	unsigned want, want_not;
};

static void
test_a_sentence_is_known_by_what_it_does(void **state)
{
	static const struct act_case cases[] = {
		{ "Could you send me the map of the towpath?",
		  ACT_BIT(ACT_ASKS) | ACT_BIT(ACT_QUESTION),
		  ACT_BIT(ACT_NEGATES) },
		{ "Print forty of these.", ACT_BIT(ACT_INSTRUCTS),
		  ACT_BIT(ACT_QUESTION) },
		{ "Please print forty of these.", ACT_BIT(ACT_INSTRUCTS), 0 },
		{ "Ann, print forty of these.", ACT_BIT(ACT_INSTRUCTS), 0 },
		{ "The print is too small.", 0, ACT_BIT(ACT_INSTRUCTS) },
		{ "The gate won't be mended before June.", ACT_BIT(ACT_NEGATES),
		  ACT_BIT(ACT_ASKS) },
		{ "The sign says \"no swimming on Sundays\" in red.",
		  ACT_BIT(ACT_QUOTES), ACT_BIT(ACT_ASKS) },
		{ "Many thanks for the map.", ACT_BIT(ACT_THANKS),
		  ACT_BIT(ACT_QUESTION) },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct sentence *sentences;
		struct fold fold;

		assert_int_equal(read_text(cases[i].text, &fold, &sentences),
				 1);
		if ((sentences[0].acts & cases[i].want) != cases[i].want ||
		    (sentences[0].acts & cases[i].want_not) != 0)
			fail_msg("\"%s\": acts %x", cases[i].text,
				 sentences[0].acts);
	}
}

static void
test_a_greeting_is_no_statement(void **state)
{
	struct sentence *sentences;
	struct fold fold;

	(void)state;
	assert_int_equal(read_text("Dear Ann,\n\nThe pump is broken again.",
				   &fold, &sentences),
			 2);
	assert_true(sentences[0].greeting);
	assert_false(sentences[1].greeting);
}

static void
test_a_span_gives_back_the_very_bytes(void **state)
{
	static const char text[] =
		"We caf\xc3\xa9  met.\r\n\r\nIt\xe2\x80\x99s "
		"\xc2\xa3"
		"40 \xe2\x80\x93 fine!";
	struct sentence *sentences;
	struct fold fold;
	size_t start, end;

	(void)state;
	assert_int_equal(read_text(text, &fold, &sentences), 2);
	fold_original(&fold, sentences[0].start, sentences[0].end, &start,
		      &end);
	assert_true(span_is(span_sub(span_of(text), start, end),
			    "We caf\xc3\xa9  met."));
	fold_original(&fold, sentences[1].start, sentences[1].end, &start,
		      &end);
	assert_true(span_is(span_sub(span_of(text), start, end),
			    "It\xe2\x80\x99s \xc2\xa3"
			    "40 \xe2\x80\x93 fine!"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sentences_end_where_a_reader_would_stop),
		cmocka_unit_test(test_a_sentence_is_known_by_what_it_does),
		cmocka_unit_test(test_a_greeting_is_no_statement),
		cmocka_unit_test(test_a_span_gives_back_the_very_bytes),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
