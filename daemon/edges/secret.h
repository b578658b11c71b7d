/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SECRET_H
#define SECRET_H
/*
 * Passwords and tokens, read by the role that uses them when it connects, so
 * that a renewed file takes effect at the next connection and the engine never
 * holds one.
 *
 * A token command is run by a process of its own (role "token"), which is not
 * jailed because it starts programs, and which meets no byte from outside but
 * the command's output. The role that wants the token talks to it over a
 * socket pair that the engine made and gave to both: the token passes nobody
 * else. In the token role and in its user that is descriptor ROLE_FIRST_FD.
 *
 * Talk:   to the token role: WIRE_SETTINGS (the command) from the engine; on
 *         the pair WIRE_COMMAND (fresh?) and WIRE_ANSWER (good?, token or why).
 * Limits: SECRET_MAX bytes, one line; SECRET_COMMAND_MS for a command. A token
 *         is kept SECRET_KEEP_S, unless a fresh one is asked for because the
 *         server refused it.
 */
#include <stdbool.h>

#include "base/error.h"
#include "role.h"
#include "wire.h"

enum {
	SECRET_MAX = 16 * 1024,
	SECRET_COMMAND_MS = 30000,
	SECRET_KEEP_S = 1800
};

/* The first line without blanks around it. ERROR_TEMPORARY when it cannot be
 * read (it may come), ERROR_CONFIG when it is empty or no line of text. */
int secret_read(const char *path, char ret_secret[SECRET_MAX],
		struct error *err);
/* Overwrites it. */
void secret_wipe(char secret[SECRET_MAX]);

/* Asks the token role at the other end of wire. */
int secret_ask(struct wire *wire, bool fresh, char ret_secret[SECRET_MAX],
	       struct error *err);

/* Starts a token role. ret_fd: the end of the pair for the role that wants the
 * token, the caller's to close. After a failure there is nothing to stop. */
int secret_start(const char *command, struct role_process *ret_role,
		 int *ret_fd, struct error *err);
/* The role. */
int secret_role(struct wire *wire);

#endif
