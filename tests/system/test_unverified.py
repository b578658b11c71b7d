# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail in somebody's name that the council's border could not find to be
theirs: nothing follows from it, and nothing of it is lost."""
import json
import os

import pytest
from conftest import DOMAIN

NOON = '2026-03-04T12:00:00Z'

MAIL = '''\
Authentication-Results: mx.{d}; {result}
Received: from x by mx.{d}; Wed, 04 Mar 2026 10:00:0{n} +0000
X-Original-To: {hidden}
From: {sender}@{d}
To: {to}@{d}
Subject: {subject}
Message-ID: <m{n}@{d}>
{more}Date: Wed, 04 Mar 2026 10:00:00 +0000

{text}
'''
ASKS = 'Could you tell me when the bench in Mill Lane will be mended?'
FAILS = 'spf=fail smtp.mailfrom=out.example; dmarc=fail header.from=' + DOMAIN
PASSES = 'dmarc=pass header.from=' + DOMAIN


def letter(n, result=FAILS, sender='cllr.vane', to='officer', text=ASKS,
           subject='Bench', hidden=None, more=''):
    return MAIL.format(n=n, d=DOMAIN, result=result, sender=sender, to=to,
                       text=text, subject=subject, more=more,
                       hidden='%s@%s' % (hidden or to, DOMAIN))


@pytest.fixture
def site(sites, relay):
    return sites.reviewed(relay,
                          authentication={'servers': ['mx.' + DOMAIN]})


def lines(site, *arguments):
    return site.installed.lines(*arguments, '--json', '-c', site.conf)


def confirm(site, *arguments):
    return site.installed.run('confirm', '-c', site.conf, *arguments)


def test_a_forged_enquiry_waits_to_be_confirmed(site):
    site.deliver(1, letter(1))
    site.deliver(2, letter(2, sender='officer', to='cllr.vane',
                           hidden='cllr.stroud', subject='Re: Weir',
                           text='Dear Councillor, the weir will be mended.'))
    site.start('--pretend-now', NOON)
    site.wait(lambda: site.count('message') == 2, 20, 'the messages')
    waiting = lines(site, 'unverified')
    assert [(w['from'], w['enquiry'], w['why'], w['settled'])
            for w in waiting] == [
        ('officer@' + DOMAIN, False, 'dmarc=fail', None),
        ('cllr.vane@' + DOMAIN, True, 'dmarc=fail', None)]
    assert waiting[0]['findings'] == 1 and waiting[0]['subject'] == ''
    assert lines(site, 'cases') == [] and lines(site, 'flags', '--all') == []
    status = site.installed.run('status', '--json', '-c', site.conf)
    assert status.returncode == 1
    told = json.loads(status.stdout)
    assert told['unverified'] == {'messages': 2, 'enquiries': 1}
    assert any('may be forged' in line for line in told['attention'])
    shown = site.installed.run('unverified', '-c', site.conf).stdout
    assert 'dmarc=fail' in shown and 'cllr.vane' in shown

    number = str(waiting[1]['number'])
    assert confirm(site, number).returncode == 2
    assert confirm(site, number, 'perhaps').returncode == 2
    assert confirm(site, '999', 'genuine').returncode == 1
    assert confirm(site, number, 'genuine').returncode == 0
    assert confirm(site, number, 'forged').returncode == 1
    assert confirm(site, str(waiting[0]['number']), 'forged').returncode == 0
    case, = lines(site, 'cases')
    assert case['member'] == 'cllr.vane@' + DOMAIN
    assert case['received' if 'received' in case else 'opened'].startswith(
        '2026-03-04T10:00')
    assert lines(site, 'unverified') == []
    assert {w['settled'] for w in lines(site, 'unverified', '--all')} == {
        'genuine', 'forged'}
    assert lines(site, 'flags', '--all') == []
    assert site.stop() == 0


def test_a_forged_answer_closes_nothing_and_a_true_one_does(site):
    reply = 'In-Reply-To: <m1@%s>\n' % DOMAIN
    said = 'Dear Councillor,\n\nIt was mended this morning.'
    site.deliver(1, letter(1, PASSES))
    site.deliver(2, letter(2, FAILS, 'officer', 'cllr.vane', said,
                           'Re: Bench', more=reply))
    site.start('--pretend-now', NOON)
    site.wait(lambda: site.count('message') == 2, 20, 'the messages')
    case, = lines(site, 'cases')
    assert case['state'] == 'waiting'
    site.deliver(3, letter(3, PASSES, 'officer', 'cllr.vane', said,
                           'Re: Bench', more=reply))
    site.wait(lambda: site.count('message') == 3, 20, 'the answer')
    assert [c['state'] for c in lines(site, 'cases', '--all')] == ['answered']
    assert site.stop() == 0


def test_a_pass_below_the_field_of_the_border_is_the_senders_own(site):
    """The border writes its field under its Received and removes none."""
    field = 'Authentication-Results: mx.%s; ' % DOMAIN
    hop = 'Received: from x by mx.%s; Wed, 04 Mar 2026 10:00:00 +0000\n' % DOMAIN
    rest = letter(1).split('+0000\n', 1)[1]
    found = 'spf=softfail smtp.mailfrom=out.example'
    for n, (fields, said) in enumerate((
            ([found, PASSES], 'spf=softfail for another domain'),
            (['dkim=none', 'dkim=pass header.d=' + DOMAIN],
             'dkim=none and dkim=pass'),
            ([PASSES, found], None))):
        path = os.path.join(site.folder, 'own%d.eml' % n)
        with open(path, 'w') as out:
            out.write(hop + ''.join(field + f + '\n' for f in fields) + rest)
        line, = site.installed.lines('scan', '-c', site.conf, path)
        assert line['warnings'] == (
            ['sender: not verified, ' + said] if said else [])


def test_scan_and_why_tell_it(site):
    folder = os.path.join(site.folder, 'files')
    os.mkdir(folder)
    paths = [os.path.join(folder, '%d.eml' % n) for n in range(2)]
    for n, result in enumerate((FAILS, PASSES)):
        with open(paths[n], 'w') as out:
            out.write(letter(n, result, 'officer', 'cllr.vane',
                             'Dear Councillor, it is settled.',
                             hidden='cllr.stroud'))
    scanned = site.installed.lines('scan', '-c', site.conf, folder)
    assert [[f['rule'] for f in line['findings']] for line in scanned] == [
        [], ['blind-copy']]
    assert scanned[0]['warnings'] == ['sender: not verified, dmarc=fail']
    assert scanned[1]['warnings'] == []
    why = site.installed.run('why', '-c', site.conf, paths[0], 'blind-copy')
    assert 'not verified, dmarc=fail' in why.stdout
    why = site.installed.run('why', '-c', site.conf, paths[1], 'blind-copy')
    assert 'not verified' not in why.stdout
