/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Facts into the record. Messages come from the readers in the order in which
 * they were fetched; each is taken in, and when a batch is whole, or a quarter
 * of a second has gone, everything since the last commit becomes true at once:
 * messages, findings, cases, letters and the cursor of the mailbox.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "clerkd_private.h"

enum { TROUBLE_RETRY_S = 10, TOLD_MAX = 256 * 1024 };

static int
on_readers(sd_event_source *source, int fd, uint32_t events, void *context)
{
	(void)source;
	(void)fd;
	(void)events;
	(void)context; /* clerk_turn() follows */
	return 0;
}

static int
readers_begin(struct clerk *clerk, struct error *err)
{
	const struct config *config = clerk->snapshot->config;
	struct message_limits limits = message_limits_default;
	struct message_trust trust = config_trust(config);
	struct readers_settings settings = {
		.count = (unsigned)config->limits.readers,
		.limits = &limits,
		.trust = &trust,
		.deadline_ms = (unsigned)config->limits.reader_s * 1000,
	};

	limits.message = (size_t)config->limits.message_mb << 20;
	if (readers_open(&settings, &clerk->engine.readers, err) != 0)
		return -1;
	if (sd_event_add_io(clerk->event, &clerk->engine.io,
			    readers_fd(clerk->engine.readers), EPOLLIN,
			    on_readers, clerk) < 0)
		return error_set(err, ERROR_INTERNAL, "no event source");
	return 0;
}

static void
readers_end(struct engine *engine)
{
	engine->io = sd_event_source_disable_unref(engine->io);
	readers_close(engine->readers);
	engine->readers = NULL;
}

int
engine_open(struct clerk *clerk, struct error *err)
{
	if (clerk->engine.arena == NULL)
		clerk->engine.arena = arena_new(0);
	return readers_begin(clerk, err);
}

static void
forget_taken(struct engine *engine)
{
	while (engine->taken_count != 0)
		free(engine->taken[--engine->taken_count].mailbox);
	free(engine->cursor_mailbox);
	free(engine->cursor_folder);
	engine->cursor_mailbox = engine->cursor_folder = NULL;
	engine->cursor = (struct store_cursor){ 0 };
}

static void
put_list(struct buf *told, const struct span_list *list)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		buf_printf(told, "%.*s,", SPAN_ARG(list->at[i]));
	buf_add_byte(told, ';');
}

/* What they had in work is fetched again. */
int
engine_arrange(struct clerk *clerk, struct error *err)
{
	const struct config *config = clerk->snapshot->config;
	struct engine *engine = &clerk->engine;
	struct buf told;
	bool same;
	size_t i;

	buf_init(&told, TOLD_MAX);
	buf_printf(&told, "%d;%d;%d;", config->limits.readers,
		   config->limits.reader_s, config->limits.message_mb);
	put_list(&told, &config->envelope.trusted_headers);
	put_list(&told, &config->envelope.journal_addresses);
	put_list(&told, &config->council.domains);
	put_list(&told, &config->authentication.servers);
	buf_printf(&told, "%d;%d;%d;", config->envelope.own_hops,
		   (int)config->authentication.missing,
		   config->authentication.exchange);
	same = engine->readers != NULL &&
	       span_equal(buf_span(&told), buf_span(&engine->told));
	buf_clear(&engine->told);
	engine->told = told;
	if (same)
		return 0;
	if (engine->readers != NULL) {
		engine_close(clerk);
		for (i = 0; i < clerk->role_count; i++)
			if (clerk->roles[i]->kind == &fetch_kind)
				role_restart(clerk->roles[i], clerk_now(clerk));
	}
	return engine_open(clerk, err);
}

void
engine_close(struct clerk *clerk)
{
	struct error err = { 0 };

	if (clerk->store != NULL)
		(void)engine_commit(clerk, &err);
	forget_taken(&clerk->engine);
	readers_end(&clerk->engine);
	arena_free(clerk->engine.arena);
	clerk->engine.arena = NULL;
}

int
engine_begin(struct clerk *clerk, struct error *err)
{
	if (clerk->engine.open)
		return 0;
	if (store_begin(clerk->store, err) != 0)
		return -1;
	clerk->engine.open = true;
	clerk->engine.opened_ms = clerk_ms();
	return 0;
}

