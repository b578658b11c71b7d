/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire_message.h"

static const int64_t time_least = -(INT64_C(1) << 40);
static const int64_t time_most = INT64_C(1) << 40;

/* ---- writing ---- */

static void
put_spans(struct buf *body, const struct span *at, size_t count)
{
	size_t i;

	wire_put_number(body, (int64_t)count);
	for (i = 0; i < count; i++)
		wire_put_text(body, at[i]);
}

static void
put_address(struct buf *body, struct address address)
{
	wire_put_text(body, address.email);
	wire_put_text(body, address.name);
}

static void
put_addresses(struct buf *body, struct addresses addresses)
{
	size_t i;

	wire_put_number(body, (int64_t)addresses.count);
	for (i = 0; i < addresses.count; i++)
		put_address(body, addresses.at[i]);
}

static void
put_receipts(struct buf *body, const struct message *message)
{
	size_t i;

	wire_put_number(body, (int64_t)message->receipt_count);
	for (i = 0; i < message->receipt_count; i++) {
		wire_put_number(body, message->receipts[i].source);
		wire_put_text(body, message->receipts[i].email);
		wire_put_text(body, message->receipts[i].expanded);
		wire_put_text(body, message->receipts[i].forwarded);
	}
}

static void
put_quotes(struct buf *body, const struct message *message)
{
	size_t i;

	wire_put_number(body, (int64_t)message->quote_count);
	for (i = 0; i < message->quote_count; i++) {
		const struct quote *quote = &message->quotes[i];

		put_address(body, quote->from);
		put_addresses(body, quote->to);
		wire_put_number(body, quote->sent);
		wire_put_text(body, quote->subject);
		wire_put_text(body, quote->text);
		wire_put_flag(body, quote->forwarded);
	}
}

static void
put_attachments(struct buf *body, const struct message *message)
{
	size_t i;

	wire_put_number(body, (int64_t)message->attachment_count);
	for (i = 0; i < message->attachment_count; i++) {
		wire_put_text(body, message->attachments[i].name);
		wire_put_text(body, message->attachments[i].type);
		wire_put_text(body, message->attachments[i].text);
		wire_put_flag(body, message->attachments[i].inline_image);
	}
}

static void
put_enclosed(struct buf *body, const struct message *message)
{
	size_t i;

	wire_put_number(body, (int64_t)message->enclosed_count);
	for (i = 0; i < message->enclosed_count; i++) {
		const struct enclosed *enclosed = &message->enclosed[i];

		wire_put_text(body, enclosed->message_id);
		put_address(body, enclosed->from);
		put_addresses(body, enclosed->to);
		put_addresses(body, enclosed->cc);
		wire_put_number(body, enclosed->date);
		wire_put_text(body, enclosed->subject);
		wire_put_text(body, enclosed->text);
	}
}

static void
put_failures(struct buf *body, const struct message *message)
{
	size_t i;

	wire_put_number(body, (int64_t)message->failure_count);
	for (i = 0; i < message->failure_count; i++) {
		wire_put_text(body, message->failures[i].recipient);
		wire_put_text(body, message->failures[i].status);
		wire_put_flag(body, message->failures[i].permanent);
	}
}

static void
put_head(struct buf *body, const struct message *message)
{
	wire_put_text(body, message->message_id);
	wire_put_text(body, message->in_reply_to);
	put_spans(body, message->references, message->reference_count);
	wire_put_text(body, message->thread_index);
	put_address(body, message->from);
	put_address(body, message->sender);
	wire_put_number(body, message->sender_check);
	wire_put_text(body, message->sender_why);
	put_addresses(body, message->reply_to);
	put_addresses(body, message->to);
	put_addresses(body, message->cc);
	put_receipts(body, message);
	wire_put_flag(body, message->journaled);
	wire_put_text(body, message->mailbox_owner);
	wire_put_number(body, message->received);
	wire_put_number(body, message->date);
}

void
wire_put_message(struct buf *body, const struct message *message)
{
	put_head(body, message);
	wire_put_text(body, message->subject);
	wire_put_text(body, message->body);
	wire_put_text(body, message->quoted);
	wire_put_text(body, message->signature);
	wire_put_flag(body, message->forward);
	put_quotes(body, message);
	put_attachments(body, message);
	put_enclosed(body, message);
	wire_put_number(body, message->automatic);
	wire_put_text(body, message->automatic_why);
	put_failures(body, message);
	wire_put_text(body, message->report_about);
	wire_put_text(body, message->list_id);
	/* All 64 bits; the wire's numbers are signed. */
	wire_put_number(body, (int64_t)message->body_hash);
	put_spans(body, message->warnings, message->warning_count);
}

/* ---- reading ---- */

static struct span
get_text(struct wire_reader *reader)
{
	return wire_get_text(reader, WIRE_FRAME_MAX);
}

static time_t
get_time(struct wire_reader *reader)
{
	return (time_t)wire_get_number(reader, time_least, time_most);
}

/* Reads how many there are, and makes zeroed room for them. A member needs at
 * least `least` bytes on the wire, so a count cannot claim more memory than a
 * small multiple of the frame. */
static void *
get_array(struct wire_reader *reader, struct arena *arena, size_t least,
	  size_t size, size_t *ret_count)
{
	size_t count = wire_get_count(reader, WIRE_LIST_MAX);

	if (count > reader->rest.len / least) {
		reader->bad = true;
		count = 0;
	}
	*ret_count = count;
	return count != 0 ? arena_array(arena, count, size) : NULL;
}

static struct span *
get_spans(struct wire_reader *reader, struct arena *arena, size_t *ret_count)
{
	struct span *at = get_array(reader, arena, 1, sizeof *at, ret_count);
	size_t i;

	for (i = 0; i < *ret_count && !reader->bad; i++)
		at[i] = get_text(reader);
	return at;
}

