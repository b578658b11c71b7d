/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/sanitizer.h"
#include "edges/read.h"
#include "edges/read_private.h"

/*
 * The pool is tried with a reading function that does what the message says,
 * in real processes under the real jail: this program is its own reader.
 */

enum {
	DEADLINE_MS = 1500,
	BUSY_MS = 120000, /* a deadline grows while the machine has no time */
	MEMORY = 384 * 1024 * 1024
};

/* Where a reader tells how far it is, as one that was hijacked would find it.
 */
static struct read_progress *own_progress;

static void
pretend_progress(void)
{
	for (;;)
		(void)atomic_fetch_add(&own_progress->at, (uint64_t)1 << 16);
}

static void
eat_memory(void)
{
	for (;;) {
		char *block = malloc(8 * 1024 * 1024);

		if (block == NULL)
			abort();
		memset(block, 1, 8 * 1024 * 1024);
	}
}

/* Of "attached abort" the evil is in the attachment. */
static struct span
evil_of(struct span raw, const struct message_limits *limits)
{
	if (!span_starts(raw, "attached "))
		return raw;
	return limits->attachment_text != 0 ? span_sub(raw, 9, raw.len) :
					      span_of("");
}

static void
do_evil(struct span raw)
{
	static char *const none[] = { NULL };
	const struct timespec hour = { .tv_sec = 3600 };
	volatile int *nowhere = NULL;

	if (span_starts(raw, "abort"))
		abort();
	if (span_starts(raw, "segv"))
		*nowhere = 1;
	if (span_starts(raw, "leave"))
		_exit(0);
	if (span_starts(raw, "memory") && !is_limitless())
		eat_memory();
	if (span_starts(raw, "program"))
		(void)execve("/bin/true", none, none);
	if (span_starts(raw, "sleep"))
		(void)nanosleep(&hour, NULL);
	if (span_starts(raw, "pretend"))
		pretend_progress();
	while (span_starts(raw, "spin"))
		;
}

static int
read_as_told(struct span raw, const struct message_origin *origin,
	     const struct message_trust *trust,
	     const struct message_limits *limits, struct arena *arena,
	     struct message **ret_message, struct error *err)
{
	struct message *message = arena_alloc(arena, sizeof *message);

	(void)trust;
	do_evil(evil_of(raw, limits));
	if (span_starts(raw, "unreadable"))
		return error_set(err, ERROR_INPUT, "nothing can be made of it");
	message->message_id = span_of("<a@b>");
	if (span_starts(raw, "nonsense"))
		message->message_id = span_of("\xff\xfe");
	message->received = origin->internal_date;
	message->body = raw;
	message->mailbox_owner = origin->owner;
	*ret_message = message;
	return 0;
}

static struct batch *
make_batch(const char *const *raw, size_t count)
{
	struct batch *batch;
	struct error err;
	size_t i;

	assert_int_equal(batch_new(1000000, &batch, &err), 0);
	batch_name(batch, "box", "INBOX", "owner@council.example");
	for (i = 0; i < count; i++) {
		if (strcmp(raw[i], "missing") == 0) {
			assert_int_equal(batch_fail(batch, i + 1, "", 7,
						    "not given", &err),
					 0);
			continue;
		}
		assert_int_equal(batch_begin(batch, i + 1, "", 7, &err), 0);
		assert_int_equal(batch_write(batch, span_of(raw[i]), &err), 0);
	}
	assert_int_equal(batch_seal(batch, &err), 0);
	return batch;
}

static struct readers *
open_readers(unsigned count)
{
	struct readers_settings settings = { .count = count,
					     .deadline_ms = DEADLINE_MS,
					     .memory_max = MEMORY };
	struct readers *readers;
	struct error err;

	assert_int_equal(readers_open(&settings, &readers, &err), 0);
	return readers;
}

