/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "facts/mailfile.h"
#include "fetch_private.h"
#include "jail.h"

/*
 * A Maildir or a folder of files on this machine, read in place.
 *
 * A message is known by its key: in a Maildir the name without flags, which
 * stays when a reader moves the file from new/ to cur/; elsewhere the path
 * below the folder. Which keys are recorded already the store knows and is
 * asked; here only a hash of each dealt with is kept, so that the next look
 * need not ask again.
 *
 * Changes are told by inotify, with the names; a full look every now and then
 * finds what was missed (a full queue, file systems without it).
 */
enum {
	DESCRIPTORS = 128,
	WATCHES_MAX = 4096,
	EVENTS_SIZE = 64 * 1024,
	LOOK_EVERY_S = 15 * 60, /* where inotify works */
	FRESH_S = 2,            /* a plain file may still be written */
	TABLE_FIRST = 1024,
	KEY_CUT = 220 /* of a longer key; the rest is a hash */
};
static const size_t memory_max = (size_t)2 * 1024 * 1024 * 1024;

struct local {
	struct fetcher fetcher;
	struct arena *arena; /* of one look */
	uint64_t *table;     /* hashes of keys, open addressing; 0 free */
	size_t used, room;
	int inotify;
	const char **watched; /* path by watch descriptor */
	size_t watch_room;
	bool again; /* something was too fresh */
};

/* ---- which are dealt with ---- */

static uint64_t *
find_slot(struct local *local, uint64_t hash)
{
	size_t at = (size_t)hash & (local->room - 1);

	while (local->table[at] != 0 && local->table[at] != hash)
		at = (at + 1) & (local->room - 1);
	return &local->table[at];
}

static void
grow_table(struct local *local)
{
	uint64_t *old = local->table;
	size_t room = local->room, i;

	local->room = room != 0 ? room * 2 : TABLE_FIRST;
	local->table = calloc(local->room, sizeof *local->table);
	if (local->table == NULL)
		abort();
	for (i = 0; i < room; i++)
		if (old[i] != 0)
			*find_slot(local, old[i]) = old[i];
	free(old);
}

static uint64_t
hash_of(const char *key)
{
	uint64_t hash = span_hash(span_of(key));

	return hash != 0 ? hash : 1;
}

static bool
is_known(struct local *local, const char *key)
{
	return local->used != 0 && *find_slot(local, hash_of(key)) != 0;
}

static void
set_known(struct local *local, const char *key)
{
	uint64_t *slot;

	if (2 * local->used >= local->room)
		grow_table(local);
	slot = find_slot(local, hash_of(key));
	local->used += *slot == 0;
	*slot = hash_of(key);
}

/* ---- names ---- */

/* Below the folder asked for. */
static const char *
relative(const struct local *local, const char *path)
{
	size_t len = strlen(local->fetcher.settings.path);

	path += len;
	while (*path == '/')
		path++;
	return path;
}

static const char *
key_of(const struct local *local, const struct mailfile *file)
{
	const char *place = relative(local, file->path), *slash;
	const char *mark = strchr(file->name, '#');
	struct span key = span_of(place);

	if (local->fetcher.settings.kind == MAILBOX_MAILDIR) {
		slash = strrchr(place, '/');
		key = span_of(slash != NULL ? slash + 1 : place);
		key.len = span_find_byte(key, ':');
		mark = NULL;
	}
	if (mark != NULL && file->offset != 0) /* a message of an mbox */
		key = arena_printf(local->arena, "%s@%lld", place,
				   file->offset);
	if (key.len > BATCH_KEY_MAX)
		key = arena_printf(local->arena, "%.*s~%016llx", KEY_CUT,
				   key.ptr, span_hash(key));
	return arena_span(local->arena, key).ptr;
}

/* Maildir++ has subfolders as ".Sent", others as "Sent". */
static bool
is_sent(const struct local *local, const struct mailfile *file)
{
	const struct mailbox_settings *settings = &local->fetcher.settings;
	struct span place = span_of(relative(local, file->path)), top;
	size_t i;

	if (!span_next(&place, '/', &top))
		return false;
	if (span_starts(top, "."))
		top = span_sub(top, 1, top.len);
	for (i = 0; i < settings->sent_folder_count; i++)
		if (span_is(top, settings->sent_folders[i]))
			return true;
	return false;
}

/* ---- taking ---- */

static bool
is_fresh(const struct local *local, const struct mailfile *file)
{
	struct stat st;

	return local->fetcher.settings.kind == MAILBOX_FOLDER &&
	       stat(file->path, &st) == 0 && st.st_mtime + FRESH_S > time(NULL);
}

