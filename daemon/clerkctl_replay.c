/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clerkctl replay: the whole of casework over mail in files, with a simulated
 * clock; one JSON object for each event, in order of time.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "clerkctl.h"
#include "clerkctl_mail.h"
#include "duty/replay.h"

enum { JOBS_MAX = READERS_MAX };

struct telling {
	const struct snapshot *snapshot;
	struct replay *replay;
	struct json_writer json;
	bool unreadable;
};

static void
put_time(struct telling *telling, const char *key, time_t when)
{
	char stamp[CALENDAR_STAMP_SIZE];

	calendar_stamp(telling->snapshot->calendar, when, stamp);
	json_put_string(&telling->json, key, stamp);
}

static void
put_case(struct telling *telling, int64_t id)
{
	char name[32];

	snprintf(name, sizeof(name), "C%lld", (long long)id);
	json_put_string(&telling->json, "case", name);
}

static void
put_words(struct telling *telling, const char *key, const struct words *words)
{
	json_open_array(&telling->json, key);
	for (size_t i = 0; i < words->count; i++)
		json_put_text(&telling->json, NULL, words->at[i]);
	json_close_array(&telling->json);
}

static void
put_details(struct telling *telling, const struct replay_event *event)
{
	struct json_writer *json = &telling->json;

	if (event->message_id.len)
		json_put_text(json, "message_id", event->message_id);
	if (event->member.len) {
		json_put_text(json, "member", event->member);
		json_put_text(json, "owner", event->owner);
	}
	if (event->response_due) {
		if (event->ack_due)
			put_time(telling, "ack_due", event->ack_due);
		else
			json_put_null(json, "ack_due");
		put_time(telling, "response_due", event->response_due);
	}
	if (event->stage.len) {
		json_put_text(json, "stage", event->stage);
		put_words(telling, "to", &event->to);
		put_words(telling, "cc", &event->cc);
	}
	if (event->rule.len)
		json_put_text(json, "rule", event->rule);
}

static void
tell(void *context, const struct replay_event *event)
{
	struct telling *telling = context;

	json_open_object(&telling->json, NULL);
	put_time(telling, "time", event->time);
	json_put_string(&telling->json, "event", event->event);
	if (event->case_id)
		put_case(telling, event->case_id);
	put_details(telling, event);
	json_close_object(&telling->json);
	json_print(&telling->json, stdout);
}

static int
take_message(void *context, const struct mailfile *file,
	     const struct reading *reading, struct error *err)
{
	struct telling *telling = context;
	struct buf key;
	int status;

	if (reading->message == NULL) {
		telling->unreadable = true;
		mail_print_unreadable(&telling->json, file->name, reading->why);
		return 0;
	}
	buf_init(&key, MAIL_KEY_MAX);
	mail_key(file, &key);
	status = replay_message(telling->replay, buf_span(&key),
				reading->message, err);
	buf_clear(&key);
	return status;
}

static int
replay_paths(const struct snapshot *snapshot, time_t until, unsigned jobs,
	     const char *const *paths, size_t path_count)
{
	struct mail_options how = { .config = snapshot->config,
				    .readers = jobs };
	struct telling telling = { .snapshot = snapshot };
	struct replay_settings settings = {
		.people = snapshot->people,
		.calendar = snapshot->calendar,
		.elections = snapshot->elections,
		.protocol = snapshot->protocol,
		.filter = snapshot->filter,
		.guard = &snapshot->guard,
		.until = until,
	};
	struct error err = { 0 };
	int status = 0;

	json_init(&telling.json);
	if (replay_new(&settings, &telling.replay, &err) ||
	    mail_read_paths(&how, paths, path_count, take_message, &telling,
			    &err) ||
	    replay_finish(telling.replay, tell, &telling, &err)) {
		fprintf(stderr, "clerkctl replay: %s\n", err.text);
		status = EXIT_FAULT;
	}
	replay_free(telling.replay);
	json_clear(&telling.json);
	return telling.unreadable ? EXIT_FAULT : status;
}

int
clerkctl_replay(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "jobs", required_argument, NULL, 'j' },
		{ "json", no_argument, NULL, 'J' }, /* as always */
		{ "until", required_argument, NULL, 'u' },
		{ NULL, 0, NULL, 0 },
	};
	const char *config_path = NULL;
	struct snapshot *snapshot;
	long jobs = 0;
	time_t until = 0;
	int option, status;

	while ((option = getopt_long(argc, argv, "c:j:", options, NULL)) !=
	       -1) {
		if (option == 'c')
			config_path = optarg;
		else if (option == 'j')
			jobs = strtol(optarg, NULL, 10);
		if (option == '?' ||
		    (option == 'j' && (jobs < 1 || jobs > JOBS_MAX)) ||
		    (option == 'u' && !time_parse(span_of(optarg), &until)))
			return clerkctl_usage(argv[0]);
	}
	if (optind == argc || !until)
		return clerkctl_usage(argv[0]);
	snapshot = clerkctl_snapshot(config_path, true, false);
	if (snapshot == NULL)
		return EXIT_USAGE;
	status = replay_paths(snapshot, until, (unsigned)jobs,
			      (const char *const *)argv + optind,
			      (size_t)(argc - optind));
	snapshot_free(snapshot);
	return status;
}
