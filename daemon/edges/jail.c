/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jail.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/attribute.h"
#include "batch.h"

enum {
	ALL = 1u << JAIL_READ | 1u << JAIL_FETCH | 1u << JAIL_SEND |
	      1u << JAIL_FOLDER,
	NET = 1u << JAIL_FETCH | 1u << JAIL_SEND,
	FILES = NET | 1u << JAIL_FOLDER
};

/* Allowed whatever the arguments are. */
static const struct {
	int call;
	unsigned profiles;
} allowed[] = {
	/* what is open */
	{ SCMP_SYS(read), ALL },
	{ SCMP_SYS(readv), ALL },
	{ SCMP_SYS(pread64), ALL },
	{ SCMP_SYS(write), ALL },
	{ SCMP_SYS(writev), ALL },
	{ SCMP_SYS(recvmsg), ALL },
	{ SCMP_SYS(sendmsg), ALL },
	{ SCMP_SYS(poll), ALL },
	{ SCMP_SYS(ppoll), ALL },
	{ SCMP_SYS(close), ALL },
	{ SCMP_SYS(lseek), ALL },
	{ SCMP_SYS(fstat), ALL },
	/* memory */
	{ SCMP_SYS(munmap), ALL },
	{ SCMP_SYS(mremap), ALL },
	{ SCMP_SYS(madvise), ALL },
	{ SCMP_SYS(brk), ALL },
	/* time, luck and oneself */
	{ SCMP_SYS(futex), ALL },
	{ SCMP_SYS(clock_gettime), ALL },
	{ SCMP_SYS(clock_getres), ALL },
	{ SCMP_SYS(gettimeofday), ALL },
	{ SCMP_SYS(time), ALL },
	{ SCMP_SYS(nanosleep), ALL },
	{ SCMP_SYS(clock_nanosleep), ALL },
	{ SCMP_SYS(getrandom), ALL },
	{ SCMP_SYS(getpid), ALL },
	{ SCMP_SYS(gettid), ALL },
	{ SCMP_SYS(getuid), ALL },
	{ SCMP_SYS(geteuid), ALL },
	{ SCMP_SYS(getgid), ALL },
	{ SCMP_SYS(getegid), ALL },
	{ SCMP_SYS(getrusage), ALL },
	{ SCMP_SYS(sysinfo), ALL },
	{ SCMP_SYS(uname), ALL },
	{ SCMP_SYS(sched_yield), ALL },
	{ SCMP_SYS(sched_getaffinity), ALL },
	{ SCMP_SYS(rt_sigaction), ALL },
	{ SCMP_SYS(rt_sigprocmask), ALL },
	{ SCMP_SYS(rt_sigreturn), ALL },
	{ SCMP_SYS(sigaltstack), ALL },
	{ SCMP_SYS(restart_syscall), ALL },
	{ SCMP_SYS(exit), ALL },
	{ SCMP_SYS(exit_group), ALL },
	/* sockets of one's own */
	{ SCMP_SYS(connect), NET },
	{ SCMP_SYS(bind), NET }, /* the resolver's */
	{ SCMP_SYS(getsockname), NET },
	{ SCMP_SYS(getpeername), NET },
	{ SCMP_SYS(setsockopt), NET },
	{ SCMP_SYS(getsockopt), NET },
	{ SCMP_SYS(sendto), NET },
	{ SCMP_SYS(recvfrom), NET },
	{ SCMP_SYS(sendmmsg), NET },
	{ SCMP_SYS(recvmmsg), NET },
	{ SCMP_SYS(shutdown), NET },
	{ SCMP_SYS(socketpair), NET },
	{ SCMP_SYS(ioctl), NET },
	{ SCMP_SYS(select), NET },
	{ SCMP_SYS(pselect6), NET },
	{ SCMP_SYS(eventfd2), NET },
	{ SCMP_SYS(pipe2), NET },
	{ SCMP_SYS(alarm), NET },
	{ SCMP_SYS(set_robust_list), NET },
	{ SCMP_SYS(rseq), NET },
	/* looking at files */
	{ SCMP_SYS(newfstatat), FILES },
	{ SCMP_SYS(stat), FILES },
	{ SCMP_SYS(lstat), FILES },
	{ SCMP_SYS(statx), FILES },
	{ SCMP_SYS(access), FILES },
	{ SCMP_SYS(faccessat), FILES },
	{ SCMP_SYS(faccessat2), FILES },
	{ SCMP_SYS(readlink), FILES },
	{ SCMP_SYS(readlinkat), FILES },
	{ SCMP_SYS(getcwd), FILES },
	{ SCMP_SYS(getdents64), FILES },
	{ SCMP_SYS(fstatfs), FILES },
	{ SCMP_SYS(statfs), FILES },
	/* batches and watches */
	{ SCMP_SYS(memfd_create), FILES },
	{ SCMP_SYS(inotify_init1), 1u << JAIL_FOLDER },
	{ SCMP_SYS(inotify_add_watch), 1u << JAIL_FOLDER },
	{ SCMP_SYS(inotify_rm_watch), 1u << JAIL_FOLDER },
};

