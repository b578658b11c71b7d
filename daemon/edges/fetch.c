/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#include "fetch_private.h"
#include "role.h"
#include "secret.h"
#include "send.h"

enum {
	BACKOFF_FIRST_MS = 1000,
	BACKOFF_MOST_MS = 15 * 60 * 1000,
	BACKOFF_DOUBLINGS = 10,
	EVENT_ARENA_MAX = 64 * 1024 * 1024
};

struct fetch {
	struct role_process role, token;
	struct arena *arena; /* of the last event */
	/* What the role has no say in, though it writes it into batches. */
	struct arena *settings_arena;
	const char *name, *owner;
	bool journal, imap;
	const char **folders, **sent_folders;
	size_t folder_count, sent_count;
	uint64_t serial; /* of the last batch */
	bool ended;
	struct error why;
};

static const char *const state_names[] = {
	[FETCH_CONNECTING] = "connecting", [FETCH_WORKING] = "working",
	[FETCH_UP_TO_DATE] = "up to date", [FETCH_RENUMBERED] = "renumbered",
	[FETCH_TROUBLE] = "trouble",
};
_Static_assert(ARRAY_SIZE(state_names) == FETCH_STATE_COUNT, "names");

const char *
fetch_state_name(enum fetch_state state)
{
	return state_names[state];
}

unsigned
fetch_backoff_ms(unsigned failures)
{
	unsigned doublings = failures > 1 ? failures - 1 : 0, wait, luck = 0;

	if (doublings > BACKOFF_DOUBLINGS)
		doublings = BACKOFF_DOUBLINGS;
	wait = (unsigned)BACKOFF_FIRST_MS << doublings;
	if (wait > BACKOFF_MOST_MS)
		wait = BACKOFF_MOST_MS;
	/* Between half and the whole, so that many do not come at once. */
	if (getrandom(&luck, sizeof luck, 0) < 0)
		luck = 0;
	return wait / 2 + luck % (wait / 2 + 1);
}

/* ---- settings ---- */

