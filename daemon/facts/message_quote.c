/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How earlier messages are announced: separators, header blocks and
 * attribution lines, as mail programs of many languages write them.
 *
 * An attribution is told by its shape (a date or address, a verb of writing or
 * a colon at the end) more than by its words, so that languages that are not
 * in the tables are mostly met too.
 */
#include <string.h>
#include <strings.h>

#include "message_authored.h"

enum {
	FIELD_NAME_MAX = 40,
	BLOCK_LINES_MAX = 24,
	BLOCK_GAPS_MAX = 2, /* blank lines in a row inside a block */
	ATTRIBUTION_LINES = 4,
	ATTRIBUTION_MAX = 600,
	SEPARATOR_MAX = 90
};

/* ---- header blocks ---- */

enum field {
	FIELD_NONE,
	FIELD_FROM,
	FIELD_SENT,
	FIELD_TO,
	FIELD_CC,
	FIELD_SUBJECT,
	FIELD_OTHER
};

static const struct {
	const char *name; /* lower case ASCII letters */
	enum field field;
} fields[] = {
	{ "from", FIELD_FROM },
	{ "von", FIELD_FROM },
	{ "de", FIELD_FROM },
	{ "da", FIELD_FROM },
	{ "van", FIELD_FROM },
	{ "från", FIELD_FROM },
	{ "fra", FIELD_FROM },
	{ "od", FIELD_FROM },
	{ "от", FIELD_FROM },
	{ "От", FIELD_FROM },
	{ "від", FIELD_FROM },
	{ "Від", FIELD_FROM },
	{ "lähettäjä", FIELD_FROM },
	{ "kimden", FIELD_FROM },
	{ "gönderen", FIELD_FROM },
	{ "oddi wrth", FIELD_FROM },
	{ "o", FIELD_FROM },
	{ "feladó", FIELD_FROM },
	{ "από", FIELD_FROM },
	{ "Από", FIELD_FROM },
	{ "de la", FIELD_FROM },
	{ "expéditeur", FIELD_FROM },
	{ "mittente", FIELD_FROM },
	{ "remitente", FIELD_FROM },
	{ "absender", FIELD_FROM },
	{ "afzender", FIELD_FROM },
	{ "발신", FIELD_FROM },
	{ "보낸 사람", FIELD_FROM },
	{ "发件人", FIELD_FROM },
	{ "寄件者", FIELD_FROM },
	{ "寄件人", FIELD_FROM },
	{ "差出人", FIELD_FROM },
	{ "送信元", FIELD_FROM },
	{ "מאת", FIELD_FROM },
	{ "من", FIELD_FROM },
	{ "Odesílatel", FIELD_FROM },
	{ "nuo", FIELD_FROM },
	{ "no", FIELD_FROM },
	{ "saatja", FIELD_FROM },
	{ "sender", FIELD_FROM },
	{ "sent", FIELD_SENT },
	{ "date", FIELD_SENT },
	{ "gesendet", FIELD_SENT },
	{ "datum", FIELD_SENT },
	{ "envoyé", FIELD_SENT },
	{ "envoyé le", FIELD_SENT },
	{ "date d'envoi", FIELD_SENT },
	{ "enviado", FIELD_SENT },
	{ "enviado el", FIELD_SENT },
	{ "enviada em", FIELD_SENT },
	{ "enviado em", FIELD_SENT },
	{ "enviada", FIELD_SENT },
	{ "fecha", FIELD_SENT },
	{ "data", FIELD_SENT },
	{ "inviato", FIELD_SENT },
	{ "data invio", FIELD_SENT },
	{ "verzonden", FIELD_SENT },
	{ "verstuurd", FIELD_SENT },
	{ "skickat", FIELD_SENT },
	{ "sendt", FIELD_SENT },
	{ "dato", FIELD_SENT },
	{ "wysłano", FIELD_SENT },
	{ "wysłane", FIELD_SENT },
	{ "отправлено", FIELD_SENT },
	{ "Отправлено", FIELD_SENT },
	{ "дата", FIELD_SENT },
	{ "Дата", FIELD_SENT },
	{ "надіслано", FIELD_SENT },
	{ "lähetetty", FIELD_SENT },
	{ "päiväys", FIELD_SENT },
	{ "päivämäärä", FIELD_SENT },
	{ "gönderildi", FIELD_SENT },
	{ "gönderme tarihi", FIELD_SENT },
	{ "tarih", FIELD_SENT },
	{ "anfonwyd", FIELD_SENT },
	{ "dyddiad", FIELD_SENT },
	{ "elküldve", FIELD_SENT },
	{ "dátum", FIELD_SENT },
	{ "odesláno", FIELD_SENT },
	{ "odoslané", FIELD_SENT },
	{ "trimis", FIELD_SENT },
	{ "ημερομηνία", FIELD_SENT },
	{ "Στάλθηκε", FIELD_SENT },
	{ "poslano", FIELD_SENT },
	{ "message du", FIELD_SENT },
	{ "date / time", FIELD_SENT },
	{ "发送时间", FIELD_SENT },
	{ "日期", FIELD_SENT },
	{ "寄件日期", FIELD_SENT },
	{ "時間", FIELD_SENT },
	{ "送信日時", FIELD_SENT },
	{ "日付", FIELD_SENT },
	{ "보낸 날짜", FIELD_SENT },
	{ "날짜", FIELD_SENT },
	{ "נשלח", FIELD_SENT },
	{ "تاريخ", FIELD_SENT },
	{ "to", FIELD_TO },
	{ "an", FIELD_TO },
	{ "à", FIELD_TO },
	{ "À", FIELD_TO },
	{ "a", FIELD_TO },
	{ "para", FIELD_TO },
	{ "aan", FIELD_TO },
	{ "till", FIELD_TO },
	{ "til", FIELD_TO },
	{ "do", FIELD_TO },
	{ "komu", FIELD_TO },
	{ "кому", FIELD_TO },
	{ "Кому", FIELD_TO },
	{ "vastaanottaja", FIELD_TO },
	{ "kime", FIELD_TO },
	{ "at", FIELD_TO },
	{ "i", FIELD_TO },
	{ "címzett", FIELD_TO },
	{ "către", FIELD_TO },
	{ "προς", FIELD_TO },
	{ "Προς", FIELD_TO },
	{ "za", FIELD_TO },
	{ "destinataire", FIELD_TO },
	{ "destinatario", FIELD_TO },
	{ "per", FIELD_TO },
	{ "收件人", FIELD_TO },
	{ "收件者", FIELD_TO },
	{ "宛先", FIELD_TO },
	{ "받는 사람", FIELD_TO },
	{ "אל", FIELD_TO },
	{ "إلى", FIELD_TO },
	{ "recipients", FIELD_TO },
	{ "cc", FIELD_CC },
	{ "kopie", FIELD_CC },
	{ "copie à", FIELD_CC },
	{ "copie", FIELD_CC },
	{ "kopia", FIELD_CC },
	{ "kopi", FIELD_CC },
	{ "dw", FIELD_CC },
	{ "копия", FIELD_CC },
	{ "Копия", FIELD_CC },
	{ "kopio", FIELD_CC },
	{ "bilgi", FIELD_CC },
	{ "másolat", FIELD_CC },
	{ "c.c.", FIELD_CC },
	{ "抄送", FIELD_CC },
	{ "副本", FIELD_CC },
	{ "참조", FIELD_CC },
	{ "subject", FIELD_SUBJECT },
	{ "betreff", FIELD_SUBJECT },
	{ "objet", FIELD_SUBJECT },
	{ "asunto", FIELD_SUBJECT },
	{ "assunto", FIELD_SUBJECT },
	{ "oggetto", FIELD_SUBJECT },
	{ "onderwerp", FIELD_SUBJECT },
	{ "ämne", FIELD_SUBJECT },
	{ "Ämne", FIELD_SUBJECT },
	{ "emne", FIELD_SUBJECT },
	{ "temat", FIELD_SUBJECT },
	{ "тема", FIELD_SUBJECT },
	{ "Тема", FIELD_SUBJECT },
	{ "aihe", FIELD_SUBJECT },
	{ "konu", FIELD_SUBJECT },
	{ "pwnc", FIELD_SUBJECT },
	{ "tárgy", FIELD_SUBJECT },
	{ "předmět", FIELD_SUBJECT },
	{ "predmet", FIELD_SUBJECT },
	{ "subiect", FIELD_SUBJECT },
	{ "θέμα", FIELD_SUBJECT },
	{ "Θέμα", FIELD_SUBJECT },
	{ "sujet", FIELD_SUBJECT },
	{ "主题", FIELD_SUBJECT },
	{ "主旨", FIELD_SUBJECT },
	{ "件名", FIELD_SUBJECT },
	{ "제목", FIELD_SUBJECT },
	{ "נושא", FIELD_SUBJECT },
	{ "الموضوع", FIELD_SUBJECT },
	{ "re", FIELD_SUBJECT },
	{ "reply-to", FIELD_OTHER },
	{ "reply to", FIELD_OTHER },
	{ "bcc", FIELD_OTHER },
	{ "importance", FIELD_OTHER },
	{ "priority", FIELD_OTHER },
	{ "attachments", FIELD_OTHER },
	{ "attachment", FIELD_OTHER },
	{ "sensitivity", FIELD_OTHER },
	{ "organization", FIELD_OTHER },
	{ "priorität", FIELD_OTHER },
	{ "wichtigkeit", FIELD_OTHER },
	{ "anlagen", FIELD_OTHER },
	{ "répondre à", FIELD_OTHER },
	{ "antwort an", FIELD_OTHER },
	{ "message-id", FIELD_OTHER },
	{ "resent-from", FIELD_OTHER },
	{ "newsgroups", FIELD_OTHER },
	{ "sent by", FIELD_OTHER },
	{ "mailed-by", FIELD_OTHER },
	{ "delivered-to", FIELD_OTHER },
	{ "vertraulichkeit", FIELD_OTHER },
	{ "pièces jointes", FIELD_OTHER },
	{ "on behalf of", FIELD_OTHER },
	{ "due by", FIELD_OTHER },
	{ "flag status", FIELD_OTHER },
	{ "classification", FIELD_OTHER },
};

