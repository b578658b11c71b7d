/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers typed inside the quoted message without quote signs, as people do in
 * Outlook: in another colour that they announce above ("my comments in red
 * below"), or behind their name in brackets, which Outlook can put there.
 *
 * To take another's words for the sender's is worse than to lose some, so both
 * are believed in the newest quoted message only, a colour only when the
 * sender said so of answers of their own and most of the quote is without it.
 */
#include <string.h>
#include <strings.h>

#include "message_authored.h"

enum {
	ABOVE_MAX = 4000, /* bytes of own words that may announce a colour */
	SENTENCE_MAX = 300,
	SHARE_MAX = 2 /* at most one line in so many is an answer */
};

/* ---- what the words above say ---- */

static const struct {
	const char *name;
	unsigned colour;
} colours[] = {
	{ "red", HTML_RED },      { "blue", HTML_BLUE },
	{ "green", HTML_GREEN },  { "purple", HTML_PURPLE },
	{ "pink", HTML_PURPLE },  { "orange", HTML_ORANGE },
	{ "goch", HTML_RED },     { "coch", HTML_RED },
	{ "glas", HTML_BLUE },    { "las", HTML_BLUE },
	{ "gwyrdd", HTML_GREEN }, { "rot", HTML_RED },
	{ "blau", HTML_BLUE },    { "grün", HTML_GREEN },
	{ "rouge", HTML_RED },    { "bleu", HTML_BLUE },
	{ "vert", HTML_GREEN },
};

static const char *const prepositions[] = { "in ", "mewn ", "en " };

static const char *const qualifiers[] = { "bold ", "dark ", "light ", "bright ",
					  "the " };

static const char *const answer_words[] = {
	"answer", "comment",   "repl",      "respon", "note",    "below",
	"inline", "in line",   "in-line",   "text",   "typed",   "added",
	"add",    "highlight", "marked",    "amend",  "ateb",    "sylwad",
	"isod",   "antwort",   "kommentar", "unten",  "réponse", "commentaire",
};

/* Somebody else's: "Tom's comments in red", "see her notes in blue". */
static const char *const others[] = { "'s ",   "’s ",     " his ",
				      " her ", " their ", " your " };

static bool
holds_any(struct span text, const char *const *words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (span_find_nocase(text, words[i]) < text.len)
			return true;
	return false;
}

static bool
drop_start(struct span *text, const char *word)
{
	if (!span_starts_nocase(*text, word))
		return false;
	*text = span_sub(*text, strlen(word), text->len);
	return true;
}

/* The colour named behind this preposition. */
static unsigned
colour_named(struct span text)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(qualifiers);)
		i = drop_start(&text, qualifiers[i]) ? 0 : i + 1;
	for (i = 0; i < ARRAY_SIZE(colours); i++)
		if (notice_starts_with_word(text, colours[i].name))
			return colours[i].colour;
	return 0;
}

static unsigned
sentence_colours(struct span text)
{
	unsigned found = 0;
	size_t at, i;

	for (at = 0; at < text.len; at++) {
		struct span rest = span_sub(text, at, text.len);

		if (at != 0 && byte_is_word(text.ptr[at - 1]))
			continue;
		for (i = 0; i < ARRAY_SIZE(prepositions); i++)
			if (may_start(rest, prepositions[i]) &&
			    drop_start(&rest, prepositions[i]))
				found |= colour_named(rest);
	}
	if (found == 0 ||
	    !holds_any(text, answer_words, ARRAY_SIZE(answer_words)))
		return 0;
	if (holds_any(text, others, ARRAY_SIZE(others)) &&
	    span_find_nocase(text, "my ") == text.len)
		return 0;
	return found;
}

/* Is this where the sender's words above a quote end? */
static bool
ends_words(struct span line)
{
	return line.len != 0 &&
	       (line.ptr[0] == '>' || (unsigned char)line.ptr[0] < 0x08 ||
		span_starts(line, "____") || span_starts(line, "----") ||
		span_starts_nocase(line, "from:") ||
		span_starts_nocase(line, "oddi wrth:") ||
		span_ends_nocase(line, "wrote:"));
}

unsigned
authored_answer_colours(struct span text)
{
	struct span rest = span_sub(text, 0, ABOVE_MAX), line;
	unsigned found = 0;

	while (span_line(&rest, &line)) {
		if (ends_words(line))
			break;
		if (line.len <= SENTENCE_MAX)
			found |= sentence_colours(line);
	}
	return found;
}

/* ---- marks ---- */

/* Where the message behind the first quoted one begins. */
static size_t
newest_end(const struct lines *lines, size_t start)
{
	size_t at, end, heads = 0;

	for (at = start; at < lines->count; at++) {
		if (lines->at[at].kind != LINE_QUOTED ||
		    !quoted_may_announce(line_text(lines, at)) ||
		    !quote_header_block(lines, at, &end))
			continue;
		if (++heads == 2)
			return at;
		at = end - 1;
	}
	return lines->count;
}

static size_t
first_quoted(const struct lines *lines)
{
	size_t at = 0;

	while (at < lines->count && lines->at[at].kind != LINE_QUOTED)
		at++;
	return at;
}

static void
take_coloured(struct lines *lines, size_t start, size_t end)
{
	size_t at, coloured = 0, all = 0;

	for (at = start; at < end; at++) {
		if (line_blank(lines, at))
			continue;
		all++;
		coloured += lines->at[at].mark == HTML_ANSWER;
	}
	if (coloured * SHARE_MAX > all)
		return;
	for (at = start; at < end; at++)
		if (lines->at[at].mark == HTML_ANSWER &&
		    lines->at[at].depth <= 1)
			lines->at[at].kind = LINE_AUTHORED;
}

/* "[Jane Smith] Yes, on Monday." */
static bool
is_prefaced(struct span line, struct span name)
{
	line = span_trim(line);
	return name.len >= 5 && line.len > name.len + 2 && line.ptr[0] == '[' &&
	       line.ptr[name.len + 1] == ']' &&
	       strncasecmp(line.ptr + 1, name.ptr, name.len) == 0;
}

static void
take_prefaced(const struct message *message, struct lines *lines, size_t start,
	      size_t end)
{
	size_t at;

	for (at = start; at < end; at++) {
		if (lines->at[at].depth > 1 ||
		    !is_prefaced(line_text(lines, at), message->from.name))
			continue;
		while (at < end && !line_blank(lines, at))
			lines->at[at++].kind = LINE_AUTHORED;
	}
}

void
answers_mark(const struct message *message, struct lines *lines)
{
	size_t start = first_quoted(lines), end;

	if (start == lines->count)
		return;
	end = newest_end(lines, start);
	take_coloured(lines, start, end);
	take_prefaced(message, lines, start, end);
}
