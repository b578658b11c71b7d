/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FOUND_H
#define FOUND_H
/*
 * What was found in a message, in the words of a clerk: who wrote, who can see
 * it, who got it unseen, whose words it carries, which words stand in it.
 *
 * For telling only; nothing here decides. Everything lies in the scene's
 * arena. Long lists are cut, and say so.
 */
#include "filters/scene.h"

/* "Ada Vane is a member (directory line 4)" */
struct span found_sender(const struct scene *scene);

/* Of those whom everybody can see, in To and Cc: by what they are. */
struct span found_recipients(const struct scene *scene);
struct span found_officers(const struct scene *scene);
struct span found_members(const struct scene *scene);
struct span found_political(const struct scene *scene);
struct span found_outside(const struct scene *scene);
struct span found_workers(const struct scene *scene);

/* Sender and officers, with both ends of "between a member and an officer". */
struct span found_both_ends(const struct scene *scene);
struct span found_sender_and_outside(const struct scene *scene);
struct span found_sender_and_officers(const struct scene *scene);
/* Everybody who gets it, seen or unseen. */
struct span found_everybody(const struct scene *scene);

/* Who got it unseen, and how that is known. */
struct span found_hidden(const struct scene *scene);
/* Whose earlier words it carries, and whether they can see it. */
struct span found_voices(const struct scene *scene);
/* Quotes, attachments, forwarding. */
struct span found_carried(const struct scene *scene);
/* The polls whose period holds when publicity would be out. */
struct span found_period(const struct scene *scene);

#define FOUND_AUTHORED (1u << PASSAGE_SUBJECT | 1u << PASSAGE_BODY)

/* The words of these concepts, NULL ends the list, in passages of these kinds
 * (1u << PASSAGE_…), each with what its sentence does; empty when none. */
struct span found_words(const struct scene *scene, unsigned kinds,
			const char *const *concepts);

/* A party or person as a clerk would name them: name, else address. */
struct span found_name(const struct party *party);

#endif
