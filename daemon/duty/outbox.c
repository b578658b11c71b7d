/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outbox: what is queued, when it may leave, and what becomes of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "outbox_private.h"

enum {
	TAKE_LOOKS_AT = 50 /* due letters that one take looks through */
};

/* ---- opening ---- */

int
outbox_open(const struct outbox_settings *settings, struct fault_list *faults,
	    struct outbox **ret_outbox, struct error *err)
{
	struct outbox *outbox = calloc(1, sizeof(*outbox));
	struct span from = span_of(settings->from);

	if (!outbox)
		return error_set(err, ERROR_INTERNAL, "outbox: no memory");
	if (templates_load(settings->letters_directory, faults,
			   &outbox->templates, err)) {
		free(outbox);
		return -1;
	}
	if (!letter_address_sound(from))
		fault_add(faults, FAULT_ERROR, "clerkd.conf", 0,
			  "the sender's address \"%s\" is no e-mail address",
			  settings->from);
	if (settings->daily_minutes >= 24 * 60)
		fault_add(faults, FAULT_ERROR, "clerkd.conf", 0,
			  "the daily summary's time is no time of day");
	outbox->arena = arena_new(0);
	outbox->settings = *settings;
	outbox->from_name = settings->from_name ?
				    span_of(settings->from_name) :
				    arena_printf(outbox->arena, "clerkd for %s",
						 settings->council);
	outbox->host =
		settings->host ?
			span_of(settings->host) :
			span_sub(from, span_find_byte(from, '@') + 1, from.len);
	*ret_outbox = outbox;
	return 0;
}

void
outbox_close(struct outbox *outbox)
{
	if (!outbox)
		return;
	templates_free(outbox->templates);
	arena_free(outbox->arena);
	free(outbox);
}

/* ---- when letters leave ---- */

time_t
outbox_window(const struct outbox *outbox, time_t when)
{
	const struct calendar *calendar = outbox->settings.casework->calendar;
	struct date day = calendar_date(calendar, when);
	int minutes = calendar_minutes(calendar, when);
	int opens = calendar_opens(calendar);

	if (calendar_is_working_day(calendar, day)) {
		if (minutes < opens)
			return calendar_time(calendar, day, opens);
		if (minutes < calendar_closes(calendar))
			return when;
	}
	do
		day = date_add(day, 1);
	while (!calendar_is_working_day(calendar, day));
	return calendar_time(calendar, day, opens);
}

/* ---- queueing ---- */

static struct span
new_message_id(const struct outbox *outbox, const struct posting *posting,
	       struct arena *arena)
{
	unsigned char random[12];
	char hex[sizeof(random) * 2 + 1];

	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		abort();
	for (size_t i = 0; i < sizeof(random); i++)
		snprintf(hex + i * 2, 3, "%02x", random[i]);
	return arena_printf(arena, "<%lld.%s.%s@%.*s>", (long long)posting->now,
			    posting->kind, hex, SPAN_ARG(outbox->host));
}

/* Who may be written to, with names, each once over both lists. */
static struct letter_party *
parties(const struct outbox *outbox, const struct words *words,
	const struct letter_party *others, size_t other_count,
	struct arena *arena, size_t *ret_count)
{
	const struct people *people = outbox->settings.casework->people;
	struct letter_party *list = NULL;
	size_t count = 0;

	for (size_t i = 0; i < words->count; i++) {
		struct span email = may_be_told(people, words->at[i]);
		bool had = !letter_address_sound(email);
		struct letter_party *one;

		for (size_t j = 0; !had && j < other_count; j++)
			had = span_equal(others[j].email, email);
		for (size_t j = 0; !had && j < count; j++)
			had = span_equal(list[j].email, email);
		if (had)
			continue;
		one = arena_push(arena, &list, &count, sizeof(*list));
		one->email = email;
		one->name = words_name(outbox, email, arena);
	}
	*ret_count = count;
	return list;
}

static struct span
filled(struct span text, const struct values *values, bool wrap,
       struct arena *arena)
{
	struct buf raw, wrapped;
	struct span result;

