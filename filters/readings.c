/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readings.h"

#include <stdio.h>

void
readings_prepare(const struct model *model, struct readings *ret)
{
	char name[64];
	int kind;

	*ret = (struct readings){
		.enquiry = model_find(model, "enquiry"),
	};
	for (kind = 0; kind < REPLY_KIND_COUNT; kind++) {
		snprintf(name, sizeof(name), "reply=%s",
			 reply_kind_name((enum reply_kind)kind));
		ret->reply[kind] = model_find(model, name);
	}
}
