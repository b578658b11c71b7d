/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "found.h"

#include <assert.h>

enum { NAMES_TOLD = 6, TOLD_BYTES = 4000 };

static const char *const role_words[] = {
	[ROLE_OUTSIDE] = "outside the council",
	[ROLE_UNKNOWN_INSIDE] = "inside the council, but not in the directory",
	[ROLE_MEMBER] = "a member",
	[ROLE_OFFICER] = "an officer",
	[ROLE_TEAM] = "a team of officers",
	[ROLE_POLITICAL_ASSISTANT] = "a political assistant",
	[ROLE_PARTY_WORKER] = "a party worker",
	[ROLE_MEDIA] = "the press",
	[ROLE_SOLICITOR] = "a solicitor of the council",
	[ROLE_GROUP] = "the office of a political group",
};
static_assert(ARRAY_SIZE(role_words) == ROLE_COUNT, "every role");

struct span
found_name(const struct party *party)
{
	return party->name.len != 0 ? party->name : party->email;
}

/* Ends the text that was put together. */
static struct span
taken(const struct scene *scene, struct buf *buf)
{
	struct span text = arena_span(scene->arena, buf_span(buf));

	buf_clear(buf);
	return text;
}

static void
add_posts(struct buf *buf, unsigned posts)
{
	const char *c;
	int post;

	for (post = 0; post < POST_COUNT; post++) {
		if ((posts & POST_BIT(post)) == 0)
			continue;
		buf_add_literal(buf, ", ");
		for (c = post_name((enum post)post); *c != '\0'; c++)
			buf_add_byte(buf, *c == '-' ? ' ' : *c);
	}
}

/* "a member, group leader (directory line 4)" */
static void
add_description(struct buf *buf, const struct party *party)
{
	buf_add_literal(buf, role_words[party->role]);
	add_posts(buf, party->posts);
	if (party->person != NULL && party->person->line != 0)
		buf_printf(buf, " (directory line %u)", party->person->line);
}

struct span
found_sender(const struct scene *scene)
{
	struct buf buf;

	buf_init(&buf, TOLD_BYTES);
	if (scene->sender.email.len == 0)
		buf_add_literal(&buf, "the sender is not told");
	else
		buf_add(&buf, found_name(&scene->sender));
	buf_add_literal(&buf, scene->sender.email.len != 0 ? " is " : ", ");
	add_description(&buf, &scene->sender);
	return taken(scene, &buf);
}

/* Those of these roles in To and Cc, or that there is none. */
static void
add_parties(struct buf *buf, const struct scene *scene, unsigned roles,
	    const char *none)
{
	size_t i, count = 0;

	for (i = 0; i < scene->visible_count; i++) {
		const struct party *p = &scene->parties[i];

		if ((ROLE_BIT(p->role) & roles) == 0)
			continue;
		if (count++ < NAMES_TOLD) {
			buf_add_literal(buf, count > 1 ? "; " : "");
			buf_add(buf, found_name(p));
			buf_add_literal(buf, p->place == PLACE_CC ?
						     " (Cc) is " :
						     " is ");
			add_description(buf, p);
		}
	}
	if (count > NAMES_TOLD)
		buf_printf(buf, "; and %zu more", count - NAMES_TOLD);
	if (count == 0)
		buf_add_literal(buf, none);
}

static struct span
parties(const struct scene *scene, unsigned roles, const char *none)
{
	struct buf buf;

	buf_init(&buf, TOLD_BYTES);
	add_parties(&buf, scene, roles, none);
	return taken(scene, &buf);
}

struct span
found_recipients(const struct scene *scene)
{
	return parties(scene, ~0u, "nobody in To or Cc");
}

struct span
found_officers(const struct scene *scene)
{
	return parties(scene, ROLES_OFFICER, "no officer in To or Cc");
}

struct span
found_members(const struct scene *scene)
{
	return parties(scene, ROLE_BIT(ROLE_MEMBER), "no member in To or Cc");
}

struct span
found_political(const struct scene *scene)
{
	return parties(scene, ROLES_POLITICAL,
		       "nobody of the political side in To or Cc");
}

struct span
found_outside(const struct scene *scene)
{
	return parties(scene, ROLES_OUTSIDE | ROLE_BIT(ROLE_SOLICITOR),
		       "nobody outside the council in To or Cc");
}

struct span
found_workers(const struct scene *scene)
{
	return parties(scene, ROLE_BIT(ROLE_PARTY_WORKER),
		       "no party worker of the directory in To or Cc");
}

