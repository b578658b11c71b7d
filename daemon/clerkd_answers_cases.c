/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "clerkd_private.h"

static void
put_day(struct answering *answering, const char *key, struct date day)
{
	char text[40];

	if (day.year == 0) {
		json_put_null(&answering->json, key);
		return;
	}
	snprintf(text, sizeof text, "%04d-%02d-%02d", day.year, day.month,
		 day.day);
	json_put_string(&answering->json, key, text);
}

static bool
overdue(const struct case_dates *dates, const struct store_case *c, time_t now)
{
	if (c->closed != 0)
		return false;
	return dates->response_due < now ||
	       (dates->ack_due != 0 && c->acknowledged == 0 &&
		dates->ack_due < now);
}

static void
put_case(struct answering *answering, const struct store_case *c)
{
	struct clerk *clerk = answering->clerk;
	struct case_dates dates = casework_dates(&clerk->casework, c->clock);
	struct json_writer *json = &answering->json;
	char reference[32];

	snprintf(reference, sizeof reference, "CASE-C%lld", (long long)c->id);
	json_put_number(json, "id", c->id);
	json_put_string(json, "reference", reference);
	json_put_string(json, "state", case_state_name(c->state));
	json_put_bool(json, "open", c->closed == 0);
	json_put_bool(json, "overdue", overdue(&dates, c, clerk_now(clerk)));
	json_put_text(json, "member", c->member);
	json_put_text(json, "owner", c->owner);
	json_put_text(json, "subject", c->subject);
	json_put_number(json, "round", c->round);
	answer_put_time(answering, "opened", c->opened);
	answer_put_time(answering, "received", c->clock);
	answer_put_time(answering, "ack_due", dates.ack_due);
	answer_put_time(answering, "acknowledged", c->acknowledged);
	answer_put_time(answering, "response_due", dates.response_due);
	put_day(answering, "promised", c->promise);
	answer_put_time(answering, "closed", c->closed);
	answer_put_time(answering, "next_reminder", c->wake);
}

int
answer_cases(struct answering *answering, struct error *err)
{
	struct case_query query = { .open = !answer_flag_given(answering,
							       "--all") };
	struct store_case *cases;
	size_t count, i;

	if (store_cases(answering->clerk->store, &query, answering->arena,
			&cases, &count, err) != 0)
		return -1;
	for (i = 0; i < count; i++) {
		json_open_object(&answering->json, NULL);
		put_case(answering, &cases[i]);
		json_close_object(&answering->json);
		answer_line(answering);
	}
	return 0;
}

/* Day by day, so that anybody can count after. */
static int
put_count(struct answering *answering, const char *key, time_t received,
	  int within, struct error *err)
{
	struct json_writer *json = &answering->json;
	struct counted_day *days;
	size_t count, i;

	if (within <= 0) {
		json_put_null(json, key);
		return 0;
	}
	if (casework_count(&answering->clerk->casework, received, within,
			   answering->arena, &days, &count) != 0)
		return error_set(err, ERROR_INTERNAL,
				 "the days cannot be counted");
	json_open_array(json, key);
	for (i = 0; i < count; i++) {
		json_open_object(json, NULL);
		put_day(answering, "day", days[i].day);
		if (days[i].number >= 0)
			json_put_number(json, "number", days[i].number);
		else
			json_put_null(json, "number");
		if (days[i].why_not != NULL)
			json_put_string(json, "not_counted", days[i].why_not);
		json_close_object(json);
	}
	json_close_array(json);
	return 0;
}

static void
put_event(struct answering *answering, const struct store_event *event)
{
	struct json_writer *json = &answering->json;

	json_open_object(json, NULL);
	answer_put_time(answering, "at", event->at);
	json_put_string(json, "event", case_event_name(event->kind));
	if (event->message_id.len != 0)
		json_put_text(json, "message_id", event->message_id);
	if (event->owner.len != 0)
		json_put_text(json, "owner", event->owner);
	if (event->kind == EVENT_REMINDER || event->kind == EVENT_UNDELIVERED) {
		json_put_text(json, "stage", event->stage);
		answer_put_words(answering, "to", &event->to);
		answer_put_words(answering, "cc", &event->cc);
		json_put_bool(json, "upwards", event->upwards);
		if (event->letter > 0)
			json_put_number(json, "letter", event->letter);
	}
	if (event->promise.year != 0)
		put_day(answering, "promised", event->promise);
	json_close_object(json);
}

static int
put_events(struct answering *answering, int64_t id, struct error *err)
{
	struct event_query query = { .case_id = id };
	struct store_event *events;
	size_t count, i;

	if (store_events(answering->clerk->store, &query, answering->arena,
			 &events, &count, err) != 0)
		return -1;
	json_open_array(&answering->json, "events");
	for (i = 0; i < count; i++)
		put_event(answering, &events[i]);
	json_close_array(&answering->json);
	return 0;
}

int
answer_case(struct answering *answering, struct error *err)
{
	const struct protocol *protocol = answering->clerk->snapshot->protocol;
	struct case_query query = { 0 };
	struct store_case *cases;
	size_t count;

	if (answer_number(answering, &query.id, err) != 0 ||
	    store_cases(answering->clerk->store, &query, answering->arena,
			&cases, &count, err) != 0)
		return -1;
	if (count == 0)
		return error_set(err, ERROR_INPUT, "there is no case %lld",
				 (long long)query.id);
	json_open_object(&answering->json, NULL);
	put_case(answering, &cases[0]);
	json_put_text(&answering->json, "excerpt", cases[0].excerpt);
	json_put_text(&answering->json, "enquiry", cases[0].enquiry_id);
	json_put_text(&answering->json, "protocol", protocol->title);
	if (put_count(answering, "ack_count", cases[0].clock,
		      protocol->ack_days, err) != 0 ||
	    put_count(answering, "response_count", cases[0].clock,
		      protocol->response_days, err) != 0 ||
	    put_events(answering, cases[0].id, err) != 0)
		return -1;
	json_close_object(&answering->json);
	answer_line(answering);
	return 0;
}