/* Tried by libraries that live without; never worth dying for. */
static const struct {
	int call;
	int error;
} refused[] = {
	{ SCMP_SYS(open), EACCES },
	{ SCMP_SYS(openat), EACCES },
	{ SCMP_SYS(openat2), ENOSYS },
	{ SCMP_SYS(stat), EACCES },
	{ SCMP_SYS(lstat), EACCES },
	{ SCMP_SYS(newfstatat), EACCES },
	{ SCMP_SYS(statx), ENOSYS },
	{ SCMP_SYS(access), EACCES },
	{ SCMP_SYS(faccessat), EACCES },
	{ SCMP_SYS(faccessat2), ENOSYS },
	{ SCMP_SYS(readlink), EACCES },
	{ SCMP_SYS(readlinkat), EACCES },
	{ SCMP_SYS(getcwd), EACCES },
	{ SCMP_SYS(statfs), EACCES },
	{ SCMP_SYS(fstatfs), EACCES },
	{ SCMP_SYS(ioctl), ENOTTY },
	{ SCMP_SYS(mkdir), EACCES },
	{ SCMP_SYS(mkdirat), EACCES },
	{ SCMP_SYS(clone), EAGAIN },
	{ SCMP_SYS(clone3), ENOSYS },
	{ SCMP_SYS(memfd_create), EACCES },
	{ SCMP_SYS(prctl), EPERM },
	{ SCMP_SYS(getppid), EPERM },
	{ SCMP_SYS(prlimit64), EPERM },
	{ SCMP_SYS(getrlimit), EPERM },
	{ SCMP_SYS(mlock), EPERM },
	{ SCMP_SYS(membarrier), ENOSYS },
	{ SCMP_SYS(set_robust_list), ENOSYS },
	{ SCMP_SYS(rseq), ENOSYS },
	{ SCMP_SYS(socket), EACCES },
	{ SCMP_SYS(fadvise64), EACCES },
	{ SCMP_SYS(getdents64), EACCES },
	{ SCMP_SYS(eventfd2), EACCES },
	{ SCMP_SYS(pipe2), EACCES },
};

static int
set_limit(int resource, rlim_t value, const char *what, struct error *err)
{
	struct rlimit limit = { .rlim_cur = value, .rlim_max = value };

	if (setrlimit((__rlimit_resource_t)resource, &limit) != 0)
		return error_set(err, ERROR_INTERNAL, "limit of %s: %s", what,
				 strerror(errno));
	return 0;
}

/* Address space in use; a sanitizer has terabytes mapped before main(). */
static size_t
space_in_use(void)
{
	unsigned long pages = 0;
	FILE *file = fopen("/proc/self/statm", "re");

	if (file == NULL)
		return 0;
	if (fscanf(file, "%lu", &pages) != 1)
		pages = 0;
	fclose(file);
	return (size_t)pages * (size_t)sysconf(_SC_PAGESIZE);
}

static int
set_limits(enum jail_profile profile, const struct jail_limits *limits,
	   struct error *err)
{
	/* Memory files count as files; those that fill batches need them. */
	rlim_t file = (FILES & 1u << profile) != 0 ? BATCH_BYTES_MAX : 0;

	if (set_limit(RLIMIT_CORE, 0, "core size", err) != 0 ||
	    set_limit(RLIMIT_FSIZE, file, "file size", err) != 0 ||
	    set_limit(RLIMIT_NOFILE, limits->descriptors, "descriptors", err) !=
		    0)
		return -1;
	if (limits->memory != 0 && space_in_use() < limits->memory &&
	    set_limit(RLIMIT_AS, limits->memory, "memory", err) != 0)
		return -1;
	return 0;
}

