/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases, their events, and messages that did not arrive. */
#include "store_private.h"

#define CASE_COLUMNS                                                      \
	"id, thread, member, owner, state, opened, clock, acknowledged,"  \
	" closed, rung, wake, promise, round, enquiry, enquiry_id, refs," \
	" subject, excerpt"

static void
take_case(const struct sql *q, struct arena *arena, struct store_case *ret)
{
	*ret = (struct store_case){
		.id = sql_number(q, 0),
		.thread = sql_number(q, 1),
		.member = sql_text(q, 2, arena),
		.owner = sql_text(q, 3, arena),
		.state = (enum case_state)sql_number(q, 4),
		.opened = sql_number(q, 5),
		.clock = sql_number(q, 6),
		.acknowledged = sql_number(q, 7),
		.closed = sql_number(q, 8),
		.rung = sql_number(q, 9),
		.wake = sql_number(q, 10),
		.promise = sql_date(q, 11),
		.round = (unsigned)sql_number(q, 12),
		.enquiry = sql_number(q, 13),
		.enquiry_id = sql_text(q, 14, arena),
		.references = sql_words(q, 15, arena),
		.subject = sql_text(q, 16, arena),
		.excerpt = sql_text(q, 17, arena),
	};
}

static void
bind_case(struct sql *q, const struct store_case *c)
{
	sql_bind_number(q, c->thread);
	sql_bind_text(q, c->member);
	sql_bind_text(q, c->owner);
	sql_bind_number(q, c->state);
	sql_bind_number(q, c->opened);
	sql_bind_number(q, c->clock);
	sql_bind_number(q, c->acknowledged);
	sql_bind_number(q, c->closed);
	sql_bind_number(q, c->rung);
	sql_bind_number(q, c->wake);
	sql_bind_date(q, c->promise);
	sql_bind_number(q, c->round);
	sql_bind_number(q, c->enquiry);
	sql_bind_text(q, c->enquiry_id);
	sql_bind_words(q, &c->references);
	sql_bind_text(q, c->subject);
	sql_bind_text(q, c->excerpt);
}

int
store_case_add(struct store *store, struct store_case *c, struct error *err)
{
	struct sql q;

	if (sql_open(&q, store,
		     "INSERT INTO cases (thread, member, owner, state, opened,"
		     " clock, acknowledged, closed, rung, wake, promise, round,"
		     " enquiry, enquiry_id, refs, subject, excerpt)"
		     " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
		     err))
		return -1;
	bind_case(&q, c);
	if (sql_run(&q, err))
		return -1;
	c->id = sql_last_id(store);
	return 0;
}

int
store_case_update(struct store *store, const struct store_case *c,
		  struct error *err)
{
	struct sql q;

	if (sql_open(&q, store,
		     "UPDATE cases SET thread = ?, member = ?, owner = ?,"
		     " state = ?, opened = ?, clock = ?, acknowledged = ?,"
		     " closed = ?, rung = ?, wake = ?, promise = ?, round = ?,"
		     " enquiry = ?, enquiry_id = ?, refs = ?, subject = ?,"
		     " excerpt = ? WHERE id = ?",
		     err))
		return -1;
	bind_case(&q, c);
	sql_bind_number(&q, c->id);
	return sql_run(&q, err);
}

#define CASE_SELECT "SELECT " CASE_COLUMNS " FROM cases WHERE "
#define CASE_FILTER                                                 \
	" AND (?3 = '' OR member = ?3) AND (?4 = '' OR owner = ?4)" \
	" AND (?5 = 0 OR closed = 0)"

