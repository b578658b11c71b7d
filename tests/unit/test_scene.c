/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who got it unseen, how surely, and from what that is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../support/loaded.h"
#include "filters/readings.h"

static const char people_csv[] =
	"email,name,role,posts,group,wards,directorate,manager,aliases,"
	"candidate\n"
	"ivy@hill.example,Ivy Marsh,member,,Green,Quay,,,ivy@home.example,\n"
	"tom@hill.example,Tom Bell,member,,Green,Quay,,,,\n"
	"una@hill.example,Una Pryce,officer,,,,,,,\n"
	"bins@hill.example,Bins Team,team,,,,,,,\n";

struct bench {
	struct arena *arena;
	struct people *people;
	struct message message;
	struct receipt receipts[2];
	struct address to[2];
};

static int
set_up(void **state)
{
	struct bench *bench = calloc(1, sizeof(*bench));

	bench->arena = arena_new(0);
	bench->people = loaded_people(people_csv, "hill.example");
	bench->to[0].email = span_of("ivy@hill.example");
	bench->message.from.email = span_of("una@hill.example");
	bench->message.to = (struct addresses){ bench->to, 1 };
	bench->message.receipts = bench->receipts;
	*state = bench;
	return 0;
}

static int
tear_down(void **state)
{
	struct bench *bench = *state;

	people_free(bench->people);
	arena_free(bench->arena);
	free(bench);
	return 0;
}

static struct scene
look(struct bench *bench)
{
	struct exhibit *exhibit = arena_alloc(bench->arena, sizeof(*exhibit));
	struct scene scene;

	exhibit->message = &bench->message;
	exhibit->people = bench->people;
	exhibit->calendar = NULL;
	scene_set(exhibit, bench->arena, &scene);
	return scene;
}

static void
receive(struct bench *bench, enum receipt_source source, const char *email)
{
	bench->receipts[bench->message.receipt_count++] = (struct receipt){
		.source = source,
		.email = span_of(email),
		.expanded = span_of(""),
		.forwarded = span_of(""),
	};
}

static void
test_proof_is_graded_by_what_tells_it(void **state)
{
	static const struct {
		enum receipt_source source;
		const char *owner; /* of the Sent folder, or "" */
		enum proof want;
		const char *from; /* what it is known from */
	} rows[] = {
		{ RECEIPT_JOURNAL_BCC, "", PROOF_PROVEN, "journal" },
		{ RECEIPT_BCC_HEADER, "una@hill.example", PROOF_PROVEN,
		  "own copy" },
		{ RECEIPT_BCC_HEADER, "", PROOF_LIKELY, "delivered copy" },
		{ RECEIPT_BCC_HEADER, "ivy@hill.example", PROOF_LIKELY,
		  "delivered copy" },
		{ RECEIPT_ENVELOPE, "una@hill.example", PROOF_LIKELY,
		  "envelope" },
	};
	struct bench *bench = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct scene scene;

		bench->message.receipt_count = 0;
		bench->message.mailbox_owner = span_of(rows[i].owner);
		receive(bench, rows[i].source, "tom@hill.example");
		scene = look(bench);
		assert_int_equal(scene.party_count, 2);
		assert_int_equal(scene.parties[1].proof, rows[i].want);
		assert_non_null(strstr(scene.parties[1].source, rows[i].from));
		assert_int_equal(scene.members_hidden, 1);
	}
}

static void
test_the_better_proof_of_the_same_recipient_wins(void **state)
{
	struct bench *bench = *state;
	struct scene scene;

	receive(bench, RECEIPT_ENVELOPE, "tom@hill.example");
	receive(bench, RECEIPT_JOURNAL_BCC, "tom@hill.example");
	scene = look(bench);
	assert_int_equal(scene.party_count, 2);
	assert_int_equal(scene.parties[1].proof, PROOF_PROVEN);
	assert_non_null(strstr(scene.parties[1].source, "journal"));
}

/* What is in To by the journal, went to an own alias, to a visible list or
 * mailbox, or to the sender: nobody whom the member cannot see. */
