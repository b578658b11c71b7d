/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reminders and letters when their time comes, one letter at a time to the
 * sender, and its fate back into the record.
 */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "clerkd_private.h"

enum {
	SETTINGS_MAX = 64 * 1024,
	RELAY_FIRST_S = 15, /* doubled each time … */
	RELAY_LAST_S = 900, /* … up to this, ± a quarter */
	WAKE_EVERY_S = 1    /* while mail pours in */
};

/* ---- the sender ---- */

static struct send_settings
settings_of(const struct config_smtp *smtp)
{
	static const enum send_tls modes[] = {
		[TLS_IMPLICIT] = SEND_TLS_IMPLICIT,
		[TLS_STARTTLS] = SEND_TLS_STARTTLS,
		[TLS_NONE] = SEND_TLS_NONE,
	};

	return (struct send_settings){
		.host = smtp->host,
		.port = smtp->port,
		.tls = modes[smtp->tls],
		.ca_file = smtp->ca_file,
		.user = smtp->user,
		.password_file = smtp->password_file,
		.token_file = smtp->token_file,
		.helo = smtp->helo,
		.bounce = smtp->bounce,
		.deadline_s = smtp->deadline_s,
	};
}

int
post_check(const struct snapshot *snapshot, struct error *err)
{
	struct send_settings settings = settings_of(&snapshot->config->smtp);

	if (settings.host == NULL)
		return 0;
	if (send_settings_check(&settings, err) != 0)
		return error_add(err, "%s", snapshot->config->path);
	return 0;
}

static void
send_settings_put(struct clerk_role *role, struct buf *body)
{
	struct send_settings settings =
		settings_of(&role->clerk->snapshot->config->smtp);

	send_put_settings(body, &settings);
}

static void
settle(struct clerk *clerk, enum send_fate fate, const char *words)
{
	static const enum error_kind kinds[] = {
		[SEND_ACCEPTED] = ERROR_NONE,    [SEND_LATER] = ERROR_TEMPORARY,
		[SEND_DOWN] = ERROR_TEMPORARY,   [SEND_NEVER] = ERROR_PERMANENT,
		[SEND_UNKNOWN] = ERROR_INTERNAL,
	};
	struct clerk_post *post = &clerk->post;
	struct error result = { .kind = kinds[fate] }, err = { 0 };
	int64_t letter = post->letter;

	snprintf(result.text, sizeof result.text, "%s", words);
	post->letter = 0;
	post->take = true; /* the next one */
	/* The words of a relay may name the recipient. */
	log_line(fate == SEND_ACCEPTED ? LOG_LEVEL_INFO : LOG_LEVEL_WARNING,
		 "letter=%lld %s%s", (long long)letter, send_fate_name(fate),
		 fate == SEND_UNKNOWN ?
			 ": goes again with the same Message-ID" :
			 "");
	log_line(LOG_LEVEL_DEBUG, "letter=%lld relay: %s", (long long)letter,
		 words);
	if (engine_commit(clerk, &err) != 0 ||
	    outbox_settle(clerk->outbox, letter, &result, clerk_now(clerk),
			  &err) != 0)
		engine_trouble(clerk, &err);
	post_soon(clerk);
}

/* No relay, no letters: they wait, and it is asked less and less often. */
static void
relay_down(struct clerk *clerk, const char *words)
{
	struct clerk_post *post = &clerk->post;
	long delay = RELAY_FIRST_S;
	unsigned n;

	for (n = 0; n < post->relay_failures && delay < RELAY_LAST_S; n++)
		delay *= 2;
	if (delay > RELAY_LAST_S)
		delay = RELAY_LAST_S;
	delay += random() % (delay / 2 + 1) - delay / 4;
	post->relay_failures++;
	post->relay_retry = clerk_now(clerk) + delay;
	snprintf(post->relay_trouble, sizeof post->relay_trouble, "%s", words);
	log_line(LOG_LEVEL_WARNING, "relay down; again in %ld s", delay);
}

static int
take_fate(struct clerk *clerk, struct span body, struct error *err)
{
	struct clerk_post *post = &clerk->post;
	struct send_result result;
	char words[SEND_WORDS_MAX + 1];

	if (send_get_result(body, &result, err) != 0)
		return -1;
	if (result.id != post->letter)
		return error_set(err, ERROR_INPUT,
				 "told the fate of a letter that it was not "
				 "given");
	snprintf(words, sizeof words, "%.*s", SPAN_ARG(result.words));
	if (result.fate == SEND_DOWN) {
		relay_down(clerk, words);
	} else {
		post->relay_failures = 0;
		post->relay_retry = 0;
		post->relay_trouble[0] = '\0';
		post->relay_success = clerk_now(clerk);
	}
	post->sent += result.fate == SEND_ACCEPTED;
	settle(clerk, result.fate, words);
	return 0;
}

static int
send_frame(struct clerk_role *role, const struct wire_frame *frame,
	   struct error *err)
{
	struct clerk *clerk = role->clerk;
	struct wire_reader reader = wire_reader_of(frame->body);
	struct span words;

	if (frame->kind == WIRE_FATE)
		return take_fate(clerk, frame->body, err);
	if (frame->kind != WIRE_STATE)
		return error_set(err, ERROR_INPUT, "said something odd");
	clerk->post.ready = wire_get_flag(&reader);
	words = wire_get_text(&reader, ERROR_TEXT_MAX);
	if (!wire_done(&reader))
		return error_set(err, ERROR_INPUT, "said something odd");
	if (!clerk->post.ready)
		return error_set(err, ERROR_TEMPORARY, "%.*s", SPAN_ARG(words));
	clerk->turn_again = true;
	return 0;
}

