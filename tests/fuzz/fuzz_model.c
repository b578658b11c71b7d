/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "filters/model.h"
#include "table.h"

/* A file of weights: whatever it holds, a probability comes out. */
int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span bytes = { .ptr = (const char *)data, .len = size };
	uint64_t key = feature_key(span_of("b"));
	const struct features features = { .keys = &key, .count = 1 };
	struct model_sum sum;
	struct model *model;
	struct table table;
	struct error err;
	int which;

	table_open(&table, bytes);
	if (model_load(table.path, &model, &err) == 0) {
		model_start(model, &sum);
		model_add(model, &features, 1, &sum);
		model_close(model, &sum);
		which = model_find(model, "a");
		if (which >= 0) {
			double p = model_probability(model, which,
						     sum.scores[which]);

			if (!(p >= 0 && p <= 1) ||
			    isnan(model_weight(model, which, key, &sum)) ||
			    isnan(model_threshold(model, which)))
				abort();
		}
		model_free(model);
	}
	table_close(&table);
	return 0;
}
