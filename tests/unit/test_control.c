/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "edges/control.h"

enum { PATH_SIZE = 64, LONG_LINES = 20000, PATIENCE_MS = 10000 };

struct house {
	char folder[PATH_SIZE], path[PATH_SIZE + 16];
	struct control *control;
	unsigned asked;
};

/* "echo" answers its arguments, "long" a great deal, all else is an error. */
static void
handler(void *context, const struct control_request *request,
	struct control_answer *answer)
{
	struct house *house = context;
	struct json_writer json;
	size_t i,
		lines = strcmp(request->command, "long") == 0 ? LONG_LINES : 1;

	house->asked++;
	if (strcmp(request->command, "fail") == 0) {
		answer->status = 1;
		error_set(&answer->error, ERROR_INPUT, "as you \"wished\"");
		return;
	}
	json_init(&json);
	while (lines-- != 0) {
		json_open_object(&json, NULL);
		json_open_array(&json, "args");
		for (i = 0; i < request->arg_count; i++)
			json_put_string(&json, NULL, request->args[i]);
		json_close_array(&json);
		json_close_object(&json);
		control_line(answer, &json);
	}
	json_clear(&json);
}

static int
setup(void **state)
{
	struct house *house = calloc(1, sizeof *house);
	struct error err = { 0 };

	strcpy(house->folder, "/tmp/test_control.XXXXXX");
	assert_non_null(mkdtemp(house->folder));
	snprintf(house->path, sizeof house->path, "%s/control", house->folder);
	assert_int_equal(control_open(house->path, handler, house,
				      &house->control, &err),
			 0);
	*state = house;
	return 0;
}

static int
teardown(void **state)
{
	struct house *house = *state;

	control_close(house->control);
	(void)rmdir(house->folder);
	free(house);
	return 0;
}

/* Serves until the child has ended; gives its exit status. */
static int
serve_child(struct house *house, pid_t child)
{
	struct error err = { 0 };
	int status = -1, waited = 0;

	while (waitpid(child, &status, WNOHANG) == 0 &&
	       waited++ < PATIENCE_MS) {
		struct pollfd at = { .fd = control_fd(house->control),
				     .events = POLLIN };

		(void)poll(&at, 1, 1);
		assert_int_equal(control_serve(house->control, &err), 0);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

struct heard {
	unsigned lines;
	char first[256];
};

static void
hear(void *context, struct span text)
{
	struct heard *heard = context;

	if (heard->lines++ == 0)
		snprintf(heard->first, sizeof heard->first, "%.*s",
			 SPAN_ARG(text));
}

static void
test_a_question_is_answered_line_by_line(void **state)
{
	struct house *house = *state;
	pid_t child = fork();

	if (child == 0) {
		struct control_request request = {
			.command = "echo",
			.args = { "a \"quoted\" word", "F\xc3\xbcnf" },
			.arg_count = 2
		};
		struct heard heard = { 0 };
		struct error err = { 0 };
		int status = 9;
		int rc = control_ask(house->path, &request, hear, &heard,
				     &status, &err);

		_exit(rc == 0 && status == 0 && heard.lines == 1 &&
				      err.kind == ERROR_NONE &&
				      strcmp(heard.first,
					     "{\"args\":[\"a \\\"quoted\\\" "
					     "word\",\"F\xc3\xbcnf\"]}") == 0 ?
			      0 :
			      1);
	}
	assert_int_equal(serve_child(house, child), 0);
	assert_int_equal(house->asked, 1);
}

static void
test_a_long_answer_comes_whole_to_a_slow_reader(void **state)
{
	struct house *house = *state;
	pid_t child = fork();

	if (child == 0) {
		struct control_request request = { .command = "long" };
		struct heard heard = { 0 };
		struct error err = { 0 };
		int status = 9;
		int rc = control_ask(house->path, &request, hear, &heard,
				     &status, &err);

		_exit(rc == 0 && status == 0 && heard.lines == LONG_LINES ? 0 :
									    1);
	}
	assert_int_equal(serve_child(house, child), 0);
}

static void
test_a_failure_comes_with_status_and_words(void **state)
{
	struct house *house = *state;
	pid_t child = fork();

	if (child == 0) {
		struct control_request request = { .command = "fail" };
		struct heard heard = { 0 };
		struct error err = { 0 };
		int status = 9;
		int rc = control_ask(house->path, &request, hear, &heard,
				     &status, &err);

		_exit(rc == 0 && status == 1 && heard.lines == 0 &&
				      strcmp(err.text, "as you \"wished\"") ==
					      0 ?
			      0 :
			      1);
	}
	assert_int_equal(serve_child(house, child), 0);
}

static int
raw_client(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	strcpy(address.sun_path, path);
	assert_int_equal(
		connect(fd, (struct sockaddr *)&address, sizeof address), 0);
	return fd;
}

static void
serve_a_little(struct house *house)
{
	struct error err = { 0 };
	int i;

	for (i = 0; i < 20; i++) {
		struct pollfd at = { .fd = control_fd(house->control),
				     .events = POLLIN };

		if (poll(&at, 1, 5) == 0)
			break;
		assert_int_equal(control_serve(house->control, &err), 0);
	}
}

static void
test_rubbish_is_answered_with_a_complaint(void **state)
{
	struct house *house = *state;
	int fd = raw_client(house->path);
	char answer[512] = "";

	assert_int_equal(send(fd, "hello\n", 6, 0), 6);
	serve_a_little(house);
	assert_true(recv(fd, answer, sizeof answer - 1, MSG_DONTWAIT) > 0);
	assert_non_null(strstr(answer, "\"end\":true"));
	assert_non_null(strstr(answer, "\"status\":2"));
	assert_int_equal(house->asked, 0);
	close(fd);
}

static void
test_a_question_without_end_is_cut_off(void **state)
{
	struct house *house = *state;
	int fd = raw_client(house->path);
	char block[1024];
	size_t sent = 0;
	ssize_t n = 1;

	memset(block, 'x', sizeof block);
	while (n > 0 && sent < 4 * CONTROL_REQUEST_MAX) {
		n = send(fd, block, sizeof block, MSG_DONTWAIT | MSG_NOSIGNAL);
		sent += n > 0 ? (size_t)n : 0;
		serve_a_little(house);
	}
	assert_true(n < 0 || recv(fd, block, 1, MSG_DONTWAIT) == 0);
	close(fd);
}

static void
test_more_clients_than_places_do_not_lock_anybody_out(void **state)
{
	struct house *house = *state;
	int fds[CONTROL_CLIENTS_MAX + 4];
	char answer[512] = "";
	size_t i;

	for (i = 0; i < ARRAY_SIZE(fds); i++) {
		fds[i] = raw_client(house->path);
		serve_a_little(house);
	}
	i = ARRAY_SIZE(fds) - 1;
	assert_int_equal(send(fds[i], "{\"command\":\"echo\"}\n", 19, 0), 19);
	serve_a_little(house);
	assert_true(recv(fds[i], answer, sizeof answer - 1, MSG_DONTWAIT) > 0);
	assert_non_null(strstr(answer, "\"status\":0"));
	for (i = 0; i < ARRAY_SIZE(fds); i++)
		close(fds[i]);
}

static void
test_a_second_daemon_does_not_take_the_socket(void **state)
{
	struct house *house = *state;
	struct control *second = NULL;
	struct error err = { 0 };

	assert_int_equal(
		control_open(house->path, handler, house, &second, &err), -1);
	assert_int_equal(err.kind, ERROR_CONFIG);
	assert_null(second);
}

static void
test_a_socket_left_by_a_crash_is_replaced(void **state)
{
	struct house *house = *state;
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct control *control = NULL;
	struct error err = { 0 };
	struct stat stat_of;
	char path[PATH_SIZE + 16];
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(path, sizeof path, "%s/stale", house->folder);
	strcpy(address.sun_path, path);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address),
			 0);
	close(fd);
	assert_int_equal(control_open(path, handler, house, &control, &err), 0);
	assert_int_equal(stat(path, &stat_of), 0);
	assert_int_equal(stat_of.st_mode & 0777, 0660);
	control_close(control);
	assert_int_equal(access(path, F_OK), -1);
}

