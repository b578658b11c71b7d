/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The commands that need no mail and no daemon: check, due, elections.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/json.h"
#include "clerkctl.h"
#include "paths.h"

static void
faults_json(const struct fault_list *faults)
{
	struct json_writer json;
	size_t i;

	json_init(&json);
	for (i = 0; i < faults->count; i++) {
		const struct fault *fault = &faults->at[i];

		json_open_object(&json, NULL);
		json_put_string(&json, "file", fault->file);
		if (fault->line != 0)
			json_put_number(&json, "line", fault->line);
		else
			json_put_null(&json, "line");
		json_put_string(&json, "weight",
				fault->weight == FAULT_ERROR ? "error" :
							       "warning");
		json_put_string(&json, "text", fault->text);
		json_close_object(&json);
		json_print(&json, stdout);
	}
	json_clear(&json);
}

int
clerkctl_check(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "json", no_argument, NULL, 'j' },
		{ NULL, 0, NULL, 0 },
	};
	const char *path = PATH_CONFIG;
	struct snapshot *snapshot = NULL;
	struct fault_list faults = { 0 };
	struct error err = { 0 };
	bool as_json = false;
	int option, status;

	while ((option = getopt_long(argc, argv, "c:", options, NULL)) != -1) {
		if (option == 'c')
			path = optarg;
		else if (option == 'j')
			as_json = true;
		else
			return clerkctl_usage(argv[0]);
	}
	if (optind < argc) /* `clerkctl check config/clerkd.conf` is natural */
		path = argv[optind];
	if (snapshot_load(path, SNAPSHOT_FILTER, &faults, &snapshot, &err) == 0)
		snapshot_foresee(snapshot, time(NULL), &faults);
	status = faults.errors != 0 ? EXIT_FAULT : 0;
	if (as_json)
		faults_json(&faults);
	else
		fault_print(&faults, FAULT_WARNING, stdout);
	if (!as_json)
		printf("%s: %zu error%s, %zu warning%s\n", path, faults.errors,
		       faults.errors == 1 ? "" : "s",
		       faults.count - faults.errors,
		       faults.count - faults.errors == 1 ? "" : "s");
	snapshot_free(snapshot);
	fault_list_clear(&faults);
	return status;
}

/* What `due` counts with: the council's calendar, or just a division's. */
struct counting {
	struct snapshot *snapshot; /* owns calendar, or NULL */
	struct calendar *calendar;
	enum division division;
	bool as_json;
};

static int
calendar_open(struct counting *counting, const char *config_path,
	      const char *division)
{
	struct arena *arena = arena_new(0);
	struct calendar_settings settings = {
		.holidays_path = config_data_path(arena, "bank-holidays.json"),
		.zone = "Europe/London",
		.opens = 9 * 60,
		.closes = 17 * 60,
	};
	struct fault_list faults = { 0 };
	struct error err = { 0 };
	int result = 0;

	if (config_path != NULL) {
		counting->snapshot =
			clerkctl_snapshot(config_path, false, false);
		result = counting->snapshot != NULL ? 0 : -1;
	}
	if (result == 0 && counting->snapshot != NULL)
		settings = snapshot_calendar(counting->snapshot->config);
	if (result == 0 && division != NULL &&
	    !division_parse(span_of(division), &settings.division)) {
		fprintf(stderr,
			"clerkctl due: no division \"%s\"; use "
			"england-and-wales, scotland, northern-ireland or "
			"uk-any\n",
			division);
		result = -1;
	}
	counting->division = settings.division;
	if (result == 0 && counting->snapshot != NULL && division == NULL) {
		counting->calendar = counting->snapshot->calendar;
	} else if (result == 0 &&
		   calendar_load(&settings, &faults, &counting->calendar,
				 &err) < 0) {
		fprintf(stderr, "clerkctl due: %s\n", err.text);
		result = -1;
	}
	fault_list_clear(&faults);
	arena_free(arena);
	return result;
}

static void
counting_close(struct counting *counting)
{
	if (counting->snapshot == NULL ||
	    counting->calendar != counting->snapshot->calendar)
		calendar_free(counting->calendar);
	snapshot_free(counting->snapshot);
}

static bool
whole_number(const char *text, int *ret_number)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || value < -25000 ||
	    value > 25000)
		return false;
	*ret_number = (int)value;
	return true;
}

static void
answer_print(bool as_json, const char *answer)
{
	printf(as_json ? "{\"due\":\"%s\"}\n" : "%s\n", answer);
}

/* Prints the answer for one day or time; false when it is neither. */
static bool
due_print(const struct counting *counting, const char *when, int n)
{
	char stamp[CALENDAR_STAMP_SIZE];
	struct date day;
	time_t received;

	if (date_parse(span_of(when), &day)) {
		day = calendar_add_working_days(counting->calendar,
						counting->division, day, n);
		snprintf(stamp, sizeof stamp, "%04d-%02d-%02d", day.year,
			 day.month, day.day);
		answer_print(counting->as_json, stamp);
		return true;
	}
	if (!time_parse(span_of(when), &received))
		return false;
	calendar_stamp(counting->calendar,
		       calendar_due(counting->calendar, received, n), stamp);
	answer_print(counting->as_json, stamp);
	return true;
}

