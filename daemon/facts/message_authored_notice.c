/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Notices that gateways and legal departments add to a person's words:
 * disclaimers below, banners above.
 */
#include <string.h>
#include <strings.h>

#include "message_authored.h"

enum {
	BANNER_MAX = 700,
	NOTICE_MAX = 800,
	PHRASES_MAX = 250,
	NOTICE_SELF = 3,
	NOTICE_SURE = 6,
	NOTICE_LEAST = 5
};

struct phrase {
	const char *words;
	unsigned weight;
};

/* A paragraph is a notice for certain phrases, or when it speaks of itself
 * ("this e-mail") and of two matters of notices: people write "we cannot accept
 * liability" too. Lower case; found at the start of a word. */
static const struct phrase notices[] = {
	{ "intended recipient", NOTICE_SURE },
	{ "intended solely", NOTICE_SURE },
	{ "intended only for", NOTICE_SURE },
	{ "solely for the use of", NOTICE_SURE },
	{ "received this email in error", NOTICE_SURE },
	{ "received this e-mail in error", NOTICE_SURE },
	{ "received this message in error", NOTICE_SURE },
	{ "received it in error", NOTICE_SELF },
	{ "received this communication in error", NOTICE_SURE },
	{ "received this transmission in error", NOTICE_SURE },
	{ "sent to you in error", NOTICE_SURE },
	{ "legally privileged", 1 },
	{ "may contain confidential", 1 },
	{ "may contain privileged", 1 },
	{ "may be confidential", 1 },
	{ "is confidential and", 1 },
	{ "are confidential and", 1 },
	{ "strictly prohibited", 1 },
	{ "dissemination", 1 },
	{ "disclose", 1 },
	{ "delete it", 1 },
	{ "delete the email", 1 },
	{ "delete this email", 1 },
	{ "delete this e-mail", 1 },
	{ "delete the e-mail", 1 },
	{ "delete this message", 1 },
	{ "delete the message", 1 },
	{ "notify the sender", 1 },
	{ "contact the sender", 1 },
	{ "inform the sender", 1 },
	{ "views expressed", 1 },
	{ "views or opinions", 1 },
	{ "opinions expressed", 1 },
	{ "those of the author", 1 },
	{ "those of the individual", 1 },
	{ "do not necessarily", 1 },
	{ "does not necessarily", 1 },
	{ "not necessarily the views", NOTICE_SURE },
	{ "no liability", 1 },
	{ "accepts no responsibility", 1 },
	{ "accept no responsibility", 1 },
	{ "cannot accept", 1 },
	{ "any attachments", 1 },
	{ "any files transmitted", NOTICE_SURE },
	{ "virus", 1 },
	{ "malware", 1 },
	{ "consider the environment", NOTICE_SURE },
	{ "think before you print", NOTICE_SURE },
	{ "printing this email", 1 },
	{ "printing this e-mail", 1 },
	{ "monitored and recorded", NOTICE_SURE },
	{ "may be monitored", 1 },
	{ "may be recorded", 1 },
	{ "freedom of information act", 1 },
	{ "disclosure under", 1 },
	{ "subject to disclosure", 1 },
	{ "may be disclosed", 1 },
	{ "data protection act", 1 },
	{ "privacy notice", 1 },
	{ "privacy policy", 1 },
	{ "privacy statement", 1 },
	{ "how we use your", NOTICE_SELF },
	{ "how we handle your", NOTICE_SELF },
	{ "process your personal", 1 },
	{ "your personal data", 1 },
	{ "your personal information", 1 },
	{ "this communication", NOTICE_SELF },
	{ "this transmission", NOTICE_SELF },
	{ "contents of this", NOTICE_SELF },
	{ "nothing in this e-mail", NOTICE_SURE },
	{ "nothing in this email", NOTICE_SURE },
	{ "legally binding", 1 },
	{ "not binding", 1 },
	{ "scanned by", 1 },
	{ "scanned for", 1 },
	{ "been scanned", 1 },
	{ "swept by", 1 },
	{ "mimecast", 1 },
	{ "messagelabs", NOTICE_SURE },
	{ "registered in england", NOTICE_SELF },
	{ "registered office", 1 },
	{ "company number", 1 },
	{ "registered number", 1 },
	{ "authorised and regulated", 1 },
	{ "disclaimer", NOTICE_SELF },
	{ "confidentiality notice", NOTICE_SURE },
	{ "confidentiality:", NOTICE_SELF },
	{ "unsubscribe", NOTICE_SELF },
	{ "correspondence in welsh", NOTICE_SURE },
	{ "welcome correspondence", 1 },
	{ "croesawu gohebiaeth", NOTICE_SURE },
	{ "gohebiaeth yn gymraeg", NOTICE_SURE },
	{ "neges e-bost hon", NOTICE_SELF },
	{ "yn gyfrinachol", 1 },
	{ "ystyriwch yr amgylchedd", NOTICE_SURE },
	{ "cyn argraffu", 1 },
	{ "vertrauliche", 1 },
	{ "nicht der richtige adressat", NOTICE_SURE },
	{ "irrtümlich erhalten", NOTICE_SURE },
	{ "bestimmungsgemäß", 1 },
	{ "ce courriel", NOTICE_SELF },
	{ "reçu ce message par erreur", NOTICE_SURE },
	{ "reçu par erreur", 1 },
	{ "exclusivement à", 1 },
	{ "destinataire", 1 },
	{ "pensez à l'environnement", NOTICE_SURE },
	{ "imprimer ce", 1 },
	{ "destinatario", 1 },
	{ "uso esclusivo", 1 },
	{ "riservat", 1 },
	{ "ricevuto questo messaggio per errore", NOTICE_SURE },
	{ "ricevete questo messaggio per errore", NOTICE_SURE },
	{ "questo messaggio", NOTICE_SELF },
	{ "este mensaje", NOTICE_SELF },
	{ "este correo", NOTICE_SELF },
	{ "confidencial", 1 },
	{ "por error", 1 },
	{ "por engano", 1 },
	{ "esta mensagem", NOTICE_SELF },
	{ "dit bericht", NOTICE_SELF },
	{ "vertrouwelijk", 1 },
	{ "geadresseerde", 1 },
	{ "per abuis", 1 },
	{ "ten onrechte", 1 },
	{ "detta meddelande", NOTICE_SELF },
	{ "denne e-mail", NOTICE_SELF },
	{ "poufne", 1 },
	{ "adresat", 1 },
	{ "confidentiel", 1 },
	{ "follow us on", NOTICE_SELF },
	{ "my working hours may", NOTICE_SURE },
	{ "working hours may not be your", NOTICE_SURE },
	{ "outside of your working hours", NOTICE_SELF },
	{ "do not feel obliged", NOTICE_SELF },
	{ "don't feel obliged", NOTICE_SELF },
	{ "this email", NOTICE_SELF },
	{ "this e-mail", NOTICE_SELF },
	{ "this message", NOTICE_SELF },
	{ "diese e-mail", NOTICE_SELF },
	{ "diese nachricht", NOTICE_SELF },
	{ "ce message", NOTICE_SELF },
	{ "y neges hon", NOTICE_SELF },
	{ "the sender", NOTICE_SELF },
	{ "the addressee", NOTICE_SELF },
};

