/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "edges/send_private.h"

static struct span
bytes(const char *text, size_t len)
{
	return (struct span){ .ptr = text, .len = len };
}

static void
test_only_plain_addresses_are_written_to(void **state)
{
	static const struct {
		const char *address;
		bool want;
	} rows[] = {
		{ "sam.officer@exampleton.gov.example", true },
		{ "o'neill+cases@a.example", true },
		{ "a@b", true },
		{ "", false },
		{ "nobody", false },
		{ "@b.example", false },
		{ "a@", false },
		{ "a@b@c.example", false },
		{ "a b@c.example", false },
		{ "a@c.example>", false },
		{ "<a@c.example", false },
		{ "c@d>\r\nRCPT TO:<evil@x", false },
		{ "a\n@c.example", false },
		{ "a@c.example\r", false },
		{ "\"a b\"@c.example", false },
		{ "a,b@c.example", false },
		{ "a@[127.0.0.1]", false },
		{ ".a@c.example", false },
		{ "a.@c.example", false },
		{ "a..b@c.example", false },
		{ "a@c..example", false },
		{ "a@.example", false },
		{ "a@example.", false },
		{ "a@-c.example", false },
		{ "a@c-.example", false },
		{ "a@c_d.example", false },
		{ "\xc3\xa9@c.example", false },
	};
	char longest[300];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (send_address_ok(span_of(rows[i].address)) != rows[i].want)
			fail_msg("\"%s\"", rows[i].address);
	assert_false(send_address_ok(bytes("a\0b@c.example", 13)));
	memset(longest, 'a', sizeof longest);
	memcpy(longest + 64, "@c.example", 11);
	assert_true(send_address_ok(bytes(longest, 74)));
	memset(longest, 'a', sizeof longest);
	memcpy(longest + 65, "@c.example", 11);
	assert_false(send_address_ok(bytes(longest, 75)));
}

static void
test_a_host_is_loopback_only_when_it_says_so_itself(void **state)
{
	(void)state;
	assert_true(send_host_is_loopback("localhost"));
	assert_true(send_host_is_loopback("127.0.0.1"));
	assert_true(send_host_is_loopback("127.9.9.9"));
	assert_true(send_host_is_loopback("::1"));
	assert_false(send_host_is_loopback("localhost.example"));
	assert_false(send_host_is_loopback("128.0.0.1"));
	assert_false(send_host_is_loopback("relay.example"));
	assert_false(send_host_is_loopback("127.0.0.1.example"));
}

