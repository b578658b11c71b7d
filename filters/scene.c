/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"

#include <string.h>

#include "facts/thread.h"
#include "filters/scene_private.h"

/* Addresses to which systems copy mail, not people. */
static const char *const archives[] = {
	"journal",   "archive",    "audit",       "compliance",
	"retention", "ediscovery", "e-discovery", "dlp",
	"records",   "no-reply",   "noreply",
};

/* "journals", "archiving", "audit.box", but neither journalist nor auditor. */
static bool
ends_word(struct span rest)
{
	static const char *const endings[] = { "s", "ing", "ling", "log",
					       "box" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(endings); i++)
		if (span_starts_nocase(rest, endings[i])) {
			rest = span_sub(rest, strlen(endings[i]), rest.len);
			break;
		}
	return rest.len == 0 ||
	       (unsigned char)((rest.ptr[0] | 0x20) - 'a') > 25;
}

static bool
archive_address(struct span email)
{
	struct span local = span_sub(email, 0, span_find_byte(email, '@'));
	size_t i;

	for (i = 0; i < ARRAY_SIZE(archives); i++) {
		size_t at = span_find_nocase(local, archives[i]);

		if (at < local.len &&
		    ends_word(span_sub(local, at + strlen(archives[i]),
				       local.len)))
			return true;
	}
	return false;
}

static struct party
party_of(const struct scene *scene, const struct address *address,
	 enum place place)
{
	const struct people *people = scene->exhibit->people;
	const struct person *person = people_find(people, address->email);
	const struct group *group;
	struct party party = {
		.email = people_canonical(people, address->email),
		.name = address->name,
		.person = person,
		.role = people_role(people, address->email),
		.place = place,
	};

	group = people_group_of_address(people, address->email);
	if (person != NULL) {
		party.role = person->role;
		party.posts = person->posts;
		if (person->name.len != 0)
			party.name = person->name;
		party.group = person->group;
	} else if (group != NULL) {
		party.role = ROLE_GROUP;
		party.group = group->name;
	}
	if (party.group.len != 0 &&
	    (group = people_group(people, party.group)) != NULL)
		party.group = group->name;
	return party;
}

static const struct party *
find_party(const struct scene *scene, struct span email)
{
	size_t i;

	for (i = 0; i < scene->party_count; i++)
		if (span_equal_nocase(scene->parties[i].email, email))
			return &scene->parties[i];
	return NULL;
}

static void
add_party(struct scene *scene, const struct party *party)
{
	struct party *slot;

	if (find_party(scene, party->email) != NULL)
		return;
	slot = arena_push(scene->arena, &scene->parties, &scene->party_count,
			  sizeof(*slot));
	*slot = *party;
}

static void
add_visible(struct scene *scene, const struct addresses *addresses,
	    enum place place)
{
	size_t i;

	for (i = 0; i < addresses->count; i++) {
		struct party party = party_of(scene, &addresses->at[i], place);

		if (party.email.len != 0)
			add_party(scene, &party);
	}
}

static bool
from_senders_copy(const struct scene *scene)
{
	struct span owner = scene->message->mailbox_owner;

	return owner.len != 0 &&
	       span_equal_nocase(
		       people_canonical(scene->exhibit->people, owner),
		       scene->sender.email);
}

/* How sure it is, and from what (facts: D1, D3, D4). */
static enum proof
proof_of(const struct scene *scene, const struct receipt *receipt,
	 const char **ret_source)
{
	switch (receipt->source) {
	case RECEIPT_JOURNAL_BCC:
		*ret_source = "the journal tells of a blind copy";
		return PROOF_PROVEN;
	case RECEIPT_BCC_HEADER:
		if (from_senders_copy(scene)) {
			*ret_source = "Bcc in the sender's own copy";
			return PROOF_PROVEN;
		}
		*ret_source = "Bcc in a delivered copy";
		return PROOF_LIKELY;
	case RECEIPT_ENVELOPE:
		*ret_source = "only the envelope names them";
		return PROOF_LIKELY;
	default:
		return PROOF_NONE;
	}
}

