/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MOMENT_H
#define MOMENT_H
/*
 * Seconds of the clock that only goes forward, for tests that wait for another
 * process.
 */
#include <time.h>

static inline double
now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#endif
