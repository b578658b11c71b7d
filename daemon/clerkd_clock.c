/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <time.h>

#include "clerkd_private.h"

time_t
clerk_now(const struct clerk *clerk)
{
	return time(NULL) + clerk->ahead;
}

int64_t
clerk_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
clerk_sooner(time_t *next, time_t other)
{
	if (other != 0 && (*next == 0 || other < *next))
		*next = other;
}
