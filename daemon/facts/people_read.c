/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "people_private.h"

struct loading {
	struct people *people;
	struct fault_list *faults;
};

static bool
is_email(struct span text)
{
	size_t at = span_find_byte(text, '@'), i;

	if (at == 0 || at + 1 >= text.len || text.len > PEOPLE_ADDRESS_MAX)
		return false;
	for (i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] <= ' ' || text.ptr[i] == 0x7f ||
		    strchr("<>,;\"", text.ptr[i]) != NULL ||
		    (text.ptr[i] == '@' && i != at))
			return false;
	return true;
}

/* Splits "a; b" into spans in the arena, lower case where asked. */
static struct span *
split(struct arena *arena, struct span field, bool lowered, size_t *ret_count)
{
	struct span *list = NULL, piece;

	*ret_count = 0;
	while (span_next(&field, ';', &piece)) {
		struct span *place;

		piece = span_trim(piece);
		if (piece.len == 0)
			continue;
		place = arena_push(arena, &list, ret_count, sizeof *list);
		*place = lowered ? arena_lower(arena, piece) :
				   arena_span(arena, piece);
	}
	return list;
}

enum column {
	COLUMN_EMAIL,
	COLUMN_NAME,
	COLUMN_ROLE,
	COLUMN_POSTS,
	COLUMN_GROUP,
	COLUMN_WARDS,
	COLUMN_DIRECTORATE,
	COLUMN_MANAGER,
	COLUMN_ALIASES,
	COLUMN_CANDIDATE,
	COLUMN_COUNT
};

static const char *const person_columns[] = {
	[COLUMN_EMAIL] = "email",
	[COLUMN_NAME] = "name",
	[COLUMN_ROLE] = "role",
	[COLUMN_POSTS] = "posts",
	[COLUMN_GROUP] = "group",
	[COLUMN_WARDS] = "wards",
	[COLUMN_DIRECTORATE] = "directorate",
	[COLUMN_MANAGER] = "manager",
	[COLUMN_ALIASES] = "aliases",
	[COLUMN_CANDIDATE] = "candidate",
	[COLUMN_COUNT] = NULL,
};

static bool
role_parse(struct span name, enum role *ret_role)
{
	int i;

	for (i = ROLE_MEMBER; i <= ROLE_SOLICITOR; i++)
		if (span_is_nocase(name, role_name((enum role)i))) {
			*ret_role = (enum role)i;
			return true;
		}
	return false;
}

static unsigned
posts_parse(struct loading *loading, const struct csv_row *row, enum role role,
	    struct span field)
{
	unsigned posts = 0;
	struct span piece;
	enum post post;

	while (span_next(&field, ';', &piece)) {
		piece = span_trim(piece);
		if (piece.len == 0)
			continue;
		if (!post_parse(piece, &post)) {
			fault_add(loading->faults, FAULT_ERROR, row->file,
				  row->line,
				  "post \"%.*s\" is not one of those in "
				  "clerkd.conf(5); correct or remove it",
				  SPAN_ARG(piece));
			continue;
		}
		if ((post >= POST_LEADER) != (role == ROLE_MEMBER))
			fault_add(loading->faults, FAULT_WARNING, row->file,
				  row->line, "post \"%s\" with role \"%s\"",
				  post_name(post), role_name(role));
		posts |= POST_BIT(post);
	}
	return posts;
}

static bool
email_field(struct loading *loading, const struct csv_row *row,
	    const char *column, struct span field)
{
	if (is_email(field))
		return true;
	fault_add(loading->faults, FAULT_ERROR, row->file, row->line,
		  "%s \"%.*s\" is no e-mail address", column, SPAN_ARG(field));
	return false;
}

