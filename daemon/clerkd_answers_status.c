/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The daemon at a glance, and what of it wants an administrator: then the exit
 * status is 1.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clerkd_private.h"
#include "duty/reach.h"
#include "paths.h"

enum {
	OUT_OF_TOUCH_S = 15 * 60, /* a mailbox that long is trouble */
	FAILED_DAYS_S = 7 * 24 * 3600,
	HOLIDAYS_AHEAD_DAYS = 90,
	ATTENTION_MAX = 64
};

struct attention {
	struct span at[ATTENTION_MAX];
	size_t count;
};

static void attend(struct answering *answering, struct attention *attention,
		   const char *format, ...) CLERK_PRINTF(3, 4);

static void
attend(struct answering *answering, struct attention *attention,
       const char *format, ...)
{
	char text[ERROR_TEXT_MAX + 256];
	va_list args;

	if (attention->count == ATTENTION_MAX)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	attention->at[attention->count++] =
		span_of(arena_string(answering->arena, text));
}

static int
put_cursors(struct answering *answering, const struct config_mailbox *config,
	    struct error *err)
{
	static const struct span inbox = { "INBOX", 5 };
	const struct span_list lists[] = { config->folders,
					   config->sent_folders,
					   { (struct span *)&inbox, 1 } };
	struct json_writer *json = &answering->json;
	size_t list, i;

	json_open_array(json, "cursors");
	for (list = 0; list < ARRAY_SIZE(lists); list++)
		for (i = 0; i < lists[list].count; i++) {
			struct store_cursor cursor;
			const char *folder = lists[list].at[i].ptr;
			int found;

			if (list == 2 && config->folders.count != 0)
				continue;
			found = store_cursor_find(answering->clerk->store,
						  config->name, folder, &cursor,
						  err);
			if (found < 0)
				return -1;
			if (found != 1)
				continue;
			json_open_object(json, NULL);
			json_put_string(json, "folder", folder);
			json_put_number(json, "uidvalidity",
					cursor.uidvalidity);
			json_put_number(json, "uid", cursor.uid);
			json_close_object(json);
		}
	json_close_array(json);
	return 0;
}

static int
put_mailbox(struct answering *answering, const struct clerk_role *role,
	    struct attention *attention, struct error *err)
{
	const struct mailbox_state *mailbox = role->mailbox;
	struct json_writer *json = &answering->json;
	time_t now = clerk_now(answering->clerk);
	bool connected =
		mailbox->fetch != NULL && (mailbox->state == FETCH_WORKING ||
					   mailbox->state == FETCH_UP_TO_DATE);

	json_open_object(json, NULL);
	json_put_string(json, "name", mailbox->name);
	json_put_bool(json, "connected", connected);
	json_put_string(json, "state",
			mailbox->fetch != NULL ?
				fetch_state_name(mailbox->state) :
				"down");
	json_put_bool(json, "up_to_date", mailbox->current);
	answer_put_time(answering, "since", mailbox->since);
	answer_put_time(answering, "last_success", mailbox->success);
	answer_put_time(answering, "last_message", mailbox->last_message);
	json_put_number(json, "taken", (long long)mailbox->taken);
	json_put_string(json, "trouble", mailbox->trouble);
	if (put_cursors(answering, mailbox->config, err) != 0)
		return -1;
	json_close_object(json);
	if (mailbox->trouble[0] != '\0')
		attend(answering, attention, "mailbox %s: %s", mailbox->name,
		       mailbox->trouble);
	else if (!connected && now - mailbox->since > OUT_OF_TOUCH_S)
		attend(answering, attention,
		       "mailbox %s has been out of touch for %lld minutes; see "
		       "`journalctl -u clerkd`",
		       mailbox->name, (long long)(now - mailbox->since) / 60);
	return 0;
}

static int
put_mailboxes(struct answering *answering, struct attention *attention,
	      struct error *err)
{
	const struct clerk *clerk = answering->clerk;
	size_t i;

	json_open_array(&answering->json, "mailboxes");
	for (i = 0; i < clerk->role_count; i++)
		if (clerk->roles[i]->mailbox != NULL &&
		    put_mailbox(answering, clerk->roles[i], attention, err) !=
			    0)
			return -1;
	json_close_array(&answering->json);
	return 0;
}

