/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filters/rule.h"

enum { EVIDENCE_MAX = 4, EVIDENCE_TEXT_MAX = 400 };

static struct evidence *
fresh(const struct scene *scene, struct report *report)
{
	if (report->evidence_count == EVIDENCE_MAX)
		return &report->evidence[EVIDENCE_MAX - 1];
	return arena_push(scene->arena, &report->evidence,
			  &report->evidence_count, sizeof(struct evidence));
}

void
report_sentence(const struct scene *scene, struct report *report,
		const struct passage *passage, const struct sentence *sentence)
{
	struct evidence *e = fresh(scene, report);

	fold_original(&passage->fold, sentence->start, sentence->end, &e->start,
		      &e->end);
	if (e->end - e->start > EVIDENCE_TEXT_MAX) {
		e->end = e->start + EVIDENCE_TEXT_MAX;
		while (e->end > e->start &&
		       ((unsigned char)passage->fold.original.ptr[e->end] &
			0xc0) == 0x80)
			e->end--;
	}
	e->where = passage->where;
	e->text = span_sub(passage->fold.original, e->start, e->end);
}

void
report_envelope(const struct scene *scene, struct report *report,
		struct span text)
{
	struct evidence *e = fresh(scene, report);

	*e = (struct evidence){
		.where = span_of("envelope"),
		.end = text.len,
		.text = text,
	};
}
