/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <libetpan/mailstream.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "fetch_line.h"

enum {
	STREAM_BUFFER = 64 * 1024,
	ADDRESSES_MAX = 16,
	ADDRESS_TIMEOUT_MS = 15000,
	KEEPALIVE_IDLE_S = 120,
	KEEPALIVE_EVERY_S = 30,
	KEEPALIVE_COUNT = 4,
	UNANSWERED_MS = 120000, /* TCP_USER_TIMEOUT */
	AHEAD_SIZE = 4096,
	WANTED_COUNT = 2, /* name and purpose */
	TROUBLE_MAX = 256
};

static const char priorities[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";

struct line_trust {
	gnutls_certificate_credentials_t credentials;
};

struct line {
	int fd;
	gnutls_session_t session;                   /* NULL: no TLS (yet) */
	gnutls_typed_vdata_st wanted[WANTED_COUNT]; /* of the certificate */
	long long deadline_ms;
	size_t budget;          /* bytes that may still come */
	long long received;     /* since the deadline was set */
	char ahead[AHEAD_SIZE]; /* read by line_poll(), not yet taken */
	size_t ahead_start, ahead_len;
	char trouble[TROUBLE_MAX];
};

static long long
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- trust ---- */

int
line_trust_load(const char *ca_file, struct line_trust **ret_trust,
		struct error *err)
{
	struct line_trust *trust = calloc(1, sizeof *trust);
	int count;

	if (trust == NULL ||
	    gnutls_certificate_allocate_credentials(&trust->credentials) < 0)
		abort();
	if (ca_file != NULL)
		count = gnutls_certificate_set_x509_trust_file(
			trust->credentials, ca_file, GNUTLS_X509_FMT_PEM);
	else
		count = gnutls_certificate_set_x509_system_trust(
			trust->credentials);
	if (count <= 0) {
		line_trust_free(trust);
		return error_set(err, ERROR_CONFIG,
				 "no trusted certificates in %s: %s",
				 ca_file != NULL ? ca_file : "the system",
				 count < 0 ? gnutls_strerror(count) : "empty");
	}
	*ret_trust = trust;
	return 0;
}

void
line_trust_free(struct line_trust *trust)
{
	if (trust == NULL)
		return;
	gnutls_certificate_free_credentials(trust->credentials);
	free(trust);
}

/* ---- waiting ---- */

static void
say_trouble(struct line *line, const char *words)
{
	if (line->trouble[0] == '\0')
		snprintf(line->trouble, sizeof line->trouble, "%s", words);
}

/* Bytes that do come buy time, at a rate that no trickle reaches. */
static long long
left_ms(const struct line *line)
{
	return line->deadline_ms + line->received * 1000 / LINE_RATE - now_ms();
}

/* Until the descriptor is ready or the deadline is over. */
static int
wait_for(struct line *line, short events)
{
	struct pollfd poller = { .fd = line->fd, .events = events };
	int got;

	do {
		long long left = left_ms(line);

		got = left <= 0 ? 0 : poll(&poller, 1, (int)left);
	} while (got < 0 && errno == EINTR);
	if (got > 0)
		return 0;
	say_trouble(line, got == 0 ? "the server did not answer in time" :
				     strerror(errno));
	return -1;
}

/* ---- connecting ---- */

static void
set_options(int fd)
{
	static const struct {
		int level, name, value;
	} options[] = {
		{ SOL_SOCKET, SO_KEEPALIVE, 1 },
		{ IPPROTO_TCP, TCP_KEEPIDLE, KEEPALIVE_IDLE_S },
		{ IPPROTO_TCP, TCP_KEEPINTVL, KEEPALIVE_EVERY_S },
		{ IPPROTO_TCP, TCP_KEEPCNT, KEEPALIVE_COUNT },
		{ IPPROTO_TCP, TCP_USER_TIMEOUT, UNANSWERED_MS },
		{ IPPROTO_TCP, TCP_NODELAY, 1 },
	};
	size_t i;

	for (i = 0; i < sizeof options / sizeof options[0]; i++)
		(void)setsockopt(fd, options[i].level, options[i].name,
				 &options[i].value, sizeof options[i].value);
}

/* 0, or what is wrong as an errno. */
static int
connect_one(const struct addrinfo *address, int timeout_ms, int *ret_fd)
{
	struct pollfd poller = { .events = POLLOUT };
	socklen_t size = sizeof(int);
	int fd, rc = 0;

	fd = socket(address->ai_family,
		    SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return errno;
	set_options(fd);
	if (connect(fd, address->ai_addr, address->ai_addrlen) != 0)
		rc = errno;
	if (rc == EINPROGRESS) {
		poller.fd = fd;
		rc = ETIMEDOUT;
		if (poll(&poller, 1, timeout_ms) > 0 &&
		    getsockopt(fd, SOL_SOCKET, SO_ERROR, &rc, &size) != 0)
			rc = errno;
	}
	if (rc != 0)
		close(fd);
	else
		*ret_fd = fd;
	return rc;
}

int
line_open(const char *host, int port, int timeout_ms, struct line **ret_line,
	  struct error *err)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *list, *at;
	long long until = now_ms() + timeout_ms;
	char service[16];
	int rc, fd = -1, tried = 0;

	snprintf(service, sizeof service, "%d", port);
	rc = getaddrinfo(host, service, &hints, &list);
	if (rc != 0)
		return error_set(err, ERROR_TEMPORARY, "%s: %s", host,
				 gai_strerror(rc));
	rc = ETIMEDOUT;
	for (at = list; at != NULL && fd < 0 && tried < ADDRESSES_MAX;
	     at = at->ai_next, tried++) {
		long long left = until - now_ms();

		if (left <= 0)
			break;
		if (left > ADDRESS_TIMEOUT_MS && at->ai_next != NULL)
			left = ADDRESS_TIMEOUT_MS;
		rc = connect_one(at, (int)left, &fd);
	}
	freeaddrinfo(list);
	if (fd < 0)
		return error_set(err, ERROR_TEMPORARY, "%s port %d: %s", host,
				 port, strerror(rc));
	*ret_line = calloc(1, sizeof **ret_line);
	if (*ret_line == NULL)
		abort();
	(*ret_line)->fd = fd;
	line_deadline(*ret_line, until - now_ms());
	return 0;
}

void
line_close(struct line *line)
{
	if (line == NULL)
		return;
	if (line->session != NULL)
		gnutls_deinit(line->session);
	close(line->fd);
	free(line);
}

void
line_deadline(struct line *line, long long timeout_ms)
{
	line->deadline_ms = now_ms() + timeout_ms;
	line->received = 0;
}

void
line_budget(struct line *line, size_t bytes)
{
	line->budget = bytes;
}

int
line_fd(const struct line *line)
{
	return line->fd;
}

const char *
line_trouble(const struct line *line)
{
	return line->trouble;
}

/* ---- TLS ---- */

static bool
is_address(const char *host)
{
	struct in6_addr any;

	return inet_pton(AF_INET, host, &any) == 1 ||
	       inet_pton(AF_INET6, host, &any) == 1;
}

static int
certificate_error(struct line *line, struct error *err)
{
	gnutls_datum_t words = { 0 };
	unsigned status;

	status = gnutls_session_get_verify_cert_status(line->session);
	if (status == 0 || status == (unsigned)-1 ||
	    gnutls_certificate_verification_status_print(
		    status, GNUTLS_CRT_X509, &words, 0) < 0)
		return error_set(err, ERROR_CONFIG,
				 "the server's certificate does not hold");
	error_set(err, ERROR_CONFIG, "the server's certificate: %s",
		  (const char *)words.data);
	gnutls_free(words.data);
	return -1;
}

static int
handshake(struct line *line, struct error *err)
{
	int rc;

	do {
		rc = gnutls_handshake(line->session);
		if (rc == GNUTLS_E_AGAIN &&
		    wait_for(line,
			     gnutls_record_get_direction(line->session) != 0 ?
				     POLLOUT :
				     POLLIN) != 0)
			return error_set(err, ERROR_TEMPORARY, "TLS: %s",
					 line->trouble);
	} while (rc < 0 && gnutls_error_is_fatal(rc) == 0);
	if (rc == GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR ||
	    rc == GNUTLS_E_CERTIFICATE_ERROR)
		return certificate_error(line, err);
	if (rc < 0)
		return error_set(err, ERROR_TEMPORARY, "TLS: %s",
				 gnutls_strerror(rc));
	return 0;
}

int
line_secure(struct line *line, const struct line_trust *trust, const char *host,
	    struct error *err)
{
	gnutls_typed_vdata_st *wanted = line->wanted;
	int rc = 0;

	if (gnutls_init(&line->session,
			GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL) < 0)
		abort();
	rc |= gnutls_priority_set_direct(line->session, priorities, NULL);
	rc |= gnutls_credentials_set(line->session, GNUTLS_CRD_CERTIFICATE,
				     trust->credentials);
	if (!is_address(host))
		rc |= gnutls_server_name_set(line->session, GNUTLS_NAME_DNS,
					     host, strlen(host));
	if (rc != 0)
		return error_set(err, ERROR_INTERNAL, "TLS: cannot be set up");
	/* Without the purpose a client's certificate would do. */
	wanted[0].type = GNUTLS_DT_DNS_HOSTNAME;
	wanted[0].data = (unsigned char *)host;
	wanted[1].type = GNUTLS_DT_KEY_PURPOSE_OID;
	wanted[1].data = (unsigned char *)GNUTLS_KP_TLS_WWW_SERVER;
	gnutls_session_set_verify_cert2(line->session, wanted, WANTED_COUNT, 0);
	gnutls_transport_set_int(line->session, line->fd);
	return handshake(line, err);
}

/* ---- bytes ---- */

static ssize_t
tls_result(struct line *line, ssize_t got)
{
	if (got == GNUTLS_E_AGAIN || got == GNUTLS_E_INTERRUPTED ||
	    (got < 0 && gnutls_error_is_fatal((int)got) == 0))
		return -2; /* again */
	if (got < 0)
		say_trouble(line, gnutls_strerror((int)got));
	return got < 0 ? -1 : got;
}

static ssize_t
plain_result(struct line *line, ssize_t got)
{
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return -2;
	if (got < 0)
		say_trouble(line, strerror(errno));
	return got;
}

/* The deadline also holds for a server that always has one more byte. */
static bool
in_time(struct line *line)
{
	if (left_ms(line) > 0)
		return true;
	say_trouble(line, "the server did not finish in time");
	return false;
}

/* -2: nothing for now. */
static ssize_t
receive(struct line *line, void *bytes, size_t size)
{
	ssize_t got;

	if (line->session != NULL)
		got = tls_result(
			line, gnutls_record_recv(line->session, bytes, size));
	else
		got = plain_result(line, recv(line->fd, bytes, size, 0));
	if (got == 0)
		say_trouble(line, "the server closed the connection");
	return got != 0 ? got : -1;
}

int
line_poll(struct line *line)
{
	ssize_t got;

	if (line->ahead_len != 0)
		return 1;
	line->ahead_start = 0;
	got = receive(line, line->ahead, sizeof line->ahead);
	if (got == -2)
		return 0;
	line->ahead_len = got > 0 ? (size_t)got : 0;
	return got > 0 ? 1 : -1;
}

static size_t
take_ahead(struct line *line, void *bytes, size_t size)
{
	if (size > line->ahead_len)
		size = line->ahead_len;
	memcpy(bytes, line->ahead + line->ahead_start, size);
	line->ahead_start += size;
	line->ahead_len -= size;
	return size;
}

static ssize_t
stream_read(mailstream_low *low, void *bytes, size_t size)
{
	struct line *line = low->data;
	ssize_t got = -2;

	if (line->budget == 0) {
		say_trouble(line, "the server sends more than was asked for");
		return -1;
	}
	if (size > line->budget)
		size = line->budget;
	if (line->ahead_len != 0)
		got = (ssize_t)take_ahead(line, bytes, size);
	while (got == -2 && in_time(line)) {
		got = receive(line, bytes, size);
		if (got == -2 && wait_for(line, POLLIN) != 0)
			return -1;
	}
	if (got <= 0)
		return -1;
	line->budget -= (size_t)got;
	line->received += got;
	return got;
}

static ssize_t
stream_write(mailstream_low *low, const void *bytes, size_t size)
{
	struct line *line = low->data;
	ssize_t got;

	while (in_time(line)) {
		if (line->session != NULL)
			got = tls_result(line, gnutls_record_send(line->session,
								  bytes, size));
		else
			got = plain_result(line, send(line->fd, bytes, size,
						      MSG_NOSIGNAL));
		if (got >= 0)
			return got;
		if (got != -2 || wait_for(line, POLLOUT) != 0)
			return -1;
	}
	return -1;
}

static int
stream_close(mailstream_low *low)
{
	(void)low; /* the line is closed by its owner */
	return 0;
}

static void
stream_free(mailstream_low *low)
{
	free(low);
}

static int
stream_fd(mailstream_low *low)
{
	return ((struct line *)low->data)->fd;
}

static void
stream_cancel(mailstream_low *low)
{
	(void)low;
}

static struct mailstream_cancel *
stream_get_cancel(mailstream_low *low)
{
	(void)low;
	return NULL;
}

static carray *
stream_chain(mailstream_low *low)
{
	(void)low; /* verified already */
	return NULL;
}

/* The library's type for it is not const. */
static mailstream_low_driver driver = {
	.mailstream_read = stream_read,
	.mailstream_write = stream_write,
	.mailstream_close = stream_close,
	.mailstream_get_fd = stream_fd,
	.mailstream_free = stream_free,
	.mailstream_cancel = stream_cancel,
	.mailstream_get_cancel = stream_get_cancel,
	.mailstream_get_certificate_chain = stream_chain,
};

struct _mailstream *
line_stream(struct line *line)
{
	mailstream_low *low = mailstream_low_new(line, &driver);
	mailstream *stream;

	if (low == NULL)
		return NULL;
	stream = mailstream_new(low, STREAM_BUFFER);
	if (stream == NULL)
		mailstream_low_free(low);
	return stream;
}
