/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CONTROL_PRIVATE_H
#define CONTROL_PRIVATE_H
/*
 * What both ends of the control socket know of the lines between them.
 */
#include <sys/un.h>

#include "control.h"

enum { CONTROL_END_MAX = 4096 };

int control_address(const char *path, struct sockaddr_un *ret_address,
		    struct error *err);
/* {"end":true,"status":…,"error":…} and the line's end. */
void control_put_end(struct buf *out, int status, const struct error *error);

#endif
