/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is an officer, who gets a message, who is the next person up. */
#include "reach.h"

bool
words_hold(const struct words *words, struct span word)
{
	for (size_t i = 0; i < words->count; i++)
		if (span_equal(words->at[i], word))
			return true;
	return false;
}

bool
reaches(const struct store_message *message, struct span person)
{
	return words_hold(&message->to, person) ||
	       words_hold(&message->cc, person);
}

bool
is_officer(const struct people *people, struct span email)
{
	enum role role = people_role(people, email);

	return role == ROLE_OFFICER || role == ROLE_TEAM;
}

static struct span
first_of(const struct people *people, const struct words *words, enum role role,
	 struct span except)
{
	for (size_t i = 0; i < words->count; i++)
		if (people_role(people, words->at[i]) == role &&
		    !span_equal(words->at[i], except))
			return words->at[i];
	return span_of("");
}

struct span
first_officer(const struct people *people, const struct words *words,
	      struct span except)
{
	struct span officer = first_of(people, words, ROLE_OFFICER, except);

	return officer.len ? officer :
			     first_of(people, words, ROLE_TEAM, except);
}

bool
to_officers(const struct people *people, const struct store_message *message)
{
	struct span nobody = span_of("");

	return first_officer(people, &message->to, nobody).len ||
	       first_officer(people, &message->cc, nobody).len;
}

struct span
may_be_told(const struct people *people, struct span email)
{
	const struct person *person;

	if (!email.len || !is_officer(people, email))
		return span_of("");
	person = people_find(people, email);
	return person ? person->email : span_of("");
}

struct span
manager_of(const struct people *people, struct span owner)
{
	const struct person *person = people_find(people, owner);

	return person ? may_be_told(people, person->manager) : span_of("");
}

struct span
holder_of(const struct people *people, enum post post)
{
	const struct person *person = people_post_holder(people, post);

	return person ? may_be_told(people, person->email) : span_of("");
}

struct span
enquiries_post(const struct people *people)
{
	struct span holder = holder_of(people, POST_MEMBERS_ENQUIRIES);

	return holder.len ? holder : holder_of(people, POST_MONITORING_OFFICER);
}
