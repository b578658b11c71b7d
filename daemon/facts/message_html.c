/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HTML to text, by libxml2's SAX interface: no tree, so memory is bounded by
 * the text. Quoting that the markup tells is kept as marks at line starts.
 *
 * Nesting beyond HTML_LEVELS_MAX stops the parser: libxml2 walks its stack for
 * every stray end tag, so unbounded nesting makes it quadratic. It then gets
 * the markup again, with fewer levels.
 */
#include "message_html.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "thread.h"

enum { QUOTES_MAX = 20 };

enum element_role {
	ROLE_BLOCK,     /* stands on lines of its own */
	ROLE_PARAGRAPH, /* and has a blank line around it */
	ROLE_BREAK,
	ROLE_HIDDEN, /* its text is not for readers */
	ROLE_CELL,
	ROLE_ITEM,
	ROLE_QUOTE,
	ROLE_RULE,
	ROLE_PRE
};

static const struct element {
	const char *name;
	enum element_role role;
} elements[] = {
	{ "address", ROLE_BLOCK },    { "article", ROLE_BLOCK },
	{ "blockquote", ROLE_QUOTE }, { "body", ROLE_BLOCK },
	{ "br", ROLE_BREAK },         { "caption", ROLE_BLOCK },
	{ "center", ROLE_BLOCK },     { "dd", ROLE_BLOCK },
	{ "div", ROLE_BLOCK },        { "dl", ROLE_BLOCK },
	{ "dt", ROLE_BLOCK },         { "fieldset", ROLE_BLOCK },
	{ "footer", ROLE_BLOCK },     { "form", ROLE_BLOCK },
	{ "h1", ROLE_PARAGRAPH },     { "h2", ROLE_PARAGRAPH },
	{ "h3", ROLE_PARAGRAPH },     { "h4", ROLE_PARAGRAPH },
	{ "h5", ROLE_PARAGRAPH },     { "h6", ROLE_PARAGRAPH },
	{ "head", ROLE_HIDDEN },      { "header", ROLE_BLOCK },
	{ "hr", ROLE_RULE },          { "li", ROLE_ITEM },
	{ "main", ROLE_BLOCK },       { "nav", ROLE_BLOCK },
	{ "ol", ROLE_BLOCK },         { "p", ROLE_PARAGRAPH },
	{ "pre", ROLE_PRE },          { "script", ROLE_HIDDEN },
	{ "section", ROLE_BLOCK },    { "style", ROLE_HIDDEN },
	{ "table", ROLE_BLOCK },      { "tbody", ROLE_BLOCK },
	{ "td", ROLE_CELL },          { "th", ROLE_CELL },
	{ "title", ROLE_HIDDEN },     { "tr", ROLE_BLOCK },
	{ "ul", ROLE_BLOCK },
};

/* What an open element changed, to be undone at its end. */
struct open {
	const struct element *element;
	char mark; /* an enum html_mark this element stands for, or 0 */
	bool quote;
	bool hidden, bare;
	unsigned colour; /* outside of it */
};

struct writer {
	struct reading *reading;
	struct buf *out;
	htmlParserCtxtPtr parser;
	struct open stack[HTML_LEVELS_MAX + 2];
	size_t depth;    /* of the stack */
	size_t overflow; /* elements beyond it */
	unsigned quotes; /* open quoting blockquotes */
	unsigned hidden, pre, soft, bare, quoted, signature;
	unsigned newlines; /* line ends at the end of out; 2 is a blank line */
	bool space;        /* a space is due before the next word */
	bool marks;
	bool answer;     /* the message answers or forwards one */
	bool deep;       /* the parser was stopped */
	unsigned wanted; /* colours of answers inside the quote, or 0 */
	unsigned colour; /* of the text here, as a bit */
	bool rest;       /* behind HTML_REST */
};

static int
compare_element(const void *key, const void *member)
{
	return strcmp(key, ((const struct element *)member)->name);
}

static const struct element *
find_element(const xmlChar *name)
{
	return bsearch(name, elements, ARRAY_SIZE(elements), sizeof elements[0],
		       compare_element);
}

static void
end_line(struct writer *writer)
{
	if (writer->out->len != 0 && writer->newlines == 0) {
		buf_add_byte(writer->out, '\n');
		writer->newlines = 1;
	}
	writer->space = false;
}

static void
blank_line(struct writer *writer)
{
	end_line(writer);
	if (writer->out->len != 0 && writer->newlines == 1) {
		buf_add_byte(writer->out, '\n');
		writer->newlines = 2;
	}
}

static bool
is_answer(const struct writer *writer)
{
	return (writer->colour & writer->wanted) != 0 &&
	       (writer->rest || writer->quoted != 0 || writer->quotes != 0);
}

