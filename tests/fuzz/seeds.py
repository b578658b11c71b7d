#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what the fuzzers begin with.

    seeds.py FOLDER

makes FOLDER/NAME/ for each fuzz_NAME, with a small file for every form that
its parser knows. All of it is invented. Inputs that once broke something are
not made here: they lie in corpus/NAME/, for ever.
"""
import base64
import binascii
import io
import os
import quopri
import sys
import zipfile

HEAD = ('From: Ivy Norbury <ivy.norbury@x.example>\n'
        'To: Una Birch <una.birch@x.example>, b@x.example\n'
        'Cc: "Lane, Bo" <bo@y.example>\n'
        'Subject: Bins in Elm Street\n'
        'Date: Wed, 11 Mar 2026 10:00:00 +0000\n'
        'Message-ID: <1@x.example>\n')
LETTER = ('Dear Una,\n\nCould you look at the bins in Elm Street?\n\n'
          'Kind regards,\nIvy Norbury\nCouncillor, Elm ward\n01234 567890\n')


def mail(*fields, body=LETTER, head=HEAD):
    return (head + ''.join(field + '\n' for field in fields) + '\n').encode() \
        + (body.encode() if isinstance(body, str) else body)


def part(*fields, body=''):
    return ''.join(field + '\n' for field in fields).encode() + b'\n' + (
        body.encode() if isinstance(body, str) else body)


def multipart(kind, *parts, border='b', fields=()):
    """the two: its Content-Type field, and its body"""
    body = b'preamble\n'
    for each in parts:
        body += b'--' + border.encode() + b'\n' + each + b'\n'
    body += b'--' + border.encode() + b'--\nepilogue\n'
    return ('Content-Type: multipart/%s; boundary="%s"%s'
            % (kind, border, ''.join('; ' + f for f in fields)), body)


def whole(kind, *parts, **more):
    field, body = multipart(kind, *parts, **more)
    return mail('MIME-Version: 1.0', field, body=body)


def coded(how, text, charset='utf-8', kind='text/plain', more=''):
    raw = text.encode(charset) if isinstance(text, str) else text
    fields = ['Content-Type: %s; charset=%s%s' % (kind, charset, more),
              'Content-Transfer-Encoding: ' + how]
    if how == 'base64':
        raw = base64.encodebytes(raw)
    elif how == 'quoted-printable':
        raw = quopri.encodestring(raw)
    elif how == 'x-uuencode':
        lines = [binascii.b2a_uu(raw[i:i + 45])
                 for i in range(0, len(raw), 45)]
        raw = b'begin 644 a.txt\n' + b''.join(lines) + b'`\nend\n'
    return fields, raw


def attached(name, kind, raw, how='base64'):
    fields, body = coded(how, raw, kind=kind)
    return part(fields[0], fields[1], 'Content-Disposition: attachment; '
                'filename="%s"' % name, body=body)


def zipped(member, text, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', method) as archive:
        info = zipfile.ZipInfo(member, (2026, 1, 1, 0, 0, 0))
        info.compress_type = method
        archive.writestr(info, text)
    return out.getvalue()


WORD = ('<?xml version="1.0"?><w:document xmlns:w="urn:w"><w:body>'
        '<w:p><w:r><w:t>Dear Una,</w:t><w:tab/><w:br/></w:r></w:p>'
        '<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>'
        '<w:r><w:t xml:space="preserve"> bins &amp; bags &#233;</w:t></w:r>'
        '<w:r><w:instrText>PAGE</w:instrText><w:noBreakHyphen/></w:r></w:p>'
        '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>'
        '</w:tbl></w:body></w:document>')
OPEN = ('<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:o" xmlns:text="urn:t"><office:body><office:text>'
        '<text:h>Bins</text:h><text:p>Dear<text:s text:c="2"/>Una,<text:tab/>'
        '<text:span>please</text:span><text:line-break/>look</text:p>'
        '<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>'
        '<office:annotation><text:p>note</text:p></office:annotation>'
        '</office:text></office:body></office:document-content>')


def pdf():
    objects = [
        '<< /Type /Catalog /Pages 2 0 R>>',
        '<< /Type /Pages /Kids[3 0 R] /Count 1>>',
        '<< /Type /Page /Parent 2 0 R /MediaBox[0 0 200 200] /Contents 4 0 R '
        '/Resources<< /Font<< /F 5 0 R>>>>>>',
        '<< /Length 58>>stream\nBT /F 9 Tf 9 99 Td (Bins) Tj 0 -12 Td '
        '[(El) -20 (m)] TJ ET    \nendstream',
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
    ]
    out = '%PDF-1.4\n'
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += '%d 0 obj%s endobj\n' % (number, text)
    start = len(out)
    out += 'xref\n0 6\n0000000000 65535 f \n'
    out += ''.join('%010d 00000 n \n' % place for place in places)
    return (out + 'trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF\n'
            % start).encode()


TNEF = bytes.fromhex('789f3e220100010690080004000000000001000100010790060008'
                     '000000e404000000000000e800') + b'\x02\x10\x80\x01'

HTML = [
    '<html><head><title>t</title><style>p{}</style></head><body><p>Dear '
    'Una,</p><p>bins &amp; bags&nbsp;&eacute;&#8217;s</p><ul><li>one<li>two'
    '</ul><table><tr><td>a</td><td>b</td></tr></table><hr><pre>x\n  y</pre>',
    '<div>Fine</div><div class="gmail_quote"><div class="gmail_attr">On Wed, '
    '11 Mar 2026 at 10:00, Ivy &lt;ivy@x.example&gt; wrote:<br></div>'
    '<blockquote class="gmail_quote" style="border-left:1px solid">Bins?'
    '</blockquote></div>',
    '<p>Yes</p><div id="divRplyFwdMsg"><b>From:</b> Ivy<br><b>Sent:</b> '
    '11 March 2026 10:00<br><b>To:</b> Una<br><b>Subject:</b> Bins</div>'
    '<div>Bins?</div>',
    '<p class=MsoNormal>Yes<o:p></o:p></p><div style="border:none;border-top:'
    'solid #E1E1E1 1.0pt;border-top:solid;padding:3.0pt 0cm 0cm 0cm"><p>'
    '<b>From:</b> Ivy</p></div>',
    '<blockquote type=cite><p>old</p><blockquote>older</blockquote>'
    '</blockquote>new<div class="moz-signature">-- <br>Ivy</div>',
    '<p>seen<span style="display : none">hidden</span><p hidden>gone</p>'
    '<script>x()</script><!-- c --><div id=Signature>Ivy</div>',
    '<b><i>odd</b></i></p></div>< &# &#xFFFFFF; &#0; <a href="http://x.'
    'example/?a&b">link</a><![CDATA[x]]><?php ?><p',
    '<p>My comments are in <b>red</b> below.</p><blockquote type=cite><p>'
    'Bins?</p><p style="color:#c00000">Yes.</p><p style="margin:0;color: '
    'rgb(0, 0, 255)">No.</p><font color=red>Both.</font><span style="color:'
    'darkred;">All.</span></blockquote>',
    '<div class=yahoo_quoted><div>On Wednesday, 11 March 2026, 10:00:00 GMT, '
    'Ivy &lt;i@x.example&gt; wrote:</div><br>Bins?</div>',
]

QUOTE = '> Bins?\n>\n>> Which ones?\n> Elm Street\n'
AUTHORED = [
    LETTER,
    'Yes.\n\nOn Wed, 11 Mar 2026 at 10:00, Ivy Norbury <ivy@x.example> wrote:'
    '\n' + QUOTE,
    'Yes.\n\nOn Wed, 11 Mar 2026 at 10:00, Ivy Norbury\n<ivy@x.example>\n'
    'wrote:\n' + QUOTE + '\nMy answer below.\n' + QUOTE + 'and more\n',
    'Thanks\n\n-----Original Message-----\nFrom: Ivy <ivy@x.example>\nSent: '
    '11 March 2026 10:00\nTo: Una <una@x.example>\nCc: Bo\nSubject: Bins\n\n'
    + LETTER,
    'FYI\n\n---------- Forwarded message ---------\nFrom: Ivy <i@x.example>\n'
    'Date: Wed, 11 Mar 2026 at 10:00\nSubject: Bins\nTo: <u@x.example>\n\n'
    + LETTER,
    '________________________________\nFrom: Ivy\nSent: Wednesday, 11 March '
    '2026 10:00:00\nTo: Una\nSubject: Re: Bins\n\n' + LETTER,
    'Begin forwarded message:\n\n> From: Ivy <i@x.example>\n> Date: 11 March '
    '2026 at 10:00:00 GMT\n> To: u@x.example\n> Subject: Bins\n>\n> Bins?\n',
    'Oui\n\nLe mer. 11 mars 2026 à 10:00, Ivy <i@x.example> a écrit :\n'
    + QUOTE,
    'Ja\n\nAm 11.03.2026 um 10:00 schrieb Ivy:\n' + QUOTE,
    'Iawn\n\nAr 11 Maw 2026, am 10:00, ysgrifennodd Ivy <i@x.example>:\n'
    + QUOTE,
    'Sí\n\nEl mié, 11 mar 2026 a las 10:00, Ivy (<i@x.example>) escribió:\n'
    + QUOTE,
    'Da\n\n11.03.2026 10:00, Ivy пишет:\n' + QUOTE,
    'Hai\n\n2026年3月11日(水) 10:00 Ivy <i@x.example>:\n' + QUOTE,
    'Von: Ivy\nGesendet: Mittwoch, 11. März 2026 10:00\nAn: Una\nBetreff: '
    'Bins\n\nHallo\n',
    'De : Ivy\nEnvoyé : mercredi 11 mars 2026 10:00\nÀ : Una\nObjet : Bins\n'
    '\nBonjour\n',
    'Yes.\n\nSent from my iPhone\n\n> On 11 Mar 2026, at 10:00, Ivy wrote:\n'
    '> \n> Bins?\n',
    'Yes\n-- \nIvy Norbury\nHead of Service\nTel: 01234 567890\n'
    'ivy@x.example | www.x.example\n\nThis e-mail and any attachments are '
    'confidential and intended solely for the addressee. If you have received '
    'it in error please delete it and notify the sender.\n',
    'CAUTION: This email originated from outside the organisation. Do not '
    'click links.\n\nOFFICIAL\n\n' + LETTER,
    '*From:* Ivy [mailto:i@x.example]\n*Sent:* 11 March 2026 10:00\n*To:* U'
    '\n*Subject:* Bins\n\ntext\n',
    'Please see my answers in red below.\n\nFrom: Ivy\nSent: 11 March 2026 '
    '10:00\nTo: Una\nSubject: Bins\n\nBins?\n[Una] Yes.\n\nWhich?\n'
    'Una: Elm.\n',
    '# old\n| old\n} old\nI> old\nnew\n\n\n\n_____\nUna\n',
]

REPORTS = [
    (0, 'Sender: ivy@x.example\nSubject: Bins\n in Elm Street\nMessage-Id: '
     '<1@x.example>\nTo: una@x.example\nCc: bo@y.example, Expanded: '
     'all@x.example\nBcc: zoe@x.example\nRecipient: al@x.example, Forwarded: '
     'una@x.example\nOn-Behalf-Of: s@x.example\n', HEAD + '\n' + LETTER),
    (0, 'Sender: i@x.example\nMessage-ID: <1@x>\nRecipients: a@x.example\n'
     'SentUtc: 3/11/2026 10:00:00 AM\nBut this is no line of it.\n', HEAD),
    (1, 'Sender: i@x.example\nTo: u@x.example\nRecipient: '
     'journal+al=x.example@x.example\n', HEAD + '\nhi\n'),
    (2, 'Reporting-MTA: dns; mx.x.example\nArrival-Date: Wed, 11 Mar 2026 '
     '10:00:00 +0000\n\nFinal-Recipient: rfc822; una@x.example\nAction: failed'
     '\nStatus: 5.1.1 (unknown)\nDiagnostic-Code: smtp; 550 5.1.1 no such\n\n'
     'Original-Recipient: utf-8;zoe@x.example\nAction: delayed\nStatus: 4.4.1'
     '\n\nFinal-Recipient: rfc822;al@x.example\nAction: relayed\n', HEAD),
    (3, 'Reporting-UA: x; y\nFinal-Recipient: rfc822;u@x.example\n'
     'Original-Message-ID: <1@x.example>\nDisposition: manual-action/MDN-sent-'
     'manually; displayed\n', HEAD),
    (4, 'Feedback-Type: abuse\nUser-Agent: x/1\nVersion: 1\n', HEAD),
    (5, 'BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nEND:VEVENT\n'
     'END:VCALENDAR\n', 'Ivy has accepted'),
    (5, 'BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n', ''),
    (6, 'Undelivered Mail Returned to Sender', 'This is the mail system at '
     'host mx.x.example.\n\n<una@x.example>: host mx.y.example[192.0.2.1] '
     'said: 550 5.1.1\n    <una@x.example>: Recipient address rejected\n\n'
     '--- Below this line is a copy of the message.\n' + HEAD),
    (6, 'failure notice', 'Hi. This is the qmail-send program.\nI\'m afraid I '
     'wasn\'t able to deliver your message to the following addresses.\n\n'
     '<al@x.example>:\n192.0.2.1 does not like recipient.\nRemote host said: '
     '550 mailbox unavailable\n'),
    (6, 'Undeliverable: Bins', 'Delivery has failed to these recipients or '
     'groups:\n\nuna@x.example\nThe e-mail address you entered couldn\'t be '
     'found.\n#550 5.1.10 RESOLVER.ADR.RecipientNotFound##\n'),
    (7, 'Auto-Submitted: auto-replied (vacation)\nSubject: Automatic reply: '
     'Bins\nX-Auto-Response-Suppress: All', 'I am away until 20 March.\n'),
    (7, 'Precedence: bulk\nList-Id: News <news.x.example>\nList-Unsubscribe: '
     '<mailto:u@x.example>\nSubject: News', 'http://a http://b http://c '
     'http://d http://e unsubscribe'),
    (7, 'Subject: Ateb awtomatig: Biniau\nIn-Reply-To: <1@x>', 'Dyma ateb '
     'awtomatig\n'),
    (7, 'X-Autoreply: yes\nSubject: x\nReturn-Path: <>', 'This is an automated '
     'response. Undeliverable?'),
]

PEOPLE = ('email,name,role,posts,group,wards,directorate,manager,aliases,'
          'candidate\n'
          'ivy@x.example,Ivy Norbury,member,leader;cabinet,Labour,Elm;Ash,,,'
          'ivy@home.example;i@x.example,local-2026\n'
          'una@x.example,"Birch, ""Una""",officer,head-of-service,,,Streets,'
          'boss@x.example,,\n'
          'boss@x.example,Dr Bo Lane,officer,chief-executive;'
          'monitoring-officer,,,,,,\nteam@x.example,Bins,team,'
          'members-enquiries,,,Streets,una@x.example,,\n')
