/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shape of signature blocks: a name, a post, ways to reach somebody.
 */
#include <string.h>
#include <strings.h>

#include "message_authored.h"

enum {
	BLOCK_LINE_MAX = 100, /* longest line of a signature block */
	BLOCK_LINES_MAX = 16,
	DASHED_MAX = 40,
	LINK_MAX = 48 /* longest link of a signature */
};

bool
block_is_rule(struct span line)
{
	static const char *const dashes[] = { "—", "–", "―", "─", "━", "•" };
	size_t units = 0, i;

	line = span_trim(line);
	if (span_is(line, "ᐧ")) /* left by a tracker of read mail */
		return true;
	while (line.len != 0) {
		size_t step = 0;

		if (strchr("-_=*~#+ .", line.ptr[0]) != NULL &&
		    line.ptr[0] != '\0')
			step = 1;
		for (i = 0; step == 0 && i < ARRAY_SIZE(dashes); i++)
			if (span_starts(line, dashes[i]))
				step = strlen(dashes[i]);
		if (step == 0)
			return false;
		units++;
		line = span_sub(line, step, line.len);
	}
	return units >= 2;
}

/* Telephone, address, link, postcode: what no sentence holds so. */
static bool
block_contact(struct span line)
{
	static const char *const starts[] = {
		"tel",      "t:",      "t.",       "m:",        "e:",
		"w:",       "f:",      "phone",    "mobile",    "mob",
		"fax",      "email:",  "e-mail:",  "web:",      "website",
		"www.",     "http",    "ext",      "direct",    "ffôn",
		"ebost",    "e-bost",  "d:",       "telephone", "office:",
		"cell",     "twitter", "facebook", "@",         "skype",
		"address:", "postal",  "pronouns", "rhif",
	};
	size_t i, digits = 0;

	line = notice_bare(line);
	for (i = 0; i < line.len; i++)
		digits += byte_is_digit(line.ptr[i]);
	if (digits >= 7 && notice_word_count(line) <= 12)
		return true;
	for (i = 0; i < ARRAY_SIZE(starts); i++)
		if (may_start(line, starts[i]) &&
		    span_starts_nocase(line, starts[i]) &&
		    notice_word_count(line) <= 12)
			return true;
	if (span_find(line, " | ") < line.len ||
	    span_find(line, " www.") < line.len)
		return true;
	return span_find_byte(line, '@') < line.len &&
	       notice_word_count(line) <= 8;
}

/* Short, and no sentence: may stand in a block of name, post and address. */
bool
block_line(struct span line)
{
	struct span text = span_trim(line);
	char last;

	if (text.len == 0)
		return false;
	if (block_contact(text))
		return text.len <= 240;
	last = text.ptr[text.len - 1];
	if (text.len > BLOCK_LINE_MAX || last == '?' || last == ':')
		return false;
	if (last == '.' && notice_word_count(text) > 6)
		return false;
	return notice_word_count(text) <= 12 && text.ptr[0] != '>' &&
	       !(text.ptr[0] >= 'a' && text.ptr[0] <= 'z' &&
		 notice_word_count(text) > 6);
}

/* Do the words of the line name the sender? Titles before and letters behind
 * are allowed. */
bool
block_names_sender(const struct message *message, struct span line)
{
	struct span rest = message->from.name, word;
	size_t hits = 0;

	/* "Jane Smith | Head of Service | Place" */
	line = notice_bare(span_sub(line, 0, span_find(line, " | ")));
	if (line.len == 0 || notice_word_count(line) > 9)
		return false;
	while (span_next(&rest, ' ', &word)) {
		size_t at;

		word = notice_bare(word);
		if (word.len < 3 || word.len > 40 ||
		    span_is_nocase(word, "cllr") ||
		    span_is_nocase(word, "councillor") ||
		    span_is_nocase(word, "the"))
			continue;
		for (at = 0; at + word.len <= line.len; at++)
			if (strncasecmp(line.ptr + at, word.ptr, word.len) ==
				    0 &&
			    (at == 0 || !byte_is_letter(line.ptr[at - 1]))) {
				hits++;
				break;
			}
	}
	return hits >= 1 && (hits >= 2 || notice_word_count(line) <= 4);
}

