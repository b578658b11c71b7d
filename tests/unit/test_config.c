/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/loaded.h"
#include "config.h"

static const char head[] =
	"council: { name = \"Dale\"; domains = [\"dale.example\"]; "
	"protocol = \"sheffield\"; };\n"
	"directory: { people = \"people.csv\"; };\n";

struct loaded {
	struct config *config;
	struct fault_list faults;
	struct error err;
	int result;
};

static void
load(struct loaded *loaded, const char *first, const char *second)
{
	char path[] = "/tmp/test_config.XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_true(write(fd, first, strlen(first)) >= 0);
	assert_true(write(fd, second, strlen(second)) >= 0);
	close(fd);
	memset(loaded, 0, sizeof *loaded);
	loaded->result = config_load(path, &loaded->faults, &loaded->config,
				     &loaded->err);
	unlink(path);
}

static void
unload(struct loaded *loaded)
{
	if (loaded->result == 0)
		config_free(loaded->config);
	fault_list_clear(&loaded->faults);
}

static void
test_defaults_are_filled_in(void **state)
{
	struct loaded loaded;

	(void)state;
	load(&loaded, head, "");
	assert_int_equal(loaded.result, 0);
	assert_int_equal(loaded.faults.count, 0);
	assert_string_equal(loaded.config->council.zone, "Europe/London");
	assert_string_equal(loaded.config->directory.people, "/tmp/people.csv");
	assert_null(loaded.config->directory.groups);
	assert_int_equal(loaded.config->calendar.opens, 9 * 60);
	assert_int_equal(loaded.config->calendar.closes, 17 * 60);
	assert_int_equal(loaded.config->casework.ack_days, -1);
	assert_true(loaded.config->casework.remind);
	assert_int_equal(loaded.config->guards.addresses.count +
				 loaded.config->guards.posts.count +
				 loaded.config->guards.roles.count,
			 0);
	assert_int_equal(loaded.config->guards.mode, GUARD_OFF);
	assert_true(loaded.config->rules.review_below > 0.69 &&
		    loaded.config->rules.review_below < 0.71);
	assert_int_equal(loaded.config->smtp.tls, TLS_STARTTLS);
	unload(&loaded);
}

static void
test_every_fault_is_told_at_once_with_its_line(void **state)
{
	struct loaded loaded;

	(void)state;
	load(&loaded, head,
	     "calendar: { opens = \"25:00\"; closes = \"16:30\"; };\n"
	     "smtp: { port = 70000; tls = \"maybe\"; };\n"
	     "rules: { enable = \"all\"; review_below = 70; };\n"
	     "letters: { flags = 1; sumary = true; };"
	     "guards: { mode = \"on\"; };\n"
	     "mailboxes = (\n"
	     "  { name = \"a\"; host = \"h\"; user = \"u\"; },\n"
	     "  { name = \"a\"; source = \"maildir\"; } );\n"
	     "mailbox: { };\n");
	assert_int_equal(loaded.result, 0);
	assert_true(
		loaded_told(&loaded.faults, 3, "opens must be a time of day"));
	assert_true(
		loaded_told(&loaded.faults, 4, "port must be a whole number"));
	assert_true(loaded_told(&loaded.faults, 4,
				"tls must be one of \"implicit\""));
	assert_true(loaded_told(&loaded.faults, 5, "enable must be a list"));
	assert_true(
		loaded_told(&loaded.faults, 5, "review_below must be a share"));
	assert_true(
		loaded_told(&loaded.faults, 6, "flags must be true or false"));
	assert_true(loaded_told(&loaded.faults, 6, "sumary is no setting"));
	assert_true(
		loaded_told(&loaded.faults, 6, "mode must be one of \"off\""));
	assert_true(
		loaded_told(&loaded.faults, 8, "needs one of password_file"));
	assert_true(loaded_told(&loaded.faults, 9, "needs path"));
	assert_true(loaded_told(&loaded.faults, 9, "two mailboxes are called"));
	assert_true(loaded_told(&loaded.faults, 10,
				"group \"mailbox\" is not known"));
	unload(&loaded);
}