static int
put_letters(struct answering *answering, struct attention *attention,
	    struct error *err)
{
	const struct clerk *clerk = answering->clerk;
	const struct clerk_post *post = &clerk->post;
	struct json_writer *json = &answering->json;
	size_t counts[LETTER_STATE_COUNT] = { 0 }, count, i;
	struct letter_query waiting = { .states = 1u << LETTER_QUEUED |
						  1u << LETTER_SENDING |
						  1u << LETTER_UNKNOWN },
			    failed = { .states = 1u << LETTER_FAILED,
				       .limit = 1000 };
	struct store_letter *letters;

	if (store_letters(clerk->store, &waiting, answering->arena, &letters,
			  &count, err) != 0)
		return -1;
	for (i = 0; i < count; i++)
		counts[letters[i].state]++;
	if (store_letters(clerk->store, &failed, answering->arena, &letters,
			  &count, err) != 0)
		return -1;
	for (i = 0; i < count; i++)
		counts[LETTER_FAILED] +=
			clerk_now(clerk) - letters[i].settled < FAILED_DAYS_S;
	json_open_object(json, "letters");
	json_put_bool(json, "relay", clerk->outbox != NULL);
	json_put_number(json, "queued", (long long)counts[LETTER_QUEUED]);
	json_put_number(json, "sending", (long long)counts[LETTER_SENDING]);
	json_put_number(json, "unknown", (long long)counts[LETTER_UNKNOWN]);
	json_put_number(json, "failed", (long long)counts[LETTER_FAILED]);
	json_put_number(json, "sent", (long long)post->sent);
	answer_put_time(answering, "last_success", post->relay_success);
	json_put_string(json, "trouble", post->relay_trouble);
	answer_put_time(answering, "retry", post->relay_retry);
	json_close_object(json);
	if (clerk->outbox == NULL)
		attend(answering, attention,
		       "no relay is configured (smtp.host): nobody is "
		       "reminded");
	if (post->relay_trouble[0] != '\0')
		attend(answering, attention, "relay: %s", post->relay_trouble);
	if (counts[LETTER_FAILED] != 0)
		attend(answering, attention,
		       "%zu letter%s refused for good in the last 7 days; is "
		       "people.csv right?",
		       counts[LETTER_FAILED],
		       counts[LETTER_FAILED] == 1 ? " was" : "s were");
	return 0;
}

/* Flags about the Monitoring Officer that are nobody's to read. */
static void
look_at_flags(struct answering *answering, struct attention *attention,
	      const struct store_finding *flags, size_t count)
{
	const struct snapshot *snapshot = answering->clerk->snapshot;
	struct span reviewer =
		holder_of(snapshot->people, POST_MONITORING_OFFICER);
	size_t i, unread = 0;

	for (i = 0; i < count && reviewer.len != 0; i++)
		unread += guard_reader(&snapshot->guard, snapshot->people,
				       reviewer, &flags[i])
				  .len == 0;
	if (unread != 0)
		attend(answering, attention,
		       "%zu flag%s about the Monitoring Officer and nobody is "
		       "told; set guards.deputy",
		       unread, unread == 1 ? " is" : "s are");
}

/* An enquiry that nobody follows, since perhaps nobody made it. */
static int
look_at_claims(struct answering *answering, struct attention *attention,
	       struct error *err)
{
	size_t enquiries;

	if (answer_put_claims(answering, &enquiries, err) != 0)
		return -1;
	if (enquiries != 0)
		attend(answering, attention,
		       "%zu message%s in a member's name look%s like an "
		       "enquiry and may be forged: `clerkctl unverified`, then "
		       "`clerkctl confirm`",
		       enquiries, enquiries == 1 ? "" : "s",
		       enquiries == 1 ? "s" : "");
	return 0;
}

static int
put_cases(struct answering *answering, struct attention *attention,
	  struct error *err)
{
	const struct clerk *clerk = answering->clerk;
	struct json_writer *json = &answering->json;
	struct case_query query = { .open = true };
	struct finding_query flags = { .undecided = true, .live = true };
	struct store_finding *findings;
	struct store_delivery *unreadable;
	struct store_case *cases;
	size_t count, i, overdue = 0;
	time_t now = clerk_now(clerk);

