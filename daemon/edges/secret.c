/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "secret.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static int
one_line(struct span text, const char *what, char *ret_secret,
	 struct error *err)
{
	struct span line = { 0 };
	size_t i;

	(void)span_line(&text, &line);
	line = span_trim(line);
	if (line.len == 0)
		return error_set(err, ERROR_CONFIG, "%s is empty", what);
	if (line.len >= SECRET_MAX)
		return error_set(err, ERROR_CONFIG, "%s is too long", what);
	/* A control character would end the command that carries it. */
	for (i = 0; i < line.len; i++)
		if ((unsigned char)line.ptr[i] < ' ' || line.ptr[i] == 0x7f)
			return error_set(err, ERROR_CONFIG,
					 "%s holds a control character", what);
	memmove(ret_secret, line.ptr, line.len);
	ret_secret[line.len] = '\0';
	return 0;
}

int
secret_read(const char *path, char ret_secret[SECRET_MAX], struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	char text[SECRET_MAX];
	ssize_t n;
	int rc;

	if (fd < 0)
		return error_set(err, ERROR_TEMPORARY,
				 "%s: %s; the user that clerkd runs as must be "
				 "able to read it",
				 path, strerror(errno));
	n = read(fd, text, sizeof text);
	close(fd);
	if (n < 0)
		return error_set(err, ERROR_TEMPORARY, "%s: %s", path,
				 strerror(errno));
	rc = one_line((struct span){ .ptr = text, .len = (size_t)n }, path,
		      ret_secret, err);
	explicit_bzero(text, sizeof text);
	return rc;
}

void
secret_wipe(char secret[SECRET_MAX])
{
	explicit_bzero(secret, SECRET_MAX);
}

int
secret_ask(struct wire *wire, bool fresh, char ret_secret[SECRET_MAX],
	   struct error *err)
{
	enum { PATIENCE_MS = SECRET_COMMAND_MS + 5000 };
	struct buf body;
	struct wire_frame frame;
	struct wire_reader reader;
	struct span text;
	bool good;
	int rc;

	buf_init(&body, 64);
	wire_put_flag(&body, fresh);
	rc = wire_send(wire, WIRE_COMMAND, buf_span(&body), -1, err);
	buf_clear(&body);
	if (rc == 0)
		rc = wire_wait(wire, PATIENCE_MS, &frame, err);
	if (rc <= 0)
		return error_set(err, ERROR_TEMPORARY,
				 "the token command gave no answer");
	reader = wire_reader_of(frame.body);
	good = wire_get_flag(&reader);
	text = wire_get_text(&reader, SECRET_MAX - 1);
	if (frame.kind != WIRE_ANSWER || !wire_done(&reader))
		return error_set(err, ERROR_TEMPORARY,
				 "the token role said something odd");
	if (!good)
		return error_set(err, ERROR_TEMPORARY, "%.*s", SPAN_ARG(text));
	return one_line(text, "the token", ret_secret, err);
}

int
secret_start(const char *command, struct role_process *ret_role, int *ret_fd,
	     struct error *err)
{
	struct role_process role;
	struct buf body;
	int pair[2], rc;

	if (wire_pair(pair, err) != 0)
		return -1;
	rc = role_start("token", &pair[0], 1, &role, err);
	close(pair[0]);
	if (rc != 0) {
		close(pair[1]);
		return -1;
	}
	buf_init(&body, WIRE_FRAME_MAX);
	wire_put_string(&body, command);
	rc = wire_send(role.wire, WIRE_SETTINGS, buf_span(&body), -1, err);
	buf_clear(&body);
	if (rc != 0) {
		role_stop(&role, 0);
		close(pair[1]);
		return -1;
	}
	*ret_role = role;
	*ret_fd = pair[1];
	return 0;
}
