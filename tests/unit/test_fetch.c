/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ftw.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "edges/fetch.h"
#include "edges/role.h"

/*
 * The fetch role against servers that are broken, hostile or silent, in real
 * processes over loopback. The server has messages 1 to 5 and does one thing
 * wrong; what each case has to come to stands in the table.
 */
enum { MESSAGES = 5, ODD = 3 /* the message that a fault is about */ };

enum fault {
	FAULT_NONE,
	FAULT_CUT_ONCE,     /* closes inside the literal, once (D15.1) */
	FAULT_CUT_ALWAYS,   /* closes inside the literal of ODD, always */
	FAULT_HUGE,         /* {4000000000} for ODD (D15.6) */
	FAULT_WRAP,         /* {4294967301} for ODD */
	FAULT_NEGATIVE,     /* {-5} for ODD */
	FAULT_STALL_ONCE,   /* stops inside the literal, once */
	FAULT_TRICKLE_ONCE, /* one byte now and then */
	FAULT_ENDLESS_ONCE, /* a line without end */
	FAULT_NOT_GIVEN,    /* ODD is there but never comes */
	FAULT_GONE,         /* ODD was deleted meanwhile */
	FAULT_REFUSED,      /* NO to any FETCH with ODD */
	FAULT_BACKWARDS,    /* answers in reverse order */
	FAULT_STRANGERS,  /* gives messages that nobody asked for, and twice */
	FAULT_RENUMBERED, /* a new UIDVALIDITY at the second connection */
	FAULT_EARLY_NEWS, /* EXISTS before the "+" of IDLE (D15.8) */
	FAULT_NO_IDLE,    /* a message more after a while, no IDLE */
	FAULT_SILENT,     /* no greeting */
	FAULT_BYE,        /* good-bye as a greeting */
	FAULT_PASSWORD,   /* refuses it */
	FAULT_NOT_CONNECTED, /* Exchange without mailbox permission (D8) */
	FAULT_INJECTION,     /* words behind the OK of STARTTLS */
	FAULT_PREAUTH,       /* logged in already, so TLS cannot begin */
	FAULT_NO_STARTTLS,
};

/* Seen by both processes. */
struct shared {
	_Atomic int connections, fetches, logins;
};

struct server {
	enum fault fault;
	struct shared *shared;
	FILE *in, *out;
	bool idling;
};

/* ---- the server ---- */

static bool
once(const struct server *server, enum fault fault)
{
	return server->fault == fault && server->shared->connections == 1;
}

static void
wait_for_hang_up(const struct server *server)
{
	struct pollfd poller = { .fd = fileno(server->in), .events = POLLIN };

	(void)poll(&poller, 1, 30000);
}

static void
give(struct server *server, unsigned uid)
{
	char text[64];
	int len = snprintf(text, sizeof text, "Subject: %u\r\n\r\nBody %u\r\n",
			   uid, uid);

	fprintf(server->out,
		"* %u FETCH (UID %u INTERNALDATE \"06-Jan-2026 09:12:38 +0000\""
		" BODY[]<0> {%d}\r\n%s)\r\n",
		uid, uid, len, text);
}

static void
trickle(struct server *server)
{
	int i;

	fprintf(server->out, "* 3 FETCH (UID 3 BODY[]<0> {1000}\r\n");
	for (i = 0; i < 200; i++) {
		fputc('x', server->out);
		if (fflush(server->out) != 0)
			return;
		(void)poll(NULL, 0, 50);
	}
}

static void
endless(struct server *server)
{
	static const char a[4096] = { 0 };
	char block[sizeof a];
	int i;

	memset(block, 'a', sizeof block);
	fprintf(server->out, "* 3 FETCH (FLAGS (");
	for (i = 0; i < 100000 && !ferror(server->out); i++)
		(void)fwrite(block, 1, sizeof block, server->out);
}

