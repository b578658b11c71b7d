/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_PRIVATE_H
#define STORE_PRIVATE_H
/*
 * What the files of the SQLite store share: the open database and a small way
 * to run a statement. Nobody else includes this.
 *
 *	struct sql q;
 *	if (sql_open(&q, store, "SELECT …", err))
 *		return -1;
 *	sql_bind_number(&q, id);
 *	while ((found = sql_row(&q, err)) == 1)
 *		… sql_number(&q, 0) …
 *
 * Statements are prepared once and kept, by the address of their text: it has
 * to be a literal. sql_row() and sql_run() reset the statement when they give
 * anything but 1; who stops before that calls sql_close(). Binding goes from
 * left to right and borrows the text until then.
 */
#include "store.h"

struct sqlite3;
struct sqlite3_stmt;

enum {
	STORE_STATEMENTS = 128 /* a power of two, at least twice the literals */
};

struct store {
	struct sqlite3 *db;
	struct {
		const char *text;
		struct sqlite3_stmt *statement;
	} kept[STORE_STATEMENTS];
	int64_t next_thread; /* 0: to be asked */
	int64_t source_id;   /* of the name below, or 0 */
	struct buf source_name;
	struct buf words;            /* for joining */
	struct key_filters *filters; /* NULL: to be loaded */
	unsigned die_after;
	bool begun;
};

struct sql {
	struct store *store;
	struct sqlite3_stmt *statement;
	int bound;
};

int sql_open(struct sql *sql, struct store *store, const char *literal,
	     struct error *err);
void sql_bind_number(struct sql *sql, long long value);
void sql_bind_real(struct sql *sql, double value);
void sql_bind_text(struct sql *sql, struct span value);
void sql_bind_blob(struct sql *sql, struct span value);
void sql_bind_words(struct sql *sql, const struct words *value);
void sql_bind_date(struct sql *sql, struct date value);
int sql_row(struct sql *sql, struct error *err); /* 1, 0, -1 */
int sql_run(struct sql *sql, struct error *err); /* a write; 0 or -1 */
void sql_close(struct sql *sql);
long long sql_number(const struct sql *sql, int column);
double sql_real(const struct sql *sql, int column);
struct span sql_text(const struct sql *sql, int column, struct arena *arena);
/* Borrowed until the next row. */
struct span sql_blob(const struct sql *sql, int column);
struct words sql_words(const struct sql *sql, int column, struct arena *arena);
struct date sql_date(const struct sql *sql, int column);

/* Runs statements that return nothing; for schema and transactions. */
int sql_script(struct store *store, const char *text, struct error *err);
int64_t sql_last_id(const struct store *store);
/* Counts down to the death that a crash test asked for. */
void store_count_write(struct store *store);
size_t store_limit(size_t asked);

/* Brings the schema up to STORE_SCHEMA, each step in its own transaction. */
int store_schema_bring(struct store *store, struct error *err);

/* The message is unverified no more. */
int message_verified(struct store *store, int64_t message, struct error *err);

/* Where a key stands. row 0: it is not there yet. */
struct key_place {
	int64_t row, thread, message;
};

int key_find(struct store *store, const struct thread_key *key,
	     struct key_place *ret_place, struct error *err); /* 1, 0, -1 */
int key_put(struct store *store, const struct thread_key *key,
	    const struct key_place *place, struct error *err);
/* Drops what is kept in memory about keys; it is loaded again when needed. */
void keys_forget(struct store *store);

#endif
