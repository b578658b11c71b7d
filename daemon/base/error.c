/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int
error_set(struct error *err, enum error_kind kind, const char *format, ...)
{
	va_list args;

	err->kind = kind;
	va_start(args, format);
	vsnprintf(err->text, sizeof err->text, format, args);
	va_end(args);
	return -1;
}

int
error_add(struct error *err, const char *format, ...)
{
	char words[ERROR_TEXT_MAX];
	size_t front, old;
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof words - 2, format, args);
	va_end(args);
	front = strlen(words);
	memcpy(words + front, ": ", 2);
	front += 2;
	old = strlen(err->text);
	if (front + old >= sizeof err->text)
		old = sizeof err->text - 1 - front;
	memmove(err->text + front, err->text, old);
	memcpy(err->text, words, front);
	err->text[front + old] = '\0';
	return -1;
}
