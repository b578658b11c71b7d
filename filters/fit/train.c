/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "train.h"

#include <linear.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "filters/fit/layer.h"

/* Added to a threshold: a wrong flag costs more than a missed one. */
#define PRECISION_BONUS 0.08
/* Smaller ones are half of the file and decide nothing. */
#define WEIGHT_LEAST 0.03

/* A rule's own features are made to decide: they cost less weight. */
enum { OWN_VALUE = 3 };

double
feature_value(const char *name)
{
	return strncmp(name, "r:", 2) == 0 ? OWN_VALUE : 1;
}

bool
training_feature(const struct training *t, size_t item, size_t index,
		 int *ret_number, double *ret_counts)
{
	const struct feature_node *node = &t->rows[item][index];

	*ret_number = node->index;
	*ret_counts = node->value;
	return node->index != -1;
}

static int
by_index(const void *a, const void *b)
{
	const struct feature_node *x = a, *y = b;

	return x->index - y->index;
}

static size_t
add_nodes(const struct vocabulary *v, const struct features *f, double value,
	  struct feature_node *row)
{
	size_t i, count = 0;

	for (i = 0; i < f->count; i++) {
		int number = vocabulary_number(v, f->keys[i]);

		if (number != 0)
			row[count++] = (struct feature_node){
				number, value * feature_value(vocabulary_name(
							v, number))
			};
	}
	return count;
}

void
training_row(struct training *t, size_t item, const struct features *structure,
	     const struct features *text)
{
	struct feature_node *row =
		calloc(structure->count + text->count + 1, sizeof(*row));
	size_t count = add_nodes(t->vocabulary, structure, 1, row);

	count += add_nodes(t->vocabulary, text, features_scale(text),
			   row + count);
	qsort(row, count, sizeof(*row), by_index);
	row[count].index = -1;
	t->rows[item] = row;
}

const signed char *
question_label(const struct question *q)
{
	return q->taught_label != NULL ? q->taught_label : q->label;
}

const bool *
question_open(const struct question *q)
{
	return q->taught_open != NULL ? q->taught_open : q->open;
}

/* The nodes that a rule's model may weigh, of each item inside its gate. */
static struct feature_node **
rows_read(const struct training *t, const struct question *q)
{
	const struct vocabulary *v = t->vocabulary;
	const int numbers = vocabulary_count(v);
	bool *reads = calloc((size_t)numbers + 1, sizeof(*reads));
	struct feature_node **rows = calloc(t->count, sizeof(*rows));
	size_t i, k, count;
	int number;

	for (number = 1; number <= numbers; number++)
		reads[number] = rule_reads(q->rule,
					   span_of(vocabulary_name(v, number)));
	for (i = 0; i < t->count; i++) {
		if (!q->open[i] && !question_open(q)[i])
			continue;
		for (k = 0; t->rows[i][k].index != -1; k++)
			;
		rows[i] = calloc(k + 1, sizeof(*rows[i]));
		for (k = count = 0; t->rows[i][k].index != -1; k++)
			if (reads[t->rows[i][k].index])
				rows[i][count++] = t->rows[i][k];
		rows[i][count].index = -1;
	}
	free(reads);
	return rows;
}

static void
rows_free(struct feature_node **rows, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		free(rows[i]);
	free(rows);
}

void
training_clear(struct training *t)
{
	rows_free(t->rows, t->count);
	vocabulary_free(t->vocabulary);
}

static void
quiet(const char *text)
{
	(void)text;
}

/* Fits on every open item that is not of batch `without`. NULL when there is
 * only one class. */
static struct model *
fit(const struct training *t, const struct question *q, size_t without)
{
	int labels[2] = { 1, -1 };
	double weights[2] = { q->weight, 1 };
	struct parameter parameter = {
		.solver_type = L2R_LR,
		.eps = 0.01,
		.C = q->cost,
		.nr_weight = 2,
		.weight_label = labels,
		.weight = weights,
	};
	struct feature_node **x = calloc(t->count, sizeof(*x));
	double *y = calloc(t->count, sizeof(*y));
	struct problem problem = {
		.n = vocabulary_count(t->vocabulary), .x = x, .y = y, .bias = -1
	};
	struct model *model = NULL;
	const signed char *label = question_label(q);
	const bool *open = question_open(q);
	size_t i, yes = 0;

	for (i = 0; i < t->count; i++) {
		if (!open[i] || label[i] == LABEL_EITHER ||
		    t->batch[i] == without)
			continue;
		x[problem.l] = t->rows[i];
		y[problem.l++] = label[i] == LABEL_YES ? 1 : -1;
		yes += label[i] == LABEL_YES;
	}
	if (yes != 0 && yes != (size_t)problem.l) {
		model = train(&problem, &parameter);
	}
	free(x);
	free(y);
	return model;
}

