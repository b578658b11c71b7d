/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clerkd_private.h"
#include "duty/reach.h"

static void
put_decisions(struct answering *answering, const struct store_finding *flag)
{
	struct json_writer *json = &answering->json;
	size_t i;

	json_open_array(json, "decisions");
	for (i = 0; i < flag->decision_count; i++) {
		json_open_object(json, NULL);
		json_put_string(json, "decision",
				flag->decisions[i].upheld ? "upheld" :
							    "dismissed");
		json_put_text(json, "reason", flag->decisions[i].reason);
		json_put_string(json, "because",
				decision_cause_name(flag->decisions[i].cause));
		json_put_text(json, "who", flag->decisions[i].who);
		answer_put_time(answering, "at", flag->decisions[i].at);
		json_close_object(json);
	}
	json_close_array(json);
}

/* A flag about the Monitoring Officer is somebody else's to read. */
static void
put_reader(struct answering *answering, const struct store_finding *flag)
{
	const struct snapshot *snapshot = answering->clerk->snapshot;
	struct json_writer *json = &answering->json;
	struct span reviewer =
		holder_of(snapshot->people, POST_MONITORING_OFFICER);
	struct span reader = guard_reader(&snapshot->guard, snapshot->people,
					  reviewer, flag);

	json_put_bool(json, "concerns_reviewer",
		      guard_concerns(snapshot->people, reviewer, flag));
	if (reader.len != 0)
		json_put_text(json, "reader", reader);
	else
		json_put_null(json, "reader");
}

static void
put_flag(struct answering *answering, const struct store_finding *flag)
{
	struct json_writer *json = &answering->json;

	json_put_number(json, "id", flag->id);
	json_put_text(json, "rule", flag->rule);
	json_put_string(json, "severity", severity_name(flag->severity));
	json_put_bool(json, "shadow", flag->shadow);
	json_put_decimal(json, "score", flag->score, 3);
	answer_put_words(answering, "clauses", &flag->clauses);
	json_put_text(json, "reason", flag->reason);
	json_put_text(json, "message_id", flag->message_id);
	json_put_text(json, "from", flag->from);
	answer_put_time(answering, "received", flag->received);
	answer_put_time(answering, "found", flag->found);
	answer_put_time(answering, "told", flag->told);
	if (flag->case_id != 0)
		json_put_number(json, "case", flag->case_id);
	else
		json_put_null(json, "case");
	put_reader(answering, flag);
	put_decisions(answering, flag);
}

int
answer_flags(struct answering *answering, struct error *err)
{
	bool all = answer_flag_given(answering, "--all");
	struct finding_query query = { .undecided = !all, .live = !all };
	struct store_finding *flags;
	size_t count, i;

	if (store_findings(answering->clerk->store, &query, answering->arena,
			   &flags, &count, err) != 0)
		return -1;
	for (i = 0; i < count; i++) {
		json_open_object(&answering->json, NULL);
		put_flag(answering, &flags[i]);
		json_close_object(&answering->json);
		answer_line(answering);
	}
	return 0;
}

static void
put_clauses(struct answering *answering, const struct store_finding *flag)
{
	const struct protocol *protocol = answering->clerk->snapshot->protocol;
	struct json_writer *json = &answering->json;
	size_t i;

	json_open_array(json, "clause_texts");
	for (i = 0; i < flag->clauses.count; i++) {
		json_open_object(json, NULL);
		json_put_text(json, "clause", flag->clauses.at[i]);
		json_put_text(
			json, "text",
			protocol_clause_text(protocol, flag->clauses.at[i]));
		json_close_object(json);
	}
	json_close_array(json);
}

static void
put_evidence(struct answering *answering, const struct store_finding *flag)
{
	struct json_writer *json = &answering->json;
	size_t i;

	json_open_array(json, "evidence");
	for (i = 0; i < flag->evidence_count; i++) {
		const struct evidence *evidence = &flag->evidence[i];

		json_open_object(json, NULL);
		json_put_text(json, "where", evidence->where);
		json_put_number(json, "start", (long long)evidence->start);
		json_put_number(json, "end", (long long)evidence->end);
		json_put_text(json, "text", evidence->text);
		json_close_object(json);
	}
	json_close_array(json);
}

static int
put_message(struct answering *answering, int64_t id, struct error *err)
{
	struct store_message *messages;
	size_t count;

	if (store_messages(answering->clerk->store, 0, id, 1, answering->arena,
			   &messages, &count, err) != 0)
		return -1;
	if (count == 0)
		return 0;
	answer_put_words(answering, "to", &messages[0].to);
	answer_put_words(answering, "cc", &messages[0].cc);
	answer_put_words(answering, "hidden", &messages[0].hidden);
	return 0;
}

int
answer_flag(struct answering *answering, struct error *err)
{
	struct finding_query query = { 0 };
	struct store_finding *flags;
	size_t count;

	if (answer_number(answering, &query.id, err) != 0 ||
	    store_findings(answering->clerk->store, &query, answering->arena,
			   &flags, &count, err) != 0)
		return -1;
	if (count == 0)
		return error_set(err, ERROR_INPUT, "there is no flag %lld",
				 (long long)query.id);
	json_open_object(&answering->json, NULL);
	put_flag(answering, &flags[0]);
	if (put_message(answering, flags[0].message, err) != 0)
		return -1;
	json_put_text(&answering->json, "protocol",
		      answering->clerk->snapshot->protocol->title);
	put_clauses(answering, &flags[0]);
	put_evidence(answering, &flags[0]);
	json_close_object(&answering->json);
	answer_line(answering);
	return 0;
}
