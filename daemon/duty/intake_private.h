/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef INTAKE_PRIVATE_H
#define INTAKE_PRIVATE_H
/* What the files of intake share. */
#include "intake.h"
#include "reach.h"

/* Finds or makes the thread of a message that is not recorded yet; ret_new:
 * nothing of it was known. */
int intake_thread(const struct intake *intake, const struct message *facts,
		  const struct store_message *message, struct arena *arena,
		  int64_t *ret_thread, bool *ret_new, struct error *err);

/* Canonical addresses, each once. message has From, To and Cc already; for
 * those who surely were blind copies its hidden ones too. */
struct words intake_hidden(const struct intake *intake,
			   const struct message *facts,
			   const struct store_message *message,
			   struct arena *arena);
struct words intake_proven(const struct intake *intake,
			   const struct message *facts,
			   const struct store_message *message,
			   struct arena *arena);

#endif
