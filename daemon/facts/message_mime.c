/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The grammar of header fields, by GMime 3. Plain fields, which most are, take
 * a short way without it: an object for every address is what costs most
 * otherwise.
 *
 * Hostile fields: nested groups ("g:g:g:…") overrun GMime's stack, so a field
 * with more than NEST_MAX colons or parentheses never gets there.
 */
#include "message_private.h"

#include <gmime/gmime.h>
#include <iconv.h>
#include <string.h>

enum {
	FIELD_MAX = 64 * 1024, /* of one field; the rest is cut */
	NEST_MAX = 60,
	WORDS_MAX = 8 * 1024 /* decoded text of one field */
};

/* Converters that the C library loads from files when they are first used,
 * which a jail forbids later. It forgets them when the last user has closed
 * them, so these are never closed. */
static const char *const charsets[] = {
	"ISO-8859-1",   "ISO-8859-2",   "ISO-8859-3",    "ISO-8859-4",
	"ISO-8859-5",   "ISO-8859-6",   "ISO-8859-7",    "ISO-8859-8",
	"ISO-8859-9",   "ISO-8859-10",  "ISO-8859-13",   "ISO-8859-14",
	"ISO-8859-15",  "ISO-8859-16",  "WINDOWS-1250",  "WINDOWS-1251",
	"WINDOWS-1252", "WINDOWS-1253", "WINDOWS-1254",  "WINDOWS-1255",
	"WINDOWS-1256", "WINDOWS-1257", "WINDOWS-1258",  "KOI8-R",
	"KOI8-U",       "GB2312",       "GBK",           "GB18030",
	"BIG5",         "BIG5-HKSCS",   "EUC-JP",        "SHIFT_JIS",
	"CP932",        "ISO-2022-JP",  "ISO-2022-JP-2", "EUC-KR",
	"CP949",        "ISO-2022-KR",  "ISO-2022-CN",   "TIS-620",
	"CP874",        "UTF-16",       "UTF-16LE",      "UTF-16BE",
	"UTF-32",       "UTF-7",        "MACINTOSH",     "IBM437",
	"IBM850",       "IBM852",       "IBM866",        "HZ-GB-2312",
};

static void
open_converters(void)
{
	static iconv_t converters[ARRAY_SIZE(charsets)];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(charsets); i++)
		if (converters[i] == NULL)
			converters[i] = iconv_open("UTF-8", charsets[i]);
}

void
mime_prepare(void)
{
	g_mime_init();
	html_prepare();
	document_prepare();
	open_converters();
}

static char *
terminated(struct reading *reading, struct span value)
{
	char *copy;
	size_t i;

	if (value.len > FIELD_MAX) {
		reading_warn(reading, "header: field too long, cut");
		value.len = FIELD_MAX;
	}
	copy = (char *)arena_span(reading->arena, value).ptr;
	for (i = 0; i < value.len; i++)
		if (copy[i] == '\0')
			copy[i] = ' ';
	return copy;
}

/* Printable ASCII in one line, with no encoded word and no double space. */
static bool
is_plain(struct span value)
{
	size_t i;

	for (i = 0; i < value.len; i++) {
		char c = value.ptr[i];

		if (c < ' ' || c > '~' ||
		    (c == '=' && i + 1 < value.len &&
		     value.ptr[i + 1] == '?') ||
		    (c == ' ' && i + 1 < value.len && value.ptr[i + 1] == ' '))
			return false;
	}
	return true;
}

/* White space and control characters become one space each run. */
static struct span
fold_space(struct reading *reading, struct span text)
{
	char *out = arena_alloc(reading->arena, text.len + 1);
	size_t i, len = 0;

	for (i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c > ' ' && c != 0x7f)
			out[len++] = (char)c;
		else if (len != 0 && out[len - 1] != ' ')
			out[len++] = ' ';
	}
	while (len != 0 && out[len - 1] == ' ')
		len--;
	return (struct span){ .ptr = out, .len = len };
}

/* GMime gives UTF-8 or what it found; this makes sure. */
static struct span
take_text(struct reading *reading, const char *text)
{
	struct span none = { .ptr = "", .len = 0 };

	if (text == NULL)
		return none;
	return fold_space(
		reading, charset_text(reading, span_of(text), none, WORDS_MAX));
}

