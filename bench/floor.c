/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The least that reading a mailbox over IMAP can cost: log in, EXAMINE, fetch
 * every message by ranges with some commands under way, count the bytes of the
 * literals and throw them away.
 *
 *	floor [-t] [-r RANGE] [-d DEPTH] HOST PORT USER PASSWORD
 *
 * -t: over TLS, believing any certificate. Prints messages, bytes and seconds.
 */
#include <err.h>
#include <gnutls/gnutls.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 256 * 1024, LINE = 64 * 1024, COMMAND = 256 };

struct link {
	int fd;
	gnutls_session_t tls; /* NULL: in clear */
	char buffer[BUFFER];
	size_t at, end;
	char line[LINE];
	unsigned long long literal_bytes, messages;
	unsigned long exists;
};

static void
fill(struct link *link)
{
	ssize_t n;

	do
		n = link->tls != NULL ?
			    gnutls_record_recv(link->tls, link->buffer,
					       BUFFER) :
			    read(link->fd, link->buffer, BUFFER);
	while (link->tls != NULL &&
	       (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED));
	if (n <= 0)
		errx(1, "the connection ended");
	link->at = 0;
	link->end = (size_t)n;
}

static void
say(struct link *link, const char *text)
{
	size_t len = strlen(text);

	while (len > 0) {
		ssize_t n = link->tls != NULL ?
				    gnutls_record_send(link->tls, text, len) :
				    write(link->fd, text, len);

		if (n <= 0)
			errx(1, "cannot write");
		text += n;
		len -= (size_t)n;
	}
}

static void
skip(struct link *link, unsigned long long bytes)
{
	link->literal_bytes += bytes;
	while (bytes > 0) {
		size_t n;

		if (link->at == link->end)
			fill(link);
		n = link->end - link->at;
		if (n > bytes)
			n = (size_t)bytes;
		link->at += n;
		bytes -= n;
	}
}

/* One response without its literals. */
static void
response(struct link *link)
{
	size_t len = 0;

	for (;;) {
		char *end, *brace;
		size_t n;

		if (link->at == link->end)
			fill(link);
		end = memchr(link->buffer + link->at, '\n',
			     link->end - link->at);
		n = (end != NULL ? (size_t)(end - link->buffer) + 1 :
				   link->end) -
		    link->at;
		if (len + n >= LINE)
			errx(1, "a line that is too long");
		memcpy(link->line + len, link->buffer + link->at, n);
		len += n;
		link->at += n;
		if (end == NULL)
			continue;
		while (len > 0 && (link->line[len - 1] == '\n' ||
				   link->line[len - 1] == '\r'))
			len--;
		link->line[len] = '\0';
		if (len == 0 || link->line[len - 1] != '}')
			return;
		brace = strrchr(link->line, '{');
		if (brace == NULL)
			return;
		skip(link, strtoull(brace + 1, NULL, 10));
	}
}

static void
until(struct link *link, const char *tag)
{
	size_t len = strlen(tag);

	for (;;) {
		response(link);
		if (link->line[0] == '*') {
			if (strstr(link->line, " EXISTS") != NULL)
				link->exists =
					strtoul(link->line + 2, NULL, 10);
			if (strstr(link->line, " FETCH ") != NULL)
				link->messages++;
		} else if (strncmp(link->line, tag, len) == 0) {
			if (strncmp(link->line + len, " OK", 3) != 0)
				errx(1, "%s", link->line);
			return;
		}
	}
}

static void
dial(struct link *link, const char *host, const char *port, bool tls)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *found;
	gnutls_certificate_credentials_t credentials;
	int one = 1;

	if (getaddrinfo(host, port, &hints, &found) != 0)
		errx(1, "no host %s", host);
	link->fd = socket(found->ai_family, SOCK_STREAM, 0);
	if (link->fd < 0 ||
	    connect(link->fd, found->ai_addr, found->ai_addrlen) != 0)
		err(1, "connect");
	freeaddrinfo(found);
	(void)setsockopt(link->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	if (!tls)
		return;
	gnutls_certificate_allocate_credentials(&credentials);
	gnutls_init(&link->tls, GNUTLS_CLIENT);
	gnutls_set_default_priority(link->tls);
	gnutls_credentials_set(link->tls, GNUTLS_CRD_CERTIFICATE, credentials);
	gnutls_transport_set_int(link->tls, link->fd);
	if (gnutls_handshake(link->tls) != GNUTLS_E_SUCCESS)
		errx(1, "no TLS");
}

static void
fetch(struct link *link, unsigned long range, unsigned long depth)
{
	unsigned long all = (link->exists + range - 1) / range;
	unsigned long asked = 0, got = 0;
	char text[COMMAND];

	while (got < all) {
		while (asked < all && asked - got < depth) {
			unsigned long low = asked * range + 1;
			unsigned long high = low + range - 1;

			if (high > link->exists)
				high = link->exists;
			snprintf(text, sizeof text,
				 "f%lu FETCH %lu:%lu (UID INTERNALDATE "
				 "BODY.PEEK[])\r\n",
				 asked++, low, high);
			say(link, text);
		}
		snprintf(text, sizeof text, "f%lu", got++);
		until(link, text);
	}
}

int
main(int argc, char **argv)
{
	static struct link link;
	unsigned long range = 500, depth = 2;
	struct timespec begun, done;
	char text[COMMAND];
	bool tls = false;
	double seconds;
	int option;

	while ((option = getopt(argc, argv, "tr:d:")) != -1) {
		if (option == 't')
			tls = true;
		else if (option == 'r')
			range = strtoul(optarg, NULL, 10);
		else if (option == 'd')
			depth = strtoul(optarg, NULL, 10);
	}
	if (argc - optind != 4 || range == 0 || depth == 0)
		errx(2, "usage: floor [-t] [-r RANGE] [-d DEPTH] HOST PORT "
			"USER PASSWORD");
	clock_gettime(CLOCK_MONOTONIC, &begun);
	dial(&link, argv[optind], argv[optind + 1], tls);
	response(&link);
	snprintf(text, sizeof text, "a LOGIN %s %s\r\n", argv[optind + 2],
		 argv[optind + 3]);
	say(&link, text);
	until(&link, "a");
	say(&link, "b EXAMINE INBOX\r\n");
	until(&link, "b");
	link.messages = 0;
	fetch(&link, range, depth);
	clock_gettime(CLOCK_MONOTONIC, &done);
	seconds = (double)(done.tv_sec - begun.tv_sec) +
		  (double)(done.tv_nsec - begun.tv_nsec) / 1e9;
	printf("%llu %llu %.4f\n", link.messages, link.literal_bytes, seconds);
	return 0;
}
