/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "item.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "paths.h"

#define DOMAIN "training.example"

enum { LINE_BYTES = 1 << 20, RAW_MAX = 4 << 20 };

struct span
item_text(const struct json *object, const char *key)
{
	const char *text = json_as_string(json_get(object, key));

	return text != NULL ? span_of(text) : span_of("");
}

static void
add_slug(struct buf *out, struct span name)
{
	bool dot = true;
	size_t i;

	for (i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
			buf_add_byte(out, c);
			dot = false;
		} else if (!dot) {
			buf_add_byte(out, '.');
			dot = true;
		}
	}
	buf_add_byte(out, 'x');
}

static void
add_list(struct buf *out, const struct json *person, const char *key,
	 char separator)
{
	const struct json *list = json_get(person, key);
	size_t i;

	for (i = 0; i < json_size(list); i++) {
		if (i != 0)
			buf_add_byte(out, separator);
		buf_add(out, span_of(json_as_string(json_item(list, i))));
	}
}

/* One person is one who has the same name, role, posts and side. */
static void
add_email(struct buf *out, const struct json *person)
{
	struct span role = item_text(person, "role");
	struct buf key;

	buf_init(&key, 4096);
	add_slug(out, item_text(person, "name"));
	if (span_is(role, "outside") || span_is(role, "media") ||
	    span_is(role, "party-worker") || span_is(role, "solicitor")) {
		buf_printf(out, "@%.*s.example", SPAN_ARG(role));
	} else {
		buf_add(&key, role);
		add_list(&key, person, "posts", ';');
		buf_add(&key, item_text(person, "group"));
		add_list(&key, person, "wards", ';');
		buf_add(&key, item_text(person, "directorate"));
		buf_printf(out, ".%06llx@" DOMAIN,
			   span_hash(buf_span(&key)) & 0xffffff);
	}
	buf_clear(&key);
}

