/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LOG_H
#define LOG_H
/*
 * One line an event on standard error, for the journal: "<6>" priority prefix
 * (sd-daemon(3)) under systemd, a plain "info:" in the foreground.
 *
 * Only programs and edges log; library code returns struct error. A line holds
 * ids, counts and fixed words in the form key=value. It never holds people or
 * words (address, name, subject, body, evidence) above LOG_DEBUG: that is the
 * caller's duty, and a test greps a whole run for it.
 */
#include "attribute.h"

enum log_level {
	LOG_LEVEL_ERROR,
	LOG_LEVEL_WARNING,
	LOG_LEVEL_NOTICE,
	LOG_LEVEL_INFO,
	LOG_LEVEL_DEBUG,
	LOG_LEVEL_COUNT
};

/* role: a literal that stands first in each line ("engine", "fetch", …). */
void log_open(const char *role, enum log_level most);
void log_line(enum log_level level, const char *format, ...) CLERK_PRINTF(2, 3);

#endif
