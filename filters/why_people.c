/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a judgement took the people of a message for: most surprises of a rule
 * begin there.
 */
#include "filters/why_private.h"

static void
push(struct account *account, struct span fact)
{
	struct reasoning *out = account->out;
	struct span *slot = arena_push(account->arena, &out->facts,
				       &out->fact_count, sizeof(*slot));

	*slot = fact;
}

static void
tell_party(struct account *account, const char *place,
	   const struct party *party)
{
	struct arena *arena = account->arena;
	struct span text;
	int post;

	text = arena_printf(arena, "%s %.*s: %s", place, SPAN_ARG(party->email),
			    role_name(party->role));
	for (post = 0; post < POST_COUNT; post++)
		if ((party->posts & POST_BIT(post)) != 0)
			text = arena_printf(arena, "%.*s, %s", SPAN_ARG(text),
					    post_name((enum post)post));
	if (party->group.len != 0)
		text = arena_printf(arena, "%.*s, %.*s", SPAN_ARG(text),
				    SPAN_ARG(party->group));
	if (party->candidate)
		text = arena_printf(arena, "%.*s, a candidate by name",
				    SPAN_ARG(text));
	if (party->place == PLACE_HIDDEN)
		text = arena_printf(arena, "%.*s; unseen, %s%s", SPAN_ARG(text),
				    party->proof == PROOF_PROVEN ? "proven" :
				    party->proof == PROOF_LIKELY ? "likely" :
								   "unknown",
				    party->exempt ? "; exempt" : "");
	push(account, text);
}

static void
tell_voices(struct account *account)
{
	const struct scene *scene = &account->sight->scene;
	size_t i;

	for (i = 0; i < scene->voice_count; i++) {
		const struct voice *voice = &scene->voices[i];

		push(account,
		     arena_printf(account->arena,
				  "carries words of %.*s: %s, %s",
				  SPAN_ARG(voice->name),
				  voice->member ? "member" : "no member",
				  voice->sender  ? "the sender" :
				  voice->visible ? "on the message" :
						   "not on the message"));
	}
}

static void
tell_thread(struct account *account)
{
	const struct scene *scene = &account->sight->scene;
	const struct thread_view *thread = scene->exhibit->thread;
	size_t earlier = thread != NULL ? thread->count : 0;

	push(account,
	     arena_printf(account->arena,
			  "thread: %s%s%s; %zu earlier message%s known%s",
			  scene->reply   ? "answers" :
			  scene->forward ? "" :
					   "begins something",
			  scene->reply && scene->forward ? ", " : "",
			  scene->forward ? "passes something on" : "", earlier,
			  earlier == 1 ? "" : "s",
			  thread == NULL      ? "" :
			  thread->case_open   ? "; a case is open" :
			  thread->case_closed ? "; a case is closed" :
						""));
}

void
why_people(struct account *account)
{
	static const char *const places[] = {
		[PLACE_FROM] = "from",
		[PLACE_TO] = "to",
		[PLACE_CC] = "cc",
		[PLACE_HIDDEN] = "to",
	};
	const struct scene *scene = &account->sight->scene;
	size_t i;

	tell_party(account, "from", &scene->sender);
	for (i = 0; i < scene->party_count && i < PARTIES_TOLD_MAX; i++)
		tell_party(account, places[scene->parties[i].place],
			   &scene->parties[i]);
	if (i < scene->party_count)
		push(account, arena_printf(account->arena, "and %zu more",
					   scene->party_count - i));
	tell_voices(account);
	tell_thread(account);
	if (scene->period != PERIOD_NONE)
		push(account, scene->period == PERIOD_HERE ?
				      span_of("a pre-election period holds") :
				      span_of("a pre-election period holds in "
					      "other wards"));
}
