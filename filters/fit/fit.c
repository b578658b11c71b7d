/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clerk-fit: features, weights and scores from training items.
 *
 *   clerk-fit train LEXICON WEIGHTS CARD BATCH.jsonl…  fits, writes weights
 *   clerk-fit errors LEXICON OUT RULE|all BATCH.jsonl… held-out errors to OUT
 *   clerk-fit score LEXICON WEIGHTS BATCH.jsonl…       judges with given
 * weights clerk-fit time LEXICON WEIGHTS BATCH.jsonl…        microseconds a
 * message clerk-fit dump LEXICON OUT BATCH.jsonl…
 *
 * "+FILE" teaches only: it is neither held out nor scored.
 *
 * Each prints precision, recall and F1 of every question with whole batches
 * held out. dump writes one line an item: id, batch, kind, the open gates,
 * labels and the names of all features, tab-separated.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filters/fit/card.h"
#include "filters/fit/evidence_fit.h"
#include "filters/fit/item.h"
#include "filters/fit/job.h"
#include "filters/fit/layer.h"
#include "filters/fit/score.h"
#include "filters/fit/train.h"
#include "filters/model.h"
#include "filters/readings.h"
#include "filters/rule.h"

struct reader {
	struct lexicon *lexicon;
	struct speech speech;
	const struct theme_table *themes;
	struct arena *snapshot, *arena;
};

static void
print_list(FILE *out, const struct scene *scene, const struct item *item)
{
	size_t i;

	for (i = 0; i < rules_count(); i++)
		if (rule_concerns(rules[i], scene))
			fprintf(out, "%s ", rules[i]->id);
	for (i = 0; i < READINGS; i++)
		if (reading_open(scene, readings[i]))
			fprintf(out, "%s ", readings[i]);
	fputc('\t', out);
	for (i = 0; i < rules_count(); i++)
		if (item_label(item, rules[i]->id) != LABEL_NO)
			fprintf(out, "%s:%d ", rules[i]->id,
				item_label(item, rules[i]->id));
	for (i = 0; i < READINGS; i++)
		if (item_label(item, readings[i]) != LABEL_NO)
			fprintf(out, "%s:%d ", readings[i],
				item_label(item, readings[i]));
}

static void
print_features(FILE *out, const struct features *f)
{
	size_t i;

	for (i = 0; i < f->count; i++)
		fprintf(out, "\t%s", f->names[i]);
}

static void
print_sentences(FILE *out, const struct reader *reader,
		const struct scene *scene)
{
	size_t i, k;

	for (i = 0; i < scene->passage_count; i++) {
		const struct passage *p = &scene->passages[i];

		if (p->kind == PASSAGE_QUOTED)
			continue;
		for (k = 0; k < p->sentence_count; k++) {
			struct features f;
			size_t start, end, c;

			if (p->sentences[k].greeting)
				continue;
			features_init(&f, reader->arena, true);
			features_sentence(&f, scene, p, &p->sentences[k]);
			fold_original(&p->fold, p->sentences[k].start,
				      p->sentences[k].end, &start, &end);
			fprintf(out, "S\t%d\t", (int)p->kind);
			for (c = start; c < end; c++)
				fputc(p->fold.original.ptr[c] == '\n' ||
						      p->fold.original.ptr[c] ==
							      '\t' ?
					      ' ' :
					      p->fold.original.ptr[c],
				      out);
			print_features(out, &f);
			fputc('\n', out);
		}
	}
}

/* Everything that a model sees of an item. */
static int
read_item(const struct reader *reader, const struct batches *batches,
	  const struct item *item, struct scene *scene,
	  struct features *structure, struct features *text, struct error *err)
{
	struct exhibit *exhibit = arena_alloc(reader->arena, sizeof(*exhibit));

	if (item_read(batches, item, reader->arena, exhibit, err) != 0)
		return -1;
	scene_set(exhibit, reader->arena, scene);
	scene_read(scene, reader->lexicon, &reader->speech);
	features_init(structure, reader->arena, true);
	features_structure(structure, scene);
	rules_features(reader->themes, scene, structure);
	features_init(text, reader->arena, true);
	features_text(text, scene);
	return 0;
}