GROUPS = ('name,aliases,addresses\nLabour,Lab;Labour Group,'
          'labour@x.example\nGreen,"The ""Greens""",\n')
ELECTIONS = ('id,kind,polling_date,wards,notice_date,candidates\n'
             'local-2026,local,2026-05-07,,,Pat Poe;Al Orr\n'
             'by-elm,by-election,2026-07-09,Elm;Ash,2026-06-01,\n'
             'pcc,police-and-crime-commissioner,2028-05-04,,,\n'
             'bad,none,2026-02-30,,,\n')

PATTERNS = [
    'print* (500|a few|) (more|) leaflets\nPlease print 500 more leaflets.',
    '(could|can|would) you (please |)(print|post|send)\nwould you print it',
    '(long (grass|weeds)|drawer)\nin the long grass or a drawer',
    "i'd like you to\nI\u2019d like\nyou to\u00a0go",
    'councillor*\nour councillors\u2014all',
    '(a|b|c|d|e|f|g|h) (a|b|) (a|) x\na b a x',
    '((((((((a)|b)|c)|d)|e)|f)|g)|h) i\na i h i',
    'x (\nx', '*\na', 'a**b (|) c\naaab c',
]
LEXICONS = [
    '# favours\ncould you (print|post)\nprint* (500|a few|) leaflets\n'
    '\fCould you print a few leaflets?',
    '\ufeffcafé (au |)lait\nna(i|ï)ve\n\fCafe\u0301 café au  lait, naïve',
    '(a|b)(c|d)(e|f) g*\nbroken (\n)\n  # not\n\face gone bdf g ade',
    '# nothing\n\n\fx', 'a\na b\na b c\n\fa b c a b a',
]
DAYS = ['by friday', 'next tuesday', 'monday week', 'within 10 working days',
        'in a couple of days', 'in the next two weeks', 'within a fortnight',
        '14th of march', 'march 14', 'by the 31st', '29 february', '12/3',
        '29/02/2027', '31/4', '3 january', 'end of the month', 'tomorrow',
        'close of play friday', 'by the end of next week', '31 november',
        'within 366 working days', 'in 48 hours', '1/1/9999', '5/6/99999']

