/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Die at every write, resume, compare; then run again: nothing may change.
 *
 * A child reads a fortnight of letters in batches with a cursor, climbs the
 * ladder, composes and hands letters to a relay (a file). It dies at its nth
 * write, for all n. A second child goes on from that moment. In the end every
 * message, case, event and letter must be there once, as in a run without a
 * death, and every letter must have reached the relay; one that was handed
 * over twice must bear the same Message-ID.
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "../support/desk.h"

enum { BATCH = 3, DEATHS_MAX = 5000 };

static const struct mail mails[] = {
	{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry" },
	{ "f1", "2026-03-03 09:20", "kerb", "alone", .says = "none+flag",
	  .bcc = "bea", .subject = "Other" },
	{ "e2", "2026-03-03 09:30", "bea", "kerb,roads", .says = "enquiry",
	  .subject = "Bins" },
	{ "e3", "2026-03-03 10:00", "bea", "desk", .says = "enquiry",
	  .subject = "Trees" },
	{ "r3", "2026-03-03 11:00", "desk", "trees", .says = "none+hands",
	  .refs = "e3", .subject = "FW: Trees" },
	{ "h1", "2026-03-04 10:00", "kerb", "olu", .says = "holding",
	  .refs = "e1" },
	{ "a2", "2026-03-05 11:00", "kerb", "bea", .says = "answer",
	  .refs = "e2", .subject = "Bins" },
	{ "b2", "2026-03-05 11:05", "mailer-daemon", "kerb", .says = "bounce",
	  .about = "a2", .lost = "bea" },
	{ "e4", "2026-03-05 12:00", "olu", "kerb", .says = "enquiry",
	  .refs = "a1" },
	{ "a1", "2026-03-05 08:00", "kerb", "olu", .says = "answer",
	  .refs = "e1" },
	{ "o3", "2026-03-09 09:30", "trees", "clerkd", .says = "absent",
	  .subject = "Automatic reply: Trees [CASE-C3]" },
	{ "a4", "2026-03-11 09:30", "kerb", "olu", .says = "answer",
	  .refs = "e4" },
};

static const char *const moments[] = {
	"2026-03-03 09:15", "2026-03-03 12:00", "2026-03-04 10:05",
	"2026-03-05 09:00", "2026-03-05 12:05", "2026-03-06 09:00",
	"2026-03-09 09:00", "2026-03-09 09:31", "2026-03-09 10:40",
	"2026-03-11 10:00", "2026-03-13 09:00", "2026-03-17 09:00",
	"2026-03-18 09:00",
};

struct site {
	char folder[64], store[96], relay[96];
	size_t *moment; /* shared: where the child is */
};

/* ---- the child ---- */

static void
read_mail(struct desk *desk, time_t now)
{
	struct store *store = desk->casework.store;
	struct store_cursor cursor = { 1, 0 };
	struct error err = { 0 };
	bool more = true;

	desk->script = (struct council_script){ mails, ARRAY_SIZE(mails) };
	while (more) {
		more = false;
		store_cursor_find(store, "inbox", "INBOX", &cursor, &err);
		if (store_begin(store, &err))
			fail_msg("%s", err.text);
		for (unsigned n = 0;
		     n < BATCH && cursor.uid < ARRAY_SIZE(mails); n++) {
			const struct mail *mail = &mails[cursor.uid];
			char key[32];

			if (desk_time(desk, mail->at) > now)
				break;
			snprintf(key, sizeof(key), "INBOX/1/%010u",
				 ++cursor.uid);
			desk_take_one(desk, mail, "inbox", key, now);
			more = true;
		}
		if (store_cursor_set(store, "inbox", "INBOX", cursor, &err) ||
		    store_commit(store, &err))
			fail_msg("%s", err.text);
	}
}

static void
hand_over(const struct site *site, const struct store_letter *letter)
{
	FILE *relay = fopen(site->relay, "a");

	fprintf(relay, "%.*s %.*s\n", SPAN_ARG(letter->recipient),
		SPAN_ARG(letter->message_id));
	fclose(relay);
}

static void
send_letters(struct desk *desk, const struct site *site, time_t now)
{
	struct arena *arena = arena_new(0);
	struct store_letter letter;
	struct error err = { 0 };

	while (outbox_take(desk->outbox, now, arena, &letter, &err) == 1) {
		hand_over(site, &letter);
		if (outbox_settle(desk->outbox, letter.id, NULL, now, &err))
			fail_msg("%s", err.text);
	}
	arena_free(arena);
}

static void
work(const struct site *site, size_t from, unsigned die_after)
{
	struct error err = { 0 };
	struct desk desk;
	unsigned unknown;

	desk_open(&desk, site->store);
	store_die_after(desk.casework.store, die_after);
	outbox_recover(desk.outbox, desk_time(&desk, moments[from]), &unknown,
		       &err);
	for (size_t i = from; i < ARRAY_SIZE(moments); i++) {
		*site->moment = i;
		read_mail(&desk, desk_time(&desk, moments[i]));
		desk_wake(&desk, moments[i]);
		send_letters(&desk, site, desk_time(&desk, moments[i]));
	}
	desk_close(&desk);
}

/* True when the child lived to the end. */
static bool
run(const struct site *site, size_t from, unsigned die_after)
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (!child) {
		work(site, from, die_after);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFSIGNALED(status))
		assert_int_equal(WTERMSIG(status), SIGKILL);
	else
		assert_int_equal(WEXITSTATUS(status), 0);
	return WIFEXITED(status);
}

