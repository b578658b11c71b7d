/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REACH_H
#define REACH_H
/*
 * Who is an officer, whom a message reaches, who is the next person up, and
 * who may be written to by clerkd: officers and teams of the directory, never
 * a member, never anybody outside. Addresses are canonical (people.h).
 */
#include <stdbool.h>

#include "facts/people.h"
#include "record/store.h"

bool words_hold(const struct words *words, struct span word);
bool reaches(const struct store_message *message, struct span person);
bool is_officer(const struct people *people, struct span email);
/* First officer, else first team, of a list; except one; or empty. */
struct span first_officer(const struct people *people,
			  const struct words *words, struct span except);
/* Does the message go to an officer or team at all? */
bool to_officers(const struct people *people,
		 const struct store_message *message);
/* Canonical address when it is an officer or team of the directory who may be
 * written to; else empty. */
struct span may_be_told(const struct people *people, struct span email);
struct span manager_of(const struct people *people, struct span owner);
/* The post members-enquiries, else monitoring-officer, else empty. */
struct span enquiries_post(const struct people *people);
struct span holder_of(const struct people *people, enum post post);

#endif
