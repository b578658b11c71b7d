/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "role.h"
#include "secret.h"

enum { COMMAND_TEXT_MAX = 4096 };

struct helper {
	char command[COMMAND_TEXT_MAX + 1];
	char secret[SECRET_MAX];
	time_t taken; /* 0: none kept */
};

static long
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int
spawn(const char *command, int output, pid_t *ret_pid)
{
	static char shell[] = "sh", flag[] = "-c";
	static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin",
		    lang[] = "LC_ALL=C.UTF-8";
	char *argv[] = { shell, flag, (char *)(uintptr_t)command, NULL };
	char *environment[] = { path, lang, NULL };
	posix_spawn_file_actions_t actions;
	int rc;

	posix_spawn_file_actions_init(&actions);
	rc = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null",
					      O_RDONLY, 0);
	rc |= posix_spawn_file_actions_adddup2(&actions, output, 1);
	rc |= posix_spawn_file_actions_addclosefrom_np(&actions, 3);
	if (rc == 0)
		rc = posix_spawn(ret_pid, "/bin/sh", &actions, NULL, argv,
				 environment);
	posix_spawn_file_actions_destroy(&actions);
	return rc;
}

/* All that the command says, up to its end or the deadline. -1: too late. */
static ssize_t
collect(int fd, char *room, size_t size)
{
	long until = now_ms() + SECRET_COMMAND_MS;
	size_t len = 0;

	while (len < size) {
		struct pollfd at = { .fd = fd, .events = POLLIN };
		long left = until - now_ms();
		ssize_t n;

		if (left <= 0 || poll(&at, 1, (int)left) == 0)
			return -1;
		n = read(fd, room + len, size - len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		len += (size_t)n;
	}
	return (ssize_t)len;
}

static int
run(struct helper *helper, struct error *err)
{
	char text[SECRET_MAX], how[96];
	struct span token = { .ptr = text };
	int pipes[2], status = 0, rc;
	ssize_t n;
	pid_t pid;

	if (pipe2(pipes, O_CLOEXEC) != 0)
		return error_set(err, ERROR_TEMPORARY, "pipe: %s",
				 strerror(errno));
	rc = spawn(helper->command, pipes[1], &pid);
	close(pipes[1]);
	if (rc != 0) {
		close(pipes[0]);
		return error_set(err, ERROR_TEMPORARY, "token command: %s",
				 strerror(rc));
	}
	n = collect(pipes[0], text, sizeof text);
	close(pipes[0]);
	if (n < 0)
		(void)kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	role_describe(status, how, sizeof how);
	if (n < 0)
		return error_set(err, ERROR_TEMPORARY,
				 "the token command took longer than %d s",
				 SECRET_COMMAND_MS / 1000);
	if (status != 0)
		return error_set(err, ERROR_TEMPORARY,
				 "the token command %s; run it by hand as the "
				 "user that clerkd runs as",
				 how);
	token.len = (size_t)n;
	token = span_trim(token);
	if (token.len == 0 || token.len >= SECRET_MAX)
		return error_set(err, ERROR_TEMPORARY,
				 "the token command printed no token");
	memcpy(helper->secret, token.ptr, token.len);
	helper->secret[token.len] = '\0';
	explicit_bzero(text, sizeof text);
	helper->taken = time(NULL);
	return 0;
}

static int
answer(struct helper *helper, struct wire *user, bool fresh, struct error *err)
{
	struct error why = { 0 };
	time_t age = time(NULL) - helper->taken;
	struct buf body;
	int rc = 0;

	if (fresh || helper->taken == 0 || age < 0 || age > SECRET_KEEP_S) {
		helper->taken = 0;
		rc = run(helper, &why);
	}
	buf_init(&body, SECRET_MAX + 64);
	wire_put_flag(&body, rc == 0);
	wire_put_string(&body, rc == 0 ? helper->secret : why.text);
	rc = wire_send(user, WIRE_ANSWER, buf_span(&body), -1, err);
	if (body.ptr != NULL)
		explicit_bzero(body.ptr, body.len);
	buf_clear(&body);
	return rc;
}

static int
begin(struct wire *wire, struct helper *helper, struct error *err)
{
	struct wire_frame frame;
	struct wire_reader reader;
	struct span command;

	if (wire_wait(wire, -1, &frame, err) != 1)
		return -1;
	reader = wire_reader_of(frame.body);
	command = wire_get_text(&reader, COMMAND_TEXT_MAX);
	if (frame.kind != WIRE_SETTINGS || !wire_done(&reader) ||
	    command.len == 0)
		return error_set(err, ERROR_INTERNAL, "no token command came");
	memcpy(helper->command, command.ptr, command.len);
	return 0;
}

int
secret_role(struct wire *wire)
{
	struct helper helper = { .taken = 0 };
	struct wire *user;
	struct wire_frame frame;
	struct error err = { 0 };
	int rc;

	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	if (begin(wire, &helper, &err) != 0)
		return 1;
	/* Its commands must not inherit it. */
	(void)fcntl(ROLE_FIRST_FD, F_SETFD, FD_CLOEXEC);
	user = wire_open(ROLE_FIRST_FD);
	/* Ends when its user ends: the engine starts both anew. */
	while ((rc = wire_wait(user, -1, &frame, &err)) == 1) {
		struct wire_reader reader = wire_reader_of(frame.body);
		bool fresh = wire_get_flag(&reader);

		if (frame.kind != WIRE_COMMAND || !wire_done(&reader) ||
		    answer(&helper, user, fresh, &err) != 0)
			break;
	}
	wire_close(user);
	explicit_bzero(&helper, sizeof helper);
	return rc < 0 ? 0 : 1;
}