	if (store_cases(clerk->store, &query, answering->arena, &cases, &count,
			err) != 0)
		return -1;
	for (i = 0; i < count; i++) {
		struct case_dates dates =
			casework_dates(&clerk->casework, cases[i].clock);

		overdue += dates.response_due < now ||
			   (dates.ack_due != 0 && cases[i].acknowledged == 0 &&
			    dates.ack_due < now);
	}
	json_open_object(json, "cases");
	json_put_number(json, "open", (long long)count);
	json_put_number(json, "overdue", (long long)overdue);
	answer_put_time(answering, "since", clerk->casework.since);
	json_put_bool(json, "reminders_wait", clerk->post.waits);
	json_close_object(json);
	if (store_findings(clerk->store, &flags, answering->arena, &findings,
			   &count, err) != 0)
		return -1;
	json_put_number(json, "flags", (long long)count);
	look_at_flags(answering, attention, findings, count);
	if (store_unreadable(clerk->store, 0, answering->arena, &unreadable,
			     &count, err) != 0)
		return -1;
	json_put_number(json, "unreadable", (long long)count);
	return look_at_claims(answering, attention, err);
}

static int
put_pause(struct answering *answering, struct error *err)
{
	struct json_writer *json = &answering->json;
	struct store_note *notes;
	struct span rest, when, who;
	size_t count;

	if (store_notes(answering->clerk->store, "paused", answering->arena,
			&notes, &count, err) != 0)
		return -1;
	if (count == 0) {
		json_put_null(json, "paused");
		return 0;
	}
	rest = notes[0].value;
	(void)span_next(&rest, ' ', &when);
	(void)span_next(&rest, ' ', &who);
	json_open_object(json, "paused");
	answer_put_time(
		answering, "since",
		strtoll(arena_span(answering->arena, when).ptr, NULL, 10));
	json_put_text(json, "who", who);
	json_put_text(json, "reason", rest);
	json_close_object(json);
	return 0;
}

static void
look_around(struct answering *answering, struct attention *attention)
{
	const struct clerk *clerk = answering->clerk;
	const struct calendar *calendar = clerk->snapshot->calendar;
	time_t now = clerk_now(clerk);
	struct date last = calendar_known_until(calendar);
	size_t i;

	if (clerk->reload_trouble[0] != '\0')
		attend(answering, attention,
		       "the new configuration was refused, the old one is in "
		       "use: %s",
		       clerk->reload_trouble);
	if (clerk->engine.trouble_at != 0)
		attend(answering, attention, "%s", clerk->engine.trouble);
	if (clerk->holidays.trouble[0] != '\0')
		attend(answering, attention, "bank holidays: %s",
		       clerk->holidays.trouble);
	if (date_days_between(calendar_date(calendar, now), last) <
	    HOLIDAYS_AHEAD_DAYS)
		attend(answering, attention,
		       "the last bank holiday known is %04d-%02d-%02d; set "
		       "calendar.update_url",
		       last.year, last.month, last.day);
	for (i = 0; i < clerk->role_count; i++)
		if (!clerk->roles[i]->up && clerk->roles[i]->wanted &&
		    clerk->roles[i]->failures > 2)
			attend(answering, attention,
			       "%s ended %u times in a row; see `journalctl "
			       "-u clerkd`",
			       clerk->roles[i]->label,
			       clerk->roles[i]->failures);
}

int
answer_status(struct answering *answering, struct error *err)
{
	const struct clerk *clerk = answering->clerk;
	struct json_writer *json = &answering->json;
	struct attention attention = { .count = 0 };
	const struct words words = { .at = attention.at };
	struct words said = words;

	json_open_object(json, NULL);
	json_put_string(json, "version", CLERKD_VERSION);
	json_put_number(json, "pid", getpid());
	answer_put_time(answering, "now", clerk_now(clerk));
	answer_put_time(answering, "started", clerk->started);
	answer_put_time(answering, "reloaded", clerk->reloaded);
	json_put_number(json, "clock_ahead", clerk->ahead);
	json_put_number(json, "messages", (long long)clerk->engine.messages);
	if (put_pause(answering, err) != 0 ||
	    put_mailboxes(answering, &attention, err) != 0 ||
	    put_letters(answering, &attention, err) != 0 ||
	    put_cases(answering, &attention, err) != 0 ||
	    answer_put_reviews(answering, err) != 0)
		return -1;
	look_around(answering, &attention);
	said.count = attention.count;
	answer_put_words(answering, "attention", &said);
	json_close_object(json);
	answer_line(answering);
	answering->answer->status = attention.count != 0 ? 1 : 0;
	return 0;
}
