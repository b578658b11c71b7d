/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which day decides whether publicity falls into a pre-election period: the
 * day stated in the text, else the day of the message.
 */
#include "filters/scene_private.h"
#include "filters/when.h"

enum {
	AHEAD_DAYS = 120 /* how far ahead publicity is planned */
};

static bool
period_on(const struct scene *scene, struct date day)
{
	size_t from = 0;

	return elections_on(scene->exhibit->elections, day, &from) != NULL;
}

void
scene_date(struct scene *scene)
{
	const struct exhibit *x = scene->exhibit;
	struct date last;
	size_t i;

	if (x->calendar == NULL)
		return;
	scene->out = calendar_date(x->calendar, scene->message->received);
	if (x->elections == NULL)
		return;
	if (period_on(scene, scene->out))
		scene->period = PERIOD_HERE;
	last = date_add(scene->out, AHEAD_DAYS);
	for (i = 0; i < elections_count(x->elections); i++) {
		const struct poll *poll = elections_at(x->elections, i);

		if (date_compare(poll->starts, last) <= 0 &&
		    date_compare(poll->polling_date, scene->out) >= 0)
			scene->period_near = true;
	}
}

static bool
stands(const struct poll *poll, struct span name)
{
	size_t i;

	for (i = 0; i < poll->candidate_count; i++)
		if (span_equal_nocase(span_trim(poll->candidates[i]), name))
			return true;
	return false;
}

bool
scene_candidate(const struct scene *scene, struct span name)
{
	const struct elections *elections = scene->exhibit->elections;
	const struct calendar *calendar = scene->exhibit->calendar;
	struct date day;
	size_t i;

	name = span_trim(name);
	if (elections == NULL || calendar == NULL || name.len == 0)
		return false;
	day = calendar_date(calendar, scene->message->received);
	for (i = 0; i < elections_count(elections); i++) {
		const struct poll *poll = elections_at(elections, i);

		if (date_compare(poll->polling_date, day) >= 0 &&
		    date_compare(poll->starts, date_add(day, AHEAD_DAYS)) <=
			    0 &&
		    stands(poll, name))
			return true;
	}
	return false;
}

/* "Not before the vote on 7 May" tells when the poll is, not the publicity. */
static bool
polling_day(const struct scene *scene, struct date day)
{
	const struct elections *elections = scene->exhibit->elections;
	size_t i;

	for (i = 0; i < elections_count(elections); i++)
		if (date_compare(elections_at(elections, i)->polling_date,
				 day) == 0)
			return true;
	return false;
}

static bool
tells_of_publicity(const struct scene *scene, const struct passage *passage,
		   const struct sentence *sentence)
{
	static const char *const concepts[] = { "publicity-form",
						"publicity-promotes-member",
						"council-medium" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(concepts); i++)
		if (sentence_has(scene, passage, sentence, concepts[i]))
			return true;
	return false;
}

/* It, the sentence before it or the one behind it. */
static bool
near_publicity(const struct scene *scene, const struct passage *p, size_t index)
{
	size_t i = index != 0 ? index - 1 : 0;

	for (; i <= index + 1 && i < p->sentence_count; i++)
		if (tells_of_publicity(scene, p, &p->sentences[i]))
			return true;
	return false;
}

/* Moves the day of publication to what a sentence states. Of several days one
 * in a period counts. */
static void
read_days(struct scene *scene, const struct passage *passage,
	  const struct sentence *sentence, struct date written, bool *stated)
{
	struct span text =
		span_sub(passage->fold.text, sentence->start, sentence->end);
	struct when when;
	size_t at = 0;

	while (when_next(text, &at, written, scene->exhibit->calendar, &when)) {
		bool inside = period_on(scene, when.day);

		if (date_compare(when.day, written) < 0 ||
		    polling_day(scene, when.day) || (*stated && !inside))
			continue;
		*stated = true;
		scene->out = when.day;
		scene->period = inside ? PERIOD_HERE : PERIOD_NONE;
		if (inside)
			return;
	}
}

void
scene_out(struct scene *scene)
{
	const struct date written = scene->out;
	bool stated = false;
	size_t i, k;

	if (scene->period == PERIOD_NONE && !scene->period_near)
		return;
	for (i = 0; i < scene->passage_count; i++) {
		const struct passage *p = &scene->passages[i];

		if (p->kind == PASSAGE_QUOTED)
			continue;
		for (k = 0; k < p->sentence_count; k++) {
			if (stated && scene->period == PERIOD_HERE)
				return;
			if (near_publicity(scene, p, k))
				read_days(scene, p, &p->sentences[k], written,
					  &stated);
		}
	}
}
