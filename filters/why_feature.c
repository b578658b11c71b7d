/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The name of a feature in words that somebody who never saw a model can read.
 */
#include <string.h>

#include "filters/why_private.h"

/* Kinds of passage, by what a name begins with. */
static const struct {
	const char *prefix, *where;
	bool concept;
} passages[] = {
	{ "w:", "", false },
	{ "t:", " in the subject", false },
	{ "a:", " in an attachment", false },
	{ "q:", " in what is quoted", false },
	{ "c:", "", true },
	{ "ct:", " in the subject", true },
	{ "ca:", " in an attachment", true },
	{ "cq:", " in what is quoted", true },
};

/* What all rules that wait for words have in common. */
static const struct {
	const char *name, *words;
} signs[] = {
	{ "none", "none of the words looked for" },
	{ "core", "words looked for" },
	{ "clean", "words looked for, in a plain sentence" },
	{ "near", "words looked for, beside supporting ones" },
	{ "near-clean", "words looked for, beside supporting ones, plainly" },
	{ "asked", "words looked for, in a request" },
	{ "two", "two kinds of words looked for" },
	{ "pair", "two kinds of words looked for, close together" },
	{ "dense", "words looked for, in a third of all sentences" },
	{ "many", "words looked for, in three sentences or more" },
	{ "support", "supporting words" },
	{ "core+support", "words looked for and supporting ones" },
	{ "against", "words that speak against it" },
	{ "unopposed", "words looked for, and none against" },
	{ "attached", "words looked for, in an attachment" },
	{ "attached-near", "words looked for and supporting ones, attached" },
	{ "quoted", "words looked for, in what is quoted" },
};

/* What a rule's own signs begin with, where it is no rule's name. */
static const struct {
	const char *id, *words;
} ids[] = {
	{ "pressure", "advice pressure" },
	{ "rude", "discourtesy" },
	{ "secret", "confidential" },
	{ "secret-out", "confidential, outward" },
	{ "secret-political", "confidential, to the political side" },
	{ "gmr", "group meeting" },
	{ "pwa", "party worker" },
	{ "partisan", "party publicity" },
	{ "uneven", "uneven briefing" },
	{ "capacity", "private matter" },
	{ "legal", "legal proceedings" },
	{ "media", "press" },
	{ "ward", "ward event" },
	{ "official", "official letter" },
	{ "official-member", "official letter of a member" },
	{ "official-staff", "official letter of staff" },
	{ "staff-officer", "staff matter of an officer" },
	{ "staff-member", "staff matter by a member" },
	{ "favour-asked", "favour asked" },
	{ "favour-offered", "favour offered" },
};

static const struct {
	const char *mark, *words;
} stand_ins[] = {
	{ "~your-member", "(a member who reads it)" },
	{ "~me", "(the sender)" },
	{ "~you", "(a reader)" },
	{ "~member", "(a member)" },
	{ "~person", "(somebody)" },
	{ "~day", "(a day or month)" },
	{ "\xc2\xa3#", "(a sum)" },
	{ "#", "(a number)" },
	{ "^", "(a name)" },
	{ "_", "..." },
};

static void
add_word(struct buf *buf, struct span word)
{
	struct span way = word;
	size_t i;

	/* "leaflets>member-to-officer" */
	if (span_next(&way, '>', &word) && way.len != 0) {
		add_word(buf, word);
		buf_printf(buf, ", %.*s,", SPAN_ARG(way));
		return;
	}

	for (i = 0; i < ARRAY_SIZE(stand_ins); i++)
		if (span_is(word, stand_ins[i].mark)) {
			buf_add_literal(buf, stand_ins[i].words);
			return;
		}
	if (word.len > 1 && word.ptr[word.len - 1] == '*') {
		buf_add(buf, span_sub(word, 0, word.len - 1));
		buf_add_literal(buf, "...");
		return;
	}
	buf_add(buf, word);
}

