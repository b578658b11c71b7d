/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "facts/thread.h"

static const struct {
	const char *subject, *want;
} subjects[] = {
	{ "Bins in Mill Lane", "bins in mill lane" },
	{ "RE: Bins", "bins" },
	{ "Re: RE: Fw: AW: Bins", "bins" },
	{ "Re[2]: Bins", "bins" },
	{ "Re (3) : Bins", "bins" },
	{ "RÉP: Bins", "bins" },
	{ "Ynt: Bins", "bins" },
	{ "Ateb: Biniau", "biniau" },
	{ "SV:VS: Odp: Bins", "bins" },
	{ "回复：Bins", "bins" },
	{ "[External] Re: [EXT] Bins", "bins" },
	{ "Re: [CASE-C12] Bins", "bins" },
	{ "Bins [CASE-C12]", "bins" },
	{ "Bins [CASE-C12] now", "bins now" },
	{ "Automatic reply: Bins", "bins" },
	{ "  Bins \t in   Mill  ", "bins in mill" },
	{ "[Ward news] Bins", "[ward news] bins" },
	{ "Reading room", "reading room" },
	{ "Re", "re" },
	{ "Re:", "" },
	{ "", "" },
};

static void
test_a_subject_loses_prefixes_tags_and_case_references(void **state)
{
	struct arena *arena = arena_new(0);
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(subjects); i++) {
		struct span got =
			thread_subject(span_of(subjects[i].subject), arena);

		if (!span_is(got, subjects[i].want))
			fail_msg("'%s' gave '%.*s'", subjects[i].subject,
				 SPAN_ARG(got));
	}
	arena_free(arena);
}

static void
test_a_prefix_tells_reply_or_forward(void **state)
{
	(void)state;
	assert_true(thread_is_reply(span_of("Re: x")));
	assert_true(thread_is_reply(span_of("[EXTERNAL] AW: x")));
	assert_false(thread_is_reply(span_of("Fwd: Re: x")));
	assert_true(thread_is_forward(span_of("Fwd: Re: x")));
	assert_true(thread_is_forward(span_of("WG: x")));
	assert_true(thread_is_forward(span_of("Ymlaen: x")));
	assert_false(thread_is_forward(span_of("Re: Fw: x")));
	assert_false(thread_is_reply(span_of("Automatic reply: x")));
	assert_false(thread_is_reply(span_of("Reminder: x")));
}

static void
test_a_case_reference_is_what_stands_behind_the_dash(void **state)
{
	struct span reference = { .len = 0 };

	(void)state;
	assert_true(thread_case_reference(span_of("Re: [CASE-C12] Bins"),
					  &reference));
	assert_true(span_is(reference, "C12"));
	assert_true(thread_case_reference(span_of("bins [case-2026-7]"),
					  &reference));
	assert_true(span_is(reference, "2026-7"));
	assert_false(thread_case_reference(span_of("[CASE-]"), &reference));
	assert_false(thread_case_reference(span_of("[CASE-C12"), &reference));
	assert_false(thread_case_reference(span_of("CASE-C12"), &reference));
}

static void
test_a_thousand_prefixes_do_not_hang(void **state)
{
	struct arena *arena = arena_new(0);
	char subject[4001];
	size_t i;

	(void)state;
	for (i = 0; i < 4000; i += 4)
		memcpy(subject + i, "Re: ", 4);
	subject[4000] = '\0';
	assert_true(thread_subject(span_of(subject), arena).len < 4000);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_a_subject_loses_prefixes_tags_and_case_references),
		cmocka_unit_test(test_a_prefix_tells_reply_or_forward),
		cmocka_unit_test(
			test_a_case_reference_is_what_stands_behind_the_dash),
		cmocka_unit_test(test_a_thousand_prefixes_do_not_hang),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
