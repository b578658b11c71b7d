/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pattern.h"

#include <string.h>

enum node_kind {
	NODE_TEXT, /* bytes without space */
	NODE_SPACE,
	NODE_STAR,
	NODE_CHOICE
};

enum {
	STEPS_MAX = 20000, /* of one match, against hostile repetition */
	DEPTH_MAX = 8
};

struct parser {
	struct patterns *to;
	struct span rest;
	struct arena *arena;
	unsigned depth;
	bool broken;
};

static uint32_t parse_sequence(struct parser *p);

static uint32_t
fresh_node(struct parser *p, enum node_kind kind)
{
	struct pattern_node *node = arena_push(
		p->arena, &p->to->nodes, &p->to->node_count, sizeof(*node));

	node->kind = kind;
	return (uint32_t)p->to->node_count;
}

/* Arrays move as they grow: what was made is named by its number. */
static uint32_t
parse_choice(struct parser *p)
{
	uint32_t self = fresh_node(p, NODE_CHOICE), last = 0, first;
	struct pattern_choice *choice;

	if (++p->depth > DEPTH_MAX)
		p->broken = true;
	do {
		p->rest = span_sub(p->rest, 1, p->rest.len);
		first = p->broken ? 0 : parse_sequence(p);
		choice = arena_push(p->arena, &p->to->choices,
				    &p->to->choice_count, sizeof(*choice));
		choice->first = first;
		if (last == 0)
			p->to->nodes[self - 1].at =
				(uint32_t)p->to->choice_count;
		else
			p->to->choices[last - 1].next =
				(uint32_t)p->to->choice_count;
		last = (uint32_t)p->to->choice_count;
	} while (!p->broken && p->rest.len != 0 && p->rest.ptr[0] == '|');
	if (p->rest.len == 0 || p->rest.ptr[0] != ')')
		p->broken = true;
	p->rest = span_sub(p->rest, 1, p->rest.len);
	p->depth--;
	return self;
}

static uint32_t
parse_text(struct parser *p)
{
	uint32_t self = fresh_node(p, NODE_TEXT);
	size_t len = 1, i;

	while (len < p->rest.len && strchr(" *(|)", p->rest.ptr[len]) == NULL)
		len++;
	p->to->nodes[self - 1].at = (uint32_t)p->to->byte_count;
	p->to->nodes[self - 1].count = (uint32_t)len;
	for (i = 0; i < len; i++)
		*(char *)arena_push(p->arena, &p->to->bytes, &p->to->byte_count,
				    1) = p->rest.ptr[i];
	p->rest = span_sub(p->rest, len, p->rest.len);
	return self;
}

static uint32_t
parse_node(struct parser *p)
{
	enum node_kind kind;

	if (p->rest.ptr[0] == '(')
		return parse_choice(p);
	if (p->rest.ptr[0] != ' ' && p->rest.ptr[0] != '*')
		return parse_text(p);
	kind = p->rest.ptr[0] == ' ' ? NODE_SPACE : NODE_STAR;
	p->rest = span_sub(p->rest, 1, p->rest.len);
	return fresh_node(p, kind);
}

static uint32_t
parse_sequence(struct parser *p)
{
	uint32_t first = 0, last = 0, node;

	while (!p->broken && p->rest.len != 0 && p->rest.ptr[0] != '|' &&
	       p->rest.ptr[0] != ')') {
		node = parse_node(p);
		if (last == 0)
			first = node;
		else
			p->to->nodes[last - 1].next = node;
		last = node;
	}
	return first;
}

uint32_t
pattern_parse(struct patterns *patterns, struct span line, struct arena *arena)
{
	struct parser p = { .to = patterns, .rest = line, .arena = arena };
	uint32_t first = parse_sequence(&p);

	return p.broken || p.rest.len != 0 ? 0 : first;
}

/* What is still to be matched: a sequence, then what stood behind it. */
struct frame {
	uint32_t node;
	const struct frame *outer;
};

struct match {
	const struct patterns *patterns;
	struct span text;
	size_t best;
	unsigned steps;
};

static bool
word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       (unsigned char)c >= 0x80;
}

/* Inside a word neither end counts; the scanner asks for the outer ends. */
static void
accept(struct match *m, size_t at)
{
	if (at < m->text.len && at != 0 && word_byte(m->text.ptr[at - 1]) &&
	    word_byte(m->text.ptr[at]))
		return;
	if (at > m->best)
		m->best = at;
}

