/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Header blocks above earlier messages, and what they tell: "From: … Sent: …
 * To: … Subject: …" in many languages.
 */
#include <string.h>
#include <strings.h>

#include "message_quote.h"

enum {
	FIELD_NAME_MAX = 40,
	BLOCK_LINES_MAX = 24,
	BLOCK_GAPS_MAX = 2 /* blank lines in a row inside a block */
};

static struct span
strip_ornament(struct span text)
{
	text = span_trim(text);
	while (text.len != 0 && strchr("*_|", text.ptr[0]) != NULL)
		text = span_trim(span_sub(text, 1, text.len));
	while (text.len != 0 && strchr("*_|", text.ptr[text.len - 1]) != NULL)
		text = span_trim(span_sub(text, 0, text.len - 1));
	return text;
}

/* Which field is this line, and what does it say? */
static enum field
read_field(struct span line, struct span *ret_value)
{
	size_t most = line.len < FIELD_NAME_MAX ? line.len : FIELD_NAME_MAX;
	size_t colon = span_find_byte(span_sub(line, 0, most), ':'), wide = 1;
	enum field field;

	if (colon == most) {
		colon = span_find(span_sub(line, 0, most), "\xef\xbc\x9a");
		wide = 3;
		if (colon == most)
			return FIELD_NONE;
	}
	field = quote_field_named(strip_ornament(span_sub(line, 0, colon)));
	if (field != FIELD_NONE && ret_value != NULL)
		*ret_value =
			strip_ornament(span_sub(line, colon + wide, line.len));
	return field;
}

bool
quote_has_time(struct span text)
{
	size_t i;

	for (i = 1; i + 2 < text.len; i++)
		if ((text.ptr[i] == ':' || text.ptr[i] == '.' ||
		     text.ptr[i] == 'h') &&
		    byte_is_digit(text.ptr[i - 1]) &&
		    byte_is_digit(text.ptr[i + 1]) &&
		    byte_is_digit(text.ptr[i + 2]) &&
		    (i < 3 || !byte_is_digit(text.ptr[i - 2]) ||
		     !byte_is_digit(text.ptr[i - 3])) &&
		    (i + 3 == text.len || !byte_is_digit(text.ptr[i + 3])))
			return true;
	return false;
}

bool
quote_has_year(struct span text)
{
	size_t i;

	for (i = 0; i + 4 <= text.len; i++)
		if (((text.ptr[i] == '2' && text.ptr[i + 1] == '0') ||
		     (text.ptr[i] == '1' && text.ptr[i + 1] == '9')) &&
		    byte_is_digit(text.ptr[i + 2]) &&
		    byte_is_digit(text.ptr[i + 3]) &&
		    (i == 0 || !byte_is_digit(text.ptr[i - 1])) &&
		    (i + 4 == text.len || !byte_is_digit(text.ptr[i + 4])))
			return true;
	return false;
}

/* d/m/yy, d.m.yyyy, y-m-d */
bool
quote_has_numeric_date(struct span text)
{
	size_t i;
	unsigned seps = 0, digits = 0;

	for (i = 0; i < text.len; i++) {
		if (byte_is_digit(text.ptr[i])) {
			digits++;
			if (seps >= 2)
				return true;
		} else if (digits != 0 && digits <= 4 &&
			   strchr("/.-", text.ptr[i]) != NULL) {
			seps++;
			digits = 0;
		} else {
			seps = digits = 0;
		}
	}
	return false;
}

bool
quote_has_email(struct span text)
{
	size_t at = span_find_byte(text, '@');

	return at != 0 && at + 3 < text.len;
}

struct block {
	unsigned seen; /* bits of enum field */
	bool from_email, sent_time, sent_exactly;
	size_t last; /* the last line with a field */
};

/* "From: ola@x.example Date: …", where the line end was lost. */
static bool
holds_date(struct span value)
{
	return span_find_nocase(value, " date: ") < value.len ||
	       span_find_nocase(value, " sent: ") < value.len;
}

static void
note_field(struct block *block, enum field field, struct span value, size_t at)
{
	if (field == FIELD_FROM && quote_has_email(value))
		block->from_email = true;
	if (field == FIELD_SENT &&
	    (quote_has_time(value) || quote_has_numeric_date(value) ||
	     quote_has_year(value)))
		block->sent_time = true;
	if ((field == FIELD_SENT ||
	     (field == FIELD_FROM && holds_date(value))) &&
	    quote_has_time(value) &&
	    (quote_has_year(value) || quote_has_numeric_date(value)))
		block->sent_exactly = true;
	if (field != FIELD_OTHER || block->seen != 0)
		block->seen |= 1U << field;
	block->last = at;
}

static unsigned
bit_count(unsigned bits)
{
	unsigned count = 0;

	for (; bits != 0; bits &= bits - 1)
		count++;
	return count;
}

/* From and two more, and something no memo has: an address or a time. Of two
 * fields both must be certain. */
static bool
is_block(const struct block *block)
{
	unsigned others = block->seen & (1U << FIELD_SENT | 1U << FIELD_TO |
					 1U << FIELD_CC | 1U << FIELD_SUBJECT);

	if (block->from_email && block->sent_exactly)
		return true;
	return (block->seen & 1U << FIELD_FROM) != 0 &&
	       bit_count(others) >= 2 &&
	       (block->from_email || block->sent_time);
}

/* Blocks overlap, so a line is asked often; its field is looked up once. */
static enum field
line_field(const struct lines *lines, size_t at)
{
	struct line *line = &lines->at[at];

	if (line->field == 0)
		line->field =
			(uint8_t)(1 + read_field(line_text(lines, at), NULL));
	return (enum field)(line->field - 1);
}

