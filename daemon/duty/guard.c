/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard.h"

#include <ctype.h>
#include <stdio.h>

#include "facts/title.h"
#include "reach.h"

enum { NAME_BYTES = 200 };

static const char counted_reason[] =
	"guarded correspondence: counted, its words are not kept";

/* "rep+clerk@union.example" is rep's address too. */
static bool
same_address(struct span a, struct span b)
{
	size_t at_a = span_find_byte(a, '@'), at_b = span_find_byte(b, '@');
	struct span local_a = span_sub(a, 0, at_a);
	struct span local_b = span_sub(b, 0, at_b);

	local_a = span_sub(local_a, 0, span_find_byte(local_a, '+'));
	local_b = span_sub(local_b, 0, span_find_byte(local_b, '+'));
	return local_a.len && span_equal_nocase(local_a, local_b) &&
	       span_equal_nocase(span_sub(a, at_a, a.len),
				 span_sub(b, at_b, b.len));
}

/* In the domain "@union.example", or in one below it. */
static bool
of_domain(struct span email, struct span domain)
{
	struct span own =
		span_sub(email, span_find_byte(email, '@'), email.len);
	struct span end;

	if (span_equal_nocase(own, domain))
		return true;
	if (own.len <= domain.len || domain.len < 2)
		return false;
	end = span_sub(own, own.len - domain.len, own.len);
	return end.ptr[0] == '.' &&
	       span_equal_nocase(span_sub(end, 1, end.len),
				 span_sub(domain, 1, domain.len));
}

static bool
is_listed(const struct guard *guard, struct span email)
{
	for (size_t i = 0; i < guard->address_count; i++) {
		struct span listed = guard->addresses[i];

		if (listed.len && listed.ptr[0] == '@' ?
			    of_domain(email, listed) :
			    same_address(
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

/* Is it to, in copy to, or from somebody guarded? */
static bool
holds(const struct guard *guard, const struct store_message *message)
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
	if (!verdict->finding_count || !holds(guard, message))
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

/* "Mr Monitor": more than the bare surname, which may be a word. */
static bool
names_with_title(struct span text, struct span name)
{
	struct span rest = name, word, last = { 0 };
	const char *title;
	size_t at = 0;

	while (span_next(&rest, ' ', &word))
		if (word.len)
			last = word;
	if (last.len == 0 || last.len == name.len)
		return false;
	while ((title = title_next(TITLE_CALLS, &at)) != NULL) {
		char called[NAME_BYTES];
		int len = snprintf(called, sizeof(called), "%s. %.*s", title,
				   SPAN_ARG(last));

		if (len < 0 || (size_t)len >= sizeof(called))
			return false;
		if (names(text, span_of(called)))
			return true;
		(void)snprintf(called, sizeof(called), "%s %.*s", title,
			       SPAN_ARG(last));
		if (names(text, span_of(called)))
			return true;
	}
	return false;
}

/* By a post that one person holds. */
static bool
names_post(struct span text, unsigned posts)
{
	static const struct {
		enum post post;
		const char *words;
	} rows[] = {
		{ POST_MONITORING_OFFICER, "monitoring officer" },
		{ POST_CHIEF_EXECUTIVE, "chief executive" },
		{ POST_CHIEF_FINANCE_OFFICER, "chief finance officer" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if ((posts & POST_BIT(rows[i].post)) != 0 &&
		    names(text, span_of(rows[i].words)))
			return true;
	return false;
}

static bool
names_person(struct span text, struct span email, const struct person *person)
{
	if (names(text, email))
		return true;
	if (!person)
		return false;
	if (names(text, person->name) || names_with_title(text, person->name) ||
	    names_post(text, person->posts))
		return true;
	for (size_t i = 0; i < person->alias_count; i++)
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
	return names_person(finding->reason, person, row);
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
