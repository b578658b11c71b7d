/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	EPOCHS = 14,
	BATCHES_SHARED = 6, /* that a feature with a vector must stand in */
	STEPS = 127         /* a byte's, on either side */
};

static const float pace_vectors = 0.08F, pace_units = 0.02F;
static const float speed_least = 0.03F; /* of either pace, at the end */
static const float features_left_out = 0.5F, units_left_out = 0.3F;
static const float value = 0.4F;   /* of a feature; structure and text */
static const float yes_weight = 2; /* of a positive */
static const float first_spread = 0.02F, first_answer = -2;
static const float damp = 1e-6F;

/* A number that learns, and the sum of squares that sets its pace. */
struct pin {
	float at, squares;
};

struct layer {
	size_t questions;
	int *vector_of;                /* of each feature: its row, or -1 */
	float (*vectors)[MODEL_UNITS]; /* one a row */
	float *squares;                /* one a row */
	int rows;
	struct pin biases[MODEL_UNITS];
	struct pin (*outputs)[MODEL_UNITS]; /* one a question */
	struct pin *answers;                /* biases, one a question */
	uint64_t chance;
};

/* The features of one item that have a vector. */
struct view {
	int *rows;
	float *values;
	size_t count;
};

/* ---- chance ---- */

static uint64_t
draw(struct layer *layer)
{
	layer->chance ^= layer->chance << 13;
	layer->chance ^= layer->chance >> 7;
	layer->chance ^= layer->chance << 17;
	return layer->chance;
}

/* From 0 to below 1. */
static float
draw_share(struct layer *layer)
{
	return (float)(draw(layer) >> 40) / 16777216.0F;
}

static float
draw_normal(struct layer *layer)
{
	const float turn = 6.2831853F;

	return sqrtf(-2 * logf(1 - draw_share(layer))) *
	       cosf(turn * draw_share(layer));
}

/* ---- making ---- */

static bool
shares(const struct vocabulary *vocabulary, int number)
{
	const char *name = vocabulary_name(vocabulary, number);
	const char *gap = strchr(name, ' ');

	return vocabulary_batches(vocabulary, number) >= BATCHES_SHARED &&
	       strchr(name, '>') == NULL &&
	       (gap == NULL || strchr(gap + 1, ' ') == NULL);
}

static struct layer *
layer_new(const struct vocabulary *vocabulary, size_t questions)
{
	struct layer *layer = calloc(1, sizeof(*layer));
	int numbers = vocabulary_count(vocabulary), i;
	size_t j, q;

	layer->questions = questions;
	layer->chance = 88172645463325252U;
	layer->vector_of = calloc((size_t)numbers + 1, sizeof(int));
	for (i = 1; i <= numbers; i++)
		layer->vector_of[i] =
			shares(vocabulary, i) ? layer->rows++ : -1;
	layer->vectors = calloc((size_t)layer->rows, sizeof(*layer->vectors));
	layer->squares = calloc((size_t)layer->rows, sizeof(float));
	layer->outputs = calloc(questions, sizeof(*layer->outputs));
	layer->answers = calloc(questions, sizeof(*layer->answers));
	for (i = 0; i < layer->rows; i++)
		for (j = 0; j < MODEL_UNITS; j++)
			layer->vectors[i][j] =
				first_spread * draw_normal(layer);
	for (q = 0; q < questions; q++) {
		layer->answers[q].at = first_answer;
		for (j = 0; j < MODEL_UNITS; j++)
			layer->outputs[q][j].at = (2 * draw_share(layer) - 1) /
						  sqrtf((float)MODEL_UNITS);
	}
	return layer;
}

void
layer_free(struct layer *layer)
{
	if (layer == NULL)
		return;
	free(layer->vector_of);
	free(layer->vectors);
	free(layer->squares);
	free(layer->outputs);
	free(layer->answers);
	free(layer);
}

/* ---- one item ---- */

