/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fetch_imap_private.h"

enum {
	WINDOW = 20000,    /* UIDs asked for in one search */
	HEAD_BYTES = 2048, /* of an answer about one message, without body */
	QUICK_MAX = 256 * 1024, /* of a message, without asking for its size */
	RUN_FIRST = 256, /* messages, before it is known how long they are */
	LARGE_AIM = 16 * 1024 * 1024, /* of long messages in one batch */
	STRIKES_MAX = 3 /* failures of one message before it is given up */
};

/* ---- what comes in ---- */

int
imap_by_uid(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static struct wanted *
find_wanted(const struct gather *gather, uint32_t uid)
{
	return uid == 0 || gather->count == 0 ?
		       NULL :
		       bsearch(&uid, gather->at, gather->count,
			       sizeof *gather->at, imap_by_uid);
}

static time_t
time_of(const struct mailimap_date_time *date)
{
	struct tm tm = { .tm_year = date->dt_year - 1900,
			 .tm_mon = date->dt_month - 1,
			 .tm_mday = date->dt_day,
			 .tm_hour = date->dt_hour,
			 .tm_min = date->dt_min,
			 .tm_sec = date->dt_sec };
	int zone = date->dt_zone; /* +0130 is 130 */
	time_t when;

	if (date->dt_year < 1970 || date->dt_year > 9999)
		return 0;
	when = timegm(&tm) - (time_t)(zone / 100 * 60 + zone % 100) * 60;
	return when > 0 ? when : 0;
}

/* The parts of one answer that we asked for. */
struct answer {
	uint32_t uid, size;
	time_t date;
	bool has_size, has_body;
	struct span body;
};

static void
read_answer(const struct mailimap_msg_att *att, struct answer *answer)
{
	clistiter *at;

	for (at = clist_begin(att->att_list); at != NULL; at = clist_next(at)) {
		const struct mailimap_msg_att_item *item = clist_content(at);
		const struct mailimap_msg_att_static *fact;

		if (item->att_type != MAILIMAP_MSG_ATT_ITEM_STATIC ||
		    item->att_data.att_static == NULL)
			continue;
		fact = item->att_data.att_static;
		if (fact->att_type == MAILIMAP_MSG_ATT_UID)
			answer->uid = fact->att_data.att_uid;
		if (fact->att_type == MAILIMAP_MSG_ATT_RFC822_SIZE) {
			answer->size = fact->att_data.att_rfc822_size;
			answer->has_size = true;
		}
		if (fact->att_type == MAILIMAP_MSG_ATT_INTERNALDATE &&
		    fact->att_data.att_internal_date != NULL)
			answer->date =
				time_of(fact->att_data.att_internal_date);
		if (fact->att_type == MAILIMAP_MSG_ATT_BODY_SECTION &&
		    fact->att_data.att_body_section != NULL &&
		    fact->att_data.att_body_section->sec_body_part != NULL) {
			answer->has_body = true;
			answer->body = (struct span){
				.ptr = fact->att_data.att_body_section
					       ->sec_body_part,
				.len = fact->att_data.att_body_section
					       ->sec_length
			};
		}
	}
}

/* Called for each message as it arrives; the library frees it after. Answers
 * that nobody asked for, and second ones, are dropped. */
static void
on_message(struct mailimap_msg_att *att, void *context)
{
	struct gather *gather = context;
	struct answer answer = { 0 };
	struct wanted *wanted;

	read_answer(att, &answer);
	wanted = find_wanted(gather, answer.uid);
	if (wanted == NULL)
		return;
	if (answer.has_size)
		wanted->size = answer.size;
	if (answer.date != 0)
		wanted->date = answer.date;
	if (gather->batch == NULL || !answer.has_body || wanted->done ||
	    gather->err.kind != ERROR_NONE)
		return;
	if (gather->quick && answer.body.len >= gather->most) {
		wanted->large = true;
		return;
	}
	if (batch_begin(gather->batch, wanted->uid, "", wanted->date,
			&gather->err) != 0 ||
	    batch_write(gather->batch, answer.body, &gather->err) != 0)
		return;
	if (wanted->size > answer.body.len && answer.body.len >= gather->most)
		gather->batch->items[gather->batch->count - 1].cut = true;
	wanted->done = true;
}

/* ---- asking ---- */

/* The messages of [from, to) that are not done yet, as runs. */
static struct mailimap_set *
make_set(const struct gather *gather, size_t from, size_t to)
{
	struct mailimap_set *set = mailimap_set_new_empty();
	size_t i = from, end;

	while (set != NULL && i < to) {
		if (gather->at[i].done) {
			i++;
			continue;
		}
		for (end = i + 1;
		     end < to && !gather->at[end].done &&
		     gather->at[end].uid == gather->at[end - 1].uid + 1;
		     end++)
			;
		if (mailimap_set_add_interval(set, gather->at[i].uid,
					      gather->at[end - 1].uid) !=
		    MAILIMAP_NO_ERROR)
			abort();
		i = end;
	}
	if (set == NULL)
		abort();
	return set;
}

static void
add_attribute(struct mailimap_fetch_type *type, struct mailimap_fetch_att *att)
{
	if (att == NULL || mailimap_fetch_type_new_fetch_att_list_add(
				   type, att) != MAILIMAP_NO_ERROR)
		abort();
}

/* Bodies cut at most bytes, and dates; or, without bodies, sizes. */
static struct mailimap_fetch_type *
make_type(bool bodies, size_t most)
{
	struct mailimap_fetch_type *type =
		mailimap_fetch_type_new_fetch_att_list_empty();
	struct mailimap_section *section;

	if (type == NULL)
		abort();
	add_attribute(type, mailimap_fetch_att_new_uid());
	if (!bodies) {
		add_attribute(type, mailimap_fetch_att_new_rfc822_size());
		return type;
	}
	add_attribute(type, mailimap_fetch_att_new_internaldate());
	section = mailimap_section_new(NULL);
	if (section == NULL)
		abort();
	add_attribute(type, mailimap_fetch_att_new_body_peek_section_partial(
				    section, 0, (uint32_t)most));
	return type;
}

/* One UID FETCH of those in [from, to) that are not done; the library's
 * result. most 0: their sizes. */
static int
ask(struct taking *taking, size_t from, size_t to, size_t most)
{
	struct mailimap_set *set = make_set(&taking->gather, from, to);
	struct mailimap_fetch_type *type = make_type(most != 0, most);
	mailimap *session = taking->imap->session;
	clist *list = NULL;
	int result;

	taking->gather.batch = most != 0 ? taking->batch : NULL;
	taking->gather.most = most;
	mailimap_set_msg_att_handler(session, on_message, &taking->gather);
	imap_allow(taking->imap,
		   IMAP_BUDGET + (to - from) * (most + HEAD_BYTES));
	if (most + HEAD_BYTES > taking->imap->literal_max)
		taking->imap->literal_max = most + HEAD_BYTES;
	result = mailimap_uid_fetch(session, set, type, &list);
	mailimap_set_msg_att_handler(session, NULL, NULL);
	if (result == MAILIMAP_NO_ERROR && list != NULL)
		mailimap_fetch_list_free(list);
	mailimap_fetch_type_free(type);
	mailimap_set_free(set);
	return result;
}

/* ---- batches ---- */

static int
open_batch(struct taking *taking, struct error *err)
{
	const struct mailbox_settings *settings = &taking->fetcher->settings;

	if (taking->batch != NULL)
		return 0;
	if (batch_new(settings->message_max, &taking->batch, err) != 0)
		return -1;
	batch_name(taking->batch, settings->name, taking->folder->name,
		   settings->owner);
	taking->batch->journal_mailbox = settings->journal;
	taking->batch->sent_folder = taking->folder->sent;
	taking->batch->uidvalidity = taking->folder->uidvalidity;
	return 0;
}

/* Sends what was taken up to uid; what came out of order behind it is
 * forgotten and asked for again, so that the cursor never jumps over a
 * message. */
static int
send_batch(struct taking *taking, uint32_t uid, struct error *err)
{
	struct batch *batch = taking->batch;
	size_t i;

	taking->batch = NULL;
	if (batch == NULL)
		return 0;
	for (i = batch->count; i-- > 0;) {
		struct batch_item spare = batch->items[i];

		if (spare.number <= uid)
			continue;
		batch->items[i] = batch->items[batch->count - 1];
		batch->items[batch->count - 1] = spare;
		batch_undo(batch);
	}
	return fetcher_send(taking->fetcher, batch, err);
}

static int
give_up(struct taking *taking, struct wanted *wanted, const char *why,
	struct error *err)
{
	if (open_batch(taking, err) != 0)
		return -1;
	wanted->done = true;
	return batch_fail(taking->batch, wanted->uid, "", wanted->date, why,
			  err);
}

/* ---- messages ---- */

/* Is it (still) there? 1, 0, or -1 when the connection is over. */
static int
is_there(struct taking *taking, uint32_t uid)
{
	clist *list = NULL;
	int result = imap_search(taking->imap, uid, uid, &list), count;

	if (result != MAILIMAP_NO_ERROR)
		return imap_alive(taking->imap, result) ? 1 : -1;
	count = clist_count(list);
	mailimap_search_result_free(list);
	return count != 0;
}

/* The connection broke at this message (NULL: behind all of them, the last of
 * which is uid): remembered across connections, and after some strikes it is
 * given up. What came before it is sent. */
static int
strike(struct taking *taking, const struct wanted *wanted, uint32_t uid,
       int result, struct error *err)
{
	struct fetch_folder *folder = taking->folder;
	struct error lost;

	imap_failed(taking->imap, "fetching messages", result, err);
	if (wanted != NULL) {
		folder->strikes = folder->suspect == wanted->uid ?
					  folder->strikes + 1 :
					  1;
		folder->suspect = wanted->uid;
		uid = wanted->uid - 1;
	}
	if (send_batch(taking, uid, &lost) != 0)
		return -1;
	if (uid > folder->uid)
		folder->uid = uid;
	return -1;
}

/* Its size, unless that is known, and then as much of it as that allows: twice
 * the server's word and something, since some count wrongly. */
static int
ask_one(struct taking *taking, const struct wanted *wanted)
{
	size_t i = (size_t)(wanted - taking->gather.at);
	size_t most = taking->fetcher->settings.message_max;
	int result = MAILIMAP_NO_ERROR;

	if (wanted->size == 0)
		result = ask(taking, i, i + 1, 0);
	if (!imap_alive(taking->imap, result))
		return result;
	if (wanted->size != 0 && most / 2 > wanted->size &&
	    most > 2 * (size_t)wanted->size + IMAP_BUDGET)
		most = 2 * (size_t)wanted->size + IMAP_BUDGET;
	return ask(taking, i, i + 1, most);
}

/* One message by itself. 0 when it is dealt with somehow. */
static int
take_one(struct taking *taking, struct wanted *wanted, struct error *err)
{
	struct error why = { 0 };
	int result, there;
	size_t tries;

	if (taking->folder->suspect == wanted->uid &&
	    taking->folder->strikes >= STRIKES_MAX)
		return give_up(taking, wanted,
			       "the connection breaks whenever it is fetched",
			       err);
	for (tries = 0; tries < STRIKES_MAX && !wanted->done; tries++) {
		if (open_batch(taking, err) != 0)
			return -1;
		taking->gather.quick = false;
		result = ask_one(taking, wanted);
		if (!imap_alive(taking->imap, result))
			return strike(taking, wanted, 0, result, err);
		if (taking->gather.err.kind != ERROR_NONE) {
			*err = taking->gather.err;
			return -1;
		}
		if (wanted->done)
			break;
		there = is_there(taking, wanted->uid);
		if (there < 0)
			return strike(taking, wanted, 0, MAILIMAP_ERROR_STREAM,
				      err);
		if (there == 0)
			wanted->done = true; /* deleted meanwhile */
		else if (result != MAILIMAP_NO_ERROR)
			imap_failed(taking->imap, "fetching it", result, &why);
	}
	if (!wanted->done)
		return give_up(taking, wanted,
			       why.text[0] != '\0' ?
				       why.text :
				       "the server does not give it",
			       err);
	if (taking->folder->suspect == wanted->uid)
		taking->folder->suspect = taking->folder->strikes = 0;
	return 0;
}

/* How many go into one FETCH: as many as make a batch, if they are as long as
 * those before. One that broke the connection goes by itself. */
static size_t
run_end(const struct taking *taking, size_t from)
{
	const struct gather *gather = &taking->gather;
	size_t most = taking->fetcher->settings.batch, i;
	size_t usual = taking->imap->usual;

	if (usual == 0 && most > RUN_FIRST)
		most = RUN_FIRST;
	if (usual != 0 && most > BATCH_BYTES_AIM / usual)
		most = BATCH_BYTES_AIM / usual + 1;
	for (i = from; i < gather->count && i - from < most; i++)
		if (gather->at[i].uid == taking->folder->suspect)
			break;
	return i;
}

static struct wanted *
first_left(const struct gather *gather, size_t from, size_t to)
{
	for (; from < to; from++)
		if (!gather->at[from].done)
			return &gather->at[from];
	return NULL;
}

/* The long ones among [from, to), and those that did not come, one by one.
 * When they get too many for one batch, *ret_end is where it has to end; what
 * came behind that comes again in the next. */
static int
take_rest(struct taking *taking, size_t from, size_t to, size_t *ret_end,
	  struct error *err)
{
	struct gather *gather = &taking->gather;
	struct wanted *left = first_left(gather, from, to);
	size_t large = 0;
	int result;

	*ret_end = to;
	if (left == NULL)
		return 0;
	result = ask(taking, from, to, 0);
	if (!imap_alive(taking->imap, result))
		return strike(taking, left, 0, result, err);
	while (left != NULL && large < LARGE_AIM) {
		if (take_one(taking, left, err) != 0)
			return -1;
		large += left->size;
		left = first_left(gather, from, to);
	}
	if (left == NULL)
		return 0;
	*ret_end = (size_t)(left - gather->at);
	for (from = *ret_end; from < to; from++)
		gather->at[from].done = false;
	return 0;
}

/* How long messages are, for the size of the next run. */
static void
learn(struct taking *taking, size_t from, size_t to)
{
	size_t bytes = (size_t)taking->batch->bytes, i;

	for (i = from; i < to; i++)
		if (taking->gather.at[i].large)
			bytes += QUICK_MAX;
	taking->imap->usual = bytes / (to - from) + 1;
}

/* A run in one FETCH, without asking for sizes first: the server cuts them
 * short, and what was cut is seen to afterwards. */
static int
take_run(struct taking *taking, size_t from, size_t to, size_t *ret_end,
	 struct error *err)
{
	size_t max = taking->fetcher->settings.message_max;
	struct wanted *left;
	int result;

	if (open_batch(taking, err) != 0)
		return -1;
	taking->gather.quick = true;
	result = ask(taking, from, to, max < QUICK_MAX ? max : QUICK_MAX);
	if (taking->gather.err.kind != ERROR_NONE) {
		*err = taking->gather.err;
		return -1;
	}
	learn(taking, from, to);
	left = first_left(&taking->gather, from, to);
	if (!imap_alive(taking->imap, result))
		return strike(taking, left, taking->gather.at[to - 1].uid,
			      result, err);
	return take_rest(taking, from, to, ret_end, err);
}

static int
take_bodies(struct taking *taking, struct error *err)
{
	struct gather *gather = &taking->gather;
	size_t at = 0, end;
	int rc = 0;

	while (rc == 0 && at < gather->count && !taking->fetcher->stop) {
		end = run_end(taking, at);
		if (end == at)
			rc = take_one(taking, &gather->at[end++], err);
		else
			rc = take_run(taking, at, end, &end, err);
		if (rc == 0) {
			taking->folder->uid = gather->at[end - 1].uid;
			rc = send_batch(taking, taking->folder->uid, err);
		}
		at = end;
	}
	return rc;
}

/* UIDs that are new, up to a chunk of them. */
int
imap_take(struct taking *taking, const uint32_t *uids, size_t count,
	  struct error *err)
{
	struct gather *gather = &taking->gather;
	size_t i;
	int rc;

	gather->at = calloc(count, sizeof *gather->at);
	if (gather->at == NULL)
		abort();
	gather->count = count;
	for (i = 0; i < count; i++)
		gather->at[i].uid = uids[i];
	rc = take_bodies(taking, err);
	free(gather->at);
	*gather = (struct gather){ 0 };
	batch_free(taking->batch);
	taking->batch = NULL;
	return rc;
}
