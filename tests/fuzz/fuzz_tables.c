/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "facts/people.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The directory, which a program of the council writes and exports. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct span domain = span_of("x.example");
	struct fault_list faults = { 0 };
	struct people *people = NULL;
	struct error err;
	char path[32];
	int fd = memfd_create("table", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (people_load(path, NULL, &domain, 1, &faults, &people, &err) == 0)
		people_free(people);
	fault_list_clear(&faults);
	close(fd);
	return 0;
}