	buf_init(&raw, TEMPLATE_TEXT_MAX);
	buf_init(&wrapped, 2 * TEMPLATE_TEXT_MAX);
	template_fill(text, values, &raw);
	if (wrap)
		letter_wrap(buf_span(&raw), "", LETTER_BODY_COLUMNS, &wrapped);
	result = arena_span(arena, buf_span(wrap ? &wrapped : &raw));
	buf_clear(&raw);
	buf_clear(&wrapped);
	return result;
}

static int
queue_copies(struct outbox *outbox, const struct posting *posting,
	     const struct letter *letter, struct span text, int64_t *ret_letter,
	     struct error *err)
{
	struct store *store = outbox->settings.casework->store;

	for (size_t i = 0; i < letter->to_count + letter->cc_count; i++) {
		struct store_letter copy = {
			.state = LETTER_QUEUED,
			.recipient =
				i < letter->to_count ?
					letter->to[i].email :
					letter->cc[i - letter->to_count].email,
			.message_id = letter->message_id,
			.kind = span_of(posting->kind),
			.text = text,
			.queued = posting->now,
			.next_try = posting->now,
		};

		if (store_letter_add(store, &copy, err))
			return -1;
		if (!i)
			*ret_letter = copy.id;
	}
	return 0;
}

/* Answers to the letter, and reports about it, join the case's thread. */
static int
join_thread(struct outbox *outbox, const struct posting *posting,
	    struct span message_id, struct error *err)
{
	struct thread_key key = { THREAD_KEY_ID, message_id };
	int64_t thread;

	if (!posting->c)
		return 0;
	thread = posting->c->thread;
	return store_thread_join(outbox->settings.casework->store, &key, 1,
				 &thread, err);
}

int
outbox_post(struct outbox *outbox, const struct posting *posting,
	    struct arena *arena, int64_t *ret_letter, struct error *err)
{
	struct letter letter = {
		.date = posting->now,
		.from = { .email = span_of(outbox->settings.from),
			  .name = outbox->from_name },
		.subject = filled(posting->template->subject, posting->values,
				  false, arena),
		.message_id = new_message_id(outbox, posting, arena),
		.wants_fate = posting->reminds,
		.loop = outbox->host,
		.body = filled(posting->template->body, posting->values, true,
			       arena),
	};
	struct buf text;
	int result;

	*ret_letter = 0;
	letter.to =
		parties(outbox, &posting->to, NULL, 0, arena, &letter.to_count);
	letter.cc = parties(outbox, &posting->cc, letter.to, letter.to_count,
			    arena, &letter.cc_count);
	if (!letter.to_count)
		return 0;
	if (posting->c) {
		letter.in_reply_to = posting->c->enquiry_id;
		letter.references = &posting->c->references;
	}
	buf_init(&text, LETTER_TEXT_MAX);
	letter_compose(&letter, outbox->settings.casework->calendar, &text);
	result = queue_copies(outbox, posting, &letter, buf_span(&text),
			      ret_letter, err);
	buf_clear(&text);
	return result ? -1 :
			join_thread(outbox, posting, letter.message_id, err);
}

/* ---- fate ---- */

/* Doubled each time, up to a maximum, a quarter more or less so that letters
 * that failed together do not come back together. */
static time_t
retry_after(const struct store_letter *letter)
{
	long delay = OUTBOX_FIRST_RETRY_S;
	unsigned long long spread =
		((uint64_t)letter->id * 31 + letter->attempts) *
			0x9E3779B97F4A7C15u >>
		32;

	for (unsigned i = 1; i < letter->attempts; i++)
		if (delay < OUTBOX_LAST_RETRY_S)
			delay *= 2;
	if (delay > OUTBOX_LAST_RETRY_S)
		delay = OUTBOX_LAST_RETRY_S;
	return delay - delay / 4 +
	       (time_t)(spread % (unsigned long long)(delay / 2 + 1));
}

static int
give_up(struct outbox *outbox, struct store_letter *letter, time_t now,
	struct error *err)
{
	const struct casework *casework = outbox->settings.casework;

	letter->state = LETTER_FAILED;
	letter->settled = now;
	if (store_letter_update(casework->store, letter, err))
		return -1;
	return casework_undelivered(casework, letter->message_id,
				    letter->recipient, now, err);
}