struct range
block_last_paragraph(const struct lines *lines, size_t start, size_t end)
{
	struct range range;

	while (end > start && line_blank(lines, end - 1))
		end--;
	range.end = end;
	while (end > start && !line_blank(lines, end - 1))
		end--;
	range.start = end;
	return range;
}

bool
block_lines_only(const struct lines *lines, struct range range)
{
	size_t at, count = 0;

	for (at = range.start; at < range.end; at++) {
		if (line_blank(lines, at) ||
		    block_is_rule(line_text(lines, at)))
			continue;
		if (!block_line(line_text(lines, at)) &&
		    !notice_is_device(line_text(lines, at)))
			return false;
		count++;
	}
	return count != 0 && count <= BLOCK_LINES_MAX;
}

bool
block_has_contact(const struct lines *lines, struct range range)
{
	size_t at;

	for (at = range.start; at < range.end; at++)
		if (!line_blank(lines, at) &&
		    block_contact(line_text(lines, at)))
			return true;
	return false;
}

/* A link to a certain page: the sender points at it. */
static bool
is_deep_link(struct span line)
{
	line = span_trim(line);
	return span_starts_nocase(line, "http") &&
	       (line.len > LINK_MAX || span_find_byte(line, '?') < line.len) &&
	       span_find_byte(line, ' ') == line.len;
}

/* A paragraph that a mail program appended: name with post, or addresses. */
bool
block_is(const struct message *message, const struct lines *lines,
	 struct range range)
{
	size_t count = range.end - range.start;

	if (!block_lines_only(lines, range) ||
	    (count == 1 && is_deep_link(line_text(lines, range.start))))
		return false;
	if (block_names_sender(message, line_text(lines, range.start)))
		return count >= 2 || block_has_contact(lines, range);
	return block_has_contact(lines, range) &&
	       block_contact(line_text(lines, range.end - 1));
}

/* A block for certain: it names the sender, or stands below a closing. */
bool
block_is_sure(const struct message *message, const struct lines *lines,
	      size_t start, struct range range)
{
	size_t above = range.start;

	if (!block_lines_only(lines, range))
		return false;
	if (block_names_sender(message, line_text(lines, range.start)))
		return range.end - range.start >= 2 ||
		       block_has_contact(lines, range);
	while (above > start && line_blank(lines, above - 1))
		above--;
	return block_has_contact(lines, range) && above > start &&
	       notice_is_closing(line_text(lines, above - 1));
}

/* All that stands above a forwarded message is often a signature block. */
bool
block_is_bare(const struct message *message, const struct lines *lines,
	      struct range range)
{
	return range.end - range.start >= 3 &&
	       block_has_contact(lines, range) &&
	       block_names_sender(message, line_text(lines, range.start));
}

/* "-Jane", "- Jane Smith": a dash and a name in the last line, no item of a
 * list. */
bool
block_is_dashed_name(const struct message *message, const struct lines *lines,
		     struct range range)
{
	struct span line = span_trim(line_text(lines, range.end - 1)), name;
	size_t above = range.end - 1, i;
	bool apart;

	if (line.len < 3 || line.len > DASHED_MAX || line.ptr[0] != '-' ||
	    line.ptr[1] == '-')
		return false;
	apart = line.ptr[1] == ' ';
	name = notice_bare(line);
	for (i = 0; i < name.len; i++)
		if (!byte_is_letter(name.ptr[i]) &&
		    strchr(" .'-", name.ptr[i]) == NULL)
			return false;
	if (name.len < 2 || notice_word_count(name) > 3)
		return false;
	while (above != 0 && line_blank(lines, above - 1))
		above--;
	if (above == 0 || line_text(lines, above - 1).ptr[0] == '-')
		return false;
	return block_names_sender(message, name) ||
	       (!apart && name.ptr[0] >= 'A' && name.ptr[0] <= 'Z');
}
