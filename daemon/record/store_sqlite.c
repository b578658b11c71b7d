/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The store on SQLite: opening, transactions, and the running of statements.
 *
 * WAL with synchronous=FULL: a commit is on the disk when it returns, readers
 * see the last commit and block nobody. The log is folded back every 4,000
 * pages instead of 1,000: a page that several batches touch is then written
 * into the file once.
 */
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store_private.h"

enum { BUSY_MS = 5000, WORDS_MAX = 1 << 20 };

static const char settings[] = "PRAGMA journal_mode = WAL;"
			       "PRAGMA synchronous = FULL;"
			       "PRAGMA foreign_keys = ON;"
			       "PRAGMA temp_store = MEMORY;"
			       "PRAGMA cache_size = -8192;"
			       "PRAGMA wal_autocheckpoint = 4000;";

static enum error_kind
kind_of(int code)
{
	switch (code & 0xff) {
	case SQLITE_FULL:
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_IOERR:
	case SQLITE_NOMEM:
		return ERROR_TEMPORARY;
	case SQLITE_CANTOPEN:
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return ERROR_CONFIG;
	default:
		return ERROR_INTERNAL;
	}
}

static const char *
remedy(int code)
{
	code &= 0xff;
	return code == SQLITE_NOTADB || code == SQLITE_CORRUPT ?
		       "; the record is damaged: stop clerkd and put a backup "
		       "back (docs/operator.md, \"Backup\")" :
		       "";
}

/* The error that the database reports now. */
static int
sql_error(struct store *store, const char *doing, struct error *err)
{
	int code =
		store->db ? sqlite3_extended_errcode(store->db) : SQLITE_NOMEM;

	return error_set(err, kind_of(code), "store: %s: %s (%d)%s", doing,
			 store->db ? sqlite3_errmsg(store->db) : "no memory",
			 code, remedy(code));
}

int
sql_script(struct store *store, const char *text, struct error *err)
{
	if (sqlite3_exec(store->db, text, NULL, NULL, NULL) != SQLITE_OK)
		return sql_error(store, "running a script", err);
	return 0;
}

/* ---- statements ---- */

static struct sqlite3_stmt **
kept_statement(struct store *store, const char *literal)
{
	size_t at = ((uintptr_t)literal >> 3) * 0x9E3779B1u;

	for (size_t probe = 0; probe < STORE_STATEMENTS; probe++, at++) {
		at &= STORE_STATEMENTS - 1;
		if (!store->kept[at].text)
			store->kept[at].text = literal;
		if (store->kept[at].text == literal)
			return &store->kept[at].statement;
	}
	return NULL;
}

int
sql_open(struct sql *sql, struct store *store, const char *literal,
	 struct error *err)
{
	struct sqlite3_stmt **kept = kept_statement(store, literal);

	if (!kept)
		return error_set(err, ERROR_INTERNAL,
				 "store: more than %d statements",
				 STORE_STATEMENTS);
	if (!*kept && sqlite3_prepare_v3(store->db, literal, -1,
					 SQLITE_PREPARE_PERSISTENT, kept,
					 NULL) != SQLITE_OK)
		return sql_error(store, "preparing a statement", err);
	*sql = (struct sql){ .store = store, .statement = *kept };
	return 0;
}

void
sql_bind_number(struct sql *sql, long long value)
{
	sqlite3_bind_int64(sql->statement, ++sql->bound, value);
}

void
sql_bind_real(struct sql *sql, double value)
{
	sqlite3_bind_double(sql->statement, ++sql->bound, value);
}

void
sql_bind_text(struct sql *sql, struct span value)
{
	sqlite3_bind_text64(sql->statement, ++sql->bound,
			    value.len ? value.ptr : "", value.len,
			    SQLITE_STATIC, SQLITE_UTF8);
}

void
sql_bind_blob(struct sql *sql, struct span value)
{
	sqlite3_bind_blob64(sql->statement, ++sql->bound, value.ptr, value.len,
			    SQLITE_STATIC);
}

