/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * blind-copy: correspondence between a member and an officer reaches a third
 * person without the member being able to see it.
 *
 *   Sheffield 10.1.1      "It is not normally … copied by the Officer to any
 *                         other Member … made clear to the original Member.
 *                         … a system of 'silent copies' should not be
 * employed." Tower Hamlets 10.16   the same of Councillors, and of blind copies
 *
 * Raise:        hidden recipient · silent forward, also pasted or attached ·
 *               a member's own hidden copy on the political side (medium)
 * Do not raise: officer to officer to deal with it · archive, own address,
 *               solicitor · mail-out · the member asked for it
 * Either:       the only hidden recipient is another officer or team
 */
#include <string.h>

#include "filters/found.h"
#include "filters/named.h"
#include "filters/rule.h"

enum {
	MAIL_OUT = 3,     /* hidden members of a mail-out, at least */
	PASTED_BYTES = 40 /* of a quotation that is somebody's mail */
};

static const unsigned unseen_sides = ROLES_POLITICAL | ROLES_OUTSIDE;

static bool
touches_member(const struct scene *scene)
{
	size_t i;

	if (scene->members_visible != 0)
		return true;
	for (i = 0; i < scene->voice_count; i++)
		if (scene->voices[i].member)
			return true;
	return false;
}

static size_t
hidden_groups(const struct scene *scene)
{
	size_t i, k, count = 0;

	for (i = scene->visible_count; i < scene->party_count; i++) {
		if (scene->parties[i].group.len == 0)
			continue;
		for (k = scene->visible_count; k < i; k++)
			if (span_equal_nocase(scene->parties[k].group,
					      scene->parties[i].group))
				break;
		count += k == i;
	}
	return count;
}

/* To many at once, addresses hidden, nobody's correspondence in it. */
static bool
mail_out(const struct scene *scene)
{
	if (scene->members_hidden < MAIL_OUT || scene->silent ||
	    scene->message->quoted.len != 0)
		return false;
	if (scene->members_visible == 0 || scene->members_visible >= MAIL_OUT)
		return true;
	return !scene->reply && hidden_groups(scene) >= MAIL_OUT;
}

static bool
hides(const struct scene *scene)
{
	if (scene_from_officer(scene))
		return (scene->hidden_roles & unseen_sides) != 0 &&
		       touches_member(scene) && !mail_out(scene);
	return scene_from_member(scene) && scene->officers_visible != 0 &&
	       (scene->hidden_roles & ROLES_POLITICAL) != 0;
}

/* A stretch in quotation marks that is long enough for somebody's mail. */
static bool
pasted(struct span text)
{
	static const char *const marks[][2] = {
		{ "\"", "\"" },
		{ "\xe2\x80\x9c", "\xe2\x80\x9d" },
		{ "\xc2\xab", "\xc2\xbb" },
	};
	size_t i, at, len;

	for (i = 0; i < ARRAY_SIZE(marks); i++) {
		struct span rest = text;

		while ((at = span_find(rest, marks[i][0])) < rest.len) {
			rest = span_sub(rest, at + strlen(marks[i][0]),
					rest.len);
			len = span_find(rest, marks[i][1]);
			if (len >= PASTED_BYTES && len < rest.len)
				return true;
			rest = span_sub(rest, len + strlen(marks[i][1]),
					rest.len);
		}
	}
	return false;
}

static bool
carries(const struct scene *scene)
{
	const struct message *m = scene->message;
	size_t i;

	if (pasted(m->body) || m->quoted.len != 0 || scene->forward)
		return true;
	for (i = 0; i < m->attachment_count; i++)
		if (m->attachments[i].text.len != 0)
			return true;
	return false;
}

static bool
to_political_or_outside(const struct scene *scene)
{
	return (scene->visible_roles &
		(ROLES_POLITICAL | ROLE_BIT(ROLE_OUTSIDE))) != 0;
}

