/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef READINGS_H
#define READINGS_H
/*
 * What casework wants to know of a message beside findings: is it an enquiry,
 * is it thanks, does it withdraw; what kind of reply is it, by when does it
 * promise to be back, is it handed over.
 *
 * Structure first (who writes to whom, automatic mail), then the fitted
 * models named below, then what only words in their order can tell.
 */
#include "filters/model.h"
#include "filters/scene.h"

/* Models by name, looked up once a snapshot; -1 when the file has none. */
struct readings {
	int enquiry;
	int reply[REPLY_KIND_COUNT];
};

void readings_prepare(const struct model *model, struct readings *ret);

/* Gates, also for fitting. */
bool enquiry_possible(const struct scene *scene);
bool enquiry_to_list(const struct scene *scene);
bool reply_possible(const struct scene *scene);
bool hand_over_possible(const struct scene *scene);

void enquiry_read(const struct scene *scene, const struct readings *readings,
		  const struct model *model, const double *scores,
		  struct verdict *verdict);
void reply_read(const struct scene *scene, const struct readings *readings,
		const struct model *model, const double *scores,
		struct verdict *verdict);

/* The day by which the writer promises to be back; year 0: none. */
struct date promise_read(const struct scene *scene);

#endif
