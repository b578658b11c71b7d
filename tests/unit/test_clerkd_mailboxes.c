/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clerkd_private.h"

enum { BACKLOG_MIN = 60, MAILBOXES = 2 };

/* A clerk with two mailboxes and no processes. */
struct house {
	struct config config;
	struct snapshot snapshot;
	struct clerk clerk;
	struct clerk_role roles[MAILBOXES], *list[MAILBOXES];
	struct mailbox_state mailboxes[MAILBOXES];
};

static char name[] = "members";

static int
setup(void **state)
{
	struct house *house = calloc(1, sizeof *house);
	size_t i;

	house->config.casework.backlog_minutes = BACKLOG_MIN;
	house->snapshot.config = &house->config;
	house->clerk.snapshot = &house->snapshot;
	house->clerk.roles = house->list;
	house->clerk.role_count = MAILBOXES;
	for (i = 0; i < MAILBOXES; i++) {
		house->list[i] = &house->roles[i];
		house->roles[i].kind = &fetch_kind;
		house->roles[i].clerk = &house->clerk;
		house->roles[i].mailbox = &house->mailboxes[i];
		house->mailboxes[i].name = name;
		house->mailboxes[i].current = true;
	}
	*state = house;
	return 0;
}

static int
teardown(void **state)
{
	free(*state);
	return 0;
}

static void
test_reminders_go_when_every_mailbox_is_read(void **state)
{
	struct house *house = *state;
	time_t next = 0;

	assert_true(mailboxes_read(&house->clerk, 1000000, &next));
	assert_int_equal(next, 0);
}

static void
test_reminders_wait_for_a_mailbox_that_is_behind(void **state)
{
	struct house *house = *state;
	time_t now = 1000000, next = 0;

	house->mailboxes[1].current = false;
	house->mailboxes[1].since = now - 600;
	assert_false(mailboxes_read(&house->clerk, now, &next));
	assert_int_equal(next, now - 600 + BACKLOG_MIN * 60);
	assert_false(house->mailboxes[1].given_up);
}

static void
test_a_dead_mailbox_is_waited_for_no_longer_than_set(void **state)
{
	struct house *house = *state;
	time_t now = 1000000, next = 0;

	house->mailboxes[0].current = false;
	house->mailboxes[0].since = now - BACKLOG_MIN * 60;
	assert_true(mailboxes_read(&house->clerk, now, &next));
	assert_true(house->mailboxes[0].given_up);
	assert_int_equal(next, 0);
	/* Another one that has just gone is waited for all the same. */
	house->mailboxes[1].current = false;
	house->mailboxes[1].since = now;
	assert_false(mailboxes_read(&house->clerk, now, &next));
}

static void
test_no_backlog_minutes_means_no_waiting(void **state)
{
	struct house *house = *state;
	time_t next = 0;

	house->config.casework.backlog_minutes = 0;
	house->mailboxes[0].current = false;
	house->mailboxes[0].since = 1000000;
	assert_true(mailboxes_read(&house->clerk, 1000000, &next));
}

static void
test_a_role_is_found_by_kind_and_mailbox(void **state)
{
	static char other[] = "journal";
	struct house *house = *state;

	house->mailboxes[1].name = other;
	assert_ptr_equal(role_find(&house->clerk, "fetch", "journal"),
			 &house->roles[1]);
	assert_ptr_equal(role_find(&house->clerk, "fetch", NULL),
			 &house->roles[0]);
	assert_null(role_find(&house->clerk, "fetch", "nobody"));
	assert_null(role_find(&house->clerk, "send", NULL));
}

static void
test_a_late_record_of_an_ended_process_is_not_told_to_the_next(void **state)
{
	struct house *house = *state;
	uint64_t old = (uint64_t)1 << ENGINE_GENERATION | 5;

	house->roles[0].up = true;
	house->mailboxes[0].generation = 2;
	house->mailboxes[0].waiting = 3;
	mailboxes_taken(&house->clerk, "members", old);
	assert_int_equal(house->mailboxes[0].waiting, 3);
}

static void
test_sooner_knows_that_0_is_never(void **state)
{
	time_t next = 0;

	(void)state;
	clerk_sooner(&next, 0);
	assert_int_equal(next, 0);
	clerk_sooner(&next, 50);
	assert_int_equal(next, 50);
	clerk_sooner(&next, 70);
	assert_int_equal(next, 50);
	clerk_sooner(&next, 40);
	assert_int_equal(next, 40);
}

int
main(void)
{
#define WITH_HOUSE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		WITH_HOUSE(test_reminders_go_when_every_mailbox_is_read),
		WITH_HOUSE(test_reminders_wait_for_a_mailbox_that_is_behind),
		WITH_HOUSE(
			test_a_dead_mailbox_is_waited_for_no_longer_than_set),
		WITH_HOUSE(test_no_backlog_minutes_means_no_waiting),
		WITH_HOUSE(test_a_role_is_found_by_kind_and_mailbox),
		WITH_HOUSE(
			test_a_late_record_of_an_ended_process_is_not_told_to_the_next),
		cmocka_unit_test(test_sooner_knows_that_0_is_never),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