static struct span
both(const struct scene *scene, struct span first, struct span second)
{
	return arena_printf(scene->arena, "%.*s; %.*s", SPAN_ARG(first),
			    SPAN_ARG(second));
}

struct span
found_both_ends(const struct scene *scene)
{
	return both(scene, found_sender(scene),
		    scene_from_officer(scene) ? found_members(scene) :
						found_officers(scene));
}

struct span
found_sender_and_outside(const struct scene *scene)
{
	return both(scene, found_sender(scene), found_outside(scene));
}

struct span
found_sender_and_officers(const struct scene *scene)
{
	return both(scene, found_sender(scene), found_officers(scene));
}

struct span
found_everybody(const struct scene *scene)
{
	struct span seen = found_recipients(scene);

	return scene->party_count == scene->visible_count ?
		       seen :
		       both(scene, seen, found_hidden(scene));
}

struct span
found_hidden(const struct scene *scene)
{
	static const char *const proofs[] = {
		[PROOF_NONE] = "unknown how",
		[PROOF_LIKELY] = "likely",
		[PROOF_PROVEN] = "proven",
	};
	struct buf buf;
	size_t i;

	buf_init(&buf, TOLD_BYTES);
	for (i = scene->visible_count; i < scene->party_count; i++) {
		const struct party *p = &scene->parties[i];

		buf_add_literal(&buf, buf.len != 0 ? "; " : "");
		buf_add(&buf, found_name(p));
		buf_add_literal(&buf, " got it unseen (");
		buf_add_literal(&buf, proofs[p->proof]);
		if (p->source != NULL) {
			buf_add_literal(&buf, ": ");
			buf_add_literal(&buf, p->source);
		}
		buf_add_literal(&buf, "), ");
		add_description(&buf, p);
		if (p->exempt)
			buf_add_literal(&buf, ", who does not count: an "
					      "archive, a solicitor or an own "
					      "address");
	}
	if (buf.len == 0)
		buf_add_literal(&buf, "nobody is known to have got it unseen");
	return taken(scene, &buf);
}

struct span
found_voices(const struct scene *scene)
{
	struct buf buf;
	size_t i;

	buf_init(&buf, TOLD_BYTES);
	for (i = 0; i < scene->voice_count && i < NAMES_TOLD; i++) {
		const struct voice *v = &scene->voices[i];

		buf_add_literal(&buf, i != 0 ? "; " : "");
		buf_add_literal(&buf, "words of ");
		buf_add(&buf, v->name.len != 0  ? v->name :
			      v->person != NULL ? v->person->email :
						  span_of("somebody"));
		buf_add_literal(&buf, v->member ? ", a member, " : ", ");
		buf_add_literal(&buf, v->sender  ? "who sends this" :
				      v->visible ? "who can see it" :
						   "who cannot see it");
	}
	if (buf.len == 0)
		buf_add_literal(&buf, "nobody's earlier words are in it");
	return taken(scene, &buf);
}

struct span
found_carried(const struct scene *scene)
{
	const struct message *m = scene->message;
	struct span voices = found_voices(scene);

	return arena_printf(
		scene->arena, "%.*s; %s, %zu attachment%s%s", SPAN_ARG(voices),
		m->quoted.len != 0 ? "a quotation" : "no quotation",
		m->attachment_count, m->attachment_count == 1 ? "" : "s",
		scene->forward ? ", passed on" : "");
}

struct span
found_period(const struct scene *scene)
{
	const struct elections *elections = scene->exhibit->elections;
	const struct poll *poll;
	struct buf buf;
	size_t from = 0;

	buf_init(&buf, TOLD_BYTES);
	if (elections == NULL || elections_count(elections) == 0) {
		buf_add_literal(&buf, "no election is known");
		return taken(scene, &buf);
	}
	buf_printf(&buf, "it would be out on %04d-%02d-%02d; ", scene->out.year,
		   scene->out.month, scene->out.day);
	poll = elections_on(elections, scene->out, &from);
	if (poll != NULL)
		buf_printf(&buf,
			   "the period of the %s poll is %04d-%02d-%02d to "
			   "%04d-%02d-%02d (elections line %u)",
			   poll_kind_name(poll->kind), poll->starts.year,
			   poll->starts.month, poll->starts.day,
			   poll->polling_date.year, poll->polling_date.month,
			   poll->polling_date.day, poll->line);
	else
		buf_add_literal(&buf,
				scene->period_near ?
					"no period holds then; one is near" :
					"no period holds then or is near");
	return taken(scene, &buf);
}