static const struct phrase banners[] = {
	{ "external email", 2 },
	{ "external e-mail", 2 },
	{ "external sender", 2 },
	{ "external message", 2 },
	{ "external source", 1 },
	{ "originated outside", 2 },
	{ "originated from outside", 2 },
	{ "came from outside", 2 },
	{ "comes from outside", 2 },
	{ "is from outside", 2 },
	{ "sent from outside", 2 },
	{ "from an external", 2 },
	{ "outside of the organi", 1 },
	{ "outside the organi", 1 },
	{ "outside your organi", 2 },
	{ "outside our organi", 2 },
	{ "outside the council", 1 },
	{ "outside of the council", 1 },
	{ "do not click", 2 },
	{ "don't click", 1 },
	{ "open attachments", 1 },
	{ "opening attachments", 1 },
	{ "links or attachments", 1 },
	{ "links and attachments", 1 },
	{ "recognise the sender", 1 },
	{ "recognize the sender", 1 },
	{ "know the content is safe", 2 },
	{ "content is safe", 1 },
	{ "be cautious", 1 },
	{ "exercise caution", 1 },
	{ "take care", 0 },
	{ "caution:", 1 },
	{ "[caution", 1 },
	{ "warning:", 1 },
	{ "don't often get email from", 2 },
	{ "don’t often get email from", 2 },
	{ "not often get email from", 2 },
	{ "learn why this is important", 2 },
	{ "first time you received an email", 2 },
	{ "some people who received this message", 2 },
	{ "report phishing", 1 },
	{ "phishing", 1 },
	{ "suspicious", 1 },
	{ "e-bost allanol", 2 },
	{ "anfonwr allanol", 2 },
	{ "tu allan i'r", 1 },
	{ "peidiwch â chlicio", 2 },
	{ "externe e-mail", 2 },
	{ "externer absender", 2 },
	{ "expéditeur externe", 2 },
	{ "powered by mimecast", 1 },
	{ "banner", 0 },
};

