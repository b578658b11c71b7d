/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is this a store of claims? As for the rest of store.h, for any of them. */
#include "../support/shelf.h"

static void
test_a_claim_is_kept_until_it_is_settled(void **state)
{
	static const struct {
		bool genuine;
	} rows[] = { { true }, { false } };
	struct shelf *shelf = *state;
	struct span ids[] = { span_of("<z>") };
	struct store_message out;
	struct store_claim *list;
	size_t count, i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct store_message in = { .message_id = span_of("<c>"),
					    .body_hash = 50 + i,
					    .from = span_of("olu@x.example"),
					    .enquiry = true,
					    .thread = 3,
					    .unverified = true };
		struct store_claim claim = { .why = span_of("dmarc=fail"),
					     .findings = 2,
					     .subject = span_of("Bins"),
					     .excerpt = span_of("Please"),
					     .references = { ids, 1 },
					     .found = 77 };

		OK(store_message_add(shelf->store, &in, &shelf->err));
		claim.message.id = in.id;
		OK(store_claim_add(shelf->store, &claim, &shelf->err));
		OK(store_claims(shelf->store, in.id, true, 0, shelf->arena,
				&list, &count, &shelf->err));
		assert_int_equal(count, 1);
		assert_true(list->message.unverified && list->message.enquiry);
		assert_true(span_is(list->message.from, "olu@x.example"));
		assert_true(span_is(list->why, "dmarc=fail"));
		assert_true(span_is(list->excerpt, "Please"));
		assert_int_equal(list->findings, 2);
		assert_int_equal(list->references.count, 1);
		claim.settled = 99;
		claim.genuine = rows[i].genuine;
		claim.who = span_of("una");
		OK(store_claim_settle(shelf->store, &claim, &shelf->err));
		OK(store_claims(shelf->store, 0, true, 0, shelf->arena, &list,
				&count, &shelf->err));
		assert_int_equal(count, 0);
		OK(store_claims(shelf->store, in.id, false, 0, shelf->arena,
				&list, &count, &shelf->err));
		assert_int_equal(count, 1);
		assert_true(list->genuine == rows[i].genuine);
		assert_int_equal(list->settled, 99);
		assert_int_equal(list->excerpt.len, 0);
		assert_int_equal(
			store_message_find(shelf->store, span_of("<c>"), 50 + i,
					   shelf->arena, &out, &shelf->err),
			1);
		assert_true(out.unverified == !rows[i].genuine);
		assert_true(out.enquiry);
	}
}

static void
test_who_was_surely_hidden_is_remembered(void **state)
{
	struct shelf *shelf = *state;
	struct span both[] = { span_of("a@x.example"), span_of("b@x.example") };
	struct store_message in = { .message_id = span_of("<h>"),
				    .body_hash = 7,
				    .from = span_of("olu@x.example"),
				    .thread = 3,
				    .hidden = { both, 1 },
				    .proven = { both, 1 } };
	struct words hidden = { both, 2 }, proven = { both + 1, 1 };
	struct store_message out;

	OK(store_message_add(shelf->store, &in, &shelf->err));
	assert_int_equal(store_message_find(shelf->store, span_of("<h>"), 7,
					    shelf->arena, &out, &shelf->err),
			 1);
	assert_int_equal(out.proven.count, 1);
	assert_true(span_is(out.proven.at[0], "a@x.example"));
	OK(store_message_hidden(shelf->store, in.id, &hidden, &proven,
				&shelf->err));
	assert_int_equal(store_message_find(shelf->store, span_of("<h>"), 7,
					    shelf->arena, &out, &shelf->err),
			 1);
	assert_int_equal(out.hidden.count, 2);
	assert_int_equal(out.proven.count, 1);
	assert_true(span_is(out.proven.at[0], "b@x.example"));
}

static void
test_renewed_evidence_takes_the_place_of_the_old(void **state)
{
	struct shelf *shelf = *state;
	struct evidence first[] = {
		{ .where = span_of("envelope"), .text = span_of("likely") },
		{ .where = span_of("body"), .text = span_of("words") },
	};
	struct evidence second = { .where = span_of("envelope"),
				   .text = span_of("proven") };
	struct store_message message = { .message_id = span_of("<f>"),
					 .from = span_of("olu@x.example"),
					 .thread = 3 };
	struct finding_query query = { 0 };
	struct store_finding finding, *list;
	size_t count;

	OK(store_message_add(shelf->store, &message, &shelf->err));
	finding = (struct store_finding){ .message = message.id,
					  .rule = span_of("blind-copy"),
					  .reason = span_of("seen"),
					  .evidence = first,
					  .evidence_count = 2 };
	OK(store_finding_add(shelf->store, &finding, &shelf->err));
	finding.evidence = &second;
	finding.evidence_count = 1;
	OK(store_finding_evidence(shelf->store, &finding, &shelf->err));
	OK(store_findings(shelf->store, &query, shelf->arena, &list, &count,
			  &shelf->err));
	assert_int_equal(count, 1);
	assert_int_equal(list->evidence_count, 1);
	assert_true(span_is(list->evidence[0].text, "proven"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(test_a_claim_is_kept_until_it_is_settled),
		EACH(test_who_was_surely_hidden_is_remembered),
		EACH(test_renewed_evidence_takes_the_place_of_the_old),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
