# SPDX-License-Identifier: GPL-3.0-or-later
"""What is decided about flags, and what becomes of it: kinds of reason, how
the rules have done, whose mail is not judged, and who reads of the reviewer.

Flags are found by clerkd itself, except where many are wanted: those are
written into its record while it is stopped."""
import email
import os
import sqlite3
import time

import pytest
from conftest import DOMAIN, REVIEWED

NOON = '2026-03-04T12:00:00Z'

# An officer's answer to one councillor, of which another got a hidden copy.
HIDDEN = '''\
Received: from a by b; Wed, 04 Mar 2026 10:00:0{n} +0000
X-Original-To: {hidden}
From: {sender}
To: {to}
Subject: Weir {n}
Message-ID: <hidden-{n}@{d}>
Date: Wed, 04 Mar 2026 10:00:00 +0000

Dear Councillor,

The weir will be mended in week {n} of the spring works. I will write again
when the contractor has given us the dates.

Yours sincerely
'''


def hidden(number, sender='officer', to='cllr.vane', copy='cllr.stroud'):
    return HIDDEN.format(n=number, d=DOMAIN, sender='%s@%s' % (sender, DOMAIN),
                         to=to if '@' in to else '%s@%s' % (to, DOMAIN),
                         hidden='%s@%s' % (copy, DOMAIN))


@pytest.fixture
def site(sites, relay):
    return sites.reviewed(relay)


def read(site, count):
    site.wait(lambda: site.count('message') == count, 20, 'the messages')


def flags(site, *more):
    return site.installed.lines('flags', '--json', '-c', site.conf, *more)


def rules(site):
    return {line['rule']: line for line in site.installed.lines(
        'rules', '--json', '-c', site.conf)}


def decide(site, *arguments):
    return site.installed.run('decide', '-c', site.conf, *arguments)


def test_a_decision_keeps_its_kind_of_reason_and_its_history(site):
    site.deliver(1, hidden(1))
    site.start('--pretend-now', NOON)
    site.wait(lambda: site.count('finding') > 0, 20, 'the flag')
    flag = [f for f in flags(site) if f['rule'] == 'blind-copy'][0]
    number = 'F%d' % flag['id']
    wrong = decide(site, number, 'dismiss', '--reason', 'x', '--because',
                   'mood')
    assert wrong.returncode == 2 and 'not-about-this' in wrong.stderr
    assert decide(site, number, 'dismiss', '--reason', 'x',
                  '--because').returncode == 2
    assert decide(site, number, 'dismiss', '--reason', 'They share an office',
                  '--because', 'role').returncode == 0
    assert decide(site, number, 'uphold', '--reason',
                  'They do not').returncode == 0
    one, = site.installed.lines('flag', number, '--json', '-c', site.conf)
    assert [(d['decision'], d['because'], d['reason'])
            for d in one['decisions']] == [
        ('dismissed', 'role', 'They share an office'),
        ('upheld', '', 'They do not')]
    shown = site.installed.run('flag', number, '-c', site.conf).stdout
    assert '(role): They share an office' in shown
    rule = rules(site)['blind-copy']
    assert (rule['upheld'], rule['dismissed'], rule['open']) == (1, 0, 0)
    assert site.stop() == 0


def wide(text):
    return [line for line in text.splitlines() if len(line) > 100]


def fill(site, rule, upheld, dismissed, words):
    """flags of a rule with their decisions, on the first message"""
    db = sqlite3.connect(os.path.join(site.state, 'clerkd.sqlite'))
    with db:
        for n in range(upheld + dismissed):
            row = db.execute(
                'INSERT INTO finding (message, rule, severity, shadow, score,'
                ' clauses, reason, version, found, told) VALUES'
                ' (1, ?, 1, 0, 0.9, "1.1", "seen", 1, 1, 1)', (rule,))
            db.execute('INSERT INTO evidence VALUES (?, 0, "body", 0, 9, ?)',
                       (row.lastrowid, words))
            db.execute(
                'INSERT INTO decision (finding, upheld, reason, who, at,'
                ' cause) VALUES (?, ?, "so", "max", 1, ?)',
                (row.lastrowid, n < upheld, 0 if n < upheld else 1))
    db.close()


