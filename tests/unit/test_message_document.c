/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/mail.h"

/* A .docx that says "Dear Mr Hill,\nWe agree.", and an .odt "Rent\n500". */
static const char docx[] =
	"UEsDBBQAAAAIAAAAIVyLPu+NYQAAAJQAAAARAAAAd29yZC9kb2N1bWVudC54\n"
	"bWyzKbdKyU8uzU3NK1GoyM3JK7Yqt1UqLcqzKleysym3KgARJXYuqYlFCr5F\n"
	"Ch6ZOTk6NvogIRBZgKQkPFUBKgE0MTUnJLWixC4lXyEvvwQsDhMCq01ML0pN\n"
	"1UMxRx/hDjsAUEsBAhQDFAAAAAgAAAAhXIs+741hAAAAlAAAABEAAAAAAAAA\n"
	"AAAAAIABAAAAAHdvcmQvZG9jdW1lbnQueG1sUEsFBgAAAAABAAEAPwAAAJAA\n"
	"AAAAAA==\n";
static const char odt[] =
	"UEsDBBQAAAAIAAAAIVyUqGcqQwAAAGYAAAALAAAAY29udGVudC54bWyzybdK\n"
	"UajIzckrtsq3VcpXgrJLUitKbJVKlOxsQCyrDLug1LwSG30oByJYYGcKYRQX\n"
	"JObZGRhApcE8KLsAyABaYAcAUEsBAhQDFAAAAAgAAAAhXJSoZypDAAAAZgAA\n"
	"AAsAAAAAAAAAAAAAAIABAAAAAGNvbnRlbnQueG1sUEsFBgAAAAABAAEAOQAA\n"
	"AGwAAAAAAA==\n";
static const char pdf[] =
	"%PDF-1.4\n"
	"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
	"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
	"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 300 99] "
	"/Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >> endobj\n"
	"4 0 obj << /Length 40 >> stream\n"
	"BT /F 9 Tf 9 9 Td (We agree.) Tj ET     \nendstream endobj\n"
	"5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> "
	"endobj\n"
	"trailer << /Root 1 0 R >>\n";

static void
read_attached_within(struct mail *mail, const char *type, const char *encoding,
		     const char *body, size_t attachment_text)
{
	char raw[8192];

	snprintf(raw, sizeof raw,
		 "From: a@b.example\nContent-Type: multipart/mixed; "
		 "boundary=b\n\n--b\n\nSee attached.\n--b\n"
		 "Content-Disposition: attachment\nContent-Type: %s\n"
		 "Content-Transfer-Encoding: %s\n\n%s\n--b--\n",
		 type, encoding, body);
	mail_open(mail);
	mail->limits.attachment_text = attachment_text;
	assert_int_equal(mail_read(mail, span_of(raw)), 0);
	assert_span(mail->message->body, "See attached.");
	assert_int_equal(mail->message->attachment_count, 1);
}

static void
read_attached(struct mail *mail, const char *type, const char *encoding,
	      const char *body)
{
	read_attached_within(mail, type, encoding, body,
			     message_limits_default.attachment_text);
}

/* It declares an entity, which must not expand. */
static const char entity[] =
	"UEsDBBQAAAAAAAAAIVy2lLj7VAAAAFQAAAARAAAAd29yZC9kb2N1bWVudC54bWw8IURP"
	"Q1RZUEUgdyBbPCFFTlRJVFkgYSAiYiI+XT48dzpkb2N1bWVudD48dzpwPjx3OnQ+Rmlu"
	"ZSZhOzwvdzp0PjwvdzpwPjwvdzpkb2N1bWVudD5QSwECFAMUAAAAAAAAACFctpS4+1QA"
	"AABUAAAAEQAAAAAAAAAAAAAAgAEAAAAAd29yZC9kb2N1bWVudC54bWxQSwUGAAAAAAEA"
	"AQA/AAAAgwAAAAAA";

/* It breaks off in a declaration; what the library had made must not leak. */
static const char half_entity[] =
	"UEsDBBQAAAAAAAAAIVzc0PFTFAAAABQAAAARAAAAd29yZC9kb2N1bWVudC54bWw8IURP"
	"Q1RZUEVbPCFFTlRJVFlhIlBLAQIUAxQAAAAAAAAAIVzc0PFTFAAAABQAAAARAAAAAAAA"
	"AAAAAACAAQAAAAB3b3JkL2RvY3VtZW50LnhtbFBLBQYAAAAAAQABAD8AAABDAAAAAAA=";