static bool
brings_words(const struct scene *scene)
{
	return scene->silent || carries(scene);
}

static const struct ask gate[] = {
	{ .text = "somebody of the political side or outside gets a member's "
		  "correspondence unseen",
	  .holds = hides,
	  .found = found_hidden,
	  .way = 1 },
	{ .text = "an officer writes",
	  .holds = scene_from_officer,
	  .found = found_sender,
	  .way = 2 },
	{ .text = "a member, the political side or somebody outside can see it",
	  .holds = to_political_or_outside,
	  .found = found_recipients,
	  .way = 2 },
	{ .text = "somebody's words are quoted, pasted or attached",
	  .holds = brings_words,
	  .found = found_carried,
	  .way = 2 },
	{ .text = NULL },
};

/* The member whose words these are asked for it, as they or the covering text
 * tell. */
static bool
asked_for(const struct scene *scene)
{
	size_t i;

	for (i = 0; i < scene->passage_count; i++)
		if (scene->passages[i].kind != PASSAGE_ATTACHMENT &&
		    scene_has(scene, &scene->passages[i], "asked-to-share"))
			return true;
	return false;
}

static struct span
found_asked(const struct scene *scene)
{
	static const char *const concepts[] = { "asked-to-share", NULL };

	return found_words(scene,
			   1u << PASSAGE_SUBJECT | 1u << PASSAGE_BODY |
				   1u << PASSAGE_QUOTED,
			   concepts);
}

static struct span
found_admitted(const struct scene *scene)
{
	static const char *const concepts[] = { "admits-copy", NULL };

	return found_words(scene, 1u << PASSAGE_BODY, concepts);
}

static bool
admits(const struct scene *scene)
{
	return scene_has(scene, scene->body, "admits-copy");
}

static bool
hides_untold(const struct scene *scene)
{
	return hides(scene) && !asked_for(scene) && !admits(scene);
}

static bool
silent(const struct scene *scene)
{
	return scene->silent;
}

static const struct ask opinion[] = {
	{ .text = "the member whose words these are asked for it",
	  .holds = asked_for,
	  .found = found_asked },
	{ .text = "the text admits the copy",
	  .holds = admits,
	  .found = found_admitted },
	{ .text = "a member whose words it carries cannot see it",
	  .holds = silent,
	  .found = found_voices },
	{ .text = "a hidden copy that nobody asked for and the text does not "
		  "admit",
	  .holds = hides_untold,
	  .if_held = OPINION_YES },
	{ .text = NULL },
};

static bool
names_in(const struct scene *scene, enum passage_kind kind)
{
	size_t i, k;

	for (i = 0; i < scene->passage_count; i++)
		for (k = 0; k < scene->visible_count &&
			    scene->passages[i].kind == kind;
		     k++)
			if (named_within(&scene->passages[i].fold, 0,
					 scene->passages[i].fold.text.len,
					 scene->parties[k].name))
				return true;
	return false;
}

static void
features(const struct scene *scene, struct features *f)
{
	bool unseen = scene_names_unseen_member(scene, scene->body);
	bool quotes = pasted(scene->message->body);
	bool asked = asked_for(scene);

	features_add(f, "r:blind-copy:%s-%s-%s",
		     hides(scene)  ? "hidden" :
		     scene->silent ? "silent" :
		     quotes        ? "pasted" :
				     "other",
		     asked ? "asked" : "unasked", unseen ? "unseen" : "seen");
	if (quotes && unseen)
		features_add(f, "r:blind-copy:pasted-unseen");
	if (scene->silent && !asked)
		features_add(f, "r:blind-copy:silent-unasked");
	if ((scene->visible_roles & ROLES_POLITICAL) == 0)
		features_add(f, "r:blind-copy:outside-only");
	if (names_in(scene, PASSAGE_QUOTED))
		features_add(f, "r:blind-copy:reader-named-in-quote");
}