static void
add_words(struct buf *buf, struct span text)
{
	struct span word;
	bool next = false;

	buf_add_byte(buf, '"');
	while (span_next(&text, ' ', &word)) {
		if (next)
			buf_add_byte(buf, ' ');
		add_word(buf, word);
		next = true;
	}
	buf_add_byte(buf, '"');
}

static const char *
writer(struct span letter)
{
	return span_is(letter, "m") ? " by a member" :
	       span_is(letter, "o") ? " by an officer" :
	       span_is(letter, "p") ? " by the political side" :
				      " by somebody else";
}

/* "a", "a@m", "a/asks", "a+b". */
static void
add_concept(struct buf *buf, struct span text)
{
	size_t end = 0;
	struct span rest;

	while (end < text.len && strchr("@/+", text.ptr[end]) == NULL)
		end++;
	buf_printf(buf, "words of %.*s", SPAN_ARG(span_sub(text, 0, end)));
	if (end == text.len)
		return;
	rest = span_sub(text, end + 1, text.len);
	if (text.ptr[end] == '@')
		buf_add_literal(buf, writer(rest));
	else if (text.ptr[end] == '/')
		buf_printf(buf, " in a sentence that %.*s", SPAN_ARG(rest));
	else
		buf_printf(buf, " with words of %.*s", SPAN_ARG(rest));
}

/* "attachment-text" as "attachment text", "a=b" as "a: b". */
static void
add_plainly(struct buf *buf, struct span text)
{
	size_t i;

	for (i = 0; i < text.len; i++)
		if (text.ptr[i] == '=')
			buf_add_literal(buf, ": ");
		else if (text.ptr[i] == '+' && i + 1 < text.len)
			buf_add_literal(buf, " with ");
		else if (text.ptr[i] == '~')
			buf_add_literal(buf, " near ");
		else if (text.ptr[i] == '&')
			buf_add_literal(buf, " and ");
		else
			buf_add_byte(buf,
				     text.ptr[i] == '-' ? ' ' : text.ptr[i]);
}

static void
add_id(struct buf *buf, struct span id)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ids); i++)
		if (span_is(id, ids[i].id)) {
			buf_add_literal(buf, ids[i].words);
			return;
		}
	add_plainly(buf, id);
}

/* "r:pressure:none" */
static void
add_sign(struct buf *buf, struct span text)
{
	size_t colon = span_find_byte(text, ':'), i;
	struct span what = span_sub(text, colon + 1, text.len);

	add_id(buf, span_sub(text, 0, colon));
	buf_add_literal(buf, ": ");
	for (i = 0; i < ARRAY_SIZE(signs); i++)
		if (span_is(what, signs[i].name)) {
			buf_add_literal(buf, signs[i].words);
			return;
		}
	add_plainly(buf, what);
}

static bool
add_passage(struct buf *buf, struct span name)
{
	struct span text;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(passages); i++) {
		if (!span_starts(name, passages[i].prefix))
			continue;
		text = span_sub(name, strlen(passages[i].prefix), name.len);
		if (passages[i].concept)
			add_concept(buf, text);
		else
			add_words(buf, text);
		buf_add_literal(buf, passages[i].where);
		return true;
	}
	return false;
}

struct span
why_feature(struct arena *arena, struct span name)
{
	struct span text;
	struct buf buf;

	buf_init(&buf, 4 * FEATURE_NAME_MAX);
	if (add_passage(&buf, name))
		;
	else if (span_starts(name, "r:"))
		add_sign(&buf, span_sub(name, 2, name.len));
	else if (span_starts(name, "s:"))
		add_plainly(&buf, span_sub(name, 2, name.len));
	else if (span_starts(name, "act:"))
		buf_printf(&buf, "a sentence that %.*s",
			   SPAN_ARG(span_sub(name, 4, name.len)));
	else
		buf_add(&buf, name);
	text = arena_span(arena, buf_span(&buf));
	buf_clear(&buf);
	return text;
}
