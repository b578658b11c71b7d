/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

/* A mark stands at the start of a line only, and never where none was asked
 * for: a letter could forge whose words are whose. */
static void
check_marks(struct span text, bool marks)
{
	size_t i;

	sample_check_text(text);
	for (i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c < HTML_REST || c > HTML_BARE)
			continue;
		if (!marks || (i != 0 && text.ptr[i - 1] != '\n' &&
			       (text.ptr[i - 1] < HTML_REST ||
				text.ptr[i - 1] > HTML_BARE)))
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span bytes = { .ptr = (const char *)data, .len = size }, html;
	struct sample sample;

	sample_open(&sample);
	html = charset_text(&sample.reading, bytes, span_of(""), 1 << 20);
	check_marks(html_text(&sample.reading, html, true, 1 << 20), true);
	check_marks(html_text(&sample.reading, html, false, 1 << 20), false);
	sample_close(&sample);
	return 0;
}
