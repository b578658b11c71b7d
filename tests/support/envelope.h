/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENVELOPE_H
#define ENVELOPE_H
/*
 * A council that trusts some headers and has a journal, for tests of who really
 * got a mail.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mail.h"

static const struct span trusted[] = { { .ptr = "X-Envelope-To", .len = 13 },
				       { .ptr = "X-Original-To", .len = 13 } };

static const struct span journals[] = { { .ptr = "journal@hill.example",
					  .len = 20 } };

static const struct span domains[] = { { .ptr = "hill.example", .len = 12 } };

static inline void
read_trusting(struct mail *mail, const char *raw, bool journal_mailbox)
{
	mail_open(mail);
	mail->trust = (struct message_trust){
		.headers = trusted,
		.header_count = ARRAY_SIZE(trusted),
		.journals = journals,
		.journal_count = ARRAY_SIZE(journals),
		.domains = domains,
		.domain_count = ARRAY_SIZE(domains),
	};
	mail->origin.journal_mailbox = journal_mailbox;
	assert_int_equal(mail_read(mail, span_of(raw)), 0);
}

static inline const struct receipt *
find_receipt(const struct mail *mail, const char *email)
{
	size_t i;

	for (i = 0; i < mail->message->receipt_count; i++)
		if (span_is(mail->message->receipts[i].email, email))
			return &mail->message->receipts[i];
	return NULL;
}

#endif
