/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/loaded.h"
#include "facts/people.h"

static const char people_csv[] =
	"\xef\xbb\xbfname,email,role,posts,group,wards,directorate,manager,"
	"aliases,candidate,shoe size\r\n"
	"Una Brand,Una.Brand@Hill.example,member,chair;group-leader,Blues,"
	"\"East; West\",,,una@post.example;UB@Firm.example,poll-1,37\r\n"
	"Ola Kerr,ola.kerr@hill.example,officer,head-of-service,,,Roads,"
	"boss@hill.example,,,\r\n"
	"\"Wren, Jo\",boss@hill.example,officer,chief-executive,,,,,,,\r\n"
	"Streets Team,streets@hill.example,team,,,,Roads,,,,\r\n"
	"Sam Pike,s.pike@paper.example,media,,,,,,,,\r\n";

static const char groups_csv[] =
	"name,aliases,addresses\n"
	"Blues,Blue Group;The Blues,office@blues.example\n";

struct loaded {
	struct people *people;
	struct fault_list faults;
	struct error err;
	int result;
};

static void
load(struct loaded *loaded, const char *people, const char *groups)
{
	char people_path[] = "/tmp/test_people.XXXXXX";
	char groups_path[] = "/tmp/test_people.XXXXXX";
	struct span domain = span_of("hill.example");

	memset(loaded, 0, sizeof *loaded);
	loaded_file(people_path, people);
	loaded_file(groups_path, groups);
	loaded->result =
		people_load(people_path, groups_path, &domain, 1,
			    &loaded->faults, &loaded->people, &loaded->err);
	unlink(people_path);
	unlink(groups_path);
}

static void
unload(struct loaded *loaded)
{
	if (loaded->result == 0)
		people_free(loaded->people);
	fault_list_clear(&loaded->faults);
}

static void
test_every_address_of_a_person_is_that_person(void **state)
{
	static const struct {
		const char *email;
		enum role want_role;
		const char *want_canonical;
	} rows[] = {
		{ "una.brand@hill.example", ROLE_MEMBER,
		  "una.brand@hill.example" },
		{ "UNA@post.EXAMPLE", ROLE_MEMBER, "una.brand@hill.example" },
		{ "ub@firm.example", ROLE_MEMBER, "una.brand@hill.example" },
		{ "una.brand+casework@hill.example", ROLE_MEMBER,
		  "una.brand@hill.example" },
		{ "streets@hill.example", ROLE_TEAM, "streets@hill.example" },
		{ "office@blues.example", ROLE_GROUP, "office@blues.example" },
		{ "s.pike@paper.example", ROLE_MEDIA, "s.pike@paper.example" },
		{ "all.staff@hill.example", ROLE_UNKNOWN_INSIDE,
		  "all.staff@hill.example" },
		{ "x@mail.hill.example", ROLE_UNKNOWN_INSIDE,
		  "x@mail.hill.example" },
		{ "x@downhill.example", ROLE_OUTSIDE, "x@downhill.example" },
		{ "hill.example", ROLE_OUTSIDE, "hill.example" },
		{ "", ROLE_OUTSIDE, "" },
		{ "+@hill.example", ROLE_UNKNOWN_INSIDE, "+@hill.example" },
	};
	struct loaded loaded;
	size_t i;

	(void)state;
	load(&loaded, people_csv, groups_csv);
	assert_int_equal(loaded.result, 0);
	assert_int_equal(loaded.faults.errors, 0);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct span email = span_of(rows[i].email);

		assert_int_equal(people_role(loaded.people, email),
				 rows[i].want_role);
		assert_true(span_is(people_canonical(loaded.people, email),
				    rows[i].want_canonical));
	}
	unload(&loaded);
}

