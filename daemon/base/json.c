/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json.h"

#include <jansson.h>
#include <string.h>

#include "file.h"

enum { JSON_LINE_MAX = 64 * 1024 * 1024, JSON_FILE_MAX = 16 * 1024 * 1024 };

void
json_init(struct json_writer *json)
{
	buf_init(&json->out, JSON_LINE_MAX);
	json->comma = false;
}

void
json_clear(struct json_writer *json)
{
	buf_clear(&json->out);
}

/* RFC 8259 section 7; the text is UTF-8 already. */
static void
quote(struct buf *out, struct span text)
{
	size_t at, from = 0;

	buf_add_byte(out, '"');
	for (at = 0; at < text.len; at++) {
		unsigned char c = (unsigned char)text.ptr[at];

		if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
			continue;
		buf_add(out, span_sub(text, from, at));
		from = at + 1;
		switch (c) {
		case '"':
			buf_add_literal(out, "\\\"");
			break;
		case '\\':
			buf_add_literal(out, "\\\\");
			break;
		case '\n':
			buf_add_literal(out, "\\n");
			break;
		case '\t':
			buf_add_literal(out, "\\t");
			break;
		default:
			buf_printf(out, "\\u%04x", c);
		}
	}
	buf_add(out, span_sub(text, from, text.len));
	buf_add_byte(out, '"');
}

static void
begin(struct json_writer *json, const char *key)
{
	if (json->comma)
		buf_add_byte(&json->out, ',');
	json->comma = true;
	if (key != NULL) {
		quote(&json->out, span_of(key));
		buf_add_byte(&json->out, ':');
	}
}

void
json_open_object(struct json_writer *json, const char *key)
{
	begin(json, key);
	buf_add_byte(&json->out, '{');
	json->comma = false;
}

void
json_open_array(struct json_writer *json, const char *key)
{
	begin(json, key);
	buf_add_byte(&json->out, '[');
	json->comma = false;
}

void
json_close_object(struct json_writer *json)
{
	buf_add_byte(&json->out, '}');
	json->comma = true;
}

void
json_close_array(struct json_writer *json)
{
	buf_add_byte(&json->out, ']');
	json->comma = true;
}

void
json_put_text(struct json_writer *json, const char *key, struct span value)
{
	begin(json, key);
	quote(&json->out, value);
}

void
json_put_string(struct json_writer *json, const char *key, const char *value)
{
	json_put_text(json, key, span_of(value));
}

void
json_put_number(struct json_writer *json, const char *key, long long value)
{
	begin(json, key);
	buf_printf(&json->out, "%lld", value);
}

void
json_put_decimal(struct json_writer *json, const char *key, double value,
		 int decimals)
{
	begin(json, key);
	buf_printf(&json->out, "%.*f", decimals, value);
}

void
json_put_bool(struct json_writer *json, const char *key, bool value)
{
	begin(json, key);
	buf_add_literal(&json->out, value ? "true" : "false");
}

void
json_put_null(struct json_writer *json, const char *key)
{
	begin(json, key);
	buf_add_literal(&json->out, "null");
}

int
json_print(struct json_writer *json, FILE *out)
{
	size_t written;

	buf_add_byte(&json->out, '\n');
	written = fwrite(json->out.ptr, 1, json->out.len, out);
	written -= json->out.len;
	buf_empty(&json->out);
	json->comma = false;
	return written == 0 ? 0 : -1;
}

static struct json *
loaded(json_t *tree, const char *where, const json_error_t *fault,
       struct error *err)
{
	if (tree == NULL)
		error_set(err, ERROR_CONFIG, "%s:%d: %s", where, fault->line,
			  fault->text);
	return (struct json *)tree;
}

struct json *
json_load(const char *path, struct error *err)
{
	FILE *file = file_open(path, err);
	struct json *json;
	json_error_t fault;

	if (file == NULL)
		return NULL;
	json = loaded(json_loadf(file, JSON_REJECT_DUPLICATES, &fault), path,
		      &fault, err);
	fclose(file);
	return json;
}

struct json *
json_parse(struct span text, struct error *err)
{
	json_error_t fault = { .text = "too long", .line = 1 };
	json_t *tree = NULL;

	if (text.len <= JSON_FILE_MAX)
		tree = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES,
				  &fault);
	return loaded(tree, "json", &fault, err);
}

void
json_free(struct json *json)
{
	if (json != NULL)
		json_decref((json_t *)json);
}

const struct json *
json_get(const struct json *object, const char *key)
{
	return (const struct json *)json_object_get((const json_t *)object,
						    key);
}

size_t
json_size(const struct json *array)
{
	return json_array_size((const json_t *)array);
}

const struct json *
json_item(const struct json *array, size_t index)
{
	return (const struct json *)json_array_get((const json_t *)array,
						   index);
}

const char *
json_as_string(const struct json *value)
{
	return json_string_value((const json_t *)value);
}

bool
json_as_number(const struct json *value, double *ret_number)
{
	if (!json_is_number((const json_t *)value))
		return false;
	*ret_number = json_number_value((const json_t *)value);
	return true;
}

bool
json_as_bool(const struct json *value, bool *ret_bool)
{
	if (!json_is_boolean((const json_t *)value))
		return false;
	*ret_bool = json_is_true((const json_t *)value);
	return true;
}
