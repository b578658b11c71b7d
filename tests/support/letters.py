# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages as people and their mail programs would write them."""
import datetime
import email.utils
import itertools
import zoneinfo

LONDON = zoneinfo.ZoneInfo('Europe/London')
_numbers = itertools.count(1)


def message(sender, to, subject, body, when=None, cc=(), reply_to=None,
            message_id=None, headers=()):
    """raw bytes; when: aware datetime of receipt"""
    when = when or datetime.datetime.now(LONDON)
    to = [to] if isinstance(to, str) else to
    lines = ['Received: from desk.example by mail.example with ESMTP;\n\t' +
             email.utils.format_datetime(when),
             'From: ' + sender, 'To: ' + ', '.join(to)]
    if cc:
        lines.append('Cc: ' + ', '.join(cc))
    lines += ['Subject: ' + subject,
              'Date: ' + email.utils.format_datetime(when),
              'Message-ID: ' + (message_id or '<m%d.%d@desk.example>' % (
                  next(_numbers), when.timestamp()))]
    if reply_to:
        lines += ['In-Reply-To: ' + reply_to, 'References: ' + reply_to]
    lines += ['%s: %s' % h for h in headers]
    lines += ['MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8']
    return ('\n'.join(lines) + '\n\n' + body + '\n').encode()


def london(text):
    """'2026-03-03 09:12' as an aware datetime"""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=LONDON)
