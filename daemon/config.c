/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <assert.h>
#include <libconfig.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "facts/people.h"
#include "paths.h"

enum field_kind {
	FIELD_TEXT,   /* const char * */
	FIELD_FILE,   /* const char *, relative to the file's folder */
	FIELD_LIST,   /* struct span_list */
	FIELD_DATES,  /* struct date_list */
	FIELD_NUMBER, /* int */
	FIELD_BOOL,   /* bool */
	FIELD_CLOCK,  /* int, minutes after midnight, "09:00" */
	FIELD_CHOICE  /* int-sized enum */
};

struct field {
	const char *name;
	enum field_kind kind;
	size_t offset;
	bool required;
	const char *text;           /* default of TEXT, FILE, CHOICE, CLOCK */
	int number, low, high;      /* default and range of NUMBER, BOOL */
	const char *const *choices; /* NULL-terminated, in order of the enum */
};

struct section {
	const char *name;
	size_t offset;
	const struct field *fields;
	size_t count;
	bool required;
};

struct loading {
	struct config *config;
	struct fault_list *faults;
	char *folder; /* of the file, with '/' at the end */
};

static const char *const division_choices[] = { "england-and-wales", "scotland",
						"northern-ireland", NULL };
static const char *const tls_choices[] = { "implicit", "starttls", "none",
					   NULL };
static const char *const source_choices[] = { "imap", "maildir", "folder",
					      NULL };
static const char *const log_choices[] = { "error", "warning", "notice",
					   "info",  "debug",   NULL };

#define AT(type, member) offsetof(struct type, member)

static const struct field council_fields[] = {
	{ .name = "name",
	  .kind = FIELD_TEXT,
	  .required = true,
	  .offset = AT(config_council, name) },
	{ .name = "domains",
	  .kind = FIELD_LIST,
	  .required = true,
	  .offset = AT(config_council, domains) },
	{ .name = "timezone",
	  .kind = FIELD_TEXT,
	  .text = "Europe/London",
	  .offset = AT(config_council, zone) },
	{ .name = "division",
	  .kind = FIELD_CHOICE,
	  .text = "england-and-wales",
	  .choices = division_choices,
	  .offset = AT(config_council, division) },
	{ .name = "protocol",
	  .kind = FIELD_TEXT,
	  .required = true,
	  .offset = AT(config_council, protocol) },
	{ .name = "closures",
	  .kind = FIELD_DATES,
	  .offset = AT(config_council, closures) },
};

static const struct field directory_fields[] = {
	{ .name = "people",
	  .kind = FIELD_FILE,
	  .required = true,
	  .offset = AT(config_directory, people) },
	{ .name = "groups",
	  .kind = FIELD_FILE,
	  .offset = AT(config_directory, groups) },
	{ .name = "elections",
	  .kind = FIELD_FILE,
	  .offset = AT(config_directory, elections) },
};

static const struct field envelope_fields[] = {
	{ .name = "trusted_headers",
	  .kind = FIELD_LIST,
	  .offset = AT(config_envelope, trusted_headers) },
	{ .name = "journal_addresses",
	  .kind = FIELD_LIST,
	  .offset = AT(config_envelope, journal_addresses) },
};

static const struct field rules_fields[] = {
	{ .name = "enable",
	  .kind = FIELD_LIST,
	  .offset = AT(config_rules, enable) },
	{ .name = "disable",
	  .kind = FIELD_LIST,
	  .offset = AT(config_rules, disable) },
	{ .name = "shadow",
	  .kind = FIELD_LIST,
	  .offset = AT(config_rules, shadow) },
	{ .name = "lexicon",
	  .kind = FIELD_FILE,
	  .offset = AT(config_rules, lexicon) },
	{ .name = "weights",
	  .kind = FIELD_FILE,
	  .offset = AT(config_rules, weights) },
};

static const struct field calendar_fields[] = {
	{ .name = "holidays",
	  .kind = FIELD_FILE,
	  .offset = AT(config_calendar, holidays) },
	{ .name = "update_url",
	  .kind = FIELD_TEXT,
	  .offset = AT(config_calendar, update_url) },
	{ .name = "opens",
	  .kind = FIELD_CLOCK,
	  .text = "09:00",
	  .offset = AT(config_calendar, opens) },
	{ .name = "closes",
	  .kind = FIELD_CLOCK,
	  .text = "17:00",
	  .offset = AT(config_calendar, closes) },
};

