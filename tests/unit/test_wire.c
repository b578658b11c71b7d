/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "edges/batch.h"
#include "edges/wire.h"
#include "edges/wire_message.h"

struct pair {
	struct wire *a, *b;
};

static int
open_pair(void **state)
{
	struct pair *pair = calloc(1, sizeof *pair);
	struct error err;
	int fds[2];

	assert_non_null(pair);
	assert_int_equal(wire_pair(fds, &err), 0);
	pair->a = wire_open(fds[0]);
	pair->b = wire_open(fds[1]);
	*state = pair;
	return 0;
}

static int
close_pair(void **state)
{
	struct pair *pair = *state;

	wire_close(pair->a);
	wire_close(pair->b);
	free(pair);
	return 0;
}

static void
test_fields_arrive_as_they_were_written(void **state)
{
	struct wire_reader reader;
	struct buf body;

	(void)state;
	buf_init(&body, 10000);
	wire_put_number(&body, 0);
	wire_put_number(&body, INT64_MIN);
	wire_put_number(&body, INT64_MAX);
	wire_put_flag(&body, true);
	wire_put_text(&body, span_of("Gr\xc3\xbc\xc3\x9f Gott, und so fort"));
	wire_put_string(&body, NULL);
	wire_put_bytes(&body, (struct span){ .ptr = "\0\xff", .len = 2 });
	reader = wire_reader_of(buf_span(&body));
	assert_int_equal(wire_get_number(&reader, 0, 0), 0);
	assert_true(wire_get_number(&reader, INT64_MIN, 0) == INT64_MIN);
	assert_true(wire_get_number(&reader, 0, INT64_MAX) == INT64_MAX);
	assert_true(wire_get_flag(&reader));
	assert_true(span_is(wire_get_text(&reader, 100),
			    "Gr\xc3\xbc\xc3\x9f Gott, und so fort"));
	assert_int_equal(wire_get_text(&reader, 0).len, 0);
	assert_int_equal(wire_get_bytes(&reader, 2).len, 2);
	assert_true(wire_done(&reader));
	buf_clear(&body);
}

/* Bodies that a hijacked reader might send where a text of at most 8 bytes is
 * due. */
static const struct {
	const char *name;
	const char *bytes;
	size_t len;
} bad_texts[] = {
	{ "nothing", "", 0 },
	{ "a number", "\x01", 1 },
	{ "an array", "\x91\xa1x", 3 },
	{ "an array of four thousand million", "\xdd\xff\xff\xff\xff", 5 },
	{ "a map", "\x81\xa1x\xa1y", 5 },
	{ "an extension", "\xd4\x01x", 3 },
	{ "a type that is none", "\xc1", 1 },
	{ "cut short", "\xa5xy", 3 },
	{ "longer than allowed", "\xa9xxxxxxxxx", 10 },
	{ "a length that is not there", "\xdb\x7f\xff\xff\xff", 5 },
	{ "with NUL", "\xa3x\0y", 4 },
	{ "with NUL among eight", "\xa8xxxxxx\0y", 9 },
	{ "no UTF-8", "\xa2\xc3(", 3 },
	{ "half a character", "\xa1\xc3", 2 },
	{ "a surrogate", "\xa3\xed\xa0\x80", 4 },
};

static void
test_a_bad_text_makes_the_reader_bad(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad_texts); i++) {
		struct wire_reader reader = wire_reader_of((struct span){
			.ptr = bad_texts[i].bytes, .len = bad_texts[i].len });
		struct span text = wire_get_text(&reader, 8);

		if (text.len != 0 || !reader.bad)
			fail_msg("%s was taken", bad_texts[i].name);
		assert_int_equal(wire_get_number(&reader, 5, 9), 0);
		assert_false(wire_done(&reader));
	}
}

static void
test_counts_never_exceed_what_can_be_there(void **state)
{
	struct wire_reader reader;
	struct buf body;

	(void)state;
	buf_init(&body, 100);
	wire_put_number(&body, 5);
	wire_put_number(&body, 1);
	reader = wire_reader_of(buf_span(&body));
	assert_int_equal(wire_get_count(&reader, 1000), 0);
	assert_true(reader.bad);
	buf_clear(&body);
}