static int
dump_item(const struct reader *reader, const struct batches *batches,
	  const struct item *item, FILE *out, struct error *err)
{
	struct features structure, text;
	struct scene scene;

	if (read_item(reader, batches, item, &scene, &structure, &text, err) !=
	    0)
		return -1;
	fprintf(out, "I\t%.*s\t%.*s\t%.*s\t", SPAN_ARG(item->id),
		SPAN_ARG(batches->names[item->batch]), SPAN_ARG(item->kind));
	print_list(out, &scene, item);
	print_features(out, &structure);
	print_features(out, &text);
	fputc('\n', out);
	print_sentences(out, reader, &scene);
	return 0;
}

static int
dump(const char *lexicon, const char *path, char *const *paths, size_t count,
     struct error *err)
{
	struct reader reader = { .arena = arena_new(0),
				 .snapshot = arena_new(0) };
	struct fault_list faults = { 0 };
	struct batches batches;
	FILE *out = fopen(path, "we");
	size_t i;
	int rc = 0;

	if (out == NULL)
		return error_set(err, ERROR_CONFIG, "%s: cannot write", path);
	if (lexicon_load(lexicon, &faults, &reader.lexicon, err) != 0 ||
	    batches_load(paths, count, &batches, err) != 0)
		return -1;
	fault_print(&faults, FAULT_WARNING, stderr);
	speech_prepare(reader.lexicon, reader.snapshot, &reader.speech);
	reader.themes = rules_prepare(reader.lexicon, reader.snapshot);
	for (i = 0; i < batches.item_count && rc == 0; i++) {
		arena_clear(reader.arena);
		rc = dump_item(&reader, &batches, &batches.items[i], out, err);
	}
	fclose(out);
	batches_clear(&batches);
	lexicon_free(reader.lexicon);
	arena_free(reader.arena);
	arena_free(reader.snapshot);
	fault_list_clear(&faults);
	return rc;
}

/* What train_all() is to do. */
struct request {
	const char *path; /* of the weights; of the errors when only is set */
	const char *card; /* of the model card, or NULL */
	const char *only; /* "all" or questions: errors, no weights */
};

static void
print_outcome(const struct question *q, const struct outcome *o)
{
	printf("%-32s %4zu %4zu %4zu %4zu %4zu %6.3f %6.3f %6.3f %6.3f\n",
	       q->name, o->positives, o->outside, o->tp, o->fp, o->fn,
	       o->precision, o->recall, o->f1, o->threshold);
	fflush(stdout);
}

static void
print_errors(const struct batches *batches, const struct question *q,
	     const struct outcome *o, FILE *out)
{
	size_t i;

	for (i = 0; out != NULL && i < batches->item_count; i++) {
		bool yes = q->label[i] == LABEL_YES;
		bool said = o->held_out[i] >= o->threshold;

		if (!batches->items[i].teaches && q->label[i] != LABEL_EITHER &&
		    yes != said)
			fprintf(out, "%s\t%s\t%.*s\t%.3f\n", q->name,
				yes ? "missed" : "wrong",
				SPAN_ARG(batches->items[i].id), o->held_out[i]);
	}
}

static int
read_all(struct reader *reader, const struct batches *batches,
	 struct training *t, struct job *job, struct error *err)
{
	struct features structure, text;
	struct scene scene;
	size_t i, pass;

	for (pass = 0; pass < 2; pass++) {
		for (i = 0; i < batches->item_count; i++) {
			arena_clear(reader->arena);
			if (read_item(reader, batches, &batches->items[i],
				      &scene, &structure, &text, err) != 0)
				return -1;
			if (pass == 0) {
				vocabulary_see(t->vocabulary, &structure,
					       batches->items[i].batch);
				vocabulary_see(t->vocabulary, &text,
					       batches->items[i].batch);
			} else {
				training_row(t, i, &structure, &text);
			}
			job_fill(job, &scene, &batches->items[i], i);
		}
		if (pass == 0)
			fprintf(stderr, "%zu features\n",
				vocabulary_close(t->vocabulary));
	}
	return 0;
}

/* Share of officers' messages whose most probable kind is the right one; the
 * wrong ones go to errors. */
