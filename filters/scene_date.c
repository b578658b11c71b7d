/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which day decides whether publicity falls into a pre-election period: the
 * day stated in the text, else the day of the message.
 */
#include "filters/scene_private.h"

void
scene_date(struct scene *scene)
{
	const struct exhibit *x = scene->exhibit;
	time_t when = scene->message->received;
	size_t from = 0;

	if (x->calendar == NULL)
		return;
	scene->out = calendar_date(x->calendar, when);
	if (x->elections != NULL &&
	    elections_on(x->elections, scene->out, &from) != NULL)
		scene->period = PERIOD_HERE;
}
