/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MESSAGE_AUTHORED_H
#define MESSAGE_AUTHORED_H
/*
 * Whose words a line is: what the files of the authored splitter share.
 *
 * A text is cut into lines once; every step then only sets the kind of lines.
 * All recognisers look at a bounded number of lines and bytes, so the whole is
 * linear in the text.
 */
#include <stdint.h>

#include "message_private.h"

enum line_kind { LINE_AUTHORED, LINE_QUOTED, LINE_SIGNATURE };

struct line {
	const char *ptr; /* the words, without marks and quote signs */
	uint32_t len;
	uint8_t depth;  /* of quote signs */
	uint8_t mark;   /* an enum html_mark, or 0 */
	uint8_t prefix; /* bytes of quote signs in front of ptr */
	uint8_t kind;
	uint8_t bare;  /* in a blockquote that says nothing of itself */
	uint8_t field; /* what header field it is, plus one; 0 not asked yet */
};

struct lines {
	struct line *at;
	size_t count, room; /* a few lines may be split later */
};

static inline struct span
line_text(const struct lines *lines, size_t at)
{
	return (struct span){ .ptr = lines->at[at].ptr,
			      .len = lines->at[at].len };
}

static inline bool
line_blank(const struct lines *lines, size_t at)
{
	return lines->at[at].len == 0;
}

static inline bool
byte_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Of any alphabet: bytes beyond ASCII count. */
static inline bool
byte_is_letter(char c)
{
	unsigned char u = (unsigned char)c;

	return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || u >= 0x80;
}

static inline bool
byte_is_word(char c)
{
	return byte_is_letter(c) || byte_is_digit(c);
}

/* ---- quotes: how earlier messages are announced ---- */

/* "-----Original Message-----" and the like, in many languages. */
bool quote_separator(struct span line, bool *ret_forwarded);

/* "From: … Sent: … To: … Subject: …" that begins at this line; ret_end is the
 * first line behind it. */
bool quote_header_block(const struct lines *lines, size_t at, size_t *ret_end);

/* "On … wrote:" that ends at this line; ret_start is its first line. */
bool quote_attribution(const struct lines *lines, size_t at, size_t *ret_start);

/* ">:" and "> wrote:", torn off the ">" of an address in the lines above. */
bool quote_torn_end(const struct lines *lines, size_t at);

/* Where in its first line an attribution begins behind other words; 0 when it
 * stands in front. */
size_t quote_attribution_offset(const struct lines *lines, size_t start);

/* What such lines tell. */
void quote_read_block(struct reading *reading, const struct lines *lines,
		      size_t start, size_t end, struct quote *quote);
void quote_read_attribution(struct reading *reading, const struct lines *lines,
			    size_t start, size_t end, struct quote *quote);

/* A point in time as people's mail programs write it, in many languages; in
 * UTC unless an offset stands there. 0 when it is none. */
time_t quote_date(struct span text);
/* hh:mm, hh.mm or hhHmm somewhere in it. */
bool quote_has_time(struct span text);

/* ---- quoted: which lines are somebody else's ---- */

void quoted_mark(struct lines *lines);
/* The next line with words, at or behind this one. */
size_t quoted_next_words(const struct lines *lines, size_t at);
/* Can a line that begins so start a header block or separator? Most lines
 * leave here. */
bool quoted_may_announce(struct span line);

/* ---- answers: typed inside quoted text, without quote signs ---- */

/* After quoted_mark(). */
void answers_mark(const struct message *message, struct lines *lines);

/* ---- notice: words that programs and gateways add ---- */

struct range {
	size_t start, end; /* lines */
};

/* A notice of confidentiality and the like, by the weight of its words. */
bool notice_is(const struct lines *lines, struct range range);
unsigned notice_weight(const struct lines *lines, struct range range);
/* "This message came from outside…" */
bool notice_is_banner(const struct lines *lines, struct range range);
/* "OFFICIAL" in a line of its own. */
bool notice_is_classification(struct span line);
/* "Sent from my phone", in many languages. */
bool notice_is_device(struct span line);
/* "Kind regards," in a line of its own. */
bool notice_is_closing(struct span line);
/* "Dear Mr Patel," */
bool notice_is_salutation(struct span line);

/* Words in a line, and the line without ornaments at its ends. */
size_t notice_word_count(struct span text);
struct span notice_bare(struct span text);
bool notice_starts_with_word(struct span text, const char *word);

/* ---- block: the shape of signature blocks ---- */

/* Short, and no sentence: may stand in a block. */
bool block_line(struct span line);
/* "________" and other ornaments. */
bool block_is_rule(struct span line);
bool block_names_sender(const struct message *message, struct span line);
bool block_lines_only(const struct lines *lines, struct range range);
bool block_has_contact(const struct lines *lines, struct range range);
/* The last paragraph in [start, end); empty when there is none. */
struct range block_last_paragraph(const struct lines *lines, size_t start,
				  size_t end);
/* A paragraph that a mail program appended: name with post, or addresses. */
bool block_is(const struct message *message, const struct lines *lines,
	      struct range range);
/* For certain: it names the sender, or stands below a closing. */
bool block_is_sure(const struct message *message, const struct lines *lines,
		   size_t start, struct range range);
/* So much a block that it may be all there is. */
bool block_is_bare(const struct message *message, const struct lines *lines,
		   struct range range);
/* "-Jane" in the last line. */
bool block_is_dashed_name(const struct message *message,
			  const struct lines *lines, struct range range);

/* ---- tail: signature, disclaimer, banner ---- */

/* Marks what is not the sender's own words in authored lines [start, end).
 * first, last: is it the first or last stretch of them? */
void tail_mark(struct reading *reading, struct lines *lines, size_t start,
	       size_t end, bool first, bool last);

#endif