static struct span
strip_ornament(struct span text)
{
	text = span_trim(text);
	while (text.len != 0 && strchr("*_|", text.ptr[0]) != NULL)
		text = span_trim(span_sub(text, 1, text.len));
	while (text.len != 0 && strchr("*_|", text.ptr[text.len - 1]) != NULL)
		text = span_trim(span_sub(text, 0, text.len - 1));
	return text;
}

static enum field
field_named(struct span name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(fields); i++)
		if (may_start(name, fields[i].name) &&
		    span_is_nocase(name, fields[i].name))
			return fields[i].field;
	return FIELD_NONE;
}

/* Which field is this line, and what does it say? */
static enum field
read_field(struct span line, struct span *ret_value)
{
	size_t most = line.len < FIELD_NAME_MAX ? line.len : FIELD_NAME_MAX;
	size_t colon = span_find_byte(span_sub(line, 0, most), ':'), wide = 1;
	enum field field;

	if (colon == most) {
		colon = span_find(span_sub(line, 0, most), "\xef\xbc\x9a");
		wide = 3;
		if (colon == most)
			return FIELD_NONE;
	}
	field = field_named(strip_ornament(span_sub(line, 0, colon)));
	if (field != FIELD_NONE && ret_value != NULL)
		*ret_value =
			strip_ornament(span_sub(line, colon + wide, line.len));
	return field;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
quote_has_time(struct span text)
{
	size_t i;

	for (i = 1; i + 2 < text.len; i++)
		if ((text.ptr[i] == ':' || text.ptr[i] == '.' ||
		     text.ptr[i] == 'h') &&
		    is_digit(text.ptr[i - 1]) && is_digit(text.ptr[i + 1]) &&
		    is_digit(text.ptr[i + 2]) &&
		    (i < 3 || !is_digit(text.ptr[i - 2]) ||
		     !is_digit(text.ptr[i - 3])) &&
		    (i + 3 == text.len || !is_digit(text.ptr[i + 3])))
			return true;
	return false;
}

static bool
has_year(struct span text)
{
	size_t i;

	for (i = 0; i + 4 <= text.len; i++)
		if (((text.ptr[i] == '2' && text.ptr[i + 1] == '0') ||
		     (text.ptr[i] == '1' && text.ptr[i + 1] == '9')) &&
		    is_digit(text.ptr[i + 2]) && is_digit(text.ptr[i + 3]) &&
		    (i == 0 || !is_digit(text.ptr[i - 1])) &&
		    (i + 4 == text.len || !is_digit(text.ptr[i + 4])))
			return true;
	return false;
}

/* d/m/yy, d.m.yyyy, y-m-d */
static bool
has_numeric_date(struct span text)
{
	size_t i;
	unsigned seps = 0, digits = 0;

	for (i = 0; i < text.len; i++) {
		if (is_digit(text.ptr[i])) {
			digits++;
			if (seps >= 2)
				return true;
		} else if (digits != 0 && digits <= 4 &&
			   strchr("/.-", text.ptr[i]) != NULL) {
			seps++;
			digits = 0;
		} else {
			seps = digits = 0;
		}
	}
	return false;
}

static bool
has_email(struct span text)
{
	size_t at = span_find_byte(text, '@');

	return at != 0 && at + 3 < text.len;
}

struct block {
	unsigned seen; /* bits of enum field */
	bool from_email, sent_time;
	size_t last; /* the last line with a field */
};

static void
note_field(struct block *block, enum field field, struct span value, size_t at)
{
	if (field == FIELD_FROM && has_email(value))
		block->from_email = true;
	if (field == FIELD_SENT && (quote_has_time(value) ||
				    has_numeric_date(value) || has_year(value)))
		block->sent_time = true;
	if (field != FIELD_OTHER || block->seen != 0)
		block->seen |= 1U << field;
	block->last = at;
}

static unsigned
bit_count(unsigned bits)
{
	unsigned count = 0;

	for (; bits != 0; bits &= bits - 1)
		count++;
	return count;
}

/* From and two more, and something no memo has: an address or a time. */
static bool
is_block(const struct block *block)
{
	unsigned others = block->seen & (1U << FIELD_SENT | 1U << FIELD_TO |
					 1U << FIELD_CC | 1U << FIELD_SUBJECT);

	return (block->seen & 1U << FIELD_FROM) != 0 &&
	       bit_count(others) >= 2 &&
	       (block->from_email || block->sent_time);
}

bool
quote_header_block(const struct lines *lines, size_t at, size_t *ret_end)
{
	struct block block = { .seen = 0 };
	size_t i, gaps = 0, loose = 0;
	struct span value;
	enum field field = read_field(line_text(lines, at), &value);

	if (field == FIELD_NONE || field == FIELD_OTHER)
		return false;
	for (i = at; i < lines->count && i - at < BLOCK_LINES_MAX; i++) {
		if (line_blank(lines, i)) {
			if (++gaps > BLOCK_GAPS_MAX)
				break;
			continue;
		}
		field = read_field(line_text(lines, i), &value);
		if (field != FIELD_NONE) {
			/* A second From: is the next message's. */
			if (field == FIELD_FROM &&
			    (block.seen & 1U << FIELD_FROM) != 0)
				break;
			note_field(&block, field, value, i);
			loose = 0;
		} else if (gaps != 0 || ++loose > 6) {
			break; /* folded fields only directly below */
		} else if ((block.seen & 1U << FIELD_FROM) != 0 &&
			   has_email(line_text(lines, i))) {
			block.from_email = true;
		}
		gaps = 0;
	}
	if (!is_block(&block))
		return false;
	*ret_end = block.last + 1;
	return true;
}

/* ---- separators ---- */

static const struct {
	const char *words;
	bool forwarded;
} separators[] = {
	{ "original message", false },
	{ "original-nachricht", false },
	{ "ursprüngliche nachricht", false },
	{ "ursprungliche nachricht", false },
	{ "originalnachricht", false },
	{ "message d'origine", false },
	{ "message d’origine", false },
	{ "message original", false },
	{ "message initial", false },
	{ "mensaje original", false },
	{ "mensagem original", false },
	{ "messaggio originale", false },
	{ "messaggio originario", false },
	{ "oorspronkelijk bericht", false },
	{ "ursprungligt meddelande", false },
	{ "originalmeddelande", false },
	{ "oprindelig meddelelse", false },
	{ "oprindelig besked", false },
	{ "oprindelig mail", false },
	{ "opprinnelig melding", false },
	{ "alkuperäinen viesti", false },
	{ "wiadomość oryginalna", false },
	{ "oryginalna wiadomość", false },
	{ "исходное сообщение", false },
	{ "Исходное сообщение", false },
	{ "Оригинальное сообщение", false },
	{ "neges wreiddiol", false },
	{ "původní zpráva", false },
	{ "původní e-mail", false },
	{ "pôvodná správa", false },
	{ "eredeti üzenet", false },
	{ "mesaj original", false },
	{ "orijinal ileti", false },
	{ "özgün ileti", false },
	{ "αρχικό μήνυμα", false },
	{ "Αρχικό μήνυμα", false },
	{ "izvorna poruka", false },
	{ "izvirno sporočilo", false },
	{ "原始邮件", false },
	{ "原始郵件", false },
	{ "元のメッセージ", false },
	{ "원본 메시지", false },
	{ "הודעה מקורית", false },
	{ "reply message", false },
	{ "previous message", false },
	{ "reply above this line", false },
	{ "forwarded message", true },
	{ "forwarded by", true },
	{ "forwarded mail", true },
	{ "begin forwarded message", true },
	{ "start of forwarded message", true },
	{ "weitergeleitete nachricht", true },
	{ "weitergeleitet von", true },
	{ "anfang der weitergeleiteten", true },
	{ "message transféré", true },
	{ "message transmis", true },
	{ "début du message", true },
	{ "mensaje reenviado", true },
	{ "inicio del mensaje reenviado", true },
	{ "mensagem encaminhada", true },
	{ "mensagem reencaminhada", true },
	{ "início da mensagem", true },
	{ "messaggio inoltrato", true },
	{ "inizio messaggio inoltrato", true },
	{ "doorgestuurd bericht", true },
	{ "begin doorgestuurd bericht", true },
	{ "vidarebefordrat meddelande", true },
	{ "vidarebefordrat mejl", true },
	{ "videresendt meddelelse", true },
	{ "videresendt melding", true },
	{ "videresendt besked", true },
	{ "välitetty viesti", true },
	{ "edelleenlähetetty viesti", true },
	{ "przekazana wiadomość", true },
	{ "treść przekazanej wiadomości", true },
	{ "wiadomość przekazana", true },
	{ "пересылаемое сообщение", true },
	{ "Пересылаемое сообщение", true },
	{ "Перенаправленное сообщение", true },
	{ "Переслане повідомлення", true },
	{ "neges a anfonwyd ymlaen", true },
	{ "neges wedi'i hanfon ymlaen", true },
	{ "přeposlaná zpráva", true },
	{ "továbbított üzenet", true },
	{ "iletilen ileti", true },
	{ "yönlendirilmiş ileti", true },
	{ "Προωθημένο μήνυμα", true },
	{ "mesaj redirecționat", true },
	{ "已转发邮件", true },
	{ "转发邮件", true },
	{ "轉寄郵件", true },
	{ "転送メッセージ", true },
	{ "전달된 메시지", true },
};

/* The words between dashes; *ret_dashes of them at the front. */
static struct span
between_dashes(struct span line, size_t *ret_dashes)
{
	struct span text = span_trim(line);
	size_t start = 0;

	while (start < text.len && strchr("-_=*+~ ", text.ptr[start]) != NULL)
		start++;
	*ret_dashes = start;
	text = span_sub(text, start, text.len);
	while (text.len != 0 &&
	       strchr("-_=*+~: ", text.ptr[text.len - 1]) != NULL)
		text.len--;
	return text;
}

/* With dashes the line says only this; without it ends with a colon, as Apple
 * Mail writes it. "Forwarded by Jane/Council on 03/04/2026" is Notes. */
bool
quote_separator(struct span line, bool *ret_forwarded)
{
	struct span text;
	size_t dashes, i;
	char last;

	if (line.len < 6 || line.len > SEPARATOR_MAX)
		return false;
	last = line.ptr[line.len - 1];
	if (strchr("-_=*+~ ", line.ptr[0]) == NULL && last != ':')
		return false;
	text = between_dashes(line, &dashes);
	for (i = 0; i < ARRAY_SIZE(separators); i++) {
		size_t len = strlen(separators[i].words);

		if (!may_start(text, separators[i].words) ||
		    !span_starts_nocase(text, separators[i].words))
			continue;
		if (dashes < 2 && !(last == ':' && separators[i].forwarded))
			return false;
		if (text.len > len + 6 &&
		    !span_ends_nocase(span_of(separators[i].words), " by") &&
		    last == ':' && dashes < 2)
			continue;
		*ret_forwarded = separators[i].forwarded;
		return true;
	}
	return false;
}

/* ---- attributions ---- */

static const char *const openings[] = {
	"on",        "le",      "am",        "el",     "em",      "il",
	"op",        "den",     "dnia",      "w dniu", "ar",      "på",
	"pe",        "dne",     "in data",   "no dia", "dana",    "în",
	"la",        "date:",   "at",        "from",   "la data", "kuupäeval",
	"on behalf", "в",       "В",         "dňa",    "li",      "citat",
	"quoting",   "citando", "zitat von", "στις",   "Στις",    "vào",
	"ddydd",     "dydd",
};

static const char *const verbs[] = {
	"wrote",        "writes",         "schrieb",       "schreef",
	"a écrit",      "écrit",          "a ecrit",       "escribió",
	"escribio",     "escreveu",       "ha scritto",    "scrive",
	"skrev",        "skreiv",         "napisał",       "napisała",
	"napisał(a)",   "napisal",        "napísal",       "kirjoitti",
	"írta",         "написал",        "написала",      "написал(а)",
	"пишет",        "пише",           "написав",       "ysgrifennodd",
	"ysgrifennwyd", "a scris",        "yazdı",         "şunları yazdı",
	"έγραψε",       "写道",           "寫道",          "写的",
	"のメール",     "작성",           "geschreven",    "va escriure",
	"escribiu",     "idatzi du",      "scríobh",       "sgrìobh",
	"skrifaði",     "kirjutas",       "rašė",          "rakstīja",
	"je napisao",   "je napisala",    "je napisao/la", "đã viết",
	"menulis",      "schreibt",       "scripsit",      "wrote this",
	"said",         "adlı kullanıcı", "כתב",           "כתבה",
	"كتب",          "писал",          "pisze",         "sent",
	"geschrieben",
};

static bool
is_word_byte(char c)
{
	unsigned char u = (unsigned char)c;

	return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || u >= 0x80 ||
	       is_digit(c);
}

static bool
starts_with_word(struct span text, const char *word)
{
	size_t len;

	if (!may_start(text, word) || !span_starts_nocase(text, word))
		return false;
	len = strlen(word);
	return text.len == len || !is_word_byte(text.ptr[len]);
}

static bool
opens(struct span line)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(openings); i++)
		if (starts_with_word(line, openings[i]))
			return true;
	return false;
}

