/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RULE_H
#define RULE_H
/*
 * What a rule is, and what it sees.
 *
 * A rule first says whether the message can concern it at all (gate: people,
 * direction and structure only, as rules.md lays down). Inside the gate its
 * opinion may be certain either way from structure and concepts; otherwise its
 * fitted model decides. When it is raised, it says what was seen: evidence
 * and one plain sentence.
 *
 * Rules are pure and stateless. What a rule asks stands in tables, so that
 * "why" can tell every condition, also of a message that was not flagged.
 */
#include "filters/ask.h"
#include "filters/features.h"
#include "filters/scene.h"
#include "filters/theme.h"

/* What a rule says of a message that it raises. Pre-filled with the rule's own
 * severity and reason and the deciding sentence; explain() may change it. */
struct report {
	enum severity severity;
	struct span reason;
	struct evidence *evidence;
	size_t evidence_count;
	double probability;
};

struct rule {
	const char *id;
	/* The families of features ("favour" of "r:favour:…") that its model
	 * may weigh, blanks between; NULL: none. Another rule's own features
	 * say what that rule is about, and teach this one chance only. */
	const char *reads;
	enum severity severity;
	const char *reason; /* one plain sentence: what was seen */
	bool of_bulk;       /* newsletters and lists are judged too */
	bool of_people;     /* may be raised of a message that says nothing */
	const struct ask *gate;
	const struct ask *opinion; /* NULL: the model decides */
	const struct look *looks;  /* told only; may be NULL */
	/* What it looks for, by concepts; a nameless one ends. May be NULL. */
	const struct theme *themes;
	/* More features of its own, named "r:…". May be NULL. */
	void (*features)(const struct scene *scene, struct features *features);
	/* May be NULL. */
	void (*explain)(const struct scene *scene, struct report *report);
};

extern const struct rule *const rules[];
size_t rules_count(void);
enum { RULES_HEADLINE = 4 }; /* the first rules of the table */
const struct rule *rule_find(struct span id);
/* May its model weigh a feature of this name? */
bool rule_reads(const struct rule *rule, struct span feature);
/* Could it concern the message? */
bool rule_concerns(const struct rule *rule, const struct scene *scene);
/* What holds of every rule that is not of people: a model has nothing to go by
 * where no phrase is known ("hello", a test, another language). */
extern const struct ask rules_opinion[];
/* By the rule's own table, then by that one. */
enum opinion rule_opinion(const struct rule *rule, const struct scene *scene);

/* The concepts of each rule's themes, once a snapshot. */
const struct theme_table *rules_prepare(const struct lexicon *lexicon,
					struct arena *arena);

/* The own features of every rule whose gate is open, switched on or not. */
void rules_features(const struct theme_table *tables, const struct scene *scene,
		    struct features *features);

/* Evidence: a sentence of a passage, or words about the envelope. */
void report_sentence(const struct scene *scene, struct report *report,
		     const struct passage *passage,
		     const struct sentence *sentence);
void report_envelope(const struct scene *scene, struct report *report,
		     struct span text);

#endif
