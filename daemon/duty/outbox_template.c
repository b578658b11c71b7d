/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates: loaded, checked, filled. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "outbox_template.h"

static const char *const names[PLACEHOLDERS] = {
	[PLACE_TO_NAME] = "to_name",
	[PLACE_COUNCIL] = "council",
	[PLACE_CASE] = "case",
	[PLACE_SUBJECT] = "subject",
	[PLACE_MEMBER] = "member",
	[PLACE_MEMBER_SHORT] = "member_short",
	[PLACE_OWNER] = "owner",
	[PLACE_SINCE] = "since",
	[PLACE_WAITS_FOR] = "waits_for",
	[PLACE_DUE] = "due",
	[PLACE_DEADLINE] = "deadline",
	[PLACE_ACK_DUE] = "ack_due",
	[PLACE_RESPONSE_DUE] = "response_due",
	[PLACE_PROMISED] = "promised",
	[PLACE_PASSED_ON] = "passed_on",
	[PLACE_ESCALATED] = "escalated",
	[PLACE_COPIED] = "copied",
	[PLACE_EXCERPT] = "excerpt",
	[PLACE_COUNT] = "count",
	[PLACE_ITEMS] = "items",
	[PLACE_FLAG] = "flag",
	[PLACE_RULE] = "rule",
	[PLACE_SEVERITY] = "severity",
	[PLACE_CLAUSES] = "clauses",
	[PLACE_REASON] = "reason",
	[PLACE_FROM] = "from",
	[PLACE_FLAGS_HIGH] = "flags_high",
	[PLACE_FLAGS_MEDIUM] = "flags_medium",
	[PLACE_FLAGS_LOW] = "flags_low",
	[PLACE_FLAGS_UNDECIDED] = "flags_undecided",
	[PLACE_OPENED] = "opened",
	[PLACE_ANSWERED] = "answered",
	[PLACE_OPEN] = "open",
	[PLACE_OVERDUE] = "overdue",
	[PLACE_UNREADABLE] = "unreadable",
	[PLACE_UNDELIVERED] = "undelivered",
};

static const char *const needed[] = { "reminder", "digest",     "digest-item",
				      "flags",    "flags-item", "daily",
				      "test" };

struct named {
	struct span name;
	struct template template;
};

struct templates {
	struct arena *arena;
	struct named *at;
	size_t count;
};

/* The next "{name}" of a line: what stands before it, and the name. False when
 * there is none; *rest is then untouched. */
static bool
next_place(struct span *rest, struct span *ret_before, struct span *ret_name)
{
	size_t open = span_find_byte(*rest, '{'), close;

	if (open == rest->len)
		return false;
	close = open + span_find_byte(span_sub(*rest, open, rest->len), '}');
	if (close >= rest->len)
		return false;
	*ret_before = span_sub(*rest, 0, open);
	*ret_name = span_sub(*rest, open + 1, close);
	*rest = span_sub(*rest, close + 1, rest->len);
	return true;
}

static int
place_of(struct span name)
{
	for (int i = 0; i < PLACEHOLDERS; i++)
		if (span_is(name, names[i]))
			return i;
	return -1;
}

/* ---- loading ---- */

static void
check_line(const char *path, unsigned line, struct span text,
	   struct fault_list *faults)
{
	struct span before, name;

	while (next_place(&text, &before, &name))
		if (place_of(name) < 0)
			fault_add(faults, FAULT_ERROR, path, line,
				  "there is no {%.*s}; see the list in "
				  "clerkd.conf(5)",
				  SPAN_ARG(name));
	if (span_find_byte(text, '{') < text.len)
		fault_add(faults, FAULT_ERROR, path, line,
			  "a { without its }: write {name}");
}

static void
take_template(struct templates *templates, const char *path, struct span name,
	      struct span text, struct fault_list *faults)
{
	struct named *named;
	struct span line, subject = { 0 };
	unsigned number = 0;

	while (span_line(&text, &line)) {
		number++;
		if (span_starts(line, "#"))
			continue;
		if (!span_starts_nocase(line, "Subject:")) {
			fault_add(faults, FAULT_ERROR, path, number,
				  "a letter begins with \"Subject: …\" and "
				  "an empty line");
			return;
		}
		subject = span_trim(span_sub(line, 8, line.len));
		check_line(path, number, subject, faults);
		break;
	}
	if (span_starts(text, "\n"))
		text = span_sub(text, 1, text.len);
	named = arena_push(templates->arena, &templates->at, &templates->count,
			   sizeof(*named));
	named->name = arena_span(templates->arena, name);
	named->template.subject = subject;
	named->template.body = text;
	for (number++; span_line(&text, &line);)
		check_line(path, ++number, line, faults);
}

