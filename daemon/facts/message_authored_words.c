/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines that are told by their words alone: "Sent from my phone", the closings
 * and salutations between which a letter stands, and classifications.
 */
#include <string.h>
#include <strings.h>

#include "message_authored.h"

enum { CLOSING_MAX = 48, DEVICE_MAX = 100 };

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
	"sent wirelessly",
	"sent on my",
	"from my iphone",
	"from my ipad",
	"from my android",
	"get outlook on",
	"envoyé sans fil",
	"enviado con",
	"enviat des",
	"verzonden vanuit",
	"verstuurd vanuit",
	"verstuurd met",
	"sendt med",
	"skickat med",
	"odoslané z",
	"poslano s",
	"az iphone-omról",
	"az ipad-emről",
	"أُرسلت من",
	"تم الإرسال من",
	"נשלח מ",
	"надіслано з",
	"Надіслано з",
	"從我的",
	"傳送自",
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

static bool
names_device(struct span text)
{
	static const char *const names[] = { "phone",   "ipad",    "android",
					     "samsung", "galaxy",  "blackberry",
					     "outlook", "mobile",  "tablet",
					     "huawei",  "windows", "ffôn" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (span_find_nocase(text, names[i]) < text.len)
			return true;
	return false;
}

/* "Sent from my phone", in a line of its own; a sentence that happens to begin
 * so is longer or goes on behind a comma. */
bool
notice_is_device(struct span line)
{
	size_t i, link, comma;

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
	comma = span_find(line, ", ");
	return i < ARRAY_SIZE(devices) && notice_word_count(line) <= 14 &&
	       (comma == line.len || names_device(span_sub(line, 0, comma)));
}

/* ---- classifications ---- */

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