/* A write failed in somebody's hands who cannot mend it: the transaction, with
 * the mail in it, may be gone although it looks open. */
void
engine_doubt(struct clerk *clerk, const struct error *err)
{
	clerk->engine.doubt = *err;
	clerk->engine.doubt.kind = ERROR_TEMPORARY;
	clerk->turn_again = true;
}

static int
cursor_write(struct clerk *clerk, struct error *err)
{
	struct engine *engine = &clerk->engine;
	int rc = 0;

	if (engine->cursor_mailbox != NULL && engine->cursor.uid != 0)
		rc = store_cursor_set(clerk->store, engine->cursor_mailbox,
				      engine->cursor_folder, engine->cursor,
				      err);
	return rc;
}

int
engine_commit(struct clerk *clerk, struct error *err)
{
	struct engine *engine = &clerk->engine;
	size_t i;

	if (!engine->open)
		return 0;
	if (cursor_write(clerk, err) != 0 ||
	    store_commit(clerk->store, err) != 0) {
		store_rollback(clerk->store);
		engine->open = false;
		forget_taken(engine);
		engine_doubt(clerk, err);
		return -1;
	}
	engine->open = false;
	/* A small write may find room before the mail is tried again. */
	if (clerk_now(clerk) - engine->trouble_at > TROUBLE_RETRY_S)
		engine->trouble_at = 0;
	for (i = 0; i < engine->taken_count; i++) {
		mailboxes_taken(clerk, engine->taken[i].mailbox,
				engine->taken[i].serial);
		free(engine->taken[i].mailbox);
	}
	engine->taken_count = 0;
	return 0;
}

/* What was undone is on the servers still, and the cursors stand before it:
 * everything on its way is dropped and fetched again a little later. */
void
engine_trouble(struct clerk *clerk, const struct error *why)
{
	struct engine *engine = &clerk->engine;
	time_t now = clerk_now(clerk);
	struct error err = { 0 };
	size_t i;

	snprintf(engine->trouble, sizeof engine->trouble, "%s", why->text);
	engine->trouble_at = now;
	engine->doubt.kind = ERROR_NONE;
	log_line(LOG_LEVEL_ERROR, "%s; again in %d s", why->text,
		 TROUBLE_RETRY_S);
	if (engine->open)
		store_rollback(clerk->store);
	engine->open = false;
	forget_taken(engine);
	if (why->kind == ERROR_INTERNAL) {
		clerk_fail(clerk, why);
		return;
	}
	readers_end(engine);
	if (readers_begin(clerk, &err) != 0)
		clerk_fail(clerk, &err);
	for (i = 0; i < clerk->role_count; i++)
		if (clerk->roles[i]->kind == &fetch_kind)
			role_restart(clerk->roles[i], now + TROUBLE_RETRY_S);
}

int
engine_submit(struct clerk *clerk, struct batch *batch, struct error *err)
{
	return readers_submit(clerk->engine.readers, batch, err);
}

static void
set_text(char **text, const char *value)
{
	if (*text != NULL && strcmp(*text, value) == 0)
		return;
	free(*text);
	*text = strdup(value);
	if (*text == NULL)
		abort();
}

/* UIDs ascend within a batch; a cursor never goes back. */
static int
cursor_move(struct clerk *clerk, const struct batch *batch,
	    const struct batch_item *item, struct error *err)
{
	struct engine *engine = &clerk->engine;
	bool same = engine->cursor_mailbox != NULL &&
		    strcmp(engine->cursor_mailbox, batch->mailbox) == 0 &&
		    strcmp(engine->cursor_folder, batch->folder) == 0 &&
		    engine->cursor.uidvalidity == batch->uidvalidity;

	if (batch->uidvalidity == 0 || item->number > UINT32_MAX)
		return 0;
	if (!same) {
		if (cursor_write(clerk, err) != 0)
			return -1;
		set_text(&engine->cursor_mailbox, batch->mailbox);
		set_text(&engine->cursor_folder, batch->folder);
		engine->cursor.uidvalidity = batch->uidvalidity;
		engine->cursor.uid = 0;
	}
	if (item->number > engine->cursor.uid)
		engine->cursor.uid = (uint32_t)item->number;
	return 0;
}

