/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TABLE_H
#define TABLE_H
/*
 * Bytes as a file that loaders can open by its path, without a disk.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/text.h"

struct table {
	int fd;
	char path[32];
};

static inline void
table_open(struct table *table, struct span bytes)
{
	table->fd = memfd_create("table", MFD_CLOEXEC);
	if (table->fd < 0 ||
	    write(table->fd, bytes.ptr, bytes.len) != (ssize_t)bytes.len)
		abort();
	snprintf(table->path, sizeof table->path, "/proc/self/fd/%d",
		 table->fd);
}

static inline void
table_close(struct table *table)
{
	close(table->fd);
}

#endif
