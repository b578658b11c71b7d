/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pattern.h"

#include <stdint.h>
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

struct pattern {
	enum node_kind kind;
	struct span text;
	const struct pattern **choices; /* NULL stands for the empty one */
	size_t choice_count;
	const struct pattern *next;
};

struct parser {
	struct span rest;
	struct arena *arena;
	unsigned depth;
	bool broken;
};

static const struct pattern *parse_sequence(struct parser *p);

static struct pattern *
parse_choice(struct parser *p)
{
	struct pattern *node = arena_alloc(p->arena, sizeof(*node));
	const struct pattern **slot;

	node->kind = NODE_CHOICE;
	if (++p->depth > DEPTH_MAX)
		p->broken = true;
	do {
		p->rest = span_sub(p->rest, 1, p->rest.len);
		slot = arena_push(p->arena, &node->choices, &node->choice_count,
				  sizeof(*slot));
		*slot = p->broken ? NULL : parse_sequence(p);
	} while (!p->broken && p->rest.len != 0 && p->rest.ptr[0] == '|');
	if (p->rest.len == 0 || p->rest.ptr[0] != ')')
		p->broken = true;
	p->rest = span_sub(p->rest, 1, p->rest.len);
	p->depth--;
	return node;
}

static struct pattern *
parse_node(struct parser *p)
{
	struct pattern *node;
	size_t len = 1;

	if (p->rest.ptr[0] == '(')
		return parse_choice(p);
	node = arena_alloc(p->arena, sizeof(*node));
	node->kind = p->rest.ptr[0] == ' ' ? NODE_SPACE :
		     p->rest.ptr[0] == '*' ? NODE_STAR :
					     NODE_TEXT;
	if (node->kind == NODE_TEXT)
		while (len < p->rest.len &&
		       strchr(" *(|)", p->rest.ptr[len]) == NULL)
			len++;
	node->text = span_sub(p->rest, 0, len);
	p->rest = span_sub(p->rest, len, p->rest.len);
	return node;
}

static const struct pattern *
parse_sequence(struct parser *p)
{
	struct pattern *first = NULL, **tail = &first;

	while (!p->broken && p->rest.len != 0 && p->rest.ptr[0] != '|' &&
	       p->rest.ptr[0] != ')') {
		*tail = parse_node(p);
		tail = (struct pattern **)&(*tail)->next;
	}
	return first;
}

const struct pattern *
pattern_parse(struct span line, struct arena *arena)
{
	struct parser p = { .rest = line, .arena = arena };
	const struct pattern *first = parse_sequence(&p);

	if (p.broken || p.rest.len != 0)
		return NULL;
	return first;
}

/* What is still to be matched: a sequence, then what stood behind it. */
struct frame {
	const struct pattern *node;
	const struct frame *outer;
};

struct match {
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

static void
walk(struct match *m, const struct pattern *node, const struct frame *outer,
     size_t at, int space)
{
	size_t i;

	while (m->steps++ < STEPS_MAX) {
		if (node == NULL) {
			if (outer == NULL) {
				accept(m, at);
				return;
			}
			node = outer->node;
			outer = outer->outer;
			continue;
		}
		if (node->kind == NODE_SPACE) {
			space = space < 0 ? space : 1;
		} else if (node->kind == NODE_STAR) {
			while (at < m->text.len && word_byte(m->text.ptr[at]))
				at++;
		} else if (node->kind == NODE_TEXT) {
			if (space > 0 &&
			    (at >= m->text.len || m->text.ptr[at++] != ' '))
				return;
			space = 0;
			if (m->text.len - at < node->text.len ||
			    memcmp(m->text.ptr + at, node->text.ptr,
				   node->text.len) != 0)
				return;
			at += node->text.len;
		} else {
			struct frame frame = { node->next, outer };

			for (i = 0; i < node->choice_count; i++)
				walk(m, node->choices[i], &frame, at, space);
			return;
		}
		node = node->next;
	}
}

size_t
pattern_match(const struct pattern *pattern, struct span text, size_t at)
{
	struct match m = { .text = text };

	walk(&m, pattern, NULL, at, -1);
	return m.best > at ? m.best : 0;
}

struct leads {
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

static void
lead_walk(struct leads *l, const struct pattern *node,
	  const struct frame *outer, size_t len, int space)
{
	size_t i, take;

	while (l->count <= PATTERN_LEADS_MAX) {
		if (node == NULL && outer != NULL) {
			node = outer->node;
			outer = outer->outer;
			continue;
		}
		if (node == NULL || len >= l->length ||
		    node->kind == NODE_STAR) {
			emit(l, len);
			return;
		}
		if (node->kind == NODE_SPACE) {
			space = space < 0 ? space : 1;
		} else if (node->kind == NODE_TEXT) {
			if (space > 0)
				l->text[len++] = ' ';
			space = 0;
			take = node->text.len;
			if (take > PATTERN_LEAD + 4)
				take = PATTERN_LEAD + 4;
			memcpy(l->text + len, node->text.ptr, take);
			len += take;
			if (take < node->text.len) {
				emit(l, len);
				return;
			}
		} else {
			struct frame frame = { node->next, outer };

			for (i = 0; i < node->choice_count; i++)
				lead_walk(l, node->choices[i], &frame, len,
					  space);
			return;
		}
		node = node->next;
	}
}

bool
pattern_leads(const struct pattern *pattern, size_t length,
	      void (*lead)(void *context, struct span text), void *context)
{
	struct leads l = {
		.lead = lead,
		.context = context,
		.length = length,
	};

	lead_walk(&l, pattern, NULL, 0, -1);
	return l.count <= PATTERN_LEADS_MAX;
}
