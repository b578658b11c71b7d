# SPDX-License-Identifier: GPL-3.0-or-later
"""The words that a flag shows: the right sentence, to the very byte, however
the mail was packed."""
import base64
import os
import quopri

import pytest
from conftest import at

ASKS = ('Could you print 500 of our election leaflets \u2013 the \u201cNed for '
        'Weir\u201d ones, \u00a30 to us \u2013 on the council\u2019s machine?')
TEXT = ('Olu,\n\nThe caf\u00e9 by the weir has mended its roof at last.\n\n' +
        ASKS + '\n\nMy regards to your mother.\n\nNed')

HEAD = '''\
Received: from a.example by b.example; Wed, 04 Mar 2026 10:00:00 +0000
From: Ned Stroud <{sender}>
To: {to}
Subject: Leaflets
Message-ID: <{name}@oxbow.example>
Date: Wed, 04 Mar 2026 10:00:00 +0000
MIME-Version: 1.0
'''

CHARSETS = ['utf-8', 'windows-1252', 'utf-16', 'utf-16-le', 'utf-16-be',
            'utf-7']
CODINGS = ['8bit', 'quoted-printable', 'base64']


def packed(data, coding):
    if coding == 'base64':
        return base64.encodebytes(data)
    if coding == 'quoted-printable':
        return quopri.encodestring(data)
    return data


def part(text, charset, coding, kind='text/plain'):
    name = {'utf-16-le': 'utf-16le', 'utf-16-be': 'utf-16be'}.get(charset,
                                                                 charset)
    return ('Content-Type: %s; charset=%s\nContent-Transfer-Encoding: %s\n\n'
            % (kind, name, coding)).encode() + packed(
                text.encode(charset), coding)


def html(text):
    return ('<html><head><style>p { color: red }</style></head><body><div>' +
            text.replace('&', '&amp;').replace('\u201c', '&ldquo;')
            .replace('\u00a3', '&pound;').replace('print 500',
                                                  'print&nbsp;<b>500</b>')
            .replace('\n\n', '</div><div>') + '</div></body></html>')


def flowed():
    """soft line ends, as mailers write them"""
    lines = []
    for line in TEXT.split('\n'):
        words, now = line.split(' '), ''
        for word in words:
            if len(now) + len(word) > 60:
                lines.append(now)
                now = ''
            now += word + ' '
        lines.append(now.rstrip(' '))
    return '\n'.join(lines)


def alternative():
    return (b'Content-Type: multipart/alternative; boundary=edge\n\n--edge\n' +
            part(TEXT, 'windows-1252', 'quoted-printable') + b'\n--edge\n' +
            part(html(TEXT), 'utf-8', 'base64', 'text/html') +
            b'\n--edge--\n')


def ways():
    """name -> the message below its head"""
    made = {}
    for charset in CHARSETS:
        for coding in CODINGS:
            if charset.startswith('utf-16') and coding == '8bit':
                continue  # no line ends that a mail system would keep
            made['%s-%s' % (charset, coding)] = part(TEXT, charset, coding)
            made['html-%s-%s' % (charset, coding)] = part(
                html(TEXT), charset, coding, 'text/html')
    made['flowed'] = (b'Content-Type: text/plain; charset=utf-8; '
                      b'format=flowed\nContent-Transfer-Encoding: 8bit\n\n' +
                      flowed().encode())
    made['alternative'] = alternative()
    made['no-charset'] = (b'Content-Type: text/plain\n'
                          b'Content-Transfer-Encoding: 8bit\n\n' +
                          TEXT.encode('windows-1252'))
    made['crlf'] = part(TEXT.replace('\n', '\r\n'), 'utf-8', 'base64')
    return made


@pytest.fixture(scope='module')
def read(place, installed):
    """every way of packing: what scan and text say of it"""
    from conftest import Sites
    site = Sites(place, installed).plain(
        rules={'enable': ['political-purpose']})
    os.mkdir(os.path.join(site.folder, 'mail'))
    for name, below in ways().items():
        head = HEAD.format(sender=at('cllr.stroud'), to=at('officer'),
                           name=name)
        with open(os.path.join(site.folder, 'mail', name + '.eml'),
                  'wb') as f:
            f.write(head.encode() + below)
    folder = os.path.join(site.folder, 'mail')
    files = [os.path.join(folder, f) for f in sorted(os.listdir(folder))]
    scanned = {os.path.basename(m['file'])[:-4]: m for m in
               installed.lines('scan', '-c', site.conf, folder)}
    texts = {os.path.basename(m['file'])[:-4]: m for m in
             installed.lines('text', '-c', site.conf, '--json', *files)}
    return scanned, texts


def plain(text):
    return ' '.join(text.replace('\u00a0', ' ').split())


@pytest.mark.parametrize('name', sorted(ways()))
def test_evidence_is_the_sentence_and_its_bytes(read, name):
    scanned, texts = read
    message, text = scanned[name], texts[name]
    [finding] = [f for f in message['findings']
                 if f['rule'] == 'political-purpose']
    body = text['body'].encode()
    for piece in finding['evidence']:
        assert piece['where'] == 'body'
        assert (body[piece['start']:piece['end']].decode() ==
                piece['text'])
    assert plain(finding['evidence'][0]['text']) == ASKS
    assert len(finding['evidence']) <= 3
    spans = [(p['start'], p['end']) for p in finding['evidence']]
    assert len(set(spans)) == len(spans)