/* ---- what is compared ---- */

static void
describe_cases(struct store *store, struct arena *arena, struct buf *out)
{
	struct case_query query = { 0 };
	struct error err = { 0 };
	struct store_case *list;
	size_t count;

	assert_int_equal(store_cases(store, &query, arena, &list, &count, &err),
			 0);
	for (size_t i = 0; i < count; i++)
		buf_printf(out,
			   "case %lld thread %lld %.*s>%.*s %s clock %lld "
			   "rung %lld wake %lld round %u subject %.*s\n",
			   (long long)list[i].id, (long long)list[i].thread,
			   SPAN_ARG(list[i].member), SPAN_ARG(list[i].owner),
			   case_state_name(list[i].state),
			   (long long)list[i].clock, (long long)list[i].rung,
			   (long long)list[i].wake, list[i].round,
			   SPAN_ARG(list[i].subject));
}

static void
describe_events(struct store *store, struct arena *arena, struct buf *out)
{
	struct event_query query = { .with_void = true };
	struct error err = { 0 };
	struct store_event *list;
	size_t count;

	assert_int_equal(
		store_events(store, &query, arena, &list, &count, &err), 0);
	for (size_t i = 0; i < count; i++) {
		buf_printf(out, "event C%lld %s at %lld %.*s %.*s%s%s",
			   (long long)list[i].case_id,
			   case_event_name(list[i].kind), (long long)list[i].at,
			   SPAN_ARG(list[i].message_id),
			   SPAN_ARG(list[i].stage),
			   list[i].voided ? " void" : "",
			   list[i].letter ? " told" : "");
		council_words(out, " to ", &list[i].to);
		council_words(out, " cc ", &list[i].cc);
		buf_add_byte(out, '\n');
	}
}

static void
describe_letters(struct store *store, struct arena *arena, struct buf *out)
{
	struct letter_query query = { 0 };
	struct finding_query flags = { 0 };
	struct error err = { 0 };
	struct store_finding *findings;
	struct store_letter *list;
	size_t count;

	assert_int_equal(
		store_letters(store, &query, arena, &list, &count, &err), 0);
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "letter %.*s to %.*s %s queued %lld\n",
			   SPAN_ARG(list[i].kind), SPAN_ARG(list[i].recipient),
			   letter_state_name(list[i].state),
			   (long long)list[i].queued);
	assert_int_equal(
		store_findings(store, &flags, arena, &findings, &count, &err),
		0);
	buf_printf(out, "flags %zu\n", count);
}

static void
describe_mail(struct store *store, struct arena *arena, struct buf *out)
{
	struct error err = { 0 };
	struct store_message *list;
	size_t count;

	for (int64_t id = 1;; id++) {
		assert_int_equal(store_messages(store, 0, id, 0, arena, &list,
						&count, &err),
				 0);
		if (!count)
			break;
		buf_printf(out, "message %.*s thread %lld\n",
			   SPAN_ARG(list->message_id), (long long)list->thread);
	}
}