static bool
has_digit(struct span text)
{
	size_t i;

	for (i = 0; i < text.len; i++)
		if (is_digit(text.ptr[i]))
			return true;
	return false;
}

/* Could an attribution begin with this line? */
static bool
starts_attribution(struct span line)
{
	return has_digit(line) && (opens(line) || quote_has_time(line) ||
				   has_year(line) || has_numeric_date(line));
}

/* Without the colon and white space at its end. */
static struct span
without_colon(struct span text, bool *ret_colon)
{
	text = span_trim(text);
	*ret_colon = false;
	if (text.len != 0 && text.ptr[text.len - 1] == ':') {
		*ret_colon = true;
		text = span_trim(span_sub(text, 0, text.len - 1));
	} else if (span_ends_nocase(text, "\xef\xbc\x9a")) {
		*ret_colon = true;
		text = span_trim(span_sub(text, 0, text.len - 3));
	}
	return text;
}

/* Zoho's "---- On … wrote ----". */
static struct span
without_dashes(struct span text)
{
	while (text.len > 4 && text.ptr[0] == '-')
		text = span_trim(span_sub(text, 1, text.len));
	while (text.len > 4 && text.ptr[text.len - 1] == '-')
		text = span_trim(span_sub(text, 0, text.len - 1));
	return text;
}

