/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text of attached documents: plain text, HTML, Word (.docx) and OpenDocument
 * (.odt) by libarchive and libxml2, PDF by poppler.
 *
 * Hostile documents: an archive may unfold without end, so at most UNFOLDED_MAX
 * bytes of the one member that holds the text are taken; XML declares no
 * entities here, so none expand; nothing is read but the bytes given.
 */
#include <archive.h>
#include <archive_entry.h>
#include <libxml/parser.h>
#include <poppler.h>
#include <stdlib.h>
#include <string.h>

#include "message_private.h"

enum { UNFOLDED_MAX = 8 * 1024 * 1024, MEMBERS_MAX = 2000, PAGES_MAX = 300 };

/* ---- archives ---- */

static void
take_member(struct archive *archive, struct buf *out)
{
	char chunk[16 * 1024];
	la_ssize_t len;

	while (!out->cut &&
	       (len = archive_read_data(archive, chunk, sizeof chunk)) > 0)
		buf_add(out, (struct span){ .ptr = chunk, .len = (size_t)len });
}

/* The member of that name; empty when there is none. */
static void
unfold(struct span bytes, const char *member, struct buf *out)
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;
	unsigned n;

	if (archive == NULL)
		abort();
	archive_read_support_format_zip(archive);
	if (archive_read_open_memory(archive, bytes.ptr, bytes.len) ==
	    ARCHIVE_OK)
		for (n = 0;
		     n < MEMBERS_MAX &&
		     archive_read_next_header(archive, &entry) == ARCHIVE_OK;
		     n++) {
			const char *name = archive_entry_pathname(entry);

			if (name != NULL && strcmp(name, member) == 0) {
				take_member(archive, out);
				break;
			}
		}
	archive_read_free(archive);
}

/* ---- XML of office documents ---- */

enum xml_role {
	XML_TEXT,      /* its characters are words */
	XML_PARAGRAPH, /* ends a line; its characters are words */
	XML_LINE_BREAK,
	XML_TAB,
	XML_SPACE,
	XML_HIDDEN /* deleted text, comments, field codes */
};

/* Names without prefix. Word keeps words in w:t only; OpenDocument keeps them
 * in paragraphs and their spans. */
static const struct xml_element {
	const char *name;
	enum xml_role role;
} word_elements[] = {
	{ "t", XML_TEXT },	   { "p", XML_PARAGRAPH },
	{ "br", XML_LINE_BREAK },  { "cr", XML_LINE_BREAK },
	{ "tab", XML_TAB },	   { "noBreakHyphen", XML_SPACE },
	{ "delText", XML_HIDDEN }, { "instrText", XML_HIDDEN },
	{ NULL, XML_TEXT },
}, open_elements[] = {
	{ "p", XML_PARAGRAPH },	   { "h", XML_PARAGRAPH },
	{ "line-break", XML_LINE_BREAK }, { "tab", XML_TAB },
	{ "s", XML_SPACE },	   { "annotation", XML_HIDDEN },
	{ "tracked-changes", XML_HIDDEN }, { NULL, XML_TEXT },
};

struct xml_reader {
	struct buf out;
	const struct xml_element *elements;
	unsigned words, hidden;
	bool everywhere; /* paragraphs hold words themselves */
};

static const struct xml_element *
find_xml(const struct xml_reader *reader, const xmlChar *name)
{
	const char *local = strchr((const char *)name, ':');
	const struct xml_element *element;

	local = local != NULL ? local + 1 : (const char *)name;
	for (element = reader->elements; element->name != NULL; element++)
		if (strcmp(local, element->name) == 0)
			return element;
	return NULL;
}

static void
xml_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
	struct xml_reader *reader = context;
	const struct xml_element *element = find_xml(reader, name);

	(void)attributes;
	if (element == NULL)
		return;
	switch (element->role) {
	case XML_TEXT:
		reader->words++;
		break;
	case XML_PARAGRAPH:
		reader->words += reader->everywhere;
		break;
	case XML_LINE_BREAK:
		buf_add_byte(&reader->out, '\n');
		break;
	case XML_TAB:
		buf_add_byte(&reader->out, '\t');
		break;
	case XML_SPACE:
		buf_add_byte(&reader->out, ' ');
		break;
	case XML_HIDDEN:
		reader->hidden++;
		break;
	}
}

