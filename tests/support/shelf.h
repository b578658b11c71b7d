/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHELF_H
#define SHELF_H
/*
 * A store for the tests that ask whether it is one: in memory and in a file of
 * its own, which goes with the test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "record/store.h"

struct shelf {
	struct store *store;
	struct arena *arena;
	struct error err;
	char path[64];
};

#define OK(call) assert_int_equal((call), 0)

static inline void
shelf_open(struct shelf *shelf)
{
	if (store_open(shelf->path, &shelf->store, &shelf->err))
		fail_msg("%s", shelf->err.text);
}

static inline int
shelf_memory(void **state)
{
	struct shelf *shelf = calloc(1, sizeof(*shelf));

	strcpy(shelf->path, ":memory:");
	shelf->arena = arena_new(0);
	shelf_open(shelf);
	*state = shelf;
	return 0;
}

static inline int
shelf_file(void **state)
{
	struct shelf *shelf = calloc(1, sizeof(*shelf));
	int fd;

	strcpy(shelf->path, "/tmp/clerkd-store-XXXXXX");
	fd = mkstemp(shelf->path);
	assert_true(fd >= 0);
	close(fd);
	shelf->arena = arena_new(0);
	shelf_open(shelf);
	*state = shelf;
	return 0;
}

static inline int
shelf_close(void **state)
{
	struct shelf *shelf = *state;
	char path[80];

	store_close(shelf->store);
	arena_free(shelf->arena);
	if (shelf->path[0] == '/') {
		unlink(shelf->path);
		snprintf(path, sizeof(path), "%s-wal", shelf->path);
		unlink(path);
		snprintf(path, sizeof(path), "%s-shm", shelf->path);
		unlink(path);
	}
	free(shelf);
	return 0;
}

static inline struct thread_key
id_key(const char *id)
{
	return (struct thread_key){ THREAD_KEY_ID, span_of(id) };
}

/* A message in a thread that its ids decide. */
static inline struct store_message
shelf_put(struct shelf *shelf, const char *id, uint64_t hash, const char *ref,
	  time_t received)
{
	struct span *to = arena_array(shelf->arena, 2, sizeof(*to));
	struct store_message message = {
		.message_id = span_of(id),
		.body_hash = hash,
		.received = received,
		.date = received - 5,
		.from = span_of("olu@fenby.example"),
		.to = { .at = to, .count = 2 },
		.automatic = AUTOMATIC_NO,
		.direction = DIRECTION_MEMBER_TO_OFFICER,
		.enquiry = true,
		.hands_over = true,
		.reply = REPLY_PASSED_ON,
		.promise = { 2026, 3, 9 },
		.reading = 7,
	};
	struct thread_key keys[2] = { id_key(id), id_key(ref ? ref : id) };

	to[0] = span_of("kerb@fenby.example");
	to[1] = span_of("trees@fenby.example");
	OK(store_thread_join(shelf->store, keys, 2, &message.thread,
			     &shelf->err));
	OK(store_message_add(shelf->store, &message, &shelf->err));
	return message;
}

#define EACH(f)                                                        \
	cmocka_unit_test_setup_teardown(f, shelf_memory, shelf_close), \
		cmocka_unit_test_setup_teardown(f, shelf_file, shelf_close)
#define IN_FILE(f) cmocka_unit_test_setup_teardown(f, shelf_file, shelf_close)

#endif
