/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "filters/lexicon.h"

static char folder[] = "/tmp/fuzz-lexicon-XXXXXX";
static char file[sizeof folder + 8];

static void
clean(void)
{
	unlink(file);
	rmdir(folder);
}

static void
write_file(struct span bytes)
{
	int fd;

	if (file[0] == '\0') {
		if (mkdtemp(folder) == NULL)
			abort();
		snprintf(file, sizeof file, "%s/a.lex", folder);
		atexit(clean);
	}
	fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, bytes.ptr, bytes.len) != (ssize_t)bytes.len)
		abort();
	close(fd);
}

static void
check_hits(const struct lexicon *lexicon, const struct fold *fold,
	   struct arena *arena)
{
	size_t count, i, start, end;
	struct hit *hits;

	lexicon_scan(lexicon, fold, arena, &hits, &count);
	for (i = 0; i < count; i++) {
		if (hits[i].concept >= lexicon_concept_count(lexicon) ||
		    hits[i].start >= hits[i].end ||
		    hits[i].end > fold->text.len ||
		    (i != 0 && hits[i].start < hits[i - 1].start))
			abort();
		fold_original(fold, hits[i].start, hits[i].end, &start, &end);
		if (start >= end || end > fold->original.len)
			abort();
	}
}

/* A file of phrases, and behind a form feed a text to look for them in. */
int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span bytes = { .ptr = (const char *)data, .len = size };
	size_t end = span_find_byte(bytes, '\f');
	struct arena *arena = arena_new(0);
	struct fault_list faults = { 0 };
	struct lexicon *lexicon;
	struct fold fold;
	struct error err;

	write_file(span_sub(bytes, 0, end));
	fold_make(span_sub(bytes, end + 1, size), arena, &fold);
	if (lexicon_load(folder, &faults, &lexicon, &err) == 0) {
		check_hits(lexicon, &fold, arena);
		lexicon_free(lexicon);
	}
	fault_list_clear(&faults);
	arena_free(arena);
	return 0;
}
