/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Composing a letter. RFC 5322 (headers), 2047 (words that are not ASCII),
 * 2045 (quoted-printable), 3834 (Auto-Submitted), MS-OXCMAIL 2.1.3.2.20
 * (X-Auto-Response-Suppress).
 */
#include <stdio.h>
#include <string.h>

#include "outbox_letter.h"

enum {
	HEADER_COLUMNS = 76,
	ENCODED_WORD_MAX = 75,
	ENCODED_BYTES = 45, /* of UTF-8 in one word: at most 60 in base64 */
	LINE_MAX_BYTES = 998
};

static bool
printable(unsigned char byte)
{
	return byte > ' ' && byte < 0x7F;
}

bool
letter_address_sound(struct span email)
{
	size_t ats = 0;

	if (!email.len || email.len > 254 || email.ptr[0] == '@' ||
	    email.ptr[email.len - 1] == '@')
		return false;
	for (size_t i = 0; i < email.len; i++) {
		unsigned char byte = (unsigned char)email.ptr[i];

		if (!printable(byte) || strchr("<>()[],;:\\\"", byte))
			return false;
		ats += byte == '@';
	}
	return ats == 1;
}

bool
letter_id_sound(struct span id)
{
	if (id.len < 3 || id.len > 250 || id.ptr[0] != '<' ||
	    id.ptr[id.len - 1] != '>')
		return false;
	for (size_t i = 1; i + 1 < id.len; i++)
		if (!printable((unsigned char)id.ptr[i]) || id.ptr[i] == '<' ||
		    id.ptr[i] == '>')
			return false;
	return true;
}

/* ---- words of a header ---- */

static bool
plain(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] >= 0x7F)
			return false;
	/* what looks like an encoded word would be decoded */
	return span_find(text, "=?") == text.len;
}

/* The text without control characters (CR, LF and NUL would make headers) and
 * with single blanks. */
static void
add_clean(struct span text, struct buf *out)
{
	bool blank = true;

	text = span_trim(text);
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.ptr[i];

		if (byte <= ' ' || byte == 0x7F) {
			if (!blank)
				buf_add_byte(out, ' ');
			blank = true;
			continue;
		}
		buf_add_byte(out, (char)byte);
		blank = false;
	}
}

static void
add_base64(struct span text, struct buf *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < text.len; i += 3) {
		unsigned value = 0;
		size_t left = text.len - i;

		for (size_t j = 0; j < 3; j++)
			value = value << 8 |
				(j < left ? (unsigned char)text.ptr[i + j] : 0);
		buf_add_byte(out, digits[value >> 18 & 63]);
		buf_add_byte(out, digits[value >> 12 & 63]);
		buf_add_byte(out, left > 1 ? digits[value >> 6 & 63] : '=');
		buf_add_byte(out, left > 2 ? digits[value & 63] : '=');
	}
}

/* RFC 2047: words of whole characters, each on its own line. */
static void
add_encoded(struct span text, struct buf *out)
{
	for (size_t start = 0; start < text.len;) {
		size_t end = start;

		while (end < text.len) {
			size_t step =
				text_utf8_step(span_sub(text, end, text.len));

			if (end + step - start > ENCODED_BYTES)
				break;
			end += step;
		}
		if (start)
			buf_add_literal(out, "\r\n ");
		buf_add_literal(out, "=?UTF-8?B?");
		add_base64(span_sub(text, start, end), out);
		buf_add_literal(out, "?=");
		start = end;
	}
}

/* Folds at blanks; `used` columns stand on the line already. */
static void
add_folded(struct span text, size_t used, struct buf *out)
{
	struct span word;
	bool first = true;

	while (span_next(&text, ' ', &word)) {
		if (!first && used + 1 + word.len > HEADER_COLUMNS) {
			buf_add_literal(out, "\r\n");
			used = 0;
		}
		if (!first) {
			buf_add_byte(out, ' ');
			used++;
		}
		buf_add(out, word);
		used += word.len;
		first = false;
	}
}

static bool
fits_plain(struct span text)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < text.len; i++) {
		run = text.ptr[i] == ' ' ? 0 : run + 1;
		if (run > longest)
			longest = run;
	}
	return plain(text) && longest < LINE_MAX_BYTES / 2;
}

