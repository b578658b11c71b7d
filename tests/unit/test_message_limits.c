/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hostile mail: each generator makes a message of a megabyte or so that hurts
 * one kind of parser (nesting, counts, odd bytes). It must be read, cut with a
 * warning where it is too much, and take no longer than anything of its size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "tests/support/mail.h"

enum {
	SLOW_MS = 3000 /* generous: sanitizers and busy machines run this */
};

static const struct {
	const char *name, *head, *unit;
	unsigned times;
	const char *tail, *warning;
} hostile[] = {
	{ "groups", "To: ", "g:", 400000, "\n\nhi", "header" },
	{ "comments in To", "To: ", "(", 1000000, "\n\nhi", "header" },
	{ "comments in a type", "Content-Type: ", "(", 1000000, "\n\nhi",
	  "header" },
	{ "fields", "", "X-A: b\n", 100000, "\nhi", "header" },
	{ "addresses", "To: ", "a@b.example, ", 80000, "\n\nhi", "header" },
	{ "references", "References: ", "<a@b> ", 150000, "\n\nhi",
	  "references" },
	{ "encoded words", "Subject: ", "=?utf-8?q?a?= ", 60000, "\n\nhi",
	  NULL },
	{ "parameters", "Content-Type: text/plain", "; a=b", 150000, "\n\nhi",
	  NULL },
	{ "parts", "Content-Type: multipart/mixed; boundary=b\n\n",
	  "--b\n\nx\n", 100000, "--b--\n", "parts: too many" },
	{ "messages in messages", "", "Content-Type: message/rfc822\n\n", 30000,
	  "hi", "nested too deep" },
	{ "quote signs", "\n", ">", 1000000, "\n", NULL },
	{ "quoted blank lines", "\n", ">\n", 400000, "", "too many lines" },
	{ "attributions", "\n", "On 1 Jan 2026 a@b.example wrote:\n> x\n\n",
	  20000, "", "quotes: too many" },
	{ "attributions with other signs", "\n",
	  "On 1 Jan 2026 a@b.example wrote:\n# x\n", 25000, "", NULL },
	{ "half attributions", "\n", "wrote:\n", 100000, "", NULL },
	{ "half blocks", "\n", "To: a\nFrom: b\n", 50000, "", NULL },
	{ "closings", "\n", "Kind regards\n\nJo\n\n", 40000, "", NULL },
	{ "delimiters", "\n", "-- \n", 200000, "", NULL },
	{ "letters", "\n", "Dear Mr X,\n\na b c d\n\nYours sincerely\nY\n\n",
	  15000, "", NULL },
	{ "blank lines", "\n", "\n", 1000000, "x", "lines" },
	{ "one line", "\n", "a", 4000000, "", "text: too long" },
	{ "control bytes", "\n\1", "\1", 1000000, "x", NULL },
	{ "open tags", "Content-Type: text/html\n\n", "<b>", 300000, "x",
	  "nested too deep" },
	{ "stray tags", "Content-Type: text/html\n\n", "<b></i>", 100000, "x",
	  "nested too deep" },
	{ "block quotes", "Content-Type: text/html\n\n", "<blockquote>", 80000,
	  "x", "nested too deep" },
	{ "ampersands", "Content-Type: text/html\n\n", "&", 1000000, "x",
	  "odd markup" },
	{ "tags in attributes", "Content-Type: text/html\n\n", "<b c=\"",
	  200000, "x", "odd markup" },
	{ "comments", "Content-Type: text/html\n\n", "<!--", 200000, "x",
	  NULL },
	{ "crossed tags", "Content-Type: text/html\n\n", "<i><div></i>", 150000,
	  "x", "flattened" },
	{ "cells and stray tags", "Content-Type: text/html\n\n",
	  "<table><td></div></b>", 90000, "x", "flattened" },
	{ "paragraphs", "Content-Type: text/html\n\n", "<div><p>x", 150000, "x",
	  "flattened" },
	{ "deep quotes in attributes", "Content-Type: text/html\n\n",
	  "<b c='<b>'>", 170000, "x", "flattened" },
	{ "deep comments", "Content-Type: text/html\n\n", "<b><!--", 250000,
	  "x", NULL },
	{ "deep signs", "Content-Type: text/html\n\n", "<b><", 400000, "x",
	  "flattened" },
};

