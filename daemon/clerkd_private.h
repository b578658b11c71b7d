/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLERKD_PRIVATE_H
#define CLERKD_PRIVATE_H
/*
 * The engine: the loop, the only writer of the store, the clock. Its parts, in
 * the order in which mail meets them:
 *
 *   roles    processes: started, watched, started again
 *   mailboxes  what the fetch roles say: state, cursors, batches
 *   engine   facts from the readers into the record, one transaction at a time
 *   post     reminders and letters when their time comes, fates back
 *   holidays the weekly fetch of bank holidays
 *   reload   a new configuration, whole or not at all
 *   answers  what clerkctl asks (answers_*: by subject)
 *
 * Everything happens in clerk_turn(), after whatever woke the loop: nothing
 * here blocks, and every part is bounded, so that the loop turns at least a few
 * times a second and the watchdog hears of it.
 */
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <systemd/sd-event.h>
#include <time.h>

#include "base/arena.h"
#include "base/error.h"
#include "duty/casework.h"
#include "duty/intake.h"
#include "duty/outbox.h"
#include "edges/control.h"
#include "edges/fetch.h"
#include "edges/read.h"
#include "edges/role.h"
#include "edges/send.h"
#include "record/store.h"
#include "snapshot.h"

struct clerk;
struct clerk_role;

/* ---- roles ---- */

/* One kind a line of behaviour; the desk will be another. A kind that is a
 * plain role on a wire gives settings and frame and the wire_role_ functions;
 * one with a face of its own (fetch) gives its own. */
struct role_kind {
	const char *name; /* as in edges/role.h */
	bool once;        /* not started by itself */
	int (*start)(struct clerk_role *role, struct error *err);
	int (*fd)(const struct clerk_role *role);
	short (*wants)(const struct clerk_role *role);
	/* Takes what it says. -1: it is over, and why. */
	int (*serve)(struct clerk_role *role, struct error *err);
	/* Ends what start began, or half of it. */
	void (*end)(struct clerk_role *role);
	pid_t (*pid)(const struct clerk_role *role);
	/* of plain roles */
	void (*settings)(struct clerk_role *role, struct buf *body);
	int (*frame)(struct clerk_role *role, const struct wire_frame *frame,
		     struct error *err);
	void (*ended)(struct clerk_role *role); /* may be NULL */
};

struct clerk_role {
	const struct role_kind *kind;
	struct clerk *clerk;
	char *label; /* for the log */
	bool up;
	sd_event_source *io;
	time_t started, retry_at;
	unsigned failures; /* short lives in a row */
	bool wanted;       /* false: stays down */
	bool paused;       /* has said more than can be taken just now */
	struct mailbox_state *mailbox; /* of a fetch role */
	/* of plain roles */
	struct role_process role;
	struct role_process token; /* its token helper, or nothing */
	const char *token_command;
};

/* How a mailbox is. */
struct mailbox_state {
	char *name, *fingerprint;
	struct fetch *fetch;                 /* NULL while it is down */
	const struct config_mailbox *config; /* of the present snapshot */
	unsigned generation;                 /* of its process */
	uint64_t waiting;             /* batches sent but not recorded yet */
	enum fetch_state state;       /* as told last */
	bool current;                 /* all of it was read and recorded */
	time_t since;                 /* current, or not current, since then */
	time_t success;               /* last time that the server answered */
	time_t last_message;          /* last time that one was taken in */
	uint64_t taken;               /* messages since start */
	char trouble[ERROR_TEXT_MAX]; /* empty: none */
	bool given_up; /* reminders do not wait for it any longer */
	time_t noted;  /* when the notes in the store were written last */
	time_t noted_success;
};

/* Starts what is due; ends what is not wanted. ret_next: when to look again. */
void roles_wake(struct clerk *clerk, time_t now, time_t *ret_next);
void roles_stop(struct clerk *clerk);
/* Hears those again that were paused. */
void roles_resume(struct clerk *clerk);
/* Queues a frame; a role that takes none is killed and started again. */
void role_tell(struct clerk_role *role, enum wire_kind kind, struct span body);
void role_restart(struct clerk_role *role, time_t at);
struct clerk_role *role_find(struct clerk *clerk, const char *kind,
			     const char *mailbox);