void
sql_bind_words(struct sql *sql, const struct words *value)
{
	struct buf *joined = &sql->store->words;

	buf_empty(joined);
	for (size_t i = 0; i < value->count; i++) {
		if (i)
			buf_add_byte(joined, '\n');
		buf_add(joined, value->at[i]);
	}
	sqlite3_bind_text64(sql->statement, ++sql->bound,
			    joined->len ? joined->ptr : "", joined->len,
			    SQLITE_TRANSIENT, SQLITE_UTF8);
}

void
sql_bind_date(struct sql *sql, struct date value)
{
	sql_bind_number(sql,
			value.year * 10000 + value.month * 100 + value.day);
}

void
sql_close(struct sql *sql)
{
	sqlite3_reset(sql->statement);
	sqlite3_clear_bindings(sql->statement);
}

int
sql_row(struct sql *sql, struct error *err)
{
	int code = sqlite3_step(sql->statement), result = 0;

	if (code == SQLITE_ROW)
		return 1;
	if (code != SQLITE_DONE)
		result = sql_error(sql->store, "reading", err);
	sql_close(sql);
	return result;
}

int
sql_run(struct sql *sql, struct error *err)
{
	int result = 0;

	store_count_write(sql->store);
	if (sqlite3_step(sql->statement) != SQLITE_DONE)
		result = sql_error(sql->store, "writing", err);
	sql_close(sql);
	return result;
}

long long
sql_number(const struct sql *sql, int column)
{
	return sqlite3_column_int64(sql->statement, column);
}

double
sql_real(const struct sql *sql, int column)
{
	return sqlite3_column_double(sql->statement, column);
}

struct span
sql_text(const struct sql *sql, int column, struct arena *arena)
{
	const char *text =
		(const char *)sqlite3_column_text(sql->statement, column);
	int len = sqlite3_column_bytes(sql->statement, column);

	if (!text || len <= 0)
		return (struct span){ .ptr = "", .len = 0 };
	return arena_span(arena,
			  (struct span){ .ptr = text, .len = (size_t)len });
}

struct span
sql_blob(const struct sql *sql, int column)
{
	return (struct span){
		.ptr = sqlite3_column_blob(sql->statement, column),
		.len = (size_t)sqlite3_column_bytes(sql->statement, column),
	};
}

struct words
sql_words(const struct sql *sql, int column, struct arena *arena)
{
	struct span rest = sql_text(sql, column, arena), word;
	struct words words = { 0 };
	size_t count = 1;

	if (!rest.len)
		return words;
	for (size_t i = 0; i < rest.len; i++)
		count += rest.ptr[i] == '\n';
	words.at = arena_array(arena, count, sizeof(*words.at));
	while (words.count < count && span_next(&rest, '\n', &word))
		words.at[words.count++] = word;
	return words;
}

struct date
sql_date(const struct sql *sql, int column)
{
	int value = (int)sql_number(sql, column);

	return (struct date){ .year = value / 10000,
			      .month = value / 100 % 100,
			      .day = value % 100 };
}

int64_t
sql_last_id(const struct store *store)
{
	return sqlite3_last_insert_rowid(store->db);
}

size_t
store_limit(size_t asked)
{
	return asked && asked < STORE_LIST_MAX ? asked : STORE_LIST_MAX;
}

/* ---- opening ---- */

static void
read_death_wish(struct store *store)
{
#ifdef CLERKD_CRASH_TESTS
	const char *wish = getenv("CLERKD_STORE_DIE_AFTER");

	if (wish)
		store->die_after = (unsigned)strtoul(wish, NULL, 10);
#else
	(void)store;
#endif
}

/* The record is for the daemon's user alone; SQLite gives its log and index the
 * rights of the file. */
static void
make_private(const char *path)
{
	int fd;

	if (!strcmp(path, ":memory:"))
		return;
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0)
		close(fd); /* else it is there, or SQLite tells why not */
}

