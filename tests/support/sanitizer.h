/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SANITIZER_H
#define SANITIZER_H
/*
 * Is this a build whose sanitizer maps so much that neither a limit of memory
 * nor a count of it makes sense?
 */
#include <stdbool.h>

static inline bool
is_limitless(void)
{
#if defined(__SANITIZE_ADDRESS__)
	return true;
#else
	return false;
#endif
}

#endif
