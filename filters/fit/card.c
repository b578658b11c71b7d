/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "card.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <time.h>

static const char introduction[] =
	"One model a question over named features: structure (roles, posts, "
	"groups,\nthread, period, hidden recipients), concepts of the lexicon "
	"with what their sentence\ndoes, and words, pairs and gaps of words. A "
	"score is the sum of a linear model's\nweights, and of what a layer of "
	"64 units says that all questions share. It is\ncalibrated by Platt's "
	"sigmoid, and each question has a threshold chosen on batches\nthat "
	"were held out, on the side of precision. Inside one message the score "
	"is a sum\nover its features; `clerkctl why` shows those that carried "
	"the decision.\n\n"
	"## Use and limits\n\n"
	"- The weights decide only inside a rule's gate (who writes to whom, "
	"how); gates and\n  hard rules are code.\n"
	"- A finding is a reason to look, never a statement that somebody did "
	"wrong.\n"
	"- Written for UK local government, in English. Other languages and "
	"other kinds of\n  council were hardly seen.\n"
	"- All items are invented but batches called real (public mail of no "
	"council,\n"
	"  roles at random, nothing in it a finding); labels are one reader's. "
	"Real mail is "
	"longer and duller.\n"
	"- Some items that only teach were written after reading what held-out "
	"fits had\n  misjudged, so the scores below flatter the rules that "
	"they are about; a council\n  that nobody has looked at tells more.\n"
	"- Scores of rules with few positives move by several hundredths from "
	"fit to fit.\n\n";

static void
write_data(FILE *out, const struct batches *batches)
{
	size_t b, i;

	fputs("## Data\n\n| batch | items | use |\n| --- | ---: | --- |\n",
	      out);
	for (b = 0; b < batches->count; b++) {
		size_t count = 0;
		bool teaches = false;

		for (i = 0; i < batches->item_count; i++)
			if (batches->items[i].batch == b) {
				count++;
				teaches = batches->items[i].teaches;
			}
		fprintf(out, "| %.*s | %zu | %s |\n",
			SPAN_ARG(batches->names[b]), count,
			teaches ? "teaches only" : "held out in turn");
	}
}

static void
write_scores(FILE *out, const struct card *card)
{
	double headline = 0, further = 0;
	size_t i;

	fputs("\n## Scores on held-out batches\n\n"
	      "| question | positives | outside the gate | precision | recall "
	      "| F1 | threshold |\n"
	      "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
	      out);
	for (i = 0; i < card->count; i++) {
		const struct outcome *o = &card->outcomes[i];

		if (i < card->headline)
			headline += o->f1 / (double)card->headline;
		else if (i < card->rules)
			further +=
				o->f1 / (double)(card->rules - card->headline);
		fprintf(out, "| %s | %zu | %zu | %.3f | %.3f | %.3f | %.2f |\n",
			card->questions[i].name, o->positives, o->outside,
			o->precision, o->recall, o->f1, o->threshold);
	}
	fprintf(out,
		"\nMean F1: headline rules %.3f, further rules %.3f. Kind of "
		"reply right: %.3f.\n",
		headline, further, card->replies);
}

/* F1 over all questions of a range in one batch, counts added up. */
static double
batch_f1(const struct card *card, size_t batch, size_t from, size_t to)
{
	size_t n, i, tp = 0, fp = 0, fn = 0;

	for (n = from; n < to; n++) {
		const struct question *q = &card->questions[n];
		const struct outcome *o = &card->outcomes[n];

		for (i = 0; i < card->batches->item_count; i++) {
			bool yes = q->label[i] == LABEL_YES;
			bool said = o->held_out[i] >= o->threshold;

			if (card->batches->items[i].batch != batch ||
			    q->label[i] == LABEL_EITHER)
				continue;
			tp += yes && said;
			fp += !yes && said;
			fn += yes && !said;
		}
	}
	return 2 * (double)tp / (double)(2 * tp + fp + fn + (tp == 0));
}

static void
write_batches(FILE *out, const struct card *card)
{
	size_t b;

	fputs("\n## By batch\n\nF1 over all findings of the rules together.\n\n"
	      "| batch | headline | further |\n| --- | ---: | ---: |\n",
	      out);
	for (b = 0; b < card->batches->count; b++) {
		bool measured = false;
		size_t i;

		for (i = 0; i < card->batches->item_count; i++)
			measured |= card->batches->items[i].batch == b &&
				    !card->batches->items[i].teaches;
		if (measured)
			fprintf(out, "| %.*s | %.3f | %.3f |\n",
				SPAN_ARG(card->batches->names[b]),
				batch_f1(card, b, 0, card->headline),
				batch_f1(card, b, card->headline, card->rules));
	}
}

int
card_write(const char *path, const struct card *card, struct error *err)
{
	FILE *out = fopen(path, "we");
	time_t now = time(NULL);
	struct tm day;
	char stamp[32];

	if (out == NULL)
		return error_set(err, ERROR_CONFIG, "%s: %s", path,
				 strerror(errno));
	gmtime_r(&now, &day);
	strftime(stamp, sizeof(stamp), "%Y-%m-%d", &day);
	fprintf(out,
		"# Model card\n\nWeights fitted by `clerk-fit` on %s; this "
		"page is written by it.\n\n",
		stamp);
	fputs(introduction, out);
	write_data(out, card->batches);
	write_scores(out, card);
	write_batches(out, card);
	if (fclose(out) != 0)
		return error_set(err, ERROR_CONFIG, "%s: %s", path,
				 strerror(errno));
	return 0;
}
