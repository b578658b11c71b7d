/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filters/named.h"

#include <string.h>

#include "facts/title.h"
#include "filters/fold.h"

enum {
	NAME_LEAST = 3, /* letters of a name that can stand alone */
	CALL_MAX = 64
};

static bool
capital(const struct fold *fold, size_t at)
{
	unsigned char c = (unsigned char)fold->original.ptr[fold->at[at]];

	return !(c >= 'a' && c <= 'z');
}

/* Does this word stand in [start, end), with a capital? */
static bool
word_within(const struct fold *fold, size_t start, size_t end, struct span word)
{
	struct span text = fold->text;
	size_t at;

	for (at = start; at + word.len <= end; at++) {
		if (at > 0 && fold_letter(text.ptr[at - 1]))
			continue;
		if (memcmp(text.ptr + at, word.ptr, word.len) != 0 ||
		    (at + word.len < text.len &&
		     fold_letter(text.ptr[at + word.len])))
			continue;
		if (capital(fold, at))
			return true;
	}
	return false;
}

static bool
holds_nocase(struct span text, struct span part)
{
	size_t at;

	/* The first letters are compared here: this runs over whole mails. */
	for (at = 0; part.len != 0 && at + part.len <= text.len; at++)
		if ((text.ptr[at] | 32) == (part.ptr[0] | 32) &&
		    span_equal_nocase(span_sub(text, at, at + part.len), part))
			return true;
	return false;
}

bool
named_within(const struct fold *fold, size_t start, size_t end,
	     struct span name)
{
	char lower[64];
	size_t i, len = 0, at = 0, first;

	/* "Group Manager (Parks)": what stands in brackets is no name. */
	name = span_sub(name, 0, span_find_byte(name, '('));
	for (i = 0; i < name.len && len < sizeof(lower); i++) {
		char c = name.ptr[i];

		lower[len++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	while (at < len) {
		struct span word;

		while (at < len && !fold_letter(lower[at]))
			at++;
		first = at;
		while (at < len &&
		       (fold_letter(lower[at]) || lower[at] == '\''))
			at++;
		word = (struct span){ lower + first, at - first };
		if (word.len >= NAME_LEAST && !title_is(word, TITLE_IN_NAME) &&
		    word_within(fold, start, end, word))
			return true;
	}
	return false;
}

bool
named_in(const struct passage *p, struct span name)
{
	return named_within(&p->fold, 0, p->fold.text.len, name);
}

bool
named_group_office(const struct scene *scene, const struct party *party,
		   struct span *ret_group)
{
	static const char *const sides[] = {
		"labour",  "conservative", "tory",     "democrat",
		"lib dem", "green",        "reform",   "snp",
		"plaid",   "independent",  "dup",      "sinn",
		"sdlp",    "uup",          "alliance", "ukip",
	};
	const struct people *people = scene->exhibit->people;
	size_t i;

	*ret_group = (struct span){ 0 };
	if (party->role != ROLE_OUTSIDE ||
	    span_find_nocase(party->name, "group") == party->name.len)
		return false;
	for (i = 0; i < people_group_count(people); i++) {
		*ret_group = people_group_at(people, i)->name;
		if (holds_nocase(party->name, *ret_group))
			return true;
	}
	for (i = 0; i < ARRAY_SIZE(sides); i++) {
		*ret_group = span_of(sides[i]);
		if (holds_nocase(party->name, *ret_group))
			return true;
	}
	*ret_group = (struct span){ 0 };
	return false;
}

size_t
named_other_groups(const struct scene *scene, struct span group)
{
	const struct people *people = scene->exhibit->people;
	const struct message *m = scene->message;
	size_t i, count = 0;

	for (i = 0; i < people_group_count(people); i++) {
		struct span name = people_group_at(people, i)->name;

		if (name.len >= 2 && !span_equal_nocase(name, group))
			count += holds_nocase(m->body, name) ||
				 holds_nocase(m->subject, name);
	}
	return count;
}

bool
named_anywhere(const struct scene *scene, unsigned kinds, struct span name)
{
	size_t i;

	for (i = 0; i < scene->passage_count; i++)
		if ((kinds & 1u << scene->passages[i].kind) != 0 &&
		    named_in(&scene->passages[i], name))
			return true;
	return false;
}

bool
named_call(const struct scene *scene, size_t *ret_end)
{
	const struct passage *body = scene->body;
	struct span text;
	size_t i;

	*ret_end = 0;
	if (body == NULL || body->sentence_count == 0)
		return false;
	text = body->fold.text;
	for (i = 0; i < text.len && i < CALL_MAX; i++)
		if (text.ptr[i] == ',' || text.ptr[i] == '!' ||
		    text.ptr[i] == ':' || text.ptr[i] == '.' ||
		    (text.ptr[i] == '-' && i > 0 && text.ptr[i - 1] == ' '))
			break;
	/* "Dear Ann, Bob and Cem," goes on to the end of its line. */
	if (body->sentences[0].greeting && body->sentences[0].end > i)
		i = body->sentences[0].end;
	*ret_end = i;
	return i < CALL_MAX || body->sentences[0].greeting;
}

static const char *const many[] = {
	"both",        "dear all",         "hi all",      "hello all",
	"morning all", "afternoon all",    "evening all", "hey all",
	"all three",   "all four",         "all of you",  "colleagues",
	"members",     "councillors",      "everyone",    "everybody",
	"gentlemen",   "ladies",           "folks",       "you two",
	"cllrs",       "friends",          "team",        "bawb",
	"each",        "the three of you", NULL
};

bool
named_call_many(const struct scene *scene)
{
	size_t end, i;

	if (!named_call(scene, &end))
		return false;
	for (i = 0; many[i] != NULL; i++)
		if (fold_holds(span_sub(scene->body->fold.text, 0, end),
			       many[i]))
			return true;
	return false;
}
