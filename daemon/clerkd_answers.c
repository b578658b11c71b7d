/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What clerkctl asks the running daemon: the table of commands, and what they
 * share.
 */
#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "clerkd_private.h"

enum {
	EXIT_FAULT = 1,
	EXIT_USAGE = 2,
	PASSWD_ROOM = 16 * 1024,
	REASON_MAX = 600
};

static const struct {
	const char *name;
	answer_function *function;
} functions[] = {
	{ "status", answer_status },
	{ "cases", answer_cases },
	{ "case", answer_case },
	{ "flags", answer_flags },
	{ "flag", answer_flag },
	{ "decide", answer_decide },
	{ "rules", answer_rules },
	{ "unreadable", answer_unreadable },
	{ "unverified", answer_unverified },
	{ "confirm", answer_confirm },
	{ "pause", answer_pause },
	{ "resume", answer_resume },
	{ "test-letter", answer_test_letter },
};

void
answer(void *context, const struct control_request *request,
       struct control_answer *answer)
{
	struct clerk *clerk = context;
	struct answering answering = { .clerk = clerk,
				       .request = request,
				       .answer = answer,
				       .arena = arena_new(0) };
	struct error err = { 0 };
	size_t i;
	int rc = -1;

	json_init(&answering.json);
	for (i = 0; i < ARRAY_SIZE(functions); i++)
		if (strcmp(functions[i].name, request->command) == 0)
			break;
	if (i == ARRAY_SIZE(functions))
		error_set(&err, ERROR_INPUT, "no command \"%s\"",
			  request->command);
	else
		rc = functions[i].function(&answering, &err);
	if (rc != 0) {
		answer->error = err;
		answer->status = answering.usage || i == ARRAY_SIZE(functions) ?
					 EXIT_USAGE :
					 EXIT_FAULT;
		if (err.kind != ERROR_INPUT) {
			engine_doubt(clerk, &err);
			log_line(LOG_LEVEL_ERROR, "command=%s: %s",
				 request->command, err.text);
		}
	}
	json_clear(&answering.json);
	arena_free(answering.arena);
}

int
answer_number(struct answering *answering, int64_t *ret_number,
	      struct error *err)
{
	const struct control_request *request = answering->request;
	const char *text = request->arg_count != 0 ? request->args[0] : "";
	char *end;

	if (text[0] == 'C' || text[0] == 'F')
		text++;
	errno = 0;
	*ret_number = strtoll(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || *ret_number <= 0)
		return answer_usage(answering, "a number is wanted", err);
	return 0;
}

int
answer_usage(struct answering *answering, const char *words, struct error *err)
{
	answering->usage = true;
	return error_set(err, ERROR_INPUT, "%s", words);
}

const char *
answer_option(const struct answering *answering, const char *name)
{
	const struct control_request *request = answering->request;
	size_t i;

	for (i = 0; i + 1 < request->arg_count; i++)
		if (strcmp(request->args[i], name) == 0)
			return request->args[i + 1];
	return NULL;
}

bool
answer_flag_given(const struct answering *answering, const char *name)
{
	const struct control_request *request = answering->request;
	size_t i;

	for (i = 0; i < request->arg_count; i++)
		if (strcmp(request->args[i], name) == 0)
			return true;
	return false;
}

struct span
answer_who(const struct answering *answering)
{
	char *room = arena_alloc(answering->arena, PASSWD_ROOM);
	uid_t uid = answering->request->uid;
	struct passwd passwd, *found = NULL;

	if (getpwuid_r(uid, &passwd, room, PASSWD_ROOM, &found) == 0 &&
	    found != NULL)
		return span_of(found->pw_name);
	return arena_printf(answering->arena, "uid %lu", (unsigned long)uid);
}

void
answer_put_time(struct answering *answering, const char *key, time_t when)
{
	char stamp[CALENDAR_STAMP_SIZE];

	if (when == 0) {
		json_put_null(&answering->json, key);
		return;
	}
	calendar_stamp(answering->clerk->snapshot->calendar, when, stamp);
	json_put_string(&answering->json, key, stamp);
}

void
answer_put_words(struct answering *answering, const char *key,
		 const struct words *words)
{
	size_t i;

	json_open_array(&answering->json, key);
	for (i = 0; i < words->count; i++)
		json_put_text(&answering->json, NULL, words->at[i]);
	json_close_array(&answering->json);
}

void
answer_line(struct answering *answering)
{
	control_line(answering->answer, &answering->json);
}

int
answer_done(struct answering *answering, const char *said)
{
	json_open_object(&answering->json, NULL);
	json_put_string(&answering->json, "done", said);
	json_close_object(&answering->json);
	answer_line(answering);
	post_soon(answering->clerk);
	return 0;
}

/* ---- the short ones ---- */

