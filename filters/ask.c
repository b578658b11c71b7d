/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ask.h"

bool
ask_gate(const struct ask *gate, const struct scene *scene)
{
	bool open = true;
	unsigned way = 0;

	for (; gate != NULL && gate->text != NULL; gate++) {
		if (gate->way != way) {
			if (way != 0 && open)
				return true;
			way = gate->way;
			open = true;
		}
		open = open && gate->holds(scene);
		if (way == 0 && !open)
			return false;
	}
	return open;
}

enum opinion
ask_opinion(const struct ask *opinion, const struct scene *scene)
{
	enum opinion outcome;

	for (; opinion != NULL && opinion->text != NULL; opinion++) {
		if (opinion->if_held == opinion->if_not)
			continue; /* only told */
		outcome = opinion->holds(scene) ? opinion->if_held :
						  opinion->if_not;
		if (outcome != OPINION_MODEL)
			return outcome;
	}
	return OPINION_MODEL;
}
