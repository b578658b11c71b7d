/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <curl/curl.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "jail.h"
#include "role.h"
#include "secret.h"
#include "send_private.h"

enum { DESCRIPTORS = 64, MEMORY_MAX = 512 * 1024 * 1024 };

struct sender {
	struct wire *wire;
	struct wire *token; /* to the token role, or NULL */
	struct send_settings settings;
	struct relay *relay; /* NULL between flushes */
	bool used;           /* a letter went over it */
	bool refused;        /* the relay did not like the last credential */
	char *secret;        /* SECRET_MAX; empty between uses */
	struct buf body;
};

static int
begin(struct sender *sender, struct arena *arena, struct error *err)
{
	struct jail_limits limits = { .memory = MEMORY_MAX,
				      .descriptors = DESCRIPTORS };
	struct wire_frame frame;

	if (wire_wait(sender->wire, -1, &frame, err) != 1)
		return -1;
	if (frame.kind != WIRE_SETTINGS)
		return error_set(err, ERROR_INTERNAL, "no settings came");
	if (send_get_settings(frame.body, arena, &sender->settings, err) != 0)
		return -1;
	if (fcntl(ROLE_FIRST_FD, F_GETFD) >= 0) {
		(void)fcntl(ROLE_FIRST_FD, F_SETFD, FD_CLOEXEC);
		sender->token = wire_open(ROLE_FIRST_FD);
	}
	if (curl_global_init(CURL_GLOBAL_ALL) != CURLE_OK)
		return error_set(err, ERROR_INTERNAL, "libcurl does not start");
	/* What the library loads on first use it loads now. */
	relay_close(relay_open(&sender->settings));
	return jail_enter(JAIL_SEND, &limits, err);
}

static int
take_secret(struct sender *sender, struct error *err)
{
	const struct send_settings *settings = &sender->settings;
	bool fresh = sender->refused;

	sender->refused = false;
	if (settings->password_file != NULL)
		return secret_read(settings->password_file, sender->secret,
				   err);
	if (settings->token_file != NULL)
		return secret_read(settings->token_file, sender->secret, err);
	if (sender->token == NULL)
		return error_set(err, ERROR_CONFIG,
				 "smtp.user is set, but neither password_file, "
				 "token_command nor token_file");
	return secret_ask(sender->token, fresh, sender->secret, err);
}

static int
connect_relay(struct sender *sender, struct error *err)
{
	int rc = 0;

	if (sender->relay != NULL)
		return 0;
	if (send_has_login(&sender->settings))
		rc = take_secret(sender, err);
	if (rc == 0) {
		sender->relay = relay_open(&sender->settings);
		sender->used = false;
		if (send_has_login(&sender->settings))
			relay_login(sender->relay, sender->secret,
				    sender->settings.password_file == NULL);
	}
	secret_wipe(sender->secret);
	return rc;
}

static void
disconnect(struct sender *sender)
{
	relay_close(sender->relay);
	sender->relay = NULL;
}

static enum send_fate
attempt(struct sender *sender, const struct send_letter *letter, char *words)
{
	struct error err = { 0 };
	enum send_fate fate;

	if (connect_relay(sender, &err) != 0) {
		snprintf(words, SEND_WORDS_MAX + 1, "%s", err.text);
		return SEND_DOWN;
	}
	fate = relay_send(sender->relay, letter, words);
	sender->refused = relay_login_refused(sender->relay);
	return fate;
}

/* A connection that was idle may be gone, and a token may be too old; neither
 * says anything about the relay. */
static void
do_letter(struct sender *sender, const struct send_letter *letter,
	  struct send_result *result, char *words)
{
	bool reused = sender->relay != NULL && sender->used;

	result->fate = attempt(sender, letter, words);
	if (result->fate == SEND_DOWN) {
		disconnect(sender);
		if (reused ||
		    (sender->refused && sender->settings.password_file == NULL))
			result->fate = attempt(sender, letter, words);
	}
	sender->used = true;
	if (result->fate == SEND_DOWN || result->fate == SEND_UNKNOWN)
		disconnect(sender);
	result->id = letter->id;
	result->words = span_of(words);
}

static int
serve(struct sender *sender, const struct wire_frame *frame, struct error *err)
{
	struct send_letter letter;
	struct send_result result;
	char words[SEND_WORDS_MAX + 1] = "";

	if (frame->kind != WIRE_LETTER ||
	    send_get_letter(frame->body, &letter, err) != 0)
		return error_set(err, ERROR_INTERNAL, "no letter came");
	do_letter(sender, &letter, &result, words);
	buf_empty(&sender->body);
	send_put_result(&sender->body, &result);
	return wire_send(sender->wire, WIRE_FATE, buf_span(&sender->body), -1,
			 err);
}

static int
tell_state(struct sender *sender, const struct error *why)
{
	struct error err;

	buf_empty(&sender->body);
	wire_put_flag(&sender->body, why == NULL);
	wire_put_string(&sender->body, why != NULL ? why->text : "");
	if (wire_queue(sender->wire, WIRE_STATE, buf_span(&sender->body), -1,
		       &err) != 0)
		return -1;
	return wire_drain(sender->wire, -1, &err) == 1 ? 0 : -1;
}

int
send_role(struct wire *wire)
{
	struct sender sender = { .wire = wire };
	struct arena *arena = arena_new(0);
	struct wire_frame frame;
	struct error err = { 0 };
	int rc;

	sender.secret = arena_alloc(arena, SECRET_MAX);
	buf_init(&sender.body, 64 * 1024);
	rc = begin(&sender, arena, &err);
	if (rc != 0)
		(void)tell_state(&sender, &err);
	else
		rc = tell_state(&sender, NULL);
	while (rc == 0) {
		int got = wire_wait(wire,
				    sender.relay != NULL ? SEND_LINGER_MS : -1,
				    &frame, &err);

		if (got < 0)
			break;
		if (got == 0)
			disconnect(&sender);
		else
			rc = serve(&sender, &frame, &err);
	}
	disconnect(&sender);
	wire_close(sender.token);
	buf_clear(&sender.body);
	arena_free(arena);
	return rc != 0;
}
