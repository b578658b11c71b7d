/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PEOPLE_H
#define PEOPLE_H
/*
 * The council's directory: people.csv and groups.csv, the columns of which are
 * laid down in docs (formats: people.csv, groups.csv).
 *
 * A snapshot: loaded whole, read-only, freed when the last user is done.
 * Addresses are compared without case; an alias is the person; a plus-part
 * ("cllr+casework@") is the person too. Unknown addresses in the council's own
 * domains are ROLE_UNKNOWN_INSIDE (a list, a new officer): never "outside".
 */
#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/fault.h"
#include "base/text.h"

enum role {
	ROLE_OUTSIDE,
	ROLE_UNKNOWN_INSIDE,
	ROLE_MEMBER,
	ROLE_OFFICER,
	ROLE_TEAM,
	ROLE_POLITICAL_ASSISTANT,
	ROLE_PARTY_WORKER,
	ROLE_MEDIA,
	ROLE_SOLICITOR,
	ROLE_GROUP, /* the office address of a political group */
	ROLE_COUNT
};

/* One bit a post, so that sets of posts are cheap: POST_BIT(POST_LEADER). */
enum post {
	POST_CHIEF_EXECUTIVE,
	POST_MONITORING_OFFICER,
	POST_CHIEF_FINANCE_OFFICER,
	POST_EXECUTIVE_DIRECTOR,
	POST_CORPORATE_DIRECTOR,
	POST_DIRECTOR,
	POST_DIVISIONAL_DIRECTOR,
	POST_HEAD_OF_SERVICE,
	POST_COMMUNICATIONS,
	POST_MEMBERS_ENQUIRIES,
	POST_LEGAL,
	POST_DEMOCRATIC_SERVICES,
	POST_ELECTIONS,
	POST_HUMAN_RESOURCES,
	POST_PRESS_DESK,
	POST_LEADER,
	POST_MAYOR,
	POST_DEPUTY,
	POST_CHAIR,
	POST_CABINET,
	POST_GROUP_LEADER,
	POST_SPOKESPERSON,
	POST_COUNT
};
#define POST_BIT(post) (1u << (post))

struct person {
	struct span email, name;
	enum role role;
	unsigned posts;     /* POST_BIT of each */
	struct span group;  /* canonical name, or empty */
	struct span *wards; /* ward names */
	size_t ward_count;
	struct span directorate;
	struct span manager; /* e-mail, lower case, or empty */
	struct span *aliases;
	size_t alias_count;
	struct span *candidacies; /* ids of polls */
	size_t candidacy_count;
	unsigned line; /* in people.csv */
};

struct group {
	struct span name;
	struct span *aliases, *addresses;
	size_t alias_count, address_count;
};

struct people;

/* Loads both files. domains: the council's own, kept by reference in arena
 * copies. Faults go to faults, as file:line: what, what to do. Returns -1 only
 * when a file cannot be opened or has no usable header. groups_path may be
 * NULL. */
int people_load(const char *people_path, const char *groups_path,
		const struct span *domains, size_t domain_count,
		struct fault_list *faults, struct people **ret_people,
		struct error *err);
void people_free(struct people *people);

/* NULL when the address is in no row. */
const struct person *people_find(const struct people *people,
				 struct span email);
enum role people_role(const struct people *people, struct span email);

/* The address of column `email` for any of a person's addresses; the address
 * itself, lower case as given, when nobody has it. */
struct span people_canonical(const struct people *people, struct span email);

/* A person by full name as it stands in the directory, ignoring case, "Cllr",
 * "Councillor" and the like; NULL when nobody or several match. */
const struct person *people_find_name(const struct people *people,
				      struct span name);

/* The first holder of a post in order of the file, officers before teams; or
 * NULL. */
const struct person *people_post_holder(const struct people *people,
					enum post post);

/* The group whose name, alias or office address this is; or NULL. */
const struct group *people_group(const struct people *people, struct span name);
const struct group *people_group_of_address(const struct people *people,
					    struct span email);

size_t people_count(const struct people *people);
const struct person *people_at(const struct people *people, size_t index);
size_t people_group_count(const struct people *people);
const struct group *people_group_at(const struct people *people, size_t index);

const char *role_name(enum role role);
const char *post_name(enum post post);
bool post_parse(struct span name, enum post *ret_post);

#endif
