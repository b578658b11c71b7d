/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MESSAGE_REPORT_H
#define MESSAGE_REPORT_H
/*
 * What the files that tell mail of machines share: standard reports in one,
 * bounces and replies that keep to no standard in another, mail to many in the
 * third.
 */
#include "message_private.h"

/* One failed or late recipient; a second one of the same name is left out. */
void report_add_failure(struct reading *reading, struct span recipient,
			struct span status, bool permanent);

/* "Automatic reply: …" in many languages. A person's "Re: Automatic reply: …"
 * is none. */
bool report_subject_is_reply(struct span subject);

/* A field's first word: no comment, and not what follows a semicolon. */
struct span report_keyword(struct span value);

/* "noreply@…" and the like. */
bool report_takes_no_reply(struct span email);

/* Mail to many that nobody wrote in answer to anybody. */
bool report_bulk(struct reading *reading, const struct part *top);

/* A bounce in the words of a mail system, by sender, subject and text. */
bool report_bounce(struct reading *reading, const struct part *top);

#endif
