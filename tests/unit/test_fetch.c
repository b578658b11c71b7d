/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fetch role against servers that are broken, hostile or silent, in real
 * processes over loopback. What each case has to come to stands in the table.
 */
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "../support/faulty_imap.h"
#include "../support/moment.h"
#include "../support/sanitizer.h"
#include "edges/fetch.h"
#include "edges/role.h"

struct fixture {
	struct shared *shared;
	pid_t server;
	int port;
	char password[40];
};

static int
set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);
	int fd;

	assert_non_null(fixture);
	fixture->shared =
		mmap(NULL, sizeof *fixture->shared, PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(fixture->shared != MAP_FAILED);
	strcpy(fixture->password, "/tmp/test-fetch-XXXXXX");
	fd = mkstemp(fixture->password);
	assert_true(fd >= 0 && write(fd, "sesame\n", 7) == 7);
	close(fd);
	*state = fixture;
	return 0;
}

static void
stop_server(struct fixture *fixture)
{
	if (fixture->server == 0)
		return;
	(void)kill(fixture->server, SIGKILL);
	(void)waitpid(fixture->server, NULL, 0);
	fixture->server = 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;

	stop_server(fixture);
	(void)unlink(fixture->password);
	(void)munmap(fixture->shared, sizeof *fixture->shared);
	free(fixture);
	return 0;
}

static void
start_server(struct fixture *fixture, enum fault fault)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t size = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(listener, (void *)&address, size), 0);
	assert_int_equal(listen(listener, 8), 0);
	assert_int_equal(getsockname(listener, (void *)&address, &size), 0);
	fixture->port = ntohs(address.sin_port);
	*fixture->shared = (struct shared){ 0 };
	fixture->server = fork();
	assert_true(fixture->server >= 0);
	if (fixture->server == 0)
		serve(listener, fault, fixture->shared);
	close(listener);
}

/* What a run came to. */
struct outcome {
	char items[200]; /* "1 2 !3 4 5", "!" without bytes */
	char trouble[ERROR_TEXT_MAX];
	bool renumbered;
	unsigned batches_lost;
};

static void
note_batch(struct outcome *outcome, const struct batch *batch)
{
	size_t i, len;

	for (i = 0; i < batch->count; i++) {
		len = strlen(outcome->items);
		snprintf(outcome->items + len, sizeof outcome->items - len,
			 "%s%s%llu", len != 0 ? " " : "",
			 batch->items[i].why != NULL ? "!" : "",
			 (unsigned long long)batch->items[i].number);
	}
}

/* True when there is no more to wait for. */
static bool
take(struct fetch *fetch, struct outcome *outcome, const char *want_items,
     const char *want_trouble)
{
	struct fetch_event event;

	while (fetch_next(fetch, &event) == 1) {
		if (event.kind == FETCH_ENDED)
			fail_msg("the role ended: %.*s", SPAN_ARG(event.text));
		if (event.kind == FETCH_BATCH) {
			note_batch(outcome, event.batch);
			fetch_taken(fetch, event.batch->serial);
			batch_free(event.batch);
		}
		if (event.kind == FETCH_STATE &&
		    event.state == FETCH_RENUMBERED)
			outcome->renumbered = true;
		if (event.kind == FETCH_STATE && event.state == FETCH_TROUBLE &&
		    (want_trouble == NULL ||
		     strstr(outcome->trouble, want_trouble) == NULL))
			snprintf(outcome->trouble, sizeof outcome->trouble,
				 "%.*s", SPAN_ARG(event.text));
	}
	return strcmp(outcome->items, want_items) == 0 &&
	       (want_trouble == NULL ||
		strstr(outcome->trouble, want_trouble) != NULL);
}

static struct outcome
run(struct fixture *fixture, enum mailbox_tls tls, const char *want_items,
    const char *want_trouble)
{
	struct mailbox_settings settings = {
		.name = "box",
		.owner = "o@council.example",
		.host = "localhost",
		.port = fixture->port,
		.tls = tls,
		.user = "o",
		.password_file = fixture->password,
		.poll_s = 1,
		.deadline_s = 2,
	};
	struct outcome outcome = { 0 };
	struct fetch *fetch;
	struct error err;
	double until = now_s() + 25;

	assert_int_equal(fetch_open(&settings, NULL, 0, &fetch, &err), 0);
	while (now_s() < until) {
		struct pollfd poller = { .fd = fetch_fd(fetch),
					 .events = fetch_wants(fetch) };

		(void)poll(&poller, 1, 100);
		if (take(fetch, &outcome, want_items, want_trouble))
			break;
	}
	fetch_close(fetch);
	return outcome;
}

