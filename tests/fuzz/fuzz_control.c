/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdlib.h>

#include "edges/control_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One line that somebody sent to the control socket. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span line = { .ptr = (const char *)data, .len = size };
	struct control_request request;
	struct json *json = NULL;
	struct error err;
	size_t i;

	if (control_parse(line, &json, &request, &err) == 0)
		for (i = 0; i < request.arg_count; i++)
			if (request.args[i] == NULL)
				abort();
	json_free(json);
	return 0;
}
