/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ROLE_H
#define ROLE_H
/*
 * Processes of this program that do one thing: started from the same binary
 * with --role=NAME, a clean environment, nothing open but standard error, the
 * wire (descriptor 3) and what they are given (from 4 on).
 *
 * A program's main() begins with
 *
 *	status = role_main(argc, argv, &is_role);
 *	if (is_role)
 *		return status;
 *
 * A new role is a function and a line in the table of roles.
 *
 * Roles end when their wire ends, and at the latest with their parent
 * (PR_SET_PDEATHSIG). They are in a process group of their own, so that an
 * interrupt key reaches the parent only, who ends them in order.
 */
#include <stdbool.h>
#include <sys/types.h>

#include "base/error.h"
#include "wire.h"

enum { ROLE_WIRE_FD = 3, ROLE_FIRST_FD = 4, ROLE_FDS_MAX = 4 };

/* Runs the role that the command line names. */
int role_main(int argc, char **argv, bool *ret_is_role);

/* A role's body: talks over the wire until that ends; exit status. */
typedef int role_run(struct wire *wire);

struct role_process {
	pid_t pid; /* 0: not running */
	struct wire *wire;
};

/* fds become ROLE_FIRST_FD and so on in the role; the caller keeps his. */
int role_start(const char *name, const int *fds, size_t fd_count,
	       struct role_process *ret_role, struct error *err);
/* Has it ended? ret_status as from waitpid(2), usage as from wait4(2): peak
 * memory in kB. Then pid is 0; the wire stays open for what it still holds. */
bool role_ended(struct role_process *role, int *ret_status, long *ret_peak_kb);
/* kill -9 and wait. */
void role_kill(struct role_process *role);
/* Closes the wire, which ends it, and waits; kills it when it stays. Accepts a
 * zeroed struct. */
void role_stop(struct role_process *role, int timeout_ms);

/* "killed by signal 11", "ended with status 1". */
void role_describe(int status, char *text, size_t size);

#endif