static void
test_posts_wards_and_names_are_found(void **state)
{
	struct loaded loaded;
	const struct person *una;

	(void)state;
	load(&loaded, people_csv, groups_csv);
	una = people_find_name(loaded.people, span_of("Cllr  una  BRAND"));
	assert_non_null(una);
	assert_int_equal(una->posts,
			 POST_BIT(POST_CHAIR) | POST_BIT(POST_GROUP_LEADER));
	assert_int_equal(una->ward_count, 2);
	assert_true(span_is(una->wards[1], "West"));
	assert_null(people_find_name(loaded.people, span_of("Una")));
	assert_true(span_is(
		people_post_holder(loaded.people, POST_CHIEF_EXECUTIVE)->name,
		"Wren, Jo"));
	assert_null(people_post_holder(loaded.people, POST_LEGAL));
	assert_non_null(people_group(loaded.people, span_of("the blues")));
	assert_true(loaded_told(&loaded.faults, 1, "shoe size"));
	unload(&loaded);
}

static void
test_each_fault_of_a_row_is_told_with_its_line(void **state)
{
	struct loaded loaded;

	(void)state;
	load(&loaded,
	     "email,name,role,posts,group,wards,manager\n"
	     "a@hill.example,A,king,,,,\n"
	     "no address,B,officer,,,,\n"
	     "c@hill.example,C,officer,wizard,,,\n"
	     ",D,member,,Blues,North,\n"
	     "e@hill.example,E,officer,,,,gone@hill.example\n"
	     "f@hill.example,F,member,,Reds,North,\n"
	     "f@hill.example,G,member,,Blues,North,,,,,,,\n"
	     "f@hill.example,H,member,,Blues,North,\n"
	     "i@hill.example,I,officer,,,,i@hill.example\n"
	     "j@hill.example,J,officer,,,,f@hill.example\n",
	     groups_csv);
	assert_int_equal(loaded.result, 0);
	assert_true(loaded_told(&loaded.faults, 2, "role \"king\""));
	assert_true(loaded_told(&loaded.faults, 3, "no e-mail address"));
	assert_true(loaded_told(&loaded.faults, 4, "post \"wizard\""));
	assert_true(loaded_told(&loaded.faults, 4, "without a manager"));
	assert_true(loaded_told(&loaded.faults, 5, "without an e-mail"));
	assert_true(loaded_told(&loaded.faults, 6, "no row of their own"));
	assert_true(loaded_told(&loaded.faults, 7, "not in groups.csv"));
	assert_true(
		loaded_told(&loaded.faults, 8, "fields, but the header row"));
	assert_true(loaded_told(&loaded.faults, 9, "more than one person"));
	assert_true(loaded_told(&loaded.faults, 10, "their own manager"));
	assert_true(loaded_told(&loaded.faults, 11, "is never written to"));
	unload(&loaded);
}

/* As old spreadsheets of the Macintosh wrote it. */
static void
test_lone_carriage_returns_end_rows_that_have_a_line(void **state)
{
	struct loaded loaded;

	(void)state;
	load(&loaded,
	     "email,name,role\rx@hill.example,X,member\r"
	     "y@hill.example,Y,wizard\r",
	     groups_csv);
	assert_int_equal(loaded.result, 0);
	assert_int_equal(
		people_find(loaded.people, span_of("x@hill.example"))->line, 1);
	assert_true(loaded_told(&loaded.faults, 1, "wizard"));
	unload(&loaded);
}

static void
test_a_file_without_its_columns_is_refused(void **state)
{
	struct loaded loaded;

	(void)state;
	load(&loaded, "email,name\nx@hill.example,X\n", groups_csv);
	assert_int_equal(loaded.result, -1);
	assert_non_null(strstr(loaded.err.text,
			       ":1: the header row has no column \"role\""));
	assert_int_equal(loaded.faults.count, 0); /* told once */
	unload(&loaded);
	load(&loaded, "", groups_csv);
	assert_int_equal(loaded.result, -1);
	unload(&loaded);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_address_of_a_person_is_that_person),
		cmocka_unit_test(test_posts_wards_and_names_are_found),
		cmocka_unit_test(
			test_each_fault_of_a_row_is_told_with_its_line),
		cmocka_unit_test(
			test_lone_carriage_returns_end_rows_that_have_a_line),
		cmocka_unit_test(test_a_file_without_its_columns_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