static double
decide(const struct model *model, const struct feature_node *row)
{
	double value = 0, sign = model->label[0] == 1 ? 1 : -1;

	for (; row->index != -1; row++)
		if (row->index <= model->nr_feature)
			value += row->value * model->w[row->index - 1];
	return sign * value;
}

bool
training_holds_out(const struct training *t, size_t batch)
{
	size_t i;

	for (i = 0; i < t->count; i++)
		if (t->batch[i] == batch && !t->own[i])
			return true;
	return false;
}

static void
hold_out_batch(const struct training *t, const struct question *q, size_t batch,
	       double *scores)
{
	struct model *model = fit(t, q, batch);
	size_t i;

	for (i = 0; i < t->count; i++)
		if (question_open(q)[i] && t->batch[i] == batch && !t->own[i])
			scores[i] = q->aside[i] +
				    (model != NULL ? decide(model, t->rows[i]) :
						     -1);
	if (model != NULL)
		free_and_destroy_model(&model);
}

static void
hold_out(const struct training *t, const struct question *q, double *scores)
{
	size_t b, i;

	for (i = 0; i < t->count; i++)
		scores[i] = NAN;
#pragma omp parallel for schedule(dynamic)
	for (b = 0; b < t->batch_count; b++)
		if (training_holds_out(t, b))
			hold_out_batch(t, q, b, scores);
}

/* How unlikely the labels are, and how that changes with slope and offset. */
struct loss {
	double value;
	double a, b;       /* first derivatives */
	double aa, ab, bb; /* second ones */
};

static struct loss
loss_of(const struct training *t, const struct question *q,
	const double *scores, double slope, double offset)
{
	struct loss loss = { .aa = 1e-9, .bb = 1e-9 };
	size_t i;

	for (i = 0; i < t->count; i++) {
		bool yes = question_label(q)[i] == LABEL_YES;
		double f, p, d, w;

		if (isnan(scores[i]) || question_label(q)[i] == LABEL_EITHER)
			continue;
		f = slope * scores[i] + offset;
		p = 1 / (1 + exp(-f));
		d = p - yes;
		w = p * (1 - p);
		loss.value +=
			log1p(exp(-fabs(f))) + (yes ? fmax(0, -f) : fmax(0, f));
		loss.a += d * scores[i];
		loss.b += d;
		loss.aa += w * scores[i] * scores[i];
		loss.ab += w * scores[i];
		loss.bb += w;
	}
	return loss;
}

/* Platt's sigmoid by Newton's method on the held-out scores. A step that
 * makes it worse is halved: without that it runs away when the scores already
 * part the labels well (Lin, Lin and Weng 2007). */
static void
calibrate(const struct training *t, const struct question *q,
	  const double *scores, double *ret_slope, double *ret_offset)
{
	enum { ROUNDS = 50, HALVINGS = 20 };
	double a = 1, b = 0;
	struct loss loss = loss_of(t, q, scores, a, b), next;
	int round, halving;

	for (round = 0; round < ROUNDS; round++) {
		double det = loss.aa * loss.bb - loss.ab * loss.ab, step = 1;
		double da = (loss.bb * loss.a - loss.ab * loss.b) / det;
		double db = (loss.aa * loss.b - loss.ab * loss.a) / det;

		if (det < 1e-12)
			break;
		for (halving = 0; halving < HALVINGS; halving++, step /= 2) {
			next = loss_of(t, q, scores, a - step * da,
				       b - step * db);
			if (next.value < loss.value)
				break;
		}
		if (halving == HALVINGS)
			break;
		a -= step * da;
		b -= step * db;
		loss = next;
	}
	*ret_slope = a > 0.05 ? a : 1;
	*ret_offset = a > 0.05 ? b : 0;
}

struct scored {
	double p;
	bool yes;
};

