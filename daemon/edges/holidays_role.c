/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/json.h"
#include "holidays.h"
#include "jail.h"

enum {
	DESCRIPTORS = 64,
	MEMORY_MAX = 512 * 1024 * 1024,
	PATH_TEXT_MAX = 4096,
	REDIRECTIONS_MAX = 3
};

static size_t
on_data(char *data, size_t size, size_t count, void *context)
{
	struct buf *document = context;

	buf_add(document, (struct span){ .ptr = data, .len = size * count });
	return document->cut ? 0 : size * count;
}

static int
download(const char *url, const char *ca_file, struct buf *document,
	 struct error *err)
{
	CURL *curl = curl_easy_init();
	long status = 0;
	CURLcode result;

	if (curl == NULL)
		abort();
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
	curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)REDIRECTIONS_MAX);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION,
			 (long)CURL_SSLVERSION_TLSv1_2);
	if (ca_file[0] != '\0')
		curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)HOLIDAYS_DEADLINE_S);
	curl_easy_setopt(curl, CURLOPT_MAXFILESIZE, (long)HOLIDAYS_BYTES_MAX);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "clerkd");
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_data);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, document);
	result = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_cleanup(curl);
	if (result != CURLE_OK)
		return error_set(err, ERROR_TEMPORARY, "%s",
				 document->cut ? "the answer is too long" :
						 curl_easy_strerror(result));
	if (status != 200)
		return error_set(err, ERROR_TEMPORARY,
				 "the server answered %ld", status);
	return 0;
}

static void
put_days(struct buf *body, const struct holiday_list *list)
{
	char day[16];
	size_t i;

	wire_put_flag(body, true);
	wire_put_number(body, (int64_t)list->count);
	for (i = 0; i < list->count; i++) {
		const struct holiday *holiday = &list->at[i];

		snprintf(day, sizeof day, "%04d-%02d-%02d",
			 holiday->day.year % 10000, holiday->day.month % 100,
			 holiday->day.day % 100);
		wire_put_number(body, holiday->division);
		wire_put_string(body, day);
		wire_put_text(body, holiday->title);
	}
}

static int
work(struct wire *wire, struct arena *arena, struct holiday_list *list,
     struct error *err)
{
	struct jail_limits limits = { .memory = MEMORY_MAX,
				      .descriptors = DESCRIPTORS };
	struct wire_frame frame;
	struct wire_reader reader;
	struct json *document = NULL;
	struct buf bytes;
	const char *url, *ca_file;
	int rc;

	if (wire_wait(wire, -1, &frame, err) != 1)
		return -1;
	reader = wire_reader_of(frame.body);
	url = arena_span(arena, wire_get_text(&reader, PATH_TEXT_MAX)).ptr;
	ca_file = arena_span(arena, wire_get_text(&reader, PATH_TEXT_MAX)).ptr;
	if (frame.kind != WIRE_SETTINGS || !wire_done(&reader))
		return error_set(err, ERROR_INTERNAL, "no settings came");
	if (curl_global_init(CURL_GLOBAL_ALL) != CURLE_OK)
		return error_set(err, ERROR_INTERNAL, "libcurl does not start");
	buf_init(&bytes, HOLIDAYS_BYTES_MAX);
	rc = jail_enter(JAIL_SEND, &limits, err);
	if (rc == 0)
		rc = download(url, ca_file, &bytes, err);
	if (rc == 0) {
		document = json_parse(buf_span(&bytes), err);
		rc = document != NULL ?
			     holidays_read(document, arena, list, err) :
			     -1;
	}
	json_free(document);
	buf_clear(&bytes);
	return rc;
}

int
holidays_role(struct wire *wire)
{
	struct arena *arena = arena_new(0);
	struct holiday_list list = { 0 };
	struct error err = { 0 };
	struct buf body;
	int rc = work(wire, arena, &list, &err);

	buf_init(&body, HOLIDAYS_BYTES_MAX);
	if (rc == 0) {
		put_days(&body, &list);
	} else {
		wire_put_flag(&body, false);
		wire_put_string(&body, err.text);
	}
	rc = wire_queue(wire, WIRE_ANSWER, buf_span(&body), -1, &err);
	if (rc == 0)
		rc = wire_drain(wire, -1, &err) == 1 ? 0 : -1;
	buf_clear(&body);
	arena_free(arena);
	return rc != 0;
}
