/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the parts of a message to its text, its attachments and the messages
 * enclosed in it.
 */
#include <string.h>

#include "message_private.h"

enum {
	STUB_MAX = 200 /* longer plain text is no stub */
};

static struct span
html_charset(const struct part *part, struct span bytes)
{
	struct span head = span_sub(bytes, 0, 1024), value;
	size_t at = span_find_nocase(head, "charset="), end;

	if (part->charset.len != 0 || at == head.len)
		return part->charset;
	value = span_sub(head, at + 8, head.len);
	while (value.len != 0 && (*value.ptr == '"' || *value.ptr == '\''))
		value = span_sub(value, 1, value.len);
	for (end = 0;
	     end < value.len && strchr("\"'>; /", value.ptr[end]) == NULL;)
		end++;
	return span_sub(value, 0, end);
}

static struct span
html_part_text(struct reading *reading, const struct part *part, bool marks)
{
	struct span bytes = mime_decode(reading, part);
	struct span charset =
		arena_lower(reading->arena, html_charset(part, bytes));
	/* Markup outweighs its text: twice the limit is read of it. */
	struct span html = charset_text(reading, bytes, charset,
					reading->limits->text * 2);

	struct span text =
		html_text(reading, html, marks, reading->limits->text);

	/* Answers in a colour inside the quote: read again, to see which. */
	if (marks)
		reading->answer_colours = authored_answer_colours(text);
	if (reading->answer_colours != 0) {
		text = html_text(reading, html, marks, reading->limits->text);
		reading->answer_colours = 0;
	}
	return text;
}

static struct span
plain_part_text(struct reading *reading, const struct part *part)
{
	struct span text = charset_text(reading, mime_decode(reading, part),
					part->charset, reading->limits->text);

	return part->flowed ? charset_unflow(reading, text, part->delsp) : text;
}

static struct span
part_text(struct reading *reading, const struct part *part, bool marks)
{
	if (part_is(part, "text/html") ||
	    part_is(part, "application/xhtml+xml"))
		return html_part_text(reading, part, marks);
	return plain_part_text(reading, part);
}

/* "This message needs an HTML reader" and the like are no text. */
static bool
is_stub(struct span plain)
{
	plain = span_trim(plain);
	if (plain.len == 0)
		return true;
	return plain.len < STUB_MAX &&
	       span_find_nocase(plain, "html") < plain.len &&
	       (span_find_nocase(plain, "view") < plain.len ||
		span_find_nocase(plain, "support") < plain.len ||
		span_find_nocase(plain, "format") < plain.len ||
		span_find_nocase(plain, "reader") < plain.len);
}

struct body {
	struct buf text;
	bool found;
};

static void
add_text(struct body *body, struct span text)
{
	if (span_blank(text))
		return;
	if (body->text.len != 0 && body->text.ptr[body->text.len - 1] != '\n')
		buf_add_byte(&body->text, '\n');
	buf_add(&body->text, text);
}

static void walk(struct reading *reading, struct part *part, struct body *body,
		 unsigned depth);

static struct part *
find_readable(struct part *part, const char *type)
{
	struct part *child, *hit;

	if (part_is(part, type) && !part->attached)
		return part;
	for (child = part->child; child != NULL; child = child->next) {
		hit = find_readable(child, type);
		if (hit != NULL)
			return hit;
	}
	return NULL;
}

/* Of several forms of one text the plain one, unless it says nothing, or says
 * that colours matter. */
static void
walk_alternative(struct reading *reading, struct part *part, struct body *body,
		 unsigned depth)
{
	struct part *plain = find_readable(part, "text/plain");
	struct part *html = find_readable(part, "text/html"), *child;
	struct span text = span_of("");

	if (plain != NULL)
		text = plain_part_text(reading, plain);
	if (html != NULL &&
	    (is_stub(text) || authored_answer_colours(text) != 0))
		text = part_text(reading, html, true);
	add_text(body, text);
	if (plain != NULL)
		plain->taken = true;
	if (html != NULL)
		html->taken = true;
	for (child = part->child; child != NULL; child = child->next)
		walk(reading, child, body, depth + 1);
}

static void
add_attachment(struct reading *reading, struct part *part)
{
	struct message *message = reading->message;
	struct attachment *attachment;

	if (message->attachment_count >= reading->limits->attachments) {
		reading_warn(reading, "attachments: too many, cut");
		return;
	}
	attachment = arena_push(reading->arena, &message->attachments,
				&message->attachment_count, sizeof *attachment);
	attachment->name = part->name;
	attachment->type = part->type;
	attachment->text = span_of("");
	attachment->inline_image = span_starts(part->type, "image/") &&
				   part->has_id && !part->attached;
	if (document_readable(part->type, part->name))
		attachment->text = document_text(
			reading, part->type, part->name,
			mime_decode(reading, part), part->charset);
}

