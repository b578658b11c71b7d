/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Letters to the Monitoring Officer: new high flags, grouped, at most one an
 * hour; and a summary once a working day, which also shows by its coming that
 * clerkd is alive. Both leave out what concerns the Monitoring Officer: that
 * goes to the deputy, in letters of its own.
 */
#include <stdio.h>

#include "outbox_private.h"
#include "precision.h"

static const char flags_note[] = "outbox/flags";
static const char daily_note[] = "outbox/daily";

static struct span
reviewer(const struct outbox *outbox)
{
	const struct people *people = outbox->settings.casework->people;

	if (outbox->settings.flags_to)
		return may_be_told(
			people,
			people_canonical(people,
					 span_of(outbox->settings.flags_to)));
	return holder_of(people, POST_MONITORING_OFFICER);
}

static struct span
reader_of(const struct outbox *outbox, const struct store_finding *flag)
{
	return guard_reader(outbox->settings.guard,
			    outbox->settings.casework->people, reviewer(outbox),
			    flag);
}

/* Why a letter comes to somebody else than the reviewer. */
static struct span
stand_in_note(const struct outbox *outbox, struct arena *arena)
{
	struct span name = words_name(outbox, reviewer(outbox), arena);

	return arena_printf(arena,
			    "What follows concerns %.*s, who otherwise reviews "
			    "flags; so it comes to you.",
			    SPAN_ARG(name));
}

static struct span
number(struct arena *arena, size_t value)
{
	return arena_printf(arena, "%zu", value);
}

static int
post_report(struct outbox *outbox, const char *kind, struct span to,
	    struct values *values, time_t now, struct arena *arena,
	    struct error *err)
{
	int64_t letter;
	struct posting posting = {
		.kind = kind,
		.template =
			templates_find(outbox->templates, span_of(kind), NULL),
		.values = values,
		.to = { .at = &to, .count = to.len ? 1 : 0 },
		.now = now,
	};

	values->at[PLACE_TO_NAME] =
		to.len ? words_first_name(outbox, to, arena) : span_of("");
	values->at[PLACE_COUNCIL] = span_of(outbox->settings.council);
	return outbox_post(outbox, &posting, arena, &letter, err);
}

/* ---- flags ---- */

static struct span
clause_words(const struct words *clauses, struct arena *arena)
{
	struct span all = span_of("");

	for (size_t i = 0; i < clauses->count; i++)
		all = arena_printf(arena, "%.*s%s%.*s", SPAN_ARG(all),
				   i ? ", " : "", SPAN_ARG(clauses->at[i]));
	return all;
}

static void
add_flag(struct outbox *outbox, const struct store_finding *flag,
	 struct arena *arena, struct buf *items)
{
	const struct template *template =
		templates_find(outbox->templates, span_of("flags-item"), NULL);
	struct values values = { 0 };

	values.at[PLACE_FLAG] =
		arena_printf(arena, "%lld", (long long)flag->id);
	values.at[PLACE_RULE] = flag->rule;
	values.at[PLACE_SEVERITY] = span_of(severity_name(flag->severity));
	values.at[PLACE_CLAUSES] = clause_words(&flag->clauses, arena);
	values.at[PLACE_REASON] = flag->reason;
	values.at[PLACE_FROM] = words_name(outbox, flag->from, arena);
	values.at[PLACE_SINCE] = words_day(outbox, flag->received, arena);
	if (flag->evidence_count)
		values.at[PLACE_EXCERPT] = arena_printf(
			arena, "\"%.*s\"", SPAN_ARG(flag->evidence[0].text));
	template_fill_item(template->body, &values, items);
}

/* One reader's flags in one letter. Old mail that a first reading brought in is
 * for `clerkctl flags`. */
