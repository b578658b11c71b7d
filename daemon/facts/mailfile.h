/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAILFILE_H
#define MAILFILE_H
/*
 * Mail that lies in files: an .eml file, an mbox, a Maildir, or a folder of
 * .eml files (read recursively). Read in place, never changed.
 *
 * mailfile_list() finds every message with its place and the time at which the
 * council's system took it (topmost Received, else Date, else the file's
 * time), and sorts by that time. Only the head of a message is looked at here;
 * reading it is the jailed reader's work.
 */
#include <time.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

struct mailfile {
	const char *path;  /* as it is to be shown */
	const char *name;  /* relative to the path asked for, or its own name */
	long long offset;  /* within an mbox; 0 else */
	long long length;
	time_t received;
};

struct mailfiles {
	struct mailfile *at;
	size_t count;
};

/* All in arena. ERROR_INPUT names the path that cannot be read. */
int mailfile_list(const char *const *paths, size_t path_count,
		  struct arena *arena, struct mailfiles *ret_files,
		  struct error *err);

/* Reads one message's bytes; at most max of them. Caller frees ret->ptr. */
int mailfile_read(const struct mailfile *file, size_t max,
		  struct span *ret_raw, struct error *err);

#endif