struct span
mime_words(struct reading *reading, struct span value)
{
	struct span result, none = { .ptr = "", .len = 0 };
	char *decoded;

	if (value.len > WORDS_MAX * 4)
		value.len = WORDS_MAX * 4;
	if (is_plain(value))
		return arena_span(reading->arena,
				  span_sub(value, 0, WORDS_MAX));
	if (span_find(value, "=?") == value.len)
		return fold_space(
			reading,
			charset_text(reading, arena_span(reading->arena, value),
				     none, WORDS_MAX));
	decoded = g_mime_utils_header_decode_text(NULL,
						  terminated(reading, value));
	result = take_text(reading, decoded);
	g_free(decoded);
	return result;
}

/* ---- addresses ---- */

static bool
is_address_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') ||
	       strchr("!#$%&'*+-/=?^_`{|}~.", c) != NULL;
}

/* local@domain of the plain kind, whole span. */
static bool
is_plain_email(struct span text)
{
	size_t i, ats = 0;

	if (text.len < 3 || text.ptr[0] == '@' || text.ptr[text.len - 1] == '@')
		return false;
	for (i = 0; i < text.len; i++) {
		if (text.ptr[i] == '@')
			ats++;
		else if (text.ptr[i] == '\0' || !is_address_byte(text.ptr[i]))
			return false;
	}
	return ats == 1;
}

static void
add_address(struct reading *reading, struct addresses *addresses,
	    struct span email, struct span name)
{
	struct address *address;

	if (addresses->count >= reading->limits->addresses) {
		reading_warn(reading, "header: too many addresses, cut");
		return;
	}
	address = arena_push(reading->arena, &addresses->at, &addresses->count,
			     sizeof *address);
	address->email = arena_lower(reading->arena, email);
	address->name = name;
}

/* "name <a@b>", "\"name\" <a@b>" or "a@b" in plain characters. */
static bool
plain_address(struct span text, struct span *ret_email, struct span *ret_name)
{
	size_t open;

	text = span_trim(text);
	*ret_name = (struct span){ .ptr = "", .len = 0 };
	*ret_email = text;
	if (text.len != 0 && text.ptr[text.len - 1] == '>') {
		open = span_find_byte(text, '<');
		*ret_email = span_sub(text, open + 1, text.len - 1);
		*ret_name = span_trim(span_sub(text, 0, open));
		if (ret_name->len >= 2 && ret_name->ptr[0] == '"' &&
		    ret_name->ptr[ret_name->len - 1] == '"')
			*ret_name = span_sub(*ret_name, 1, ret_name->len - 1);
	}
	return is_plain_email(*ret_email) &&
	       span_find_byte(*ret_name, '<') == ret_name->len;
}

/* The end of one address of a plain list: the next comma outside quotes. */
static size_t
plain_end(struct span text)
{
	size_t i;
	bool quoted = false;

	for (i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"')
			quoted = !quoted;
		if (text.ptr[i] == ',' && !quoted)
			break;
	}
	return i;
}

static bool
is_plain_list(struct span value)
{
	size_t i, quotes = 0;

	for (i = 0; i < value.len; i++) {
		char c = value.ptr[i];

		if ((c < ' ' && c != '\r' && c != '\n' && c != '\t') ||
		    c > '~' || c == '(' || c == ':' || c == ';' || c == '\\' ||
		    (c == '=' && i + 1 < value.len && value.ptr[i + 1] == '?'))
			return false;
		quotes += c == '"';
	}
	return quotes % 2 == 0;
}

/* False when something in it is not plain; nothing was added then. */
static bool
plain_list(struct reading *reading, struct span value,
	   struct addresses *addresses)
{
	struct span email, name, rest;

	if (!is_plain_list(value))
		return false;
	for (rest = value; rest.len != 0;) {
		size_t end = plain_end(rest);

		if (!plain_address(span_sub(rest, 0, end), &email, &name))
			return false;
		rest = span_sub(rest, end + 1, rest.len);
	}
	for (rest = value; rest.len != 0;) {
		size_t end = plain_end(rest);

		plain_address(span_sub(rest, 0, end), &email, &name);
		add_address(reading, addresses, email,
			    fold_space(reading, name));
		rest = span_sub(rest, end + 1, rest.len);
	}
	return true;
}