static int
tell_reader(struct outbox *outbox, struct span reader,
	    const struct store_finding *flags, const struct span *readers,
	    size_t count, time_t now, struct arena *arena, struct error *err)
{
	time_t since = outbox->settings.casework->since;
	struct values values = { 0 };
	struct buf items;
	size_t told = 0;
	int result = 0;

	buf_init(&items, TEMPLATE_TEXT_MAX);
	if (!span_equal(reader, reviewer(outbox))) {
		buf_add(&items, stand_in_note(outbox, arena));
		buf_add_literal(&items, "\n\n");
	}
	for (size_t i = count; i-- > 0;)
		if (span_equal(readers[i], reader) &&
		    flags[i].received >= since) {
			add_flag(outbox, &flags[i], arena, &items);
			told++;
		}
	values.at[PLACE_COUNT] = number(arena, told);
	values.at[PLACE_ITEMS] = span_trim(buf_span(&items));
	if (told &&
	    (post_report(outbox, "flags", reader, &values, now, arena, err) ||
	     outbox_set_bookmark(outbox, flags_note, now, err)))
		result = -1;
	buf_clear(&items);
	return result;
}

static bool
is_first(const struct span *readers, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (span_equal(readers[i], readers[index]))
			return false;
	return true;
}

static int
tell_flags(struct outbox *outbox, const struct store_finding *flags,
	   size_t count, time_t now, struct arena *arena, struct error *err)
{
	struct store *store = outbox->settings.casework->store;
	struct span *readers = arena_array(arena, count, sizeof(*readers));

	for (size_t i = 0; i < count; i++) {
		readers[i] = reader_of(outbox, &flags[i]);
		if (store_finding_told(store, flags[i].id, now, err))
			return -1;
	}
	for (size_t i = 0; i < count; i++)
		if (is_first(readers, i) &&
		    tell_reader(outbox, readers[i], flags, readers, count, now,
				arena, err))
			return -1;
	return 0;
}

int
outbox_flags(struct outbox *outbox, time_t now, time_t *ret_next,
	     struct error *err)
{
	struct finding_query query = { .untold = true,
				       .live = true,
				       .least = SEVERITY_HIGH,
				       .limit = OUTBOX_DIGEST_MAX };
	const int every = outbox->settings.flags_every_s > 0 ?
				  outbox->settings.flags_every_s :
				  OUTBOX_FLAG_MAIL_S;
	struct arena *arena;
	struct store_finding *flags;
	time_t last;
	size_t count;
	int result = -1;

	*ret_next = 0;
	if (outbox->settings.no_flags)
		return 0;
	arena = arena_new(0);
	if (store_findings(outbox->settings.casework->store, &query, arena,
			   &flags, &count, err) ||
	    outbox_bookmark(outbox, flags_note, &last, err))
		goto out;
	result = 0;
	if (count && now < last + every)
		*ret_next = outbox_window(outbox, last + every);
	else if (count)
		result = tell_flags(outbox, flags, count, now, arena, err);
out:
	arena_free(arena);
	return result;
}

/* ---- the daily summary ---- */

/* Those for one reader; ret_any: there are some, new or undecided. */
static int
count_findings(struct outbox *outbox, struct span reader, struct arena *arena,
	       time_t since, struct values *values, bool *ret_any,
	       struct error *err)
{
	static const int places[SEVERITY_COUNT] = {
		[SEVERITY_LOW] = PLACE_FLAGS_LOW,
		[SEVERITY_MEDIUM] = PLACE_FLAGS_MEDIUM,
		[SEVERITY_HIGH] = PLACE_FLAGS_HIGH,
	};
	struct finding_query query = { .live = true, .since = since };
	struct store *store = outbox->settings.casework->store;
	size_t of[SEVERITY_COUNT] = { 0 }, count, undecided = 0;
	struct store_finding *list;

