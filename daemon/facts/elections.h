/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ELECTIONS_H
#define ELECTIONS_H
/*
 * Polls and their pre-election periods (elections.csv).
 *
 * A period runs from publication of the notice of election, at the latest the
 * statutory number of working days before the poll (25 in England, Wales and
 * Northern Ireland, 28 in Scotland, 30 for the GLA; see elections.c for each
 * enactment), to the close of poll at 22:00. The operator's notice_date wins.
 *
 * A snapshot like the others.
 */
#include "base/arena.h"
#include "base/error.h"
#include "base/fault.h"
#include "base/text.h"
#include "calendar.h"

enum poll_kind {
	POLL_LOCAL,
	POLL_BY_ELECTION,
	POLL_PARISH,
	POLL_PARLIAMENTARY,
	POLL_PARLIAMENTARY_BY,
	POLL_MAYORAL,
	POLL_GLA,
	POLL_PCC,
	POLL_SENEDD,
	POLL_SCOTTISH_PARLIAMENT,
	POLL_NI_ASSEMBLY,
	POLL_REFERENDUM,
	POLL_KIND_COUNT
};

struct poll {
	struct span id;
	enum poll_kind kind;
	struct date polling_date, starts;
	time_t opens, ends; /* start of the period, close of poll */
	struct span *wards; /* none: the whole area */
	size_t ward_count;
	struct span *candidates; /* names that are not in people.csv */
	size_t candidate_count;
	unsigned line;
};

/* A statutory count of working days back from a poll. */
struct count_rule {
	int days;
	enum division area;      /* whose bank holidays are disregarded */
	bool skip_christmas_eve; /* 24 December is disregarded too */
	bool skip_easter_monday; /* so is Easter Monday, where no holiday */
	bool skip_city_breaks;   /* Maundy Thursday and Easter Tuesday */
};
struct date elections_count_back(const struct calendar *calendar,
				 const struct count_rule *rule,
				 struct date polling_date);
/* The latest start of the period by statute, in the calendar's division. */
struct date elections_period_start(const struct calendar *calendar,
				   enum poll_kind kind,
				   struct date polling_date);

struct elections;

/* path NULL: no polls. */
int elections_load(const char *path, const struct calendar *calendar,
		   struct fault_list *faults, struct elections **ret_elections,
		   struct error *err);
void elections_free(struct elections *elections);

size_t elections_count(const struct elections *elections);
const struct poll *elections_at(const struct elections *elections,
				size_t index);
/* The first poll whose period holds on that day, from index *from on, which is
 * moved behind it; NULL when no more. Start with *from = 0. */
const struct poll *elections_on(const struct elections *elections,
				struct date day, size_t *from);
const char *poll_kind_name(enum poll_kind kind);

#endif