static void
view_open(struct view *view, const struct layer *layer,
	  const struct training *t, size_t item)
{
	double counts;
	size_t k = 0;
	int number;

	while (training_feature(t, item, k, &number, &counts))
		k++;
	*view = (struct view){
		.rows = calloc(k + 1, sizeof(*view->rows)),
		.values = calloc(k + 1, sizeof(*view->values)),
	};
	for (k = 0; training_feature(t, item, k, &number, &counts); k++) {
		if (layer->vector_of[number] < 0)
			continue;
		view->rows[view->count] = layer->vector_of[number];
		view->values[view->count++] = value * (float)counts;
	}
}

static void
view_close(struct view *view)
{
	free(view->rows);
	free(view->values);
}

/* Some features are left out by chance; those that stay count so much more. */
static void
thin(struct layer *layer, const struct view *whole, struct view *ret_view)
{
	size_t i;

	ret_view->count = 0;
	for (i = 0; i < whole->count; i++) {
		if (draw_share(layer) < features_left_out)
			continue;
		ret_view->rows[ret_view->count] = whole->rows[i];
		ret_view->values[ret_view->count++] =
			whole->values[i] / (1 - features_left_out);
	}
}

static void
add_up(const struct layer *layer, const struct view *view,
       float units[MODEL_UNITS])
{
	size_t i, j;

	for (j = 0; j < MODEL_UNITS; j++)
		units[j] = layer->biases[j].at;
	for (i = 0; i < view->count; i++) {
		const float *vector = layer->vectors[view->rows[i]];
		const float by = view->values[i];

		for (j = 0; j < MODEL_UNITS; j++)
			units[j] += by * vector[j];
	}
	for (j = 0; j < MODEL_UNITS; j++)
		units[j] = units[j] > 0 ? units[j] : 0;
}

static float
say(const struct layer *layer, size_t question, const float units[MODEL_UNITS])
{
	float score = layer->answers[question].at;
	size_t j;

	for (j = 0; j < MODEL_UNITS; j++)
		score += layer->outputs[question][j].at * units[j];
	return score;
}

static void
move(struct pin *pin, float slope, float pace)
{
	pin->squares += slope * slope;
	pin->at -= pace * slope / sqrtf(pin->squares + damp);
}

/* One question's step; what its error wants of the units goes to wanted. */
static void
teach(struct layer *layer, size_t question, bool yes, float pace,
      const float units[MODEL_UNITS], float wanted[MODEL_UNITS])
{
	float chance = 1 / (1 + expf(-say(layer, question, units)));
	float slope = yes ? yes_weight * (chance - 1) : chance;
	size_t j;

	move(&layer->answers[question], slope, pace);
	for (j = 0; j < MODEL_UNITS; j++) {
		wanted[j] += slope * layer->outputs[question][j].at;
		move(&layer->outputs[question][j], slope * units[j], pace);
	}
}

static void
move_vectors(struct layer *layer, const struct view *view,
	     const float wanted[MODEL_UNITS], float pace)
{
	float squares = 0;
	size_t i, j;

	for (j = 0; j < MODEL_UNITS; j++)
		squares += wanted[j] * wanted[j] / MODEL_UNITS;
	for (i = 0; i < view->count; i++) {
		float *vector = layer->vectors[view->rows[i]];
		float *own = &layer->squares[view->rows[i]];
		const float by = view->values[i];
		float step;

		*own += by * by * squares;
		step = pace * by / sqrtf(*own + damp);
		for (j = 0; j < MODEL_UNITS; j++)
			vector[j] -= step * wanted[j];
	}
}

static bool
concerns(const struct question *q, size_t item)
{
	return question_open(q)[item] &&
	       question_label(q)[item] != LABEL_EITHER;
}

/* speed: 1 at first, falling to nearly none. */
static void
learn(struct layer *layer, const struct question *questions, size_t item,
      const struct view *view, float speed)
{
	float units[MODEL_UNITS], wanted[MODEL_UNITS] = { 0 };
	float kept[MODEL_UNITS];
	size_t j, q;

	add_up(layer, view, units);
	for (j = 0; j < MODEL_UNITS; j++) {
		kept[j] = units[j] > 0 && draw_share(layer) >= units_left_out ?
				  1 / (1 - units_left_out) :
				  0;
		units[j] *= kept[j];
	}
	for (q = 0; q < layer->questions; q++)
		if (concerns(&questions[q], item))
			teach(layer, q,
			      question_label(&questions[q])[item] == LABEL_YES,
			      pace_units * speed, units, wanted);
	for (j = 0; j < MODEL_UNITS; j++) {
		wanted[j] *= kept[j];
		move(&layer->biases[j], wanted[j], pace_units * speed);
	}
	move_vectors(layer, view, wanted, pace_vectors * speed);
}