static double
print_replies(const struct batches *batches, double *const *held_out,
	      FILE *errors)
{
	const size_t kinds = READINGS - 1;
	size_t i, k, best, right = 0, count = 0;

	for (i = 0; i < batches->item_count; i++) {
		struct span reply = item_text(batches->items[i].json, "reply");

		if (isnan(held_out[1][i]) || reply.len == 0)
			continue;
		for (best = 1, k = 2; k <= kinds; k++)
			if (held_out[k][i] > held_out[best][i])
				best = k;
		count++;
		right += span_is(reply, readings[best] + strlen("reply="));
		if (errors != NULL &&
		    !span_is(reply, readings[best] + strlen("reply=")))
			fprintf(errors, "reply\t%.*s-as-%s\t%.*s\t%.3f\n",
				SPAN_ARG(reply),
				readings[best] + strlen("reply="),
				SPAN_ARG(batches->items[i].id),
				held_out[best][i]);
	}
	printf("kind of reply right: %zu of %zu, %.3f\n", right, count,
	       (double)right / (double)(count + (count == 0)));
	return (double)right / (double)(count + (count == 0));
}

static void
sum_up(struct card *card, double *ret_headline, double *ret_further)
{
	size_t n;

	*ret_headline = *ret_further = 0;
	for (n = 0; n < card->rules; n++) {
		double f1 = card->outcomes[n].f1;

		if (n < card->headline)
			*ret_headline += f1 / (double)card->headline;
		else
			*ret_further +=
				f1 / (double)(card->rules - card->headline);
	}
}

static int
answer(const struct batches *batches, const struct training *t,
       const struct job *job, const struct request *request, struct error *err)
{
	FILE *out = request->only == NULL ? fopen(request->path, "we") : NULL;
	FILE *errors = fopen(
		request->only == NULL ? "/dev/null" : request->path, "we");
	struct outcome outcomes[MODELS_MAX] = { { 0 } };
	double *held_out[READINGS] = { NULL };
	struct card card = {
		.batches = batches,
		.questions = job->questions,
		.outcomes = outcomes,
		.count = job->count,
		.headline = RULES_HEADLINE,
		.rules = rules_count(),
	};
	double headline, further;
	size_t n;
	int rc = 0;

	if (out != NULL) {
		fprintf(out, "clerk-model %d\n", MODEL_VERSION);
		layer_write_biases(t->layer, out);
	}
	printf("%-32s %4s %4s %4s %4s %4s %6s %6s %6s %6s\n", "question", "pos",
	       "out", "tp", "fp", "fn", "prec", "recall", "F1", "thresh");
	for (n = 0; n < job->count; n++) {
		if (request->only != NULL &&
		    strcmp(request->only, "all") != 0 &&
		    strstr(request->only, job->questions[n].name) == NULL)
			continue;
		training_fit(t, &job->questions[n], out, &outcomes[n]);
		print_outcome(&job->questions[n], &outcomes[n]);
		print_errors(batches, &job->questions[n], &outcomes[n], errors);
		if (n >= rules_count())
			held_out[n - rules_count()] = outcomes[n].held_out;
	}
	if (out != NULL)
		layer_write_vectors(t->layer, t->vocabulary, out);
	if (held_out[1] != NULL && held_out[2] != NULL)
		card.replies = print_replies(batches, held_out, errors);
	sum_up(&card, &headline, &further);
	printf("headline %.3f, further %.3f\n", headline, further);
	if (request->card != NULL)
		rc = card_write(request->card, &card, err);
	for (n = 0; n < job->count; n++)
		free(outcomes[n].held_out);
	if (out != NULL)
		fclose(out);
	if (errors != NULL)
		fclose(errors);
	return rc;
}

static int
train_all(const char *lexicon, const struct request *request,
	  char *const *paths, size_t count, struct error *err)
{
	struct reader reader = { .arena = arena_new(0),
				 .snapshot = arena_new(0) };
	struct fault_list faults = { 0 };
	struct training t = { .vocabulary = vocabulary_new() };
	struct job job;
	struct layer *layer = NULL;
	struct batches batches;
	size_t i, *batch;
	bool *own;
	int rc;

	if (lexicon_load(lexicon, &faults, &reader.lexicon, err) != 0 ||
	    batches_load(paths, count, &batches, err) != 0)
		return -1;
	speech_prepare(reader.lexicon, reader.snapshot, &reader.speech);
	reader.themes = rules_prepare(reader.lexicon, reader.snapshot);
	t.count = batches.item_count;
	t.batch_count = batches.count;
	t.rows = calloc(t.count, sizeof(*t.rows));
	t.batch = batch = calloc(t.count, sizeof(*batch));
	t.own = own = calloc(t.count, sizeof(*own));
	for (i = 0; i < t.count; i++) {
		batch[i] = batches.items[i].batch;
		own[i] = batches.items[i].teaches;
	}
	job_open(&job, t.count);
	rc = read_all(&reader, &batches, &t, &job, err);
	if (rc == 0) {
		job_hold_out(&job, &t);
		layer = request->only == NULL ? layer_fit(&t, job.questions,
							  job.count, SIZE_MAX) :
						NULL;
		t.layer = layer;
		rc = answer(&batches, &t, &job, request, err);
	}
	job_close(&job);
	layer_free(layer);
	free(batch);
	free(own);
	training_clear(&t);
	batches_clear(&batches);
	lexicon_free(reader.lexicon);
	arena_free(reader.arena);
	arena_free(reader.snapshot);
	fault_list_clear(&faults);
	return rc;
}

