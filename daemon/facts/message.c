/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Assembly: from the tree of parts to the facts.
 */
#include "message.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "message_private.h"

static pthread_once_t prepared = PTHREAD_ONCE_INIT;

void
message_prepare(void)
{
	pthread_once(&prepared, mime_prepare);
}

static const char *const automatic_names[] = {
	[AUTOMATIC_NO] = "no",
	[AUTOMATIC_REPLY] = "reply",
	[AUTOMATIC_GENERATED] = "generated",
	[AUTOMATIC_BULK] = "bulk",
	[AUTOMATIC_BOUNCE] = "bounce",
	[AUTOMATIC_DELAY] = "delay",
	[AUTOMATIC_RECEIPT] = "receipt",
	[AUTOMATIC_CALENDAR] = "calendar",
};
_Static_assert(ARRAY_SIZE(automatic_names) == AUTOMATIC_COUNT,
	       "a name for each");

const char *
automatic_name(enum automatic automatic)
{
	return automatic_names[automatic];
}

const struct message_limits message_limits_default = {
	.message = (size_t)64 << 20, /* beyond what mail systems let through */
	.header = 256 * 1024,        /* real: < 32 kB */
	.text = 1 << 20,             /* a long council report is 300 kB */
	.attachment_text = 2 << 20,  /* of all attachments together */
	.evidence = 400,
	.parts = 1000,
	.depth = 30, /* the deepest in 41,301 real messages: 7 */
	.addresses = 2000,
	.references = 200,
	.attachments = 200,
	.quotes = 60,
};

enum {
	WARNINGS_MAX = 40,
	ID_MAX = 900,           /* a line of RFC 5322 has at most 998 */
	STUB_MAX = 200,         /* longer plain text is no stub */
	MOVED_S = 2 * 24 * 3600 /* facts D9: INTERNALDATE of moved mail */
};

void
reading_warn(struct reading *reading, const char *warning)
{
	struct message *message = reading->message;
	struct span *slot;
	size_t i;

	for (i = 0; i < message->warning_count; i++)
		if (span_is(message->warnings[i], warning))
			return;
	if (message->warning_count >= WARNINGS_MAX)
		return;
	slot = arena_push(reading->arena, &message->warnings,
			  &message->warning_count, sizeof *slot);
	*slot = span_of(warning);
}

/* ---- header fields ---- */

/* In brackets, and nothing but printable ASCII: an identifier goes on the wire
 * and into the store as it is, whatever bytes a sender put there. */
static struct span
clean_id(struct reading *reading, struct span text)
{
	char *id = arena_alloc(reading->arena, text.len + 3);
	size_t i, len = 0;

	id[len++] = '<';
	for (i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] > ' ' &&
		    (unsigned char)text.ptr[i] < 0x7f)
			id[len++] = text.ptr[i];
	id[len++] = '>';
	return (struct span){ .ptr = id, .len = len };
}

/* The next "<a@b>"; some write it without brackets. */
static bool
next_id(struct reading *reading, struct span *rest, struct span *ret_id)
{
	struct span text;
	size_t open, end;

	*rest = span_trim(*rest);
	if (rest->len == 0)
		return false;
	open = span_find_byte(*rest, '<');
	if (open == rest->len) {
		text = *rest;
		end = rest->len;
	} else {
		text = span_sub(*rest, open + 1, rest->len);
		text.len = span_find_byte(text, '>');
		end = open + 1 + text.len;
	}
	if (text.len > ID_MAX || (end == rest->len && open != end) ||
	    (open == rest->len && span_find_byte(text, '@') == text.len)) {
		*rest = span_sub(*rest, rest->len, rest->len);
		return false;
	}
	*rest = span_sub(*rest, end + 1, rest->len);
	*ret_id = clean_id(reading, text);
	return ret_id->len > 2;
}

struct span
reading_first_id(struct reading *reading, struct span value)
{
	struct span id;

	return next_id(reading, &value, &id) ? id : span_of("");
}

