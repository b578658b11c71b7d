/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words by which mail programs of many languages announce earlier
 * messages: names of header fields, and separators.
 */
#include <string.h>
#include <strings.h>

#include "message_quote.h"

enum { SEPARATOR_MAX = 90 };

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
	{ "Šalje", FIELD_FROM },
	{ "expeditorul", FIELD_FROM },
	{ "отправитель", FIELD_FROM },
	{ "Отправитель", FIELD_FROM },
	{ "від кого", FIELD_FROM },
	{ "Від кого", FIELD_FROM },
	{ "nadawca", FIELD_FROM },
	{ "avsändare", FIELD_FROM },
	{ "avsender", FIELD_FROM },
	{ "afsender", FIELD_FROM },
	{ "dată", FIELD_SENT },
	{ "gönderilen", FIELD_SENT },
	{ "відправлено", FIELD_SENT },
	{ "Відправлено", FIELD_SENT },
	{ "送信日", FIELD_SENT },
	{ "prima", FIELD_TO },
	{ "pre", FIELD_TO },
	{ "destinatarul", FIELD_TO },
	{ "pour", FIELD_TO },
	{ "adresat", FIELD_TO },
	{ "送信先", FIELD_TO },
	{ "mottagare", FIELD_TO },
	{ "mottaker", FIELD_TO },
	{ "modtager", FIELD_TO },
	{ "empfänger", FIELD_TO },
	{ "odbiorca", FIELD_TO },
	{ "копія", FIELD_CC },
	{ "Копія", FIELD_CC },
	{ "másolatot kap", FIELD_CC },
	{ "kópia", FIELD_CC },
	{ "kopie (cc)", FIELD_CC },
	{ "kopi til", FIELD_CC },
	{ "naslov", FIELD_SUBJECT },
	{ "subiectul", FIELD_SUBJECT },
	{ "тема листа", FIELD_SUBJECT },
	{ "odpověď na", FIELD_OTHER },
	{ "svar til", FIELD_OTHER },
	{ "antwoord aan", FIELD_OTHER },
	{ "vastaus", FIELD_OTHER },
	{ "rispondi a", FIELD_OTHER },
	{ "responder a", FIELD_OTHER },
	{ "odpowiedź-do", FIELD_OTHER },
	{ "răspuns către", FIELD_OTHER },
	{ "Ответ-Кому", FIELD_OTHER },
	{ "odpovedať-pre", FIELD_OTHER },
	{ "svara till", FIELD_OTHER },
	{ "yanıt adresi", FIELD_OTHER },
	{ "Кому відповісти", FIELD_OTHER },
	{ "válaszcím", FIELD_OTHER },
	{ "odgovori na", FIELD_OTHER },
	{ "bijlagen", FIELD_OTHER },
	{ "anhänge", FIELD_OTHER },
	{ "vedlegg", FIELD_OTHER },
	{ "vedhæftede filer", FIELD_OTHER },
	{ "bilagor", FIELD_OTHER },
	{ "allegati", FIELD_OTHER },
	{ "adjuntos", FIELD_OTHER },
	{ "atodiadau", FIELD_OTHER },
	{ "pwysigrwydd", FIELD_OTHER },
	{ "oggetto originale", FIELD_OTHER },
};

enum field
quote_field_named(struct span name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(fields); i++)
		if (may_start(name, fields[i].name) &&
		    span_is_nocase(name, fields[i].name))
			return fields[i].field;
	return FIELD_NONE;
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
	{ "antwort nachricht", false },
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
	{ "začátek přeposílané zprávy", true },
	{ "start på videresendt besked", true },
	{ "započni proslijeđenu poruku", true },
	{ "proslijeđena poruka", true },
	{ "továbbított levél kezdete", true },
	{ "początek przekazywanej wiadomości", true },
	{ "wiadomość przesłana dalej", true },
	{ "începe mesajul redirecționat", true },
	{ "начало переадресованного сообщения", true },
	{ "Начало переадресованного сообщения", true },
	{ "начало пересылаемого сообщения", true },
	{ "Начало пересылаемого сообщения", true },
	{ "перенаправленное сообщение", true },
	{ "Перенаправлене повідомлення", true },
	{ "Початок листа", true },
	{ "preposlaná správa", true },
	{ "začiatok preposlanej správy", true },
	{ "ileti başlangıcı", true },
	{ "İleti başlangıcı", true },
	{ "İletilen ileti", true },
	{ "İletilen İleti", true },
	{ "İletilmiş Mesaj", true },
	{ "iletilmiş mesaj", true },
	{ "メッセージを転送", true },
	{ "dechrau neges a anfonwyd ymlaen", true },
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

/* Yahoo loses the line ends: "----- Forwarded Message ----- From: …To: …". */
static struct span
without_block(struct span line)
{
	size_t end;

	if (!span_starts(line, "---"))
		return line;
	for (end = 3; end < line.len && line.ptr[end] == '-';)
		end++;
	end += span_find(span_sub(line, end, line.len), " ---");
	while (end < line.len && strchr(" -", line.ptr[end]) != NULL)
		end++;
	return span_sub(line, 0, end);
}

/* Samsung leaves a tag in its plain text. */
static struct span
separator_text(struct span line)
{
	size_t end;

	line = span_trim(line);
	if (span_starts(line, "<div>")) {
		line = span_sub(line, 5, line.len);
		end = span_find(line, "</div>");
		line = span_trim(span_sub(line, 0, end));
	}
	return without_block(line);
}

static bool
is_separator(struct span text, size_t dashes, char last, const char *words,
	     bool forwarded)
{
	if (!may_start(text, words) || !span_starts_nocase(text, words))
		return false;
	if (dashes < 2)
		return last == ':' && forwarded &&
		       (text.len <= strlen(words) + 6 ||
			span_ends_nocase(span_of(words), " by"));
	return true;
}

/* With dashes the line says only this; without it ends with a colon, as Apple
 * Mail writes it. "Forwarded by Jane/Council on 03/04/2026" is Notes. */
bool
quote_separator(struct span line, bool *ret_forwarded)
{
	struct span text;
	size_t dashes, i;
	char last;

	line = separator_text(line);
	if (line.len < 6 || line.len > SEPARATOR_MAX)
		return false;
	last = line.ptr[line.len - 1];
	if (strchr("-_=*+~ ", line.ptr[0]) == NULL && last != ':')
		return false;
	text = between_dashes(line, &dashes);
	for (i = 0; i < ARRAY_SIZE(separators); i++) {
		if (!is_separator(text, dashes, last, separators[i].words,
				  separators[i].forwarded))
			continue;
		*ret_forwarded = separators[i].forwarded;
		return true;
	}
	return false;
}
