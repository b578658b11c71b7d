/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JOB_H
#define JOB_H
/*
 * All that is asked of the training items: a question a rule, then one a
 * reading (enquiry, kinds of reply), with what each item answers to it.
 *
 * Use: job_open(), job_fill() for each item, job_hold_out(), job_close().
 */
#include "filters/fit/train.h"
#include "filters/model.h"

enum { READINGS = 7 };
extern const char *const readings[READINGS];
/* Is it asked of such a message? */
bool reading_open(const struct scene *scene, const char *question);

struct job {
	struct question questions[MODELS_MAX];
	size_t count;
	signed char *labels[MODELS_MAX];
	bool *open[MODELS_MAX], *sure[MODELS_MAX];
	double *aside[MODELS_MAX];
};

void job_open(struct job *job, size_t items);
void job_fill(struct job *job, const struct scene *scene,
	      const struct item *item, size_t index);
/* What a layer says of each batch that it has not seen. */
void job_hold_out(struct job *job, const struct training *training);
void job_close(struct job *job);

#endif
