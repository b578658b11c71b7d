/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "fetch_private.h"

static void
put_strings(struct buf *body, const char *const *at, size_t count)
{
	size_t i;

	wire_put_number(body, (int64_t)count);
	for (i = 0; i < count; i++)
		wire_put_string(body, at[i]);
}

static const char *const *
get_strings(struct wire_reader *reader, struct arena *arena, size_t *ret_count)
{
	size_t count = wire_get_count(reader, FETCH_FOLDERS_MAX), i;
	const char **at = arena_array(arena, count, sizeof *at);

	for (i = 0; i < count; i++) {
		at[i] = wire_get_string(reader, arena);
		if (at[i] == NULL)
			reader->bad = true;
	}
	*ret_count = count;
	return at;
}

void
fetch_put_settings(struct buf *body, const struct mailbox_settings *settings)
{
	wire_put_number(body, settings->kind);
	wire_put_string(body, settings->name);
	wire_put_string(body, settings->owner);
	wire_put_flag(body, settings->journal);
	put_strings(body, settings->folders, settings->folder_count);
	put_strings(body, settings->sent_folders, settings->sent_folder_count);
	wire_put_string(body, settings->path);
	wire_put_string(body, settings->host);
	wire_put_number(body, settings->port);
	wire_put_number(body, settings->tls);
	wire_put_string(body, settings->ca_file);
	wire_put_string(body, settings->user);
	wire_put_string(body, settings->password_file);
	wire_put_string(body, settings->token_file);
	wire_put_string(body, settings->token_command);
	wire_put_number(body, settings->poll_s);
	wire_put_number(body, settings->idle_s);
	wire_put_number(body, settings->deadline_s);
	wire_put_number(body, settings->batch);
	wire_put_number(body, (int64_t)settings->message_max);
}

static unsigned
get_unsigned(struct wire_reader *reader, unsigned otherwise)
{
	unsigned value = (unsigned)wire_get_number(reader, 0, INT32_MAX);

	return value != 0 ? value : otherwise;
}

int
fetch_get_settings(struct span body, struct arena *arena,
		   struct mailbox_settings *ret_settings, struct error *err)
{
	struct wire_reader reader = wire_reader_of(body);
	struct mailbox_settings settings = { 0 };

	settings.kind =
		(enum mailbox_kind)wire_get_number(&reader, 0, MAILBOX_FOLDER);
	settings.name = wire_get_string(&reader, arena);
	settings.owner = wire_get_string(&reader, arena);
	settings.journal = wire_get_flag(&reader);
	settings.folders = get_strings(&reader, arena, &settings.folder_count);
	settings.sent_folders =
		get_strings(&reader, arena, &settings.sent_folder_count);
	settings.path = wire_get_string(&reader, arena);
	settings.host = wire_get_string(&reader, arena);
	settings.port = (int)wire_get_number(&reader, 0, 65535);
	settings.tls =
		(enum mailbox_tls)wire_get_number(&reader, 0, MAILBOX_TLS_NONE);
	settings.ca_file = wire_get_string(&reader, arena);
	settings.user = wire_get_string(&reader, arena);
	settings.password_file = wire_get_string(&reader, arena);
	settings.token_file = wire_get_string(&reader, arena);
	settings.token_command = wire_get_string(&reader, arena);
	settings.poll_s = get_unsigned(&reader, FETCH_POLL_S);
	settings.idle_s = get_unsigned(&reader, FETCH_IDLE_S);
	settings.deadline_s = get_unsigned(&reader, FETCH_DEADLINE_S);
	settings.batch = get_unsigned(&reader, BATCH_ITEMS_MAX);
	if (settings.batch > BATCH_ITEMS_MAX)
		settings.batch = BATCH_ITEMS_MAX;
	settings.message_max =
		(size_t)wire_get_number(&reader, 0, BATCH_BYTES_MAX / 2);
	if (settings.message_max == 0)
		settings.message_max = BATCH_MESSAGE_MAX;
	if (settings.port == 0)
		settings.port =
			settings.tls == MAILBOX_TLS_IMPLICIT ? 993 : 143;
	if (!wire_done(&reader) || settings.name == NULL)
		return error_set(err, ERROR_INTERNAL,
				 "settings of a mailbox make no sense");
	*ret_settings = settings;
	return 0;
}

bool
fetch_is_among(const char *name, const char *const *list, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(name, list[i]) == 0)
			return true;
	return false;
}
