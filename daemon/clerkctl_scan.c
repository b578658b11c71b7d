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
#include "clerkctl_judge.h"

enum { JOBS_MAX = READERS_MAX };

struct scan {
	struct judging judging;
	struct json_writer json;
	bool unreadable;
};

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
		judging_put_evidence(json, NULL, &finding->evidence[i]);
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
	    const struct message *message, const struct intake_result *result)
{
	struct json_writer *json = &scan->json;
	char stamp[CALENDAR_STAMP_SIZE], said[200];
	size_t i;

	json_open_object(json, NULL);
	json_put_string(json, "file", file->name);
	json_put_text(json, "message_id", message->message_id);
	calendar_stamp(scan->judging.snapshot->calendar, message->received,
		       stamp);
	json_put_string(json, "received", stamp);
	json_put_text(json, "from", message->from.email);
	put_verdict(json, &result->verdict);
	json_open_array(json, "warnings");
	for (i = 0; i < message->warning_count; i++)
		json_put_text(json, NULL, message->warnings[i]);
	if (result->unverified) {
		snprintf(said, sizeof said, "sender: not verified, %.*s",
			 SPAN_ARG(span_sub(message->sender_why, 0, 150)));
		json_put_string(json, NULL, said);
	}
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

	if (reading->message == NULL) {
		scan->unreadable = true;
		mail_print_unreadable(&scan->json, file->name, reading->why);
		return 0;
	}
	if (judging_message(&scan->judging, file, reading->message, &result,
			    err) < 0)
		return -1;
	put_message(scan, file, reading->message, &result);
	judging_next(&scan->judging);
	return 0;
}

int
scan_lines(const struct scan_request *request)
{
	struct mail_options how = { .config = request->snapshot->config,
				    .readers = request->jobs };
	struct scan scan = { 0 };
	struct error err = { 0 };
	int status = 0;

	json_init(&scan.json);
	if (judging_open(&scan.judging, request->snapshot, &err) < 0)
		status = EXIT_FAULT;
	scan.judging.intake.judge_copies = true;
	if (status == 0 &&
	    mail_read_paths(&how, request->paths, request->path_count,
			    scan_message, &scan, &err) < 0)
		status = EXIT_FAULT;
	if (status != 0)
		fprintf(stderr, "clerkctl scan: %s\n", err.text);
	json_clear(&scan.json);
	judging_close(&scan.judging);
	return scan.unreadable ? EXIT_FAULT : status;
}

struct scan_arguments {
	const char *config_path, *compare_path;
	bool summary;
	long jobs;
	struct scan_request request;
};

/* False when they make no sense. */
static bool
scan_arguments(int argc, char **argv, struct scan_arguments *ret)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "jobs", required_argument, NULL, 'j' },
		{ "json", no_argument, NULL, 'J' },
		{ "summary", no_argument, NULL, 's' },
		{ "compare", required_argument, NULL, 'o' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	*ret = (struct scan_arguments){ .jobs = 0 };
	while ((option = getopt_long(argc, argv, "c:j:", options, NULL)) !=
	       -1) {
		if (option == 'c')
			ret->config_path = optarg;
		else if (option == 'j')
			ret->jobs = strtol(optarg, NULL, 10);
		else if (option == 'J')
			ret->request.as_json = true;
		else if (option == 's')
			ret->summary = true;
		else if (option == 'o')
			ret->compare_path = optarg;
		if ((option == 'j' &&
		     (ret->jobs < 1 || ret->jobs > JOBS_MAX)) ||
		    option == '?')
			return false;
	}
	ret->request.jobs = (unsigned)ret->jobs;
	ret->request.paths = (const char *const *)argv + optind;
	ret->request.path_count = (size_t)(argc - optind);
	return optind < argc && !(ret->summary && ret->compare_path != NULL);
}

static int
compare(const struct scan_arguments *arguments)
{
	struct snapshot *old =
		clerkctl_snapshot(arguments->compare_path, true, false);
	int status;

	if (old == NULL) {
		fprintf(stderr,
			"clerkctl scan: --compare %s: not a configuration "
			"that can be compared with\n",
			arguments->compare_path);
		return EXIT_USAGE;
	}
	status = scan_compare(&arguments->request, old);
	snapshot_free(old);
	return status;
}

int
clerkctl_scan(int argc, char **argv)
{
	struct scan_arguments arguments;
	struct snapshot *snapshot;
	int status;

	if (!scan_arguments(argc, argv, &arguments))
		return clerkctl_usage(argv[0]);
	snapshot = clerkctl_snapshot(arguments.config_path, true, false);
	if (snapshot == NULL)
		return EXIT_USAGE;
	arguments.request.snapshot = snapshot;
	if (arguments.compare_path != NULL)
		status = compare(&arguments);
	else if (arguments.summary)
		status = scan_summary(&arguments.request);
	else
		status = scan_lines(&arguments.request);
	snapshot_free(snapshot);
	return status;
}