static void
send_ended(struct clerk_role *role)
{
	struct clerk *clerk = role->clerk;

	clerk->post.ready = false;
	if (clerk->post.letter != 0 && clerk->outbox != NULL)
		settle(clerk, SEND_UNKNOWN,
		       "the sender ended while it had the letter");
}

static const struct role_kind send_kind = {
	.name = "send",
	.start = wire_role_start,
	.fd = wire_role_fd,
	.wants = wire_role_wants,
	.serve = wire_role_serve,
	.end = wire_role_end,
	.pid = wire_role_pid,
	.settings = send_settings_put,
	.frame = send_frame,
	.ended = send_ended,
};

/* Started anew only when what it was told has changed. */
void
post_arrange(struct clerk *clerk)
{
	const struct config_smtp *smtp = &clerk->snapshot->config->smtp;
	struct clerk_role *role = role_find(clerk, "send", NULL);
	struct send_settings settings = settings_of(smtp);
	struct clerk_post *post = &clerk->post;
	struct buf told;

	buf_init(&told, SETTINGS_MAX);
	send_put_settings(&told, &settings);
	buf_add_literal(&told,
			smtp->token_command != NULL ? smtp->token_command : "");
	if (role != NULL &&
	    (smtp->host == NULL ||
	     !span_equal(buf_span(&told), buf_span(&post->told)))) {
		role_remove(clerk, role);
		role = NULL;
	}
	buf_clear(&post->told);
	post->told = told;
	if (smtp->host == NULL)
		return;
	if (role == NULL) {
		role = role_add(clerk, &send_kind, "send");
		post->relay_retry = 0;
		post->relay_failures = 0;
		post->relay_trouble[0] = '\0';
	}
	role->token_command = smtp->user != NULL &&
					      smtp->password_file == NULL &&
					      smtp->token_file == NULL ?
				      smtp->token_command :
				      NULL;
}

/* ---- what is due ---- */

void
post_soon(struct clerk *clerk)
{
	struct clerk_post *post = &clerk->post;
	time_t at = post->woken + WAKE_EVERY_S, now = clerk_now(clerk);

	if (at < now || at > now + WAKE_EVERY_S)
		at = now;
	if (post->next == 0 || post->next > at)
		post->next = at;
	clerk->turn_again = true;
}

/* Reminders wait until all mail is read that may show that they are not
 * wanted any more. */
static int
remind(struct clerk *clerk, time_t now, time_t *ret_next, struct error *err)
{
	struct clerk_post *post = &clerk->post;

	if (!clerk->snapshot->config->casework.remind)
		return 0;
	post->waits = !mailboxes_read(clerk, now, ret_next);
	if (post->waits)
		return 0;
	return casework_wake(&clerk->casework, now, ret_next, err);
}

static void
wake(struct clerk *clerk, time_t now)
{
	struct clerk_post *post = &clerk->post;
	struct error err = { 0 };
	time_t reminders = 0, letters = 0;
	int rc = engine_commit(clerk, &err);

	post->woken = now;
	if (rc == 0)
		rc = engine_begin(clerk, &err);
	if (rc == 0)
		rc = remind(clerk, now, &reminders, &err);
	if (rc == 0)
		rc = outbox_wake(clerk->outbox, now, &letters, &err);
	if (rc == 0)
		rc = engine_commit(clerk, &err);
	if (rc != 0)
		engine_trouble(clerk, &err);
	post->take = true;
	post->next = 0;
	clerk_sooner(&post->next, reminders);
	clerk_sooner(&post->next, letters);
	/* More to do, or letters that wait for the relay. */
	if (post->next != 0 && post->next <= now)
		post->next = now + WAKE_EVERY_S;
}

static void
hand_over(struct clerk *clerk, time_t now)
{
	struct clerk_role *role = role_find(clerk, "send", NULL);
	struct clerk_post *post = &clerk->post;
	struct store_letter letter;
	struct error err = { 0 };
	struct arena *arena;
	struct buf body;
	int got;

	if (!post->take || role == NULL || !role->up || !post->ready ||
	    post->letter != 0 || post->relay_retry > now)
		return;
	post->take = false;
	arena = arena_new(0);
	got = engine_commit(clerk, &err);
	if (got == 0)
		got = outbox_take(clerk->outbox, now, arena, &letter, &err);
	if (got < 0)
		engine_trouble(clerk, &err);
	if (got == 1) {
		struct send_letter out = { .id = letter.id,
					   .recipient = letter.recipient,
					   .text = letter.text };

		buf_init(&body, SEND_LETTER_MAX + SETTINGS_MAX);
		send_put_letter(&body, &out);
		post->letter = letter.id;
		role_tell(role, WIRE_LETTER, buf_span(&body));
		buf_clear(&body);
	}
	arena_free(arena);
}

void
post_turn(struct clerk *clerk, time_t now, time_t *ret_next)
{
	struct clerk_post *post = &clerk->post;

	if (clerk->outbox == NULL || clerk->stopping)
		return;
	if (post->next != 0 && post->next <= now)
		wake(clerk, now);
	hand_over(clerk, now);
	clerk_sooner(ret_next, post->next);
	if (post->take && post->letter == 0 && post->relay_retry > now)
		clerk_sooner(ret_next, post->relay_retry);
}