/* Answers for the odd message; false: close. */
static bool
give_odd(struct server *server)
{
	static const char head[] = "* 3 FETCH (UID 3 BODY[]<0> ";
	FILE *out = server->out;

	switch (server->fault) {
	case FAULT_CUT_ALWAYS:
		fprintf(out, "%s{1000}\r\nxxxx", head);
		return false;
	case FAULT_HUGE:
		fprintf(out, "%s{4000000000}\r\nxxxx", head);
		fflush(out);
		(void)poll(NULL, 0, 300);
		return false;
	case FAULT_WRAP:
		fprintf(out, "%s{4294967301}\r\nhello)\r\n", head);
		return true;
	case FAULT_NEGATIVE:
		fprintf(out, "%s{-5}\r\n)\r\n", head);
		return true;
	case FAULT_NOT_GIVEN:
	case FAULT_GONE:
		return true;
	default:
		break;
	}
	if (once(server, FAULT_CUT_ONCE)) {
		fprintf(out, "%s{1000}\r\nxxxx", head);
		return false;
	}
	if (once(server, FAULT_STALL_ONCE)) {
		fprintf(out, "%s{1000}\r\nxxxx", head);
		fflush(out);
		wait_for_hang_up(server);
		return false;
	}
	if (once(server, FAULT_TRICKLE_ONCE)) {
		trickle(server);
		return false;
	}
	if (once(server, FAULT_ENDLESS_ONCE)) {
		endless(server);
		return false;
	}
	give(server, ODD);
	return true;
}

/* Is the UID in a set such as "1:2,4"? */
static bool
in_set(const char *set, unsigned uid)
{
	while (*set != '\0' && *set != ' ') {
		unsigned from = (unsigned)strtoul(set, (char **)&set, 10);
		unsigned to = from;

		if (*set == ':' && set[1] == '*') {
			to = 1000;
			set += 2;
		} else if (*set == ':') {
			to = (unsigned)strtoul(set + 1, (char **)&set, 10);
		}
		if (uid >= from && uid <= to)
			return true;
		if (*set == ',')
			set++;
	}
	return false;
}

static unsigned
message_count(const struct server *server)
{
	bool more =
		(server->fault == FAULT_EARLY_NEWS && server->idling) ||
		(server->fault == FAULT_NO_IDLE && server->shared->fetches > 0);

	return more ? MESSAGES + 1 : MESSAGES;
}

static bool
fetch(struct server *server, const char *tag, const char *set)
{
	bool sizes = strstr(set, "RFC822.SIZE") != NULL;
	unsigned uid, count = message_count(server);

	if (!sizes)
		server->shared->fetches++;
	if (server->fault == FAULT_REFUSED && !sizes && in_set(set, ODD)) {
		fprintf(server->out, "%s NO cannot read that one\r\n", tag);
		return true;
	}
	if (server->fault == FAULT_STRANGERS)
		give(server, 4711);
	for (uid = 1; uid <= count; uid++) {
		unsigned which = server->fault == FAULT_BACKWARDS ?
					 count + 1 - uid :
					 uid;

		if (!in_set(set, which))
			continue;
		if (sizes)
			fprintf(server->out,
				"* %u FETCH (UID %u RFC822.SIZE 27)\r\n", which,
				which);
		else if (which != ODD)
			give(server, which);
		else if (!give_odd(server))
			return false;
		if (server->fault == FAULT_STRANGERS && !sizes)
			give(server, which);
	}
	fprintf(server->out, "%s OK done\r\n", tag);
	return true;
}

static void
search(struct server *server, const char *tag, const char *set)
{
	unsigned uid, count = message_count(server);

	fprintf(server->out, "* SEARCH");
	for (uid = 1; uid <= count; uid++)
		if (in_set(set, uid) &&
		    !(server->fault == FAULT_GONE && uid == ODD &&
		      strchr(set, ':') == NULL))
			fprintf(server->out, " %u", uid);
	fprintf(server->out, "\r\n%s OK done\r\n", tag);
}

static void
examine(struct server *server, const char *tag)
{
	unsigned validity = server->fault == FAULT_RENUMBERED ?
				    (unsigned)server->shared->connections :
				    1;

	if (server->fault == FAULT_NOT_CONNECTED) {
		fprintf(server->out,
			"%s BAD User is authenticated but not connected.\r\n",
			tag);
		return;
	}
	fprintf(server->out,
		"* %u EXISTS\r\n* OK [UIDVALIDITY %u] x\r\n* OK [UIDNEXT %u] "
		"x\r\n%s OK [READ-ONLY] done\r\n",
		message_count(server), validity, message_count(server) + 1,
		tag);
}

