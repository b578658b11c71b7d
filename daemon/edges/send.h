/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEND_H
#define SEND_H
/*
 * Letters to the relay, one at a time, in a process that holds the credential
 * and never sees the store (role "send", libcurl).
 *
 * Talk:   WIRE_SETTINGS once, then for every WIRE_LETTER one WIRE_FATE. One
 *         recipient a transaction, so that its fate is exact. The connection
 *         stays open while letters come within SEND_LINGER_MS of each other:
 *         one TLS handshake for a whole flush.
 * Safety: TLS is demanded and the chain and host name are verified before
 *         anything is said; without TLS only to loopback. Addresses that could
 *         carry a command of their own are refused (send_address_ok). Line
 *         ends are made CRLF here, so no bare LF leaves.
 * Secret: read by the role when it connects, never by the engine: a password
 *         from a file, a token from a file or from the token role, whose
 *         channel is the role's descriptor ROLE_FIRST_FD.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"
#include "wire.h"

enum {
	SEND_LINGER_MS = 15000,
	SEND_LETTER_MAX = 4 * 1024 * 1024,
	SEND_ADDRESS_MAX = 254, /* RFC 5321 4.5.3.1.3, without the brackets */
	SEND_LOCAL_MAX = 64,
	SEND_WORDS_MAX = 511 /* of the relay, kept with a fate */
};

enum send_tls { SEND_TLS_IMPLICIT, SEND_TLS_STARTTLS, SEND_TLS_NONE };

/* Strings may be NULL where it says so. */
struct send_settings {
	const char *host;
	int port; /* 0: 465 or 587 by TLS, 25 without */
	enum send_tls tls;
	const char *ca_file;       /* NULL: the system's */
	const char *user;          /* NULL: no AUTH */
	const char *password_file; /* NULL: a token */
	const char *token_file;    /* NULL: from the token role */
	const char *helo;          /* NULL: this machine's name */
	const char *bounce;        /* envelope sender; NULL: <> */
	int deadline_s;            /* for one letter, all of it */
};

/* -1 (ERROR_CONFIG) when they cannot be: no TLS to another machine, a host or
 * address that is none. */
int send_settings_check(const struct send_settings *settings,
			struct error *err);

/* One @, printable ASCII without quotes, brackets or blanks, a domain made of
 * labels, within the lengths of RFC 5321. */
bool send_address_ok(struct span address);
/* "localhost", 127.0.0.0/8 or ::1. */
bool send_host_is_loopback(const char *host);

enum send_fate {
	SEND_ACCEPTED, /* the relay took it */
	SEND_LATER,    /* refused for now: this letter */
	SEND_DOWN,     /* no relay to talk to, or it does not let us in: all */
	SEND_NEVER,    /* refused for good */
	SEND_UNKNOWN,  /* lost after the final dot: perhaps taken */
	SEND_FATE_COUNT
};

struct send_letter {
	int64_t id;
	struct span recipient, text;
};

struct send_result {
	int64_t id;
	enum send_fate fate;
	struct span words; /* of the relay or the library; UTF-8 */
};

const char *send_fate_name(enum send_fate fate);

/* Bodies of the frames; the getters return -1 with ERROR_INPUT. Texts of what
 * was got point into the body. */
void send_put_settings(struct buf *body, const struct send_settings *settings);
void send_put_letter(struct buf *body, const struct send_letter *letter);
void send_put_result(struct buf *body, const struct send_result *result);
int send_get_letter(struct span body, struct send_letter *ret_letter,
		    struct error *err);
int send_get_result(struct span body, struct send_result *ret_result,
		    struct error *err);

/* The role. */
int send_role(struct wire *wire);

#endif
