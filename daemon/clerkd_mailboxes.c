/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mailboxes: from their settings to their fetch roles, and what those say.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "clerkd_private.h"

enum {
	NOTE_EVERY_S = 60,
	NAME_TEXT_MAX = 512,
	STAMP_TEXT_MAX = 32,
	FINGERPRINT_MAX = 256 * 1024
};

/* ---- settings ---- */

static const char *const *
strings(struct arena *arena, const struct span_list *list)
{
	const char **at = arena_array(arena, list->count + 1, sizeof *at);
	size_t i;

	for (i = 0; i < list->count; i++)
		at[i] = list->at[i].ptr; /* the configuration's, ended by NUL */
	return at;
}

/* Sent folders are read too, named among the folders or not. */
static struct span_list
all_folders(struct arena *arena, const struct config_mailbox *config)
{
	struct span_list all = { 0 };
	size_t i, k;

	for (i = 0; i < config->folders.count; i++)
		*(struct span *)arena_push(arena, &all.at, &all.count,
					   sizeof *all.at) =
			config->folders.at[i];
	if (all.count == 0)
		*(struct span *)arena_push(arena, &all.at, &all.count,
					   sizeof *all.at) = span_of("INBOX");
	for (i = 0; i < config->sent_folders.count; i++) {
		for (k = 0; k < all.count; k++)
			if (span_equal(all.at[k], config->sent_folders.at[i]))
				break;
		if (k == all.count)
			*(struct span *)arena_push(arena, &all.at, &all.count,
						   sizeof *all.at) =
				config->sent_folders.at[i];
	}
	return all;
}

/* clerkd -c clerkd.conf: what is relative is so to where it was started. */
static const char *
absolute(struct arena *arena, const char *path)
{
	char *here;

	if (path == NULL || path[0] == '/')
		return path;
	here = get_current_dir_name();
	if (here == NULL)
		return path;
	path = arena_printf(arena, "%s/%s", here, path).ptr;
	free(here);
	return path;
}

static struct mailbox_settings
settings_of(const struct snapshot *snapshot,
	    const struct config_mailbox *config, struct arena *arena)
{
	static const enum mailbox_kind kinds[] = {
		[SOURCE_IMAP] = MAILBOX_IMAP,
		[SOURCE_MAILDIR] = MAILBOX_MAILDIR,
		[SOURCE_FOLDER] = MAILBOX_FOLDER,
	};
	static const enum mailbox_tls modes[] = {
		[TLS_IMPLICIT] = MAILBOX_TLS_IMPLICIT,
		[TLS_STARTTLS] = MAILBOX_TLS_STARTTLS,
		[TLS_NONE] = MAILBOX_TLS_NONE,
	};
	struct span_list folders = { 0 };

	if (config->source == SOURCE_IMAP)
		folders = all_folders(arena, config);
	return (struct mailbox_settings){
		.kind = kinds[config->source],
		.name = config->name,
		.owner = config->owner,
		.journal = config->journal,
		.folders = strings(arena, &folders),
		.folder_count = folders.count,
		.sent_folders = strings(arena, &config->sent_folders),
		.sent_folder_count = config->sent_folders.count,
		.path = absolute(arena, config->path),
		.host = config->host,
		.port = config->port,
		.tls = modes[config->tls],
		.ca_file = config->ca_file,
		.user = config->user,
		.password_file = config->password_file,
		.token_file = config->token_file,
		.token_command = config->token_command,
		.poll_s = (unsigned)config->poll_s,
		.idle_s = (unsigned)config->idle_s,
		.deadline_s = (unsigned)config->deadline_s,
		.batch = (unsigned)config->batch,
		.message_max = (size_t)snapshot->config->limits.message_mb
			       << 20,
	};
}

static int
cursors_of(struct clerk *clerk, const struct mailbox_settings *settings,
	   struct arena *arena, struct fetch_cursor **ret_cursors,
	   size_t *ret_count, struct error *err)
{
	struct fetch_cursor *cursors =
		arena_array(arena, settings->folder_count, sizeof *cursors);
	size_t i, count = 0;

	for (i = 0; i < settings->folder_count; i++) {
		struct store_cursor cursor;
		int found =
			store_cursor_find(clerk->store, settings->name,
					  settings->folders[i], &cursor, err);

		if (found < 0)
			return -1;
		if (found == 1)
			cursors[count++] = (struct fetch_cursor){
				.folder = settings->folders[i],
				.uidvalidity = cursor.uidvalidity,
				.uid = cursor.uid,
			};
	}
	*ret_cursors = cursors;
	*ret_count = count;
	return 0;
}

/* ---- state ---- */

