/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who got it: headers that the council's own mail system wrote, Bcc, and
 * journal reports of Exchange (facts D1 to D4).
 *
 * A sender can write any header, so only those that the operator listed count,
 * and only the topmost instance: what our own system wrote stands above what
 * came with the message.
 */
#include "message_private.h"

#include <string.h>

enum {
	REPORT_LINE_MAX = 1000 /* recipients of one journal report */
};

static bool
in_spans(struct span email, const struct span *list, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (span_equal_nocase(email, list[i]))
			return true;
	return false;
}

bool
envelope_is_journal_address(const struct reading *reading, struct span email)
{
	return in_spans(email, reading->trust->journals,
			reading->trust->journal_count);
}

/* "clerk+user=domain@journal.host" as Postfix's recipient_bcc_maps makes it
 * (facts D3): who "user@domain" is, if clerk@journal.host is a journal. */
static struct span
decode_plus(struct reading *reading, struct span email)
{
	size_t plus = span_find_byte(email, '+');
	size_t at = span_find_byte(email, '@'), equal;
	struct span base, code, domain;

	if (plus >= at || at == email.len)
		return email;
	code = span_sub(email, plus + 1, at);
	for (equal = code.len; equal != 0 && code.ptr[equal - 1] != '=';)
		equal--;
	if (equal < 2 || equal == code.len)
		return email;
	domain = span_sub(code, equal, code.len);
	base = arena_printf(reading->arena, "%.*s%.*s", (int)plus, email.ptr,
			    SPAN_ARG(span_sub(email, at, email.len)));
	if (!envelope_is_journal_address(reading, base) &&
	    !in_spans(domain, reading->trust->domains,
		      reading->trust->domain_count))
		return email;
	return arena_printf(reading->arena, "%.*s@%.*s", (int)(equal - 1),
			    code.ptr, SPAN_ARG(domain));
}

static struct receipt *
add_receipt(struct reading *reading, enum receipt_source source,
	    struct span email)
{
	struct message *message = reading->message;
	struct receipt *receipt;
	size_t i;

	if (email.len == 0 || envelope_is_journal_address(reading, email))
		return NULL;
	for (i = 0; i < message->receipt_count && i < 64; i++)
		if (message->receipts[i].source == source &&
		    span_equal(message->receipts[i].email, email))
			return NULL;
	if (message->receipt_count >= reading->limits->addresses) {
		reading_warn(reading, "envelope: too many recipients, cut");
		return NULL;
	}
	receipt = arena_push(reading->arena, &message->receipts,
			     &message->receipt_count, sizeof *receipt);
	receipt->source = source;
	receipt->email = email;
	receipt->expanded = receipt->forwarded = span_of("");
	return receipt;
}

static void
add_field(struct reading *reading, enum receipt_source source,
	  struct span value)
{
	struct addresses addresses = { .count = 0 };
	size_t i;

	mime_addresses(reading, value, &addresses);
	for (i = 0; i < addresses.count; i++)
		add_receipt(reading, source,
			    decode_plus(reading, addresses.at[i].email));
}

void
envelope_read(struct reading *reading, const struct part *outer)
{
	size_t i;

	for (i = 0; i < reading->trust->header_count; i++) {
		struct span name = reading->trust->headers[i];
		size_t at;

		for (at = 0; at < outer->header_count; at++) {
			if (!span_equal_nocase(outer->headers[at].name, name))
				continue;
			add_field(reading, RECEIPT_ENVELOPE,
				  outer->headers[at].value);
			break; /* the topmost instance only */
		}
	}
	add_field(reading, RECEIPT_BCC_HEADER, part_header(outer, "Bcc"));
}

/* ---- journal reports ---- */

static bool
is_report(const struct part *part)
{
	return part_has_header(part, "X-MS-Journal-Report") ||
	       part_has_header(part, "X-MS-Exchange-Organization-"
				     "Journal-Report") ||
	       span_is_nocase(part_header(part, "Content-Identifier"),
			      "exjournalreport") ||
	       span_is_nocase(part_header(part, "Content-Identifer"),
			      "exjournalreport");
}

static bool
goes_to_journal(struct reading *reading, const struct part *part)
{
	struct addresses to = { .count = 0 };
	size_t i;

	mime_addresses(reading, part_header(part, "To"), &to);
	for (i = 0; i < to.count; i++)
		if (envelope_is_journal_address(reading, to.at[i].email))
			return true;
	for (i = 0; i < reading->message->receipt_count; i++)
		if (envelope_is_journal_address(
			    reading, reading->message->receipts[i].email))
			return true;
	return false;
}

