/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ward-invitation: some but not all members of the ward are invited.
 *
 * The directory knows who sits for a ward. The ward is one for which the
 * sender or somebody on the message sits; who of its members is neither on the
 * message nor its sender is missing. A public event is told by its words and
 * by the clock.
 */
#include <string.h>

#include "filters/cues.h"
#include "filters/found.h"
#include "filters/named.h"
#include "filters/rule.h"

struct ward {
	struct span name;
	size_t present, missing, missing_named;
	const struct person *absent; /* the first who is missing */
};

static bool
to_member_or_officer(const struct scene *scene)
{
	return scene->members_visible != 0 || scene->officers_visible != 0;
}

static const struct ask gate[] = {
	{ .text = "a member or officer writes",
	  .holds = scene_from_member_or_officer,
	  .found = found_sender },
	{ .text = "a member or an officer can see it",
	  .holds = to_member_or_officer,
	  .found = found_recipients },
	{ .text = NULL },
};

static bool
sits_for(const struct person *person, struct span ward)
{
	size_t i;

	for (i = 0; i < person->ward_count; i++)
		if (span_equal_nocase(person->wards[i], ward))
			return true;
	return false;
}

static void
count_ward(const struct scene *scene, struct ward *ward)
{
	static const unsigned authored =
		1u << PASSAGE_BODY | 1u << PASSAGE_SUBJECT;
	const struct people *people = scene->exhibit->people;
	size_t i;

	for (i = 0; i < people_count(people); i++) {
		const struct person *person = people_at(people, i);

		if (person->role != ROLE_MEMBER ||
		    !sits_for(person, ward->name))
			continue;
		if (scene_sees(scene, person)) {
			ward->present++;
			continue;
		}
		ward->missing++;
		ward->missing_named +=
			named_anywhere(scene, authored, person->name);
		if (ward->absent == NULL)
			ward->absent = person;
	}
}

/* The ward of the message: most of whose members are there, the sender's
 * first; by name in the text before all. False when nobody sits for one. */
static bool
find_ward(const struct scene *scene, struct ward *ret)
{
	const struct person *person = scene->sender.person;
	bool found = false;
	size_t i, k;

	*ret = (struct ward){ 0 };
	for (i = 0; i <= scene->visible_count; i++) {
		if (i != 0)
			person = scene->parties[i - 1].person;
		if (person == NULL || person->role != ROLE_MEMBER)
			continue;
		for (k = 0; k < person->ward_count; k++) {
			struct ward ward = { .name = person->wards[k] };

			count_ward(scene, &ward);
			if (!found || ward.present > ret->present)
				*ret = ward;
			found = true;
		}
	}
	return found;
}

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "7pm", "6.30", "10:15", "10-1", "9 to 12", "10 till 2", "half six". */
static bool
clock_at(struct span text, size_t at)
{
	static const char *const behind[] = { "pm",       "am",     " pm",
					      " am",      "p.m",    " p.m",
					      " o'clock", " till ", " til ",
					      " 'til " };
	size_t end = at, i;

	while (end < text.len && digit(text.ptr[end]))
		end++;
	if (end - at > 2)
		return false;
	for (i = 0; i < ARRAY_SIZE(behind); i++)
		if (span_starts(span_sub(text, end, text.len), behind[i]))
			return true;
	return end + 2 < text.len && strchr(".:", text.ptr[end]) != NULL &&
	       digit(text.ptr[end + 1]) && digit(text.ptr[end + 2]) &&
	       (end + 3 == text.len || !digit(text.ptr[end + 3]));
}

