/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "read_pool.h"
#include "wire_message.h"

/* ---- sharing out ---- */

/* To the worker that has least to do; false when all have their fill. */
static bool
assign(struct readers *readers, struct slice *slice)
{
	size_t depth, i;

	for (depth = 0; depth < SLICES_EACH; depth++)
		for (i = 0; i < readers->worker_count; i++) {
			struct worker *worker = &readers->workers[i];

			if (worker->slices[depth] != NULL)
				continue;
			worker_give(readers, worker, slice);
			return true;
		}
	return false;
}

static void
assign_all(struct readers *readers)
{
	size_t ahead = SLICES_AHEAD * readers->worker_count + SLICES_AHEAD;
	struct slice *slice;

	for (slice = readers->head; slice != NULL && ahead != 0;
	     slice = slice->next, ahead--)
		if (!slice->assigned && slice_count_open(slice) != 0 &&
		    !assign(readers, slice))
			break;
}

/* ---- handing out ---- */

static void
slice_free(struct slice *slice)
{
	size_t i;

	if (slice == NULL)
		return;
	for (i = 0; i < slice->count; i++)
		free(slice->answers[i].why);
	if (slice->last)
		batch_free(slice->batch);
	buf_clear(&slice->bytes);
	free(slice);
}

static const struct message *
add_size_warning(struct readers *readers, struct message *message)
{
	struct span *warnings = arena_array(
		readers->arena, message->warning_count + 1, sizeof *warnings);

	if (message->warning_count != 0)
		memcpy(warnings, message->warnings,
		       message->warning_count * sizeof *warnings);
	warnings[message->warning_count++] =
		span_of("size: longer than the limit, cut");
	message->warnings = warnings;
	return message;
}

static void
decode(struct readers *readers, const struct slice *slice,
       const struct answer *answer, const struct batch_item *item,
       struct reading *reading)
{
	struct span bytes = span_sub(buf_span(&slice->bytes), answer->start,
				     answer->start + answer->len);
	struct wire_reader reader = wire_reader_of(bytes);
	struct message *message;
	struct error err;

	if (answer->why != NULL)
		reading->why = answer->why;
	else if (wire_get_message(&reader, readers->arena, &message, &err) !=
			 0 ||
		 !wire_done(&reader))
		reading->why = "the reader's answer made no sense";
	else
		reading->message = item->cut ?
					   add_size_warning(readers, message) :
					   message;
}

/* Takes the next reading off the head, if it is there. */
static bool
hand_out(struct readers *readers, struct reading *ret_reading)
{
	struct slice *slice = readers->head;
	const struct answer *answer;
	size_t i;

	arena_clear(readers->arena);
	slice_free(readers->done);
	readers->done = NULL;
	if (slice == NULL || !slice_is_answered(slice, slice->given))
		return false;
	i = slice->given++;
	answer = &slice->answers[i];
	*ret_reading = (struct reading){ .batch = slice->batch,
					 .index = slice->first + i };
	decode(readers, slice, answer, &slice->batch->items[slice->first + i],
	       ret_reading);
	if (slice->given < slice->count)
		return true;
	ret_reading->last = slice->last;
	readers->batches -= slice->last;
	readers->head = slice->next;
	if (readers->head == NULL)
		readers->tail = NULL;
	readers->done = slice;
	return true;
}

/* ---- face ---- */

static void
copy_list(struct arena *arena, const struct span **at, size_t count)
{
	struct span *copy = arena_array(arena, count, sizeof *copy);
	size_t i;

	for (i = 0; i < count; i++)
		copy[i] = arena_span(arena, (*at)[i]);
	*at = copy;
}

static void
copy_settings(struct readers *readers, const struct readers_settings *settings)
{
	struct message_trust *trust = &readers->settings.trust;
	struct arena *arena = readers->settings_arena;

	readers->deadline_ms = settings->deadline_ms != 0 ?
				       settings->deadline_ms :
				       READ_DEADLINE_MS;
	readers->settings.memory_max = settings->memory_max != 0 ?
					       settings->memory_max :
					       READ_MEMORY_MAX;
	readers->settings.limits = settings->limits != NULL ?
					   *settings->limits :
					   message_limits_default;
	if (settings->trust != NULL)
		*trust = *settings->trust;
	copy_list(arena, &trust->headers, trust->header_count);
	copy_list(arena, &trust->journals, trust->journal_count);
	copy_list(arena, &trust->domains, trust->domain_count);
	copy_list(arena, &trust->servers, trust->server_count);
}

int
readers_open(const struct readers_settings *settings,
	     struct readers **ret_readers, struct error *err)
{
	struct readers *readers = calloc(1, sizeof *readers);
	size_t count = settings->count != 0 ? settings->count : 1;

	if (readers == NULL)
		abort();
	if (count > READERS_MAX)
		count = READERS_MAX;
	readers->settings_arena = arena_new(0);
	readers->arena = arena_new(ARENA_MAX);
	copy_settings(readers, settings);
	readers->workers = calloc(count, sizeof *readers->workers);
	if (readers->workers == NULL)
		abort();
	readers->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (readers->epoll < 0) {
		readers_close(readers);
		return error_set(err, ERROR_TEMPORARY, "epoll: %s",
				 strerror(errno));
	}
	readers->worker_count = count;
	*ret_readers = readers;
	return 0;
}