static const struct field casework_fields[] = {
	{ .name = "acknowledge_days",
	  .kind = FIELD_NUMBER,
	  .number = -1,
	  .low = -1,
	  .high = 250,
	  .offset = AT(config_casework, ack_days) },
	{ .name = "response_days",
	  .kind = FIELD_NUMBER,
	  .number = -1,
	  .low = -1,
	  .high = 250,
	  .offset = AT(config_casework, response_days) },
	{ .name = "remind",
	  .kind = FIELD_BOOL,
	  .number = 1,
	  .offset = AT(config_casework, remind) },
};

static const struct field mailbox_fields[] = {
	{ .name = "name",
	  .kind = FIELD_TEXT,
	  .required = true,
	  .offset = AT(config_mailbox, name) },
	{ .name = "owner",
	  .kind = FIELD_TEXT,
	  .offset = AT(config_mailbox, owner) },
	{ .name = "source",
	  .kind = FIELD_CHOICE,
	  .text = "imap",
	  .choices = source_choices,
	  .offset = AT(config_mailbox, source) },
	{ .name = "path",
	  .kind = FIELD_FILE,
	  .offset = AT(config_mailbox, path) },
	{ .name = "host",
	  .kind = FIELD_TEXT,
	  .offset = AT(config_mailbox, host) },
	{ .name = "port",
	  .kind = FIELD_NUMBER,
	  .high = 65535,
	  .offset = AT(config_mailbox, port) },
	{ .name = "tls",
	  .kind = FIELD_CHOICE,
	  .text = "implicit",
	  .choices = tls_choices,
	  .offset = AT(config_mailbox, tls) },
	{ .name = "ca_file",
	  .kind = FIELD_FILE,
	  .offset = AT(config_mailbox, ca_file) },
	{ .name = "user",
	  .kind = FIELD_TEXT,
	  .offset = AT(config_mailbox, user) },
	{ .name = "password_file",
	  .kind = FIELD_FILE,
	  .offset = AT(config_mailbox, password_file) },
	{ .name = "token_command",
	  .kind = FIELD_TEXT,
	  .offset = AT(config_mailbox, token_command) },
	{ .name = "token_file",
	  .kind = FIELD_FILE,
	  .offset = AT(config_mailbox, token_file) },
	{ .name = "folders",
	  .kind = FIELD_LIST,
	  .offset = AT(config_mailbox, folders) },
	{ .name = "sent_folders",
	  .kind = FIELD_LIST,
	  .offset = AT(config_mailbox, sent_folders) },
	{ .name = "journal",
	  .kind = FIELD_BOOL,
	  .offset = AT(config_mailbox, journal) },
	{ .name = "poll_seconds",
	  .kind = FIELD_NUMBER,
	  .number = 300,
	  .low = 1,
	  .high = 86400,
	  .offset = AT(config_mailbox, poll_s) },
	{ .name = "idle_seconds",
	  .kind = FIELD_NUMBER,
	  .number = 540,
	  .low = 1,
	  .high = 1740,
	  .offset = AT(config_mailbox, idle_s) },
	{ .name = "deadline_seconds",
	  .kind = FIELD_NUMBER,
	  .number = 60,
	  .low = 1,
	  .high = 3600,
	  .offset = AT(config_mailbox, deadline_s) },
	{ .name = "batch",
	  .kind = FIELD_NUMBER,
	  .number = 300,
	  .low = 1,
	  .high = 1000,
	  .offset = AT(config_mailbox, batch) },
};

