/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The day by which a reply promises to be back: a day in a sentence in which
 * the writer says what will be done or when the reader will hear.
 */
#include "filters/readings.h"
#include "filters/when.h"

static const char *const cues[] = {
	"i'll",         "i will",      "we'll",     "we will",   "i shall",
	"we shall",     "will be",     "you'll",    "you will",  "back to you",
	"come back",    "get back",    "to follow", "hear from", "let you have",
	"let you know", "by ",         "hope to",   "aim to",    "intend to",
	"expect",       "should have", "should be", "will have", "will let",
	"going to",     "will ",       "answer",    "reply",     "update",
};

static bool
says_when(struct span text)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cues); i++)
		if (span_find(text, cues[i]) < text.len)
			return true;
	return false;
}

struct date
promise_read(const struct scene *scene)
{
	const struct passage *body = scene->body;
	const struct calendar *calendar = scene->exhibit->calendar;
	size_t i;

	if (body == NULL || calendar == NULL)
		return (struct date){ 0 };
	for (i = 0; i < body->sentence_count; i++) {
		const struct sentence *s = &body->sentences[i];
		struct span text = span_sub(body->fold.text, s->start, s->end);
		struct date written =
			calendar_date(calendar, scene->message->received);
		struct when when;
		size_t at = 0;

		if (!says_when(text))
			continue;
		while (when_next(text, &at, written, calendar, &when))
			if (date_compare(when.day, written) >= 0)
				return when.day;
	}
	return (struct date){ 0 };
}
