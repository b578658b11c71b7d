/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Is a file that somebody named mail at all? Mail software copes with nearly
 * anything, and so does the reader; so only what is clearly something else is
 * told apart here: what begins like a well-known kind of file, or without any
 * header field (RFC 5322 section 2.2) in its first block of lines.
 */
#include <string.h>

#include "mailfile.h"

static const char no_fields[] =
	"no mail: it does not begin with header fields; save the message as "
	".eml, or name an mbox, a Maildir or a folder of .eml files";
static const char packed[] =
	"no mail: it is packed; unpack it, and name what was in it";
static const char document[] =
	"no mail: it is a document; save the message itself as .eml";

/* What no message begins with. */
static const struct {
	const char *bytes;
	size_t len;
	const char *why;
} kinds[] = {
	{ "\xd0\xcf\x11\xe0", 4,
	  "no mail: it is an Outlook .msg or an Office file; save the message "
	  "as .eml" },
	{ "!BDN", 4,
	  "no mail: it is an Outlook data file (.pst, .ost); export its "
	  "messages as .eml or mbox" },
	{ "PK\x03\x04", 4, packed },
	{ "\x1f\x8b", 2, packed },
	{ "\xfd"
	  "7zXZ",
	  5, packed },
	{ "BZh", 3, packed },
	{ "7z\xbc\xaf", 4, packed },
	{ "Rar!", 4, packed },
	{ "\x28\xb5\x2f\xfd", 4, packed },
	{ "%PDF-", 5, document },
	{ "{\\rtf", 5, document },
	{ "\x89PNG", 4, document },
	{ "\xff\xd8\xff", 3, document },
	{ "GIF8", 4, document },
	{ "SQLite format 3", 15, no_fields },
	{ "\x7f"
	  "ELF",
	  4, no_fields },
	{ "BEGIN:V", 7,
	  "no mail: it is a calendar or contacts file; save the message itself "
	  "as .eml" },
};

/* Of mail: names, and beginnings of names. */
static const char *const fields[] = {
	"from",
	"to",
	"cc",
	"bcc",
	"subject",
	"date",
	"sender",
	"message-id",
	"received",
	"return-path",
	"references",
	"precedence",
	"in-reply-to",
	"keywords",
	"comments",
	"importance",
	"priority",
	"status",
	"thread-*",
	"mime-version",
	"x-*",
	"list-*",
	"content-*",
	"resent-*",
	"reply-*",
	"arc-*",
	"dkim-*",
	"envelope-*",
	"delivered",
	"delivered-*",
	"authentication-results",
	"auto-*",
};

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The name of the field that this line begins, or nothing. Older mail has
 * blanks before the colon (RFC 5322 section 4.5). */
static struct span
field_name(struct span line)
{
	size_t at = 0, end;

	while (at < line.len &&
	       (is_letter(line.ptr[at]) || line.ptr[at] == '-' ||
		line.ptr[at] == '_' || line.ptr[at] == '.' ||
		(line.ptr[at] >= '0' && line.ptr[at] <= '9')))
		at++;
	end = at;
	while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t'))
		at++;
	if (end == 0 || !is_letter(line.ptr[0]) || at == line.len ||
	    line.ptr[at] != ':')
		return span_of("");
	return span_sub(line, 0, end);
}

static bool
is_of_mail(struct span name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		struct span field = span_of(fields[i]);

		if (span_ends_nocase(field, "*") ?
			    span_equal_nocase(
				    span_sub(name, 0, field.len - 1),
				    span_sub(field, 0, field.len - 1)) :
			    span_equal_nocase(name, field))
			return true;
	}
	return false;
}

/* Without what stands before the fields of mail that is a little odd. */
static struct span
skip_oddities(struct span head)
{
	struct span rest, line;

	if (span_starts(head, "\xef\xbb\xbf"))
		head = span_sub(head, 3, head.len);
	for (rest = head; span_line(&rest, &line); head = rest)
		if (!span_blank(line) && !span_starts(line, "From ") &&
		    !span_starts(line, ">From "))
			break;
	return head;
}

const char *
mailfile_why_not(struct span head, bool named_mail)
{
	struct span rest, line;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if (head.len >= kinds[i].len &&
		    memcmp(head.ptr, kinds[i].bytes, kinds[i].len) == 0)
			return kinds[i].why;
	rest = skip_oddities(head);
	if (span_blank(rest))
		return NULL; /* nothing: that is for the reader to say */
	while (span_line(&rest, &line) && !span_blank(line)) {
		struct span name = field_name(line);

		if (name.len != 0 && (named_mail || is_of_mail(name)))
			return NULL;
	}
	return no_fields;
}
