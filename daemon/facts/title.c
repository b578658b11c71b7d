/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "title.h"

enum {
	CALLS = TITLE_CALLS,
	LEADS = TITLE_LEADS,
	IN_NAME = TITLE_IN_NAME,
	MEMBER = TITLE_MEMBER
};

static const struct {
	const char *word;
	unsigned uses;
} titles[] = {
	{ "mr", CALLS | LEADS | IN_NAME },
	{ "mrs", CALLS | LEADS | IN_NAME },
	{ "ms", CALLS | LEADS | IN_NAME },
	{ "miss", CALLS | LEADS | IN_NAME },
	{ "mx", CALLS },
	{ "dr", CALLS | LEADS | IN_NAME },
	{ "sir", CALLS | LEADS | IN_NAME },
	{ "dame", CALLS | IN_NAME },
	{ "lord", IN_NAME },
	{ "lady", IN_NAME },
	{ "madam", IN_NAME },
	{ "prof", IN_NAME },
	{ "rev", IN_NAME },
	{ "hon", IN_NAME },
	{ "col", IN_NAME },
	{ "capt", IN_NAME },
	{ "maj", IN_NAME },
	{ "lt", IN_NAME },
	{ "cllr", LEADS | IN_NAME | MEMBER },
	{ "cllr.", LEADS },
	{ "cllrs", MEMBER },
	{ "clr", MEMBER },
	{ "coun", MEMBER },
	{ "councillor", LEADS | IN_NAME | MEMBER },
	{ "councillors", MEMBER },
	{ "cyng", LEADS },
	{ "cynghorydd", LEADS | MEMBER },
	{ "ald", IN_NAME | MEMBER },
	{ "alderman", LEADS | IN_NAME | MEMBER },
	{ "bailie", MEMBER },
	{ "baillie", MEMBER },
	{ "mayor", LEADS | IN_NAME },
	{ "leader", LEADS },
	{ "the", LEADS | IN_NAME },
	{ "von", IN_NAME },
	{ "van", IN_NAME },
	{ "mac", IN_NAME },
	{ "de", IN_NAME },
	{ "del", IN_NAME },
};

const char *
title_next(enum title_use use, size_t *at)
{
	while (*at < ARRAY_SIZE(titles)) {
		size_t i = (*at)++;

		if ((titles[i].uses & use) != 0)
			return titles[i].word;
	}
	return NULL;
}

bool
title_is(struct span word, enum title_use use)
{
	const char *title;
	size_t at = 0;

	while ((title = title_next(use, &at)) != NULL)
		if (span_is_nocase(word, title))
			return true;
	return false;
}