	*ret_any = false;
	if (store_findings(store, &query, arena, &list, &count, err))
		return -1;
	for (size_t i = 0; i < count; i++)
		if (span_equal(reader_of(outbox, &list[i]), reader)) {
			of[list[i].severity]++;
			*ret_any = true;
		}
	for (size_t i = 0; i < SEVERITY_COUNT; i++)
		values->at[places[i]] = number(arena, of[i]);
	query = (struct finding_query){ .live = true, .undecided = true };
	if (store_findings(store, &query, arena, &list, &count, err))
		return -1;
	for (size_t i = 0; i < count; i++)
		undecided += span_equal(reader_of(outbox, &list[i]), reader);
	*ret_any |= undecided != 0;
	values->at[PLACE_FLAGS_UNDECIDED] = number(arena, undecided);
	return 0;
}

static int
count_cases(struct outbox *outbox, struct arena *arena, time_t since,
	    time_t now, struct values *values, struct error *err)
{
	const struct casework *casework = outbox->settings.casework;
	struct event_query happened = { .since = since, .until = now };
	struct case_query open = { .open = true };
	size_t opened = 0, answered = 0, overdue = 0, count;
	struct store_event *events;
	struct store_case *cases;

	if (store_events(casework->store, &happened, arena, &events, &count,
			 err))
		return -1;
	for (size_t i = 0; i < count; i++) {
		opened += events[i].kind == EVENT_OPENED;
		answered += events[i].kind == EVENT_RESPONDED;
	}
	if (store_cases(casework->store, &open, arena, &cases, &count, err))
		return -1;
	for (size_t i = 0; i < count; i++)
		overdue +=
			casework_dates(casework, cases[i].clock).response_due <
			now;
	values->at[PLACE_OPENED] = number(arena, opened);
	values->at[PLACE_ANSWERED] = number(arena, answered);
	values->at[PLACE_OPEN] = number(arena, count);
	values->at[PLACE_OVERDUE] = number(arena, overdue);
	return 0;
}

static int
count_troubles(struct outbox *outbox, struct arena *arena, time_t since,
	       struct values *values, struct error *err)
{
	struct letter_query failed = { .states = 1u << LETTER_FAILED };
	struct store *store = outbox->settings.casework->store;
	struct store_delivery *unreadable;
	struct store_letter *letters;
	size_t count, n = 0;

	if (store_unreadable(store, 0, arena, &unreadable, &count, err))
		return -1;
	while (n < count && unreadable[n].at >= since)
		n++;
	values->at[PLACE_UNREADABLE] = number(arena, n);
	if (store_letters(store, &failed, arena, &letters, &count, err))
		return -1;
	for (size_t i = n = 0; i < count; i++)
		n += letters[i].settled >= since;
	values->at[PLACE_UNDELIVERED] = number(arena, n);
	return 0;
}

/* The rules that want a look, a line each. */
static int
name_rules(struct outbox *outbox, struct arena *arena, struct values *values,
	   struct error *err)
{
	const struct outbox_settings *settings = &outbox->settings;
	struct precision_review *list;
	struct span all = span_of("");
	size_t count;

	if (precision_reviews(settings->casework->store, settings->filter,
			      settings->review_below, arena, &list, &count,
			      err))
		return -1;
	for (size_t i = 0; i < count; i++)
		all = arena_printf(arena,
				   "%.*s  Rule %.*s: %zu of %zu flags upheld; "
				   "consider shadow (clerkctl rules)\n",
				   SPAN_ARG(all), SPAN_ARG(list[i].rule),
				   list[i].upheld, list[i].decided);
	values->at[PLACE_ITEMS] = all;
	return 0;
}

/* Messages that nothing follows from, unless somebody says that it should. */
static int
name_claims(struct outbox *outbox, struct arena *arena, struct values *values,
	    struct error *err)
{
	struct span *items = &values->at[PLACE_ITEMS];
	struct store_claim *claims;
	size_t count, enquiries = 0;

