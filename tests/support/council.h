/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COUNCIL_H
#define COUNCIL_H
/*
 * An invented council for tests of the record and the duties: a directory, a
 * calendar, a protocol, and letters as lines of a table. What a letter says is
 * given with it, so that these tests do not depend on judgement.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "duty/replay.h"
#include "loaded.h"

static const char council_people[] =
	"email,name,role,posts,group,wards,directorate,manager,aliases,"
	"candidate\n"
	"olu@fenby.example,Olu Adeyemi,member,,Green,Quayside,,,"
	"olu.adeyemi@home.example,\n"
	"bea@fenby.example,Bea Thwaite,member,leader,Labour,Moor,,,,\n"
	"chief@fenby.example,Ina Holt,officer,chief-executive,,,,,,\n"
	"law@fenby.example,Sam Pryce,officer,monitoring-officer,,,,"
	"chief@fenby.example,,\n"
	"roads@fenby.example,Dee Marr,officer,director,,,,chief@fenby.example,"
	"dee.marr@fenby.example,\n"
	"kerb@fenby.example,Nat Ives,officer,,,,,roads@fenby.example,,\n"
	"alone@fenby.example,Pat Loner,officer,,,,,,,\n"
	"desk@fenby.example,Enquiries Desk,team,members-enquiries,,,,"
	"law@fenby.example,,\n"
	"trees@fenby.example,Trees Team,team,,,,,roads@fenby.example,,\n";

struct council {
	struct people *people;
	struct calendar *calendar;
	struct protocol *protocol;
	struct arena *arena;
};

static inline void
council_open(struct council *council, const char *protocol)
{
	struct fault_list faults = { 0 };
	struct error err = { 0 };
	char path[256];

	memset(council, 0, sizeof(*council));
	council->arena = arena_new(0);
	council->people = loaded_people(council_people, "fenby.example");
	council->calendar = loaded_calendar();
	snprintf(path, sizeof(path), "config/protocols/%s.conf", protocol);
	if (protocol_load(path, &faults, &council->protocol, &err))
		fail_msg("%s", err.text);
	assert_int_equal(faults.errors, 0);
	fault_list_clear(&faults);
}

static inline void
council_close(struct council *council)
{
	people_free(council->people);
	calendar_free(council->calendar);
	protocol_free(council->protocol);
	arena_free(council->arena);
}

/* A letter: addresses without their domain, lists with commas, "@home" for the
 * private address of a member. */
struct mail {
	const char *id, *at; /* "2026-03-03 09:12" local time */
	const char *from, *to, *cc;
	const char *says;    /* "enquiry", "thanks", "withdrawn", "more",
				"answer", "holding", "question", "passed",
				"word", "absent", "bounce"; "+hands",
				"+flag" */
	const char *refs;    /* ids, with commas */
	const char *subject; /* NULL: "Potholes" */
	const char *text;    /* NULL: made from the id */
	const char *about;   /* of a bounce: the id; lost is the recipient */
	const char *lost;
	const char *index; /* Thread-Index GUID */
	const char *reply; /* the id in In-Reply-To */
	const char *bcc;   /* receipts by a trusted envelope header */
	enum sender_check check;
};

static inline struct span
council_address(struct arena *arena, struct span name)
{
	if (span_is(name, "@home"))
		return span_of("olu.adeyemi@home.example");
	if (span_find_byte(name, '@') < name.len)
		return name;
	return arena_printf(arena, "%.*s@fenby.example", SPAN_ARG(name));
}

static inline struct addresses
council_addresses(struct arena *arena, const char *list)
{
	struct addresses addresses = { 0 };
	struct span rest = span_of(list ? list : ""), one;

	while (span_next(&rest, ',', &one)) {
		struct address *address =
			arena_push(arena, &addresses.at, &addresses.count,
				   sizeof(*address));

		address->email = council_address(arena, one);
		address->name = span_of("");
	}
	return addresses;
}

static inline struct span
council_id(struct arena *arena, struct span id)
{
	return arena_printf(arena, "<%.*s@fenby.example>", SPAN_ARG(id));
}

static inline time_t
council_time(const struct council *council, const char *at)
{
	struct date day;
	int hour = 0, minute = 0, second = 0;

	assert_true(sscanf(at, "%d-%d-%d %d:%d:%d", &day.year, &day.month,
			   &day.day, &hour, &minute, &second) >= 5);
	return calendar_time(council->calendar, day, hour * 60 + minute) +
	       second;
}

