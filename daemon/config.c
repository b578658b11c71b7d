/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <assert.h>
#include <libconfig.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "config_private.h"
#include "edges/send.h"
#include "paths.h"

struct loading {
	struct config *config;
	struct fault_list *faults;
	char *folder; /* of the file, with '/' at the end */
};

static const char mailboxes_name[] = "mailboxes";

static unsigned
line_of(const config_setting_t *setting)
{
	return setting != NULL ? (unsigned)config_setting_source_line(setting) :
				 0;
}

/* Stores a value of any type; the tables say where. */
#define STORE(base, field, type, value) \
	(*(type *)(void *)((char *)(base) + (field)->offset) = (value))

static const char *
relative(const struct loading *loading, const char *path)
{
	struct arena *arena = loading->config->arena;

	if (path[0] == '/')
		return arena_string(arena, path);
	return arena_printf(arena, "%s%s", loading->folder, path).ptr;
}

/* A bare name is looked for among the credentials of systemd.exec(5) first
 * (LoadCredential=imap.password:…), then beside clerkd.conf. */
static const char *
secret(const struct loading *loading, const char *path)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	const char *credential;

	if (folder == NULL || strchr(path, '/') != NULL)
		return relative(loading, path);
	credential =
		arena_printf(loading->config->arena, "%s/%s", folder, path).ptr;
	return access(credential, R_OK) == 0 ? credential :
					       relative(loading, path);
}

static void
wrong_type(const struct loading *loading, const config_setting_t *setting,
	   const struct field *field, const char *want)
{
	fault_add(loading->faults, FAULT_ERROR, loading->config->path,
		  line_of(setting), "%s must be %s", field->name, want);
}

static void
read_text(const struct loading *loading, const config_setting_t *setting,
	  const struct field *field, void *base)
{
	const char *text = field->text;

	if (setting != NULL) {
		text = config_setting_get_string(setting);
		if (text == NULL || !text_utf8_valid(span_of(text))) {
			wrong_type(loading, setting, field,
				   text == NULL ? "a text in quotes" :
						  "in UTF-8; save this file "
						  "as UTF-8");
			text = "";
		}
		if (text[0] == '\0' && !field->required)
			text = NULL;
	}
	if (text != NULL)
		text = field->kind == FIELD_SECRET ?
			       secret(loading, text) :
		       field->kind == FIELD_FILE ?
			       relative(loading, text) :
			       arena_string(loading->config->arena, text);
	STORE(base, field, const char *, text);
}

static const char list_form[] = "a list of texts: [\"…\", \"…\"]";

static const char *
element(const struct loading *loading, const config_setting_t *setting,
	const struct field *field, int i)
{
	const char *text = config_setting_get_string_elem(setting, i);

	if (text == NULL)
		wrong_type(loading, setting, field, list_form);
	return text;
}

static void
read_list(const struct loading *loading, const config_setting_t *setting,
	  const struct field *field, void *base)
{
	struct span_list list = { 0 };
	int i;

	if (setting != NULL && !config_setting_is_aggregate(setting))
		wrong_type(loading, setting, field, list_form);
	for (i = 0; setting != NULL && i < config_setting_length(setting);
	     i++) {
		const char *text = element(loading, setting, field, i);

		if (text == NULL)
			break;
		*(struct span *)arena_push(loading->config->arena, &list.at,
					   &list.count, sizeof *list.at) =
			span_of(arena_string(loading->config->arena, text));
	}
	if (field->required && list.count == 0)
		wrong_type(loading, setting, field, "a list that is not empty");
	STORE(base, field, struct span_list, list);
}

static void
read_dates(const struct loading *loading, const config_setting_t *setting,
	   const struct field *field, void *base)
{
	struct date_list list = { 0 };
	struct date day;
	int i;

	if (setting != NULL && !config_setting_is_aggregate(setting))
		wrong_type(loading, setting, field, list_form);
	for (i = 0; setting != NULL && i < config_setting_length(setting);
	     i++) {
		const char *text = element(loading, setting, field, i);

		if (text == NULL)
			break;
		if (date_parse(span_of(text), &day))
			*(struct date *)arena_push(loading->config->arena,
						   &list.at, &list.count,
						   sizeof *list.at) = day;
		else
			fault_add(loading->faults, FAULT_ERROR,
				  loading->config->path, line_of(setting),
				  "%s: \"%s\" is no day; write 2026-12-29",
				  field->name, text);
	}
	STORE(base, field, struct date_list, list);
}

