/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech.h"

#include <assert.h>
#include <string.h>

enum {
	LINE_WRAPPED = 55, /* a shorter line was ended by its writer */
	GREETING_MAX = 40
};

struct act_concept {
	const char *concept;
	unsigned acts;
};

static const struct act_concept act_concepts[] = {
	{ "request-direct", ACT_BIT(ACT_ASKS) },
	{ "request-indirect", ACT_BIT(ACT_ASKS) },
	{ "imperative", ACT_BIT(ACT_INSTRUCTS) },
	{ "offer", ACT_BIT(ACT_OFFERS) },
	{ "commitment", ACT_BIT(ACT_PROMISES) },
	{ "refusal", ACT_BIT(ACT_REFUSES) },
	{ "reported-speech", ACT_BIT(ACT_REPORTS) },
	{ "past-report", ACT_BIT(ACT_PAST) },
	{ "hypothetical", ACT_BIT(ACT_SUPPOSES) },
	{ "asks-rules", ACT_BIT(ACT_RULES) },
	{ "training-guidance", ACT_BIT(ACT_RULES) },
	{ "thanks", ACT_BIT(ACT_THANKS) },
	{ "negation", ACT_BIT(ACT_NEGATES) },
};

static const char *const names[] = {
	[ACT_ASKS] = "asks",           [ACT_QUESTION] = "question",
	[ACT_INSTRUCTS] = "instructs", [ACT_OFFERS] = "offers",
	[ACT_PROMISES] = "promises",   [ACT_REFUSES] = "refuses",
	[ACT_REPORTS] = "reports",     [ACT_PAST] = "past",
	[ACT_SUPPOSES] = "supposes",   [ACT_RULES] = "rules",
	[ACT_NEGATES] = "negates",     [ACT_THANKS] = "thanks",
	[ACT_QUOTES] = "quotes",
};
static_assert(ARRAY_SIZE(names) == ACT_COUNT, "every act has a name");

/* Stops after these end no sentence. */
static const char *const abbreviations[] = {
	"mr",  "mrs", "ms",  "dr",   "cllr", "st",   "no",  "nos", "rd",
	"ave", "co",  "ltd", "inc",  "eg",   "e.g",  "ie",  "i.e", "etc",
	"vs",  "rev", "hon", "sgt",  "insp", "dept", "ref", "tel", "approx",
	"jan", "feb", "aug", "sept", "oct",  "nov",  "dec", "fig", "cf",
};

const char *
act_name(enum act act)
{
	return names[act];
}

void
speech_prepare(const struct lexicon *lexicon, struct arena *arena,
	       struct speech *ret_speech)
{
	size_t i;
	int concept;

	ret_speech->acts =
		arena_array(arena, lexicon_concept_count(lexicon) + 1,
			    sizeof(*ret_speech->acts));
	for (i = 0; i < ARRAY_SIZE(act_concepts); i++) {
		concept = lexicon_concept(lexicon, act_concepts[i].concept);
		if (concept >= 0)
			ret_speech->acts[concept] |= act_concepts[i].acts;
	}
}

static bool
abbreviation(struct span text, size_t stop)
{
	size_t start = stop, i;
	struct span word;

	while (start > 0 && text.ptr[start - 1] != ' ')
		start--;
	word = span_sub(text, start, stop);
	if (word.len == 1 && word.ptr[0] >= 'a' && word.ptr[0] <= 'z' &&
	    word.ptr[0] != 'i')
		return true; /* an initial */
	for (i = 0; i < ARRAY_SIZE(abbreviations); i++)
		if (span_is(word, abbreviations[i]))
			return true;
	return false;
}

static bool
bullet(struct span text, size_t at)
{
	char c = at < text.len ? text.ptr[at] : ' ';
	char d = at + 1 < text.len ? text.ptr[at + 1] : ' ';

	return ((c == '-' || c == '*') && d == ' ') ||
	       (c >= '0' && c <= '9' && (d == '.' || d == ')')) ||
	       (unsigned char)c == 0xe2;
}

/* Does a sentence end at the space at `at`? *line is where its line began. */
static bool
ends_here(const struct fold *fold, size_t at, size_t *next_break, size_t *line)
{
	struct span text = fold->text;
	size_t last = at;
	uint32_t mark;

	while (*next_break < fold->break_count &&
	       (fold->breaks[*next_break] & ~FOLD_PARAGRAPH) < at)
		(*next_break)++;
	if (*next_break < fold->break_count &&
	    (fold->breaks[*next_break] & ~FOLD_PARAGRAPH) == at) {
		mark = fold->breaks[*next_break];
		last = at - *line;
		*line = at + 1;
		if ((mark & FOLD_PARAGRAPH) != 0 || last < LINE_WRAPPED ||
		    bullet(text, at + 1))
			return true;
		last = at;
	}
	while (last > 0 && strchr("\"')]", text.ptr[last - 1]) != NULL)
		last--;
	if (last == 0)
		return false;
	if (text.ptr[last - 1] == '?' || text.ptr[last - 1] == '!')
		return true;
	return text.ptr[last - 1] == '.' && !abbreviation(text, last - 1);
}