static void
test_a_password_goes_nowhere_in_clear_and_comes_from_one_place(void **state)
{
	struct loaded loaded;

	(void)state;
	load(&loaded, head,
	     "mailboxes = (\n"
	     "  { name = \"a\"; host = \"mail.dale.example\"; user = \"u\";\n"
	     "    password_file = \"p\"; tls = \"none\"; },\n"
	     "  { name = \"b\"; host = \"localhost\"; user = \"u\";\n"
	     "    password_file = \"p\"; tls = \"none\"; },\n"
	     "  { name = \"c\"; host = \"mail.dale.example\"; user = \"u\";\n"
	     "    password_file = \"p\"; token_file = \"t\"; } );\n"
	     "smtp: { host = \"mail.dale.example\"; from = "
	     "\"a@dale.example\";\n"
	     "  tls = \"none\"; };\n");
	assert_int_equal(loaded.result, 0);
	assert_int_equal(loaded.faults.errors, 3);
	assert_true(loaded_told(&loaded.faults, 4,
				"tls = \"none\" is for a server on this"));
	assert_true(
		loaded_told(&loaded.faults, 8, "needs one of password_file"));
	assert_true(loaded_told(&loaded.faults, 0,
				"smtp.tls = \"none\" is for a relay"));
	unload(&loaded);
}

static void
test_nobody_is_believed_about_senders_unless_named(void **state)
{
	struct message_trust trust;
	struct loaded loaded;

	(void)state;
	load(&loaded, head, "");
	assert_int_equal(loaded.result, 0);
	trust = config_trust(loaded.config);
	assert_int_equal(trust.server_count, 0);
	assert_int_equal(trust.hops, 0);
	assert_false(trust.exchange || trust.missing_fails);
	unload(&loaded);
	load(&loaded, head,
	     "envelope: { own_hops = 2; };\n"
	     "authentication: { servers = [\"mx.dale.example\"]; "
	     "missing = \"doubt\"; exchange = true; };\n");
	assert_int_equal(loaded.result, 0);
	assert_int_equal(loaded.faults.count, 0);
	trust = config_trust(loaded.config);
	assert_int_equal(trust.server_count, 1);
	assert_true(span_is(trust.servers[0], "mx.dale.example"));
	assert_int_equal(trust.hops, 2);
	assert_true(trust.exchange && trust.missing_fails);
	unload(&loaded);
	load(&loaded, head,
	     "authentication: { missing = \"perhaps\"; server = []; };\n");
	assert_true(loaded_told(&loaded.faults, 3, "missing must be one of"));
	assert_true(loaded_told(&loaded.faults, 3, "server is no setting"));
	unload(&loaded);
}

static void
test_what_must_be_there_is_asked_for(void **state)
{
	struct loaded loaded;

	(void)state;
	load(&loaded, "council: { name = \"X\"; };\n", "");
	assert_true(loaded_told(&loaded.faults, 1, "domains is missing"));
	assert_true(loaded_told(&loaded.faults, 1, "protocol is missing"));
	assert_true(loaded_told(&loaded.faults, 0, "directory: { … }"));
	unload(&loaded);
}

static void
test_a_syntax_error_names_file_and_line(void **state)
{
	struct loaded loaded;

	(void)state;
	load(&loaded, head, "rules: { enable = [ ;\n");
	assert_int_equal(loaded.result, -1);
	assert_int_equal(loaded.err.kind, ERROR_CONFIG);
	assert_non_null(strstr(loaded.err.text, ":3: "));
	unload(&loaded);
}

static void
test_the_sample_has_no_fault(void **state)
{
	struct loaded loaded = { 0 };

	(void)state;
	loaded.result = config_load("config/clerkd.conf", &loaded.faults,
				    &loaded.config, &loaded.err);
	assert_int_equal(loaded.result, 0);
	assert_int_equal(loaded.faults.count, 0);
	unload(&loaded);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_defaults_are_filled_in),
		cmocka_unit_test(
			test_every_fault_is_told_at_once_with_its_line),
		cmocka_unit_test(
			test_a_password_goes_nowhere_in_clear_and_comes_from_one_place),
		cmocka_unit_test(
			test_nobody_is_believed_about_senders_unless_named),
		cmocka_unit_test(test_what_must_be_there_is_asked_for),
		cmocka_unit_test(test_a_syntax_error_names_file_and_line),
		cmocka_unit_test(test_the_sample_has_no_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