static void
read_references(struct reading *reading, struct span value)
{
	struct message *message = reading->message;
	struct span id;

	while (next_id(reading, &value, &id)) {
		struct span *slot;

		if (message->reference_count >= reading->limits->references) {
			reading_warn(reading, "references: too many, cut");
			return;
		}
		slot = arena_push(reading->arena, &message->references,
				  &message->reference_count, sizeof *slot);
		*slot = id;
	}
}

/* Outlook's Thread-Index: 6 bytes of time, then the 16 of the conversation. */
static void
read_thread_index(struct reading *reading, struct span value)
{
	struct part code = { .encoding = PART_BASE64, .body = value };
	struct span bytes = mime_decode(reading, &code);
	char *hex;
	size_t i;

	reading->message->thread_index = span_of("");
	if (bytes.len < 22 || value.len > 4096)
		return;
	hex = arena_alloc(reading->arena, 33);
	for (i = 0; i < 16; i++) {
		unsigned char byte = (unsigned char)bytes.ptr[6 + i];

		hex[2 * i] = "0123456789abcdef"[byte >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[byte & 15];
	}
	reading->message->thread_index = (struct span){ .ptr = hex, .len = 32 };
}

struct address
reading_first_address(struct reading *reading, struct span value)
{
	struct addresses addresses = { .count = 0 };
	struct address none = { .email = span_of(""), .name = span_of("") };

	mime_addresses(reading, value, &addresses);
	if (addresses.count != 0)
		return addresses.at[0];
	/* A name without an address still tells who it claims to be. */
	none.name = mime_words(reading, value);
	return none;
}

static void
read_people(struct reading *reading, const struct part *part)
{
	struct message *message = reading->message;

	message->from =
		reading_first_address(reading, part_header(part, "From"));
	message->sender =
		reading_first_address(reading, part_header(part, "Sender"));
	if (message->from.email.len == 0 && message->sender.email.len != 0)
		message->from = message->sender;
	if (span_equal(message->from.email, message->sender.email))
		message->sender = (struct address){ .email = span_of(""),
						    .name = span_of("") };
	mime_addresses(reading, part_header(part, "Reply-To"),
		       &message->reply_to);
	mime_addresses(reading, part_header(part, "To"), &message->to);
	mime_addresses(reading, part_header(part, "Cc"), &message->cc);
}

/* Fields that may stand once only; a second one is a forger's or a fault. */
static void
warn_duplicates(struct reading *reading, const struct part *part)
{
	static const char *const single[] = { "From", "To",      "Cc",
					      "Date", "Subject", "Message-ID" };
	unsigned seen[ARRAY_SIZE(single)] = { 0 };
	size_t i, at;

	for (at = 0; at < part->header_count; at++)
		for (i = 0; i < ARRAY_SIZE(single); i++)
			if (span_is_nocase(part->headers[at].name, single[i]) &&
			    seen[i]++ == 1)
				reading_warn(reading,
					     "header: field occurs twice, "
					     "the first one counts");
}

static void
read_headers(struct reading *reading, const struct part *part)
{
	struct message *message = reading->message;
	struct span value;

	warn_duplicates(reading, part);
	message->subject = mime_words(reading, part_header(part, "Subject"));
	message->message_id =
		reading_first_id(reading, part_header(part, "Message-ID"));
	message->in_reply_to =
		reading_first_id(reading, part_header(part, "In-Reply-To"));
	read_references(reading, part_header(part, "References"));
	value = part_header(part, "Thread-Index");
	read_thread_index(reading, value);
	read_people(reading, part);
	message->date = mime_date(part_header(part, "Date"));
}

/* The time stands behind the last semicolon (RFC 5321 section 4.4). */
static time_t
received_date(const struct part *part)
{
	struct span value = part_header(part, "Received");
	size_t at = value.len;

	while (at != 0 && value.ptr[at - 1] != ';')
		at--;
	return at != 0 ? mime_date(span_sub(value, at, value.len)) : 0;
}

/* INTERNALDATE is when the mail system took it, but administrators who move
 * mail reset it; then the topmost Received is right (facts D9). */
static void
read_received(struct reading *reading, const struct part *outer)
{
	struct message *message = reading->message;
	time_t internal = reading->origin->internal_date;
	time_t received = received_date(outer);

	if (internal != 0 && (received == 0 || internal - received <= MOVED_S))
		message->received = internal;
	else if (received != 0)
		message->received = received;
	else
		message->received = message->date;
	if (message->received == 0)
		message->received =
			mime_date(part_header(outer, "Delivery-Date"));
	if (message->received == 0) {
		reading_warn(reading, "received: no date anywhere");
		message->received = 1;
	}
}

/* ---- the whole ---- */

/* Over the words only: folding, quoting marks and line ends differ between
 * copies of one message. */
static uint64_t
canonical_hash(const struct message *message)
{
	const struct span texts[] = { message->body, message->quoted };
	uint64_t hash = UINT64_C(14695981039346656037);
	size_t i, at;

	for (i = 0; i < ARRAY_SIZE(texts); i++)
		for (at = 0; at < texts[i].len; at++) {
			unsigned char c = (unsigned char)texts[i].ptr[at];

			if (c <= ' ' || c == '>')
				continue;
			hash = (hash ^ c) * UINT64_C(1099511628211);
		}
	return hash;
}

static void
make_id(struct reading *reading)
{
	struct message *message = reading->message;
	uint64_t hash;

	if (message->message_id.len != 0)
		return;
	hash = span_hash(message->from.email) ^
	       span_hash(message->subject) * 3 ^ (uint64_t)message->date * 31;
	message->message_id = arena_printf(
		reading->arena, "<%016llx.%016llx@missing.invalid>",
		(unsigned long long)message->body_hash,
		(unsigned long long)hash);
	reading_warn(reading, "header: no Message-ID, made one");
}

static void
warn_inline_pgp(struct reading *reading)
{
	if (span_find(reading->message->body, "-----BEGIN PGP MESSAGE-----") <
	    reading->message->body.len)
		reading_warn(reading, "protected: not scanned");
}

/* Old Macintosh line ends: not one '\n', but '\r'. */
static struct span
mend_line_ends(struct arena *arena, struct span raw)
{
	struct span copy;
	size_t i;

	if (span_find_byte(raw, '\n') != raw.len ||
	    span_find_byte(raw, '\r') == raw.len)
		return raw;
	copy = arena_span(arena, raw);
	for (i = 0; i < copy.len; i++)
		if (copy.ptr[i] == '\r')
			((char *)copy.ptr)[i] = '\n';
	return copy;
}

static void
read_all(struct reading *reading, struct span raw)
{
	struct part *outer = part_parse(reading, raw, 0), *inner;
	struct message *message = reading->message;

	envelope_read(reading, outer);
	inner = envelope_journal(reading, outer,
				 reading->origin->journal_mailbox);
	message->journaled = inner != NULL;
	if (inner == NULL)
		inner = outer;
	envelope_read_bcc(reading, inner);
	read_headers(reading, inner);
	read_received(reading, outer);
	message->mailbox_owner =
		reading->origin->sent_folder ?
			arena_span(reading->arena, reading->origin->owner) :
			span_of("");
	sender_read(reading, inner);
	report_read(reading, inner);
	body_read(reading, inner);
	report_read_words(reading);
	warn_inline_pgp(reading);
	message->body_hash = canonical_hash(message);
	make_id(reading);
}

int
message_read(struct span raw, const struct message_origin *origin,
	     const struct message_trust *trust,
	     const struct message_limits *limits, struct arena *arena,
	     struct message **ret_message, struct error *err)
{
	struct reading reading = {
		.origin = origin,
		.trust = trust,
		.limits = limits,
		.arena = arena,
	};

	if (span_blank(span_sub(raw, 0, 4096)) && span_blank(raw))
		return error_set(err, ERROR_INPUT, "the message is empty");
	message_prepare();
	reading.message = arena_alloc(arena, sizeof *reading.message);
	if (raw.len > limits->message) {
		reading_warn(&reading, "message: too big, cut");
		raw.len = limits->message;
	}
	read_all(&reading, mend_line_ends(arena, raw));
	*ret_message = reading.message;
	return 0;
}
