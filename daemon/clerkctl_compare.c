/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clerkctl scan --compare: what other rules, words, weights or people would
 * add to and take from the findings and readings of mail in files.
 *
 * Each message is read once and goes through two intakes, each with a store of
 * its own, so that threads and cases are as each configuration sees them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "clerkctl.h"
#include "clerkctl_compare.h"

/* A finding or a reading of the message at hand. */
struct raised {
	struct span rule;
	enum rule_state state;
	struct span reason;
	const struct evidence *evidence; /* or NULL */
	bool matched;                    /* the other side has it too */
};

struct side {
	struct judging judging;
	struct intake_result result;
	struct raised *at; /* in judging.arena */
	size_t count;
};

struct comparing {
	struct side old, now;
	struct comparison out;
};

/* ---- one message ---- */

static struct raised *
raise(struct side *side, struct span rule, enum rule_state state)
{
	struct raised *slot = arena_push(side->judging.arena, &side->at,
					 &side->count, sizeof(*slot));

	*slot = (struct raised){ .rule = rule, .state = state };
	return slot;
}

static void
gather_readings(struct side *side)
{
	const struct verdict *verdict = &side->result.verdict;

	if (verdict->enquiry)
		raise(side, span_of("enquiry"), RULE_LIVE)->reason =
			span_of("a member asks for something");
	if (verdict->reply != REPLY_NONE)
		raise(side,
		      arena_printf(side->judging.arena, "reply=%s",
				   reply_kind_name(verdict->reply)),
		      RULE_LIVE)
			->reason = span_of("an officer's reply to a member");
}

static int
side_judge(struct side *side, const struct mailfile *file,
	   const struct message *message, struct error *err)
{
	struct intake_result *result = &side->result;
	size_t i;

	side->at = NULL;
	side->count = 0;
	if (judging_message(&side->judging, file, message, result, err) < 0)
		return -1;
	for (i = 0; i < result->new_finding_count; i++) {
		const struct finding *finding = &result->new_findings[i];
		struct raised *slot =
			raise(side, finding->rule, finding->state);

		slot->reason = finding->reason;
		if (finding->evidence_count != 0)
			slot->evidence = &finding->evidence[0];
	}
	if (!result->known)
		gather_readings(side);
	return 0;
}

static void
match(struct side *old, struct side *now)
{
	size_t i, k;

	for (i = 0; i < old->count; i++)
		for (k = 0; k < now->count; k++)
			if (old->at[i].state == now->at[k].state &&
			    span_equal(old->at[i].rule, now->at[k].rule))
				old->at[i].matched = now->at[k].matched = true;
}

/* The first in To, else in Cc, else who got it unseen. */
static enum role
recipient_role(const struct people *people, const struct message *message)
{
	struct span email = { 0 };

	if (message->to.count != 0)
		email = message->to.at[0].email;
	else if (message->cc.count != 0)
		email = message->cc.at[0].email;
	else if (message->receipt_count != 0)
		email = message->receipts[0].email;
	return people_role(people, email);
}

/* ---- rows ---- */

static struct compare_row *
row_of(struct comparison *out, const struct raised *raised, enum role from,
       enum role to)
{
	struct compare_row *row;
	size_t i;

	for (i = 0; i < out->count; i++) {
		row = &out->rows[i];
		if (row->state == raised->state && row->from == from &&
		    row->to == to && span_equal(row->rule, raised->rule))
			return row;
	}
	row = arena_push(out->arena, &out->rows, &out->count, sizeof(*row));
	*row = (struct compare_row){
		.rule = arena_span(out->arena, raised->rule),
		.state = raised->state,
		.from = from,
		.to = to,
	};
	return row;
}

/* The same words in many copies show nothing new. */
static bool
shown(const struct compare_change *change, const struct raised *raised)
{
	size_t i;

	for (i = 0; i < change->sample_count; i++)
		if (raised->evidence != NULL &&
		    change->samples[i].evidence.text.len != 0 &&
		    span_equal(change->samples[i].evidence.text,
			       raised->evidence->text))
			return true;
	return false;
}

