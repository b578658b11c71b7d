/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One message: known or new, thread, exhibit, verdict, record, casework. Each
 * step is a function; the way through them is intake_message().
 */
#include <string.h>

#include "intake_private.h"

/* A message on its way. */
struct passage {
	const struct intake *intake;
	const struct intake_item *item;
	struct arena *arena;
	struct store_message message; /* as it will be remembered */
	bool new_thread;
	bool more_known;  /* of hidden recipients, than when first judged */
	size_t held_back; /* findings, for the sender is not verified */
};

static struct words
canonical(const struct intake *intake, const struct addresses *addresses,
	  struct arena *arena)
{
	struct words words = { 0 };

	words.at = arena_array(arena, addresses->count, sizeof(*words.at));
	for (size_t i = 0; i < addresses->count; i++) {
		struct span email = addresses->at[i].email;

		if (!email.len)
			continue;
		email = people_canonical(intake->people, email);
		if (!words_hold(&words, email))
			words.at[words.count++] = email;
	}
	return words;
}

bool
intake_unverified(const struct people *people, const struct message *message)
{
	return message->sender_check == SENDER_FAILED &&
	       people_role(people, message->from.email) != ROLE_OUTSIDE;
}

static void
begin_passage(struct passage *passage)
{
	const struct intake *intake = passage->intake;
	const struct message *facts = passage->item->message;
	struct store_message *message = &passage->message;

	*message = (struct store_message){
		.message_id = facts->message_id,
		.body_hash = facts->body_hash,
		.received = facts->received,
		.date = facts->date,
		.from = facts->from.email.len ?
				people_canonical(intake->people,
						 facts->from.email) :
				span_of(""),
		.to = canonical(intake, &facts->to, passage->arena),
		.cc = canonical(intake, &facts->cc, passage->arena),
		.automatic = facts->automatic,
		.reading = INTAKE_READING,
		.unverified = intake_unverified(intake->people, facts),
	};
	message->hidden = intake_hidden(intake, facts, message, passage->arena);
	message->proven = intake_proven(intake, facts, message, passage->arena);
}

/* ---- what the rules may see ---- */

static void
view_messages(struct thread_view *view, const struct store_message *list,
	      size_t count, const struct store_message *self,
	      struct arena *arena)
{
	struct thread_message *at = arena_array(arena, count, sizeof(*at));

	view->at = at;
	for (size_t i = 0; i < count; i++) {
		const struct store_message *from = &list[i];
		struct thread_message *to = &at[view->count];
		size_t n = from->to.count;

		if (from->id == self->id || from->unverified ||
		    from->received > self->received)
			continue;
		to->message_id = from->message_id;
		to->from = from->from;
		to->received = from->received;
		to->enquiry = from->enquiry;
		to->visible_count = n + from->cc.count;
		to->visible = arena_array(arena, to->visible_count,
					  sizeof(struct span));
		for (size_t j = 0; j < to->visible_count; j++)
			to->visible[j] =
				j < n ? from->to.at[j] : from->cc.at[j - n];
		view->count++;
	}
}

/* The sender's own case before another's, an open one before a closed one. */
static void
view_cases(struct thread_view *view, const struct store_case *cases,
	   size_t count, struct span from)
{
	int best = -1;

	for (size_t i = 0; i < count; i++) {
		bool open = !cases[i].closed;
		int rank = span_equal(cases[i].member, from) * 2 + open;

		view->case_open |= open;
		if (rank >= best) {
			best = rank;
			view->case_member = cases[i].member;
		}
	}
	view->case_closed = count && !view->case_open;
}

static int
look_at_thread(const struct passage *passage, struct thread_view *view,
	       struct error *err)
{
	struct store *store = passage->intake->store;
	const struct store_message *self = &passage->message;
	struct case_query query = { .thread = self->thread };
	struct store_message *messages;
	struct store_case *cases;
	size_t count, case_count;

	*view = (struct thread_view){ .case_member = span_of("") };
	if (passage->new_thread)
		return 0;
	if (store_messages(store, self->thread, 0, INTAKE_THREAD_VIEW,
			   passage->arena, &messages, &count, err) ||
	    store_cases(store, &query, passage->arena, &cases, &case_count,
			err))
		return -1;
	view_messages(view, messages, count, self, passage->arena);
	view_cases(view, cases, case_count, self->from);
	return 0;
}

