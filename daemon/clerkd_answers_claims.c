/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Messages in the name of somebody of the council whose sender failed the
 * check: listed, and settled by a person.
 */
#include <string.h>

#include "base/log.h"
#include "clerkd_private.h"

static void
put_claim(struct answering *answering, const struct store_claim *claim)
{
	struct json_writer *json = &answering->json;

	json_open_object(json, NULL);
	json_put_number(json, "number", claim->message.id);
	json_put_text(json, "message_id", claim->message.message_id);
	answer_put_time(answering, "received", claim->message.received);
	json_put_text(json, "from", claim->message.from);
	answer_put_words(answering, "to", &claim->message.to);
	json_put_bool(json, "enquiry", claim->message.enquiry);
	json_put_number(json, "findings", (long long)claim->findings);
	json_put_text(json, "subject", claim->subject);
	json_put_text(json, "why", claim->why);
	if (claim->settled != 0)
		json_put_string(json, "settled",
				claim->genuine ? "genuine" : "forged");
	else
		json_put_null(json, "settled");
	json_put_text(json, "who", claim->who);
	json_close_object(json);
	answer_line(answering);
}

int
answer_unverified(struct answering *answering, struct error *err)
{
	struct store_claim *claims;
	size_t count, i;

	if (store_claims(answering->clerk->store, 0,
			 !answer_flag_given(answering, "--all"), 0,
			 answering->arena, &claims, &count, err) != 0)
		return -1;
	for (i = 0; i < count; i++)
		put_claim(answering, &claims[i]);
	return 0;
}

int
answer_confirm(struct answering *answering, struct error *err)
{
	struct clerk *clerk = answering->clerk;
	const struct control_request *request = answering->request;
	bool genuine = answer_flag_given(answering, "genuine");
	int64_t number;

	if (answer_number(answering, &number, err) != 0)
		return -1;
	if (request->arg_count != 2 ||
	    genuine == answer_flag_given(answering, "forged"))
		return answer_usage(answering,
				    "either genuine or forged is wanted", err);
	if (engine_begin(clerk, err) != 0 ||
	    intake_confirm(&clerk->intake, number, genuine,
			   answer_who(answering), clerk_now(clerk),
			   answering->arena, err) != 0 ||
	    engine_commit(clerk, err) != 0)
		return -1;
	log_line(LOG_LEVEL_NOTICE, "unverified=%lld %s uid=%lu",
		 (long long)number, genuine ? "genuine" : "forged",
		 (unsigned long)request->uid);
	return answer_done(answering,
			   genuine ? "genuine: its case goes on as if it had "
				     "been so from the start" :
				     "forged: nothing follows from it");
}

int
answer_put_claims(struct answering *answering, size_t *ret_enquiries,
		  struct error *err)
{
	struct store_claim *claims;
	size_t count, i;

	*ret_enquiries = 0;
	if (store_claims(answering->clerk->store, 0, true, 0, answering->arena,
			 &claims, &count, err) != 0)
		return -1;
	for (i = 0; i < count; i++)
		*ret_enquiries += claims[i].message.enquiry;
	json_open_object(&answering->json, "unverified");
	json_put_number(&answering->json, "messages", (long long)count);
	json_put_number(&answering->json, "enquiries",
			(long long)*ret_enquiries);
	json_close_object(&answering->json);
	return 0;
}