static void
add_quoted(struct buf *out, struct span text)
{
	size_t i;

	buf_add_byte(out, '"');
	for (i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"')
			buf_add_byte(out, '"');
		buf_add_byte(out, text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
	}
	buf_add_byte(out, '"');
}

static void
add_row(struct buf *out, struct buf *seen, const struct json *person)
{
	struct buf email;

	if (span_is(item_text(person, "role"), "outside") ||
	    span_is(item_text(person, "role"), "group") ||
	    item_text(person, "role").len == 0)
		return;
	buf_init(&email, 1024);
	buf_add_byte(&email, '\n');
	add_email(&email, person);
	buf_add_byte(&email, ',');
	buf_add_byte(&email, '\0');
	if (seen->len == 0 || memmem(seen->ptr, seen->len, email.ptr,
				     strlen(email.ptr)) == NULL) {
		buf_add_literal(seen, email.ptr);
		buf_add_literal(out, email.ptr + 1);
		add_quoted(out, item_text(person, "name"));
		buf_printf(out, ",%.*s,\"",
			   SPAN_ARG(item_text(person, "role")));
		add_list(out, person, "posts", ';');
		buf_printf(out, "\",");
		add_quoted(out, item_text(person, "group"));
		buf_printf(out, ",\"");
		add_list(out, person, "wards", ';');
		buf_printf(out, "\",");
		add_quoted(out, item_text(person, "directorate"));
		buf_printf(out, ",,,\n");
	}
	buf_clear(&email);
}

/* A group, and once more with the address of its office when that is who the
 * person is. */
static void
add_side(struct buf *groups, struct buf *seen, const struct json *person)
{
	struct span group = item_text(person, "group");
	struct buf row;

	if (group.len == 0)
		return;
	buf_init(&row, RAW_MAX);
	buf_add_byte(&row, '\n');
	add_quoted(&row, group);
	buf_add_literal(&row, ",,");
	if (span_is(item_text(person, "role"), "group"))
		add_email(&row, person);
	if (seen->len == 0 ||
	    memmem(seen->ptr, seen->len, row.ptr, row.len) == NULL) {
		buf_add(seen, buf_span(&row));
		buf_add(groups, span_sub(buf_span(&row), 1, row.len));
		buf_add_byte(groups, '\n');
	}
	buf_clear(&row);
}

struct directory {
	struct buf people, groups, seen, seen_groups;
};

static void
add_everybody(struct directory *d, const struct json *item)
{
	static const char *const lists[] = { "to", "cc", "hidden" };
	size_t i, k;

	add_row(&d->people, &d->seen, json_get(item, "from"));
	add_side(&d->groups, &d->seen_groups, json_get(item, "from"));
	for (i = 0; i < ARRAY_SIZE(lists); i++) {
		const struct json *list = json_get(item, lists[i]);

		for (k = 0; k < json_size(list); k++) {
			add_row(&d->people, &d->seen, json_item(list, k));
			add_side(&d->groups, &d->seen_groups,
				 json_item(list, k));
		}
	}
}

static int
write_file(const char *path, const struct buf *text, struct error *err)
{
	FILE *out = fopen(path, "we");

	if (out == NULL)
		return error_set(err, ERROR_CONFIG, "%s: %s", path,
				 strerror(errno));
	fwrite(text->ptr, 1, text->len, out);
	fclose(out);
	return 0;
}

static int
load_directory(struct batches *b, size_t batch, struct directory *d,
	       struct error *err)
{
	const struct span domain = span_of(DOMAIN);
	struct fault_list faults = { 0 };
	char people[64], groups[64];
	int rc;

	snprintf(people, sizeof(people), "/tmp/clerk-fit-%d.csv", getpid());
	snprintf(groups, sizeof(groups), "/tmp/clerk-fit-%d-g.csv", getpid());
	rc = write_file(people, &d->people, err) != 0 ||
	     write_file(groups, &d->groups, err) != 0;
	if (rc == 0)
		rc = people_load(people, groups, &domain, 1, &faults,
				 &b->people[batch], err);
	unlink(people);
	unlink(groups);
	if (rc == 0 && faults.errors != 0) {
		fault_print(&faults, FAULT_ERROR, stderr);
		rc = error_set(err, ERROR_INPUT,
			       "people who could be in no directory");
	}
	fault_list_clear(&faults);
	return rc != 0 ? -1 : 0;
}

static int
load_batch(struct batches *b, const char *path, struct error *err)
{
	/* "+FILE": its items teach and are not scored. */
	bool own_file = path[0] == '+';
	FILE *in = fopen(path += own_file, "re");
	struct directory d;
	struct item *item;
	char *line = malloc(LINE_BYTES);
	const char *base = strrchr(path, '/');
	struct json_line own;
	unsigned number = 0;
	int rc = 0;

	if (in == NULL || line == NULL)
		return error_set(err, ERROR_CONFIG, "%s: %s", path,
				 strerror(errno));
	buf_init(&own.text, LINE_BYTES);
	buf_init(&d.people, RAW_MAX);
	buf_init(&d.groups, RAW_MAX);
	buf_init(&d.seen, RAW_MAX);
	buf_init(&d.seen_groups, RAW_MAX);
	buf_add_literal(&d.people, "email,name,role,posts,group,wards,"
				   "directorate,manager,aliases,candidate\n");
	buf_add_literal(&d.groups, "name,aliases,addresses\n");
	base = base != NULL ? base + 1 : path;
	b->names[b->count] =
		arena_span(b->arena, (struct span){ base, strcspn(base, ".") });
	while (rc == 0 && fgets(line, LINE_BYTES, in) != NULL) {
		struct span text = span_trim(span_of(line));
		struct json *json;

		number++;
		if (text.len == 0 || text.ptr[0] == '#')
			continue;
		if (text.ptr[0] != '{') {
			if (!item_own(text, number, &own)) {
				rc = error_set(err, ERROR_INPUT,
					       "%s:%u: not an item", path,
					       number);
				break;
			}
			text = buf_span(&own.text);
		}
		json = json_parse(text, err);

		if (json == NULL) {
			rc = error_add(err, "%s", path);
			break;
		}
		item = arena_push(b->arena, &b->items, &b->item_count,
				  sizeof(*item));
		item->json = json;
		item->batch = b->count;
		item->id = item_text(json, "id");
		item->kind = item_text(json, "kind");
		json_as_bool(json_get(json, "in_period"), &item->in_period);
		item->teaches = own_file || text.ptr != line;
		json_as_bool(json_get(json, "own"), &item->own);
		add_everybody(&d, json);
	}
	if (rc == 0 && load_directory(b, b->count, &d, err) != 0)
		rc = error_add(err, "%s", path);
	b->count++;
	buf_clear(&own.text);
	buf_clear(&d.people);
	buf_clear(&d.groups);
	buf_clear(&d.seen);
	buf_clear(&d.seen_groups);
	free(line);
	fclose(in);
	return rc;
}

/* A poll every 25 days, so that every day of these years is in a period. */
static int
load_elections(struct batches *b, struct error *err)
{
	struct fault_list faults = { 0 };
	struct date day = { 2023, 12, 1 };
	struct buf text;
	char path[64];
	int n, rc;

	buf_init(&text, RAW_MAX);
	buf_add_literal(&text, "id,kind,polling_date,wards,notice_date,"
			       "candidates\n");
	for (n = 0; n < 60; n++) {
		struct date poll = date_add(day, 26);

		buf_printf(&text,
			   "p%d,local,%04d-%02d-%02d,,"
			   "%04d-%02d-%02d,\n",
			   n, poll.year, poll.month, poll.day, day.year,
			   day.month, day.day);
		day = date_add(day, 25);
	}
	snprintf(path, sizeof(path), "/tmp/clerk-fit-%d-e.csv", getpid());
	rc = write_file(path, &text, err);
	if (rc == 0)
		rc = elections_load(path, b->calendar, &faults, &b->always,
				    err);
	unlink(path);
	buf_clear(&text);
	fault_list_clear(&faults);
	return rc;
}

int
batches_load(char *const *paths, size_t count, struct batches *ret,
	     struct error *err)
{
	struct calendar_settings settings = {
		.holidays_path = PATH_SOURCE "/config/bank-holidays.json",
		.zone = "Europe/London",
		.opens = 540,
		.closes = 1020,
	};
	struct fault_list faults = { 0 };
	size_t i;

	*ret = (struct batches){ .arena = arena_new((size_t)1 << 30) };
	if (count > BATCHES_MAX)
		return error_set(err, ERROR_INPUT,
				 "%zu batches, but %d is the most", count,
				 BATCHES_MAX);
	message_prepare();
	if (calendar_load(&settings, &faults, &ret->calendar, err) != 0 ||
	    load_elections(ret, err) != 0)
		return -1;
	fault_list_clear(&faults);
	for (i = 0; i < count; i++)
		if (load_batch(ret, paths[i], err) != 0)
			return -1;
	return 0;
}

void
batches_clear(struct batches *batches)
{
	size_t i;

	for (i = 0; i < batches->item_count; i++)
		json_free(batches->items[i].json);
	for (i = 0; i < batches->count; i++)
		people_free(batches->people[i]);
	elections_free(batches->always);
	calendar_free(batches->calendar);
	arena_free(batches->arena);
}

static void
add_word(struct buf *out, struct span text)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t i;

	buf_add_literal(out, "=?utf-8?Q?");
	for (i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9')) {
			buf_add_byte(out, (char)c);
		} else {
			buf_add_byte(out, '=');
			buf_add_byte(out, digits[c >> 4]);
			buf_add_byte(out, digits[c & 15]);
		}
	}
	buf_add_literal(out, "?=");
}

