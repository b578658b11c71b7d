/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Markup that is nested deeper than the parser is let go, written anew with
 * fewer levels, so that no letter can hide its words behind a thousand tables.
 *
 * All text stays. Of the elements those stay that fit; the others leave a line
 * end or a space where they began and ended. Which ones fit depends on what
 * they can mean: elements without attributes may use few levels, so that there
 * is room for a quote inside them. What lies in a quote that stayed is quoted,
 * however deep.
 *
 * What is written is balanced and holds no other tag, comment or '<' than those
 * that were seen here, so the parser cannot see more levels than this did. Time
 * and memory grow with the text only.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message_html.h"

enum {
	NAME_SIZE = 12,
	STACK_MAX = 200 * 1000, /* elements open at once */
	GROWTH_MAX = 4          /* times the text: each '<' may be "&lt;" */
};

/* What ends an element whose end tag may be left out, as a set of bits; and
 * what an end tag does not reach across: whatever ranks higher. */
enum { P = 1, LI = 2, DT = 4, CELL = 8, ROW = 16, GROUP = 32 };
enum rank { INLINE, BLOCK, RANK_CELL, RANK_ROW, RANK_GROUP, RANK_TABLE };

/* How many levels there may be for an element of this kind to stay. */
enum weight { WEIGHT_PLAIN, WEIGHT_DRESSED, WEIGHT_MEANING };
static const size_t levels[] = {
	[WEIGHT_PLAIN] = 150,
	[WEIGHT_DRESSED] = 190,
	[WEIGHT_MEANING] = HTML_LEVELS_MAX - 20, /* the parser adds a few */
};

static const struct known {
	const char *name;
	enum rank rank;
	bool line;     /* stands on lines of its own */
	unsigned bit;  /* its own */
	unsigned ends; /* those before it that it ends */
	bool meaning;  /* tells more than where lines end */
	bool no_content;
	bool raw; /* its content is no markup, and not for readers */
} knowns[] = {
	{ .name = "a" },
	{ .name = "address", .line = true, .ends = P },
	{ .name = "article", .line = true, .ends = P },
	{ .name = "b" },
	{ .name = "big" },
	{ .name = "blockquote", .line = true, .ends = P, .meaning = true },
	{ .name = "br", .no_content = true },
	{ .name = "caption", .line = true },
	{ .name = "center", .line = true, .ends = P },
	{ .name = "cite" },
	{ .name = "code" },
	{ .name = "dd", .line = true, .bit = DT, .ends = P | DT },
	{ .name = "div", .rank = BLOCK, .line = true, .ends = P },
	{ .name = "dl", .line = true, .ends = P },
	{ .name = "dt", .line = true, .bit = DT, .ends = P | DT },
	{ .name = "em" },
	{ .name = "fieldset", .line = true, .ends = P },
	{ .name = "font" },
	{ .name = "footer", .line = true, .ends = P },
	{ .name = "form", .line = true, .ends = P },
	{ .name = "h1", .line = true, .ends = P },
	{ .name = "h2", .line = true, .ends = P },
	{ .name = "h3", .line = true, .ends = P },
	{ .name = "h4", .line = true, .ends = P },
	{ .name = "h5", .line = true, .ends = P },
	{ .name = "h6", .line = true, .ends = P },
	{ .name = "header", .line = true, .ends = P },
	{ .name = "hr", .no_content = true },
	{ .name = "i" },
	{ .name = "label" },
	{ .name = "li", .line = true, .bit = LI, .ends = P | LI },
	{ .name = "main", .line = true, .ends = P },
	{ .name = "nav", .line = true, .ends = P },
	{ .name = "ol", .line = true, .ends = P },
	{ .name = "p", .line = true, .bit = P, .ends = P },
	{ .name = "pre", .line = true, .ends = P, .meaning = true },
	{ .name = "q" },
	{ .name = "s" },
	{ .name = "script", .raw = true },
	{ .name = "section", .line = true, .ends = P },
	{ .name = "signature", .meaning = true },
	{ .name = "small" },
	{ .name = "span" },
	{ .name = "strike" },
	{ .name = "strong" },
	{ .name = "style", .raw = true },
	{ .name = "sub" },
	{ .name = "sup" },
	{ .name = "table", .rank = RANK_TABLE, .line = true, .ends = P },
	{ .name = "tbody",
	  .rank = RANK_GROUP,
	  .line = true,
	  .bit = GROUP,
	  .ends = P | CELL | ROW | GROUP },
	{ .name = "td", .rank = RANK_CELL, .bit = CELL, .ends = P | CELL },
	{ .name = "tfoot",
	  .rank = RANK_GROUP,
	  .line = true,
	  .bit = GROUP,
	  .ends = P | CELL | ROW | GROUP },
	{ .name = "th", .rank = RANK_CELL, .bit = CELL, .ends = P | CELL },
	{ .name = "thead",
	  .rank = RANK_GROUP,
	  .line = true,
	  .bit = GROUP,
	  .ends = P | CELL | ROW | GROUP },
	{ .name = "title", .meaning = true },
	{ .name = "tr",
	  .rank = RANK_ROW,
	  .line = true,
	  .bit = ROW,
	  .ends = P | CELL | ROW },
	{ .name = "tt" },
	{ .name = "u" },
	{ .name = "ul", .line = true, .ends = P },
};