static void
load_file(struct templates *templates, const char *path, struct span name,
	  struct fault_list *faults)
{
	char *text = arena_alloc(templates->arena, TEMPLATE_FILE_MAX + 1);
	struct error err;
	FILE *file = file_open(path, &err);
	size_t len;

	if (!file) {
		fault_add(faults, FAULT_ERROR, path, 0, "%s",
			  err.text + strlen(path) + 2);
		return;
	}
	len = fread(text, 1, TEMPLATE_FILE_MAX + 1, file);
	fclose(file);
	if (len > TEMPLATE_FILE_MAX)
		fault_add(faults, FAULT_ERROR, path, 0,
			  "is longer than %d bytes", TEMPLATE_FILE_MAX);
	else if (!text_utf8_valid((struct span){ text, len }))
		fault_add(faults, FAULT_ERROR, path, 0, "is no UTF-8 text");
	else
		take_template(templates, path, name, (struct span){ text, len },
			      faults);
}

static void
check_needed(const struct templates *templates, const char *directory,
	     struct fault_list *faults)
{
	for (size_t i = 0; i < ARRAY_SIZE(needed); i++)
		if (!templates_find(templates, span_of(needed[i]), NULL))
			fault_add(faults, FAULT_ERROR, directory, 0,
				  "the letter %s.txt is missing", needed[i]);
}

int
templates_load(const char *directory, struct fault_list *faults,
	       struct templates **ret_templates, struct error *err)
{
	DIR *folder = opendir(directory);
	struct templates *templates;
	struct dirent *entry;
	struct buf path;

	if (!folder)
		return error_set(err, ERROR_CONFIG, "letters in %s: %s",
				 directory, strerror(errno));
	templates = calloc(1, sizeof(*templates));
	if (!templates)
		abort();
	templates->arena = arena_new(0);
	buf_init(&path, 4096);
	while ((entry = readdir(folder))) {
		struct span name = span_of(entry->d_name);

		if (!span_ends_nocase(name, ".txt") || name.ptr[0] == '.')
			continue;
		buf_empty(&path);
		buf_printf(&path, "%s/%s", directory, entry->d_name);
		buf_add_byte(&path, '\0');
		load_file(templates, path.ptr, span_sub(name, 0, name.len - 4),
			  faults);
	}
	closedir(folder);
	buf_clear(&path);
	check_needed(templates, directory, faults);
	*ret_templates = templates;
	return 0;
}

void
templates_free(struct templates *templates)
{
	if (!templates)
		return;
	arena_free(templates->arena);
	free(templates);
}

const struct template *
templates_find(const struct templates *templates, struct span name,
	       const char *otherwise)
{
	for (size_t i = 0; i < templates->count; i++)
		if (span_equal(templates->at[i].name, name))
			return &templates->at[i].template;
	return otherwise ? templates_find(templates, span_of(otherwise), NULL) :
			   NULL;
}

/* ---- filling ---- */

/* False when the line has placeholders and all of them are empty. */
static bool
says_something(struct span line, const struct values *values)
{
	struct span before, name;
	bool places = false;

	while (next_place(&line, &before, &name)) {
		int place = place_of(name);

		places = true;
		if (place >= 0 && values->at[place].len)
			return true;
	}
	return !places;
}

static void
fill_line(struct span line, const struct values *values, struct buf *out)
{
	struct span before, name;

	while (next_place(&line, &before, &name)) {
		int place = place_of(name);

		buf_add(out, before);
		if (place >= 0)
			buf_add(out, values->at[place]);
	}
	buf_add(out, line);
}

void
template_fill(struct span text, const struct values *values, struct buf *out)
{
	bool last_blank = true;
	struct span line;

	while (span_line(&text, &line)) {
		if (!says_something(line, values))
			continue;
		if (span_blank(line) && last_blank)
			continue; /* around a line that was left out */
		last_blank = span_blank(line);
		fill_line(line, values, out);
		if (text.len)
			buf_add_byte(out, '\n');
	}
}

void
template_fill_item(struct span text, const struct values *values,
		   struct buf *out)
{
	template_fill(text, values, out);
	while (out->len && out->ptr[out->len - 1] == '\n')
		out->len--;
	buf_add_literal(out, "\n\n");
}