static struct address
get_address(struct wire_reader *reader)
{
	struct address address;

	address.email = get_text(reader);
	address.name = get_text(reader);
	return address;
}

static struct addresses
get_addresses(struct wire_reader *reader, struct arena *arena)
{
	struct addresses addresses;
	size_t i;

	addresses.at = get_array(reader, arena, 2, sizeof *addresses.at,
				 &addresses.count);
	for (i = 0; i < addresses.count && !reader->bad; i++)
		addresses.at[i] = get_address(reader);
	return addresses;
}

static void
get_receipts(struct wire_reader *reader, struct arena *arena,
	     struct message *message)
{
	size_t i;

	message->receipts =
		get_array(reader, arena, 4, sizeof *message->receipts,
			  &message->receipt_count);
	for (i = 0; i < message->receipt_count && !reader->bad; i++) {
		struct receipt *receipt = &message->receipts[i];

		receipt->source = (enum receipt_source)wire_get_number(
			reader, 0, RECEIPT_SOURCE_COUNT - 1);
		receipt->email = get_text(reader);
		receipt->expanded = get_text(reader);
		receipt->forwarded = get_text(reader);
	}
}

static void
get_quotes(struct wire_reader *reader, struct arena *arena,
	   struct message *message)
{
	size_t i;

	message->quotes = get_array(reader, arena, 7, sizeof *message->quotes,
				    &message->quote_count);
	for (i = 0; i < message->quote_count && !reader->bad; i++) {
		struct quote *quote = &message->quotes[i];

		quote->from = get_address(reader);
		quote->to = get_addresses(reader, arena);
		quote->sent = get_time(reader);
		quote->subject = get_text(reader);
		quote->text = get_text(reader);
		quote->forwarded = wire_get_flag(reader);
	}
}

static void
get_attachments(struct wire_reader *reader, struct arena *arena,
		struct message *message)
{
	size_t i;

	message->attachments =
		get_array(reader, arena, 4, sizeof *message->attachments,
			  &message->attachment_count);
	for (i = 0; i < message->attachment_count && !reader->bad; i++) {
		struct attachment *attachment = &message->attachments[i];

		attachment->name = get_text(reader);
		attachment->type = get_text(reader);
		attachment->text = get_text(reader);
		attachment->inline_image = wire_get_flag(reader);
	}
}

static void
get_enclosed(struct wire_reader *reader, struct arena *arena,
	     struct message *message)
{
	size_t i;

	message->enclosed =
		get_array(reader, arena, 8, sizeof *message->enclosed,
			  &message->enclosed_count);
	for (i = 0; i < message->enclosed_count && !reader->bad; i++) {
		struct enclosed *enclosed = &message->enclosed[i];

		enclosed->message_id = get_text(reader);
		enclosed->from = get_address(reader);
		enclosed->to = get_addresses(reader, arena);
		enclosed->cc = get_addresses(reader, arena);
		enclosed->date = get_time(reader);
		enclosed->subject = get_text(reader);
		enclosed->text = get_text(reader);
	}
}

static void
get_failures(struct wire_reader *reader, struct arena *arena,
	     struct message *message)
{
	size_t i;

	message->failures =
		get_array(reader, arena, 3, sizeof *message->failures,
			  &message->failure_count);
	for (i = 0; i < message->failure_count && !reader->bad; i++) {
		message->failures[i].recipient = get_text(reader);
		message->failures[i].status = get_text(reader);
		message->failures[i].permanent = wire_get_flag(reader);
	}
}

static void
get_head(struct wire_reader *reader, struct arena *arena,
	 struct message *message)
{
	message->message_id = get_text(reader);
	message->in_reply_to = get_text(reader);
	message->references =
		get_spans(reader, arena, &message->reference_count);
	message->thread_index = get_text(reader);
	message->from = get_address(reader);
	message->sender = get_address(reader);
	message->sender_check = (enum sender_check)wire_get_number(
		reader, 0, SENDER_CHECK_COUNT - 1);
	message->sender_why = get_text(reader);
	message->reply_to = get_addresses(reader, arena);
	message->to = get_addresses(reader, arena);
	message->cc = get_addresses(reader, arena);
	get_receipts(reader, arena, message);
	message->journaled = wire_get_flag(reader);
	message->mailbox_owner = get_text(reader);
	message->received = get_time(reader);
	message->date = get_time(reader);
}

int
wire_get_message(struct wire_reader *reader, struct arena *arena,
		 struct message **ret_message, struct error *err)
{
	struct message *message = arena_alloc(arena, sizeof *message);

	get_head(reader, arena, message);
	message->subject = get_text(reader);
	message->body = get_text(reader);
	message->quoted = get_text(reader);
	message->signature = get_text(reader);
	message->forward = wire_get_flag(reader);
	get_quotes(reader, arena, message);
	get_attachments(reader, arena, message);
	get_enclosed(reader, arena, message);
	message->automatic =
		(enum automatic)wire_get_number(reader, 0, AUTOMATIC_COUNT - 1);
	message->automatic_why = get_text(reader);
	get_failures(reader, arena, message);
	message->report_about = get_text(reader);
	message->list_id = get_text(reader);
	message->body_hash =
		(uint64_t)wire_get_number(reader, INT64_MIN, INT64_MAX);
	message->warnings = get_spans(reader, arena, &message->warning_count);
	if (reader->bad || message->message_id.len == 0 ||
	    message->received == 0)
		return error_set(err, ERROR_INPUT,
				 "the reader's answer makes no sense");
	*ret_message = message;
	return 0;
}
