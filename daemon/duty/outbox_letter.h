/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OUTBOX_LETTER_H
#define OUTBOX_LETTER_H
/*
 * A letter as RFC 5322 text: CRLF line ends, no line over 998 bytes, headers
 * of ASCII (RFC 2047 where a name or subject is not), body as 7bit or
 * quoted-printable UTF-8.
 *
 * Nothing that comes from outside can make a header of its own: control
 * characters become blanks, an address or Message-ID that is not well formed
 * is left out (letter_address_sound, letter_id_sound).
 *
 * There is no Bcc: clerkd cannot make a blind copy.
 */
#include <stdbool.h>
#include <time.h>

#include "base/text.h"
#include "facts/calendar.h"
#include "record/store.h"

enum {
	LETTER_TEXT_MAX = 1024 * 1024,
	LETTER_REFERENCES_MAX = 20,
	LETTER_BODY_COLUMNS = 72
};

struct letter_party {
	struct span email, name; /* name may be empty */
};

struct letter {
	time_t date;
	struct letter_party from;
	const struct letter_party *to, *cc;
	size_t to_count, cc_count;
	struct span subject;
	struct span message_id;
	struct span in_reply_to;        /* empty: starts a thread */
	const struct words *references; /* may be NULL */
	/* An answer in the recipient's name, by machine, is welcome: absence
	 * and bounce decide a reminder's fate. Else all are asked to be
	 * silent. */
	bool wants_fate;
	struct span loop; /* names this installation */
	struct span body; /* UTF-8 with '\n' */
};

/* Appends the whole letter to out. */
void letter_compose(const struct letter *letter,
		    const struct calendar *calendar, struct buf *out);

/* One @, printable ASCII, no brackets, at most 254 bytes. */
bool letter_address_sound(struct span email);
/* "<…>", printable ASCII without blanks, at most 250 bytes. */
bool letter_id_sound(struct span id);

/* Breaks lines of text at blanks so that they fit into columns; each line
 * begins with prefix, and what is broken off keeps the line's indent. What is
 * broken off goes on with the next line of the paragraph, so that filled
 * templates read evenly. */
void letter_wrap(struct span text, const char *prefix, size_t columns,
		 struct buf *out);

#endif
