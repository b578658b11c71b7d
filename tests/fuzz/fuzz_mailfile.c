/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdlib.h>

#include "facts/mailfile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The head of a file that anybody may have sent, looked at outside the jail. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span head = { .ptr = (const char *)data, .len = size };
	time_t when;

	(void)mailfile_received(head);
	(void)mailfile_date(head, &when);
	/* A name can only make mail of it, never the other way round. */
	if (mailfile_why_not(head, false) == NULL &&
	    mailfile_why_not(head, true) != NULL)
		abort();
	return 0;
}
