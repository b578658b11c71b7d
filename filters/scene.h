/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCENE_H
#define SCENE_H
/*
 * What judgement makes of an exhibit before any rule speaks: who is who, who
 * sees the message and who got it unseen, whose earlier words it carries,
 * whether an election touches it, and its sentences with what they do.
 *
 * scene_set() looks at people only; scene_read() adds the words. Rules get a
 * complete scene and change nothing in it. Everything lies in the arena.
 */
#include "filters/filter.h"
#include "filters/fold.h"
#include "filters/lexicon.h"
#include "filters/speech.h"

enum place { PLACE_FROM, PLACE_TO, PLACE_CC, PLACE_HIDDEN };

enum proof {
	PROOF_NONE,
	PROOF_LIKELY, /* the envelope names it; no header, list or alias does */
	PROOF_PROVEN  /* the journal or the sender's own copy says Bcc */
};

struct party {
	struct span email; /* canonical */
	struct span name;
	const struct person *person; /* or NULL */
	enum role role;
	unsigned posts;
	struct span group; /* canonical name, or empty */
	enum place place;
	enum proof proof;
	const char *source; /* of the proof, in words; NULL unless hidden */
	bool exempt;        /* hidden, but archive, own alias or solicitor */
	bool candidate;     /* a sender from outside who stands at a poll */
};

/* Whose earlier words the message carries. */
struct voice {
	struct span name;
	const struct person *person; /* or NULL */
	bool member;                 /* by directory, or called Councillor */
	bool visible;                /* among sender, To and Cc */
	bool sender;
};

enum passage_kind {
	PASSAGE_SUBJECT,
	PASSAGE_BODY,
	PASSAGE_ATTACHMENT,
	PASSAGE_QUOTED,
	PASSAGE_KIND_COUNT
};

/* Somebody named in a passage: a member, or anybody of the directory. */
struct mention {
	uint32_t start, end; /* in the folded text, with the title */
	struct span name;    /* as written, without the title */
	const struct person *person;
	bool member;    /* by directory, or called Councillor */
	bool candidate; /* stands at a poll, and is nobody's member yet */
	bool visible;   /* among To and Cc */
	bool sender;
};

struct passage {
	enum passage_kind kind;
	struct span where; /* "subject", "body", "attachment:NAME", "quoted" */
	struct fold fold;
	struct hit *hits;
	size_t hit_count;
	struct sentence *sentences;
	size_t sentence_count;
	struct mention *mentions;
	size_t mention_count;
};

enum period {
	PERIOD_NONE,
	PERIOD_ELSEWHERE, /* a poll of wards that the text does not name */
	PERIOD_HERE
};

struct scene {
	const struct exhibit *exhibit;
	const struct message *message;
	struct arena *arena;

	struct party sender;
	struct party *parties; /* To, Cc, then hidden */
	size_t party_count, visible_count;
	unsigned visible_roles, hidden_roles; /* 1u << role; exempt are out */
	unsigned visible_posts;               /* of officers and teams */
	unsigned to_roles;
	enum direction direction;
	size_t members_visible, members_hidden, officers_visible;

	struct voice *voices;
	size_t voice_count;
	bool reply;   /* answers something */
	bool forward; /* passes something on */
	bool silent; /* carries a member's words and that member is not on it */

	enum period period;
	bool period_near; /* one begins within months: a day may be stated */
	struct date out;  /* when publicity would be out */

	unsigned group_meeting_posts; /* of the protocol */

	const struct lexicon *lexicon;
	struct passage *passages;
	size_t passage_count;
	const struct passage *body; /* NULL when there is none */
};

#define ROLE_BIT(role) (1u << (role))
#define ROLES_OFFICER (ROLE_BIT(ROLE_OFFICER) | ROLE_BIT(ROLE_TEAM))
#define ROLES_POLITICAL                                               \
	(ROLE_BIT(ROLE_MEMBER) | ROLE_BIT(ROLE_POLITICAL_ASSISTANT) | \
	 ROLE_BIT(ROLE_PARTY_WORKER) | ROLE_BIT(ROLE_GROUP))
#define ROLES_OUTSIDE                                    \
	(ROLE_BIT(ROLE_OUTSIDE) | ROLE_BIT(ROLE_MEDIA) | \
	 ROLE_BIT(ROLE_PARTY_WORKER) | ROLE_BIT(ROLE_GROUP))

void scene_set(const struct exhibit *exhibit, struct arena *arena,
	       struct scene *ret_scene);
void scene_read(struct scene *scene, const struct lexicon *lexicon,
		const struct speech *speech);

bool scene_from_officer(const struct scene *scene); /* officer or team */
bool scene_from_member(const struct scene *scene);
/* Does the one hold the surname of the other? */
bool scene_same_name(struct span person, struct span name);
/* A member is named who is neither the sender nor visible. */
bool scene_names_unseen_member(const struct scene *scene,
			       const struct passage *passage);
/* Is a concept there? By name; false when the lexicon has none such. */
bool scene_has(const struct scene *scene, const struct passage *passage,
	       const char *concept);
bool sentence_has(const struct scene *scene, const struct passage *passage,
		  const struct sentence *sentence, const char *concept);
bool scene_from_political(const struct scene *scene);
bool scene_inside(const struct scene *scene); /* member, officer, assistant */
bool scene_to_outside(const struct scene *scene);
bool scene_to_officer(const struct scene *scene);
bool scene_to_officer_or_outside(const struct scene *scene);
bool scene_from_member_or_officer(const struct scene *scene);
/* A member writes to an officer, or an officer to a member. */
bool scene_member_and_officer(const struct scene *scene);
/* An officer writes it or can see it. */
bool scene_officer_on_it(const struct scene *scene);
/* Communications or the press desk sends it or is on it. */
bool scene_has_communications(const struct scene *scene);
/* A director, head of service, members' enquiries or a team is on it. */
bool scene_has_channel(const struct scene *scene);
/* Is this person the sender, or among To and Cc? */
bool scene_sees(const struct scene *scene, const struct person *person);

#endif
