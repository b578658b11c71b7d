/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	RECEIVE_SIZE = 256 * 1024,      /* asked of the kernel at a time */
	RECEIVE_KEEP = 2 * 1024 * 1024, /* more is given back when empty */
	SOCKET_BUFFER = 1024 * 1024
};

struct header {
	uint32_t length;
	uint16_t kind;
	uint16_t has_fd;
};

/* A descriptor that goes out with the byte at `at` of everything queued. */
struct passenger {
	uint64_t at;
	int fd;
};

struct wire {
	int fd;
	struct buf out;
	size_t out_start;  /* bytes of out that have gone */
	uint64_t out_base; /* number of the byte at out.ptr[0] */
	struct passenger *passengers;
	size_t passenger_count;

	char *in;
	size_t in_start, in_len, in_room;
	int fds[WIRE_FDS_MAX];
	size_t fd_count;
	bool ended; /* the other end is gone */
};

struct wire *
wire_open(int fd)
{
	struct wire *wire = calloc(1, sizeof *wire);
	int size = SOCKET_BUFFER;

	if (wire == NULL)
		abort();
	wire->fd = fd;
	buf_init(&wire->out, WIRE_QUEUE_MAX);
	(void)fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
	return wire;
}

void
wire_close(struct wire *wire)
{
	size_t i;

	if (wire == NULL)
		return;
	for (i = 0; i < wire->passenger_count; i++)
		close(wire->passengers[i].fd);
	for (i = 0; i < wire->fd_count; i++)
		close(wire->fds[i]);
	free(wire->passengers);
	free(wire->in);
	buf_clear(&wire->out);
	close(wire->fd);
	free(wire);
}

int
wire_fd(const struct wire *wire)
{
	return wire->fd;
}

size_t
wire_queued(const struct wire *wire)
{
	return wire->out.len - wire->out_start;
}

short
wire_wants(const struct wire *wire)
{
	return (short)(wire_queued(wire) != 0 ? POLLIN | POLLOUT : POLLIN);
}

static void
add_passenger(struct wire *wire, int fd)
{
	wire->passengers =
		realloc(wire->passengers,
			(wire->passenger_count + 1) * sizeof *wire->passengers);
	if (wire->passengers == NULL)
		abort();
	wire->passengers[wire->passenger_count++] =
		(struct passenger){ .at = wire->out_base + wire->out.len,
				    .fd = fd };
}

/* Moves what is still to go to the front, when that is cheap. */
static void
compact(struct wire *wire)
{
	size_t left = wire_queued(wire);

	if (wire->out_start == 0 || left > wire->out_start)
		return;
	if (left != 0)
		memmove(wire->out.ptr, wire->out.ptr + wire->out_start, left);
	wire->out_base += wire->out_start;
	wire->out.len = left;
	wire->out_start = 0;
}

int
wire_queue(struct wire *wire, enum wire_kind kind, struct span body, int fd,
	   struct error *err)
{
	struct header header = { .length = (uint32_t)body.len,
				 .kind = (uint16_t)kind,
				 .has_fd = fd >= 0 };
	int copy = -1;

	if (body.len > WIRE_FRAME_MAX)
		return error_set(err, ERROR_INPUT,
				 "a frame of %zu bytes is too long", body.len);
	compact(wire);
	if (body.len + sizeof header > wire->out.max - wire->out.len)
		return error_set(err, ERROR_TEMPORARY, "the queue is full");
	if (fd >= 0) {
		copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
		if (copy < 0)
			return error_set(err, ERROR_TEMPORARY, "dup: %s",
					 strerror(errno));
		add_passenger(wire, copy);
	}
	buf_add(&wire->out, (struct span){ .ptr = (const char *)&header,
					   .len = sizeof header });
	buf_add(&wire->out, body);
	return 0;
}