static int
open_batch(struct local *local, bool sent, struct batch **ret_batch,
	   struct error *err)
{
	const struct mailbox_settings *settings = &local->fetcher.settings;

	if (batch_new(settings->message_max, ret_batch, err) != 0)
		return -1;
	batch_name(*ret_batch, settings->name, NULL, settings->owner);
	(*ret_batch)->journal_mailbox = settings->journal;
	(*ret_batch)->sent_folder = sent;
	return 0;
}

/* Sends those of up to FETCH_SEEN_MAX files that the store has not seen. */
static int
take_group(struct local *local, struct mailfile *const *files,
	   const char *const *keys, size_t count, struct error *err)
{
	struct fetcher *fetcher = &local->fetcher;
	struct batch *batch = NULL;
	size_t i;
	int rc = 0;

	if (fetcher_ask(fetcher, keys, count, "", err) != 0)
		return -1;
	for (i = 0; i < count && rc == 0 && !fetcher->stop; i++) {
		bool sent = is_sent(local, files[i]);

		if (!fetcher->answer[i]) {
			if (batch != NULL &&
			    (batch_full(batch) || batch->sent_folder != sent)) {
				rc = fetcher_send(fetcher, batch, err);
				batch = NULL;
			}
			if (rc == 0 && batch == NULL)
				rc = open_batch(local, sent, &batch, err);
			if (rc == 0 && batch_take_file(batch, files[i], 0,
						       keys[i], err) < 0)
				rc = -1;
		}
		if (rc == 0)
			set_known(local, keys[i]);
	}
	if (rc == 0 && batch != NULL)
		return fetcher_send(fetcher, batch, err);
	batch_free(batch);
	return rc;
}

static int
take_files(struct local *local, const struct mailfiles *files,
	   struct error *err)
{
	struct mailfile *group[FETCH_SEEN_MAX];
	const char *keys[FETCH_SEEN_MAX];
	size_t count = 0, i;

	for (i = 0; i < files->count && !local->fetcher.stop; i++) {
		const char *key = key_of(local, &files->at[i]);

		if (is_known(local, key))
			continue;
		if (is_fresh(local, &files->at[i])) {
			local->again = true;
			continue;
		}
		group[count] = &files->at[i];
		keys[count++] = key;
		if (count < FETCH_SEEN_MAX)
			continue;
		if (take_group(local, group, keys, count, err) != 0)
			return -1;
		count = 0;
	}
	return count != 0 ? take_group(local, group, keys, count, err) : 0;
}

/* ---- watching ---- */

static void
watch(struct local *local, const char *folder)
{
	int wd;

	if (local->inotify < 0)
		return;
	wd = inotify_add_watch(local->inotify, folder,
			       IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE |
				       IN_ONLYDIR);
	if (wd < 0 || wd >= WATCHES_MAX)
		return; /* the full look finds it */
	if (local->watched[wd] == NULL)
		local->watched[wd] = arena_string(local->fetcher.arena, folder);
}

/* The folder itself, those that a Maildir has, and those that hold messages. */
static void
watch_all(struct local *local, const struct mailfiles *files)
{
	static const char *const parts[] = { "", "/new", "/cur" };
	const char *last = "";
	size_t i;

	for (i = 0; i < ARRAY_SIZE(parts); i++)
		watch(local,
		      arena_printf(local->arena, "%s%s",
				   local->fetcher.settings.path, parts[i])
			      .ptr);
	for (i = 0; i < files->count; i++) {
		const char *path = files->at[i].path;
		const char *slash = strrchr(path, '/');
		struct span folder = { .ptr = path,
				       .len = (size_t)(slash - path) };

		if (span_is(folder, last))
			continue;
		last = arena_span(local->arena, folder).ptr;
		watch(local, last);
	}
}

/* In a Maildir a file is whole when it gets its name, by rename or by link;
 * elsewhere when its writer closes it. */
static bool
is_message_event(const struct local *local, const struct inotify_event *event)
{
	if (local->fetcher.settings.kind == MAILBOX_MAILDIR)
		return event->name[0] != '.';
	return (event->mask & IN_CREATE) == 0 &&
	       span_ends_nocase(span_of(event->name), ".eml");
}