CONFIG = '''council: { name = "X"; domains = ["x.example"];
  timezone = "Europe/London"; division = "england-and-wales";
  protocol = "sheffield"; closures = ["2026-12-29"]; };
directory: { people = "people.csv"; groups = "groups.csv"; };
envelope: { trusted_headers = ["X-Original-To"];
  journal_addresses = ["j@x.example"]; };
rules: { enable = ["all"]; disable = []; shadow = ["open-copy"]; };
mailboxes: ( { name = "a"; source = "imap"; host = "h"; user = "u"; port = 993;
  password_file = "/etc/p"; tls = "implicit"; folders = ["INBOX"];
  journal = true; poll = 60; }, { name = "b"; path = "/var/mail"; } );
casework: { acknowledge_days = 3; since = "2026-01-01"; remind = true; };
smtp: { host = "h"; port = 25; from = "c@x.example"; tls = "starttls"; };
limits: { message_mb = 50; reader_s = 30; };
state: { directory = "/var/lib/x"; log = "info"; };
'''
PROTOCOL = '''name = "x"; title = "X, Protocol";
acknowledge_days = 3; response_days = 10;
escalation_posts = ["chief-executive"]; group_meeting_posts = ["director"];
ladder = ( { stage = "a"; from = "ack"; days = -1; to = "owner"; cc = "none"; },
  { stage = "b"; from = "response"; days = 5; to = "manager";
    cc = "members-enquiries"; } );
rules = ( { id = "blind-copy"; clauses = ["1.1"]; severity = "high"; } );
clauses = ( { id = "1.1"; text = "No" } );
'''
UNITS = ' 0.5' * 64
MODELS = ['clerk-model 2\nlayer%s\nmodel a 0.1 0.5 1 0\nunits%s\n0.5\tb\n'
          'vectors 2\n0.01\t%s\tb\n-1e9\t%s\tw:x\n'
          % (UNITS, UNITS, '7f80' * 32, '00ff' * 32),
          'clerk-model 2\nmodel a 0.1 0.5 1.2 -0.3\n0.5\tb\n-0.02\tw:x _ y\n'
          '# c\nmodel b 0 0 0 0\n1\tb\n',
          'clerk-model 2\nmodel a 1e308 0.5 -1e308 0\n1e308\tb\n',
          'clerk-model 2\nmodel a inf 0 inf nan\nnan\tb\n',
          'clerk-model 1\n', 'clerk-model 2\n1\tx\n',
          'clerk-model 2\nmodel a 0 0\n']