static void
read_date(const struct loading *loading, const config_setting_t *setting,
	  const struct field *field, void *base)
{
	struct date day = { 0 };
	const char *text =
		setting != NULL ? config_setting_get_string(setting) : "";

	if (text == NULL ||
	    (text[0] != '\0' && !date_parse(span_of(text), &day)))
		wrong_type(loading, setting, field,
			   "a day such as \"2026-12-29\"");
	STORE(base, field, struct date, day);
}

static void
read_number(const struct loading *loading, const config_setting_t *setting,
	    const struct field *field, void *base)
{
	int value = field->number;

	if (setting != NULL) {
		value = config_setting_get_int(setting);
		if (config_setting_type(setting) != CONFIG_TYPE_INT ||
		    value < field->low || value > field->high) {
			fault_add(loading->faults, FAULT_ERROR,
				  loading->config->path, line_of(setting),
				  "%s must be a whole number from %d to %d",
				  field->name, field->low, field->high);
			value = field->number;
		}
	}
	STORE(base, field, int, value);
}

static void
read_share(const struct loading *loading, const config_setting_t *setting,
	   const struct field *field, void *base)
{
	double value = strtod(field->text, NULL);

	if (setting != NULL) {
		value = config_setting_type(setting) == CONFIG_TYPE_INT ?
				config_setting_get_int(setting) :
				config_setting_get_float(setting);
		if (!config_setting_is_number(setting) ||
		    !(value >= 0 && value <= 1))
			wrong_type(loading, setting, field,
				   "a share from 0.0 to 1.0");
	}
	STORE(base, field, double, value);
}

static void
read_bool(const struct loading *loading, const config_setting_t *setting,
	  const struct field *field, void *base)
{
	bool value = field->number != 0;

	if (setting != NULL) {
		if (config_setting_type(setting) != CONFIG_TYPE_BOOL)
			wrong_type(loading, setting, field, "true or false");
		value = config_setting_get_bool(setting) != 0;
	}
	STORE(base, field, bool, value);
}

static void
read_clock(const struct loading *loading, const config_setting_t *setting,
	   const struct field *field, void *base)
{
	const char *text = field->text;
	int hour = 0, minute = 0;
	char rest;

	if (setting != NULL)
		text = config_setting_get_string(setting);
	if (text == NULL ||
	    sscanf(text, "%2d:%2d%c", &hour, &minute, &rest) != 2 || hour < 0 ||
	    hour > 23 || minute < 0 || minute > 59)
		wrong_type(loading, setting, field,
			   "a time of day such as \"09:00\"");
	STORE(base, field, int, hour * 60 + minute);
}

static void
read_choice(const struct loading *loading, const config_setting_t *setting,
	    const struct field *field, void *base)
{
	const char *text = field->text;
	struct buf known;
	int i;

	if (setting != NULL)
		text = config_setting_get_string(setting);
	for (i = 0; text != NULL && field->choices[i] != NULL; i++)
		if (strcmp(field->choices[i], text) == 0) {
			STORE(base, field, int, i);
			return;
		}
	buf_init(&known, 256);
	for (i = 0; field->choices[i] != NULL; i++)
		buf_printf(&known, "%s\"%s\"", i == 0 ? "" : ", ",
			   field->choices[i]);
	fault_add(loading->faults, FAULT_ERROR, loading->config->path,
		  line_of(setting), "%s must be one of %s", field->name,
		  known.ptr);
	buf_clear(&known);
}

static void (*const readers[])(const struct loading *, const config_setting_t *,
			       const struct field *, void *) = {
	[FIELD_TEXT] = read_text,     [FIELD_FILE] = read_text,
	[FIELD_SECRET] = read_text,   [FIELD_DATE] = read_date,
	[FIELD_LIST] = read_list,     [FIELD_DATES] = read_dates,
	[FIELD_NUMBER] = read_number, [FIELD_BOOL] = read_bool,
	[FIELD_CLOCK] = read_clock,   [FIELD_CHOICE] = read_choice,
	[FIELD_SHARE] = read_share,
};
static_assert(sizeof(enum division) == sizeof(int) &&
		      sizeof(enum tls_mode) == sizeof(int) &&
		      sizeof(enum guard_mode) == sizeof(int),
	      "FIELD_CHOICE stores an int");

static bool
field_known(const struct field *fields, size_t count, const char *name)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(fields[i].name, name) == 0)
			return true;
	return false;
}

