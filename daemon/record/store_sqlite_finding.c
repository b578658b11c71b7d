/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings with their evidence, and what was decided about them. */
#include "store_private.h"

static int
add_evidence(struct store *store, int64_t finding, size_t ordinal,
	     const struct evidence *evidence, struct error *err)
{
	struct span text = evidence->text;
	struct sql q;

	if (text.len > STORE_EXCERPT_MAX) {
		size_t end = STORE_EXCERPT_MAX;

		while (end && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
			end--; /* not within a character */
		text.len = end;
	}
	if (sql_open(&q, store,
		     "INSERT INTO evidence"
		     " (finding, ordinal, place, start, stop, text)"
		     " VALUES (?, ?, ?, ?, ?, ?)",
		     err))
		return -1;
	sql_bind_number(&q, finding);
	sql_bind_number(&q, (long long)ordinal);
	sql_bind_text(&q, evidence->where);
	sql_bind_number(&q, (long long)evidence->start);
	sql_bind_number(&q, (long long)evidence->end);
	sql_bind_text(&q, text);
	return sql_run(&q, err);
}

int
store_finding_add(struct store *store, struct store_finding *f,
		  struct error *err)
{
	struct sql q;

	if (sql_open(&q, store,
		     "INSERT INTO finding (message, rule, severity, shadow,"
		     " score, clauses, reason, version, found, told)"
		     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		     err))
		return -1;
	sql_bind_number(&q, f->message);
	sql_bind_text(&q, f->rule);
	sql_bind_number(&q, f->severity);
	sql_bind_number(&q, f->shadow);
	sql_bind_real(&q, f->score);
	sql_bind_words(&q, &f->clauses);
	sql_bind_text(&q, f->reason);
	sql_bind_number(&q, f->version);
	sql_bind_number(&q, f->found);
	sql_bind_number(&q, f->told);
	if (sql_run(&q, err))
		return -1;
	f->id = sql_last_id(store);
	for (size_t i = 0; i < f->evidence_count; i++)
		if (add_evidence(store, f->id, i, &f->evidence[i], err))
			return -1;
	return 0;
}

static int
load_evidence(struct store *store, struct store_finding *f, struct arena *arena,
	      struct error *err)
{
	struct sql q;
	int found;

	if (sql_open(&q, store,
		     "SELECT place, start, stop, text FROM evidence"
		     " WHERE finding = ? ORDER BY ordinal",
		     err))
		return -1;
	sql_bind_number(&q, f->id);
	while ((found = sql_row(&q, err)) == 1) {
		struct evidence *one = arena_push(
			arena, &f->evidence, &f->evidence_count, sizeof(*one));

		one->where = sql_text(&q, 0, arena);
		one->start = (size_t)sql_number(&q, 1);
		one->end = (size_t)sql_number(&q, 2);
		one->text = sql_text(&q, 3, arena);
	}
	return found;
}

static int
load_decisions(struct store *store, struct store_finding *f,
	       struct arena *arena, struct error *err)
{
	struct sql q;
	int found;

	if (sql_open(&q, store,
		     "SELECT upheld, reason, who, at FROM decision"
		     " WHERE finding = ? ORDER BY id",
		     err))
		return -1;
	sql_bind_number(&q, f->id);
	while ((found = sql_row(&q, err)) == 1) {
		struct store_decision *one = arena_push(
			arena, &f->decisions, &f->decision_count, sizeof(*one));

		one->upheld = sql_number(&q, 0);
		one->reason = sql_text(&q, 1, arena);
		one->who = sql_text(&q, 2, arena);
		one->at = sql_number(&q, 3);
	}
	return found;
}

static void
take_finding(const struct sql *q, struct arena *arena,
	     struct store_finding *ret)
{
	*ret = (struct store_finding){
		.id = sql_number(q, 0),
		.message = sql_number(q, 1),
		.message_id = sql_text(q, 2, arena),
		.from = sql_text(q, 3, arena),
		.received = sql_number(q, 4),
		.case_id = sql_number(q, 5),
		.rule = sql_text(q, 6, arena),
		.severity = (enum severity)sql_number(q, 7),
		.shadow = sql_number(q, 8),
		.score = sql_real(q, 9),
		.clauses = sql_words(q, 10, arena),
		.reason = sql_text(q, 11, arena),
		.version = (int)sql_number(q, 12),
		.found = sql_number(q, 13),
		.told = sql_number(q, 14),
	};
}

#define FINDING_SELECT                                                 \
	"SELECT f.id, f.message, m.message_id, m.sender, m.received,"  \
	" coalesce((SELECT max(c.id) FROM cases c"                     \
	"  WHERE c.thread = m.thread AND c.closed = 0), 0),"           \
	" f.rule, f.severity, f.shadow, f.score, f.clauses, f.reason," \
	" f.version, f.found, f.told"                                  \
	" FROM finding f JOIN message m ON m.id = f.message WHERE "

/* One index each; the rest of the query is a filter over few rows. */
static const char *
finding_statement(const struct finding_query *query)
{
	if (query->id)
		return FINDING_SELECT "f.id = ?1 AND ?2 IS NOT NULL"
				      " AND f.severity >= ?3 AND ?4 >= 0"
				      " AND f.found >= ?5 AND f.found < ?6"
				      " AND ?7 >= 0 LIMIT ?8";
	if (query->message)
		return FINDING_SELECT
			"?1 = 0 AND f.message = ?2 AND f.severity >= ?3"
			" AND (?4 = 0 OR f.shadow = 0) AND f.found >= ?5"
			" AND f.found < ?6 AND (?7 = 0 OR NOT EXISTS (SELECT 1"
			" FROM decision d WHERE d.finding = f.id))"
			" ORDER BY f.id DESC LIMIT ?8";
	if (query->untold)
		return FINDING_SELECT
			"?1 = 0 AND ?2 = 0 AND f.told = 0 AND f.shadow = 0"
			" AND f.severity >= ?3 AND ?4 >= 0 AND f.found >= ?5"
			" AND f.found < ?6 AND (?7 = 0 OR NOT EXISTS (SELECT 1"
			" FROM decision d WHERE d.finding = f.id))"
			" ORDER BY f.id DESC LIMIT ?8";
	return FINDING_SELECT
		"?1 = 0 AND ?2 = 0 AND f.severity >= ?3"
		" AND (?4 = 0 OR f.shadow = 0) AND f.found >= ?5"
		" AND f.found < ?6 AND (?7 = 0 OR NOT EXISTS (SELECT 1"
		" FROM decision d WHERE d.finding = f.id))"
		" ORDER BY f.id DESC LIMIT ?8";
}

int
store_findings(struct store *store, const struct finding_query *query,
	       struct arena *arena, struct store_finding **ret_list,
	       size_t *ret_count, struct error *err)
{
	struct store_finding *list = NULL;
	size_t count = 0;
	struct sql q;
	int found;

	if (sql_open(&q, store, finding_statement(query), err))
		return -1;
	sql_bind_number(&q, query->id);
	sql_bind_number(&q, query->message);
	sql_bind_number(&q, query->least);
	sql_bind_number(&q, query->live);
	sql_bind_number(&q, query->since);
	sql_bind_number(&q, query->until ? query->until : INT64_MAX);
	sql_bind_number(&q, query->undecided);
	sql_bind_number(&q, (long long)store_limit(query->limit));
	while ((found = sql_row(&q, err)) == 1)
		take_finding(&q, arena,
			     arena_push(arena, &list, &count, sizeof(*list)));
	if (found < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (load_evidence(store, &list[i], arena, err) ||
		    load_decisions(store, &list[i], arena, err))
			return -1;
	*ret_list = list;
	*ret_count = count;
	return 0;
}

int
store_finding_told(struct store *store, int64_t finding, time_t at,
		   struct error *err)
{
	struct sql q;

	if (sql_open(&q, store, "UPDATE finding SET told = ? WHERE id = ?",
		     err))
		return -1;
	sql_bind_number(&q, at);
	sql_bind_number(&q, finding);
	return sql_run(&q, err);
}

int
store_decision_add(struct store *store, int64_t finding,
		   const struct store_decision *decision, struct error *err)
{
	struct sql q;
	int found;

	if (sql_open(&q, store, "SELECT 1 FROM finding WHERE id = ?", err))
		return -1;
	sql_bind_number(&q, finding);
	if ((found = sql_row(&q, err)) != 1)
		return found < 0 ? -1 :
				   error_set(err, ERROR_INPUT,
					     "there is no flag %lld",
					     (long long)finding);
	sql_close(&q);
	if (sql_open(&q, store,
		     "INSERT INTO decision (finding, upheld, reason, who, at)"
		     " VALUES (?, ?, ?, ?, ?)",
		     err))
		return -1;
	sql_bind_number(&q, finding);
	sql_bind_number(&q, decision->upheld);
	sql_bind_text(&q, decision->reason);
	sql_bind_text(&q, decision->who);
	sql_bind_number(&q, decision->at);
	return sql_run(&q, err);
}
