/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

/* Mail systems' mail: the fuzzer writes the two parts that matter, the frame
 * around them is always right. */
static const struct {
	const char *head, *middle, *tail;
} frames[] = {
	/* a journal report: its lines, and the message that it reports */
	{ "From: e@x.example\nTo: j@x.example\nX-MS-Journal-Report: \n"
	  "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n",
	  "\n--b\nContent-Type: message/rfc822\n\n", "\n--b--\n" },
	/* one that came back */
	{ "From: <>\nContent-Type: multipart/report; boundary=c\n\n--c\n\n"
	  "sorry\n--c\nContent-Type: message/rfc822\n\n"
	  "To: j@x.example\nX-MS-Journal-Report: \n"
	  "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n",
	  "\n--b\nContent-Type: message/rfc822\n\n", "\n--b--\n\n--c--\n" },
	{ "From: <>\nContent-Type: multipart/report; boundary=b; "
	  "report-type=delivery-status\n\n--b\n"
	  "Content-Type: message/delivery-status\n\n",
	  "\n--b\nContent-Type: text/rfc822-headers\n\n", "\n--b--\n" },
	{ "From: a@x.example\nContent-Type: multipart/report; boundary=b; "
	  "report-type=disposition-notification\n\n--b\n"
	  "Content-Type: message/disposition-notification\n\n",
	  "\n--b\nContent-Type: message/rfc822\n\n", "\n--b--\n" },
	{ "From: a@x.example\nContent-Type: multipart/report; boundary=b\n\n"
	  "--b\nContent-Type: message/feedback-report\n\n",
	  "\n--b\nContent-Type: message/rfc822\n\n", "\n--b--\n" },
	{ "From: a@x.example\nContent-Type: multipart/alternative; "
	  "boundary=b\n\n--b\nContent-Type: text/calendar\n\n",
	  "\n--b\n\n", "\n--b--\n" },
	/* a bounce in its own words: subject, text */
	{ "From: MAILER-DAEMON@x.example\nSubject: ", "\n\n", "" },
	/* an answer of a machine: its fields, its text */
	{ "From: a@x.example\n", "\n\n", "" },
	/* a journal report whose message is wrapped in TNEF */
	{ "From: e@x.example\nTo: j@x.example\nX-MS-Journal-Report: \n"
	  "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n",
	  "\n--b\nContent-Type: application/ms-tnef\n\n", "\n--b--\n" },
	/* what the council's own border says of the sender */
	{ "From: a@x.example\nAuthentication-Results: ",
	  "\nReceived: from a by b\nAuthentication-Results: ", "\n\nhi\n" },
};

/* The first byte chooses the frame, a form feed parts the two. */
int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	const struct message_trust trust = sample_trust(size % 2 != 0);
	const struct message_origin origin = { .journal_mailbox = true };
	struct span rest = { .ptr = (const char *)data, .len = size };
	struct arena *arena;
	struct message *message;
	struct error err;
	struct buf raw;
	size_t frame;

	if (size == 0)
		return 0;
	frame = data[0] % ARRAY_SIZE(frames);
	rest = span_sub(rest, 1, size);
	buf_init(&raw, size + 1024);
	buf_add_literal(&raw, frames[frame].head);
	buf_add(&raw, sample_part(&rest, '\f'));
	buf_add_literal(&raw, frames[frame].middle);
	buf_add(&raw, rest);
	buf_add_literal(&raw, frames[frame].tail);
	arena = arena_new(0);
	if (message_read(buf_span(&raw), &origin, &trust,
			 &message_limits_default, arena, &message, &err) == 0)
		sample_check(message);
	arena_free(arena);
	buf_clear(&raw);
	return 0;
}