static inline void
council_receipts(struct arena *arena, const struct mail *post,
		 struct message *message)
{
	struct addresses hidden = council_addresses(arena, post->bcc);

	message->receipts =
		arena_array(arena, hidden.count, sizeof(*message->receipts));
	message->receipt_count = hidden.count;
	for (size_t i = 0; i < hidden.count; i++)
		message->receipts[i] = (struct receipt){
			.source = RECEIPT_ENVELOPE,
			.email = hidden.at[i].email,
			.expanded = span_of(""),
			.forwarded = span_of(""),
		};
}

static inline struct message *
council_message(const struct council *council, const struct mail *post,
		struct arena *arena)
{
	struct message *message = arena_alloc(arena, sizeof(*message));
	struct span refs = span_of(post->refs ? post->refs : ""), one;
	struct span empty = span_of("");

	*message = (struct message){
		.message_id = council_id(arena, span_of(post->id)),
		.in_reply_to = post->reply ?
				       council_id(arena, span_of(post->reply)) :
				       empty,
		.thread_index = span_of(post->index ? post->index : ""),
		.sender_check = post->check,
		.sender_why = span_of(
			post->check == SENDER_FAILED ? "dmarc=fail" : ""),
		.from = council_addresses(arena, post->from).at[0],
		.to = council_addresses(arena, post->to),
		.cc = council_addresses(arena, post->cc),
		.received = council_time(council, post->at),
		.subject = span_of(post->subject ? post->subject : "Potholes"),
		.mailbox_owner = empty,
		.quoted = empty,
		.signature = empty,
		.automatic_why = empty,
		.report_about = empty,
		.list_id = empty,
	};
	message->body = post->text ?
				span_of(post->text) :
				arena_printf(arena, "Body of %s.", post->id);
	message->body_hash = span_hash(message->body);
	while (span_next(&refs, ',', &one))
		*(struct span *)arena_push(
			arena, &message->references, &message->reference_count,
			sizeof(struct span)) = council_id(arena, one);
	council_receipts(arena, post, message);
	if (strstr(post->says, "absent"))
		message->automatic = AUTOMATIC_REPLY;
	if (strstr(post->says, "bounce")) {
		message->automatic = AUTOMATIC_BOUNCE;
		message->failures =
			arena_array(arena, 1, sizeof(*message->failures));
		message->failure_count = 1;
		message->failures[0] = (struct failure){
			.recipient =
				council_address(arena, span_of(post->lost)),
			.status = span_of("5.1.1"),
			.permanent = true,
		};
		if (post->about)
			message->report_about =
				post->about[0] == '<' ?
					span_of(post->about) :
					council_id(arena, span_of(post->about));
	}
	return message;
}

struct council_script {
	const struct mail *posts;
	size_t count;
};

static inline void
council_flag(struct arena *arena, struct verdict *verdict)
{
	struct finding *finding = arena_alloc(arena, sizeof(*finding));
	struct evidence *evidence = arena_alloc(arena, sizeof(*evidence));
	struct span *clause = arena_alloc(arena, sizeof(*clause));

	*clause = span_of("10.1.1");
	*evidence = (struct evidence){ .where = span_of("body"),
				       .start = 0,
				       .end = 4,
				       .text = span_of("Body") };
	*finding = (struct finding){ .rule = span_of("blind-copy"),
				     .severity = SEVERITY_HIGH,
				     .state = RULE_LIVE,
				     .score = 0.9,
				     .clauses = clause,
				     .clause_count = 1,
				     .reason = span_of("a hidden copy"),
				     .evidence = evidence,
				     .evidence_count = 1 };
	verdict->findings = finding;
	verdict->finding_count = 1;
}

/* Stands in for filter_judge(): says what the script says. A script's "+flag"
 * holds when somebody got the letter unseen. */
static inline void
council_judge(void *context, const struct exhibit *exhibit, struct arena *arena,
	      struct verdict *ret)
{
	static const struct {
		const char *word;
		enum reply_kind reply;
	} replies[] = {
		{ "answer", REPLY_ANSWER },
		{ "holding", REPLY_HOLDING },
		{ "question", REPLY_QUESTION_BACK },
		{ "passed", REPLY_PASSED_ON },
		{ "absent", REPLY_AUTOMATIC },
	};
	const struct council_script *script = context;
	const char *says = "";

