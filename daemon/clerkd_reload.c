/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A configuration is taken whole or not at all: read, checked by everybody who
 * will use it, and only then put in the place of the old one.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-daemon.h>

#include "base/log.h"
#include "clerkd_private.h"

enum {
	SINCE_DAYS = 30,
	DAY_S = 24 * 3600,
	FAULT_TEXT_MAX = 400,
	PLACE_MAX = 4200
};

static const char since_note[] = "casework/since";

/* "file:line", or the file alone. */
static const char *
place(const struct fault *fault, char *room, size_t size)
{
	if (fault->line == 0)
		return fault->file;
	snprintf(room, size, "%s:%u", fault->file, fault->line);
	return room;
}

static void
first_fault(const struct fault_list *faults, struct error *err)
{
	char where[PLACE_MAX];
	size_t i;

	for (i = 0; i < faults->count; i++)
		if (faults->at[i].weight == FAULT_ERROR)
			break;
	if (i < faults->count)
		error_set(err, ERROR_CONFIG, "%s: %.*s (%zu error%s in all)",
			  place(&faults->at[i], where, sizeof where),
			  FAULT_TEXT_MAX, faults->at[i].text, faults->errors,
			  faults->errors == 1 ? "" : "s");
}

/* Faults of rows may name people, who have no place in a log; those of settings
 * may not. */
static void
log_faults(const struct fault_list *faults)
{
	size_t i, warnings = faults->count - faults->errors;

	for (i = 0; i < faults->count; i++) {
		const struct fault *fault = &faults->at[i];
		struct span file = span_of(fault->file);
		char where[PLACE_MAX];

		if (fault->weight != FAULT_ERROR)
			continue;
		log_line(LOG_LEVEL_ERROR, "%s: %s",
			 place(fault, where, sizeof where),
			 span_ends_nocase(file, ".csv") ?
				 "see `clerkctl check`" :
				 fault->text);
	}
	if (warnings != 0)
		log_line(LOG_LEVEL_WARNING,
			 "configuration warnings=%zu: see `clerkctl check`",
			 warnings);
}

int
reload_load(const char *path, enum snapshot_filter filter, bool print,
	    struct snapshot **ret_snapshot, struct error *err)
{
	struct fault_list faults = { 0 };
	int rc = snapshot_load(path, filter, &faults, ret_snapshot, err);

	if (print)
		fault_print(&faults, FAULT_WARNING, stderr);
	else
		log_faults(&faults);
	if (rc != 0)
		first_fault(&faults, err);
	fault_list_clear(&faults);
	if (rc == 0 && (mailboxes_check(*ret_snapshot, err) != 0 ||
			post_check(*ret_snapshot, err) != 0)) {
		snapshot_free(*ret_snapshot);
		*ret_snapshot = NULL;
		rc = -1;
		log_line(LOG_LEVEL_ERROR, "%s", err->text);
	}
	return rc;
}

/* Without a setting: 30 days before the store began. By then the ladder of
 * older enquiries is over, so the first reading of an old mailbox reminds of
 * nothing that is long past, and of each newer enquiry once. */
static int
since_default(struct clerk *clerk, time_t *ret_since, struct error *err)
{
	struct arena *arena = arena_new(0);
	struct store_note *notes;
	char value[32];
	size_t count;
	int rc;

	rc = store_notes(clerk->store, since_note, arena, &notes, &count, err);
	if (rc == 0 && count != 0) {
		*ret_since = strtoll(arena_span(arena, notes[0].value).ptr,
				     NULL, 10);
	} else if (rc == 0) {
		*ret_since = clerk_now(clerk) - SINCE_DAYS * DAY_S;
		snprintf(value, sizeof value, "%lld", (long long)*ret_since);
		rc = engine_begin(clerk, err);
		if (rc == 0)
			rc = store_note_set(clerk->store, since_note,
					    span_of(value), err);
	}
	arena_free(arena);
	return rc;
}

static int
casework_make(struct clerk *clerk, const struct snapshot *snapshot,
	      struct casework *ret_casework, struct error *err)
{
	struct date since = snapshot->config->casework.since;