static bool
ends_with_verb(struct span text)
{
	char last = text.len != 0 ? text.ptr[text.len - 1] : '\0';
	size_t i;

	for (i = 0; i < ARRAY_SIZE(verbs); i++) {
		size_t len = strlen(verbs[i]);

		if ((verbs[i][len - 1] | 0x20) == (last | 0x20) &&
		    span_ends_nocase(text, verbs[i]) &&
		    (text.len == len ||
		     !is_word_byte(text.ptr[text.len - len - 1]) ||
		     (unsigned char)verbs[i][0] >= 0xe0))
			return true;
	}
	return false;
}

static bool
holds_verb(struct span text)
{
	size_t i, at;

	for (i = 0; i < ARRAY_SIZE(verbs); i++) {
		size_t len = strlen(verbs[i]);

		at = span_find_nocase(text, verbs[i]);
		if (at < text.len &&
		    (at == 0 || !is_word_byte(text.ptr[at - 1])) &&
		    (at + len == text.len || !is_word_byte(text.ptr[at + len])))
			return true;
	}
	return false;
}

static bool
ends_with_address(struct span text)
{
	struct span tail =
		span_sub(text, text.len > 3 ? text.len - 3 : 0, text.len);

	return has_email(text) && (span_find_byte(tail, '>') < tail.len ||
				   span_find_byte(tail, ')') < tail.len ||
				   span_find_byte(tail, ']') < tail.len);
}