static bool
idle(struct server *server, const char *tag)
{
	char line[100];

	if (server->fault == FAULT_RENUMBERED &&
	    server->shared->connections == 1) {
		fprintf(server->out, "* BYE restarting\r\n");
		return false;
	}
	server->idling = true;
	if (server->fault == FAULT_EARLY_NEWS)
		fprintf(server->out, "* %d EXISTS\r\n", MESSAGES + 1);
	fprintf(server->out, "+ idling\r\n");
	fflush(server->out);
	if (fgets(line, sizeof line, server->in) == NULL)
		return false;
	fprintf(server->out, "%s OK done\r\n", tag);
	return true;
}

static bool
start_tls(struct server *server, const char *tag)
{
	fprintf(server->out, "%s OK go\r\n", tag);
	if (server->fault == FAULT_INJECTION)
		fprintf(server->out, "* CAPABILITY IMAP4rev1 EVIL\r\n");
	return true;
}

/* One command; false: hang up. */
static bool
obey(struct server *server, const char *tag, const char *command)
{
	const char *idle_word = server->fault == FAULT_NO_IDLE ? "" : " IDLE";
	const char *tls_word =
		server->fault == FAULT_INJECTION ? " STARTTLS" : "";

	if (strncmp(command, "CAPABILITY", 10) == 0)
		fprintf(server->out, "* CAPABILITY IMAP4rev1%s%s\r\n",
			idle_word, tls_word);
	else if (strncmp(command, "LOGIN", 5) == 0)
		server->shared->logins++;
	else if (strncmp(command, "EXAMINE", 7) == 0)
		return examine(server, tag), true;
	else if (strncmp(command, "UID SEARCH UID ", 15) == 0)
		return search(server, tag, command + 15), true;
	else if (strncmp(command, "UID FETCH ", 10) == 0)
		return fetch(server, tag, command + 10);
	else if (strncmp(command, "IDLE", 4) == 0)
		return idle(server, tag);
	else if (strncmp(command, "STARTTLS", 8) == 0)
		return start_tls(server, tag);
	if (server->fault == FAULT_PASSWORD &&
	    strncmp(command, "LOGIN", 5) == 0)
		fprintf(server->out,
			"%s NO [AUTHENTICATIONFAILED] no such user\r\n", tag);
	else
		fprintf(server->out, "%s OK done\r\n", tag);
	return true;
}

static void
talk(struct server *server)
{
	char line[8192], *command;

	if (server->fault == FAULT_SILENT)
		wait_for_hang_up(server);
	fprintf(server->out, "%s\r\n",
		server->fault == FAULT_BYE     ? "* BYE too busy" :
		server->fault == FAULT_PREAUTH ? "* PREAUTH welcome" :
						 "* OK hello");
	fflush(server->out);
	while (fgets(line, sizeof line, server->in) != NULL) {
		line[strcspn(line, "\r\n")] = '\0';
		command = strchr(line, ' ');
		if (command == NULL)
			break;
		*command++ = '\0';
		if (!obey(server, line, command))
			break;
		fflush(server->out);
	}
	fflush(server->out);
}

static void
serve(int listener, enum fault fault, struct shared *shared)
{
	struct server server = { .fault = fault, .shared = shared };

	(void)signal(SIGPIPE, SIG_IGN);
	for (;;) {
		int fd = accept(listener, NULL, NULL);

		if (fd < 0)
			_exit(1);
		shared->connections++;
		server.idling = false;
		server.in = fdopen(fd, "r");
		server.out = fdopen(dup(fd), "w");
		if (server.in == NULL || server.out == NULL)
			_exit(1);
		talk(&server);
		fclose(server.out);
		fclose(server.in);
	}
}

/* ---- the cases ---- */

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

static double
now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
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
#if defined(__SANITIZE_ADDRESS__)
	skip(); /* a sanitizer's own memory counts */
