/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Is From true, as far as the council's own border could tell? The answer
 * stands in Authentication-Results (RFC 8601), which anybody can write. So only
 * fields that bear the name of a server that the operator named count, and of
 * these only the topmost ones: all that stand between the same two Received
 * lines, since one server may write a field for each method. What a sender
 * brought along lies below the border's own Received.
 *
 * Where it does not, because the server writes its fields under its Received
 * and has not removed the sender's (RFC 8601 sections 5 and 7.1), a sender's
 * field can stand among them, but only below: a server puts its own in front.
 * So the topmost field is the server's, and those below it are believed where
 * they make things worse. Of each method the worst result counts, and no field
 * passes what one above it found doubtful.
 *
 * A pass of SPF or DKIM is about some domain, which has to be that of From
 * (RFC 7489 section 3.1, relaxed): equal, or one below the other.
 */
#include <assert.h>
#include <string.h>

#include "message_private.h"

enum {
	FIELD_MAX = 16 * 1024, /* of one field; real: < 2 kB */
	FIELDS_MAX = 20,
	WHY_MAX = 60 /* of a method or result that is told */
};

/* Fields of Exchange Online begin with a result, without a server's name. */
static const char nameless[] = "exchange-online";

/* What one method told. Of several results in one field (of two signatures,
 * say) the one that stands last here counts. */
enum told {
	TOLD_NOTHING,
	TOLD_NONE, /* nothing was there to be checked */
	TOLD_DOUBT,
	TOLD_PASS,
	TOLD_FAIL
};

struct telling {
	enum told told;
	struct span words; /* "dkim=pass" */
};

enum { METHOD_COUNT = 4 };

struct check {
	struct reading *reading;
	struct span domain;                 /* of From */
	struct telling field[METHOD_COUNT]; /* what this field tells */
	struct telling all[METHOD_COUNT];   /* with those above it */
	bool failed, verified, doubtful;
	struct span why, doubt; /* the first failure, the first doubt */
};

/* ---- the grammar ---- */

