/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "fetch_imap_private.h"

enum {
	LINE_MAX_BYTES = 8192,
	ANSWER_MS = 30000 /* to "+" and to the end after DONE */
};

/* What a line in IDLE may be (RFC 2177). Untagged ones also come before the
 * "+", which the library's own IDLE waits for in vain (D15.8). */
enum line_kind {
	LINE_GO_AHEAD, /* + */
	LINE_NEWS,     /* * n EXISTS, or anything else that may mean mail */
	LINE_NOTHING,  /* * OK Still here */
	LINE_BYE,
	LINE_DONE,   /* our tag, OK */
	LINE_REFUSED /* our tag, NO or BAD */
};

struct idle {
	struct imap *imap;
	struct fetcher *fetcher;
	char tag[24];
	bool news;
};

static int
say(struct idle *idle, const char *words, struct error *err)
{
	mailstream *stream = idle->imap->session->imap_stream;

	line_deadline(idle->imap->line, ANSWER_MS);
	if (mailstream_write(stream, words, strlen(words)) < 0 ||
	    mailstream_flush(stream) < 0)
		return imap_failed(idle->imap, "waiting", MAILIMAP_ERROR_STREAM,
				   err);
	return 0;
}

static enum line_kind
kind_of(const struct idle *idle, struct span line)
{
	size_t tag = strlen(idle->tag);

	if (span_starts(line, "+"))
		return LINE_GO_AHEAD;
	if (span_starts(line, idle->tag))
		return span_starts_nocase(span_sub(line, tag, line.len),
					  " ok") ?
			       LINE_DONE :
			       LINE_REFUSED;
	if (span_starts_nocase(line, "* bye"))
		return LINE_BYE;
	if (span_ends_nocase(line, " exists") ||
	    span_ends_nocase(line, " expunge"))
		return LINE_NEWS;
	return LINE_NOTHING;
}

/* One whole line. The bytes of it may be on their way still. */
static int
read_line(struct idle *idle, char *room, size_t size, struct span *ret_line,
	  struct error *err)
{
	mailstream *stream = idle->imap->session->imap_stream;
	size_t len = 0;
	char byte = '\0';

	line_deadline(idle->imap->line, ANSWER_MS);
	line_budget(idle->imap->line, IMAP_BUDGET);
	while (byte != '\n') {
		if (len == size)
			return error_set(err, ERROR_TEMPORARY,
					 "waiting: a line without end");
		if (mailstream_read(stream, &byte, 1) != 1)
			return imap_failed(idle->imap, "waiting",
					   MAILIMAP_ERROR_STREAM, err);
		room[len++] = byte;
	}
	*ret_line = span_trim((struct span){ .ptr = room, .len = len });
	return 0;
}

/* Takes one line; what it is in *ret_kind. */
static int
take_line(struct idle *idle, enum line_kind *ret_kind, struct error *err)
{
	char room[LINE_MAX_BYTES];
	struct span line;

	if (read_line(idle, room, sizeof room, &line, err) != 0)
		return -1;
	*ret_kind = kind_of(idle, line);
	if (*ret_kind == LINE_BYE)
		return error_set(err, ERROR_TEMPORARY,
				 "the server said good-bye");
	idle->news = idle->news || *ret_kind == LINE_NEWS;
	return 0;
}

/* Lines until the one that ends this part of the talk. */
static int
take_until(struct idle *idle, enum line_kind end, enum line_kind *ret_kind,
	   struct error *err)
{
	unsigned lines;

	for (lines = 0; lines < LINE_MAX_BYTES; lines++) {
		if (take_line(idle, ret_kind, err) != 0)
			return -1;
		if (*ret_kind == end || *ret_kind == LINE_DONE ||
		    *ret_kind == LINE_REFUSED)
			return 0;
	}
	return error_set(err, ERROR_TEMPORARY,
			 "waiting: the server talks without end");
}

/* Is a line, or a part of it, there already? 1, 0, -1. */
static int
has_bytes(const struct idle *idle)
{
	if (idle->imap->session->imap_stream->read_buffer_len != 0)
		return 1;
	return line_poll(idle->imap->line);
}

static int
wait_for_news(struct idle *idle, long long timeout_ms, struct error *err)
{
	struct fetcher *fetcher = idle->fetcher;
	long long until = fetcher_now_ms() + timeout_ms, left;
	enum line_kind kind;
	int got;

	while (!idle->news && !fetcher->stop) {
		got = has_bytes(idle);
		if (got < 0)
			return imap_failed(idle->imap, "waiting",
					   MAILIMAP_ERROR_STREAM, err);
		if (got > 0) {
			if (take_line(idle, &kind, err) != 0)
				return -1;
			if (kind == LINE_DONE || kind == LINE_REFUSED)
				return error_set(err, ERROR_TEMPORARY,
						 "the server ended the wait");
			continue;
		}
		left = until - fetcher_now_ms();
		if (left <= 0)
			return 0;
		if (fetcher_wait(fetcher, left, line_fd(idle->imap->line),
				 err) != 0)
			return -1;
	}
	return 0;
}

int
imap_idle(struct imap *imap, struct fetcher *fetcher, long long timeout_ms,
	  struct error *err)
{
	struct idle idle = { .imap = imap, .fetcher = fetcher };
	enum line_kind kind;
	char command[40];

	snprintf(idle.tag, sizeof idle.tag, "idle%u", ++imap->idle_tag);
	snprintf(command, sizeof command, "%s IDLE\r\n", idle.tag);
	if (say(&idle, command, err) != 0 ||
	    take_until(&idle, LINE_GO_AHEAD, &kind, err) != 0)
		return -1;
	if (kind != LINE_GO_AHEAD) {
		imap->has_idle = false; /* it said it could; never mind */
		return 0;
	}
	if (wait_for_news(&idle, timeout_ms, err) != 0 ||
	    say(&idle, "DONE\r\n", err) != 0)
		return -1;
	return take_until(&idle, LINE_DONE, &kind, err);
}
