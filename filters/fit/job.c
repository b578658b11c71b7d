/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "job.h"

#include <stdlib.h>
#include <string.h>

#include "filters/fit/layer.h"
#include "filters/readings.h"
#include "filters/rule.h"

const char *const readings[READINGS] = {
	"enquiry",         "reply=none",          "reply=answer",
	"reply=holding",   "reply=question-back", "reply=passed-on",
	"reply=automatic",
};

bool
reading_open(const struct scene *scene, const char *question)
{
	return strcmp(question, "enquiry") == 0 ? enquiry_possible(scene) :
						  reply_possible(scene);
}

/* To try others without building anew. */
static double
number_from(const char *variable, double usual)
{
	const char *text = getenv(variable);

	return text != NULL ? atof(text) : usual;
}

/* A question with few positives is held closer to its prior. */
static void
add_question(struct job *job, const char *name, size_t items)
{
	size_t n = job->count++;
	bool few = n >= RULES_HEADLINE && n < rules_count();

	job->labels[n] = calloc(items, 1);
	job->open[n] = calloc(items, sizeof(bool));
	job->sure[n] = calloc(items, sizeof(bool));
	job->aside[n] = calloc(items, sizeof(double));
	job->questions[n] = (struct question){
		.name = name,
		.number = n,
		.aside = job->aside[n],
		.rule = rule_find(span_of(name)),
		.label = job->labels[n],
		.open = job->open[n],
		.sure = job->sure[n],
		.cost = number_from("FIT_C", few ? 0.5 : 2),
		.weight = number_from("FIT_W", few ? 4 : 3),
		.beta = 0.85,
	};
}

/* What one question may learn from the many labels of another: inside its
 * gate, what wants an answer went through the wrong channel. */
static void
lend_labels(struct job *job, const char *to, const char *from)
{
	struct question *borrower = NULL;
	size_t n;

	for (n = 0; n < job->count; n++)
		if (strcmp(job->questions[n].name, to) == 0)
			borrower = &job->questions[n];
	for (n = 0; n < job->count && borrower != NULL; n++)
		if (strcmp(job->questions[n].name, from) == 0) {
			borrower->taught_label = job->labels[n];
			borrower->taught_open = job->open[n];
		}
}

void
job_open(struct job *job, size_t items)
{
	size_t i;

	job->count = 0;
	for (i = 0; i < rules_count(); i++)
		add_question(job, rules[i]->id, items);
	for (i = 0; i < READINGS; i++)
		add_question(job, readings[i], items);
	lend_labels(job, "wrong-channel", "enquiry");
}

/* Vetoed items are outside: the model never sees their like. */
static bool
rule_open(const struct rule *rule, const struct scene *scene)
{
	return rule_concerns(rule, scene) &&
	       rule_opinion(rule, scene) != OPINION_NO;
}

void
job_fill(struct job *job, const struct scene *scene, const struct item *item,
	 size_t index)
{
	size_t n;

	for (n = 0; n < job->count; n++) {
		const char *name = job->questions[n].name;
		const struct rule *rule = job->questions[n].rule;

		job->labels[n][index] = (signed char)item_label(item, name);
		job->open[n][index] = rule != NULL ? rule_open(rule, scene) :
						     reading_open(scene, name);
		job->sure[n][index] = job->open[n][index] && rule != NULL &&
				      rule_opinion(rule, scene) == OPINION_YES;
	}
}

static void
hold_out_batch(struct job *job, const struct training *t, size_t batch)
{
	struct layer *layer = layer_fit(t, job->questions, job->count, batch);
	double scores[MODELS_MAX];
	size_t i, n;

	for (i = 0; i < t->count; i++) {
		if (t->batch[i] != batch || t->own[i])
			continue;
		layer_scores(layer, t, i, scores);
		for (n = 0; n < job->count; n++)
			job->aside[n][i] = scores[n];
	}
	layer_free(layer);
}

void
job_hold_out(struct job *job, const struct training *t)
{
	size_t b;

#pragma omp parallel for schedule(dynamic)
	for (b = 0; b < t->batch_count; b++)
		if (training_holds_out(t, b))
			hold_out_batch(job, t, b);
}

void
job_close(struct job *job)
{
	size_t n;

	for (n = 0; n < job->count; n++) {
		free(job->labels[n]);
		free(job->open[n]);
		free(job->sure[n]);
		free(job->aside[n]);
	}
}