static void
set_current(struct clerk_role *role)
{
	struct mailbox_state *mailbox = role->mailbox;
	bool current =
		mailbox->state == FETCH_UP_TO_DATE && mailbox->waiting == 0;

	if (current == mailbox->current)
		return;
	mailbox->current = current;
	mailbox->given_up = false;
	mailbox->since = clerk_now(role->clerk);
	post_soon(role->clerk);
}

static void
set_state(struct clerk_role *role, enum fetch_state state)
{
	role->mailbox->state = state;
	set_current(role);
}

static void
take_state(struct clerk_role *role, const struct fetch_event *event)
{
	struct mailbox_state *mailbox = role->mailbox;
	bool changed = mailbox->state != event->state;

	if (event->state == FETCH_TROUBLE) {
		/* The same again is no news; `clerkctl status` has it. */
		bool news = !span_is(event->text, mailbox->trouble);

		snprintf(mailbox->trouble, sizeof mailbox->trouble, "%.*s",
			 SPAN_ARG(event->text));
		log_line(news ? LOG_LEVEL_WARNING : LOG_LEVEL_DEBUG,
			 "mailbox=%s trouble retry=%u s: %s", mailbox->name,
			 event->retry_s, mailbox->trouble);
	} else if (event->state == FETCH_WORKING ||
		   event->state == FETCH_UP_TO_DATE) {
		mailbox->trouble[0] = '\0';
		mailbox->success = clerk_now(role->clerk);
	}
	if (event->state == FETCH_RENUMBERED) {
		log_line(LOG_LEVEL_WARNING,
			 "mailbox=%s a folder was numbered anew: all of it is "
			 "read again, what is known makes nothing twice",
			 mailbox->name);
		return;
	}
	if (changed)
		log_line(LOG_LEVEL_INFO, "mailbox=%s %s", mailbox->name,
			 fetch_state_name(event->state));
	set_state(role, event->state);
	mailboxes_note(role->clerk, clerk_now(role->clerk));
}

/* Bookmarks for `clerkctl status` after a restart. */
static int
note(struct clerk *clerk, const struct mailbox_state *mailbox, const char *what,
     time_t when, struct error *err)
{
	char name[NAME_TEXT_MAX], value[STAMP_TEXT_MAX];

	if (when == 0)
		return 0;
	snprintf(name, sizeof name, "mailbox/%s/%s", mailbox->name, what);
	snprintf(value, sizeof value, "%lld", (long long)when);
	return store_note_set(clerk->store, name, span_of(value), err);
}

void
mailboxes_note(struct clerk *clerk, time_t now)
{
	struct error err = { 0 };
	size_t i;
	int rc = 0;

	for (i = 0; i < clerk->role_count && rc == 0; i++) {
		struct mailbox_state *mailbox = clerk->roles[i]->mailbox;

		if (mailbox == NULL || mailbox->success == 0 ||
		    mailbox->noted_success == mailbox->success ||
		    now - mailbox->noted < NOTE_EVERY_S)
			continue;
		rc = engine_begin(clerk, &err);
		if (rc == 0)
			rc = note(clerk, mailbox, "last-success",
				  mailbox->success, &err);
		if (rc == 0)
			rc = note(clerk, mailbox, "last-message",
				  mailbox->last_message, &err);
		mailbox->noted = now;
		mailbox->noted_success = mailbox->success;
	}
	if (rc != 0)
		engine_trouble(clerk, &err);
}

static void
recall(struct clerk *clerk, struct mailbox_state *mailbox)
{
	static const char success[] = "last-success", last[] = "last-message";
	struct arena *arena = arena_new(0);
	char name[NAME_TEXT_MAX];
	struct store_note *notes;
	struct error err = { 0 };
	size_t count, i;

	snprintf(name, sizeof name, "mailbox/%s/", mailbox->name);
	if (store_notes(clerk->store, name, arena, &notes, &count, &err) == 0)
		for (i = 0; i < count; i++) {
			time_t when =
				strtoll(arena_span(arena, notes[i].value).ptr,
					NULL, 10);

			if (span_ends_nocase(notes[i].name, success))
				mailbox->success = when;
			else if (span_ends_nocase(notes[i].name, last))
				mailbox->last_message = when;
		}
	arena_free(arena);
}

/* ---- what it says ---- */

static int
take_batch(struct clerk_role *role, struct batch *batch, struct error *err)
{
	struct mailbox_state *mailbox = role->mailbox;

	/* Serials begin anew with each process; late ones must not count. */
	batch->serial |= (uint64_t)mailbox->generation << ENGINE_GENERATION;
	batch_name(batch, mailbox->name, NULL, NULL);
	mailbox->waiting++;
	set_current(role);
	return engine_submit(role->clerk, batch, err);
}

