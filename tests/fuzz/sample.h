/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SAMPLE_H
#define SAMPLE_H
/*
 * What the fuzzers of mail share: one reading in an arena of its own, and what
 * must be true of the facts of any message, however odd its bytes.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "edges/wire_message.h"
#include "facts/message_private.h"

struct sample {
	struct message message;
	struct message_origin origin;
	struct message_trust trust;
	struct reading reading;
};

/* A council that has said everything about its mail system. */
static inline struct message_trust
sample_trust(bool hostile)
{
	static const struct span header = { .ptr = "X-Original-To", .len = 13 };
	static const struct span journal = { .ptr = "j@x.example", .len = 11 };
	static const struct span domain = { .ptr = "x.example", .len = 9 };
	static const struct span servers[] = {
		{ .ptr = "mx.x.example", .len = 12 },
		{ .ptr = "exchange-online", .len = 15 },
	};

	return (struct message_trust){
		.headers = &header,
		.header_count = 1,
		.journals = &journal,
		.journal_count = 1,
		.journal_anywhere = hostile,
		.domains = &domain,
		.domain_count = 1,
		.hops = hostile ? 1 : 0,
		.servers = servers,
		.server_count = ARRAY_SIZE(servers),
		.exchange = hostile,
		.missing_fails = hostile,
	};
}

static inline void
sample_open(struct sample *sample)
{
	*sample = (struct sample){ .message.message_id = span_of("<a@b>"),
				   .message.received = 1,
				   .message.subject = span_of("Re: Bins"),
				   .origin.internal_date = 1,
				   .trust = sample_trust(false) };
	sample->reading = (struct reading){
		.origin = &sample->origin,
		.trust = &sample->trust,
		.limits = &message_limits_default,
		.message = &sample->message,
		.arena = arena_new(0),
		.answer_colours = HTML_RED | HTML_BLUE,
	};
	message_prepare();
}

static inline void
sample_close(struct sample *sample)
{
	arena_free(sample->reading.arena);
}

/* Bytes of which the first line end, or form feed, parts two inputs. */
static inline struct span
sample_part(struct span *rest, char separator)
{
	size_t end = span_find_byte(*rest, separator);
	struct span part = span_sub(*rest, 0, end);

	*rest = span_sub(*rest, end + 1, rest->len);
	return part;
}

static inline void
sample_check_text(struct span text)
{
	if (!text_utf8_valid(text) || span_find_byte(text, '\0') != text.len)
		abort();
}

static inline void
sample_check_addresses(struct addresses addresses)
{
	size_t i, at;

	for (i = 0; i < addresses.count; i++) {
		struct span email = addresses.at[i].email;

		sample_check_text(email);
		sample_check_text(addresses.at[i].name);
		for (at = 0; at < email.len; at++)
			if (email.ptr[at] >= 'A' && email.ptr[at] <= 'Z')
				abort();
	}
}

/* The promises of the header; and that the engine takes what a reader sends. */
static inline void
sample_check(const struct message *message)
{
	struct arena *arena = arena_new(0);
	struct message *again;
	struct wire_reader reader;
	struct error err;
	struct buf frame;
	size_t i;

	sample_check_text(message->subject);
	sample_check_text(message->body);
	sample_check_text(message->quoted);
	sample_check_text(message->signature);
	sample_check_addresses(message->to);
	sample_check_addresses(message->cc);
	for (i = 0; i < message->attachment_count; i++) {
		sample_check_text(message->attachments[i].name);
		sample_check_text(message->attachments[i].text);
	}
	for (i = 0; i < message->quote_count; i++)
		sample_check_text(message->quotes[i].text);
	buf_init(&frame, WIRE_FRAME_MAX);
	wire_put_message(&frame, message);
	reader = wire_reader_of(buf_span(&frame));
	if (frame.cut || wire_get_message(&reader, arena, &again, &err) != 0)
		abort();
	buf_clear(&frame);
	arena_free(arena);
}

#endif
