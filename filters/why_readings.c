/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why a message was read as an enquiry, or as that kind of reply.
 */
#include "filters/found.h"
#include "filters/why_private.h"

static const struct span nothing = { 0 };

static void
read_verdict(const struct account *account, struct verdict *verdict)
{
	const struct filter *filter = account->filter;
	const struct sight *sight = account->sight;

	enquiry_read(&sight->scene, &filter->readings, filter->model,
		     sight->sum.scores, verdict);
	reply_read(&sight->scene, &filter->readings, filter->model,
		   sight->sum.scores, verdict);
}

static void
why_enquiry(struct account *account)
{
	const struct scene *scene = &account->sight->scene;
	struct verdict verdict = { 0 };
	bool open;

	open = account_tell(account, span_of("a person wrote it"),
			    scene->message->automatic == AUTOMATIC_NO,
			    scene->message->automatic_why);
	open &= account_tell(account,
			     span_of("it is no mail of a discussion list"),
			     !enquiry_to_list(scene), scene->message->list_id);
	open &= account_tell(account, span_of("a member writes"),
			     scene_from_member(scene), found_sender(scene));
	open &= account_tell(
		account, span_of("an officer or a team is in To or Cc"),
		scene->officers_visible != 0, found_officers(scene));
	filter_see(account->filter, account->sight);
	account_weigh(account, NULL, account->filter->readings.enquiry);
	if (!open)
		return;
	account->part = CONDITION_CERTAIN;
	read_verdict(account, &verdict);
	account_tell(account, span_of("it withdraws an enquiry"),
		     verdict.withdrawal, nothing);
	account_tell(account, span_of("it is thanks or information only"),
		     verdict.only_thanks, nothing);
	account->out->grounds = GROUNDS_MODEL;
	account->out->raised = verdict.enquiry;
}

/* Every kind with its probability: the likeliest is taken. */
static void
tell_kinds(struct account *account, enum reply_kind taken)
{
	const struct filter *filter = account->filter;
	int kind, model;
	double p;

	for (kind = 0; kind < REPLY_KIND_COUNT; kind++) {
		model = filter->readings.reply[kind];
		if (model < 0)
			continue;
		p = model_probability(filter->model, model,
				      account->sight->sum.scores[model]);
		account_tell(
			account,
			arena_printf(account->arena, "the kind is %s",
				     reply_kind_name((enum reply_kind)kind)),
			kind == (int)taken,
			arena_printf(account->arena, "%.2f", p));
	}
}

static void
tell_promise(struct account *account, const struct verdict *verdict)
{
	struct date day = verdict->promise;

	account_tell(account, span_of("it promises a day"), day.year != 0,
		     day.year == 0 ?
			     nothing :
			     arena_printf(account->arena, "%04d-%02d-%02d",
					  day.year, day.month, day.day));
	account_tell(account, span_of("it hands the matter to another"),
		     verdict->hands_over, nothing);
}

static void
why_reply(struct account *account)
{
	const struct scene *scene = &account->sight->scene;
	const struct filter *filter = account->filter;
	struct verdict verdict = { 0 };
	bool open, person;

	open = account_tell(account, span_of("an officer or a team writes"),
			    scene_from_officer(scene), found_sender(scene));
	open &= account_tell(account, span_of("a member is in To or Cc"),
			     scene->members_visible != 0, found_members(scene));
	person = account_tell(account, span_of("a person wrote it"),
			      scene->message->automatic == AUTOMATIC_NO,
			      scene->message->automatic_why);
	filter_see(filter, account->sight);
	if (!open)
		return;
	account->part = CONDITION_CERTAIN;
	read_verdict(account, &verdict);
	account->out->grounds = person ? GROUNDS_MODEL : GROUNDS_CERTAIN;
	account->out->raised = verdict.reply != REPLY_NONE;
	account->out->rule = arena_printf(account->arena, "reply=%s",
					  reply_kind_name(verdict.reply));
	if (person) {
		tell_kinds(account, verdict.reply);
		account_weigh(account, NULL,
			      filter->readings.reply[verdict.reply]);
		account->out->threshold = 0; /* the likeliest is taken */
	}
	tell_promise(account, &verdict);
}

bool
why_reading(struct account *account, struct span name)
{
	if (span_is(name, "enquiry"))
		why_enquiry(account);
	else if (span_is(name, "reply"))
		why_reply(account);
	else
		return false;
	account->out->state = RULE_LIVE;
	return true;
}
