/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The daemon's own copy of the bank holidays. Days are only ever added: the
 * source forgets old years, and a deadline that was counted with a day must be
 * counted so again.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "clerkd_private.h"
#include "edges/holidays.h"

enum {
	WEEK_S = 7 * 24 * 3600,
	RETRY_S = 6 * 3600,
	FIRST_S = 20,      /* after start */
	VANISHED_MAX = 10, /* lines in the log */
	PATH_TEXT_MAX = 4096,
	FILE_MODE = 0644
};

static const char fetched_note[] = "holidays/fetched";

static int
by_day(const void *a, const void *b)
{
	const struct holiday *x = a, *y = b;

	if (x->division != y->division)
		return x->division < y->division ? -1 : 1;
	return date_compare(x->day, y->day);
}

static bool
list_has(const struct holiday_list *list, const struct holiday *wanted)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (by_day(&list->at[i], wanted) == 0)
			return true;
	return false;
}

/* Adds what is new; says how much. */
static size_t
list_merge(struct arena *arena, struct holiday_list *into,
	   const struct holiday_list *from)
{
	size_t i, added = 0;

	for (i = 0; i < from->count; i++) {
		struct holiday *holiday;

		if (list_has(into, &from->at[i]))
			continue;
		holiday = arena_push(arena, &into->at, &into->count,
				     sizeof *into->at);
		*holiday = from->at[i];
		added++;
	}
	if (into->count != 0)
		qsort(into->at, into->count, sizeof *into->at, by_day);
	return added;
}

static int
list_load(const char *path, struct arena *arena, struct holiday_list *ret_list,
	  struct error *err)
{
	struct json *document = json_load(path, err);
	int rc;

	if (document == NULL)
		return -1;
	rc = holidays_read(document, arena, ret_list, err);
	json_free(document);
	return rc;
}

static void
put_list(struct json_writer *json, const struct holiday_list *list)
{
	int division;
	size_t i;

	json_open_object(json, NULL);
	for (division = 0; division < DIVISION_UK_ANY; division++) {
		const char *name = division_name((enum division)division);

		json_open_object(json, name);
		json_put_string(json, "division", name);
		json_open_array(json, "events");
		for (i = 0; i < list->count; i++) {
			const struct holiday *holiday = &list->at[i];
			char day[32];

			if ((int)holiday->division != division)
				continue;
			snprintf(day, sizeof day, "%04d-%02d-%02d",
				 holiday->day.year, holiday->day.month,
				 holiday->day.day);
			json_open_object(json, NULL);
			json_put_text(json, "title", holiday->title);
			json_put_string(json, "date", day);
			json_put_string(json, "notes", "");
			json_put_bool(json, "bunting", false);
			json_close_object(json);
		}
		json_close_array(json);
		json_close_object(json);
	}
	json_close_object(json);
}

/* Whole or not at all: another name, synced, then renamed. */
static int
list_save(const char *path, const struct holiday_list *list, struct error *err)
{
	char temporary[PATH_TEXT_MAX];
	struct json_writer json;
	ssize_t written;
	int fd, rc = 0;

	snprintf(temporary, sizeof temporary, "%s.new", path);
	fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
		  FILE_MODE);
	if (fd < 0)
		return error_set(err, ERROR_TEMPORARY, "%s: %s", temporary,
				 strerror(errno));
	json_init(&json);
	put_list(&json, list);
	buf_add_byte(&json.out, '\n');
	written = write(fd, json.out.ptr, json.out.len);
	if (written < 0 || (size_t)written != json.out.len || fsync(fd) != 0 ||
	    rename(temporary, path) != 0)
		rc = error_set(err, ERROR_TEMPORARY, "%s: %s", temporary,
			       strerror(errno));
	close(fd);
	json_clear(&json);
	return rc;
}

/* What the kept list has within the years that the new one covers, and the new
 * one has no more: it stays, and somebody should know. */
static void
tell_vanished(const struct holiday_list *kept, const struct holiday_list *fresh)
{
	size_t i, k, told = 0;

	for (i = 0; i < kept->count && told < VANISHED_MAX; i++) {
		const struct holiday *old = &kept->at[i];
		bool before = false, after = false;

		for (k = 0; k < fresh->count; k++) {
			if (fresh->at[k].division != old->division)
				continue;
			before |= date_compare(fresh->at[k].day, old->day) < 0;
			after |= date_compare(fresh->at[k].day, old->day) > 0;
		}
		if (before && after && !list_has(fresh, old))
			log_line(
				LOG_LEVEL_WARNING,
				"holidays %s %04d-%02d-%02d is no longer at "
				"the source; it is kept: edit the file by hand "
				"if it is no holiday",
				division_name(old->division), old->day.year,
				old->day.month, old->day.day);
	}
}

/* Brings the kept copy up to these days; 1 when that changed it. */
static int
keep(struct clerk *clerk, const struct holiday_list *fresh, struct arena *arena,
     struct error *err)
{
	const char *path = config_holidays_kept(clerk->snapshot->config);
	struct holiday_list kept = { 0 };
	size_t added;

