/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "edges/role.h"
#include "edges/secret.h"

enum { PATIENCE_MS = 5000 };

static void
test_a_secret_is_the_first_line_of_its_file(void **state)
{
	static const struct {
		const char *text;
		const char *want; /* NULL: refused */
	} rows[] = {
		{ "sesame", "sesame" },
		{ "sesame\n", "sesame" },
		{ "open sesame \r\nsecond line\n", "open sesame" },
		{ "", NULL },
		{ "\n", NULL },
		{ "   \n", NULL },
		{ "ses\x01me\n", NULL },
		{ "sesame\rMAIL\n", NULL },
	};
	char path[] = "/tmp/test_secret.XXXXXX", secret[SECRET_MAX];
	struct error err = { 0 };
	int fd = mkstemp(path);
	size_t i;

	(void)state;
	assert_true(fd >= 0);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		size_t len = strlen(rows[i].text);
		int rc;

		assert_int_equal(ftruncate(fd, 0), 0);
		assert_int_equal(pwrite(fd, rows[i].text, len, 0), len);
		rc = secret_read(path, secret, &err);
		if ((rc == 0) != (rows[i].want != NULL))
			fail_msg("row %zu: %s", i, err.text);
		if (rc == 0)
			assert_string_equal(secret, rows[i].want);
	}
	close(fd);
	unlink(path);
	assert_int_equal(secret_read(path, secret, &err), -1);
	assert_int_equal(err.kind, ERROR_TEMPORARY);
}

struct token_house {
	struct role_process role;
	struct wire *user;
};

static void
token_start(struct token_house *house, const char *command)
{
	struct error err = { 0 };
	int fd;

	assert_int_equal(secret_start(command, &house->role, &fd, &err), 0);
	house->user = wire_open(fd);
}

static void
token_stop(struct token_house *house)
{
	wire_close(house->user);
	role_stop(&house->role, PATIENCE_MS);
}

static void
test_a_token_comes_from_its_command_and_is_kept_until_refused(void **state)
{
	char path[] = "/tmp/test_secret.XXXXXX", command[256];
	char first[SECRET_MAX], second[SECRET_MAX];
	struct token_house house;
	struct error err = { 0 };
	int fd = mkstemp(path);

	(void)state;
	close(fd);
	snprintf(command, sizeof command,
		 "echo x >> %s; wc -l < %s | tr -d ' '", path, path);
	token_start(&house, command);
	assert_int_equal(secret_ask(house.user, false, first, &err), 0);
	assert_string_equal(first, "1");
	assert_int_equal(secret_ask(house.user, false, second, &err), 0);
	assert_string_equal(second, "1");
	assert_int_equal(secret_ask(house.user, true, second, &err), 0);
	assert_string_equal(second, "2");
	token_stop(&house);
	unlink(path);
}

static void
test_a_command_that_fails_says_how(void **state)
{
	static const struct {
		const char *command, *want;
	} rows[] = {
		{ "exit 3", "status 3" },
		{ "true", "printed no token" },
		{ "kill -9 $$", "signal 9" },
	};
	char secret[SECRET_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct token_house house;
		struct error err = { 0 };

		token_start(&house, rows[i].command);
		assert_int_equal(secret_ask(house.user, false, secret, &err),
				 -1);
		if (strstr(err.text, rows[i].want) == NULL)
			fail_msg("%s: %s", rows[i].command, err.text);
		token_stop(&house);
	}
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_secret_is_the_first_line_of_its_file),
		cmocka_unit_test(
			test_a_token_comes_from_its_command_and_is_kept_until_refused),
		cmocka_unit_test(test_a_command_that_fails_says_how),
	};
	bool is_role;
	int status = role_main(argc, argv, &is_role);

	if (is_role)
		return status;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
