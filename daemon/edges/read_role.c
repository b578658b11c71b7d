/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <malloc.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "jail.h"
#include "read.h"
#include "read_private.h"
#include "wire_message.h"

enum {
	DRAIN_AT = 128 * 1024,
	DESCRIPTORS = 32,
	ARENA_SHARE = 2 /* of the memory, for the facts of one message */
};

/* The module of each is loaded before the jail and stays: conversions between
 * loaded ones need no file. What is not here reads as unknown character set.
 * IANA names; one of each family that shares a module. */
static const char *const charsets[] = {
	"ISO-8859-1",   "ISO-8859-2",   "ISO-8859-3",   "ISO-8859-4",
	"ISO-8859-5",   "ISO-8859-6",   "ISO-8859-7",   "ISO-8859-8",
	"ISO-8859-9",   "ISO-8859-10",  "ISO-8859-11",  "ISO-8859-13",
	"ISO-8859-14",  "ISO-8859-15",  "ISO-8859-16",  "WINDOWS-1250",
	"WINDOWS-1251", "WINDOWS-1252", "WINDOWS-1253", "WINDOWS-1254",
	"WINDOWS-1255", "WINDOWS-1256", "WINDOWS-1257", "WINDOWS-1258",
	"IBM437",       "IBM850",       "IBM852",       "IBM855",
	"IBM862",       "IBM866",       "MACINTOSH",    "KOI8-R",
	"KOI8-U",       "TIS-620",      "UTF-16",       "UTF-32",
	"UTF-7",        "GBK",          "GB18030",      "GB2312",
	"BIG5",         "BIG5-HKSCS",   "EUC-JP",       "SHIFT_JIS",
	"WINDOWS-31J",  "ISO-2022-JP",  "EUC-KR",       "ISO-2022-KR",
	"UHC",          "HZ-GB-2312",   "EUC-TW",       "VISCII",
	"ARMSCII-8",    "GEORGIAN-PS",  "CP874",        "MAC-CYRILLIC",
};

struct reader {
	struct wire *wire;
	read_function *read;
	struct read_settings settings;
	struct read_progress *progress;
	struct arena *arena;
	struct buf body;
};

/* One message of a slice, copied out of the frame. */
struct order {
	uint64_t index, offset, length;
	time_t date;
	bool plain; /* without the text of attachments */
};

struct slice {
	uint64_t serial;
	struct message_origin origin;
	char owner[BATCH_NAME_MAX + 1];
	struct order orders[SLICE_ITEMS_MAX];
	size_t count;
	uint64_t start, end; /* of all of them, in the file */
};

static void
load_charsets(void)
{
	size_t i;

	/* Never closed, so that the modules stay. */
	for (i = 0; i < ARRAY_SIZE(charsets); i++)
		(void)iconv_open("UTF-8", charsets[i]);
	tzset();
}

/* Reads one message of our own making, so that what libraries do on first use
 * is done while they still may open files. */
static void
warm_up(struct reader *reader)
{
	static const char sample[] =
		"From: =?iso-8859-15?Q?A=A4?= <a@example.org>\r\n"
		"To: b@example.org\r\n"
		"Subject: =?utf-8?B?w6k=?=\r\n"
		"Date: Tue, 06 Jan 2026 09:12:13 +0000\r\n"
		"Message-ID: <warm-up@example.org>\r\n"
		"MIME-Version: 1.0\r\n"
		"Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n"
		"--b\r\nContent-Type: text/plain; charset=windows-1252\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
		"It=92s here.\r\n"
		"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
		"<p>It&rsquo;s <b>here</b>.</p>\r\n--b--\r\n";
	struct message_origin origin = { .internal_date = 1 };
	struct message *message;
	struct error err;

	(void)reader->read((struct span){ sample, sizeof sample - 1 }, &origin,
			   &reader->settings.trust, &reader->settings.limits,
			   reader->arena, &message, &err);
	arena_clear(reader->arena);
}

static int
tell_state(struct reader *reader, const struct error *why)
{
	struct error err;

	buf_empty(&reader->body);
	wire_put_flag(&reader->body, why == NULL);
	wire_put_string(&reader->body, why != NULL ? why->text : "");
	if (wire_queue(reader->wire, WIRE_STATE, buf_span(&reader->body), -1,
		       &err) != 0 ||
	    wire_drain(reader->wire, -1, &err) != 1)
		return -1;
	return 0;
}

static int
map_progress(struct reader *reader, struct error *err)
{
	void *page = mmap(NULL, PROGRESS_SIZE, PROT_READ | PROT_WRITE,
			  MAP_SHARED, ROLE_FIRST_FD, 0);

	if (page == MAP_FAILED)
		return error_set(err, ERROR_INTERNAL, "progress page: %s",
				 strerror(errno));
	close(ROLE_FIRST_FD);
	reader->progress = page;
	return 0;
}

/* Libraries print what they think of a message; that is nobody's to read. */
static void
silence(void)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (null < 0)
		return;
	(void)dup2(null, 1);
	(void)dup2(null, 2);
	close(null);
}

static int
begin(struct reader *reader, struct arena *forever, struct error *err)
{
	struct wire_frame frame;
	struct jail_limits limits = { .descriptors = DESCRIPTORS };

	if (wire_wait(reader->wire, -1, &frame, err) != 1)
		return -1;
	if (frame.kind != WIRE_SETTINGS)
		return error_set(err, ERROR_INTERNAL, "no settings came");
	if (read_get_settings(frame.body, forever, &reader->settings, err) !=
		    0 ||
	    map_progress(reader, err) != 0)
		return -1;
	limits.memory = reader->settings.memory_max;
	reader->arena = arena_new(limits.memory / ARENA_SHARE);
	/* Large blocks go back to the system at once. */
	(void)mallopt(M_MMAP_THRESHOLD, 256 * 1024);
	(void)mallopt(M_TRIM_THRESHOLD, 4 * 1024 * 1024);
	load_charsets();
	warm_up(reader);
	silence();
	return jail_enter(JAIL_READ, &limits, err);
}

