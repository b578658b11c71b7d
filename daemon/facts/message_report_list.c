/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mail to many: newsletters and notices of lists; and what is none of them
 * although a list has passed it on, a person's word in a discussion.
 */
#include <string.h>

#include "message_report.h"

static void
set(struct reading *reading, const char *why)
{
	reading->message->automatic = AUTOMATIC_BULK;
	reading->message->automatic_why = span_of(why);
}

static bool
joins(char c)
{
	return c == '-' || c == '_' || c == '.';
}

/* Before or behind the rest of it, in lower case as addresses are kept. */
static bool
has_affix(struct span local, const char *word)
{
	size_t len = strlen(word);

	if (local.len < len + 2)
		return false;
	return (span_starts(local, word) && joins(local.ptr[len])) ||
	       (joins(local.ptr[local.len - len - 1]) &&
		span_is(span_sub(local, local.len - len, local.len), word));
}

bool
report_takes_no_reply(struct span email)
{
	static const char *const names[] = {
		"noreply",    "no-reply",     "no_reply",      "no.reply",
		"donotreply", "do-not-reply", "do_not_reply",  "do.not.reply",
		"dontreply",  "notification", "notifications", "mailer-daemon",
		"autoreply",  "auto-reply",   "autoresponder", "bounce",
		"dim-ateb",   "dimateb",      "unattended",
	};
	/* What is set before or behind names of these: "shop-noreply". */
	static const char *const affixes[] = { "noreply", "no-reply",
					       "no_reply", "donotreply",
					       "do-not-reply" };
	struct span local = span_sub(email, 0, span_find_byte(email, '@'));
	size_t i;

	local = span_sub(local, 0, span_find_byte(local, '+'));
	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (span_is(local, names[i]))
			return true;
	for (i = 0; i < ARRAY_SIZE(affixes); i++)
		if (has_affix(local, affixes[i]))
			return true;
	return false;
}

/* One that a machine, an office or the list itself writes from. */
static bool
is_office(struct span local)
{
	static const char *const names[] = {
		"news",      "newsletter", "list",          "lists",
		"info",      "announce",   "announcements", "admin",
		"support",   "updates",    "alerts",        "digest",
		"marketing", "mail",       "subscriptions", "editor",
		"webmaster", "service",    "services",      "cron",
		"root",      "daemon",     "robot",         "bot",
	};
	static const char *const ends[] = { "-owner",   "-request", "-admin",
					    "-bounces", "-bounce",  "-digest",
					    "-announce" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (span_is(local, names[i]))
			return true;
	for (i = 0; i < ARRAY_SIZE(ends); i++)
		if (local.len > strlen(ends[i]) &&
		    span_is(span_sub(local, local.len - strlen(ends[i]),
				     local.len),
			    ends[i]))
			return true;
	return false;
}

/* A mail program or a thread: signs of a person at work. */
static bool
shows_a_person(const struct part *top)
{
	static const char *const names[] = { "In-Reply-To",  "References",
					     "User-Agent",   "X-Mailer",
					     "X-MimeOLE",    "X-MS-Has-Attach",
					     "Thread-Index", "Thread-Topic" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (part_has_header(top, names[i]))
			return true;
	return span_find_nocase(part_header(top, "Message-ID"),
				"@mail.gmail.com>") <
	       part_header(top, "Message-ID").len;
}

/* What somebody wrote to a discussion: one may post to the list (RFC 2369
 * section 3.4), and no sender of newsletters or campaigns sends it. Where the
 * list has put itself into From, nobody can tell whose words they are. */
static bool
is_post(struct reading *reading, const struct part *top)
{
	static const char *const campaigns[] = { "List-Unsubscribe-Post",
						 "Feedback-ID", "X-CampaignId",
						 "X-Campaign-Id" };
	struct span email = reading->message->from.email;
	struct span local = span_sub(email, 0, span_find_byte(email, '@'));
	struct span post = part_header(top, "List-Post");
	struct span precedence = report_keyword(part_header(top, "Precedence"));
	size_t i;

	for (i = 0; i < ARRAY_SIZE(campaigns); i++)
		if (part_has_header(top, campaigns[i]))
			return false;
	return span_find_nocase(post, "mailto:") < post.len && email.len != 0 &&
	       !span_is_nocase(precedence, "bulk") &&
	       !span_is_nocase(precedence, "junk") &&
	       span_find_nocase(post, arena_span(reading->arena, email).ptr) ==
		       post.len &&
	       !report_takes_no_reply(email) && !is_office(local) &&
	       shows_a_person(top);
}

/* The sender calls itself one that only ever writes to many: a newsletter, a
 * feed, the owner of a list. */
static bool
is_mailing(struct reading *reading)
{
	static const char *const names[] = {
		"newsletter", "newsletters", "enews",    "mailings",
		"rss",        "rssfeeds",    "feed",     "feeds",
		"digest",     "nobody",      "announce", "announcements"
	};
	struct span email = reading->message->from.email;
	size_t at = span_find_byte(email, '@'), i;
	struct span local = span_sub(email, 0, at);
	struct span host = span_sub(email, at + 1, email.len);
	struct span name = reading->message->from.name;

	host = span_sub(host, 0, span_find_byte(host, '.'));
	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (span_is(local, names[i]) || span_is(host, names[i])) {
			set(reading, "sender writes to many only");
			return true;
		}
	if (span_find_nocase(name, "newsletter") < name.len) {
		set(reading, "sender is called a newsletter");
		return true;
	}
	if (!span_starts_nocase(local, "owner-"))
		return false;
	set(reading, "sender is the owner of a list");
	return true;
}

bool
report_bulk(struct reading *reading, const struct part *top)
{
	static const char *const names[] = {
		"List-Id",        "List-Unsubscribe", "List-Post",
		"X-Mailing-List", "Mailing-List",     "X-CampaignId",
		"X-Campaign-Id",  "Feedback-ID"
	};
	static const char *const values[] = { "bulk", "list", "junk" };
	struct span precedence = report_keyword(part_header(top, "Precedence"));
	size_t i;

	if (is_post(reading, top))
		return false;
	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (part_has_header(top, names[i])) {
			set(reading, names[i]);
			return true;
		}
	for (i = 0; i < ARRAY_SIZE(values); i++)
		if (span_is_nocase(precedence, values[i])) {
			set(reading, "Precedence");
			return true;
		}
	return is_mailing(reading);
}
