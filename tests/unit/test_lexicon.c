/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phrases as concepts: what is found, where, and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "filters/lexicon.h"

struct bench {
	char directory[64];
	struct lexicon *lexicon;
	struct fault_list faults;
	struct arena *arena;
};

static void
put(const struct bench *bench, const char *name, const char *text)
{
	char path[128];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s.lex", bench->directory, name);
	out = fopen(path, "we");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
}

static int
set_up(void **state)
{
	struct bench *bench = calloc(1, sizeof(*bench));
	struct error err = { 0 };

	strcpy(bench->directory, "/tmp/lexicon-XXXXXX");
	assert_non_null(mkdtemp(bench->directory));
	bench->arena = arena_new(0);
	put(bench, "boat",
	    "# vessels\n"
	    "row* boat\n"
	    "(small|little|) (dinghy|skiff)\n"
	    "(lend (me|us)|borrow) (the|your|a) (boat|barge)\n");
	put(bench, "river", "river bank\nthe weir\nweir\n");
	put(bench, "broken", "(never closed\nheron\n");
	assert_int_equal(lexicon_load(bench->directory, &bench->faults,
				      &bench->lexicon, &err),
			 0);
	*state = bench;
	return 0;
}

static int
tear_down(void **state)
{
	struct bench *bench = *state;
	static const char *const names[] = { "boat", "river", "broken" };
	char path[128];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		snprintf(path, sizeof(path), "%s/%s.lex", bench->directory,
			 names[i]);
		unlink(path);
	}
	rmdir(bench->directory);
	lexicon_free(bench->lexicon);
	fault_list_clear(&bench->faults);
	arena_free(bench->arena);
	free(bench);
	return 0;
}

struct finding_case {
	const char *text, *want_concept, *want_words;
};

static void
test_a_phrase_is_found_with_its_original_bytes(void **state)
{
	static const struct finding_case cases[] = {
		{ "We went ROWING  boat hunting", "boat", "ROWING  boat" },
		{ "a little\n\tskiff went by", "boat", "little\n\tskiff" },
		{ "the skiff", "boat", "skiff" },
		{ "Lend us\xc2\xa0your barge!", "boat",
		  "Lend us\xc2\xa0your barge" },
		{ "may I borrow a boat?", "boat", "borrow a boat" },
		{ "on the river\r\n  bank", "river", "river\r\n  bank" },
		{ "(the weir)", "river", "the weir" },
		{ "A heron.", "broken", "heron" },
	};
	struct bench *bench = *state;
	size_t i, start, end, count;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fold fold;
		struct hit *hits;

		fold_make(span_of(cases[i].text), bench->arena, &fold);
		lexicon_scan(bench->lexicon, &fold, bench->arena, &hits,
			     &count);
		assert_int_equal(count, 1);
		assert_string_equal(
			lexicon_concept_name(bench->lexicon, hits[0].concept),
			cases[i].want_concept);
		fold_original(&fold, hits[0].start, hits[0].end, &start, &end);
		assert_true(span_is(span_sub(fold.original, start, end),
				    cases[i].want_words));
	}
}

static void
test_words_that_only_begin_or_end_alike_are_not_found(void **state)
{
	static const char *const texts[] = {
		"weirdly",       "oldweir",    "skiffs",       "a boat",
		"river banking", "row a boat", "lend me boat", "",
		"borrow your",   "herons",
	};
	struct bench *bench = *state;
	size_t i, count;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		struct fold fold;
		struct hit *hits;

		fold_make(span_of(texts[i]), bench->arena, &fold);
		lexicon_scan(bench->lexicon, &fold, bench->arena, &hits,
			     &count);
		assert_int_equal(count, 0);
	}
}

static void
test_a_line_whose_brackets_do_not_match_is_a_fault_and_no_more(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(bench->faults.count, 1);
	assert_int_equal(bench->faults.at[0].line, 1);
	assert_non_null(strstr(bench->faults.at[0].file, "broken.lex"));
}

static void
test_a_concept_is_known_by_name(void **state)
{
	struct bench *bench = *state;
	int river = lexicon_concept(bench->lexicon, "river");

	assert_true(river >= 0);
	assert_string_equal(lexicon_concept_name(bench->lexicon, (size_t)river),
			    "river");
	assert_int_equal(lexicon_concept(bench->lexicon, "riv"), -1);
	assert_int_equal(lexicon_concept_count(bench->lexicon), 3);
}

static void
test_a_directory_that_is_not_there_is_told(void **state)
{
	struct fault_list faults = { 0 };
	struct lexicon *lexicon;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(lexicon_load("/nonexistent", &faults, &lexicon, &err),
			 -1);
	assert_int_equal(err.kind, ERROR_CONFIG);
	assert_non_null(strstr(err.text, "/nonexistent"));
}

static void
test_a_lexicon_without_a_phrase_finds_nothing(void **state)
{
	struct bench *bench = *state;
	char directory[] = "/tmp/lexicon-XXXXXX", path[64];
	struct fold fold;
	struct lexicon *lexicon;
	struct error err = { 0 };
	struct hit *hits;
	size_t count;
	FILE *out;

	assert_non_null(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/boat.lex", directory);
	out = fopen(path, "we");
	assert_non_null(out);
	fputs("# none yet\n", out);
	fclose(out);
	assert_int_equal(
		lexicon_load(directory, &bench->faults, &lexicon, &err), 0);
	assert_int_equal(lexicon_phrase_count(lexicon), 0);
	fold_make(span_of("A boat."), bench->arena, &fold);
	lexicon_scan(lexicon, &fold, bench->arena, &hits, &count);
	assert_int_equal(count, 0);
	lexicon_free(lexicon);
	unlink(path);
	rmdir(directory);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_a_phrase_is_found_with_its_original_bytes),
		cmocka_unit_test(
			test_words_that_only_begin_or_end_alike_are_not_found),
		cmocka_unit_test(
			test_a_line_whose_brackets_do_not_match_is_a_fault_and_no_more),
		cmocka_unit_test(test_a_concept_is_known_by_name),
		cmocka_unit_test(test_a_lexicon_without_a_phrase_finds_nothing),
		cmocka_unit_test(test_a_directory_that_is_not_there_is_told),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
