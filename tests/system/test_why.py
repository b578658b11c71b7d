# SPDX-License-Identifier: GPL-3.0-or-later
"""Reasons, summaries and comparisons of mail in files, from outside."""
import os

import pytest
from conftest import at
from letters import london, message

PRINTING = ('Morning,\n\nCan you run off 300 copies of our party newsletter '
            'for the doorstep round?\nIt has to be in letterboxes before '
            'polling day.\n\nNed')


@pytest.fixture
def mail(sites):
    """a site; a folder with a question, its answer and a favour"""
    site = sites.plain()
    site.mail = os.path.join(site.folder, 'mail')
    os.mkdir(site.mail)
    asked = '<lamp@oxbow.example>'
    site.texts = {
        'a-question.eml': message(
            at('cllr.vane'), at('officer'), 'Lamp 14 in Sluice Row',
            'Olu,\n\nLamp 14 has been dark since Christmas. When is it going '
            'to be mended?\n\nAda', london('2026-02-09 09:30'),
            message_id=asked),
        'b-answer.eml': message(
            at('officer'), at('cllr.vane'), 'Re: Lamp 14 in Sluice Row',
            'Dear Councillor Vane,\n\nA new lantern was fitted yesterday and '
            'the lamp is lit again.\n\nOlu Officer',
            london('2026-02-11 15:00'), reply_to=asked),
        'c-favour.eml': message(
            at('cllr.stroud'), at('press'), 'Newsletter', PRINTING,
            london('2026-02-12 11:00')),
    }
    for name, raw in site.texts.items():
        site.put('mail/' + name, raw.decode())
    site.at = lambda name: os.path.join(site.mail, name)
    return site


