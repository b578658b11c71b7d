/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLERKCTL_MAIL_H
#define CLERKCTL_MAIL_H
/*
 * Mail in files through jailed readers, for scan, replay and text: the same
 * reading that the daemon does.
 */
#include <stdbool.h>

#include "base/json.h"
#include "edges/read.h"
#include "facts/mailfile.h"
#include "snapshot.h"

enum {
	MAIL_KEY_MAX = 8192 /* a path and a number */
};

struct mail_options {
	const struct config *config; /* NULL: trust nothing, default limits */
	unsigned readers;            /* 0: as configured, or one */
};

/* One message; reading->message is NULL when it is unreadable. */
typedef int mail_handler(void *context, const struct mailfile *file,
			 const struct reading *reading, struct error *err);

/* Calls handler for every file in order. Shows a progress bar on a terminal
 * when there is much to read. -1 when files or readers fail altogether, or
 * when the handler does. */
int mail_read(const struct mail_options *options, const struct mailfiles *files,
	      mail_handler *handler, void *context, struct error *err);

/* The usual way: lists the paths and reads them. What is no mail is unreadable.
 */
int mail_read_paths(const struct mail_options *options,
		    const char *const *paths, size_t path_count,
		    mail_handler *handler, void *context, struct error *err);

/* What names a message among all files: its path, and its place in an mbox. */
void mail_key(const struct mailfile *file, struct buf *key);
/* For people, where no such line is printed. */
void mail_say_unreadable(const struct mailfile *file,
			 const struct reading *reading);
/* The line for a message that could not be read: {"file":…,"error":…}. */
void mail_print_unreadable(struct json_writer *json, const char *file,
			   const char *why);

#endif