static bool
is_allowed(int call, enum jail_profile profile)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(allowed); i++)
		if (allowed[i].call == call &&
		    (allowed[i].profiles & 1u << profile) != 0)
			return true;
	return false;
}

/* No memory is ever made executable, so a hijacked process cannot bring code
 * of its own. */
static int
add_memory(scmp_filter_ctx filter)
{
	int rc = 0;

	rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
			       SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	rc |= seccomp_rule_add(
		filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(mmap), 1,
		SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
	rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
			       SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	rc |= seccomp_rule_add(
		filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(mprotect), 1,
		SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
	/* abort(3) and raise(3); nobody else's business. */
	rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
			       SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));
	return rc;
}

static const int fcntl_commands[] = { F_GETFD,    F_SETFD,         F_GETFL,
				      F_SETFL,    F_DUPFD_CLOEXEC, F_ADD_SEALS,
				      F_GET_SEALS };

static int
add_fcntl(scmp_filter_ctx filter)
{
	int rc = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(fcntl_commands); i++)
		rc |= seccomp_rule_add(
			filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
			SCMP_A1(SCMP_CMP_EQ, (scmp_datum_t)fcntl_commands[i],
				0));
	return rc;
}

/* Files are opened for reading only, whatever the role is. */
static int
add_files(scmp_filter_ctx filter)
{
	const scmp_datum_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
	int rc = 0;

	rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
			       SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0));
	rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
			       SCMP_A1(SCMP_CMP_MASKED_EQ, writing, 0));
	return rc;
}

/* Threads (the resolver of libcurl) share everything; a fork does not. No
 * local socket: behind one are the engine's own control, D-Bus and whoever else
 * trusts this user; the resolver's daemons are asked over DNS instead. */
static int
add_network(scmp_filter_ctx filter)
{
	static const int families[] = { AF_INET, AF_INET6, AF_NETLINK };
	const scmp_datum_t thread = 0x00010000; /* CLONE_THREAD */
	int rc = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(families); i++)
		rc |= seccomp_rule_add(
			filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1,
			SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)families[i], 0));
	rc |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(socket),
			       1,
			       SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)AF_UNIX, 0));
	rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
			       SCMP_A0(SCMP_CMP_MASKED_EQ, thread, thread));
	return rc;
}

static int
add_rules(scmp_filter_ctx filter, enum jail_profile profile)
{
	bool files = (FILES & 1u << profile) != 0;
	bool net = (NET & 1u << profile) != 0;
	int rc = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(allowed); i++)
		if ((allowed[i].profiles & 1u << profile) != 0)
			rc |= seccomp_rule_add(filter, SCMP_ACT_ALLOW,
					       allowed[i].call, 0);
	rc |= add_memory(filter);
	rc |= add_fcntl(filter);
	if (files)
		rc |= add_files(filter);
	if (net)
		rc |= add_network(filter);
	for (i = 0; i < ARRAY_SIZE(refused); i++) {
		int call = refused[i].call;

		/* Calls with conditions are killed when those do not hold. */
		if (is_allowed(call, profile) ||
		    (files &&
		     (call == SCMP_SYS(open) || call == SCMP_SYS(openat))) ||
		    (net &&
		     (call == SCMP_SYS(socket) || call == SCMP_SYS(clone))))
			continue;
		rc |= seccomp_rule_add(
			filter, SCMP_ACT_ERRNO((uint16_t)refused[i].error),
			call, 0);
	}
	return rc;
}

static int
filter_calls(enum jail_profile profile, struct error *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int rc;

	if (filter == NULL)
		return error_set(err, ERROR_INTERNAL, "no system call filter");
	rc = add_rules(filter, profile);
	if (rc == 0)
		rc = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	if (rc == 0)
		rc = seccomp_load(filter);
	seccomp_release(filter);
	if (rc != 0)
		return error_set(err, ERROR_INTERNAL, "system call filter: %s",
				 strerror(-rc));
	return 0;
}

int
jail_enter(enum jail_profile profile, const struct jail_limits *limits,
	   struct error *err)
{
	if (set_limits(profile, limits, err) != 0)
		return -1;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return error_set(err, ERROR_INTERNAL, "prctl: %s",
				 strerror(errno));
	return filter_calls(profile, err);
}
