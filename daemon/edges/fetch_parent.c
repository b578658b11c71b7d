/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "fetch_private.h"

enum {
	TELL_AGAIN_MS = 30000 /* "up to date" is told again after */
};

long long
fetcher_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- beginning ---- */

static void
make_folders(struct fetcher *fetcher)
{
	static const char *const inbox = "INBOX";
	const struct mailbox_settings *settings = &fetcher->settings;
	bool given = settings->folder_count != 0;
	size_t i;

	fetcher->folder_count = given ? settings->folder_count : 1;
	fetcher->folders = arena_array(fetcher->arena, fetcher->folder_count,
				       sizeof *fetcher->folders);
	for (i = 0; i < fetcher->folder_count; i++) {
		fetcher->folders[i].name = given ? settings->folders[i] : inbox;
		fetcher->folders[i].sent = fetch_is_among(
			fetcher->folders[i].name, settings->sent_folders,
			settings->sent_folder_count);
	}
}

static int
take_cursors(struct fetcher *fetcher, struct span body, struct error *err)
{
	struct wire_reader reader = wire_reader_of(body);
	size_t count = wire_get_count(&reader, 10000), i, k;

	for (i = 0; i < count && !reader.bad; i++) {
		struct span folder = wire_get_text(&reader, BATCH_NAME_MAX);
		uint32_t validity =
			(uint32_t)wire_get_number(&reader, 0, UINT32_MAX);
		uint32_t uid =
			(uint32_t)wire_get_number(&reader, 0, UINT32_MAX);

		for (k = 0; k < fetcher->folder_count; k++)
			if (span_is(folder, fetcher->folders[k].name)) {
				fetcher->folders[k].uidvalidity = validity;
				fetcher->folders[k].uid = uid;
			}
	}
	return wire_done(&reader) ?
		       0 :
		       error_set(err, ERROR_INTERNAL, "cursors make no sense");
}

int
fetcher_begin(struct fetcher *fetcher, struct wire *wire, struct error *err)
{
	struct wire_frame frame;

	*fetcher = (struct fetcher){ .wire = wire,
				     .arena = arena_new(0),
				     .told = FETCH_STATE_COUNT };
	if (wire_wait(wire, -1, &frame, err) != 1)
		return -1;
	if (frame.kind != WIRE_SETTINGS)
		return error_set(err, ERROR_INTERNAL, "no settings came");
	if (fetch_get_settings(frame.body, fetcher->arena, &fetcher->settings,
			       err) != 0)
		return -1;
	make_folders(fetcher);
	if (wire_wait(wire, -1, &frame, err) != 1)
		return -1;
	if (frame.kind != WIRE_CURSORS)
		return error_set(err, ERROR_INTERNAL, "no cursors came");
	return take_cursors(fetcher, frame.body, err);
}

/* ---- hearing ---- */

static void
take_answer(struct fetcher *fetcher, struct wire_reader *reader)
{
	size_t count = wire_get_count(reader, FETCH_SEEN_MAX), i;

	if (fetcher->answer == NULL)
		fetcher->answer = arena_array(fetcher->arena, FETCH_SEEN_MAX,
					      sizeof *fetcher->answer);
	for (i = 0; i < count; i++)
		fetcher->answer[i] = wire_get_flag(reader);
	fetcher->answer_count = count;
}

static void
take_frame(struct fetcher *fetcher, const struct wire_frame *frame)
{
	struct wire_reader reader = wire_reader_of(frame->body);

	if (frame->fd >= 0)
		close(frame->fd);
	if (frame->kind == WIRE_TAKEN)
		fetcher->taken =
			(uint64_t)wire_get_number(&reader, 0, INT64_MAX);
	else if (frame->kind == WIRE_SEEN)
		take_answer(fetcher, &reader);
	else if (frame->kind == WIRE_STOP)
		fetcher->stop = true;
}

/* Everything the parent has said by now. */
static int
hear(struct fetcher *fetcher, struct error *err)
{
	struct wire_frame frame;
	int got;

	if (wire_flush(fetcher->wire, err) != 0)
		return -1;
	while ((got = wire_receive(fetcher->wire, &frame, err)) == 1)
		take_frame(fetcher, &frame);
	return got;
}