static void
add_mailbox(struct buf *out, const struct json *person)
{
	if (item_text(person, "name").len != 0)
		add_word(out, item_text(person, "name"));
	buf_add_literal(out, " <");
	add_email(out, person);
	buf_add_byte(out, '>');
}

static void
add_header(struct buf *out, const char *name, const struct json *list)
{
	size_t i;

	if (json_size(list) == 0)
		return;
	buf_printf(out, "%s: ", name);
	for (i = 0; i < json_size(list); i++) {
		if (i != 0)
			buf_add_literal(out, ",\r\n ");
		add_mailbox(out, json_item(list, i));
	}
	buf_add_literal(out, "\r\n");
}

static void
add_lines(struct buf *out, struct span text, const char *prefix)
{
	struct span line;

	while (span_line(&text, &line))
		buf_printf(out, "%s%.*s\r\n", prefix, SPAN_ARG(line));
}

static void
add_date(struct buf *out, struct span text)
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
					      "May", "Jun", "Jul", "Aug",
					      "Sep", "Oct", "Nov", "Dec" };
	int year = 2026, month = 1, day = 1, hour = 9, minute = 0;

	if (text.len < 32)
		sscanf(text.ptr, "%d-%d-%dT%d:%d", &year, &month, &day, &hour,
		       &minute);
	if (month < 1 || month > 12)
		month = 1;
	buf_printf(out, "%d %s %d %02d:%02d:00 +0000", day, months[month - 1],
		   year, hour, minute);
}