#endif
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

/* ---- folders on this machine ---- */

static int
remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

struct maildir {
	char path[40];
	struct fetch *fetch;
	char keys[200]; /* of what came, in order */
};

static void
deliver(const struct maildir *maildir, const char *place, const char *name)
{
	char from[100], to[100];
	FILE *file;

	snprintf(from, sizeof from, "%s/tmp/x", maildir->path);
	snprintf(to, sizeof to, "%s/%s/%s", maildir->path, place, name);
	file = fopen(from, "w");
	assert_non_null(file);
	fprintf(file, "Subject: %s\n\nBody\n", name);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(rename(from, to), 0);
}

/* Takes what comes until the keys are these; the store knows `known`. */
static bool
keys_become(struct maildir *maildir, const char *want, const char *known)
{
	double until = now_s() + 10;
	struct fetch_event event;
	size_t i, len;

	while (now_s() < until && strcmp(maildir->keys, want) != 0) {
		struct pollfd poller = { .fd = fetch_fd(maildir->fetch),
					 .events = POLLIN };

		(void)poll(&poller, 1, 100);
		while (fetch_next(maildir->fetch, &event) == 1) {
			bool seen[FETCH_SEEN_MAX] = { false };

			assert_true(event.kind != FETCH_ENDED);
			for (i = 0;
			     event.kind == FETCH_SEEN && i < event.key_count;
			     i++)
				seen[i] = span_is(event.keys[i], known);
			if (event.kind == FETCH_SEEN)
				fetch_answer(maildir->fetch, seen,
					     event.key_count);
			if (event.kind != FETCH_BATCH)
				continue;
			for (i = 0; i < event.batch->count; i++) {
				len = strlen(maildir->keys);
				snprintf(maildir->keys + len,
					 sizeof maildir->keys - len, "%s ",
					 event.batch->items[i].key);
			}
			fetch_taken(maildir->fetch, event.batch->serial);
			batch_free(event.batch);
		}
	}
	return strcmp(maildir->keys, want) == 0;
}

static void
test_a_maildir_gives_each_message_once_wherever_it_moves(void **state)
{
	static const char *const parts[] = { "", "/cur", "/new", "/tmp" };
	struct maildir maildir = { .path = "/tmp/test-maildir-XXXXXX" };
	struct mailbox_settings settings = { .kind = MAILBOX_MAILDIR,
					     .name = "box",
					     .path = maildir.path };
	char from[100], to[100];
	struct error err;
	size_t i;

	(void)state;
	assert_non_null(mkdtemp(maildir.path));
	for (i = 1; i < ARRAY_SIZE(parts); i++) {
		snprintf(to, sizeof to, "%s%s", maildir.path, parts[i]);
		assert_int_equal(mkdir(to, 0700), 0);
	}
	deliver(&maildir, "cur", "1.a:2,S");
	deliver(&maildir, "cur", "2.b:2,S");
	deliver(&maildir, "new", "3.c");
	assert_int_equal(fetch_open(&settings, NULL, 0, &maildir.fetch, &err),
			 0);
	/* 2.b is recorded already. */
	assert_true(keys_become(&maildir, "1.a 3.c ", "/2.b"));
	deliver(&maildir, "new", "4.d");
	assert_true(keys_become(&maildir, "1.a 3.c 4.d ", ""));
	/* Somebody reads it, which moves it; then another one comes. */
	snprintf(from, sizeof from, "%s/new/4.d", maildir.path);
	snprintf(to, sizeof to, "%s/cur/4.d:2,S", maildir.path);
	assert_int_equal(rename(from, to), 0);
	deliver(&maildir, "new", "5.e");
	assert_true(keys_become(&maildir, "1.a 3.c 4.d 5.e ", ""));
	fetch_close(maildir.fetch);
	assert_int_equal(
		nftw(maildir.path, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
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
		cmocka_unit_test(
			test_a_maildir_gives_each_message_once_wherever_it_moves),
	};
	bool is_role;
	int status = role_main(argc, argv, &is_role);

	if (is_role)
		return status;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
