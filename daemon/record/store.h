/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_H
#define STORE_H
/*
 * What is remembered: messages and their threads, verdicts and decisions,
 * cases and their events, letters, and how far each mailbox has been read.
 *
 * One process has it open, the engine; everybody else asks that one. What
 * belongs together is written between store_begin() and store_commit(): a
 * batch of messages with their findings, case events, reminders to be told and
 * the cursor of the mailbox. After a crash at any moment the store holds whole
 * batches only.
 *
 * Words:    text that goes in is copied; what comes out lies in the caller's
 *           arena. Authored text is not kept, except the evidence of findings
 *           and, with a case, the subject and a short excerpt of the enquiry.
 * Numbers:  ids start at 1; 0 is none. Times are UTC, 0 is none.
 * Errors:   ERROR_CONFIG for a store that cannot be opened or is newer than
 *           this program; ERROR_TEMPORARY for a full disk or a lock;
 *           ERROR_INTERNAL for anything else.
 * Results:  _find gives 1, 0 (none) or -1; the rest 0 or -1. A list holds at
 *           most the `limit` of its query (0: STORE_LIST_MAX).
 */
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "facts/calendar.h"
#include "filters/filter.h"

enum {
	STORE_SCHEMA = 3,
	STORE_LIST_MAX = 100000,
	STORE_EXCERPT_MAX = 600, /* bytes of an enquiry kept with its case */
	STORE_SUBJECT_MAX = 300
};

struct store;

/* A list of addresses or other short words. */
struct words {
	struct span *at;
	size_t count;
};

/* ---- opening and transactions ---- */

/* path ":memory:" keeps everything in memory (scan, replay, tests). Makes the
 * file when it is not there, and brings an older schema up to date. */
int store_open(const char *path, struct store **ret_store, struct error *err);
void store_close(struct store *store);

int store_begin(struct store *store, struct error *err);
int store_commit(struct store *store, struct error *err);
void store_rollback(struct store *store);

/* For crash tests: the process dies at once (as by kill -9) at the nth write
 * from now on; 0 never. CLERKD_STORE_DIE_AFTER in the environment does the
 * same at store_open(). Only in builds with CLERKD_CRASH_TESTS. */
void store_die_after(struct store *store, unsigned writes);

/* ---- how far each source has been read ---- */

struct store_cursor {
	uint32_t uidvalidity, uid; /* everything up to uid is recorded */
};

int store_cursor_find(struct store *store, const char *mailbox,
		      const char *folder, struct store_cursor *ret_cursor,
		      struct error *err);
int store_cursor_set(struct store *store, const char *mailbox,
		     const char *folder, struct store_cursor cursor,
		     struct error *err);

/* One arrival of one message: the same mail may come to several mailboxes.
 * key: what names it within the source ("INBOX/17/0000004711", a file's name);
 * keys that ascend are the cheapest. */
struct store_delivery {
	const char *source; /* name of the mailbox or local source */
	struct span key;
	int64_t message;    /* 0: it could not be read */
	time_t at;          /* when it was taken in */
	struct span reason; /* why it could not be read; else empty */
};

/* Has this arrival been dealt with? ret_message 0: it was unreadable. */
int store_delivery_find(struct store *store, const char *source,
			struct span key, int64_t *ret_message,
			struct error *err);
int store_delivery_add(struct store *store,
		       const struct store_delivery *delivery,
		       struct error *err);
/* The unreadable ones, newest first. */
int store_unreadable(struct store *store, size_t limit, struct arena *arena,
		     struct store_delivery **ret_list, size_t *ret_count,
		     struct error *err);

/* ---- messages and threads ---- */

/* One message as it is remembered; addresses are canonical (people.h). */
struct store_message {
	int64_t id, thread;
	struct span message_id;
	uint64_t body_hash;
	time_t received, date;
	struct span from;
	struct words to, cc;
	struct words hidden; /* who got it besides, as far as known */
	struct words proven; /* those of them who surely were blind copies */
	enum automatic automatic;
	/* the verdict's readings */
	enum direction direction;
	bool enquiry, withdrawal, only_thanks, hands_over;
	enum reply_kind reply;
	struct date promise;
	int reading; /* version of the judgement that read it */
	/* In the name of somebody of the council, whose mail system says that
	 * it may be forged: moves nothing. See struct store_claim. */
	bool unverified;
};

