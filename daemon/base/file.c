/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *
kind_of(mode_t mode)
{
	return S_ISDIR(mode)  ? "a folder" :
	       S_ISFIFO(mode) ? "a pipe" :
	       S_ISSOCK(mode) ? "a socket" :
				"a device";
}

/* O_NONBLOCK: a pipe that nobody writes to opens at once. */
FILE *
file_open(const char *path, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat about;
	FILE *file = NULL;

	if (fd < 0 || fstat(fd, &about) != 0)
		error_set(err, ERROR_CONFIG, "%s: %s", path, strerror(errno));
	else if (!S_ISREG(about.st_mode))
		error_set(err, ERROR_CONFIG, "%s: is %s, and no plain file",
			  path, kind_of(about.st_mode));
	else if ((file = fdopen(fd, "r")) == NULL)
		error_set(err, ERROR_CONFIG, "%s: %s", path, strerror(errno));
	if (file == NULL && fd >= 0)
		close(fd);
	return file;
}

FILE *
file_open_text(const char *path, struct error *err)
{
	static const char mark[] = "\xef\xbb\xbf";
	char start[sizeof mark - 1];
	FILE *file = file_open(path, err);

	if (file != NULL &&
	    (fread(start, 1, sizeof start, file) != sizeof start ||
	     memcmp(start, mark, sizeof start) != 0))
		rewind(file);
	return file;
}
