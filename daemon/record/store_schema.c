/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables, and how each older schema becomes the next one.
 *
 * PRAGMA user_version holds the number of the schema. A step runs in one
 * transaction together with its number, so a crash leaves the old schema.
 *
 *   source    names of mailboxes and local sources, so that rows stay small
 *   delivery  each arrival; message NULL: unreadable, `reason` says why
 *   message   one row per (Message-ID, text). `thread` ascends with time, so
 *             the index by thread grows at its end. `readings` are bits, see
 *             enum reading in the message file
 *   thread_key  hash of a key, in generations -> thread, and for a Message-ID
 *             that was seen the message; see the thread file. A hash and no
 *             text: among two million look-ups two keys meet wrongly with
 *             odds of 1 to 500
 *   key_filter  which keys a full generation may hold
 *   thread_alias  threads that were found to be one: old -> the one that is
 *   claim     what is kept of a message whose sender failed the check
 *   finding, evidence, decision; cases, event; bounce; letter; note
 *
 * Lists of addresses and clauses are lines of one text. Days are yyyymmdd.
 */
#include "store_private.h"

static const char schema_1[] =
	"CREATE TABLE source ("
	" id INTEGER PRIMARY KEY,"
	" name TEXT NOT NULL UNIQUE);"

	"CREATE TABLE cursor ("
	" source INTEGER NOT NULL REFERENCES source,"
	" folder TEXT NOT NULL,"
	" uidvalidity INTEGER NOT NULL,"
	" uid INTEGER NOT NULL,"
	" PRIMARY KEY (source, folder)) WITHOUT ROWID;"

	"CREATE TABLE message ("
	" id INTEGER PRIMARY KEY,"
	" thread INTEGER NOT NULL,"
	" message_id TEXT NOT NULL,"
	" body_hash INTEGER NOT NULL,"
	" received INTEGER NOT NULL,"
	" date INTEGER NOT NULL,"
	" sender TEXT NOT NULL,"
	" recipients TEXT NOT NULL,"
	" copies TEXT NOT NULL,"
	" hidden TEXT NOT NULL,"
	" automatic INTEGER NOT NULL,"
	" direction INTEGER NOT NULL,"
	" readings INTEGER NOT NULL,"
	" reply INTEGER NOT NULL,"
	" promise INTEGER NOT NULL,"
	" reading INTEGER NOT NULL);"
	"CREATE INDEX message_thread ON message (thread, received);"

	"CREATE TABLE delivery ("
	" source INTEGER NOT NULL REFERENCES source,"
	" key TEXT NOT NULL,"
	" message INTEGER REFERENCES message,"
	" at INTEGER NOT NULL,"
	" reason TEXT NOT NULL,"
	" PRIMARY KEY (source, key)) WITHOUT ROWID;"
	"CREATE INDEX delivery_unreadable ON delivery (at)"
	" WHERE message IS NULL;"

	"CREATE TABLE thread_key ("
	" hash INTEGER PRIMARY KEY,"
	" thread INTEGER NOT NULL,"
	" message INTEGER NOT NULL);"
	"CREATE TABLE key_filter ("
	" generation INTEGER PRIMARY KEY,"
	" bits BLOB NOT NULL);"
	"CREATE TABLE thread_alias ("
	" old INTEGER PRIMARY KEY,"
	" thread INTEGER NOT NULL);"
	"CREATE INDEX thread_alias_thread ON thread_alias (thread);"

	"CREATE TABLE finding ("
	" id INTEGER PRIMARY KEY,"
	" message INTEGER NOT NULL REFERENCES message,"
	" rule TEXT NOT NULL,"
	" severity INTEGER NOT NULL,"
	" shadow INTEGER NOT NULL,"
	" score REAL NOT NULL,"
	" clauses TEXT NOT NULL,"
	" reason TEXT NOT NULL,"
	" version INTEGER NOT NULL,"
	" found INTEGER NOT NULL,"
	" told INTEGER NOT NULL);"
	"CREATE INDEX finding_message ON finding (message);"
	"CREATE INDEX finding_untold ON finding (severity)"
	" WHERE told = 0 AND shadow = 0;"
	"CREATE TABLE evidence ("
	" finding INTEGER NOT NULL REFERENCES finding,"
	" ordinal INTEGER NOT NULL,"
	" place TEXT NOT NULL,"
	" start INTEGER NOT NULL,"
	" stop INTEGER NOT NULL,"
	" text TEXT NOT NULL,"
	" PRIMARY KEY (finding, ordinal)) WITHOUT ROWID;"
	"CREATE TABLE decision ("
	" id INTEGER PRIMARY KEY,"
	" finding INTEGER NOT NULL REFERENCES finding,"
	" upheld INTEGER NOT NULL,"
	" reason TEXT NOT NULL,"
	" who TEXT NOT NULL,"
	" at INTEGER NOT NULL);"
	"CREATE INDEX decision_finding ON decision (finding);"

	"CREATE TABLE cases ("
	" id INTEGER PRIMARY KEY,"
	" thread INTEGER NOT NULL,"
	" member TEXT NOT NULL,"
	" owner TEXT NOT NULL,"
	" state INTEGER NOT NULL,"
	" opened INTEGER NOT NULL,"
	" clock INTEGER NOT NULL,"
	" acknowledged INTEGER NOT NULL,"
	" closed INTEGER NOT NULL,"
	" rung INTEGER NOT NULL,"
	" wake INTEGER NOT NULL,"
	" promise INTEGER NOT NULL,"
	" round INTEGER NOT NULL,"
	" enquiry INTEGER NOT NULL REFERENCES message,"
	" enquiry_id TEXT NOT NULL,"
	" refs TEXT NOT NULL,"
	" subject TEXT NOT NULL,"
	" excerpt TEXT NOT NULL);"
	"CREATE INDEX cases_thread ON cases (thread);"
	"CREATE INDEX cases_wake ON cases (wake) WHERE wake > 0;"
	"CREATE INDEX cases_open ON cases (id) WHERE closed = 0;"

	"CREATE TABLE event ("
	" id INTEGER PRIMARY KEY,"
	" case_id INTEGER NOT NULL REFERENCES cases,"
	" kind INTEGER NOT NULL,"
	" at INTEGER NOT NULL,"
	" message INTEGER REFERENCES message,"
	" owner TEXT NOT NULL,"
	" promise INTEGER NOT NULL,"
	" stage TEXT NOT NULL,"
	" recipients TEXT NOT NULL,"
	" copies TEXT NOT NULL,"
	" letter INTEGER NOT NULL,"
	" upwards INTEGER NOT NULL,"
	" voided INTEGER NOT NULL);"
	"CREATE INDEX event_case ON event (case_id);"
	"CREATE INDEX event_at ON event (at);"
	"CREATE INDEX event_message ON event (message)"
	" WHERE message IS NOT NULL;"
	"CREATE INDEX event_letter ON event (letter)"
	" WHERE stage <> '';"

	"CREATE TABLE bounce ("
	" message_id TEXT NOT NULL,"
	" recipient TEXT NOT NULL,"
	" PRIMARY KEY (message_id, recipient)) WITHOUT ROWID;"

	"CREATE TABLE letter ("
	" id INTEGER PRIMARY KEY,"
	" state INTEGER NOT NULL,"
	" recipient TEXT NOT NULL,"
	" message_id TEXT NOT NULL,"
	" kind TEXT NOT NULL,"
	" text TEXT NOT NULL,"
	" queued INTEGER NOT NULL,"
	" next_try INTEGER NOT NULL,"
	" settled INTEGER NOT NULL,"
	" attempts INTEGER NOT NULL,"
	" note TEXT NOT NULL,"
	" UNIQUE (message_id, recipient));"
	"CREATE INDEX letter_due ON letter (next_try) WHERE settled = 0;"

	"CREATE TABLE note ("
	" name TEXT PRIMARY KEY,"
	" value TEXT NOT NULL) WITHOUT ROWID;";

