/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "snapshot.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include "duty/reach.h"
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "duty/outbox_letter.h"
#include "duty/outbox_template.h"
#include "filters/pack.h"

enum {
	HOLIDAYS_AHEAD_DAYS = 365,
	CONTROL_PATH_MAX = sizeof((struct sockaddr_un){ 0 }.sun_path)
};

/* A part that cannot be loaded at all becomes a fault among the others. */
static void
part_failed(struct fault_list *faults, const char *path,
	    const struct error *err)
{
	struct span text = span_of(err->text);
	struct span name = span_of(path);

	unsigned line = 0;
	int used = 0;

	/* The error names file and line first; the fault does that too. */
	if (span_starts(text, path) && text.len > name.len + 2) {
		text = span_sub(text, name.len + 1, text.len);
		if (sscanf(text.ptr, "%u:%n", &line, &used) != 1 || used == 0)
			line = 0;
		text = span_trim(
			span_sub(text, line != 0 ? (size_t)used : 0, text.len));
	}
	fault_add(faults, FAULT_ERROR, path, line, "%.*s", SPAN_ARG(text));
}

static void
filter_part(struct snapshot *snapshot, bool keep, struct fault_list *faults)
{
	const struct config_rules *rules = &snapshot->config->rules;
	const struct pack_places packs = {
		.shipped = config_data_path(snapshot->config->arena, "packs"),
		.own = snapshot->config->state.directory,
		.write = keep,
	};
	struct filter_settings settings = {
		.lexicon_directory = rules->lexicon,
		.weights_path =
			rules->weights != NULL ?
				rules->weights :
				config_data_path(snapshot->config->arena,
						 "weights/model.txt"),
		.enable = rules->enable.at,
		.enable_count = rules->enable.count,
		.disable = rules->disable.at,
		.disable_count = rules->disable.count,
		.shadow = rules->shadow.at,
		.shadow_count = rules->shadow.count,
		.packs = &packs,
	};
	struct error err = { 0 };

	if (filter_load(&settings, snapshot->protocol, faults,
			&snapshot->filter, &err) < 0)
		part_failed(faults, snapshot->config->path, &err);
}

/* A file that cannot be read at all: says which setting names it. */
static void
file_failed(struct fault_list *faults, const char *path, const char *setting,
	    struct error *err)
{
	struct error why = *err;

	if (access(path, R_OK) != 0)
		error_set(err, why.kind, "%s; %s names it", why.text, setting);
	part_failed(faults, path, err);
}

static bool
rule_known(struct span id)
{
	size_t i;

	for (i = 0; i < filter_rule_count(); i++)
		if (span_is(id, filter_rule_id(i)))
			return true;
	return false;
}

/* A rule that is misspelt would be off and nobody told. */
static void
protocol_rules_check(const struct protocol *protocol, const char *path,
		     struct fault_list *faults)
{
	enum severity severity;
	size_t i;

	for (i = 0; i < protocol->rule_count; i++) {
		const struct protocol_rule *rule = &protocol->rules[i];

		if (rule->id.len != 0 && !rule_known(rule->id))
			fault_add(faults, FAULT_ERROR, path, rule->line,
				  "no rule is called \"%.*s\"; see `clerkctl "
				  "rules` or clerkd.conf(5)",
				  SPAN_ARG(rule->id));
		if (rule->severity.len != 0 &&
		    !severity_parse(rule->severity, &severity))
			fault_add(faults, FAULT_ERROR, path, rule->line,
				  "severity = \"%.*s\"; use low, medium or "
				  "high",
				  SPAN_ARG(rule->severity));
	}
}

static void
protocol_part(struct snapshot *snapshot, struct fault_list *faults)
{
	const struct config *config = snapshot->config;
	const char *path;
	struct error err = { 0 };

	if (config->council.protocol == NULL)
		return;
	path = config_protocol_path(config);
	if (protocol_load(path, faults, &snapshot->protocol, &err) < 0) {
		part_failed(faults, path, &err);
		return;
	}
	protocol_rules_check(snapshot->protocol, path, faults);
	if (config->casework.ack_days >= 0)
		snapshot->protocol->ack_days = config->casework.ack_days;
	if (config->casework.response_days > 0)
		snapshot->protocol->response_days =
			config->casework.response_days;
}

