/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "role.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fetch.h"
#include "holidays.h"
#include "read.h"
#include "secret.h"
#include "send.h"

static const char option[] = "--role=";

static const struct {
	const char *name;
	role_run *run;
} roles[] = {
	{ "read", read_role },          { "fetch", fetch_role },
	{ "folder", fetch_local_role }, { "holidays", holidays_role },
	{ "send", send_role },          { "token", secret_role },
};

int
role_main(int argc, char **argv, bool *ret_is_role)
{
	const char *name;
	size_t i;

	*ret_is_role =
		argc == 2 && strncmp(argv[1], option, sizeof option - 1) == 0;
	if (!*ret_is_role)
		return 0;
	name = argv[1] + sizeof option - 1;
	for (i = 0; i < ARRAY_SIZE(roles); i++) {
		struct wire *wire;
		int status;

		if (strcmp(roles[i].name, name) != 0)
			continue;
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		wire = wire_open(ROLE_WIRE_FD);
		status = roles[i].run(wire);
		wire_close(wire);
		return status;
	}
	fprintf(stderr, "%s: there is no role \"%s\"\n", argv[0], name);
	return 2;
}

/* Descriptors move up out of the way first, so that no dup2 tramples on one
 * that is still to be moved. */
static int
add_descriptors(posix_spawn_file_actions_t *actions, int wire_end,
		const int *fds, size_t fd_count)
{
	int rc = 0;
	size_t i;

	rc |= posix_spawn_file_actions_addopen(actions, 0, "/dev/null",
					       O_RDONLY, 0);
	rc |= posix_spawn_file_actions_adddup2(actions, 2, 1);
	rc |= posix_spawn_file_actions_adddup2(actions, wire_end, ROLE_WIRE_FD);
	for (i = 0; i < fd_count; i++)
		rc |= posix_spawn_file_actions_adddup2(actions, fds[i],
						       ROLE_FIRST_FD + (int)i);
	rc |= posix_spawn_file_actions_addclosefrom_np(
		actions, ROLE_FIRST_FD + (int)fd_count);
	return rc;
}

static int
add_attributes(posix_spawnattr_t *attributes)
{
	sigset_t none, all;
	int rc = 0;

	sigemptyset(&none);
	sigfillset(&all);
	rc |= posix_spawnattr_setsigmask(attributes, &none);
	rc |= posix_spawnattr_setsigdefault(attributes, &all);
	rc |= posix_spawnattr_setpgroup(attributes, 0);
	rc |= posix_spawnattr_setflags(
		attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
				    POSIX_SPAWN_SETPGROUP);
	return rc;
}

static int
spawn(const char *name, int wire_end, const int *fds, size_t fd_count,
      pid_t *ret_pid)
{
	static char program[] = "clerkd";
	char argument[64];
	char *argv[] = { program, argument, NULL };
	static char path[] = "PATH=/usr/bin:/bin", lang[] = "LC_ALL=C.UTF-8",
		    zone[] = "TZ=UTC0";
	char *environment[] = { path, lang, zone, NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int rc;

	snprintf(argument, sizeof argument, "%s%s", option, name);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	rc = add_descriptors(&actions, wire_end, fds, fd_count);
	rc |= add_attributes(&attributes);
	if (rc == 0)
		rc = posix_spawn(ret_pid, "/proc/self/exe", &actions,
				 &attributes, argv, environment);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return rc;
}

/* A duplicate above the descriptors that a role begins with. */
static int
lift(int fd)
{
	return fcntl(fd, F_DUPFD_CLOEXEC, ROLE_FIRST_FD + ROLE_FDS_MAX);
}

int
role_start(const char *name, const int *fds, size_t fd_count,
	   struct role_process *ret_role, struct error *err)
{
	int lifted[ROLE_FDS_MAX + 1], pair[2], rc = 0;
	size_t i, count = 0;
	pid_t pid = 0;

	if (fd_count > ROLE_FDS_MAX)
		return error_set(err, ERROR_INTERNAL, "too many descriptors");
	if (wire_pair(pair, err) != 0)
		return -1;
	lifted[count] = lift(pair[1]);
	rc = lifted[count++] < 0 ? errno : 0;
	for (i = 0; i < fd_count && rc == 0; i++) {
		lifted[count] = lift(fds[i]);
		rc = lifted[count++] < 0 ? errno : 0;
	}
	if (rc == 0)
		rc = spawn(name, lifted[0], lifted + 1, fd_count, &pid);
	for (i = 0; i < count; i++)
		if (lifted[i] >= 0)
			close(lifted[i]);
	close(pair[1]);
	if (rc != 0) {
		close(pair[0]);
		return error_set(err, ERROR_TEMPORARY, "starting role %s: %s",
				 name, strerror(rc));
	}
	*ret_role =
		(struct role_process){ .pid = pid, .wire = wire_open(pair[0]) };
	return 0;
}

bool
role_ended(struct role_process *role, int *ret_status, long *ret_peak_kb)
{
	struct rusage usage;
	int status = 0;
	pid_t got;

	if (role->pid == 0)
		return false;
	do {
		got = wait4(role->pid, &status, WNOHANG, &usage);
	} while (got < 0 && errno == EINTR);
	if (got == 0)
		return false;
	*ret_status = got > 0 ? status : 0;
	*ret_peak_kb = got > 0 ? usage.ru_maxrss : 0;
	role->pid = 0;
	return true;
}

void
role_kill(struct role_process *role)
{
	if (role->pid == 0)
		return;
	(void)kill(role->pid, SIGKILL);
	while (waitpid(role->pid, NULL, 0) < 0 && errno == EINTR)
		;
	role->pid = 0;
}

void
role_stop(struct role_process *role, int timeout_ms)
{
	const struct timespec nap = { .tv_nsec = 2000000 };
	int status, waited;
	long peak;

	wire_close(role->wire);
	role->wire = NULL;
	for (waited = 0; waited < timeout_ms && role->pid != 0; waited += 2) {
		if (role_ended(role, &status, &peak))
			break;
		(void)nanosleep(&nap, NULL);
	}
	role_kill(role);
}

void
role_describe(int status, char *text, size_t size)
{
	if (WIFSIGNALED(status))
		snprintf(text, size, "killed by signal %d (%s)",
			 WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		snprintf(text, size, "ended with status %d",
			 WEXITSTATUS(status));
}