void
mailboxes_taken(struct clerk *clerk, const char *name, uint64_t serial)
{
	const uint64_t mask = ((uint64_t)1 << ENGINE_GENERATION) - 1;
	struct clerk_role *role = role_find(clerk, "fetch", name);

	if (role == NULL || !role->up || role->mailbox->fetch == NULL ||
	    serial >> ENGINE_GENERATION != role->mailbox->generation)
		return;
	role->mailbox->waiting--;
	fetch_taken(role->mailbox->fetch, serial & mask);
	set_current(role);
}

static int
take_seen(struct clerk_role *role, const struct fetch_event *event,
	  struct error *err)
{
	bool seen[FETCH_SEEN_MAX];
	size_t i;

	for (i = 0; i < event->key_count && i < FETCH_SEEN_MAX; i++) {
		int64_t message;
		int found = store_delivery_find(role->clerk->store,
						role->mailbox->name,
						event->keys[i], &message, err);

		if (found < 0)
			return -1;
		seen[i] = found == 1;
	}
	fetch_answer(role->mailbox->fetch, seen, i);
	return 0;
}

static int
take_event(struct clerk_role *role, const struct fetch_event *event,
	   struct error *err)
{
	switch (event->kind) {
	case FETCH_BATCH:
		return take_batch(role, event->batch, err);
	case FETCH_STATE:
		take_state(role, event);
		return 0;
	case FETCH_SEEN:
		return take_seen(role, event, err);
	case FETCH_ENDED:
		break;
	}
	return error_set(err, ERROR_TEMPORARY, "%.*s", SPAN_ARG(event->text));
}

static int
fetch_serve(struct clerk_role *role, struct error *err)
{
	struct engine *engine = &role->clerk->engine;
	struct fetch_event event;

	role->paused = false;
	while (role->up && role->mailbox->fetch != NULL) {
		if (readers_full(engine->readers)) {
			role->paused = true;
			return 0;
		}
		if (fetch_next(role->mailbox->fetch, &event) != 1)
			return 0;
		if (take_event(role, &event, err) != 0)
			return -1;
	}
	return 0;
}

/* ---- life ---- */

static int
fetch_start(struct clerk_role *role, struct error *err)
{
	struct mailbox_state *mailbox = role->mailbox;
	struct arena *arena = arena_new(0);
	struct mailbox_settings settings;
	struct fetch_cursor *cursors = NULL;
	size_t count = 0;
	int rc;

	settings = settings_of(role->clerk->snapshot, mailbox->config, arena);
	/* What is read but not committed would be read again. */
	rc = engine_commit(role->clerk, err);
	if (rc == 0)
		rc = cursors_of(role->clerk, &settings, arena, &cursors, &count,
				err);
	if (rc == 0)
		rc = fetch_open(&settings, cursors, count, &mailbox->fetch,
				err);
	mailbox->generation++;
	mailbox->waiting = 0;
	arena_free(arena);
	return rc;
}

static void
fetch_end(struct clerk_role *role)
{
	fetch_close(role->mailbox->fetch);
	role->mailbox->fetch = NULL;
	role->mailbox->waiting = 0;
	set_state(role, FETCH_CONNECTING);
}

static int
fetch_kind_fd(const struct clerk_role *role)
{
	return fetch_fd(role->mailbox->fetch);
}

static short
fetch_kind_wants(const struct clerk_role *role)
{
	return fetch_wants(role->mailbox->fetch);
}

static pid_t
fetch_kind_pid(const struct clerk_role *role)
{
	return fetch_pid(role->mailbox->fetch);
}

const struct role_kind fetch_kind = {
	.name = "fetch",
	.start = fetch_start,
	.fd = fetch_kind_fd,
	.wants = fetch_kind_wants,
	.serve = fetch_serve,
	.end = fetch_end,
	.pid = fetch_kind_pid,
};

/* ---- all mailboxes ---- */

/* Everything that its process was told, so that a reload can compare. */
static struct span
fingerprint(const struct clerk *clerk, const struct config_mailbox *config,
	    struct arena *arena)
{
	struct mailbox_settings s = settings_of(clerk->snapshot, config, arena);
	struct buf text;
	struct span kept;
	size_t i;