static int
settle(struct outbox *outbox, struct store_letter *letter,
       const struct error *result, time_t now, struct error *err)
{
	struct store *store = outbox->settings.casework->store;

	letter->note = result ? span_of(result->text) : span_of("");
	if (!result || result->kind == ERROR_NONE) {
		letter->state = LETTER_SENT;
		letter->settled = now;
		return store_letter_update(store, letter, err);
	}
	if (result->kind == ERROR_PERMANENT ||
	    letter->attempts >= OUTBOX_ATTEMPTS_MAX)
		return give_up(outbox, letter, now, err);
	letter->state =
		result->kind == ERROR_INTERNAL ? LETTER_UNKNOWN : LETTER_QUEUED;
	letter->next_try = now + retry_after(letter);
	return store_letter_update(store, letter, err);
}

static int
find_letter(struct outbox *outbox, int64_t id, struct arena *arena,
	    struct store_letter **ret_letter, struct error *err)
{
	struct letter_query query = { .id = id };
	size_t count;

	if (store_letters(outbox->settings.casework->store, &query, arena,
			  ret_letter, &count, err))
		return -1;
	return count ? 0 :
		       error_set(err, ERROR_INTERNAL, "there is no letter %lld",
				 (long long)id);
}

int
outbox_settle(struct outbox *outbox, int64_t id, const struct error *result,
	      time_t now, struct error *err)
{
	struct store *store = outbox->settings.casework->store;
	struct arena *arena = arena_new(0);
	struct store_letter *letter;
	int status = -1;

	if (store_begin(store, err))
		goto out;
	if (find_letter(outbox, id, arena, &letter, err) ||
	    (!letter->settled && settle(outbox, letter, result, now, err)) ||
	    store_commit(store, err)) {
		store_rollback(store);
		goto out;
	}
	status = 0;
out:
	arena_free(arena);
	return status;
}

/* ---- taking ---- */

static int
may_leave(struct outbox *outbox, const struct store_letter *letter, time_t now,
	  int paused)
{
	if (span_is(letter->kind, "test"))
		return true;
	return !paused && outbox_window(outbox, now) == now;
}

/* Marks it; somebody who has left the directory gets nothing any more. */
static int
take(struct outbox *outbox, struct store_letter *letter, time_t now,
     struct error *err)
{
	const struct casework *casework = outbox->settings.casework;

	if (!may_be_told(casework->people, letter->recipient).len) {
		letter->note = span_of("no officer or team of the directory");
		return give_up(outbox, letter, now, err) ? -1 : 0;
	}
	letter->state = LETTER_SENDING;
	letter->attempts++;
	return store_letter_update(casework->store, letter, err) ? -1 : 1;
}

static int
take_first(struct outbox *outbox, time_t now, struct arena *arena,
	   struct store_letter *ret_letter, struct error *err)
{
	struct store *store = outbox->settings.casework->store;
	struct letter_query query = {
		.states = 1u << LETTER_QUEUED | 1u << LETTER_UNKNOWN,
		.due_until = now,
		.limit = TAKE_LOOKS_AT,
	};
	int paused = casework_paused(store, err);
	struct store_letter *due;
	size_t count;

	if (paused < 0 ||
	    store_letters(store, &query, arena, &due, &count, err))
		return -1;
	for (size_t i = 0; i < count; i++) {
		int taken;

		if (!may_leave(outbox, &due[i], now, paused))
			continue;
		taken = take(outbox, &due[i], now, err);
		if (taken) {
			*ret_letter = due[i];
			return taken;
		}
	}
	return 0;
}

int
outbox_take(struct outbox *outbox, time_t now, struct arena *arena,
	    struct store_letter *ret_letter, struct error *err)
{
	struct store *store = outbox->settings.casework->store;
	int taken;

	if (store_begin(store, err))
		return -1;
	taken = take_first(outbox, now, arena, ret_letter, err);
	if (taken < 0 || store_commit(store, err)) {
		store_rollback(store);
		return -1;
	}
	return taken;
}