/* The paths that events tell of. false: a full look is due. */
static bool
read_events(struct local *local, const char ***ret_paths, size_t *ret_count)
{
	_Alignas(struct inotify_event) char room[EVENTS_SIZE];
	ssize_t got = read(local->inotify, room, sizeof room);
	bool enough = true;
	char *at;

	for (at = room; got > 0 && at < room + got;) {
		const struct inotify_event *event = (const void *)at;
		const char *folder = event->wd >= 0 && event->wd < WATCHES_MAX ?
					     local->watched[event->wd] :
					     NULL;

		at += sizeof *event + event->len;
		if ((event->mask & (IN_Q_OVERFLOW | IN_ISDIR)) != 0 ||
		    folder == NULL)
			enough = false;
		else if (event->len != 0 && is_message_event(local, event))
			*(const char **)arena_push(local->arena, ret_paths,
						   ret_count,
						   sizeof **ret_paths) =
				arena_printf(local->arena, "%s/%s", folder,
					     event->name)
					.ptr;
	}
	return enough;
}

/* ---- the role ---- */

static int
look(struct local *local, struct error *err)
{
	const char *path = local->fetcher.settings.path;
	struct mailfiles files = { 0 };

	local->again = false;
	if (mailfile_list(&path, 1, local->arena, &files, err) != 0)
		return -1;
	/* First the watches, then once more what came before they stood. */
	watch_all(local, &files);
	files = (struct mailfiles){ 0 };
	if (mailfile_list(&path, 1, local->arena, &files, err) != 0)
		return -1;
	return take_files(local, &files, err);
}

static int
look_at(struct local *local, const char **paths, size_t count,
	struct error *err)
{
	struct mailfiles files;
	size_t i, there = 0;

	/* One that is gone again was moved; its new place has its own event. */
	for (i = 0; i < count; i++)
		if (access(paths[i], R_OK) == 0)
			paths[there++] = paths[i];
	if (there == 0)
		return 0;
	if (mailfile_list(paths, there, local->arena, &files, err) != 0)
		return -1;
	return take_files(local, &files, err);
}

/* Waits for something to do and does it. */
static int
turn(struct local *local, long long *next_look_ms, struct error *err)
{
	struct fetcher *fetcher = &local->fetcher;
	unsigned every =
		local->inotify >= 0 ? LOOK_EVERY_S : fetcher->settings.poll_s;
	const char **paths = NULL;
	size_t count = 0;
	bool full = fetcher_now_ms() >= *next_look_ms;

	arena_clear(local->arena);
	if (!full && local->inotify >= 0)
		full = !read_events(local, &paths, &count);
	if (full ? look(local, err) != 0 :
		   look_at(local, paths, count, err) != 0)
		return -1;
	if (full)
		*next_look_ms = fetcher_now_ms() + every * 1000LL;
	if (local->again)
		*next_look_ms = fetcher_now_ms() + FRESH_S * 1000LL;
	if (fetcher_tell(fetcher, FETCH_UP_TO_DATE, "", 0, "", err) != 0)
		return -1;
	return fetcher_wait(fetcher, *next_look_ms - fetcher_now_ms(),
			    local->inotify, err);
}

static int
begin(struct local *local, struct wire *wire, struct error *err)
{
	struct jail_limits limits = { .memory = memory_max,
				      .descriptors = DESCRIPTORS };

	local->inotify = -1;
	if (fetcher_begin(&local->fetcher, wire, err) != 0)
		return -1;
	local->arena = arena_new(0);
	local->watched = arena_array(local->fetcher.arena, WATCHES_MAX,
				     sizeof *local->watched);
	if (mailbox_settings_check(&local->fetcher.settings, err) != 0)
		return -1;
	local->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	grow_table(local);
	return jail_enter(JAIL_FOLDER, &limits, err);
}

int
fetch_local_role(struct wire *wire)
{
	struct local local = { 0 };
	struct fetcher *fetcher = &local.fetcher;
	struct error err = { 0 };
	bool ready = begin(&local, wire, &err) == 0;
	long long next_look_ms = 0;
	unsigned failures = 0, wait;

	if (fetcher->wire == NULL)
		return 1;
	while (!fetcher->stop) {
		if (ready && turn(&local, &next_look_ms, &err) == 0) {
			failures = 0;
			continue;
		}
		next_look_ms = 0;
		wait = fetch_backoff_ms(++failures);
		if (fetcher_tell(fetcher, FETCH_TROUBLE, "", wait / 1000 + 1,
				 err.text, &err) != 0 ||
		    fetcher_wait(fetcher, wait, -1, &err) != 0 || !ready)
			break;
	}
	/* The process ends here; its memory goes with it. */
	return !ready;
}