static struct span
build(struct arena *arena, size_t row)
{
	size_t head = strlen(hostile[row].head);
	size_t unit = strlen(hostile[row].unit);
	size_t tail = strlen(hostile[row].tail);
	static const char from[] = "From: a@b.example\n";
	size_t len = sizeof from - 1 + head + unit * hostile[row].times + tail;
	char *raw = arena_alloc(arena, len + 1), *at = raw;
	unsigned i;

	at = (char *)memcpy(at, from, sizeof from - 1) + sizeof from - 1;
	at = (char *)memcpy(at, hostile[row].head, head) + head;
	for (i = 0; i < hostile[row].times; i++)
		at = (char *)memcpy(at, hostile[row].unit, unit) + unit;
	memcpy(at, hostile[row].tail, tail);
	return (struct span){ .ptr = raw, .len = len };
}

static long
milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
test_hostile_mail_is_cut_and_said_so(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(hostile); i++) {
		struct arena *bytes = arena_new(0);
		struct span raw = build(bytes, i);
		struct mail mail;
		long start;

		mail_open(&mail);
		start = milliseconds();
		assert_int_equal(mail_read(&mail, raw), 0);
		if (milliseconds() - start > SLOW_MS)
			fail_msg("%s takes too long", hostile[i].name);
		if (hostile[i].warning != NULL &&
		    !mail_warns(&mail, hostile[i].warning))
			fail_msg("%s: no warning", hostile[i].name);
		assert_true(text_utf8_valid(mail.message->body));
		mail_close(&mail);
		arena_free(bytes);
	}
}

/* The library would compare each name with all the others. What stands behind
 * the tag must be read nevertheless, or it were a way to hide words. */
static void
test_a_tag_of_very_many_attributes_hides_nothing(void **state)
{
	static const struct {
		const char *before, *end, *want;
	} tags[] = {
		{ "<p", ">seen", "seen" },
		{ "<p", " b='>'/>seen", "seen" },
		{ "<p", " c-->seen", "seen" },
		{ "x<!-- <p", " c-->seen", "xseen" },
		{ "x<!-- <p", " c='-->seen", "xseen" },
		{ "<script>i<p", "</script>seen", "seen" },
	};
	size_t i, k;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(tags); i++) {
		struct mail mail;
		struct buf raw;
		long start;

		buf_init(&raw, 4 << 20);
		buf_printf(&raw,
			   "From: a@b.example\nContent-Type: text/html\n\n%s",
			   tags[i].before);
		for (k = 0; k < 150000; k++)
			buf_printf(&raw, " a%zx=b", k);
		buf_printf(&raw, "%s\n", tags[i].end);
		mail_open(&mail);
		start = milliseconds();
		assert_int_equal(mail_read(&mail, buf_span(&raw)), 0);
		if (milliseconds() - start > SLOW_MS)
			fail_msg("%s takes too long", tags[i].before);
		assert_span(mail.message->body, tags[i].want);
		assert_true(mail_warns(&mail, "odd markup"));
		mail_close(&mail);
		buf_clear(&raw);
	}
}

enum { LEVELS = 10000 };

static const struct deep {
	const char *name, *open, *inside, *close, *behind;
	const char *body, *quoted; /* wanted */
} deep[] = {
	{ "divisions", "<div>", "in", "</div>", "<p>out", "in\n\nout", "" },
	{ "styled", "<div style='margin:0'><span class=x>", "in",
	  "</span></div>", "<p>out", "in\n\nout", "" },
	{ "never closed", "<div><b>", "in", "", "<p>out", "in\nout", "" },
	{ "tables", "<table><tbody><tr><td>", "in<td>beside<tr><td>below",
	  "</td></tr></tbody></table>", "<p>out", "in beside\nbelow\n\nout",
	  "" },
	{ "lists", "<ul><li>", "in<li>next", "</ul>", "<p>out", NULL, "" },
	{ "crossed", "<i><div></i>", "in", "</i></div>", "<p>out", "in\n\nout",
	  "" },
	{ "paragraphs", "<div><p>", "in<p>more", "</div>", "<p>out",
	  "in\nmore\n\nout", "" },
	{ "quotes", "<blockquote type=cite>", "in", "</blockquote>", "<p>out",
	  "out", "in" },
	{ "a quote in divisions", "<div>",
	  "said<blockquote type=cite>in</blockquote>below", "</div>", "<p>out",
	  "said\n\nbelow\n\nout", "in" },
	{ "a quote in tables", "<table width=9><tr><td>",
	  "said<div class=gmail_quote>in</div>below", "</table>", "<p>out",
	  "said\n\nbelow\n\nout", "in" },
	{ "in a quote", "<div class=gmail_quote><div>", "in", "</div></div>",
	  "<p>out", "out", "in" },
	{ "hidden words", "<div>", "a<div style='display: none'>no</div>b",
	  "</div>", "<p>out", "a\nb\n\nout", "" },
	{ "in hidden words", "<div style='display:none'><div>", "no",
	  "</div></div>", "<p>out", "out", "" },
	{ "scripts", "<div>",
	  "a<!-- no -->b<style>no</style>c<script>if (a<b) no</script>d",
	  "</div>", "<p>out", "abcd\n\nout", "" },
	{ "signs", "<b>", "a < b &lt;br&gt; &amp;amp; <3", "</b>", " out",
	  "a < b <br> &amp; <3 out", "" },
	{ "unknown ones", "<o:p><x-y><div>", "in", "</div></x-y></o:p>",
	  "<p>out", "in\n\nout", "" },
};