	if (store_claims(outbox->settings.casework->store, 0, true, 0, arena,
			 &claims, &count, err))
		return -1;
	for (size_t i = 0; i < count; i++)
		enquiries += claims[i].message.enquiry;
	if (count)
		*items = arena_printf(
			arena,
			"%.*s  Messages in the name of members or officers "
			"that may be forged: %zu,\n  of which look like "
			"enquiries: %zu (clerkctl unverified)\n",
			SPAN_ARG(*items), count, enquiries);
	return 0;
}

/* What concerns the reviewer, to whoever reads that instead. */
static int
tell_stand_in(struct outbox *outbox, struct span reader, time_t since,
	      time_t now, struct arena *arena, struct error *err)
{
	struct values values = { 0 };
	bool any;

	if (!reader.len || span_equal(reader, reviewer(outbox)))
		return 0;
	if (count_findings(outbox, reader, arena, since, &values, &any, err))
		return -1;
	values.at[PLACE_SINCE] = words_day(outbox, since, arena);
	values.at[PLACE_ITEMS] = stand_in_note(outbox, arena);
	return any ? post_report(outbox, "daily", reader, &values, now, arena,
				 err) :
		     0;
}

static int
tell_stand_ins(struct outbox *outbox, time_t since, time_t now,
	       struct arena *arena, struct error *err)
{
	const struct people *people = outbox->settings.casework->people;
	const struct guard *guard = outbox->settings.guard;
	struct span chief = holder_of(people, POST_CHIEF_EXECUTIVE);
	struct span deputy =
		guard ? may_be_told(people, guard->deputy) : span_of("");

	if (tell_stand_in(outbox, deputy, since, now, arena, err))
		return -1;
	return span_equal(chief, deputy) ?
		       0 :
		       tell_stand_in(outbox, chief, since, now, arena, err);
}

static int
tell_day(struct outbox *outbox, time_t since, time_t now, struct error *err)
{
	struct span to = reviewer(outbox);
	struct arena *arena = arena_new(0);
	struct values values = { 0 };
	int result = -1;
	bool any;

	values.at[PLACE_SINCE] = words_day(outbox, since, arena);
	if (!count_findings(outbox, to, arena, since, &values, &any, err) &&
	    !count_cases(outbox, arena, since, now, &values, err) &&
	    !count_troubles(outbox, arena, since, &values, err) &&
	    !name_rules(outbox, arena, &values, err) &&
	    !name_claims(outbox, arena, &values, err) &&
	    !post_report(outbox, "daily", to, &values, now, arena, err) &&
	    !tell_stand_ins(outbox, since, now, arena, err))
		result = outbox_set_bookmark(outbox, daily_note, now, err);
	arena_free(arena);
	return result;
}

/* The first summary moment after a time: on a working day, within the window.
 * Started late in the day, it comes at once. */
static time_t
daily_after(const struct outbox *outbox, time_t last)
{
	const struct calendar *calendar = outbox->settings.casework->calendar;
	struct date day = calendar_date(calendar, last);
	time_t moment;

	do {
		moment = calendar_time(calendar, day,
				       outbox->settings.daily_minutes);
		if (moment > last && calendar_is_working_day(calendar, day))
			return outbox_window(outbox, moment);
		day = date_add(day, 1);
	} while (true);
}

int
outbox_daily(struct outbox *outbox, time_t now, time_t *ret_next,
	     struct error *err)
{
	time_t last, due;

	*ret_next = 0;
	if (outbox->settings.daily_minutes < 0)
		return 0;
	if (outbox_bookmark(outbox, daily_note, &last, err))
		return -1;
	if (!last) { /* the first day is counted from here */
		*ret_next = daily_after(outbox, now);
		return outbox_set_bookmark(outbox, daily_note, now, err);
	}
	due = daily_after(outbox, last);
	if (due <= now) {
		if (tell_day(outbox, last, now, err))
			return -1;
		due = daily_after(outbox, now);
	}
	*ret_next = due;
	return 0;
}