struct calendar_settings
snapshot_calendar(const struct config *config)
{
	return (struct calendar_settings){
		.holidays_path = config->calendar.holidays,
		.zone = config->council.zone,
		.division = config->council.division,
		.closures = config->council.closures.at,
		.closure_count = config->council.closures.count,
		.opens = config->calendar.opens,
		.closes = config->calendar.closes,
	};
}

static void
calendar_part(struct snapshot *snapshot, struct fault_list *faults)
{
	const struct config *config = snapshot->config;
	struct calendar_settings settings = snapshot_calendar(config);
	struct error err = { 0 };

	if (calendar_load(&settings, faults, &snapshot->calendar, &err) < 0) {
		/* the time zone, or the file, which the error then names */
		if (span_starts(span_of(err.text), config->calendar.holidays))
			file_failed(faults, config->calendar.holidays,
				    "calendar.holidays", &err);
		else
			part_failed(faults, config->path, &err);
		return;
	}
	if (elections_load(config->directory.elections, snapshot->calendar,
			   faults, &snapshot->elections, &err) < 0)
		file_failed(faults, config->directory.elections,
			    "directory.elections", &err);
}

static void
people_part(struct snapshot *snapshot, struct fault_list *faults)
{
	const struct config *config = snapshot->config;
	struct error err = { 0 };

	if (config->directory.people == NULL)
		return;
	if (people_load(config->directory.people, config->directory.groups,
			config->council.domains.at,
			config->council.domains.count, faults,
			&snapshot->people, &err) < 0) {
		const char *groups = config->directory.groups;

		if (groups != NULL && span_starts(span_of(err.text), groups))
			file_failed(faults, groups, "directory.groups", &err);
		else
			file_failed(faults, config->directory.people,
				    "directory.people", &err);
	}
}

static unsigned
posts_part(const struct config *config, struct fault_list *faults)
{
	const struct span_list *list = &config->guards.posts;
	unsigned posts = 0;
	enum post post;
	size_t i;

	for (i = 0; i < list->count; i++)
		if (post_parse(list->at[i], &post))
			posts |= POST_BIT(post);
		else
			fault_add(faults, FAULT_ERROR, config->path, 0,
				  "guards.posts: no post is called \"%.*s\"; "
				  "see clerkd.conf(5)",
				  SPAN_ARG(list->at[i]));
	return posts;
}

static unsigned
roles_part(const struct config *config, struct fault_list *faults)
{
	const struct span_list *list = &config->guards.roles;
	unsigned roles = 0;
	size_t i;
	int role;

	for (i = 0; i < list->count; i++) {
		for (role = ROLE_MEMBER; role <= ROLE_SOLICITOR; role++)
			if (span_is_nocase(list->at[i],
					   role_name((enum role)role)))
				break;
		if (role <= ROLE_SOLICITOR)
			roles |= 1u << role;
		else
			fault_add(faults, FAULT_ERROR, config->path, 0,
				  "guards.roles: no role is called \"%.*s\"; "
				  "see clerkd.conf(5)",
				  SPAN_ARG(list->at[i]));
	}
	return roles;
}

/* Who stands in for the Monitoring Officer must be somebody whom clerkd may
 * write to, and somebody else. */
static void
deputy_part(const struct snapshot *snapshot, struct fault_list *faults)
{
	const char *set = snapshot->config->guards.deputy;
	struct span deputy =
		may_be_told(snapshot->people, snapshot->guard.deputy);

	if (set == NULL)
		return;
	if (deputy.len == 0)
		fault_add(faults, FAULT_ERROR, snapshot->config->path, 0,
			  "guards.deputy: %s is no officer or team of "
			  "people.csv",
			  set);
	else if (span_equal(deputy, holder_of(snapshot->people,
					      POST_MONITORING_OFFICER)))
		fault_add(faults, FAULT_ERROR, snapshot->config->path, 0,
			  "guards.deputy: %s is the Monitoring Officer; name "
			  "somebody else",
			  set);
}