static void
person_row(void *context, const struct csv_row *row)
{
	struct loading *loading = context;
	struct people *people = loading->people;
	struct arena *arena = people->arena;
	const struct span *field = row->fields;
	struct person *person;
	enum role role;
	size_t i;

	if (!role_parse(field[COLUMN_ROLE], &role)) {
		fault_add(loading->faults, FAULT_ERROR, row->file, row->line,
			  "role \"%.*s\"; use member, officer, team, "
			  "political-assistant, party-worker, media or "
			  "solicitor",
			  SPAN_ARG(field[COLUMN_ROLE]));
		return;
	}
	if (field[COLUMN_EMAIL].len == 0 && role == ROLE_MEMBER)
		fault_add(loading->faults, FAULT_WARNING, row->file, row->line,
			  "member without an e-mail address: their enquiries "
			  "cannot be followed");
	else if (!email_field(loading, row, "email", field[COLUMN_EMAIL]))
		return;
	if (people->count == PEOPLE_MAX) {
		fault_add(loading->faults, FAULT_ERROR, row->file, row->line,
			  "more than %d people", PEOPLE_MAX);
		return;
	}
	person = arena_alloc(arena, sizeof *person);
	*(struct person **)arena_push(arena, &people->persons, &people->count,
				      sizeof *people->persons) = person;
	person->line = row->line;
	person->email = arena_lower(arena, field[COLUMN_EMAIL]);
	person->name = arena_span(arena, field[COLUMN_NAME]);
	person->role = role;
	person->posts = posts_parse(loading, row, role, field[COLUMN_POSTS]);
	person->group = arena_span(arena, field[COLUMN_GROUP]);
	person->wards =
		split(arena, field[COLUMN_WARDS], false, &person->ward_count);
	person->directorate = arena_span(arena, field[COLUMN_DIRECTORATE]);
	if (field[COLUMN_MANAGER].len != 0 &&
	    email_field(loading, row, "manager", field[COLUMN_MANAGER]))
		person->manager = arena_lower(arena, field[COLUMN_MANAGER]);
	person->aliases =
		split(arena, field[COLUMN_ALIASES], true, &person->alias_count);
	for (i = 0; i < person->alias_count; i++)
		email_field(loading, row, "alias", person->aliases[i]);
	person->candidacies = split(arena, field[COLUMN_CANDIDATE], false,
				    &person->candidacy_count);
}

static const char *const group_columns[] = { "name", "aliases", "addresses",
					     NULL };

static void
group_row(void *context, const struct csv_row *row)
{
	struct loading *loading = context;
	struct people *people = loading->people;
	struct group *group;
	size_t i;

	if (row->fields[0].len == 0) {
		fault_add(loading->faults, FAULT_ERROR, row->file, row->line,
			  "a group needs a name");
		return;
	}
	group = arena_alloc(people->arena, sizeof *group);
	*(struct group **)arena_push(people->arena, &people->groups,
				     &people->group_count,
				     sizeof *people->groups) = group;
	group->name = arena_span(people->arena, row->fields[0]);
	group->aliases = split(people->arena, row->fields[1], false,
			       &group->alias_count);
	group->addresses = split(people->arena, row->fields[2], true,
				 &group->address_count);
	for (i = 0; i < group->address_count; i++)
		email_field(loading, row, "address", group->addresses[i]);
}

static int
by_email(const void *a, const void *b)
{
	const struct entry *left = a, *right = b;

	return span_compare(left->email, right->email);
}

static void
index_add(struct people *people, struct span email, const struct person *person,
	  const struct group *group)
{
	struct entry *entry;

	if (email.len == 0)
		return;
	entry = arena_push(people->arena, &people->index, &people->index_count,
			   sizeof *people->index);
	entry->email = email;
	entry->person = person;
	entry->group = group;
}

static void
index_build(struct people *people)
{
	size_t i, j;

	for (i = 0; i < people->count; i++) {
		const struct person *person = people->persons[i];

		index_add(people, person->email, person, NULL);
		for (j = 0; j < person->alias_count; j++)
			index_add(people, person->aliases[j], person, NULL);
	}
	for (i = 0; i < people->group_count; i++) {
		const struct group *group = people->groups[i];

		for (j = 0; j < group->address_count; j++)
			index_add(people, group->addresses[j], NULL, group);
	}
	if (people->index_count != 0)
		qsort(people->index, people->index_count, sizeof *people->index,
		      by_email);
}

