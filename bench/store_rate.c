/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast is the record? Takes made-up messages through the very intake of
 * the daemon (threads, deliveries, casework; no judgement) into a store and
 * prints, for each further tenth, messages a second and microseconds a
 * message.
 *
 *	store_rate STORE MESSAGES [BATCH]	(from the top of the source)
 *
 * One in three messages answers an earlier one by References, one in four goes
 * between a member and an officer, of which a third are enquiries.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "duty/intake.h"

enum { PEOPLE = 300, RECENT = 2000 };

struct made {
	struct arena *arena;
	unsigned seed;
	size_t number;
	time_t at;
};

static unsigned
roll(struct made *made, unsigned most)
{
	made->seed = made->seed * 1103515245u + 12345u;
	return (made->seed >> 8) % most;
}

static struct span
message_id(struct arena *arena, size_t number)
{
	return arena_printf(arena, "<%08x.%zu@mail%zu.example.org>",
			    (unsigned)(number * 2654435761u), number,
			    number % 97);
}

static struct span
address(struct made *made, bool inside)
{
	return arena_printf(made->arena, "person%u@%s.example",
			    roll(made, PEOPLE), inside ? "bench" : "outside");
}

static struct message *
make_message(struct made *made)
{
	struct message *m = arena_alloc(made->arena, sizeof(*m));
	struct span empty = span_of("");
	bool inside = roll(made, 4) == 0;

	made->number++;
	made->at += 60;
	*m = (struct message){
		.message_id = message_id(made->arena, made->number),
		.in_reply_to = empty,
		.thread_index = empty,
		.from = { address(made, inside), empty },
		.received = made->at,
		.date = made->at,
		.subject = arena_printf(made->arena, "Re: item number %u",
					roll(made, 4000)),
		.body = empty,
		.body_hash = made->number * 0x9E3779B97F4A7C15u,
		.report_about = empty,
	};
	m->to.count = 1 + roll(made, 3);
	m->to.at = arena_array(made->arena, m->to.count, sizeof(*m->to.at));
	for (size_t i = 0; i < m->to.count; i++)
		m->to.at[i].email = address(made, inside);
	if (roll(made, 3) == 0 && made->number > RECENT) {
		m->references =
			arena_array(made->arena, 1, sizeof(struct span));
		m->references[0] = message_id(
			made->arena, made->number - 1 - roll(made, RECENT));
		m->reference_count = 1;
		m->in_reply_to = m->references[0];
	}
	return m;
}

static void
judge(void *context, const struct exhibit *exhibit, struct arena *arena,
      struct verdict *ret)
{
	(void)context;
	(void)arena;
	ret->enquiry = exhibit->message->body_hash % 3 == 0;
	ret->reply =
		exhibit->message->body_hash % 2 ? REPLY_ANSWER : REPLY_HOLDING;
}

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct people *
load_people(struct fault_list *faults)
{
	char path[] = "/tmp/store-rate-XXXXXX";
	struct span domain = span_of("bench.example");
	struct people *people = NULL;
	struct error err;
	int fd = mkstemp(path);
	FILE *file = fdopen(fd, "w");

	fprintf(file, "email,name,role,posts,group,wards,directorate,manager,"
		      "aliases,candidate\n");
	for (int i = 0; i < PEOPLE; i++)
		fprintf(file, "person%d@bench.example,P %d,%s,,,,,,,\n", i, i,
			i % 4 ? "officer" : "member");
	fclose(file);
	if (people_load(path, NULL, &domain, 1, faults, &people, &err))
		fprintf(stderr, "%s\n", err.text);
	unlink(path);
	return people;
}

static int
take_batch(const struct intake *intake, struct made *made, size_t batch,
	   struct error *err)
{
	struct store_cursor cursor = { 1, 0 };

	if (store_begin(intake->store, err))
		return -1;
	for (size_t i = 0; i < batch; i++) {
		struct message *message = make_message(made);
		struct intake_result result;
		char key[32];
		struct intake_item item = { .source = "bench",
					    .message = message,
					    .now = made->at };

		snprintf(key, sizeof(key), "INBOX/1/%010zu", made->number);
		item.key = span_of(key);
		if (intake_message(intake, &item, made->arena, &result, err))
			return -1;
		arena_clear(made->arena);
	}
	cursor.uid = (uint32_t)made->number;
	if (store_cursor_set(intake->store, "bench", "INBOX", cursor, err))
		return -1;
	return store_commit(intake->store, err);
}

static int
measure(const struct intake *intake, size_t count, size_t batch,
	struct error *err)
{
	struct made made = { .arena = arena_new(0),
			     .seed = 7,
			     .at = 1760000000 };
	size_t tenth = count / 10 ? count / 10 : 1;
	double start = seconds(), before = start;
	struct rusage used;

	while (made.number < count) {
		if (take_batch(intake, &made, batch, err))
			return -1;
		if (made.number % tenth < batch) {
			double now = seconds();

			printf("%9zu messages  %8.0f/s  %6.1f us each\n",
			       made.number, (double)tenth / (now - before),
			       (now - before) * 1e6 / (double)tenth);
			fflush(stdout);
			before = now;
		}
	}
	getrusage(RUSAGE_SELF, &used);
	printf("all: %.0f/s, %.1f us each, %ld MB resident\n",
	       (double)count / (seconds() - start),
	       (seconds() - start) * 1e6 / (double)count,
	       used.ru_maxrss / 1024);
	arena_free(made.arena);
	return 0;
}

int
main(int argc, char **argv)
{
	struct calendar_settings settings = {
		.holidays_path = "config/bank-holidays.json",
		.zone = "Europe/London",
		.opens = 9 * 60,
		.closes = 17 * 60
	};
	struct rung rungs[] = { { span_of("due"), ANCHOR_RESPONSE, 0,
				  PARTY_OWNER, PARTY_NONE } };
	struct protocol protocol = { .ack_days = 3,
				     .response_days = 10,
				     .rungs = rungs,
				     .rung_count = 1 };
	struct fault_list faults = { 0 };
	struct casework casework = { .protocol = &protocol };
	struct intake intake = { .casework = &casework, .judge = judge };
	struct calendar *calendar = NULL;
	struct people *people;
	struct error err = { 0 };

	if (argc < 3) {
		fprintf(stderr, "store_rate STORE MESSAGES [BATCH]\n");
		return 2;
	}
	people = load_people(&faults);
	if (!people || calendar_load(&settings, &faults, &calendar, &err) ||
	    store_open(argv[1], &casework.store, &err)) {
		fprintf(stderr, "store_rate: %s\n", err.text);
		return 1;
	}
	casework.people = intake.people = people;
	casework.calendar = intake.calendar = calendar;
	intake.store = casework.store;
	if (measure(&intake, strtoul(argv[2], NULL, 10),
		    argc > 3 ? strtoul(argv[3], NULL, 10) : 500, &err))
		fprintf(stderr, "store_rate: %s\n", err.text);
	store_close(casework.store);
	calendar_free(calendar);
	people_free(people);
	fault_list_clear(&faults);
	return err.kind != ERROR_NONE;
}
