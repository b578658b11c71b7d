/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol.h"

#include <libconfig.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

enum {
	DAYS_MAX = 250, /* a working year */
	RUNG_DAYS_MAX = 100
};

struct loading {
	struct protocol *protocol;
	struct arena *arena;
	const char *path;
	struct fault_list *faults;
};

static const struct {
	const char *name;
	enum rung_party party;
} parties[] = {
	{ "none", PARTY_NONE },
	{ "owner", PARTY_OWNER },
	{ "manager", PARTY_MANAGER },
	{ "members-enquiries", PARTY_ENQUIRIES },
};

static struct span
text_of(struct loading *loading, const config_setting_t *group,
	const char *name, bool required)
{
	const char *text;

	if (config_setting_lookup_string(group, name, &text) == CONFIG_TRUE)
		return span_of(arena_string(loading->arena, text));
	if (required)
		fault_add(loading->faults, FAULT_ERROR, loading->path,
			  (unsigned)config_setting_source_line(group),
			  "%s = \"…\" is missing", name);
	return span_of("");
}

static int
number_of(struct loading *loading, const config_setting_t *group,
	  const char *name, int low, int high)
{
	int value;

	if (config_setting_lookup_int(group, name, &value) == CONFIG_TRUE &&
	    value >= low && value <= high)
		return value;
	fault_add(loading->faults, FAULT_ERROR, loading->path,
		  (unsigned)config_setting_source_line(group),
		  "%s must be a whole number from %d to %d", name, low, high);
	return low > 0 ? low : 0;
}

static unsigned
posts_of(struct loading *loading, const config_setting_t *group,
	 const char *name)
{
	const config_setting_t *list = config_setting_get_member(group, name);
	unsigned posts = 0;
	int i;

	for (i = 0; list != NULL && i < config_setting_length(list); i++) {
		const char *text = config_setting_get_string_elem(list, i);
		enum post post;

		if (text != NULL && post_parse(span_of(text), &post))
			posts |= POST_BIT(post);
		else
			fault_add(loading->faults, FAULT_ERROR, loading->path,
				  (unsigned)config_setting_source_line(list),
				  "%s: \"%s\" is no post", name,
				  text != NULL ? text : "?");
	}
	return posts;
}

static enum rung_party
party_of(struct loading *loading, const config_setting_t *group,
	 const char *name)
{
	const char *text = "none";
	size_t i;

	config_setting_lookup_string(group, name, &text);
	for (i = 0; i < ARRAY_SIZE(parties); i++)
		if (strcmp(parties[i].name, text) == 0)
			return parties[i].party;
	fault_add(loading->faults, FAULT_ERROR, loading->path,
		  (unsigned)config_setting_source_line(group),
		  "%s = \"%s\"; use owner, manager, members-enquiries or none",
		  name, text);
	return PARTY_NONE;
}

static void
rung_read(struct loading *loading, const config_setting_t *group)
{
	struct protocol *protocol = loading->protocol;
	struct span from = text_of(loading, group, "from", true);
	struct rung *rung =
		arena_push(loading->arena, &protocol->rungs,
			   &protocol->rung_count, sizeof *protocol->rungs);

	rung->stage = text_of(loading, group, "stage", true);
	rung->anchor = span_is(from, "ack") ? ANCHOR_ACK : ANCHOR_RESPONSE;
	if (!span_is(from, "ack") && !span_is(from, "response"))
		fault_add(loading->faults, FAULT_ERROR, loading->path,
			  (unsigned)config_setting_source_line(group),
			  "from must be \"ack\" or \"response\"");
	rung->days = number_of(loading, group, "days", -RUNG_DAYS_MAX,
			       RUNG_DAYS_MAX);
	rung->to = party_of(loading, group, "to");
	rung->cc = party_of(loading, group, "cc");
	if (rung->to == PARTY_NONE)
		fault_add(loading->faults, FAULT_ERROR, loading->path,
			  (unsigned)config_setting_source_line(group),
			  "a rung must go to somebody");
}

static void
rule_read(struct loading *loading, const config_setting_t *group)
{
	struct protocol *protocol = loading->protocol;
	const config_setting_t *list =
		config_setting_get_member(group, "clauses");
	struct protocol_rule *rule =
		arena_push(loading->arena, &protocol->rules,
			   &protocol->rule_count, sizeof *protocol->rules);
	int i;

	rule->line = (unsigned)config_setting_source_line(group);
	rule->id = text_of(loading, group, "id", true);
	rule->severity = text_of(loading, group, "severity", false);
	for (i = 0; list != NULL && i < config_setting_length(list); i++) {
		const char *text = config_setting_get_string_elem(list, i);

		if (text != NULL)
			*(struct span *)arena_push(
				loading->arena, &rule->clauses,
				&rule->clause_count, sizeof *rule->clauses) =
				span_of(arena_string(loading->arena, text));
	}
}

static bool
clause_known(const struct protocol *protocol, struct span id)
{
	size_t i;

	for (i = 0; i < protocol->clause_count; i++)
		if (span_equal(protocol->clauses[i].id, id))
			return true;
	return false;
}