/* One sendmsg: up to the next byte that a descriptor goes with. */
static ssize_t
send_some(struct wire *wire)
{
	union {
		char room[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control = { 0 };
	struct iovec iov = { .iov_base = wire->out.ptr + wire->out_start,
			     .iov_len = wire_queued(wire) };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	uint64_t from = wire->out_base + wire->out_start;
	const struct passenger *riders = wire->passengers;
	size_t next = 0;
	ssize_t sent;

	if (wire->passenger_count != 0 && riders[0].at == from) {
		struct cmsghdr *cmsg;

		msg.msg_control = control.room;
		msg.msg_controllen = sizeof control.room;
		cmsg = CMSG_FIRSTHDR(&msg);
		cmsg->cmsg_level = SOL_SOCKET;
		cmsg->cmsg_type = SCM_RIGHTS;
		cmsg->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(cmsg), &riders[0].fd, sizeof(int));
		next = 1;
	}
	if (next < wire->passenger_count)
		iov.iov_len = (size_t)(riders[next].at - from);
	sent = sendmsg(wire->fd, &msg, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (sent > 0 && next == 1) {
		close(riders[0].fd);
		wire->passenger_count--;
		memmove(wire->passengers, wire->passengers + 1,
			wire->passenger_count * sizeof *wire->passengers);
	}
	return sent;
}

int
wire_flush(struct wire *wire, struct error *err)
{
	while (wire_queued(wire) != 0) {
		ssize_t sent = send_some(wire);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0 && (errno == EAGAIN || errno == ENOBUFS))
			return 0;
		if (sent < 0)
			return error_set(err, ERROR_PERMANENT,
					 "the other process is gone: %s",
					 strerror(errno));
		wire->out_start += (size_t)sent;
	}
	compact(wire);
	return 0;
}

int
wire_send(struct wire *wire, enum wire_kind kind, struct span body, int fd,
	  struct error *err)
{
	if (wire_queue(wire, kind, body, fd, err) != 0)
		return -1;
	return wire_flush(wire, err);
}

/* Descriptors beyond the maximum are closed, and that breaks the protocol. */
static int
take_fds(struct wire *wire, struct msghdr *msg, struct error *err)
{
	struct cmsghdr *cmsg;
	int rc = 0;

	for (cmsg = CMSG_FIRSTHDR(msg); cmsg != NULL;
	     cmsg = CMSG_NXTHDR(msg, cmsg)) {
		size_t count, i;

		if (cmsg->cmsg_level != SOL_SOCKET ||
		    cmsg->cmsg_type != SCM_RIGHTS)
			continue;
		count = (cmsg->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (i = 0; i < count; i++) {
			int fd;

			memcpy(&fd, CMSG_DATA(cmsg) + i * sizeof fd, sizeof fd);
			if (wire->fd_count < WIRE_FDS_MAX) {
				wire->fds[wire->fd_count++] = fd;
				continue;
			}
			close(fd);
			rc = error_set(err, ERROR_INPUT,
				       "too many descriptors");
		}
	}
	if ((msg->msg_flags & MSG_CTRUNC) != 0)
		rc = error_set(err, ERROR_INPUT, "descriptors were lost");
	return rc;
}

static void
make_room(struct wire *wire, size_t want)
{
	if (wire->in_start != 0) {
		if (wire->in_len != 0)
			memmove(wire->in, wire->in + wire->in_start,
				wire->in_len);
		wire->in_start = 0;
	}
	if (wire->in_len == 0 && wire->in_room > RECEIVE_KEEP) {
		free(wire->in);
		wire->in = NULL;
		wire->in_room = 0;
	}
	if (wire->in_len + want <= wire->in_room)
		return;
	wire->in_room = wire->in_len + want;
	wire->in = realloc(wire->in, wire->in_room);
	if (wire->in == NULL)
		abort();
}

/* 1: something came; 0: nothing for now; -1. */
static int
receive_some(struct wire *wire, size_t want, struct error *err)
{
	union {
		char room[CMSG_SPACE(WIRE_FDS_MAX * sizeof(int))];
		struct cmsghdr align;
	} control;
	struct iovec iov;
	struct msghdr msg = { .msg_iov = &iov,
			      .msg_iovlen = 1,
			      .msg_control = control.room,
			      .msg_controllen = sizeof control.room };
	ssize_t got;

	make_room(wire, want > RECEIVE_SIZE ? want : RECEIVE_SIZE);
	iov.iov_base = wire->in + wire->in_len;
	iov.iov_len = wire->in_room - wire->in_len;
	do {
		got = recvmsg(wire->fd, &msg, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	} while (got < 0 && errno == EINTR);
	if (got < 0 && errno == EAGAIN)
		return 0;
	if (got <= 0) {
		wire->ended = true;
		return error_set(
			err, ERROR_PERMANENT, "the other process is gone%s%s",
			got < 0 ? ": " : "", got < 0 ? strerror(errno) : "");
	}
	wire->in_len += (size_t)got;
	return take_fds(wire, &msg, err) == 0 ? 1 : -1;
}

/* Bytes that are still missing to one whole frame; 0: it is there; -1. */
static ssize_t
missing(const struct wire *wire, struct header *ret_header, struct error *err)
{
	struct header header;
	size_t want = sizeof header;

	if (wire->in_len < want)
		return (ssize_t)(want - wire->in_len);
	memcpy(&header, wire->in + wire->in_start, sizeof header);
	if (header.length > WIRE_FRAME_MAX || header.kind == WIRE_NONE ||
	    header.kind >= WIRE_KIND_COUNT || header.has_fd > 1)
		return error_set(err, ERROR_INPUT, "no frame of this schema");
	*ret_header = header;
	want += header.length;
	return wire->in_len < want ? (ssize_t)(want - wire->in_len) : 0;
}

static int
take_frame(struct wire *wire, const struct header *header,
	   struct wire_frame *ret_frame, struct error *err)
{
	int fd = -1;

	if (header->has_fd != 0) {
		if (wire->fd_count == 0)
			return error_set(err, ERROR_INPUT,
					 "a descriptor is missing");
		fd = wire->fds[0];
		wire->fd_count--;
		memmove(wire->fds, wire->fds + 1,
			wire->fd_count * sizeof wire->fds[0]);
	}
	*ret_frame = (struct wire_frame){
		.kind = (enum wire_kind)header->kind,
		.body = { .ptr = wire->in + wire->in_start + sizeof *header,
			  .len = header->length },
		.fd = fd
	};
	wire->in_start += sizeof *header + header->length;
	wire->in_len -= sizeof *header + header->length;
	return 1;
}

int
wire_receive(struct wire *wire, struct wire_frame *ret_frame, struct error *err)
{
	struct header header = { 0 };
	ssize_t want;
	int got;

	while ((want = missing(wire, &header, err)) > 0) {
		if (wire->ended)
			return error_set(err, ERROR_PERMANENT,
					 "the other process is gone");
		got = receive_some(wire, (size_t)want, err);
		if (got <= 0)
			return got;
	}
	return want < 0 ? -1 : take_frame(wire, &header, ret_frame, err);
}

static long long
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* What is left of a timeout that began at start; -1 stays -1. */
static int
left_ms(int timeout_ms, long long start)
{
	long long left;

	if (timeout_ms < 0)
		return -1;
	left = start + timeout_ms - now_ms();
	return left > 0 ? (int)left : 0;
}

int
wire_wait(struct wire *wire, int timeout_ms, struct wire_frame *ret_frame,
	  struct error *err)
{
	long long start = timeout_ms > 0 ? now_ms() : 0;
	int got, left = timeout_ms;

	for (;;) {
		struct pollfd poller = { .fd = wire->fd };

		if (wire_flush(wire, err) != 0)
			return -1;
		got = wire_receive(wire, ret_frame, err);
		if (got != 0)
			return got;
		if (timeout_ms > 0)
			left = left_ms(timeout_ms, start);
		if (left == 0)
			return 0;
		poller.events = wire_wants(wire);
		if (poll(&poller, 1, left) < 0 && errno != EINTR)
			return error_set(err, ERROR_INTERNAL, "poll: %s",
					 strerror(errno));
	}
}

int
wire_drain(struct wire *wire, int timeout_ms, struct error *err)
{
	long long start = now_ms();
	bool listen = true;

	while (wire_flush(wire, err) == 0) {
		struct pollfd poller = { .fd = wire->fd };
		int left = left_ms(timeout_ms, start);

		if (wire_queued(wire) == 0)
			return 1;
		if (left == 0)
			return 0;
		/* Reading while writing keeps two full pipes from waiting for
		 * each other. */
		listen = listen && wire->in_len < WIRE_FRAME_MAX;
		poller.events = (short)(listen ? POLLIN | POLLOUT : POLLOUT);
		if (poll(&poller, 1, left) < 0 && errno != EINTR)
			return error_set(err, ERROR_INTERNAL, "poll: %s",
					 strerror(errno));
		if (listen && (poller.revents & POLLIN) != 0 &&
		    receive_some(wire, RECEIVE_SIZE, err) < 0)
			return -1;
	}
	return -1;
}

int
wire_pair(int ret_fds[2], struct error *err)
{
	int fds[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
		return error_set(err, ERROR_TEMPORARY, "socketpair: %s",
				 strerror(errno));
	ret_fds[0] = fds[0];
	ret_fds[1] = fds[1];
	return 0;
}