static const char *
case_statement(const struct case_query *query)
{
	if (query->id)
		return CASE_SELECT
			"id = ?1 AND (?2 = 0 OR thread = ?2)" CASE_FILTER
			" AND (?6 = 0 OR wake <= ?6) LIMIT ?7";
	if (query->thread)
		return CASE_SELECT "?1 = 0 AND thread = ?2" CASE_FILTER
				   " AND (?6 = 0 OR wake <= ?6)"
				   " ORDER BY id LIMIT ?7";
	if (query->wake_until)
		return CASE_SELECT "?1 = 0 AND ?2 = 0 AND wake > 0"
				   " AND wake <= ?6" CASE_FILTER
				   " ORDER BY wake, id LIMIT ?7";
	if (query->open)
		return CASE_SELECT
			"?1 = 0 AND ?2 = 0 AND closed = 0" CASE_FILTER
			" AND ?6 = 0 ORDER BY id LIMIT ?7";
	return CASE_SELECT "?1 = 0 AND ?2 = 0" CASE_FILTER
			   " AND ?6 = 0 ORDER BY id LIMIT ?7";
}

int
store_cases(struct store *store, const struct case_query *query,
	    struct arena *arena, struct store_case **ret_list,
	    size_t *ret_count, struct error *err)
{
	struct store_case *list = NULL;
	size_t count = 0;
	struct sql q;
	int found;

	if (sql_open(&q, store, case_statement(query), err))
		return -1;
	sql_bind_number(&q, query->id);
	sql_bind_number(&q, query->thread);
	sql_bind_text(&q, query->member);
	sql_bind_text(&q, query->owner);
	sql_bind_number(&q, query->open);
	sql_bind_number(&q, query->wake_until);
	sql_bind_number(&q, (long long)store_limit(query->limit));
	while ((found = sql_row(&q, err)) == 1)
		take_case(&q, arena,
			  arena_push(arena, &list, &count, sizeof(*list)));
	if (found < 0)
		return -1;
	*ret_list = list;
	*ret_count = count;
	return 0;
}

/* ---- events ---- */

int
store_event_add(struct store *store, struct store_event *event,
		struct error *err)
{
	struct sql q;

	if (sql_open(&q, store,
		     "INSERT INTO event (case_id, kind, at, message, owner,"
		     " promise, stage, recipients, copies, letter, upwards,"
		     " voided) VALUES (?,?,?,nullif(?, 0),?,?,?,?,?,?,?,?)",
		     err))
		return -1;
	sql_bind_number(&q, event->case_id);
	sql_bind_number(&q, event->kind);
	sql_bind_number(&q, event->at);
	sql_bind_number(&q, event->message);
	sql_bind_text(&q, event->owner);
	sql_bind_date(&q, event->promise);
	sql_bind_text(&q, event->stage);
	sql_bind_words(&q, &event->to);
	sql_bind_words(&q, &event->cc);
	sql_bind_number(&q, event->letter);
	sql_bind_number(&q, event->upwards);
	sql_bind_number(&q, event->voided);
	if (sql_run(&q, err))
		return -1;
	event->id = sql_last_id(store);
	return 0;
}

int
store_event_update(struct store *store, const struct store_event *event,
		   struct error *err)
{
	struct sql q;

	if (sql_open(&q, store,
		     "UPDATE event SET letter = ?, voided = ? WHERE id = ?",
		     err))
		return -1;
	sql_bind_number(&q, event->letter);
	sql_bind_number(&q, event->voided);
	sql_bind_number(&q, event->id);
	return sql_run(&q, err);
}

static void
take_event(const struct sql *q, struct arena *arena, struct store_event *ret)
{
	*ret = (struct store_event){
		.id = sql_number(q, 0),
		.case_id = sql_number(q, 1),
		.kind = (enum case_event_kind)sql_number(q, 2),
		.at = sql_number(q, 3),
		.message = sql_number(q, 4),
		.message_id = sql_text(q, 5, arena),
		.member = sql_text(q, 6, arena),
		.owner = sql_text(q, 7, arena),
		.promise = sql_date(q, 8),
		.stage = sql_text(q, 9, arena),
		.to = sql_words(q, 10, arena),
		.cc = sql_words(q, 11, arena),
		.letter = sql_number(q, 12),
		.upwards = sql_number(q, 13),
		.voided = sql_number(q, 14),
	};
}