	for (size_t i = 0; i < script->count; i++)
		if (span_equal(council_id(arena, span_of(script->posts[i].id)),
			       exhibit->message->message_id))
			says = script->posts[i].says;
	ret->enquiry = strstr(says, "enquiry") != NULL;
	ret->withdrawal = strstr(says, "withdrawn") != NULL;
	ret->only_thanks = strstr(says, "thanks") != NULL;
	ret->hands_over = strstr(says, "+hands") != NULL;
	for (size_t i = 0; i < ARRAY_SIZE(replies); i++)
		if (strstr(says, replies[i].word))
			ret->reply = replies[i].reply;
	if (strstr(says, "+flag") && exhibit->message->receipt_count)
		council_flag(arena, ret);
}

static inline void
council_name(struct buf *out, struct span email)
{
	buf_add(out, span_sub(email, 0, span_find_byte(email, '@')));
}

static inline void
council_words(struct buf *out, const char *before, const struct words *words)
{
	if (!words->count)
		return;
	buf_add_literal(out, before);
	for (size_t i = 0; i < words->count; i++) {
		if (i)
			buf_add_byte(out, ',');
		council_name(out, words->at[i]);
	}
}

struct council_telling {
	const struct council *council;
	struct buf text;
};

/* "03-03 09:12 C1 opened e1 olu>roads ack 03-06 answer 03-17" a line. */
static inline void
council_tell(void *context, const struct replay_event *event)
{
	struct council_telling *telling = context;
	const struct calendar *calendar = telling->council->calendar;
	struct buf *out = &telling->text;
	struct date day = calendar_date(calendar, event->time), due;
	int minutes = calendar_minutes(calendar, event->time);

	buf_printf(out, "%02d-%02d %02d:%02d C%lld %s", day.month, day.day,
		   minutes / 60, minutes % 60, (long long)event->case_id,
		   event->event);
	if (event->message_id.len) {
		buf_add_byte(out, ' ');
		council_name(out, span_sub(event->message_id, 1,
					   event->message_id.len));
	}
	if (event->member.len) {
		buf_add_byte(out, ' ');
		council_name(out, event->member);
		buf_add_byte(out, '>');
		council_name(out, event->owner);
	}
	if (event->ack_due) {
		due = calendar_date(calendar, event->ack_due);
		buf_printf(out, " ack %02d-%02d", due.month, due.day);
	}
	if (event->response_due) {
		due = calendar_date(calendar, event->response_due);
		buf_printf(out, " answer %02d-%02d", due.month, due.day);
	}
	if (event->stage.len) {
		buf_printf(out, " %.*s", SPAN_ARG(event->stage));
		council_words(out, " to ", &event->to);
		council_words(out, " cc ", &event->cc);
	}
	if (event->rule.len)
		buf_printf(out, " %.*s", SPAN_ARG(event->rule));
	buf_add_byte(out, '\n');
}

/* Replays the letters in the order given and compares what is told. */
static inline void
council_replay(const char *protocol, const struct mail *posts, size_t count,
	       const char *until, const char *want)
{
	struct council_script script = { posts, count };
	struct replay_settings settings = { .judge = council_judge,
					    .judge_context = &script };
	struct council council;
	struct council_telling telling = { .council = &council };
	struct error err = { 0 };
	struct replay *replay;

	council_open(&council, protocol);
	settings.people = council.people;
	settings.calendar = council.calendar;
	settings.protocol = council.protocol;
	settings.until = council_time(&council, until);
	if (replay_new(&settings, &replay, &err))
		fail_msg("%s", err.text);
	for (size_t i = 0; i < count; i++) {
		char key[32];

		snprintf(key, sizeof(key), "%zu", i);
		if (replay_message(
			    replay, span_of(key),
			    council_message(&council, &posts[i], council.arena),
			    &err))
			fail_msg("%s", err.text);
	}
	buf_init(&telling.text, 1 << 20);
	if (replay_finish(replay, council_tell, &telling, &err))
		fail_msg("%s", err.text);
	buf_add_byte(&telling.text, '\0');
	assert_string_equal(telling.text.ptr, want);
	buf_clear(&telling.text);
	replay_free(replay);
	council_close(&council);
}

#define COUNCIL_REPLAY(protocol, posts, until, want) \
	council_replay(protocol, posts, ARRAY_SIZE(posts), until, want)

#endif
