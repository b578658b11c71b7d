/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SENT_H
#define SENT_H
/* A desk together with what it sent last, for tests of the outbox. */
#include "desk.h"

static const struct mail one_enquiry[] = {
	{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry",
	  .subject = "Lamp posts in Quay Street",
	  .text = "Dear Nat\n\nThree lamps are out. When will they be "
		  "mended?" },
};

static const struct mail two_enquiries[] = {
	{ "e1", "2026-03-03 09:12", "olu", "kerb", .says = "enquiry",
	  .subject = "Lamps" },
	{ "e2", "2026-03-03 09:13", "bea", "kerb", .says = "enquiry",
	  .subject = "Bins" },
};

struct sent {
	struct desk desk;
	struct buf to, text;
};

static inline int
sent_setup(void **state)
{
	struct sent *sent = calloc(1, sizeof(*sent));

	desk_open(&sent->desk, ":memory:");
	buf_init(&sent->to, 1 << 16);
	buf_init(&sent->text, 1 << 20);
	*state = sent;
	return 0;
}

static inline int
sent_teardown(void **state)
{
	struct sent *sent = *state;

	desk_close(&sent->desk);
	buf_clear(&sent->to);
	buf_clear(&sent->text);
	free(sent);
	return 0;
}

static inline size_t
send_all(struct sent *sent, const char *now)
{
	buf_empty(&sent->to);
	buf_empty(&sent->text);
	return desk_send(&sent->desk, now, NULL, &sent->to, &sent->text);
}

/* Words may be broken over lines; a header is asked for with its CRLF. */
static inline void
assert_says(struct sent *sent, const char *words)
{
	char *folded = strdup(desk_text(&sent->text));

	for (char *at = folded; !strstr(words, "\r\n") && *at; at++)
		if (at[0] == '\r' && at[1] == '\n') {
			at[0] = ' ';
			memmove(at + 1, at + 2, strlen(at + 2) + 1);
		}
	if (!strstr(folded, words))
		fail_msg("no \"%s\" in:\n%s", words, folded);
	free(folded);
}

static inline void
assert_says_not(struct sent *sent, const char *words)
{
	if (strstr(desk_text(&sent->text), words))
		fail_msg("\"%s\" in:\n%s", words, sent->text.ptr);
}

#define SENT_TEST(f) \
	cmocka_unit_test_setup_teardown(f, sent_setup, sent_teardown)

#endif