static const struct field smtp_fields[] = {
	{ .name = "host", .kind = FIELD_TEXT, .offset = AT(config_smtp, host) },
	{ .name = "port",
	  .kind = FIELD_NUMBER,
	  .high = 65535,
	  .offset = AT(config_smtp, port) },
	{ .name = "tls",
	  .kind = FIELD_CHOICE,
	  .text = "starttls",
	  .choices = tls_choices,
	  .offset = AT(config_smtp, tls) },
	{ .name = "ca_file",
	  .kind = FIELD_FILE,
	  .offset = AT(config_smtp, ca_file) },
	{ .name = "user", .kind = FIELD_TEXT, .offset = AT(config_smtp, user) },
	{ .name = "password_file",
	  .kind = FIELD_FILE,
	  .offset = AT(config_smtp, password_file) },
	{ .name = "token_command",
	  .kind = FIELD_TEXT,
	  .offset = AT(config_smtp, token_command) },
	{ .name = "token_file",
	  .kind = FIELD_FILE,
	  .offset = AT(config_smtp, token_file) },
	{ .name = "helo", .kind = FIELD_TEXT, .offset = AT(config_smtp, helo) },
	{ .name = "from", .kind = FIELD_TEXT, .offset = AT(config_smtp, from) },
	{ .name = "from_name",
	  .kind = FIELD_TEXT,
	  .text = "Members' enquiries",
	  .offset = AT(config_smtp, from_name) },
	{ .name = "bounce",
	  .kind = FIELD_TEXT,
	  .offset = AT(config_smtp, bounce) },
	{ .name = "deadline_seconds",
	  .kind = FIELD_NUMBER,
	  .number = 120,
	  .low = 1,
	  .high = 3600,
	  .offset = AT(config_smtp, deadline_s) },
};

static const struct field letters_fields[] = {
	{ .name = "directory",
	  .kind = FIELD_FILE,
	  .offset = AT(config_letters, directory) },
	{ .name = "flags",
	  .kind = FIELD_BOOL,
	  .number = 1,
	  .offset = AT(config_letters, flags) },
	{ .name = "summary",
	  .kind = FIELD_BOOL,
	  .number = 1,
	  .offset = AT(config_letters, summary) },
	{ .name = "summary_at",
	  .kind = FIELD_CLOCK,
	  .text = "08:30",
	  .offset = AT(config_letters, summary_at) },
	{ .name = "flag_interval_seconds",
	  .kind = FIELD_NUMBER,
	  .number = 3600,
	  .low = 1,
	  .high = 86400,
	  .offset = AT(config_letters, flag_interval_s) },
};

static const struct field limits_fields[] = {
	{ .name = "message_mb",
	  .kind = FIELD_NUMBER,
	  .number = 50,
	  .low = 1,
	  .high = 500,
	  .offset = AT(config_limits, message_mb) },
	{ .name = "reader_seconds",
	  .kind = FIELD_NUMBER,
	  .number = 10,
	  .low = 1,
	  .high = 600,
	  .offset = AT(config_limits, reader_s) },
	{ .name = "readers",
	  .kind = FIELD_NUMBER,
	  .number = 2,
	  .low = 1,
	  .high = 32,
	  .offset = AT(config_limits, readers) },
};

static const struct field state_fields[] = {
	{ .name = "directory",
	  .kind = FIELD_FILE,
	  .text = PATH_STATE,
	  .offset = AT(config_state, directory) },
	{ .name = "control",
	  .kind = FIELD_FILE,
	  .text = PATH_RUN "/control",
	  .offset = AT(config_state, control) },
	{ .name = "log",
	  .kind = FIELD_CHOICE,
	  .text = "info",
	  .choices = log_choices,
	  .offset = AT(config_state, log) },
};

#define SECTION(section)                                 \
	.name = #section, .offset = AT(config, section), \
	.fields = section##_fields, .count = ARRAY_SIZE(section##_fields)

