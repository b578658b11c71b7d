/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does the store keep findings, and what was decided about them? */
#include "../support/shelf.h"

static void
test_a_finding_keeps_its_evidence_and_every_decision(void **state)
{
	struct shelf *shelf = *state;
	struct span clauses[] = { span_of("10.1.1"), span_of("2") };
	struct evidence evidence[2] = {
		{ span_of("body"), 3, 9, span_of("blind!") },
		{ span_of("envelope"), 0, 0, { 0 } },
	};
	struct store_finding in = {
		.message = shelf_put(shelf, "<a>", 1, NULL, 5).id,
		.rule = span_of("blind-copy"),
		.severity = SEVERITY_HIGH,
		.score = 0.75,
		.clauses = { clauses, 2 },
		.reason = span_of("because"),
		.version = 3,
		.found = 1000,
		.evidence = evidence,
		.evidence_count = 2,
	};
	struct store_decision no = { false, span_of("quoting"), span_of("sam"),
				     1100, CAUSE_QUOTING };
	struct store_decision yes = { true, span_of("on reflection"),
				      span_of("sam"), 1200, CAUSE_UNSAID };
	struct finding_query query = { .undecided = true };
	struct store_finding *out;
	char *euros = malloc(2001);
	size_t count;

	for (size_t i = 0; i < 2000; i++)
		euros[i] = "x\xe2\x82\xac"[(i + 3) % 4];
	evidence[1].text = (struct span){ euros + 1, 1999 };
	OK(store_finding_add(shelf->store, &in, &shelf->err));
	OK(store_findings(shelf->store, &query, shelf->arena, &out, &count,
			  &shelf->err));
	assert_int_equal(count, 1);
	assert_int_equal(out->id, in.id);
	assert_true(span_is(out->message_id, "<a>"));
	assert_int_equal(out->received, 5);
	assert_int_equal(out->clauses.count, 2);
	assert_true(out->score > 0.74 && out->score < 0.76);
	assert_int_equal(out->evidence_count, 2);
	assert_int_equal(out->evidence[0].end, 9);
	assert_in_range(out->evidence[1].text.len, STORE_EXCERPT_MAX - 3,
			STORE_EXCERPT_MAX);
	assert_true(text_utf8_valid(out->evidence[1].text));
	OK(store_decision_add(shelf->store, in.id, &no, &shelf->err));
	OK(store_decision_add(shelf->store, in.id, &yes, &shelf->err));
	OK(store_findings(shelf->store, &query, shelf->arena, &out, &count,
			  &shelf->err));
	assert_int_equal(count, 0);
	query = (struct finding_query){ .id = in.id };
	OK(store_findings(shelf->store, &query, shelf->arena, &out, &count,
			  &shelf->err));
	assert_int_equal(out->decision_count, 2);
	assert_true(span_is(out->decisions[0].reason, "quoting"));
	assert_int_equal(out->decisions[0].cause, CAUSE_QUOTING);
	assert_int_equal(out->decisions[1].cause, CAUSE_UNSAID);
	assert_true(out->decisions[1].upheld);
	assert_int_equal(
		store_decision_add(shelf->store, 99, &yes, &shelf->err), -1);
	assert_int_equal(shelf->err.kind, ERROR_INPUT);
	free(euros);
}

static int64_t
found(struct shelf *shelf, int64_t message, const char *rule, bool shadow)
{
	struct store_finding finding = { .message = message,
					 .rule = span_of(rule),
					 .shadow = shadow,
					 .reason = span_of("because") };

	OK(store_finding_add(shelf->store, &finding, &shelf->err));
	return finding.id;
}

static void
decide(struct shelf *shelf, int64_t finding, bool upheld,
       enum decision_cause cause)
{
	struct store_decision decision = { upheld, span_of("so"),
					   span_of("sam"), 1100, cause };

	OK(store_decision_add(shelf->store, finding, &decision, &shelf->err));
}