/* Decisions with a kind of reason; findings counted by rule. */
static const char schema_2[] =
	"ALTER TABLE decision ADD COLUMN cause INTEGER NOT NULL DEFAULT 0;"
	"CREATE INDEX finding_rule ON finding (rule, shadow);";

/* Messages in the name of somebody who perhaps did not write them; who surely
 * was a blind copy. */
static const char schema_3[] =
	"ALTER TABLE message ADD COLUMN proven TEXT NOT NULL DEFAULT '';"
	"CREATE TABLE claim ("
	" message INTEGER PRIMARY KEY REFERENCES message,"
	" why TEXT NOT NULL,"
	" findings INTEGER NOT NULL,"
	" subject TEXT NOT NULL,"
	" excerpt TEXT NOT NULL,"
	" refs TEXT NOT NULL,"
	" found INTEGER NOT NULL,"
	" settled INTEGER NOT NULL,"
	" genuine INTEGER NOT NULL,"
	" who TEXT NOT NULL);"
	"CREATE INDEX claim_unsettled ON claim (message) WHERE settled = 0;";

/* Step n brings schema n to n + 1. */
static const char *const steps[] = { schema_1, schema_2, schema_3 };

_Static_assert(ARRAY_SIZE(steps) == STORE_SCHEMA, "a step for each schema");

static int
schema_number(struct store *store, int *ret_number, struct error *err)
{
	struct sql q;
	int found;

	if (sql_open(&q, store, "PRAGMA user_version", err))
		return -1;
	if ((found = sql_row(&q, err)) == 1) {
		*ret_number = (int)sql_number(&q, 0);
		sql_close(&q);
	}
	return found < 0 ? -1 : 0;
}

static int
take_step(struct store *store, int from, struct error *err)
{
	char number[64];

	snprintf(number, sizeof(number), "PRAGMA user_version = %d", from + 1);
	if (store_begin(store, err))
		return -1;
	if (sql_script(store, steps[from], err) ||
	    sql_script(store, number, err) || store_commit(store, err)) {
		store_rollback(store);
		return error_add(err,
				 "while bringing the store from schema "
				 "%d to %d",
				 from, from + 1);
	}
	return 0;
}

int
store_schema_bring(struct store *store, struct error *err)
{
	int number = 0;

	if (schema_number(store, &number, err))
		return -1;
	if (number > STORE_SCHEMA)
		return error_set(err, ERROR_CONFIG,
				 "the store has schema %d, this program knows "
				 "%d: it was written by a newer clerkd; "
				 "install that one again",
				 number, STORE_SCHEMA);
	for (; number < STORE_SCHEMA; number++)
		if (take_step(store, number, err))
			return -1;
	return 0;
}
