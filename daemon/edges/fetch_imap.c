/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fetch_imap_private.h"

enum {
	WORDS_MAX = 200 /* of the server, in an error */
};

/* What servers say, and what to do about it. */
static const struct {
	const char *words, *advice;
} known[] = {
	{ "authenticated but not connected",
	  "the application may log in but not open this mailbox: give its "
	  "service principal FullAccess by Add-MailboxPermission, and let user "
	  "be the mailbox's own address" },
	{ "application-specific password",
	  "the provider wants a password made for this program" },
	{ "imap access is disabled", "switch IMAP on for this mailbox" },
	{ "not enabled for imap", "switch IMAP on for this mailbox" },
	{ "basic authentication",
	  "passwords are switched off there: use token_command" },
	{ "privacyrequired", "the server wants TLS: tls = \"starttls\"" },
	{ "plaintext authentication disallowed",
	  "the server wants TLS: tls = \"starttls\"" },
	{ "unsupported authentication",
	  "the server takes no XOAUTH2 tokens: use password_file" },
	{ "too many", "fewer connections at a time for this user" },
	{ "authenticationfailed",
	  "user or password is not what the server knows" },
	{ "authentication failed",
	  "user or password is not what the server knows" },
};

static const char password_advice[] = ": are user and password right?";
static const char token_advice[] =
	": is user the mailbox's address, and may the application read it by "
	"IMAP?";

void
imap_allow(struct imap *imap, size_t bytes)
{
	imap->literal_max = IMAP_BUDGET;
	line_budget(imap->line, bytes);
	line_deadline(imap->line, imap->settings->deadline_s * 1000LL);
}

bool
imap_alive(const struct imap *imap, int result)
{
	return line_trouble(imap->line)[0] == '\0' &&
	       result != MAILIMAP_ERROR_STREAM &&
	       result != MAILIMAP_ERROR_PARSE &&
	       result != MAILIMAP_ERROR_MEMORY &&
	       result != MAILIMAP_ERROR_FATAL &&
	       result != MAILIMAP_ERROR_BAD_STATE;
}

/* Printable ASCII, and not too much of it. */
static void
clean_words(const char *from, char *to, size_t size)
{
	size_t i;

	for (i = 0; from != NULL && from[i] != '\0' && i + 1 < size; i++)
		to[i] = (char)(from[i] >= 0x20 && from[i] < 0x7f ? from[i] :
								   '?');
	to[i] = '\0';
}

int
imap_search(struct imap *imap, uint32_t lo, uint32_t hi, clist **ret_list)
{
	struct mailimap_set *set = mailimap_set_new_interval(lo, hi);
	struct mailimap_search_key *key = mailimap_search_key_new_uid(set);
	int result;

	if (set == NULL || key == NULL)
		abort();
	imap_allow(imap, IMAP_BUDGET);
	result = mailimap_uid_search(imap->session, NULL, key, ret_list);
	mailimap_search_key_free(key);
	return result;
}

int
imap_failed(struct imap *imap, const char *what, int result, struct error *err)
{
	char words[WORDS_MAX];
	enum error_kind kind = ERROR_INPUT;
	size_t i;

	if (line_trouble(imap->line)[0] != '\0')
		return error_set(err, ERROR_TEMPORARY, "%s: %s", what,
				 line_trouble(imap->line));
	if (!imap_alive(imap, result))
		return error_set(err, ERROR_TEMPORARY,
				 "%s: the server's answer makes no sense (%d)",
				 what, result);
	if (result == MAILIMAP_ERROR_LOGIN ||
	    result == MAILIMAP_ERROR_DONT_ACCEPT_CONNECTION)
		kind = ERROR_CONFIG;
	clean_words(imap->session->imap_response, words, sizeof words);
	for (i = 0; i < ARRAY_SIZE(known); i++)
		if (strcasestr(words, known[i].words) != NULL)
			return error_set(err, kind,
					 "%s: the server says \"%s\": %s", what,
					 words, known[i].advice);
	return error_set(err, kind, "%s: the server says \"%s\"%s", what, words,
			 result != MAILIMAP_ERROR_LOGIN ? "" :
			 imap->settings->password_file != NULL ?
							  password_advice :
							  token_advice);
}

/* ---- opening ---- */

/* Told while a literal comes in. The library has no limit of its own, so one
 * that nobody asked for ends the connection here (D15.6). */
static void
on_literal(size_t current, size_t most, void *context)
{
	struct imap *imap = context;

	if (current > imap->literal_max || most > imap->literal_max)
		line_budget(imap->line, 0);
}

/* Without it the library would ignore the handler for messages (D15.4). */
static void
on_item(size_t current, size_t most, void *context)
{
	(void)current;
	(void)most;
	(void)context;
}

static bool
offers(const struct mailimap_capability_data *data, const char *name)
{
	clistiter *at;

	for (at = clist_begin(data->cap_list); at != NULL;
	     at = clist_next(at)) {
		const struct mailimap_capability *capability =
			clist_content(at);

		if (capability->cap_type == MAILIMAP_CAPABILITY_NAME &&
		    strcasecmp(capability->cap_data.cap_name, name) == 0)
			return true;
	}
	return false;
}