struct claim {
	bool colon, quoted_next;
};

/* Do these joined lines announce an earlier message? */
static bool
is_attribution(struct span text, const struct claim *claim)
{
	bool colon = claim->colon;
	bool verb_last = ends_with_verb(text);
	bool dated = quote_has_time(text) || has_year(text) ||
		     has_numeric_date(text);

	if (verb_last)
		return (has_email(text) && (dated || colon)) ||
		       (dated && has_digit(text) && opens(text)) ||
		       (dated && colon && has_year(text)) ||
		       (claim->quoted_next &&
			(colon || starts_attribution(text))) ||
		       (opens(text) && has_digit(text) && colon &&
			quote_has_time(text));
	if (!colon)
		return false;
	return (ends_with_address(text) && (dated || holds_verb(text))) ||
	       (holds_verb(text) && dated && starts_attribution(text) &&
		text.len < 160 && claim->quoted_next) ||
	       (claim->quoted_next && dated && has_email(text));
}

/* Most lines leave here: an attribution ends with a colon or a verb. */
static bool
may_end_attribution(struct span line)
{
	char last;

	if (line.len == 0)
		return false;
	last = line.ptr[line.len - 1];
	if (last == '-' && line.ptr[0] == '-') {
		line = without_dashes(line);
		last = line.ptr[line.len - 1];
	}
	if (last == ':' || span_ends_nocase(line, "\xef\xbc\x9a"))
		return true;
	if (strchr(".,;!?-", last) != NULL)
		return false;
	return line.len < 400 &&
	       (line.len < 16 || has_digit(line) || has_email(line)) &&
	       ends_with_verb(line);
}

