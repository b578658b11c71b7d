/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libcurl as one SMTP connection. Facts that shape this: bare LF goes out as it
 * is and then dots are not stuffed, so the letter is made CRLF before; a
 * refused recipient closes the connection; the list of recipients is not
 * copied; the EHLO name is the path of the URL.
 */
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "send_private.h"

enum { REPLY_MAX = 512, PORT_TEXT_MAX = 16, HELO_MAX = 256 };

struct relay {
	const struct send_settings *settings;
	CURL *curl;
	CURLU *url;
	/* of the letter on its way */
	enum send_stage stage;
	struct buf text; /* CRLF */
	size_t given;    /* of it to the library */
	char reply[REPLY_MAX];
	bool leaving; /* QUIT was said: its reply is not the letter's */
	bool login_refused;
};

static void
set_stage(struct relay *relay, enum send_stage stage)
{
	if (stage > relay->stage)
		relay->stage = stage;
}

/* The library tells every command that it sends; nothing here is kept, since
 * AUTH is among them. */
static int
on_command(CURL *curl, curl_infotype type, char *data, size_t size,
	   void *context)
{
	static const struct {
		const char *command;
		enum send_stage stage;
	} stages[] = {
		{ "MAIL FROM:", STAGE_MAIL },
		{ "RCPT TO:", STAGE_RCPT },
		{ "DATA", STAGE_DATA },
	};
	struct span line = { .ptr = data, .len = size };
	struct relay *relay = context;
	size_t i;

	(void)curl;
	if (type == CURLINFO_HEADER_OUT && span_starts(line, "QUIT"))
		relay->leaving = true;
	for (i = 0; type == CURLINFO_HEADER_OUT && i < ARRAY_SIZE(stages); i++)
		if (span_starts(line, stages[i].command))
			set_stage(relay, stages[i].stage);
	return 0;
}

static size_t
on_reply(char *data, size_t size, size_t count, void *context)
{
	struct relay *relay = context;
	struct span line =
		span_trim((struct span){ .ptr = data, .len = size * count });

	if (relay->leaving)
		return size * count;
	if (line.len >= sizeof relay->reply)
		line.len = sizeof relay->reply - 1;
	if (line.len != 0)
		memcpy(relay->reply, line.ptr, line.len);
	relay->reply[line.len] = '\0';
	return size * count;
}

static size_t
on_read(char *room, size_t size, size_t count, void *context)
{
	struct relay *relay = context;
	size_t left = relay->text.len - relay->given;
	size_t n = size * count < left ? size * count : left;

	if (n != 0)
		memcpy(room, relay->text.ptr + relay->given, n);
	relay->given += n;
	if (relay->given == relay->text.len)
		set_stage(relay, STAGE_DOT);
	return n;
}

static int
on_seek(void *context, curl_off_t offset, int origin)
{
	struct relay *relay = context;

	if (origin != SEEK_SET || offset < 0 ||
	    (size_t)offset > relay->text.len)
		return CURL_SEEKFUNC_FAIL;
	relay->given = (size_t)offset;
	return CURL_SEEKFUNC_OK;
}

static void
own_name(char name[HELO_MAX])
{
	if (gethostname(name, HELO_MAX - 1) != 0 || name[0] == '\0')
		snprintf(name, HELO_MAX, "localhost");
	name[HELO_MAX - 1] = '\0';
}

static void
set_url(struct relay *relay)
{
	static const int ports[] = { [SEND_TLS_IMPLICIT] = 465,
				     [SEND_TLS_STARTTLS] = 587,
				     [SEND_TLS_NONE] = 25 };
	const struct send_settings *settings = relay->settings;
	char port[PORT_TEXT_MAX], name[HELO_MAX], path[HELO_MAX + 1];
	char host[HELO_MAX + 2];
	bool six = strchr(settings->host, ':') != NULL;

	own_name(name);
	snprintf(path, sizeof path, "/%s",
		 settings->helo != NULL ? settings->helo : name);
	snprintf(port, sizeof port, "%d",
		 settings->port != 0 ? settings->port : ports[settings->tls]);
	snprintf(host, sizeof host, six ? "[%s]" : "%s", settings->host);
	if (curl_url_set(relay->url, CURLUPART_SCHEME,
			 settings->tls == SEND_TLS_IMPLICIT ? "smtps" : "smtp",
			 0) != CURLUE_OK ||
	    curl_url_set(relay->url, CURLUPART_HOST, host, 0) != CURLUE_OK ||
	    curl_url_set(relay->url, CURLUPART_PORT, port, 0) != CURLUE_OK ||
	    curl_url_set(relay->url, CURLUPART_PATH, path, 0) != CURLUE_OK)
		abort();
}