static struct span
whole_text(struct reading *reading, struct part *part, unsigned depth)
{
	struct body inner = { .found = false };
	struct span text;

	buf_init(&inner.text, reading->limits->text);
	walk(reading, part, &inner, depth);
	text = arena_span(reading->arena, buf_span(&inner.text));
	buf_clear(&inner.text);
	return text;
}

static void
add_enclosed(struct reading *reading, struct part *part, unsigned depth)
{
	struct message *message = reading->message;
	struct enclosed *enclosed;
	struct span bytes = mime_decode(reading, part);
	struct part *inner;

	if (depth >= reading->limits->depth ||
	    message->enclosed_count >= reading->limits->attachments ||
	    reading->parts >= reading->limits->parts) {
		reading_warn(reading, "enclosed: nested too deep, cut");
		return;
	}
	inner = part_parse(reading, bytes, depth + 1);
	enclosed = arena_push(reading->arena, &message->enclosed,
			      &message->enclosed_count, sizeof *enclosed);
	enclosed->message_id =
		reading_first_id(reading, part_header(inner, "Message-ID"));
	enclosed->from =
		reading_first_address(reading, part_header(inner, "From"));
	mime_addresses(reading, part_header(inner, "To"), &enclosed->to);
	mime_addresses(reading, part_header(inner, "Cc"), &enclosed->cc);
	enclosed->date = mime_date(part_header(inner, "Date"));
	enclosed->subject = mime_words(reading, part_header(inner, "Subject"));
	enclosed->text = span_of("");
	{
		size_t slot = message->enclosed_count - 1;
		struct span text = whole_text(reading, inner, depth + 1);

		/* The array may have moved: messages in messages. */
		message->enclosed[slot].text = text;
	}
}

static const struct {
	const char *type;
	const char *warning;
} unreadable[] = {
	{ "application/ms-tnef", "tnef: ignored" },
	{ "application/vnd.ms-tnef", "tnef: ignored" },
	{ "multipart/encrypted", "protected: not scanned" },
	{ "application/pgp-encrypted", "protected: not scanned" },
	{ "application/x-microsoft-rpmsg-message", "protected: not scanned" },
};

static void
warn_unreadable(struct reading *reading, const struct part *part)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(unreadable); i++)
		if (part_is(part, unreadable[i].type))
			reading_warn(reading, unreadable[i].warning);
	if (span_ends_nocase(part->name, "winmail.dat"))
		reading_warn(reading, "tnef: ignored");
	if (span_ends_nocase(part->name, ".rpmsg"))
		reading_warn(reading, "protected: not scanned");
	if ((part_is(part, "application/pkcs7-mime") ||
	     part_is(part, "application/x-pkcs7-mime")) &&
	    !span_is(part->smime_type, "certs-only"))
		reading_warn(reading, "protected: not scanned");
}

static bool
is_body_text(const struct part *part)
{
	return !part->attached && part->name.len == 0 &&
	       (part_is(part, "text/plain") || part_is(part, "text/html") ||
		part_is(part, "text/enriched") || part_is(part, "text"));
}

/* Some programs name the text itself. */
static bool
is_first_text(const struct part *part, const struct body *body)
{
	return body->text.len == 0 && !part->attached &&
	       (part_is(part, "text/plain") || part_is(part, "text/html"));
}

static bool
is_enclosed(const struct part *part)
{
	return part_is(part, "message/rfc822") ||
	       part_is(part, "message/global") ||
	       (part_is(part, "application/octet-stream") &&
		span_ends_nocase(part->name, ".eml"));
}

static void
walk(struct reading *reading, struct part *part, struct body *body,
     unsigned depth)
{
	struct part *child;

	warn_unreadable(reading, part);
	if (part->taken)
		return;
	if (part_is(part, "multipart/alternative")) {
		walk_alternative(reading, part, body, depth);
		return;
	}
	if (part->child != NULL) {
		for (child = part->child; child != NULL; child = child->next)
			walk(reading, child, body, depth + 1);
		return;
	}
	if (is_enclosed(part))
		add_enclosed(reading, part, depth);
	else if (is_body_text(part) || is_first_text(part, body))
		add_text(body, part_text(reading, part, true));
	else if (!part_is_multipart(part))
		add_attachment(reading, part);
}

void
body_read(struct reading *reading, struct part *top)
{
	struct body body = { .found = false };
	struct span text;

	if (is_body_text(top) && top->child == NULL) {
		authored_split(reading, part_text(reading, top, true));
		return;
	}
	buf_init(&body.text, reading->limits->text);
	walk(reading, top, &body, 0);
	text = arena_span(reading->arena, buf_span(&body.text));
	if (body.text.cut)
		reading_warn(reading, "text: too long, cut");
	buf_clear(&body.text);
	authored_split(reading, text);
}