bool
quote_header_block(const struct lines *lines, size_t at, size_t *ret_end)
{
	struct block block = { .seen = 0 };
	size_t i, gaps = 0, loose = 0;
	enum field field = line_field(lines, at);

	if (field == FIELD_NONE || field == FIELD_OTHER)
		return false;
	for (i = at; i < lines->count && i - at < BLOCK_LINES_MAX; i++) {
		if (line_blank(lines, i)) {
			if (++gaps > BLOCK_GAPS_MAX)
				break;
			continue;
		}
		field = line_field(lines, i);
		if (field != FIELD_NONE) {
			/* A second From: is the next message's. */
			if (field == FIELD_FROM &&
			    (block.seen & 1U << FIELD_FROM) != 0)
				break;
			note_field(&block, field, line_text(lines, i), i);
			loose = 0;
		} else if (gaps != 0 || ++loose > 6) {
			break; /* folded fields only directly below */
		} else if ((block.seen & 1U << FIELD_FROM) != 0 &&
			   quote_has_email(line_text(lines, i))) {
			block.from_email = true;
		}
		gaps = 0;
	}
	if (!is_block(&block))
		return false;
	*ret_end = block.last + 1;
	return true;
}

/* ---- what they tell ---- */

struct span
quote_bare(struct span text)
{
	text = span_trim(text);
	while (text.len != 0 && strchr("\"'<([,*:; ", text.ptr[0]) != NULL)
		text = span_sub(text, 1, text.len);
	while (text.len != 0 &&
	       strchr("\"'<([>)],*:; ", text.ptr[text.len - 1]) != NULL)
		text.len--;
	return text;
}

static bool
is_email_byte(char c)
{
	return byte_is_word(c) || strchr(".+-_'=%&/!#$~", c) != NULL;
}

/* The first address in it; ret_start is where its "<" or "[" stands. */
struct span
quote_find_email(struct reading *reading, struct span text, size_t *ret_start)
{
	size_t at = span_find_byte(text, '@'), start, end, i;
	struct span email;
	char *low;

	*ret_start = text.len;
	if (at == text.len)
		return span_of("");
	for (start = at; start != 0 && is_email_byte(text.ptr[start - 1]);)
		start--;
	for (end = at + 1; end < text.len && is_email_byte(text.ptr[end]);)
		end++;
	while (end > at && text.ptr[end - 1] == '.')
		end--;
	*ret_start = start;
	if (start == at || end - at < 4)
		return span_of("");
	email = arena_span(reading->arena, span_sub(text, start, end));
	low = (char *)email.ptr;
	for (i = 0; i < email.len; i++)
		if (low[i] >= 'A' && low[i] <= 'Z')
			low[i] = (char)(low[i] + 'a' - 'A');
	return email;
}

static struct address
read_address(struct reading *reading, struct span text)
{
	struct address address = { .name = span_of("") };
	size_t start, i;
	struct span name;

	address.email = quote_find_email(reading, text, &start);
	name = span_sub(text, 0, start);
	for (i = 0; i < name.len; i++)
		if (strchr("<[(", name.ptr[i]) != NULL)
			break;
	name = quote_bare(span_sub(name, 0, i));
	if (span_ends_nocase(name, "mailto"))
		name = quote_bare(span_sub(name, 0, name.len - 6));
	address.name = arena_span(reading->arena, name);
	return address;
}

/* "A <a@b>; C <c@d>" or "Surname, Name; Surname, Name". */
static void
read_list(struct reading *reading, struct span value, struct addresses *list)
{
	char separator = span_find_byte(value, ';') < value.len ? ';' : ',';
	struct span piece;

	while (span_next(&value, separator, &piece)) {
		struct address *slot;

		if (span_blank(piece) ||
		    list->count >= reading->limits->addresses)
			continue;
		slot = arena_push(reading->arena, &list->at, &list->count,
				  sizeof *slot);
		*slot = read_address(reading, piece);
	}
}

static void
use_field(struct reading *reading, enum field field, struct span value,
	  struct quote *quote)
{
	if (value.len == 0)
		return;
	switch (field) {
	case FIELD_FROM:
		if (quote->from.name.len == 0 && quote->from.email.len == 0)
			quote->from = read_address(reading, value);
		break;
	case FIELD_SENT:
		if (quote->sent == 0)
			quote->sent = quote_date(value);
		break;
	case FIELD_TO:
	case FIELD_CC:
		read_list(reading, value, &quote->to);
		break;
	case FIELD_SUBJECT:
		quote->subject = arena_span(reading->arena, value);
		break;
	case FIELD_NONE:
	case FIELD_OTHER:
		break;
	}
}

void
quote_read_block(struct reading *reading, const struct lines *lines,
		 size_t start, size_t end, struct quote *quote)
{
	enum field open = FIELD_NONE, field;
	struct span value = span_of(""), part;
	size_t at;

	for (at = start; at < end; at++) {
		struct span line = span_trim(line_text(lines, at));

		if (line.len == 0)
			continue;
		field = read_field(line, &part);
		if (field == FIELD_NONE) { /* the field above, folded */
			value = arena_printf(reading->arena, "%.*s %.*s",
					     SPAN_ARG(value), SPAN_ARG(line));
			continue;
		}
		use_field(reading, open, value, quote);
		open = field;
		value = part;
	}
	use_field(reading, open, value, quote);
}
