/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whose earlier words a message carries. Quotes and enclosed messages tell
 * their authors; a pasted exchange ("From: …", "On … wrote:", "Cllr A: …") is
 * read by its lines. A voice is resolved by address, by name, or by being
 * called Councillor.
 */
#include <string.h>

#include "filters/scene_private.h"

enum { VOICES_MAX = 32, NAME_MAX_BYTES = 80, PASTED_READ_MAX = 16 << 10 };

static bool
title_of_member(struct span name)
{
	static const char *const titles[] = { "cllr",      "councillor",
					      "cllrs",     "mayor",
					      "ald ",      "alderman",
					      "y cyng",    "cynghorydd",
					      "councilor", "lead member" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(titles); i++)
		if (span_find_nocase(name, titles[i]) < name.len)
			return true;
	return false;
}

/* The last word that could be a surname: "Harmer, Janet" and "Janet Harmer"
 * both give "harmer" for comparison by either word. */
bool
scene_same_name(struct span a, struct span b)
{
	struct span rest = a, word, last = { 0 };
	size_t at;

	while (span_next(&rest, ' ', &word)) {
		while (word.len != 0 &&
		       !((unsigned char)word.ptr[word.len - 1] >= 0x80 ||
			 strchr(",.;:()<>'\"", word.ptr[word.len - 1]) == NULL))
			word.len--;
		if (word.len > 2)
			last = word;
	}
	if (last.len < 3)
		return false;
	for (at = 0; at + last.len <= b.len; at++)
		if ((b.ptr[at] | 32) == (last.ptr[0] | 32) &&
		    span_equal_nocase(span_sub(b, at, at + last.len), last))
			return true;
	return false;
}

static bool
among_visible(const struct scene *scene, struct span name)
{
	size_t i;

	for (i = 0; i < scene->visible_count; i++)
		if (scene->parties[i].name.len != 0 &&
		    scene_same_name(scene->parties[i].name, name))
			return true;
	return false;
}

static void
add_voice(struct scene *scene, struct span email, struct span name)
{
	const struct people *people = scene->exhibit->people;
	struct voice voice = { .name = span_trim(name) };
	struct voice *slot;
	size_t i;

	if (email.len != 0)
		voice.person = people_find(people, email);
	if (voice.person == NULL && voice.name.len != 0)
		voice.person = people_find_name(people, voice.name);
	voice.member = voice.person != NULL ?
			       voice.person->role == ROLE_MEMBER :
			       title_of_member(voice.name);
	voice.sender = voice.person != NULL ?
			       voice.person == scene->sender.person :
			       scene_same_name(scene->sender.name, voice.name);
	voice.visible =
		voice.sender ||
		(voice.person != NULL && scene_sees(scene, voice.person)) ||
		among_visible(scene, voice.person != NULL ? voice.person->name :
							    voice.name);
	if (voice.name.len == 0 && voice.person == NULL)
		return;
	if (voice.name.len == 0)
		voice.name = voice.person->name;
	for (i = 0; i < scene->voice_count; i++)
		if (span_equal_nocase(scene->voices[i].name, voice.name))
			return;
	if (scene->voice_count == VOICES_MAX)
		return;
	slot = arena_push(scene->arena, &scene->voices, &scene->voice_count,
			  sizeof(*slot));
	*slot = voice;
}

/* The address in "Name <a@b>" and the name before it. */
static void
add_mailbox(struct scene *scene, struct span text)
{
	size_t open = span_find_byte(text, '<');
	size_t close = span_find_byte(text, '>');
	struct span email = { 0 };

	if (open < close && close < text.len)
		email = span_sub(text, open + 1, close);
	text = span_trim(span_sub(text, 0, open));
	if (text.len > NAME_MAX_BYTES)
		return;
	add_voice(scene, email, text);
}

/* "Cllr Harmer wrote:" behind a date. */
static void
add_wrote(struct scene *scene, struct span line)
{
	size_t end = span_find_nocase(line, " wr"), start = 0, i;

	for (i = 0; i < end; i++)
		if (strchr(",>:0123456789", line.ptr[i]) != NULL)
			start = i + 1;
	/* "On 3 June Cllr Looby wrote": the day's name goes with the month. */
	add_mailbox(scene, span_sub(line, start, end));
}

static bool
names_somebody(const struct scene *scene, struct span name)
{
	return name.len > 3 && name.len < NAME_MAX_BYTES &&
	       (title_of_member(name) ||
		people_find_name(scene->exhibit->people, name) != NULL ||
		among_visible(scene, name));
}

/* "… wrote:" at the end of a short line. */
static bool
attributes(struct span line)
{
	line = span_trim(line);
	return line.len < 160 && (span_ends_nocase(line, " wrote:") ||
				  span_ends_nocase(line, " writes:") ||
				  span_ends_nocase(line, " wrote"));
}

static void
hear_lines(struct scene *scene, struct span text)
{
	struct span line, last = { 0 };
	size_t colon;

	while (span_line(&text, &line)) {
		while (line.len != 0 &&
		       (line.ptr[0] == '>' || line.ptr[0] == ' ' ||
			line.ptr[0] == '*'))
			line = span_sub(line, 1, line.len);
		if (line.len == 0)
			continue;
		last = line;
		colon = span_find_byte(line, ':');
		if (span_starts_nocase(line, "from:"))
			add_mailbox(scene,
				    span_trim(span_sub(line, 5, line.len)));
		else if (attributes(line))
			add_wrote(scene, line);
		else if (colon < line.len &&
			 names_somebody(scene, span_sub(line, 0, colon)) &&
			 !span_starts_nocase(line, "to:") &&
			 !span_starts_nocase(line, "cc:"))
			add_voice(scene, (struct span){ 0 },
				  span_sub(line, 0, colon));
	}
	/* A bare quotation that ends with its author's name. */
	last = span_trim(last);
	if (last.len > 3 && last.len < 40 && names_somebody(scene, last))
		add_voice(scene, (struct span){ 0 }, last);
}

static void
hear_thread(struct scene *scene)
{
	const struct thread_view *thread = scene->exhibit->thread;
	size_t i;

	for (i = 0; thread != NULL && i < thread->count; i++) {
		const struct person *person =
			people_find(scene->exhibit->people, thread->at[i].from);

		if (person != NULL && person->role == ROLE_MEMBER)
			add_voice(scene, person->email, person->name);
	}
}

void
scene_hear(struct scene *scene)
{
	const struct message *m = scene->message;
	size_t i;

	for (i = 0; i < m->quote_count; i++)
		add_voice(scene, m->quotes[i].from.email,
			  m->quotes[i].from.name);
	for (i = 0; i < m->enclosed_count; i++) {
		add_voice(scene, m->enclosed[i].from.email,
			  m->enclosed[i].from.name);
		hear_lines(scene,
			   span_sub(m->enclosed[i].text, 0, PASTED_READ_MAX));
	}
	hear_lines(scene, span_sub(m->quoted, 0, PASTED_READ_MAX));
	for (i = 0; i < m->attachment_count; i++)
		hear_lines(scene, span_sub(m->attachments[i].text, 0,
					   PASTED_READ_MAX));
	for (i = 0; i < scene->voice_count; i++)
		scene->silent |=
			scene->voices[i].member && !scene->voices[i].visible;
	hear_thread(scene);
}