static struct message *
full_message(struct arena *arena)
{
	struct message *m = arena_alloc(arena, sizeof *m);
	struct address *to = arena_array(arena, 2, sizeof *to);
	struct span *words = arena_array(arena, 1, sizeof *words);

	to[0] = (struct address){ span_of("a@x.example"), span_of("A") };
	to[1] = (struct address){ span_of("b@x.example"), span_of("") };
	words[0] = span_of("<r@x>");
	m->message_id = span_of("<m@x>");
	m->in_reply_to = span_of("<r@x>");
	m->references = words;
	m->reference_count = 1;
	m->thread_index = span_of("00ff");
	m->from = to[0];
	m->sender = to[1];
	m->to = m->cc = m->reply_to = (struct addresses){ to, 2 };
	m->receipts = arena_array(arena, 1, sizeof *m->receipts);
	m->receipts[0] = (struct receipt){ RECEIPT_JOURNAL_BCC, to[0].email,
					   to[1].email, span_of("f@x") };
	m->receipt_count = 1;
	m->journaled = true;
	m->mailbox_owner = span_of("o@x");
	m->received = 1700000000;
	m->date = 1700000001;
	m->subject = span_of("S");
	m->body = span_of("B\n");
	m->quoted = span_of("> q\n");
	m->signature = span_of("--\n");
	m->forward = true;
	m->quotes = arena_array(arena, 1, sizeof *m->quotes);
	m->quotes[0] = (struct quote){ to[0],         { to, 2 },     5,
				       span_of("qs"), span_of("qt"), true };
	m->quote_count = 1;
	m->attachments = arena_array(arena, 1, sizeof *m->attachments);
	m->attachments[0] = (struct attachment){ span_of("n"), span_of("t/t"),
						 span_of("text"), true };
	m->attachment_count = 1;
	m->enclosed = arena_array(arena, 1, sizeof *m->enclosed);
	m->enclosed[0] =
		(struct enclosed){ span_of("<e@x>"), to[1], { to, 1 },
				   { to, 2 },        9,     span_of("es"),
				   span_of("et") };
	m->enclosed_count = 1;
	m->automatic = AUTOMATIC_DELAY;
	m->automatic_why = span_of("why");
	m->failures = arena_array(arena, 1, sizeof *m->failures);
	m->failures[0] =
		(struct failure){ span_of("z@x"), span_of("5.1.1"), true };
	m->failure_count = 1;
	m->report_about = span_of("<about@x>");
	m->list_id = span_of("list.x");
	m->body_hash = UINT64_MAX - 3;
	m->warnings = words;
	m->warning_count = 1;
	return m;
}

static void
test_a_message_survives_the_wire_in_every_field(void **state)
{
	struct arena *arena = arena_new(0);
	struct message *m = full_message(arena), *got;
	struct wire_reader reader;
	struct buf once, twice;
	struct error err;

	(void)state;
	buf_init(&once, 100000);
	buf_init(&twice, 100000);
	wire_put_message(&once, m);
	reader = wire_reader_of(buf_span(&once));
	assert_int_equal(wire_get_message(&reader, arena, &got, &err), 0);
	assert_true(wire_done(&reader));
	wire_put_message(&twice, got);
	assert_true(span_equal(buf_span(&once), buf_span(&twice)));
	assert_true(got->body_hash == m->body_hash);
	assert_true(got->receipts[0].source == RECEIPT_JOURNAL_BCC);
	assert_true(span_is(got->enclosed[0].cc.at[1].email, "b@x.example"));
	assert_true(got->quotes[0].forwarded && got->failures[0].permanent);
	buf_clear(&once);
	buf_clear(&twice);
	arena_free(arena);
}

/* Every byte of a frame turned into every value of a few, and every length:
 * decoding says no or gives something valid, and never reads beyond. */
static void
test_a_broken_message_is_refused_or_harmless(void **state)
{
	static const unsigned char values[] = { 0x00, 0x7f, 0x80, 0x90,
						0xa0, 0xc0, 0xc4, 0xca,
						0xd9, 0xdb, 0xdd, 0xff };
	struct arena *arena = arena_new(0);
	struct message *got;
	struct wire_reader reader;
	struct error err;
	struct buf body;
	size_t at, v;

	(void)state;
	buf_init(&body, 100000);
	wire_put_message(&body, full_message(arena));
	for (at = 0; at < body.len; at++) {
		char was = body.ptr[at], *copy;

		for (v = 0; v < sizeof values; v++) {
			body.ptr[at] = (char)values[v];
			reader = wire_reader_of(buf_span(&body));
			(void)wire_get_message(&reader, arena, &got, &err);
		}
		body.ptr[at] = was;
		/* A copy of exactly that length, for the sanitizer. */
		copy = malloc(at != 0 ? at : 1);
		assert_non_null(copy);
		memcpy(copy, body.ptr, at);
		reader =
			wire_reader_of((struct span){ .ptr = copy, .len = at });
		assert_int_equal(wire_get_message(&reader, arena, &got, &err),
				 -1);
		free(copy);
	}
	buf_clear(&body);
	arena_free(arena);
}

static void
test_frames_and_descriptors_arrive_in_order(void **state)
{
	struct pair *pair = *state;
	struct wire_frame frame;
	struct error err;
	char text[16], got[16];
	int i, fd;

	for (i = 0; i < 10; i++) {
		snprintf(text, sizeof text, "frame %d", i);
		fd = -1;
		if (i % 2 == 1) {
			fd = memfd_create("t", 0);
			assert_true(write(fd, text, 8) == 8);
		}
		assert_int_equal(wire_queue(pair->a, WIRE_BATCH, span_of(text),
					    fd, &err),
				 0);
		if (fd >= 0)
			close(fd);
	}
	assert_int_equal(wire_flush(pair->a, &err), 0);
	for (i = 0; i < 10; i++) {
		snprintf(text, sizeof text, "frame %d", i);
		assert_int_equal(wire_wait(pair->b, 1000, &frame, &err), 1);
		assert_true(span_is(frame.body, text));
		assert_int_equal(frame.fd >= 0, i % 2);
		if (frame.fd < 0)
			continue;
		assert_true(pread(frame.fd, got, 8, 0) == 8);
		assert_memory_equal(got, text, 7);
		close(frame.fd);
	}
	assert_int_equal(wire_receive(pair->b, &frame, &err), 0);
}

