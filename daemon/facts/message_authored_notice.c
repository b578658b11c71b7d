/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words that mail programs, gateways and legal departments add to a person's:
 * notices of confidentiality, banners, "Sent from my phone"; and the closings
 * and salutations between which a letter stands.
 */
#include <string.h>
#include <strings.h>

#include "message_authored.h"

enum {
	CLOSING_MAX = 48,
	BANNER_MAX = 700,
	NOTICE_MAX = 1500,
	PHRASES_MAX = 250,
	DEVICE_MAX = 100
};

/* ---- words ---- */

size_t
notice_word_count(struct span text)
{
	size_t count = 0, i;
	bool in = false;

	for (i = 0; i < text.len; i++) {
		bool word = byte_is_letter(text.ptr[i]) ||
			    byte_is_digit(text.ptr[i]);

		count += word && !in;
		in = word || text.ptr[i] == '\'';
	}
	return count;
}

bool
notice_starts_with_word(struct span text, const char *word)
{
	size_t len;

	if (!may_start(text, word) || !span_starts_nocase(text, word))
		return false;
	len = strlen(word);
	return text.len == len || !byte_is_letter(text.ptr[len]);
}

/* Ornaments and spaces off both ends. */
struct span
notice_bare(struct span text)
{
	text = span_trim(text);
	while (text.len != 0 && strchr("*_-~ ", text.ptr[0]) != NULL)
		text = span_sub(text, 1, text.len);
	while (text.len != 0 &&
	       strchr("*_-~ ,.!;:", text.ptr[text.len - 1]) != NULL)
		text.len--;
	return text;
}

/* ---- devices ---- */

static const char *const devices[] = {
	"sent from",
	"sent via",
	"sent with",
	"sent using",
	"get outlook for",
	"sent on the go",
	"envoyé de mon",
	"envoyé depuis",
	"envoyé à partir",
	"envoyé avec",
	"télécharger outlook",
	"obtenez outlook",
	"von meinem",
	"gesendet von",
	"gesendet mit",
	"outlook für",
	"diese nachricht wurde von meinem",
	"enviado desde",
	"enviado do",
	"enviado de",
	"enviado a partir",
	"obtener outlook",
	"obter o outlook",
	"inviato da",
	"inviato dal",
	"scarica outlook",
	"ottieni outlook",
	"verzonden vanaf",
	"verstuurd vanaf",
	"verzonden met",
	"outlook voor",
	"skickat från",
	"hämta outlook",
	"sendt fra",
	"hent outlook",
	"lähetetty",
	"hanki outlook",
	"wysłane z",
	"pobierz outlook",
	"отправлено с",
	"Отправлено с",
	"anfonwyd o",
	"wedi'i anfon o",
	"elküldve a",
	"trimis de pe",
	"odesláno z",
	"στάλθηκε από",
	"从我的",
	"发自我的",
	"iPhoneから送信",
	"내 iphone",
	"sent by my",
	"diky, odesláno",
	"iphone'umdan",
	"typed on my phone",
	"sent while mobile",
	"dictated",
};

/* "Sent from my phone", in a line of its own; a sentence that happens to begin
 * so is longer or goes on behind a comma. */
bool
notice_is_device(struct span line)
{
	size_t i, link;

	line = span_trim(line);
	while (line.len != 0 && strchr("*_-~[(", line.ptr[0]) != NULL)
		line = span_trim(span_sub(line, 1, line.len));
	if (line.len < 8 || line.len > DEVICE_MAX * 3)
		return false;
	link = span_find_byte(line, '<');
	line = span_trim(span_sub(line, 0, link));
	if (line.len > DEVICE_MAX)
		return false;
	for (i = 0; i < ARRAY_SIZE(devices); i++)
		if (notice_starts_with_word(line, devices[i]))
			break;
	return i < ARRAY_SIZE(devices) && notice_word_count(line) <= 10 &&
	       span_find(line, ", ") == line.len;
}

/* ---- disclaimers and banners ---- */

struct phrase {
	const char *words;
	unsigned weight;
};

/* Two of these in a paragraph, or one that counts double, and it is a notice.
 * Lower case; found at the start of a
 * word. */
