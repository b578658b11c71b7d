/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

#include "base/log.h"
#include "fetch_imap.h"
#include "jail.h"
#include "role.h"
#include "secret.h"

enum {
	FIRST_IDLE_MS = 2000, /* then one look, for what came in between */
	DESCRIPTORS = 64,
	REFUSED_DOUBLINGS = 4
};
static const size_t memory_base = (size_t)640 * 1024 * 1024;

struct session {
	struct fetcher fetcher;
	struct line_trust *trust;
	struct wire *token; /* NULL: none */
	char *secret;       /* SECRET_MAX */
	bool refused;       /* the last token was */
	bool worked;        /* got in since the last failure */
};

static int
take_secret(struct session *session, struct error *err)
{
	const struct mailbox_settings *settings = &session->fetcher.settings;

	if (settings->password_file != NULL)
		return secret_read(settings->password_file, session->secret,
				   err);
	if (settings->token_file != NULL)
		return secret_read(settings->token_file, session->secret, err);
	return secret_ask(session->token, session->refused, session->secret,
			  err);
}

static int
log_in(struct session *session, struct imap **ret_imap, struct error *err)
{
	int rc;

	if (take_secret(session, err) != 0)
		return -1;
	rc = imap_open(&session->fetcher.settings, session->trust,
		       session->secret, ret_imap, err);
	secret_wipe(session->secret);
	session->refused = rc != 0 && err->kind == ERROR_CONFIG;
	return rc;
}

/* Every folder once. One that cannot be had is told, and the others go on. */
static int
look(struct session *session, struct imap *imap, struct error *err)
{
	struct fetcher *fetcher = &session->fetcher;
	bool trouble = false;
	size_t i;

	/* The first one last: it stays open, for IDLE. */
	for (i = fetcher->folder_count; i-- > 0 && !fetcher->stop;) {
		struct fetch_folder *folder = &fetcher->folders[i];

		if (imap_sync(imap, fetcher, folder, err) == 0)
			continue;
		if (err->kind != ERROR_INPUT)
			return -1;
		trouble = true;
		if (fetcher_tell(fetcher, FETCH_TROUBLE, folder->name,
				 fetcher->settings.poll_s, err->text, err) != 0)
			return -1;
	}
	return trouble ?
		       0 :
		       fetcher_tell(fetcher, FETCH_UP_TO_DATE, "", 0, "", err);
}

static int
wait_for_mail(struct session *session, struct imap *imap, long long *idle_ms,
	      struct error *err)
{
	struct fetcher *fetcher = &session->fetcher;
	long long poll_ms = fetcher->settings.poll_s * 1000LL;
	long long wait = *idle_ms;

	*idle_ms = fetcher->settings.idle_s * 1000LL;
	if (!imap_has_idle(imap))
		return fetcher_wait(fetcher, poll_ms, -1, err);
	if (fetcher->folder_count > 1 && wait > poll_ms)
		wait = poll_ms;
	return imap_idle(imap, fetcher, wait, err);
}

/* One connection, until it breaks or the parent stops us. */
static int
run_connection(struct session *session, struct error *err)
{
	struct fetcher *fetcher = &session->fetcher;
	long long idle_ms = FIRST_IDLE_MS;
	struct imap *imap;
	int rc;

	rc = fetcher_tell(fetcher, FETCH_CONNECTING, "", 0, "", err);
	if (rc != 0 || log_in(session, &imap, err) != 0)
		return -1;
	session->worked = true;
	while (rc == 0 && !fetcher->stop) {
		rc = look(session, imap, err);
		if (rc == 0 && !fetcher->stop)
			rc = wait_for_mail(session, imap, &idle_ms, err);
	}
	imap_close(imap);
	return rc;
}

/* Name services load code on first use, which the jail forbids later. */
static void
warm_up_resolver(const char *host)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *list;

	if (host != NULL && getaddrinfo(host, "imaps", &hints, &list) == 0)
		freeaddrinfo(list);
}

static int
begin(struct session *session, struct wire *wire, struct error *err)
{
	struct jail_limits limits = { .descriptors = DESCRIPTORS };
	const struct mailbox_settings *settings = &session->fetcher.settings;

	if (fetcher_begin(&session->fetcher, wire, err) != 0)
		return -1;
	if (mailbox_settings_check(settings, err) != 0)
		return -1;
	if (settings->tls != MAILBOX_TLS_NONE &&
	    line_trust_load(settings->ca_file, &session->trust, err) != 0)
		return -1;
	if (settings->token_command != NULL)
		session->token = wire_open(ROLE_FIRST_FD);
	session->secret = arena_alloc(session->fetcher.arena, SECRET_MAX);
	warm_up_resolver(settings->host);
	/* A message, its copy and the library's buffers. */
	limits.memory = memory_base + 3 * settings->message_max;
	return jail_enter(JAIL_FETCH, &limits, err);
}

int
fetch_role(struct wire *wire)
{
	struct session session = { 0 };
	struct fetcher *fetcher = &session.fetcher;
	struct error err = { 0 };
	unsigned failures = 0;
	bool ready = begin(&session, wire, &err) == 0;

	if (fetcher->wire == NULL)
		return 1;
	while (!fetcher->stop) {
		unsigned wait;

		session.worked = false;
		if (ready && run_connection(&session, &err) == 0)
			break;
		failures = session.worked ? 1 : failures + 1;
		wait = fetch_backoff_ms(failures);
		/* Servers lock users out who knock too often with the wrong
		 * key; the second try may have had a fresh token. */
		if (err.kind == ERROR_CONFIG && failures > 1)
			wait = fetch_backoff_ms(failures + REFUSED_DOUBLINGS);
		if (fetcher_tell(fetcher, FETCH_TROUBLE, "", wait / 1000 + 1,
				 err.text, &err) != 0)
			break;
		if (fetcher_wait(fetcher, wait, -1, &err) != 0 || !ready)
			break;
	}
	wire_close(session.token);
	line_trust_free(session.trust);
	return !ready;
}
