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
#include "filters/named.h"
#include "filters/rule.h"

enum {
	QUOTED = 1u << PASSAGE_QUOTED,
	AUTHORED = 1u << PASSAGE_BODY | 1u << PASSAGE_SUBJECT
};

static bool
gate(const struct scene *scene, const struct trace *trace)
{
	return trace_note(trace, "an officer answers",
			  scene_from_officer(scene)) &&
	       trace_note(trace, "two or more members can see it",
			  scene->members_visible >= 2);
}

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

static enum opinion
opinion(const struct scene *scene, const struct trace *trace)
{
	if (!trace_note(trace, "it answers somebody", answers(scene)) ||
	    trace_note(trace, "it is passed on",
		       thread_is_forward(scene->message->subject)) ||
	    trace_note(trace, "it speaks to several", named_call_many(scene)) ||
	    trace_note(trace, "it tells who is copied", told(scene)) ||
	    !trace_note(trace, "a member is there whom nobody brought in",
			added(scene) != NULL))
		return OPINION_NO;
	return OPINION_MODEL;
}

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
	report_envelope(scene, report, other->email);
}

const struct rule rule_open_copy = {
	.id = "open-copy",
	.severity = SEVERITY_LOW,
	.reason = "an answer to one member openly adds another member "
		  "without saying so",
	.gate = gate,
	.opinion = opinion,
	.features = features,
	.explain = explain,
};
