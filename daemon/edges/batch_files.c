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
	   char *piece, struct error *err)
{
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

static int
add_file(struct batch *batch, const struct mailfile *file, size_t number,
	 char *piece, struct error *err)
{
	int fd, rc;

	fd = open(file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return batch_fail(batch, number, "", file->received,
				  strerror(errno), err);
	rc = batch_begin(batch, number, "", file->received, err);
	if (rc == 0 && copy_bytes(batch, file, fd, piece, err) != 0) {
		rc = -1;
		if (err->kind == ERROR_INPUT) {
			struct error why = *err;

			batch_undo(batch);
			rc = batch_fail(batch, number, "", file->received,
					why.text, err);
		}
	}
	close(fd);
	return rc;
}

int
batch_from_files(const struct mailfiles *files, size_t *from,
		 size_t message_max, struct batch **ret_batch,
		 struct error *err)
{
	struct batch *batch;
	char *piece;
	int rc = 0;

	if (*from >= files->count)
		return 0;
	if (batch_new(message_max, &batch, err) != 0)
		return -1;
	piece = malloc(PIECE_SIZE);
	if (piece == NULL)
		abort();
	for (; rc == 0 && *from < files->count && !batch_full(batch); ++*from)
		rc = add_file(batch, &files->at[*from], *from + 1, piece, err);
	free(piece);
	if (rc == 0)
		rc = batch_seal(batch, err);
	if (rc != 0) {
		batch_free(batch);
		return -1;
	}
	*ret_batch = batch;
	return 1;
}
