/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <string.h>

#include "edges/batch.h"
#include "sample.h"

/* A mail with something in every list of its facts. */
static const char mail[] =
	"From: a@x.example\nSender: s@x.example\nReply-To: r@x.example\n"
	"To: b@x.example, \"C, D\" <c@y.example>\nCc: d@x.example\n"
	"Bcc: e@x.example\nX-Original-To: f@x.example\nSubject: Re: Bins\n"
	"In-Reply-To: <1@x>\nReferences: <1@x> <2@x>\n"
	"Message-ID: <3@x.example>\nDate: Wed, 11 Mar 2026 10:00:00 +0000\n"
	"Content-Type: multipart/report; boundary=b\n\n--b\n\n"
	"Yes.\n\n-- \nIvy\n\nOn 1 Jan 2026 u@x.example wrote:\n> Bins?\n"
	"--b\nContent-Type: text/csv; name=a.csv\n\na,b\n"
	"--b\nContent-Type: message/delivery-status\n\n"
	"Final-Recipient: rfc822; g@x.example\nAction: failed\nStatus: 5.1.1\n"
	"--b\nContent-Type: message/rfc822\n\n"
	"From: h@x.example\nTo: i@x.example\nMessage-ID: <4@x>\n\nBins?\n"
	"--b--\n";

static void
put_good(struct buf *frame)
{
	const struct message_trust trust = sample_trust(true);
	const struct message_origin origin = { .internal_date = 1 };
	struct arena *arena = arena_new(0);
	struct message *message;
	struct error err;

	if (message_read(span_of(mail), &origin, &trust,
			 &message_limits_default, arena, &message, &err) != 0)
		abort();
	wire_put_message(frame, message);
	arena_free(arena);
}

/* A good frame with bytes changed: each three of the input say where, and what
 * is there then. */
static void
put_changed(struct buf *frame, struct span changes)
{
	static struct buf good;
	size_t at;

	if (good.len == 0) {
		buf_init(&good, WIRE_FRAME_MAX);
		put_good(&good);
	}
	buf_add(frame, buf_span(&good));
	for (; changes.len >= 3; changes = span_sub(changes, 3, changes.len)) {
		at = (unsigned char)changes.ptr[0] * 256u +
		     (unsigned char)changes.ptr[1];
		frame->ptr[at % frame->len] = changes.ptr[2];
	}
}

/* What a hijacked reader may say to the engine. What is taken must come out of
 * the encoder, and be taken again. The first byte tells whether the others are
 * a frame, or changes of a good one. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span bytes = { .ptr = (const char *)data, .len = size };
	struct arena *arena = arena_new(0);
	struct wire_reader reader;
	struct message *message;
	struct batch *batch;
	struct buf frame, again;
	struct error err;

	buf_init(&frame, WIRE_FRAME_MAX);
	buf_init(&again, WIRE_FRAME_MAX);
	if (size != 0 && data[0] % 2 != 0)
		put_changed(&frame, span_sub(bytes, 1, size));
	else
		buf_add(&frame, span_sub(bytes, 1, size));
	reader = wire_reader_of(buf_span(&frame));
	if (wire_get_message(&reader, arena, &message, &err) == 0) {
		wire_put_message(&again, message);
		reader = wire_reader_of(buf_span(&again));
		if (wire_get_message(&reader, arena, &message, &err) != 0)
			abort();
	}
	if (batch_decode(buf_span(&frame), -1, &batch, &err) == 0)
		abort(); /* without a sealed file nothing is a batch */
	buf_clear(&frame);
	buf_clear(&again);
	arena_free(arena);
	return 0;
}
