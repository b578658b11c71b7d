/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clerkctl text: what the rules read of a message, exactly the bytes that the
 * spans of evidence count in.
 */
#include <getopt.h>
#include <stdio.h>

#include "base/json.h"
#include "clerkctl.h"
#include "clerkctl_mail.h"

struct printing {
	struct json_writer json;
	bool as_json, unreadable;
};

static void
print_json(struct json_writer *json, const struct mailfile *file,
	   const struct message *message)
{
	size_t i;

	json_open_object(json, NULL);
	json_put_string(json, "file", file->path);
	json_put_text(json, "subject", message->subject);
	json_put_text(json, "body", message->body);
	json_put_text(json, "quoted", message->quoted);
	json_put_text(json, "signature", message->signature);
	json_open_array(json, "attachments");
	for (i = 0; i < message->attachment_count; i++) {
		const struct attachment *attachment = &message->attachments[i];

		json_open_object(json, NULL);
		json_put_text(json, "name", attachment->name);
		json_put_text(json, "type", attachment->type);
		json_put_text(json, "text", attachment->text);
		json_close_object(json);
	}
	json_close_array(json);
	json_close_object(json);
	json_print(json, stdout);
}

static int
print_message(void *context, const struct mailfile *file,
	      const struct reading *reading, struct error *err)
{
	struct printing *printing = context;
	const struct message *message = reading->message;

	(void)err;
	if (message == NULL) {
		printing->unreadable = true;
		if (printing->as_json) {
			mail_print_unreadable(&printing->json, file->path,
					      reading->why);
		} else {
			fprintf(stderr, "clerkctl text: %s: %s\n", file->path,
				reading->why);
		}
	} else if (printing->as_json) {
		print_json(&printing->json, file, message);
	} else {
		fwrite(message->body.ptr, 1, message->body.len, stdout);
	}
	return 0;
}

int
clerkctl_text(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "json", no_argument, NULL, 'j' },
		{ NULL, 0, NULL, 0 },
	};
	struct mail_options how = { .readers = 1 };
	struct printing printing = { 0 };
	struct snapshot *snapshot = NULL;
	const char *config_path = NULL;
	struct error err = { 0 };
	int option, status = 0;

	while ((option = getopt_long(argc, argv, "c:", options, NULL)) != -1) {
		if (option == 'c')
			config_path = optarg;
		else if (option == 'j')
			printing.as_json = true;
		else
			return clerkctl_usage(argv[0]);
	}
	if (optind == argc)
		return clerkctl_usage(argv[0]);
	if (config_path != NULL) {
		snapshot = clerkctl_snapshot(config_path, false, false);
		if (snapshot == NULL)
			return EXIT_USAGE;
		how.config = snapshot->config;
	}
	json_init(&printing.json);
	/* One path at a time: the order of the command line is kept. */
	for (; optind < argc; optind++) {
		const char *path = argv[optind];

		if (mail_read_paths(&how, &path, 1, print_message, &printing,
				    &err) < 0) {
			fprintf(stderr, "clerkctl text: %s\n", err.text);
			status = EXIT_FAULT;
		}
	}
	json_clear(&printing.json);
	snapshot_free(snapshot);
	return printing.unreadable ? EXIT_FAULT : status;
}