def test_a_rule_that_is_mostly_dismissed_is_named_and_stays_live(site):
    site.deliver(1, hidden(1))
    site.start('--pretend-now', NOON)
    read(site, 1)
    assert site.stop() == 0
    fill(site, 'wrong-channel', 2, 10, '"Could  YOU\nmend it?"')
    fill(site, 'discourtesy', 11, 1, 'Fool')
    site.settings['rules']['enable'] += ['wrong-channel', 'discourtesy']
    site.write()
    site.start('--pretend-now', NOON)
    site.wait(lambda: site.ask('status'), 20, 'an answer')
    low, good = (rules(site)[r] for r in ('wrong-channel', 'discourtesy'))
    assert low['state'] == 'live' and low['consider_shadow']
    assert (low['upheld'], low['dismissed'], low['open']) == (2, 10, 0)
    assert low['precision'] == pytest.approx(1 / 6, abs=0.001)
    assert low['precision_low'] == pytest.approx(0.047, abs=0.001)
    assert low['precision_high'] == pytest.approx(0.448, abs=0.001)
    assert low['because']['quoting'] == 10
    assert low['phrases'] == [{'text': 'could you mend it',
                               'dismissed': 10, 'upheld': 2}]
    assert not good['consider_shadow'] and good['phrases'] == []
    assert site.ask('status')['consider_shadow'] == [
        {'rule': 'wrong-channel', 'upheld': 2, 'decided': 12}]
    assert {'concept': 'request-direct', 'dismissed': 10, 'upheld': 2,
            'words': ['could you']} in low['concepts']
    text = site.installed.run('rules', '-c', site.conf).stdout
    assert 'consider shadow' in text and '17 % (5-45)' in text
    assert 'dismissed because: quoting 10' in text
    row = [line.split() for line in text.splitlines()
           if 'request-direct' in line]
    assert row == [['wrong-channel', 'request-direct', '10', '2']]
    assert '"could you"' in text
    assert not wide(text)
    assert 'wrong-channel: 2 of 12 upheld' in site.installed.run(
        'status', '-c', site.conf).stdout
    # Only the operator's configuration changes its state.
    site.settings['rules']['shadow'] = ['wrong-channel']
    site.write()
    assert site.stop() == 0
    site.start('--pretend-now', NOON)
    site.wait(lambda: site.ask('status'), 20, 'an answer')
    assert rules(site)['wrong-channel']['state'] == 'shadow'
    assert site.ask('status')['consider_shadow'] == []
    assert site.stop() == 0


def test_a_record_of_the_first_schema_is_brought_up_to_date(site):
    site.deliver(1, hidden(1))
    site.start('--pretend-now', NOON)
    site.wait(lambda: site.count('finding') > 0, 20, 'the flag')
    number = flags(site)[0]['id']
    assert decide(site, number, 'dismiss', '--reason',
                  'of old').returncode == 0
    assert site.stop() == 0
    db = sqlite3.connect(os.path.join(site.state, 'clerkd.sqlite'))
    db.executescript('ALTER TABLE decision DROP COLUMN cause;'
                     'DROP INDEX finding_rule; DROP TABLE claim;'
                     'ALTER TABLE message DROP COLUMN proven;'
                     'PRAGMA user_version = 1;')
    db.close()
    site.start('--pretend-now', NOON)
    site.wait(lambda: site.ask('status'), 20, 'an answer')
    one, = site.installed.lines('flag', number, '--json', '-c', site.conf)
    assert [(d['reason'], d['because']) for d in one['decisions']] == [
        ('of old', '')]
    assert site.stop() == 0


def told(relay):
    return [(to[0].split('@')[0], email.message_from_bytes(b''.join(raw))
             .get_payload()) for _, to, raw in relay.letters]


def test_of_the_reviewer_only_the_deputy_is_told(site, relay):
    site.settings['guards'] = {'deputy': 'stand.in@' + DOMAIN}
    site.write()
    site.deliver(1, hidden(1, sender='monitor'))
    site.deliver(2, hidden(2))
    site.start('--pretend-now', NOON)
    read(site, 2)
    site.wait(lambda: len(relay.letters) >= 2, 30, 'the letters')
    time.sleep(1.5)
    letters = told(relay)
    assert sorted({to for to, _ in letters}) == ['monitor', 'stand.in']
    for to, text in letters:
        assert ('sent by Max Monitor' in text) == (to == 'stand.in')
        assert ('concerns Max Monitor' in text) == (to == 'stand.in')
    marks = {f['from']: (f['concerns_reviewer'], f['reader'])
             for f in flags(site) if f['rule'] == 'blind-copy'}
    assert marks == {
        'monitor@' + DOMAIN: (True, 'stand.in@' + DOMAIN),
        'officer@' + DOMAIN: (False, 'monitor@' + DOMAIN)}
    text = site.installed.run('flags', '-c', site.conf).stdout
    assert 'ONLY FOR stand.in@' in text and not wide(text)
    assert site.stop() == 0


def findings(site):
    return {line['message_id']: [f['rule'] for f in line['findings']]
            for line in site.installed.lines('scan', '-c', site.conf,
                                             site.mail)}