static void
set_safety(struct relay *relay)
{
	const struct send_settings *settings = relay->settings;
	CURL *curl = relay->curl;

	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_USE_SSL,
			 settings->tls == SEND_TLS_NONE ?
				 (long)CURLUSESSL_NONE :
				 (long)CURLUSESSL_ALL);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION,
			 (long)CURL_SSLVERSION_TLSv1_2);
	if (settings->ca_file != NULL) {
		curl_easy_setopt(curl, CURLOPT_CAINFO, settings->ca_file);
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	}
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)settings->deadline_s);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT,
			 (long)settings->deadline_s);
	curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
}

static void
set_callbacks(struct relay *relay)
{
	CURL *curl = relay->curl;

	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, on_command);
	curl_easy_setopt(curl, CURLOPT_DEBUGDATA, relay);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_reply);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, relay);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
	curl_easy_setopt(curl, CURLOPT_READDATA, relay);
	curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, on_seek);
	curl_easy_setopt(curl, CURLOPT_SEEKDATA, relay);
}

struct relay *
relay_open(const struct send_settings *settings)
{
	struct relay *relay = calloc(1, sizeof *relay);

	if (relay == NULL)
		abort();
	relay->settings = settings;
	relay->curl = curl_easy_init();
	relay->url = curl_url();
	if (relay->curl == NULL || relay->url == NULL)
		abort();
	buf_init(&relay->text, 2 * SEND_LETTER_MAX);
	set_url(relay);
	curl_easy_setopt(relay->curl, CURLOPT_CURLU, relay->url);
	set_safety(relay);
	set_callbacks(relay);
	return relay;
}

void
relay_close(struct relay *relay)
{
	if (relay == NULL)
		return;
	curl_easy_cleanup(relay->curl);
	curl_url_cleanup(relay->url);
	buf_clear(&relay->text);
	free(relay);
}

void
relay_login(struct relay *relay, const char *secret, bool token)
{
	curl_easy_setopt(relay->curl, CURLOPT_USERNAME, relay->settings->user);
	curl_easy_setopt(relay->curl,
			 token ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD,
			 secret);
}

bool
relay_login_refused(const struct relay *relay)
{
	return relay->login_refused;
}

/* Every line end becomes CRLF, whatever it was, and the last line has one. */
static void
make_crlf(struct buf *out, struct span text)
{
	size_t i;

	buf_empty(out);
	for (i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n')
			continue;
		if (c == '\n' || c == '\r')
			buf_add_literal(out, "\r\n");
		else
			buf_add_byte(out, c);
	}
	if (out->len < 2 || out->ptr[out->len - 1] != '\n')
		buf_add_literal(out, "\r\n");
}

static int
reply_code(const char *reply)
{
	int i, code = 0;

	for (i = 0; i < 3; i++) {
		if (reply[i] < '0' || reply[i] > '9')
			return 0;
		code = code * 10 + (reply[i] - '0');
	}
	return code;
}

/* Of the relay when it refused, else of the library; printable ASCII. */
static void
take_words(const struct relay *relay, CURLcode result, char *words)
{
	int code = reply_code(relay->reply);
	char *p;

	if (result == CURLE_OK || code >= 400)
		snprintf(words, SEND_WORDS_MAX + 1, "%s", relay->reply);
	else
		snprintf(words, SEND_WORDS_MAX + 1, "%s%s",
			 relay->stage == STAGE_DOT ?
				 "after the whole letter was given: " :
				 "",
			 curl_easy_strerror(result));
	for (p = words; *p != '\0'; p++)
		if (*p < ' ' || *p > '~')
			*p = '?';
}

enum send_fate
relay_send(struct relay *relay, const struct send_letter *letter,
	   char *ret_words)
{
	char recipient[SEND_ADDRESS_MAX + 1];
	struct curl_slist *list;
	CURLcode result;

	if (!send_address_ok(letter->recipient)) {
		snprintf(ret_words, SEND_WORDS_MAX + 1,
			 "the recipient is no plain address");
		return SEND_NEVER;
	}
	memcpy(recipient, letter->recipient.ptr, letter->recipient.len);
	recipient[letter->recipient.len] = '\0';
	list = curl_slist_append(NULL, recipient);
	if (list == NULL)
		abort();
	make_crlf(&relay->text, letter->text);
	relay->given = 0;
	relay->stage = STAGE_CONNECT;
	relay->reply[0] = '\0';
	relay->leaving = false;
	curl_easy_setopt(
		relay->curl, CURLOPT_MAIL_FROM,
		relay->settings->bounce != NULL ? relay->settings->bounce : "");
	curl_easy_setopt(relay->curl, CURLOPT_MAIL_RCPT, list);
	curl_easy_setopt(relay->curl, CURLOPT_INFILESIZE_LARGE,
			 (curl_off_t)relay->text.len);
	result = curl_easy_perform(relay->curl);
	curl_easy_setopt(relay->curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(list);
	relay->login_refused = result == CURLE_LOGIN_DENIED;
	take_words(relay, result, ret_words);
	return send_judge(relay->stage, result == CURLE_OK,
			  reply_code(relay->reply));
}