static void
test_of_each_finding_the_last_decision_counts_for_its_rule(void **state)
{
	struct shelf *shelf = *state;
	int64_t message = shelf_put(shelf, "<a>", 1, NULL, 5).id, again;
	struct finding_query query = { .decided = true };
	struct store_rule_record *list;
	struct store_finding *flags;
	size_t count;

	found(shelf, message, "wrong-channel", false);
	again = found(shelf, message, "blind-copy", false);
	decide(shelf, found(shelf, message, "blind-copy", false), false,
	       CAUSE_ROLE);
	decide(shelf, found(shelf, message, "blind-copy", true), false,
	       CAUSE_UNSAID);
	decide(shelf, again, false, CAUSE_DATE);
	decide(shelf, again, true, CAUSE_OTHER);
	OK(store_rule_records(shelf->store, shelf->arena, &list, &count,
			      &shelf->err));
	assert_int_equal(count, 2);
	assert_true(span_is(list[0].rule, "blind-copy"));
	assert_int_equal(list[0].live, 2);
	assert_int_equal(list[0].shadow, 1);
	assert_int_equal(list[0].open, 0);
	assert_int_equal(list[0].upheld, 1);
	assert_int_equal(list[0].dismissed, 2);
	assert_int_equal(list[0].because[CAUSE_ROLE], 1);
	assert_int_equal(list[0].because[CAUSE_UNSAID], 1);
	assert_int_equal(list[0].because[CAUSE_DATE], 0);
	assert_int_equal(list[1].open, 1);
	assert_int_equal(list[1].upheld + list[1].dismissed, 0);
	OK(store_findings(shelf->store, &query, shelf->arena, &flags, &count,
			  &shelf->err));
	assert_int_equal(count, 3);
	assert_int_equal(flags[0].id, again);
}

static size_t
count_findings(struct shelf *shelf, struct finding_query query)
{
	struct store_finding *list;
	size_t count;

	OK(store_findings(shelf->store, &query, shelf->arena, &list, &count,
			  &shelf->err));
	return count;
}

static void
test_findings_are_found_by_what_is_asked(void **state)
{
	struct shelf *shelf = *state;
	int64_t first = shelf_put(shelf, "<a>", 1, NULL, 5).id;
	int64_t second = shelf_put(shelf, "<b>", 2, NULL, 6).id;
	struct store_finding in[] = {
		{ .message = first, .severity = SEVERITY_HIGH, .found = 10 },
		{ .message = first, .severity = SEVERITY_LOW, .found = 10 },
		{ .message = second,
		  .severity = SEVERITY_HIGH,
		  .found = 20,
		  .shadow = true },
	};

	for (size_t i = 0; i < 3; i++) {
		in[i].rule = span_of("r");
		OK(store_finding_add(shelf->store, &in[i], &shelf->err));
	}
#define COUNT(...) count_findings(shelf, (struct finding_query){ __VA_ARGS__ })
	assert_int_equal(COUNT(.limit = 2), 2);
	assert_int_equal(COUNT(.live = true), 2);
	assert_int_equal(COUNT(.message = first), 2);
	assert_int_equal(COUNT(.message = second, .live = true), 0);
	assert_int_equal(COUNT(.least = SEVERITY_HIGH), 2);
	assert_int_equal(COUNT(.since = 20), 1);
	assert_int_equal(COUNT(.until = 20), 2);
	assert_int_equal(COUNT(.untold = true), 2);
	OK(store_finding_told(shelf->store, in[0].id, 30, &shelf->err));
	assert_int_equal(COUNT(.untold = true), 1);
	assert_int_equal(COUNT(.untold = true, .least = SEVERITY_HIGH), 0);
#undef COUNT
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(test_a_finding_keeps_its_evidence_and_every_decision),
		EACH(test_of_each_finding_the_last_decision_counts_for_its_rule),
		EACH(test_findings_are_found_by_what_is_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
