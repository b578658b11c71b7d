/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clerkd: keeps a council's member/officer protocol in its e-mail.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include "base/log.h"
#include "clerkd_private.h"
#include "paths.h"

enum {
	EXIT_FAULT = 1,
	EXIT_USAGE = 2,
	LOOK_EVERY_S = 60, /* whatever else is due */
	STATUS_EVERY_S = 5,
	LAST_LETTER_MS = 20000, /* to learn the fate of the one on its way */
	STATE_MODE = 0700
};

struct options {
	const char *config;
	bool check, version;
	time_t pretend; /* 0: the machine's clock */
};

/* ---- the loop ---- */

static void
tell_status(struct clerk *clerk, time_t now)
{
	char status[sizeof clerk->status];
	size_t i, current = 0, all = 0;

	if (now - clerk->status_at < STATUS_EVERY_S && now >= clerk->status_at)
		return;
	clerk->status_at = now;
	for (i = 0; i < clerk->role_count; i++) {
		const struct mailbox_state *mailbox = clerk->roles[i]->mailbox;

		all += mailbox != NULL;
		current += mailbox != NULL && mailbox->current;
	}
	snprintf(status, sizeof status,
		 "%zu of %zu mailboxes up to date, %llu messages read%s%s%s",
		 current, all, (unsigned long long)clerk->engine.messages,
		 clerk->post.relay_trouble[0] != '\0' ? "; relay down" : "",
		 clerk->post.waits ? "; reminders wait for unread mail" : "",
		 clerk->reload_trouble[0] != '\0' ?
			 "; new configuration refused" :
			 "");
	if (strcmp(status, clerk->status) == 0)
		return;
	memcpy(clerk->status, status, sizeof status);
	sd_notifyf(0, "STATUS=%s", status);
}

static void
set_timer(struct clerk *clerk, time_t now, time_t next, bool at_once)
{
	uint64_t wait_us = (uint64_t)LOOK_EVERY_S * 1000000, monotonic = 0;
	int readers_ms = readers_timeout_ms(clerk->engine.readers);

	if (next != 0 && next <= now + LOOK_EVERY_S)
		wait_us = next > now ? (uint64_t)(next - now) * 1000000 : 0;
	if (readers_ms >= 0 && (uint64_t)readers_ms * 1000 < wait_us)
		wait_us = (uint64_t)readers_ms * 1000;
	if (clerk->engine.open && wait_us > ENGINE_COMMIT_MS * 1000)
		wait_us = ENGINE_COMMIT_MS * 1000;
	if (at_once)
		wait_us = 0;
	(void)sd_event_now(clerk->event, CLOCK_MONOTONIC, &monotonic);
	(void)sd_event_source_set_time(clerk->timer, monotonic + wait_us);
	(void)sd_event_source_set_enabled(clerk->timer, SD_EVENT_ONESHOT);
}

/* After everything that happened: what does it make due? */
static int
clerk_turn(sd_event_source *source, void *context)
{
	struct clerk *clerk = context;
	time_t now = clerk_now(clerk), next = 0;
	bool more;

	(void)source;
	if (clerk->engine.readers == NULL)
		return 0;
	clerk->turn_again = false;
	if (clerk->reload_wanted && !clerk->stopping)
		reload(clerk);
	more = engine_turn(clerk);
	roles_resume(clerk);
	if (!clerk->stopping) {
		holidays_wake(clerk, now, &next);
		roles_wake(clerk, now, &next);
	}
	post_turn(clerk, now, &next);
	tell_status(clerk, now);
	if (clerk->stopping &&
	    (clerk->post.letter == 0 || clerk_ms() >= clerk->stop_at_ms))
		(void)sd_event_exit(clerk->event, clerk->exit_status);
	if (clerk->engine.readers != NULL)
		set_timer(clerk, now, next, more || clerk->turn_again);
	return 0;
}

static int
on_timer(sd_event_source *source, uint64_t when, void *context)
{
	(void)source;
	(void)when;
	(void)context; /* clerk_turn() follows */
	return 0;
}

static int
on_control(sd_event_source *source, int fd, uint32_t events, void *context)
{
	struct clerk *clerk = context;
	struct error err = { 0 };

	(void)source;
	(void)fd;
	(void)events;
	if (control_serve(clerk->control, &err) != 0)
		log_line(LOG_LEVEL_ERROR, "control: %s", err.text);
	return 0;
}

static int
on_stop(sd_event_source *source, const struct signalfd_siginfo *info,
	void *context)
{
	struct clerk *clerk = context;

	(void)source;
	(void)info;
	if (clerk->stopping) {
		(void)sd_event_exit(clerk->event, clerk->exit_status);
		return 0;
	}
	sd_notify(0, "STOPPING=1");
	log_line(LOG_LEVEL_NOTICE, "stopping");
	clerk->stopping = true;
	clerk->stop_at_ms = clerk_ms() + LAST_LETTER_MS;
	return 0;
}