static void
shuffle(struct layer *layer, size_t *items, size_t count)
{
	size_t i, j, kept;

	for (i = count; i > 1; i--) {
		j = (size_t)(draw(layer) % i);
		kept = items[i - 1];
		items[i - 1] = items[j];
		items[j] = kept;
	}
}

struct layer *
layer_fit(const struct training *t, const struct question *questions,
	  size_t count, size_t without)
{
	struct layer *layer = layer_new(t->vocabulary, count);
	struct view *views = calloc(t->count + 1, sizeof(*views)), thinned;
	size_t *items = calloc(t->count + 1, sizeof(*items));
	size_t i, epoch, step = 0, used = 0;

	for (i = 0; i < t->count; i++) {
		view_open(&views[i], layer, t, i);
		if (t->batch[i] != without)
			items[used++] = i;
	}
	thinned.rows = calloc(FEATURES_MAX, 2 * sizeof(*thinned.rows));
	thinned.values = calloc(FEATURES_MAX, 2 * sizeof(*thinned.values));
	for (epoch = 0; epoch < EPOCHS; epoch++) {
		shuffle(layer, items, used);
		for (i = 0; i < used; i++, step++) {
			float left = 1 - (float)step / (float)(EPOCHS * used);

			thin(layer, &views[items[i]], &thinned);
			learn(layer, questions, items[i], &thinned,
			      fmaxf(speed_least, left));
		}
	}
	for (i = 0; i < t->count; i++)
		view_close(&views[i]);
	view_close(&thinned);
	free(views);
	free(items);
	return layer;
}

void
layer_scores(const struct layer *layer, const struct training *t, size_t item,
	     double *scores)
{
	float units[MODEL_UNITS];
	struct view view;
	size_t q;

	view_open(&view, layer, t, item);
	add_up(layer, &view, units);
	for (q = 0; q < layer->questions; q++)
		scores[q] = (double)say(layer, q, units);
	view_close(&view);
}

/* ---- writing ---- */

static void
write_pins(const struct pin *pins, FILE *out)
{
	size_t j;

	for (j = 0; j < MODEL_UNITS; j++)
		fprintf(out, " %.4f", (double)pins[j].at);
	fputc('\n', out);
}

void
layer_write_biases(const struct layer *layer, FILE *out)
{
	fputs("layer", out);
	write_pins(layer->biases, out);
}

double
layer_bias(const struct layer *layer, size_t question)
{
	return (double)layer->answers[question].at;
}

void
layer_write_units(const struct layer *layer, size_t question, FILE *out)
{
	fputs("units", out);
	write_pins(layer->outputs[question], out);
}

/* A vector as bytes, with what they are to be multiplied with. */
static void
write_vector(const float vector[MODEL_UNITS], double times, const char *name,
	     FILE *out)
{
	float most = 0;
	size_t j;

	for (j = 0; j < MODEL_UNITS; j++)
		most = fmaxf(most, fabsf(vector[j]));
	fprintf(out, "%.3g\t", times * (double)most / STEPS);
	for (j = 0; j < MODEL_UNITS; j++)
		fprintf(out, "%02x",
			(unsigned)(unsigned char)lrintf(vector[j] / most *
							STEPS));
	fprintf(out, "\t%s\n", name);
}

void
layer_write_vectors(const struct layer *layer,
		    const struct vocabulary *vocabulary, FILE *out)
{
	int number;

	fprintf(out, "vectors %d\n", layer->rows);
	for (number = 1; number <= vocabulary_count(vocabulary); number++) {
		const char *name = vocabulary_name(vocabulary, number);

		if (layer->vector_of[number] >= 0)
			write_vector(layer->vectors[layer->vector_of[number]],
				     (double)value * feature_value(name), name,
				     out);
	}
}
