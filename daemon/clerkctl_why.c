/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clerkctl why: what a rule, or a reading, makes of one message, condition by
 * condition. The message goes the way of scan: jailed reader, intake, thread;
 * the reasons are asked for where the judgement takes place.
 */
#include "clerkctl_why.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clerkctl.h"
#include "clerkctl_judge.h"

struct asking {
	struct judging judging;
	struct mailfile target;
	const struct mailfile *at; /* the message at hand */
	struct span rule;
	bool as_json, told;
};

/* ---- finding the message ---- */

static bool
same_file(const struct mailfile *a, const char *path, long long offset)
{
	struct stat x, y;

	if (a->offset != offset)
		return false;
	if (strcmp(a->path, path) == 0)
		return true;
	return stat(a->path, &x) == 0 && stat(path, &y) == 0 &&
	       x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* The number behind "inbox.mbox#3"; 0 when there is none. *ret_path is the
 * path before it. */
static size_t
split_number(const char *file, struct arena *arena, const char **ret_path)
{
	const char *hash = strrchr(file, '#');
	struct stat there;
	char *end;
	unsigned long number;

	*ret_path = file;
	if (hash == NULL || hash == file || stat(file, &there) == 0)
		return 0;
	number = strtoul(hash + 1, &end, 10);
	if (end == hash + 1 || *end != '\0' || number == 0)
		return 0;
	*ret_path = arena_span(arena, span_sub(span_of(file), 0,
					       (size_t)(hash - file)))
			    .ptr;
	return number;
}

static bool
numbered(const struct mailfile *file, size_t number)
{
	const char *hash = strrchr(file->name, '#');

	return hash != NULL && strtoul(hash + 1, NULL, 10) == number;
}

static int
find_target(struct asking *asking, const char *file, struct arena *arena,
	    struct error *err)
{
	struct mailfiles files = { 0 };
	const char *path;
	size_t number = split_number(file, arena, &path), i;

	if (mailfile_list_asked(&path, 1, arena, &files, err) < 0)
		return -1;
	for (i = 0; i < files.count; i++)
		if (number == 0 ? files.count == 1 :
				  numbered(&files.at[i], number))
			break;
	if (i == files.count)
		return error_set(
			err, ERROR_INPUT,
			number != 0      ? "%s: there is no such message" :
			files.count == 0 ? "%s: there is no message in it" :
					   "%s: there are several messages in "
					   "it; name one, as in inbox.mbox#3",
			file);
	asking->target = files.at[i];
	return 0;
}

/* The messages before the target, and the target at its place. */
static int
list_mail(const struct asking *asking, const struct scan_request *request,
	  struct arena *arena, struct mailfiles *ret_files, struct error *err)
{
	const struct mailfile *target = &asking->target;
	struct mailfiles files = { 0 };
	size_t i;

	if (request->path_count != 0 &&
	    mailfile_list_asked(request->paths, request->path_count, arena,
				&files, err) < 0)
		return -1;
	ret_files->at =
		arena_array(arena, files.count + 1, sizeof(*ret_files->at));
	ret_files->count = 0;
	for (i = 0; i < files.count; i++) {
		const struct mailfile *file = &files.at[i];

		if (file->received > target->received)
			break;
		if (!same_file(file, target->path, target->offset))
			ret_files->at[ret_files->count++] = *file;
	}
	ret_files->at[ret_files->count++] = *target;
	return 0;
}

/* ---- asking ---- */

static void
tell(struct asking *asking, const struct message *message,
     enum direction direction, const struct reasoning *reasoning,
     struct arena *arena)
{
	char stamp[CALENDAR_STAMP_SIZE];
	const struct why_told told = {
		.file = asking->target.name,
		.message = message,
		.received = stamp,
		.direction = direction,
		.unverified = intake_unverified(
			asking->judging.snapshot->people, message),
		.rule = asking->rule,
		.reasoning = reasoning,
		.arena = arena,
	};

	calendar_stamp(asking->judging.snapshot->calendar, message->received,
		       stamp);
	if (asking->as_json)
		why_print_json(&told);
	else
		why_print_text(&told);
	asking->told = true;
}

/* In the place of filter_judge(). */
static void
judge(void *context, const struct exhibit *exhibit, struct arena *arena,
      struct verdict *ret_verdict)
{
	struct asking *asking = context;
	const struct filter *filter = asking->judging.snapshot->filter;
	struct reasoning reasoning;

	filter_judge(filter, exhibit, arena, ret_verdict);
	if (!same_file(asking->at, asking->target.path, asking->target.offset))
		return;
	filter_why(filter, exhibit, asking->rule, arena, &reasoning);
	tell(asking, exhibit->message, ret_verdict->direction, &reasoning,
	     arena);
}

static int
why_message(void *context, const struct mailfile *file,
	    const struct reading *reading, struct error *err)
{
	struct intake_result result = { 0 };
	struct asking *asking = context;

	asking->at = file;
	if (reading->message == NULL)
		return same_file(file, asking->target.path,
				 asking->target.offset) ?
			       error_set(err, ERROR_INPUT, "%s: %s", file->path,
					 reading->why) :
			       0;
	if (judging_message(&asking->judging, file, reading->message, &result,
			    err) < 0)
		return -1;
	judging_next(&asking->judging);
	return 0;
}

static int
why(struct asking *asking, const struct scan_request *request, const char *file)
{
	struct mail_options how = { .config = request->snapshot->config };
	struct arena *arena = arena_new(0);
	struct mailfiles files = { 0 };
	struct error err = { 0 };
	int status = 0;

	if (judging_open(&asking->judging, request->snapshot, &err) < 0)
		status = EXIT_FAULT;
	asking->judging.intake.judge_copies = true;
	asking->judging.intake.judge = judge;
	asking->judging.intake.judge_context = asking;
	if (status == 0 &&
	    (find_target(asking, file, arena, &err) < 0 ||
	     list_mail(asking, request, arena, &files, &err) < 0 ||
	     mail_read(&how, &files, why_message, asking, &err) < 0))
		status = EXIT_FAULT;
	if (status != 0)
		fprintf(stderr, "clerkctl why: %s\n", err.text);
	judging_close(&asking->judging);
	arena_free(arena);
	return asking->told ? status : EXIT_FAULT;
}

/* ---- the command line ---- */

static bool
rule_known(const char *name)
{
	size_t i;

	for (i = 0; i < filter_rule_count(); i++)
		if (strcmp(filter_rule_id(i), name) == 0)
			return true;
	return strcmp(name, "enquiry") == 0 || strcmp(name, "reply") == 0;
}

static int
complain_of_rule(const char *name)
{
	size_t i;

	fprintf(stderr,
		"clerkctl why: no rule \"%s\"; there are enquiry, reply", name);
	for (i = 0; i < filter_rule_count(); i++)
		fprintf(stderr, ", %s", filter_rule_id(i));
	fputc('\n', stderr);
	return EXIT_USAGE;
}

int
clerkctl_why(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "with", required_argument, NULL, 'w' },
		{ "json", no_argument, NULL, 'j' },
		{ NULL, 0, NULL, 0 },
	};
	struct arena *arena = arena_new(0);
	struct asking asking = { .as_json = false };
	struct snapshot *snapshot = NULL;
	struct scan_request request = { .paths = NULL };
	const char *config_path = NULL, **with = NULL;
	int option, status;

	while ((option = getopt_long(argc, argv, "c:", options, NULL)) != -1) {
		if (option == 'c')
			config_path = optarg;
		else if (option == 'w')
			*(const char **)arena_push(arena, &with,
						   &request.path_count,
						   sizeof(*with)) = optarg;
		else if (option == 'j')
			asking.as_json = true;
		else
			break;
	}
	request.paths = with;
	if (option != -1 || argc - optind != 2) {
		status = clerkctl_usage(argv[0]);
	} else if (!rule_known(argv[optind + 1])) {
		status = complain_of_rule(argv[optind + 1]);
	} else if ((snapshot = clerkctl_snapshot(config_path, true, false)) ==
		   NULL) {
		status = EXIT_USAGE;
	} else {
		request.snapshot = snapshot;
		asking.rule = span_of(argv[optind + 1]);
		status = why(&asking, &request, argv[optind]);
	}
	snapshot_free(snapshot);
	arena_free(arena);
	return status;
}
