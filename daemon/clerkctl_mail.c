/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clerkctl_mail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	PROGRESS_FROM = 500, /* messages; fewer need no bar */
	PROGRESS_WIDTH = 40,
	PROGRESS_EVERY_MS = 100
};

struct progress {
	size_t total, done;
	long long last_ms;
	bool shown;
};

struct feeding {
	const struct mailfiles *files;
	size_t next; /* file to be given to the readers */
	size_t message_max;
	struct readers *readers;
	struct progress progress;
};

static struct message_trust
mail_trust(const struct config *config)
{
	struct message_trust trust = config_trust(config);

	trust.journal_anywhere = true;
	return trust;
}

static struct message_limits
mail_limits(const struct config *config)
{
	struct message_limits limits = message_limits_default;

	limits.message = (size_t)config->limits.message_mb << 20;
	return limits;
}

static void
progress_show(struct progress *progress)
{
	struct timespec now;
	long long ms;
	int filled;

	if (!progress->shown)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	ms = (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
	if (progress->done < progress->total &&
	    ms - progress->last_ms < PROGRESS_EVERY_MS)
		return;
	progress->last_ms = ms;
	filled = (int)(progress->done * PROGRESS_WIDTH / progress->total);
	fprintf(stderr, "\r[%.*s%*s] %zu of %zu messages", filled,
		"########################################",
		PROGRESS_WIDTH - filled, "", progress->done, progress->total);
	if (progress->done == progress->total)
		fputc('\n', stderr);
}

/* Fills and submits batches while the readers take them. */
static int
feed(struct feeding *feeding, struct error *err)
{
	while (feeding->next < feeding->files->count &&
	       !readers_full(feeding->readers)) {
		struct batch *batch;

		if (batch_from_files(feeding->files, &feeding->next,
				     feeding->message_max, &batch, err) < 0)
			return -1;
		if (readers_submit(feeding->readers, batch, err) < 0)
			return -1;
	}
	return 0;
}

static int
drain(struct feeding *feeding, mail_handler *handler, void *context,
      struct error *err)
{
	struct reading reading;
	int found;

	while (feeding->next < feeding->files->count ||
	       !readers_idle(feeding->readers)) {
		uint64_t number;

		if (feed(feeding, err) < 0)
			return -1;
		found = readers_next(feeding->readers, -1, &reading, err);
		if (found < 0)
			return -1;
		if (found == 0)
			continue;
		/* Files are numbered from 1. */
		number = reading.batch->items[reading.index].number;
		if (handler(context, &feeding->files->at[number - 1], &reading,
			    err) < 0)
			return -1;
		feeding->progress.done++;
		progress_show(&feeding->progress);
	}
	return 0;
}

int
mail_read(const struct mail_options *options, const struct mailfiles *files,
	  mail_handler *handler, void *context, struct error *err)
{
	struct message_limits limits = message_limits_default;
	struct message_trust trust = { 0 };
	struct feeding feeding = { .files = files };
	struct readers_settings settings = { .count = options->readers,
					     .limits = &limits,
					     .trust = &trust };
	int result;

	if (options->config != NULL) {
		limits = mail_limits(options->config);
		trust = mail_trust(options->config);
		settings.deadline_ms =
			(unsigned)options->config->limits.reader_s * 1000;
		if (settings.count == 0)
			settings.count =
				(unsigned)options->config->limits.readers;
	}
	feeding.message_max = limits.message;
	feeding.progress.total = files->count;
	feeding.progress.shown =
		files->count >= PROGRESS_FROM && isatty(STDERR_FILENO);
	if (readers_open(&settings, &feeding.readers, err) < 0)
		return -1;
	result = drain(&feeding, handler, context, err);
	readers_close(feeding.readers);
	return result;
}

int
mail_read_paths(const struct mail_options *options, const char *const *paths,
		size_t path_count, mail_handler *handler, void *context,
		struct error *err)
{
	struct arena *arena = arena_new(0);
	struct mailfiles files = { 0 };
	int result;

	result = mailfile_list_asked(paths, path_count, arena, &files, err);
	if (result == 0)
		result = mail_read(options, &files, handler, context, err);
	arena_free(arena);
	return result;
}

void
mail_key(const struct mailfile *file, struct buf *key)
{
	buf_empty(key);
	buf_printf(key, "%s/%lld", file->path, file->offset);
}

void
mail_say_unreadable(const struct mailfile *file, const struct reading *reading)
{
	fprintf(stderr, "clerkctl: %s: %s\n", file->path, reading->why);
}

void
mail_print_unreadable(struct json_writer *json, const char *file,
		      const char *why)
{
	json_open_object(json, NULL);
	json_put_string(json, "file", file);
	json_put_string(json, "error", why);
	json_close_object(json);
	json_print(json, stdout);
}
