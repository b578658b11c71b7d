/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packs: what is taken, what is passed over, and that both judge alike. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "filters/lexicon.h"
#include "filters/model.h"
#include "filters/pack.h"

enum { KEY = 4711, STARTERS = 8 };

struct bench {
	char folder[64], phrases[80], packs[80], weights[80];
	struct pack_places places;
	struct fault_list faults;
	struct arena *arena;
};

static void
path_in(char *path, size_t size, const char *folder, const char *name)
{
	assert_true(snprintf(path, size, "%s/%s", folder, name) < (int)size);
}

static void
put(const char *folder, const char *name, const char *text)
{
	char path[160];
	FILE *out;

	path_in(path, sizeof(path), folder, name);
	out = fopen(path, "we");
	assert_non_null(out);
	fputs(text, out);
	assert_int_equal(fclose(out), 0);
}

static int
set_up(void **state)
{
	struct bench *bench = calloc(1, sizeof(*bench));

	assert_non_null(bench);
	snprintf(bench->folder, sizeof(bench->folder), "/tmp/pack-XXXXXX");
	assert_non_null(mkdtemp(bench->folder));
	path_in(bench->phrases, sizeof(bench->phrases), bench->folder, "lex");
	path_in(bench->packs, sizeof(bench->packs), bench->folder, "packs");
	path_in(bench->weights, sizeof(bench->weights), bench->folder,
		"model.txt");
	assert_int_equal(mkdir(bench->phrases, 0700), 0);
	assert_int_equal(mkdir(bench->packs, 0700), 0);
	put(bench->phrases, "boat.lex",
	    "row* boat\n(small|little|) (dinghy|skiff)\n");
	put(bench->phrases, "river.lex", "river bank\nthe weir\n");
	put(bench->folder, "model.txt",
	    "clerk-model 2\nmodel a 0.5 0.6 1 0\n0.25\tw:boat\n"
	    "model b 0 0.5 1 0\n-1\tw:boat\n2\tw:weir\n");
	bench->places =
		(struct pack_places){ .own = bench->packs, .write = true };
	bench->arena = arena_new(0);
	*state = bench;
	return 0;
}

static int
tear_down(void **state)
{
	struct bench *bench = *state;
	char command[160];
	char *argv[] = { "rm", "-rf", command, NULL };
	pid_t pid = fork();

	snprintf(command, sizeof(command), "%s", bench->folder);
	if (pid == 0) {
		execvp("rm", argv);
		_exit(1);
	}
	waitpid(pid, NULL, 0);
	fault_list_clear(&bench->faults);
	arena_free(bench->arena);
	free(bench);
	return 0;
}

static struct lexicon *
open_lexicon(struct bench *bench)
{
	struct lexicon *lexicon = NULL;
	struct error err = { 0 };

	assert_int_equal(lexicon_open(bench->phrases, &bench->places,
				      &bench->faults, &lexicon, &err),
			 0);
	return lexicon;
}

/* It finds what it should, whatever it came from. */
static void
check_lexicon(struct bench *bench, struct lexicon *lexicon)
{
	struct fold fold;
	struct hit *hits;
	size_t count;

	fold_make(span_of("He rowed a small skiff, a rowing boat, to the weir"),
		  bench->arena, &fold);
	lexicon_scan(lexicon, &fold, bench->arena, &hits, &count);
	assert_int_equal(count, 3);
	assert_string_equal(lexicon_concept_name(lexicon, hits[0].concept),
			    "boat");
	assert_int_equal(hits[0].start, 11);
	assert_int_equal(hits[1].start, 26);
	assert_int_equal(hits[2].concept, lexicon_concept(lexicon, "river"));
	lexicon_free(lexicon);
}

static bool
made(const struct bench *bench, const char *name, ino_t *ret_inode)
{
	char path[160];
	struct stat st;

	path_in(path, sizeof(path), bench->packs, name);
	if (stat(path, &st) != 0)
		return false;
	*ret_inode = st.st_ino;
	return true;
}

static void
test_a_lexicon_is_made_once_and_then_taken_from_its_pack(void **state)
{
	struct bench *bench = *state;
	ino_t first = 0, second = 0;

	check_lexicon(bench, open_lexicon(bench));
	assert_true(made(bench, "lexicon.pack", &first));
	check_lexicon(bench, open_lexicon(bench));
	assert_true(made(bench, "lexicon.pack", &second));
	assert_int_equal(first, second);
}

