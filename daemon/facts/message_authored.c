/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message_private.h"

void
authored_split(struct reading *reading, struct span text)
{
	struct buf body, quoted, signature;
	struct span line;
	struct buf *into = &body;

	buf_init(&body, text.len + 1);
	buf_init(&quoted, text.len + 1);
	buf_init(&signature, text.len + 1);
	while (span_line(&text, &line)) {
		bool quote = span_starts(line, ">");

		if (span_starts(line, "\x02") || span_starts(line, "\x03"))
			quote = true;
		if (span_starts_nocase(line, "-----Original") ||
		    span_starts(line, "From: ") || span_starts(line, "\x01") ||
		    (span_starts(line, "On ") &&
		     span_ends_nocase(line, "wrote:")))
			into = &quoted;
		else if (span_is(line, "-- ") || span_starts(line, "\x04"))
			into = &signature;
		while (line.len != 0 && line.ptr[0] > 0 && line.ptr[0] < 5)
			line = span_sub(line, 1, line.len);
		buf_add(quote ? &quoted : into, line);
		buf_add_byte(quote ? &quoted : into, '\n');
	}
	reading->message->body =
		span_trim(arena_span(reading->arena, buf_span(&body)));
	reading->message->quoted =
		arena_span(reading->arena, buf_span(&quoted));
	reading->message->signature =
		span_trim(arena_span(reading->arena, buf_span(&signature)));
	buf_clear(&body);
	buf_clear(&quoted);
	buf_clear(&signature);
}