static int
ask_capabilities(struct imap *imap, struct error *err)
{
	struct mailimap_capability_data *data;
	int result;

	imap_allow(imap, IMAP_BUDGET);
	result = mailimap_capability(imap->session, &data);
	if (result != MAILIMAP_NO_ERROR)
		return imap_failed(imap, "asking what it can", result, err);
	imap->has_idle = offers(data, "IDLE");
	imap->has_starttls = offers(data, "STARTTLS");
	mailimap_capability_data_free(data);
	return 0;
}

/* RFC 3501 6.2.1 and the injection of 2011 (facts D10): whatever came in the
 * clear behind the OK is an attacker's, and everything learnt before is asked
 * again. */
static int
start_tls(struct imap *imap, const struct line_trust *trust, struct error *err)
{
	int result;

	imap_allow(imap, IMAP_BUDGET);
	if (!imap->has_starttls)
		return error_set(err, ERROR_CONFIG,
				 "the server offers no STARTTLS: perhaps tls = "
				 "\"implicit\" on port 993?");
	result = mailimap_starttls(imap->session);
	if (imap_alive(imap, result) &&
	    (imap->session->imap_stream->read_buffer_len != 0 ||
	     line_poll(imap->line) != 0))
		return error_set(err, ERROR_TEMPORARY,
				 "somebody put words of his own behind the "
				 "answer to STARTTLS: not going on");
	if (result != MAILIMAP_NO_ERROR)
		return imap_failed(imap, "STARTTLS", result, err);
	return line_secure(imap->line, trust, imap->settings->host, err);
}

static int
greet(struct imap *imap, const struct line_trust *trust, bool *ret_known,
      struct error *err)
{
	mailstream *stream = line_stream(imap->line);
	int result;

	if (stream == NULL)
		return error_set(err, ERROR_TEMPORARY, "no memory");
	imap_allow(imap, IMAP_BUDGET);
	result = mailimap_connect(imap->session, stream);
	if (result != MAILIMAP_NO_ERROR_AUTHENTICATED &&
	    result != MAILIMAP_NO_ERROR_NON_AUTHENTICATED)
		return imap_failed(imap, "greeting", result, err);
	*ret_known = result == MAILIMAP_NO_ERROR_AUTHENTICATED;
	/* What it can do counts only once we are in, safely; asking before
	 * that would cost a round trip. */
	if (imap->settings->tls != MAILBOX_TLS_STARTTLS)
		return *ret_known ? ask_capabilities(imap, err) : 0;
	if (*ret_known) /* then TLS could not begin any more */
		return error_set(err, ERROR_CONFIG,
				 "the server logs us in without TLS: not going "
				 "on");
	if (ask_capabilities(imap, err) != 0)
		return -1;
	return start_tls(imap, trust, err);
}

static int
log_in(struct imap *imap, const char *secret, struct error *err)
{
	const struct mailbox_settings *settings = imap->settings;
	int result;

	imap_allow(imap, IMAP_BUDGET);
	if (settings->password_file != NULL)
		result = mailimap_login(imap->session, settings->user, secret);
	else
		result = mailimap_oauth2_authenticate(imap->session,
						      settings->user, secret);
	if (result != MAILIMAP_NO_ERROR)
		return imap_failed(imap, "logging in", result, err);
	return ask_capabilities(imap, err);
}

static bool
is_clean(const char *secret)
{
	for (; *secret != '\0'; secret++)
		if ((unsigned char)*secret < 0x20 || *secret == 0x7f)
			return false;
	return true;
}

static int
establish(struct imap *imap, const struct line_trust *trust, const char *secret,
	  struct error *err)
{
	const struct mailbox_settings *settings = imap->settings;
	bool known_user = false;

	if (line_open(settings->host, settings->port,
		      (int)settings->deadline_s * 1000, &imap->line, err) != 0)
		return -1;
	if (settings->tls == MAILBOX_TLS_IMPLICIT &&
	    line_secure(imap->line, trust, settings->host, err) != 0)
		return -1;
	if (greet(imap, trust, &known_user, err) != 0)
		return -1;
	if (!is_clean(secret))
		return error_set(err, ERROR_CONFIG,
				 "there are control characters in the secret");
	if (!known_user && log_in(imap, secret, err) != 0)
		return -1;
	return 0;
}

int
imap_open(const struct mailbox_settings *settings,
	  const struct line_trust *trust, const char *secret,
	  struct imap **ret_imap, struct error *err)
{
	struct imap *imap = calloc(1, sizeof *imap);

	if (imap == NULL)
		abort();
	imap->settings = settings;
	imap->arena = arena_new(0);
	imap->session = mailimap_new(0, NULL);
	if (imap->session == NULL)
		abort();
	mailimap_set_progress_callback(imap->session, on_literal, on_item,
				       imap);
	if (establish(imap, trust, secret, err) != 0) {
		imap_close(imap);
		return -1;
	}
	*ret_imap = imap;
	return 0;
}

void
imap_close(struct imap *imap)
{
	if (imap == NULL)
		return;
	/* Without LOGOUT: nothing is lost, and a server that is stuck would
	 * keep us. The library says it by itself unless it has no stream. */
	if (imap->session->imap_stream != NULL) {
		mailstream_close(imap->session->imap_stream);
		imap->session->imap_stream = NULL;
	}
	mailimap_free(imap->session);
	line_close(imap->line);
	arena_free(imap->arena);
	free(imap);
}

bool
imap_has_idle(const struct imap *imap)
{
	return imap->has_idle;
}
