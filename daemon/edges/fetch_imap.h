/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FETCH_IMAP_H
#define FETCH_IMAP_H
/*
 * One IMAP connection, as the fetch role uses it (libetpan).
 *
 * Everything that the server sends is bounded in time and bytes before the
 * library sees it. Only EXAMINE, UID SEARCH, UID FETCH of size, date and
 * BODY.PEEK[], and IDLE are said: no ENVELOPE, BODYSTRUCTURE or STATUS, which
 * libraries choke on (D10, D15.6).
 *
 * Errors: ERROR_TEMPORARY, this connection is over, try again; ERROR_INPUT,
 * this folder cannot be had, the connection is fine; ERROR_CONFIG, the
 * server does not let us in, with what to do as far as known.
 */
#include "fetch_private.h"

struct imap;

/* Connects, makes it safe, logs in. secret: password or token. */
int imap_open(const struct mailbox_settings *settings,
	      const struct line_trust *trust, const char *secret,
	      struct imap **ret_imap, struct error *err);
/* Accepts NULL. */
void imap_close(struct imap *imap);
bool imap_has_idle(const struct imap *imap);

/* Opens the folder unless it is open, and sends everything new in it. */
int imap_sync(struct imap *imap, struct fetcher *fetcher,
	      struct fetch_folder *folder, struct error *err);
/* In the folder opened last: waits until the server says that something
 * changed, the time is over, or the parent wants something. */
int imap_idle(struct imap *imap, struct fetcher *fetcher, long long timeout_ms,
	      struct error *err);

/* Modified UTF-7 of a folder's name (RFC 3501 5.1.3). */
struct span imap_folder_name(struct span utf8, struct arena *arena);

#endif