int
fetcher_wait(struct fetcher *fetcher, long long timeout_ms, int extra_fd,
	     struct error *err)
{
	long long until = fetcher_now_ms() + timeout_ms, left;
	struct pollfd pollers[2] = { { .fd = wire_fd(fetcher->wire) },
				     { .fd = extra_fd, .events = POLLIN } };

	for (;;) {
		if (hear(fetcher, err) != 0)
			return -1;
		left = until - fetcher_now_ms();
		if (fetcher->stop || left <= 0)
			return 0;
		pollers[0].events = wire_wants(fetcher->wire);
		if (poll(pollers, 2, left > INT32_MAX ? INT32_MAX : (int)left) <
			    0 &&
		    errno != EINTR)
			return error_set(err, ERROR_INTERNAL, "poll: %s",
					 strerror(errno));
		if (pollers[1].revents != 0)
			return 0;
	}
}

/* ---- saying ---- */

static int
say(struct fetcher *fetcher, enum wire_kind kind, struct buf *body, int fd,
    struct error *err)
{
	int rc = wire_queue(fetcher->wire, kind, buf_span(body), fd, err);

	buf_clear(body);
	if (rc != 0)
		return -1;
	return wire_drain(fetcher->wire, -1, err) == 1 ? 0 : -1;
}

static int
by_number(const void *a, const void *b)
{
	const struct batch_item *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

int
fetcher_send(struct fetcher *fetcher, struct batch *batch, struct error *err)
{
	struct buf body;
	int rc;

	if (batch->count == 0) {
		batch_free(batch);
		return 0;
	}
	/* Servers may answer in any order; the cursor needs ours. */
	if (batch->uidvalidity != 0)
		qsort(batch->items, batch->count, sizeof *batch->items,
		      by_number);
	rc = batch_seal(batch, err);
	batch->serial = ++fetcher->sent;
	buf_init(&body, WIRE_FRAME_MAX);
	batch_encode(batch, &body);
	if (rc == 0)
		rc = say(fetcher, WIRE_BATCH, &body, batch->fd, err);
	else
		buf_clear(&body);
	batch_free(batch);
	while (rc == 0 && !fetcher->stop &&
	       fetcher->sent - fetcher->taken >= FETCH_BATCHES_AHEAD) {
		struct wire_frame frame;

		if (wire_wait(fetcher->wire, -1, &frame, err) != 1)
			rc = -1;
		else
			take_frame(fetcher, &frame);
	}
	return rc;
}

int
fetcher_tell(struct fetcher *fetcher, enum fetch_state state,
	     const char *folder, unsigned retry_s, const char *text,
	     struct error *err)
{
	long long now = fetcher_now_ms();
	struct buf body;
	struct span words = span_of(text);

	if (state == fetcher->told && now - fetcher->told_ms < TELL_AGAIN_MS &&
	    state != FETCH_TROUBLE && state != FETCH_RENUMBERED)
		return 0;
	fetcher->told = state;
	fetcher->told_ms = now;
	if (!text_utf8_valid(words))
		words = span_of("the server's words are not readable");
	buf_init(&body, WIRE_FRAME_MAX);
	wire_put_number(&body, state);
	wire_put_string(&body, folder);
	wire_put_number(&body, retry_s);
	wire_put_text(&body, words);
	return say(fetcher, WIRE_STATE, &body, -1, err);
}

int
fetcher_ask(struct fetcher *fetcher, const char *const *keys, size_t count,
	    const char *folder, struct error *err)
{
	struct wire_frame frame;
	struct buf body, key;
	size_t i;

	buf_init(&body, WIRE_FRAME_MAX);
	wire_put_number(&body, (int64_t)count);
	buf_init(&key, BATCH_NAME_MAX + BATCH_KEY_MAX);
	for (i = 0; i < count; i++) {
		buf_empty(&key);
		buf_printf(&key, "%s/%s", folder, keys[i]);
		wire_put_bytes(&body, buf_span(&key));
	}
	buf_clear(&key);
	fetcher->answer_count = 0;
	if (say(fetcher, WIRE_SEEN, &body, -1, err) != 0)
		return -1;
	while (fetcher->answer_count != count && !fetcher->stop) {
		if (wire_wait(fetcher->wire, -1, &frame, err) != 1)
			return -1;
		take_frame(fetcher, &frame);
	}
	return 0;
}