/* Where the text goes on behind these bytes; false when they differ. */
static bool
step_text(const struct match *m, const struct pattern_node *node, int space,
	  size_t *at)
{
	if (space > 0 && (*at >= m->text.len || m->text.ptr[(*at)++] != ' '))
		return false;
	if (m->text.len - *at < node->count ||
	    memcmp(m->text.ptr + *at, m->patterns->bytes + node->at,
		   node->count) != 0)
		return false;
	*at += node->count;
	return true;
}

static void
walk(struct match *m, uint32_t number, const struct frame *outer, size_t at,
     int space)
{
	const struct pattern_choice *choices = m->patterns->choices;
	const struct pattern_node *node;
	uint32_t i;

	while (m->steps++ < STEPS_MAX) {
		if (number == 0 && outer == NULL) {
			accept(m, at);
			return;
		}
		if (number == 0) {
			number = outer->node;
			outer = outer->outer;
			continue;
		}
		node = &m->patterns->nodes[number - 1];
		number = node->next;
		if (node->kind == NODE_SPACE) {
			space = space < 0 ? space : 1;
		} else if (node->kind == NODE_STAR) {
			while (at < m->text.len && word_byte(m->text.ptr[at]))
				at++;
		} else if (node->kind == NODE_TEXT) {
			if (!step_text(m, node, space, &at))
				return;
			space = 0;
		} else {
			struct frame frame = { node->next, outer };

			for (i = node->at; i != 0; i = choices[i - 1].next)
				walk(m, choices[i - 1].first, &frame, at,
				     space);
			return;
		}
	}
}

size_t
pattern_match(const struct patterns *patterns, uint32_t pattern,
	      struct span text, size_t at)
{
	struct match m = { .patterns = patterns, .text = text };

	walk(&m, pattern, NULL, at, -1);
	return m.best > at ? m.best : 0;
}

struct leads {
	const struct patterns *patterns;
	void (*lead)(void *context, struct span text);
	void *context;
	size_t length;
	unsigned count;
	char text[64];
};

static void
emit(struct leads *l, size_t len)
{
	if (len == 0)
		return;
	if (l->count++ < PATTERN_LEADS_MAX && l->lead != NULL)
		l->lead(l->context, (struct span){ l->text, len });
}

/* Adds a word's beginning; its length, or 0 when the lead ends with it. */
static size_t
lead_text(struct leads *l, const struct pattern_node *node, size_t len,
	  int space)
{
	size_t take = node->count;

	if (space > 0)
		l->text[len++] = ' ';
	if (take > PATTERN_LEAD + 4)
		take = PATTERN_LEAD + 4;
	memcpy(l->text + len, l->patterns->bytes + node->at, take);
	if (take == node->count)
		return len + take;
	emit(l, len + take);
	return 0;
}

static void
lead_walk(struct leads *l, uint32_t number, const struct frame *outer,
	  size_t len, int space)
{
	const struct pattern_choice *choices = l->patterns->choices;
	const struct pattern_node *node;
	uint32_t i;

	while (l->count <= PATTERN_LEADS_MAX) {
		if (number == 0 && outer != NULL) {
			number = outer->node;
			outer = outer->outer;
			continue;
		}
		node = number != 0 ? &l->patterns->nodes[number - 1] : NULL;
		if (node == NULL || len >= l->length ||
		    node->kind == NODE_STAR) {
			emit(l, len);
			return;
		}
		number = node->next;
		if (node->kind == NODE_SPACE) {
			space = space < 0 ? space : 1;
		} else if (node->kind == NODE_TEXT) {
			len = lead_text(l, node, len, space);
			if (len == 0)
				return;
			space = 0;
		} else {
			struct frame frame = { node->next, outer };

			for (i = node->at; i != 0; i = choices[i - 1].next)
				lead_walk(l, choices[i - 1].first, &frame, len,
					  space);
			return;
		}
	}
}

bool
pattern_leads(const struct patterns *patterns, uint32_t pattern, size_t length,
	      void (*lead)(void *context, struct span text), void *context)
{
	struct leads l = {
		.patterns = patterns,
		.lead = lead,
		.context = context,
		.length = length,
	};

	lead_walk(&l, pattern, NULL, 0, -1);
	return l.count <= PATTERN_LEADS_MAX;
}