static const struct phrase notices[] = {
	{ "intended recipient", 2 },
	{ "intended solely", 2 },
	{ "intended only for", 2 },
	{ "solely for the use of", 2 },
	{ "received this email in error", 2 },
	{ "received this e-mail in error", 2 },
	{ "received this message in error", 2 },
	{ "received it in error", 2 },
	{ "received this communication in error", 2 },
	{ "received this transmission in error", 2 },
	{ "sent to you in error", 2 },
	{ "legally privileged", 2 },
	{ "may contain confidential", 2 },
	{ "may contain privileged", 2 },
	{ "may be confidential", 2 },
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
	{ "not necessarily the views", 2 },
	{ "no liability", 1 },
	{ "accepts no responsibility", 1 },
	{ "accept no responsibility", 1 },
	{ "cannot accept", 1 },
	{ "cannot accept liability", 1 },
	{ "any attachments", 1 },
	{ "any files transmitted", 2 },
	{ "virus", 1 },
	{ "malware", 1 },
	{ "consider the environment", 2 },
	{ "think before you print", 2 },
	{ "need to print this", 2 },
	{ "printing this email", 1 },
	{ "printing this e-mail", 1 },
	{ "monitored and recorded", 2 },
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
	{ "how we use your", 2 },
	{ "how we handle your", 2 },
	{ "process your personal", 1 },
	{ "your personal data", 1 },
	{ "your personal information", 1 },
	{ "this email and any", 1 },
	{ "this e-mail and any", 1 },
	{ "this message and any", 1 },
	{ "this e-mail is ", 1 },
	{ "this email is ", 1 },
	{ "this message is ", 1 },
	{ "this communication", 1 },
	{ "this transmission", 1 },
	{ "contents of this", 1 },
	{ "nothing in this e-mail", 2 },
	{ "nothing in this email", 2 },
	{ "legally binding", 1 },
	{ "not binding", 1 },
	{ "scanned by", 1 },
	{ "scanned for", 1 },
	{ "been scanned", 1 },
	{ "swept by", 1 },
	{ "mimecast", 1 },
	{ "messagelabs", 2 },
	{ "registered in england", 1 },
	{ "registered office", 1 },
	{ "company number", 1 },
	{ "registered number", 1 },
	{ "authorised and regulated", 1 },
	{ "disclaimer", 1 },
	{ "confidentiality notice", 2 },
	{ "confidentiality:", 1 },
	{ "unsubscribe", 1 },
	{ "correspondence in welsh", 2 },
	{ "welcome correspondence", 1 },
	{ "croesawu gohebiaeth", 2 },
	{ "gohebiaeth yn gymraeg", 2 },
	{ "y neges hon", 1 },
	{ "neges e-bost hon", 1 },
	{ "yn gyfrinachol", 1 },
	{ "ystyriwch yr amgylchedd", 2 },
	{ "cyn argraffu", 1 },
	{ "diese e-mail enthält", 1 },
	{ "vertrauliche", 1 },
	{ "nicht der richtige adressat", 2 },
	{ "irrtümlich erhalten", 2 },
	{ "bestimmungsgemäß", 1 },
	{ "ce message et", 1 },
	{ "ce courriel", 1 },
	{ "reçu ce message par erreur", 2 },
	{ "reçu par erreur", 1 },
	{ "exclusivement à", 1 },
	{ "destinataire", 1 },
	{ "pensez à l'environnement", 2 },
	{ "imprimer ce", 1 },
	{ "destinatario", 1 },
	{ "uso esclusivo", 1 },
	{ "riservat", 1 },
	{ "ricevuto questo messaggio per errore", 2 },
	{ "ricevete questo messaggio per errore", 2 },
	{ "questo messaggio", 1 },
	{ "este mensaje", 1 },
	{ "este correo", 1 },
	{ "confidencial", 1 },
	{ "por error", 1 },
	{ "por engano", 1 },
	{ "esta mensagem", 1 },
	{ "dit bericht", 1 },
	{ "vertrouwelijk", 1 },
	{ "geadresseerde", 1 },
	{ "per abuis", 1 },
	{ "ten onrechte", 1 },
	{ "detta meddelande", 1 },
	{ "denne e-mail", 1 },
	{ "poufne", 1 },
	{ "adresat", 1 },
	{ "confidentiel", 1 },
	{ "follow us on", 2 },
	{ "find us on", 1 },
	{ "twitter", 1 },
	{ "facebook", 1 },
	{ "linkedin", 1 },
	{ "instagram", 1 },
	{ "my working hours may", 2 },
	{ "working hours may not be your", 2 },
	{ "outside of your working hours", 1 },
	{ "do not feel obliged", 1 },
	{ "don't feel obliged", 1 },
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

/* The phrases by their first byte, so that one pass finds all. */
struct phrases {
	const struct phrase *table;
	uint8_t head[256], next[PHRASES_MAX + 1]; /* 0 ends; n is row n - 1 */
};
_Static_assert(ARRAY_SIZE(notices) <= PHRASES_MAX &&
		       ARRAY_SIZE(banners) <= PHRASES_MAX,
	       "a byte numbers the rows");

static void
phrases_init(struct phrases *phrases, const struct phrase *table, size_t count)
{
	size_t i;

	phrases->table = table;
	memset(phrases->head, 0, sizeof phrases->head);
	for (i = 0; i < count; i++) {
		unsigned char first = (unsigned char)table[i].words[0];

		phrases->next[i + 1] = phrases->head[first];
		phrases->head[first] = (uint8_t)(i + 1);
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

	for (at = 0; at < text.len; at++) {
		unsigned char c = (unsigned char)text.ptr[at];
		uint8_t row = inside ? 0 : phrases->head[c];

		inside = byte_is_letter((char)c) || byte_is_digit((char)c);
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
	return notice_weight(lines, range) >= 2;
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

static const char *const classifications[] = {
	"official",
	"official-sensitive",
	"official - sensitive",
	"official sensitive",
	"unclassified",
	"not protectively marked",
	"protect",
	"restricted",
	"[external]",
	"external",
	"[external email]",
	"external email",
	"*external*",
	"external sender",
	"classification: official",
	"sensitivity: official",
	"swyddogol",
	"**external email**",
	"[official]",
};

bool
notice_is_classification(struct span line)
{
	size_t i;

	if (line.len > 40)
		return false;

	for (i = 0; i < ARRAY_SIZE(classifications); i++)
		if (span_is_nocase(notice_bare(line), classifications[i]) ||
		    span_is_nocase(span_trim(line), classifications[i]))
			return true;
	return false;
}

/* ---- letters ---- */

static const char *const closings[] = {
	"regards",
	"kind regards",
	"kindest regards",
	"best regards",
	"warm regards",
	"warmest regards",
	"many regards",
	"with regards",
	"with kind regards",
	"with best regards",
	"with kindest regards",
	"best wishes",
	"with best wishes",
	"all best wishes",
	"warm wishes",
	"kind wishes",
	"all the best",
	"all best",
	"best",
	"very best",
	"yours sincerely",
	"sincerely",
	"sincerely yours",
	"yours faithfully",
	"yours truly",
	"yours",
	"respectfully",
	"yours respectfully",
	"cheers",
	"kr",
	"br",
	"rgds",
	"kind rgds",
	"brgds",
	"b/w",
	"bw",
	"take care",
	"speak soon",
	"talk soon",
	"in solidarity",
	"yours in solidarity",
	"fraternally",
	"yours fraternally",
	"best of luck",
	"with thanks",
	"thanks",
	"thank you",
	"many thanks",
	"thanks again",
	"thank you again",
	"thanks in advance",
	"thx",
	"many thanks in advance",
	"thank you in advance",
	"ta",
	"tia",
	"thanks and regards",
	"thanks & regards",
	"thanks and kind regards",
	"thanks and best wishes",
	"many thanks and kind regards",
	"many thanks and best wishes",
	"thank you and kind regards",
	"cofion",
	"cofion gorau",
	"cofion cynnes",
	"cofion caredig",
	"gyda diolch",
	"diolch",
	"diolch yn fawr",
	"yn gywir",
	"yr eiddoch yn gywir",
	"hwyl",
	"mvh",
	"mit freundlichen grüßen",
	"mit freundlichen grüssen",
	"freundliche grüße",
	"viele grüße",
	"liebe grüße",
	"beste grüße",
	"mfg",
	"lg",
	"cordialement",
	"bien cordialement",
	"bien à vous",
	"amicalement",
	"saludos",
	"un saludo",
	"saludos cordiales",
	"atentamente",
	"cordiali saluti",
	"distinti saluti",
	"saluti",
	"met vriendelijke groet",
	"vriendelijke groet",
	"groeten",
	"med vänlig hälsning",
	"med vänliga hälsningar",
	"vänliga hälsningar",
	"med venlig hilsen",
	"venlig hilsen",
	"med vennlig hilsen",
	"hilsen",
	"terveisin",
	"ystävällisin terveisin",
	"pozdrawiam",
	"serdecznie pozdrawiam",
	"z poważaniem",
	"с уважением",
	"С уважением",
	"atenciosamente",
	"abraços",
	"saygılarımla",
	"iyi çalışmalar",
	"üdvözlettel",
	"cu stimă",
	"le gach dea-ghuí",
	"is mise le meas",
	"le meas",
};

/* "Kind regards," in a line of its own. */
bool
notice_is_closing(struct span line)
{
	struct span text;
	size_t i;

	if (line.len == 0 || line.len > CLOSING_MAX)
		return false;
	text = notice_bare(line);
	for (i = 0; i < ARRAY_SIZE(closings); i++)
		if (may_start(text, closings[i]) &&
		    span_is_nocase(text, closings[i]))
			return true;
	return false;
}

static const char *const salutations[] = {
	"dear",     "to whom it may concern",
	"annwyl",   "sehr geehrte",
	"cher",     "chère",
	"estimado", "estimada",
	"gentile",  "egregio",
	"geachte",  "szanowny",
	"szanowna", "уважаемый",
	"madam",    "sir",
};

bool
notice_is_salutation(struct span line)
{
	size_t i;

	line = span_trim(line);
	if (line.len == 0 || line.len > 80)
		return false;
	while (line.len != 0 && strchr("*_\"'", line.ptr[0]) != NULL)
		line = span_sub(line, 1, line.len);
	for (i = 0; i < ARRAY_SIZE(salutations); i++)
		if (notice_starts_with_word(line, salutations[i]))
			return notice_word_count(line) <= 10 &&
			       (line.ptr[line.len - 1] == ',' ||
				notice_word_count(line) <= 6);
	return false;
}