static int
on_hangup(sd_event_source *source, const struct signalfd_siginfo *info,
	  void *context)
{
	struct clerk *clerk = context;

	(void)source;
	(void)info;
	clerk->reload_wanted = true;
	return 0;
}

/* From the first moment on: what comes while the configuration is being read
 * waits for the loop, and is then answered in order. */
static void
signals_hold(void)
{
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGINT);
	sigaddset(&mask, SIGHUP);
	(void)sigprocmask(SIG_BLOCK, &mask, NULL);
}

static int
loop_open(struct clerk *clerk, struct error *err)
{
	static const struct {
		int number;
		sd_event_signal_handler_t handler;
	} signals[] = {
		{ SIGTERM, on_stop },
		{ SIGINT, on_stop },
		{ SIGHUP, on_hangup },
	};
	sd_event_source *post = NULL;
	size_t i;
	int rc = sd_event_new(&clerk->event);

	(void)signal(SIGPIPE, SIG_IGN);
	for (i = 0; rc >= 0 && i < ARRAY_SIZE(signals); i++)
		rc = sd_event_add_signal(clerk->event, NULL, signals[i].number,
					 signals[i].handler, clerk);
	if (rc >= 0)
		rc = sd_event_set_watchdog(clerk->event, true);
	if (rc >= 0)
		rc = sd_event_add_time(clerk->event, &clerk->timer,
				       CLOCK_MONOTONIC, 0, 1, on_timer, clerk);
	if (rc >= 0)
		rc = sd_event_add_post(clerk->event, &post, clerk_turn, clerk);
	if (rc >= 0)
		rc = sd_event_source_set_floating(post, true);
	sd_event_source_unref(post);
	return rc >= 0 ? 0 :
			 error_set(err, ERROR_INTERNAL, "event loop: %s",
				   strerror(-rc));
}

/* ---- opening, in order, and closing in reverse ---- */

/* One daemon to a record, whatever socket it answers at. The lock is the
 * process's own: no role inherits it, and it ends with the engine. */
static int
state_lock(struct clerk *clerk, const char *folder, struct error *err)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	char path[4096];

	snprintf(path, sizeof path, "%s/lock", folder);
	clerk->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (clerk->lock < 0)
		return error_set(err, ERROR_CONFIG, "%s: %s", path,
				 strerror(errno));
	if (fcntl(clerk->lock, F_SETLK, &whole) != 0)
		return error_set(err, ERROR_CONFIG,
				 "%s: another clerkd keeps its record there "
				 "(state.directory)",
				 folder);
	return 0;
}

static int
store_at(struct clerk *clerk, const char *folder, struct error *err)
{
	char path[4096];

	if (mkdir(folder, STATE_MODE) != 0 && errno != EEXIST)
		return error_set(err, ERROR_CONFIG,
				 "%s: %s; make it and give it to the user that "
				 "clerkd runs as (state.directory)",
				 folder, strerror(errno));
	if ((size_t)snprintf(path, sizeof path, "%s/clerkd.sqlite", folder) >=
	    sizeof path)
		return error_set(err, ERROR_CONFIG, "%s: too long", folder);
	if (state_lock(clerk, folder, err) != 0)
		return -1;
	return store_open(path, &clerk->store, err);
}

static int
letters_recover(struct clerk *clerk, struct error *err)
{
	unsigned unknown = 0;

	if (clerk->outbox == NULL) {
		log_line(LOG_LEVEL_NOTICE,
			 "no smtp.host: nobody is reminded or written to");
		return 0;
	}
	if (outbox_recover(clerk->outbox, clerk_now(clerk), &unknown, err) != 0)
		return -1;
	if (unknown != 0)
		log_line(LOG_LEVEL_WARNING,
			 "letters unknown=%u: perhaps sent before the end of "
			 "the last run; they go again with the same Message-ID",
			 unknown);
	return 0;
}

static int
clerk_open(struct clerk *clerk, struct snapshot *snapshot, struct error *err)
{
	const struct config *config = snapshot->config;

	if (loop_open(clerk, err) != 0 ||
	    store_at(clerk, config->state.directory, err) != 0 ||
	    control_open(config->state.control, answer, clerk, &clerk->control,
			 err) != 0)
		return -1;
	if (sd_event_add_io(clerk->event, NULL, control_fd(clerk->control),
			    EPOLLIN, on_control, clerk) < 0)
		return error_set(err, ERROR_INTERNAL, "no event source");
	if (reload_use(clerk, snapshot, err) != 0)
		return -1;
	holidays_keep(clerk);
	return letters_recover(clerk, err);
}