int
store_open(const char *path, struct store **ret_store, struct error *err)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
			  SQLITE_OPEN_NOMUTEX;
	struct store *store = calloc(1, sizeof(*store));

	if (!store)
		return error_set(err, ERROR_INTERNAL, "store: no memory");
	make_private(path);
	buf_init(&store->source_name, WORDS_MAX);
	buf_init(&store->words, WORDS_MAX);
	if (sqlite3_open_v2(path, &store->db, flags, NULL) != SQLITE_OK) {
		sql_error(store, "opening", err);
		goto fail;
	}
	sqlite3_busy_timeout(store->db, BUSY_MS);
	if (sql_script(store, settings, err) || store_schema_bring(store, err))
		goto fail;
	read_death_wish(store);
	*ret_store = store;
	return 0;
fail:
	error_add(err, "store %s", path);
	store_close(store);
	return -1;
}

void
store_close(struct store *store)
{
	if (!store)
		return;
	for (size_t i = 0; i < STORE_STATEMENTS; i++)
		sqlite3_finalize(store->kept[i].statement);
	sqlite3_close(store->db);
	keys_forget(store);
	buf_clear(&store->source_name);
	buf_clear(&store->words);
	free(store);
}

/* ---- transactions ---- */

int
store_begin(struct store *store, struct error *err)
{
	struct sql q;

	if (store->begun)
		return error_set(err, ERROR_INTERNAL,
				 "store: a transaction within another");
	if (sql_open(&q, store, "BEGIN IMMEDIATE", err) || sql_run(&q, err))
		return -1;
	store->begun = true;
	return 0;
}

int
store_commit(struct store *store, struct error *err)
{
	struct sql q;

	if (sql_open(&q, store, "COMMIT", err) || sql_run(&q, err))
		return -1;
	store->begun = false;
	return 0;
}

void
store_rollback(struct store *store)
{
	struct error ignored;
	struct sql q;

	if (store->begun && !sqlite3_get_autocommit(store->db) &&
	    !sql_open(&q, store, "ROLLBACK", &ignored))
		sql_run(&q, &ignored);
	store->begun = false;
	store->next_thread = 0; /* what was counted on is gone */
	keys_forget(store);
	store->source_id = 0;
}

void
store_die_after(struct store *store, unsigned writes)
{
	store->die_after = writes;
}

void
store_count_write(struct store *store)
{
#ifdef CLERKD_CRASH_TESTS
	if (store->die_after && !--store->die_after)
		raise(SIGKILL);
#else
	(void)store;
#endif
}

/* ---- names ---- */

const char *
case_state_name(enum case_state state)
{
	static const char *const names[] = {
		[CASE_NONE] = "none",           [CASE_WAITING] = "waiting",
		[CASE_HELD] = "acknowledged",   [CASE_ANSWERED] = "answered",
		[CASE_WITHDRAWN] = "withdrawn",
	};

	_Static_assert(ARRAY_SIZE(names) == CASE_STATE_COUNT, "all states");
	return state < CASE_STATE_COUNT ? names[state] : "?";
}

const char *
case_event_name(enum case_event_kind kind)
{
	static const char *const names[] = {
		[EVENT_OPENED] = "opened",
		[EVENT_ACKNOWLEDGED] = "acknowledged",
		[EVENT_HOLDING] = "holding",
		[EVENT_RESPONDED] = "responded",
		[EVENT_REASSIGNED] = "reassigned",
		[EVENT_REOPENED] = "reopened",
		[EVENT_CHASED] = "chased",
		[EVENT_ESCALATED] = "escalated",
		[EVENT_WITHDRAWN] = "withdrawn",
		[EVENT_REMINDER] = "reminder",
		[EVENT_UNDELIVERED] = "undelivered",
	};

	_Static_assert(ARRAY_SIZE(names) == EVENT_KIND_COUNT, "all events");
	return kind < EVENT_KIND_COUNT ? names[kind] : "?";
}

const char *
letter_state_name(enum letter_state state)
{
	static const char *const names[] = {
		[LETTER_QUEUED] = "queued", [LETTER_SENDING] = "sending",
		[LETTER_SENT] = "sent",     [LETTER_UNKNOWN] = "unknown",
		[LETTER_FAILED] = "failed",
	};

	_Static_assert(ARRAY_SIZE(names) == LETTER_STATE_COUNT, "all states");
	return state < LETTER_STATE_COUNT ? names[state] : "?";
}