/* Some systems put an address where the name should be: 'a@b' <a@b>. */
static void
add_mailbox(struct reading *reading, InternetAddress *item,
	    struct addresses *addresses)
{
	InternetAddressMailbox *mailbox = INTERNET_ADDRESS_MAILBOX(item);
	const char *email = internet_address_mailbox_get_addr(mailbox);
	struct span text;

	if (email == NULL)
		return;
	text = take_text(reading, email);
	if (text.len != 0)
		add_address(
			reading, addresses, text,
			take_text(reading, internet_address_get_name(item)));
}

static void
add_list(struct reading *reading, InternetAddressList *list,
	 struct addresses *addresses, unsigned depth)
{
	int i, count = list != NULL ? internet_address_list_length(list) : 0;

	for (i = 0; i < count && depth < NEST_MAX; i++) {
		InternetAddress *item =
			internet_address_list_get_address(list, i);

		if (INTERNET_ADDRESS_IS_GROUP(item))
			add_list(reading,
				 internet_address_group_get_members(
					 INTERNET_ADDRESS_GROUP(item)),
				 addresses, depth + 1);
		else
			add_mailbox(reading, item, addresses);
		if (addresses->count >= reading->limits->addresses)
			return;
	}
}

/* For fields that would hurt the library: whatever looks like a@b. */
void
mime_addresses_loose(struct reading *reading, struct span value,
		     struct addresses *addresses)
{
	size_t at = 0, start;
	struct span none = { .ptr = "", .len = 0 };

	while (at < value.len) {
		struct span word;

		start = at;
		while (at < value.len && value.ptr[at] != '\0' &&
		       (value.ptr[at] == '@' || is_address_byte(value.ptr[at])))
			at++;
		word = span_sub(value, start, at);
		if (is_plain_email(word))
			add_address(reading, addresses, word, none);
		if (at == start)
			at++;
	}
}

static bool
is_nested(struct span value)
{
	size_t i, deep = 0;

	for (i = 0; i < value.len; i++)
		deep += value.ptr[i] == ':' || value.ptr[i] == '(';
	return deep > NEST_MAX;
}

void
mime_addresses(struct reading *reading, struct span value,
	       struct addresses *addresses)
{
	InternetAddressList *list;
	size_t before = addresses->count;

	if (span_blank(value) || plain_list(reading, value, addresses))
		return;
	if (is_nested(value)) {
		reading_warn(reading, "header: odd address list");
		mime_addresses_loose(reading, value, addresses);
		return;
	}
	list = internet_address_list_parse(NULL, terminated(reading, value));
	add_list(reading, list, addresses, 0);
	if (list != NULL)
		g_object_unref(list);
	if (addresses->count == before &&
	    span_find_byte(value, '@') != value.len)
		mime_addresses_loose(reading, value, addresses);
}

/* ---- dates ---- */

enum {
	YEAR_MIN = 1990, /* before that a clock was not set */
	YEAR_MAX = 2099
};

time_t
mime_date(struct span value)
{
	char text[128];
	GDateTime *date;
	time_t result = 0;
	int year;

	value = span_trim(value);
	if (value.len == 0 || value.len >= sizeof text)
		return 0;
	memcpy(text, value.ptr, value.len);
	text[value.len] = '\0';
	date = g_mime_utils_header_decode_date(text);
	if (date == NULL)
		return 0;
	year = g_date_time_get_year(date);
	if (year >= YEAR_MIN && year <= YEAR_MAX)
		result = (time_t)g_date_time_to_unix(date);
	g_date_time_unref(date);
	return result;
}

/* ---- content type, disposition ---- */

static struct span
lower_parameter(struct reading *reading, GMimeContentType *type,
		const char *name)
{
	const char *value = g_mime_content_type_get_parameter(type, name);

	return value != NULL ?
		       arena_lower(reading->arena, span_trim(span_of(value))) :
		       span_of("");
}

/* A type goes on the wire as it is, and is compared with names in ASCII: other
 * bytes are left out, for mail programs show "text/plain\xff" as text. */
