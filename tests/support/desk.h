/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DESK_H
#define DESK_H
/*
 * A council with a store, intake, casework and outbox that a test drives by
 * hand, moment by moment.
 */
#include "council.h"

#include "duty/outbox.h"

struct desk {
	struct council council;
	struct casework casework;
	struct intake intake;
	struct council_script script;
	struct outbox *outbox;
};

/* Letters about flags and cases, none of the day in brief. */
static inline struct outbox_settings
desk_settings(const struct desk *desk)
{
	return (struct outbox_settings){
		.casework = &desk->casework,
		.letters_directory = "config/letters",
		.council = "Fenby Council",
		.from = "clerkd@fenby.example",
		.daily_minutes = -1,
	};
}

/* An outbox with these settings in the place of the one there is. */
static inline void
desk_outbox(struct desk *desk, const struct outbox_settings *settings)
{
	struct fault_list faults = { 0 };
	struct error err = { 0 };

	outbox_close(desk->outbox);
	if (outbox_open(settings, &faults, &desk->outbox, &err))
		fail_msg("%s", err.text);
	fault_print(&faults, FAULT_WARNING, stderr);
	assert_int_equal(faults.count, 0);
}

static inline void
desk_open(struct desk *desk, const char *path)
{
	struct outbox_settings settings = desk_settings(desk);
	struct error err = { 0 };

	memset(desk, 0, sizeof(*desk));
	council_open(&desk->council, "sheffield");
	if (store_open(path, &desk->casework.store, &err))
		fail_msg("%s", err.text);
	desk->casework.people = desk->council.people;
	desk->casework.calendar = desk->council.calendar;
	desk->casework.protocol = desk->council.protocol;
	desk_outbox(desk, &settings);
	desk->intake = (struct intake){
		.store = desk->casework.store,
		.people = desk->council.people,
		.calendar = desk->council.calendar,
		.casework = &desk->casework,
		.judge = council_judge,
		.judge_context = &desk->script,
	};
}

static inline void
desk_close(struct desk *desk)
{
	outbox_close(desk->outbox);
	store_close(desk->casework.store);
	council_close(&desk->council);
}

static inline time_t
desk_time(const struct desk *desk, const char *at)
{
	return council_time(&desk->council, at);
}

static inline struct intake_result
desk_take_one(struct desk *desk, const struct mail *mail, const char *source,
	      const char *key, time_t now)
{
	struct intake_result result;
	struct error err = { 0 };
	struct intake_item item = {
		.source = source,
		.key = span_of(key),
		.message = council_message(&desk->council, mail,
					   desk->council.arena),
		.now = now,
	};

	if (intake_message(&desk->intake, &item, desk->council.arena, &result,
			   &err))
		fail_msg("%s", err.text);
	return result;
}

/* All of them in one batch. */
static inline void
desk_take(struct desk *desk, const struct mail *mails, size_t count,
	  const char *now)
{
	struct error err = { 0 };

	desk->script = (struct council_script){ mails, count };
	assert_int_equal(store_begin(desk->casework.store, &err), 0);
	for (size_t i = 0; i < count; i++)
		desk_take_one(desk, &mails[i], "inbox", mails[i].id,
			      desk_time(desk, now));
	assert_int_equal(store_commit(desk->casework.store, &err), 0);
}

/* Casework, then outbox, in one transaction; gives the sooner next. */
static inline time_t
desk_wake(struct desk *desk, const char *now)
{
	time_t at = desk_time(desk, now), rung = 0, letter = 0;
	struct error err = { 0 };

	assert_int_equal(store_begin(desk->casework.store, &err), 0);
	if (casework_wake(&desk->casework, at, &rung, &err) ||
	    outbox_wake(desk->outbox, at, &letter, &err))
		fail_msg("%s", err.text);
	assert_int_equal(store_commit(desk->casework.store, &err), 0);
	return !rung || (letter && letter < rung) ? letter : rung;
}

/* Takes and settles everything that may leave; gives how many. Recipients and
 * letters are appended to out when it is not NULL. */
static inline size_t
desk_send(struct desk *desk, const char *now, const struct error *result,
	  struct buf *recipients, struct buf *texts)
{
	struct arena *arena = arena_new(0);
	struct error err = { 0 };
	struct store_letter letter;
	size_t count = 0;
	int taken;

	while ((taken = outbox_take(desk->outbox, desk_time(desk, now), arena,
				    &letter, &err)) == 1) {
		count++;
		if (recipients) {
			council_name(recipients, letter.recipient);
			buf_add_byte(recipients, ' ');
		}
		if (texts)
			buf_add(texts, letter.text);
		if (outbox_settle(desk->outbox, letter.id, result,
				  desk_time(desk, now), &err))
			fail_msg("%s", err.text);
	}
	if (taken < 0)
		fail_msg("%s", err.text);
	arena_free(arena);
	return count;
}

/* How many flags the store holds. */
static inline size_t
desk_flags(struct desk *desk)
{
	struct finding_query query = { 0 };
	struct store_finding *list;
	struct error err;
	size_t count;

	assert_int_equal(store_findings(desk->casework.store, &query,
					desk->council.arena, &list, &count,
					&err),
			 0);
	return count;
}

static inline const char *
desk_text(struct buf *buf)
{
	buf_add_byte(buf, '\0');
	buf->len--;
	return buf->ptr;
}

/* A desk in memory for a test. */
static inline int
desk_set_up(void **state)
{
	struct desk *desk = calloc(1, sizeof(*desk));

	desk_open(desk, ":memory:");
	*state = desk;
	return 0;
}

static inline int
desk_tear_down(void **state)
{
	desk_close(*state);
	free(*state);
	return 0;
}

#define DESK_TEST(f) \
	cmocka_unit_test_setup_teardown(f, desk_set_up, desk_tear_down)

#endif
