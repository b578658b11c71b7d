/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Is a member's message an enquiry, thanks only, or the end of one?
 */
#include "filters/readings.h"

/* Mail of a discussion list is no enquiry (rules.md), even to a list that
 * officers read; unless the list is how a team or officer gets their mail. Its
 * id is then their address with a dot for the '@'. */
bool
enquiry_to_list(const struct scene *scene)
{
	struct span id = scene->message->list_id;
	size_t open = span_find_byte(id, '<'), i;

	if (id.len == 0)
		return false;
	if (open < id.len)
		id = span_sub(id, open + 1, span_find_byte(id, '>'));
	for (i = 0; i < scene->visible_count; i++) {
		const struct party *p = &scene->parties[i];
		size_t at = span_find_byte(p->email, '@');

		if ((ROLE_BIT(p->role) & ROLES_OFFICER) != 0 &&
		    p->email.len == id.len && at < id.len &&
		    span_equal_nocase(span_sub(p->email, 0, at),
				      span_sub(id, 0, at)) &&
		    span_equal_nocase(span_sub(p->email, at + 1, id.len),
				      span_sub(id, at + 1, id.len)))
			return false;
	}
	return true;
}

bool
enquiry_possible(const struct scene *scene)
{
	return scene_from_member(scene) && scene->officers_visible != 0 &&
	       scene->message->automatic == AUTOMATIC_NO &&
	       !enquiry_to_list(scene);
}

/* "It has been sorted, please close this": told, not asked or denied. */
static bool
withdraws(const struct scene *scene)
{
	static const unsigned against =
		ACT_BIT(ACT_QUESTION) | ACT_BIT(ACT_SUPPOSES);
	const struct passage *body = scene->body;
	int concept = lexicon_concept(scene->lexicon, "withdrawal");
	size_t i;
	uint32_t k;

	for (i = 0; body != NULL && i < body->sentence_count; i++) {
		const struct sentence *s = &body->sentences[i];

		for (k = s->hit_first; k < s->hit_end; k++)
			if (body->hits[k].concept == concept &&
			    (s->acts & against) == 0)
				return true;
	}
	return false;
}

static double
probability(const struct model *model, int which, const double *scores)
{
	return which < 0 ? 0 : model_probability(model, which, scores[which]);
}

static bool
decides(const struct model *model, int which, double score)
{
	return which >= 0 && score >= model_threshold(model, which);
}

void
enquiry_read(const struct scene *scene, const struct readings *readings,
	     const struct model *model, const double *scores,
	     struct verdict *verdict)
{
	if (!enquiry_possible(scene))
		return;
	verdict->enquiry_score = probability(model, readings->enquiry, scores);
	verdict->enquiry =
		decides(model, readings->enquiry, verdict->enquiry_score);
	verdict->withdrawal = !verdict->enquiry && withdraws(scene);
	verdict->only_thanks = !verdict->enquiry && !verdict->withdrawal;
}
