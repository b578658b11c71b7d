/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

/* Who wrote which words: of a text, or, when it begins with a tag, of the
 * marked text that its markup gives. */
int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span bytes = { .ptr = (const char *)data, .len = size }, text;
	struct sample sample;

	sample_open(&sample);
	sample.message.from.name = span_of("Ivy Norbury");
	sample.message.from.email = span_of("ivy.norbury@x.example");
	text = charset_text(&sample.reading, bytes, span_of(""), 1 << 20);
	if (span_starts(text, "<"))
		text = html_text(&sample.reading, text, true, 1 << 20);
	authored_split(&sample.reading, text);
	sample_check(&sample.message);
	sample_close(&sample);
	return 0;
}
