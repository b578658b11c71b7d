/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words and concepts as features. Words are folded; numbers become '#'; names
 * of the people in the message are passed over where they stand with a
 * capital, so that "will" and "May" stay words.
 */
#include <string.h>

#include "filters/features.h"

/* Any month or day of the week. */
#define DAY "~day"

enum {
	WORD_MAX = 32,
	STEM = 5,          /* bytes of a longer word that stand for its stem */
	CONCEPTS_MAX = 24, /* distinct ones of a sentence that are paired */
	NAMES_MAX = 256
};

struct names {
	uint64_t at[NAMES_MAX * 2];
	size_t count;
};

struct walk {
	struct features *f;
	const struct scene *scene;
	const struct passage *passage;
	struct names names;
	struct span prefix; /* "w:" and so on */
	struct span
		direction; /* "member-to-officer": who says a word to whom */
	char sender;       /* m, o, p, x */
};

static bool
word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'' ||
	       (unsigned char)c >= 0x80;
}

static void
names_add(struct names *names, uint64_t key)
{
	size_t at = key % ARRAY_SIZE(names->at);

	if (names->count == NAMES_MAX)
		return;
	while (names->at[at] != 0 && names->at[at] != key)
		at = (at + 1) % ARRAY_SIZE(names->at);
	names->count += names->at[at] == 0;
	names->at[at] = key;
}

static bool
names_have(const struct names *names, uint64_t key)
{
	size_t at = key % ARRAY_SIZE(names->at);

	for (; names->at[at] != 0; at = (at + 1) % ARRAY_SIZE(names->at))
		if (names->at[at] == key)
			return true;
	return false;
}

/* The next word of folded text at *at, or false. */
static bool
next_word(struct span text, size_t *at, size_t end, struct span *ret_word)
{
	size_t start;

	while (*at < end && !word_byte(text.ptr[*at]))
		(*at)++;
	while (*at < end && text.ptr[*at] == '\'')
		(*at)++;
	start = *at;
	while (*at < end && word_byte(text.ptr[*at]))
		(*at)++;
	*ret_word = span_sub(text, start, *at);
	while (ret_word->len != 0 && ret_word->ptr[ret_word->len - 1] == '\'')
		ret_word->len--;
	if (span_ends_nocase(*ret_word, "'s"))
		ret_word->len -= 2;
	return start < end;
}

static void
names_of(struct walk *walk, struct span name)
{
	struct fold fold;
	struct span word;
	size_t at = 0;

	fold_make(name, walk->f->arena, &fold);
	while (next_word(fold.text, &at, fold.text.len, &word))
		if (word.len > 1)
			names_add(&walk->names, feature_key(word));
}

static void
gather_names(struct walk *walk)
{
	const struct scene *scene = walk->scene;
	size_t i;

	names_of(walk, scene->sender.name);
	for (i = 0; i < scene->party_count && i < NAMES_MAX / 2; i++)
		if (scene->parties[i].role != ROLE_TEAM)
			names_of(walk, scene->parties[i].name);
	for (i = 0; i < scene->voice_count; i++)
		names_of(walk, scene->voices[i].name);
}

static char
sender_class(const struct scene *scene)
{
	switch (scene->sender.role) {
	case ROLE_MEMBER:
		return 'm';
	case ROLE_OFFICER:
	case ROLE_TEAM:
		return 'o';
	case ROLE_POLITICAL_ASSISTANT:
	case ROLE_PARTY_WORKER:
	case ROLE_GROUP:
		return 'p';
	default:
		return 'x';
	}
}

/* When an item was written tells nothing of another council's mail. "may" and
 * "march" are months only with a capital. */