struct clerk_role *role_add(struct clerk *clerk, const struct role_kind *kind,
			    const char *label);
void role_remove(struct clerk *clerk, struct clerk_role *role);

int wire_role_start(struct clerk_role *role, struct error *err);
int wire_role_fd(const struct clerk_role *role);
short wire_role_wants(const struct clerk_role *role);
int wire_role_serve(struct clerk_role *role, struct error *err);
void wire_role_end(struct clerk_role *role);
pid_t wire_role_pid(const struct clerk_role *role);

extern const struct role_kind fetch_kind;

/* ---- mailboxes ---- */

/* One fetch role for each mailbox of the snapshot; those that are no more, or
 * are set otherwise, are ended. */
void mailboxes_arrange(struct clerk *clerk);
int mailboxes_check(const struct snapshot *snapshot, struct error *err);
/* A batch of this mailbox's was recorded. */
void mailboxes_taken(struct clerk *clerk, const char *name, uint64_t serial);
/* Every mailbox has been read to its end since it was last out of touch, or
 * has been out of touch for longer than casework.backlog_minutes. ret_next:
 * when that may change by itself. */
bool mailboxes_read(struct clerk *clerk, time_t now, time_t *ret_next);
/* Keeps their bookmarks in the store. */
void mailboxes_note(struct clerk *clerk, time_t now);

/* ---- engine ---- */

enum {
	ENGINE_COMMIT_MS = 250, /* a transaction is no older */
	ENGINE_READINGS = 200,  /* taken in one turn */
	ENGINE_PENDING = 64,    /* batches read but not committed */
	ENGINE_GENERATION = 40  /* bits of a serial below the generation */
};

struct engine_taken {
	char *mailbox;
	uint64_t serial;
};

struct engine {
	struct readers *readers;
	sd_event_source *io;
	bool open; /* a transaction */
	int64_t opened_ms;
	struct buf told; /* the readers' settings; a reload compares */
	struct engine_taken taken[ENGINE_PENDING];
	size_t taken_count;
	/* How far the batch in work has come. */
	struct store_cursor cursor;
	char *cursor_mailbox, *cursor_folder;
	uint64_t messages, unreadable, flags; /* since start */
	struct arena *arena;
	struct error doubt; /* kind NONE: none */
	char trouble[ERROR_TEXT_MAX];
	time_t trouble_at;
};

int engine_open(struct clerk *clerk, struct error *err);
void engine_close(struct clerk *clerk);
/* The snapshot is a new one: readers are begun anew when they must know. */
int engine_arrange(struct clerk *clerk, struct error *err);
/* Takes a batch over. */
int engine_submit(struct clerk *clerk, struct batch *batch, struct error *err);
/* Takes in what the readers have; true when there is more at once. */
bool engine_turn(struct clerk *clerk);
/* Opens the transaction unless it is open; all that writes calls it. */
int engine_begin(struct clerk *clerk, struct error *err);
/* Commits, if something is open. Those who need a transaction of their own
 * (outbox_take and friends) call it first. -1: everything since was undone. */
int engine_commit(struct clerk *clerk, struct error *err);
void engine_doubt(struct clerk *clerk, const struct error *err);
/* Something was undone: mail is read again from the cursors. */
void engine_trouble(struct clerk *clerk, const struct error *err);

/* ---- post ---- */

struct clerk_post {
	int64_t letter; /* on its way to the relay; 0 none */
	bool ready;     /* the sender is */
	bool take;      /* there may be a letter to take */
	bool waits;     /* reminders, for unread mail */
	time_t next;    /* casework or outbox want to be woken; 0 never */
	time_t woken;
	time_t relay_retry; /* no letter before; the relay was down */
	unsigned relay_failures;
	time_t relay_success;
	char relay_trouble[ERROR_TEXT_MAX];
	uint64_t sent;   /* since start */
	struct buf told; /* the sender's settings; a reload compares */
};

