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

/* A journal's plus-addresses are the journal's too. */
static bool
is_journal_address(const struct reading *reading, struct span email)
{
	size_t plus = span_find_byte(email, '+');
	size_t at = span_find_byte(email, '@');
	struct span plain;

	if (in_spans(email, reading->trust->journals,
		     reading->trust->journal_count))
		return true;
	if (plus >= at || at == email.len || reading->trust->journal_count == 0)
		return false;
	plain = arena_printf(reading->arena, "%.*s%.*s", (int)plus, email.ptr,
			     SPAN_ARG(span_sub(email, at, email.len)));
	return in_spans(plain, reading->trust->journals,
			reading->trust->journal_count);
}

/* "clerk+user=domain@journal.host" as Postfix's recipient_bcc_maps makes it
 * (facts D3): who "user@domain" is, if clerk@journal.host is a journal. */
static struct span
decode_plus(struct reading *reading, struct span email)
{
	size_t plus = span_find_byte(email, '+');
	size_t at = span_find_byte(email, '@'), equal;
	struct span code, domain;

	if (plus >= at || at == email.len)
		return email;
	code = span_sub(email, plus + 1, at);
	for (equal = code.len; equal != 0 && code.ptr[equal - 1] != '=';)
		equal--;
	if (equal < 2 || equal == code.len)
		return email;
	domain = span_sub(code, equal, code.len);
	if (!is_journal_address(reading, email) &&
	    !in_spans(domain, reading->trust->domains,
		      reading->trust->domain_count))
		return email;
	return arena_printf(reading->arena, "%.*s@%.*s", (int)(equal - 1),
			    code.ptr, SPAN_ARG(domain));
}

/* Told already, as well or better: where a journal knows that somebody stood
 * in To or was a blind copy, the bare envelope tells nothing new. */
static bool
is_told(const struct message *message, enum receipt_source source,
	struct span email)
{
	size_t i;

	for (i = 0; i < message->receipt_count && i < 64; i++)
		if (span_equal(message->receipts[i].email, email) &&
		    (message->receipts[i].source == source ||
		     source == RECEIPT_ENVELOPE))
			return true;
	return false;
}

static struct receipt *
add_receipt(struct reading *reading, enum receipt_source source,
	    struct span email)
{
	struct message *message = reading->message;
	struct receipt *receipt;

	if (email.len == 0 || is_journal_address(reading, email) ||
	    is_told(message, source, email))
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

/* The value of a trusted header's topmost instance, if it stands where our own
 * hops write it. */
static struct span
trusted_value(const struct reading *reading, const struct part *outer,
	      struct span name)
{
	unsigned hops = 0;
	size_t at;

	for (at = 0; at < outer->header_count; at++) {
		if (span_equal_nocase(outer->headers[at].name, name))
			return outer->headers[at].value;
		if (reading->trust->hops != 0 &&
		    span_is_nocase(outer->headers[at].name, "Received") &&
		    ++hops == reading->trust->hops)
			break;
	}
	return span_of("");
}

/* The address that was delivered to in the end, after aliases; the others tell
 * the address that the sender gave. */
static bool
is_final(struct span name)
{
	return span_is_nocase(name, "Delivered-To") ||
	       span_is_nocase(name, "X-Delivered-To");
}

/* via: the only address that the sender gave for this delivery, or empty. */
static struct span
add_field(struct reading *reading, enum receipt_source source,
	  struct span value, struct span via)
{
	struct addresses addresses = { .count = 0 };
	struct span email = span_of("");
	size_t i;