static struct span
hidden_words(const struct scene *scene)
{
	struct span proven = span_of("the envelope shows that it also went "
				     "unseen to");
	struct buf text;
	struct span words;
	size_t i;

	buf_init(&text, 2000);
	buf_add(&text, proven);
	for (i = scene->visible_count; i < scene->party_count; i++) {
		const struct party *p = &scene->parties[i];

		if (p->exempt || (ROLE_BIT(p->role) & unseen_sides) == 0)
			continue;
		buf_printf(&text, " %.*s (%s, %s: %s)", SPAN_ARG(p->email),
			   role_name(p->role),
			   p->proof == PROOF_PROVEN ? "proven" : "likely",
			   p->source);
	}
	words = arena_span(scene->arena, buf_span(&text));
	buf_clear(&text);
	return words;
}

/* Whose correspondence it is: a member whose words it carries and who cannot
 * see it, else one who is answered. */
static struct span
whose(const struct scene *scene, bool unseen)
{
	size_t i;

	for (i = 0; i < scene->voice_count; i++) {
		const struct voice *v = &scene->voices[i];

		if (v->member && v->visible != unseen)
			return v->name;
	}
	for (i = 0; !unseen && i < scene->visible_count; i++)
		if (scene->parties[i].role == ROLE_MEMBER)
			return found_name(&scene->parties[i]);
	return span_of("a member");
}

/* The first of these among the recipients, seen or not. */
static struct span
first_of(const struct scene *scene, unsigned roles, bool hidden)
{
	size_t i = hidden ? scene->visible_count : 0;
	size_t end = hidden ? scene->party_count : scene->visible_count;

	for (; i < end; i++)
		if ((ROLE_BIT(scene->parties[i].role) & roles) != 0 &&
		    !scene->parties[i].exempt)
			return found_name(&scene->parties[i]);
	return span_of("somebody");
}

static void
explain(const struct scene *scene, struct report *report)
{
	if (!hides(scene)) {
		struct span member = whose(scene, true);
		struct span to = first_of(
			scene, ROLES_POLITICAL | ROLE_BIT(ROLE_OUTSIDE), false);

		report->reason = arena_printf(
			scene->arena,
			"passes words of %.*s on to %.*s, and %.*s cannot see "
			"it",
			SPAN_ARG(member), SPAN_ARG(to), SPAN_ARG(member));
		return;
	}
	report->evidence_count = 0;
	report_envelope(scene, report, hidden_words(scene));
	if (scene_from_member(scene)) {
		report->severity = SEVERITY_MEDIUM;
		report->reason = arena_printf(
			scene->arena,
			"a member's message to an officer also goes, unseen, "
			"to %.*s",
			SPAN_ARG(first_of(scene, ROLES_POLITICAL, true)));
		return;
	}
	report->reason = arena_printf(
		scene->arena,
		"correspondence with %.*s also goes, unseen, to %.*s",
		SPAN_ARG(whose(scene, false)),
		SPAN_ARG(first_of(scene, unseen_sides, true)));
}

static const char *const passing[] = { "forward-phrase", "for-a-line",
				       "secrecy", "hand-over", NULL };
static const char *const open_way[] = { "asked-to-share", "admits-copy",
					"deal-with-it", "mail-out", NULL };
static const struct look looks[] = {
	{ .text = "it passes something on, or is to be kept quiet",
	  .concepts = passing },
	{ .text = "it was asked for, is told, a mail-out or to be dealt with",
	  .concepts = open_way,
	  .against = true },
	{ .text = NULL },
};

const struct rule rule_blind_copy = {
	.id = "blind-copy",
	.reads = "blind-copy",
	.severity = SEVERITY_HIGH,
	.reason = "correspondence with an individual member reaches a third "
		  "person whom the member cannot see",
	.of_people = true,
	.gate = gate,
	.opinion = opinion,
	.looks = looks,
	.features = features,
	.explain = explain,
};
