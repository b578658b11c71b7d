/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rules are on. */
#include "filters/filter_private.h"

static const char *const states[] = {
	[RULE_OFF] = "off",
	[RULE_SHADOW] = "shadow",
	[RULE_LIVE] = "live",
};

const char *
rule_state_name(enum rule_state state)
{
	return states[state];
}

enum rule_state
filter_rule_state(const struct filter *filter, size_t index)
{
	return index < filter_rule_count() ? filter->state[index] : RULE_OFF;
}