int
answer_unreadable(struct answering *answering, struct error *err)
{
	struct store_delivery *list;
	size_t count, i;

	if (store_unreadable(answering->clerk->store, 0, answering->arena,
			     &list, &count, err) != 0)
		return -1;
	for (i = 0; i < count; i++) {
		json_open_object(&answering->json, NULL);
		json_put_string(&answering->json, "mailbox", list[i].source);
		json_put_text(&answering->json, "key", list[i].key);
		answer_put_time(answering, "at", list[i].at);
		json_put_text(&answering->json, "reason", list[i].reason);
		json_close_object(&answering->json);
		answer_line(answering);
	}
	return 0;
}

/* Reasons are kept for others to read: one line, UTF-8, not too long. */
static int
reason_check(const char *reason, struct error *err)
{
	const char *p;

	if (strlen(reason) > REASON_MAX)
		return error_set(err, ERROR_INPUT,
				 "the reason is longer than %d bytes",
				 REASON_MAX);
	for (p = reason; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return error_set(err, ERROR_INPUT,
					 "the reason must be one line");
	return 0;
}

int
answer_pause(struct answering *answering, struct error *err)
{
	struct clerk *clerk = answering->clerk;
	const char *reason = answer_option(answering, "--reason");

	if (reason == NULL)
		reason = "";
	if (reason_check(reason, err) != 0 || engine_begin(clerk, err) != 0 ||
	    casework_pause(clerk->store, answer_who(answering), span_of(reason),
			   clerk_now(clerk), err) != 0 ||
	    engine_commit(clerk, err) != 0)
		return -1;
	log_line(LOG_LEVEL_NOTICE, "paused uid=%lu",
		 (unsigned long)answering->request->uid);
	return answer_done(answering, "paused: mail is read, no letter leaves");
}

int
answer_resume(struct answering *answering, struct error *err)
{
	struct clerk *clerk = answering->clerk;
	int paused = casework_paused(clerk->store, err);

	if (paused == 0)
		return answer_done(answering, "nothing was paused");
	if (paused < 0 || engine_begin(clerk, err) != 0 ||
	    casework_resume(clerk->store, err) != 0 ||
	    engine_commit(clerk, err) != 0)
		return -1;
	log_line(LOG_LEVEL_NOTICE, "resumed uid=%lu",
		 (unsigned long)answering->request->uid);
	return answer_done(
		answering,
		"resumed: of each case the newest reminder goes out");
}

int
answer_test_letter(struct answering *answering, struct error *err)
{
	struct clerk *clerk = answering->clerk;

	if (answering->request->arg_count == 0)
		return answer_usage(answering, "an address is wanted", err);
	if (clerk->outbox == NULL)
		return error_set(err, ERROR_INPUT,
				 "no relay is configured (smtp.host)");
	if (engine_commit(clerk, err) != 0 ||
	    outbox_test(clerk->outbox, span_of(answering->request->args[0]),
			clerk_now(clerk), err) != 0)
		return -1;
	return answer_done(answering,
			   "queued: see `clerkctl status` for its fate");
}

/* ---- decisions ---- */

int
answer_decide(struct answering *answering, struct error *err)
{
	struct clerk *clerk = answering->clerk;
	const struct control_request *request = answering->request;
	const char *reason = answer_option(answering, "--reason");
	const char *because = answer_option(answering, "--because");
	struct store_decision decision = { .at = clerk_now(clerk) };
	int64_t number;

	if (answer_number(answering, &number, err) != 0)
		return -1;
	decision.upheld = answer_flag_given(answering, "uphold");
	if (request->arg_count < 2 ||
	    decision.upheld == answer_flag_given(answering, "dismiss"))
		return answer_usage(answering,
				    "either uphold or dismiss is wanted", err);
	if (reason == NULL || span_blank(span_of(reason)))
		return answer_usage(answering,
				    "--reason is wanted: why, in a sentence",
				    err);
	if ((because != NULL || answer_flag_given(answering, "--because")) &&
	    (because == NULL ||
	     !decision_cause_parse(span_of(because), &decision.cause)))
		return answer_usage(answering,
				    "--because is one of quoting, role, date, "
				    "not-about-this, other",
				    err);
	decision.reason = span_of(reason);
	decision.who = answer_who(answering);
	if (reason_check(reason, err) != 0 || engine_begin(clerk, err) != 0 ||
	    store_decision_add(clerk->store, number, &decision, err) != 0 ||
	    engine_commit(clerk, err) != 0)
		return -1;
	log_line(LOG_LEVEL_NOTICE, "flag=%lld %s uid=%lu", (long long)number,
		 decision.upheld ? "upheld" : "dismissed",
		 (unsigned long)request->uid);
	return answer_done(answering, decision.upheld ? "upheld" : "dismissed");
}
