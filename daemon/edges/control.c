/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "control.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "control_private.h"

enum { EVENTS_MAX = 16, READ_SIZE = 4096, GROUPS_MAX = 256, BACKLOG = 16 };

struct client {
	int fd; /* -1: free place */
	uid_t uid;
	bool allowed;
	unsigned long turn; /* of the last sign of life */
	struct buf in, out;
	size_t sent;
};

struct control {
	int listener, epoll;
	char *path;
	control_handler *handler;
	void *context;
	unsigned long turn;
	struct client clients[CONTROL_CLIENTS_MAX];
};

bool
control_allows(uid_t peer, const gid_t *groups, size_t group_count, uid_t uid,
	       gid_t gid)
{
	size_t i;

	if (peer == 0 || peer == uid)
		return true;
	for (i = 0; i < group_count; i++)
		if (groups[i] == gid)
			return true;
	return false;
}

static bool
peer_allowed(int fd, uid_t *ret_uid)
{
	gid_t groups[GROUPS_MAX + 1];
	socklen_t size = sizeof(gid_t) * GROUPS_MAX;
	struct ucred peer;
	socklen_t peer_size = sizeof peer;
	size_t count = 0;

	*ret_uid = (uid_t)-1;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &peer_size) != 0)
		return false;
	*ret_uid = peer.uid;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &size) == 0)
		count = size / sizeof *groups;
	groups[count++] = peer.gid;
	return control_allows(peer.uid, groups, count, geteuid(), getegid());
}

static void
client_drop(struct client *client)
{
	if (client->fd < 0)
		return;
	close(client->fd); /* leaves the epoll with it */
	client->fd = -1;
	buf_clear(&client->in);
	buf_clear(&client->out);
}

static int
watch(struct control *control, const struct client *client, int how)
{
	struct epoll_event event = {
		.events = client->sent < client->out.len ? EPOLLOUT : EPOLLIN,
		.data.u32 = (uint32_t)(client - control->clients),
	};

	return epoll_ctl(control->epoll, how, client->fd, &event);
}

/* A free place, or the one that was silent longest. */
static struct client *
client_place(struct control *control)
{
	struct client *oldest = &control->clients[0];
	size_t i;

	for (i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		struct client *client = &control->clients[i];

		if (client->fd < 0)
			return client;
		if (client->turn < oldest->turn)
			oldest = client;
	}
	client_drop(oldest);
	return oldest;
}

static void
accept_client(struct control *control)
{
	int fd = accept4(control->listener, NULL, NULL,
			 SOCK_CLOEXEC | SOCK_NONBLOCK);
	struct client *client;

	if (fd < 0)
		return;
	client = client_place(control);
	*client = (struct client){ .fd = fd, .turn = control->turn };
	buf_init(&client->in, CONTROL_REQUEST_MAX);
	buf_init(&client->out, CONTROL_ANSWER_MAX + CONTROL_END_MAX);
	client->allowed = peer_allowed(fd, &client->uid);
	if (watch(control, client, EPOLL_CTL_ADD) != 0)
		client_drop(client);
}

static void
answer_end(struct client *client, struct control_answer *answer)
{
	if (answer->lines.cut) {
		buf_empty(&answer->lines);
		answer->status = 1;
		error_set(&answer->error, ERROR_INPUT,
			  "the answer would be too long; ask for less");
	}
	buf_add(&client->out, buf_span(&answer->lines));
	control_put_end(&client->out, answer->status, &answer->error);
}

static void
answer_request(struct control *control, struct client *client, struct span line)
{
	struct control_answer answer = { .status = 0 };
	struct control_request request;
	struct json *json = NULL;

	buf_init(&answer.lines, CONTROL_ANSWER_MAX);
	if (!client->allowed) {
		answer.status = 1;
		error_set(&answer.error, ERROR_PERMANENT,
			  "only root and the group that clerkd runs with may "
			  "ask; try sudo, or have yourself added to the group");
	} else if (control_parse(line, &json, &request, &answer.error) != 0) {
		answer.status = 2;
	} else {
		request.uid = client->uid;
		control->handler(control->context, &request, &answer);
	}
	answer_end(client, &answer);
	json_free(json);
	buf_clear(&answer.lines);
}

