/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CONTROL_H
#define CONTROL_H
/*
 * The socket at which the running daemon is asked and told (clerkctl, desk).
 *
 * Talk:   the client sends one JSON object on a line, {"command":"case",
 *         "args":["12"]}; the daemon answers any number of lines, each a JSON
 *         object, and last {"end":true,"status":0}, where status is the exit
 *         status that clerkctl gives and "error" says why it is not 0. Then the
 *         next request, or the end. `socat - UNIX:/run/clerkd/control` works.
 * Who:    root, the daemon's own user, and whoever is in the daemon's group:
 *         asked of the kernel (SO_PEERCRED, SO_PEERGROUPS), whatever the mode
 *         of the socket. Others are let in and told so, nothing else.
 * Loop:   never blocks. The caller polls control_fd() for POLLIN and then calls
 *         control_serve(), which does what can be done at once.
 * Limits: CONTROL_CLIENTS_MAX; a request of CONTROL_REQUEST_MAX, an answer of
 *         CONTROL_ANSWER_MAX bytes; a client that neither reads nor asks is
 *         dropped when its place is wanted.
 */
#include <stdbool.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"

enum {
	CONTROL_CLIENTS_MAX = 32,
	CONTROL_ARGS_MAX = 16,
	CONTROL_REQUEST_MAX = 16 * 1024,
	CONTROL_ANSWER_MAX = 32 * 1024 * 1024
};

struct control_request {
	const char *command;
	const char *args[CONTROL_ARGS_MAX];
	size_t arg_count;
	uid_t uid; /* who asks */
};

/* Filled by the handler: lines with control_line(), and how it ended. */
struct control_answer {
	struct buf lines;
	int status;         /* exit status for clerkctl */
	struct error error; /* said when kind is not ERROR_NONE */
};

/* Ends the line that json holds and adds it to the answer. */
void control_line(struct control_answer *answer, struct json_writer *json);

typedef void control_handler(void *context,
			     const struct control_request *request,
			     struct control_answer *answer);

struct control;

/* Makes the socket (an old one that nobody listens at is replaced; one that
 * somebody does is ERROR_CONFIG). */
int control_open(const char *path, control_handler *handler, void *context,
		 struct control **ret_control, struct error *err);
/* Removes the socket. Accepts NULL. */
void control_close(struct control *control);
int control_fd(const struct control *control);
int control_serve(struct control *control, struct error *err);

/* May this peer ask? Its groups hold gid, or it is root or uid. */
bool control_allows(uid_t peer, const gid_t *groups, size_t group_count,
		    uid_t uid, gid_t gid);

/* ---- the client's side ---- */

/* Sends the request and calls line for every line of the answer. Returns the
 * status of the answer; -1 (ERROR_TEMPORARY) when no daemon is there. */
int control_ask(const char *path, const struct control_request *request,
		void (*line)(void *context, struct span text), void *context,
		int *ret_status, struct error *err);

/* Reads a request line; texts lie in json. For the server and tests. */
int control_parse(struct span line, struct json **ret_json,
		  struct control_request *ret_request, struct error *err);

#endif
