/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch.h"

enum { PIECE_SIZE = 64 * 1024 };

static int
copy_bytes(struct batch *batch, const struct mailfile *file, int fd,
	   struct error *err)
{
	char piece[PIECE_SIZE];
	long long left = file->length, at = file->offset;

	while (left > 0) {
		size_t want = left < PIECE_SIZE ? (size_t)left : PIECE_SIZE;
		ssize_t got = pread(fd, piece, want, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_set(err, ERROR_INPUT, "%s",
					 strerror(errno));
		if (got == 0)
			return 0; /* became shorter */
		if (batch_write(
			    batch,
			    (struct span){ .ptr = piece, .len = (size_t)got },
			    err) != 0)
			return -1;
		if (batch->items[batch->count - 1].cut)
			return 0;
		at += got;
		left -= got;
	}
	return 0;
}

int
batch_take_file(struct batch *batch, const struct mailfile *file,
		uint64_t number, const char *key, struct error *err)
{
	int fd, rc;

	fd = open(file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0)
		return batch_fail(batch, number, key, file->received,
				  strerror(errno), err) == 0 ?
			       1 :
			       -1;
	rc = batch_begin(batch, number, key, file->received, err);
	if (rc == 0 && copy_bytes(batch, file, fd, err) != 0) {
		rc = -1;
		if (err->kind == ERROR_INPUT) {
			struct error why = *err;

			batch_undo(batch);
			rc = batch_fail(batch, number, key, file->received,
					why.text, err);
		}
	}
	close(fd);
	return rc == 0 ? 1 : -1;
}

int
batch_from_files(const struct mailfiles *files, size_t *from,
		 size_t message_max, struct batch **ret_batch,
		 struct error *err)
{
	struct batch *batch;
	int got = 1;

	if (*from >= files->count)
		return 0;
	if (batch_new(message_max, &batch, err) != 0)
		return -1;
	while (got >= 0 && *from < files->count && !batch_full(batch)) {
		const struct mailfile *file = &files->at[(*from)++];

		if (file->why_not != NULL) {
			got = batch_fail(batch, *from, "", file->received,
					 file->why_not, err);
			continue;
		}
		got = batch_take_file(batch, file, *from, "", err);
		if (got == 0)
			got = batch_fail(batch, *from, "", file->received,
					 "it is no longer there", err);
	}
	if (got < 0 || batch_seal(batch, err) != 0) {
		batch_free(batch);
		return -1;
	}
	*ret_batch = batch;
	return 1;
}