static bool
quoted_below(const struct lines *lines, size_t at)
{
	for (at++; at < lines->count && line_blank(lines, at) &&
		   lines->at[at].depth == 0;)
		at++;
	return at < lines->count &&
	       (lines->at[at].depth != 0 || lines->at[at].mark == HTML_SOFT ||
		lines->at[at].mark == HTML_QUOTE);
}

/* Copies lines [start, end] with spaces between; false when too long. */
static bool
join(const struct lines *lines, size_t start, size_t end, char *out,
     struct span *ret_text)
{
	size_t len = 0, at;

	for (at = start; at <= end; at++) {
		struct span text = span_trim(line_text(lines, at));

		if (len + text.len + 1 >= ATTRIBUTION_MAX)
			return false;
		if (len != 0)
			out[len++] = ' ';
		if (text.len != 0)
			memcpy(out + len, text.ptr, text.len);
		len += text.len;
	}
	*ret_text = (struct span){ .ptr = out, .len = len };
	return true;
}

static bool
ends_sentence(struct span line)
{
	line = span_trim(line);
	return line.len != 0 && strchr(".!?:", line.ptr[line.len - 1]) != NULL;
}

/* The first of the lines that an attribution is broken over. */
static size_t
first_line(const struct lines *lines, size_t at)
{
	size_t start = at, best = at;
	unsigned n;

	if (opens(line_text(lines, at)) && has_digit(line_text(lines, at)))
		return at;
	for (n = 1; n < ATTRIBUTION_LINES && start != 0; n++) {
		struct span line = line_text(lines, start - 1);

		if (line.len == 0 || ends_sentence(line) ||
		    (lines->at[start - 1].depth != lines->at[at].depth &&
		     !span_is(line_text(lines, at), ":")))
			break;
		start--;
		if (starts_attribution(line))
			best = start;
		if (opens(line) && has_digit(line))
			break;
	}
	return best;
}