/* One group of settings; group NULL: all defaults. */
static void
group_read(const struct loading *loading, const config_setting_t *group,
	   const struct field *fields, size_t count, void *base)
{
	size_t i;
	int n;

	for (i = 0; i < count; i++) {
		const config_setting_t *setting =
			group != NULL ? config_setting_get_member(
						group, fields[i].name) :
					NULL;

		if (group != NULL && setting == NULL && fields[i].required)
			fault_add(loading->faults, FAULT_ERROR,
				  loading->config->path, line_of(group),
				  "%s is missing here; see clerkd.conf(5)",
				  fields[i].name);
		readers[fields[i].kind](loading, setting, &fields[i], base);
	}
	for (n = 0; group != NULL && n < config_setting_length(group); n++) {
		const config_setting_t *setting =
			config_setting_get_elem(group, (unsigned)n);
		const char *name = config_setting_name(setting);

		if (name != NULL && !field_known(fields, count, name))
			fault_add(loading->faults, FAULT_WARNING,
				  loading->config->path, line_of(setting),
				  "%s is no setting of this group and is "
				  "ignored; is it misspelt?",
				  name);
	}
}

static void
mailboxes_read(const struct loading *loading, const config_setting_t *list)
{
	struct config *config = loading->config;
	int i;

	for (i = 0; list != NULL && i < config_setting_length(list); i++) {
		const config_setting_t *group =
			config_setting_get_elem(list, (unsigned)i);
		struct config_mailbox *mailbox;

		mailbox = arena_push(config->arena, &config->mailboxes,
				     &config->mailbox_count,
				     sizeof *config->mailboxes);
		group_read(loading, group, config_mailbox_fields,
			   config_mailbox_field_count, mailbox);
		mailbox->line = (int)line_of(group);
	}
}

static void
mailbox_check(const struct loading *loading, const struct config_mailbox *box)
{
	const struct config *config = loading->config;
	const char *missing = NULL;
	size_t i;

	if (box->source != SOURCE_IMAP)
		missing = box->path == NULL ? "path" : NULL;
	else if (box->host == NULL)
		missing = "host";
	else if (box->user == NULL)
		missing = "user";
	else if ((box->password_file != NULL) + (box->token_command != NULL) +
			 (box->token_file != NULL) !=
		 1)
		missing = "one of password_file, token_command and token_file";
	if (missing != NULL)
		fault_add(loading->faults, FAULT_ERROR, config->path,
			  (unsigned)box->line, "mailbox \"%s\" needs %s",
			  box->name != NULL ? box->name : "?", missing);
	if (box->source == SOURCE_IMAP && box->tls == TLS_NONE &&
	    box->host != NULL && !send_host_is_loopback(box->host))
		fault_add(loading->faults, FAULT_ERROR, config->path,
			  (unsigned)box->line,
			  "mailbox \"%s\": tls = \"none\" is for a server on "
			  "this machine only; use \"implicit\" or \"starttls\"",
			  box->name != NULL ? box->name : "?");
	for (i = 0; &config->mailboxes[i] != box; i++)
		if (box->name != NULL && config->mailboxes[i].name != NULL &&
		    strcmp(box->name, config->mailboxes[i].name) == 0)
			fault_add(loading->faults, FAULT_ERROR, config->path,
				  (unsigned)box->line,
				  "two mailboxes are called \"%s\"", box->name);
}

static void
check(const struct loading *loading)
{
	const struct config *config = loading->config;
	size_t i;

	for (i = 0; i < config->mailbox_count; i++)
		mailbox_check(loading, &config->mailboxes[i]);
	if (config->mailbox_count != 0 && config->smtp.host != NULL &&
	    config->smtp.from == NULL)
		fault_add(loading->faults, FAULT_ERROR, config->path, 0,
			  "smtp.from is missing: letters need an address that "
			  "they come from");
	if (config->smtp.tls == TLS_NONE && config->smtp.host != NULL &&
	    !send_host_is_loopback(config->smtp.host))
		fault_add(loading->faults, FAULT_ERROR, config->path, 0,
			  "smtp.tls = \"none\" is for a relay on this machine "
			  "only; use \"starttls\" or \"implicit\"");
	if (config->calendar.opens >= config->calendar.closes)
		fault_add(loading->faults, FAULT_ERROR, config->path, 0,
			  "calendar.opens must be before calendar.closes");
}

static void
root_read(const struct loading *loading, const config_setting_t *root)
{
	struct config *config = loading->config;
	size_t i;
	int n;

	for (i = 0; i < config_section_count; i++) {
		const struct section *section = &config_sections[i];
		const config_setting_t *group =
			config_setting_get_member(root, section->name);

		if (group == NULL && section->required)
			fault_add(loading->faults, FAULT_ERROR, config->path, 0,
				  "the group \"%s: { … };\" is missing",
				  section->name);
		group_read(loading, group, section->fields, section->count,
			   (char *)config + section->offset);
	}
	config->has_state = config_setting_get_member(root, "state") != NULL;
	mailboxes_read(loading,
		       config_setting_get_member(root, mailboxes_name));
	for (n = 0; n < config_setting_length(root); n++) {
		const config_setting_t *group =
			config_setting_get_elem(root, (unsigned)n);
		const char *name = config_setting_name(group);

		for (i = 0; i < config_section_count; i++)
			if (strcmp(config_sections[i].name, name) == 0)
				break;
		if (i == config_section_count &&
		    strcmp(name, mailboxes_name) != 0)
			fault_add(loading->faults, FAULT_WARNING, config->path,
				  line_of(group),
				  "group \"%s\" is not known and ignored; is "
				  "it misspelt?",
				  name);
	}
}