def test_the_guarded_are_not_judged_and_nobody_is_by_default(site):
    site.deliver(1, hidden(1))
    site.deliver(2, hidden(2, sender='monitor'))
    site.deliver(3, hidden(3, to='steward@union.example'))
    first, second, third = ('<hidden-%d@%s>' % (n, DOMAIN) for n in (1, 2, 3))
    before = findings(site)
    assert 'blind-copy' in before[first] and 'blind-copy' in before[second]
    for mode in ('off', 'count'):
        site.settings['guards'] = {
            'posts': ['monitoring-officer', 'legal'], 'roles': ['solicitor'],
            'addresses': ['@union.example'], 'mode': mode}
        site.write()
        after = findings(site)
        assert after[first] == before[first]
        assert after[second] == after[third] == []
    site.start('--pretend-now', NOON)
    read(site, 3)
    rule = rules(site)['blind-copy']
    assert (rule['flags'], rule['counted']) == (1, 1)
    kept = [f for f in flags(site, '--all') if f['shadow']]
    one, = site.installed.lines('flag', kept[0]['id'], '--json', '-c',
                                site.conf)
    assert one['evidence'] == []
    assert site.stop() == 0


SPOOFS = [
    # From, To, more; whether it is guarded
    ('monitor@{d}', 'cllr.vane@{d}', '', True),
    ('Max Monitor <max.home@post.example>', 'cllr.vane@{d}', '', True),
    ('monitor+flags@{d}', 'cllr.vane@{d}', '', True),
    ('MONITOR@{D}', 'cllr.vane@{d}', '', True),
    ('officer@{d}', 'cllr.vane@{d}, "Rep" <rep+x@union.example>', '', True),
    ('officer@{d}', 'cllr.vane@{d}', 'Cc: law@eu.union.example\n', True),
    # the name before an address proves nothing
    ('"Max Monitor" <officer@{d}>', 'cllr.vane@{d}', '', False),
    ('"monitor@{d}" <officer@{d}>', 'cllr.vane@{d}', '', False),
    ('=?utf-8?q?monitor=40{d}?= <officer@{d}>', 'cllr.vane@{d}', '', False),
    ('officer@{d}', '"rep@union.example" <cllr.vane@{d}>', '', False),
    # nor do other fields, a list that is not named, or a domain like it
    ('officer@{d}', 'cllr.vane@{d}', 'Reply-To: monitor@{d}\n', False),
    ('officer@{d}', 'cllr.vane@{d}', 'Sender: rep@union.example\n', False),
    ('officer@{d}', 'cllr.vane@{d}', 'X-To: rep@union.example\n', False),
    ('officer@{d}', 'cllr.vane@{d}, x@union.example.org', '', False),
    ('officer@{d}', 'cllr.vane@{d}, x@myunion.example', '', False),
]


def test_whose_mail_it_is_is_told_by_addresses_alone(site):
    site.put('people.csv', REVIEWED.replace(
        'monitoring-officer,,,,chief@%s,,' % DOMAIN,
        'monitoring-officer,,,,chief@%s,max.home@post.example,' % DOMAIN))
    site.settings['guards'] = {'posts': ['monitoring-officer'],
                               'addresses': ['@union.example']}
    site.write()
    for n, (sender, to, more, _) in enumerate(SPOOFS, 1):
        words = {'d': DOMAIN, 'D': DOMAIN.upper()}
        text = hidden(n, sender='x', to='y@z.example')
        site.deliver(n, text.replace(
            'From: x@%s\nTo: y@z.example\n' % DOMAIN,
            'From: %s\nTo: %s\n%s' % (sender.format(**words),
                                     to.format(**words),
                                     more.format(**words))))
    found = findings(site)
    for n, (sender, to, more, guarded) in enumerate(SPOOFS, 1):
        rules_of = found['<hidden-%d@%s>' % (n, DOMAIN)]
        assert ('blind-copy' in rules_of) != guarded, (sender, to, more)


def test_what_only_quotes_or_hides_the_guarded_is_judged(site):
    site.settings['guards'] = {'posts': ['monitoring-officer'],
                               'addresses': ['@union.example']}
    site.write()
    quoted = ('\nOn Tue, 3 Mar 2026 at 09:00, Max Monitor '
              '<monitor@%s> wrote:\n> My advice is that it may not be '
              'done.\n> rep@union.example agrees.\n' % DOMAIN)
    site.deliver(1, hidden(1) + quoted)
    site.deliver(2, hidden(2, copy='monitor').replace(
        'X-Original-To: ', 'X-Original-To: cllr.stroud@%s, ' % DOMAIN))
    found = findings(site)
    for n in (1, 2):
        assert 'blind-copy' in found['<hidden-%d@%s>' % (n, DOMAIN)]


@pytest.mark.parametrize('guards, words', [
    ({'posts': ['monitor']}, 'guards.posts: no post is called "monitor"'),
    ({'roles': ['outside']}, 'guards.roles: no role is called "outside"'),
    ({'deputy': 'cllr.vane@' + DOMAIN}, 'is no officer or team'),
    ({'deputy': 'monitor@' + DOMAIN}, 'is the Monitoring Officer'),
])
def test_a_guard_that_cannot_be_is_a_fault(site, guards, words):
    site.settings['guards'] = guards
    site.write()
    done = site.installed.run('check', '-c', site.conf)
    assert done.returncode == 1
    assert words in done.stdout + done.stderr