static const struct {
	const char *type, *encoding, *body, *want;
} documents[] = {
	{ "application/octet-stream; name=a.docx", "base64", half_entity, "" },
	{ "application/octet-stream; name=a.docx", "base64", entity, "Fine" },
	{ "application/octet-stream; name=\"Letter.DOCX\"", "base64", docx,
	  "Dear Mr Hill,\nWe agree." },
	{ "application/vnd.oasis.opendocument.text; name=a.odt", "base64", odt,
	  "Rent\n500" },
	{ "application/pdf; name=a.pdf", "8bit", pdf, "We agree." },
	{ "text/html; name=a.html", "8bit", "<p>We <b>agree</b>.</p>",
	  "We agree." },
	{ "text/plain; name=a.txt; charset=iso-8859-1", "8bit",
	  "\xa3"
	  "5",
	  "£5" },
	{ "application/octet-stream; name=a.exe", "8bit", "MZ", "" },
	{ "application/octet-stream; name=a.docx", "8bit", "no archive", "" },
	{ "application/pdf; name=a.pdf", "8bit", "no document", "" },
};

static void
test_the_text_of_documents_is_read(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(documents); i++) {
		struct mail mail;

		read_attached(&mail, documents[i].type, documents[i].encoding,
			      documents[i].body);
		assert_span(span_trim(mail.message->attachments[0].text),
			    documents[i].want);
		mail_close(&mail);
	}
}

static void
test_no_document_is_opened_when_its_text_is_not_wanted(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(documents); i++) {
		bool readable = strstr(documents[i].type, "name=a.exe") == NULL;
		struct mail mail;

		read_attached_within(&mail, documents[i].type,
				     documents[i].encoding, documents[i].body,
				     0);
		assert_span(mail.message->attachments[0].text, "");
		assert_int_equal(mail_warns(&mail, "attachment: not read"),
				 readable);
		assert_false(mail_warns(&mail, "attachment: no text"));
		mail_close(&mail);
	}
}

static void
test_file_names_are_decoded(void **state)
{
	static const struct {
		const char *type, *want;
	} names[] = {
		{ "text/plain; name*=utf-8''caf%C3%A9.txt", "café.txt" },
		{ "text/plain; name*0=lo; name*1=ng.txt", "long.txt" },
		{ "text/plain; name=\"=?utf-8?q?caf=C3=A9.txt?=\"",
		  "café.txt" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		struct mail mail;

		read_attached(&mail, names[i].type, "8bit", "x");
		assert_span(mail.message->attachments[0].name, names[i].want);
		mail_close(&mail);
	}
}

static void
test_an_enclosed_message_is_read_whole(void **state)
{
	struct mail mail;

	(void)state;
	mail_open(&mail);
	assert_int_equal(
		mail_read(&mail,
			  span_of("From: a@b.example\nContent-Type: "
				  "multipart/mixed; boundary=b\n\n--b\n\n"
				  "For you.\n--b\n"
				  "Content-Type: message/rfc822\n\n"
				  "From: Jo <jo@x.example>\n"
				  "To: sam@x.example\nSubject: Roof\n"
				  "Message-ID: <r@x.example>\n\n"
				  "It leaks.\n\nOn 1 Mar 2026 sam@x.example "
				  "wrote:\n> Does it?\n--b--\n")),
		0);
	assert_span(mail.message->body, "For you.");
	assert_true(mail.message->forward);
	assert_int_equal(mail.message->enclosed_count, 1);
	assert_span(mail.message->enclosed[0].from.email, "jo@x.example");
	assert_span(mail.message->enclosed[0].message_id, "<r@x.example>");
	assert_span(mail.message->enclosed[0].subject, "Roof");
	assert_int_equal(mail.message->enclosed[0].to.count, 1);
	assert_true(span_find(mail.message->enclosed[0].text, "Does it?") <
		    mail.message->enclosed[0].text.len);
	mail_close(&mail);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_text_of_documents_is_read),
		cmocka_unit_test(
			test_no_document_is_opened_when_its_text_is_not_wanted),
		cmocka_unit_test(test_file_names_are_decoded),
		cmocka_unit_test(test_an_enclosed_message_is_read_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