/* clerkd.conf keeps its record in /var/lib/clerkd; NAME.conf, of one council
 * among several, in /var/lib/clerkd/NAME. */
static void
state_defaults(struct config *config)
{
	static const char usual[] = "clerkd.conf", end[] = ".conf";
	const char *slash = strrchr(config->path, '/');
	struct span name = span_of(slash != NULL ? slash + 1 : config->path);

	if (span_is(name, usual) || !span_ends_nocase(name, end) ||
	    name.len == strlen(end))
		name.len = 0;
	else
		name.len -= strlen(end);
	if (config->state.directory == NULL)
		config->state.directory =
			arena_printf(config->arena, "%s%s%.*s", PATH_STATE,
				     name.len != 0 ? "/" : "", SPAN_ARG(name))
				.ptr;
	if (config->state.control == NULL)
		config->state.control =
			arena_printf(config->arena, "%s%s%.*s/control",
				     PATH_RUN, name.len != 0 ? "/" : "",
				     SPAN_ARG(name))
				.ptr;
}

static void
data_defaults(struct config *config)
{
	struct arena *arena = config->arena;

	if (config->calendar.holidays == NULL)
		config->calendar.holidays =
			config_data_path(arena, "bank-holidays.json");
	config->calendar.seed = config->calendar.holidays;
	/* The daemon's own copy holds every day of the seed, and those that it
	 * fetched since. */
	if (config->calendar.update_url != NULL &&
	    access(config_holidays_kept(config), R_OK) == 0)
		config->calendar.holidays = config_holidays_kept(config);
	if (config->rules.lexicon == NULL)
		config->rules.lexicon = config_data_path(arena, "lexicon");
	if (config->letters.directory == NULL)
		config->letters.directory = config_data_path(arena, "letters");
}

int
config_load(const char *path, struct fault_list *faults,
	    struct config **ret_config, struct error *err)
{
	struct arena *arena = arena_new(0);
	struct config *config = arena_alloc(arena, sizeof *config);
	struct loading loading = { .config = config, .faults = faults };
	const char *slash = strrchr(path, '/');
	struct error why;
	FILE *in = file_open_text(path, &why);
	config_t file;
	int result = 0;

	config->arena = arena;
	config->path = arena_string(arena, path);
	loading.folder = arena_string(arena, path);
	loading.folder[slash != NULL ? slash - path + 1 : 0] = '\0';
	config_init(&file);
	if (in == NULL) {
		result = error_set(err, ERROR_CONFIG,
				   "%s; name another file with -c", why.text);
	} else if (config_read(&file, in) == CONFIG_TRUE) {
		root_read(&loading, config_root_setting(&file));
		state_defaults(config);
		data_defaults(config);
		check(&loading);
	} else if (config_error_line(&file) > 0) {
		result = error_set(err, ERROR_CONFIG,
				   "%s:%d: %s; is a quote, a bracket or a "
				   "semicolon missing here or just before?",
				   path, config_error_line(&file),
				   config_error_text(&file));
	} else {
		result = error_set(err, ERROR_CONFIG, "%s: cannot be read: %s",
				   path, config_error_text(&file));
	}
	config_destroy(&file);
	if (in != NULL)
		fclose(in);
	if (result == 0)
		*ret_config = config;
	else
		config_free(config);
	return result;
}

void
config_free(struct config *config)
{
	if (config != NULL)
		arena_free(config->arena);
}

struct message_trust
config_trust(const struct config *config)
{
	return (struct message_trust){
		.headers = config->envelope.trusted_headers.at,
		.header_count = config->envelope.trusted_headers.count,
		.journals = config->envelope.journal_addresses.at,
		.journal_count = config->envelope.journal_addresses.count,
		.domains = config->council.domains.at,
		.domain_count = config->council.domains.count,
		.hops = (unsigned)config->envelope.own_hops,
		.servers = config->authentication.servers.at,
		.server_count = config->authentication.servers.count,
		.exchange = config->authentication.exchange,
		.missing_fails =
			config->authentication.missing == MISSING_DOUBT,
	};
}
