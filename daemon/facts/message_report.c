/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message_private.h"

void
report_read(struct reading *reading, const struct part *top)
{
	reading->message->automatic = AUTOMATIC_NO;
	reading->message->automatic_why = span_of("");
	reading->message->report_about = span_of("");
	reading->message->list_id =
		mime_words(reading, part_header(top, "List-Id"));
}
