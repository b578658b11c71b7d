/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LOG_LINE_MAX = 1024 };

static const struct {
	int syslog;
	const char *word;
} levels[] = {
	[LOG_LEVEL_ERROR] = { 3, "error" },
	[LOG_LEVEL_WARNING] = { 4, "warning" },
	[LOG_LEVEL_NOTICE] = { 5, "notice" },
	[LOG_LEVEL_INFO] = { 6, "info" },
	[LOG_LEVEL_DEBUG] = { 7, "debug" },
};

static struct {
	const char *role;
	enum log_level most;
	int journal;
} state = { "clerkd", LOG_LEVEL_INFO, -1 };

void
log_open(const char *role, enum log_level most)
{
	state.role = role;
	state.most = most;
	state.journal = getenv("JOURNAL_STREAM") != NULL;
}

void
log_line(enum log_level level, const char *format, ...)
{
	char line[LOG_LINE_MAX];
	size_t used, at;
	va_list args;

	if (level > state.most)
		return;
	if (state.journal == 1)
		snprintf(line, sizeof line, "<%d>%s: ", levels[level].syslog,
			 state.role);
	else
		snprintf(line, sizeof line, "%s: %s: ", state.role,
			 levels[level].word);
	used = strlen(line);
	va_start(args, format);
	vsnprintf(line + used, sizeof line - used - 1, format, args);
	va_end(args);
	/* One event, one line: what came from outside cannot forge another. */
	for (at = 0; line[at] != '\0'; at++)
		if ((unsigned char)line[at] < 0x20 || line[at] == 0x7f)
			line[at] = '?';
	line[at++] = '\n';
	(void)!write(STDERR_FILENO, line, at);
}