static bool
has_control(const char *text)
{
	for (; text != NULL && *text != '\0'; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return true;
	return false;
}

static int
check_imap(const struct mailbox_settings *settings, struct error *err)
{
	unsigned ways = (settings->password_file != NULL) +
			(settings->token_file != NULL) +
			(settings->token_command != NULL);
	size_t i;

	if (settings->host == NULL || has_control(settings->host))
		return error_set(err, ERROR_CONFIG, "give a host");
	if (settings->user == NULL || has_control(settings->user))
		return error_set(err, ERROR_CONFIG, "give a user");
	if (ways != 1)
		return error_set(err, ERROR_CONFIG,
				 "give one of password_file, token_file and "
				 "token_command");
	if (settings->tls == MAILBOX_TLS_NONE &&
	    !send_host_is_loopback(settings->host))
		return error_set(err, ERROR_CONFIG,
				 "without TLS only to this machine: say "
				 "\"implicit\" or \"starttls\"");
	for (i = 0; i < settings->folder_count; i++)
		if (has_control(settings->folders[i]) ||
		    !text_utf8_valid(span_of(settings->folders[i])))
			return error_set(err, ERROR_CONFIG,
					 "folder %zu has no usable name",
					 i + 1);
	return 0;
}

int
mailbox_settings_check(const struct mailbox_settings *settings,
		       struct error *err)
{
	if (settings->name == NULL || *settings->name == '\0' ||
	    has_control(settings->name))
		return error_set(err, ERROR_CONFIG, "give the mailbox a name");
	if (settings->folder_count > FETCH_FOLDERS_MAX)
		return error_set(err, ERROR_CONFIG, "more than %d folders",
				 FETCH_FOLDERS_MAX);
	if (settings->kind == MAILBOX_IMAP)
		return check_imap(settings, err);
	if (settings->path == NULL || *settings->path != '/')
		return error_set(err, ERROR_CONFIG,
				 "give the path of the folder, from \"/\" on");
	return 0;
}

/* ---- opening ---- */

static const char **
copy_strings(struct arena *arena, const char *const *at, size_t count)
{
	const char **copy = arena_array(arena, count, sizeof *copy);
	size_t i;

	for (i = 0; i < count; i++)
		copy[i] = arena_string(arena, at[i]);
	return copy;
}

static void
keep_settings(struct fetch *fetch, const struct mailbox_settings *settings)
{
	static const char *const inbox[] = { "INBOX" };
	struct arena *arena = arena_new(0);
	bool given = settings->folder_count != 0;

	fetch->settings_arena = arena;
	fetch->name = arena_string(arena, settings->name);
	fetch->owner = arena_string(
		arena, settings->owner != NULL ? settings->owner : "");
	fetch->journal = settings->journal;
	fetch->imap = settings->kind == MAILBOX_IMAP;
	fetch->folder_count = given ? settings->folder_count : 1;
	fetch->folders = copy_strings(arena, given ? settings->folders : inbox,
				      fetch->folder_count);
	fetch->sent_count = settings->sent_folder_count;
	fetch->sent_folders = copy_strings(arena, settings->sent_folders,
					   settings->sent_folder_count);
}

/* The token, where there is one, passes between the two roles only. */
static int
start_roles(struct fetch *fetch, const struct mailbox_settings *settings,
	    struct error *err)
{
	const char *name = settings->kind == MAILBOX_IMAP ? "fetch" : "folder";
	int fd, rc;

	if (settings->token_command == NULL)
		return role_start(name, NULL, 0, &fetch->role, err);
	if (secret_start(settings->token_command, &fetch->token, &fd, err) != 0)
		return -1;
	rc = role_start(name, &fd, 1, &fetch->role, err);
	close(fd);
	return rc;
}

static int
send_start(struct fetch *fetch, const struct mailbox_settings *settings,
	   const struct fetch_cursor *cursors, size_t cursor_count,
	   struct error *err)
{
	struct buf body;
	size_t i;
	int rc;

	buf_init(&body, WIRE_FRAME_MAX);
	fetch_put_settings(&body, settings);
	rc = wire_send(fetch->role.wire, WIRE_SETTINGS, buf_span(&body), -1,
		       err);
	buf_empty(&body);
	wire_put_number(&body, (int64_t)cursor_count);
	for (i = 0; i < cursor_count; i++) {
		wire_put_string(&body, cursors[i].folder);
		wire_put_number(&body, cursors[i].uidvalidity);
		wire_put_number(&body, cursors[i].uid);
	}
	if (rc == 0)
		rc = wire_send(fetch->role.wire, WIRE_CURSORS, buf_span(&body),
			       -1, err);
	buf_clear(&body);
	return rc;
}

int
fetch_open(const struct mailbox_settings *settings,
	   const struct fetch_cursor *cursors, size_t cursor_count,
	   struct fetch **ret_fetch, struct error *err)
{
	struct fetch *fetch;

	if (mailbox_settings_check(settings, err) != 0)
		return -1;
	fetch = calloc(1, sizeof *fetch);
	if (fetch == NULL)
		abort();
	fetch->arena = arena_new(EVENT_ARENA_MAX);
	keep_settings(fetch, settings);
	if (start_roles(fetch, settings, err) != 0 ||
	    send_start(fetch, settings, cursors, cursor_count, err) != 0) {
		fetch_close(fetch);
		return -1;
	}
	*ret_fetch = fetch;
	return 0;
}

void
fetch_close(struct fetch *fetch)
{
	if (fetch == NULL)
		return;
	/* It has nothing that would be lost. */
	role_kill(&fetch->role);
	role_kill(&fetch->token);
	wire_close(fetch->role.wire);
	wire_close(fetch->token.wire);
	arena_free(fetch->arena);
	arena_free(fetch->settings_arena);
	free(fetch);
}

int
fetch_fd(const struct fetch *fetch)
{
	return wire_fd(fetch->role.wire);
}

short
fetch_wants(const struct fetch *fetch)
{
	return wire_wants(fetch->role.wire);
}

pid_t
fetch_pid(const struct fetch *fetch)
{
	return fetch->role.pid;
}

/* ---- events ---- */

/* A role in an attacker's hands may invent mail of its own mailbox, as its
 * server may; it must not speak for another, nor make what it says a journal
 * or somebody's sent mail. */
static int
check_batch(struct fetch *fetch, struct batch *batch, struct error *err)
{
	if (batch->count == 0 || batch->serial != fetch->serial + 1 ||
	    (batch->uidvalidity != 0) != fetch->imap ||
	    (fetch->imap && !fetch_is_among(batch->folder, fetch->folders,
					    fetch->folder_count)))
		return error_set(err, ERROR_INPUT,
				 "a batch that makes no sense");
	fetch->serial = batch->serial;
	batch_name(batch, fetch->name, NULL, fetch->owner);
	batch->journal_mailbox = fetch->journal;
	if (fetch->imap)
		batch->sent_folder = fetch_is_among(
			batch->folder, fetch->sent_folders, fetch->sent_count);
	else if (fetch->sent_count == 0)
		batch->sent_folder = false;
	return 0;
}

static int
take_batch(struct fetch *fetch, const struct wire_frame *frame,
	   struct fetch_event *event, struct error *err)
{
	struct batch *batch;

	if (batch_decode(frame->body, frame->fd, &batch, err) != 0)
		return -1;
	if (check_batch(fetch, batch, err) != 0) {
		batch_free(batch);
		return -1;
	}
	event->kind = FETCH_BATCH;
	event->batch = batch;
	return 0;
}

static int
take_state(struct fetch *fetch, struct span body, struct fetch_event *event,
	   struct error *err)
{
	struct wire_reader reader = wire_reader_of(body);

	event->kind = FETCH_STATE;
	event->state = (enum fetch_state)wire_get_number(&reader, 0,
							 FETCH_STATE_COUNT - 1);
	event->folder = arena_span(fetch->arena,
				   wire_get_text(&reader, BATCH_NAME_MAX));
	event->retry_s = (unsigned)wire_get_number(&reader, 0, INT32_MAX);
	event->text = arena_span(fetch->arena,
				 wire_get_text(&reader, ERROR_TEXT_MAX));
	return wire_done(&reader) ? 0 : error_set(err, ERROR_INPUT, "no state");
}

static int
take_seen(struct fetch *fetch, struct span body, struct fetch_event *event,
	  struct error *err)
{
	struct wire_reader reader = wire_reader_of(body);
	struct span *keys;
	size_t i;

	event->kind = FETCH_SEEN;
	event->key_count = wire_get_count(&reader, FETCH_SEEN_MAX);
	keys = arena_array(fetch->arena, event->key_count, sizeof *keys);
	for (i = 0; i < event->key_count; i++)
		keys[i] = arena_span(
			fetch->arena,
			wire_get_bytes(&reader,
				       BATCH_NAME_MAX + BATCH_KEY_MAX));
	event->keys = keys;
	return wire_done(&reader) ? 0 : error_set(err, ERROR_INPUT, "no keys");
}

static int
take_frame(struct fetch *fetch, struct wire_frame *frame,
	   struct fetch_event *event, struct error *err)
{
	if (frame->kind == WIRE_BATCH)
		return take_batch(fetch, frame, event, err);
	if (frame->fd >= 0)
		close(frame->fd);
	if (frame->kind == WIRE_STATE)
		return take_state(fetch, frame->body, event, err);
	if (frame->kind == WIRE_SEEN)
		return take_seen(fetch, frame->body, event, err);
	return error_set(err, ERROR_INPUT, "not its turn");
}

/* Told once; after that there are no more events. */
static int
end(struct fetch *fetch, struct fetch_event *event)
{
	char how[80] = "";
	int status;
	long peak;

	if (fetch->ended)
		return 0;
	fetch->ended = true;
	if (role_ended(&fetch->role, &status, &peak)) {
		role_describe(status, how, sizeof how);
		(void)error_add(&fetch->why, "%s", how);
	}
	*event = (struct fetch_event){ .kind = FETCH_ENDED,
				       .text = span_of(fetch->why.text) };
	return 1;
}

int
fetch_next(struct fetch *fetch, struct fetch_event *ret_event)
{
	struct fetch_event event = { 0 };
	struct wire_frame frame;
	struct error err;
	int got;

	arena_clear(fetch->arena);
	if (fetch->ended)
		return 0;
	got = wire_receive(fetch->role.wire, &frame, &fetch->why);
	if (got == 1 && take_frame(fetch, &frame, &event, &fetch->why) != 0)
		got = -1;
	if (got < 0)
		return end(fetch, ret_event);
	/* What does not go out is told by the end of the other direction. */
	(void)wire_flush(fetch->role.wire, &err);
	if (got == 1)
		*ret_event = event;
	return got;
}

static void
tell(struct fetch *fetch, enum wire_kind kind, struct buf *body)
{
	struct error err;

	(void)wire_send(fetch->role.wire, kind, buf_span(body), -1, &err);
	buf_clear(body);
}

void
fetch_taken(struct fetch *fetch, uint64_t serial)
{
	struct buf body;

	buf_init(&body, WIRE_FRAME_MAX);
	wire_put_number(&body, (int64_t)serial);
	tell(fetch, WIRE_TAKEN, &body);
}

void
fetch_answer(struct fetch *fetch, const bool *seen, size_t count)
{
	struct buf body;
	size_t i;

	buf_init(&body, WIRE_FRAME_MAX);
	wire_put_number(&body, (int64_t)count);
	for (i = 0; i < count; i++)
		wire_put_flag(&body, seen[i]);
	tell(fetch, WIRE_SEEN, &body);
}