/* -1 when the client is done for. */
static int
client_write(struct client *client)
{
	while (client->sent < client->out.len) {
		ssize_t n = send(client->fd, client->out.ptr + client->sent,
				 client->out.len - client->sent, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN ? 0 : -1;
		client->sent += (size_t)n;
	}
	buf_empty(&client->out);
	client->sent = 0;
	return 0;
}

/* One request at a time: what else came waits until the answer is out. */
static void
client_requests(struct control *control, struct client *client)
{
	struct span in = buf_span(&client->in);
	size_t end;

	while (client->out.len == 0 &&
	       (end = span_find_byte(in, '\n')) < in.len) {
		struct buf rest;

		answer_request(control, client, span_sub(in, 0, end));
		buf_init(&rest, CONTROL_REQUEST_MAX);
		buf_add(&rest, span_sub(in, end + 1, in.len));
		buf_clear(&client->in);
		client->in = rest;
		in = buf_span(&client->in);
	}
}

static int
client_read(struct client *client)
{
	char room[READ_SIZE];
	ssize_t n = recv(client->fd, room, sizeof room, 0);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -1;
	buf_add(&client->in, (struct span){ .ptr = room, .len = (size_t)n });
	return n == 0 || client->in.cut ? -1 : 0;
}

static void
client_serve(struct control *control, struct client *client, uint32_t events)
{
	int rc = 0;

	client->turn = ++control->turn;
	if ((events & EPOLLOUT) != 0)
		rc = client_write(client);
	else if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0)
		rc = client_read(client);
	if (rc == 0)
		client_requests(control, client);
	if (rc == 0)
		rc = client_write(client);
	if (rc == 0)
		rc = watch(control, client, EPOLL_CTL_MOD);
	if (rc != 0)
		client_drop(client);
}

int
control_serve(struct control *control, struct error *err)
{
	struct epoll_event events[EVENTS_MAX];
	int count = epoll_wait(control->epoll, events, EVENTS_MAX, 0), i;

	if (count < 0 && errno != EINTR)
		return error_set(err, ERROR_INTERNAL, "control: %s",
				 strerror(errno));
	for (i = 0; i < count; i++) {
		if (events[i].data.u32 == CONTROL_CLIENTS_MAX)
			accept_client(control);
		else if (control->clients[events[i].data.u32].fd >= 0)
			client_serve(control,
				     &control->clients[events[i].data.u32],
				     events[i].events);
	}
	return 0;
}

static int
listen_at(struct control *control, const char *path, struct error *err)
{
	struct sockaddr_un address;
	mode_t mask;
	int rc;

	if (control_address(path, &address, err) != 0)
		return -1;
	control->listener =
		socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (control->listener < 0)
		return error_set(err, ERROR_INTERNAL, "socket: %s",
				 strerror(errno));
	if (connect(control->listener, (struct sockaddr *)&address,
		    sizeof address) == 0)
		return error_set(err, ERROR_CONFIG,
				 "%s: another clerkd answers there", path);
	(void)unlink(path);
	mask = umask(0117);
	rc = bind(control->listener, (struct sockaddr *)&address,
		  sizeof address);
	(void)umask(mask);
	if (rc != 0 || listen(control->listener, BACKLOG) != 0)
		return error_set(err, ERROR_CONFIG,
				 "%s: %s; its folder must be there and be "
				 "clerkd's (state.control)",
				 path, strerror(errno));
	control->path = strdup(path);
	return 0;
}

int
control_open(const char *path, control_handler *handler, void *context,
	     struct control **ret_control, struct error *err)
{
	struct control *control = calloc(1, sizeof *control);
	struct epoll_event event = { .events = EPOLLIN,
				     .data.u32 = CONTROL_CLIENTS_MAX };
	size_t i;

	if (control == NULL)
		abort();
	control->listener = -1;
	control->handler = handler;
	control->context = context;
	for (i = 0; i < CONTROL_CLIENTS_MAX; i++)
		control->clients[i].fd = -1;
	control->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (control->epoll < 0) {
		error_set(err, ERROR_INTERNAL, "epoll: %s", strerror(errno));
		goto failed;
	}
	if (listen_at(control, path, err) != 0)
		goto failed;
	if (epoll_ctl(control->epoll, EPOLL_CTL_ADD, control->listener,
		      &event) != 0) {
		error_set(err, ERROR_INTERNAL, "epoll: %s", strerror(errno));
		goto failed;
	}
	*ret_control = control;
	return 0;
failed:
	control_close(control);
	return -1;
}

void
control_close(struct control *control)
{
	size_t i;

	if (control == NULL)
		return;
	for (i = 0; i < CONTROL_CLIENTS_MAX; i++)
		client_drop(&control->clients[i]);
	if (control->path != NULL)
		(void)unlink(control->path);
	if (control->listener >= 0)
		close(control->listener);
	if (control->epoll >= 0)
		close(control->epoll);
	free(control->path);
	free(control);
}

int
control_fd(const struct control *control)
{
	return control->epoll;
}
