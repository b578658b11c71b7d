/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The dates of a case, derived from the receipt that its clocks run from
 * (casework.md "Working time"): nothing of this is stored but the next wake,
 * so a corrected calendar corrects the dates.
 */
#include "casework.h"

struct case_dates
casework_dates(const struct casework *casework, time_t clock)
{
	const struct protocol *protocol = casework->protocol;
	struct case_dates dates = { 0 };

	if (protocol->ack_days > 0)
		dates.ack_due = calendar_due(casework->calendar, clock,
					     protocol->ack_days);
	dates.response_due = calendar_due(casework->calendar, clock,
					  protocol->response_days);
	return dates;
}

/* The nth working day from a day, with the council's own closures. */
static struct date
step_days(const struct calendar *calendar, struct date day, int n)
{
	int step = n < 0 ? -1 : 1;

	for (; n != 0; n -= step) {
		day = date_add(day, step);
		while (!calendar_is_working_day(calendar, day))
			day = date_add(day, step);
	}
	while (!calendar_is_working_day(calendar, day))
		day = date_add(day, 1);
	return day;
}

time_t
casework_moment(const struct casework *casework, const struct rung *rung,
		time_t clock)
{
	const struct calendar *calendar = casework->calendar;
	struct case_dates dates = casework_dates(casework, clock);
	time_t due =
		rung->anchor == ANCHOR_ACK ? dates.ack_due : dates.response_due;

	if (!due)
		return 0;
	return calendar_time(
		calendar,
		step_days(calendar, calendar_date(calendar, due), rung->days),
		calendar_opens(calendar));
}

int
casework_count(const struct casework *casework, time_t received, int within,
	       struct arena *arena, struct counted_day **ret_days,
	       size_t *ret_count)
{
	const struct calendar *calendar = casework->calendar;
	struct date day = calendar_date(calendar, received);
	struct date zero = calendar_receipt_day(calendar, received);
	struct counted_day *days = NULL;
	size_t count = 0;

	for (int number = -1; number < within; day = date_add(day, 1)) {
		struct counted_day *one =
			arena_push(arena, &days, &count, sizeof(*days));

		*one = (struct counted_day){ .day = day, .number = -1 };
		if (date_compare(day, zero) < 0) {
			one->why_not = calendar_why_not(calendar, day);
			if (!one->why_not)
				one->why_not = "received after office hours";
			continue;
		}
		one->why_not = calendar_why_not(calendar, day);
		if (!one->why_not)
			one->number = ++number;
	}
	*ret_days = days;
	*ret_count = count;
	return 0;
}

/* ---- pause ---- */

static const char pause_note[] = "paused";

int
casework_pause(struct store *store, struct span who, struct span reason,
	       time_t now, struct error *err)
{
	struct buf note;
	int result;

	buf_init(&note, 1024);
	buf_printf(&note, "%lld %.*s %.*s", (long long)now, SPAN_ARG(who),
		   SPAN_ARG(reason));
	result = store_note_set(store, pause_note, buf_span(&note), err);
	buf_clear(&note);
	return result;
}

int
casework_resume(struct store *store, struct error *err)
{
	return store_note_set(store, pause_note, span_of(""), err);
}

int
casework_paused(struct store *store, struct error *err)
{
	struct arena *arena = arena_new(0);
	struct store_note *notes;
	size_t count = 0;
	int result = store_notes(store, pause_note, arena, &notes, &count, err);

	arena_free(arena);
	return result ? -1 : count > 0;
}
