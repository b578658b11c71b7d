/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who got a message without showing in it, as it is remembered; the same in
 * people's words is judgement's.
 */
#include "intake_private.h"

/* Got it, and is neither in To nor Cc nor the sender. Who got it through a
 * visible list or another's forwarding is not hidden (facts: journals). */
struct words
intake_hidden(const struct intake *intake, const struct message *facts,
	      const struct store_message *message, struct arena *arena)
{
	struct words hidden = { 0 };

	hidden.at =
		arena_array(arena, facts->receipt_count, sizeof(*hidden.at));
	for (size_t i = 0; i < facts->receipt_count; i++) {
		const struct receipt *receipt = &facts->receipts[i];
		struct span email, list;

		if (!receipt->email.len || receipt->forwarded.len)
			continue;
		email = people_canonical(intake->people, receipt->email);
		list = receipt->expanded.len ?
			       people_canonical(intake->people,
						receipt->expanded) :
			       email;
		if (span_equal(email, message->from) ||
		    words_hold(&message->to, email) ||
		    words_hold(&message->cc, email) ||
		    words_hold(&message->to, list) ||
		    words_hold(&message->cc, list) ||
		    words_hold(&hidden, email))
			continue;
		hidden.at[hidden.count++] = email;
	}
	return hidden;
}

/* The hidden ones of whom the journal, or the sender's own copy, says so. */
struct words
intake_proven(const struct intake *intake, const struct message *facts,
	      const struct store_message *message, struct arena *arena)
{
	struct words proven = { 0 };
	bool own = facts->mailbox_owner.len &&
		   span_equal(people_canonical(intake->people,
					       facts->mailbox_owner),
			      message->from);

	proven.at =
		arena_array(arena, message->hidden.count, sizeof(*proven.at));
	for (size_t i = 0; i < facts->receipt_count; i++) {
		const struct receipt *receipt = &facts->receipts[i];
		struct span email =
			people_canonical(intake->people, receipt->email);

		if ((receipt->source == RECEIPT_JOURNAL_BCC ||
		     (receipt->source == RECEIPT_BCC_HEADER && own)) &&
		    words_hold(&message->hidden, email) &&
		    !words_hold(&proven, email))
			proven.at[proven.count++] = email;
	}
	return proven;
}
