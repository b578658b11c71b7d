/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLERKCTL_JUDGE_H
#define CLERKCTL_JUDGE_H
/*
 * Mail in files through the daemon's own intake over a store in memory: what
 * scan does, also for summaries, comparisons and reasons.
 *
 * Use:      judging_open(), then judging_message() for each message in order
 *           of receipt, judging_next() when its result is no longer needed.
 *           Before the first message the intake's switches may be changed.
 * Lifetime: snapshot is borrowed; judging_close() accepts a half-built one.
 */
#include "base/json.h"
#include "clerkctl_mail.h"
#include "duty/intake.h"
#include "snapshot.h"

struct judging {
	const struct snapshot *snapshot;
	struct intake intake;
	struct casework casework; /* for what rules may know of cases */
	struct arena *arena;      /* of one message */
	struct buf key;
	size_t in_transaction;
};

int judging_open(struct judging *judging, const struct snapshot *snapshot,
		 struct error *err);
void judging_close(struct judging *judging);

/* The result lies in judging->arena and in message. */
int judging_message(struct judging *judging, const struct mailfile *file,
		    const struct message *message,
		    struct intake_result *ret_result, struct error *err);
void judging_next(struct judging *judging);

/* Mail in files that is to be judged, as the command line says. */
struct scan_request {
	const struct snapshot *snapshot;
	unsigned jobs;
	const char *const *paths;
	size_t path_count;
	bool as_json;
};

/* The ways to tell what was judged; the exit status. */
int scan_lines(const struct scan_request *request);
int scan_summary(const struct scan_request *request);
int scan_compare(const struct scan_request *request,
		 const struct snapshot *old);

/* {"where":…,"start":…,"end":…,"text":…} */
void judging_put_evidence(struct json_writer *json, const char *key,
			  const struct evidence *evidence);

#endif
