/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Roles are started, listened to, and started again when they end: at once the
 * first time, then later and later while their lives stay short, with jitter so
 * that several mailboxes do not knock together. The others go on.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "clerkd_private.h"
#include "edges/secret.h"

enum {
	SETTINGS_MAX = 1024 * 1024,
	LONG_LIFE_S = 60,   /* a life that counts as none of the short ones */
	RETRY_FIRST_S = 1,  /* doubled each time … */
	RETRY_LAST_S = 300, /* … up to this, ± a quarter */
	STOP_MS = 3000
};

static time_t
back_off(unsigned failures)
{
	long delay = RETRY_FIRST_S;

	while (failures-- > 1 && delay < RETRY_LAST_S)
		delay *= 2;
	if (delay > RETRY_LAST_S)
		delay = RETRY_LAST_S;
	return delay + random() % (delay / 2 + 1) - delay / 4;
}

struct clerk_role *
role_add(struct clerk *clerk, const struct role_kind *kind, const char *label)
{
	struct clerk_role *role = calloc(1, sizeof *role);
	void *grown;

	grown = realloc(clerk->roles,
			(clerk->role_count + 1) * sizeof *clerk->roles);
	if (role == NULL || grown == NULL)
		abort();
	role->kind = kind;
	role->clerk = clerk;
	role->label = strdup(label);
	role->wanted = !kind->once;
	clerk->roles = grown;
	clerk->roles[clerk->role_count++] = role;
	return role;
}

static void
listen_end(struct clerk_role *role)
{
	role->io = sd_event_source_disable_unref(role->io);
}

/* Nothing of it is used again. */
static void
role_bury(struct clerk_role *role)
{
	listen_end(role);
	if (!role->up)
		return;
	role->up = false;
	role->paused = false;
	role->kind->end(role);
}

void
role_remove(struct clerk *clerk, struct clerk_role *role)
{
	size_t i;

	for (i = 0; i < clerk->role_count && clerk->roles[i] != role; i++)
		;
	if (i == clerk->role_count)
		return;
	role_bury(role);
	memmove(&clerk->roles[i], &clerk->roles[i + 1],
		(clerk->role_count - i - 1) * sizeof *clerk->roles);
	clerk->role_count--;
	if (role->mailbox != NULL) {
		free(role->mailbox->name);
		free(role->mailbox->fingerprint);
	}
	free(role->mailbox);
	free(role->label);
	free(role);
}

struct clerk_role *
role_find(struct clerk *clerk, const char *kind, const char *mailbox)
{
	size_t i;

	for (i = 0; i < clerk->role_count; i++) {
		struct clerk_role *role = clerk->roles[i];

		if (strcmp(role->kind->name, kind) == 0 &&
		    (mailbox == NULL ||
		     (role->mailbox != NULL &&
		      strcmp(role->mailbox->name, mailbox) == 0)))
			return role;
	}
	return NULL;
}

/* Polls for what it wants now. A paused one is not listened to. */
static void
role_watch(struct clerk_role *role)
{
	uint32_t events = 0;
	short wants;

	if (role->io == NULL)
		return;
	wants = role->kind->wants(role);
	if ((wants & POLLIN) != 0 && !role->paused)
		events |= EPOLLIN;
	if ((wants & POLLOUT) != 0)
		events |= EPOLLOUT;
	(void)sd_event_source_set_io_events(role->io, events);
}

void
role_tell(struct clerk_role *role, enum wire_kind kind, struct span body)
{
	struct error err = { 0 };

	if (!role->up)
		return;
	if (wire_send(role->role.wire, kind, body, -1, &err) != 0) {
		log_line(LOG_LEVEL_WARNING, "role=%s does not listen: %s",
			 role->label, err.text);
		role_restart(role, clerk_now(role->clerk));
		return;
	}
	role_watch(role);
}

static void
role_failed(struct clerk_role *role, const char *how)
{
	time_t now = clerk_now(role->clerk);

	if (now - role->started >= LONG_LIFE_S)
		role->failures = 0;
	role->failures++;
	role->retry_at = now + back_off(role->failures);
	log_line(LOG_LEVEL_WARNING, "role=%s %s; again in %lld s", role->label,
		 how, (long long)(role->retry_at - now));
}

void
role_restart(struct clerk_role *role, time_t at)
{
	role_bury(role);
	role->retry_at = at;
	role->clerk->turn_again = true;
}