static void
sample(struct comparison *out, struct compare_change *change,
       const struct mailfile *file, const struct raised *raised)
{
	struct compare_sample *slot;

	change->count++;
	if (change->sample_count == COMPARE_SAMPLES_MAX ||
	    shown(change, raised))
		return;
	slot = &change->samples[change->sample_count++];
	slot->file = arena_string(out->arena, file->name);
	slot->reason = arena_span(out->arena, raised->reason);
	if (raised->evidence == NULL)
		return;
	slot->evidence = *raised->evidence;
	slot->evidence.where = arena_span(out->arena, slot->evidence.where);
	slot->evidence.text = arena_span(out->arena, slot->evidence.text);
}

static int
compare_message(void *context, const struct mailfile *file,
		const struct reading *reading, struct error *err)
{
	struct comparing *comparing = context;
	struct comparison *out = &comparing->out;
	struct side *old = &comparing->old, *now = &comparing->now;
	const struct people *people = now->judging.snapshot->people;
	const struct message *message = reading->message;
	struct compare_row *row;
	enum role from, to;
	size_t i;

	if (message == NULL) {
		out->unreadable++;
		mail_say_unreadable(file, reading);
		return 0;
	}
	if (side_judge(old, file, message, err) < 0 ||
	    side_judge(now, file, message, err) < 0)
		return -1;
	out->messages += !now->result.known;
	match(old, now);
	from = people_role(people, message->from.email);
	to = recipient_role(people, message);
	for (i = 0; i < old->count; i++) {
		row = row_of(out, &old->at[i], from, to);
		row->before++;
		if (!old->at[i].matched)
			sample(out, &row->removed, file, &old->at[i]);
	}
	for (i = 0; i < now->count; i++) {
		row = row_of(out, &now->at[i], from, to);
		row->after++;
		if (!now->at[i].matched)
			sample(out, &row->added, file, &now->at[i]);
	}
	judging_next(&old->judging);
	judging_next(&now->judging);
	return 0;
}

/* By rule, live before shadow, then by roles. */
static int
by_rule(const void *a, const void *b)
{
	const struct compare_row *x = a, *y = b;
	int order = span_compare(x->rule, y->rule);

	if (order == 0)
		order = (int)y->state - (int)x->state;
	if (order == 0)
		order = (int)x->from - (int)y->from;
	return order != 0 ? order : (int)x->to - (int)y->to;
}

static void
finish(struct comparison *out)
{
	size_t i;

	if (out->count != 0)
		qsort(out->rows, out->count, sizeof(*out->rows), by_rule);
	for (i = 0; i < out->count; i++) {
		out->added += out->rows[i].added.count;
		out->removed += out->rows[i].removed.count;
		out->same += out->rows[i].after - out->rows[i].added.count;
	}
}

int
scan_compare(const struct scan_request *request, const struct snapshot *old)
{
	struct mail_options how = { .config = request->snapshot->config,
				    .readers = request->jobs };
	struct comparing comparing = { .out = { .arena = arena_new(0) } };
	struct error err = { 0 };
	int status = 0;

	if (judging_open(&comparing.old.judging, old, &err) < 0 ||
	    judging_open(&comparing.now.judging, request->snapshot, &err) < 0 ||
	    mail_read_paths(&how, request->paths, request->path_count,
			    compare_message, &comparing, &err) < 0) {
		fprintf(stderr, "clerkctl scan: %s\n", err.text);
		status = EXIT_FAULT;
	} else {
		finish(&comparing.out);
		if (request->as_json)
			compare_print_json(&comparing.out);
		else
			compare_print_text(&comparing.out);
	}
	judging_close(&comparing.old.judging);
	judging_close(&comparing.now.judging);
	arena_free(comparing.out.arena);
	return comparing.out.unreadable != 0 ? EXIT_FAULT : status;
}
