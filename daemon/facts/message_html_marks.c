/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the markup of mail programs tells of quoting, signatures and answers.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "message_html.h"

static bool
holds(const char *value, const char *word)
{
	return value != NULL && strcasestr(value, word) != NULL;
}

struct html_attributes
html_attributes(const unsigned char **list)
{
	struct html_attributes found = { .id = NULL };

	for (; list != NULL && list[0] != NULL; list += 2) {
		const char *name = (const char *)list[0];
		const char *value = (const char *)list[1];

		if (strcmp(name, "id") == 0)
			found.id = value;
		else if (strcmp(name, "class") == 0)
			found.class = value;
		else if (strcmp(name, "style") == 0)
			found.style = value;
		else if (strcmp(name, "type") == 0)
			found.type = value;
		else if (strcmp(name, "color") == 0)
			found.color = value;
		else if (strcmp(name, "hidden") == 0)
			found.hidden = true;
	}
	return found;
}

/* Outlook draws a line above the header block of the earlier message. */
static bool
has_outlook_border(const struct html_attributes *attributes)
{
	const char *style = attributes->style;

	return style != NULL && strcasestr(style, "border-top:solid") != NULL &&
	       (strcasestr(style, "1.0pt") != NULL ||
		strcasestr(style, "1pt") != NULL) &&
	       strcasestr(style, "padding:3") != NULL;
}

/* Containers by which mail programs mark what they put below an answer. */
bool
html_begins_rest(const struct html_attributes *attributes)
{
	return has_outlook_border(attributes) ||
	       holds(attributes->id, "divRplyFwdMsg") ||
	       holds(attributes->id, "OLK_SRC_BODY_SECTION") ||
	       holds(attributes->id, "mail-editor-reference-message") ||
	       holds(attributes->id, "reply-intro") ||
	       holds(attributes->class, "OutlookMessageHeader");
}

bool
html_is_quote_container(const struct html_attributes *attributes)
{
	return holds(attributes->class, "gmail_quote") ||
	       holds(attributes->class, "gmail_extra_quote") ||
	       holds(attributes->class, "yahoo_quoted") ||
	       holds(attributes->class, "moz-cite-prefix") ||
	       holds(attributes->class, "moz-forward-container") ||
	       holds(attributes->class, "protonmail_quote") ||
	       holds(attributes->class, "tutanota_quote") ||
	       holds(attributes->class, "zmail_extra") ||
	       holds(attributes->id, "yahoo_quoted") ||
	       holds(attributes->id, "isForwardContent") ||
	       holds(attributes->id, "isReplyContent") ||
	       holds(attributes->id, "appendonsend_quote");
}

bool
html_is_signature_container(const struct html_attributes *attributes)
{
	return holds(attributes->class, "gmail_signature") ||
	       holds(attributes->class, "moz-signature") ||
	       holds(attributes->class, "protonmail_signature") ||
	       holds(attributes->id, "ms-outlook-mobile-signature") ||
	       holds(attributes->id, "AppleMailSignature") ||
	       strcmp(attributes->id != NULL ? attributes->id : "",
		      "Signature") == 0 ||
	       strcmp(attributes->id != NULL ? attributes->id : "",
		      "signature") == 0;
}

bool
html_is_hidden(const struct html_attributes *attributes)
{
	const char *style = attributes->style, *display;

	if (attributes->hidden)
		return true;
	display = style != NULL ? strcasestr(style, "display") : NULL;
	if (display == NULL)
		return style != NULL && holds(style, "mso-hide:all");
	display += strlen("display");
	display += strspn(display, " \t");
	if (*display != ':')
		return false;
	display++;
	display += strspn(display, " \t");
	return strncasecmp(display, "none", 4) == 0;
}

/* A blockquote that is only there to indent (webmail's indent button makes one
 * with margins) is no quote for certain. */
bool
html_quotes_for_sure(const struct html_attributes *attributes)
{
	return holds(attributes->type, "cite") ||
	       holds(attributes->class, "quote") ||
	       holds(attributes->style, "border-left") ||
	       holds(attributes->style, "border-right");
}

