/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"
#include "facts/message.h"
#include "read_private.h"

enum { LIST_MAX = 10000 };

static void
put_list(struct buf *body, const struct span *at, size_t count)
{
	size_t i;

	wire_put_number(body, (int64_t)count);
	for (i = 0; i < count; i++)
		wire_put_text(body, at[i]);
}

static const struct span *
get_list(struct wire_reader *reader, struct arena *arena, size_t *ret_count)
{
	size_t count = wire_get_count(reader, LIST_MAX), i;
	struct span *at = arena_array(arena, count, sizeof *at);

	for (i = 0; i < count; i++)
		at[i] = arena_span(arena,
				   wire_get_text(reader, WIRE_FRAME_MAX));
	*ret_count = count;
	return at;
}

void
read_put_settings(struct buf *body, const struct read_settings *settings)
{
	const struct message_limits *limits = &settings->limits;
	const struct message_trust *trust = &settings->trust;

	wire_put_number(body, (int64_t)settings->memory_max);
	wire_put_number(body, (int64_t)limits->message);
	wire_put_number(body, (int64_t)limits->header);
	wire_put_number(body, (int64_t)limits->text);
	wire_put_number(body, (int64_t)limits->attachment_text);
	wire_put_number(body, (int64_t)limits->evidence);
	wire_put_number(body, limits->parts);
	wire_put_number(body, limits->depth);
	wire_put_number(body, limits->addresses);
	wire_put_number(body, limits->references);
	wire_put_number(body, limits->attachments);
	wire_put_number(body, limits->quotes);
	put_list(body, trust->headers, trust->header_count);
	put_list(body, trust->journals, trust->journal_count);
	wire_put_flag(body, trust->journal_anywhere);
	put_list(body, trust->domains, trust->domain_count);
	wire_put_number(body, trust->hops);
	put_list(body, trust->servers, trust->server_count);
	wire_put_flag(body, trust->exchange);
	wire_put_flag(body, trust->missing_fails);
}

static size_t
get_size(struct wire_reader *reader)
{
	return (size_t)wire_get_number(reader, 0, INT64_MAX);
}

static unsigned
get_unsigned(struct wire_reader *reader)
{
	return (unsigned)wire_get_number(reader, 0, UINT32_MAX);
}

int
read_get_settings(struct span body, struct arena *arena,
		  struct read_settings *ret_settings, struct error *err)
{
	struct wire_reader reader = wire_reader_of(body);
	struct read_settings settings = { 0 };
	struct message_limits *limits = &settings.limits;
	struct message_trust *trust = &settings.trust;

	settings.memory_max = get_size(&reader);
	limits->message = get_size(&reader);
	limits->header = get_size(&reader);
	limits->text = get_size(&reader);
	limits->attachment_text = get_size(&reader);
	limits->evidence = get_size(&reader);
	limits->parts = get_unsigned(&reader);
	limits->depth = get_unsigned(&reader);
	limits->addresses = get_unsigned(&reader);
	limits->references = get_unsigned(&reader);
	limits->attachments = get_unsigned(&reader);
	limits->quotes = get_unsigned(&reader);
	trust->headers = get_list(&reader, arena, &trust->header_count);
	trust->journals = get_list(&reader, arena, &trust->journal_count);
	trust->journal_anywhere = wire_get_flag(&reader);
	trust->domains = get_list(&reader, arena, &trust->domain_count);
	trust->hops = get_unsigned(&reader);
	trust->servers = get_list(&reader, arena, &trust->server_count);
	trust->exchange = wire_get_flag(&reader);
	trust->missing_fails = wire_get_flag(&reader);
	if (!wire_done(&reader))
		return error_set(err, ERROR_INTERNAL,
				 "settings of a reader make no sense");
	*ret_settings = settings;
	return 0;
}