static int
due_line(char *line, const char *config_path, struct counting *last,
	 char last_division[32])
{
	char *rest, *division = strtok_r(line, "\t\r\n", &rest);
	char *when = strtok_r(NULL, "\t\r\n", &rest);
	char *within = strtok_r(NULL, "\t\r\n", &rest);
	int n;

	if (within == NULL || !whole_number(within, &n))
		return -1;
	if (last->calendar == NULL || strcmp(division, last_division) != 0) {
		counting_close(last);
		*last = (struct counting){ .as_json = last->as_json };
		if (calendar_open(last, config_path, division) < 0)
			return -1;
		snprintf(last_division, 32, "%s", division);
	}
	return due_print(last, when, n) ? 0 : -1;
}

static int
due_file(const char *path, const char *config_path, bool as_json)
{
	struct counting last = { .as_json = as_json };
	char division[32] = "";
	char *line = NULL;
	size_t room = 0, number = 0;
	int status = 0;
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");

	if (file == NULL) {
		fprintf(stderr, "clerkctl due: %s: %s\n", path,
			strerror(errno));
		return EXIT_USAGE;
	}
	while (getline(&line, &room, file) > 0) {
		number++;
		if (span_blank(span_of(line)) || line[0] == '#')
			continue;
		if (due_line(line, config_path, &last, division) < 0) {
			fprintf(stderr,
				"%s:%zu: write DIVISION<TAB>DAY-or-TIME<TAB>N"
				"\n",
				path, number);
			status = EXIT_FAULT;
		}
	}
	counting_close(&last);
	free(line);
	if (file != stdin)
		fclose(file);
	return status;
}

int
clerkctl_due(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "received", required_argument, NULL, 'r' },
		{ "date", required_argument, NULL, 'd' },
		{ "within", required_argument, NULL, 'w' },
		{ "division", required_argument, NULL, 'v' },
		{ "from-file", required_argument, NULL, 'f' },
		{ "json", no_argument, NULL, 'j' },
		{ NULL, 0, NULL, 0 },
	};
	const char *config_path = NULL, *received = NULL, *date = NULL;
	const char *division = NULL, *file = NULL, *within = NULL;
	struct counting counting = { 0 };
	struct date day;
	int option, n, status = 0;

	while ((option = getopt_long(argc, argv, "c:", options, NULL)) != -1) {
		switch (option) {
		case 'c':
			config_path = optarg;
			break;
		case 'r':
			received = optarg;
			break;
		case 'd':
			date = optarg;
			break;
		case 'w':
			within = optarg;
			break;
		case 'v':
			division = optarg;
			break;
		case 'f':
			file = optarg;
			break;
		case 'j':
			counting.as_json = true;
			break;
		default:
			return clerkctl_usage(argv[0]);
		}
	}
	if (file != NULL && optind == argc)
		return due_file(file, config_path, counting.as_json);
	if (within == NULL || (received == NULL) == (date == NULL) ||
	    optind < argc || !whole_number(within, &n))
		return clerkctl_usage(argv[0]);
	if (calendar_open(&counting, config_path, division) < 0)
		status = EXIT_USAGE;
	else if (date_parse(span_of(date != NULL ? date : received), &day) !=
			 (date != NULL) ||
		 !due_print(&counting, date != NULL ? date : received, n)) {
		fprintf(stderr, "clerkctl due: \"%s\" is no %s\n",
			date != NULL ? date : received,
			date != NULL ?
				"day such as 2026-04-03" :
				"time such as 2026-04-03T10:15:00+01:00");
		status = EXIT_USAGE;
	}
	counting_close(&counting);
	return status;
}

static void
poll_print(struct json_writer *json, const struct calendar *calendar,
	   const struct poll *poll)
{
	char text[CALENDAR_STAMP_SIZE];
	size_t i;

	json_open_object(json, NULL);
	json_put_text(json, "id", poll->id);
	json_put_string(json, "kind", poll_kind_name(poll->kind));
	snprintf(text, sizeof text, "%04d-%02d-%02d", poll->polling_date.year,
		 poll->polling_date.month, poll->polling_date.day);
	json_put_string(json, "polling_date", text);
	snprintf(text, sizeof text, "%04d-%02d-%02d", poll->starts.year,
		 poll->starts.month, poll->starts.day);
	json_put_string(json, "starts", text);
	calendar_stamp(calendar, poll->ends, text);
	json_put_string(json, "ends", text);
	json_open_array(json, "wards");
	for (i = 0; i < poll->ward_count; i++)
		json_put_text(json, NULL, poll->wards[i]);
	json_close_array(json);
	json_close_object(json);
	json_print(json, stdout);
}

int
clerkctl_elections(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "json", no_argument, NULL, 'j' }, /* as always */
		{ NULL, 0, NULL, 0 },
	};
	const char *path = NULL;
	struct snapshot *snapshot;
	struct json_writer json;
	int option;
	size_t i;

	while ((option = getopt_long(argc, argv, "c:", options, NULL)) != -1) {
		if (option == '?')
			return clerkctl_usage(argv[0]);
		if (option == 'c')
			path = optarg;
	}
	if (optind < argc)
		return clerkctl_usage(argv[0]);
	snapshot = clerkctl_snapshot(path, false, false);
	if (snapshot == NULL)
		return EXIT_USAGE;
	json_init(&json);
	for (i = 0; i < elections_count(snapshot->elections); i++)
		poll_print(&json, snapshot->calendar,
			   elections_at(snapshot->elections, i));
	json_clear(&json);
	snapshot_free(snapshot);
	return 0;
}
