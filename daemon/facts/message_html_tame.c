/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Markup that libxml2 is slow at, taken out before it sees it. What people read
 * stays: a letter must not be able to hide its words behind such markup.
 *
 * Attributes: each one's name is compared with all before it in the same tag,
 * so that a hundred thousand of them take ten seconds. From ATTRIBUTES_MAX on
 * all are given one name, and the library drops them as it meets them. Which
 * bytes are attributes is told here as htmlParseStartTag() tells it, from every
 * '<' that a tag may begin with: wherever it sees one, it was seen here too.
 * In a comment, say, nothing is one; so only letters of names are changed, and
 * nothing that could end whatever it really is.
 *
 * Ampersands: each that begins no entity costs an error of its own, as much
 * time as a hundred words. Past STRAY_MAX of them the others are blanked.
 */
#include <string.h>

#include "message_html.h"

enum {
	ATTRIBUTES_MAX = 500,   /* of one tag; real mail has < 40 */
	STRAY_MAX = 20 * 1000,  /* ampersands that begin no entity */
	NAME_MAX_BYTES = 100,   /* HTML_PARSER_BUFFER_SIZE */
	LOOKS_MAX = 8,          /* times the text, at tags within tags */
	LOOKS_LEAST = 64 * 1024 /* for short texts */
};

struct tame {
	struct reading *reading;
	struct span html;
	char *copy; /* of it, from the first change on */
	size_t looked;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
starts_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       c == ':' || c == '.';
}

static bool
in_name(char c)
{
	return starts_name(c) || (c >= '0' && c <= '9') || c == '-';
}

static void
blank(struct tame *tame, size_t start, size_t end)
{
	if (tame->copy == NULL) {
		tame->html = arena_span(tame->reading->arena, tame->html);
		tame->copy = (char *)tame->html.ptr;
		reading_warn(tame->reading, "html: odd markup, left out");
	}
	memset(tame->copy + start, ' ', end - start);
}

/* All get the name "a". Dashes at the end may be those of "-->". */
static void
rename_attribute(struct tame *tame, size_t start, size_t end)
{
	while (end > start + 1 && tame->html.ptr[end - 1] == '-')
		end--;
	blank(tame, start, end);
	tame->copy[start] = 'a';
}

static size_t
skip_blanks(struct span html, size_t at)
{
	while (at < html.len && is_blank(html.ptr[at]))
		at++;
	return at;
}

static size_t
skip_name(struct span html, size_t at)
{
	size_t start = at;

	while (at < html.len && at - start < NAME_MAX_BYTES &&
	       in_name(html.ptr[at]))
		at++;
	return at;
}

/* Behind the value of the attribute whose name ends at `at`, if it has one. */
static size_t
skip_value(struct span html, size_t at)
{
	const char *end;

	at = skip_blanks(html, at);
	if (at == html.len || html.ptr[at] != '=')
		return at;
	at = skip_blanks(html, at + 1);
	if (at < html.len && (html.ptr[at] == '"' || html.ptr[at] == '\'')) {
		end = memchr(html.ptr + at + 1, html.ptr[at],
			     html.len - at - 1);
		return end != NULL ? (size_t)(end - html.ptr) + 1 : html.len;
	}
	while (at < html.len && !is_blank(html.ptr[at]) && html.ptr[at] != '>')
		at++;
	return at;
}

static bool
ends_tag(struct span html, size_t at)
{
	return html.ptr[at] == '>' ||
	       (html.ptr[at] == '/' && at + 1 < html.len &&
		html.ptr[at + 1] == '>');
}

/* The next attribute of a tag: its name lies between *ret_start and *ret_end,
 * and *at behind its value. False at the end of the tag, where *at is then. */
static bool
next_attribute(struct span html, size_t *at, size_t *ret_start, size_t *ret_end)
{
	for (;;) {
		*at = skip_blanks(html, *at);
		if (*at >= html.len || ends_tag(html, *at))
			return false;
		if (starts_name(html.ptr[*at])) {
			*ret_start = *at;
			*ret_end = skip_name(html, *at);
			*at = skip_value(html, *ret_end);
			return true;
		}
		while (*at < html.len && !is_blank(html.ptr[*at]) &&
		       !ends_tag(html, *at))
			(*at)++;
	}
}

size_t
html_name_end(struct span html, size_t at)
{
	return at < html.len && starts_name(html.ptr[at]) ?
		       skip_name(html, at) :
		       at;
}

size_t
html_tag_end(struct span html, size_t at)
{
	size_t start, end;

	while (next_attribute(html, &at, &start, &end))
		continue;
	return at;
}

/* The tag at `at`, a '<': returns its end. */
static size_t
tame_tag(struct tame *tame, size_t at)
{
	unsigned count = 0;
	size_t start, end;

	at = skip_name(tame->html, at + 1);
	while (next_attribute(tame->html, &at, &start, &end))
		if (++count > ATTRIBUTES_MAX)
			rename_attribute(tame, start, end);
	return at;
}

static void
tame_attributes(struct tame *tame)
{
	size_t most = tame->html.len * LOOKS_MAX + LOOKS_LEAST, at = 0;

	for (;; at++) {
		const char *hit =
			memchr(tame->html.ptr + at, '<', tame->html.len - at);

		if (hit == NULL)
			return;
		at = (size_t)(hit - tame->html.ptr);
		if (at + 1 == tame->html.len ||
		    !starts_name(tame->html.ptr[at + 1]))
			continue;
		tame->looked += tame_tag(tame, at) - at;
		if (tame->looked > most) {
			reading_warn(tame->reading, "html: odd markup, cut");
			tame->html.len = at;
			return;
		}
	}
}

static void
tame_ampersands(struct tame *tame)
{
	size_t at = 0, stray = 0;

	for (;;) {
		const char *hit =
			memchr(tame->html.ptr + at, '&', tame->html.len - at);
		char next;

		if (hit == NULL)
			return;
		at = (size_t)(hit - tame->html.ptr) + 1;
		next = at < tame->html.len ? tame->html.ptr[at] : '&';
		if ((next >= 'a' && next <= 'z') ||
		    (next >= 'A' && next <= 'Z') || next == '#')
			continue;
		if (++stray > STRAY_MAX)
			blank(tame, at - 1, at);
	}
}

struct span
html_tame(struct reading *reading, struct span html)
{
	struct tame tame = { .reading = reading, .html = html };

	tame_attributes(&tame);
	tame_ampersands(&tame);
	return tame.html;
}