static bool
has_clock(struct span text)
{
	static const char *const words[] = {
		"half past", "half six", "half seven", "half five",
		"at six",    "at seven", "at five",    "at two",
		"at three",  "at eight", "at ten",     "at noon",
		"at eleven", "at one",   "o'clock",    "quarter past",
		"noon",      "at four"
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (span_find(text, words[i]) < text.len)
			return true;
	for (i = 0; i < text.len; i++)
		if (digit(text.ptr[i]) && (i == 0 || !digit(text.ptr[i - 1])) &&
		    clock_at(text, i))
			return true;
	return false;
}

/* Somebody is said to be left out, or a member is named who is not there. */
static bool
tells_of_another(const struct scene *scene)
{
	size_t i;

	if (cue_seen(scene, "ward-left-out", 0))
		return true;
	for (i = 0; i < scene->passage_count; i++)
		if (scene->passages[i].kind != PASSAGE_QUOTED &&
		    scene_names_unseen_member(scene, &scene->passages[i]))
			return true;
	return false;
}

/* "I have not asked Bob": a member of the ward, in a sentence that denies. */
static bool
denies_absent(const struct scene *scene, const struct ward *ward)
{
	const struct passage *body = scene->body;
	size_t i;

	for (i = 0;
	     body != NULL && ward->absent != NULL && i < body->sentence_count;
	     i++) {
		const struct sentence *s = &body->sentences[i];

		if (((s->acts & ACT_BIT(ACT_NEGATES)) != 0 ||
		     sentence_has(scene, body, s, "ward-left-out")) &&
		    named_within(&body->fold, s->start, s->end,
				 ward->absent->name))
			return true;
	}
	return false;
}

/* Officers among themselves draw up a list that leaves somebody out. */
static bool
list_leaves_out(const struct scene *scene)
{
	return cue_seen(scene, "ward-left-out", ACT_BIT(ACT_QUESTION)) &&
	       scene_names_unseen_member(scene, scene->body) &&
	       (cue_seen(scene, "public-event", 0) ||
		cue_seen(scene, "ward-meeting", 0));
}

/* Officers among themselves. */
static bool
planned_by_officers(const struct scene *scene)
{
	return scene_from_officer(scene) && scene->members_visible == 0;
}

static bool
list_is_short(const struct scene *scene)
{
	return !planned_by_officers(scene) || list_leaves_out(scene);
}

static bool
has_ward(const struct scene *scene)
{
	struct ward ward;

	return planned_by_officers(scene) || find_ward(scene, &ward);
}

static bool
leaves_room(const struct scene *scene)
{
	struct ward ward;

	return planned_by_officers(scene) || !find_ward(scene, &ward) ||
	       ward.missing != 0 || ward.present <= 1 ||
	       tells_of_another(scene);
}

static struct span
found_ward(const struct scene *scene)
{
	struct ward ward;

	if (!find_ward(scene, &ward))
		return span_of("no member who sits for a ward is on it");
	if (ward.absent == NULL)
		return arena_printf(scene->arena,
				    "all %zu members for %.*s are on it",
				    ward.present, SPAN_ARG(ward.name));
	return arena_printf(scene->arena,
			    "%zu of %zu members for %.*s are on it; %.*s is "
			    "not",
			    ward.present, ward.present + ward.missing,
			    SPAN_ARG(ward.name), SPAN_ARG(ward.absent->name));
}

static struct span
found_left_out(const struct scene *scene)
{
	static const char *const concepts[] = { "ward-left-out", NULL };

	return found_words(scene, FOUND_AUTHORED, concepts);
}

static const struct ask opinion[] = {
	{ .text = "a member is on it, or officers draw up a list that leaves "
		  "one out",
	  .holds = list_is_short,
	  .found = found_left_out,
	  .if_not = OPINION_NO },
	{ .text = "somebody on it sits for a ward",
	  .holds = has_ward,
	  .found = found_ward,
	  .if_not = OPINION_NO },
	{ .text = "somebody of the ward is missing, or one is spoken of who is "
		  "not on it",
	  .holds = leaves_room,
	  .found = found_ward,
	  .if_not = OPINION_NO },
	{ .text = NULL },
};

static void
features(const struct scene *scene, struct features *f)
{
	static const unsigned denied =
		ACT_BIT(ACT_QUESTION) | ACT_BIT(ACT_SUPPOSES);
	struct ward ward;
	bool event = cue_seen(scene, "public-event", ACT_BIT(ACT_RULES)) ||
		     cue_seen(scene, "ward-meeting", ACT_BIT(ACT_RULES));
	bool clock = scene->body != NULL && has_clock(scene->body->fold.text);
	bool out = cue_seen(scene, "ward-left-out", denied);
	bool all = cue_seen(scene, "ward-invited-all", 0);

	if (!find_ward(scene, &ward)) {
		if (list_leaves_out(scene))
			features_add(f, "r:ward:list-leaves-out");
		return;
	}
	if (event && denies_absent(scene, &ward))
		features_add(f, "r:ward:denies-absent");
	features_add(f, "r:ward:%s",
		     ward.missing != 0 ? "missing" :
		     ward.present > 1  ? "complete" :
					 "alone");
	if (ward.missing != 0 && event)
		features_add(f, "r:ward:missing+event");
	if (ward.missing != 0 && event && clock)
		features_add(f, "r:ward:missing+event+clock");
	if (event && clock && ward.missing == 0)
		features_add(f, "r:ward:event+clock-%s",
			     ward.present > 1 ? "complete" : "alone");
	if (event && clock)
		features_add(f, "r:ward:event+clock");
	if (clock)
		features_add(f, "r:ward:clock");
	if (event && out)
		features_add(f, "r:ward:event+out");
	if (event && tells_of_another(scene))
		features_add(f, "r:ward:event+another");
	if (ward.missing_named != 0 && event)
		features_add(f, "r:ward:missing-named+event");
	if (all)
		features_add(f, "r:ward:said-all");
	if (named_anywhere(scene, 1u << PASSAGE_BODY | 1u << PASSAGE_SUBJECT,
			   ward.name))
		features_add(f, "r:ward:named");
	if (event && scene->officers_visible + scene_from_officer(scene) != 0)
		features_add(f, "r:ward:event-officers");
	if (scene->members_visible > 3)
		features_add(f, "r:ward:many-members");
}

static void
explain(const struct scene *scene, struct report *report)
{
	struct ward ward;

	if (!find_ward(scene, &ward) || ward.absent == NULL)
		return;
	report->reason = arena_printf(
		scene->arena,
		"%zu of the %zu members for %.*s %s asked to a local event; "
		"%.*s is not",
		ward.present, ward.present + ward.missing, SPAN_ARG(ward.name),
		ward.present == 1 ? "is" : "are", SPAN_ARG(ward.absent->name));
}

static const char *const events[] = { "public-event", "ward-meeting", NULL };
static const char *const left[] = { "ward-left-out", NULL };
static const char *const all[] = { "ward-invited-all", NULL };

static const struct look looks[] = {
	{ .text = "a public event or meeting is spoken of",
	  .concepts = events },
	{ .text = "somebody is said to be left out", .concepts = left },
	{ .text = "everybody is said to be asked",
	  .concepts = all,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_ward_invitation = {
	.id = "ward-invitation",
	.reads = "ward",
	.severity = SEVERITY_MEDIUM,
	.reason = "some but not all members of the ward are invited",
	.gate = gate,
	.opinion = opinion,
	.looks = looks,
	.features = features,
	.explain = explain,
};
