/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FILE_H
#define FILE_H
/*
 * Opens what a configuration names, for reading.
 *
 * Only a plain file will do: a pipe would keep the reader waiting for ever, and
 * a folder or a device gives words that say nothing of the mistake.
 *
 * Ownership: the caller closes it with fclose().
 * Errors:    NULL and ERROR_CONFIG, "PATH: why".
 */
#include <stdio.h>

#include "error.h"

FILE *file_open(const char *path, struct error *err);

/* The same for text: reads on behind a byte order mark. */
FILE *file_open_text(const char *path, struct error *err);

#endif