static const struct section sections[] = {
	{ SECTION(council), .required = true },
	{ SECTION(directory), .required = true },
	{ SECTION(envelope) },
	{ SECTION(rules) },
	{ SECTION(calendar) },
	{ SECTION(casework) },
	{ SECTION(smtp) },
	{ SECTION(letters) },
	{ SECTION(limits) },
	{ SECTION(state) },
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
		if (text == NULL) {
			wrong_type(loading, setting, field, "a text in quotes");
			text = "";
		}
		if (text[0] == '\0' && !field->required)
			text = NULL;
	}
	if (text != NULL)
		text = field->kind == FIELD_FILE ?
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
	[FIELD_LIST] = read_list,     [FIELD_DATES] = read_dates,
	[FIELD_NUMBER] = read_number, [FIELD_BOOL] = read_bool,
	[FIELD_CLOCK] = read_clock,   [FIELD_CHOICE] = read_choice,
};
static_assert(sizeof(enum division) == sizeof(int) &&
		      sizeof(enum tls_mode) == sizeof(int),
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
		group_read(loading, group, mailbox_fields,
			   ARRAY_SIZE(mailbox_fields), mailbox);
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
	else if (box->password_file == NULL && box->token_command == NULL &&
		 box->token_file == NULL)
		missing = "password_file, token_command or token_file";
	if (missing != NULL)
		fault_add(loading->faults, FAULT_ERROR, config->path,
			  (unsigned)box->line, "mailbox \"%s\" needs %s",
			  box->name != NULL ? box->name : "?", missing);
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

	for (i = 0; i < ARRAY_SIZE(sections); i++) {
		const struct section *section = &sections[i];
		const config_setting_t *group =
			config_setting_get_member(root, section->name);

		if (group == NULL && section->required)
			fault_add(loading->faults, FAULT_ERROR, config->path, 0,
				  "the group \"%s: { … };\" is missing",
				  section->name);
		group_read(loading, group, section->fields, section->count,
			   (char *)config + section->offset);
	}
	mailboxes_read(loading,
		       config_setting_get_member(root, mailboxes_name));
	for (n = 0; n < config_setting_length(root); n++) {
		const config_setting_t *group =
			config_setting_get_elem(root, (unsigned)n);
		const char *name = config_setting_name(group);

		for (i = 0; i < ARRAY_SIZE(sections); i++)
			if (strcmp(sections[i].name, name) == 0)
				break;
		if (i == ARRAY_SIZE(sections) &&
		    strcmp(name, mailboxes_name) != 0)
			fault_add(loading->faults, FAULT_WARNING, config->path,
				  line_of(group),
				  "group \"%s\" is not known and ignored; is "
				  "it misspelt?",
				  name);
	}
}

static void
data_defaults(struct config *config)
{
	struct arena *arena = config->arena;

	if (config->calendar.holidays == NULL)
		config->calendar.holidays =
			config_data_path(arena, "bank-holidays.json");
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
	config_t file;
	int result = 0;

	config->arena = arena;
	config->path = arena_string(arena, path);
	loading.folder = arena_string(arena, path);
	loading.folder[slash != NULL ? slash - path + 1 : 0] = '\0';
	config_init(&file);
	if (config_read_file(&file, path) == CONFIG_TRUE) {
		root_read(&loading, config_root_setting(&file));
		data_defaults(config);
		check(&loading);
	} else if (config_error_line(&file) > 0) {
		result = error_set(err, ERROR_CONFIG, "%s:%d: %s", path,
				   config_error_line(&file),
				   config_error_text(&file));
	} else {
		result = error_set(err, ERROR_CONFIG,
				   "%s: cannot be read; name another file with "
				   "-c",
				   path);
	}
	config_destroy(&file);
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

const char *
config_data_path(struct arena *arena, const char *name)
{
	static const struct {
		const char *name, *source; /* in the source tree */
	} places[] = {
		{ "lexicon", "filters/lexicon" },
		{ "weights", "filters/weights" },
		{ "letters", "config/letters" },
		{ "protocols", "config/protocols" },
		{ "bank-holidays.json", "config/bank-holidays.json" },
	};
	const char *data = getenv("CLERKD_DATA");
	const char *installed;
	char self[4096];
	ssize_t len;
	size_t i;

	if (data != NULL)
		return arena_printf(arena, "%s/%s", data, name).ptr;
	installed = arena_printf(arena, "%s/%s", PATH_DATA, name).ptr;
	len = readlink("/proc/self/exe", self, sizeof self - 1);
	self[len > 0 ? len : 0] = '\0';
	if (strncmp(self, PATH_BUILD "/", strlen(PATH_BUILD "/")) != 0 &&
	    access(installed, R_OK) == 0)
		return installed;
	for (i = 0; i < ARRAY_SIZE(places); i++)
		if (strcmp(places[i].name, name) == 0)
			return arena_printf(arena, "%s/%s", PATH_SOURCE,
					    places[i].source)
				.ptr;
	return installed;
}

const char *
config_protocol_path(const struct config *config)
{
	const char *slash = strrchr(config->path, '/');
	const char *beside;

	beside = arena_printf(config->arena, "%.*sprotocols/%s.conf",
			      slash != NULL ? (int)(slash - config->path + 1) :
					      0,
			      config->path, config->council.protocol)
			 .ptr;
	if (access(beside, R_OK) == 0)
		return beside;
	return arena_printf(config->arena, "%s/%s.conf",
			    config_data_path(config->arena, "protocols"),
			    config->council.protocol)
		.ptr;
}