static int
by_score(const void *a, const void *b)
{
	const struct scored *x = a, *y = b;

	return x->p > y->p ? -1 : x->p < y->p;
}

static void
choose(struct scored *s, size_t count, const struct question *q,
       struct outcome *o)
{
	double best = -1, beta2 = q->beta * q->beta;
	size_t i, tp = 0, fp = 0;

	qsort(s, count, sizeof(*s), by_score);
	o->threshold = 0.5;
	for (i = 0; i < count; i++) {
		double f;

		tp += s[i].yes;
		fp += !s[i].yes;
		f = (1 + beta2) * (double)tp /
		    ((1 + beta2) * (double)tp + (double)fp +
		     beta2 * (double)(o->positives - tp));
		if (f > best && (i + 1 == count || s[i + 1].p < s[i].p)) {
			best = f;
			o->threshold = i + 1 < count ?
					       (s[i].p + s[i + 1].p) / 2 :
					       s[i].p / 2;
		}
	}
	/* The best threshold of few items is luck; of a calibrated score that
	 * maximises F it is F / 2. The mean of both, a little on the side of
	 * precision. */
	if (best > 0)
		o->threshold = (o->threshold + best / 2 + PRECISION_BONUS) / 2;
}

static void
measure(const struct training *t, const struct question *q, struct outcome *o)
{
	struct scored *s = calloc(t->count + 1, sizeof(*s));
	size_t i, count = 0;

	for (i = 0; i < t->count; i++) {
		if (t->own[i])
			continue;
		o->positives += q->label[i] == LABEL_YES;
		o->outside += q->label[i] == LABEL_YES && !q->open[i];
		if (!q->open[i])
			o->held_out[i] = NAN;
		if (isnan(o->held_out[i]))
			continue;
		o->held_out[i] =
			q->sure != NULL && q->sure[i] ?
				1 :
				1 / (1 + exp(-(o->slope * o->held_out[i] +
					       o->offset)));
		if (q->label[i] == LABEL_EITHER)
			continue;
		s[count].p = o->held_out[i];
		s[count++].yes = q->label[i] == LABEL_YES;
	}
	choose(s, count, q, o);
	for (i = 0; i < count; i++) {
		o->tp += s[i].yes && s[i].p >= o->threshold;
		o->fp += !s[i].yes && s[i].p >= o->threshold;
	}
	o->fn = o->positives - o->tp;
	o->precision = o->tp + o->fp != 0 ?
			       (double)o->tp / (double)(o->tp + o->fp) :
			       0;
	o->recall =
		o->positives != 0 ? (double)o->tp / (double)o->positives : 0;
	o->f1 = 2 * (double)o->tp /
		(double)(2 * o->tp + o->fp + o->fn + (o->positives == 0));
	free(s);
}

static void
write_model(const struct training *t, const struct question *q,
	    const struct outcome *o, FILE *out)
{
	const struct vocabulary *v = t->vocabulary;
	struct model *model = fit(t, q, SIZE_MAX);
	double sign;
	int number;

	if (model == NULL)
		return;
	sign = model->label[0] == 1 ? 1 : -1;
	fprintf(out, "model %s %.4f %.4f %.4f %.4f\n", q->name,
		layer_bias(t->layer, q->number), o->threshold, o->slope,
		o->offset);
	layer_write_units(t->layer, q->number, out);
	for (number = 1; number <= vocabulary_count(v); number++) {
		const char *name = vocabulary_name(v, number);
		double w = sign * model->w[number - 1];

		if (fabs(w) >= WEIGHT_LEAST)
			fprintf(out, "%.2f\t%s\n", w * feature_value(name),
				name);
	}
	free_and_destroy_model(&model);
}

void
training_fit(const struct training *all, const struct question *q, FILE *out,
	     struct outcome *ret_outcome)
{
	struct outcome *o = ret_outcome;
	struct training read = *all, *t = &read;

	if (q->rule != NULL)
		read.rows = rows_read(all, q);
	*o = (struct outcome){ 0 };
	o->held_out = calloc(t->count + 1, sizeof(*o->held_out));
	set_print_string_function(quiet);
	hold_out(t, q, o->held_out);
	calibrate(t, q, o->held_out, &o->slope, &o->offset);
	measure(t, q, o);
	if (out != NULL)
		write_model(t, q, o, out);
	if (q->rule != NULL)
		rows_free(read.rows, read.count);
}