/* ---- colours ---- */

enum { CHANNEL_MAX = 255, VIVID_MIN = 90 };

static const struct {
	const char *name;
	unsigned colour;
} named[] = {
	{ "red", HTML_RED },        { "darkred", HTML_RED },
	{ "crimson", HTML_RED },    { "firebrick", HTML_RED },
	{ "blue", HTML_BLUE },      { "navy", HTML_BLUE },
	{ "darkblue", HTML_BLUE },  { "royalblue", HTML_BLUE },
	{ "green", HTML_GREEN },    { "darkgreen", HTML_GREEN },
	{ "lime", HTML_GREEN },     { "purple", HTML_PURPLE },
	{ "magenta", HTML_PURPLE }, { "fuchsia", HTML_PURPLE },
	{ "orange", HTML_ORANGE },  { "darkorange", HTML_ORANGE },
};

/* By the strongest channels; greys and blacks are none. Outlook writes answers
 * in #1F497D by itself, so that says nothing. */
static unsigned
colour_of(int red, int green, int blue)
{
	int most = red > green ? red : green, least = red < green ? red : green;

	most = blue > most ? blue : most;
	least = blue < least ? blue : least;
	if (most - least < VIVID_MIN ||
	    (red == 0x1f && green == 0x49 && blue == 0x7d))
		return 0;
	if (red == most) {
		if (blue > green && blue - least > VIVID_MIN / 2)
			return HTML_PURPLE;
		return green - least > VIVID_MIN ? HTML_ORANGE : HTML_RED;
	}
	if (green == most)
		return HTML_GREEN;
	return red - least > VIVID_MIN ? HTML_PURPLE : HTML_BLUE;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static unsigned
hex_colour(const char *text)
{
	int digit[6], count = 0;

	while (count < 6 && (digit[count] = hex_digit(text[count])) >= 0)
		count++;
	if (count == 6)
		return colour_of(digit[0] * 16 + digit[1],
				 digit[2] * 16 + digit[3],
				 digit[4] * 16 + digit[5]);
	return count >= 3 ?
		       colour_of(digit[0] * 17, digit[1] * 17, digit[2] * 17) :
		       0;
}

static unsigned
function_colour(const char *text)
{
	long channel[3];
	char *end;
	size_t i;

	for (i = 0; i < 3; i++) {
		channel[i] = strtol(text, &end, 10);
		if (end == text || channel[i] < 0 || channel[i] > CHANNEL_MAX)
			return 0;
		text = end + strspn(end, ", \t");
	}
	return colour_of((int)channel[0], (int)channel[1], (int)channel[2]);
}

static unsigned
read_colour(const char *text)
{
	size_t i;

	text += strspn(text, " \t");
	if (*text == '#')
		return hex_colour(text + 1);
	if (strncasecmp(text, "rgb", 3) == 0) {
		text += strcspn(text, "(;");
		return *text == '(' ? function_colour(text + 1) : 0;
	}
	for (i = 0; i < ARRAY_SIZE(named); i++) {
		size_t len = strlen(named[i].name);

		if (strncasecmp(text, named[i].name, len) == 0 &&
		    strchr("; \t!", text[len]) != NULL)
			return named[i].colour;
	}
	return 0;
}

bool
html_colour(const struct html_attributes *attributes, unsigned *ret_colour)
{
	const char *at = attributes->style;

	for (; at != NULL && (at = strcasestr(at, "color")) != NULL; at += 5) {
		const char *value = at + 5;

		/* Not "background-color". */
		if (at != attributes->style && strchr("; \t", at[-1]) == NULL)
			continue;
		value += strspn(value, " \t");
		if (*value != ':')
			continue;
		*ret_colour = read_colour(value + 1);
		return true;
	}
	if (attributes->color == NULL)
		return false;
	*ret_colour = read_colour(attributes->color);
	return true;
}