/* Starts the sender, or starts it anew when it is set otherwise. */
void post_arrange(struct clerk *clerk);
int post_check(const struct snapshot *snapshot, struct error *err);
/* ret_next: when to call again. */
void post_turn(struct clerk *clerk, time_t now, time_t *ret_next);
/* Something happened that may have to be told soon. */
void post_soon(struct clerk *clerk);

/* ---- holidays ---- */

struct holidays {
	time_t next;
	char trouble[ERROR_TEXT_MAX];
};

void holidays_arrange(struct clerk *clerk);
void holidays_wake(struct clerk *clerk, time_t now, time_t *ret_next);
/* Brings the daemon's own copy up to the shipped one. */
void holidays_keep(struct clerk *clerk);

/* ---- reload ---- */

/* The snapshot, checked by everybody who uses it. On -1 the faults are printed
 * to standard error if asked, and the first is in err. */
int reload_load(const char *path, enum snapshot_filter filter, bool print,
		struct snapshot **ret_snapshot, struct error *err);
/* Makes the engine work with this snapshot; the old one, if any, is freed. On
 * -1 everything is as it was, and the snapshot is the caller's still. */
int reload_use(struct clerk *clerk, struct snapshot *snapshot,
	       struct error *err);
/* SIGHUP. */
void reload(struct clerk *clerk);

/* ---- answers ---- */

struct answering {
	struct clerk *clerk;
	const struct control_request *request;
	struct control_answer *answer;
	struct json_writer json;
	struct arena *arena;
	bool usage; /* asked in a way that nobody could answer */
};

/* The handler of the control socket. */
void answer(void *context, const struct control_request *request,
	    struct control_answer *answer);

/* Each fills the answer; -1: err is why. ERROR_INPUT is the asker's mistake. */
typedef int answer_function(struct answering *answering, struct error *err);
answer_function answer_status, answer_cases, answer_case, answer_flags,
	answer_flag, answer_decide, answer_unreadable, answer_pause,
	answer_resume, answer_rules, answer_test_letter, answer_unverified,
	answer_confirm;

/* "12", "C12", "F12" */
/* The asker's mistake in words, as wrong usage; returns -1. */
int answer_usage(struct answering *answering, const char *words,
		 struct error *err);
int answer_number(struct answering *answering, int64_t *ret_number,
		  struct error *err);
/* The value after "--reason" and the like; NULL without. */
const char *answer_option(const struct answering *answering, const char *name);
bool answer_flag_given(const struct answering *answering, const char *name);
/* The name of the account that asks. */
struct span answer_who(const struct answering *answering);
/* A stamp with offset, or null for 0. */
void answer_put_time(struct answering *answering, const char *key, time_t when);
void answer_put_words(struct answering *answering, const char *key,
		      const struct words *words);
void answer_line(struct answering *answering);
/* What was done, in one line. */
int answer_done(struct answering *answering, const char *said);
/* "unverified": how many wait, and how many of them look like enquiries. */
int answer_put_claims(struct answering *answering, size_t *ret_enquiries,
		      struct error *err);
/* "consider_shadow": the rules whose flags are mostly dismissed. */
int answer_put_reviews(struct answering *answering, struct error *err);

/* ---- all of it ---- */

struct clerk {
	const char *config_path;
	time_t ahead; /* of the machine's clock; --pretend-now */
	struct snapshot *snapshot;
	struct store *store;
	int lock; /* on the folder of the record */
	struct casework casework;
	struct intake intake;
	struct outbox *outbox; /* NULL: no relay is configured */
	struct control *control;
	sd_event *event;
	sd_event_source *timer;
	struct clerk_role **roles;
	size_t role_count;
	struct engine engine;
	struct clerk_post post;
	struct holidays holidays;
	time_t started, reloaded;
	char reload_trouble[ERROR_TEXT_MAX]; /* the last one was refused */
	char status[256];                    /* as told to systemd */
	time_t status_at;
	int64_t stop_at_ms;
	bool turn_again, stopping, reload_wanted;
	int exit_status;
};

time_t clerk_now(const struct clerk *clerk);
int64_t clerk_ms(void); /* monotonic */
/* The earlier of two times of which 0 is never. */
void clerk_sooner(time_t *next, time_t other);
/* Ends the loop. */
void clerk_fail(struct clerk *clerk, const struct error *err);

#endif