static const struct {
	const char *name;
	enum fault fault;
	enum mailbox_tls tls;
	const char *want_items;
	const char *want_trouble; /* NULL: none is asked for */
	bool no_login;            /* no password may have left */
} cases[] = {
	{ .name = "a good server",
	  .fault = FAULT_NONE,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "1 2 3 4 5" },
	{ .name = "cut inside a literal",
	  .fault = FAULT_CUT_ONCE,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "1 2 3 4 5",
	  .want_trouble = "closed the connection" },
	{ .name = "always cut at one message",
	  .fault = FAULT_CUT_ALWAYS,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "1 2 !3 4 5" },
	{ .name = "a literal of 4 GB",
	  .fault = FAULT_HUGE,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "1 2 !3 4 5" },
	{ .name = "a literal that wraps",
	  .fault = FAULT_WRAP,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "1 2 3 4 5" },
	{ .name = "a negative literal",
	  .fault = FAULT_NEGATIVE,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "1 2 3 4 5" },
	{ .name = "silence inside a literal",
	  .fault = FAULT_STALL_ONCE,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "1 2 3 4 5",
	  .want_trouble = "in time" },
	{ .name = "a trickle",
	  .fault = FAULT_TRICKLE_ONCE,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "1 2 3 4 5",
	  .want_trouble = "in time" },
	{ .name = "a line without end",
	  .fault = FAULT_ENDLESS_ONCE,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "1 2 3 4 5",
	  .want_trouble = "more than was asked" },
	{ .name = "one that never comes",
	  .fault = FAULT_NOT_GIVEN,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "1 2 !3 4 5" },
	{ .name = "one that was deleted",
	  .fault = FAULT_GONE,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "1 2 4 5" },
	{ .name = "one that is refused",
	  .fault = FAULT_REFUSED,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "1 2 !3 4 5" },
	{ .name = "answers in reverse",
	  .fault = FAULT_BACKWARDS,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "1 2 3 4 5" },
	{ .name = "strangers and twins",
	  .fault = FAULT_STRANGERS,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "1 2 3 4 5" },
	{ .name = "a new UIDVALIDITY",
	  .fault = FAULT_RENUMBERED,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "1 2 3 4 5 1 2 3 4 5",
	  .want_trouble = "good-bye" },
	{ .name = "news before IDLE begins",
	  .fault = FAULT_EARLY_NEWS,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "1 2 3 4 5 6" },
	{ .name = "no IDLE",
	  .fault = FAULT_NO_IDLE,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "1 2 3 4 5 6" },
	{ .name = "no greeting",
	  .fault = FAULT_SILENT,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "",
	  .want_trouble = "in time",
	  .no_login = true },
	{ .name = "good-bye as a greeting",
	  .fault = FAULT_BYE,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "",
	  .want_trouble = "greeting",
	  .no_login = true },
	{ .name = "a wrong password",
	  .fault = FAULT_PASSWORD,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "",
	  .want_trouble = "user and password" },
	{ .name = "no permission on the mailbox",
	  .fault = FAULT_NOT_CONNECTED,
	  .tls = MAILBOX_TLS_NONE,
	  .want_items = "",
	  .want_trouble = "Add-MailboxPermission" },
	{ .name = "words behind STARTTLS",
	  .fault = FAULT_INJECTION,
	  .tls = MAILBOX_TLS_STARTTLS,
	  .want_items = "",
	  .want_trouble = "behind the answer",
	  .no_login = true },
	{ .name = "logged in before TLS",
	  .fault = FAULT_PREAUTH,
	  .tls = MAILBOX_TLS_STARTTLS,
	  .want_items = "",
	  .want_trouble = "without TLS",
	  .no_login = true },
	{ .name = "no STARTTLS",
	  .fault = FAULT_NO_STARTTLS,
	  .tls = MAILBOX_TLS_STARTTLS,
	  .want_items = "",
	  .want_trouble = "no STARTTLS",
	  .no_login = true },
};

static void
test_no_server_can_stop_the_mail_or_get_the_password(void **state)
{
	struct fixture *fixture = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct outcome got;

		start_server(fixture, cases[i].fault);
		got = run(fixture, cases[i].tls, cases[i].want_items,
			  cases[i].want_trouble);
		if (strcmp(got.items, cases[i].want_items) != 0 ||
		    (cases[i].want_trouble != NULL &&
		     strstr(got.trouble, cases[i].want_trouble) == NULL))
			fail_msg("%s: items \"%s\", trouble \"%s\"",
				 cases[i].name, got.items, got.trouble);
		if (cases[i].no_login && fixture->shared->logins != 0)
			fail_msg("%s: the password left", cases[i].name);
		assert_int_equal(got.renumbered,
				 cases[i].fault == FAULT_RENUMBERED);
		stop_server(fixture);
	}
}

static void
test_no_server_costs_much_memory_or_time(void **state)
{
	struct rusage usage;

	(void)state;
	if (is_limitless())
		skip();
	/* Of all roles of the test before this one, the largest. */
	assert_int_equal(getrusage(RUSAGE_CHILDREN, &usage), 0);
	assert_true(usage.ru_maxrss < 64 * 1024);
}

static void
test_without_tls_only_to_this_machine(void **state)
{
	struct mailbox_settings settings = { .name = "box",
					     .host = "mail.council.example",
					     .tls = MAILBOX_TLS_NONE,
					     .user = "o",
					     .password_file = "/dev/null" };
	struct error err;

	(void)state;
	assert_int_equal(mailbox_settings_check(&settings, &err), -1);
	assert_int_equal(err.kind, ERROR_CONFIG);
	settings.tls = MAILBOX_TLS_STARTTLS;
	assert_int_equal(mailbox_settings_check(&settings, &err), 0);
	settings.token_file = "/dev/null";
	assert_int_equal(mailbox_settings_check(&settings, &err), -1);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_no_server_can_stop_the_mail_or_get_the_password,
			set_up, tear_down),
		cmocka_unit_test(test_no_server_costs_much_memory_or_time),
		cmocka_unit_test(test_without_tls_only_to_this_machine),
	};
	bool is_role;
	int status = role_main(argc, argv, &is_role);

	if (is_role)
		return status;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
