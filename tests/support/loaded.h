/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LOADED_H
#define LOADED_H
/*
 * What is read from files, for tests that stand on it: it is there, without a
 * fault, or the test fails. The caller frees it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "facts/elections.h"
#include "facts/people.h"
#include "filters/lexicon.h"
#include "paths.h"

/* Makes a file. path: as for mkstemp(3); the caller unlinks it. */
static inline void
loaded_file(char *path, const char *text)
{
	size_t len = strlen(text);
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), (ssize_t)len);
	close(fd);
}

/* Is there a fault on this line that holds these words? */
static inline bool
loaded_told(const struct fault_list *faults, unsigned line, const char *words)
{
	size_t i;

	for (i = 0; i < faults->count; i++)
		if (faults->at[i].line == line &&
		    strstr(faults->at[i].text, words) != NULL)
			return true;
	return false;
}

static inline struct people *
loaded_people(const char *csv, const char *domain)
{
	char path[] = "/tmp/clerkd-people-XXXXXX";
	struct span own = span_of(domain);
	struct fault_list faults = { 0 };
	struct error err = { 0 };
	struct people *people;

	loaded_file(path, csv);
	if (people_load(path, NULL, &own, 1, &faults, &people, &err) != 0)
		fail_msg("%s", err.text);
	assert_int_equal(faults.errors, 0);
	fault_list_clear(&faults);
	unlink(path);
	return people;
}

/* England and Wales, from nine to five. */
static inline struct calendar *
loaded_calendar(void)
{
	const struct calendar_settings settings = {
		.holidays_path = PATH_SOURCE "/config/bank-holidays.json",
		.zone = "Europe/London",
		.opens = 9 * 60,
		.closes = 17 * 60,
	};
	struct fault_list faults = { 0 };
	struct error err = { 0 };
	struct calendar *calendar;

	if (calendar_load(&settings, &faults, &calendar, &err) != 0)
		fail_msg("%s", err.text);
	assert_int_equal(faults.errors, 0);
	fault_list_clear(&faults);
	return calendar;
}

static inline struct elections *
loaded_elections(const char *csv, const struct calendar *calendar)
{
	char path[] = "/tmp/clerkd-elections-XXXXXX";
	struct fault_list faults = { 0 };
	struct error err = { 0 };
	struct elections *elections;

	loaded_file(path, csv);
	if (elections_load(path, calendar, &faults, &elections, &err) != 0)
		fail_msg("%s", err.text);
	assert_int_equal(faults.errors, 0);
	fault_list_clear(&faults);
	unlink(path);
	return elections;
}

/* The phrases that ship. */
static inline struct lexicon *
loaded_lexicon(void)
{
	struct fault_list faults = { 0 };
	struct error err = { 0 };
	struct lexicon *lexicon;

	if (lexicon_load(PATH_SOURCE "/filters/lexicon", &faults, &lexicon,
			 &err) != 0)
		fail_msg("%s", err.text);
	assert_int_equal(faults.errors, 0);
	fault_list_clear(&faults);
	return lexicon;
}

#endif
