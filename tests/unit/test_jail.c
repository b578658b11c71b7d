/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/sanitizer.h"
#include "edges/jail.h"

/*
 * Each attempt is made by a child of its own under the real jail. It exits
 * with 0 when the attempt worked, with the errno when it was refused, and is
 * killed when it may not even be tried.
 */
enum { KILLED = -1, WORKED = 0 };

static int
outcome(int result)
{
	return result >= 0 ? WORKED : errno;
}

static int
read_a_file(void)
{
	return outcome(open("/etc/passwd", O_RDONLY));
}

static int
write_a_file(void)
{
	return outcome(open("/tmp/clerkd-jail", O_WRONLY | O_CREAT, 0600));
}

static int
connect_somewhere(void)
{
	return outcome(socket(AF_INET, SOCK_STREAM, 0));
}

static int
ask_the_engine(void)
{
	return outcome(socket(AF_UNIX, SOCK_STREAM, 0));
}

static int
sniff_packets(void)
{
	return outcome(socket(AF_PACKET, SOCK_RAW, 0));
}

static int
start_a_program(void)
{
	static char *const none[] = { NULL };

	return outcome(execve("/bin/true", none, none));
}

static int
fork_a_process(void)
{
	pid_t pid = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);

	if (pid == 0)
		_exit(0);
	return outcome(pid);
}

static int
bring_code(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return page != MAP_FAILED ? WORKED : errno;
}

static int
use_memory(void)
{
	void *page = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return page != MAP_FAILED ? WORKED : errno;
}

static int
use_too_much_memory(void)
{
	void *page = mmap(NULL, (size_t)8 << 30, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return page != MAP_FAILED ? WORKED : errno;
}

static int
trace_the_parent(void)
{
	return outcome((int)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
}

static int
kill_the_parent(void)
{
	return outcome(kill(getppid(), 0));
}

static int
remove_a_file(void)
{
	return outcome(unlink("/tmp/clerkd-jail"));
}

static int
fill_a_batch(void)
{
	int fd = memfd_create("batch", MFD_CLOEXEC);

	return fd >= 0 ? outcome((int)write(fd, "x", 1)) : errno;
}

static int
watch_a_folder(void)
{
	return outcome(inotify_init1(IN_CLOEXEC));
}

/* Wanted per profile, in the order read, fetch, send, folder. */
static const struct {
	const char *name;
	int (*attempt)(void);
	int want[JAIL_PROFILE_COUNT];
} cases[] = {
	{ "read a file", read_a_file, { EACCES, WORKED, WORKED, WORKED } },
	{ "write a file", write_a_file, { EACCES, KILLED, KILLED, KILLED } },
	{ "connect", connect_somewhere, { EACCES, WORKED, WORKED, EACCES } },
	{ "ask the engine",
	  ask_the_engine,
	  { EACCES, EACCES, EACCES, EACCES } },
	{ "sniff", sniff_packets, { EACCES, KILLED, KILLED, EACCES } },
	{ "start a program",
	  start_a_program,
	  { KILLED, KILLED, KILLED, KILLED } },
	{ "fork", fork_a_process, { EAGAIN, KILLED, KILLED, EAGAIN } },
	{ "bring code", bring_code, { EACCES, EACCES, EACCES, EACCES } },
	{ "use memory", use_memory, { WORKED, WORKED, WORKED, WORKED } },
	{ "use too much memory",
	  use_too_much_memory,
	  { ENOMEM, ENOMEM, ENOMEM, ENOMEM } },
	{ "trace the parent",
	  trace_the_parent,
	  { KILLED, KILLED, KILLED, KILLED } },
	{ "kill the parent",
	  kill_the_parent,
	  { KILLED, KILLED, KILLED, KILLED } },
	{ "remove a file", remove_a_file, { KILLED, KILLED, KILLED, KILLED } },
	{ "fill a batch", fill_a_batch, { EACCES, WORKED, WORKED, WORKED } },
	{ "watch a folder",
	  watch_a_folder,
	  { KILLED, KILLED, KILLED, WORKED } },
};

static int
attempt_in_jail(enum jail_profile profile, int (*attempt)(void))
{
	struct jail_limits limits = { .memory = (size_t)4 << 30,
				      .descriptors = 32 };
	struct rlimit no_core = { 0 };
	struct error err;
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		(void)setrlimit(RLIMIT_CORE, &no_core);
		if (jail_enter(profile, &limits, &err) != 0)
			_exit(255);
		_exit(attempt());
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status)) {
		assert_int_equal(WTERMSIG(status), SIGSYS);
		return KILLED;
	}
	assert_int_not_equal(WEXITSTATUS(status), 255);
	return WEXITSTATUS(status);
}

static void
test_each_role_may_do_its_work_and_nothing_else(void **state)
{
	size_t i, profile;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		for (profile = 0; profile < JAIL_PROFILE_COUNT; profile++) {
			int got;

			if (cases[i].attempt == use_too_much_memory &&
			    is_limitless())
				continue;
			got = attempt_in_jail((enum jail_profile)profile,
					      cases[i].attempt);
			if (got != cases[i].want[profile])
				fail_msg("%s in profile %zu: %d, not %d",
					 cases[i].name, profile, got,
					 cases[i].want[profile]);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_each_role_may_do_its_work_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