static void
role_serve(struct clerk_role *role)
{
	struct error err = { 0 };

	if (role->kind->serve(role, &err) != 0) {
		role_bury(role);
		if (role->wanted)
			role_failed(role, err.text);
		role->clerk->turn_again = true;
	} else if (role->up) {
		role_watch(role);
	}
}

void
roles_resume(struct clerk *clerk)
{
	size_t i;

	for (i = 0; i < clerk->role_count; i++)
		if (clerk->roles[i]->paused)
			role_serve(clerk->roles[i]);
}

static int
on_wire(sd_event_source *source, int fd, uint32_t events, void *context)
{
	(void)source;
	(void)fd;
	(void)events;
	role_serve(context);
	return 0;
}

static void
role_begin(struct clerk_role *role, time_t now)
{
	struct error err = { 0 };
	int rc;

	role->started = now;
	role->up = true;
	rc = role->kind->start(role, &err);
	if (rc == 0 &&
	    sd_event_add_io(role->clerk->event, &role->io, role->kind->fd(role),
			    EPOLLIN, on_wire, role) < 0)
		rc = error_set(&err, ERROR_INTERNAL, "no event source");
	if (rc != 0) {
		role_bury(role);
		role_failed(role, err.text);
		return;
	}
	log_line(LOG_LEVEL_INFO, "role=%s started pid=%ld", role->label,
		 (long)role->kind->pid(role));
	role_watch(role);
}

void
roles_wake(struct clerk *clerk, time_t now, time_t *ret_next)
{
	size_t i;

	for (i = 0; i < clerk->role_count; i++) {
		struct clerk_role *role = clerk->roles[i];

		if (!role->wanted || role->up)
			continue;
		if (role->retry_at <= now)
			role_begin(role, now);
		if (!role->up)
			clerk_sooner(ret_next, role->retry_at);
	}
}

void
roles_stop(struct clerk *clerk)
{
	while (clerk->role_count != 0)
		role_remove(clerk, clerk->roles[clerk->role_count - 1]);
	free(clerk->roles);
	clerk->roles = NULL;
}

/* ---- plain roles on a wire ---- */

int
wire_role_start(struct clerk_role *role, struct error *err)
{
	struct buf body;
	int fd = -1, rc = 0;

	if (role->token_command != NULL)
		rc = secret_start(role->token_command, &role->token, &fd, err);
	if (rc == 0)
		rc = role_start(role->kind->name, &fd, fd >= 0 ? 1 : 0,
				&role->role, err);
	if (fd >= 0)
		close(fd);
	if (rc != 0)
		return -1;
	buf_init(&body, SETTINGS_MAX);
	role->kind->settings(role, &body);
	rc = wire_send(role->role.wire, WIRE_SETTINGS, buf_span(&body), -1,
		       err);
	buf_clear(&body);
	return rc;
}

int
wire_role_fd(const struct clerk_role *role)
{
	return wire_fd(role->role.wire);
}

short
wire_role_wants(const struct clerk_role *role)
{
	return wire_wants(role->role.wire);
}

pid_t
wire_role_pid(const struct clerk_role *role)
{
	return role->role.pid;
}

void
wire_role_end(struct clerk_role *role)
{
	role_stop(&role->role, STOP_MS);
	role->role = (struct role_process){ 0 };
	role_stop(&role->token, STOP_MS);
	role->token = (struct role_process){ 0 };
	if (role->kind->ended != NULL)
		role->kind->ended(role);
}

/* How a process that broke its wire ended; it may take a moment. */
static int
over(struct clerk_role *role, struct error *err)
{
	char how[128];
	int status;
	long peak;

	if (role_ended(&role->role, &status, &peak)) {
		role_describe(status, how, sizeof how);
		error_set(err, ERROR_TEMPORARY, "%s", how);
	}
	return -1;
}

int
wire_role_serve(struct clerk_role *role, struct error *err)
{
	struct wire_frame frame;
	int got;

	if (wire_flush(role->role.wire, err) != 0)
		return over(role, err);
	while ((got = wire_receive(role->role.wire, &frame, err)) == 1) {
		int rc = role->kind->frame(role, &frame, err);

		if (frame.fd >= 0)
			close(frame.fd);
		if (rc != 0)
			return -1;
		if (!role->up)
			return 0; /* it was ended meanwhile */
	}
	return got < 0 ? over(role, err) : 0;
}
