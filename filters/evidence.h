/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EVIDENCE_H
#define EVIDENCE_H
/*
 * Which sentences of a message decide for a rule.
 *
 * Every sentence that the sender wrote shows signs: what it weighs in the
 * rule's model and against the others, which of the rule's words stand in it,
 * what it does, whom it names, where it stands. One small set of weights, the
 * same for all rules, turns them into the chance that the deciding words are
 * there. It was fitted to sentences that readers marked (clerk-fit evidence);
 * it decides nothing but what is shown.
 *
 * Use:      evidence_read(), evidence_rank(), evidence_choose()
 * Lifetime: all in the scene's arena.
 * Limits:   EVIDENCE_SENTENCES_MAX; sentences behind are not looked at.
 */
#include "filters/ask.h"
#include "filters/model.h"

enum {
	/* Long enough for any report; a text of nothing but sentences is no
	 * reason to use memory and time without end. */
	EVIDENCE_SENTENCES_MAX = 4000,
	EVIDENCE_CHOSEN_MAX = 3
};

enum sign {
	SIGN_LOOK,      /* words of the rule's first list */
	SIGN_LOOK_MORE, /* several of its concepts */
	SIGN_OTHER,     /* words of its other lists */
	SIGN_OTHER_MORE,
	SIGN_BOTH,
	SIGN_AGAINST,
	SIGN_HEAVIEST, /* weighs most in the rule's model */
	SIGN_SECOND,
	SIGN_BEHIND_HEAVIEST,
	SIGN_BEFORE_HEAVIEST,
	SIGN_SUBJECT,
	SIGN_ATTACHMENT,
	SIGN_FIRST, /* of the body */
	SIGN_LAST,
	SIGN_LAST_BUT_ONE,
	SIGN_WORDS_1, /* length */
	SIGN_WORDS_3,
	SIGN_WORDS_7,
	SIGN_WORDS_15,
	SIGN_WORDS_31,
	SIGN_NAMES_ABSENT, /* somebody who is not on the message */
	SIGN_SAYS_WE,
	SIGN_SAYS_I,
	SIGN_SAYS_YOU,
	SIGN_SAYS_NOT,
	SIGN_SAYS_IF,
	SIGN_SAYS_FOR,
	SIGN_SAYS_BEFORE,
	SIGN_ACT, /* one for each act, to the end */
	SIGN_FLAGS = SIGN_ACT + ACT_COUNT,
	/* Numbers. */
	SIGN_WEIGHT = SIGN_FLAGS, /* in the model, for its length */
	SIGN_GAP,                 /* to the heaviest */
	SIGN_PLACE,               /* in the body, 0 to 1 */
	SIGN_COUNT
};

struct piece {
	const struct passage *passage;
	const struct sentence *sentence;
	uint64_t flags; /* 1 << SIGN_… below SIGN_FLAGS */
	double numbers[SIGN_COUNT - SIGN_FLAGS];
	double weight; /* in the rule's model */
	double chance; /* that it decides; all add up to 1 */
};

struct pieces {
	struct piece *at; /* in reading order */
	size_t count;
};

/* What a sentence weighs for one question about its message. */
struct balance {
	const struct model *model;
	int which; /* of its models; -1: none */
	const struct model_sum *sum;
};

/* looks may be NULL. */
void evidence_read(const struct scene *scene, const struct look *looks,
		   const struct balance *balance, struct pieces *ret_pieces);
/* Sets every chance. */
void evidence_rank(struct pieces *pieces, const double weights[SIGN_COUNT]);
/* Those that decide, the likeliest first: as many as hold most of the chance.
 */
size_t evidence_choose(const struct pieces *pieces,
		       const struct piece *chosen[EVIDENCE_CHOSEN_MAX]);

double piece_sign(const struct piece *piece, enum sign sign);
const char *sign_name(enum sign sign);

/* As fitted. */
extern const double evidence_weights[SIGN_COUNT];

#endif