/* Visible after all: on a visible list, or forwarded by one who is visible. */
static bool
came_openly(const struct scene *scene, const struct receipt *receipt)
{
	const struct people *people = scene->exhibit->people;

	if (receipt->expanded.len != 0 &&
	    find_party(scene, people_canonical(people, receipt->expanded)))
		return true;
	return receipt->forwarded.len != 0 &&
	       find_party(scene, people_canonical(people, receipt->forwarded));
}

/* Another address of somebody who is on the message anyway, as its name
 * tells: "Anne Hart (home)". */
static bool
own_address(const struct scene *scene, const struct party *party)
{
	struct span name =
		span_sub(party->name, 0, span_find_byte(party->name, '('));
	size_t i;

	name = span_trim(name);
	if (span_find_byte(name, ' ') == name.len)
		return false;
	if (span_equal_nocase(name, scene->sender.name))
		return true;
	for (i = 0; i < scene->visible_count; i++)
		if (span_equal_nocase(name, scene->parties[i].name))
			return true;
	return false;
}

/* Another receipt of the same may be better proof. */
static void
add_unseen(struct scene *scene, const struct party *party)
{
	size_t i;

	for (i = scene->visible_count; i < scene->party_count; i++) {
		struct party *known = &scene->parties[i];

		if (!span_equal_nocase(known->email, party->email) ||
		    known->proof >= party->proof)
			continue;
		known->proof = party->proof;
		known->source = party->source;
	}
	add_party(scene, party);
}

static void
add_hidden(struct scene *scene)
{
	const struct message *m = scene->message;
	size_t i;

	for (i = 0; i < m->receipt_count; i++) {
		const struct receipt *receipt = &m->receipts[i];
		struct address address = { .email = receipt->email };
		struct party party = party_of(scene, &address, PLACE_HIDDEN);

		party.proof = proof_of(scene, receipt, &party.source);
		if (party.proof == PROOF_NONE || party.email.len == 0 ||
		    came_openly(scene, receipt))
			continue;
		party.exempt =
			span_equal_nocase(party.email, scene->sender.email) ||
			party.role == ROLE_SOLICITOR ||
			own_address(scene, &party) ||
			(party.person == NULL && party.role != ROLE_GROUP &&
			 archive_address(party.email));
		add_unseen(scene, &party);
	}
}

static void
count_parties(struct scene *scene)
{
	size_t i;

	for (i = 0; i < scene->party_count; i++) {
		const struct party *party = &scene->parties[i];

		if (party->place == PLACE_HIDDEN) {
			if (party->exempt)
				continue;
			scene->hidden_roles |= ROLE_BIT(party->role);
			scene->members_hidden += party->role == ROLE_MEMBER;
			continue;
		}
		scene->visible_roles |= ROLE_BIT(party->role);
		if (party->place == PLACE_TO)
			scene->to_roles |= ROLE_BIT(party->role);
		scene->members_visible += party->role == ROLE_MEMBER;
		if ((ROLE_BIT(party->role) & ROLES_OFFICER) != 0) {
			scene->officers_visible++;
			scene->visible_posts |= party->posts;
		}
	}
}

struct direction_row {
	unsigned from, to;
	enum direction direction;
};

static enum direction
direction_of(const struct scene *scene)
{
	static const unsigned outside =
		ROLE_BIT(ROLE_OUTSIDE) | ROLE_BIT(ROLE_MEDIA);
	static const unsigned member = ROLE_BIT(ROLE_MEMBER);
	const struct direction_row rows[] = {
		{ member, ROLES_OFFICER, DIRECTION_MEMBER_TO_OFFICER },
		{ ROLES_OFFICER, member, DIRECTION_OFFICER_TO_MEMBER },
		{ member, member, DIRECTION_MEMBER_TO_MEMBER },
		{ ROLES_OFFICER, ROLES_OFFICER, DIRECTION_OFFICER_TO_OFFICER },
		{ member, outside, DIRECTION_MEMBER_TO_OUTSIDE },
		{ ROLES_OFFICER, outside, DIRECTION_OFFICER_TO_OUTSIDE },
		{ outside, member, DIRECTION_OUTSIDE_TO_MEMBER },
		{ outside, ROLES_OFFICER, DIRECTION_OUTSIDE_TO_OFFICER },
	};
	unsigned from = ROLE_BIT(scene->sender.role);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if ((rows[i].from & from) != 0 &&
		    (rows[i].to & scene->visible_roles) != 0)
			return rows[i].direction;
	return DIRECTION_OTHER;
}