/* By (Message-ID, body hash); fills *ret_message from arena. */
int store_message_find(struct store *store, struct span message_id,
		       uint64_t body_hash, struct arena *arena,
		       struct store_message *ret_message, struct error *err);
/* Sets message->id. */
int store_message_add(struct store *store, struct store_message *message,
		      struct error *err);
/* Hidden recipients that came to be known later. */
int store_message_hidden(struct store *store, int64_t message,
			 const struct words *hidden, const struct words *proven,
			 struct error *err);

/* The messages of a thread in order of receipt (the newest `limit`); thread 0
 * and a message's id: that one. */
int store_messages(struct store *store, int64_t thread, int64_t message,
		   size_t limit, struct arena *arena,
		   struct store_message **ret_list, size_t *ret_count,
		   struct error *err);

/* What is kept of an unverified message until somebody says whether it is
 * genuine: what its enquiry's case would need. */
struct store_claim {
	struct store_message message; /* with _add only its id counts */
	struct span why;              /* "dmarc=fail" */
	size_t findings; /* that it would have raised; nothing else is kept */
	struct span subject, excerpt; /* of an enquiry; emptied when settled */
	struct words references;
	time_t found, settled; /* settled 0: nobody has said yet */
	bool genuine;
	struct span who;
};

int store_claim_add(struct store *store, const struct store_claim *claim,
		    struct error *err);
/* Newest first; message 0: all. unsettled: only those. */
int store_claims(struct store *store, int64_t message, bool unsettled,
		 size_t limit, struct arena *arena,
		 struct store_claim **ret_list, size_t *ret_count,
		 struct error *err);
/* Writes settled, genuine and who; a genuine message is unverified no more. */
int store_claim_settle(struct store *store, const struct store_claim *claim,
		       struct error *err);

/* What a thread is known by; see thread.h. */
enum thread_key_kind {
	THREAD_KEY_ID,      /* a Message-ID, its own or referenced */
	THREAD_KEY_INDEX,   /* Outlook's conversation GUID */
	THREAD_KEY_SUBJECT, /* subject, member and officer */
	THREAD_KEY_COUNT
};

struct thread_key {
	enum thread_key_kind kind;
	struct span text;
};

/* The thread that a key belongs to. */
int store_thread_find(struct store *store, const struct thread_key *key,
		      int64_t *ret_thread, struct error *err);
/* Ties all keys to one thread and gives it: *thread, or a new one when 0.
 * Threads that any THREAD_KEY_ID already belongs to become one with it, with
 * their messages and cases. A subject's key moves to the newest thread. */
int store_thread_join(struct store *store, const struct thread_key *keys,
		      size_t count, int64_t *thread, struct error *err);

/* ---- findings and decisions ---- */

/* What kind of reason a decision has, beside its words. */
enum decision_cause {
	CAUSE_UNSAID,
	CAUSE_QUOTING,   /* the words are somebody else's */
	CAUSE_ROLE,      /* who wrote to whom was taken wrongly */
	CAUSE_DATE,      /* the period or day was */
	CAUSE_NOT_ABOUT, /* the words are about something else */
	CAUSE_OTHER,
	CAUSE_COUNT
};

struct store_decision {
	bool upheld; /* else dismissed */
	struct span reason, who;
	time_t at;
	enum decision_cause cause;
};

struct store_finding {
	int64_t id, message;
	struct span message_id; /* of the message; also the three below */
	struct span from;
	time_t received;
	int64_t case_id; /* the open case of its thread, or 0 */
	struct span rule;
	enum severity severity;
	bool shadow;
	double score;
	struct words clauses;
	struct span reason;
	int version; /* of the rules that found it */
	time_t found;
	time_t told; /* when the Monitoring Officer was written to */
	struct evidence *evidence;
	size_t evidence_count;
	struct store_decision *decisions; /* oldest first; the last holds */
	size_t decision_count;
	struct words hidden; /* of the message */
};

