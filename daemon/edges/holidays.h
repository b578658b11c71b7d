/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HOLIDAYS_H
#define HOLIDAYS_H
/*
 * Bank holidays from the web, once and away (role "holidays", libcurl).
 *
 * Talk:   WIRE_SETTINGS (address, certificates), then one WIRE_ANSWER, and the
 *         role ends. What came is taken apart in the role, in jail; only days
 *         go over the wire, checked again on the other side.
 * Safety: https and nothing else, no redirection to anything else, verified;
 *         HOLIDAYS_BYTES_MAX, HOLIDAYS_DEADLINE_S.
 * Format: that of https://www.gov.uk/bank-holidays.json, an object of
 *         divisions, each with "events" of "title" and "date".
 */
#include "base/arena.h"
#include "base/error.h"
#include "facts/calendar.h"
#include "wire.h"

enum {
	HOLIDAYS_BYTES_MAX = 2 * 1024 * 1024,
	HOLIDAYS_DEADLINE_S = 60,
	HOLIDAYS_COUNT_MAX = 5000,
	HOLIDAYS_TITLE_MAX = 200
};

struct holiday {
	enum division division;
	struct date day;
	struct span title;
};

struct holiday_list {
	struct holiday *at;
	size_t count;
};

void holidays_put_settings(struct buf *body, const char *url,
			   const char *ca_file);
/* The days, in arena; -1 with the role's own words when it got none. */
int holidays_get(struct span body, struct arena *arena,
		 struct holiday_list *ret_list, struct error *err);

/* The days of a document; also for the daemon's own file. Those of divisions
 * that are not known are left out. ERROR_INPUT when it is no such document. */
struct json;
int holidays_read(const struct json *document, struct arena *arena,
		  struct holiday_list *ret_list, struct error *err);

/* The role. */
int holidays_role(struct wire *wire);

#endif