#define EVENT_SELECT                                                      \
	"SELECT e.id, e.case_id, e.kind, e.at, e.message, m.message_id,"  \
	" c.member, e.owner, e.promise, e.stage, e.recipients, e.copies," \
	" e.letter, e.upwards, e.voided FROM event e"                     \
	" JOIN cases c ON c.id = e.case_id"                               \
	" LEFT JOIN message m ON m.id = e.message WHERE "
#define EVENT_FILTER                                                  \
	" AND (?4 <> 0 OR e.voided = 0) AND e.at >= ?5 AND e.at < ?6" \
	" ORDER BY e.at, e.id LIMIT ?7"

static const char *
event_statement(const struct event_query *query)
{
	if (query->case_id)
		return EVENT_SELECT
			"e.case_id = ?1"
			" AND (?2 = 0 OR e.message = ?2)"
			" AND (?3 = 0 OR e.letter = ?3)" EVENT_FILTER;
	if (query->message)
		return EVENT_SELECT
			"?1 = 0 AND e.message = ?2 AND ?3 = 0" EVENT_FILTER;
	if (query->letter)
		return EVENT_SELECT "?1 = 0 AND ?2 = 0 AND e.letter = ?3"
				    " AND e.stage <> ''" EVENT_FILTER;
	if (query->untold)
		return EVENT_SELECT
			"?1 = 0 AND ?2 = 0 AND ?3 = 0"
			" AND e.letter = 0 AND e.stage <> ''" EVENT_FILTER;
	return EVENT_SELECT "?1 = 0 AND ?2 = 0 AND ?3 = 0" EVENT_FILTER;
}

int
store_events(struct store *store, const struct event_query *query,
	     struct arena *arena, struct store_event **ret_list,
	     size_t *ret_count, struct error *err)
{
	struct store_event *list = NULL;
	size_t count = 0;
	struct sql q;
	int found;

	if (sql_open(&q, store, event_statement(query), err))
		return -1;
	sql_bind_number(&q, query->case_id);
	sql_bind_number(&q, query->message);
	sql_bind_number(&q, query->letter);
	sql_bind_number(&q, query->with_void);
	sql_bind_number(&q, query->since);
	sql_bind_number(&q, query->until ? query->until : INT64_MAX);
	sql_bind_number(&q, (long long)store_limit(query->limit));
	while ((found = sql_row(&q, err)) == 1)
		take_event(&q, arena,
			   arena_push(arena, &list, &count, sizeof(*list)));
	if (found < 0)
		return -1;
	*ret_list = list;
	*ret_count = count;
	return 0;
}

/* ---- bounces ---- */

static int
bounce(struct store *store, const char *literal, struct span message_id,
       struct span recipient, struct sql *q, struct error *err)
{
	if (sql_open(q, store, literal, err))
		return -1;
	sql_bind_text(q, message_id);
	sql_bind_text(q, recipient);
	return 0;
}

int
store_bounce_add(struct store *store, struct span message_id,
		 struct span recipient, struct error *err)
{
	struct sql q;

	if (bounce(store,
		   "INSERT OR IGNORE INTO bounce (message_id, recipient)"
		   " VALUES (?, ?)",
		   message_id, recipient, &q, err))
		return -1;
	return sql_run(&q, err);
}

int
store_bounce_find(struct store *store, struct span message_id,
		  struct span recipient, struct error *err)
{
	struct sql q;
	int found;

	if (bounce(store,
		   "SELECT 1 FROM bounce WHERE message_id = ?"
		   " AND recipient = ?",
		   message_id, recipient, &q, err))
		return -1;
	if ((found = sql_row(&q, err)) == 1)
		sql_close(&q);
	return found;
}