static int
take_message(struct clerk *clerk, const struct reading *reading,
	     struct span key, struct error *err)
{
	struct engine *engine = &clerk->engine;
	struct intake_item item = {
		.source = reading->batch->mailbox,
		.key = key,
		.message = reading->message,
		.now = clerk_now(clerk),
	};
	struct intake_result result = { 0 };

	if (reading->message == NULL) {
		engine->unreadable++;
		log_line(LOG_LEVEL_WARNING,
			 "unreadable mailbox=%s number=%llu: %s",
			 reading->batch->mailbox,
			 (unsigned long long)reading->batch
				 ->items[reading->index]
				 .number,
			 reading->why);
		return intake_unreadable(&clerk->intake, item.source, key,
					 span_of(reading->why), item.now, err);
	}
	if (intake_message(&clerk->intake, &item, engine->arena, &result,
			   err) != 0)
		return -1;
	engine->flags += result.new_finding_count;
	return 0;
}

/* A mailbox sends no more than its window before that is committed. Committing
 * when half of it has been read keeps readers and server at work. */
static bool
window_used(const struct engine *engine, const char *mailbox)
{
	size_t i, count = 0;

	for (i = 0; i < engine->taken_count; i++)
		count += strcmp(engine->taken[i].mailbox, mailbox) == 0;
	return count >= FETCH_BATCHES_AHEAD / 2 ||
	       engine->taken_count == ENGINE_PENDING;
}

static int
take_reading(struct clerk *clerk, const struct reading *reading,
	     struct error *err)
{
	struct engine *engine = &clerk->engine;
	const struct batch *batch = reading->batch;
	const struct batch_item *item = &batch->items[reading->index];
	struct clerk_role *role = role_find(clerk, "fetch", batch->mailbox);
	struct span key;

	if (engine_begin(clerk, err) != 0)
		return -1;
	arena_clear(engine->arena);
	key = batch_key(batch, item, engine->arena);
	if (take_message(clerk, reading, key, err) != 0 ||
	    cursor_move(clerk, batch, item, err) != 0)
		return error_add(err, "mailbox=%s number=%llu", batch->mailbox,
				 (unsigned long long)item->number);
	engine->messages++;
	if (role != NULL) {
		role->mailbox->taken++;
		role->mailbox->last_message = clerk_now(clerk);
	}
	if (reading->last) {
		struct engine_taken *taken =
			&engine->taken[engine->taken_count++];

		taken->mailbox = strdup(batch->mailbox);
		taken->serial = batch->serial;
		if (taken->mailbox == NULL)
			abort();
		return window_used(engine, batch->mailbox) ?
			       engine_commit(clerk, err) :
			       0;
	}
	return 0;
}

static int
take_readings(struct clerk *clerk, bool *ret_more, struct error *err)
{
	struct reading reading;
	int n, got = 0;

	for (n = 0; n < ENGINE_READINGS; n++) {
		got = readers_next(clerk->engine.readers, 0, &reading, err);
		if (got <= 0)
			break;
		if (take_reading(clerk, &reading, err) != 0)
			return -1;
		post_soon(clerk);
	}
	*ret_more = got > 0;
	return got < 0 ? -1 : 0;
}

bool
engine_turn(struct clerk *clerk)
{
	struct engine *engine = &clerk->engine;
	struct error err = { 0 };
	bool more = false;
	int rc;

	if (engine->doubt.kind != ERROR_NONE) {
		err = engine->doubt;
		engine_trouble(clerk, &err);
		return false;
	}
	rc = take_readings(clerk, &more, &err);
	if (rc == 0 && engine->open &&
	    ((!more && readers_idle(engine->readers)) ||
	     clerk_ms() - engine->opened_ms >= ENGINE_COMMIT_MS))
		rc = engine_commit(clerk, &err);
	if (rc != 0)
		engine_trouble(clerk, &err);
	return more;
}

void
clerk_fail(struct clerk *clerk, const struct error *err)
{
	log_line(LOG_LEVEL_ERROR, "ends: %s", err->text);
	clerk->exit_status = EXIT_FAILURE;
	(void)sd_event_exit(clerk->event, EXIT_FAILURE);
}
