/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of the control socket, and the client.
 */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "control_private.h"

enum { CHUNK = 64 * 1024, PATIENCE_S = 60 };

int
control_address(const char *path, struct sockaddr_un *ret_address,
		struct error *err)
{
	*ret_address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof ret_address->sun_path)
		return error_set(err, ERROR_CONFIG,
				 "%s: too long for the name of a socket "
				 "(state.control)",
				 path);
	memcpy(ret_address->sun_path, path, strlen(path) + 1);
	return 0;
}

void
control_line(struct control_answer *answer, struct json_writer *json)
{
	buf_add(&answer->lines, buf_span(&json->out));
	buf_add_byte(&answer->lines, '\n');
	buf_empty(&json->out);
	json->comma = false;
}

void
control_put_end(struct buf *out, int status, const struct error *error)
{
	struct json_writer json;

	json_init(&json);
	json_open_object(&json, NULL);
	json_put_bool(&json, "end", true);
	json_put_number(&json, "status", status);
	if (error->kind != ERROR_NONE)
		json_put_string(&json, "error", error->text);
	json_close_object(&json);
	buf_add(out, buf_span(&json.out));
	buf_add_byte(out, '\n');
	json_clear(&json);
}

int
control_parse(struct span line, struct json **ret_json,
	      struct control_request *ret_request, struct error *err)
{
	struct control_request request = { 0 };
	const struct json *args;
	size_t i;

	*ret_json = json_parse(line, err);
	if (*ret_json == NULL)
		return error_add(err, "request");
	request.command = json_as_string(json_get(*ret_json, "command"));
	args = json_get(*ret_json, "args");
	request.arg_count = args != NULL ? json_size(args) : 0;
	if (request.command == NULL || request.arg_count > CONTROL_ARGS_MAX)
		return error_set(err, ERROR_INPUT,
				 "request: {\"command\":TEXT,\"args\":[TEXT…]}"
				 " is wanted");
	for (i = 0; i < request.arg_count; i++) {
		request.args[i] = json_as_string(json_item(args, i));
		if (request.args[i] == NULL)
			return error_set(err, ERROR_INPUT,
					 "request: args must be texts");
	}
	*ret_request = request;
	return 0;
}

static void
put_request(struct json_writer *json, const struct control_request *request)
{
	size_t i;

	json_open_object(json, NULL);
	json_put_string(json, "command", request->command);
	json_open_array(json, "args");
	for (i = 0; i < request->arg_count; i++)
		json_put_string(json, NULL, request->args[i]);
	json_close_array(json);
	json_close_object(json);
	buf_add_byte(&json->out, '\n');
}

static int
connect_to(const char *path, struct error *err)
{
	struct timeval patience = { .tv_sec = PATIENCE_S };
	struct sockaddr_un address;
	int fd;

	if (control_address(path, &address, err) != 0)
		return -1;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return error_set(err, ERROR_INTERNAL, "socket: %s",
				 strerror(errno));
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
			 sizeof patience);
	if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
		error_set(err, ERROR_TEMPORARY,
			  errno == EACCES ?
				  "%s: %s; only root and clerkd's group may "
				  "ask" :
				  "%s: %s; is clerkd running? see `systemctl "
				  "status clerkd`",
			  path, strerror(errno));
		close(fd);
		return -1;
	}
	return fd;
}

static int
send_all(int fd, struct span text, struct error *err)
{
	while (text.len != 0) {
		ssize_t n = send(fd, text.ptr, text.len, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_set(err, ERROR_TEMPORARY, "control: %s",
					 strerror(errno));
		text = span_sub(text, (size_t)n, text.len);
	}
	return 0;
}

/* 1: that was the last line. */
static int
take_line(struct span text, void (*line)(void *, struct span), void *context,
	  int *ret_status, struct error *err)
{
	struct json *json;
	const char *why;
	bool end = false;
	double status = 1;

	if (!span_starts(text, "{\"end\":")) {
		line(context, text);
		return 0;
	}
	json = json_parse(text, err);
	if (json == NULL)
		return -1;
	(void)json_as_bool(json_get(json, "end"), &end);
	(void)json_as_number(json_get(json, "status"), &status);
	why = json_as_string(json_get(json, "error"));
	*ret_status = (int)status;
	err->kind = ERROR_NONE;
	if (why != NULL)
		error_set(err, ERROR_INPUT, "%s", why);
	json_free(json);
	return end ? 1 : -1;
}

static int
receive(int fd, void (*line)(void *, struct span), void *context,
	int *ret_status, struct error *err)
{
	struct buf in;
	size_t done = 0;
	int rc = 0;

	buf_init(&in, CONTROL_ANSWER_MAX + CONTROL_END_MAX);
	while (rc == 0) {
		char room[CHUNK];
		struct span rest;
		size_t end;
		ssize_t n = recv(fd, room, sizeof room, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			rc = error_set(err, ERROR_TEMPORARY,
				       "clerkd ended while it was asked");
			break;
		}
		buf_add(&in, (struct span){ .ptr = room, .len = (size_t)n });
		rest = span_sub(buf_span(&in), done, in.len);
		while (rc == 0 &&
		       (end = span_find_byte(rest, '\n')) < rest.len) {
			rc = take_line(span_sub(rest, 0, end), line, context,
				       ret_status, err);
			done += end + 1;
			rest = span_sub(rest, end + 1, rest.len);
		}
	}
	buf_clear(&in);
	return rc == 1 ? 0 : -1;
}

int
control_ask(const char *path, const struct control_request *request,
	    void (*line)(void *, struct span), void *context, int *ret_status,
	    struct error *err)
{
	struct json_writer json;
	int fd = connect_to(path, err), rc;

	if (fd < 0)
		return -1;
	json_init(&json);
	put_request(&json, request);
	rc = send_all(fd, buf_span(&json.out), err);
	json_clear(&json);
	if (rc == 0)
		rc = receive(fd, line, context, ret_status, err);
	close(fd);
	return rc;
}