static void
clerk_close(struct clerk *clerk)
{
	control_close(clerk->control);
	engine_close(clerk);
	roles_stop(clerk);
	outbox_close(clerk->outbox);
	buf_clear(&clerk->post.told);
	buf_clear(&clerk->engine.told);
	store_close(clerk->store);
	if (clerk->lock >= 0)
		close(clerk->lock);
	snapshot_free(clerk->snapshot);
	sd_event_source_disable_unref(clerk->timer);
	sd_event_unref(clerk->event);
}

static int
run(const struct options *options, struct snapshot *snapshot)
{
	struct clerk clerk = {
		.config_path = options->config,
		.lock = -1,
		.started = time(NULL),
	};
	struct error err = { 0 };

	log_open("clerkd", snapshot->config->state.log);
	srandom((unsigned)(getpid() ^ time(NULL)));
	if (options->pretend != 0) {
		clerk.ahead = options->pretend - time(NULL);
		clerk.started += clerk.ahead;
		log_line(LOG_LEVEL_WARNING,
			 "the clock is %lld s ahead of the machine's "
			 "(--pretend-now)",
			 (long long)clerk.ahead);
	}
	if (clerk_open(&clerk, snapshot, &err) != 0) {
		log_line(LOG_LEVEL_ERROR, "does not start: %s", err.text);
		clerk.exit_status =
			err.kind == ERROR_CONFIG ? EXIT_USAGE : EXIT_FAULT;
		if (clerk.snapshot != snapshot)
			snapshot_free(snapshot);
	} else {
		log_line(LOG_LEVEL_NOTICE, "ready version=%s mailboxes=%zu",
			 CLERKD_VERSION, snapshot->config->mailbox_count);
		sd_notify(0, "READY=1");
		if (sd_event_loop(clerk.event) < 0)
			clerk.exit_status = EXIT_FAULT;
	}
	clerk_close(&clerk);
	return clerk.exit_status;
}

/* ---- the command line ---- */

static void
help(FILE *out)
{
	fputs("usage: clerkd [-c CONF] [-f] [--check] [--pretend-now TIME]\n"
	      "\n"
	      "  -c, --config CONF   instead of " PATH_CONFIG "\n"
	      "  -f, --foreground    do not leave the terminal (it never "
	      "does)\n"
	      "      --check         read the configuration, tell what is "
	      "wrong, end\n"
	      "      --pretend-now TIME  begin at this time "
	      "(2026-03-02T09:00:00Z); for tests\n"
	      "                      and demonstrations\n"
	      "  -V, --version\n"
	      "\n"
	      "See clerkd(8) and clerkd.conf(5); ask the running daemon with "
	      "clerkctl(1).\n",
	      out);
}

/* -1: go on; else the exit status. */
static int
options_read(int argc, char **argv, struct options *options)
{
	static const struct option table[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "foreground", no_argument, NULL, 'f' },
		{ "check", no_argument, NULL, 'k' },
		{ "pretend-now", required_argument, NULL, 'n' },
		{ "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "c:fVh", table, NULL)) != -1) {
		switch (option) {
		case 'c':
			options->config = optarg;
			break;
		case 'f':
			break;
		case 'k':
			options->check = true;
			break;
		case 'n':
			if (!time_parse(span_of(optarg), &options->pretend)) {
				fprintf(stderr,
					"clerkd: \"%s\" is no time such as "
					"2026-03-02T09:00:00Z\n",
					optarg);
				return EXIT_USAGE;
			}
			break;
		case 'V':
			puts("clerkd " CLERKD_VERSION);
			return 0;
		case 'h':
			help(stdout);
			return 0;
		default:
			help(stderr);
			return EXIT_USAGE;
		}
	}
	if (optind < argc) {
		help(stderr);
		return EXIT_USAGE;
	}
	return -1;
}

int
main(int argc, char **argv)
{
	struct options options = { .config = PATH_CONFIG };
	struct snapshot *snapshot = NULL;
	struct error err = { 0 };
	bool is_role;
	int status = role_main(argc, argv, &is_role);

	if (is_role)
		return status;
	status = options_read(argc, argv, &options);
	if (status >= 0)
		return status;
	if (!options.check)
		signals_hold();
	if (reload_load(options.config,
			options.check ? SNAPSHOT_FILTER : SNAPSHOT_FILTER_KEPT,
			options.check || isatty(STDERR_FILENO) != 0, &snapshot,
			&err) != 0)
		return EXIT_USAGE;
	if (options.check) {
		snapshot_free(snapshot);
		return 0;
	}
	return run(&options, snapshot);
}
