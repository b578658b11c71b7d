/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JAIL_H
#define JAIL_H
/*
 * What a role may still do once it meets the outside world.
 *
 * jail_enter() is the last thing before the first foreign byte: everything
 * that needs a file (libraries, character sets, trusted certificates,
 * passwords) has been opened before. It cannot be undone.
 *
 *   all           no new privileges, not dumpable (no core, no ptrace), memory
 *                 and descriptors limited; no program can be started, no
 *                 memory made executable, no file opened for writing
 *   JAIL_READ     compute, use what is open, take and give frames; no file, no
 *             socket, no thread, no process
 *   JAIL_FETCH, JAIL_SEND   besides: connect sockets to other hosts (no local
 *             ones: the engine's control is one), read files (resolver,
 *             certificates, renewed passwords); nothing can be written
 *   JAIL_FOLDER   besides JAIL_READ: read files and folders, watch them
 *
 * Harmless calls that are not allowed fail with EACCES or ENOSYS, since
 * libraries try them and live without. All else kills the process.
 */
#include <stddef.h>

#include "base/error.h"

enum jail_profile {
	JAIL_READ,
	JAIL_FETCH,
	JAIL_SEND,
	JAIL_FOLDER,
	JAIL_PROFILE_COUNT
};

struct jail_limits {
	size_t memory; /* bytes of address space; 0: no limit of ours */
	unsigned descriptors;
};

int jail_enter(enum jail_profile profile, const struct jail_limits *limits,
	       struct error *err);

#endif