static void
test_a_full_pipe_queues_and_a_full_queue_says_so(void **state)
{
	struct pair *pair = *state;
	struct wire_frame frame;
	struct error err;
	size_t size = 16 * 1024 * 1024, sent = 0, got = 0;
	char *large = calloc(1, size);

	assert_non_null(large);
	while (wire_send(pair->a, WIRE_LETTER,
			 (struct span){ .ptr = large, .len = size }, -1,
			 &err) == 0)
		sent++;
	assert_int_equal(err.kind, ERROR_TEMPORARY);
	assert_true(sent >= 4 && wire_queued(pair->a) <= WIRE_QUEUE_MAX);
	assert_true((wire_wants(pair->a) & POLLOUT) != 0);
	while (got < sent) {
		int rc = wire_receive(pair->b, &frame, &err);

		assert_true(rc >= 0);
		if (rc == 1) {
			assert_int_equal(frame.body.len, size);
			got++;
		}
		assert_int_equal(wire_flush(pair->a, &err), 0);
	}
	assert_int_equal(wire_queued(pair->a), 0);
	free(large);
}

static void
test_a_lost_peer_and_a_foreign_frame_are_told_apart(void **state)
{
	struct pair *pair = *state;
	struct wire_frame frame;
	struct error err;
	int fds[2];

	assert_int_equal(wire_pair(fds, &err), 0);
	wire_close(pair->a);
	pair->a = wire_open(fds[0]);
	assert_int_equal(wire_wait(pair->b, 1000, &frame, &err), -1);
	assert_int_equal(err.kind, ERROR_PERMANENT);
	wire_close(pair->b);
	pair->b = wire_open(fds[1]);
	assert_true(write(wire_fd(pair->a), "GET / HTTP/1.1\r\n\r\n", 18) ==
		    18);
	assert_int_equal(wire_wait(pair->b, 1000, &frame, &err), -1);
	assert_int_equal(err.kind, ERROR_INPUT);
}

static void
test_a_batch_is_believed_only_when_it_is_sealed_and_fits(void **state)
{
	struct batch *batch, *got;
	struct error err;
	struct buf body;
	int fd;

	(void)state;
	assert_int_equal(batch_new(0, &batch, &err), 0);
	batch_name(batch, "box", "INBOX", "o@x");
	assert_int_equal(batch_begin(batch, 17, "", 5, &err), 0);
	assert_int_equal(batch_write(batch, span_of("hello"), &err), 0);
	assert_int_equal(batch_fail(batch, 18, "", 6, "gone", &err), 0);
	buf_init(&body, 10000);
	batch_encode(batch, &body);
	/* Not sealed yet. */
	fd = dup(batch->fd);
	assert_int_equal(batch_decode(buf_span(&body), fd, &got, &err), -1);
	assert_int_equal(batch_seal(batch, &err), 0);
	fd = dup(batch->fd);
	assert_int_equal(batch_decode(buf_span(&body), fd, &got, &err), 0);
	assert_int_equal(got->count, 2);
	assert_int_equal(got->items[0].number, 17);
	assert_int_equal(got->items[0].length, 5);
	assert_string_equal(got->items[1].why, "gone");
	assert_string_equal(got->folder, "INBOX");
	batch_free(got);
	/* It says more than the file has. */
	batch->bytes = 6;
	batch->items[0].length = 6;
	buf_empty(&body);
	batch_encode(batch, &body);
	assert_int_equal(
		batch_decode(buf_span(&body), dup(batch->fd), &got, &err), -1);
	/* A place outside of it. */
	batch->bytes = 5;
	buf_empty(&body);
	batch_encode(batch, &body);
	assert_int_equal(
		batch_decode(buf_span(&body), dup(batch->fd), &got, &err), -1);
	buf_clear(&body);
	batch_free(batch);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields_arrive_as_they_were_written),
		cmocka_unit_test(test_a_bad_text_makes_the_reader_bad),
		cmocka_unit_test(test_counts_never_exceed_what_can_be_there),
		cmocka_unit_test(
			test_a_message_survives_the_wire_in_every_field),
		cmocka_unit_test(test_a_broken_message_is_refused_or_harmless),
		cmocka_unit_test_setup_teardown(
			test_frames_and_descriptors_arrive_in_order, open_pair,
			close_pair),
		cmocka_unit_test_setup_teardown(
			test_a_full_pipe_queues_and_a_full_queue_says_so,
			open_pair, close_pair),
		cmocka_unit_test_setup_teardown(
			test_a_lost_peer_and_a_foreign_frame_are_told_apart,
			open_pair, close_pair),
		cmocka_unit_test(
			test_a_batch_is_believed_only_when_it_is_sealed_and_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