struct finding_query {
	int64_t id, message;  /* 0: any */
	bool undecided, live; /* only those */
	bool untold;          /* live and not yet written about */
	bool decided;         /* somebody did; newest decision first */
	enum severity least;
	time_t since, until; /* found in [since, until); 0: open */
	size_t limit;
};

/* Records finding and evidence; sets finding->id. Evidence is cut to
 * STORE_EXCERPT_MAX. */
int store_finding_add(struct store *store, struct store_finding *finding,
		      struct error *err);
/* Better evidence came to be known. */
int store_finding_evidence(struct store *store,
			   const struct store_finding *finding,
			   struct error *err);
/* Newest first. */
int store_findings(struct store *store, const struct finding_query *query,
		   struct arena *arena, struct store_finding **ret_list,
		   size_t *ret_count, struct error *err);
int store_finding_told(struct store *store, int64_t finding, time_t at,
		       struct error *err);
/* Earlier decisions stay. ERROR_INPUT when there is no such finding. */
int store_decision_add(struct store *store, int64_t finding,
		       const struct store_decision *decision,
		       struct error *err);

/* How one rule has done: of each finding the last decision counts. */
struct store_rule_record {
	struct span rule;
	size_t live, shadow;         /* findings */
	size_t open;                 /* live ones that nobody decided */
	size_t upheld, dismissed;    /* live or shadow */
	size_t because[CAUSE_COUNT]; /* of those dismissed */
};

/* One for each rule that found anything, in order of rule. */
int store_rule_records(struct store *store, struct arena *arena,
		       struct store_rule_record **ret_list, size_t *ret_count,
		       struct error *err);

/* ---- cases ---- */

enum case_state {
	CASE_NONE,
	CASE_WAITING,   /* nobody has answered the member yet */
	CASE_HELD,      /* acknowledged; the answer is outstanding */
	CASE_ANSWERED,  /* closed */
	CASE_WITHDRAWN, /* closed */
	CASE_STATE_COUNT
};

/* Dates are derived (casework.h): what is kept is what they follow from. */
struct store_case {
	int64_t id, thread; /* case C12 has id 12 */
	struct span member, owner;
	enum case_state state;
	time_t opened;           /* receipt of the first enquiry */
	time_t clock;            /* receipt that the clocks run from */
	time_t acknowledged;     /* in this round, 0 not yet */
	time_t closed;           /* 0 open */
	time_t rung;             /* moment up to which rungs are dealt with */
	time_t wake;             /* next rung's moment; 0 none */
	struct date promise;     /* a holding reply promised to be back by */
	unsigned round;          /* 1, and one more each time it is reopened */
	int64_t enquiry;         /* the message that started the round */
	struct span enquiry_id;  /* its Message-ID */
	struct words references; /* and what it referred to, for our letters */
	struct span subject, excerpt; /* emptied when closed */
};

struct case_query {
	int64_t id, thread;        /* 0: any */
	struct span member, owner; /* empty: any */
	bool open;                 /* only open ones */
	time_t wake_until;         /* wake set and not later; 0: any */
	size_t limit;
};

int store_case_add(struct store *store, struct store_case *c,
		   struct error *err); /* sets c->id */
int store_case_update(struct store *store, const struct store_case *c,
		      struct error *err);
/* In order of wake (with wake_until), else of id. */
int store_cases(struct store *store, const struct case_query *query,
		struct arena *arena, struct store_case **ret_list,
		size_t *ret_count, struct error *err);

enum case_event_kind {
	EVENT_OPENED,
	EVENT_ACKNOWLEDGED,
	EVENT_HOLDING,
	EVENT_RESPONDED,
	EVENT_REASSIGNED,
	EVENT_REOPENED,
	EVENT_CHASED,
	EVENT_ESCALATED,
	EVENT_WITHDRAWN,
	EVENT_REMINDER,
	EVENT_UNDELIVERED, /* a reminder came back; not shown by replay */
	EVENT_KIND_COUNT
};