/* Not before there is something to read: a start that finds no new mail is
 * spared the greater part of its work. */
static int
start_all(struct readers *readers, struct error *err)
{
	size_t i;

	for (i = 0; i < readers->worker_count && !readers->started; i++)
		if (readers->workers[i].role.wire == NULL &&
		    worker_start(readers, &readers->workers[i], err) != 0)
			return -1;
	readers->started = true;
	return 0;
}

void
readers_close(struct readers *readers)
{
	struct slice *slice, *next;
	size_t i;

	if (readers == NULL)
		return;
	for (i = 0; i < readers->worker_count; i++) {
		worker_close(&readers->workers[i]);
	}
	slice_free(readers->done);
	for (slice = readers->head; slice != NULL; slice = next) {
		next = slice->next;
		slice_free(slice);
	}
	if (readers->epoll >= 0)
		close(readers->epoll);
	free(readers->workers);
	arena_free(readers->arena);
	arena_free(readers->settings_arena);
	free(readers);
}

bool
readers_full(const struct readers *readers)
{
	return readers->batches >= READERS_BATCHES_MAX;
}

bool
readers_idle(const struct readers *readers)
{
	return readers->head == NULL;
}

/* Cuts one slice off the batch from item first on. */
static struct slice *
cut_slice(struct readers *readers, struct batch *batch, size_t first)
{
	struct slice *slice = calloc(1, sizeof *slice);
	uint64_t bytes = 0;
	size_t i;

	if (slice == NULL)
		abort();
	slice->batch = batch;
	slice->first = first;
	slice->serial = ++readers->serial;
	buf_init(&slice->bytes, (size_t)SLICE_ITEMS_MAX * FACTS_MAX);
	for (i = first; i < batch->count && slice->count < SLICE_ITEMS_MAX &&
			bytes < SLICE_BYTES_AIM;
	     i++) {
		const struct batch_item *item = &batch->items[i];

		if (item->why != NULL)
			slice_set_unreadable(slice, slice->count, item->why);
		bytes += item->length;
		slice->count++;
	}
	slice->last = first + slice->count == batch->count;
	return slice;
}

int
readers_submit(struct readers *readers, struct batch *batch, struct error *err)
{
	size_t first = 0;

	if (batch->count == 0 || readers_full(readers)) {
		batch_free(batch);
		return error_set(err, ERROR_INTERNAL,
				 "no room for a batch, or nothing in it");
	}
	if (start_all(readers, err) != 0) {
		batch_free(batch);
		return -1;
	}
	while (first < batch->count) {
		struct slice *slice = cut_slice(readers, batch, first);

		if (readers->tail != NULL)
			readers->tail->next = slice;
		else
			readers->head = slice;
		readers->tail = slice;
		first += slice->count;
	}
	readers->batches++;
	assign_all(readers);
	return 0;
}

/* One round: hears everybody who has something to say. */
static int
serve(struct readers *readers, int timeout_ms, struct error *err)
{
	struct epoll_event events[READERS_MAX];
	size_t i;
	int count;

	count = epoll_wait(readers->epoll, events, READERS_MAX, timeout_ms);
	if (count < 0 && errno != EINTR)
		return error_set(err, ERROR_INTERNAL, "epoll: %s",
				 strerror(errno));
	for (i = 0; count > 0 && i < (size_t)count; i++)
		if (worker_serve(readers, events[i].data.ptr, err) != 0)
			return -1;
	for (i = 0; count <= 0 && readers->started && i < readers->worker_count;
	     i++)
		if (worker_serve(readers, &readers->workers[i], err) != 0)
			return -1;
	assign_all(readers);
	return 0;
}

int
readers_timeout_ms(const struct readers *readers)
{
	unsigned check = readers->deadline_ms / 4;

	if (readers->head == NULL)
		return -1;
	return check < 1 ? 1 : check > 500 ? 500 : (int)check;
}

int
readers_next(struct readers *readers, int timeout_ms,
	     struct reading *ret_reading, struct error *err)
{
	long long start = readers_now_ms(), left;
	int wait;

	for (;;) {
		if (hand_out(readers, ret_reading)) {
			if (ret_reading->index % SLICE_ITEMS_MAX == 0 &&
			    serve(readers, 0, err) != 0)
				return -1;
			return 1;
		}
		if (timeout_ms < 0 && readers_idle(readers))
			return 0;
		left = timeout_ms < 0 ? 1000 :
					start + timeout_ms - readers_now_ms();
		wait = readers_timeout_ms(readers);
		if (wait < 0 || left < wait)
			wait = left > 0 ? (int)left : 0;
		if (serve(readers, wait, err) != 0)
			return -1;
		if (readers->head != NULL &&
		    slice_is_answered(readers->head, readers->head->given))
			continue;
		if (left <= 0)
			return 0;
	}
}

int
readers_fd(const struct readers *readers)
{
	return readers->epoll;
}

size_t
readers_pids(const struct readers *readers, pid_t *ret_pids)
{
	size_t i;

	for (i = 0; i < readers->worker_count; i++)
		ret_pids[i] = readers->workers[i].role.pid;
	return readers->worker_count;
}
