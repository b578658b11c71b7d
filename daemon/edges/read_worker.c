/* SPDX-License-Identifier: GPL-3.0-or-later */
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

#include "read_pool.h"

long long
readers_now_ms(void)
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
	worker->since_ms = readers_now_ms();
	worker->cpu_ms = -1; /* asked for when it begins to matter */
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

int
worker_start(struct readers *readers, struct worker *worker, struct error *err)
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

bool
slice_is_answered(const struct slice *slice, size_t i)
{
	return slice->answers[i].there;
}

/* The items that nobody has answered, in order. */
size_t
slice_count_open(const struct slice *slice)
{
	size_t i, count = 0;

	for (i = 0; i < slice->count; i++)
		count += !slice_is_answered(slice, i);
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
	wire_put_number(&body, (int64_t)slice_count_open(slice));
	for (i = 0; i < slice->count; i++) {
		const struct batch_item *item = &batch->items[slice->first + i];

		if (slice_is_answered(slice, i))
			continue;
		wire_put_number(&body, (int64_t)(slice->first + i));
		wire_put_number(&body, (int64_t)item->offset);
		wire_put_number(&body, (int64_t)item->length);
		wire_put_number(&body, item->internal_date);
		wire_put_flag(&body, slice->answers[i].plain);
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
	       slice_count_open(worker->slices[0]) == 0) {
		memmove(worker->slices, worker->slices + 1,
			(SLICES_EACH - 1) * sizeof worker->slices[0]);
		worker->slices[SLICES_EACH - 1] = NULL;
	}
}

void
worker_give(struct readers *readers, struct worker *worker, struct slice *slice)
{
	size_t place = 0;

	while (worker->slices[place] != NULL)
		place++;
	if (place == 0)
		note_progress(worker);
	worker->slices[place] = slice;
	slice->assigned = true;
	send_slice(readers, worker, slice);
}

/* ---- answers ---- */

void
slice_set_unreadable(struct slice *slice, size_t i, const char *why)
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

	while (i < slice->count && slice_is_answered(slice, i))
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
		slice_set_unreadable(
			slice, i,
			text_utf8_valid(span_of(text)) ? text : "unreadable");
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
	    slice_is_answered(slice, (size_t)(index - slice->first)))
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

/* Finds the message that is to blame. A reader that ends between messages is
 * forgiven once; a second time in a row the next one is to blame, so that there
 * is always progress. The first time it is to be read again without the text of
 * attachments, so that one that bursts does not hide the words of its letter;
 * the second time it is given up. False: no message is to blame. */
static bool
blame_one(struct readers *readers, struct worker *worker, const char *why)
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
	readers->failed_starts = 0;
	if (slice->answers[item].plain) {
		slice_set_unreadable(slice, item, why);
		remove_finished(worker);
	}
	slice->answers[item].plain = true;
	return true;
}

/* The message at fault is blamed, a new reader takes the rest. */
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
	if (!blame_one(readers, worker, why) &&
	    ++readers->failed_starts > STARTS_FAILED_MAX)
		return error_set(err, ERROR_INTERNAL,
				 "readers cannot be started: %s", why);
	wire_close(worker->role.wire);
	worker->role.wire = NULL;
	if (worker_start(readers, worker, err) != 0)
		return -1;
	for (i = 0; i < SLICES_EACH && worker->slices[i] != NULL; i++)
		send_slice(readers, worker, worker->slices[i]);
	return 0;
}

/* Only the next message of its own counts, so that a hijacked reader cannot buy
 * time for ever by writing this and that into the page. */
static bool
has_moved(const struct worker *worker, uint64_t at)
{
	uint64_t index = (at & 0xffff) - 1;
	size_t i;

	for (i = 0; i < SLICES_EACH && worker->slices[i] != NULL; i++) {
		const struct slice *slice = worker->slices[i];

		if (at >> 16 == slice->serial && index >= slice->first &&
		    index - slice->first < slice->count)
			return at > worker->last_at;
	}
	return false;
}

/* Has it been at the same message for too long? A reader that gets no CPU on a
 * crowded machine has more time. */
static bool
is_overdue(const struct readers *readers, struct worker *worker)
{
	uint64_t at = atomic_load(&worker->progress->at);
	long long waited, deadline;

	if (worker->slices[0] == NULL && worker->ready)
		return false;
	if (has_moved(worker, at)) {
		note_progress(worker);
		worker->last_at = at; /* the page may say less by now */
		return false;
	}
	if (worker->cpu_ms < 0)
		worker->cpu_ms = cpu_ms(worker->role.pid);
	waited = readers_now_ms() - worker->since_ms;
	deadline = worker->ready ? readers->deadline_ms : READ_START_MS;
	if (waited < deadline)
		return false;
	return waited > deadline * STARVED_FACTOR ||
	       cpu_ms(worker->role.pid) - worker->cpu_ms >= deadline / 2;
}

int
worker_serve(struct readers *readers, struct worker *worker, struct error *err)
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

void
worker_close(struct worker *worker)
{
	role_kill(&worker->role);
	wire_close(worker->role.wire);
	close_progress(worker);
}