static void
test_another_phrase_makes_another_pack(void **state)
{
	struct bench *bench = *state;
	ino_t first = 0, second = 0;

	check_lexicon(bench, open_lexicon(bench));
	assert_true(made(bench, "lexicon.pack", &first));
	put(bench->phrases, "boat.lex",
	    "row* boat\n(small|little|) (dinghy|skiff|ferry)\n");
	check_lexicon(bench, open_lexicon(bench));
	assert_true(made(bench, "lexicon.pack", &second));
	assert_int_not_equal(first, second);
}

static void
test_a_line_that_is_wrong_is_told_at_every_start(void **state)
{
	struct bench *bench = *state;
	ino_t inode;

	put(bench->phrases, "broken.lex", "(never closed\n");
	check_lexicon(bench, open_lexicon(bench));
	assert_int_equal(bench->faults.count, 1);
	assert_false(made(bench, "lexicon.pack", &inode));
	check_lexicon(bench, open_lexicon(bench));
	assert_int_equal(bench->faults.count, 2);
}

static size_t
size_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return (size_t)st.st_size;
}

static void
damage(const char *path, size_t at)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	unsigned char byte;

	assert_true(fd >= 0);
	assert_int_equal(pread(fd, &byte, 1, (off_t)at), 1);
	byte ^= 0x40;
	assert_int_equal(pwrite(fd, &byte, 1, (off_t)at), 1);
	close(fd);
}

static void
test_a_pack_with_a_byte_wrong_is_made_again(void **state)
{
	struct bench *bench = *state;
	ino_t before = 0, after = 0;
	char path[160];
	size_t size, at;

	path_in(path, sizeof(path), bench->packs, "lexicon.pack");
	check_lexicon(bench, open_lexicon(bench));
	size = size_of(path);
	for (at = 0; at < size; at += at < 64 ? 1 : size / 64) {
		if (at == 16)
			at = 32; /* nothing stands there */
		assert_true(made(bench, "lexicon.pack", &before));
		damage(path, at);
		check_lexicon(bench, open_lexicon(bench));
		assert_true(made(bench, "lexicon.pack", &after));
		assert_int_not_equal(before, after);
	}
}

static struct pack *
small_pack(void)
{
	static const char numbers[] = "0123456789";
	const struct span parts[] = {
		{ numbers, 10 },
		{ "", 0 },
		{ numbers, 3 },
	};

	return pack_make(KEY, parts, ARRAY_SIZE(parts));
}

static void
test_parts_come_back_as_they_were(void **state)
{
	struct bench *bench = *state;
	struct pack *pack = small_pack();
	struct error err = { 0 };

	assert_int_equal(pack_write(pack, bench->packs, "small", &err), 0);
	pack_free(pack);
	pack = pack_find(&bench->places, "small", KEY, 3);
	assert_non_null(pack);
	assert_true(span_is(pack_part(pack, 0), "0123456789"));
	assert_int_equal((uintptr_t)pack_part(pack, 0).ptr % PACK_ALIGN, 0);
	assert_int_equal(pack_part(pack, 1).len, 0);
	assert_true(span_is(pack_part(pack, 2), "012"));
	assert_int_equal(pack_part(pack, 3).len, 0);
	pack_free(pack);
	assert_null(pack_find(&bench->places, "small", KEY + 1, 3));
	assert_null(pack_find(&bench->places, "small", KEY, 4));
	assert_null(pack_find(&bench->places, "other", KEY, 3));
}

static void
test_a_pack_that_is_cut_anywhere_is_passed_over(void **state)
{
	struct bench *bench = *state;
	struct pack *pack = small_pack();
	struct error err = { 0 };
	char path[160];
	size_t size;

	path_in(path, sizeof(path), bench->packs, "small.pack");
	assert_int_equal(pack_write(pack, bench->packs, "small", &err), 0);
	for (size = size_of(path); size-- > 0;) {
		assert_int_equal(truncate(path, (off_t)size), 0);
		assert_null(pack_find(&bench->places, "small", KEY, 3));
	}
	pack_free(pack);
}

static void
test_a_pack_that_others_may_write_is_passed_over(void **state)
{
	struct bench *bench = *state;
	struct pack *pack = small_pack();
	struct error err = { 0 };
	char path[160], other[160];

	path_in(path, sizeof(path), bench->packs, "small.pack");
	path_in(other, sizeof(other), bench->packs, "other.pack");
	assert_int_equal(pack_write(pack, bench->packs, "small", &err), 0);
	pack_free(pack);
	assert_int_equal(chmod(path, 0664), 0);
	assert_null(pack_find(&bench->places, "small", KEY, 3));
	assert_int_equal(chmod(path, 0644), 0);
	assert_int_equal(symlink(path, other), 0);
	assert_null(pack_find(&bench->places, "other", KEY, 3));
	assert_int_equal(unlink(other), 0);
	assert_int_equal(mkfifo(other, 0600), 0);
	assert_null(pack_find(&bench->places, "other", KEY, 3));
	if (geteuid() == 0) { /* only root can give a file away */
		assert_int_equal(chown(path, 12345, 12345), 0);
		assert_null(pack_find(&bench->places, "small", KEY, 3));
		assert_int_equal(chown(path, 0, 0), 0);
	}
	pack = pack_find(&bench->places, "small", KEY, 3);
	assert_non_null(pack);
	pack_free(pack);
}