static void
guard_part(struct snapshot *snapshot, struct fault_list *faults)
{
	const struct config *config = snapshot->config;

	snapshot->guard = (struct guard){
		.people = snapshot->people,
		.addresses = config->guards.addresses.at,
		.address_count = config->guards.addresses.count,
		.posts = posts_part(config, faults),
		.roles = roles_part(config, faults),
		.mode = config->guards.mode,
	};
	if (snapshot->people == NULL)
		return;
	if (config->guards.deputy != NULL)
		snapshot->guard.deputy = people_canonical(
			snapshot->people, span_of(config->guards.deputy));
	deputy_part(snapshot, faults);
}

int
snapshot_load(const char *config_path, enum snapshot_filter with_filter,
	      struct fault_list *faults, struct snapshot **ret_snapshot,
	      struct error *err)
{
	struct snapshot *snapshot = calloc(1, sizeof *snapshot);

	if (snapshot == NULL)
		abort();
	if (config_load(config_path, faults, &snapshot->config, err) < 0) {
		part_failed(faults, config_path, err);
		snapshot_free(snapshot);
		return -1;
	}
	protocol_part(snapshot, faults);
	calendar_part(snapshot, faults);
	people_part(snapshot, faults);
	guard_part(snapshot, faults);
	if (with_filter != SNAPSHOT_WITHOUT && snapshot->protocol != NULL)
		filter_part(snapshot, with_filter == SNAPSHOT_FILTER_KEPT,
			    faults);
	/* Without packs, the phrases took many times what they need. */
	malloc_trim(0);
	if (faults->errors != 0) {
		snapshot_free(snapshot);
		return error_set(
			err, ERROR_CONFIG, "%zu error%s in the configuration",
			faults->errors, faults->errors == 1 ? "" : "s");
	}
	*ret_snapshot = snapshot;
	return 0;
}

void
snapshot_free(struct snapshot *snapshot)
{
	if (snapshot == NULL)
		return;
	filter_free(snapshot->filter);
	people_free(snapshot->people);
	elections_free(snapshot->elections);
	calendar_free(snapshot->calendar);
	protocol_free(snapshot->protocol);
	config_free(snapshot->config);
	free(snapshot);
}

static bool
ward_known(const struct people *people, struct span ward)
{
	size_t i, j;

	for (i = 0; i < people_count(people); i++)
		for (j = 0; j < people_at(people, i)->ward_count; j++)
			if (span_equal_nocase(people_at(people, i)->wards[j],
					      ward))
				return true;
	return false;
}

static bool
poll_known(const struct elections *elections, struct span id)
{
	size_t i;

	for (i = 0; i < elections_count(elections); i++)
		if (span_equal(elections_at(elections, i)->id, id))
			return true;
	return false;
}

static void
foresee_wards(const struct snapshot *snapshot, struct fault_list *faults)
{
	const struct elections *elections = snapshot->elections;
	size_t i, j;

	for (i = 0; i < elections_count(elections); i++) {
		const struct poll *poll = elections_at(elections, i);

		for (j = 0; j < poll->ward_count; j++)
			if (!ward_known(snapshot->people, poll->wards[j]))
				fault_add(faults, FAULT_WARNING,
					  snapshot->config->directory.elections,
					  poll->line,
					  "ward \"%.*s\": no member in "
					  "people.csv has it; is it spelt the "
					  "same?",
					  SPAN_ARG(poll->wards[j]));
	}
	for (i = 0; i < people_count(snapshot->people); i++) {
		const struct person *person = people_at(snapshot->people, i);

		for (j = 0; j < person->candidacy_count; j++)
			if (!poll_known(elections, person->candidacies[j]))
				fault_add(faults, FAULT_WARNING,
					  snapshot->config->directory.people,
					  person->line,
					  "candidate in \"%.*s\", which is no "
					  "poll of elections.csv",
					  SPAN_ARG(person->candidacies[j]));
	}
}

static void
foresee_file(const struct config *config, const char *what, const char *path,
	     const char *unless, struct fault_list *faults)
{
	if (path != NULL && access(path, F_OK) != 0)
		fault_add(faults, FAULT_WARNING, config->path, 0,
			  "%s: %s: %s; make it or correct the setting%s", what,
			  path, strerror(errno), unless);
}