/* What a forger wrote says nothing about the person whose name it bears. */
static void
hold_back(struct passage *passage, struct verdict *verdict)
{
	if (!passage->message.unverified)
		return;
	for (size_t i = 0; i < verdict->finding_count; i++)
		passage->held_back += verdict->findings[i].state == RULE_LIVE;
	verdict->finding_count = 0;
}

static int
judge(struct passage *passage, const struct message *facts,
      struct verdict *verdict, struct error *err)
{
	const struct intake *intake = passage->intake;
	struct thread_view view;
	struct exhibit exhibit = {
		.message = facts,
		.thread = &view,
		.people = intake->people,
		.calendar = intake->calendar,
		.elections = intake->elections,
	};

	if (look_at_thread(passage, &view, err))
		return -1;
	memset(verdict, 0, sizeof(*verdict));
	if (intake->judge)
		intake->judge(intake->judge_context, &exhibit, passage->arena,
			      verdict);
	else
		filter_judge(intake->filter, &exhibit, passage->arena, verdict);
	if (intake->guard)
		guard_verdict(intake->guard, &passage->message, verdict);
	hold_back(passage, verdict);
	return 0;
}

/* ---- recording ---- */

static void
take_readings(struct store_message *message, const struct verdict *verdict)
{
	message->direction = verdict->direction;
	message->enquiry = verdict->enquiry;
	message->withdrawal = verdict->withdrawal;
	message->only_thanks = verdict->only_thanks;
	message->hands_over = verdict->hands_over;
	message->reply = verdict->reply;
	message->promise = verdict->promise;
}

static int
record_finding(const struct passage *passage, const struct finding *finding,
	       struct error *err)
{
	struct store_finding record = {
		.message = passage->message.id,
		.rule = finding->rule,
		.severity = finding->severity,
		.shadow = finding->state == RULE_SHADOW,
		.score = finding->score,
		.clauses = { .at = finding->clauses,
			     .count = finding->clause_count },
		.reason = finding->reason,
		.version = INTAKE_READING,
		.found = passage->item->now,
		.evidence = finding->evidence,
		.evidence_count = finding->evidence_count,
	};

	return store_finding_add(passage->intake->store, &record, err);
}

static bool
found_before(const struct store_finding *known, size_t count, struct span rule)
{
	for (size_t i = 0; i < count; i++)
		if (span_equal(known[i].rule, rule))
			return true;
	return false;
}

/* What was likely may be proven by now. A decision was made about what was
 * shown then: that stays. */
static int
renew_evidence(const struct passage *passage, const struct store_finding *known,
	       size_t count, const struct finding *finding, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		struct store_finding renewed = known[i];

		if (!span_equal(known[i].rule, finding->rule) ||
		    known[i].decision_count)
			continue;
		renewed.evidence = finding->evidence;
		renewed.evidence_count = finding->evidence_count;
		return store_finding_evidence(passage->intake->store, &renewed,
					      err);
	}
	return 0;
}

/* Records the findings whose rule is not among the known ones. */
static int
record_findings(const struct passage *passage,
		const struct store_finding *known, size_t known_count,
		struct intake_result *result, struct error *err)
{
	const struct verdict *verdict = &result->verdict;

	result->new_findings =
		arena_array(passage->arena, verdict->finding_count,
			    sizeof(*result->new_findings));
	for (size_t i = 0; i < verdict->finding_count; i++) {
		const struct finding *finding = &verdict->findings[i];

		if (finding->state == RULE_OFF)
			continue;
		if (found_before(known, known_count, finding->rule)) {
			if (passage->more_known &&
			    renew_evidence(passage, known, known_count, finding,
					   err))
				return -1;
			continue;
		}
		if (record_finding(passage, finding, err))
			return -1;
		result->new_findings[result->new_finding_count++] = *finding;
	}
	return 0;
}

static int
record_delivery(const struct passage *passage, struct error *err)
{
	const struct intake_item *item = passage->item;
	struct store_delivery delivery = { .source = item->source,
					   .key = item->key,
					   .message = passage->message.id,
					   .at = item->now };

	return store_delivery_add(passage->intake->store, &delivery, err);
}