HOLIDAYS = ['{"england-and-wales":{"division":"england-and-wales","events":'
            '[{"title":"Good Friday","date":"2026-04-03","notes":"",'
            '"bunting":false},{"title":"Christmas Day","date":"2026-12-25",'
            '"notes":"Substitute day","bunting":true}]},"scotland":{"events":'
            '[{"title":"St Andrew\u2019s Day","date":"2026-11-30"}]},'
            '"northern-ireland":{"events":[]}}',
            '{"scotland":{"events":[{"title":1,"date":"2026-02-30"},{}]}}',
            '[]', '{"england-and-wales":[]}']

FLOWED = ('Dear Una, this line goes \non and \non.\n\n> quoted text that goes '
          '\n> on\n>> deeper \n>> on\n-- \nIvy\n')


CHECKS = [
    'mx.x.example; dmarc=pass (p=none) header.from=x.example; dkim=fail '
    'reason="bad" header.d=x.example header.i=@x.example',
    'spf=softfail (sender IP is 192.0.2.1) smtp.mailfrom=y.example; dkim=none '
    '(message not signed) header.d=none;dmarc=bestguesspass action=none '
    'header.from=x.example;compauth=pass reason=109',
    'mx.x.example 1; none', 'mx.x.example; auth=pass smtp.auth=a@x.example',
    'mx.x.example; spf=pass smtp.mailfrom="a@sub.x.example" (((a\\)b)',
    'other.example; dmarc=fail\nX-MS-Exchange-Organization-AuthAs: Internal',
    'mx.x.example; spf = neutral smtp.mail = <a@y.example> ; dkim=temperror',
]


