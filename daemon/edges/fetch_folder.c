/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "fetch_imap_private.h"

enum {
	WINDOW = 20000, /* UIDs asked for in one search */
	CHUNK = 2000    /* messages asked for size and date at a time */
};

/* UIDs from lo to hi (0: to the end), ascending, in memory of the caller. */
static int
search(struct taking *taking, uint32_t lo, uint32_t hi, uint32_t **ret_uids,
       size_t *ret_count, struct error *err)
{
	clist *list = NULL;
	clistiter *at;
	size_t count = 0;
	int result = imap_search(taking->imap, lo, hi, &list);

	if (result != MAILIMAP_NO_ERROR)
		return imap_failed(taking->imap, "searching", result, err);
	*ret_uids = calloc((size_t)clist_count(list) + 1, sizeof **ret_uids);
	if (*ret_uids == NULL)
		abort();
	for (at = clist_begin(list); at != NULL; at = clist_next(at)) {
		uint32_t uid = *(const uint32_t *)clist_content(at);

		if (uid >= lo && (hi == 0 || uid <= hi))
			(*ret_uids)[count++] = uid;
	}
	mailimap_search_result_free(list);
	qsort(*ret_uids, count, sizeof **ret_uids, imap_by_uid);
	*ret_count = count;
	return 0;
}

static int
take_found(struct taking *taking, const uint32_t *uids, size_t count,
	   struct error *err)
{
	size_t at = 0, some;
	int rc = 0;

	if (count != 0)
		rc = fetcher_tell(taking->fetcher, FETCH_WORKING,
				  taking->folder->name, 0, "", err);
	for (; rc == 0 && at < count && !taking->fetcher->stop; at += some) {
		some = count - at < CHUNK ? count - at : CHUNK;
		rc = imap_take(taking, uids + at, some, err);
	}
	return rc;
}

/* In windows, so that a mailbox of any size needs the same memory; an empty
 * stretch makes the next window twice as wide. */
static int
take_windows(struct taking *taking, uint32_t next, struct error *err)
{
	uint32_t lo = taking->folder->uid + 1, width = WINDOW, hi;
	int rc = 0;

	while (rc == 0 && lo < next && !taking->fetcher->stop) {
		uint32_t *uids = NULL;
		size_t count = 0;

		hi = next - lo > width ? lo + width - 1 : next - 1;
		rc = search(taking, lo, hi, &uids, &count, err);
		if (rc == 0)
			rc = take_found(taking, uids, count, err);
		free(uids);
		width = count != 0             ? WINDOW :
			width < UINT32_MAX / 2 ? width * 2 :
						 UINT32_MAX;
		lo = hi + 1;
	}
	return rc;
}

static int
take_newest(struct taking *taking, struct error *err)
{
	uint32_t *uids = NULL;
	size_t count = 0;
	int rc;

	rc = search(taking, taking->folder->uid + 1, 0, &uids, &count, err);
	if (rc == 0)
		rc = take_found(taking, uids, count, err);
	free(uids);
	return rc;
}

static int
examine(struct taking *taking, struct error *err)
{
	struct imap *imap = taking->imap;
	struct fetch_folder *folder = taking->folder;
	const struct mailimap_selection_info *info;
	struct span name;
	uint32_t before = folder->uidvalidity;
	int result;

	name = imap_folder_name(span_of(folder->name), imap->arena);
	imap->selected = NULL;
	imap_allow(imap, IMAP_BUDGET);
	result = mailimap_examine(imap->session, name.ptr);
	if (result != MAILIMAP_NO_ERROR)
		return imap_failed(imap, "opening the folder", result, err);
	info = imap->session->imap_selection_info;
	if (info == NULL || info->sel_uidvalidity == 0)
		return error_set(err, ERROR_INPUT,
				 "the server gives no UIDVALIDITY");
	imap->selected = folder;
	folder->uidvalidity = info->sel_uidvalidity;
	if (before == 0 || before == folder->uidvalidity)
		return 0;
	folder->uid = folder->suspect = folder->strikes = 0;
	return fetcher_tell(taking->fetcher, FETCH_RENUMBERED, folder->name, 0,
			    "the server has numbered the folder anew; all of "
			    "it is read again, known messages stay known",
			    err);
}

int
imap_sync(struct imap *imap, struct fetcher *fetcher,
	  struct fetch_folder *folder, struct error *err)
{
	struct taking taking = { .imap = imap,
				 .fetcher = fetcher,
				 .folder = folder };
	const struct mailimap_selection_info *info;

	arena_clear(imap->arena);
	if (imap->selected == folder)
		return take_newest(&taking, err);
	if (examine(&taking, err) != 0)
		return -1;
	info = imap->session->imap_selection_info;
	if (info->sel_has_exists && info->sel_exists == 0)
		return 0;
	if (info->sel_uidnext != 0)
		return take_windows(&taking, info->sel_uidnext, err);
	return take_newest(&taking, err);
}
