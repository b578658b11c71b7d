/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fold.h"

#include <string.h>

/* What a character of two or three bytes becomes; 0: kept as it is. */
struct fold_pair {
	uint32_t code;
	char as;
};

static const struct fold_pair punctuation[] = {
	{ 0x00a0, ' ' },  { 0x2000, ' ' },  { 0x2001, ' ' },  { 0x2002, ' ' },
	{ 0x2003, ' ' },  { 0x2004, ' ' },  { 0x2005, ' ' },  { 0x2006, ' ' },
	{ 0x2007, ' ' },  { 0x2008, ' ' },  { 0x2009, ' ' },  { 0x200a, ' ' },
	{ 0x2010, '-' },  { 0x2011, '-' },  { 0x2012, '-' },  { 0x2013, '-' },
	{ 0x2014, '-' },  { 0x2015, '-' },  { 0x2018, '\'' }, { 0x2019, '\'' },
	{ 0x201a, '\'' }, { 0x201b, '\'' }, { 0x201c, '"' },  { 0x201d, '"' },
	{ 0x201e, '"' },  { 0x201f, '"' },  { 0x2026, '.' },  { 0x2032, '\'' },
	{ 0x2033, '"' },  { 0x2028, '\n' }, { 0x2029, '\n' }, { 0x202f, ' ' },
	{ 0x00b4, '\'' }, { 0x00ab, '"' },  { 0x00bb, '"' },  { 0x3000, ' ' },
};

/* Latin-1 letters from U+00C0 without their accents. */
static const char latin[64 + 1] =
	"aaaaaaaceeeeiiiidnooooo*ouuuuypsaaaaaaaceeeeiiiidnooooo/ouuuuypy";

static uint32_t
decode(const unsigned char *p, size_t left, size_t *ret_step)
{
	if (p[0] >= 0xc2 && p[0] < 0xe0 && left >= 2) {
		*ret_step = 2;
		return (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3fu);
	}
	if (p[0] >= 0xe0 && p[0] < 0xf0 && left >= 3) {
		*ret_step = 3;
		return (uint32_t)(p[0] & 0x0f) << 12 |
		       (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3fu);
	}
	*ret_step = p[0] >= 0xf0 && left >= 4 ? 4 : 1;
	return 0;
}

static char
fold_code(uint32_t code)
{
	size_t i;

	if (code >= 0xc0 && code < 0x100)
		return latin[code - 0xc0];
	for (i = 0; i < ARRAY_SIZE(punctuation); i++)
		if (punctuation[i].code == code)
			return punctuation[i].as;
	return 0;
}

struct folder {
	struct fold *fold;
	struct arena *arena;
	char *out;
	size_t len;
	bool space;     /* the last byte written is a folded space */
	unsigned lines; /* line ends seen in this run of white space */
};

static void
end_run(struct folder *f)
{
	uint32_t *place;

	if (f->lines != 0 && f->len != 0) {
		place = arena_push(f->arena, &f->fold->breaks,
				   &f->fold->break_count,
				   sizeof(*f->fold->breaks));
		*place = (uint32_t)(f->len - 1);
		if (f->lines > 1)
			*place |= FOLD_PARAGRAPH;
	}
	f->lines = 0;
}

static void
put(struct folder *f, char c, size_t at)
{
	if (c == ' ' || c == '\n') {
		f->lines += c == '\n';
		if (f->space || f->len == 0)
			return;
		f->space = true;
		c = ' ';
	} else if (f->space) {
		end_run(f);
		f->space = false;
	}
	f->out[f->len] = c;
	f->fold->at[f->len++] = (uint32_t)at;
}

void
fold_make(struct span original, struct arena *arena, struct fold *ret_fold)
{
	struct folder f = { .fold = ret_fold, .arena = arena };
	const unsigned char *p;
	size_t i, step, limit = original.len;

	if (limit > FOLD_MAX)
		limit = FOLD_MAX;
	*ret_fold = (struct fold){ .original = original };
	ret_fold->at = arena_array(arena, limit + 1, sizeof(*ret_fold->at));
	f.out = arena_alloc(arena, limit + 1);
	p = (const unsigned char *)original.ptr;
	for (i = 0; i < limit; i += step) {
		unsigned char c = p[i];
		char as;

		step = 1;
		if (c >= 'A' && c <= 'Z')
			put(&f, (char)(c + 32), i);
		else if (c == '\t' || c == '\r' || c == '\f' || c == '\v')
			put(&f, ' ', i);
		else if (c < 0x80)
			put(&f, (char)c, i);
		else if ((as = fold_code(decode(p + i, limit - i, &step))) != 0)
			put(&f, as, i);
		else
			for (size_t k = 0; k < step; k++)
				put(&f, (char)p[i + k], i + k);
	}
	if (f.space)
		end_run(&f);
	ret_fold->at[f.len] = (uint32_t)limit;
	ret_fold->text = (struct span){ .ptr = f.out, .len = f.len };
}

void
fold_original(const struct fold *fold, size_t start, size_t end,
	      size_t *ret_start, size_t *ret_end)
{
	size_t last;

	*ret_start = fold->at[start];
	if (end <= start) {
		*ret_end = *ret_start;
		return;
	}
	/* The end is behind the last folded byte's own character. */
	last = fold->at[end - 1];
	*ret_end = last + text_utf8_step(span_sub(fold->original, last,
						  fold->original.len));
	if (*ret_end > fold->original.len)
		*ret_end = fold->original.len;
}

bool
fold_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       (unsigned char)c >= 0x80;
}

bool
fold_holds(struct span text, const char *phrase)
{
	size_t len = strlen(phrase), at;
	bool open = phrase[len - 1] == '*';

	len -= open;
	for (at = 0; at + len <= text.len; at++)
		if (memcmp(text.ptr + at, phrase, len) == 0 &&
		    (at == 0 || !fold_letter(text.ptr[at - 1])) &&
		    (open || at + len == text.len ||
		     !fold_letter(text.ptr[at + len])))
			return true;
	return false;
}