static void
xml_end(void *context, const xmlChar *name)
{
	struct xml_reader *reader = context;
	const struct xml_element *element = find_xml(reader, name);

	if (element == NULL)
		return;
	if (element->role == XML_TEXT)
		reader->words--;
	if (element->role == XML_HIDDEN)
		reader->hidden--;
	if (element->role == XML_PARAGRAPH) {
		reader->words -= reader->everywhere;
		buf_add_byte(&reader->out, '\n');
	}
}

static void
xml_characters(void *context, const xmlChar *text, int len)
{
	struct xml_reader *reader = context;

	if (reader->words != 0 && reader->hidden == 0)
		buf_add(&reader->out, (struct span){ .ptr = (const char *)text,
						     .len = (size_t)len });
}

static void
read_xml(struct xml_reader *reader, struct span xml)
{
	xmlSAXHandler handler;
	xmlParserCtxtPtr parser;
	xmlDocPtr document;

	memset(&handler, 0, sizeof handler);
	handler.startElement = xml_start;
	handler.endElement = xml_end;
	handler.characters = xml_characters;
	handler.ignorableWhitespace = xml_characters;
	parser = xmlNewParserCtxt();
	if (parser == NULL)
		abort();
	*parser->sax = handler;
	parser->userData = reader;
	/* A declared entity makes the library make a document, for itself. */
	document = xmlCtxtReadMemory(parser, xml.ptr, (int)xml.len, NULL, NULL,
				     XML_PARSE_RECOVER | XML_PARSE_NOERROR |
					     XML_PARSE_NOWARNING |
					     XML_PARSE_NONET);
	xmlFreeDoc(document);
	xmlFreeParserCtxt(parser);
}

static void
read_office(struct span bytes, const char *member,
	    const struct xml_element *elements, struct buf *out)
{
	struct xml_reader reader = { .elements = elements,
				     .everywhere = elements == open_elements };
	struct buf xml;

	buf_init(&xml, UNFOLDED_MAX);
	unfold(bytes, member, &xml);
	buf_init(&reader.out, out->max);
	if (xml.len != 0)
		read_xml(&reader, buf_span(&xml));
	if (reader.out.len != 0)
		buf_add(out, buf_span(&reader.out));
	out->cut |= xml.cut || reader.out.cut;
	buf_clear(&xml);
	buf_clear(&reader.out);
}

/* ---- the formats ---- */

static void
read_docx(struct span bytes, struct buf *out)
{
	read_office(bytes, "word/document.xml", word_elements, out);
}

static void
read_odt(struct span bytes, struct buf *out)
{
	read_office(bytes, "content.xml", open_elements, out);
}

static void
read_page(PopplerDocument *document, int index, struct buf *out)
{
	PopplerPage *page = poppler_document_get_page(document, index);
	char *text;

	if (page == NULL)
		return;
	text = poppler_page_get_text(page);
	if (text != NULL)
		buf_add_literal(out, text);
	buf_add_byte(out, '\n');
	g_free(text);
	g_object_unref(page);
}

static void
read_pdf(struct span bytes, struct buf *out)
{
	GBytes *data = g_bytes_new_static(bytes.ptr, bytes.len);
	PopplerDocument *document =
		poppler_document_new_from_bytes(data, NULL, NULL);
	int i, pages;

	g_bytes_unref(data);
	if (document == NULL)
		return;
	pages = poppler_document_get_n_pages(document);
	for (i = 0; i < pages && i < PAGES_MAX && !out->cut; i++)
		read_page(document, i, out);
	out->cut |= pages > PAGES_MAX;
	g_object_unref(document);
}