static void
duplicates_check(const struct people *people, const char *path,
		 struct fault_list *faults)
{
	size_t i;

	for (i = 1; i < people->index_count; i++) {
		const struct entry *last = &people->index[i - 1];
		const struct entry *entry = &people->index[i];

		if (!span_equal(last->email, entry->email) ||
		    (last->person == entry->person && last->person != NULL))
			continue;
		fault_add(faults, FAULT_WARNING, path,
			  entry->person != NULL ? entry->person->line :
			  last->person != NULL  ? last->person->line :
						  0,
			  "address %.*s stands for more than one person or "
			  "group; the first one counts",
			  SPAN_ARG(entry->email));
	}
}

static void
persons_check(const struct people *people, const char *path, bool groups_known,
	      struct fault_list *faults)
{
	size_t i;

	for (i = 0; i < people->count; i++) {
		const struct person *person = people->persons[i];
		const struct person *manager =
			person->manager.len != 0 ?
				people_find(people, person->manager) :
				NULL;

		if (person->role == ROLE_OFFICER && person->manager.len == 0 &&
		    (person->posts & POST_BIT(POST_CHIEF_EXECUTIVE)) == 0)
			fault_add(faults, FAULT_WARNING, path, person->line,
				  "officer without a manager: overdue "
				  "reminders go to the officer alone");
		if (manager == person)
			fault_add(faults, FAULT_WARNING, path, person->line,
				  "their own manager: overdue reminders go "
				  "nowhere else; name the next person up");
		else if (manager != NULL && manager->role != ROLE_OFFICER &&
			 manager->role != ROLE_TEAM)
			fault_add(faults, FAULT_WARNING, path, person->line,
				  "manager %.*s is no officer or team and is "
				  "never written to",
				  SPAN_ARG(person->manager));
		if (person->manager.len != 0 && manager == NULL)
			fault_add(faults, FAULT_WARNING, path, person->line,
				  "manager %.*s has no row of their own",
				  SPAN_ARG(person->manager));
		if (groups_known && person->group.len != 0 &&
		    people_group(people, person->group) == NULL)
			fault_add(faults, FAULT_WARNING, path, person->line,
				  "group \"%.*s\" is not in groups.csv; add it "
				  "or correct the name",
				  SPAN_ARG(person->group));
	}
}

static int
by_name(const void *a, const void *b)
{
	const struct person *const *left = a, *const *right = b;

	return people_name_compare((*left)->name, (*right)->name);
}

int
people_load(const char *people_path, const char *groups_path,
	    const struct span *domains, size_t domain_count,
	    struct fault_list *faults, struct people **ret_people,
	    struct error *err)
{
	struct arena *arena = arena_new(0);
	struct people *people = arena_alloc(arena, sizeof *people);
	struct loading loading = { .people = people, .faults = faults };
	size_t i;

	people->arena = arena;
	people->domains = arena_array(arena, domain_count, sizeof *domains);
	people->domain_count = domain_count;
	for (i = 0; i < domain_count; i++)
		people->domains[i] = arena_lower(arena, domains[i]);
	if (csv_read(people_path, person_columns, COLUMN_POSTS, faults,
		     person_row, &loading, err) < 0)
		goto fail;
	if (groups_path != NULL &&
	    csv_read(groups_path, group_columns, 1, faults, group_row, &loading,
		     err) < 0)
		goto fail;
	index_build(people);
	people->by_name =
		arena_array(arena, people->count, sizeof *people->by_name);
	if (people->count != 0) {
		memcpy(people->by_name, people->persons,
		       people->count * sizeof *people->by_name);
		qsort(people->by_name, people->count, sizeof *people->by_name,
		      by_name);
	}
	duplicates_check(people, people_path, faults);
	persons_check(people, people_path, groups_path != NULL, faults);
	*ret_people = people;
	return 0;
fail:
	people_free(people);
	return -1;
}
