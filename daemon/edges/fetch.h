/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FETCH_H
#define FETCH_H
/*
 * New mail of one mailbox, in batches, without end: IMAP (role "fetch"), or a
 * Maildir or folder on this machine (role "folder"). One process each, with
 * that mailbox's credential and nothing else.
 *
 * The mailbox is only ever read: EXAMINE and BODY.PEEK, no flag is set.
 *
 * Use:     fetch_open() with the cursors that the store has; poll fetch_fd()
 *          for fetch_wants(); on each wake fetch_next() until it returns 0:
 *            FETCH_BATCH  raw messages, yours: read them, record them and the
 *                         cursor in one transaction, then fetch_taken().
 *                         Only FETCH_BATCHES_AHEAD are sent before that.
 *            FETCH_STATE  how the mailbox is, for status and log
 *            FETCH_SEEN   folder sources: which of these keys are recorded?
 *                         answer by fetch_answer()
 *            FETCH_ENDED  the process is gone: fetch_close(), and fetch_open()
 *                         again after fetch_backoff_ms()
 * Again:   after a crash on either side a batch may come twice; the store
 *          knows its messages. A new UIDVALIDITY is told as a state, and
 *          everything is sent again under it.
 * Bad mail: a message that cannot be fetched comes as an item with a reason,
 *          so that it is recorded as unreadable and the rest goes on.
 * Errors:  the role keeps trying, with back-off and jitter, and says in
 *          FETCH_STATE what is wrong and what to do.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "batch.h"
#include "wire.h"

enum {
	FETCH_BATCHES_AHEAD = 6,
	FETCH_FOLDERS_MAX = 64,
	FETCH_SEEN_MAX = 500,
	FETCH_DEADLINE_S = 60,
	FETCH_IDLE_S = 9 * 60,
	FETCH_POLL_S = 60
};

enum mailbox_kind { MAILBOX_IMAP, MAILBOX_MAILDIR, MAILBOX_FOLDER };
enum mailbox_tls {
	MAILBOX_TLS_IMPLICIT,
	MAILBOX_TLS_STARTTLS,
	MAILBOX_TLS_NONE /* to this machine only */
};

/* As the configuration has it. Strings are the configuration's; NULL where
 * nothing is said. 0 of a number means its default. */
struct mailbox_settings {
	enum mailbox_kind kind;
	const char *name;  /* of the mailbox, in logs and the store */
	const char *owner; /* the owner's address */
	bool journal;      /* journal reports are believed here */

	const char *const *folders; /* IMAP: none means INBOX; in UTF-8 */
	size_t folder_count;
	const char *const *sent_folders; /* those of them that hold sent mail */
	size_t sent_folder_count;

	const char *path; /* Maildir or folder */

	const char *host;
	int port; /* 0: 993 or 143 */
	enum mailbox_tls tls;
	const char *ca_file; /* NULL: the system's */
	const char *user;
	const char *password_file; /* or one of the next two: XOAUTH2 */
	const char *token_file, *token_command;

	unsigned poll_s;     /* look again after, where nobody tells */
	unsigned idle_s;     /* renew IDLE after */
	unsigned deadline_s; /* for one answer of the server */
	unsigned batch;      /* messages in a batch, at most */
	size_t message_max;  /* longer ones are cut */
};

/* ERROR_CONFIG with what to do, when they cannot be. */
int mailbox_settings_check(const struct mailbox_settings *settings,
			   struct error *err);

/* Everything up to uid is recorded. */
struct fetch_cursor {
	const char *folder;
	uint32_t uidvalidity, uid;
};

enum fetch_state {
	FETCH_CONNECTING,
	FETCH_WORKING,    /* logged in, taking mail */
	FETCH_UP_TO_DATE, /* nothing new; waiting */
	FETCH_RENUMBERED, /* a folder has a new UIDVALIDITY: all comes again */
	FETCH_TROUBLE,    /* see the text; will try again */
	FETCH_STATE_COUNT
};

enum fetch_event_kind { FETCH_BATCH, FETCH_STATE, FETCH_SEEN, FETCH_ENDED };

/* Texts are valid until the next fetch_next(). */
struct fetch_event {
	enum fetch_event_kind kind;
	struct batch *batch; /* FETCH_BATCH: the receiver's to free */
	enum fetch_state state;
	struct span text;        /* of the state, or why it ended */
	struct span folder;      /* of the state; may be empty */
	unsigned retry_s;        /* FETCH_TROUBLE: tried again after */
	const struct span *keys; /* FETCH_SEEN: as batch_key() has them */
	size_t key_count;
};

struct fetch;

int fetch_open(const struct mailbox_settings *settings,
	       const struct fetch_cursor *cursors, size_t cursor_count,
	       struct fetch **ret_fetch, struct error *err);
/* Ends the process. Accepts NULL. */
void fetch_close(struct fetch *fetch);

int fetch_fd(const struct fetch *fetch);
short fetch_wants(const struct fetch *fetch);
pid_t fetch_pid(const struct fetch *fetch);
/* 1: an event; 0: none now. Never blocks. */
int fetch_next(struct fetch *fetch, struct fetch_event *ret_event);
/* What it sent up to that batch's serial is recorded. */
void fetch_taken(struct fetch *fetch, uint64_t serial);
/* seen[i] for each key of the FETCH_SEEN, which was the last event. */
void fetch_answer(struct fetch *fetch, const bool *seen, size_t count);

/* How long to wait before the nth attempt in a row (from 1), with jitter. */
unsigned fetch_backoff_ms(unsigned failures);

const char *fetch_state_name(enum fetch_state state);

/* ---- the roles ---- */

int fetch_role(struct wire *wire);
int fetch_local_role(struct wire *wire);

#endif
