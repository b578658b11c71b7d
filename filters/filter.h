/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FILTER_H
#define FILTER_H
/*
 * The one face of judgement: an exhibit goes in, a verdict comes out.
 *
 * A filter is a snapshot (lexicon compiled, weights loaded, rules switched as
 * protocol and operator say). filter_judge() is pure: no I/O, no clock, no
 * state between calls; the same exhibit gives the same verdict.
 *
 * A finding says what was seen and which clause it touches, with the very
 * words. It never says that somebody did wrong.
 */
#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/fault.h"
#include "facts/calendar.h"
#include "facts/elections.h"
#include "facts/message.h"
#include "facts/people.h"
#include "facts/protocol.h"

enum direction {
	DIRECTION_MEMBER_TO_OFFICER,
	DIRECTION_OFFICER_TO_MEMBER,
	DIRECTION_MEMBER_TO_MEMBER,
	DIRECTION_OFFICER_TO_OFFICER,
	DIRECTION_MEMBER_TO_OUTSIDE,
	DIRECTION_OFFICER_TO_OUTSIDE,
	DIRECTION_OUTSIDE_TO_MEMBER,
	DIRECTION_OUTSIDE_TO_OFFICER,
	DIRECTION_OTHER,
	DIRECTION_COUNT
};

enum reply_kind {
	REPLY_NONE, /* starts something new, or gives information */
	REPLY_ANSWER,
	REPLY_HOLDING,
	REPLY_QUESTION_BACK,
	REPLY_PASSED_ON,
	REPLY_AUTOMATIC,
	REPLY_KIND_COUNT
};

enum severity { SEVERITY_LOW, SEVERITY_MEDIUM, SEVERITY_HIGH, SEVERITY_COUNT };

enum rule_state {
	RULE_OFF,
	RULE_SHADOW, /* judged and counted, never shown as a flag */
	RULE_LIVE
};

/* An earlier message of the same thread, as far as the store remembers. */
struct thread_message {
	struct span message_id;
	struct span from;     /* canonical address */
	struct span *visible; /* To and Cc, canonical */
	size_t visible_count;
	time_t received;
	bool enquiry; /* the verdict then */
};

struct thread_view {
	const struct thread_message *at; /* oldest first */
	size_t count;
	bool case_open;          /* a case of this thread is open */
	bool case_closed;        /* one was, and none is open */
	struct span case_member; /* whose case, canonical, or empty */
};

/* Everything a rule may look at. Borrowed. */
struct exhibit {
	const struct message *message;
	const struct thread_view *thread;
	const struct people *people;
	const struct calendar *calendar;
	const struct elections *elections;
};

struct evidence {
	/* "subject", "body", "envelope", "attachment:NAME", "quoted" */
	struct span where;
	size_t start, end; /* half-open bytes in that text */
	struct span text;
};

struct finding {
	struct span rule; /* "blind-copy" */
	enum severity severity;
	enum rule_state state; /* live or shadow */
	double score;          /* 0 … 1, calibrated where a model took part */
	struct span *clauses;
	size_t clause_count;
	struct span reason; /* one plain sentence, as a clerk would say it */
	struct evidence *evidence;
	size_t evidence_count;
};

struct verdict {
	enum direction direction;
	/* Readings; see rules.md "Enquiry" and casework.md. */
	bool enquiry;
	double enquiry_score;
	bool withdrawal;  /* a member says that it is solved, or not needed */
	bool only_thanks; /* a member's thanks, "noted", information only */
	enum reply_kind reply;
	double reply_score;
	struct date promise; /* year 0: none */
	bool hands_over; /* an officer passes it to another to deal with; false
			    when only for information */
	struct finding *findings;
	size_t finding_count;
};

struct pack_places;

struct filter_settings {
	const char *lexicon_directory; /* *.lex */
	const char *weights_path;      /* NULL: the shipped model */
	const struct span *enable;     /* rules.enable; "all" */
	size_t enable_count;
	const struct span *disable;
	size_t disable_count;
	const struct span *shadow;
	size_t shadow_count;
	const struct pack_places *packs; /* NULL: everything is made anew */
	double reserve; /* added to every threshold; 0 as fitted */
};

struct filter;

int filter_load(const struct filter_settings *settings,
		const struct protocol *protocol, struct fault_list *faults,
		struct filter **ret_filter, struct error *err);
void filter_free(struct filter *filter);

/* Never fails on a message: odd text gives fewer findings. Everything in the
 * verdict lies in arena or in the exhibit. */
void filter_judge(const struct filter *filter, const struct exhibit *exhibit,
		  struct arena *arena, struct verdict *ret_verdict);

/* Why a rule was raised or was not. */
enum condition_part {
	CONDITION_GATE,    /* whether the rule concerns the message */
	CONDITION_CERTAIN, /* what may settle it without weighing */
	CONDITION_FOR,     /* words that the rule looks for */
	CONDITION_AGAINST, /* words that speak against it */
	CONDITION_PART_COUNT
};
struct condition {
	struct span text;
	enum condition_part part;
	unsigned way; /* of a gate: 0 always has to hold, one of the others
			 when there are any */
	bool held;
	bool settles;       /* the first that did: raised or not for certain */
	struct span detail; /* what was found, or empty */
};
/* A feature of the message that the model weighs; above 0 it speaks for. */
struct weight {
	struct span feature; /* its name, as the weights have it */
	struct span words;   /* the same for people */
	double contribution;
};
enum grounds {
	GROUNDS_GATE,    /* it does not concern the message */
	GROUNDS_CERTAIN, /* people, structure and concepts were enough */
	GROUNDS_MODEL,   /* the weights decided */
	GROUNDS_COUNT
};
struct reasoning {
	struct span rule;
	enum rule_state state; /* judged here also when it is off */
	bool raised;
	enum grounds grounds;
	struct span *facts; /* who is who, thread, period; a line each */
	size_t fact_count;
	/* All of them, by part, also behind one that decided. */
	struct condition *conditions;
	size_t condition_count;
	bool weighed; /* weights were fitted for it; so what follows is set */
	double score, threshold; /* 0: the likeliest is taken, "reply" */
	struct weight *weights;  /* the heaviest; those that speak for it first
				  */
	size_t weight_count;
	struct evidence *deciding; /* speaks most for it; NULL: none does */
	struct finding *finding;   /* NULL unless raised */
};

/* The readings "enquiry" and "reply" have reasons too. Returns 1 when the rule
 * is raised (were it on), 0 when it is not, -1 when there is no such rule. All
 * in arena and the exhibit. */
int filter_why(const struct filter *filter, const struct exhibit *exhibit,
	       struct span rule, struct arena *arena,
	       struct reasoning *ret_reasoning);

/* The words of concepts that a rule looks for, for it or against it, in a text
 * by itself: each concept with each of its words once. */
struct concept_words {
	struct span concept, words;
};
void filter_concepts(const struct filter *filter, struct span rule,
		     struct span text, struct arena *arena,
		     struct concept_words **ret_words, size_t *ret_count);

/* A journal report or a second delivered copy of a known message adds hidden
 * recipients after the fact: judges again with the union of receipts. The
 * caller merges receipts into a copy of the message; nothing else here. */

const char *direction_name(enum direction direction);
const char *reply_kind_name(enum reply_kind kind);
const char *severity_name(enum severity severity);
bool severity_parse(struct span name, enum severity *ret_severity);

/* The ids of all rules, for configuration checks; "" ends. */
size_t filter_rule_count(void);
const char *filter_rule_id(size_t index);
enum rule_state filter_rule_state(const struct filter *filter, size_t index);
const char *rule_state_name(enum rule_state state);

#endif
