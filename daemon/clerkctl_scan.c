/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clerkctl scan: every message through the daemon's own intake over a store in
 * memory; one JSON object a line (formats.md of the specification; clerkctl(1)
 * has the fields).
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "clerkctl.h"
#include "clerkctl_mail.h"
#include "duty/intake.h"
#include "record/store.h"

enum {
	SCAN_COMMIT_EVERY = 500, /* messages a transaction */
	JOBS_MAX = READERS_MAX
};

struct scan {
	const struct snapshot *snapshot;
	struct casework casework; /* for what rules may know of cases */
	struct intake intake;
	struct arena *arena; /* of one message */
	struct buf key;
	struct json_writer json;
	size_t in_transaction;
	bool unreadable;
};

static void
put_evidence(struct json_writer *json, const struct evidence *evidence)
{
	json_open_object(json, NULL);
	json_put_text(json, "where", evidence->where);
	json_put_number(json, "start", (long long)evidence->start);
	json_put_number(json, "end", (long long)evidence->end);
	json_put_text(json, "text", evidence->text);
	json_close_object(json);
}

static void
put_finding(struct json_writer *json, const struct finding *finding)
{
	size_t i;

	json_open_object(json, NULL);
	json_put_text(json, "rule", finding->rule);
	json_put_string(json, "severity", severity_name(finding->severity));
	json_put_decimal(json, "score", finding->score, 2);
	json_open_array(json, "clauses");
	for (i = 0; i < finding->clause_count; i++)
		json_put_text(json, NULL, finding->clauses[i]);
	json_close_array(json);
	json_put_text(json, "reason", finding->reason);
	json_open_array(json, "evidence");
	for (i = 0; i < finding->evidence_count; i++)
		put_evidence(json, &finding->evidence[i]);
	json_close_array(json);
	json_close_object(json);
}

static void
put_verdict(struct json_writer *json, const struct verdict *verdict)
{
	char day[16];
	size_t i;

	json_put_string(json, "direction", direction_name(verdict->direction));
	json_put_bool(json, "enquiry", verdict->enquiry);
	json_put_string(json, "reply", reply_kind_name(verdict->reply));
	if (verdict->promise.year != 0) {
		snprintf(day, sizeof day, "%04d-%02d-%02d",
			 verdict->promise.year, verdict->promise.month,
			 verdict->promise.day);
		json_put_string(json, "promise", day);
	} else {
		json_put_null(json, "promise");
	}
	json_open_array(json, "findings");
	for (i = 0; i < verdict->finding_count; i++)
		if (verdict->findings[i].state == RULE_LIVE)
			put_finding(json, &verdict->findings[i]);
	json_close_array(json);
}

static void
put_message(struct scan *scan, const struct mailfile *file,
	    const struct message *message, const struct verdict *verdict)
{
	struct json_writer *json = &scan->json;
	char stamp[CALENDAR_STAMP_SIZE];
	size_t i;

	json_open_object(json, NULL);
	json_put_string(json, "file", file->name);
	json_put_text(json, "message_id", message->message_id);
	calendar_stamp(scan->snapshot->calendar, message->received, stamp);
	json_put_string(json, "received", stamp);
	json_put_text(json, "from", message->from.email);
	put_verdict(json, verdict);
	json_open_array(json, "warnings");
	for (i = 0; i < message->warning_count; i++)
		json_put_text(json, NULL, message->warnings[i]);
	json_close_array(json);
	json_close_object(json);
	json_print(json, stdout);
}

static int
scan_message(void *context, const struct mailfile *file,
	     const struct reading *reading, struct error *err)
{
	struct intake_result result = { 0 };
	struct scan *scan = context;
	struct intake_item item = {
		.source = "scan",
		.message = reading->message,
	};
	int status;

	if (reading->message == NULL) {
		scan->unreadable = true;
		mail_print_unreadable(&scan->json, file->name, reading->why);
		return 0;
	}
	mail_key(file, &scan->key);
	item.key = buf_span(&scan->key);
	item.now = reading->message->received;
	if (scan->in_transaction == 0 &&
	    store_begin(scan->intake.store, err) < 0)
		return -1;
	scan->in_transaction++;
	status =
		intake_message(&scan->intake, &item, scan->arena, &result, err);
	if (status == 0)
		put_message(scan, file, reading->message, &result.verdict);
	arena_clear(scan->arena);
	if (status == 0 && scan->in_transaction >= SCAN_COMMIT_EVERY) {
		scan->in_transaction = 0;
		status = store_commit(scan->intake.store, err);
	}
	return status;
}

static int
scan_paths(const struct snapshot *snapshot, unsigned jobs,
	   const char *const *paths, size_t path_count)
{
	struct mail_options how = { .config = snapshot->config,
				    .readers = jobs };
	struct scan scan = { .snapshot = snapshot };
	struct error err = { 0 };
	int status = 0;

	if (store_open(":memory:", &scan.intake.store, &err) < 0) {
		fprintf(stderr, "clerkctl scan: %s\n", err.text);
		return EXIT_FAULT;
	}
	scan.intake.people = snapshot->people;
	scan.intake.calendar = snapshot->calendar;
	scan.intake.elections = snapshot->elections;
	scan.intake.filter = snapshot->filter;
	scan.intake.judge_copies = true;
	scan.intake.casework = &scan.casework;
	scan.casework = (struct casework){ .store = scan.intake.store,
					   .people = snapshot->people,
					   .calendar = snapshot->calendar,
					   .protocol = snapshot->protocol };
	buf_init(&scan.key, MAIL_KEY_MAX);
	scan.arena = arena_new(0);
	json_init(&scan.json);
	if (mail_read_paths(&how, paths, path_count, scan_message, &scan,
			    &err) < 0) {
		fprintf(stderr, "clerkctl scan: %s\n", err.text);
		status = EXIT_FAULT;
	}
	json_clear(&scan.json);
	buf_clear(&scan.key);
	arena_free(scan.arena);
	store_close(scan.intake.store);
	return scan.unreadable ? EXIT_FAULT : status;
}

int
clerkctl_scan(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "jobs", required_argument, NULL, 'j' },
		{ "json", no_argument, NULL, 'J' }, /* as always */
		{ NULL, 0, NULL, 0 },
	};
	const char *config_path = NULL;
	struct snapshot *snapshot;
	long jobs = 0;
	int option, status;

	while ((option = getopt_long(argc, argv, "c:j:", options, NULL)) !=
	       -1) {
		if (option == 'c')
			config_path = optarg;
		else if (option == 'j')
			jobs = strtol(optarg, NULL, 10);
		if ((option == 'j' && (jobs < 1 || jobs > JOBS_MAX)) ||
		    option == '?')
			return clerkctl_usage(argv[0]);
	}
	if (optind == argc)
		return clerkctl_usage(argv[0]);
	snapshot = clerkctl_snapshot(config_path, true, false);
	if (snapshot == NULL)
		return EXIT_USAGE;
	status = scan_paths(snapshot, (unsigned)jobs,
			    (const char *const *)argv + optind,
			    (size_t)(argc - optind));
	snapshot_free(snapshot);
	return status;
}
