/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The role that reads a folder on this machine, in a real process. */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "../support/moment.h"
#include "../support/tree.h"
#include "edges/fetch.h"
#include "edges/role.h"

struct maildir {
	char path[40];
	struct fetch *fetch;
	char keys[200]; /* of what came, in order */
};

static void
deliver(const struct maildir *maildir, const char *place, const char *name)
{
	char from[100], to[100];
	FILE *file;

	snprintf(from, sizeof from, "%s/tmp/x", maildir->path);
	snprintf(to, sizeof to, "%s/%s/%s", maildir->path, place, name);
	file = fopen(from, "w");
	assert_non_null(file);
	fprintf(file, "Subject: %s\n\nBody\n", name);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(rename(from, to), 0);
}

/* Takes what comes until the keys are these; the store knows `known`. */
static bool
keys_become(struct maildir *maildir, const char *want, const char *known)
{
	double until = now_s() + 10;
	struct fetch_event event;
	size_t i, len;

	while (now_s() < until && strcmp(maildir->keys, want) != 0) {
		struct pollfd poller = { .fd = fetch_fd(maildir->fetch),
					 .events = POLLIN };

		(void)poll(&poller, 1, 100);
		while (fetch_next(maildir->fetch, &event) == 1) {
			bool seen[FETCH_SEEN_MAX] = { false };

			assert_true(event.kind != FETCH_ENDED);
			for (i = 0;
			     event.kind == FETCH_SEEN && i < event.key_count;
			     i++)
				seen[i] = span_is(event.keys[i], known);
			if (event.kind == FETCH_SEEN)
				fetch_answer(maildir->fetch, seen,
					     event.key_count);
			if (event.kind != FETCH_BATCH)
				continue;
			for (i = 0; i < event.batch->count; i++) {
				len = strlen(maildir->keys);
				snprintf(maildir->keys + len,
					 sizeof maildir->keys - len, "%s ",
					 event.batch->items[i].key);
			}
			fetch_taken(maildir->fetch, event.batch->serial);
			batch_free(event.batch);
		}
	}
	return strcmp(maildir->keys, want) == 0;
}

static void
test_a_maildir_gives_each_message_once_wherever_it_moves(void **state)
{
	static const char *const parts[] = { "", "/cur", "/new", "/tmp" };
	struct maildir maildir = { .path = "/tmp/test-maildir-XXXXXX" };
	struct mailbox_settings settings = { .kind = MAILBOX_MAILDIR,
					     .name = "box",
					     .path = maildir.path };
	char from[100], to[100];
	struct error err;
	size_t i;

	(void)state;
	assert_non_null(mkdtemp(maildir.path));
	for (i = 1; i < ARRAY_SIZE(parts); i++) {
		snprintf(to, sizeof to, "%s%s", maildir.path, parts[i]);
		assert_int_equal(mkdir(to, 0700), 0);
	}
	deliver(&maildir, "cur", "1.a:2,S");
	deliver(&maildir, "cur", "2.b:2,S");
	deliver(&maildir, "new", "3.c");
	assert_int_equal(fetch_open(&settings, NULL, 0, &maildir.fetch, &err),
			 0);
	/* 2.b is recorded already. */
	assert_true(keys_become(&maildir, "1.a 3.c ", "/2.b"));
	deliver(&maildir, "new", "4.d");
	assert_true(keys_become(&maildir, "1.a 3.c 4.d ", ""));
	/* Somebody reads it, which moves it; then another one comes. */
	snprintf(from, sizeof from, "%s/new/4.d", maildir.path);
	snprintf(to, sizeof to, "%s/cur/4.d:2,S", maildir.path);
	assert_int_equal(rename(from, to), 0);
	deliver(&maildir, "new", "5.e");
	assert_true(keys_become(&maildir, "1.a 3.c 4.d 5.e ", ""));
	fetch_close(maildir.fetch);
	assert_int_equal(tree_remove(maildir.path), 0);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_a_maildir_gives_each_message_once_wherever_it_moves),
	};
	bool is_role;
	int status = role_main(argc, argv, &is_role);

	if (is_role)
		return status;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