enum { KNOWN_COUNT = ARRAY_SIZE(knowns) };

/* In the attributes of elements that tell whose words they hold, or that these
 * are not for readers. */
static const char *const tellings[] = {
	"quote", "cite",   "display",   "hid",   "reply", "rply",
	"forw",  "border", "signature", "refer", "extra", "OLK_SRC",
};

struct open {
	unsigned before; /* place + 1 of the last of the same name below it */
	unsigned char known;
	bool kept;
};

struct flat {
	struct span html;
	struct buf out;
	struct open *stack;
	size_t depth, size, kept;
	size_t lost;                /* open ones beyond STACK_MAX */
	unsigned last[KNOWN_COUNT]; /* place + 1 of the topmost, or 0 */
	bool line, gap;             /* due before the next word */
};

static int
compare_known(const void *key, const void *member)
{
	return strcmp(key, ((const struct known *)member)->name);
}

static const struct known *
find_known(struct span name)
{
	char lower[NAME_SIZE];
	size_t i;

	if (name.len >= sizeof lower)
		return NULL;
	for (i = 0; i < name.len; i++)
		lower[i] = name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ?
				   (char)(name.ptr[i] | 0x20) :
				   name.ptr[i];
	lower[i] = '\0';
	return bsearch(lower, knowns, KNOWN_COUNT, sizeof knowns[0],
		       compare_known);
}

/* ---- what is written ---- */

static void
leave_gap(struct flat *flat, const struct known *known)
{
	flat->line = flat->line || known->line;
	flat->gap = flat->gap || known->bit == CELL;
}

static void
put_gap(struct flat *flat)
{
	if (flat->line)
		buf_add_literal(&flat->out, "<div></div>");
	else if (flat->gap)
		buf_add_byte(&flat->out, ' ');
	flat->line = flat->gap = false;
}

static void
put_text(struct flat *flat, size_t start, size_t end)
{
	struct span text = span_sub(flat->html, start, end);

	if (!span_blank(text))
		put_gap(flat);
	buf_add(&flat->out, text);
}

/* ---- what is open ---- */

static void
pop(struct flat *flat)
{
	const struct open *open = &flat->stack[--flat->depth];
	const struct known *known = &knowns[open->known];

	flat->last[open->known] = open->before;
	if (!open->kept) {
		leave_gap(flat, known);
		return;
	}
	flat->kept--;
	buf_printf(&flat->out, "</%s>", known->name);
}

static void
push(struct flat *flat, const struct known *known, bool kept)
{
	unsigned char number = (unsigned char)(known - knowns);

	if (flat->depth == flat->size) {
		flat->size = flat->size == 0 ? 1024 : flat->size * 2;
		flat->stack =
			realloc(flat->stack, flat->size * sizeof *flat->stack);
		if (flat->stack == NULL)
			abort();
	}
	flat->stack[flat->depth++] = (struct open){
		.before = flat->last[number],
		.known = number,
		.kept = kept,
	};
	flat->last[number] = (unsigned)flat->depth;
	flat->kept += kept;
}

static void
end_those_before(struct flat *flat, const struct known *known)
{
	while (flat->depth != 0 &&
	       (knowns[flat->stack[flat->depth - 1].known].bit & known->ends))
		pop(flat);
}

static enum weight
weigh(const struct known *known, struct span attributes)
{
	size_t i;

	if (known->meaning)
		return WEIGHT_MEANING;
	if (span_blank(attributes))
		return WEIGHT_PLAIN;
	for (i = 0; i < ARRAY_SIZE(tellings); i++)
		if (span_find_nocase(attributes, tellings[i]) < attributes.len)
			return WEIGHT_MEANING;
	return WEIGHT_DRESSED;
}