static void
add_head(struct buf *out, const struct json *item)
{
	const struct json *hidden = json_get(item, "hidden");
	size_t i;

	buf_add_literal(out,
			"Received: from relay." DOMAIN " by mx." DOMAIN "; ");
	add_date(out, item_text(item, "date"));
	buf_add_literal(out, "\r\n");
	if (json_size(hidden) != 0) {
		buf_add_literal(out, "X-Envelope-To: ");
		for (i = 0; i < json_size(hidden); i++) {
			buf_add_literal(out, i != 0 ? ",\r\n " : "");
			add_email(out, json_item(hidden, i));
		}
		buf_add_literal(out, "\r\n");
	}
	buf_add_literal(out, "From: ");
	add_mailbox(out, json_get(item, "from"));
	buf_add_literal(out, "\r\n");
	add_header(out, "To", json_get(item, "to"));
	add_header(out, "Cc", json_get(item, "cc"));
	buf_add_literal(out, "Date: ");
	add_date(out, item_text(item, "date"));
	buf_printf(out, "\r\nMessage-ID: <%.*s@" DOMAIN ">\r\nSubject: ",
		   SPAN_ARG(item_text(item, "id")));
	add_word(out, item_text(item, "subject"));
	if (span_is(item_text(item, "reply"), "automatic"))
		buf_add_literal(out, "\r\nAuto-Submitted: auto-replied");
	buf_add_literal(out, "\r\nMIME-Version: 1.0\r\n");
}

static void
add_body(struct buf *out, const struct json *item)
{
	const struct json *attachment = json_get(item, "attachment");
	struct span name = item_text(attachment, "name");
	struct span text = item_text(attachment, "text");
	bool multi = name.len != 0 && text.len != 0;

	if (multi)
		buf_add_literal(out, "Content-Type: multipart/mixed; "
				     "boundary=\"b--b\"\r\n\r\n--b--b\r\n");
	buf_add_literal(out, "Content-Type: text/plain; charset=utf-8\r\n"
			     "Content-Transfer-Encoding: 8bit\r\n\r\n");
	add_lines(out, item_text(item, "body"), "");
	if (item_text(item, "signature").len != 0) {
		buf_add_literal(out, "\r\n");
		add_lines(out, item_text(item, "signature"), "");
	}
	if (item_text(item, "quoted").len != 0) {
		buf_add_literal(out, "\r\n-----Original Message-----\r\n");
		add_lines(out, item_text(item, "quoted"), "> ");
	}
	if (!multi)
		return;
	buf_add_literal(out, "\r\n--b--b\r\nContent-Type: text/plain; "
			     "charset=utf-8\r\nContent-Disposition: attachment;"
			     " filename=\"");
	add_slug(out, span_sub(name, 0, 40));
	buf_add_literal(out, ".txt\"\r\nContent-Transfer-Encoding: 8bit"
			     "\r\n\r\n");
	add_lines(out, text, "");
	buf_add_literal(out, "\r\n--b--b--\r\n");
}

int
item_read(const struct batches *batches, const struct item *item,
	  struct arena *arena, struct exhibit *ret_exhibit, struct error *err)
{
	const struct span header = span_of("X-Envelope-To");
	const struct span domain = span_of(DOMAIN);
	const struct message_trust trust = {
		.headers = &header,
		.header_count = 1,
		.domains = &domain,
		.domain_count = 1,
	};
	struct message_origin origin = { 0 };
	struct message *message;
	struct buf raw;
	int rc;

	buf_init(&raw, RAW_MAX);
	add_head(&raw, item->json);
	add_body(&raw, item->json);
	rc = message_read(arena_span(arena, buf_span(&raw)), &origin, &trust,
			  &message_limits_default, arena, &message, err);
	buf_clear(&raw);
	if (rc != 0)
		return -1;
	*ret_exhibit = (struct exhibit){
		.message = message,
		.people = batches->people[item->batch],
		.calendar = batches->calendar,
		.elections = item->in_period ? batches->always : NULL,
	};
	return 0;
}

/* Who writes an item that only teaches, about something else than replies, does
 * not look hard at its kind of reply. */
static bool
tells_reply(const struct item *item)
{
	struct span aim = item_text(item->json, "aim");

	return !item->teaches || aim.len == 0 || span_is(aim, "reply");
}

int
item_label(const struct item *item, const char *question)
{
	const struct json *labels = json_get(item->json, "labels");
	struct span value;

	if (strncmp(question, "reply=", 6) == 0) {
		value = item_text(item->json, "reply");
		return value.len == 0 || !tells_reply(item) ?
			       LABEL_EITHER :
			       span_is(value, question + 6);
	}
	if (strcmp(question, "enquiry") == 0 && !item->own)
		value = item_text(item->json, "enquiry");
	else
		value = item_text(labels, question);
	if (span_is(value, "yes"))
		return LABEL_YES;
	if (item->own && value.len == 0)
		return LABEL_EITHER;
	return span_is(value, "either") ? LABEL_EITHER : LABEL_NO;
}

struct span
item_key(const struct item *item)
{
	return item_text(item->json, "key");
}
