/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SPEECH_H
#define SPEECH_H
/*
 * Sentences, and what each of them does: asks, offers, promises, refuses,
 * reports, instructs. Light work on folded text; no grammar is parsed.
 *
 * A sentence ends at a full stop, question or exclamation mark before a space,
 * at a blank line, or at a line end that no mailer's wrapping explains.
 * What a sentence does comes from the concepts found in it (the table of acts
 * names them), its first word, its marks and its negations.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "filters/fold.h"
#include "filters/lexicon.h"

enum act {
	ACT_ASKS,      /* wants the reader to do or give something */
	ACT_QUESTION,  /* ends with '?' */
	ACT_INSTRUCTS, /* begins with a verb: "Print 500 of these" */
	ACT_OFFERS,    /* the writer would do it */
	ACT_PROMISES,  /* the writer will do it */
	ACT_REFUSES,   /* it will not be done; warns against it */
	ACT_REPORTS,   /* somebody said, asked, told */
	ACT_PAST,      /* it has been done */
	ACT_SUPPOSES,  /* if, suppose, in general */
	ACT_RULES,     /* asks or tells what the rules are */
	ACT_NEGATES,   /* not, never, no */
	ACT_THANKS,
	ACT_QUOTES, /* holds words in quotation marks */
	ACT_COUNT
};
#define ACT_BIT(act) (1u << (act))

struct sentence {
	uint32_t start, end;         /* in the folded text */
	uint32_t hit_first, hit_end; /* its hits */
	unsigned acts;               /* ACT_BIT of each */
	bool greeting;               /* "Dear Bob," and the like */
};

/* Which acts a concept stands for; made once a lexicon. */
struct speech {
	unsigned *acts; /* by concept */
};

void speech_prepare(const struct lexicon *lexicon, struct arena *arena,
		    struct speech *ret_speech);

void speech_read(const struct speech *speech, const struct fold *fold,
		 const struct hit *hits, size_t hit_count, struct arena *arena,
		 struct sentence **ret_sentences, size_t *ret_count);

const char *act_name(enum act act);

#endif