def messages():
    for check in CHECKS:
        yield mail('X-MS-Exchange-Organization-AuthAs: Anonymous',
                   'Received: from a by b', 'Sender: c@y.example',
                   head='Authentication-Results: ' + check + '\n' + HEAD)
    for how, charset in (('7bit', 'us-ascii'), ('8bit', 'iso-8859-1'),
                         ('binary', 'utf-8'), ('base64', 'utf-8'),
                         ('quoted-printable', 'windows-1252'),
                         ('x-uuencode', 'utf-8'), ('base64', 'utf-16'),
                         ('base64', 'utf-7'), ('8bit', 'koi8-r'),
                         ('8bit', 'gb18030'), ('7bit', 'iso-2022-jp'),
                         ('8bit', 'shift_jis'), ('8bit', 'big5'),
                         ('base64', 'utf-32')):
        text = LETTER
        if charset in ('koi8-r',):
            text = 'Привет, Уна\n'
        elif charset in ('gb18030', 'iso-2022-jp', 'shift_jis', 'big5'):
            text = '中央日本\n'
        elif charset != 'us-ascii':
            text = 'Café, naïve.\n'
        fields, raw = coded(how, text, charset)
        yield mail('MIME-Version: 1.0', *fields, body=raw)
    yield mail(body=LETTER)
    yield mail('Content-Type: text/plain; format=flowed; delsp=yes',
               body=FLOWED)
    yield mail(body='Café'.encode('latin-1') + b'\xff\x00\x01\n')
    yield mail(body='Café', head=HEAD.replace('\n', '\r\n'))
    yield mail(body='Café').replace(b'\n', b'\r')
    yield mail('Content-Type: text/html; charset=utf-8', body=HTML[1])
    yield mail('Content-Type: text/html', body='<meta charset="koi8-r">'
               '<p>\xd0\xd2')
    for odd in ('Subject: =?utf-8?q?Caf=C3=A9?= =?iso-8859-1?b?6Q==?= =?x?z?',
                'Subject: =?utf-8?b?8J+Yg?=\n =?utf-8?b?4A==?=',
                'To: Friends: a@x.example, "B, C" <b@x.example>;, d@[1.2.3.4]',
                'To: (a (nested) comment) <@r.example:a@x.example>, undisclosed'
                '-recipients:;',
                'From: "a@b" <c@d>, =?utf-8?q?=22?= <e@f>',
                'References: <1@x> <2@x\n ><<3@x>> 4@x\nIn-Reply-To: <9@x>',
                'Thread-Index: AQHYabcdefghijklmnopqrstuvwxyz0123456789==',
                'Received: from a by b; Wed, 11 Mar 2026 10:00:00 +0000 (GMT)',
                'Date: Wed, 11 Mar 26 25:61:61 EST',
                'Bcc: z@x.example\nX-Original-To: y@x.example',
                'Content-Type: text/plain; charset*=utf-8\'en\'utf%2D8; '
                'name*0="a"; name*1*=b%20c'):
        yield odd.encode() + b'\n' + mail(body='hi\n')
    plain = part('Content-Type: text/plain', body=LETTER)
    html = part('Content-Type: text/html; charset=utf-8', body=HTML[0])
    yield whole('alternative', plain, html)
    yield whole('alternative', part(body='View this in an HTML reader'), html)
    field, inner = multipart('alternative', plain, html, border='i')
    image = part('Content-Type: image/png', 'Content-ID: <i@x>',
                 'Content-Transfer-Encoding: base64', body='iVBORw0KGgo=\n')
    field2, related = multipart('related', part(field, body=inner), image,
                                border='r')
    yield whole('mixed', part(field2, body=related),
                attached('a.docx', 'application/octet-stream',
                         zipped('word/document.xml', WORD)))
    yield whole('mixed', plain, attached('a.odt', 'application/vnd.oasis.'
                'opendocument.text', zipped('content.xml', OPEN)),
                attached('a.pdf', 'application/pdf', pdf()),
                attached('a.html', 'text/html', HTML[4].encode(), '8bit'))
    yield whole('mixed', plain, attached('winmail.dat', 'application/ms-tnef',
                                         TNEF))
    yield whole('mixed', plain, part('Content-Type: message/rfc822',
                                     body=mail(body=AUTHORED[3])))
    yield whole('digest', part(body=mail()), part(body=mail(body='two')))
    yield whole('mixed', part('Content-Type: application/octet-stream; '
                'name="a.eml"', 'Content-Transfer-Encoding: base64',
                body=base64.encodebytes(mail())))
    yield whole('signed', plain, part('Content-Type: application/pgp-'
                'signature', body='-----BEGIN PGP SIGNATURE-----\n'),
                fields=('protocol="application/pgp-signature"',))
    yield whole('encrypted', part('Content-Type: application/pgp-encrypted',
                                  body='Version: 1'))
    deep = part(body='deepest\n')
    for level in range(8):
        kind, body = multipart('mixed', deep, border='d%d' % level)
        deep = part(kind, body=body)
    yield HEAD.encode() + deep
    yield mail('Content-Type: multipart/mixed; boundary=""', body='--\nx\n')
    yield mail('Content-Type: multipart/mixed', body='--b\n\nx\n')
    yield mail('Content-Type: application/pkcs7-mime; smime-type=signed-data',
               body='MIIB')
    yield whole('mixed', part(body=REPORTS[0][1]), part(
        'Content-Type: message/rfc822', body=mail()), fields=()).replace(
            b'To: Una', b'X-MS-Journal-Report: \nTo: j@x.example, Una', 1)
    yield b'From a@b Wed Mar 11 10:00:00 2026\n' + mail()
    for text in AUTHORED[1:6]:
        yield mail(body=text)