static const struct format {
	const char *type, *ending;
	/* NULL: text or HTML, which message text has its own ways for */
	void (*read)(struct span bytes, struct buf *out);
	bool html;
} formats[] = {
	{ "application/vnd.openxmlformats-officedocument."
	  "wordprocessingml.document",
	  ".docx", read_docx, false },
	{ "application/vnd.ms-word.document.macroenabled.12", ".docm",
	  read_docx, false },
	{ "application/vnd.oasis.opendocument.text", ".odt", read_odt, false },
	{ "application/pdf", ".pdf", read_pdf, false },
	{ "application/x-pdf", ".pdf", read_pdf, false },
	{ "text/html", ".html", NULL, true },
	{ "application/xhtml+xml", ".htm", NULL, true },
	{ "text/plain", ".txt", NULL, false },
	{ "text/markdown", ".md", NULL, false },
	{ "text/csv", ".csv", NULL, false },
};

/* The name tells better than the type, which is often octet-stream. */
static const struct format *
find_format(struct span type, struct span name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(formats); i++)
		if (span_ends_nocase(name, formats[i].ending))
			return &formats[i];
	for (i = 0; i < ARRAY_SIZE(formats); i++)
		if (span_is(type, formats[i].type))
			return &formats[i];
	return NULL;
}

bool
document_readable(struct span type, struct span name)
{
	return find_format(type, name) != NULL;
}

static struct span
read_foreign(struct reading *reading, const struct format *format,
	     struct span bytes, size_t max)
{
	struct buf out;
	struct span text;

	buf_init(&out, max);
	format->read(bytes, &out);
	text = charset_text(reading, arena_span(reading->arena, buf_span(&out)),
			    span_of("utf-8"), max);
	if (out.cut)
		reading_warn(reading, "attachment: text too long, cut");
	if (span_blank(text))
		reading_warn(reading, "attachment: no text found in it");
	buf_clear(&out);
	return text;
}

struct span
document_text(struct reading *reading, struct span type, struct span name,
	      struct span bytes, struct span charset)
{
	const struct format *format = find_format(type, name);
	size_t max =
		reading->limits->attachment_text - reading->attachment_text;
	struct span text = span_of("");

	if (format == NULL || bytes.len == 0)
		return text;
	if (reading->limits->attachment_text == 0) {
		reading_warn(reading, "attachment: not read");
		return text;
	}
	if (max == 0) {
		reading_warn(reading, "attachment: text too long, cut");
		return text;
	}
	if (format->read != NULL)
		text = read_foreign(reading, format, bytes, max);
	else if (format->html)
		text = html_text(reading,
				 charset_text(reading, bytes, charset, max * 4),
				 false, max);
	else
		text = arena_span(reading->arena,
				  charset_text(reading, bytes, charset, max));
	if (text.len > max)
		text.len = max;
	reading->attachment_text += text.len;
	return text;
}

/* One page that says "x". Poppler opens files when it reads its first page. */
static const char tiny_pdf[] =
	"%PDF-1.4\n"
	"1 0 obj<< /Type /Catalog /Pages 2 0 R>>endobj\n"
	"2 0 obj<< /Type /Pages /Kids[3 0 R] /Count 1>>endobj\n"
	"3 0 obj<< /Type /Page /Parent 2 0 R /MediaBox[0 0 99 99] /Contents 4 "
	"0 R"
	"/Resources <</Font <</F 5 0 R>>>>>>endobj\n"
	"4 0 obj<</Length 30>>stream\n"
	"BT /F 9 Tf 9 9 Td (x) Tj ET   \nendstream endobj\n"
	"5 0 obj<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica>>endobj\n"
	"trailer<</Root 1 0 R>>\n";

/* Poppler drops its tables, and opens their folders anew, when no document is
 * left: this one is never closed. */
void
document_prepare(void)
{
	static PopplerDocument *keeper;
	GBytes *data = g_bytes_new_static(tiny_pdf, sizeof tiny_pdf - 1);
	struct buf out;

	keeper = poppler_document_new_from_bytes(data, NULL, NULL);
	g_bytes_unref(data);
	buf_init(&out, 64);
	if (keeper != NULL)
		read_page(keeper, 0, &out);
	buf_clear(&out);
}
