/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The commands that ask the running daemon: the request goes out as it was
 * typed, the lines that come back are printed as they are (--json) or for
 * people.
 */
#include "clerkctl_live.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clerkctl.h"
#include "edges/control.h"
#include "paths.h"

static const struct {
	const char *name;
	live_printer *print;
	bool needs_argument;
} commands[] = {
	{ "status", live_status, false },
	{ "cases", live_cases, false },
	{ "case", live_case, true },
	{ "flags", live_flags, false },
	{ "flag", live_flag, true },
	{ "rules", live_rules, false },
	{ "unreadable", live_unreadable, false },
	{ "unverified", live_unverified, false },
	{ "confirm", live_done, true },
	{ "decide", live_done, true },
	{ "pause", live_done, false },
	{ "resume", live_done, false },
	{ "test-letter", live_done, true },
};

static void
take_line(void *context, struct span text)
{
	struct live *live = context;
	struct error err = { 0 };
	struct json *json;

	if (live->as_json) {
		printf("%.*s\n", SPAN_ARG(text));
		return;
	}
	json = json_parse(text, &err);
	if (json == NULL)
		return;
	*(struct json **)arena_push(live->arena, &live->lines, &live->count,
				    sizeof *live->lines) = json;
}

/* Where the daemon of this configuration answers. A configuration with faults
 * still says where; without any it is the usual place. */
static const char *
control_path(struct arena *arena, const char *config_path)
{
	struct fault_list faults = { 0 };
	struct config *config = NULL;
	struct error err = { 0 };
	const char *path = PATH_RUN "/control";

	if (config_load(config_path, &faults, &config, &err) == 0) {
		path = arena_string(arena, config->state.control);
		config_free(config);
	} else if (access(config_path, R_OK) != 0) {
		fprintf(stderr, "clerkctl: %s: %s; asking at %s\n", config_path,
			strerror(errno), path);
	}
	fault_list_clear(&faults);
	return path;
}

/* Our own options; the rest is the request. -1: wrong usage. */
static int
read_arguments(int argc, char **argv, struct live *live,
	       struct control_request *request, const char **ret_config)
{
	int i;

	request->command = argv[0];
	for (i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			live->as_json = true;
		else if (strcmp(argv[i], "-c") == 0 ||
			 strcmp(argv[i], "--config") == 0) {
			if (++i == argc)
				return -1;
			*ret_config = argv[i];
		} else if (request->arg_count == CONTROL_ARGS_MAX) {
			return -1;
		} else {
			request->args[request->arg_count++] = argv[i];
		}
	}
	return 0;
}

int
clerkctl_live(int argc, char **argv)
{
	const char *config_path = PATH_CONFIG;
	struct control_request request = { 0 };
	struct live live = { .arena = arena_new(0),
			     .colour = isatty(STDOUT_FILENO) != 0 };
	struct error err = { 0 };
	size_t i, which = 0;
	int status = EXIT_USAGE;

	while (strcmp(commands[which].name, argv[0]) != 0)
		which++; /* it is among them: the caller's table says so */
	if (read_arguments(argc, argv, &live, &request, &config_path) != 0 ||
	    (commands[which].needs_argument && request.arg_count == 0)) {
		arena_free(live.arena);
		return clerkctl_usage(argv[0]);
	}
	if (control_ask(control_path(live.arena, config_path), &request,
			take_line, &live, &status, &err) != 0)
		status = EXIT_USAGE;
	if (err.kind != ERROR_NONE)
		fprintf(stderr, "clerkctl %s: %s\n", argv[0], err.text);
	else if (!live.as_json)
		commands[which].print(&live);
	for (i = 0; i < live.count; i++)
		json_free(live.lines[i]);
	arena_free(live.arena);
	return status;
}

/* ---- for all printers ---- */

const char *
live_text(const struct json *object, const char *key)
{
	const char *text = json_as_string(json_get(object, key));

	return text != NULL ? text : "";
}

long long
live_number(const struct json *object, const char *key)
{
	double number = 0;

	(void)json_as_number(json_get(object, key), &number);
	return (long long)number;
}

bool
live_bool(const struct json *object, const char *key)
{
	bool value = false;

	(void)json_as_bool(json_get(object, key), &value);
	return value;
}

const char *
live_time(struct arena *arena, const struct json *object, const char *key)
{
	const char *stamp = live_text(object, key);

	if (strlen(stamp) < 16)
		return "-";
	return arena_printf(arena, "%.10s %.5s", stamp, stamp + 11).ptr;
}

const char *
live_list(struct arena *arena, const struct json *array, const char *between)
{
	struct buf text;
	const char *list;
	size_t i;

	buf_init(&text, 64 * 1024);
	for (i = 0; i < json_size(array); i++)
		buf_printf(&text, "%s%s", i == 0 ? "" : between,
			   json_as_string(json_item(array, i)));
	list = arena_span(arena, buf_span(&text)).ptr;
	buf_clear(&text);
	return list;
}

void
live_safe(const struct live *live, const char *label, const char *text)
{
	if (text[0] != '\0')
		printf("%-13s %.*s\n", label,
		       SPAN_ARG(table_safe(live->arena, span_of(text), false)));
}