def why(site, *words):
    done = site.installed.run('why', '-c', site.conf, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def why_json(site, *words):
    [told] = site.installed.lines('why', '-c', site.conf, '--json', *words)
    return told


def with_rules(site, name, text):
    """the site's configuration, and more of it, under another name"""
    with open(site.conf) as f:
        return site.put(name, f.read() + text)


def test_why_tells_what_carried_a_flag_and_agrees_with_scan(mail):
    told = why_json(mail, mail.at('c-favour.eml'), 'political-purpose')
    [scanned] = mail.installed.lines('scan', '-c', mail.conf,
                                     mail.at('c-favour.eml'))
    [finding] = [f for f in scanned['findings']
                 if f['rule'] == 'political-purpose']
    assert told['raised'] is True and told['state'] == 'live'
    assert told['grounds'] == 'weights'
    for key in ('severity', 'clauses', 'reason', 'evidence'):
        assert told[key] == finding[key]
    assert round(told['score'], 2) == finding['score']
    assert told['score'] >= told['threshold']
    parts = [w['contribution'] for w in told['weights']]
    ups = [p for p in parts if p > 0]
    assert ups and ups == sorted(ups, reverse=True)
    assert parts[len(ups):] == sorted(parts[len(ups):])
    piece = told['deciding']
    [text] = mail.installed.lines('text', '-c', mail.conf, '--json',
                                  mail.at('c-favour.eml'))
    read = text[piece['where']].encode()
    assert read[piece['start']:piece['end']].decode() == piece['text']
    assert told['verdict'].startswith('Raised, severity high: ')


def test_why_tells_every_condition_of_a_rule_that_is_not_raised(mail):
    told = why_json(mail, mail.at('a-question.eml'), 'blind-copy')
    assert told['raised'] is False and told['grounds'] == 'gate'
    held = {c['condition']: c['held'] for c in told['conditions']}
    assert held['a person wrote it'] is True
    assert held['an officer writes'] is False
    found = {c['condition']: c.get('detail') for c in told['conditions']}
    assert found['an officer writes'].endswith(')')
    assert 'is a member (directory line ' in found['an officer writes']
    # also those behind the first that failed, and those of the words
    assert {'somebody\'s words are quoted, pasted or attached',
            'the text admits the copy'} <= set(held)
    parts = [c['part'] for c in told['conditions']]
    assert parts == sorted(parts, key=['gate', 'certain', 'for',
                                       'against'].index)
    assert not any(c.get('settles') for c in told['conditions'])
    assert 'evidence' not in told
    assert 'an officer writes' in told['verdict']
    assert any(f.startswith('from %s: member' % at('cllr.vane'))
               for f in told['facts'])


def test_why_tells_the_same_conditions_of_a_rule_for_every_message(mail):
    done = mail.installed.run('why', '-c', mail.conf,
                              mail.at('a-question.eml'), 'none-such')
    rules = done.stderr.strip().split('there are ')[1].split(', ')
    assert len(rules) == 23 and 'blind-copy' in rules
    for rule in rules:
        if rule in ('enquiry', 'reply'):
            continue
        told = [why_json(mail, mail.at(name), rule) for name in mail.texts]
        asked = [[(c['condition'], c['part'], c.get('way'))
                  for c in one['conditions']] for one in told]
        assert asked[0] == asked[1] == asked[2]
        assert {'gate', 'for'} <= {part for _, part, _ in asked[0]} or (
            rule == 'open-copy')
        for one in told:
            found = [c for c in one['conditions'] if c.get('detail')]
            assert len(found) >= 1, rule
            assert all(w['words'] and ':' not in w['words'][:2]
                       for w in one['weights'])


def test_why_in_text_has_each_part_and_ends_with_the_verdict(mail):
    text = why(mail, mail.at('c-favour.eml'), 'political-purpose')
    for part in ('political-purpose (live) in c-favour.eml', 'Taken for',
                 'Conditions', '  yes  a person wrote it', 'Weighed ',
                 'Evidence'):
        assert part in text
    assert text.split('\n\n')[-1].startswith('Raised, severity high: ')
    text = why(mail, mail.at('a-question.eml'), 'blind-copy')
    assert '  no   an officer writes' in text
    assert '       or\n' in text and 'who can see it' not in text
    assert 'The sentence that speaks most for it' in text
    assert max(len(line) for line in text.splitlines()) <= 100
    assert text.split('\n\n')[-1].startswith('Not raised: ')


def test_why_judges_a_rule_that_is_off_and_says_that_it_is(mail):
    conf = with_rules(mail, 'off.conf',
                      'rules: { disable = ["political-purpose"]; };\n')
    [told] = mail.installed.lines('why', '-c', conf, '--json',
                                  mail.at('c-favour.eml'),
                                  'political-purpose')
    assert told['state'] == 'off' and told['raised'] is True
    assert told['verdict'].startswith('The rule is off; were it on, ')
    [scanned] = mail.installed.lines('scan', '-c', conf,
                                     mail.at('c-favour.eml'))
    assert 'political-purpose' not in [f['rule'] for f in
                                       scanned['findings']]


def test_why_explains_the_readings_too(mail):
    told = why_json(mail, mail.at('a-question.eml'), 'enquiry')
    assert told['raised'] is True
    assert 'When is it going' in told['deciding']['text']
    assert told['verdict'].startswith('It is an enquiry')
    told = why_json(mail, mail.at('b-answer.eml'), 'reply')
    assert (told['raised'], told['kind']) == (True, 'answer')
    assert '"answer"' in told['verdict'] and told['threshold'] is None
    told = why_json(mail, mail.at('b-answer.eml'), 'enquiry')
    assert told['raised'] is False and told['grounds'] == 'gate'
    assert 'neither "a member writes" nor' in told['verdict']


def test_why_knows_the_thread_only_from_the_mail_that_it_is_given(mail):
    def earlier(*words):
        told = why_json(mail, *words, mail.at('b-answer.eml'), 'reply')
        [thread] = [f for f in told['facts'] if f.startswith('thread: ')]
        return thread.split('; ')[1]
    assert earlier() == '0 earlier messages known'
    assert earlier('--with', mail.mail) == '1 earlier message known'
    told = why_json(mail, '--with', mail.mail, mail.at('b-answer.eml'),
                    'reply')
    assert any(f.endswith('; a case is open') for f in told['facts'])
    assert earlier('--with', mail.at('c-favour.eml'), '--with',
                   mail.at('a-question.eml')) == '1 earlier message known'


def test_why_takes_one_message_out_of_an_mbox(mail):
    box = mail.put('box', ''.join(
        'From x@example Mon Feb  9 10:00:00 2026\n%s\n' % raw.decode()
        for _, raw in sorted(mail.texts.items())))
    assert why_json(mail, box + '#1', 'enquiry')['raised'] is True
    told = why_json(mail, '--with', box, box + '#2', 'reply')
    assert told['kind'] == 'answer'
    assert any('1 earlier' in f for f in told['facts'])
    for words, complaint in ((box, 'several messages'),
                             (box + '#4', 'no such message'),
                             (box + '.absent', 'box.absent')):
        done = mail.installed.run('why', '-c', mail.conf, words, 'enquiry')
        assert done.returncode == 1 and complaint in done.stderr
        assert done.stdout == ''


def test_why_names_the_rules_when_there_is_none_of_that_name(mail):
    run = mail.installed.run
    done = run('why', '-c', mail.conf, mail.at('a-question.eml'), 'juggling')
    assert done.returncode == 2 and 'blind-copy' in done.stderr
    assert run('why', '-c', mail.conf, mail.mail).returncode == 2


def test_summary_counts_what_scan_prints_and_each_message_once(mail):
    lines = mail.installed.lines('scan', '-c', mail.conf, mail.mail)
    again = mail.put('again.eml', mail.texts['c-favour.eml'].decode())
    broken = mail.put('broken.eml', '')
    done = mail.installed.run('scan', '-c', mail.conf, '--summary', mail.mail,
                              again, broken)
    assert done.returncode == 1  # one was unreadable
    text = done.stdout
    [told] = mail.installed.lines('scan', '-c', mail.conf, '--summary',
                                  '--json', mail.mail, again, broken)
    assert (told['messages'], told['copies'], told['unreadable']) == (3, 1, 1)
    assert told['enquiries'] == sum(one['enquiry'] for one in lines)
    for key, one in (('directions', 'direction'), ('replies', 'reply')):
        counted = {name: n for name, n in told[key].items() if n}
        want = [line[one] for line in lines]
        assert counted == {name: want.count(name) for name in set(want)}
    found = [f['rule'] for one in lines for f in one['findings']]
    assert 'political-purpose' in found
    assert {r: n['live'] for r, n in told['rules'].items()
            if n['live']} == {r: found.count(r) for r in set(found)}
    rows = [line.split() for line in text.splitlines()]
    assert ['political-purpose', '1', '0'] in rows
    assert ['further', 'copies', '1'] in rows
    assert ['unreadable', '1'] in rows


def test_summary_tells_shadow_apart(mail):
    conf = with_rules(mail, 'shadow.conf',
                      'rules: { shadow = ["political-purpose"]; };\n')
    [told] = mail.installed.lines('scan', '-c', conf, '--summary', '--json',
                                  mail.mail)
    assert told['rules']['political-purpose'] == {'live': 0, 'shadow': 1}


def changes(site, old, new):
    [told] = site.installed.lines('scan', '--compare', old, '-c', new,
                                  '--json', site.mail)
    return told, {(c['rule'], c['state']): c for c in told['changes']}


def test_compare_of_a_configuration_with_itself_changes_nothing(mail):
    told, rows = changes(mail, mail.conf, mail.conf)
    assert (told['messages'], told['added'], told['removed']) == (3, 0, 0)
    assert told['same'] >= 3 and rows == {}
    done = mail.installed.run('scan', '--compare', mail.conf, '-c', mail.conf,
                              mail.mail)
    assert 'Nothing is added and nothing is removed.' in done.stdout


def test_compare_tells_per_rule_and_roles_what_is_added_with_samples(mail):
    old = with_rules(mail, 'old.conf',
                     'rules: { disable = ["political-purpose"]; };\n')
    told, rows = changes(mail, old, mail.conf)
    assert (told['added'], told['removed']) == (1, 0)
    row = rows['political-purpose', 'live']
    assert (row['from'], row['to']) == ('member', 'team')
    assert (row['before'], row['after']) == (0, 1)
    [sample] = row['added']['samples']
    assert sample['file'] == 'c-favour.eml'
    assert 'newsletter' in sample['evidence']['text']
    assert row['removed'] == {'count': 0, 'samples': []}
    done = mail.installed.run('scan', '--compare', old, '-c', mail.conf,
                              mail.mail)
    assert 'added political-purpose (live), member to team: 1' in done.stdout
    assert 'body: "Can you run off' in done.stdout


def test_compare_shows_a_rule_that_goes_to_shadow_as_one_less_live(mail):
    new = with_rules(mail, 'new.conf',
                     'rules: { shadow = ["political-purpose"]; };\n')
    told, rows = changes(mail, mail.conf, new)
    assert (told['added'], told['removed']) == (1, 1)
    assert rows['political-purpose', 'live']['removed']['count'] == 1
    assert rows['political-purpose', 'shadow']['added']['count'] == 1


def test_compare_keeps_five_samples_of_many_and_counts_all(mail):
    for n in range(7):
        mail.put('mail/d%d.eml' % n, message(
            at('cllr.stroud'), at('press'), 'Newsletter %d' % n,
            PRINTING.replace('300', str(301 + min(n, 5))),
            london('2026-02-1%d 12:00' % (n + 2))).decode())
    old = with_rules(mail, 'old.conf',
                     'rules: { disable = ["political-purpose"]; };\n')
    _, rows = changes(mail, old, mail.conf)
    added = rows['political-purpose', 'live']['added']
    assert added['count'] == 8 and len(added['samples']) == 5
    words = [s['evidence']['text'] for s in added['samples']]
    assert len(set(words)) == 5


def test_compare_says_which_file_is_at_fault_and_that_there_is_no_mail(mail):
    def run(*words):
        return mail.installed.run('scan', '-c', mail.conf, *words)
    done = run('--compare', mail.conf + '.none', mail.mail)
    assert done.returncode == 2 and '--compare' in done.stderr
    done = run('--compare', mail.conf, mail.mail + '.none')
    assert done.returncode == 1 and '.none' in done.stderr
    os.mkdir(os.path.join(mail.folder, 'nothing'))
    done = run('--compare', mail.conf, os.path.join(mail.folder, 'nothing'))
    assert done.returncode == 0 and 'no mail to compare' in done.stdout


def test_compare_reads_mbox_and_maildir_alike(mail):
    new = with_rules(mail, 'new.conf',
                     'rules: { disable = ["political-purpose"]; };\n')
    box, tree = mail.at('../all.mbox'), mail.at('../tree')
    for part in ('cur', 'new', 'tmp'):
        os.makedirs(os.path.join(tree, part))
    with open(box, 'wb') as f:
        for n, (name, raw) in enumerate(sorted(mail.texts.items())):
            f.write(b'From x@y.example Thu Feb 12 11:00:00 2026\n' + raw +
                    b'\n')
            with open(os.path.join(tree, 'cur', '%d.a:2,S' % n),
                      'wb') as one:
                one.write(raw)
    counts = []
    for where in (mail.mail, box, tree):
        [told] = mail.installed.lines('scan', '--json', '-c', new,
                                      '--compare', mail.conf, where)
        counts.append([told[k] for k in ('messages', 'added', 'removed',
                                         'same')])
    assert counts[0] == counts[1] == counts[2] and counts[0][:3] == [3, 0, 1]


def test_compare_shows_readings_that_follow_the_directory(mail):
    other = mail.put('people-2.csv', ''.join(
        line for line in open(os.path.join(mail.folder, 'people.csv'))
        if not line.startswith('officer@')))
    with open(mail.conf) as f:
        text = f.read()
    assert '"people.csv"' in text
    new = mail.put('new.conf', text.replace('"people.csv"', '"%s"' %
                                            os.path.basename(other)))
    told, rows = changes(mail, mail.conf, new)
    assert rows['enquiry', 'live']['removed']['count'] == 1
    assert rows['reply=answer', 'live']['removed']['count'] == 1


def test_wrong_usage_of_compare_and_summary_is_status_2(mail):
    run = mail.installed.run
    assert run('scan', '-c', mail.conf, '--summary', '--compare', mail.conf,
               mail.mail).returncode == 2
    assert run('scan', '-c', mail.conf, '--compare', mail.conf + '.absent',
               mail.mail).returncode == 2
