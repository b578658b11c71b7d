/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * open-copy: an answer to one member openly adds another member without saying
 * so.
 *
 * The one who is answered is whose words are quoted, else who is called by
 * name, else the first addressee. Another visible member is added unless that
 * member wrote too, was named in the words that are answered, is called, or is
 * named in the answer.
 */
#include "facts/thread.h"
#include "filters/cues.h"
#include "filters/found.h"
#include "filters/named.h"
#include "filters/rule.h"

enum {
	QUOTED = 1u << PASSAGE_QUOTED,
	AUTHORED = 1u << PASSAGE_BODY | 1u << PASSAGE_SUBJECT
};

static bool
two_members(const struct scene *scene)
{
	return scene->members_visible >= 2;
}

static const struct ask gate[] = {
	{ .text = "an officer writes",
	  .holds = scene_from_officer,
	  .found = found_sender },
	{ .text = "two or more members can see it",
	  .holds = two_members,
	  .found = found_members },
	{ .text = NULL },
};

static bool
wrote(const struct scene *scene, const struct party *party)
{
	size_t i;

	for (i = 0; i < scene->voice_count; i++)
		if (scene->voices[i].person != NULL ?
			    scene->voices[i].person == party->person :
			    scene_same_name(party->name, scene->voices[i].name))
			return true;
	return false;
}

static bool
called(const struct scene *scene, const struct party *party)
{
	size_t end;

	if (!named_call(scene, &end))
		return false;
	if ((party->posts & POST_BIT(POST_MAYOR)) != 0 &&
	    span_find(span_sub(scene->body->fold.text, 0, end), "mayor") < end)
		return true;
	return named_within(&scene->body->fold, 0, end, party->name);
}

static const struct party *
answered(const struct scene *scene)
{
	const struct party *best = NULL;
	int worth, most = -1;
	size_t i;

	for (i = 0; i < scene->visible_count; i++) {
		const struct party *p = &scene->parties[i];

		if (p->role != ROLE_MEMBER)
			continue;
		worth = (wrote(scene, p) ? 4 : 0) + (called(scene, p) ? 2 : 0) +
			(p->place == PLACE_TO);
		if (worth > most) {
			most = worth;
			best = p;
		}
	}
	return best;
}

/* Did the answered member bring this one in, or is it told of? */
static bool
accounted(const struct scene *scene, const struct party *party)
{
	return wrote(scene, party) || called(scene, party) ||
	       named_anywhere(scene, QUOTED | AUTHORED, party->name);
}

static const struct party *
added(const struct scene *scene)
{
	const struct party *first = answered(scene);
	size_t i;

	for (i = 0; i < scene->visible_count; i++)
		if (&scene->parties[i] != first &&
		    scene->parties[i].role == ROLE_MEMBER &&
		    !accounted(scene, &scene->parties[i]))
			return &scene->parties[i];
	return NULL;
}

/* Words by which the asker brought the others in, or is told of them. */
static const char *const joint[] = { "on behalf of the ward",
				     "wrote for the ward",
				     "all three of you",
				     "your ward colleague*",
				     "you both",
				     "both of you",
				     "i am copying",
				     "i'm copying",
				     "i have copied",
				     "i've copied",
				     "are copied",
				     "is copied",
				     "copied in",
				     "copying in",
				     "in copy",
				     "cc'd",
				     "cc'ing",
				     "on copy",
				     NULL };

static bool
told(const struct scene *scene)
{
	return cue_words(scene, joint) ||
	       cue_seen(scene, "admits-copy", ACT_BIT(ACT_NEGATES));
}

static bool
answers(const struct scene *scene)
{
	size_t i;

	if (scene->reply || scene->message->quoted.len != 0)
		return true;
	for (i = 0; i < scene->voice_count; i++)
		if (scene->voices[i].member)
			return true;
	return scene_has(scene, scene->body, "answer-cue");
}

static bool
passed_on(const struct scene *scene)
{
	return thread_is_forward(scene->message->subject);
}

static bool
adds_member(const struct scene *scene)
{
	return added(scene) != NULL;
}

static struct span
found_added(const struct scene *scene)
{
	const struct party *first = answered(scene), *other = added(scene);

	if (first == NULL)
		return span_of("no member is answered");
	return arena_printf(
		scene->arena, "the member who is answered is %.*s; %.*s%s",
		SPAN_ARG(found_name(first)),
		SPAN_ARG(other != NULL ? found_name(other) :
					 span_of("every other")),
		other != NULL ? " is there, did not write and is not named" :
				" wrote too, is called or is named");
}

static struct span
found_told(const struct scene *scene)
{
	static const char *const concepts[] = { "admits-copy", NULL };

	return found_words(scene, FOUND_AUTHORED, concepts);
}

static const struct ask opinion[] = {
	{ .text = "it answers somebody",
	  .holds = answers,
	  .found = found_voices,
	  .if_not = OPINION_NO },
	{ .text = "it is passed on, not answered",
	  .holds = passed_on,
	  .if_held = OPINION_NO },
	{ .text = "it speaks to several",
	  .holds = named_call_many,
	  .if_held = OPINION_NO },
	{ .text = "it tells who is copied",
	  .holds = told,
	  .found = found_told,
	  .if_held = OPINION_NO },
	{ .text = "a member is there whom nobody brought in",
	  .holds = adds_member,
	  .found = found_added,
	  .if_not = OPINION_NO },
	{ .text = NULL },
};

static void
features(const struct scene *scene, struct features *f)
{
	const struct party *first = answered(scene), *other = added(scene);

	if (other == NULL)
		return;
	features_add(f, "r:open-copy:added");
	features_add(f, "r:open-copy:added-%s",
		     other->place == PLACE_TO ? "to" : "cc");
	if (scene->reply)
		features_add(f, "r:open-copy:reply");
	if (first != NULL && wrote(scene, first))
		features_add(f, "r:open-copy:asker-quoted");
	if (first != NULL && called(scene, first))
		features_add(f, "r:open-copy:asker-called");
	if (scene->members_visible > 3)
		features_add(f, "r:open-copy:many");
}

static void
explain(const struct scene *scene, struct report *report)
{
	const struct party *other = added(scene), *first = answered(scene);

	if (other == NULL || first == NULL)
		return;
	report->reason = arena_printf(
		scene->arena,
		"the answer to %.*s openly goes to %.*s as well and does not "
		"say so",
		SPAN_ARG(first->name), SPAN_ARG(other->name));
	/* The address decides; one sentence tells what the answer is. */
	if (report->evidence_count > 1)
		report->evidence_count = 1;
	report_envelope(scene, report,
			arena_printf(scene->arena, "%s: %.*s",
				     other->place == PLACE_TO ? "To" : "Cc",
				     SPAN_ARG(other->email)));
}

const struct rule rule_open_copy = {
	.id = "open-copy",
	.reads = "open-copy",
	.severity = SEVERITY_LOW,
	.reason = "an answer to one member openly adds another member "
		  "without saying so",
	.of_people = true,
	.gate = gate,
	.opinion = opinion,
	.features = features,
	.explain = explain,
};
