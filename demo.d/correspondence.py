# SPDX-License-Identifier: GPL-3.0-or-later
"""The invented council's correspondence, dated relative to a working day.

Each file of mail/ is a message with a line of its own on top:

    X-Demo: day=-4 at=09:50 [user=NAME folder=NAME]

day counts working days of England and Wales from day 0; user and folder say
in whose mailbox it lies (else in the correspondence mailbox). In-Reply-To
names another file. {{day:3}} in a text is the third working day after,
{{poll}} the day of the poll.
"""
import datetime
import email.utils
import os
import re

from workdays import LONDON

HERE = os.path.dirname(os.path.abspath(__file__))
DOMAIN = 'stourhaven.gov.example'


def spoken(day):
    return day.strftime('%A %-d %B')


class Message:
    def __init__(self, name, raw, when, user, folder):
        self.name, self.raw, self.when = name, raw, when
        self.user, self.folder = user, folder


class Correspondence:
    def __init__(self, zero, days):
        """zero: the date of day 0"""
        self.zero, self.days = zero, days
        poll = zero + datetime.timedelta(18)
        while poll.weekday() != 3:
            poll += datetime.timedelta(1)
        self.poll = poll
        self.heads = {}
        self.messages = []
        folder = os.path.join(HERE, 'mail')
        names = sorted(n[:-4] for n in os.listdir(folder)
                       if n.endswith('.eml'))
        texts = {}
        for name in names:
            with open(os.path.join(folder, name + '.eml'),
                      encoding='utf-8') as f:
                texts[name] = f.read()
        for name in names:
            self._place(name, texts[name])
        for name in names:
            self._make(name, texts[name])
        self.messages.sort(key=lambda m: m.when)

    def _place(self, name, text):
        words = dict(w.split('=') for w in
                     re.match(r'X-Demo: (.*)\n', text).group(1).split())
        hour, minute = map(int, words['at'].split(':'))
        day = self.days.add(self.zero, int(words['day']))
        when = datetime.datetime.combine(
            day, datetime.time(hour, minute, len(name) % 60), LONDON)
        parent = re.search(r'^In-Reply-To: (\S+)$', text, re.M)
        sender = re.search(r'^From: .*<[^@]+@([^>]+)>$', text, re.M).group(1)
        self.heads[name] = {
            'when': when, 'id': '<%s.%s@%s>' % (
                name, when.strftime('%Y%m%d'), sender),
            'parent': parent.group(1) if parent else None,
            'user': words.get('user', 'correspondence') + '@' + DOMAIN,
            'folder': words.get('folder', 'INBOX')}

    def _references(self, name):
        chain, at = [], self.heads[name]['parent']
        while at:
            chain.insert(0, self.heads[at]['id'])
            at = self.heads[at]['parent']
        return chain

    def _make(self, name, text):
        head = self.heads[name]
        top, body = text.split('\n\n', 1)
        lines = [line for line in top.split('\n')
                 if not line.startswith(('X-Demo:', 'In-Reply-To:'))]
        body = self._dates(body)
        lines = [self._dates(line) for line in lines]
        lines.append('Date: ' + email.utils.format_datetime(head['when']))
        lines.append('Message-ID: ' + head['id'])
        chain = self._references(name)
        if chain:
            lines.append('In-Reply-To: ' + chain[-1])
            lines.append('References: ' + '\n '.join(chain))
        lines += ['MIME-Version: 1.0',
                  'Content-Type: text/plain; charset=utf-8',
                  'Content-Transfer-Encoding: 8bit']
        if head['folder'] == 'INBOX':
            lines.insert(0, 'Received: from desk.%s by mail.%s with ESMTP;\n'
                         '\t%s' % (DOMAIN, DOMAIN,
                                   email.utils.format_datetime(head['when'])))
        raw = '\n'.join(lines) + '\n\n' + body
        self.messages.append(Message(name, raw.encode(), head['when'],
                                     head['user'], head['folder']))

    def _dates(self, text):
        def day(match):
            return spoken(self.days.add(self.zero, int(match.group(1))))
        text = re.sub(r'\{\{day:(-?\d+)\}\}', day, text)
        return text.replace('{{poll}}', spoken(self.poll))

    def elections(self):
        with open(os.path.join(HERE, 'elections.csv.in')) as f:
            return f.read().replace('@POLL@', self.poll.isoformat())
