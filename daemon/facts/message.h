/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MESSAGE_H
#define MESSAGE_H
/*
 * One e-mail as facts: who, to whom, when, in which thread, and which words the
 * sender wrote here. Built once by message_read() in an arena, const for ever
 * after. What the facts mean (roles, rules, cases) is decided elsewhere.
 *
 * All text is valid UTF-8 without NUL. Line ends are '\n'. Addresses are lower
 * case, without display name, plus-parts kept. Byte spans of evidence count in
 * `subject`, `body` or an attachment's `text` exactly as they stand here.
 *
 * message_read() meets hostile bytes: it runs in the jailed reader only.
 * Everything is cut at a maximum of struct message_limits; a cut is told in
 * `warnings`.
 */
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

struct address {
	struct span email; /* lower case; empty when there is none */
	struct span name;  /* display name, decoded; may be empty */
};

struct addresses {
	struct address *at;
	size_t count;
};

/* How it is known that somebody got this message (facts: D1, D3, D4). */
enum receipt_source {
	RECEIPT_ENVELOPE,    /* trusted envelope header or journal Recipient: */
	RECEIPT_JOURNAL_TO,  /* journal To: or Cc: */
	RECEIPT_JOURNAL_BCC, /* journal Bcc: proven hidden */
	RECEIPT_BCC_HEADER,  /* Bcc header; proven only in the sender's own copy
			      */
	RECEIPT_SOURCE_COUNT
};

struct receipt {
	enum receipt_source source;
	struct span email;
	struct span expanded;  /* the list it came through, journal only */
	struct span forwarded; /* whose mailbox forwarded it, journal only */
};

/* What the council's own mail system found about From (facts: D7). */
enum sender_check {
	SENDER_UNCHECKED, /* nothing: internal mail, or nobody is believed */
	SENDER_VERIFIED,
	SENDER_FAILED, /* it was looked at, and cannot be told to be true */
	SENDER_CHECK_COUNT
};

/* Mail that no person wrote for this occasion (facts: D5, D6). */
enum automatic {
	AUTOMATIC_NO,
	AUTOMATIC_REPLY,     /* out of office, acknowledgement by a machine */
	AUTOMATIC_GENERATED, /* notices, alerts */
	AUTOMATIC_BULK,      /* newsletters, lists */
	AUTOMATIC_BOUNCE,    /* delivery failed for good */
	AUTOMATIC_DELAY,     /* delivery late, relayed or done: no failure */
	AUTOMATIC_RECEIPT,   /* read receipt, MDN */
	AUTOMATIC_CALENDAR,  /* METHOD:REPLY and friends */
	AUTOMATIC_COUNT
};

/* Earlier text carried in this message: quoted below, or forwarded inline. */
struct quote {
	struct address from; /* as far as the attribution tells */
	struct addresses to; /* of a forwarded header block, To and Cc */
	/* 0 unknown; read as UTC unless an offset stands there, for whose clock
	 * it was nobody says */
	time_t sent;
	struct span subject;
	struct span text;
	bool forwarded; /* under a "Forwarded message" line or header block */
};

struct attachment {
	struct span name; /* decoded; never used as a path */
	struct span type; /* "application/pdf" */
	struct span text; /* extracted; empty when there is none */
	bool inline_image;
};

/* A message/rfc822 part, or a message pasted in as attached copy. */
struct enclosed {
	struct span message_id;
	struct address from;
	struct addresses to, cc;
	time_t date;
	struct span subject;
	struct span text; /* its whole text, quotes and all */
};

/* One recipient of a delivery report (RFC 3464). */
struct failure {
	struct span recipient;
	struct span status; /* "5.1.1" */
	bool permanent;
};

struct message {
	struct span message_id; /* "<a@b>"; made from the hash when missing */
	struct span in_reply_to;
	struct span *references;
	size_t reference_count;
	struct span thread_index; /* the 16 bytes of the conversation GUID in
				     hex, or empty */

	struct address from;   /* the author */
	struct address sender; /* Sender:, when it differs from From: */
	enum sender_check sender_check;
	struct span sender_why; /* "dmarc=fail"; empty unless it failed */
	struct addresses reply_to, to, cc;
	struct receipt *receipts;
	size_t receipt_count;
	bool journaled;            /* taken out of a trusted journal report */
	struct span mailbox_owner; /* of the Sent folder it lay in, or empty */

	time_t received; /* by the council's mail system; never 0 */
	time_t date;     /* the sender's clock, 0 unknown */

	struct span subject;
	struct span body;      /* authored text */
	struct span quoted;    /* all that `body` is without, in order */
	struct span signature; /* with disclaimers */
	bool forward;          /* the sender passes earlier text on */
	struct quote *quotes;
	size_t quote_count;
	struct attachment *attachments;
	size_t attachment_count;
	struct enclosed *enclosed;
	size_t enclosed_count;

	enum automatic automatic;
	struct span automatic_why; /* what told it, for explanations */
	struct failure *failures;
	size_t failure_count;
	struct span report_about; /* Message-ID that a report is about */
	struct span list_id;

	uint64_t body_hash;    /* of the canonical text; same mail, same hash */
	struct span *warnings; /* "html: text too long, cut", … */
	size_t warning_count;
};

/* Maxima at birth; message_limits_default has them with reasons. With
 * attachment_text 0 no attachment is opened for its text. */
struct message_limits {
	size_t message, header, text, attachment_text, evidence;
	unsigned parts, depth, addresses, references, attachments, quotes;
};
extern const struct message_limits message_limits_default;

/* What the operator says of the mail system (clerkd.conf, envelope). */
struct message_trust {
	const struct span *headers; /* trusted envelope headers */
	size_t header_count;
	const struct span *journals; /* journal addresses */
	size_t journal_count;
	/* Reports to these addresses are believed wherever they lie: in files
	 * that somebody named, never in mailboxes, where anybody may have put
	 * them. */
	bool journal_anywhere;
	const struct span *domains; /* the council's own */
	size_t domain_count;
	/* Trusted headers stand above so many Received lines; 0: anywhere. */
	unsigned hops;
	/* Whose Authentication-Results are believed (clerkd.conf,
	 * authentication); "exchange-online" writes none of its name. */
	const struct span *servers;
	size_t server_count;
	bool exchange;      /* X-MS-Exchange-Organization-AuthAs is believed */
	bool missing_fails; /* no result at all is a failure too */
};

/* What the place where the bytes lay tells about them. */
struct message_origin {
	time_t internal_date; /* IMAP INTERNALDATE or file; 0 unknown */
	struct span owner;    /* mailbox owner's address, or empty */
	bool journal_mailbox; /* journal reports are believed here */
	bool sent_folder;
};

/* Once per process, before the jail closes: starts the libraries and loads the
 * converters that they would open files for later. message_read() does it too,
 * where files can still be opened. */
void message_prepare(void);

/* Reads raw bytes into facts, all in arena. Returns 0, or -1 with ERROR_INPUT
 * when nothing can be made of them. Odd mail is read as far as it goes. */
int message_read(struct span raw, const struct message_origin *origin,
		 const struct message_trust *trust,
		 const struct message_limits *limits, struct arena *arena,
		 struct message **ret_message, struct error *err);

/* Who got it without showing in To or Cc is a question for judgement, not for
 * facts: see filters. */

const char *automatic_name(enum automatic automatic);

#endif
