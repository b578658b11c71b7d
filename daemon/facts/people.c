/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "people_private.h"
#include "title.h"

static const char *const role_names[] = {
	[ROLE_OUTSIDE] = "outside",
	[ROLE_UNKNOWN_INSIDE] = "unknown-inside",
	[ROLE_MEMBER] = "member",
	[ROLE_OFFICER] = "officer",
	[ROLE_TEAM] = "team",
	[ROLE_POLITICAL_ASSISTANT] = "political-assistant",
	[ROLE_PARTY_WORKER] = "party-worker",
	[ROLE_MEDIA] = "media",
	[ROLE_SOLICITOR] = "solicitor",
	[ROLE_GROUP] = "group",
};
static_assert(ARRAY_SIZE(role_names) == ROLE_COUNT, "one name a role");

static const char *const post_names[] = {
	[POST_CHIEF_EXECUTIVE] = "chief-executive",
	[POST_MONITORING_OFFICER] = "monitoring-officer",
	[POST_CHIEF_FINANCE_OFFICER] = "chief-finance-officer",
	[POST_EXECUTIVE_DIRECTOR] = "executive-director",
	[POST_CORPORATE_DIRECTOR] = "corporate-director",
	[POST_DIRECTOR] = "director",
	[POST_DIVISIONAL_DIRECTOR] = "divisional-director",
	[POST_HEAD_OF_SERVICE] = "head-of-service",
	[POST_COMMUNICATIONS] = "communications",
	[POST_MEMBERS_ENQUIRIES] = "members-enquiries",
	[POST_LEGAL] = "legal",
	[POST_DEMOCRATIC_SERVICES] = "democratic-services",
	[POST_ELECTIONS] = "elections",
	[POST_HUMAN_RESOURCES] = "human-resources",
	[POST_PRESS_DESK] = "press-desk",
	[POST_LEADER] = "leader",
	[POST_MAYOR] = "mayor",
	[POST_DEPUTY] = "deputy",
	[POST_CHAIR] = "chair",
	[POST_CABINET] = "cabinet",
	[POST_GROUP_LEADER] = "group-leader",
	[POST_SPOKESPERSON] = "spokesperson",
};
static_assert(ARRAY_SIZE(post_names) == POST_COUNT, "one name a post");

const char *
role_name(enum role role)
{
	return role_names[role];
}

const char *
post_name(enum post post)
{
	return post_names[post];
}

bool
post_parse(struct span name, enum post *ret_post)
{
	int i;

	for (i = 0; i < POST_COUNT; i++)
		if (span_is_nocase(name, post_names[i])) {
			*ret_post = (enum post)i;
			return true;
		}
	return false;
}

static char
folded(struct span name, size_t *at)
{
	char c = '\0';

	while (*at < name.len && (name.ptr[*at] == ' ' || name.ptr[*at] == '.'))
		*at += 1;
	if (*at < name.len)
		c = (char)tolower((unsigned char)name.ptr[(*at)++]);
	return c;
}

int
people_name_compare(struct span a, struct span b)
{
	size_t i = 0, j = 0;
	char left, right;

	do {
		left = folded(a, &i);
		right = folded(b, &j);
	} while (left == right && left != '\0');
	return (unsigned char)left - (unsigned char)right;
}

void
people_free(struct people *people)
{
	if (people != NULL)
		arena_free(people->arena);
}

static int
compare_lowered(struct span any, struct span lowered)
{
	size_t i;

	for (i = 0; i < any.len && i < lowered.len; i++) {
		int left = tolower((unsigned char)any.ptr[i]);
		int right = (unsigned char)lowered.ptr[i];

		if (left != right)
			return left - right;
	}
	return (any.len > lowered.len) - (any.len < lowered.len);
}

/* The row of an address; of several, the one that stands first in the file. */
static const struct entry *
entry_find(const struct people *people, struct span email)
{
	size_t low = 0, high = people->index_count;
	const struct entry *best = NULL;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_lowered(email, people->index[middle].email) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < people->index_count &&
	       compare_lowered(email, people->index[low].email) == 0;
	     low++) {
		const struct entry *entry = &people->index[low];

		if (best == NULL || best->person == NULL ||
		    (entry->person != NULL &&
		     entry->person->line < best->person->line))
			best = entry;
	}
	return best;
}