	buf_init(&text, FINGERPRINT_MAX);
	buf_printf(&text, "%d|%d|%d|%d|%u|%u|%u|%u|%zu", (int)s.kind,
		   (int)s.tls, s.port, s.journal, s.poll_s, s.idle_s,
		   s.deadline_s, s.batch, s.message_max);
	for (i = 0; i < s.folder_count; i++)
		buf_printf(&text, "|f%s", s.folders[i]);
	for (i = 0; i < s.sent_folder_count; i++)
		buf_printf(&text, "|s%s", s.sent_folders[i]);
	{
		const char *const texts[] = { s.owner,         s.path,
					      s.host,          s.user,
					      s.ca_file,       s.password_file,
					      s.token_command, s.token_file };

		for (i = 0; i < ARRAY_SIZE(texts); i++)
			buf_printf(&text, "|%s",
				   texts[i] != NULL ? texts[i] : "\001");
	}
	kept = arena_span(arena, buf_span(&text));
	buf_clear(&text);
	return kept;
}

static void
mailbox_add(struct clerk *clerk, const struct config_mailbox *config)
{
	struct arena *arena = arena_new(0);
	char label[NAME_TEXT_MAX];
	struct clerk_role *role;
	struct mailbox_state *mailbox;

	snprintf(label, sizeof label, "fetch mailbox=%s", config->name);
	role = role_add(clerk, &fetch_kind, label);
	mailbox = calloc(1, sizeof *mailbox);
	if (mailbox == NULL)
		abort();
	role->mailbox = mailbox;
	mailbox->config = config;
	mailbox->name = strdup(config->name);
	mailbox->fingerprint = strdup(fingerprint(clerk, config, arena).ptr);
	if (mailbox->name == NULL || mailbox->fingerprint == NULL)
		abort();
	mailbox->since = clerk_now(clerk);
	recall(clerk, mailbox);
	arena_free(arena);
}

static const struct config_mailbox *
config_find(const struct config *config, const char *name)
{
	size_t i;

	for (i = 0; i < config->mailbox_count; i++)
		if (strcmp(config->mailboxes[i].name, name) == 0)
			return &config->mailboxes[i];
	return NULL;
}

/* True when its role can go on as it is. */
static bool
mailbox_keep(struct clerk *clerk, struct mailbox_state *mailbox)
{
	const struct config_mailbox *config =
		config_find(clerk->snapshot->config, mailbox->name);
	struct arena *arena = arena_new(0);
	bool same = config != NULL && span_is(fingerprint(clerk, config, arena),
					      mailbox->fingerprint);

	mailbox->config = config;
	arena_free(arena);
	return same;
}

void
mailboxes_arrange(struct clerk *clerk)
{
	const struct config *config = clerk->snapshot->config;
	size_t i;

	for (i = clerk->role_count; i-- > 0;) {
		struct mailbox_state *mailbox = clerk->roles[i]->mailbox;

		if (mailbox != NULL && !mailbox_keep(clerk, mailbox))
			role_remove(clerk, clerk->roles[i]);
	}
	for (i = 0; i < config->mailbox_count; i++)
		if (role_find(clerk, "fetch", config->mailboxes[i].name) ==
		    NULL)
			mailbox_add(clerk, &config->mailboxes[i]);
}

int
mailboxes_check(const struct snapshot *snapshot, struct error *err)
{
	const struct config *config = snapshot->config;
	struct arena *arena = arena_new(0);
	size_t i;
	int rc = 0;

	for (i = 0; i < config->mailbox_count && rc == 0; i++) {
		struct mailbox_settings settings =
			settings_of(snapshot, &config->mailboxes[i], arena);

		rc = mailbox_settings_check(&settings, err);
		if (rc != 0)
			error_add(err, "%s:%d: mailbox \"%s\"", config->path,
				  config->mailboxes[i].line,
				  config->mailboxes[i].name);
	}
	arena_free(arena);
	return rc;
}

/* Waiting has an end: one dead mailbox must not silence all reminders. */
static void
give_up_on(struct mailbox_state *mailbox, time_t now)
{
	if (mailbox->given_up)
		return;
	mailbox->given_up = true;
	log_line(LOG_LEVEL_WARNING,
		 "mailbox=%s out of touch for %lld min: reminders do not wait "
		 "for it any longer, and may ask for what was answered there",
		 mailbox->name, (long long)(now - mailbox->since) / 60);
}

bool
mailboxes_read(struct clerk *clerk, time_t now, time_t *ret_next)
{
	const time_t patience =
		clerk->snapshot->config->casework.backlog_minutes * 60;
	bool all = true;
	size_t i;

	for (i = 0; i < clerk->role_count; i++) {
		struct mailbox_state *mailbox = clerk->roles[i]->mailbox;

		if (mailbox == NULL || mailbox->current)
			continue;
		if (now - mailbox->since >= patience) {
			give_up_on(mailbox, now);
			continue;
		}
		all = false;
		clerk_sooner(ret_next, mailbox->since + patience);
	}
	return all;
}
