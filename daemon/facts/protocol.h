/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROTOCOL_H
#define PROTOCOL_H
/*
 * A council's member/officer protocol as data: config/protocols/<name>.conf
 * holds deadlines, the ladder of reminders, the clauses of every rule, the
 * posts to which a member may escalate, and the posts that may be asked to
 * group meetings. Another council's protocol is a new file and no code.
 */
#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/fault.h"
#include "base/text.h"
#include "people.h"

enum rung_anchor {
	ANCHOR_ACK,     /* counted from ack_due */
	ANCHOR_RESPONSE /* counted from response_due */
};

enum rung_party {
	PARTY_NONE,
	PARTY_OWNER,
	PARTY_MANAGER,  /* the owner's; without one, the owner */
	PARTY_ENQUIRIES /* the post members-enquiries, else monitoring-officer
			 */
};

struct rung {
	struct span stage; /* "ack-due-soon" */
	enum rung_anchor anchor;
	int days; /* working days after (negative: before) the anchor's day */
	enum rung_party to, cc;
};

struct protocol_rule {
	struct span id;       /* "blind-copy" */
	struct span *clauses; /* "10.1.1"; none: off unless enabled */
	size_t clause_count;
	struct span severity; /* empty: the rule's own default */
	unsigned line;        /* where the file says so, for faults */
};

/* The words of a clause, so that a flag can show them. */
struct clause {
	struct span id, text;
};

struct protocol {
	struct arena *arena; /* owns all of it */
	struct span name, title;
	int ack_days; /* 0: no deadline to acknowledge */
	int response_days;
	struct rung *rungs; /* in the order of their moments */
	size_t rung_count;
	struct protocol_rule *rules;
	size_t rule_count;
	struct clause *clauses;
	size_t clause_count;
	unsigned escalation_posts;    /* POST_BIT each */
	unsigned group_meeting_posts; /* POST_BIT each */
};

int protocol_load(const char *path, struct fault_list *faults,
		  struct protocol **ret_protocol, struct error *err);
void protocol_free(struct protocol *protocol);

/* NULL when the protocol does not mention the rule. */
const struct protocol_rule *protocol_rule(const struct protocol *protocol,
					  struct span id);
/* The text of a clause as it stands in the protocol; empty when not given. */
struct span protocol_clause_text(const struct protocol *protocol,
				 struct span id);

#endif
