/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JSON_H
#define JSON_H
/*
 * JSON out, one object a line, and small JSON files in (jansson). A writer
 * appends to a buf; keys and literals are ours, spans are escaped, so a line
 * is always well formed.
 */
#include <stdbool.h>
#include <stdio.h>

#include "error.h"
#include "text.h"

struct json_writer {
	struct buf out;
	bool comma;
};

void json_init(struct json_writer *json);
void json_clear(struct json_writer *json);
/* key NULL inside an array or at the top. */
void json_open_object(struct json_writer *json, const char *key);
void json_open_array(struct json_writer *json, const char *key);
void json_close_object(struct json_writer *json);
void json_close_array(struct json_writer *json);
void json_put_text(struct json_writer *json, const char *key,
		   struct span value);
void json_put_string(struct json_writer *json, const char *key,
		     const char *value);
void json_put_number(struct json_writer *json, const char *key,
		     long long value);
void json_put_decimal(struct json_writer *json, const char *key, double value,
		      int digits);
void json_put_bool(struct json_writer *json, const char *key, bool value);
void json_put_null(struct json_writer *json, const char *key);
/* Writes the line and its '\n', and empties the writer; -1 when out fails. */
int json_print(struct json_writer *json, FILE *out);

/* Reading: a tree from jansson behind our own face. */
struct json;
struct json *json_load(const char *path, struct error *err);
struct json *json_parse(struct span text, struct error *err);
void json_free(struct json *json);
/* Borrowed; NULL when absent or of another kind. */
const struct json *json_get(const struct json *object, const char *key);
size_t json_size(const struct json *array);
const struct json *json_item(const struct json *array, size_t index);
const char *json_as_string(const struct json *value);
bool json_as_number(const struct json *value, double *ret_number);
bool json_as_bool(const struct json *value, bool *ret_bool);

#endif