static struct span
clean_type(struct reading *reading, const char *type, const char *subtype)
{
	struct span text = arena_printf(reading->arena, "%s/%s", type, subtype);
	char *at = (char *)text.ptr;
	size_t i, len = 0;

	for (i = 0; i < text.len; i++)
		if (at[i] > ' ' && at[i] <= '~')
			at[len++] = at[i];
	return arena_lower(reading->arena, span_sub(text, 0, len));
}

static void
read_type(struct reading *reading, struct part *part, struct span value)
{
	GMimeContentType *type =
		g_mime_content_type_parse(NULL, terminated(reading, value));
	const char *text;

	if (type == NULL)
		return;
	part->type =
		clean_type(reading, g_mime_content_type_get_media_type(type),
			   g_mime_content_type_get_media_subtype(type));
	text = g_mime_content_type_get_parameter(type, "boundary");
	if (text != NULL)
		part->boundary = arena_span(reading->arena, span_of(text));
	text = g_mime_content_type_get_parameter(type, "name");
	if (text != NULL)
		part->name = take_text(reading, text);
	part->charset = lower_parameter(reading, type, "charset");
	part->method = lower_parameter(reading, type, "method");
	part->report_type = lower_parameter(reading, type, "report-type");
	part->smime_type = lower_parameter(reading, type, "smime-type");
	part->flowed =
		span_is(lower_parameter(reading, type, "format"), "flowed");
	part->delsp = span_is(lower_parameter(reading, type, "delsp"), "yes");
	g_object_unref(type);
}

/* "text/plain; charset=utf-8" and its like, without an object. */
static bool
plain_type(struct reading *reading, struct part *part, struct span value)
{
	struct span type, charset;

	if (!is_plain(value) || !span_next(&value, ';', &type))
		return false;
	value = span_trim(value);
	type = span_trim(type);
	if (span_find_byte(type, '/') == type.len ||
	    span_find_byte(type, ' ') != type.len ||
	    span_starts_nocase(type, "multipart/"))
		return false;
	charset = span_sub(value, 0, 0);
	if (value.len != 0) {
		if (!span_starts_nocase(value, "charset="))
			return false;
		charset = span_trim(span_sub(value, 8, value.len));
		if (charset.len >= 2 && charset.ptr[0] == '"' &&
		    charset.ptr[charset.len - 1] == '"')
			charset = span_sub(charset, 1, charset.len - 1);
		if (span_find_byte(charset, '"') != charset.len ||
		    span_find_byte(charset, ';') != charset.len ||
		    span_find_byte(charset, '(') != charset.len)
			return false;
	}
	part->type = arena_lower(reading->arena, type);
	part->charset = arena_lower(reading->arena, charset);
	return true;
}

static void
read_disposition(struct reading *reading, struct part *part, struct span value)
{
	GMimeContentDisposition *disposition;
	const char *name;

	part->attached = span_starts_nocase(value, "attachment");
	if (span_find_byte(value, ';') == value.len)
		return;
	disposition = g_mime_content_disposition_parse(
		NULL, terminated(reading, value));
	if (disposition == NULL)
		return;
	name = g_mime_content_disposition_get_parameter(disposition,
							"filename");
	if (name != NULL && *name != '\0')
		part->name = take_text(reading, name);
	g_object_unref(disposition);
}

/* Parameters are nested comments at worst: (((((…. */
static struct span
tame(struct reading *reading, struct span value)
{
	if (value.len > FIELD_MAX || is_nested(value)) {
		reading_warn(reading, "header: odd content type");
		return span_sub(value, 0, span_find_byte(value, '('));
	}
	return value;
}

void
mime_content(struct reading *reading, struct part *part)
{
	struct span value = tame(reading, part_header(part, "Content-Type"));
	struct span none = { .ptr = "", .len = 0 };

	if (part->type.len == 0)
		part->type = span_of("text/plain");
	part->charset = part->boundary = part->name = part->method = none;
	part->report_type = part->smime_type = none;
	if (value.len != 0 && !plain_type(reading, part, value))
		read_type(reading, part, value);
	value = tame(reading, part_header(part, "Content-Disposition"));
	if (value.len != 0)
		read_disposition(reading, part, value);
	part->encoding =
		mime_encoding(part_header(part, "Content-Transfer-Encoding"));
	part->has_id = part_has_header(part, "Content-ID");
}