/* What comes out for one message, as the body or "!" and the reason. */
static void
expect(struct readers *readers, const char *raw, const char *want_why)
{
	struct reading reading;
	struct error err;

	assert_int_equal(readers_next(readers, -1, &reading, &err), 1);
	if (want_why == NULL) {
		if (reading.message == NULL)
			fail_msg("\"%s\": %s", raw, reading.why);
		assert_true(span_is(reading.message->body, raw));
		assert_true(span_is(reading.message->mailbox_owner,
				    "owner@council.example"));
		return;
	}
	assert_null(reading.message);
	if (strstr(reading.why, want_why) == NULL)
		fail_msg("\"%s\": %s", raw, reading.why);
}

static const struct {
	const char *raw, *want_why;
} cases[] = {
	{ "one", NULL },
	{ "abort", "broke down" },
	{ "two", NULL },
	{ "segv", "broke down" },
	{ "leave", "broke down" },
	{ "three", NULL },
	{ "memory", "memory" },
	{ "missing", "not given" },
	{ "program", "what it may not" },
	{ "unreadable", "nothing can be made" },
	{ "nonsense", "no sense" },
	{ "four", NULL },
	{ "spin", "too long" },
	{ "five", NULL },
	{ "attached abort", NULL },
	{ "attached abort", NULL },
	{ "attached memory", NULL },
	{ "attached spin", NULL },
	{ "attached nothing", NULL },
	{ "", NULL },
};

static void
read_all_cases(unsigned count)
{
	const char *raw[ARRAY_SIZE(cases)];
	struct readers *readers = open_readers(count);
	struct error err;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		raw[i] = cases[i].raw;
	assert_int_equal(readers_submit(readers,
					make_batch(raw, ARRAY_SIZE(cases)),
					&err),
			 0);
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		expect(readers, cases[i].raw,
		       is_limitless() && strcmp(cases[i].raw, "memory") == 0 ?
			       NULL :
			       cases[i].want_why);
	assert_true(readers_idle(readers));
	readers_close(readers);
}

static void
test_a_message_that_kills_its_reader_costs_itself_alone(void **state)
{
	(void)state;
	read_all_cases(1);
	read_all_cases(2);
}

static void
test_a_reader_that_only_waits_is_ended_too(void **state)
{
	static const char *const raw[] = { "sleep", "next" };
	struct readers *readers = open_readers(1);
	struct error err;

	(void)state;
	assert_int_equal(readers_submit(readers, make_batch(raw, 2), &err), 0);
	expect(readers, "sleep", "too long");
	expect(readers, "next", NULL);
	readers_close(readers);
}

static void
test_a_reader_that_pretends_to_go_on_is_ended_too(void **state)
{
	static const char *const raw[] = { "pretend", "next" };
	struct readers *readers = open_readers(1);
	struct reading reading;
	struct error err;
	int got = 0, ms;

	(void)state;
	assert_int_equal(readers_submit(readers, make_batch(raw, 2), &err), 0);
	for (ms = 0; got == 0 && ms < BUSY_MS; ms += 500)
		got = readers_next(readers, 500, &reading, &err);
	assert_int_equal(got, 1);
	assert_non_null(strstr(reading.why, "too long"));
	expect(readers, "next", NULL);
	readers_close(readers);
}

static void
test_results_come_in_the_order_of_submission(void **state)
{
	enum { BATCHES = 12, EACH = 200 };
	static char text[BATCHES][EACH][16];
	const char *raw[EACH];
	struct readers *readers = open_readers(3);
	struct reading reading;
	struct error err;
	size_t b, i;

	(void)state;
	for (b = 0; b < BATCHES; b++) {
		for (i = 0; i < EACH; i++) {
			snprintf(text[b][i], sizeof text[b][i], "%zu/%zu", b,
				 i);
			raw[i] = text[b][i];
		}
		assert_false(readers_full(readers));
		assert_int_equal(
			readers_submit(readers, make_batch(raw, EACH), &err),
			0);
	}
	for (b = 0; b < BATCHES; b++)
		for (i = 0; i < EACH; i++) {
			assert_int_equal(
				readers_next(readers, -1, &reading, &err), 1);
			assert_true(span_is(reading.message->body, text[b][i]));
			assert_int_equal(reading.index, i);
			assert_int_equal(reading.last, i == EACH - 1);
		}
	assert_int_equal(readers_next(readers, 0, &reading, &err), 0);
	assert_int_equal(readers_next(readers, -1, &reading, &err), 0);
	readers_close(readers);
}