static void
test_only_root_the_daemon_and_its_group_may_ask(void **state)
{
	static const gid_t groups[] = { 100, 200 };

	(void)state;
	assert_true(control_allows(0, NULL, 0, 5, 7));
	assert_true(control_allows(5, NULL, 0, 5, 7));
	assert_true(control_allows(6, groups, 2, 5, 200));
	assert_false(control_allows(6, groups, 2, 5, 7));
	assert_false(control_allows(6, NULL, 0, 5, 7));
}

static void
test_a_request_is_a_command_and_texts(void **state)
{
	static const struct {
		const char *line;
		int want;
	} rows[] = {
		{ "{\"command\":\"status\"}", 0 },
		{ "{\"command\":\"case\",\"args\":[\"1\"]}", 0 },
		{ "{\"command\":\"case\",\"args\":[1]}", -1 },
		{ "{\"args\":[]}", -1 },
		{ "[]", -1 },
		{ "", -1 },
		{ "{\"command\":\"x\",\"args\":[\"1\",\"2\",\"3\",\"4\","
		  "\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\",\"13\","
		  "\"14\",\"15\",\"16\",\"17\"]}",
		  -1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct control_request request;
		struct json *json = NULL;
		struct error err = { 0 };

		if (control_parse(span_of(rows[i].line), &json, &request,
				  &err) != rows[i].want)
			fail_msg("%s", rows[i].line);
		json_free(json);
	}
}

int
main(void)
{
#define WITH_HOUSE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		WITH_HOUSE(test_a_question_is_answered_line_by_line),
		WITH_HOUSE(test_a_long_answer_comes_whole_to_a_slow_reader),
		WITH_HOUSE(test_a_failure_comes_with_status_and_words),
		WITH_HOUSE(test_rubbish_is_answered_with_a_complaint),
		WITH_HOUSE(test_a_question_without_end_is_cut_off),
		WITH_HOUSE(
			test_more_clients_than_places_do_not_lock_anybody_out),
		WITH_HOUSE(test_a_second_daemon_does_not_take_the_socket),
		WITH_HOUSE(test_a_socket_left_by_a_crash_is_replaced),
		cmocka_unit_test(
			test_only_root_the_daemon_and_its_group_may_ask),
		cmocka_unit_test(test_a_request_is_a_command_and_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
