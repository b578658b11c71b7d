/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SNAPSHOT_H
#define SNAPSHOT_H
/*
 * Everything that is read from files once and asked ever after: configuration,
 * protocol, calendar, elections, people, filter, guards. Built whole, swapped
 * whole on SIGHUP; with an error in any of it the old snapshot stays.
 */
#include <time.h>

#include "base/error.h"
#include "base/fault.h"
#include "config.h"
#include "duty/guard.h"
#include "facts/calendar.h"
#include "facts/elections.h"
#include "facts/people.h"
#include "facts/protocol.h"
#include "filters/filter.h"

struct snapshot {
	struct config *config;
	struct protocol *protocol;
	struct calendar *calendar;
	struct elections *elections;
	struct people *people;
	struct filter *filter; /* NULL when loaded without */
	struct guard guard;
};

enum snapshot_filter {
	SNAPSHOT_WITHOUT, /* for the commands that judge nothing */
	SNAPSHOT_FILTER,
	/* and keeps the packs that it had to make in the state directory: for
	 * the daemon, whose directory it is */
	SNAPSHOT_FILTER_KEPT
};

/* Loads as much as can be loaded, so that faults is complete; returns -1 when
 * any part is missing or faults holds an error. */
int snapshot_load(const char *config_path, enum snapshot_filter with_filter,
		  struct fault_list *faults, struct snapshot **ret_snapshot,
		  struct error *err);
void snapshot_free(struct snapshot *snapshot);

/* How days are counted; borrows from config. */
struct calendar_settings snapshot_calendar(const struct config *config);

/* What will hurt later although nothing is wrong now: bank holidays that run
 * out within 12 months of now, wards and groups that nobody has, a missing
 * Monitoring Officer. Adds warnings. */
void snapshot_foresee(const struct snapshot *snapshot, time_t now,
		      struct fault_list *faults);

#endif