	*ret_casework = (struct casework){
		.store = clerk->store,
		.people = snapshot->people,
		.calendar = snapshot->calendar,
		.protocol = snapshot->protocol,
	};
	if (since.year != 0)
		ret_casework->since =
			calendar_time(snapshot->calendar, since, 0);
	else if (since_default(clerk, &ret_casework->since, err) != 0)
		return -1;
	return 0;
}

static int
outbox_make(const struct snapshot *snapshot, const struct casework *casework,
	    struct outbox **ret_outbox, struct error *err)
{
	const struct config *config = snapshot->config;
	struct outbox_settings settings = {
		.casework = casework,
		.letters_directory = config->letters.directory,
		.council = config->council.name,
		.from = config->smtp.from,
		.from_name = config->smtp.from_name,
		.no_flags = !config->letters.flags,
		.flags_every_s = config->letters.flag_interval_s,
		.daily_minutes = config->letters.summary ?
					 config->letters.summary_at :
					 -1,
		.guard = &snapshot->guard,
		.filter = snapshot->filter,
		.review_below = config->rules.review_below,
	};
	struct fault_list faults = { 0 };
	int rc;

	rc = outbox_open(&settings, &faults, ret_outbox, err);
	if (rc == 0 && faults.errors != 0) {
		outbox_close(*ret_outbox);
		rc = -1;
	}
	if (rc != 0)
		first_fault(&faults, err);
	fault_list_clear(&faults);
	return rc;
}

int
reload_use(struct clerk *clerk, struct snapshot *snapshot, struct error *err)
{
	struct snapshot *old = clerk->snapshot;
	const struct casework before = clerk->casework;
	struct casework casework;
	struct outbox *outbox = NULL;

	if (engine_commit(clerk, err) != 0 ||
	    casework_make(clerk, snapshot, &casework, err) != 0)
		return -1;
	/* The outbox borrows the casework, which has its place in the clerk. */
	clerk->casework = casework;
	if (snapshot->config->smtp.host != NULL &&
	    outbox_make(snapshot, &clerk->casework, &outbox, err) != 0) {
		clerk->casework = before;
		return -1;
	}
	clerk->intake = (struct intake){
		.store = clerk->store,
		.people = snapshot->people,
		.calendar = snapshot->calendar,
		.elections = snapshot->elections,
		.filter = snapshot->filter,
		.guard = &snapshot->guard,
		.casework = &clerk->casework,
	};
	outbox_close(clerk->outbox);
	clerk->outbox = outbox;
	clerk->snapshot = snapshot;
	if (engine_begin(clerk, err) != 0 ||
	    casework_recount(&clerk->casework, err) != 0 ||
	    engine_commit(clerk, err) != 0) {
		if (old == NULL)
			return -1;
		engine_trouble(clerk, err);
	}
	mailboxes_arrange(clerk);
	post_arrange(clerk);
	holidays_arrange(clerk);
	snapshot_free(old);
	if (engine_arrange(clerk, err) != 0)
		return -1;
	clerk->reloaded = clerk_now(clerk);
	post_soon(clerk);
	return 0;
}

void
reload(struct clerk *clerk)
{
	struct snapshot *snapshot = NULL;
	struct error err = { 0 };

	sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%" PRId64,
		   clerk_ms() * 1000);
	clerk->reload_wanted = false;
	clerk->reload_trouble[0] = '\0';
	if (reload_load(clerk->config_path, SNAPSHOT_FILTER_KEPT, false,
			&snapshot, &err) != 0 ||
	    reload_use(clerk, snapshot, &err) != 0) {
		if (clerk->snapshot != snapshot)
			snapshot_free(snapshot);
		else if (snapshot != NULL) /* too late to go back */
			clerk_fail(clerk, &err);
		snprintf(clerk->reload_trouble, sizeof clerk->reload_trouble,
			 "%s", err.text);
		/* The fault may name a person; `clerkctl status` tells it. */
		log_line(LOG_LEVEL_ERROR,
			 "reload refused, the old configuration stays: run "
			 "`clerkctl check`");
		log_line(LOG_LEVEL_DEBUG, "reload: %s", err.text);
	} else {
		log_open("clerkd", clerk->snapshot->config->state.log);
		log_line(LOG_LEVEL_NOTICE, "reloaded mailboxes=%zu people=%zu",
			 clerk->snapshot->config->mailbox_count,
			 people_count(clerk->snapshot->people));
	}
	sd_notify(0, "READY=1");
}