int
outbox_recover(struct outbox *outbox, time_t now, unsigned *ret_unknown,
	       struct error *err)
{
	struct store *store = outbox->settings.casework->store;
	struct letter_query query = { .states = 1u << LETTER_SENDING };
	struct arena *arena = arena_new(0);
	struct store_letter *list;
	size_t count = 0;
	int result = -1;

	if (store_begin(store, err))
		goto out;
	if (store_letters(store, &query, arena, &list, &count, err))
		goto fail;
	for (size_t i = 0; i < count; i++) {
		list[i].state = LETTER_UNKNOWN;
		list[i].next_try = now;
		list[i].note = span_of("perhaps sent before a restart");
		if (store_letter_update(store, &list[i], err))
			goto fail;
	}
	if (store_commit(store, err))
		goto fail;
	*ret_unknown = (unsigned)count;
	result = 0;
	goto out;
fail:
	store_rollback(store);
out:
	arena_free(arena);
	return result;
}

/* ---- a test ---- */

static int
post_test(struct outbox *outbox, struct span recipient, time_t now,
	  struct arena *arena, struct error *err)
{
	struct values values = { 0 };
	struct posting posting = {
		.kind = "test",
		.template = templates_find(outbox->templates, span_of("test"),
					   NULL),
		.values = &values,
		.to = { .at = &recipient, .count = 1 },
		.now = now,
	};
	int64_t letter;

	values.at[PLACE_TO_NAME] = words_first_name(outbox, recipient, arena);
	values.at[PLACE_COUNCIL] = span_of(outbox->settings.council);
	if (outbox_post(outbox, &posting, arena, &letter, err))
		return -1;
	return letter ? 0 :
			error_set(err, ERROR_INPUT,
				  "%.*s is no officer or team of the "
				  "directory: clerkd writes to nobody else",
				  SPAN_ARG(recipient));
}

int
outbox_test(struct outbox *outbox, struct span recipient, time_t now,
	    struct error *err)
{
	struct store *store = outbox->settings.casework->store;
	struct arena *arena = arena_new(0);
	int result = -1;

	if (!store_begin(store, err)) {
		if (!post_test(outbox, recipient, now, arena, err) &&
		    !store_commit(store, err))
			result = 0;
		else
			store_rollback(store);
	}
	arena_free(arena);
	return result;
}

/* ---- waking ---- */

static void
sooner(time_t *next, time_t when)
{
	if (when && (!*next || when < *next))
		*next = when;
}

/* When the next queued letter wants to leave. */
static int
next_letter(struct outbox *outbox, time_t now, struct arena *arena,
	    time_t *next, struct error *err)
{
	struct letter_query query = {
		.states = 1u << LETTER_QUEUED | 1u << LETTER_UNKNOWN,
		.due_until = INT64_MAX,
		.limit = 1,
	};
	struct store_letter *first;
	size_t count;

	if (store_letters(outbox->settings.casework->store, &query, arena,
			  &first, &count, err))
		return -1;
	if (count)
		sooner(next, outbox_window(outbox, first->next_try > now ?
							   first->next_try :
							   now));
	return 0;
}

static int
compose_due(struct outbox *outbox, time_t now, time_t *next, struct error *err)
{
	time_t flags, daily;
	bool more = false;

	if (outbox_reminders(outbox, now, &more, err) ||
	    outbox_flags(outbox, now, &flags, err) ||
	    outbox_daily(outbox, now, &daily, err))
		return -1;
	if (more)
		sooner(next, now);
	sooner(next, flags);
	sooner(next, daily);
	return 0;
}

int
outbox_wake(struct outbox *outbox, time_t now, time_t *ret_next,
	    struct error *err)
{
	int paused = casework_paused(outbox->settings.casework->store, err);
	struct arena *arena;
	time_t next = 0, open;
	int result = 0;

	if (paused) {
		*ret_next = 0;
		return paused < 0 ? -1 : 0;
	}
	arena = arena_new(0);
	open = outbox_window(outbox, now);
	if (open == now)
		result = compose_due(outbox, now, &next, err);
	else
		sooner(&next, open); /* everything waits for the office */
	if (!result)
		result = next_letter(outbox, now, arena, &next, err);
	arena_free(arena);
	if (!result)
		*ret_next = next;
	return result;
}
