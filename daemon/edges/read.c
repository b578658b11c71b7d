/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "read_private.h"
#include "wire_message.h"

enum {
	SLICES_EACH = 2,  /* given to a reader at a time, so it never waits */
	SLICES_AHEAD = 4, /* per reader, of what is being handed out */
	STARTS_FAILED_MAX = 5, /* in a row, before giving up */
	READ_START_MS = 20000,
	BURIAL_MS = 2000,   /* for a reader whose wire has ended */
	STARVED_FACTOR = 6, /* deadlines, for one that gets no CPU */
	ARENA_MAX = 1 << 30
};

struct answer {
	bool there;
	char *why;         /* owned; unreadable, when not NULL */
	size_t start, len; /* of the message, in the slice's bytes */
};

/* A run of items of one batch; the unit that a reader is given. */
struct slice {
	struct slice *next;
	struct batch *batch;
	uint64_t serial;
	size_t first, count; /* items of the batch */
	size_t given;        /* answers handed out */
	bool assigned, last; /* last: the batch ends with it */
	struct answer answers[SLICE_ITEMS_MAX];
	struct buf bytes;
};

struct worker {
	struct role_process role;
	struct read_progress *progress;
	int progress_fd;
	struct slice *slices[SLICES_EACH]; /* in order; NULL: free */
	uint64_t last_at;                  /* of progress */
	long long since_ms, cpu_ms;        /* when it became that */
	bool ready;
	bool polling_out;
	const char *killed; /* why we killed it */
};

struct readers {
	struct worker *workers;
	size_t worker_count;
	struct arena *settings_arena, *arena;
	struct read_settings settings;
	unsigned deadline_ms;
	struct slice *head, *tail; /* not yet handed out, in order */
	struct slice *done;        /* the last reading still points there */
	uint64_t serial;
	size_t batches;
	unsigned failed_starts;
	int epoll;
};