	if (list_load(clerk->snapshot->config->calendar.holidays, arena, &kept,
		      err) != 0)
		return -1;
	added = list_merge(arena, &kept, fresh);
	if (added == 0)
		return 0;
	if (list_save(path, &kept, err) != 0)
		return -1;
	log_line(LOG_LEVEL_NOTICE, "holidays added=%zu known=%zu", added,
		 kept.count);
	return 1;
}

void
holidays_keep(struct clerk *clerk)
{
	const struct config *config = clerk->snapshot->config;
	struct arena *arena;
	struct holiday_list fresh = { 0 };
	struct error err = { 0 };

	if (strcmp(config->calendar.holidays, config->calendar.seed) == 0)
		return; /* there is none */
	arena = arena_new(0);
	if (list_load(config->calendar.seed, arena, &fresh, &err) != 0 ||
	    keep(clerk, &fresh, arena, &err) < 0)
		log_line(LOG_LEVEL_WARNING, "holidays: %s", err.text);
	arena_free(arena);
}

/* ---- the role ---- */

static void
put_settings(struct clerk_role *role, struct buf *body)
{
	holidays_put_settings(
		body, role->clerk->snapshot->config->calendar.update_url,
		role->clerk->snapshot->config->calendar.ca_file);
}

static int
note_fetched(struct clerk *clerk, time_t now, struct error *err)
{
	char value[32];

	snprintf(value, sizeof value, "%lld", (long long)now);
	if (engine_begin(clerk, err) != 0)
		return -1;
	return store_note_set(clerk->store, fetched_note, span_of(value), err);
}

static int
take_answer(struct clerk_role *role, const struct wire_frame *frame,
	    struct error *err)
{
	struct clerk *clerk = role->clerk;
	struct holidays *holidays = &clerk->holidays;
	struct arena *arena = arena_new(0);
	struct holiday_list fresh;
	time_t now = clerk_now(clerk);
	int changed = -1;

	role->wanted = false;
	if (frame->kind != WIRE_ANSWER)
		error_set(err, ERROR_INPUT, "said something odd");
	else if (holidays_get(frame->body, arena, &fresh, err) == 0) {
		struct holiday_list old = { 0 };
		struct error ignored;

		if (list_load(clerk->snapshot->config->calendar.holidays, arena,
			      &old, &ignored) == 0)
			tell_vanished(&old, &fresh);
		changed = keep(clerk, &fresh, arena, err);
	}
	holidays->trouble[0] = '\0';
	if (changed < 0)
		snprintf(holidays->trouble, sizeof holidays->trouble, "%s",
			 err->text);
	holidays->next = now + (changed < 0 ? RETRY_S : WEEK_S);
	if (changed < 0)
		log_line(LOG_LEVEL_WARNING, "holidays: %s; again in %d h",
			 err->text, RETRY_S / 3600);
	else if (note_fetched(clerk, now, err) != 0)
		engine_trouble(clerk, err);
	arena_free(arena);
	if (changed > 0)
		clerk->reload_wanted = true;
	/* It ends by itself now. */
	return 0;
}

static const struct role_kind holidays_kind = {
	.name = "holidays",
	.once = true,
	.start = wire_role_start,
	.fd = wire_role_fd,
	.wants = wire_role_wants,
	.serve = wire_role_serve,
	.end = wire_role_end,
	.pid = wire_role_pid,
	.settings = put_settings,
	.frame = take_answer,
};

static time_t
last_fetched(struct clerk *clerk)
{
	struct arena *arena = arena_new(0);
	struct store_note *notes;
	struct error err = { 0 };
	time_t when = 0;
	size_t count;

	if (store_notes(clerk->store, fetched_note, arena, &notes, &count,
			&err) == 0 &&
	    count != 0)
		when = strtoll(arena_span(arena, notes[0].value).ptr, NULL, 10);
	arena_free(arena);
	return when;
}

void
holidays_arrange(struct clerk *clerk)
{
	struct clerk_role *role = role_find(clerk, "holidays", NULL);
	time_t last;

	if (clerk->snapshot->config->calendar.update_url == NULL) {
		if (role != NULL)
			role_remove(clerk, role);
		clerk->holidays.next = 0;
		return;
	}
	if (role == NULL)
		(void)role_add(clerk, &holidays_kind, "holidays");
	last = last_fetched(clerk);
	if (clerk->holidays.next == 0)
		clerk->holidays.next =
			last != 0 ? last + WEEK_S : clerk_now(clerk) + FIRST_S;
}

void
holidays_wake(struct clerk *clerk, time_t now, time_t *ret_next)
{
	struct clerk_role *role = role_find(clerk, "holidays", NULL);
	struct holidays *holidays = &clerk->holidays;

	if (role == NULL || holidays->next == 0)
		return;
	if (holidays->next <= now) {
		holidays->next = now + RETRY_S; /* unless it answers */
		role->wanted = true;
		role->retry_at = now;
		clerk->turn_again = true;
	}
	clerk_sooner(ret_next, holidays->next);
}