static int
get_slice(struct span body, struct slice *slice)
{
	struct wire_reader reader = wire_reader_of(body);
	struct span owner;
	size_t i;

	slice->serial = (uint64_t)wire_get_number(&reader, 0, INT64_MAX);
	owner = wire_get_text(&reader, BATCH_NAME_MAX);
	if (owner.len != 0)
		memcpy(slice->owner, owner.ptr, owner.len);
	slice->origin.owner =
		(struct span){ .ptr = slice->owner, .len = owner.len };
	slice->origin.journal_mailbox = wire_get_flag(&reader);
	slice->origin.sent_folder = wire_get_flag(&reader);
	slice->count = wire_get_count(&reader, SLICE_ITEMS_MAX);
	slice->start = UINT64_MAX;
	slice->end = 0;
	for (i = 0; i < slice->count; i++) {
		struct order *order = &slice->orders[i];

		order->index =
			(uint64_t)wire_get_number(&reader, 0, BATCH_ITEMS_MAX);
		order->offset =
			(uint64_t)wire_get_number(&reader, 0, BATCH_BYTES_MAX);
		order->length =
			(uint64_t)wire_get_number(&reader, 0, BATCH_BYTES_MAX);
		order->date = wire_get_number(&reader, 0, INT64_MAX);
		order->plain = wire_get_flag(&reader);
		if (order->offset < slice->start)
			slice->start = order->offset;
		if (order->offset + order->length > slice->end)
			slice->end = order->offset + order->length;
	}
	return wire_done(&reader) && slice->count != 0 ? 0 : -1;
}

static void
put_answer(struct reader *reader, const struct slice *slice,
	   const struct order *order, const struct message *message,
	   const char *why)
{
	buf_empty(&reader->body);
	wire_put_number(&reader->body, (int64_t)slice->serial);
	wire_put_number(&reader->body, (int64_t)order->index);
	wire_put_flag(&reader->body, message != NULL);
	if (message != NULL)
		wire_put_message(&reader->body, message);
	else
		wire_put_bytes(&reader->body,
			       span_sub(span_of(why), 0, WHY_MAX));
	if (reader->body.cut)
		put_answer(reader, slice, order, NULL,
			   "there is more text in it than can be taken in");
}

static int
answer(struct reader *reader, const struct slice *slice,
       const struct order *order, struct span raw, struct error *err)
{
	struct message_origin origin = slice->origin;
	struct message_limits limits = reader->settings.limits;
	struct message *message = NULL;
	struct error why = { 0 };

	atomic_store(&reader->progress->at,
		     slice->serial << 16 | (order->index + 1));
	origin.internal_date = order->date;
	if (order->plain)
		limits.attachment_text = 0;
	arena_clear(reader->arena);
	if (reader->read(raw, &origin, &reader->settings.trust, &limits,
			 reader->arena, &message, &why) != 0)
		message = NULL;
	put_answer(reader, slice, order, message, why.text);
	atomic_store(&reader->progress->at, 0);
	if (wire_queue(reader->wire, WIRE_FACTS, buf_span(&reader->body), -1,
		       err) != 0)
		return -1;
	if (wire_queued(reader->wire) > DRAIN_AT &&
	    wire_drain(reader->wire, -1, err) != 1)
		return -1;
	return 0;
}

static int
do_slice(struct reader *reader, const struct wire_frame *frame,
	 struct slice *slice, struct error *err)
{
	const uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
	uint64_t start;
	size_t size, i;
	char *map;
	int rc = 0;

	if (frame->kind != WIRE_SLICE || get_slice(frame->body, slice) != 0) {
		if (frame->fd >= 0)
			close(frame->fd);
		return error_set(err, ERROR_INTERNAL, "no slice came");
	}
	start = slice->start / page * page;
	size = (size_t)(slice->end - start);
	map = mmap(NULL, size != 0 ? size : 1, PROT_READ, MAP_SHARED, frame->fd,
		   (off_t)start);
	close(frame->fd);
	if (map == MAP_FAILED)
		return error_set(err, ERROR_INTERNAL, "batch: %s",
				 strerror(errno));
	for (i = 0; i < slice->count && rc == 0; i++) {
		const struct order *order = &slice->orders[i];
		struct span raw = { .ptr = map + (order->offset - start),
				    .len = (size_t)order->length };

		rc = answer(reader, slice, order, raw, err);
	}
	(void)munmap(map, size != 0 ? size : 1);
	return rc == 0 ? wire_flush(reader->wire, err) : -1;
}

int
read_serve(struct wire *wire, read_function *read)
{
	struct reader reader = { .wire = wire, .read = read };
	struct arena *forever = arena_new(0);
	struct wire_frame frame;
	struct slice slice = { 0 };
	struct error err = { 0 };
	int rc;

	buf_init(&reader.body, FACTS_MAX);
	rc = begin(&reader, forever, &err);
	if (rc != 0)
		(void)tell_state(&reader, &err);
	else
		rc = tell_state(&reader, NULL);
	while (rc == 0 && wire_wait(wire, -1, &frame, &err) == 1)
		rc = do_slice(&reader, &frame, &slice, &err);
	/* The process ends here; its memory goes with it. */
	return rc != 0;
}

int
read_role(struct wire *wire)
{
	return read_serve(wire, message_read);
}