def documents():
    yield b'\0' + zipped('word/document.xml', WORD)
    yield b'\0' + zipped('word/document.xml', WORD, zipfile.ZIP_STORED)
    yield b'\1' + zipped('content.xml', OPEN)
    yield b'\2' + pdf()
    yield b'\2' + pdf().split(b'xref')[0] + b'trailer<</Root 1 0 R>>\n'
    yield b'\3' + HTML[0].encode()
    yield b'\4' + LETTER.encode()
    yield b'\5' + WORD.encode()
    yield b'\5' + ('<!DOCTYPE w [<!ENTITY a "b">]>' + WORD.replace(
        'bins', '&a;').replace('<?xml version="1.0"?>', '')).encode()
    yield b'\6' + OPEN.encode()
    yield b'\6' + OPEN.encode('utf-16')


def encoded(texts, prefix=b''):
    for text in texts:
        yield prefix + text.encode()


def sample(name):
    """a file of the sample configuration"""
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, '..', '..', 'config', name), 'rb') as file:
        return file.read()


def settings():
    yield b'\0' + CONFIG.encode()
    yield b'\1' + PROTOCOL.encode()
    yield b'\0' + sample('clerkd.conf')
    yield b'\1' + sample('protocols/sheffield.conf')
    for line in ('council: { name = 1; };', 'mailboxes: ( 1, { } );',
                 'guards: { posts = ["leader", "none"]; mode = "odd"; };',
                 'casework: { since = "2026-02-30"; acknowledge_days = -7; };',
                 'rules: { review_below = 1.5; weights = "w"; };',
                 'calendar: { opens = "9:00"; closes = "25:00"; };',
                 'authentication: { servers = ["mx"]; missing = "doubt"; };'):
        yield b'\0' + line.encode()