static bool
calendar_word(struct span word, bool capital)
{
	static const char *const words[] = {
		"january", "february",  "april",    "june",     "july",
		"august",  "september", "october",  "november", "december",
		"jan",     "feb",       "apr",      "aug",      "sept",
		"sep",     "oct",       "nov",      "dec",      "monday",
		"tuesday", "wednesday", "thursday", "friday",   "saturday",
		"sunday",  "tues",      "tue",      "weds",     "thurs",
		"thu",
	};
	static const char *const capitals[] = {
		"march", "may", "mar", "jun", "jul",
		"mon",   "wed", "fri", "sat", "sun",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (span_is(word, words[i]))
			return true;
	for (i = 0; capital && i < ARRAY_SIZE(capitals); i++)
		if (span_is(word, capitals[i]))
			return true;
	return false;
}

/* A number, "£#" for money, "~day" for a month or a day of the week; other
 * words as they are; false for names. */
static bool
plain_word(const struct walk *walk, struct span *word)
{
	const struct fold *fold = &walk->passage->fold;
	size_t i, at = (size_t)(word->ptr - fold->text.ptr);
	char first = fold->original.ptr[fold->at[at]];

	if (word->len == 0 || word->len > WORD_MAX)
		return false;
	for (i = 0; i < word->len; i++)
		if (word->ptr[i] < '0' || word->ptr[i] > '9')
			break;
	if (word->ptr[0] >= '0' && word->ptr[0] <= '9') {
		bool money = at >= 2 &&
			     (unsigned char)fold->text.ptr[at - 2] == 0xc2 &&
			     (unsigned char)fold->text.ptr[at - 1] == 0xa3;

		*word = span_of(money ? "\xc2\xa3#" : "#");
		return true;
	}
	if (word->len > 2 && (unsigned char)word->ptr[0] == 0xc2 &&
	    (unsigned char)word->ptr[1] == 0xa3) {
		*word = span_of("\xc2\xa3#");
		return true;
	}
	if (calendar_word(*word, first >= 'A' && first <= 'Z')) {
		*word = span_of(DAY);
		return true;
	}
	return !(first >= 'A' && first <= 'Z' &&
		 names_have(&walk->names, feature_key(*word)));
}

/* A mention at this word stands for itself: "~member", "~officer". Moves *at
 * behind it. */
static bool
mention_at(const struct passage *p, struct span *word, size_t *at)
{
	size_t start = (size_t)(word->ptr - p->fold.text.ptr), i;

	for (i = 0; i < p->mention_count; i++) {
		const struct mention *m = &p->mentions[i];

		if (m->start != start)
			continue;
		*at = m->end > *at ? m->end : *at;
		*word = span_of(
			m->sender  ? "~me" :
			m->visible ? (m->member ? "~your-member" : "~you") :
			m->member || m->candidate ? "~member" :
						    "~person");
		return true;
	}
	return false;
}

/* A capital within a sentence: somebody or something with a name. */
static bool
named_word(const struct walk *walk, struct span word, size_t start)
{
	const struct fold *fold = &walk->passage->fold;
	size_t at = (size_t)(word.ptr - fold->text.ptr);
	char first = fold->original.ptr[fold->at[at]];

	return at > start && first >= 'A' && first <= 'Z' && word.len > 1 &&
	       word.ptr[1] != '\'';
}

/* Who or what is named matters less than that somebody is: "put ^ in". */
static void
add_named(struct walk *walk, struct span last, struct span word, bool named,
	  bool last_named)
{
	const struct span space = span_of(" "), name = span_of("^");

	if (named && last.len != 0)
		features_join(
			walk->f,
			(struct span[]){ walk->prefix, last, space, name }, 4);
	if (last_named)
		features_join(walk->f,
			      (struct span[]){ walk->prefix, name, space,
					       named ? name : word },
			      4);
}

static void
sentence_words(struct walk *walk, const struct sentence *s)
{
	const struct span space = span_of(" ");
	struct span text = walk->passage->fold.text, word;
	struct span last = { 0 }, before = { 0 };
	bool named = false, last_named = false;
	size_t at = s->start;

	for (; next_word(text, &at, s->end, &word); last_named = named) {
		named = word.len != 0 && named_word(walk, word, s->start);
		if (!mention_at(walk->passage, &word, &at) &&
		    !plain_word(walk, &word)) {
			add_named(walk, last, word, true, last_named);
			last = before = (struct span){ 0 };
			named = true;
			continue;
		}
		named = named && !span_is(word, DAY);
		add_named(walk, last, word, named, last_named);
		features_join(walk->f, (struct span[]){ walk->prefix, word },
			      2);
		if (walk->passage->kind == PASSAGE_BODY)
			features_join(walk->f,
				      (struct span[]){ walk->prefix, word,
						       span_of(">"),
						       walk->direction },
				      4);
		if (word.len > STEM)
			features_join(walk->f,
				      (struct span[]){ walk->prefix,
						       span_sub(word, 0, STEM),
						       span_of("*") },
				      3);
		if (last.len != 0)
			features_join(walk->f,
				      (struct span[]){ walk->prefix, last,
						       space, word },
				      4);
		if (before.len != 0)
			features_join(walk->f,
				      (struct span[]){ walk->prefix, before,
						       span_of(" _ "), word },
				      4);
		before = last;
		last = word;
	}
}

static size_t
concepts_of(const struct passage *p, const struct sentence *s,
	    uint16_t concepts[CONCEPTS_MAX])
{
	size_t count = 0, k;
	uint32_t i;

	for (i = s->hit_first; i < s->hit_end && count < CONCEPTS_MAX; i++) {
		for (k = 0; k < count; k++)
			if (concepts[k] == p->hits[i].concept)
				break;
		if (k == count)
		concepts[count++] = p->hits[i].concept;
	}
	return count;
}

static void
sentence_concepts(struct walk *walk, const struct sentence *s)
{
	static const char *const prefixes[] = {
		[PASSAGE_SUBJECT] = "ct:",
		[PASSAGE_BODY] = "c:",
		[PASSAGE_ATTACHMENT] = "ca:",
		[PASSAGE_QUOTED] = "cq:",
	};
	const struct lexicon *lexicon = walk->scene->lexicon;
	struct span prefix = span_of(prefixes[walk->passage->kind]);
	const struct span slash = span_of("/"), plus = span_of("+");
	const struct span at = span_of("@");
	uint16_t concepts[CONCEPTS_MAX];
	size_t count = concepts_of(walk->passage, s, concepts), i, k;
	bool body = walk->passage->kind == PASSAGE_BODY;

	for (i = 0; i < count; i++) {
		struct span a =
			span_of(lexicon_concept_name(lexicon, concepts[i]));

		features_join(walk->f, (struct span[]){ prefix, a }, 2);
		features_join(
			walk->f,
			(struct span[]){ prefix, a, at, { &walk->sender, 1 } },
			4);
		for (k = 0; body && k < ACT_COUNT; k++)
			if ((s->acts & ACT_BIT(k)) != 0)
				features_join(
					walk->f,
					(struct span[]){ prefix, a, slash,
							 span_of(act_name((
								 enum act)k)) },
					4);
		for (k = 0; body && k < i; k++) {
			struct span b = span_of(
				lexicon_concept_name(lexicon, concepts[k]));
			bool order = concepts[i] < concepts[k];

			features_join(walk->f,
				      (struct span[]){ prefix, order ? a : b,
						       plus, order ? b : a },
				      4);
		}
	}
	for (k = 0; body && k < ACT_COUNT; k++)
		if ((s->acts & ACT_BIT(k)) != 0)
			features_join(walk->f,
				      (struct span[]){
					      span_of("act:"),
					      span_of(act_name((enum act)k)) },
				      2);
}

static void
one_sentence(struct walk *walk, const struct sentence *s)
{
	static const char *const prefixes[] = {
		[PASSAGE_SUBJECT] = "t:",
		[PASSAGE_BODY] = "w:",
		[PASSAGE_ATTACHMENT] = "a:",
		[PASSAGE_QUOTED] = "q:",
	};

	walk->prefix = span_of(prefixes[walk->passage->kind]);
	if (!s->greeting)
		sentence_words(walk, s);
	sentence_concepts(walk, s);
}

void
features_text(struct features *features, const struct scene *scene)
{
	struct walk walk = {
		.f = features,
		.scene = scene,
		.sender = sender_class(scene),
		.direction = span_of(direction_name(scene->direction)),
	};
	size_t i, k;

	gather_names(&walk);
	for (i = 0; i < scene->passage_count; i++) {
		walk.passage = &scene->passages[i];
		for (k = 0; k < walk.passage->sentence_count; k++)
			one_sentence(&walk, &walk.passage->sentences[k]);
	}
}

void
features_sentence(struct features *features, const struct scene *scene,
		  const struct passage *passage,
		  const struct sentence *sentence)
{
	struct walk walk = {
		.f = features,
		.scene = scene,
		.passage = passage,
		.sender = sender_class(scene),
		.direction = span_of(direction_name(scene->direction)),
	};

	gather_names(&walk);
	one_sentence(&walk, sentence);
}