/* Who stands for election is of the political side, elected or not. */
static void
meet_candidate(struct scene *scene)
{
	struct party *sender = &scene->sender;

	if (sender->role != ROLE_OUTSIDE ||
	    !scene_candidate(scene, sender->name))
		return;
	sender->candidate = true;
	sender->role = ROLE_PARTY_WORKER;
}

void
scene_set(const struct exhibit *exhibit, struct arena *arena,
	  struct scene *ret_scene)
{
	const struct message *m = exhibit->message;

	*ret_scene = (struct scene){
		.exhibit = exhibit,
		.message = m,
		.arena = arena,
	};
	ret_scene->sender = party_of(ret_scene, &m->from, PLACE_FROM);
	meet_candidate(ret_scene);
	add_visible(ret_scene, &m->to, PLACE_TO);
	add_visible(ret_scene, &m->cc, PLACE_CC);
	ret_scene->visible_count = ret_scene->party_count;
	add_hidden(ret_scene);
	count_parties(ret_scene);
	ret_scene->direction = direction_of(ret_scene);
	ret_scene->reply =
		m->in_reply_to.len != 0 || m->reference_count != 0 ||
		thread_is_reply(m->subject) ||
		(exhibit->thread != NULL && exhibit->thread->count != 0);
	ret_scene->forward = m->forward || m->enclosed_count != 0 ||
			     thread_is_forward(m->subject);
	scene_hear(ret_scene);
	scene_date(ret_scene);
}

bool
scene_from_officer(const struct scene *scene)
{
	return (ROLE_BIT(scene->sender.role) & ROLES_OFFICER) != 0;
}

bool
scene_from_member(const struct scene *scene)
{
	return scene->sender.role == ROLE_MEMBER;
}

bool
scene_from_political(const struct scene *scene)
{
	return (ROLE_BIT(scene->sender.role) & ROLES_POLITICAL) != 0;
}

bool
scene_inside(const struct scene *scene)
{
	return scene_from_member(scene) || scene_from_officer(scene) ||
	       scene->sender.role == ROLE_POLITICAL_ASSISTANT ||
	       scene->sender.role == ROLE_UNKNOWN_INSIDE;
}

bool
scene_to_outside(const struct scene *scene)
{
	return (scene->visible_roles &
		(ROLES_OUTSIDE | ROLE_BIT(ROLE_SOLICITOR))) != 0;
}

bool
scene_to_officer(const struct scene *scene)
{
	return scene->officers_visible != 0;
}

bool
scene_to_officer_or_outside(const struct scene *scene)
{
	return scene_to_officer(scene) || scene_to_outside(scene);
}

bool
scene_from_member_or_officer(const struct scene *scene)
{
	return scene_from_member(scene) || scene_from_officer(scene);
}

bool
scene_member_and_officer(const struct scene *scene)
{
	return (scene_from_member(scene) && scene_to_officer(scene)) ||
	       (scene_from_officer(scene) && scene->members_visible != 0);
}

bool
scene_officer_on_it(const struct scene *scene)
{
	return scene_from_officer(scene) || scene_to_officer(scene);
}

bool
scene_has_communications(const struct scene *scene)
{
	static const unsigned posts =
		POST_BIT(POST_COMMUNICATIONS) | POST_BIT(POST_PRESS_DESK);

	return ((scene->visible_posts | scene->sender.posts) & posts) != 0;
}

