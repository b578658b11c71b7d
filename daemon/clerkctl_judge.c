/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clerkctl_judge.h"

#include "record/store.h"

enum {
	COMMIT_EVERY = 500 /* messages a transaction */
};

int
judging_open(struct judging *judging, const struct snapshot *snapshot,
	     struct error *err)
{
	*judging = (struct judging){ .snapshot = snapshot };
	buf_init(&judging->key, MAIL_KEY_MAX);
	if (store_open(":memory:", &judging->intake.store, err) < 0)
		return -1;
	judging->arena = arena_new(0);
	judging->intake.people = snapshot->people;
	judging->intake.calendar = snapshot->calendar;
	judging->intake.elections = snapshot->elections;
	judging->intake.filter = snapshot->filter;
	judging->intake.guard = &snapshot->guard;
	judging->intake.casework = &judging->casework;
	judging->casework = (struct casework){ .store = judging->intake.store,
					       .people = snapshot->people,
					       .calendar = snapshot->calendar,
					       .protocol = snapshot->protocol };
	return 0;
}

void
judging_close(struct judging *judging)
{
	buf_clear(&judging->key);
	arena_free(judging->arena);
	store_close(judging->intake.store);
}

int
judging_message(struct judging *judging, const struct mailfile *file,
		const struct message *message, struct intake_result *ret_result,
		struct error *err)
{
	struct intake_item item = {
		.source = "scan",
		.message = message,
		.now = message->received,
	};

	mail_key(file, &judging->key);
	item.key = buf_span(&judging->key);
	if (judging->in_transaction == 0 &&
	    store_begin(judging->intake.store, err) < 0)
		return -1;
	judging->in_transaction++;
	if (intake_message(&judging->intake, &item, judging->arena, ret_result,
			   err) < 0)
		return -1;
	if (judging->in_transaction < COMMIT_EVERY)
		return 0;
	judging->in_transaction = 0;
	return store_commit(judging->intake.store, err);
}

void
judging_next(struct judging *judging)
{
	arena_clear(judging->arena);
}

void
judging_put_evidence(struct json_writer *json, const char *key,
		     const struct evidence *evidence)
{
	json_open_object(json, key);
	json_put_text(json, "where", evidence->where);
	json_put_number(json, "start", (long long)evidence->start);
	json_put_number(json, "end", (long long)evidence->end);
	json_put_text(json, "text", evidence->text);
	json_close_object(json);
}