static const char *const negations[] = {
	"not", "never", "no", "nor", "cannot", "without", "none", "nothing",
};

static bool
negates(struct span text)
{
	struct span rest = text, word;
	size_t i;

	while (span_next(&rest, ' ', &word)) {
		if (word.len > 3 && span_find(word, "n't") < word.len)
			return true;
		for (i = 0; i < ARRAY_SIZE(negations); i++)
			if (span_starts(word, negations[i]) &&
			    word.len <= strlen(negations[i]) + 1)
				return true;
	}
	return false;
}

static bool
greets(struct span text)
{
	static const char *const words[] = { "dear ", "hi ",       "hello ",
					     "hi,",   "hello,",    "morning",
					     "good ", "afternoon", "evening",
					     "hey " };
	size_t i;

	if (text.len > GREETING_MAX)
		return false;
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (span_starts(text, words[i]))
			return true;
	return text.len < 24 && text.ptr[text.len - 1] == ',';
}

/* The offset of the word that could be an instruction: behind "please" and
 * behind a name with its comma ("Bob, print …"). */
static size_t
first_word(const struct fold *fold, const struct sentence *s)
{
	struct span text = span_sub(fold->text, s->start, s->end);
	size_t comma = span_find_byte(text, ','), at = 0;

	while (at < text.len && strchr("-*\"'( ", text.ptr[at]) != NULL)
		at++;
	if (comma < 20 && comma + 2 < text.len)
		at = comma + 2;
	if (span_starts(span_sub(text, at, text.len), "please "))
		at += strlen("please ");
	else if (span_starts(span_sub(text, at, text.len), "pls "))
		at += strlen("pls ");
	else if (span_starts(span_sub(text, at, text.len), "and "))
		at += strlen("and ");
	return s->start + at;
}

static void
read_acts(const struct speech *speech, const struct fold *fold,
	  const struct hit *hits, struct sentence *s)
{
	struct span text = span_sub(fold->text, s->start, s->end);
	size_t first = first_word(fold, s), quote;
	uint32_t i;

	for (i = s->hit_first; i < s->hit_end; i++) {
		unsigned acts = speech->acts[hits[i].concept];

		if ((acts & ACT_BIT(ACT_INSTRUCTS)) != 0 &&
		    hits[i].start != first && hits[i].start != s->start)
			acts &= ~ACT_BIT(ACT_INSTRUCTS);
		s->acts |= acts;
	}
	if (span_find_byte(text, '?') < text.len)
		s->acts |= ACT_BIT(ACT_QUESTION);
	if (negates(text))
		s->acts |= ACT_BIT(ACT_NEGATES);
	quote = span_find_byte(text, '"');
	if (quote < text.len &&
	    span_find_byte(span_sub(text, quote + 1, text.len), '"') <
		    text.len - quote - 1)
		s->acts |= ACT_BIT(ACT_QUOTES);
	s->greeting = greets(text);
}

void
speech_read(const struct speech *speech, const struct fold *fold,
	    const struct hit *hits, size_t hit_count, struct arena *arena,
	    struct sentence **ret_sentences, size_t *ret_count)
{
	size_t at, start = 0, next_break = 0, line = 0, hit = 0, count = 0;
	struct sentence *all = NULL, *s;
	struct span text = fold->text;

	for (at = 0; at <= text.len; at++) {
		if (at < text.len && (text.ptr[at] != ' ' ||
				      !ends_here(fold, at, &next_break, &line)))
			continue;
		if (at > start) {
			s = arena_push(arena, &all, &count, sizeof(*s));
			s->start = (uint32_t)start;
			s->end = (uint32_t)at;
			if (s->end > s->start && text.ptr[at - 1] == ' ')
				s->end--;
			while (hit < hit_count && hits[hit].start < start)
				hit++;
			s->hit_first = (uint32_t)hit;
			while (hit < hit_count && hits[hit].start < at)
				hit++;
			s->hit_end = (uint32_t)hit;
			if (s->end > s->start)
				read_acts(speech, fold, hits, s);
		}
		start = at + 1;
	}
	*ret_sentences = all;
	*ret_count = count;
}
