/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FETCH_LINE_H
#define FETCH_LINE_H
/*
 * One connection to a mail server, with TLS of our own underneath the IMAP
 * library, whose own TLS checks no certificate (facts D10, D15.7).
 *
 * Every byte moves under one overall deadline that line_deadline() sets and
 * that a server cannot stretch by trickling. The end of the connection is an
 * error, never "0 bytes", for which the library would wait for ever (D15.1).
 * Waiting is poll(), so descriptors may be numbered as they like (D15.3).
 *
 * TLS is 1.2 or newer; chain and host name (or address) are verified against
 * the system's certificates or the configured file, and the handshake fails
 * when they do not hold: nothing has been said by then.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum {
	LINE_RATE = 64 * 1024 /* bytes a second that buy time */
};

struct _mailstream; /* of the IMAP library */

/* Whom to trust: loaded once, before the jail. */
struct line_trust;
int line_trust_load(const char *ca_file, struct line_trust **ret_trust,
		    struct error *err);
void line_trust_free(struct line_trust *trust);

struct line;

/* Connects to one of the host's addresses, v6 or v4, whichever answers. */
int line_open(const char *host, int port, int timeout_ms,
	      struct line **ret_line, struct error *err);
/* Accepts NULL. */
void line_close(struct line *line);
/* The handshake, within the deadline. */
int line_secure(struct line *line, const struct line_trust *trust,
		const char *host, struct error *err);

/* All that follows has to be over by then, and as much later as the bytes
 * received need at LINE_RATE: a slow line gets a long answer through, a
 * trickle gains nothing. */
void line_deadline(struct line *line, long long timeout_ms);
/* No more bytes than these may come, until it is set again: no answer grows
 * without end (D15.6). */
void line_budget(struct line *line, size_t bytes);
int line_fd(const struct line *line);
/* Looks without waiting: 1 when there is something to read, 0 not, -1 when the
 * connection is over. A TLS record may hold nothing, so that poll() alone does
 * not tell. */
int line_poll(struct line *line);
/* What ended it; empty while it works. */
const char *line_trouble(const struct line *line);

/* The stream that the IMAP library reads; it owns the stream from then on, but
 * not the line. NULL: no memory. */
struct _mailstream *line_stream(struct line *line);

#endif
