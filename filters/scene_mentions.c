/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who is named in the words of a message: "Cllr Looby", "Councillor A. Gadd",
 * "@CllrLooby", or anybody of the directory, or who stands at a poll, by full
 * name.
 */
#include <string.h>

#include "facts/title.h"
#include "filters/scene_private.h"

enum { MENTIONS_MAX = 64, NAME_WORDS = 3 };

static bool
capital(const struct fold *fold, size_t at)
{
	unsigned char c = (unsigned char)fold->original.ptr[fold->at[at]];

	/* A two-byte Latin capital: U+00C0 to U+00DE, but the sign of times. */
	return (c >= 'A' && c <= 'Z') ||
	       (c == 0xc3 && fold->at[at] + 1 < fold->original.len &&
		(unsigned char)fold->original.ptr[fold->at[at] + 1] < 0x9f &&
		(unsigned char)fold->original.ptr[fold->at[at] + 1] != 0x97);
}

static size_t
word_end(struct span text, size_t at)
{
	while (at < text.len &&
	       ((text.ptr[at] >= 'a' && text.ptr[at] <= 'z') ||
		(text.ptr[at] >= '0' && text.ptr[at] <= '9') ||
		text.ptr[at] == '-' || (unsigned char)text.ptr[at] >= 0x80 ||
		(text.ptr[at] == '\'' && at + 1 < text.len &&
		 text.ptr[at + 1] != 's' && text.ptr[at + 1] != ' ')))
		at++;
	return at;
}

/* The end of up to NAME_WORDS capitalised words from `at`. */
static size_t
name_end(const struct fold *fold, size_t at)
{
	size_t end = at, next = at;
	int words;

	for (words = 0; words < NAME_WORDS; words++) {
		if (next >= fold->text.len || !capital(fold, next))
			break;
		end = word_end(fold->text, next);
		if (end == next)
			break;
		next = end;
		if (end - at == 1 && next < fold->text.len &&
		    fold->text.ptr[next] == '.')
			next++;
		if (next >= fold->text.len || fold->text.ptr[next] != ' ')
			break;
		next++;
	}
	return end;
}

static struct span
original(const struct fold *fold, size_t start, size_t end)
{
	size_t from, to;

	fold_original(fold, start, end, &from, &to);
	return span_sub(fold->original, from, to);
}

static void
add_mention(struct scene *scene, struct passage *p, size_t start, size_t end,
	    struct mention mention)
{
	struct mention *slot;

	if (p->mention_count == MENTIONS_MAX)
		return;
	mention.start = (uint32_t)start;
	mention.end = (uint32_t)end;
	slot = arena_push(scene->arena, &p->mentions, &p->mention_count,
			  sizeof(*slot));
	*slot = mention;
}

static struct mention
resolve(const struct scene *scene, struct span name, bool titled)
{
	const struct person *person =
		people_find_name(scene->exhibit->people, name);
	struct mention m = { .name = name, .person = person, .member = titled };
	size_t i;

	if (person != NULL)
		m.member = person->role == ROLE_MEMBER;
	else
		m.candidate = scene_candidate(scene, name);
	m.sender = person != NULL ? person == scene->sender.person :
				    scene_same_name(scene->sender.name, name);
	for (i = 0; i < scene->visible_count && !m.visible; i++)
		m.visible =
			person != NULL ?
				scene->parties[i].person == person :
				scene_same_name(scene->parties[i].name, name);
	return m;
}

/* "@CllrAnnGadd", "@cllr_gadd", and not "@CllrsLabour" nor the domain of an
 * address: where the name begins; *end moves behind it. 0: it is no handle. */
static size_t
handle_name(const struct fold *fold, size_t at, size_t *end)
{
	static const char *const titles[] = { "councillor", "cllr" };
	struct span text = fold->text, word = span_sub(text, at, *end);
	size_t i, name;

	if (at == 0 || text.ptr[at - 1] != '@' ||
	    (at > 1 && (fold_letter(text.ptr[at - 2]) ||
			strchr("._+", text.ptr[at - 2]) != NULL)))
		return 0;
	for (i = 0; i < ARRAY_SIZE(titles); i++) {
		if (!span_starts(word, titles[i]))
			continue;
		name = at + strlen(titles[i]);
		if (name == *end && name < text.len && text.ptr[name] == '_')
			*end = word_end(text, ++name);
		if (*end < name + 2 || text.ptr[name] == '-' ||
		    (text.ptr[name] == 's' &&
		     (text.ptr[name + 1] == '-' || capital(fold, name + 1))))
			return 0;
		return name;
	}
	return 0;
}

/* Who is named as a member or candidate is a concept too: what stands beside
 * it counts. */
static void
add_concept(struct scene *scene, struct passage *p)
{
	int number = lexicon_concept(scene->lexicon, "named-member");
	struct hit *all;
	size_t count = 0, h = 0, i;

	if (number < 0 || p->mention_count == 0)
		return;
	all = arena_alloc(scene->arena,
			  (p->hit_count + p->mention_count) * sizeof(*all));
	for (i = 0; i < p->mention_count; i++) {
		const struct mention *m = &p->mentions[i];

		if (m->sender || !(m->member || m->candidate))
			continue;
		while (h < p->hit_count && p->hits[h].start <= m->start)
			all[count++] = p->hits[h++];
		all[count++] = (struct hit){ .concept = (uint16_t)number,
					     .start = m->start,
					     .end = m->end };
	}
	while (h < p->hit_count)
		all[count++] = p->hits[h++];
	p->hits = all;
	p->hit_count = count;
}

static void
find_names(struct scene *scene, struct passage *p)
{
	const struct fold *fold = &p->fold;
	struct span text = fold->text;
	size_t at = 0, end, name;

	while (at < text.len) {
		end = word_end(text, at);
		if (end == at) {
			at++;
			continue;
		}
		name = handle_name(fold, at, &end);
		if (name != 0) {
			add_mention(scene, p, at, end,
				    resolve(scene, original(fold, name, end),
					    true));
			at = end;
			continue;
		}
		name = end;
		if (name < text.len && text.ptr[name] == '.')
			name++;
		if (title_is(span_sub(text, at, end), TITLE_MEMBER) &&
		    name + 1 < text.len && text.ptr[name] == ' ' &&
		    capital(fold, name + 1)) {
			size_t stop = name_end(fold, name + 1);

			add_mention(scene, p, at, stop,
				    resolve(scene,
					    original(fold, name + 1, stop),
					    true));
			at = stop;
			continue;
		}
		if (capital(fold, at)) {
			size_t stop = name_end(fold, at);

			if (stop > end) {
				struct mention m = resolve(
					scene, original(fold, at, stop), false);

				if (m.person != NULL || m.candidate) {
					add_mention(scene, p, at, stop, m);
					end = stop;
				}
			}
		}
		at = end;
	}
}

void
scene_name(struct scene *scene, struct passage *p)
{
	find_names(scene, p);
	add_concept(scene, p);
}