/* How well the sentences that are shown are chosen. */
static int
mark_all(const char *lexicon, const char *weights, char *const *paths,
	 size_t count, struct error *err)
{
	struct reader reader = { .arena = arena_new(0),
				 .snapshot = arena_new(0) };
	struct marked *marked = marked_new();
	struct fault_list faults = { 0 };
	struct model *model = NULL;
	struct batches batches = { 0 };
	struct features structure, text;
	struct model_sum sum;
	struct scene scene;
	size_t i;
	int rc = 0;

	if (lexicon_load(lexicon, &faults, &reader.lexicon, err) != 0 ||
	    model_load(weights, &model, err) != 0 ||
	    batches_load(paths, count, &batches, err) != 0)
		rc = -1;
	if (rc == 0) {
		speech_prepare(reader.lexicon, reader.snapshot, &reader.speech);
		reader.themes = rules_prepare(reader.lexicon, reader.snapshot);
	}
	for (i = 0; i < batches.item_count && rc == 0; i++) {
		arena_clear(reader.arena);
		rc = read_item(&reader, &batches, &batches.items[i], &scene,
			       &structure, &text, err);
		if (rc != 0)
			break;
		model_start(model, &sum);
		model_add(model, &structure, 1, &sum);
		model_add(model, &text, features_scale(&text), &sum);
		model_close(model, &sum);
		marked_add(marked, &scene, &batches.items[i], model, &sum);
	}
	if (rc == 0)
		marked_fit(marked);
	batches_clear(&batches);
	marked_free(marked);
	model_free(model);
	lexicon_free(reader.lexicon);
	arena_free(reader.arena);
	arena_free(reader.snapshot);
	fault_list_clear(&faults);
	return rc;
}

int
main(int argc, char **argv)
{
	struct error err = { 0 };
	int rc = 2;

	if (argc >= 5 && strcmp(argv[1], "dump") == 0)
		rc = dump(argv[2], argv[3], argv + 4, (size_t)argc - 4, &err);
	else if (argc >= 6 && strcmp(argv[1], "train") == 0)
		rc = train_all(
			argv[2],
			&(struct request){ .path = argv[3], .card = argv[4] },
			argv + 5, (size_t)argc - 5, &err);
	else if (argc >= 5 && strcmp(argv[1], "time") == 0)
		rc = time_all(argv[2], argv[3], argv + 4, (size_t)argc - 4,
			      &err);
	else if (argc >= 5 && strcmp(argv[1], "score") == 0)
		rc = score_all(argv[2], argv[3], argv + 4, (size_t)argc - 4,
			       &err);
	else if (argc >= 5 && strcmp(argv[1], "evidence") == 0)
		rc = mark_all(argv[2], argv[3], argv + 4, (size_t)argc - 4,
			      &err);
	else if (argc >= 6 && strcmp(argv[1], "errors") == 0)
		rc = train_all(
			argv[2],
			&(struct request){ .path = argv[3], .only = argv[4] },
			argv + 5, (size_t)argc - 5, &err);
	else
		fprintf(stderr,
			"usage: clerk-fit dump LEXICON OUT BATCH.jsonl...\n"
			"       clerk-fit train LEXICON WEIGHTS "
			"BATCH.jsonl...\n"
			"       clerk-fit score|time|evidence LEXICON WEIGHTS "
			"BATCH.jsonl...\n"
			"       clerk-fit errors LEXICON OUT RULE|all "
			"BATCH.jsonl...\n");
	if (rc == -1)
		fprintf(stderr, "clerk-fit: %s\n", err.text);
	return rc == -1 ? 1 : rc;
}
