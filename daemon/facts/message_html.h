/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MESSAGE_HTML_H
#define MESSAGE_HTML_H
/*
 * What the files that read markup share: attributes of an element, and what
 * mail programs say by them. Nothing here is kept: the pointers are libxml2's
 * while an element opens.
 */
#include "message_private.h"

/* Deeper the parser is not let go. */
enum { HTML_LEVELS_MAX = 250 };

struct html_attributes {
	const char *id, *class, *style, *type, *color;
	bool hidden;
};

/* list: name and value by turns, NULL at its end. */
struct html_attributes html_attributes(const unsigned char **list);

/* Does the earlier message begin here and go on to the end? */
bool html_begins_rest(const struct html_attributes *attributes);
bool html_is_quote_container(const struct html_attributes *attributes);
bool html_is_signature_container(const struct html_attributes *attributes);
bool html_is_hidden(const struct html_attributes *attributes);
/* Of a blockquote. */
bool html_quotes_for_sure(const struct html_attributes *attributes);
/* Sets the colour of its text: a bit of enum html_colour, or 0 for one that
 * says nothing. False when the element leaves it as it is. */
bool html_colour(const struct html_attributes *attributes,
		 unsigned *ret_colour);

/* Behind the name that begins at `at`; `at` where none does. */
size_t html_name_end(struct span html, size_t at);
/* Where the tag ends whose name ends at `at`: at its '>' or "/>", or at the end
 * of everything. Attributes' values may hold either. */
size_t html_tag_end(struct span html, size_t at);

/* The same text with fewer levels; says so in the warnings. */
struct span html_flatten(struct reading *reading, struct span html);

#endif