static long long
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* CPU time that a process has used; 0 when it cannot be known. */
static long long
cpu_ms(pid_t pid)
{
	struct timespec used;
	clockid_t clock;

	if (pid == 0 || clock_getcpuclockid(pid, &clock) != 0 ||
	    clock_gettime(clock, &used) != 0)
		return 0;
	return (long long)used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

/* ---- workers ---- */

static void
note_progress(struct worker *worker)
{
	worker->last_at = atomic_load(&worker->progress->at);
	worker->since_ms = now_ms();
	worker->cpu_ms = cpu_ms(worker->role.pid);
}

static int
open_progress(struct worker *worker, struct error *err)
{
	void *page;
	int fd = memfd_create("clerkd-progress", MFD_CLOEXEC);

	if (fd < 0 || ftruncate(fd, PROGRESS_SIZE) != 0)
		return error_set(err, ERROR_TEMPORARY, "memory file: %s",
				 strerror(errno));
	page = mmap(NULL, PROGRESS_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
		    0);
	if (page == MAP_FAILED) {
		close(fd);
		return error_set(err, ERROR_TEMPORARY, "memory file: %s",
				 strerror(errno));
	}
	worker->progress_fd = fd;
	worker->progress = page;
	return 0;
}

static void
close_progress(struct worker *worker)
{
	if (worker->progress == NULL)
		return;
	(void)munmap(worker->progress, PROGRESS_SIZE);
	close(worker->progress_fd);
	worker->progress = NULL;
}

static int
start_worker(struct readers *readers, struct worker *worker, struct error *err)
{
	struct epoll_event event = { .events = EPOLLIN };
	struct buf body;
	int rc;

	/* A page of its own each time: the one before may still be mapped by
	 * what we just killed. */
	close_progress(worker);
	if (open_progress(worker, err) != 0 ||
	    role_start("read", &worker->progress_fd, 1, &worker->role, err) !=
		    0)
		return -1;
	worker->ready = worker->polling_out = false;
	worker->killed = NULL;
	event.data.ptr = worker;
	if (epoll_ctl(readers->epoll, EPOLL_CTL_ADD, wire_fd(worker->role.wire),
		      &event) != 0)
		return error_set(err, ERROR_INTERNAL, "epoll: %s",
				 strerror(errno));
	buf_init(&body, WIRE_FRAME_MAX);
	read_put_settings(&body, &readers->settings);
	rc = wire_send(worker->role.wire, WIRE_SETTINGS, buf_span(&body), -1,
		       err);
	buf_clear(&body);
	note_progress(worker);
	return rc;
}

static void
update_polling(struct readers *readers, struct worker *worker)
{
	bool out = wire_queued(worker->role.wire) != 0;
	struct epoll_event event = { .events = EPOLLIN };

	if (out == worker->polling_out)
		return;
	event.events |= out ? (uint32_t)EPOLLOUT : 0;
	event.data.ptr = worker;
	(void)epoll_ctl(readers->epoll, EPOLL_CTL_MOD,
			wire_fd(worker->role.wire), &event);
	worker->polling_out = out;
}

/* ---- giving work ---- */

static bool
is_answered(const struct slice *slice, size_t i)
{
	return slice->answers[i].there;
}

/* The items that nobody has answered, in order. */
static size_t
count_open(const struct slice *slice)
{
	size_t i, count = 0;

	for (i = 0; i < slice->count; i++)
		count += !is_answered(slice, i);
	return count;
}

/* Sends what is open in a slice; a broken wire is noticed when reading. */
static void
send_slice(struct readers *readers, struct worker *worker,
	   const struct slice *slice)
{
	const struct batch *batch = slice->batch;
	struct error err;
	struct buf body;
	size_t i;

	buf_init(&body, WIRE_FRAME_MAX);
	wire_put_number(&body, (int64_t)slice->serial);
	wire_put_string(&body, batch->owner);
	wire_put_flag(&body, batch->journal_mailbox);
	wire_put_flag(&body, batch->sent_folder);
	wire_put_number(&body, (int64_t)count_open(slice));
	for (i = 0; i < slice->count; i++) {
		const struct batch_item *item = &batch->items[slice->first + i];

		if (is_answered(slice, i))
			continue;
		wire_put_number(&body, (int64_t)(slice->first + i));
		wire_put_number(&body, (int64_t)item->offset);
		wire_put_number(&body, (int64_t)item->length);
		wire_put_number(&body, item->internal_date);
	}
	(void)wire_send(worker->role.wire, WIRE_SLICE, buf_span(&body),
			batch->fd, &err);
	buf_clear(&body);
	update_polling(readers, worker);
}

static void
remove_finished(struct worker *worker)
{
	while (worker->slices[0] != NULL &&
	       count_open(worker->slices[0]) == 0) {
		memmove(worker->slices, worker->slices + 1,
			(SLICES_EACH - 1) * sizeof worker->slices[0]);
		worker->slices[SLICES_EACH - 1] = NULL;
	}
}

static bool
assign(struct readers *readers, struct slice *slice)
{
	struct worker *best = NULL, *worker;
	size_t depth, i;

	for (depth = 0; depth < SLICES_EACH && best == NULL; depth++)
		for (i = 0; i < readers->worker_count && best == NULL; i++) {
			worker = &readers->workers[i];
			if (worker->slices[depth] == NULL &&
			    (depth == 0 || worker->slices[depth - 1] != NULL))
				best = worker;
		}
	if (best == NULL)
		return false;
	depth--;
	if (depth == 0)
		note_progress(best);
	best->slices[depth] = slice;
	slice->assigned = true;
	send_slice(readers, best, slice);
	return true;
}

static void
assign_all(struct readers *readers)
{
	size_t ahead = SLICES_AHEAD * readers->worker_count + SLICES_AHEAD;
	struct slice *slice;

	for (slice = readers->head; slice != NULL && ahead != 0;
	     slice = slice->next, ahead--)
		if (!slice->assigned && count_open(slice) != 0 &&
		    !assign(readers, slice))
			break;
}

/* ---- answers ---- */

static void
set_unreadable(struct slice *slice, size_t i, const char *why)
{
	slice->answers[i].there = true;
	slice->answers[i].why = strdup(why);
	if (slice->answers[i].why == NULL)
		abort();
}

static size_t
first_open(const struct slice *slice)
{
	size_t i = 0;

	while (i < slice->count && is_answered(slice, i))
		i++;
	return i;
}

/* The worker's next answer must be for the first open item of its first slice.
 * The message itself is checked when it is handed out. */
static int
take_facts(struct readers *readers, struct worker *worker, struct span body,
	   struct error *err)
{
	struct wire_reader reader = wire_reader_of(body);
	struct slice *slice = worker->slices[0];
	uint64_t serial, index;
	struct span why;
	size_t i;
	bool ok;

	serial = (uint64_t)wire_get_number(&reader, 0, INT64_MAX);
	index = (uint64_t)wire_get_number(&reader, 0, BATCH_ITEMS_MAX);
	ok = wire_get_flag(&reader);
	if (reader.bad || slice == NULL || serial != slice->serial ||
	    body.len > FACTS_MAX)
		return error_set(err, ERROR_INPUT, "an answer out of turn");
	i = first_open(slice);
	if (index != slice->first + i)
		return error_set(err, ERROR_INPUT, "an answer out of turn");
	if (ok) {
		slice->answers[i].start = slice->bytes.len;
		slice->answers[i].len = reader.rest.len;
		slice->answers[i].there = true;
		buf_add(&slice->bytes, reader.rest);
	} else {
		char text[WHY_MAX + 1];

		why = wire_get_bytes(&reader, WHY_MAX);
		if (!wire_done(&reader))
			return error_set(err, ERROR_INPUT,
					 "an answer that makes no sense");
		snprintf(text, sizeof text, "%.*s", SPAN_ARG(why));
		set_unreadable(slice, i,
			       text_utf8_valid(span_of(text)) ? text :
								"unreadable");
	}
	readers->failed_starts = 0;
	note_progress(worker);
	remove_finished(worker);
	return 0;
}

static int
take_state(struct worker *worker, struct span body, struct error *err)
{
	struct wire_reader reader = wire_reader_of(body);
	bool ready = wire_get_flag(&reader);
	struct span why = wire_get_text(&reader, ERROR_TEXT_MAX);

	if (!wire_done(&reader))
		return error_set(err, ERROR_INPUT, "no state");
	if (!ready)
		return error_set(err, ERROR_INTERNAL, "%.*s", SPAN_ARG(why));
	worker->ready = true;
	note_progress(worker);
	return 0;
}

/* Everything that a worker has said by now. */
static int
take_frames(struct readers *readers, struct worker *worker, struct error *err)
{
	struct wire_frame frame;
	int got;

	if (wire_flush(worker->role.wire, err) != 0)
		return -1;
	update_polling(readers, worker);
	while ((got = wire_receive(worker->role.wire, &frame, err)) == 1) {
		if (frame.fd >= 0)
			close(frame.fd);
		if (frame.kind == WIRE_STATE && !worker->ready)
			got = take_state(worker, frame.body, err);
		else if (frame.kind == WIRE_FACTS && worker->ready)
			got = take_facts(readers, worker, frame.body, err);
		else
			got = error_set(err, ERROR_INPUT, "not its turn");
		if (got != 0)
			return -1;
	}
	return got;
}

/* ---- death ---- */

/* Which item of the slice was it at? The page says it; 0 when it was between
 * two messages, or the page makes no sense. */
static bool
item_at_fault(const struct worker *worker, const struct slice *slice,
	      size_t *ret_item)
{
	uint64_t at = atomic_load(&worker->progress->at);
	uint64_t index = (at & 0xffff) - 1;

	if (at >> 16 != slice->serial || index < slice->first ||
	    index - slice->first >= slice->count ||
	    is_answered(slice, (size_t)(index - slice->first)))
		return false;
	*ret_item = (size_t)(index - slice->first);
	return true;
}

static void
say_why(const struct readers *readers, const struct worker *worker, int status,
	long peak_kb, char *text, size_t size)
{
	char how[64];
	bool large =
		(uint64_t)peak_kb * 1024 > readers->settings.memory_max / 2;

	role_describe(status, how, sizeof how);
	if (worker->killed != NULL)
		snprintf(text, size, "%s", worker->killed);
	else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		snprintf(text, size, "the reader tried what it may not");
	else if (large)
		snprintf(text, size, "the reader ran out of memory (%s)", how);
	else
		snprintf(text, size, "the reader broke down (%s)", how);
}

/* Waits for the end of a reader that has closed its wire, and makes an end of
 * one that is to be killed. */
static void
bury(struct worker *worker, int *ret_status, long *ret_peak_kb)
{
	int waited;

	if (worker->killed != NULL)
		(void)kill(worker->role.pid, SIGKILL);
	for (waited = 0; !role_ended(&worker->role, ret_status, ret_peak_kb);
	     waited++) {
		if (waited == BURIAL_MS)
			(void)kill(worker->role.pid, SIGKILL);
		(void)poll(NULL, 0, 1);
	}
}

/* Finds the message that has to be given up. A reader that ends between
 * messages is forgiven once; a second time in a row the next one is to blame,
 * so that there is always progress. False: no message is. */
static bool
give_up_one(struct readers *readers, struct worker *worker, const char *why)
{
	struct slice *slice = worker->slices[0];
	size_t item;

	if (!worker->ready || slice == NULL)
		return false;
	if (!item_at_fault(worker, slice, &item)) {
		if (readers->failed_starts == 0)
			return false;
		item = first_open(slice);
	}
	set_unreadable(slice, item, why);
	readers->failed_starts = 0;
	remove_finished(worker);
	return true;
}

/* The message at fault is given up, a new reader takes the rest. */
static int
replace_worker(struct readers *readers, struct worker *worker,
	       struct error *err)
{
	char why[WHY_MAX];
	int status = 0;
	long peak = 0;
	size_t i;

	bury(worker, &status, &peak);
	say_why(readers, worker, status, peak, why, sizeof why);
	if (!give_up_one(readers, worker, why) &&
	    ++readers->failed_starts > STARTS_FAILED_MAX)
		return error_set(err, ERROR_INTERNAL,
				 "readers cannot be started: %s", why);
	wire_close(worker->role.wire);
	worker->role.wire = NULL;
	if (start_worker(readers, worker, err) != 0)
		return -1;
	for (i = 0; i < SLICES_EACH && worker->slices[i] != NULL; i++)
		send_slice(readers, worker, worker->slices[i]);
	return 0;
}

/* Has it been at the same message for too long? A reader that gets no CPU on a
 * crowded machine has more time. */
static bool
is_overdue(const struct readers *readers, struct worker *worker)
{
	long long waited, deadline;

	if (worker->slices[0] == NULL && worker->ready)
		return false;
	if (atomic_load(&worker->progress->at) != worker->last_at) {
		note_progress(worker);
		return false;
	}
	waited = now_ms() - worker->since_ms;
	deadline = worker->ready ? readers->deadline_ms : READ_START_MS;
	if (waited < deadline)
		return false;
	return waited > deadline * STARVED_FACTOR ||
	       cpu_ms(worker->role.pid) - worker->cpu_ms >= deadline / 2;
}

static int
serve_worker(struct readers *readers, struct worker *worker, struct error *err)
{
	struct error why = { 0 };

	if (take_frames(readers, worker, &why) != 0) {
		if (why.kind != ERROR_PERMANENT)
			worker->killed = "the reader's answer made no sense";
		return replace_worker(readers, worker, err);
	}
	if (!is_overdue(readers, worker))
		return 0;
	worker->killed = "it took too long to read";
	return replace_worker(readers, worker, err);
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
	if (slice == NULL || !is_answered(slice, slice->given))
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
}

int
readers_open(const struct readers_settings *settings,
	     struct readers **ret_readers, struct error *err)
{
	struct readers *readers = calloc(1, sizeof *readers);
	size_t count = settings->count != 0 ? settings->count : 1, i;

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
	for (i = 0; i < count; i++) {
		readers->worker_count = i + 1;
		if (start_worker(readers, &readers->workers[i], err) != 0) {
			readers_close(readers);
			return -1;
		}
	}
	*ret_readers = readers;
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
		role_kill(&readers->workers[i].role);
		wire_close(readers->workers[i].role.wire);
		close_progress(&readers->workers[i]);
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
			set_unreadable(slice, slice->count, item->why);
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
		if (serve_worker(readers, events[i].data.ptr, err) != 0)
			return -1;
	for (i = 0; count <= 0 && i < readers->worker_count; i++)
		if (serve_worker(readers, &readers->workers[i], err) != 0)
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
	long long start = now_ms(), left;
	int wait;

	for (;;) {
		if (hand_out(readers, ret_reading)) {
			if (ret_reading->index % SLICE_ITEMS_MAX == 0 &&
			    serve(readers, 0, err) != 0)
				return -1;
			return 1;
		}
		left = timeout_ms < 0 ? 1000 : start + timeout_ms - now_ms();
		wait = readers_timeout_ms(readers);
		if (wait < 0 || left < wait)
			wait = left > 0 ? (int)left : 0;
		if (serve(readers, wait, err) != 0)
			return -1;
		if (readers->head != NULL &&
		    is_answered(readers->head, readers->head->given))
			continue;
		if (left <= 0 || (timeout_ms < 0 && readers_idle(readers)))
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