bool
quote_attribution(const struct lines *lines, size_t at, size_t *ret_start)
{
	char joined[ATTRIBUTION_MAX];
	struct claim claim;
	struct span text;
	size_t start;

	if (!may_end_attribution(line_text(lines, at)))
		return false;
	start = first_line(lines, at);
	if (!join(lines, start, at, joined, &text))
		return false;
	if (span_is(line_text(lines, at), ":")) /* from "…\n>:" */
		text = span_sub(text, 0, text.len - 2), joined[text.len] = '>',
		joined[text.len + 1] = ':', text.len += 2;
	text = without_colon(without_dashes(text), &claim.colon);
	claim.quoted_next = quoted_below(lines, at);
	if (!is_attribution(text, &claim))
		return false;
	*ret_start = start;
	return true;
}

/* ---- what they tell ---- */

static struct span
cut_quotes(struct span text)
{
	text = span_trim(text);
	while (text.len != 0 && strchr("\"'<([,*:; ", text.ptr[0]) != NULL)
		text = span_sub(text, 1, text.len);
	while (text.len != 0 &&
	       strchr("\"'<([>)],*:; ", text.ptr[text.len - 1]) != NULL)
		text.len--;
	return text;
}

static bool
is_email_byte(char c)
{
	return is_word_byte(c) || strchr(".+-_'=%&/!#$~", c) != NULL;
}

/* The first address in it; ret_start is where its "<" or "[" stands. */
static struct span
find_email(struct reading *reading, struct span text, size_t *ret_start)
{
	size_t at = span_find_byte(text, '@'), start, end, i;
	struct span email;
	char *low;

	*ret_start = text.len;
	if (at == text.len)
		return span_of("");
	for (start = at; start != 0 && is_email_byte(text.ptr[start - 1]);)
		start--;
	for (end = at + 1; end < text.len && is_email_byte(text.ptr[end]);)
		end++;
	while (end > at && text.ptr[end - 1] == '.')
		end--;
	*ret_start = start;
	if (start == at || end - at < 4)
		return span_of("");
	email = arena_span(reading->arena, span_sub(text, start, end));
	low = (char *)email.ptr;
	for (i = 0; i < email.len; i++)
		if (low[i] >= 'A' && low[i] <= 'Z')
			low[i] = (char)(low[i] + 'a' - 'A');
	return email;
}

