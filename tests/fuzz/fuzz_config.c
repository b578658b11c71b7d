/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "table.h"

const char *__lsan_default_suppressions(void);

/* libconfig's scanner forgets its strings where the syntax is wrong. */
const char *
__lsan_default_suppressions(void)
{
	return "leak:strbuf_append\nleak:libconfig_yylex\n";
}

/* What an operator may write: clerkd.conf, or behind an odd first byte a
 * protocol. (No seed includes other files.) */
int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span bytes = { .ptr = (const char *)data, .len = size };
	struct fault_list faults = { 0 };
	struct config *config;
	struct protocol *protocol;
	struct table table;
	struct error err;

	if (size == 0)
		return 0;
	table_open(&table, span_sub(bytes, 1, size));
	if (data[0] % 2 == 0) {
		if (config_load(table.path, &faults, &config, &err) == 0)
			config_free(config);
	} else if (protocol_load(table.path, &faults, &protocol, &err) == 0) {
		protocol_free(protocol);
	}
	table_close(&table);
	fault_list_clear(&faults);
	return 0;
}
