/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEND_PRIVATE_H
#define SEND_PRIVATE_H
/*
 * One connection to the relay, as the role uses it. The library stays behind
 * this face.
 */
#include "base/arena.h"
#include "send.h"

struct relay;

/* Copies of the settings' texts are the caller's, and must stay. */
struct relay *relay_open(const struct send_settings *settings);
/* Says QUIT if it is connected. Accepts NULL. */
void relay_close(struct relay *relay);
/* Gives the credential; token: XOAUTH2 or OAUTHBEARER rather than a password.
 * Copied by the library. */
void relay_login(struct relay *relay, const char *secret, bool token);
/* Whether letters were sent since the last relay_login(), so that a refusal of
 * the credential says something about it. words: of SEND_WORDS_MAX + 1. */
enum send_fate relay_send(struct relay *relay, const struct send_letter *letter,
			  char *ret_words);
/* The relay refused the credential the last time. */
bool relay_login_refused(const struct relay *relay);

/* What came of a transaction, from how far it had come. */
enum send_stage {
	STAGE_CONNECT, /* greeting, TLS, EHLO, AUTH */
	STAGE_MAIL,    /* MAIL FROM was said */
	STAGE_RCPT,
	STAGE_DATA,
	STAGE_DOT, /* all of the letter was handed over */
	STAGE_COUNT
};

/* ok: the library saw the whole transaction succeed. reply: the code of the
 * relay's last line, 0 when there was none. */
enum send_fate send_judge(enum send_stage stage, bool ok, int reply);

int send_get_settings(struct span body, struct arena *arena,
		      struct send_settings *ret_settings, struct error *err);
/* Whether there is anything to log in with, and how. */
bool send_has_login(const struct send_settings *settings);

#endif
