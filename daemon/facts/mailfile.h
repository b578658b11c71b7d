/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAILFILE_H
#define MAILFILE_H
/*
 * Mail that lies in files: an .eml file, an mbox, a Maildir, or a folder of
 * .eml files (read recursively). Read in place, never changed.
 *
 * A message of an mbox is named "inbox.mbox#3"; its bytes lie between the
 * "From " lines. A folder gives its .eml files, its Maildirs and its .mbox
 * files; a path that is named itself may have any name. Links to folders are
 * not followed, except where the path asked for is one.
 *
 * mailfile_list() finds every message with its place and the time at which the
 * council's system took it (topmost Received, else Date, else the file's
 * time), and sorts by that time, then by name and place. Only the head of a
 * message is looked at here; reading it is the jailed reader's work.
 */
#include <stdbool.h>
#include <time.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

enum {
	MAILFILE_HEAD_MAX = 64 * 1024, /* of a message, to find Received in */
	MAILFILE_DEPTH_MAX = 32,       /* folders within folders */
	MAILFILE_COUNT_MAX = 5000000   /* messages in one list */
};

struct mailfile {
	const char *path; /* as it is to be shown */
	const char *name; /* relative to the path asked for, or its own name */
	long long offset; /* within an mbox; 0 else */
	long long length;
	time_t received;
	const char *why_not; /* it is no mail, says mailfile_list_asked() */
};

struct mailfiles {
	struct mailfile *at;
	size_t count;
};

/* All in arena. ERROR_INPUT names the path that cannot be read. */
int mailfile_list(const char *const *paths, size_t path_count,
		  struct arena *arena, struct mailfiles *ret_files,
		  struct error *err);

/* As mailfile_list(), of paths that a person named: what is no mail, and what
 * cannot be opened, is listed with why_not, so that nothing stops for it. Only
 * what is clearly something else is no mail. */
int mailfile_list_asked(const char *const *paths, size_t path_count,
			struct arena *arena, struct mailfiles *ret_files,
			struct error *err);

/* Why a file that begins with these bytes is no mail, and what to do; NULL when
 * it may be. named_mail: its name says that it is a message, so that fields
 * that nobody knows will do. */
const char *mailfile_why_not(struct span head, bool named_mail);

/* When the head of a message says that it was taken: the topmost Received,
 * else Date; 0 when neither can be understood. Looks at MAILFILE_HEAD_MAX
 * bytes at the most and may be given anything. */
time_t mailfile_received(struct span head);

/* A date as RFC 5322 3.3 and 4.3 have it; false when it is none. */
bool mailfile_date(struct span text, time_t *ret_time);

/* Reads one message's bytes; at most max of them. Caller frees ret->ptr. */
int mailfile_read(const struct mailfile *file, size_t max, struct span *ret_raw,
		  struct error *err);

#endif