static void
test_who_is_there_openly_is_not_hidden(void **state)
{
	static const struct {
		enum receipt_source source;
		const char *email, *expanded, *forwarded;
	} rows[] = {
		{ RECEIPT_JOURNAL_TO, "tom@hill.example", "", "" },
		{ RECEIPT_ENVELOPE, "ivy@home.example", "", "" },
		{ RECEIPT_ENVELOPE, "ivy+ward@hill.example", "", "" },
		{ RECEIPT_ENVELOPE, "tom@hill.example", "ivy@hill.example",
		  "" },
		{ RECEIPT_ENVELOPE, "tom@hill.example", "",
		  "ivy@hill.example" },
		{ RECEIPT_JOURNAL_BCC, "una@hill.example", "", "" },
	};
	struct bench *bench = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct scene scene;

		bench->message.receipt_count = 0;
		receive(bench, rows[i].source, rows[i].email);
		bench->receipts[0].expanded = span_of(rows[i].expanded);
		bench->receipts[0].forwarded = span_of(rows[i].forwarded);
		scene = look(bench);
		if (scene.hidden_roles != 0 || scene.members_hidden != 0)
			fail_msg("row %zu", i);
	}
}

/* The mailbox that forwards was the blind copy; where it forwards to is its
 * own doing. */
static void
test_behind_a_hidden_mailbox_that_forwards_nobody_else_is_hidden(void **state)
{
	struct bench *bench = *state;
	struct scene scene;

	receive(bench, RECEIPT_JOURNAL_BCC, "tom@hill.example");
	receive(bench, RECEIPT_JOURNAL_BCC, "pa@out.example");
	bench->receipts[1].forwarded = span_of("tom@hill.example");
	scene = look(bench);
	assert_int_equal(scene.party_count, 2);
	assert_int_equal(scene.members_hidden, 1);
}

static void
test_an_archive_is_exempt_and_a_journalist_is_not(void **state)
{
	static const struct {
		const char *email;
		bool exempt;
	} rows[] = {
		{ "journal@vault.example", true },
		{ "mail-archive@vault.example", true },
		{ "journaling.hill@vault.example", true },
		{ "auditlog@vault.example", true },
		{ "journalist@paper.example", false },
		{ "auditor@firm.example", false },
		{ "complianceofficer@firm.example", false },
		{ "recordshop@music.example", false },
		{ "sam@archive.example", false },
	};
	struct bench *bench = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct scene scene;

		bench->message.receipt_count = 0;
		receive(bench, RECEIPT_ENVELOPE, rows[i].email);
		scene = look(bench);
		if (scene.parties[1].exempt != rows[i].exempt)
			fail_msg("%s", rows[i].email);
	}
}

static void
test_mail_of_a_list_is_no_enquiry_but_to_a_teams_own_list_it_is(void **state)
{
	static const struct {
		const char *list;
		bool possible;
	} rows[] = {
		{ "", true },
		{ "Talk <talk.hill.example>", false },
		{ "The bins team <bins.hill.example>", true },
		{ "bins.hill.example", true },
		{ "Other <bins.hill.example.org>", false },
		{ "<", false },
	};
	struct bench *bench = *state;
	size_t i;

	bench->message.from.email = span_of("ivy@hill.example");
	bench->to[0].email = span_of("bins@hill.example");
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct scene scene;

		bench->message.list_id = span_of(rows[i].list);
		scene = look(bench);
		if (enquiry_possible(&scene) != rows[i].possible)
			fail_msg("'%s'", rows[i].list);
	}
}

#define SCENE_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCENE_TEST(test_proof_is_graded_by_what_tells_it),
		SCENE_TEST(test_the_better_proof_of_the_same_recipient_wins),
		SCENE_TEST(test_who_is_there_openly_is_not_hidden),
		SCENE_TEST(
			test_behind_a_hidden_mailbox_that_forwards_nobody_else_is_hidden),
		SCENE_TEST(test_an_archive_is_exempt_and_a_journalist_is_not),
		SCENE_TEST(
			test_mail_of_a_list_is_no_enquiry_but_to_a_teams_own_list_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