static struct span
whole_characters(struct span text, size_t most)
{
	if (text.len <= most)
		return text;
	while (most && ((unsigned char)text.ptr[most] & 0xC0) == 0x80)
		most--;
	return span_sub(text, 0, most);
}

/* Of an enquiry all that its case will need once it is known to be genuine; of
 * anything else no words. */
static int
record_claim(const struct passage *passage, struct error *err)
{
	const struct message *facts = passage->item->message;
	struct store_claim claim = {
		.message = passage->message,
		.why = facts->sender_why,
		.findings = passage->held_back,
		.subject = span_of(""),
		.excerpt = span_of(""),
		.found = passage->item->now,
	};

	if (!passage->message.unverified)
		return 0;
	if (passage->message.enquiry) {
		claim.subject = span_sub(facts->subject, 0, STORE_SUBJECT_MAX);
		claim.excerpt =
			whole_characters(facts->body, STORE_EXCERPT_MAX);
		claim.references = (struct words){ facts->references,
						   facts->reference_count };
	}
	return store_claim_add(passage->intake->store, &claim, err);
}

/* ---- a message that is new ---- */

static int
take_new(struct passage *passage, struct intake_result *result,
	 struct error *err)
{
	const struct intake *intake = passage->intake;
	const struct message *facts = passage->item->message;
	struct store_message *message = &passage->message;

	if (intake_thread(intake, facts, message, passage->arena,
			  &message->thread, &passage->new_thread, err) ||
	    judge(passage, facts, &result->verdict, err))
		return -1;
	take_readings(message, &result->verdict);
	if (store_message_add(intake->store, message, err) ||
	    record_findings(passage, NULL, 0, result, err) ||
	    record_delivery(passage, err) || record_claim(passage, err))
		return -1;
	if (intake->casework &&
	    casework_message(intake->casework, message, facts,
			     passage->item->now, passage->arena, err))
		return -1;
	result->judged = true;
	return 0;
}

/* ---- a further copy of a known one ---- */

static struct words
join_words(const struct words *a, const struct words *b, struct arena *arena)
{
	struct words all = { 0 };

	all.at = arena_array(arena, a->count + b->count, sizeof(*all.at));
	for (size_t i = 0; i < a->count; i++)
		all.at[all.count++] = a->at[i];
	for (size_t i = 0; i < b->count; i++)
		if (!words_hold(a, b->at[i]))
			all.at[all.count++] = b->at[i];
	return all;
}

/* This copy's receipts and those that earlier copies showed. */
static struct message *
with_receipts(const struct message *facts, const struct store_message *known,
	      struct arena *arena)
{
	const struct words *earlier = &known->hidden;
	struct message *merged = arena_alloc(arena, sizeof(*merged));
	size_t count = facts->receipt_count;

	*merged = *facts;
	merged->receipts = arena_array(arena, count + earlier->count,
				       sizeof(*merged->receipts));
	for (size_t i = 0; i < count; i++)
		merged->receipts[i] = facts->receipts[i];
	for (size_t i = 0; i < earlier->count; i++)
		merged->receipts[count + i] = (struct receipt){
			.source = words_hold(&known->proven, earlier->at[i]) ?
					  RECEIPT_JOURNAL_BCC :
					  RECEIPT_ENVELOPE,
			.email = earlier->at[i],
			.expanded = span_of(""),
			.forwarded = span_of(""),
		};
	merged->receipt_count = count + earlier->count;
	return merged;
}

static int
judge_again(struct passage *passage, const struct store_message *earlier,
	    struct intake_result *result, struct error *err)
{
	struct store *store = passage->intake->store;
	struct finding_query query = { .message = passage->message.id };
	struct message *merged =
		with_receipts(passage->item->message, earlier, passage->arena);
	struct store_finding *known;
	size_t count;

	if (judge(passage, merged, &result->verdict, err) ||
	    store_findings(store, &query, passage->arena, &known, &count,
			   err) ||
	    record_findings(passage, known, count, result, err))
		return -1;
	result->judged = true;
	return 0;
}

/* A copy that the mail system vouches for, or that lies in the sender's own
 * Sent folder: the earlier one was genuine. */