def tables():
    yield b'\0' + sample('people.csv') + b'\f' + sample('groups.csv')
    yield b'\1' + sample('elections.csv')
    yield b'\0' + PEOPLE.encode()
    yield b'\0' + (PEOPLE + '\f' + GROUPS).encode()
    yield b'\0\xef\xbb\xbf' + PEOPLE.replace('\n', '\r\n').encode()
    yield b'\1' + ELECTIONS.encode()
    yield b'\2id,name,when,odd\n1,a,b\n"2","a\nb","c""d"\n3\n,,,,,\n'
    yield b'\2name;id\n"open'


SEEDS = {
    'authored': lambda: encoded(AUTHORED + HTML),
    'config': settings,
    'control': lambda: encoded([
        '{"command":"status","args":[]}', '{"command":"cases","args":["open"]}', '[1,2',
        '{"command":"flags","args":["a",null,1.5e3,true,"\\u00e9\\ud83d\\ude00"]}',
    ]),
    'csv': tables,
    'document': documents,
    'fold': lambda: encoded([LETTER, 'CAFÉ\u00a0\u2014 \u201cNaïve\u201d\r\n'
                             '\n\t\u3000a\u0301 日本 😀\u2028x']),
    'holidays': lambda: encoded(HOLIDAYS),
    'html': lambda: encoded(HTML),
    'judge': lambda: encoded([
        LETTER, 'Leaflets\nCould you print 500 leaflets for my campaign by '
        'Friday? Don\'t tell the other groups.\n',
        'Re: Bins\nThank you. We will come back to you within 10 working '
        'days. I have passed this to Una.\n']),
    'lexicon': lambda: encoded(LEXICONS),
    'mailfile': lambda: (message[:400] for message in messages()),
    'message': messages,
    'model': lambda: encoded(MODELS),
    'pattern': lambda: encoded(PATTERNS),
    'report': lambda: (bytes([kind]) + first.encode() + b'\f' +
                       second.encode() for kind, first, second in REPORTS +
                       [(8, REPORTS[0][1], 'x')] +
                       [(9, check, CHECKS[0]) for check in CHECKS]),
    'wire': lambda: [b'\1', b'\1\0\5\x80', b'\1\1\0\xff\0\x40\x61',
                     b'\0\x90', b'\0\xdd\xff\xff\xff\xff'],
    'when': lambda: (bytes([91]) + day.encode() for day in DAYS),
}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip())
    for name, make in SEEDS.items():
        folder = os.path.join(sys.argv[1], name)
        os.makedirs(folder, exist_ok=True)
        for number, seed in enumerate(make()):
            with open(os.path.join(folder, 'seed-%02d' % number), 'wb') as out:
                out.write(seed)


if __name__ == '__main__':
    main()
