/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLERKCTL_H
#define CLERKCTL_H
/*
 * The commands of clerkctl(1). Each takes its own arguments (argv[0] is the
 * command's name), prints to standard output, complains to standard error and
 * returns the exit status: 0, 1 (something could not be read or is at fault),
 * 2 (wrong usage or configuration).
 */
#include <stdbool.h>

#include "snapshot.h"

enum { EXIT_FAULT = 1, EXIT_USAGE = 2 };

int clerkctl_check(int argc, char **argv);
int clerkctl_due(int argc, char **argv);
int clerkctl_elections(int argc, char **argv);
int clerkctl_scan(int argc, char **argv);
int clerkctl_replay(int argc, char **argv);
int clerkctl_text(int argc, char **argv);
int clerkctl_why(int argc, char **argv);
int clerkctl_live(int argc, char **argv); /* asks the running daemon */

/* Prints "clerkctl COMMAND: …" and the usage line of the command. */
int clerkctl_usage(const char *command);

/* Loads the snapshot for a command; prints the errors (warnings only when
 * asked) and returns NULL when there are any. */
struct snapshot *clerkctl_snapshot(const char *config_path, bool with_filter,
				   bool warnings);

#endif
