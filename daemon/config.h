/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CONFIG_H
#define CONFIG_H
/*
 * clerkd.conf (libconfig) as a struct, checked while it is read.
 *
 * Every setting stands once, in the tables of config.c, with its type, default,
 * range and place; clerkd.conf(5) is written from them. config_load() reports
 * every fault at once, with file and line, and unknown settings too, so that a
 * misspelt one is not silently a default. File names are made relative to the
 * folder of clerkd.conf.
 *
 * Lifetime: all of it lies in one arena, freed by config_free().
 */
#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/text.h"
#include "duty/guard.h"
#include "facts/calendar.h"
#include "facts/message.h"
#include "facts/protocol.h"

struct span_list {
	struct span *at;
	size_t count;
};

struct date_list {
	struct date *at;
	size_t count;
};

struct config_council {
	const char *name, *zone, *protocol;
	struct span_list domains;
	enum division division;
	struct date_list closures;
};

struct config_directory {
	const char *people, *groups,
		*elections; /* groups, elections: or NULL */
};

struct config_envelope {
	struct span_list trusted_headers, journal_addresses;
	int own_hops; /* 0: the headers are believed wherever they stand */
};

enum missing_check { MISSING_ACCEPT, MISSING_DOUBT, MISSING_CHECK_COUNT };

struct config_authentication {
	struct span_list servers; /* whose Authentication-Results count */
	enum missing_check missing;
	bool exchange; /* its AuthAs header counts */
};

struct config_rules {
	struct span_list enable, disable, shadow;
	const char *lexicon; /* folder of *.lex */
	const char *weights; /* NULL: the shipped model */
	double review_below; /* a rule of less precision wants a look */
};

struct config_guards {
	struct span_list addresses, posts, roles;
	enum guard_mode mode;
	const char *deputy; /* or NULL */
};

struct config_calendar {
	const char *holidays;   /* the file to read */
	const char *seed;       /* as set, or as shipped; never written */
	const char *update_url; /* NULL: never fetched */
	const char *ca_file;    /* NULL: the system's */
	int opens, closes;      /* minutes after midnight */
};

struct config_casework {
	int ack_days, response_days; /* -1: as the protocol has it */
	struct date since;   /* older enquiries open no case; year 0: 30 days
				before clerkd's first start */
	int backlog_minutes; /* reminders wait so long for unread mail */
	bool remind;         /* false: count, but send nothing */
};

enum source_kind {
	SOURCE_IMAP,
	SOURCE_MAILDIR,
	SOURCE_FOLDER,
	SOURCE_KIND_COUNT
};

enum tls_mode { TLS_IMPLICIT, TLS_STARTTLS, TLS_NONE, TLS_MODE_COUNT };

struct config_mailbox {
	const char *name;  /* its own, for logs and status */
	const char *owner; /* whose Sent folder it is; NULL: nobody's */
	enum source_kind source;
	const char *path; /* of a maildir or folder */
	const char *host, *user, *password_file, *token_command, *token_file,
		*ca_file;
	int port; /* 0: by TLS mode */
	enum tls_mode tls;
	struct span_list folders, sent_folders;
	bool journal; /* journal reports are believed here */
	int poll_s, idle_s, deadline_s, batch;
	int line;
};

struct config_smtp {
	const char *host, *user, *password_file, *token_command, *token_file,
		*ca_file;
	int port;
	enum tls_mode tls;
	const char *helo;
	const char *from, *from_name; /* letters come from here */
	const char *bounce;           /* envelope sender; NULL: <> */
	int deadline_s;
};

struct config_letters {
	const char *directory; /* templates */
	bool flags, summary;   /* to the Monitoring Officer */
	int summary_at;        /* minutes after midnight */
	int flag_interval_s;   /* at most one flag mail in that time */
};

struct config_limits {
	int message_mb, reader_s, readers;
};

struct config_state {
	const char *directory, *control;
	enum log_level log;
};

struct config {
	struct arena *arena;
	const char *path;
	struct config_council council;
	struct config_directory directory;
	struct config_envelope envelope;
	struct config_authentication authentication;
	struct config_rules rules;
	struct config_guards guards;
	struct config_calendar calendar;
	struct config_casework casework;
	struct config_mailbox *mailboxes;
	size_t mailbox_count;
	struct config_smtp smtp;
	struct config_letters letters;
	struct config_limits limits;
	struct config_state state;
	bool has_state; /* the file says where the record is kept */
};

/* -1 when the file cannot be read or parsed at all; everything else that is
 * wrong goes to faults, and the struct is usable for further checks. */
int config_load(const char *path, struct fault_list *faults,
		struct config **ret_config, struct error *err);
void config_free(struct config *config);

/* The file of council.protocol: protocols/NAME.conf beside clerkd.conf, else
 * among the shipped data. */
const char *config_protocol_path(const struct config *config);

/* Where the daemon keeps the bank holidays that it fetched. */
const char *config_holidays_kept(const struct config *config);

/* What readers may believe. Borrowed from config. */
struct message_trust config_trust(const struct config *config);

/* Where shipped data lies: $CLERKD_DATA, else as installed, else (running from
 * a build tree) the source tree. name: "bank-holidays.json". In arena. */
const char *config_data_path(struct arena *arena, const char *name);

#endif