	mime_addresses(reading, value, &addresses);
	for (i = 0; i < addresses.count; i++) {
		struct receipt *receipt;

		email = decode_plus(reading, addresses.at[i].email);
		receipt = add_receipt(reading, source, email);
		if (receipt != NULL && !span_equal(via, email))
			receipt->forwarded = via;
	}
	return addresses.count == 1 ? email : span_of("");
}

/* What came through a mailing list went to whoever is on it: that nobody of
 * them shows in To hides nothing. */
void
envelope_read(struct reading *reading, const struct part *outer)
{
	const struct message_trust *trust = reading->trust;
	struct span via = span_of(""), told;
	size_t i, pass;

	if (part_has_header(outer, "List-Id"))
		return;
	for (pass = 0; pass < 2; pass++)
		for (i = 0; i < trust->header_count; i++) {
			if (is_final(trust->headers[i]) != (pass == 1))
				continue;
			told = add_field(reading, RECEIPT_ENVELOPE,
					 trusted_value(reading, outer,
						       trust->headers[i]),
					 via);
			if (pass == 0 && via.len == 0)
				via = told;
		}
}

void
envelope_read_bcc(struct reading *reading, const struct part *part)
{
	add_field(reading, RECEIPT_BCC_HEADER, part_header(part, "Bcc"),
		  span_of(""));
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
		if (is_journal_address(reading, to.at[i].email))
			return true;
	for (i = 0; i < reading->message->receipt_count; i++)
		if (is_journal_address(reading,
				       reading->message->receipts[i].email))
			return true;
	return false;
}

/* Of a report in which a field stands more than once, or out of order, somebody
 * else wrote a part: a Subject can hold line ends. */
enum report_field { FIELD_HEAD, FIELD_ID, FIELD_SUBJECT, FIELD_RECIPIENT };

static const struct report_row {
	const char *name;
	enum report_field field;
	enum receipt_source source; /* of a recipient */
} report_rows[] = {
	{ "Sender", FIELD_HEAD, 0 },
	{ "On-Behalf-Of", FIELD_HEAD, 0 },
	{ "Subject", FIELD_SUBJECT, 0 },
	{ "Message-ID", FIELD_ID, 0 },
	{ "MessageID", FIELD_ID, 0 },
	{ "SentUtc", FIELD_HEAD, 0 },
	{ "Sent", FIELD_HEAD, 0 },
	{ "To", FIELD_RECIPIENT, RECEIPT_JOURNAL_TO },
	{ "Cc", FIELD_RECIPIENT, RECEIPT_JOURNAL_TO },
	{ "Bcc", FIELD_RECIPIENT, RECEIPT_JOURNAL_BCC },
	{ "Recipient", FIELD_RECIPIENT, RECEIPT_ENVELOPE },
	{ "Recipients", FIELD_RECIPIENT, RECEIPT_ENVELOPE },
};

struct report {
	unsigned seen[ARRAY_SIZE(report_rows)];
	size_t lines;
	bool folds;       /* the next line may go on with this one */
	bool many;        /* Exchange 2003: one address a line from here on */
	bool recipient;   /* one was seen */
	bool early;       /* before the Message-ID */
	struct buf *head; /* the same as header fields; or NULL */
};

static struct span
first_email(struct reading *reading, struct span value)
{
	struct addresses addresses = { .count = 0 };

	mime_addresses(reading, value, &addresses);
	return addresses.count != 0 ? addresses.at[0].email : span_of("");
}

/* The address behind ", Expanded:" or ", Forwarded:"; empty without it. */
static struct span
behind(struct reading *reading, struct span value, const char *word)
{
	size_t at = span_find_nocase(value, word);

	value = span_sub(value, at + strlen(word), value.len);
	return first_email(reading, span_sub(value, 0, span_find(value, ", ")));
}

/* "u@x, Expanded: dl@x" or "u@x, Forwarded: o@x". Whom the sender wrote to, and
 * perhaps hid, is o@x: what mailbox o@x passes it on to is not the sender's. */
static void
report_recipient(struct reading *reading, enum receipt_source source,
		 struct span value)
{
	size_t expanded = span_find_nocase(value, ", Expanded:");
	size_t forwarded = span_find_nocase(value, ", Forwarded:");
	size_t end = expanded < forwarded ? expanded : forwarded;
	struct span list = behind(reading, value, ", Expanded:");
	struct span owner = behind(reading, value, ", Forwarded:");
	struct receipt *receipt;

	if (owner.len != 0) {
		receipt = add_receipt(reading, source, owner);
		if (receipt != NULL)
			receipt->expanded = list;
	}
	receipt = add_receipt(reading, source,
			      first_email(reading, span_sub(value, 0, end)));
	if (receipt == NULL)
		return;
	receipt->expanded = list;
	receipt->forwarded = owner;
}

/* "Recipients: a@x, b@x", and lines of more of them. */
static void
report_recipients(struct reading *reading, struct span value)
{
	struct addresses addresses = { .count = 0 };
	size_t i;

	mime_addresses(reading, value, &addresses);
	for (i = 0; i < addresses.count; i++)
		add_receipt(reading, RECEIPT_ENVELOPE, addresses.at[i].email);
}

static void
report_head(struct report *report, const struct report_row *row,
	    struct span value)
{
	const char *name = row->name;