static struct address
read_address(struct reading *reading, struct span text)
{
	struct address address = { .name = span_of("") };
	size_t start, i;
	struct span name;

	address.email = find_email(reading, text, &start);
	name = span_sub(text, 0, start);
	for (i = 0; i < name.len; i++)
		if (strchr("<[(", name.ptr[i]) != NULL)
			break;
	name = cut_quotes(span_sub(name, 0, i));
	if (span_ends_nocase(name, "mailto"))
		name = cut_quotes(span_sub(name, 0, name.len - 6));
	address.name = arena_span(reading->arena, name);
	return address;
}

/* "A <a@b>; C <c@d>" or "Surname, Name; Surname, Name". */
static void
read_list(struct reading *reading, struct span value, struct addresses *list)
{
	char separator = span_find_byte(value, ';') < value.len ? ';' : ',';
	struct span piece;

	while (span_next(&value, separator, &piece)) {
		struct address *slot;

		if (span_blank(piece) ||
		    list->count >= reading->limits->addresses)
			continue;
		slot = arena_push(reading->arena, &list->at, &list->count,
				  sizeof *slot);
		*slot = read_address(reading, piece);
	}
}

static void
use_field(struct reading *reading, enum field field, struct span value,
	  struct quote *quote)
{
	if (value.len == 0)
		return;
	switch (field) {
	case FIELD_FROM:
		if (quote->from.name.len == 0 && quote->from.email.len == 0)
			quote->from = read_address(reading, value);
		break;
	case FIELD_SENT:
		if (quote->sent == 0)
			quote->sent = quote_date(value);
		break;
	case FIELD_TO:
	case FIELD_CC:
		read_list(reading, value, &quote->to);
		break;
	case FIELD_SUBJECT:
		quote->subject = arena_span(reading->arena, value);
		break;
	case FIELD_NONE:
	case FIELD_OTHER:
		break;
	}
}

void
quote_read_block(struct reading *reading, const struct lines *lines,
		 size_t start, size_t end, struct quote *quote)
{
	enum field open = FIELD_NONE, field;
	struct span value = span_of(""), part;
	size_t at;

	for (at = start; at < end; at++) {
		struct span line = span_trim(line_text(lines, at));

		if (line.len == 0)
			continue;
		field = read_field(line, &part);
		if (field == FIELD_NONE) { /* the field above, folded */
			value = arena_printf(reading->arena, "%.*s %.*s",
					     SPAN_ARG(value), SPAN_ARG(line));
			continue;
		}
		use_field(reading, open, value, quote);
		open = field;
		value = part;
	}
	use_field(reading, open, value, quote);
}

/* The name stands before its address, or before the verb, behind the date. */
static struct span
name_before(struct span text, size_t end)
{
	size_t start = end;

	while (start != 0 && !is_digit(text.ptr[start - 1]) &&
	       text.ptr[start - 1] != ',' && text.ptr[start - 1] != ':')
		start--;
	return cut_quotes(span_sub(text, start, end));
}

static struct span
without_words(struct span name)
{
	static const char *const words[] = {
		"am",         "pm",      "at",  "um",  "uhr", "schrieb",
		"skrev",      "schreef", "gmt", "bst", "utc", "est",
		"użytkownik", "from",    "kl",  "klo",
	};
	bool again = true;
	size_t i;

	while (again) {
		again = false;
		for (i = 0; i < ARRAY_SIZE(words); i++)
			if (starts_with_word(name, words[i])) {
				name = cut_quotes(span_sub(
					name, strlen(words[i]), name.len));
				again = true;
			}
	}
	return name;
}

void
quote_read_attribution(struct reading *reading, const struct lines *lines,
		       size_t start, size_t end, struct quote *quote)
{
	char joined[ATTRIBUTION_MAX];
	struct span text;
	size_t at;
	bool colon;

	if (end == start || !join(lines, start, end - 1, joined, &text))
		return;
	text = without_colon(text, &colon);
	quote->from.email = find_email(reading, text, &at);
	if (quote->from.email.len == 0) {
		size_t i, len;

		for (at = text.len, i = 0; i < ARRAY_SIZE(verbs); i++) {
			len = strlen(verbs[i]);
			if (span_ends_nocase(text, verbs[i]))
				at = text.len - len;
		}
	}
	quote->from.name = arena_span(reading->arena,
				      without_words(name_before(text, at)));
	quote->sent = quote_date(span_sub(text, 0, at));
}