static const struct {
	const char *name;
	int source; /* -1: no recipient, but belongs here */
} report_fields[] = {
	{ .name = "Sender", .source = -1 },
	{ .name = "On-Behalf-Of", .source = -1 },
	{ .name = "Subject", .source = -1 },
	{ .name = "Message-ID", .source = -1 },
	{ .name = "To", .source = RECEIPT_JOURNAL_TO },
	{ .name = "Cc", .source = RECEIPT_JOURNAL_TO },
	{ .name = "Bcc", .source = RECEIPT_JOURNAL_BCC },
	{ .name = "Recipient", .source = RECEIPT_ENVELOPE },
	{ .name = "Recipients", .source = RECEIPT_ENVELOPE },
	{ .name = "SentUtc", .source = -1 },
	{ .name = "Sent", .source = -1 },
	{ .name = "MessageID", .source = -1 },
};

static struct span
first_email(struct reading *reading, struct span value)
{
	struct addresses addresses = { .count = 0 };

	mime_addresses(reading, value, &addresses);
	return addresses.count != 0 ? addresses.at[0].email : span_of("");
}

/* "u@x, Expanded: dl@x" or "u@x, Forwarded: o@x". */
static void
report_recipient(struct reading *reading, enum receipt_source source,
		 struct span value)
{
	size_t expanded = span_find_nocase(value, ", Expanded:");
	size_t forwarded = span_find_nocase(value, ", Forwarded:");
	size_t end = expanded < forwarded ? expanded : forwarded;
	struct receipt *receipt;

	receipt = add_receipt(reading, source,
			      first_email(reading, span_sub(value, 0, end)));
	if (receipt == NULL)
		return;
	if (expanded < value.len)
		receipt->expanded = first_email(
			reading,
			span_sub(value, expanded + 11,
				 forwarded > expanded ? forwarded : value.len));
	if (forwarded < value.len)
		receipt->forwarded = first_email(
			reading,
			span_sub(value, forwarded + 12,
				 expanded > forwarded ? expanded : value.len));
}

/* -1 when the line is no journal line. */
static int
report_line(struct reading *reading, struct span line, bool add)
{
	size_t colon = span_find_byte(line, ':'), i;
	struct span name = span_trim(span_sub(line, 0, colon));

	for (i = 0; i < ARRAY_SIZE(report_fields); i++) {
		if (!span_is_nocase(name, report_fields[i].name))
			continue;
		if (add && report_fields[i].source >= 0)
			report_recipient(
				reading,
				(enum receipt_source)report_fields[i].source,
				span_sub(line, colon + 1, line.len));
		return 0;
	}
	return -1;
}

/* Anything but journal lines in it: somebody else wrote it (facts D1). */
static bool
read_report(struct reading *reading, struct span text, bool add)
{
	struct span line;
	size_t lines = 0;
	bool subject = false;

	while (span_line(&text, &line) && lines < REPORT_LINE_MAX * 4) {
		if (span_blank(line))
			continue;
		/* A folded subject goes on with white space. */
		if (subject && (line.ptr[0] == ' ' || line.ptr[0] == '\t'))
			continue;
		if (report_line(reading, line, add) != 0)
			return false;
		subject = span_starts_nocase(line, "Subject");
		lines++;
	}
	return lines != 0;
}

static struct part *
find_type(struct part *part, const char *type)
{
	struct part *child, *hit;

	if (part_is(part, type))
		return part;
	for (child = part->child; child != NULL; child = child->next) {
		hit = find_type(child, type);
		if (hit != NULL)
			return hit;
	}
	return NULL;
}

static struct part *
open_report(struct reading *reading, struct part *report)
{
	struct part *text = find_type(report, "text/plain");
	struct part *inner = find_type(report, "message/rfc822");
	struct span lines;

	if (text == NULL || inner == NULL || text == report)
		return NULL;
	lines = charset_text(reading, mime_decode(reading, text), text->charset,
			     reading->limits->text);
	if (!read_report(reading, lines, false)) {
		reading_warn(reading, "journal: report holds other text, "
				      "not believed");
		return NULL;
	}
	read_report(reading, lines, true);
	return part_parse(reading, mime_decode(reading, inner), 1);
}

/* An undeliverable report comes back inside a delivery report (facts D1). */
static struct part *
open_returned(struct reading *reading, struct part *outer)
{
	struct part *inner = find_type(outer, "message/rfc822");

	if (inner == NULL)
		return NULL;
	inner = part_parse(reading, mime_decode(reading, inner), 1);
	return is_report(inner) ? open_report(reading, inner) : NULL;
}

struct part *
envelope_journal(struct reading *reading, struct part *outer, bool trusted)
{
	if (!trusted && !(reading->trust->journal_anywhere &&
			  goes_to_journal(reading, outer)))
		return NULL;
	if (is_report(outer))
		return open_report(reading, outer);
	if (trusted && part_is(outer, "multipart/report"))
		return open_returned(reading, outer);
	return NULL;
}