	if (report->head == NULL || row->source == RECEIPT_JOURNAL_BCC ||
	    (row->field == FIELD_RECIPIENT && row->source == RECEIPT_ENVELOPE))
		return;
	if (row->field == FIELD_ID)
		name = "Message-ID";
	else if (row->field == FIELD_HEAD && strcmp(name, "Sender") == 0)
		name = "From";
	else if (row->field == FIELD_HEAD)
		return;
	value = span_sub(value, 0, span_find(value, ", Expanded:"));
	value = span_sub(value, 0, span_find(value, ", Forwarded:"));
	buf_printf(report->head, "%s: %.*s\n", name, SPAN_ARG(value));
}

static void
report_take(struct reading *reading, struct report *report, size_t row,
	    struct span value, bool add)
{
	bool recipient = report_rows[row].field == FIELD_RECIPIENT;

	report->seen[row]++;
	report->folds = report_rows[row].field == FIELD_SUBJECT;
	report->many = span_is(span_of(report_rows[row].name), "Recipients");
	report->early |=
		report_rows[row].field == FIELD_ID && report->recipient;
	report->recipient |= recipient;
	if (!add)
		return;
	report_head(report, &report_rows[row], value);
	if (report->many)
		report_recipients(reading, value);
	else if (recipient)
		report_recipient(reading, report_rows[row].source, value);
}

/* -1 when the line is no journal line. */
static int
report_line(struct reading *reading, struct report *report, struct span line,
	    bool add)
{
	size_t colon = span_find_byte(line, ':'), i;
	struct span name = span_trim(span_sub(line, 0, colon));

	if (report->folds && (line.ptr[0] == ' ' || line.ptr[0] == '\t'))
		return 0; /* a folded subject goes on with white space */
	if (report->many && colon == line.len &&
	    span_find_byte(line, '@') < line.len) {
		if (add)
			report_recipients(reading, line);
		return 0;
	}
	for (i = 0; i < ARRAY_SIZE(report_rows); i++) {
		if (!span_is_nocase(name, report_rows[i].name))
			continue;
		report_take(reading, report, i,
			    span_trim(span_sub(line, colon + 1, line.len)),
			    add);
		return 0;
	}
	return -1;
}

/* Anything but journal lines in it, each where it belongs: somebody else wrote
 * it (facts D1). head: gets the fields of the message as far as they tell. */
static bool
read_report(struct reading *reading, struct span text, bool add,
	    struct buf *head)
{
	struct report report = { .head = head };
	struct span line;
	size_t i;

	while (span_line(&text, &line) && report.lines < REPORT_LINE_MAX * 4) {
		if (span_blank(line))
			continue;
		if (report_line(reading, &report, line, add) != 0)
			return false;
		report.lines++;
	}
	for (i = 0; i < ARRAY_SIZE(report_rows); i++)
		if (report_rows[i].field != FIELD_RECIPIENT &&
		    report.seen[i] > 1)
			return false;
	return report.lines != 0 && !report.early;
}

/* Exchange may wrap the message in TNEF, which only Outlook opens: what the
 * report itself tells is all that is known then. */
static struct part *
open_wrapped(struct reading *reading, struct span lines)
{
	struct buf head;
	struct span raw;

	buf_init(&head, reading->limits->header);
	read_report(reading, lines, true, &head);
	buf_printf(&head, "\n");
	raw = arena_span(reading->arena, buf_span(&head));
	buf_clear(&head);
	reading_warn(reading, "journal: message is wrapped in TNEF, "
			      "its words were not read");
	return part_parse(reading, raw, 1);
}

static struct part *
open_report(struct reading *reading, struct part *report)
{
	struct part *text = part_find(report, "text/plain");
	struct part *inner = part_find(report, "message/rfc822");
	struct span lines;
	bool wrapped = inner == NULL &&
		       (part_find(report, "application/ms-tnef") != NULL ||
			part_find(report, "application/vnd.ms-tnef") != NULL);

	if (text == NULL || text == report || (inner == NULL && !wrapped))
		return NULL;
	lines = charset_text(reading, mime_decode(reading, text), text->charset,
			     reading->limits->text);
	if (!read_report(reading, lines, false, NULL)) {
		reading_warn(reading, "journal: report holds other text, "
				      "not believed");
		return NULL;
	}
	if (wrapped)
		return open_wrapped(reading, lines);
	read_report(reading, lines, true, NULL);
	return part_parse(reading, mime_decode(reading, inner), 1);
}

/* An undeliverable report comes back inside a delivery report (facts D1). */
static struct part *
open_returned(struct reading *reading, struct part *outer)
{
	struct part *inner = part_find(outer, "message/rfc822");

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
