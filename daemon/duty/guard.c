/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard.h"

#include <ctype.h>

#include "reach.h"

static const char counted_reason[] =
	"guarded correspondence: counted, its words are not kept";

static bool
is_listed(const struct guard *guard, struct span email)
{
	for (size_t i = 0; i < guard->address_count; i++) {
		struct span listed = guard->addresses[i];
		struct span domain =
			span_sub(email, span_find_byte(email, '@'), email.len);

		if (listed.len && listed.ptr[0] == '@' ?
			    span_equal_nocase(listed, domain) :
			    span_equal_nocase(
				    people_canonical(guard->people, listed),
				    email))
			return true;
	}
	return false;
}

static bool
is_guarded(const struct guard *guard, struct span email)
{
	const struct person *person;

	if (!email.len)
		return false;
	person = people_find(guard->people, email);
	return is_listed(guard, email) ||
	       (person && ((person->posts & guard->posts) ||
			   (1u << person->role & guard->roles)));
}

static bool
any_guarded(const struct guard *guard, const struct words *words)
{
	for (size_t i = 0; i < words->count; i++)
		if (is_guarded(guard, words->at[i]))
			return true;
	return false;
}

bool
guard_holds(const struct guard *guard, const struct store_message *message)
{
	if (!guard->address_count && !guard->posts && !guard->roles)
		return false;
	return is_guarded(guard, message->from) ||
	       any_guarded(guard, &message->to) ||
	       any_guarded(guard, &message->cc);
}

void
guard_verdict(const struct guard *guard, const struct store_message *message,
	      struct verdict *verdict)
{
	if (!verdict->finding_count || !guard_holds(guard, message))
		return;
	if (guard->mode == GUARD_OFF)
		verdict->finding_count = 0;
	for (size_t i = 0; i < verdict->finding_count; i++) {
		struct finding *finding = &verdict->findings[i];

		if (finding->state == RULE_LIVE)
			finding->state = RULE_SHADOW;
		finding->reason = span_of(counted_reason);
		finding->evidence_count = 0;
	}
}

/* ---- who reads ---- */

static bool
alike(char a, char b)
{
	unsigned char x = (unsigned char)a, y = (unsigned char)b;

	return tolower(x) == tolower(y) || (isspace(x) && isspace(y));
}

static bool
in_word(struct span text, size_t at)
{
	return at < text.len && (isalnum((unsigned char)text.ptr[at]) ||
				 (unsigned char)text.ptr[at] >= 0x80);
}

/* As whole words, whatever the case and the line ends. */
static bool
names(struct span text, struct span name)
{
	for (size_t at = 0; name.len && at + name.len <= text.len; at++) {
		size_t i = 0;

		while (i < name.len && alike(text.ptr[at + i], name.ptr[i]))
			i++;
		if (i == name.len && !in_word(text, at + name.len) &&
		    (!at || !in_word(text, at - 1)))
			return true;
	}
	return false;
}

static bool
names_person(struct span text, struct span email, const struct person *person)
{
	if (names(text, email) || (person && names(text, person->name)))
		return true;
	for (size_t i = 0; person && i < person->alias_count; i++)
		if (names(text, person->aliases[i]))
			return true;
	return false;
}

bool
guard_concerns(const struct people *people, struct span person,
	       const struct store_finding *finding)
{
	const struct person *row = people_find(people, person);

	if (!person.len)
		return false;
	if (span_equal(finding->from, person) ||
	    words_hold(&finding->hidden, person))
		return true;
	for (size_t i = 0; i < finding->evidence_count; i++)
		if (names_person(finding->evidence[i].text, person, row))
			return true;
	return false;
}

static struct span
stand_in(const struct guard *guard, const struct people *people,
	 struct span reviewer, const struct store_finding *finding)
{
	struct span others[] = {
		guard ? may_be_told(people, guard->deputy) : span_of(""),
		holder_of(people, POST_CHIEF_EXECUTIVE),
	};

	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		if (others[i].len && !span_equal(others[i], reviewer) &&
		    !guard_concerns(people, others[i], finding))
			return others[i];
	return span_of("");
}

struct span
guard_reader(const struct guard *guard, const struct people *people,
	     struct span reviewer, const struct store_finding *finding)
{
	if (!reviewer.len || !guard_concerns(people, reviewer, finding))
		return reviewer;
	return stand_in(guard, people, reviewer, finding);
}
