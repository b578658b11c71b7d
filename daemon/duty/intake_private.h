/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INTAKE_PRIVATE_H
#define INTAKE_PRIVATE_H
/* What the two files of intake share. */
#include "intake.h"
#include "reach.h"

/* Finds or makes the thread of a message that is not recorded yet; ret_new:
 * nothing of it was known. */
int intake_thread(const struct intake *intake, const struct message *facts,
		  const struct store_message *message, struct arena *arena,
		  int64_t *ret_thread, bool *ret_new, struct error *err);

#endif
