/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THREAD_H
#define THREAD_H
/*
 * By what a message is known to belong to a thread (casework.md "Threads"):
 * References and In-Reply-To, then the case reference in the subject, then
 * Outlook's Thread-Index, then the same subject between the same member and
 * officer within 30 days. This module makes the keys; the store finds them.
 */
#include <stdbool.h>

#include "base/arena.h"
#include "message.h"

enum { THREAD_SUBJECT_DAYS = 30 };

/* The subject without reply and forward prefixes in any of the languages that
 * are seen in practice, without "[External]"-like tags and case references;
 * white space folded, ASCII lower case. May be empty. */
struct span thread_subject(struct span subject, struct arena *arena);

/* Finds "[CASE-…]" in a subject: what stands in it ("C12"). */
bool thread_case_reference(struct span subject, struct span *ret_reference);

/* Did this subject carry a prefix that says reply, or forward? */
bool thread_is_reply(struct span subject);
bool thread_is_forward(struct span subject);

#endif
