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

int
store_finding_evidence(struct store *store, const struct store_finding *f,
		       struct error *err)
{
	struct sql q;

	if (sql_open(&q, store, "DELETE FROM evidence WHERE finding = ?", err))
		return -1;
	sql_bind_number(&q, f->id);
	if (sql_run(&q, err))
		return -1;
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
		     "SELECT upheld, reason, who, at, cause FROM decision"
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
		one->cause = (enum decision_cause)sql_number(&q, 4);
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
		.hidden = sql_words(q, 15, arena),
	};
}

#define FINDING_SELECT                                                 \
	"SELECT f.id, f.message, m.message_id, m.sender, m.received,"  \
	" coalesce((SELECT max(c.id) FROM cases c"                     \
	"  WHERE c.thread = m.thread AND c.closed = 0), 0),"           \
	" f.rule, f.severity, f.shadow, f.score, f.clauses, f.reason," \
	" f.version, f.found, f.told, m.hidden"                        \
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
	if (query->decided)
		return FINDING_SELECT
			"?1 = 0 AND ?2 = 0 AND f.severity >= ?3"
			" AND (?4 = 0 OR f.shadow = 0) AND f.found >= ?5"
			" AND f.found < ?6 AND ?7 >= 0"
			" AND f.id IN (SELECT finding FROM decision)"
			" ORDER BY (SELECT max(d.id) FROM decision d"
			" WHERE d.finding = f.id) DESC LIMIT ?8";
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
		     "INSERT INTO decision"
		     " (finding, upheld, reason, who, at, cause)"
		     " VALUES (?, ?, ?, ?, ?, ?)",
		     err))
		return -1;
	sql_bind_number(&q, finding);
	sql_bind_number(&q, decision->upheld);
	sql_bind_text(&q, decision->reason);
	sql_bind_text(&q, decision->who);
	sql_bind_number(&q, decision->at);
	sql_bind_number(&q, decision->cause);
	return sql_run(&q, err);
}

/* ---- how the rules have done ---- */

struct rule_records {
	struct arena *arena;
	struct store_rule_record *at;
	size_t count;
};

static struct store_rule_record *
record_of(struct rule_records *records, struct span rule)
{
	struct store_rule_record *record;

	for (size_t i = 0; i < records->count; i++)
		if (span_equal(records->at[i].rule, rule))
			return &records->at[i];
	record = arena_push(records->arena, &records->at, &records->count,
			    sizeof(*record));
	*record = (struct store_rule_record){ .rule = rule };
	return record;
}

static int
count_found(struct store *store, struct rule_records *records,
	    struct error *err)
{
	struct sql q;
	int found;

	if (sql_open(&q, store,
		     "SELECT rule, shadow, count(*) FROM finding"
		     " GROUP BY rule, shadow ORDER BY rule",
		     err))
		return -1;
	while ((found = sql_row(&q, err)) == 1) {
		struct store_rule_record *record =
			record_of(records, sql_text(&q, 0, records->arena));
		size_t count = (size_t)sql_number(&q, 2);

		if (sql_number(&q, 1)) {
			record->shadow += count;
		} else {
			record->live += count;
			record->open += count;
		}
	}
	return found;
}

static int
count_decided(struct store *store, struct rule_records *records,
	      struct error *err)
{
	struct sql q;
	int found;

	if (sql_open(&q, store,
		     "SELECT f.rule, f.shadow, d.upheld, d.cause, count(*)"
		     " FROM decision d JOIN finding f ON f.id = d.finding"
		     " WHERE NOT EXISTS (SELECT 1 FROM decision later"
		     "  WHERE later.finding = d.finding AND later.id > d.id)"
		     " GROUP BY f.rule, f.shadow, d.upheld, d.cause",
		     err))
		return -1;
	while ((found = sql_row(&q, err)) == 1) {
		struct store_rule_record *record =
			record_of(records, sql_text(&q, 0, records->arena));
		size_t count = (size_t)sql_number(&q, 4);
		long long cause = sql_number(&q, 3);

		if (!sql_number(&q, 1))
			record->open -= count;
		if (sql_number(&q, 2)) {
			record->upheld += count;
			continue;
		}
		record->dismissed += count;
		record->because[cause > 0 && cause < CAUSE_COUNT ?
					cause :
					CAUSE_UNSAID] += count;
	}
	return found;
}

int
store_rule_records(struct store *store, struct arena *arena,
		   struct store_rule_record **ret_list, size_t *ret_count,
		   struct error *err)
{
	struct rule_records records = { .arena = arena };

	if (count_found(store, &records, err) ||
	    count_decided(store, &records, err))
		return -1;
	*ret_list = records.at;
	*ret_count = records.count;
	return 0;
}

static const char *const causes[CAUSE_COUNT] = {
	[CAUSE_UNSAID] = "",
	[CAUSE_QUOTING] = "quoting",
	[CAUSE_ROLE] = "role",
	[CAUSE_DATE] = "date",
	[CAUSE_NOT_ABOUT] = "not-about-this",
	[CAUSE_OTHER] = "other",
};

const char *
decision_cause_name(enum decision_cause cause)
{
	return cause < CAUSE_COUNT ? causes[cause] : "";
}

bool
decision_cause_parse(struct span name, enum decision_cause *ret_cause)
{
	for (int i = CAUSE_QUOTING; i < CAUSE_COUNT; i++)
		if (span_is(name, causes[i])) {
			*ret_cause = (enum decision_cause)i;
			return true;
		}
	return false;
}
