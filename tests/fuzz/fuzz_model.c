/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "filters/model.h"
#include "table.h"

/* A file of weights: whatever it holds, a probability comes out. */
int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span bytes = { .ptr = (const char *)data, .len = size };
	double scores[MODELS_MAX] = { 0 };
	struct model *model;
	struct table table;
	struct error err;
	int which;

	table_open(&table, bytes);
	if (model_load(table.path, &model, &err) == 0) {
		model_start(model, scores);
		which = model_find(model, "a");
		if (which >= 0) {
			double sum = scores[which] +
				     model_weight(model, which,
						  feature_key(span_of("b")));
			double p = model_probability(model, which, sum);

			if (!(p >= 0 && p <= 1) ||
			    isnan(model_threshold(model, which)))
				abort();
		}
		model_free(model);
	}
	table_close(&table);
	return 0;
}