bool
scene_has_channel(const struct scene *scene)
{
	static const unsigned posts = POST_BIT(POST_CHIEF_EXECUTIVE) |
				      POST_BIT(POST_MONITORING_OFFICER) |
				      POST_BIT(POST_CHIEF_FINANCE_OFFICER) |
				      POST_BIT(POST_EXECUTIVE_DIRECTOR) |
				      POST_BIT(POST_CORPORATE_DIRECTOR) |
				      POST_BIT(POST_DIRECTOR) |
				      POST_BIT(POST_DIVISIONAL_DIRECTOR) |
				      POST_BIT(POST_HEAD_OF_SERVICE) |
				      POST_BIT(POST_MEMBERS_ENQUIRIES);

	return (scene->visible_posts & posts) != 0 ||
	       (scene->visible_roles & ROLE_BIT(ROLE_TEAM)) != 0;
}

bool
scene_sees(const struct scene *scene, const struct person *person)
{
	size_t i;

	for (i = 0; i < scene->visible_count; i++)
		if (scene->parties[i].person == person)
			return true;
	return scene->sender.person == person;
}

static void
read_passage(struct scene *scene, const struct speech *speech,
	     enum passage_kind kind, struct span where, struct span text)
{
	struct passage *p = arena_push(scene->arena, &scene->passages,
				       &scene->passage_count, sizeof(*p));

	p->kind = kind;
	p->where = where;
	fold_make(text, scene->arena, &p->fold);
	lexicon_scan(scene->lexicon, &p->fold, scene->arena, &p->hits,
		     &p->hit_count);
	scene_name(scene, p);
	speech_read(speech, &p->fold, p->hits, p->hit_count, scene->arena,
		    &p->sentences, &p->sentence_count);
}

enum {
	ATTACHMENT_READ_MAX = 64 << 10, /* of each; a letter is shorter */
	QUOTED_READ_MAX = 16 << 10
};

void
scene_read(struct scene *scene, const struct lexicon *lexicon,
	   const struct speech *speech)
{
	const struct message *m = scene->message;
	size_t i;

	scene->lexicon = lexicon;
	read_passage(scene, speech, PASSAGE_SUBJECT, span_of("subject"),
		     m->subject);
	read_passage(scene, speech, PASSAGE_BODY, span_of("body"), m->body);
	for (i = 0; i < m->attachment_count; i++)
		if (m->attachments[i].text.len != 0)
			read_passage(
				scene, speech, PASSAGE_ATTACHMENT,
				arena_printf(scene->arena, "attachment:%.*s",
					     SPAN_ARG(m->attachments[i].name)),
				span_sub(m->attachments[i].text, 0,
					 ATTACHMENT_READ_MAX));
	if (m->quoted.len != 0)
		read_passage(scene, speech, PASSAGE_QUOTED, span_of("quoted"),
			     span_sub(m->quoted, 0, QUOTED_READ_MAX));
	for (i = 0; i < scene->passage_count; i++)
		if (scene->passages[i].kind == PASSAGE_BODY)
			scene->body = &scene->passages[i];
	scene_out(scene);
}

bool
scene_names_unseen_member(const struct scene *scene,
			  const struct passage *passage)
{
	size_t i;

	(void)scene;
	for (i = 0; passage != NULL && i < passage->mention_count; i++)
		if (passage->mentions[i].member &&
		    !passage->mentions[i].visible &&
		    !passage->mentions[i].sender)
			return true;
	return false;
}

bool
scene_has(const struct scene *scene, const struct passage *passage,
	  const char *concept)
{
	int wanted = lexicon_concept(scene->lexicon, concept);
	size_t i;

	for (i = 0; passage != NULL && i < passage->hit_count; i++)
		if (passage->hits[i].concept == wanted)
			return true;
	return false;
}

bool
sentence_has(const struct scene *scene, const struct passage *passage,
	     const struct sentence *sentence, const char *concept)
{
	int wanted = lexicon_concept(scene->lexicon, concept);
	uint32_t i;

	for (i = sentence->hit_first; i < sentence->hit_end; i++)
		if (passage->hits[i].concept == wanted)
			return true;
	return false;
}