static void
test_a_reader_killed_from_outside_loses_nothing(void **state)
{
	enum { COUNT = 400 };
	const char *raw[COUNT];
	struct readers *readers = open_readers(2);
	struct reading reading;
	struct error err;
	pid_t pids[READERS_MAX];
	size_t i, n, bad = 0;

	(void)state;
	for (i = 0; i < COUNT; i++)
		raw[i] = "whatever";
	assert_int_equal(readers_submit(readers, make_batch(raw, COUNT), &err),
			 0);
	for (i = 0; i < COUNT; i++) {
		if (i % 100 == 0) {
			n = readers_pids(readers, pids);
			assert_int_equal(n, 2);
			(void)kill(pids[i / 100 % 2], SIGKILL);
		}
		assert_int_equal(readers_next(readers, -1, &reading, &err), 1);
		assert_int_equal(reading.index, i);
		bad += reading.message == NULL;
	}
	/* Each kill may hit one message that was under way, never more. */
	assert_true(bad <= COUNT / 100);
	readers_close(readers);
}

static void
test_large_answers_do_not_lock_up_both_sides(void **state)
{
	enum { COUNT = 40, SIZE = 900000 };
	struct readers *readers = open_readers(2);
	const char *raw[COUNT];
	struct reading reading;
	struct error err;
	char *large = malloc(SIZE + 1);
	size_t i, round;

	(void)state;
	assert_non_null(large);
	memset(large, 'x', SIZE);
	large[SIZE] = '\0';
	for (i = 0; i < COUNT; i++)
		raw[i] = large;
	for (round = 0; round < 2; round++)
		assert_int_equal(
			readers_submit(readers, make_batch(raw, COUNT), &err),
			0);
	for (i = 0; i < 2 * COUNT; i++) {
		assert_int_equal(readers_next(readers, -1, &reading, &err), 1);
		assert_int_equal(reading.message->body.len, SIZE);
	}
	free(large);
	readers_close(readers);
}

static void
test_a_message_over_the_limit_is_cut_and_says_so(void **state)
{
	struct readers *readers = open_readers(1);
	struct reading reading;
	struct batch *batch;
	struct error err;

	(void)state;
	assert_int_equal(batch_new(4, &batch, &err), 0);
	assert_int_equal(batch_begin(batch, 1, "", 7, &err), 0);
	assert_int_equal(batch_write(batch, span_of("abc"), &err), 0);
	assert_int_equal(batch_write(batch, span_of("def"), &err), 0);
	assert_int_equal(batch_seal(batch, &err), 0);
	assert_int_equal(readers_submit(readers, batch, &err), 0);
	assert_int_equal(readers_next(readers, -1, &reading, &err), 1);
	assert_true(span_is(reading.message->body, "abcd"));
	assert_int_equal(reading.message->warning_count, 1);
	assert_true(span_starts(reading.message->warnings[0], "size"));
	readers_close(readers);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_a_message_that_kills_its_reader_costs_itself_alone),
		cmocka_unit_test(test_a_reader_that_only_waits_is_ended_too),
		cmocka_unit_test(
			test_a_reader_that_pretends_to_go_on_is_ended_too),
		cmocka_unit_test(test_results_come_in_the_order_of_submission),
		cmocka_unit_test(
			test_a_reader_killed_from_outside_loses_nothing),
		cmocka_unit_test(test_large_answers_do_not_lock_up_both_sides),
		cmocka_unit_test(
			test_a_message_over_the_limit_is_cut_and_says_so),
	};

	if (argc == 2 && strcmp(argv[1], "--role=read") == 0) {
		/* As role_main() does: no reader outlives its parent. */
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		own_progress = mmap(NULL, PROGRESS_SIZE, PROT_READ | PROT_WRITE,
				    MAP_SHARED, ROLE_FIRST_FD, 0);
		return read_serve(wire_open(ROLE_WIRE_FD), read_as_told);
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
