/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * member-legal-obligation: a letter or e-mail in a member's name that would
 * bind the council or gives instructions on its behalf.
 *
 *   Sheffield 10.1.3      "Letters which, for example, create legal obligations
 *                         or give instructions on behalf of the Council should
 *                         never be sent out in the name of a Member."
 *   Tower Hamlets 6.5, 3.18  the same of decisions and of directions
 *
 * Raise:        accepts, offers, agrees, varies, pays, guarantees; tells a
 *               third party to start, stop, change, deliver, vacate
 * Do not raise: support or hope · a decision duly taken, reported · passed to
 *               officers · "I cannot commit the council" · an officer's own
 *               delegated powers · a private contract
 * Either:       a member instructing an officer to order or sign
 */
#include <string.h>

#include "filters/cues.h"
#include "filters/found.h"
#include "filters/rule.h"

enum {
	LETTER_FROM = 40, /* bytes behind which "Dear" begins another letter */
	SIGNED_BYTES = 160,
	PASTED_BYTES = 60
};

/* "Dear …" inside the body, or a long stretch in quotation marks. */
static bool
pasted_letter(struct span body)
{
	struct span rest = span_sub(body, LETTER_FROM, body.len);
	size_t open = span_find_byte(body, '"');
	size_t close;

	if (span_find(rest, "\nDear ") < rest.len ||
	    span_find(rest, "\"Dear ") < rest.len ||
	    span_find_nocase(rest, "to whom it may") < rest.len)
		return true;
	if (open == body.len)
		return false;
	close = span_find_byte(span_sub(body, open + 1, body.len), '"');
	return close >= PASTED_BYTES && open + 1 + close < body.len;
}

static bool
has_document(const struct scene *scene)
{
	size_t i;

	for (i = 0; i < scene->message->attachment_count; i++)
		if (scene->message->attachments[i].text.len != 0)
			return true;
	return false;
}

static bool
names_member(struct span text)
{
	return span_find_nocase(text, "cllr") < text.len ||
	       span_find_nocase(text, "councillor") < text.len;
}

/* The end of the text, or the signature block, is a member's. */
static bool
signed_by_member(const struct scene *scene)
{
	struct span body = span_trim(scene->message->body);
	size_t from = body.len > SIGNED_BYTES ? body.len - SIGNED_BYTES : 0;

	return names_member(span_sub(body, from, body.len)) ||
	       names_member(scene->message->signature);
}

static bool
drafted(const struct scene *scene)
{
	return has_document(scene) || pasted_letter(scene->message->body);
}

static bool
outside_over_member_name(const struct scene *scene)
{
	return scene_to_outside(scene) && signed_by_member(scene);
}

static struct span
found_letter(const struct scene *scene)
{
	return arena_printf(scene->arena, "%s; %s",
			    has_document(scene) ? "a document is attached" :
						  "no document is attached",
			    pasted_letter(scene->message->body) ?
				    "a letter is pasted into the text" :
				    "no letter is pasted into the text");
}

static struct span
found_signed(const struct scene *scene)
{
	struct span outside = found_outside(scene);

	return arena_printf(scene->arena, "%.*s; %s", SPAN_ARG(outside),
			    signed_by_member(scene) ?
				    "a councillor's name ends it" :
				    "no councillor's name ends it");
}

static const struct ask gate[] = {
	{ .text = "somebody of the council writes",
	  .holds = scene_inside,
	  .found = found_sender },
	{ .text = "a member writes",
	  .holds = scene_from_member,
	  .found = found_sender,
	  .way = 1 },
	{ .text = "to somebody outside",
	  .holds = scene_to_outside,
	  .found = found_outside,
	  .way = 1 },
	{ .text = "it holds or brings a letter",
	  .holds = drafted,
	  .found = found_letter,
	  .way = 2 },
	{ .text = "it goes outside over a member's name",
	  .holds = outside_over_member_name,
	  .found = found_signed,
	  .way = 3 },
	{ .text = NULL },
};

static void
features(const struct scene *scene, struct features *f)
{
	bool member = scene_from_member(scene);

	features_add(f, "r:member-legal-obligation:%s-%s%s%s",
		     member ? "member" : "other",
		     scene_to_outside(scene) ? "outside" : "inside",
		     drafted(scene) ? "-letter" : "",
		     signed_by_member(scene) ? "-signed" : "");
	if (member && scene->officers_visible != 0 && !scene_to_outside(scene))
		features_add(f, "r:member-legal-obligation:to-officer");
}

static const char *const binding[] = { "binding-accept", "binding-pay",
				       "binding-instruct", "commitment", NULL };
static const char *const things[] = { "contract-object", NULL };
static const char *const harmless[] = { "cannot-commit",
					"decision-reported",
					"support-lobby",
					"delegated-authority",
					"procurement-proper",
					"own-money",
					"refusal",
					NULL };

static const struct look looks[] = {
	{ .text = "it accepts, promises to pay, or tells somebody what to do",
	  .concepts = binding },
	{ .text = "a contract, lease, grant or the like is spoken of",
	  .concepts = things },
	{ .text = "it commits to nothing, reports a decision or lobbies",
	  .concepts = harmless,
	  .against = true },
	{ .text = NULL },
};

static void
explain(const struct scene *scene, struct report *report)
{
	static const unsigned anywhere =
		1u << PASSAGE_BODY | 1u << PASSAGE_ATTACHMENT;
	static const struct {
		const char *concept, *words;
	} rows[] = {
		{ "binding-accept", "accepts, offers or agrees something" },
		{ "binding-pay", "promises payment or performance" },
		{ "binding-instruct", "gives instructions" },
	};
	bool member = scene_from_member(scene) && scene_to_outside(scene);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (cue_in(scene, anywhere, rows[i].concept))
			break;
	if (i == ARRAY_SIZE(rows))
		return;
	report->reason = arena_printf(
		scene->arena, "%s %s for the council%s",
		member ? "a member" : "a text in a member's name",
		rows[i].words, member ? ", towards somebody outside" : "");
}

const struct rule rule_member_legal_obligation = {
	.id = "member-legal-obligation",
	.reads = "member-legal-obligation",
	.severity = SEVERITY_HIGH,
	.reason = "a text in a member's name commits the council or gives "
		  "instructions for it",
	.gate = gate,
	.looks = looks,
	.features = features,
	.explain = explain,
};
