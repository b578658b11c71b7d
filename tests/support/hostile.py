#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages that hurt mail programs: nesting, counts, lengths and odd bytes, each
grown to a size. The same ones every time.

hostile.py FOLDER [SIZE…]   writes NAME-SIZE.eml for each shape and size (units
                            of the shape, not bytes)
"""
import base64
import os
import sys

SIZES = (1000, 10000, 40000, 160000)
BYTES_MAX = 24 << 20

HEAD = b'From: a@b.example\r\nTo: c@d.example\r\nSubject: hostile\r\n' \
       b'Message-ID: <%s@b.example>\r\n' \
       b'Received: from a by b; Tue, 3 Mar 2026 09:00:00 +0000\r\n'


def field(name, unit, between=b''):
    return lambda n: name + b': ' + between.join([unit] * n) + b'\r\n\r\nx\r\n'


def body(unit, head=b''):
    return lambda n: head + b'\r\n' + unit * n


def html(unit):
    return body(unit, b'Content-Type: text/html\r\n')


def multiparts(closed):
    def make(n):
        out = []
        for i in range(n):
            out.append(b'Content-Type: multipart/mixed; boundary=b%d\r\n\r\n'
                       b'--b%d\r\n' % (i, i))
        out.append(b'\r\nx\r\n')
        if closed:
            out.extend(b'--b%d--\r\n' % i for i in reversed(range(n)))
        return b''.join(out)
    return make


def numbered(template, head=b''):
    return lambda n: head + b''.join(template % i for i in range(n)) + \
        b'\r\nx\r\n'


def parts(n):
    return b'Content-Type: multipart/mixed; boundary=b\r\n\r\n' + \
        b'--b\r\n\r\nx\r\n' * n + b'--b--\r\n'


def near_boundaries(n):
    return b'Content-Type: multipart/mixed; boundary=bbbb\r\n\r\n--bbbb\r\n' \
        b'\r\n' + b'--bbb\r\n' * n + b'--bbbb--\r\n'


def wrapped(n):
    """a message in base64 in a message in base64 …, as deep as n allows"""
    inner = b'From: x@y.example\r\n\r\nx\r\n'
    for _ in range(min(n, 24)):
        inner = b'Content-Type: message/rfc822\r\n' \
            b'Content-Transfer-Encoding: base64\r\n\r\n' + \
            base64.encodebytes(inner)
    return inner


def base64_line(n):
    return b'Content-Transfer-Encoding: base64\r\n\r\n' + \
        base64.b64encode(b'words ' * n * 4)


def blocks(n):
    return b'Content-Type: multipart/report; ' \
        b'report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nx\r\n' \
        b'--b\r\nContent-Type: message/delivery-status\r\n\r\n' \
        b'Reporting-MTA: dns; x\r\n\r\n' + \
        b''.join(b'Final-Recipient: rfc822; u%d@x.example\r\n'
                 b'Action: failed\r\n\r\n' % i for i in range(n)) + b'--b--\r\n'


def journal(n):
    return b'X-MS-Journal-Report:\r\n' \
        b'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n' \
        b'Sender: a@b.example\r\nMessage-ID: <x@b.example>\r\n' + \
        b''.join(b'Bcc: u%d@x.example, Expanded: l@x.example\r\n' % i
                 for i in range(n)) + \
        b'--b\r\nContent-Type: message/rfc822\r\n\r\n' \
        b'From: a@b.example\r\n\r\nx\r\n--b--\r\n'


SHAPES = {
    'multiparts-closed': multiparts(True),
    'multiparts-open': multiparts(False),
    'comments-in-to': field(b'To', b'('),
    'comments-in-type': field(b'Content-Type', b'('),
    'groups-in-to': field(b'To', b'g:'),
    'messages-in-messages':
        lambda n: b'Content-Type: message/rfc822\r\n\r\n' * n + b'x\r\n',
    'messages-in-base64': wrapped,
    'parts': parts,
    'fields': numbered(b'X-F%d: v\r\n'),
    'addresses': field(b'To', b'a@b.example', b', '),
    'names-of-addresses': field(b'Cc', b'"A, B" <a@b.example>', b','),
    'references': field(b'References', b'<a@b.example>', b'\r\n '),
    'parameters': field(b'Content-Type', b'text/plain; a=b', b'; '),
    'continued-parameters': numbered(
        b';\r\n name*%d=x',
        b'Content-Disposition: attachment; filename=x'),
    'encoded-words': field(b'Subject', b'=?utf-8?q?a?=', b' '),
    'odd-encoded-words': field(b'Subject', b'=?gbk?b?', b' '),
    'folds': field(b'Subject', b'\r\n '),
    'quotation-marks': field(b'To', b'"'),
    'backslashes': field(b'From', b'"\\'),
    'authentication-results': field(b'Authentication-Results',
                                    b'b.example; dkim=pass ('),
    'authentication-fields': numbered(
        b'Authentication-Results: b.example; dkim=fail header.d=x%d\r\n'),
    'received-fields': numbered(
        b'Received: from x%d by y; Tue, 3 Mar 2026 09:00:00 +0000\r\n'),
    'near-boundaries': near_boundaries,
    'base64-on-one-line': base64_line,
    'one-line': body(b'words '),
    'bare-returns': body(b'x\r'),
    'nul-bytes': body(b'\0'),
    'quoted-printable': body(
        b'=\r\n=3D', b'Content-Transfer-Encoding: quoted-printable\r\n'),
    'quote-signs': body(b'>'),
    'quoted-lines': body(b'> x\r\n'),
    'attributions': body(b'On 1 Jan 2026 a@b.example wrote:\r\n> x\r\n\r\n'),
    'header-blocks': body(b'From: a@b.example\r\nSent: Monday\r\n'
                          b'To: c@d.example\r\nSubject: x\r\n\r\n'),
    'flowed': body(b'x \r\n', b'Content-Type: text/plain; format=flowed\r\n'),
    'open-tags': html(b'<div>'),
    'block-quotes': html(b'<blockquote>'),
    'tables': html(b'<table><tr><td>'),
    'entities': html(b'&#x1F600;'),
    'attributes': html(b'<p a="b" c=\'d\' '),
    'delivery-blocks': blocks,
    'journal-lines': journal,
}


def make(name, size):
    """the message, or None when it would be beyond any mail system"""
    if len(SHAPES[name](8)) / 8 * size > BYTES_MAX:
        return None
    label = b'%s.%d' % (name.encode(), size)
    return HEAD % label + SHAPES[name](size)


def write(folder, sizes=SIZES):
    """{file name: bytes} of what was written"""
    written = {}
    os.makedirs(folder, exist_ok=True)
    for name in sorted(SHAPES):
        for size in sizes:
            raw = make(name, size)
            if raw is None:
                continue
            file = '%s-%d.eml' % (name, size)
            with open(os.path.join(folder, file), 'wb') as out:
                out.write(raw)
            written[file] = len(raw)
    return written


if __name__ == '__main__':
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    made = write(sys.argv[1], [int(n) for n in sys.argv[2:]] or SIZES)
    print('%d messages, %d bytes' % (len(made), sum(made.values())))
