/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PEOPLE_PRIVATE_H
#define PEOPLE_PRIVATE_H
/*
 * The directory's inside, for the file that reads it and the one that answers.
 */
#include "people.h"

enum {
	PEOPLE_MAX = 200000,
	PEOPLE_ADDRESS_MAX = 254 /* RFC 5321 4.5.3.1.3 without the brackets */
};

/* One row of the index: an address and whose it is. */
struct entry {
	struct span email;
	const struct person *person; /* or */
	const struct group *group;
};

struct people {
	struct arena *arena;
	struct person **persons; /* in order of the file */
	size_t count;
	struct group **groups;
	size_t group_count;
	struct span *domains;
	size_t domain_count;
	struct entry *index; /* sorted by e-mail */
	size_t index_count;
	struct person **by_name; /* sorted by folded name */
};

/* Compares names without case, blanks and full stops. */
int people_name_compare(struct span a, struct span b);

#endif