static int
take_proof(struct passage *passage, const struct store_message *known,
	   const struct words *hidden, const struct words *proven,
	   struct intake_result *result, struct error *err)
{
	const struct intake *intake = passage->intake;
	struct store_claim claim = { .message = { .id = known->id },
				     .settled = passage->item->now,
				     .genuine = true,
				     .who = span_of("clerkd") };

	passage->message = *known;
	passage->message.hidden = *hidden;
	passage->message.proven = *proven;
	passage->message.unverified = false;
	if (store_message_hidden(intake->store, known->id, hidden, proven,
				 err) ||
	    store_claim_settle(intake->store, &claim, err) ||
	    judge_again(passage, known, result, err))
		return -1;
	return intake->casework ?
		       casework_message(intake->casework, &passage->message,
					passage->item->message,
					passage->item->now, passage->arena,
					err) :
		       0;
}

static int
take_copy(struct passage *passage, const struct store_message *known,
	  struct intake_result *result, struct error *err)
{
	struct words hidden = join_words(
		&known->hidden, &passage->message.hidden, passage->arena);
	struct words proven = join_words(
		&known->proven, &passage->message.proven, passage->arena);

	passage->message.id = known->id;
	passage->message.thread = known->thread;
	passage->message.unverified = known->unverified;
	result->known = true;
	if (record_delivery(passage, err))
		return -1;
	if (known->unverified &&
	    passage->item->message->sender_check == SENDER_VERIFIED)
		return take_proof(passage, known, &hidden, &proven, result,
				  err);
	passage->more_known = hidden.count != known->hidden.count ||
			      proven.count != known->proven.count;
	if (!passage->more_known)
		return passage->intake->judge_copies ?
			       judge_again(passage, known, result, err) :
			       0;
	if (store_message_hidden(passage->intake->store, known->id, &hidden,
				 &proven, err))
		return -1;
	return judge_again(passage, known, result, err);
}

int
intake_message(const struct intake *intake, const struct intake_item *item,
	       struct arena *arena, struct intake_result *ret_result,
	       struct error *err)
{
	struct passage passage = { .intake = intake,
				   .item = item,
				   .arena = arena };
	struct store_message known;
	int64_t before;
	int found;

	memset(ret_result, 0, sizeof(*ret_result));
	found = store_delivery_find(intake->store, item->source, item->key,
				    &before, err);
	if (found < 0)
		return -1;
	ret_result->known = found;
	if (found)
		return 0;
	begin_passage(&passage);
	found = store_message_find(intake->store, item->message->message_id,
				   item->message->body_hash, arena, &known,
				   err);
	if (found < 0 || (found ? take_copy(&passage, &known, ret_result, err) :
				  take_new(&passage, ret_result, err)))
		return -1;
	ret_result->unverified = passage.message.unverified;
	ret_result->message = passage.message.id;
	ret_result->thread = passage.message.thread;
	return 0;
}

int
intake_unreadable(const struct intake *intake, const char *source,
		  struct span key, struct span reason, time_t now,
		  struct error *err)
{
	struct store_delivery delivery = {
		.source = source, .key = key, .at = now, .reason = reason
	};

	return store_delivery_add(intake->store, &delivery, err);
}

int
intake_confirm(const struct intake *intake, int64_t message, bool genuine,
	       struct span who, time_t now, struct arena *arena,
	       struct error *err)
{
	struct store_claim *claims = NULL;
	struct message facts = { 0 };
	size_t count;

	if (store_claims(intake->store, message, true, 1, arena, &claims,
			 &count, err))
		return -1;
	if (!count || !message)
		return error_set(err, ERROR_INPUT,
				 "no message of that number waits to be "
				 "confirmed; see `clerkctl unverified`");
	claims->settled = now;
	claims->genuine = genuine;
	claims->who = who;
	if (store_claim_settle(intake->store, claims, err))
		return -1;
	if (!genuine || !intake->casework)
		return 0;
	claims->message.unverified = false;
	facts.subject = claims->subject;
	facts.body = claims->excerpt;
	facts.references = claims->references.at;
	facts.reference_count = claims->references.count;
	facts.in_reply_to = span_of("");
	return casework_message(intake->casework, &claims->message, &facts, now,
				arena, err);
}
