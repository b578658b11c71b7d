/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clerkctl.h"

#include <stdio.h>
#include <string.h>

#include "edges/role.h"
#include "paths.h"

static const struct command {
	const char *name, *arguments, *summary;
	int (*run)(int argc, char **argv);
} commands[] = {
	{ "check", "[-c CONF] [--json]",
	  "report every fault of the configuration", clerkctl_check },
	{ "scan",
	  "[-c CONF] [-j N] [--summary | --compare OLD.conf] [--json] PATH…",
	  "judge mail in files; nothing is stored or sent", clerkctl_scan },
	{ "replay", "[-c CONF] [-j N] --until TIME PATH…",
	  "run mail through casework with a simulated clock", clerkctl_replay },
	{ "text", "[-c CONF] [--json] FILE…",
	  "print the authored text that the rules read", clerkctl_text },
	{ "why", "[-c CONF] [--with PATH]… [--json] FILE RULE",
	  "why a rule is raised by a message, or is not", clerkctl_why },
	{ "due",
	  "(--received TIME | --date DAY) --within N [--division D] "
	  "[-c CONF] [--json] | --from-file F",
	  "when N working days end", clerkctl_due },
	{ "elections", "[-c CONF] [--json]",
	  "polls and their pre-election periods", clerkctl_elections },
	{ "status", "[--json]", "the running daemon at a glance",
	  clerkctl_live },
	{ "cases", "[--open|--all] [--json]", "the cases", clerkctl_live },
	{ "case", "N [--json]", "one case, with how each date was counted",
	  clerkctl_live },
	{ "flags", "[--all] [--json]", "flagged messages to review",
	  clerkctl_live },
	{ "flag", "N [--json]", "one flag with its evidence", clerkctl_live },
	{ "decide",
	  "N uphold|dismiss --reason TEXT [--because quoting|role|date|"
	  "not-about-this|other]",
	  "record the Monitoring Officer's decision", clerkctl_live },
	{ "rules", "[--json]", "how each rule has done, by what was decided",
	  clerkctl_live },
	{ "unreadable", "[--json]", "messages that could not be read",
	  clerkctl_live },
	{ "unverified", "[--all] [--json]",
	  "messages whose sender failed the check", clerkctl_live },
	{ "confirm", "N genuine|forged", "say what such a message is",
	  clerkctl_live },
	{ "pause", "[--reason TEXT]", "stop sending letters", clerkctl_live },
	{ "resume", "", "send letters again", clerkctl_live },
	{ "test-letter", "ADDRESS", "send a test letter to an officer or team",
	  clerkctl_live },
};

static const struct command *
command_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static void
help(FILE *out)
{
	size_t i;

	fputs("usage: clerkctl COMMAND [ARGUMENT…]\n\n", out);
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		fprintf(out, "  %-11s %s\n", commands[i].name,
			commands[i].summary);
	fputs("\nclerkctl(1) describes each; CONF is " PATH_CONFIG
	      " unless -c names another.\n",
	      out);
}

int
clerkctl_usage(const char *name)
{
	const struct command *command = command_find(name);

	fprintf(stderr, "usage: clerkctl %s %s\n", name, command->arguments);
	return EXIT_USAGE;
}

struct snapshot *
clerkctl_snapshot(const char *config_path, bool with_filter, bool warnings)
{
	struct snapshot *snapshot = NULL;
	struct fault_list faults = { 0 };
	struct error err = { 0 };

	if (config_path == NULL)
		config_path = PATH_CONFIG;
	snapshot_load(config_path,
		      with_filter ? SNAPSHOT_FILTER : SNAPSHOT_WITHOUT, &faults,
		      &snapshot, &err);
	fault_print(&faults, warnings ? FAULT_WARNING : FAULT_ERROR, stderr);
	fault_list_clear(&faults);
	return snapshot;
}

/* An answer that could not be written is none: a full disk, a closed pipe. */
static int
answer_out(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	perror("clerkctl: standard output");
	return status != 0 ? status : EXIT_FAULT;
}

static int
run(int argc, char **argv)
{
	const struct command *command;

	if (argc < 2) {
		help(stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		help(stdout);
		return 0;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("clerkctl " CLERKD_VERSION);
		return 0;
	}
	command = command_find(argv[1]);
	if (command == NULL) {
		fprintf(stderr, "clerkctl: no command \"%s\"\n", argv[1]);
		help(stderr);
		return EXIT_USAGE;
	}
	return command->run(argc - 1, argv + 1);
}

int
main(int argc, char **argv)
{
	bool is_role;
	int status = role_main(argc, argv, &is_role);

	return is_role ? status : answer_out(run(argc, argv));
}