static void
test_where_nothing_can_be_written_all_works_without(void **state)
{
	struct bench *bench = *state;

	bench->places.own = "/proc/self"; /* nor by root */
	check_lexicon(bench, open_lexicon(bench));
	bench->places.own = "/nonexistent";
	check_lexicon(bench, open_lexicon(bench));
	bench->places.own = NULL;
	check_lexicon(bench, open_lexicon(bench));
}

static void
test_starting_together_they_all_find_the_same(void **state)
{
	struct bench *bench = *state;
	pid_t pids[STARTERS];
	int status, i;
	ino_t inode;

	for (i = 0; i < STARTERS; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			check_lexicon(bench, open_lexicon(bench));
			_exit(0);
		}
	}
	for (i = 0; i < STARTERS; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	assert_true(made(bench, "lexicon.pack", &inode));
	bench->places.write = false;
	check_lexicon(bench, open_lexicon(bench));
}

static void
check_weights(struct bench *bench, double want_weir)
{
	uint64_t keys[] = { feature_key(span_of("w:boat")),
			    feature_key(span_of("w:rain")),
			    feature_key(span_of("w:weir")) };
	const struct features features = { .keys = keys, .count = 3 };
	struct model_sum sum;
	struct error err = { 0 };
	struct model *model = NULL;

	assert_int_equal(
		model_open(bench->weights, &bench->places, &model, &err), 0);
	assert_int_equal(model_find(model, "a"), 0);
	assert_int_equal(model_find(model, "b"), 1);
	assert_int_equal(model_find(model, "c"), -1);
	model_start(model, &sum);
	model_add(model, &features, 1, &sum);
	model_close(model, &sum);
	assert_true(sum.scores[0] == 0.75 && sum.scores[1] == want_weir - 1);
	assert_true(model_weight(model, 1, keys[2], &sum) == want_weir);
	assert_true(model_weight(model, 0, keys[1], &sum) == 0);
	model_free(model);
}

static void
test_weights_are_the_same_from_the_text_and_from_the_pack(void **state)
{
	struct bench *bench = *state;
	ino_t first = 0, second = 0;

	check_weights(bench, 2);
	assert_true(made(bench, "weights.pack", &first));
	check_weights(bench, 2);
	assert_true(made(bench, "weights.pack", &second));
	assert_int_equal(first, second);
	put(bench->folder, "model.txt",
	    "clerk-model 2\nmodel a 0.5 0.6 1 0\n0.25\tw:boat\n"
	    "model b 0 0.5 1 0\n-1\tw:boat\n3\tw:weir\n");
	check_weights(bench, 3);
	assert_true(made(bench, "weights.pack", &second));
	assert_int_not_equal(first, second);
}

static void
test_numbers_that_are_none_are_no_weights(void **state)
{
	static const char *const texts[] = {
		"clerk-model 1\n",
		"clerk-model 2\nmodel a nan 0 1 0\n",
		"clerk-model 2\nmodel a 0 0 inf 0\n",
		"clerk-model 2\nmodel a 0 0 1 0\nnan\tw:boat\n",
		"clerk-model 2\nmodel a 0 0 1 0\n1e300\tw:boat\n",
		"clerk-model 2\n1\tw:boat\n",
	};
	struct bench *bench = *state;
	struct error err = { 0 };
	struct model *model;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		put(bench->folder, "model.txt", texts[i]);
		assert_int_equal(model_open(bench->weights, &bench->places,
					    &model, &err),
				 -1);
		assert_int_equal(err.kind, ERROR_CONFIG);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_lexicon_is_made_once_and_then_taken_from_its_pack),
		TEST(test_another_phrase_makes_another_pack),
		TEST(test_a_line_that_is_wrong_is_told_at_every_start),
		TEST(test_a_pack_with_a_byte_wrong_is_made_again),
		TEST(test_parts_come_back_as_they_were),
		TEST(test_a_pack_that_is_cut_anywhere_is_passed_over),
		TEST(test_a_pack_that_others_may_write_is_passed_over),
		TEST(test_where_nothing_can_be_written_all_works_without),
		TEST(test_starting_together_they_all_find_the_same),
		TEST(test_weights_are_the_same_from_the_text_and_from_the_pack),
		TEST(test_numbers_that_are_none_are_no_weights),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