/* The phrases by their first two bytes, so that one pass finds all. */
struct phrases {
	const struct phrase *table;
	uint8_t head[256], next[PHRASES_MAX + 1]; /* 0 ends; n is row n - 1 */
};
_Static_assert(ARRAY_SIZE(notices) <= PHRASES_MAX &&
		       ARRAY_SIZE(banners) <= PHRASES_MAX,
	       "a byte numbers the rows");

static unsigned char
phrase_slot(const char *words)
{
	return (unsigned char)((unsigned char)words[0] * 37U +
			       (unsigned char)words[1]);
}

static void
phrases_init(struct phrases *phrases, const struct phrase *table, size_t count)
{
	size_t i;

	phrases->table = table;
	memset(phrases->head, 0, sizeof phrases->head);
	for (i = 0; i < count; i++) {
		unsigned char slot = phrase_slot(table[i].words);

		phrases->next[i + 1] = phrases->head[slot];
		phrases->head[slot] = (uint8_t)(i + 1);
	}
}

static bool
starts_here(struct span text, size_t at, const char *words)
{
	while (*words != '\0' && at < text.len && text.ptr[at] == *words) {
		at++;
		words++;
	}
	return *words == '\0';
}

/* What the phrases in this folded text weigh, each counted once. */
static unsigned
phrases_weigh(const struct phrases *phrases, struct span text)
{
	bool seen[PHRASES_MAX + 1] = { false };
	unsigned weight = 0;
	bool inside = false;
	size_t at;

	for (at = 0; at + 1 < text.len; at++) {
		uint8_t row = 0;

		if (!inside)
			row = phrases->head[phrase_slot(text.ptr + at)];
		inside = byte_is_word(text.ptr[at]);
		for (; row != 0; row = phrases->next[row]) {
			if (seen[row] ||
			    !starts_here(text, at,
					 phrases->table[row - 1].words))
				continue;
			seen[row] = true;
			weight += phrases->table[row - 1].weight;
		}
	}
	return weight;
}

/* The lines of a range joined with spaces, in lower case, cut at room. */
static struct span
fold_range(const struct lines *lines, struct range range, char *out,
	   size_t room)
{
	size_t at, i, len = 0;

	for (at = range.start; at < range.end; at++) {
		struct span text = line_text(lines, at);

		for (i = 0; i < text.len && len + 1 < room; i++) {
			char c = text.ptr[i];

			out[len++] = c >= 'A' && c <= 'Z' ?
					     (char)(c + 'a' - 'A') :
					     c;
		}
		if (len + 1 < room)
			out[len++] = ' ';
	}
	return (struct span){ .ptr = out, .len = len };
}

unsigned
notice_weight(const struct lines *lines, struct range range)
{
	struct phrases phrases;
	char folded[NOTICE_MAX];

	phrases_init(&phrases, notices, ARRAY_SIZE(notices));
	return phrases_weigh(&phrases,
			     fold_range(lines, range, folded, sizeof folded));
}

bool
notice_is(const struct lines *lines, struct range range)
{
	return notice_weight(lines, range) >= NOTICE_LEAST;
}

bool
notice_is_banner(const struct lines *lines, struct range range)
{
	struct phrases phrases;
	char folded[BANNER_MAX];
	struct span text = fold_range(lines, range, folded, sizeof folded);

	phrases_init(&phrases, banners, ARRAY_SIZE(banners));
	return text.len + 1 < sizeof folded &&
	       phrases_weigh(&phrases, text) >= 2;
}
