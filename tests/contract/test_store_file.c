/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is what was written still there, is it found among very much, and is a file
 * that is not this store refused? */
#include <sys/stat.h>

#include "../support/shelf.h"

/* ---- only for a store in a file ---- */

static void
test_what_was_committed_is_there_after_opening_again(void **state)
{
	struct shelf *shelf = *state;
	struct store_message out;

	OK(store_begin(shelf->store, &shelf->err));
	shelf_put(shelf, "<a>", 1, NULL, 5);
	OK(store_commit(shelf->store, &shelf->err));
	OK(store_begin(shelf->store, &shelf->err));
	shelf_put(shelf, "<b>", 2, NULL, 6);
	store_close(shelf->store); /* as a crash would: not committed */
	shelf_open(shelf);
	assert_int_equal(store_message_find(shelf->store, span_of("<a>"), 1,
					    shelf->arena, &out, &shelf->err),
			 1);
	assert_int_equal(store_message_find(shelf->store, span_of("<b>"), 2,
					    shelf->arena, &out, &shelf->err),
			 0);
}

static void
put_many_keys(struct shelf *shelf, size_t from, size_t to)
{
	OK(store_begin(shelf->store, &shelf->err));
	for (size_t i = from; i < to; i++) {
		char id[32];
		struct thread_key key = { .kind = THREAD_KEY_ID };
		int64_t thread = (int64_t)i + 1;

		snprintf(id, sizeof(id), "<%zu@many>", i);
		key.text = span_of(id);
		OK(store_thread_join(shelf->store, &key, 1, &thread,
				     &shelf->err));
	}
	OK(store_commit(shelf->store, &shelf->err));
}

static void
assert_all_keys(struct store *store, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i += 7) {
		char id[32];
		struct thread_key key = { .kind = THREAD_KEY_ID };
		int64_t thread = 0;

		snprintf(id, sizeof(id), "<%zu@many>", i);
		key.text = span_of(id);
		assert_int_equal(store_thread_find(store, &key, &thread, err),
				 1);
		assert_int_equal(thread, i + 1);
	}
}

static void
test_old_keys_are_found_among_very_many(void **state)
{
	struct shelf *shelf = *state;
	struct thread_key none = { THREAD_KEY_ID, span_of("<none@many>") };
	int64_t thread;

	put_many_keys(shelf, 0, 70000);
	assert_all_keys(shelf->store, 70000, &shelf->err);
	store_close(shelf->store);
	shelf_open(shelf);
	assert_all_keys(shelf->store, 70000, &shelf->err);
	put_many_keys(shelf, 70000, 100000);
	assert_all_keys(shelf->store, 100000, &shelf->err);
	assert_int_equal(
		store_thread_find(shelf->store, &none, &thread, &shelf->err),
		0);
	put_many_keys(shelf, 100000, 140000);
	assert_all_keys(shelf->store, 140000, &shelf->err);
}

static void
test_a_key_whose_batch_was_rolled_back_is_not_there(void **state)
{
	struct shelf *shelf = *state;
	struct thread_key key = { THREAD_KEY_ID, span_of("<gone>") };
	int64_t thread = 5;

	put_many_keys(shelf, 0, 32760);
	OK(store_begin(shelf->store, &shelf->err));
	OK(store_thread_join(shelf->store, &key, 1, &thread, &shelf->err));
	for (int i = 0; i < 100; i++)
		shelf_put(shelf, "<x>", (uint64_t)i, NULL, i);
	store_rollback(shelf->store);
	assert_int_equal(
		store_thread_find(shelf->store, &key, &thread, &shelf->err), 0);
	put_many_keys(shelf, 32760, 33000);
	assert_all_keys(shelf->store, 33000, &shelf->err);
}

static void
test_a_new_store_is_for_its_user_alone(void **state)
{
	struct shelf *shelf = *state;
	struct stat status;

	store_close(shelf->store);
	unlink(shelf->path);
	shelf_open(shelf);
	assert_int_equal(stat(shelf->path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
}

static void
patch(const char *path, long at, const char *bytes, size_t len)
{
	FILE *file = fopen(path, "r+");

	assert_non_null(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static void
test_a_newer_schema_is_refused_with_advice(void **state)
{
	struct shelf *shelf = *state;
	static const char newer[4] = { 0, 0, 0, STORE_SCHEMA + 1 };
	struct store *other = NULL;

	store_close(shelf->store); /* folds the log back into the file */
	shelf->store = NULL;
	patch(shelf->path, 60, newer, 4); /* user_version in the header */
	assert_int_equal(store_open(shelf->path, &other, &shelf->err), -1);
	assert_int_equal(shelf->err.kind, ERROR_CONFIG);
	assert_non_null(strstr(shelf->err.text, "newer clerkd"));
}

static void
test_a_file_that_is_no_store_is_refused(void **state)
{
	struct shelf *shelf = *state;
	struct store *other = NULL;

	store_close(shelf->store);
	shelf->store = NULL;
	patch(shelf->path, 0, "Dear Councillor, ", 17);
	assert_int_equal(store_open(shelf->path, &other, &shelf->err), -1);
	assert_int_equal(shelf->err.kind, ERROR_CONFIG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FILE(test_what_was_committed_is_there_after_opening_again),
		IN_FILE(test_old_keys_are_found_among_very_many),
		EACH(test_a_key_whose_batch_was_rolled_back_is_not_there),
		IN_FILE(test_a_new_store_is_for_its_user_alone),
		IN_FILE(test_a_newer_schema_is_refused_with_advice),
		IN_FILE(test_a_file_that_is_no_store_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
