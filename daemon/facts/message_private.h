/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MESSAGE_PRIVATE_H
#define MESSAGE_PRIVATE_H
/*
 * What the files of the message module share while one message is read.
 *
 * A message passes them in this order: parts (structure and limits), mime
 * (the grammar of headers), charset and html (text), envelope (who got it),
 * report (machines), authored (whose words), and message, which calls them.
 *
 * Everything lies in reading->arena or in the raw bytes themselves, so raw
 * must stay where it is until the facts have been copied out. No function here
 * fails: what is odd becomes a warning, what is too much is cut.
 */
#include "message.h"

struct header {
	struct span name;
	struct span value; /* raw and folded, trimmed */
};

enum part_encoding {
	PART_PLAIN, /* 7bit, 8bit, binary, or unknown */
	PART_BASE64,
	PART_QUOTED,
	PART_UUENCODE
};

struct part {
	struct header *headers;
	size_t header_count;
	struct span type;    /* "text/plain", lower case, never empty */
	struct span charset; /* lower case, may be empty */
	struct span boundary;
	struct span name;        /* decoded file name */
	struct span method;      /* of text/calendar, lower case */
	struct span report_type; /* lower case */
	struct span smime_type;  /* lower case */
	bool flowed, delsp;
	bool attached; /* Content-Disposition: attachment */
	bool has_id;   /* Content-ID: something points at it */
	bool taken;    /* its text is in the body already */
	enum part_encoding encoding;
	struct span body; /* bytes as they stand, still encoded */
	struct part *child, *next;
};

struct reading {
	const struct message_origin *origin;
	const struct message_trust *trust;
	const struct message_limits *limits;
	struct arena *arena;
	struct message *message;
	unsigned parts, headers; /* seen so far, all levels together */
	size_t attachment_text;  /* bytes extracted so far */
	size_t decoded;          /* bytes of nested messages so far */
	unsigned answer_colours; /* bits of enum html_colour looked for */
	bool cut_parts, cut_depth, cut_header, cut_decoded; /* warned of once */
};

/* A literal; said once however often it happens. */
void reading_warn(struct reading *reading, const char *warning);

/* The first "<a@b>" of a field; the first address, or only a name. */
struct span reading_first_id(struct reading *reading, struct span value);
struct address reading_first_address(struct reading *reading,
				     struct span value);

/* Tables of words are asked for every line: this rules out nearly all of their
 * rows before anything is called. ASCII case does not count. */
static inline bool
may_start(struct span text, const char *word)
{
	return text.len != 0 && (text.ptr[0] | 0x20) == (word[0] | 0x20);
}

/* ---- parts: the tree of a message, zero-copy, capped ---- */

/* depth: levels above it. Never NULL. */
struct part *part_parse(struct reading *reading, struct span raw,
			unsigned depth);
/* Only the header fields at the front of these bytes. */
struct part *part_fields(struct reading *reading, struct span bytes);
/* First instance, as mail software takes it; empty span when absent. */
struct span part_header(const struct part *part, const char *name);
bool part_has_header(const struct part *part, const char *name);
bool part_is(const struct part *part, const char *type);
/* The first of this type, it or below it; NULL. As const as what it is given,
 * like strchr(). */
struct part *part_find(const struct part *part, const char *type);
bool part_is_multipart(const struct part *part);

/* ---- mime: the grammar of headers, and transfer encodings ---- */

/* Starts the libraries and loads what they would open files for later. */
void mime_prepare(void);
/* Fills type, charset, name, … of part from its headers. */
void mime_content(struct reading *reading, struct part *part);
/* Of a Content-Transfer-Encoding field. */
enum part_encoding mime_encoding(struct span value);
/* Transfer encoding undone; the raw bytes themselves when there is none. */
struct span mime_decode(struct reading *reading, const struct part *part);
/* RFC 2047 undone, unfolded, white space folded: valid UTF-8. */
struct span mime_words(struct reading *reading, struct span value);
/* Appends; at most limits->addresses in all. */
void mime_addresses(struct reading *reading, struct span value,
		    struct addresses *addresses);
/* Whatever looks like a@b in a line of text. */
void mime_addresses_loose(struct reading *reading, struct span line,
			  struct addresses *addresses);
/* 0 when it is no date of this life. */
time_t mime_date(struct span value);

/* ---- charset: bytes to text ---- */

/* Valid UTF-8, '\n' line ends, no NUL or other control character but tab.
 * Unknown, missing and wrong labels are coped with (windows-1252 in the end).
 * May return `bytes` itself when they are fine. */
struct span charset_text(struct reading *reading, struct span bytes,
			 struct span charset, size_t max);
/* RFC 3676 section 4: soft line ends joined, quote depth kept as ">>". */
struct span charset_unflow(struct reading *reading, struct span text,
			   bool delsp);

/* ---- html: text with marks for the authored splitter ---- */

/*
 * A line that starts with one of these was told by the markup. They are
 * control characters, so no text from outside can hold them.
 */
enum html_mark {
	HTML_REST = '\x01', /* the earlier message begins; goes on to the end */
	HTML_QUOTE = '\x02', /* inside a container of quoted text */
	HTML_SOFT = '\x03',  /* inside a plain blockquote: perhaps a quote */
	HTML_SIGNATURE = '\x04', /* inside a signature container */
	HTML_ANSWER = '\x05',    /* in a colour of reading->answer_colours */
	HTML_BARE = '\x06' /* HTML_SOFT, in an answer, without style or class */
};

/* Of text that answers inside a quote are typed in. */
enum html_colour {
	HTML_RED = 1,
	HTML_BLUE = 2,
	HTML_GREEN = 4,
	HTML_PURPLE = 8,
	HTML_ORANGE = 16
};

void html_prepare(void);
/* Without the markup that would take the parser longer than it should. */
struct span html_tame(struct reading *reading, struct span html);
struct span html_text(struct reading *reading, struct span html, bool marks,
		      size_t max);

/* ---- envelope ---- */

void envelope_read(struct reading *reading, const struct part *outer);
void envelope_read_bcc(struct reading *reading, const struct part *part);
/* The message inside a trusted journal report, whose recipients it has then
 * put into the facts; or NULL. */
struct part *envelope_journal(struct reading *reading, struct part *outer,
			      bool trusted);

/* ---- sender: is From true? ---- */

/* After From is known. part: the message itself, not a journal's wrapper. */
void sender_read(struct reading *reading, const struct part *part);

/* ---- body: text, attachments and enclosed messages, split and stored ---- */

void body_read(struct reading *reading, struct part *top);

/* ---- report: mail of machines ---- */

void report_read(struct reading *reading, const struct part *top);
/* After the text was split: what its words tell. */
void report_read_words(struct reading *reading);

/* ---- authored: splits text (marked or plain) into the facts ---- */

/* The colours that the words above a quote say the sender's answers in it
 * have ("my comments below in red"): bits of enum html_colour. */
unsigned authored_answer_colours(struct span text);

void authored_split(struct reading *reading, struct span text);

/* ---- document: text of attachments ---- */

void document_prepare(void);
bool document_readable(struct span type, struct span name);
struct span document_text(struct reading *reading, struct span type,
			  struct span name, struct span bytes,
			  struct span charset);

#endif