static void
build_deep(const struct deep *row, struct buf *raw)
{
	unsigned i;

	buf_init(raw, 4 << 20);
	buf_add_literal(raw, "From: a@b.example\nContent-Type: text/html\n\n"
			     "<html><body>");
	for (i = 0; i < LEVELS; i++)
		buf_add_literal(raw, row->open);
	buf_add_literal(raw, row->inside);
	for (i = 0; i < LEVELS; i++)
		buf_add_literal(raw, row->close);
	buf_add_literal(raw, row->behind);
	buf_add_literal(raw, "</body></html>\n");
	assert_false(raw->cut);
}

static void
check_deep(const struct deep *row)
{
	struct mail mail;
	struct buf raw;
	long start;

	build_deep(row, &raw);
	mail_open(&mail);
	start = milliseconds();
	assert_int_equal(mail_read(&mail, buf_span(&raw)), 0);
	if (milliseconds() - start > SLOW_MS)
		fail_msg("%s takes too long", row->name);
	if (!mail_warns(&mail, "flattened") || mail_warns(&mail, "cut"))
		fail_msg("%s: not as it should warn", row->name);
	if (row->body != NULL && !span_is(mail.message->body, row->body))
		fail_msg("%s: body '%.*s'", row->name,
			 SPAN_ARG(span_sub(mail.message->body, 0, 200)));
	if (span_find(mail.message->body, "out") == mail.message->body.len ||
	    span_find(mail.message->quoted, row->quoted) ==
		    mail.message->quoted.len + (*row->quoted == '\0'))
		fail_msg("%s: quoted '%.*s'", row->name,
			 SPAN_ARG(span_sub(mail.message->quoted, 0, 200)));
	mail_close(&mail);
	buf_clear(&raw);
}

static void
test_markup_of_any_depth_hides_no_words(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(deep); i++)
		check_deep(&deep[i]);
}

/* Multiparts in multiparts: the innermost text is not worth a stack. */
static void
test_nested_multiparts_are_cut_at_the_depth_limit(void **state)
{
	struct arena *arena = arena_new(0);
	char *raw = arena_alloc(arena, 4000000), *at = raw;
	struct mail mail;
	unsigned i;

	(void)state;
	at += snprintf(at, 100, "From: a@b.example\n");
	for (i = 0; i < 20000; i++)
		at += snprintf(at, 100,
			       "Content-Type: multipart/mixed; "
			       "boundary=b%u\n\n--b%u\n",
			       i, i);
	at += snprintf(at, 100, "\nhi\n");
	mail_open(&mail);
	assert_int_equal(
		mail_read(&mail, (struct span){ .ptr = raw,
						.len = (size_t)(at - raw) }),
		0);
	assert_true(mail_warns(&mail, "nested too deep"));
	mail_close(&mail);
	arena_free(arena);
}

static void
test_the_limits_are_the_callers(void **state)
{
	struct mail mail;

	(void)state;
	mail_open(&mail);
	mail.limits.text = 10;
	mail.limits.addresses = 2;
	assert_int_equal(mail_read(&mail, span_of("From: a@b.example\n"
						  "To: a@b.example, b@b.example"
						  ", c@b.example\n\n"
						  "twelve bytes and more\n")),
			 0);
	assert_true(mail.message->body.len <= 10);
	assert_int_equal(mail.message->to.count, 2);
	assert_int_equal(mail.message->warning_count, 4);
	mail_close(&mail);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hostile_mail_is_cut_and_said_so),
		cmocka_unit_test(
			test_a_tag_of_very_many_attributes_hides_nothing),
		cmocka_unit_test(test_markup_of_any_depth_hides_no_words),
		cmocka_unit_test(
			test_nested_multiparts_are_cut_at_the_depth_limit),
		cmocka_unit_test(test_the_limits_are_the_callers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
