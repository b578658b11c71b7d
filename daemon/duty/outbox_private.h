/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OUTBOX_PRIVATE_H
#define OUTBOX_PRIVATE_H
/* What the files of the outbox share. */
#include "outbox.h"
#include "outbox_letter.h"
#include "outbox_template.h"
#include "reach.h"

struct outbox {
	struct outbox_settings settings;
	struct templates *templates;
	struct arena *arena; /* of the settings' texts */
	struct span from_name, host;
};

/* One letter to be queued. */
struct posting {
	const char *kind; /* "reminder", "digest", "flags", "daily", "test" */
	const struct template *template;
	struct values *values;
	struct words to, cc;
	const struct store_case *c; /* whose thread it belongs to, or NULL */
	time_t now;
	bool reminds; /* so its bounce and its absence note matter */
};

/* Fills, composes and queues one copy for each recipient. The only way into
 * the outbox: who is no officer or team of the directory is left out here.
 * ret_letter: id of the first copy; 0 when nobody was left. */
int outbox_post(struct outbox *outbox, const struct posting *posting,
		struct arena *arena, int64_t *ret_letter, struct error *err);

/* Composes reminders that no letter tells yet; ret_more: some are left. */
int outbox_reminders(struct outbox *outbox, time_t now, bool *ret_more,
		     struct error *err);
/* The Monitoring Officer's mail: new high flags, the daily summary. ret_next:
 * when to look again; 0 when nothing is foreseen. */
int outbox_flags(struct outbox *outbox, time_t now, time_t *ret_next,
		 struct error *err);
int outbox_daily(struct outbox *outbox, time_t now, time_t *ret_next,
		 struct error *err);

/* The next moment within office hours, `when` itself when it is. */
time_t outbox_window(const struct outbox *outbox, time_t when);

/* ---- words for people ---- */

/* "Tuesday 3 March 2026", in arena. */
struct span words_day(const struct outbox *outbox, time_t when,
		      struct arena *arena);
/* Full name, else what stands before the @. */
struct span words_name(const struct outbox *outbox, struct span email,
		       struct arena *arena);
struct span words_first_name(const struct outbox *outbox, struct span email,
			     struct arena *arena);
/* Quoted with "> ", wrapped; empty for empty text. */
struct span words_quoted(struct span text, struct arena *arena);

/* A moment kept as a note; 0 when there is none. */
int outbox_bookmark(struct outbox *outbox, const char *name, time_t *ret_at,
		    struct error *err);
int outbox_set_bookmark(struct outbox *outbox, const char *name, time_t at,
			struct error *err);

#endif