static bool
reaches(const struct flat *flat, const struct known *known)
{
	unsigned place = flat->last[known - knowns];
	size_t i;

	for (i = 0; i < KNOWN_COUNT; i++)
		if (knowns[i].rank > known->rank && flat->last[i] > place)
			return false;
	return place != 0;
}

/* ---- the grammar, as libxml2 has it ---- */

/* Behind the next of it, or behind everything. */
static size_t
behind(struct span html, size_t at, const char *literal)
{
	struct span rest = span_sub(html, at, html.len);
	size_t found = span_find_nocase(rest, literal);

	return found < rest.len ? at + found + strlen(literal) : html.len;
}

static size_t
read_start(struct flat *flat, size_t at)
{
	const struct span html = flat->html;
	size_t name_end = html_name_end(html, at + 1);
	size_t end = html_tag_end(html, name_end);
	const struct known *known =
		find_known(span_sub(html, at + 1, name_end));
	struct span attributes = span_sub(html, name_end, end);
	bool closed = end < html.len && html.ptr[end] == '/', keep;
	char until[NAME_SIZE + 2];

	end += closed ? 2 : 1;
	if (known == NULL || end > html.len)
		return end < html.len ? end : html.len;
	if (known->raw) {
		snprintf(until, sizeof until, "</%s", known->name);
		return closed ? end :
				behind(html, behind(html, end, until), ">");
	}
	end_those_before(flat, known);
	if (flat->depth >= STACK_MAX && !known->no_content && !closed) {
		flat->lost++;
		leave_gap(flat, known);
		return end;
	}
	keep = known->no_content ||
	       (!closed && flat->kept < levels[weigh(known, attributes)]);
	if (!known->no_content && !closed)
		push(flat, known, keep);
	if (keep) {
		put_gap(flat);
		buf_add(&flat->out, span_sub(html, at, end));
	} else {
		leave_gap(flat, known);
	}
	return end;
}

static size_t
read_end(struct flat *flat, size_t at)
{
	const struct span html = flat->html;
	size_t name_end = html_name_end(html, at + 2);
	const struct known *known =
		find_known(span_sub(html, at + 2, name_end));
	size_t place;

	if (known == NULL)
		return behind(html, name_end, ">");
	if (flat->lost != 0) {
		flat->lost--;
		leave_gap(flat, known);
	} else if (reaches(flat, known)) {
		place = flat->last[known - knowns];
		while (flat->depth >= place)
			pop(flat);
	} else if (known->bit == P) {
		leave_gap(flat, known); /* stands for an empty one */
	}
	return behind(html, name_end, ">");
}

/* What a '<' begins; returns where it ends. */
static size_t
read_markup(struct flat *flat, size_t at)
{
	struct span rest = span_sub(flat->html, at, flat->html.len);

	if (span_starts(rest, "<!--"))
		return behind(flat->html, at + 2, "-->");
	if (span_starts(rest, "<!") || span_starts(rest, "<?"))
		return behind(flat->html, at, ">");
	if (rest.len > 2 && rest.ptr[1] == '/')
		return read_end(flat, at);
	if (rest.len > 1 && html_name_end(flat->html, at + 1) != at + 1)
		return read_start(flat, at);
	put_gap(flat);
	buf_add_literal(&flat->out, "&lt;");
	return at + 1;
}

struct span
html_flatten(struct reading *reading, struct span html)
{
	struct flat flat = { .html = html };
	struct span result;
	size_t at = 0;

	static_assert(KNOWN_COUNT < 256, "fits struct open");
	buf_init(&flat.out, html.len * GROWTH_MAX);
	while (at < html.len) {
		const char *hit = memchr(html.ptr + at, '<', html.len - at);
		size_t end = hit != NULL ? (size_t)(hit - html.ptr) : html.len;

		put_text(&flat, at, end);
		at = end < html.len ? read_markup(&flat, end) : end;
	}
	while (flat.depth != 0)
		pop(&flat);
	reading_warn(reading, flat.out.cut ?
				      "html: nested too deep, cut" :
				      "html: nested too deep, flattened");
	result = arena_span(reading->arena, buf_span(&flat.out));
	buf_clear(&flat.out);
	free(flat.stack);
	return result;
}