static void
add_subject(struct span subject, struct buf *out)
{
	struct buf clean;

	buf_init(&clean, 2048);
	add_clean(subject, &clean);
	buf_add_literal(out, "Subject: ");
	if (fits_plain(buf_span(&clean)))
		add_folded(buf_span(&clean), strlen("Subject: "), out);
	else
		add_encoded(buf_span(&clean), out);
	buf_add_literal(out, "\r\n");
	buf_clear(&clean);
}

/* ---- people ---- */

static void
add_name(struct span name, struct buf *out)
{
	struct buf clean;

	buf_init(&clean, 256);
	add_clean(name, &clean);
	if (!clean.len) {
		buf_clear(&clean);
		return;
	}
	if (!fits_plain(buf_span(&clean))) {
		add_encoded(buf_span(&clean), out);
	} else {
		buf_add_byte(out, '"');
		for (size_t i = 0; i < clean.len; i++) {
			if (clean.ptr[i] == '"' || clean.ptr[i] == '\\')
				buf_add_byte(out, '\\');
			buf_add_byte(out, clean.ptr[i]);
		}
		buf_add_byte(out, '"');
	}
	buf_add_byte(out, ' ');
	buf_clear(&clean);
}

static void
add_parties(const char *header, const struct letter_party *parties,
	    size_t count, struct buf *out)
{
	bool first = true;

	for (size_t i = 0; i < count; i++) {
		if (!letter_address_sound(parties[i].email))
			continue;
		buf_add_literal(out, first ? header : ",\r\n ");
		add_name(parties[i].name, out);
		buf_add_byte(out, '<');
		buf_add(out, parties[i].email);
		buf_add_byte(out, '>');
		first = false;
	}
	if (!first)
		buf_add_literal(out, "\r\n");
}

/* ---- date and thread ---- */

static void
add_date(time_t date, const struct calendar *calendar, struct buf *out)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed",
					    "Thu", "Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
					      "May", "Jun", "Jul", "Aug",
					      "Sep", "Oct", "Nov", "Dec" };
	struct date day = calendar_date(calendar, date);
	char stamp[CALENDAR_STAMP_SIZE];

	calendar_stamp(calendar, date, stamp); /* 2026-04-01T10:00:00+01:00 */
	buf_printf(out, "Date: %s, %d %s %d %.8s %.3s%.2s\r\n",
		   days[date_weekday(day)], day.day, months[day.month - 1],
		   day.year, stamp + 11, stamp + 19, stamp + 23);
}

static void
add_thread(const struct letter *letter, struct buf *out)
{
	const struct words *references = letter->references;
	size_t count = references ? references->count : 0;
	size_t from = count > LETTER_REFERENCES_MAX ?
			      count - LETTER_REFERENCES_MAX :
			      0;

	if (!letter_id_sound(letter->in_reply_to))
		return;
	buf_add_literal(out, "In-Reply-To: ");
	buf_add(out, letter->in_reply_to);
	buf_add_literal(out, "\r\nReferences:");
	for (size_t i = 0; i < count; i++) {
		/* the thread's root stays, then the newest */
		if ((i && i < from) || !letter_id_sound(references->at[i]) ||
		    span_equal(references->at[i], letter->in_reply_to))
			continue;
		buf_add_literal(out, i ? "\r\n " : " ");
		buf_add(out, references->at[i]);
	}
	buf_add_literal(out, "\r\n ");
	buf_add(out, letter->in_reply_to);
	buf_add_literal(out, "\r\n");
}

/* ---- body ---- */

static bool
needs_encoding(struct span body)
{
	struct span line;

	for (size_t i = 0; i < body.len; i++) {
		unsigned char byte = (unsigned char)body.ptr[i];

		if (byte >= 0x7F ||
		    (byte < ' ' && byte != '\n' && byte != '\t'))
			return true;
	}
	while (span_next(&body, '\n', &line))
		if (line.len > LINE_MAX_BYTES)
			return true;
	return false;
}

