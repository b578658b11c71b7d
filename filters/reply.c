/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What kind of reply an officer's message to a member is, and whether an
 * officer hands a message over to another to deal with.
 */
#include "filters/readings.h"

/* So sure must the weights be that an answer in an open case is none. */
#define NONE_IN_CASE 0.95

bool
reply_possible(const struct scene *scene)
{
	return scene_from_officer(scene) && scene->members_visible != 0;
}

bool
hand_over_possible(const struct scene *scene)
{
	size_t i;

	if (!scene_from_officer(scene) ||
	    scene->message->automatic != AUTOMATIC_NO)
		return false;
	for (i = 0; i < scene->visible_count; i++)
		if (scene->parties[i].place == PLACE_TO &&
		    (ROLE_BIT(scene->parties[i].role) & ROLES_OFFICER) != 0)
			return true;
	return false;
}

static bool
automatic_kind(enum automatic automatic)
{
	return automatic != AUTOMATIC_NO;
}

static bool
says(const struct scene *scene, const char *name)
{
	const struct passage *body = scene->body;
	int concept = lexicon_concept(scene->lexicon, name);
	size_t i;

	for (i = 0; body != NULL && i < body->hit_count; i++)
		if (body->hits[i].concept == concept)
			return true;
	return false;
}

/* "I'll deal with it", "we are looking into this": the writer keeps it. */
static bool
keeps(struct span text)
{
	static const char *const words[] = {
		"i'll ",    "i will ", "i'm ",    "i am ",
		"i've ",    "i have ", "i can ",  "we'll ",
		"we will ", "we're ",  "we are ", "i shall ",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (span_find(text, words[i]) < text.len)
			return true;
	return false;
}

/* "Please deal", said to the reader and not denied. */
static bool
gives_away(const struct scene *scene, const struct sentence *s)
{
	const struct passage *body = scene->body;
	struct span text = span_sub(body->fold.text, s->start, s->end);

	return (sentence_has(scene, body, s, "hand-over") ||
		sentence_has(scene, body, s, "deal-with-it")) &&
	       !sentence_has(scene, body, s, "for-information") &&
	       !sentence_has(scene, body, s, "for-info-colleague") &&
	       (s->acts & ACT_BIT(ACT_NEGATES)) == 0 && !keeps(text);
}

/* An enquiry that is passed on without a word is for the other to deal with;
 * words decide otherwise. */
static bool
hands_over(const struct scene *scene)
{
	const struct passage *body = scene->body;
	size_t i;

	for (i = 0; body != NULL && i < body->sentence_count; i++)
		if (gives_away(scene, &body->sentences[i]))
			return true;
	if (says(scene, "for-information") ||
	    says(scene, "for-info-colleague") ||
	    (body != NULL && keeps(body->fold.text)))
		return false;
	return scene->forward;
}

/* A case of a visible member is open in this thread: what an officer writes
 * there is hardly something new. */
static bool
answers_case(const struct scene *scene)
{
	const struct thread_view *thread = scene->exhibit->thread;
	const struct person *member;

	if (thread == NULL || !thread->case_open)
		return false;
	member = people_find(scene->exhibit->people, thread->case_member);
	return member != NULL && scene_sees(scene, member);
}

static void
read_kind(const struct scene *scene, const struct readings *readings,
	  const struct model *model, const double *scores,
	  struct verdict *verdict)
{
	double best = -1, p;
	int kind;

	for (kind = 0; kind < REPLY_KIND_COUNT; kind++) {
		if (readings->reply[kind] < 0)
			continue;
		p = model_probability(model, readings->reply[kind],
				      scores[readings->reply[kind]]);
		if (kind == REPLY_NONE && p < NONE_IN_CASE &&
		    answers_case(scene))
			continue;
		if (p > best) {
			best = p;
			verdict->reply = (enum reply_kind)kind;
			verdict->reply_score = p;
		}
	}
}

void
reply_read(const struct scene *scene, const struct readings *readings,
	   const struct model *model, const double *scores,
	   struct verdict *verdict)
{
	verdict->hands_over = hand_over_possible(scene) && hands_over(scene);
	if (!reply_possible(scene))
		return;
	if (automatic_kind(scene->message->automatic)) {
		verdict->reply = REPLY_AUTOMATIC;
		verdict->reply_score = 1;
		return;
	}
	read_kind(scene, readings, model, scores, verdict);
	if (verdict->reply != REPLY_NONE && verdict->reply != REPLY_AUTOMATIC)
		verdict->promise = promise_read(scene);
}