/* What stands before the first word of a line. */
static void
start_line(struct writer *writer)
{
	unsigned i;

	if (!writer->marks)
		return;
	if (writer->quoted != 0)
		buf_add_byte(writer->out, HTML_QUOTE);
	else if (writer->soft != 0)
		buf_add_byte(writer->out,
			     writer->bare != 0 ? HTML_BARE : HTML_SOFT);
	if (writer->signature != 0 && writer->quoted == 0)
		buf_add_byte(writer->out, HTML_SIGNATURE);
	if (is_answer(writer))
		buf_add_byte(writer->out, HTML_ANSWER);
	for (i = 0; i < writer->quotes && i < QUOTES_MAX; i++)
		buf_add_byte(writer->out, '>');
	if (writer->quotes != 0)
		buf_add_byte(writer->out, ' ');
}

static void
put(struct writer *writer, struct span text)
{
	if (text.len == 0)
		return;
	if (writer->newlines != 0 || writer->out->len == 0) {
		start_line(writer);
		writer->space = false;
	}
	if (writer->space)
		buf_add_byte(writer->out, ' ');
	writer->space = false;
	writer->newlines = 0;
	buf_add(writer->out, text);
}

static bool
is_break(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static void
put_words(struct writer *writer, struct span text)
{
	size_t at = 0;

	while (at < text.len) {
		size_t start;

		if (is_break(text.ptr[at])) {
			writer->space = writer->newlines == 0;
			at++;
			continue;
		}
		start = at;
		while (at < text.len && !is_break(text.ptr[at]))
			at++;
		put(writer, span_sub(text, start, at));
	}
}

static void
put_preformatted(struct writer *writer, struct span text)
{
	while (text.len != 0) {
		size_t end = span_find_byte(text, '\n');

		put(writer, span_sub(text, 0, end));
		if (end < text.len) {
			buf_add_byte(writer->out, '\n');
			writer->newlines++;
		}
		text = span_sub(text, end + 1, text.len);
	}
}

static void
on_text(void *context, const xmlChar *text, int len)
{
	struct writer *writer = context;
	struct span span = { .ptr = (const char *)text, .len = (size_t)len };

	if (writer->hidden != 0)
		return;
	span = charset_text(writer->reading, span, span_of("utf-8"), span.len);
	if (writer->pre != 0)
		put_preformatted(writer, span);
	else
		put_words(writer, span);
}

static void
begin_rest(struct writer *writer)
{
	if (!writer->marks)
		return;
	writer->rest = true;
	blank_line(writer);
	buf_add_byte(writer->out, HTML_REST);
	buf_add_byte(writer->out, '\n');
	writer->newlines = 1;
}

/* Answers typed between the words of a quote get lines of their own. */
static void
set_colour(struct writer *writer, unsigned colour)
{
	bool before = is_answer(writer);

	writer->colour = colour;
	if (before != is_answer(writer))
		end_line(writer);
}

static void
open_element(struct writer *writer, struct open *open,
	     const struct html_attributes *attributes)
{
	unsigned colour;

	open->hidden = html_is_hidden(attributes);
	if (writer->wanted != 0 && html_colour(attributes, &colour))
		set_colour(writer, colour);
	if (html_begins_rest(attributes))
		begin_rest(writer);
	if (html_is_quote_container(attributes))
		open->mark = HTML_QUOTE;
	else if (html_is_signature_container(attributes))
		open->mark = HTML_SIGNATURE;
	if (open->mark != 0)
		end_line(writer);
}

static void
open_quote(struct writer *writer, struct open *open,
	   const struct html_attributes *attributes)
{
	blank_line(writer);
	if (html_quotes_for_sure(attributes)) {
		open->quote = true;
		writer->quotes++;
	} else if (open->mark == 0) {
		open->mark = HTML_SOFT;
		open->bare = writer->answer && attributes->style == NULL &&
			     attributes->class == NULL;
	}
}

static void
count_mark(struct writer *writer, const struct open *open, unsigned step)
{
	if (open->mark == HTML_QUOTE)
		writer->quoted += step;
	else if (open->mark == HTML_SOFT)
		writer->soft += step;
	else if (open->mark == HTML_SIGNATURE)
		writer->signature += step;
	if (open->hidden)
		writer->hidden += step;
	if (open->bare)
		writer->bare += step;
}

static void
open_role(struct writer *writer, struct open *open,
	  const struct html_attributes *attributes)
{
	switch (open->element->role) {
	case ROLE_PARAGRAPH:
		blank_line(writer);
		break;
	case ROLE_BREAK:
		buf_add_byte(writer->out, '\n');
		writer->newlines++;
		writer->space = false;
		break;
	case ROLE_CELL:
		if (writer->newlines == 0)
			writer->space = true;
		break;
	case ROLE_ITEM:
		end_line(writer);
		put(writer, span_of("-"));
		writer->space = true;
		break;
	case ROLE_QUOTE:
		open_quote(writer, open, attributes);
		break;
	case ROLE_HIDDEN:
		open->hidden = true;
		break;
	case ROLE_PRE:
		end_line(writer);
		writer->pre++;
		break;
	case ROLE_RULE:
		blank_line(writer);
		put(writer, span_of("________________________________"));
		end_line(writer);
		break;
	case ROLE_BLOCK:
		end_line(writer);
		break;
	}
}

static void
on_start(void *context, const xmlChar *name, const xmlChar **list)
{
	struct writer *writer = context;
	struct html_attributes attributes = html_attributes(list);
	struct open *open;

	if (writer->depth >= HTML_LEVELS_MAX ||
	    writer->parser->nameNr > HTML_LEVELS_MAX) {
		writer->overflow++;
		writer->deep = true;
		xmlStopParser(writer->parser);
		return;
	}
	open = &writer->stack[writer->depth++];
	*open = (struct open){ .element = find_element(name),
			       .colour = writer->colour };
	/* Mailspring has an element for it. */
	if (strcmp((const char *)name, "signature") == 0)
		open->mark = HTML_SIGNATURE;
	open_element(writer, open, &attributes);
	if (open->element != NULL && writer->hidden == 0)
		open_role(writer, open, &attributes);
	else if (open->element != NULL && open->element->role == ROLE_PRE)
		writer->pre++;
	count_mark(writer, open, 1);
}

static void
on_end(void *context, const xmlChar *name)
{
	struct writer *writer = context;
	struct open *open;

	(void)name; /* libxml2 balances: it is always the innermost */
	if (writer->overflow != 0) {
		writer->overflow--;
		return;
	}
	if (writer->depth == 0)
		return;
	open = &writer->stack[--writer->depth];
	if (open->mark != 0 || open->quote)
		end_line(writer);
	set_colour(writer, open->colour);
	count_mark(writer, open, (unsigned)-1);
	if (open->quote)
		writer->quotes--;
	if (open->element == NULL)
		return;
	if (open->element->role == ROLE_PRE)
		writer->pre--;
	if (writer->hidden != 0)
		return;
	if (open->element->role == ROLE_PARAGRAPH ||
	    open->element->role == ROLE_QUOTE)
		blank_line(writer);
	else if (open->element->role != ROLE_BREAK &&
		 open->element->role != ROLE_CELL &&
		 open->element->role != ROLE_HIDDEN)
		end_line(writer);
}

static bool
answers(const struct message *message)
{
	return message->in_reply_to.len != 0 ||
	       thread_is_reply(message->subject) ||
	       thread_is_forward(message->subject);
}

void
html_prepare(void)
{
	xmlInitParser();
}

/* Into `out`; false when it was too deep to be read to its end. */
static bool
write_text(struct reading *reading, struct span html, bool marks,
	   struct buf *out)
{
	htmlSAXHandler handler;
	struct writer writer = { .reading = reading,
				 .marks = marks,
				 .answer = answers(reading->message),
				 .wanted = reading->answer_colours };

	memset(&handler, 0, sizeof handler);
	handler.startElement = on_start;
	handler.endElement = on_end;
	handler.characters = on_text;
	handler.ignorableWhitespace = on_text;
	handler.cdataBlock = NULL;
	writer.parser = htmlNewParserCtxt();
	if (writer.parser == NULL)
		abort();
	writer.out = out;
	*writer.parser->sax = handler;
	writer.parser->userData = &writer;
	xmlFreeDoc(htmlCtxtReadMemory(
		writer.parser, html.ptr, (int)html.len, NULL, "UTF-8",
		HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
			HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC));
	htmlFreeParserCtxt(writer.parser);
	return !writer.deep;
}

struct span
html_text(struct reading *reading, struct span html, bool marks, size_t max)
{
	struct span result;
	struct buf out;

	if (span_blank(html))
		return span_of("");
	html = html_tame(reading, html);
	buf_init(&out, max);
	if (!write_text(reading, html, marks, &out)) {
		buf_empty(&out);
		html = html_flatten(reading, html);
		if (!write_text(reading, html, marks, &out))
			reading_warn(reading, "html: nested too deep, cut");
	}
	if (out.cut)
		reading_warn(reading, "html: text too long, cut");
	result = arena_span(reading->arena, buf_span(&out));
	if (!text_utf8_valid(result))
		result = charset_text(reading, result, span_of("utf-8"), max);
	buf_clear(&out);
	return result;
}
