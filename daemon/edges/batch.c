/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wire.h"

enum {
	PENDING_SIZE = 128 * 1024, /* gathered before it is written */
	SEALS = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL
};

static char *
copy_of(const char *text)
{
	char *copy = strdup(text != NULL ? text : "");

	if (copy == NULL)
		abort();
	return copy;
}

static struct batch *
batch_blank(void)
{
	struct batch *batch = calloc(1, sizeof *batch);

	if (batch == NULL)
		abort();
	batch->fd = -1;
	batch->mailbox = copy_of("");
	batch->folder = copy_of("");
	batch->owner = copy_of("");
	return batch;
}

int
batch_new(size_t message_max, struct batch **ret_batch, struct error *err)
{
	struct batch *batch = batch_blank();

	batch->message_max = message_max != 0 ? message_max : BATCH_MESSAGE_MAX;
	if (batch->message_max > BATCH_BYTES_MAX / 2)
		batch->message_max = BATCH_BYTES_MAX / 2;
	batch->pending = malloc(PENDING_SIZE);
	if (batch->pending == NULL)
		abort();
	batch->fd =
		memfd_create("clerkd-batch", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (batch->fd < 0) {
		batch_free(batch);
		return error_set(err, ERROR_TEMPORARY, "memory file: %s",
				 strerror(errno));
	}
	*ret_batch = batch;
	return 0;
}

void
batch_free(struct batch *batch)
{
	size_t i;

	if (batch == NULL)
		return;
	for (i = 0; i < batch->count; i++) {
		free((char *)batch->items[i].key);
		free((char *)batch->items[i].why);
	}
	free(batch->items);
	free(batch->mailbox);
	free(batch->folder);
	free(batch->owner);
	free(batch->pending);
	if (batch->fd >= 0)
		close(batch->fd);
	free(batch);
}

static void
replace(char **place, const char *text)
{
	if (text == NULL)
		return;
	free(*place);
	*place = copy_of(text);
}

void
batch_name(struct batch *batch, const char *mailbox, const char *folder,
	   const char *owner)
{
	replace(&batch->mailbox, mailbox);
	replace(&batch->folder, folder);
	replace(&batch->owner, owner);
}

bool
batch_full(const struct batch *batch)
{
	return batch->count >= BATCH_ITEMS_MAX ||
	       batch->bytes >= BATCH_BYTES_AIM;
}

static struct batch_item *
add_item(struct batch *batch)
{
	if (batch->count == batch->room) {
		batch->room = batch->room != 0 ? batch->room * 2 : 16;
		batch->items = realloc(batch->items,
				       batch->room * sizeof *batch->items);
		if (batch->items == NULL)
			abort();
	}
	return &batch->items[batch->count++];
}

int
batch_begin(struct batch *batch, uint64_t number, const char *key,
	    time_t internal_date, struct error *err)
{
	if (batch->count >= BATCH_ITEMS_MAX)
		return error_set(err, ERROR_INTERNAL, "the batch is full");
	if (key != NULL && strlen(key) > BATCH_KEY_MAX)
		return error_set(err, ERROR_INPUT, "the name is too long");
	*add_item(batch) =
		(struct batch_item){ .number = number,
				     .key = copy_of(key),
				     .offset = batch->bytes,
				     .internal_date = internal_date };
	return 0;
}

static int
write_out(struct batch *batch, struct span bytes, struct error *err)
{
	while (bytes.len != 0) {
		ssize_t n = write(batch->fd, bytes.ptr, bytes.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_set(err, ERROR_TEMPORARY,
					 "memory file: %s", strerror(errno));
		bytes = span_sub(bytes, (size_t)n, bytes.len);
	}
	return 0;
}

static int
flush_pending(struct batch *batch, struct error *err)
{
	struct span bytes = { .ptr = batch->pending,
			      .len = batch->pending_len };

	batch->pending_len = 0;
	return write_out(batch, bytes, err);
}

int
batch_write(struct batch *batch, struct span bytes, struct error *err)
{
	struct batch_item *item = &batch->items[batch->count - 1];
	size_t left = batch->message_max - (size_t)item->length;

	if (bytes.len > left) {
		bytes.len = left;
		item->cut = true;
	}
	if (bytes.len > BATCH_BYTES_MAX - batch->bytes)
		return error_set(err, ERROR_INTERNAL, "the batch is full");
	if (bytes.len > PENDING_SIZE - batch->pending_len &&
	    flush_pending(batch, err) != 0)
		return -1;
	item->length += bytes.len;
	batch->bytes += bytes.len;
	if (bytes.len >= PENDING_SIZE)
		return write_out(batch, bytes, err);
	if (bytes.len != 0)
		memcpy(batch->pending + batch->pending_len, bytes.ptr,
		       bytes.len);
	batch->pending_len += bytes.len;
	return 0;
}

void
batch_undo(struct batch *batch)
{
	struct batch_item *item = &batch->items[batch->count - 1];

	/* Its bytes stay behind in the file; nothing points to them. */
	free((char *)item->key);
	free((char *)item->why);
	batch->count--;
}

int
batch_fail(struct batch *batch, uint64_t number, const char *key,
	   time_t internal_date, const char *why, struct error *err)
{
	struct batch_item *item;

	if (batch_begin(batch, number, key, internal_date, err) != 0)
		return -1;
	item = &batch->items[batch->count - 1];
	item->why = strndup(why, BATCH_WHY_MAX);
	if (item->why == NULL)
		abort();
	return 0;
}

int
batch_seal(struct batch *batch, struct error *err)
{
	if (flush_pending(batch, err) != 0)
		return -1;
	free(batch->pending);
	batch->pending = NULL;
	if (fcntl(batch->fd, F_ADD_SEALS, SEALS) != 0)
		return error_set(err, ERROR_INTERNAL, "sealing: %s",
				 strerror(errno));
	return 0;
}

void
batch_encode(const struct batch *batch, struct buf *body)
{
	size_t i;

	wire_put_string(body, batch->mailbox);
	wire_put_string(body, batch->folder);
	wire_put_string(body, batch->owner);
	wire_put_number(body, batch->uidvalidity);
	wire_put_number(body, (int64_t)batch->serial);
	wire_put_flag(body, batch->journal_mailbox);
	wire_put_flag(body, batch->sent_folder);
	wire_put_number(body, (int64_t)batch->bytes);
	wire_put_number(body, (int64_t)batch->count);
	for (i = 0; i < batch->count; i++) {
		const struct batch_item *item = &batch->items[i];

		wire_put_number(body, (int64_t)item->number);
		wire_put_bytes(body, span_of(item->key));
		wire_put_number(body, (int64_t)item->offset);
		wire_put_number(body, (int64_t)item->length);
		wire_put_number(body, item->internal_date);
		wire_put_flag(body, item->cut);
		wire_put_string(body, item->why);
	}
}

static char *
get_string(struct wire_reader *reader, size_t max)
{
	struct span text = wire_get_text(reader, max);
	char *copy = strndup(text.len != 0 ? text.ptr : "", text.len);

	if (copy == NULL)
		abort();
	return copy;
}

/* The name of a file: any bytes but NUL. */
static char *
get_key(struct wire_reader *reader)
{
	struct span key = wire_get_bytes(reader, BATCH_KEY_MAX);
	char *copy;

	if (span_find_byte(key, '\0') != key.len)
		reader->bad = true;
	copy = strndup(key.len != 0 ? key.ptr : "", key.len);
	if (copy == NULL)
		abort();
	return copy;
}

static void
get_item(struct wire_reader *reader, struct batch *batch)
{
	struct batch_item *item = add_item(batch);
	int64_t bytes = (int64_t)batch->bytes;
	char *why;

	*item = (struct batch_item){ 0 };
	item->number = (uint64_t)wire_get_number(reader, 0, INT64_MAX);
	item->key = get_key(reader);
	item->offset = (uint64_t)wire_get_number(reader, 0, bytes);
	item->length = (uint64_t)wire_get_number(reader, 0,
						 bytes - (int64_t)item->offset);
	item->internal_date = wire_get_number(reader, 0, INT64_C(1) << 40);
	item->cut = wire_get_flag(reader);
	why = get_string(reader, BATCH_WHY_MAX);
	if (*why == '\0') {
		free(why);
		why = NULL;
	}
	item->why = why;
}

/* Nobody can change, shorten or lengthen it any more. */
static int
check_file(int fd, uint64_t bytes, struct error *err)
{
	struct stat st;
	int seals = fcntl(fd, F_GET_SEALS);

	if (seals < 0 || (seals & SEALS) != SEALS)
		return error_set(err, ERROR_INPUT, "the batch is not sealed");
	if (fstat(fd, &st) != 0 || (uint64_t)st.st_size < bytes)
		return error_set(err, ERROR_INPUT,
				 "the batch is shorter than it says");
	return 0;
}

int
batch_decode(struct span body, int fd, struct batch **ret_batch,
	     struct error *err)
{
	struct wire_reader reader = wire_reader_of(body);
	struct batch *batch = batch_blank();
	size_t count, i;

	batch->fd = fd;
	free(batch->mailbox);
	free(batch->folder);
	free(batch->owner);
	batch->mailbox = get_string(&reader, BATCH_NAME_MAX);
	batch->folder = get_string(&reader, BATCH_NAME_MAX);
	batch->owner = get_string(&reader, BATCH_NAME_MAX);
	batch->uidvalidity = (uint32_t)wire_get_number(&reader, 0, UINT32_MAX);
	batch->serial = (uint64_t)wire_get_number(&reader, 0, INT64_MAX);
	batch->journal_mailbox = wire_get_flag(&reader);
	batch->sent_folder = wire_get_flag(&reader);
	batch->bytes = (uint64_t)wire_get_number(&reader, 0, BATCH_BYTES_MAX);
	count = wire_get_count(&reader, BATCH_ITEMS_MAX);
	for (i = 0; i < count && !reader.bad; i++)
		get_item(&reader, batch);
	if (!wire_done(&reader) || fd < 0) {
		batch_free(batch);
		return error_set(err, ERROR_INPUT,
				 "this is no description of a batch");
	}
	if (check_file(fd, batch->bytes, err) != 0) {
		batch_free(batch);
		return -1;
	}
	*ret_batch = batch;
	return 0;
}

struct span
batch_key(const struct batch *batch, const struct batch_item *item,
	  struct arena *arena)
{
	if (*item->key != '\0')
		return arena_printf(arena, "%s/%s", batch->folder, item->key);
	return arena_printf(arena, "%s/%u/%010llu", batch->folder,
			    (unsigned)batch->uidvalidity,
			    (unsigned long long)item->number);
}
