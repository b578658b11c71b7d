/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUARD_H
#define GUARD_H
/*
 * Subject guards: whose correspondence is not judged for flags, and who reads
 * a flag that concerns its usual reader.
 *
 * A guarded message is read for casework as ever. Its findings are dropped, or
 * recorded as shadow without their words, so that they can be counted and not
 * read. A blind copy to somebody guarded guards nothing: else it would be a way
 * around the rules.
 */
#include <stdbool.h>

#include "base/arena.h"
#include "facts/people.h"
#include "filters/filter.h"
#include "record/store.h"

enum guard_mode {
	GUARD_OFF,   /* not judged for flags */
	GUARD_COUNT, /* only counted */
	GUARD_MODE_COUNT
};

/* A snapshot; all borrowed. Zeroed it guards nothing. */
struct guard {
	const struct people *people;
	/* "@union.example": the whole domain, and those below */
	const struct span *addresses;
	size_t address_count;
	unsigned posts; /* POST_BIT of each */
	unsigned roles; /* 1u << role of each */
	enum guard_mode mode;
	struct span deputy; /* reads flags about the reviewer; or empty */
};

/* Does to the findings of a guarded message what the mode says. */
void guard_verdict(const struct guard *guard,
		   const struct store_message *message,
		   struct verdict *verdict);

/* Is the flag about this person: the sender, hidden among the recipients, or
 * named in evidence or reason by full name, title and surname, address, or as
 * the Monitoring Officer, Chief Executive or Chief Finance Officer? */
bool guard_concerns(const struct people *people, struct span person,
		    const struct store_finding *finding);

/* Who is to read a flag: the reviewer; when it concerns the reviewer, the
 * deputy; failing that the chief executive; else nobody (empty). guard may be
 * NULL. */
struct span guard_reader(const struct guard *guard, const struct people *people,
			 struct span reviewer,
			 const struct store_finding *finding);

#endif