static void
test_a_refusal_means_what_was_refused(void **state)
{
	static const struct {
		enum send_stage stage;
		bool ok;
		int reply;
		enum send_fate want;
	} rows[] = {
		{ STAGE_DOT, true, 250, SEND_ACCEPTED },
		/* about us, not about the letter */
		{ STAGE_CONNECT, false, 0, SEND_DOWN },
		{ STAGE_CONNECT, false, 535, SEND_DOWN },
		{ STAGE_CONNECT, false, 554, SEND_DOWN },
		{ STAGE_MAIL, false, 550, SEND_DOWN },
		{ STAGE_MAIL, false, 451, SEND_DOWN },
		/* about the recipient */
		{ STAGE_RCPT, false, 550, SEND_NEVER },
		{ STAGE_RCPT, false, 450, SEND_LATER },
		{ STAGE_RCPT, false, 250, SEND_DOWN },
		{ STAGE_RCPT, false, 421, SEND_DOWN },
		/* about the letter */
		{ STAGE_DATA, false, 554, SEND_NEVER },
		{ STAGE_DATA, false, 354, SEND_DOWN },
		{ STAGE_DOT, false, 552, SEND_NEVER },
		{ STAGE_DOT, false, 452, SEND_LATER },
		{ STAGE_DOT, false, 421, SEND_DOWN },
		/* lost after the final dot */
		{ STAGE_DOT, false, 354, SEND_UNKNOWN },
		{ STAGE_DOT, false, 0, SEND_UNKNOWN },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (send_judge(rows[i].stage, rows[i].ok, rows[i].reply) !=
		    rows[i].want)
			fail_msg("stage %d, reply %d", (int)rows[i].stage,
				 rows[i].reply);
}

static struct send_settings
good_settings(void)
{
	return (struct send_settings){
		.host = "relay.example",
		.port = 587,
		.tls = SEND_TLS_STARTTLS,
		.user = "clerkd",
		.password_file = "/run/secret",
		.bounce = "bounce@exampleton.gov.example",
		.deadline_s = 60,
	};
}

static void
test_settings_that_would_send_in_clear_or_inject_are_refused(void **state)
{
	struct send_settings settings = good_settings();
	struct error err = { 0 };

	(void)state;
	assert_int_equal(send_settings_check(&settings, &err), 0);
	settings.tls = SEND_TLS_NONE;
	assert_int_equal(send_settings_check(&settings, &err), -1);
	assert_int_equal(err.kind, ERROR_CONFIG);
	settings.host = "127.0.0.1";
	assert_int_equal(send_settings_check(&settings, &err), 0);
	settings = good_settings();
	settings.host = "relay.example/x@y";
	assert_int_equal(send_settings_check(&settings, &err), -1);
	settings = good_settings();
	settings.helo = "me\r\nMAIL FROM:<x@y>";
	assert_int_equal(send_settings_check(&settings, &err), -1);
	settings = good_settings();
	settings.bounce = "a@b>\r\nRCPT TO:<c@d";
	assert_int_equal(send_settings_check(&settings, &err), -1);
	settings = good_settings();
	settings.host = NULL;
	assert_int_equal(send_settings_check(&settings, &err), -1);
}

static void
test_settings_survive_the_wire(void **state)
{
	struct send_settings settings = good_settings(), got;
	struct arena *arena = arena_new(0);
	struct error err = { 0 };
	struct buf body;

	(void)state;
	buf_init(&body, 64 * 1024);
	send_put_settings(&body, &settings);
	assert_int_equal(send_get_settings(buf_span(&body), arena, &got, &err),
			 0);
	assert_string_equal(got.host, settings.host);
	assert_int_equal(got.port, 587);
	assert_int_equal(got.tls, SEND_TLS_STARTTLS);
	assert_string_equal(got.user, "clerkd");
	assert_string_equal(got.password_file, "/run/secret");
	assert_null(got.token_file);
	assert_null(got.helo);
	assert_string_equal(got.bounce, settings.bounce);
	assert_int_equal(got.deadline_s, 60);
	assert_int_equal(
		send_get_settings(span_sub(buf_span(&body), 0, body.len - 1),
				  arena, &got, &err),
		-1);
	buf_clear(&body);
	arena_free(arena);
}

static void
test_letters_and_fates_survive_the_wire_and_nothing_else_does(void **state)
{
	struct send_letter letter = { .id = 7,
				      .recipient = span_of("a@b.example"),
				      .text = bytes("x\0y\n", 4) };
	struct send_result result = { .id = 7,
				      .fate = SEND_UNKNOWN,
				      .words = span_of("451 later") };
	struct error err = { 0 };
	struct buf body;

	(void)state;
	buf_init(&body, 64 * 1024);
	send_put_letter(&body, &letter);
	letter = (struct send_letter){ 0 };
	assert_int_equal(send_get_letter(buf_span(&body), &letter, &err), 0);
	assert_int_equal(letter.id, 7);
	assert_true(span_is(letter.recipient, "a@b.example"));
	assert_int_equal(letter.text.len, 4);
	assert_int_equal(send_get_result(buf_span(&body), &result, &err), -1);
	buf_empty(&body);
	send_put_result(&body, &result);
	assert_int_equal(send_get_result(buf_span(&body), &result, &err), 0);
	assert_int_equal(result.fate, SEND_UNKNOWN);
	assert_true(span_is(result.words, "451 later"));
	buf_empty(&body);
	wire_put_number(&body, 7);
	wire_put_number(&body, SEND_FATE_COUNT);
	wire_put_string(&body, "");
	assert_int_equal(send_get_result(buf_span(&body), &result, &err), -1);
	buf_clear(&body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_only_plain_addresses_are_written_to),
		cmocka_unit_test(
			test_a_host_is_loopback_only_when_it_says_so_itself),
		cmocka_unit_test(test_a_refusal_means_what_was_refused),
		cmocka_unit_test(
			test_settings_that_would_send_in_clear_or_inject_are_refused),
		cmocka_unit_test(test_settings_survive_the_wire),
		cmocka_unit_test(
			test_letters_and_fates_survive_the_wire_and_nothing_else_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