static void
add_quoted_line(struct span line, struct buf *out)
{
	size_t column = 0;

	for (size_t i = 0; i < line.len; i++) {
		unsigned char byte = (unsigned char)line.ptr[i];
		bool last = i + 1 == line.len;
		bool safe = (printable(byte) && byte != '=') ||
			    ((byte == ' ' || byte == '\t') && !last);

		if (column + (safe ? 1 : 3) > 75) {
			buf_add_literal(out, "=\r\n");
			column = 0;
		}
		if (safe)
			buf_add_byte(out, (char)byte);
		else
			buf_printf(out, "=%02X", byte);
		column += safe ? 1 : 3;
	}
	buf_add_literal(out, "\r\n");
}

static void
add_body(struct span body, bool encode, struct buf *out)
{
	struct span line;

	while (span_next(&body, '\n', &line)) {
		if (encode) {
			add_quoted_line(line, out);
			continue;
		}
		buf_add(out, line);
		buf_add_literal(out, "\r\n");
	}
}

/* A line that carries on a paragraph, and no item, quotation or indent. */
static bool
carries_on(struct span line)
{
	return line.len && !strchr(" *>-\"", line.ptr[0]);
}

/* Appends the words of a line; gives the columns that its last line uses. */
static size_t
wrap_line(struct span line, size_t used, const char *prefix, size_t columns,
	  struct buf *out)
{
	size_t margin = strlen(prefix), indent = 0;
	struct span word;

	for (; line.len && *line.ptr == ' '; line.ptr++, line.len--)
		if (indent < columns / 2) {
			buf_add_byte(out, ' ');
			indent++;
		}
	used += indent;
	if (span_starts(line, "* ") || span_starts(line, "- "))
		indent += 2;
	while (span_next(&line, ' ', &word)) {
		if (used > margin && used + 1 + word.len > columns) {
			buf_add_byte(out, '\n');
			buf_add_literal(out, prefix);
			for (used = margin; used < margin + indent; used++)
				buf_add_byte(out, ' ');
		} else if (used > margin && out->ptr[out->len - 1] != ' ') {
			buf_add_byte(out, ' ');
			used++;
		}
		buf_add(out, word);
		used += word.len;
	}
	return used;
}

void
letter_wrap(struct span text, const char *prefix, size_t columns,
	    struct buf *out)
{
	bool first = true, broken = false;
	struct span line;
	size_t used = 0;

	while (span_next(&text, '\n', &line)) {
		size_t lines = out->len;

		if (!broken || !carries_on(line)) {
			if (!first)
				buf_add_byte(out, '\n');
			buf_add_literal(out, prefix);
			used = strlen(prefix);
			lines = out->len;
		}
		used = wrap_line(line, used, prefix, columns, out);
		broken = memchr(out->ptr + lines, '\n', out->len - lines);
		first = false;
	}
}

void
letter_compose(const struct letter *letter, const struct calendar *calendar,
	       struct buf *out)
{
	bool encode = needs_encoding(letter->body);

	add_date(letter->date, calendar, out);
	add_parties("From: ", &letter->from, 1, out);
	add_parties("To: ", letter->to, letter->to_count, out);
	add_parties("Cc: ", letter->cc, letter->cc_count, out);
	add_subject(letter->subject, out);
	buf_add_literal(out, "Message-ID: ");
	buf_add(out, letter->message_id);
	buf_add_literal(out, "\r\n");
	add_thread(letter, out);
	buf_add_literal(out, "Auto-Submitted: auto-generated\r\n");
	/* A reminder's fate hangs on bounce and absence note: only the rest is
	 * suppressed, and no Precedence, which would silence absence notes. */
	if (letter->wants_fate)
		buf_add_literal(out, "X-Auto-Response-Suppress: DR, RN, NRN, "
				     "AutoReply\r\n");
	else
		buf_add_literal(out, "X-Auto-Response-Suppress: All\r\n"
				     "Precedence: bulk\r\n");
	buf_add_literal(out, "X-Clerkd-Loop: ");
	add_clean(letter->loop, out);
	buf_add_literal(out, "\r\nMIME-Version: 1.0\r\n"
			     "Content-Type: text/plain; charset=utf-8\r\n"
			     "Content-Transfer-Encoding: ");
	buf_add_literal(out, encode ? "quoted-printable" : "7bit");
	buf_add_literal(out, "\r\n\r\n");
	add_body(letter->body, encode, out);
}
