/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "send.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>

#include "base/attribute.h"
#include "send_private.h"

enum { HOST_MAX = 253, LABEL_MAX = 63 };

static bool
domain_ok(struct span domain)
{
	struct span label;
	size_t i;

	if (domain.len == 0 || domain.len > HOST_MAX ||
	    domain.ptr[domain.len - 1] == '.')
		return false;
	while (span_next(&domain, '.', &label)) {
		if (label.len == 0 || label.len > LABEL_MAX ||
		    label.ptr[0] == '-' || label.ptr[label.len - 1] == '-')
			return false;
		for (i = 0; i < label.len; i++)
			if (!isalnum((unsigned char)label.ptr[i]) &&
			    label.ptr[i] != '-')
				return false;
	}
	return true;
}

/* RFC 5321 4.1.2 Dot-string; a Quoted-string could hold anything and no
 * council gives one to a person. */
static bool
local_ok(struct span local)
{
	static const char marks[] = "!#$%&'*+-/=?^_`{|}~.";
	size_t i;

	if (local.len == 0 || local.len > SEND_LOCAL_MAX ||
	    local.ptr[0] == '.' || local.ptr[local.len - 1] == '.')
		return false;
	for (i = 0; i < local.len; i++) {
		char c = local.ptr[i];

		if (c == '\0' ||
		    (!isalnum((unsigned char)c) && strchr(marks, c) == NULL))
			return false;
		if (c == '.' && local.ptr[i - 1] == '.')
			return false;
	}
	return true;
}

bool
send_address_ok(struct span address)
{
	size_t at = span_find_byte(address, '@');

	return address.len <= SEND_ADDRESS_MAX && at < address.len &&
	       local_ok(span_sub(address, 0, at)) &&
	       domain_ok(span_sub(address, at + 1, address.len));
}

bool
send_host_is_loopback(const char *host)
{
	struct in_addr four;
	struct in6_addr six;

	if (strcmp(host, "localhost") == 0)
		return true;
	if (inet_pton(AF_INET, host, &four) == 1)
		return ntohl(four.s_addr) >> 24 == 127;
	return inet_pton(AF_INET6, host, &six) == 1 &&
	       IN6_IS_ADDR_LOOPBACK(&six);
}

static bool
host_ok(const char *host)
{
	struct in6_addr six;

	return domain_ok(span_of(host)) || inet_pton(AF_INET6, host, &six) == 1;
}

int
send_settings_check(const struct send_settings *settings, struct error *err)
{
	if (settings->host == NULL || !host_ok(settings->host))
		return error_set(err, ERROR_CONFIG,
				 "smtp.host is no name of a machine");
	if (settings->tls == SEND_TLS_NONE &&
	    !send_host_is_loopback(settings->host))
		return error_set(err, ERROR_CONFIG,
				 "smtp.tls = \"none\" is for loopback only; "
				 "use \"starttls\" or \"implicit\"");
	if (settings->helo != NULL && !domain_ok(span_of(settings->helo)))
		return error_set(err, ERROR_CONFIG,
				 "smtp.helo is no name of a machine");
	if (settings->bounce != NULL &&
	    !send_address_ok(span_of(settings->bounce)))
		return error_set(err, ERROR_CONFIG,
				 "smtp.bounce is no plain address");
	if (settings->user != NULL && settings->user[0] == '\0')
		return error_set(err, ERROR_CONFIG, "smtp.user is empty");
	return 0;
}

bool
send_has_login(const struct send_settings *settings)
{
	return settings->user != NULL;
}

const char *
send_fate_name(enum send_fate fate)
{
	static const char *const names[] = {
		[SEND_ACCEPTED] = "accepted", [SEND_LATER] = "later",
		[SEND_DOWN] = "down",         [SEND_NEVER] = "never",
		[SEND_UNKNOWN] = "unknown",
	};

	_Static_assert(ARRAY_SIZE(names) == SEND_FATE_COUNT, "a name each");
	return names[fate];
}