static void
describe(const struct site *site, struct buf *out)
{
	struct arena *arena = arena_new(0);
	struct error err = { 0 };
	struct store *store;

	if (store_open(site->store, &store, &err))
		fail_msg("%s", err.text);
	buf_empty(out);
	describe_mail(store, arena, out);
	describe_cases(store, arena, out);
	describe_events(store, arena, out);
	describe_letters(store, arena, out);
	buf_add_byte(out, '\0');
	store_close(store);
	arena_free(arena);
}

/* Every letter of the store was handed over, at most one of them twice. */
static size_t
check_relay(const struct site *site)
{
	struct arena *arena = arena_new(0);
	struct letter_query query = { 0 };
	char line[512], wanted[512];
	struct store_letter *list;
	struct error err = { 0 };
	size_t count, lines = 0;
	struct store *store;
	FILE *relay = fopen(site->relay, "r");

	assert_non_null(relay);
	if (store_open(site->store, &store, &err) ||
	    store_letters(store, &query, arena, &list, &count, &err))
		fail_msg("%s", err.text);
	while (fgets(line, sizeof(line), relay))
		lines++;
	for (size_t i = 0; i < count; i++) {
		bool found = false;

		snprintf(wanted, sizeof(wanted), "%.*s %.*s\n",
			 SPAN_ARG(list[i].recipient),
			 SPAN_ARG(list[i].message_id));
		rewind(relay);
		while (fgets(line, sizeof(line), relay))
			found |= !strcmp(line, wanted);
		assert_true(found);
	}
	assert_in_range(lines, count, count + 1);
	fclose(relay);
	store_close(store);
	arena_free(arena);
	return lines;
}

/* ---- all deaths ---- */

static void
open_site(struct site *site)
{
	/* in memory where the machine allows it: this syncs very often */
	const char *base = access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm";

	snprintf(site->folder, sizeof(site->folder), "%s/clerkd-crash-XXXXXX",
		 base);
	assert_non_null(mkdtemp(site->folder));
	snprintf(site->store, sizeof(site->store), "%s/store", site->folder);
	snprintf(site->relay, sizeof(site->relay), "%s/relay", site->folder);
	site->moment = mmap(NULL, sizeof(size_t), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(site->moment, MAP_FAILED);
	*site->moment = 0;
}

static void
close_site(struct site *site)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	char path[128];

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		snprintf(path, sizeof(path), "%s%s", site->store, ends[i]);
		unlink(path);
	}
	unlink(site->relay);
	rmdir(site->folder);
	munmap(site->moment, sizeof(size_t));
}

static void
live_through(struct buf *out)
{
	struct site site;

	open_site(&site);
	assert_true(run(&site, 0, 0));
	describe(&site, out);
	close_site(&site);
}

static void
test_no_death_loses_or_repeats_anything(void **state)
{
	struct buf want, got, again;
	unsigned deaths = 0;
	bool lived = false;

	(void)state;
	buf_init(&want, 1 << 20);
	buf_init(&got, 1 << 20);
	buf_init(&again, 1 << 20);
	live_through(&want);
	assert_non_null(strstr(want.ptr, "void"));
	assert_non_null(strstr(want.ptr, "letter digest"));
	assert_non_null(strstr(want.ptr, "letter flags"));
	while (!lived && deaths < DEATHS_MAX) {
		struct site site;
		size_t lines;

		open_site(&site);
		lived = run(&site, 0, ++deaths);
		if (!lived)
			assert_true(run(&site, *site.moment, 0));
		describe(&site, &got);
		if (strcmp(got.ptr, want.ptr))
			fail_msg("died at write %u:\n%s\nnot:\n%s", deaths,
				 got.ptr, want.ptr);
		lines = check_relay(&site);
		assert_true(run(&site, ARRAY_SIZE(moments) - 1, 0));
		describe(&site, &again);
		assert_string_equal(again.ptr, want.ptr);
		assert_int_equal(check_relay(&site), lines);
		close_site(&site);
	}
	assert_true(lived);
	print_message("%u deaths\n", deaths - 1);
	assert_true(deaths > 200);
	buf_clear(&want);
	buf_clear(&got);
	buf_clear(&again);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_death_loses_or_repeats_anything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
