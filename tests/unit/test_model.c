/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores from weights and from the layer that all models share. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "filters/model.h"

enum { FILE_BYTES = 16384, FEATURES = 3 };

/* A line of one number for each unit: the first two, and 0 for the others. */
static void
add_units(char *text, const char *word, const char *first, const char *second)
{
	size_t j;

	strcat(text, word);
	strcat(text, first);
	strcat(text, second);
	for (j = 2; j < MODEL_UNITS; j++)
		strcat(text, " 0");
	strcat(text, "\n");
}

/* A vector's line: bytes in hexadecimal for the first two units. */
static void
add_vector(char *text, const char *scale, const char *bytes,
	   const char *feature)
{
	size_t j;

	strcat(text, scale);
	strcat(text, "\t");
	strcat(text, bytes);
	for (j = 2; j < MODEL_UNITS; j++)
		strcat(text, "00");
	strcat(text, "\t");
	strcat(text, feature);
	strcat(text, "\n");
}

/*
 * Unit 0 begins at -1, unit 1 at 0.5; model a counts them 2 and -4.
 *   w:boat  vector (+4, 0) * 0.5, and a weight of 0.25
 *   w:rain  vector (0, -2) * 0.5
 *   w:weir  only a weight, of 3
 */
static void
make_text(char text[FILE_BYTES])
{
	strcpy(text, "clerk-model 2\n");
	add_units(text, "layer", " -1", " 0.5");
	strcat(text, "model a 0.125 0.6 1 0\n");
	add_units(text, "units", " 2", " -4");
	strcat(text, "0.25\tw:boat\n3\tw:weir\n");
	strcat(text, "model b 1 0.5 1 0\n"); /* nothing of the layer */
	strcat(text, "vectors 2\n");
	add_vector(text, "0.5", "0400", "w:boat");
	add_vector(text, "0.5", "00fe", "w:rain");
}

static int
open_text(const char *text, struct model **ret_model, struct error *err)
{
	char path[] = "/tmp/model-XXXXXX";
	int fd = mkstemp(path), rc;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	rc = model_load(path, ret_model, err);
	unlink(path);
	return rc;
}

static void
sum_up(const struct model *model, const char *const *names, size_t count,
       double scale, struct model_sum *sum)
{
	uint64_t keys[FEATURES];
	const struct features features = { .keys = keys, .count = count };
	size_t i;

	for (i = 0; i < count; i++)
		keys[i] = feature_key(span_of(names[i]));
	model_start(model, sum);
	model_add(model, &features, scale, sum);
	model_close(model, sum);
}

static void
test_a_unit_counts_only_above_zero(void **state)
{
	static const struct {
		const char *names[FEATURES];
		size_t count;
		double scale, a;
	} rows[] = {
		/* unit 0 is -1: silent; unit 1 is 0.5: -2 */
		{ { "w:none" }, 1, 1, 0.125 - 2 },
		/* unit 0 is -1 + 2 = 1: 2; unit 1 stays */
		{ { "w:boat" }, 1, 1, 0.125 + 0.25 + 2 - 2 },
		/* at a quarter unit 0 does not reach zero */
		{ { "w:boat" }, 1, 0.25, 0.125 + 0.0625 - 2 },
		/* unit 1 is 0.5 - 1: silent */
		{ { "w:rain" }, 1, 1, 0.125 },
		{ { "w:boat", "w:rain", "w:weir" }, 3, 1, 0.125 + 3.25 + 2 },
	};
	char text[FILE_BYTES];
	struct model *model;
	struct model_sum sum;
	struct error err;
	size_t i;

	(void)state;
	make_text(text);
	assert_int_equal(open_text(text, &model, &err), 0);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		sum_up(model, rows[i].names, rows[i].count, rows[i].scale,
		       &sum);
		assert_true(sum.scores[0] == rows[i].a);
		assert_true(sum.scores[1] == 1);
	}
	model_free(model);
}

static void
test_what_the_features_count_for_adds_up_to_the_score(void **state)
{
	static const char *const names[] = { "w:boat", "w:rain", "w:weir" };
	static const double constant[] = { 0.125, 1 }; /* of the models */
	char text[FILE_BYTES];
	struct model *model;
	struct model_sum sum;
	struct error err;
	double whole;
	size_t i;
	int which;

	(void)state;
	make_text(text);
	assert_int_equal(open_text(text, &model, &err), 0);
	sum_up(model, names, FEATURES, 1, &sum);
	for (which = 0; which < 2; which++) {
		/* unit 0 counts, unit 1 does not */
		whole = constant[which] + (which == 0 ? 2 * -1.0 : 0);
		for (i = 0; i < FEATURES; i++)
			whole += model_weight(model, which,
					      feature_key(span_of(names[i])),
					      &sum);
		assert_true(whole == sum.scores[which]);
	}
	assert_true(model_weight(model, 0, feature_key(span_of("w:none")),
				 &sum) == 0);
	model_free(model);
}

static void
test_a_broken_layer_is_refused_and_its_line_is_named(void **state)
{
	static const char bytes[] = "0102";
	struct {
		char text[FILE_BYTES];
		const char *says;
	} rows[6] = {
		{ "clerk-model 2\nlayer 1 2 3\n", "line 2: not 64 units" },
		{ "clerk-model 2\n", "line 2: not 64 units" },
		{ "clerk-model 2\nvectors 1\n", "line 3: not a vector" },
		{ "clerk-model 2\nvectors 1\n1\t0102\tw:boat\n",
		  "line 3: not a vector" },
		{ "clerk-model 2\nvectors 1\n", "line 3: not a vector" },
		{ "clerk-model 2\n", "line 4: cut short, with 1 of 2 vectors" },
	};
	struct model *model;
	struct error err;
	size_t i;

	(void)state;
	add_units(rows[1].text, "layer", " 1", " nan");
	add_vector(rows[2].text, "inf", bytes, "w:boat");
	add_vector(rows[4].text, "1", "01x2", "w:boat");
	add_units(rows[5].text, "layer", " 1", " 1");
	strcat(rows[5].text, "vectors 2\n");
	add_vector(rows[5].text, "1", bytes, "w:boat");
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(open_text(rows[i].text, &model, &err), -1);
		assert_int_equal(err.kind, ERROR_CONFIG);
		assert_non_null(strstr(err.text, rows[i].says));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_unit_counts_only_above_zero),
		cmocka_unit_test(
			test_what_the_features_count_for_adds_up_to_the_score),
		cmocka_unit_test(
			test_a_broken_layer_is_refused_and_its_line_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
