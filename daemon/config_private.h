/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CONFIG_PRIVATE_H
#define CONFIG_PRIVATE_H
/*
 * Between the tables of settings and the code that reads them.
 */
#include <stddef.h>

#include "config.h"

enum field_kind {
	FIELD_TEXT,   /* const char * */
	FIELD_FILE,   /* const char *, relative to the file's folder */
	FIELD_SECRET, /* as FIELD_FILE; a bare name is a credential first */
	FIELD_LIST,   /* struct span_list */
	FIELD_DATES,  /* struct date_list */
	FIELD_DATE,   /* struct date; year 0 when not set */
	FIELD_NUMBER, /* int */
	FIELD_BOOL,   /* bool */
	FIELD_SHARE,  /* double, 0 to 1 */
	FIELD_CLOCK,  /* int, minutes after midnight, "09:00" */
	FIELD_CHOICE  /* int-sized enum */
};

struct field {
	const char *name;
	enum field_kind kind;
	size_t offset;
	bool required;
	const char *text;      /* default of TEXT, FILE, CHOICE, CLOCK, SHARE */
	int number, low, high; /* default and range of NUMBER, BOOL */
	const char *const *choices; /* NULL-terminated, in order of the enum */
};

struct section {
	const char *name;
	size_t offset;
	const struct field *fields;
	size_t count;
	bool required;
};

extern const struct section config_sections[];
extern const size_t config_section_count;
extern const struct field config_mailbox_fields[];
extern const size_t config_mailbox_field_count;

#endif
