/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "facts/thread.h"
#include "filters/filter.h"
#include "paths.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char people_csv[] =
	"email,name,role,posts,group,wards,directorate,manager,aliases,"
	"candidate\n"
	"a@x.example,Ivy Norbury,member,,Labour,Elm,,,,\n"
	"b@x.example,Una Birch,officer,head-of-service,,,Streets,,,\n";

static struct filter *filter;
static struct people *people;
static struct calendar *calendar;

/* Compiling all phrases takes longer than any input may. */
int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const struct span all = span_of("all");
	const struct filter_settings settings = {
		.lexicon_directory = PATH_SOURCE "/filters/lexicon",
		.enable = &all,
		.enable_count = 1,
	};
	const struct calendar_settings days = {
		.holidays_path = PATH_SOURCE "/config/bank-holidays.json",
		.zone = "Europe/London",
		.opens = 540,
		.closes = 1020,
	};
	const struct span domain = span_of("x.example");
	struct fault_list faults = { 0 };
	struct error err;
	char path[] = "/tmp/fuzz-people-XXXXXX";
	int fd = mkstemp(path);

	if (fd < 0 ||
	    write(fd, people_csv, sizeof people_csv - 1) !=
		    sizeof people_csv - 1 ||
	    people_load(path, NULL, &domain, 1, &faults, &people, &err) != 0 ||
	    calendar_load(&days, &faults, &calendar, &err) != 0 ||
	    filter_load(&settings, NULL, &faults, &filter, &err) != 0)
		abort();
	close(fd);
	unlink(path);
	fault_list_clear(&faults);
	(void)argc;
	(void)argv;
	return 0;
}

/* Evidence is the very bytes of the message, wherever the words were split. */
static void
check_evidence(const struct message *message, const struct evidence *evidence)
{
	struct span in = span_is(evidence->where, "subject") ?
				 message->subject :
				 message->body;

	if (!text_utf8_valid(evidence->text))
		abort();
	if (!span_is(evidence->where, "subject") &&
	    !span_is(evidence->where, "body"))
		return;
	if (evidence->start > evidence->end || evidence->end > in.len ||
	    !span_equal(span_sub(in, evidence->start, evidence->end),
			evidence->text))
		abort();
}

static void
check_verdict(const struct message *message, const struct verdict *verdict)
{
	struct date same = date_add(verdict->promise, 0);
	size_t i, k;

	if (verdict->promise.year != 0 &&
	    (same.month != verdict->promise.month ||
	     same.day != verdict->promise.day))
		abort();
	for (i = 0; i < verdict->finding_count; i++) {
		const struct finding *finding = &verdict->findings[i];

		if (!(finding->score >= 0 && finding->score <= 1) ||
		    finding->reason.len == 0 ||
		    !text_utf8_valid(finding->reason))
			abort();
		for (k = 0; k < finding->evidence_count; k++)
			check_evidence(message, &finding->evidence[k]);
	}
}

/* The engine judges words outside the jail: the subject is the first line. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = { .ptr = (const char *)data, .len = size };
	struct arena *arena = arena_new(0);
	struct address to = { .email = span_of("b@x.example") };
	struct message message = { .message_id = span_of("<a@b>"),
				   .from = { .email = span_of("a@x.example") },
				   .to = { .at = &to, .count = 1 },
				   .received = 1773230400 };
	struct exhibit exhibit = { .message = &message };
	struct verdict verdict;
	struct span reference;

	/* What comes over the wire is UTF-8 without NUL. */
	if (text_utf8_valid(text) && span_find_byte(text, '\0') == size) {
		(void)span_line(&text, &message.subject);
		message.body = text;
		if (size % 2 != 0) {
			message.from.email = span_of("b@x.example");
			to.email = span_of("a@x.example");
		}
		exhibit.people = people;
		exhibit.calendar = calendar;
		(void)thread_subject(message.subject, arena);
		(void)thread_case_reference(message.subject, &reference);
		filter_judge(filter, &exhibit, arena, &verdict);
		check_verdict(&message, &verdict);
	}
	arena_free(arena);
	return 0;
}