/* A flag shows the words of its clauses, and a rule stands once. */
static void
rules_check(const struct loading *loading)
{
	const struct protocol *protocol = loading->protocol;
	size_t i, j;

	for (i = 0; i < protocol->rule_count; i++) {
		const struct protocol_rule *rule = &protocol->rules[i];

		if (protocol_rule(protocol, rule->id) != rule)
			fault_add(
				loading->faults, FAULT_ERROR, loading->path,
				rule->line,
				"the rule \"%.*s\" stands here a second time; "
				"keep one",
				SPAN_ARG(rule->id));
		for (j = 0; j < rule->clause_count; j++)
			if (!clause_known(protocol, rule->clauses[j]))
				fault_add(loading->faults, FAULT_WARNING,
					  loading->path, rule->line,
					  "the rule \"%.*s\" names the clause "
					  "%.*s, whose words are not among the "
					  "clauses: a flag cannot show them",
					  SPAN_ARG(rule->id),
					  SPAN_ARG(rule->clauses[j]));
	}
}

static void
clause_read(struct loading *loading, const config_setting_t *group)
{
	struct protocol *protocol = loading->protocol;
	struct span id = text_of(loading, group, "id", true);
	struct clause *clause;

	if (clause_known(protocol, id))
		fault_add(loading->faults, FAULT_ERROR, loading->path,
			  (unsigned)config_setting_source_line(group),
			  "the clause %.*s stands here a second time; keep one",
			  SPAN_ARG(id));
	clause = arena_push(loading->arena, &protocol->clauses,
			    &protocol->clause_count, sizeof *protocol->clauses);
	clause->id = id;
	clause->text = text_of(loading, group, "text", true);
	if (config_setting_get_member(group, "text") != NULL &&
	    span_blank(clause->text))
		fault_add(loading->faults, FAULT_WARNING, loading->path,
			  (unsigned)config_setting_source_line(group),
			  "the clause %.*s has no words for a flag to show",
			  SPAN_ARG(id));
}

static void
list_read(struct loading *loading, const config_setting_t *root,
	  const char *name,
	  void (*read)(struct loading *, const config_setting_t *))
{
	const config_setting_t *list = config_setting_get_member(root, name);
	int i;

	if (list == NULL) {
		fault_add(loading->faults, FAULT_ERROR, loading->path,
			  (unsigned)config_setting_source_line(root),
			  "%s = ( … ) is missing", name);
		return;
	}
	for (i = 0; i < config_setting_length(list); i++) {
		const config_setting_t *group =
			config_setting_get_elem(list, (unsigned)i);

		if (config_setting_is_group(group))
			read(loading, group);
		else
			fault_add(loading->faults, FAULT_ERROR, loading->path,
				  (unsigned)config_setting_source_line(list),
				  "%s: entry %d is no { … }", name, i + 1);
	}
}

static void
protocol_read(struct loading *loading, const config_setting_t *root)
{
	struct protocol *protocol = loading->protocol;

	protocol->name = text_of(loading, root, "name", true);
	protocol->title = text_of(loading, root, "title", true);
	protocol->ack_days =
		number_of(loading, root, "acknowledge_days", 0, DAYS_MAX);
	protocol->response_days =
		number_of(loading, root, "response_days", 1, DAYS_MAX);
	protocol->escalation_posts =
		posts_of(loading, root, "escalation_posts");
	protocol->group_meeting_posts =
		posts_of(loading, root, "group_meeting_posts");
	list_read(loading, root, "ladder", rung_read);
	list_read(loading, root, "rules", rule_read);
	list_read(loading, root, "clauses", clause_read);
	rules_check(loading);
}

int
protocol_load(const char *path, struct fault_list *faults,
	      struct protocol **ret_protocol, struct error *err)
{
	struct arena *arena = arena_new(0);
	struct protocol *protocol = arena_alloc(arena, sizeof *protocol);
	struct loading loading = { .protocol = protocol,
				   .arena = arena,
				   .path = path,
				   .faults = faults };
	struct error why;
	FILE *in = file_open_text(path, &why);
	config_t config;
	int result = 0;

	protocol->arena = arena;
	config_init(&config);
	if (in == NULL)
		result = error_set(err, ERROR_CONFIG,
				   "%s; council.protocol names a file in the "
				   "folder protocols",
				   why.text);
	else if (config_read(&config, in) == CONFIG_TRUE)
		protocol_read(&loading, config_root_setting(&config));
	else if (config_error_line(&config) > 0)
		result = error_set(err, ERROR_CONFIG,
				   "%s:%d: %s; is a quote, a bracket or a "
				   "semicolon missing here or just before?",
				   path, config_error_line(&config),
				   config_error_text(&config));
	else
		result = error_set(err, ERROR_CONFIG, "%s: cannot be read: %s",
				   path, config_error_text(&config));
	config_destroy(&config);
	if (in != NULL)
		fclose(in);
	if (result < 0)
		protocol_free(protocol);
	else
		*ret_protocol = protocol;
	return result;
}

void
protocol_free(struct protocol *protocol)
{
	if (protocol != NULL)
		arena_free(protocol->arena);
}

const struct protocol_rule *
protocol_rule(const struct protocol *protocol, struct span id)
{
	size_t i;

	for (i = 0; i < protocol->rule_count; i++)
		if (span_equal(protocol->rules[i].id, id))
			return &protocol->rules[i];
	return NULL;
}

struct span
protocol_clause_text(const struct protocol *protocol, struct span id)
{
	size_t i;

	for (i = 0; i < protocol->clause_count; i++)
		if (span_equal(protocol->clauses[i].id, id))
			return protocol->clauses[i].text;
	return span_of("");
}
