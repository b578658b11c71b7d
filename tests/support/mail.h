/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SUPPORT_MAIL_H
#define TESTS_SUPPORT_MAIL_H
/*
 * Reads a mail that stands in a test into facts, as the reader would.
 */
#include <stdlib.h>
#include <string.h>

#include "facts/message.h"

struct mail {
	struct arena *arena;
	struct message_origin origin;
	struct message_trust trust;
	struct message_limits limits;
	struct message *message;
	struct error err;
};

static inline void
mail_open(struct mail *mail)
{
	memset(mail, 0, sizeof *mail);
	mail->arena = arena_new(0);
	mail->limits = message_limits_default;
	mail->origin.owner = span_of("");
}

static inline int
mail_read(struct mail *mail, struct span raw)
{
	return message_read(raw, &mail->origin, &mail->trust, &mail->limits,
			    mail->arena, &mail->message, &mail->err);
}

static inline void
mail_close(struct mail *mail)
{
	arena_free(mail->arena);
}

/* Fails the test with both texts; cmocka.h must be included before. */
static inline void
assert_span(struct span got, const char *want)
{
	if (!span_is(got, want))
		fail_msg("got '%.*s', want '%s'", SPAN_ARG(got), want);
}

static inline bool
mail_warns(const struct mail *mail, const char *words)
{
	size_t i;

	for (i = 0; i < mail->message->warning_count; i++)
		if (span_find(mail->message->warnings[i], words) <
		    mail->message->warnings[i].len)
			return true;
	return false;
}

#endif
