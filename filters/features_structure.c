/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who writes to whom about whose words, as features.
 */
#include "filters/features.h"

static const char *
many(size_t count)
{
	static const char *const words[] = { "0", "1", "2", "3" };

	return count < 4 ? words[count] : count < 10 ? "4+" : "10+";
}

static void
add_posts(struct features *f, const char *whose, unsigned posts)
{
	unsigned post;

	for (post = 0; post < POST_COUNT; post++)
		if ((posts & POST_BIT(post)) != 0)
			features_add(f, "s:%s-post=%s", whose,
				     post_name((enum post)post));
	if (posts == 0)
		features_add(f, "s:%s-post=none", whose);
}

static void
add_roles(struct features *f, const char *whose, unsigned roles)
{
	unsigned role;

	for (role = 0; role < ROLE_COUNT; role++)
		if ((roles & ROLE_BIT(role)) != 0)
			features_add(f, "s:%s=%s", whose,
				     role_name((enum role)role));
}

/* How the political sides of sender and recipients stand to each other. */
static void
add_groups(struct features *f, const struct scene *scene)
{
	struct span groups[8];
	size_t count = 0, i, k;

	for (i = 0; i < scene->visible_count; i++) {
		struct span group = scene->parties[i].group;

		if (group.len == 0)
			continue;
		for (k = 0; k < count; k++)
			if (span_equal_nocase(groups[k], group))
				break;
		if (k == count && count < ARRAY_SIZE(groups))
			groups[count++] = group;
	}
	features_add(f, "s:groups=%s", many(count));
	for (i = 0; i < scene->visible_count; i++) {
		const struct party *p = &scene->parties[i];

		if (p->group.len != 0 && scene->sender.group.len != 0)
			features_add(f, "s:%s-group",
				     span_equal_nocase(p->group,
						       scene->sender.group) ?
					     "same" :
					     "other");
	}
}

static void
add_mentions(struct features *f, const struct passage *p)
{
	size_t i;

	for (i = 0; i < p->mention_count; i++)
		features_add(f, "s:names-%s-%s%s",
			     p->mentions[i].member || p->mentions[i].candidate ?
				     "member" :
				     "person",
			     p->mentions[i].sender  ? "self" :
			     p->mentions[i].visible ? "seen" :
						      "unseen",
			     p->kind == PASSAGE_BODY    ? "" :
			     p->kind == PASSAGE_SUBJECT ? "-subject" :
			     p->kind == PASSAGE_QUOTED  ? "-quoted" :
							  "-attachment");
}

static void
add_thread(struct features *f, const struct scene *scene)
{
	const struct message *m = scene->message;
	size_t i;

	if (scene->reply)
		features_add(f, "s:reply");
	if (scene->forward)
		features_add(f, "s:forward");
	if (scene->silent)
		features_add(f, "s:silent");
	if (m->quoted.len != 0)
		features_add(f, "s:quotes");
	for (i = 0; i < scene->voice_count; i++)
		features_add(f, "s:voice-%s-%s",
			     scene->voices[i].member ? "member" : "other",
			     scene->voices[i].visible ? "seen" : "unseen");
	for (i = 0; i < scene->passage_count; i++)
		add_mentions(f, &scene->passages[i]);
	if (m->signature.len != 0)
		features_add(f, "s:signature");
	for (i = 0; i < m->attachment_count; i++)
		features_add(f, "s:attachment%s",
			     m->attachments[i].text.len != 0 ? "-text" : "");
}

static size_t
count_words(struct span text)
{
	size_t i, count = 0;

	for (i = 0; i < text.len; i++)
		count += text.ptr[i] == ' ';
	return count + (text.len != 0);
}

/* How long it is, and which of its sentences ask. */
static void
add_shape(struct features *f, const struct scene *scene)
{
	static const unsigned asks = ACT_BIT(ACT_ASKS) | ACT_BIT(ACT_INSTRUCTS);
	const struct passage *body = scene->body;
	size_t i, words, questions = 0, asking = 0, told = 0;
	const struct sentence *last = NULL;

	if (body == NULL)
		return;
	for (i = 0; i < body->sentence_count; i++) {
		const struct sentence *s = &body->sentences[i];

		if (s->greeting || s->end - s->start < 4)
			continue;
		questions += (s->acts & ACT_BIT(ACT_QUESTION)) != 0;
		asking += (s->acts & asks) != 0;
		told += (s->acts & (asks | ACT_BIT(ACT_QUESTION))) == 0;
		if (s->end - s->start > 24)
			last = s;
	}
	words = count_words(body->fold.text);
	features_add(f, "s:words=%s",
		     words < 8   ? "7" :
		     words < 20  ? "19" :
		     words < 50  ? "49" :
		     words < 120 ? "119" :
				   "120+");
	features_add(f, "s:questions=%s", many(questions));
	features_add(f, "s:asking=%s", many(asking));
	features_add(f, "s:only-%s",
		     questions + asking == 0 ? "tells" :
		     told == 0               ? "asks" :
					       "mixed");
	if (last != NULL && (last->acts & ACT_BIT(ACT_QUESTION)) != 0)
		features_add(f, "s:ends-question");
	if (body->sentence_count != 0 &&
	    (body->sentences[0].acts & ACT_BIT(ACT_THANKS)) != 0)
		features_add(f, "s:begins-thanks");
}

/* What the words that are answered asked. */
static void
add_answered(struct features *f, const struct scene *scene)
{
	size_t i, k;

	for (i = 0; i < scene->passage_count; i++)
		for (k = 0; scene->passages[i].kind == PASSAGE_QUOTED &&
			    k < scene->passages[i].sentence_count;
		     k++)
			if ((scene->passages[i].sentences[k].acts &
			     ACT_BIT(ACT_QUESTION)) != 0)
				features_add(f, "s:answers-question");
}

void
features_structure(struct features *features, const struct scene *scene)
{
	features_add(features, "s:direction=%s",
		     direction_name(scene->direction));
	features_add(features, "s:from=%s", role_name(scene->sender.role));
	add_posts(features, "from", scene->sender.posts);
	add_roles(features, "to", scene->to_roles);
	add_roles(features, "seen", scene->visible_roles);
	add_roles(features, "hidden", scene->hidden_roles);
	if (scene->officers_visible != 0)
		add_posts(features, "seen", scene->visible_posts);
	features_add(features, "s:members=%s", many(scene->members_visible));
	features_add(features, "s:officers=%s", many(scene->officers_visible));
	if (scene->members_hidden != 0)
		features_add(features, "s:members-hidden=%s",
			     many(scene->members_hidden));
	if (scene->period != PERIOD_NONE)
		features_add(features, "s:period");
	add_groups(features, scene);
	add_thread(features, scene);
	add_shape(features, scene);
	add_answered(features, scene);
}
