/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message_private.h"

bool
document_readable(struct span type, struct span name)
{
	return span_is(type, "text/plain") || span_ends_nocase(name, ".txt");
}

struct span
document_text(struct reading *reading, struct span type, struct span name,
	      struct span bytes, struct span charset)
{
	(void)type;
	(void)name;
	return charset_text(reading, bytes, charset,
			    reading->limits->attachment_text);
}
