/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MESSAGE_QUOTE_H
#define MESSAGE_QUOTE_H
/*
 * What the files that know announcements of earlier messages share: words of
 * header blocks, shapes of dates, and addresses in running text.
 */
#include "message_authored.h"

enum field {
	FIELD_NONE,
	FIELD_FROM,
	FIELD_SENT,
	FIELD_TO,
	FIELD_CC,
	FIELD_SUBJECT,
	FIELD_OTHER
};

/* name: without ornaments and colon. */
enum field quote_field_named(struct span name);

/* Shapes, anywhere in the text. */
bool quote_has_year(struct span text);
bool quote_has_numeric_date(struct span text);
bool quote_has_email(struct span text);

/* Quotes, brackets and commas off both ends. */
struct span quote_bare(struct span text);
/* The first address in it, in lower case; ret_start is where it stands. */
struct span quote_find_email(struct reading *reading, struct span text,
			     size_t *ret_start);

#endif
