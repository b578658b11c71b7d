/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ERROR_H
#define ERROR_H
/*
 * What went wrong, said once, in words that grow on the way up.
 *
 * A function that can fail takes `struct error *` last, returns -1 and fills
 * it with error_set(). Each level that knows more puts its own words in front
 * with error_add(): "while fetching UID 4711 of mailbox 'members': …".
 * The kind decides what the caller does; see enum error_kind.
 *
 * Ownership: the caller's, usually on the stack; nothing to free.
 * Limits:    ERROR_TEXT_MAX bytes, cut at the end (the newest words survive).
 */
#include "attribute.h"

enum { ERROR_TEXT_MAX = 512 };

enum error_kind {
	ERROR_NONE,
	ERROR_INPUT,     /* this message or row is unusable; carry on */
	ERROR_TEMPORARY, /* retry later, with back-off and jitter */
	ERROR_PERMANENT, /* it will never work; the fate of a letter */
	ERROR_CONFIG,    /* do not start, or keep the old configuration */
	ERROR_INTERNAL,  /* a bug or a broken machine; stop */
	ERROR_KIND_COUNT
};

struct error {
	enum error_kind kind;
	char text[ERROR_TEXT_MAX];
};

/* Fills err and returns -1, so that "return error_set(…)" reads well. */
int error_set(struct error *err, enum error_kind kind, const char *format, ...)
	CLERK_PRINTF(3, 4);

/* Puts "words: " in front of what err says already; returns -1. */
int error_add(struct error *err, const char *format, ...) CLERK_PRINTF(2, 3);

#endif
