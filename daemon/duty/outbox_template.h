/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OUTBOX_TEMPLATE_H
#define OUTBOX_TEMPLATE_H
/*
 * The wording of letters, as files that a council can change.
 *
 * A template is NAME.txt: comment lines that begin with '#', a line
 * "Subject: …", an empty line, and the text. {name} is replaced by a value;
 * a line (or the subject) may hold several. A line whose placeholders are all
 * empty is left out, with the words around them, so "{promised}" alone on its
 * line disappears when nothing was promised. There is nothing else: no
 * conditions, no loops, no escapes.
 *
 * Loading checks every {name} against the list below; an unknown one is a
 * fault with file and line.
 */
#include "base/error.h"
#include "base/fault.h"
#include "base/text.h"

enum {
	TEMPLATE_FILE_MAX = 16 * 1024,
	TEMPLATE_TEXT_MAX = 256 * 1024 /* of a filled letter */
};

enum placeholder {
	PLACE_TO_NAME, /* the recipient's first name */
	PLACE_COUNCIL,
	PLACE_CASE,         /* "C12" */
	PLACE_SUBJECT,      /* of the enquiry */
	PLACE_MEMBER,       /* "Councillor Olu Adeyemi" */
	PLACE_MEMBER_SHORT, /* "Cllr Adeyemi" */
	PLACE_OWNER,        /* name of who has to answer */
	PLACE_SINCE,        /* "Tuesday 3 March 2026" */
	PLACE_WAITS_FOR,    /* "an acknowledgement", "an answer" */
	PLACE_DUE,          /* of what the rung reminds of */
	PLACE_DEADLINE,     /* "which is due by …", "which was due by …" */
	PLACE_ACK_DUE,
	PLACE_RESPONSE_DUE,
	PLACE_PROMISED,  /* a sentence, or empty */
	PLACE_PASSED_ON, /* a sentence, or empty */
	PLACE_ESCALATED, /* a sentence, or empty */
	PLACE_COPIED,    /* a sentence, or empty */
	PLACE_EXCERPT,   /* the member's words, quoted */
	PLACE_COUNT,     /* how many items follow */
	PLACE_ITEMS,
	PLACE_FLAG, /* number of a flag; also the five below */
	PLACE_RULE,
	PLACE_SEVERITY,
	PLACE_CLAUSES,
	PLACE_REASON,
	PLACE_FROM,
	PLACE_FLAGS_HIGH, /* numbers of the daily summary, to the end */
	PLACE_FLAGS_MEDIUM,
	PLACE_FLAGS_LOW,
	PLACE_FLAGS_UNDECIDED,
	PLACE_OPENED,
	PLACE_ANSWERED,
	PLACE_OPEN,
	PLACE_OVERDUE,
	PLACE_UNREADABLE,
	PLACE_UNDELIVERED,
	PLACEHOLDERS
};

struct values {
	struct span at[PLACEHOLDERS];
};

struct template
{
	struct span subject, body;
};

struct templates;

/* -1 only when the directory cannot be read. The templates that programs need
 * (reminder, digest, digest-item, flags, flags-item, daily, test) must be
 * there, else fault. */
int templates_load(const char *directory, struct fault_list *faults,
		   struct templates **ret_templates, struct error *err);
void templates_free(struct templates *templates);

/* By the name of a stage or letter; `otherwise` when there is none. */
const struct template *templates_find(const struct templates *templates,
				      struct span name, const char *otherwise);

/* Appends one of a list of items: the text with its values, set off by an
 * empty line from what follows. */
void template_fill_item(struct span text, const struct values *values,
			struct buf *out);

/* Appends the text with its values. */
void template_fill(struct span text, const struct values *values,
		   struct buf *out);

#endif