/* "cllr+casework@x" is also "cllr@x" (RFC 5233 subaddressing). */
static const struct entry *
entry_find_plus(const struct people *people, struct span email)
{
	const struct entry *entry = entry_find(people, email);
	size_t at = span_find_byte(email, '@');
	size_t plus = span_find_byte(span_sub(email, 0, at), '+');
	char plain[PEOPLE_ADDRESS_MAX + 1];

	if (entry != NULL || plus == 0 || plus >= at ||
	    email.len > PEOPLE_ADDRESS_MAX)
		return entry;
	memcpy(plain, email.ptr, plus);
	memcpy(plain + plus, email.ptr + at, email.len - at);
	return entry_find(
		people,
		(struct span){ .ptr = plain, .len = plus + email.len - at });
}

const struct person *
people_find(const struct people *people, struct span email)
{
	const struct entry *entry = entry_find_plus(people, email);

	return entry != NULL ? entry->person : NULL;
}

static bool
is_inside(const struct people *people, struct span email)
{
	size_t at = span_find_byte(email, '@'), i;
	struct span domain = span_sub(email, at + 1, email.len);

	for (i = 0; i < people->domain_count; i++) {
		struct span own = people->domains[i];

		if (span_equal_nocase(domain, own))
			return true;
		/* "mail.example.gov.uk" belongs to "example.gov.uk" */
		if (domain.len > own.len &&
		    domain.ptr[domain.len - own.len - 1] == '.' &&
		    span_equal_nocase(
			    span_sub(domain, domain.len - own.len, domain.len),
			    own))
			return true;
	}
	return false;
}

enum role
people_role(const struct people *people, struct span email)
{
	const struct entry *entry = entry_find_plus(people, email);

	if (entry != NULL)
		return entry->person != NULL ? entry->person->role : ROLE_GROUP;
	return is_inside(people, email) ? ROLE_UNKNOWN_INSIDE : ROLE_OUTSIDE;
}

struct span
people_canonical(const struct people *people, struct span email)
{
	const struct person *person = people_find(people, email);

	return person != NULL ? person->email : email;
}

/* Takes titles off the front: "Cllr Dr A. Name" is "A. Name". */
static struct span
name_plain(struct span name)
{
	size_t end;

	name = span_trim(name);
	while ((end = span_find_byte(name, ' ')) < name.len &&
	       title_is(span_sub(name, 0, end), TITLE_LEADS))
		name = span_trim(span_sub(name, end, name.len));
	return name;
}

const struct person *
people_find_name(const struct people *people, struct span name)
{
	size_t low = 0, high = people->count;

	name = name_plain(name);
	if (name.len == 0)
		return NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (people_name_compare(name, people->by_name[middle]->name) >
		    0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == people->count ||
	    people_name_compare(name, people->by_name[low]->name) != 0)
		return NULL;
	if (low + 1 < people->count &&
	    people_name_compare(name, people->by_name[low + 1]->name) == 0)
		return NULL;
	return people->by_name[low];
}

const struct person *
people_post_holder(const struct people *people, enum post post)
{
	const struct person *team = NULL;
	size_t i;

	for (i = 0; i < people->count; i++) {
		const struct person *person = people->persons[i];

		if ((person->posts & POST_BIT(post)) == 0 ||
		    person->email.len == 0)
			continue;
		if (person->role != ROLE_TEAM)
			return person;
		if (team == NULL)
			team = person;
	}
	return team;
}

const struct group *
people_group(const struct people *people, struct span name)
{
	size_t i, j;

	for (i = 0; i < people->group_count; i++) {
		const struct group *group = people->groups[i];

		if (span_equal_nocase(group->name, name))
			return group;
		for (j = 0; j < group->alias_count; j++)
			if (span_equal_nocase(group->aliases[j], name))
				return group;
	}
	return NULL;
}

const struct group *
people_group_of_address(const struct people *people, struct span email)
{
	const struct entry *entry = entry_find_plus(people, email);

	return entry != NULL ? entry->group : NULL;
}

size_t
people_count(const struct people *people)
{
	return people->count;
}

const struct person *
people_at(const struct people *people, size_t index)
{
	return people->persons[index];
}

size_t
people_group_count(const struct people *people)
{
	return people->group_count;
}

const struct group *
people_group_at(const struct people *people, size_t index)
{
	return people->groups[index];
}
