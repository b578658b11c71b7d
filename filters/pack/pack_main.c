/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clerk-pack LEXICON WEIGHTS FOLDER: makes the packs of the shipped phrases and
 * weights when clerkd is built, so that no start has to. Without them all works
 * the same, only slower.
 */
#include <stdio.h>

#include "filters/lexicon.h"
#include "filters/model.h"
#include "filters/pack.h"

static int
make_packs(char **argv, struct fault_list *faults, struct error *err)
{
	const struct pack_places places = { .own = argv[3], .write = true };
	struct lexicon *lexicon = NULL;
	struct model *model = NULL;
	int rc;

	rc = lexicon_open(argv[1], &places, faults, &lexicon, err);
	if (rc == 0)
		rc = model_open(argv[2], &places, &model, err);
	lexicon_free(lexicon);
	model_free(model);
	return rc;
}

int
main(int argc, char **argv)
{
	struct fault_list faults = { 0 };
	struct error err = { 0 };
	int rc;

	if (argc != 4) {
		fputs("usage: clerk-pack LEXICON WEIGHTS FOLDER\n", stderr);
		return 2;
	}
	rc = make_packs(argv, &faults, &err);
	fault_print(&faults, FAULT_WARNING, stderr);
	fault_list_clear(&faults);
	if (rc != 0)
		fprintf(stderr, "clerk-pack: %s\n", err.text);
	return rc == 0 ? 0 : 1;
}
