/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCENE_PRIVATE_H
#define SCENE_PRIVATE_H
/*
 * The steps of scene_set() that stand in files of their own.
 */
#include "filters/scene.h"

/* Whose words the message carries: quotes, enclosed mail, pasted exchanges. */
void scene_hear(struct scene *scene);

/* Who is named in a passage; members and candidates are hits of "named-member"
 * too. */
void scene_name(struct scene *scene, struct passage *passage);

/* Whether a period holds on the day of the message. */
void scene_date(struct scene *scene);
/* Does somebody of this name stand at a poll that is near, without being in
 * the directory? */
bool scene_candidate(const struct scene *scene, struct span name);
/* When publicity would be out, as the words tell, and whether a period holds
 * then. */
void scene_out(struct scene *scene);

#endif
