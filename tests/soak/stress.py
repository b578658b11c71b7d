#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Huge, deep and swollen mail: what does the worst of each kind cost?

    stress.py --build BUILD [--only WORD] [--seconds S] [--megabytes M]

Each kind is made twice, the second four times as large, and read by
`clerkctl text` as the daemon's reader would. Told are the sizes, the seconds
of processor for both, how that grew, the most memory, and what was said. A
kind is at fault when it takes more than S seconds or M megabytes (what a reader
may have), grows faster than its size, or is not read. Status 1 when any is.
Takes about five minutes and 200 MB in the temporary folder.
"""
import argparse
import base64
import io
import os
import subprocess
import sys
import tempfile
import zipfile
import zlib

HEAD = (b'From: Ivy <ivy@x.example>\nTo: una@x.example\nSubject: s\n'
        b'Date: Wed, 11 Mar 2026 10:00:00 +0000\nMessage-ID: <1@x>\n')
MILLION = 1000 * 1000


def text(body, *fields):
    return HEAD + b''.join(f + b'\n' for f in fields) + b'\n' + body


def html(body):
    return text(body, b'Content-Type: text/html; charset=utf-8')


def multi(border, kind=b'mixed'):
    return b'Content-Type: multipart/%s; boundary=%s\n\n' % (kind, border)


def nested(depth):
    return HEAD + b''.join(multi(b'b%d' % i) + b'--b%d\n' % i
                           for i in range(depth)) + b'\nhi\n'


def same_border(depth):
    return HEAD + multi(b'b') + (b'--b\n' + multi(b'b')) * depth + \
        b'--b\n\nx\n--b--\n'


def coded_in_coded(depth):
    mail = text(b'deepest ' * 1000)
    for _ in range(depth):
        mail = HEAD + (b'Content-Type: message/rfc822\n'
                       b'Content-Transfer-Encoding: base64\n\n' +
                       base64.encodebytes(mail))
    return mail


def attached(files):
    """files: name and bytes of each"""
    out = [HEAD, multi(b'B'), b'--B\n\nSee attached.\n']
    for name, raw in files:
        out += [b'--B\nContent-Type: application/octet-stream; name="',
                name, b'"\nContent-Transfer-Encoding: base64\n\n',
                base64.encodebytes(raw)]
    return b''.join(out) + b'--B--\n'


def packed(member, chunks, more=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name in more:
            archive.writestr(name, b'')
        with archive.open(member, 'w') as file:
            for chunk in chunks:
                file.write(chunk)
    return out.getvalue()


def docx(chunks, more=()):
    return packed('word/document.xml', chunks, more)


def word_bomb(megabytes, filler=b' '):
    return docx([b'<w:document><w:t>'] + [filler * MILLION] * megabytes)


def laughs(levels):
    entities = b'<!ENTITY a0 "ha">' + b''.join(
        b'<!ENTITY a%d "%s">' % (i, b'&a%d;' % (i - 1) * 10)
        for i in range(1, levels))
    return docx([b'<!DOCTYPE w [', entities, b']><w:document><w:t>&a%d;'
                 b'</w:t></w:document>' % (levels - 1)])


def pdf(*objects):
    return b'%PDF-1.4\n' + b''.join(
        b'%d 0 obj%s endobj\n' % (i, o) for i, o in enumerate(objects, 1)) + \
        b'trailer<< /Root 1 0 R>>\n'


def stream(raw, packed_raw):
    return b'<< /Length %d %s>>stream\n%s\nendstream' % (
        len(raw), b'/Filter /FlateDecode ' if packed_raw else b'', raw)


def pdf_pages(contents, kids=b'[3 0 R]', count=1):
    return pdf(b'<< /Type /Catalog /Pages 2 0 R>>',
               b'<< /Type /Pages /Kids%s /Count %d>>' % (kids, count),
               b'<< /Type /Page /Parent 2 0 R /MediaBox[0 0 99 99] '
               b'/Contents 4 0 R /Resources<< /Font<< /F 5 0 R>>>>>>',
               contents,
               b'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica>>')


def pdf_bomb(megabytes):
    squeeze = zlib.compressobj(9)
    raw = b''.join(squeeze.compress(b'BT /F 9 Tf (a) Tj ET\n' * 50000)
                   for _ in range(megabytes)) + squeeze.flush()
    return pdf_pages(stream(raw, True))


def delivery_report(blocks):
    return (HEAD + b'Content-Type: multipart/report; report-type='
            b'delivery-status; boundary=b\n\n--b\nContent-Type: '
            b'message/delivery-status\n\nReporting-MTA: dns; x\n\n' +
            b''.join(b'Final-Recipient: rfc822; a%d@x.example\nAction: '
                     b'failed\nStatus: 5.1.1\n\n' % i
                     for i in range(blocks)) + b'--b--\n')


# name: how it is made of a number, and the smaller number
KINDS = {
    # lines and fields
    'one line': (lambda n: text(b'a' * n), 25 * MILLION),
    'one line, base64': (lambda n: text(
        b'QUJD' * (n // 4), b'Content-Transfer-Encoding: base64'),
        15 * MILLION),
    'words': (lambda n: text(b'Please look at the bins in Elm Street. ' * n),
              MILLION // 4),
    'blank lines': (lambda n: text(b'\n' * n + b'x'), 10 * MILLION),
    'carriage returns': (lambda n: text(b'\r' * n + b'x'), 10 * MILLION),
    'fields': (lambda n: text(b'hi', b'X-A: b\n' * n + b'X-B: c'),
               MILLION // 4),
    'one folded field': (lambda n: text(b'hi', b'X-A: b' + b'\n c' * n),
                         MILLION // 4),
    'addresses': (lambda n: text(b'hi', b'Cc: ' + b', '.join(
        b'"U %d" <u%d@x.example>' % (i, i) for i in range(n))), MILLION // 10),
    'nested groups': (lambda n: text(b'hi', b'Cc: ' + b'g:' * n), MILLION),
    'nested comments': (lambda n: text(b'hi', b'Cc: ' + b'(' * n), MILLION),
    'encoded words': (lambda n: text(b'hi', b'Subject:' +
                                     b'\n =?utf-8?b?w6k=?=' * n),
                      MILLION // 10),
    'references': (lambda n: text(b'hi', b'References: ' + b'<a@b> ' * n),
                   MILLION // 4),
    'parameters': (lambda n: text(b'hi', b'Content-Type: text/plain' +
                                  b'; a=b' * n), MILLION // 4),
    'continued parameter': (lambda n: text(
        b'hi', b'Content-Type: application/x' + b''.join(
            b'; name*%d=a' % i for i in range(n))), 10000),
    'results of checks': (lambda n: text(
        b'hi', *[b'Authentication-Results: mx; ' + b'spf=pass; ' * 1000] * n),
        100),
    # structure
    'multiparts in multiparts': (nested, 10000),
    'one border at every level': (same_border, 10000),
    'parts': (lambda n: HEAD + multi(b'b') + b'--b\n\nx\n' * n, MILLION // 4),
    'nearly borders': (lambda n: HEAD + multi(b'a' * 60) + b'--' + b'a' * 60 +
                       b'\n\n' + (b'--' + b'a' * 59 + b'b\n') * n,
                       MILLION // 4),
    'messages in messages': (lambda n: HEAD + b'Content-Type: message/rfc822'
                             b'\n\n' * n + b'hi', 25000),
    'coded messages in coded messages': (coded_in_coded, 6),
    'recipients that failed': (delivery_report, 25000),
    # text
    'quotes': (lambda n: text(b'>' * 100 + b' a\n' + b'> b\n' * n),
               MILLION // 2),
    'attributions': (lambda n: text(
        b'On 1 Jan 2026 a@b.example wrote:\n> x\n\n' * n), MILLION // 10),
    'header blocks': (lambda n: text(
        b'From: a\nSent: 1 January 2026\nTo: b\nSubject: c\n\n' * n),
        MILLION // 10),
    'signatures': (lambda n: text(b'Kind regards\n\nJo\n-- \n' * n),
                   MILLION // 10),
    'flowed': (lambda n: text(b'> a \n' * n,
                              b'Content-Type: text/plain; format=flowed'),
               MILLION // 2),
    'shifts of charset': (lambda n: text(
        b'\x1b$B\x1b(B' * n, b'Content-Type: text/plain; charset=iso-2022-jp'),
        MILLION // 2),
    'utf-7': (lambda n: text(b'+AGE-' * n,
                             b'Content-Type: text/plain; charset=utf-7'),
              MILLION // 2),
    'no UTF-8': (lambda n: text(b'\xff\xfe\xe9 ' * n,
                                b'Content-Type: text/plain; charset=utf-8'),
                 MILLION),
    # html
    'open tags': (lambda n: html(b'<b>' * n), MILLION // 4),
    'open tables': (lambda n: html(b'<table><tr><td>' * n), MILLION // 4),
    'closed tags': (lambda n: html(b'<div>a</div>' * n), MILLION // 4),
    'stray ends': (lambda n: html(b'<b>' * 200 + b'</i>' * n), MILLION // 4),
    'attributes': (lambda n: html(b'<p' + b''.join(
        b' a%d=b' % i for i in range(n)) + b'>x'), 25000),
    'one attribute': (lambda n: html(b'<p a="' + b'b' * n + b'">x'),
                      5 * MILLION),
    'styles': (lambda n: html(b'<p style="display:none">x</p>' * n),
               MILLION // 10),
    'entities': (lambda n: html(b'&eacute;&#233;' * n), MILLION // 4),
    'ampersands': (lambda n: html(b'& ' * n), MILLION // 4),
    'comments': (lambda n: html(b'<!--' * n), MILLION // 4),
    'list items': (lambda n: html(b'<ul>' * 100 + b'<li>a' * n),
                   MILLION // 10),
    # documents
    'swollen Word file': (lambda n: attached([(b'a.docx', word_bomb(n))]), 50),
    'swollen Word files': (lambda n: attached(
        [(b'a.docx', word_bomb(16))] * n), 50),
    'hidden Word files': (lambda n: attached([(b'a.docx', docx(
        [b'<w:document>'] + [b'<w:b/>' * 100000] * 13))] * n), 45),
    'entities in entities': (lambda n: attached([(b'a.docx', laughs(n))]), 10),
    'elements in elements': (lambda n: attached([(b'a.docx', docx(
        [b'<w:p>' * n]))]), MILLION // 4),
    'members of an archive': (lambda n: attached([(b'a.docx', docx(
        [b'<w:t>x</w:t>'], ['m%d' % i for i in range(n)]))]), 5000),
    'swollen PDF page': (lambda n: attached([(b'a.pdf', pdf_bomb(n))]), 5),
    'swollen PDF files': (lambda n: attached([(b'a.pdf', pdf_bomb(2))] * n),
                          10),
    'PDF pages that are one': (lambda n: attached([(b'a.pdf', pdf_pages(
        stream(b'BT /F 9 Tf (a) Tj ET\n' * 1000, False),
        b'[' + b'3 0 R ' * n + b']', n))]), 1000),
    'PDF pages in a circle': (lambda n: attached([(b'a.pdf', pdf_pages(
        stream(b'', False), b'[' + b'2 0 R ' * n + b']', n))]), 100),
    'PDF arrays in arrays': (lambda n: attached([(b'a.pdf', pdf_pages(
        stream(b'[' * n, False)))]), MILLION // 4),
}


def read(program, path):
    """seconds, megabytes, what it said"""
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen([program, 'text', path],
                                 stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = status
        said.seek(0)
        words = said.read(400).decode('utf-8', 'replace').strip()
    code = os.waitstatus_to_exitcode(status)
    if code == 0:
        words = 'read'
    elif code < 0 or not words:
        words = 'ENDED with %d' % code
    return (usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024,
            words.rsplit(': ', 1)[-1], code == 0)


def write(path, make, number):
    """in a process of its own, whose memory is then not counted as the
    reader's; the megabytes"""
    child = os.fork()
    if child == 0:
        with open(path, 'wb') as out:
            out.write(make(number))
        os._exit(0)
    os.waitpid(child, 0)
    return os.path.getsize(path) / 1e6


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument('--build', required=True)
    parser.add_argument('--only', default='')
    parser.add_argument('--seconds', type=float, default=10)
    parser.add_argument('--megabytes', type=float, default=1100)
    given = parser.parse_args()
    program = os.path.join(given.build, 'daemon', 'clerkctl')
    faults = 0
    print('%-33s %7s %7s %7s %6s %5s  %s' % (
        'kind', 'MB', 's', '4x: s', 'growth', 'MB', 'outcome'))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'mail.eml')
        for name, (make, small) in KINDS.items():
            if given.only not in name:
                continue
            times, memory = [], 0
            for number in (small, small * 4):
                size = write(path, make, number)
                took, most, words, read_at_all = read(program, path)
                times.append(took)
                memory = max(memory, most)
            growth = times[1] / max(times[0], 0.2)
            bad = (times[1] > given.seconds or memory > given.megabytes or
                   growth > 8 or not read_at_all)
            faults += bad
            print('%-33s %7.1f %7.2f %7.2f %6.1f %5.0f  %s%s' % (
                name, size, *times, growth, memory, words,
                '  <-- FAULT' if bad else ''), flush=True)
    print('%d faults' % faults)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