/* What a refusal means depends on what was refused. Before RCPT it is about us
 * (our address, our password, this relay's health), never about the letter:
 * that is somebody's to mend, and no reason to give letters up. */
enum send_fate
send_judge(enum send_stage stage, bool ok, int reply)
{
	if (ok)
		return SEND_ACCEPTED;
	if (stage < STAGE_RCPT || reply == 421)
		return SEND_DOWN;
	if (reply >= 500 && reply <= 599)
		return SEND_NEVER;
	if (reply >= 400 && reply <= 499)
		return SEND_LATER;
	return stage == STAGE_DOT ? SEND_UNKNOWN : SEND_DOWN;
}

void
send_put_settings(struct buf *body, const struct send_settings *settings)
{
	wire_put_string(body, settings->host);
	wire_put_number(body, settings->port);
	wire_put_number(body, settings->tls);
	wire_put_string(body, settings->ca_file);
	wire_put_string(body, settings->user);
	wire_put_string(body, settings->password_file);
	wire_put_string(body, settings->token_file);
	wire_put_string(body, settings->helo);
	wire_put_string(body, settings->bounce);
	wire_put_number(body, settings->deadline_s);
}

int
send_get_settings(struct span body, struct arena *arena,
		  struct send_settings *ret_settings, struct error *err)
{
	struct wire_reader reader = wire_reader_of(body);
	struct send_settings settings = { 0 };

	settings.host = wire_get_string(&reader, arena);
	settings.port = (int)wire_get_number(&reader, 0, 65535);
	settings.tls =
		(enum send_tls)wire_get_number(&reader, 0, SEND_TLS_NONE);
	settings.ca_file = wire_get_string(&reader, arena);
	settings.user = wire_get_string(&reader, arena);
	settings.password_file = wire_get_string(&reader, arena);
	settings.token_file = wire_get_string(&reader, arena);
	settings.helo = wire_get_string(&reader, arena);
	settings.bounce = wire_get_string(&reader, arena);
	settings.deadline_s = (int)wire_get_number(&reader, 1, 86400);
	if (!wire_done(&reader))
		return error_set(err, ERROR_INTERNAL,
				 "settings of the sender make no sense");
	if (send_settings_check(&settings, err) != 0)
		return -1;
	*ret_settings = settings;
	return 0;
}

void
send_put_letter(struct buf *body, const struct send_letter *letter)
{
	wire_put_number(body, letter->id);
	wire_put_text(body, letter->recipient);
	wire_put_bytes(body, letter->text);
}

int
send_get_letter(struct span body, struct send_letter *ret_letter,
		struct error *err)
{
	struct wire_reader reader = wire_reader_of(body);
	struct send_letter letter;

	letter.id = wire_get_number(&reader, 1, INT64_MAX);
	letter.recipient = wire_get_text(&reader, WIRE_STRING_MAX);
	letter.text = wire_get_bytes(&reader, SEND_LETTER_MAX);
	if (!wire_done(&reader))
		return error_set(err, ERROR_INPUT, "no letter came");
	*ret_letter = letter;
	return 0;
}

void
send_put_result(struct buf *body, const struct send_result *result)
{
	wire_put_number(body, result->id);
	wire_put_number(body, result->fate);
	wire_put_text(body, result->words);
}

int
send_get_result(struct span body, struct send_result *ret_result,
		struct error *err)
{
	struct wire_reader reader = wire_reader_of(body);
	struct send_result result;

	result.id = wire_get_number(&reader, 1, INT64_MAX);
	result.fate = (enum send_fate)wire_get_number(&reader, 0,
						      SEND_FATE_COUNT - 1);
	result.words = wire_get_text(&reader, SEND_WORDS_MAX);
	if (!wire_done(&reader))
		return error_set(err, ERROR_INPUT,
				 "the sender said something odd");
	*ret_result = result;
	return 0;
}
