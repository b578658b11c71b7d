/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAULTY_IMAP_H
#define FAULTY_IMAP_H
/*
 * An IMAP server on loopback, in a process of its own, that has messages 1 to 5
 * and does one thing wrong.
 */
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

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

static inline bool
once(const struct server *server, enum fault fault)
{
	return server->fault == fault && server->shared->connections == 1;
}

static inline void
wait_for_hang_up(const struct server *server)
{
	struct pollfd poller = { .fd = fileno(server->in), .events = POLLIN };

	(void)poll(&poller, 1, 30000);
}

static inline void
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

static inline void
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

static inline void
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
static inline bool
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
static inline bool
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

static inline unsigned
message_count(const struct server *server)
{
	bool more =
		(server->fault == FAULT_EARLY_NEWS && server->idling) ||
		(server->fault == FAULT_NO_IDLE && server->shared->fetches > 0);

	return more ? MESSAGES + 1 : MESSAGES;
}

static inline bool
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

static inline void
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

static inline void
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

static inline bool
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

static inline bool
start_tls(struct server *server, const char *tag)
{
	fprintf(server->out, "%s OK go\r\n", tag);
	if (server->fault == FAULT_INJECTION)
		fprintf(server->out, "* CAPABILITY IMAP4rev1 EVIL\r\n");
	return true;
}

/* One command; false: hang up. */
static inline bool
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

static inline void
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

static inline void
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

#endif