/* Append-only. An event that turned out not to have happened (an answer that
 * bounced, an earlier message read later) stays and is marked void. */
struct store_event {
	int64_t id, case_id;
	enum case_event_kind kind;
	time_t at;
	int64_t message; /* that made it, or 0 */
	struct span message_id;
	struct span member;  /* of the case */
	struct span owner;   /* after the event */
	struct date promise; /* of a holding reply */
	struct span stage;   /* of a reminder; also the next two */
	struct words to, cc;
	int64_t letter; /* that told it; 0 not yet, or no reminder */
	bool upwards;   /* a reminder sent on: bounce or absence */
	bool voided;
};

struct event_query {
	int64_t case_id, message; /* 0: any */
	int64_t letter;
	bool untold; /* reminders that no letter tells yet */
	bool with_void;
	time_t since, until; /* at in [since, until); 0: open */
	size_t limit;
};

int store_event_add(struct store *store, struct store_event *event,
		    struct error *err); /* sets event->id */
/* Writes `letter` (< 0: there is nobody left to tell) and `voided`. */
int store_event_update(struct store *store, const struct store_event *event,
		       struct error *err);
/* In order of time, then of recording. */
int store_events(struct store *store, const struct event_query *query,
		 struct arena *arena, struct store_event **ret_list,
		 size_t *ret_count, struct error *err);

/* A delivery report said that this message did not reach this address. */
int store_bounce_add(struct store *store, struct span message_id,
		     struct span recipient, struct error *err);
int store_bounce_find(struct store *store, struct span message_id,
		      struct span recipient, struct error *err);

/* ---- letters ---- */

enum letter_state {
	LETTER_QUEUED,
	LETTER_SENDING, /* found so after a crash: unknown */
	LETTER_SENT,
	LETTER_UNKNOWN, /* perhaps sent; goes again, same Message-ID */
	LETTER_FAILED,  /* for good */
	LETTER_STATE_COUNT
};

/* One letter to one recipient (so that a retry is exact); the copies of one
 * letter share text and Message-ID. */
struct store_letter {
	int64_t id;
	enum letter_state state;
	struct span recipient;
	struct span message_id;
	struct span kind; /* "reminder", "digest", "flags", "daily", "test" */
	struct span text; /* the whole letter; emptied when sent or failed */
	time_t queued, next_try, settled;
	unsigned attempts;
	struct span note; /* the last answer of the relay */
};

struct letter_query {
	int64_t id;
	struct span message_id, recipient; /* empty: any */
	unsigned states;                   /* 1u << LETTER_… each; 0: any */
	time_t due_until;                  /* next_try not later; 0: any */
	size_t limit;
};

int store_letter_add(struct store *store, struct store_letter *letter,
		     struct error *err); /* sets letter->id */
/* Writes state, next_try, settled, attempts, note; text goes when settled. */
int store_letter_update(struct store *store, const struct store_letter *letter,
			struct error *err);
/* In order of next_try with due_until, else newest first. */
int store_letters(struct store *store, const struct letter_query *query,
		  struct arena *arena, struct store_letter **ret_list,
		  size_t *ret_count, struct error *err);

/* ---- notes: health, pause, bookmarks, counters ---- */

struct store_note {
	struct span name, value;
};

/* Names are paths: "paused", "mailbox/NAME/last-success". An empty value
 * removes the note. */
int store_note_set(struct store *store, const char *name, struct span value,
		   struct error *err);
/* All whose name starts with prefix, in order of name. */
int store_notes(struct store *store, const char *prefix, struct arena *arena,
		struct store_note **ret_list, size_t *ret_count,
		struct error *err);
const char *case_state_name(enum case_state state);
const char *case_event_name(enum case_event_kind kind);
const char *letter_state_name(enum letter_state state);
/* "quoting", "not-about-this"; "" for one that was not said. */
const char *decision_cause_name(enum decision_cause cause);
bool decision_cause_parse(struct span name, enum decision_cause *ret_cause);

#endif