static void
foresee_files(const struct config *config, struct fault_list *faults)
{
	static const char handed[] =
		", unless systemd hands it over as a credential";
	size_t i;

	for (i = 0; i < config->mailbox_count; i++) {
		const struct config_mailbox *box = &config->mailboxes[i];

		foresee_file(config, box->name, box->path, "", faults);
		foresee_file(config, box->name, box->ca_file, "", faults);
		foresee_file(config, box->name, box->password_file, handed,
			     faults);
		foresee_file(config, box->name, box->token_file, handed,
			     faults);
	}
	foresee_file(config, "smtp", config->smtp.ca_file, "", faults);
	foresee_file(config, "smtp", config->smtp.password_file, handed,
		     faults);
	foresee_file(config, "smtp", config->smtp.token_file, handed, faults);
}

static void
foresee_addresses(const struct snapshot *snapshot, struct fault_list *faults)
{
	const struct config *config = snapshot->config;
	const struct span_list *journals = &config->envelope.journal_addresses;
	size_t i;

	for (i = 0; i < journals->count; i++)
		if (!letter_address_sound(journals->at[i]))
			fault_add(faults, FAULT_WARNING, config->path, 0,
				  "envelope.journal_addresses: \"%.*s\" is no "
				  "e-mail address",
				  SPAN_ARG(journals->at[i]));
	if (config->authentication.missing == MISSING_DOUBT &&
	    config->authentication.servers.count == 0 &&
	    !config->authentication.exchange)
		fault_add(faults, FAULT_WARNING, config->path, 0,
			  "authentication.missing: \"doubt\" does nothing "
			  "while servers is empty; name your border's "
			  "authserv-id");
	if (config->smtp.from != NULL &&
	    people_role(snapshot->people, span_of(config->smtp.from)) ==
		    ROLE_MEMBER)
		fault_add(faults, FAULT_WARNING, config->path, 0,
			  "smtp.from: %s belongs to a member, in whose name "
			  "letters would go out; use an address of clerkd's "
			  "own",
			  config->smtp.from);
}

static void
foresee_daemon(const struct snapshot *snapshot, struct fault_list *faults)
{
	const struct config *config = snapshot->config;
	const struct protocol *protocol = snapshot->protocol;

	if (config->mailbox_count == 0 &&
	    (config->smtp.host != NULL || config->has_state))
		fault_add(faults, FAULT_WARNING, config->path, 0,
			  "there are no mailboxes: clerkd has nothing to read");
	if (strlen(config->state.control) >= CONTROL_PATH_MAX)
		fault_add(faults, FAULT_ERROR, config->path, 0,
			  "state.control: the path of a socket has room for %d "
			  "bytes, and this one is longer",
			  CONTROL_PATH_MAX - 1);
	if (protocol != NULL && protocol->ack_days > protocol->response_days)
		fault_add(faults, FAULT_WARNING, config->path, 0,
			  "acknowledge_days (%d) is more than response_days "
			  "(%d): an answer would be due first",
			  protocol->ack_days, protocol->response_days);
}

/* The daemon would not start with them. */
static void
foresee_letters(const struct config *config, struct fault_list *faults)
{
	struct templates *templates = NULL;
	struct error err = { 0 };

	if (templates_load(config->letters.directory, faults, &templates,
			   &err) < 0)
		part_failed(faults, config->path, &err);
	templates_free(templates);
}

void
snapshot_foresee(const struct snapshot *snapshot, time_t now,
		 struct fault_list *faults)
{
	struct date today = calendar_date(snapshot->calendar, now);
	struct date last = calendar_known_until(snapshot->calendar);

	if (date_days_between(today, last) < HOLIDAYS_AHEAD_DAYS)
		fault_add(faults, FAULT_WARNING,
			  snapshot->config->calendar.holidays, 0,
			  "the last bank holiday known is %04d-%02d-%02d, less "
			  "than 12 months ahead; set calendar.update_url or "
			  "replace the file, or deadlines will be wrong",
			  last.year, last.month, last.day);
	if (people_post_holder(snapshot->people, POST_MONITORING_OFFICER) ==
	    NULL)
		fault_add(
			faults, FAULT_WARNING,
			snapshot->config->directory.people, 0,
			"nobody holds the post monitoring-officer: flags have "
			"no reader");
	foresee_wards(snapshot, faults);
	foresee_letters(snapshot->config, faults);
	foresee_files(snapshot->config, faults);
	foresee_addresses(snapshot, faults);
	foresee_daemon(snapshot, faults);
}