/* Where the comment that opens at `at` ends (RFC 5322 section 3.2.2). */
static size_t
skip_comment(struct span value, size_t at)
{
	unsigned depth = 0;

	for (; at < value.len; at++) {
		if (value.ptr[at] == '\\')
			at++;
		else if (value.ptr[at] == '(')
			depth++;
		else if (value.ptr[at] == ')' && --depth == 0)
			return at + 1;
	}
	return value.len;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Without comments, blanks around '=', and quotation marks; what stood in
 * quotation marks cannot end a result, for its ';' and blanks become '_'. */
static struct span
plain(struct reading *reading, struct span value)
{
	char *out = arena_alloc(reading->arena, value.len + 1);
	size_t at = 0, len = 0;
	bool quoted = false;

	while (at < value.len) {
		char c = value.ptr[at];

		if (c == '"') {
			quoted = !quoted;
		} else if (!quoted && c == '(') {
			at = skip_comment(value, at);
			c = ' ';
			at--;
		} else if (quoted && (c == ';' || c == '=' || is_blank(c))) {
			c = '_';
		} else if (is_blank(c)) {
			c = ' ';
		}
		at++;
		if (c == '"' || (c == ' ' && len != 0 &&
				 (out[len - 1] == ' ' || out[len - 1] == '=')))
			continue;
		if (c == '=' && len != 0 && out[len - 1] == ' ')
			len--;
		out[len++] = c;
	}
	return span_trim((struct span){ .ptr = out, .len = len });
}

/* The next word, up to a blank. */
static bool
next_word(struct span *rest, struct span *ret_word)
{
	*rest = span_trim(*rest);
	if (rest->len == 0)
		return false;
	*ret_word = span_sub(*rest, 0, span_find_byte(*rest, ' '));
	*rest = span_sub(*rest, ret_word->len, rest->len);
	return true;
}

/* "a@b", "<a@b>", "@b" or "b": b. */
static struct span
domain_of(struct span value)
{
	size_t at = value.len;

	while (at != 0 && value.ptr[at - 1] != '@')
		at--;
	value = span_sub(value, at, value.len);
	while (value.len != 0 && (value.ptr[value.len - 1] == '>' ||
				  value.ptr[value.len - 1] == '.'))
		value.len--;
	return value;
}

static bool
below(struct span domain, struct span parent)
{
	return parent.len != 0 && domain.len > parent.len &&
	       span_find_byte(parent, '.') < parent.len &&
	       domain.ptr[domain.len - parent.len - 1] == '.' &&
	       span_equal_nocase(
		       span_sub(domain, domain.len - parent.len, domain.len),
		       parent);
}

static bool
aligned(const struct check *check, struct span domain)
{
	return domain.len != 0 &&
	       (span_equal_nocase(domain, check->domain) ||
		below(domain, check->domain) || below(check->domain, domain));
}

/* ---- what a result means ---- */

struct result {
	struct span method, value;
	struct span domain; /* that it is about, or empty */
};

/* Results are words in ASCII; who writes others there is not quoted. */
static struct span
words_of(const struct check *check, const struct result *result,
	 const char *more)
{
	struct span words = arena_printf(
		check->reading->arena, "%.*s=%.*s%s",
		SPAN_ARG(span_sub(result->method, 0, WHY_MAX)),
		SPAN_ARG(span_sub(result->value, 0, WHY_MAX)), more);
	char *at = (char *)words.ptr;
	size_t i;

	for (i = 0; i < words.len; i++)
		if (at[i] < ' ' || at[i] > '~')
			at[i] = '?';
	return words;
}

static void
doubt(struct check *check, struct span words)
{
	if (!check->doubtful)
		check->doubt = words;
	check->doubtful = true;
}

static enum told
take_dmarc(const struct check *check, const struct result *result,
	   const char **ret_more)
{
	if (span_is_nocase(result->value, "pass") ||
	    span_is_nocase(result->value, "bestguesspass")) {
		if (result->domain.len == 0 || aligned(check, result->domain))
			return TOLD_PASS;
		/* Of two From fields each may have taken another. */
		*ret_more = " for another From";
		return TOLD_FAIL;
	}
	if (span_is_nocase(result->value, "fail"))
		return TOLD_FAIL;
	return span_is_nocase(result->value, "none") ? TOLD_NONE : TOLD_DOUBT;
}

/* SPF, DKIM: nothing is known when neither was there to be checked. */
static enum told
take_part(const struct check *check, const struct result *result,
	  const char **ret_more)
{
	bool other = result->domain.len != 0 &&
		     !span_is_nocase(result->domain, "none") &&
		     !aligned(check, result->domain);

	if (other) {
		*ret_more = " for another domain";
		return TOLD_DOUBT;
	}
	if (span_is_nocase(result->value, "pass") && result->domain.len != 0)
		return TOLD_PASS;
	return span_is_nocase(result->value, "none") ? TOLD_NONE : TOLD_DOUBT;
}

/* Somebody who logged in to send. */
static enum told
take_login(const struct check *check, const struct result *result,
	   const char **ret_more)
{
	(void)check;
	(void)ret_more;
	if (span_is_nocase(result->value, "pass"))
		return TOLD_PASS;
	return span_is_nocase(result->value, "fail") ? TOLD_DOUBT : TOLD_NONE;
}

static const struct {
	const char *name;
	const char *properties[2]; /* that name the domain, best first */
	enum told (*take)(const struct check *check,
			  const struct result *result, const char **ret_more);
} methods[] = {
	{ "dmarc", { "header.from", NULL }, take_dmarc },
	{ "dkim", { "header.d", "header.i" }, take_part },
	{ "spf", { "smtp.mailfrom", "smtp.mail" }, take_part },
	{ "auth", { NULL, NULL }, take_login },
};
static_assert(ARRAY_SIZE(methods) == METHOD_COUNT, "a telling each");

static void
take(struct check *check, size_t method, const struct result *result)
{
	struct telling *telling = &check->field[method];
	const char *more = "";
	enum told told = methods[method].take(check, result, &more);
	struct span words;

	words = words_of(check, result, more);
	if (told == TOLD_DOUBT)
		doubt(check, words);
	if (told == TOLD_FAIL && !check->failed) {
		check->failed = true;
		check->why = words;
	}
	if (told > telling->told)
		*telling = (struct telling){ .told = told, .words = words };
}

/* "dkim=pass header.d=b.example header.s=x" */
static void
read_result(struct check *check, struct span text)
{
	struct result result = { .domain = span_of("") };
	struct span word;
	size_t i, best = 2;

	if (!next_word(&text, &word))
		return;
	result.method = span_sub(word, 0, span_find_byte(word, '='));
	result.value = span_sub(word, result.method.len + 1, word.len);
	result.method =
		span_sub(result.method, 0, span_find_byte(result.method, '/'));
	for (i = 0; i < ARRAY_SIZE(methods); i++)
		if (span_is_nocase(result.method, methods[i].name))
			break;
	if (i == ARRAY_SIZE(methods) || result.value.len == 0)
		return;
	while (next_word(&text, &word)) {
		size_t equal = span_find_byte(word, '='), k;

		for (k = 0; k < best && methods[i].properties[k] != NULL; k++)
			if (span_is_nocase(span_sub(word, 0, equal),
					   methods[i].properties[k])) {
				result.domain = domain_of(
					span_sub(word, equal + 1, word.len));
				best = k;
			}
	}
	take(check, i, &result);
}

/* ---- which fields count ---- */

static bool
is_server(const struct message_trust *trust, struct span name)
{
	size_t i;

	for (i = 0; i < trust->server_count; i++)
		if (name.len != 0 ? span_equal_nocase(trust->servers[i], name) :
				    span_is_nocase(trust->servers[i], nameless))
			return true;
	return false;
}

/* The field's server, and its results behind that. */
static struct span
split_field(struct reading *reading, struct span value, struct span *ret_rest)
{
	struct span text = plain(reading, span_sub(value, 0, FIELD_MAX));
	struct span first = span_sub(text, 0, span_find_byte(text, ';'));
	struct span name;

	*ret_rest = text;
	if (span_find_byte(first, '=') < first.len || !next_word(&first, &name))
		return span_of("");
	*ret_rest = span_sub(text, span_find_byte(text, ';') + 1, text.len);
	return name;
}

/* One says that it passed, another that it did not. */
static void
disagree(struct check *check, struct telling *all, const struct telling *field)
{
	doubt(check,
	      arena_printf(check->reading->arena, "%.*s and %.*s",
			   SPAN_ARG(all->words), SPAN_ARG(field->words)));
	all->told = TOLD_DOUBT;
}

/* Adds what the field told to what those above it did. doubted: one of those
 * found something doubtful. */
static void
add_field(struct check *check, bool doubted)
{
	size_t i;

	for (i = 0; i < METHOD_COUNT; i++) {
		const struct telling *field = &check->field[i];
		struct telling *all = &check->all[i];

		if (field->told == TOLD_NOTHING ||
		    (field->told == TOLD_PASS && doubted))
			continue;
		if (all->told == TOLD_NOTHING)
			*all = *field;
		else if ((all->told == TOLD_PASS) != (field->told == TOLD_PASS))
			disagree(check, all, field);
	}
}

static void
read_field(struct check *check, struct span results)
{
	bool doubted = check->doubtful || check->failed;
	struct span result;
	size_t i;

	for (i = 0; i < METHOD_COUNT; i++)
		check->field[i] = (struct telling){ .words = span_of("") };
	while (span_next(&results, ';', &result))
		read_result(check, result);
	add_field(check, doubted);
}

static void
read_fields(struct check *check, const struct part *part)
{
	struct reading *reading = check->reading;
	size_t i, taken = 0;

	for (i = 0; i < part->header_count && taken < FIELDS_MAX; i++) {
		struct span rest;

		if (taken != 0 &&
		    span_is_nocase(part->headers[i].name, "Received"))
			break;
		if (!span_is_nocase(part->headers[i].name,
				    "Authentication-Results") ||
		    !is_server(reading->trust,
			       split_field(reading, part->headers[i].value,
					   &rest)))
			continue;
		taken++;
		read_field(check, rest);
	}
	for (i = 0; i < METHOD_COUNT; i++)
		check->verified |= check->all[i].told == TOLD_PASS;
}

/* Exchange's own word for its own people (facts D7); a header firewall has to
 * keep strangers from writing it. */
static void
read_exchange(struct check *check, const struct part *part)
{
	const struct message_trust *trust = check->reading->trust;
	struct result result = {
		.method = span_of("AuthAs"),
		.value = span_trim(
			part_header(part, "X-MS-Exchange-Organization-AuthAs")),
	};
	size_t i;

	if (!trust->exchange)
		return;
	if (span_is_nocase(result.value, "Internal"))
		check->verified = true;
	else if (span_is_nocase(result.value, "Anonymous"))
		for (i = 0; i < trust->domain_count; i++)
			if (span_equal_nocase(check->domain, trust->domains[i]))
				doubt(check, words_of(check, &result, ""));
}

/* Nobody but the owner puts anything into a Sent folder. */
static bool
lies_in_own_folder(const struct reading *reading)
{
	return reading->origin->sent_folder &&
	       reading->origin->owner.len != 0 &&
	       span_equal_nocase(reading->origin->owner,
				 reading->message->from.email);
}

void
sender_read(struct reading *reading, const struct part *part)
{
	const struct message_trust *trust = reading->trust;
	struct message *message = reading->message;
	struct check check = { .reading = reading,
			       .domain = domain_of(message->from.email),
			       .why = span_of(""),
			       .doubt = span_of("") };

	message->sender_why = span_of("");
	if ((trust->server_count == 0 && !trust->exchange) ||
	    check.domain.len == 0)
		return;
	read_fields(&check, part);
	read_exchange(&check, part);
	if (lies_in_own_folder(reading)) {
		message->sender_check = SENDER_VERIFIED;
	} else if (check.failed) {
		message->sender_check = SENDER_FAILED;
		message->sender_why = check.why;
	} else if (check.verified) {
		message->sender_check = SENDER_VERIFIED;
	} else if (check.doubtful) {
		message->sender_check = SENDER_FAILED;
		message->sender_why = check.doubt;
	} else if (trust->missing_fails && !reading->origin->sent_folder) {
		message->sender_check = SENDER_FAILED;
		message->sender_why = span_of("no server has checked it");
	}
}
