# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands that need no daemon, from outside."""
import json
import os
import shutil
import subprocess
import sys

import pytest
from conftest import PEOPLE, SOURCE, at
from letters import london, message

SCAN_KEYS = {'file', 'message_id', 'received', 'from', 'direction', 'enquiry',
             'reply', 'promise', 'findings', 'warnings'}
DIRECTIONS = {'member-to-officer', 'officer-to-member', 'member-to-member',
              'officer-to-officer', 'member-to-outside', 'officer-to-outside',
              'outside-to-member', 'outside-to-officer', 'other'}
REPLIES = {'answer', 'holding', 'question-back', 'passed-on', 'automatic',
           'none'}


@pytest.fixture
def mail(sites):
    """a site and a folder of three messages: asked, flagged, answered"""
    site = sites.plain()
    folder = os.path.join(site.folder, 'mail')
    os.mkdir(folder)
    asked = '<asked@oxbow.example>'
    texts = {
        '2-leaflets.eml': message(
            at('cllr.stroud'), at('press'), 'A favour',
            'Hello,\n\nPlease could you print 500 of our election campaign '
            'leaflets on the\ncouncil printer before we go canvassing on '
            'Saturday?\n\nNed', london('2026-03-03 10:00')),
        '1-asked.eml': message(
            at('cllr.vane'), at('officer'), 'Flooded path by the weir',
            'Dear Olu,\n\nThe path by the weir has been under water for a '
            'week. When will it be\ndrained?\n\nAda',
            london('2026-03-02 10:00'), message_id=asked),
        '3-answered.eml': message(
            at('officer'), at('cllr.vane'), 'Re: Flooded path by the weir',
            'Dear Councillor Vane,\n\nThe drain was cleared this morning '
            'and the path is dry and open again.\n\nOlu Officer\n\n'
            '> When will it be\n> drained?',
            london('2026-03-04 11:00'), reply_to=asked),
    }
    for name, raw in texts.items():
        with open(os.path.join(folder, name), 'wb') as f:
            f.write(raw)
    site.mail = folder
    return site


def test_scan_prints_the_documented_object_for_each_message_in_order_of_receipt(
        mail):
    lines = mail.installed.lines('scan', '-c', mail.conf, mail.mail)
    assert [os.path.basename(one['file']) for one in lines] == [
        '1-asked.eml', '2-leaflets.eml', '3-answered.eml']
    for one in lines:
        assert SCAN_KEYS <= set(one)
        assert one['direction'] in DIRECTIONS
        assert one['reply'] in REPLIES
    asked, leaflets, answered = lines
    assert asked['direction'] == 'member-to-officer'
    assert asked['received'] == '2026-03-02T10:00:00+00:00'
    assert asked['enquiry'] is True and asked['findings'] == []
    assert answered['direction'] == 'officer-to-member'
    assert answered['reply'] == 'answer'
    assert 'political-purpose' in [f['rule'] for f in leaflets['findings']]


def test_evidence_counts_in_the_bytes_that_text_prints(mail):
    [leaflets] = [one for one in mail.installed.lines(
        'scan', '-c', mail.conf, mail.mail)
        if one['file'].endswith('2-leaflets.eml')]
    path = os.path.join(mail.mail, '2-leaflets.eml')
    [text] = mail.installed.lines('text', '-c', mail.conf, '--json', path)
    plain = subprocess.run(
        [mail.installed.clerkctl, 'text', '-c', mail.conf, path],
        capture_output=True, env=mail.installed.environment).stdout
    assert plain.decode().rstrip('\n') == text['body'].rstrip('\n')
    pieces = [e for f in leaflets['findings'] for e in f['evidence']]
    assert pieces
    for piece in pieces:
        assert piece['where'] in ('subject', 'body')
        read = text[piece['where']].encode()
        assert read[piece['start']:piece['end']].decode() == piece['text']


def test_text_leaves_out_quotation_and_keeps_it_apart(mail):
    [text] = mail.installed.lines('text', '-c', mail.conf, '--json',
                                  os.path.join(mail.mail, '3-answered.eml'))
    assert {'file', 'subject', 'body', 'quoted', 'signature',
            'attachments'} <= set(text)
    assert 'When will it be' not in text['body']
    assert 'When will it be' in text['quoted']
    assert 'drain was cleared' in text['body']


def test_scan_reads_maildir_mbox_and_single_files_alike(mail):
    want = [one['message_id'] for one in mail.installed.lines(
        'scan', '-c', mail.conf, mail.mail)]
    maildir = os.path.join(mail.folder, 'Maildir')
    for part in ('cur', 'new', 'tmp'):
        os.makedirs(os.path.join(maildir, part))
    mbox = os.path.join(mail.folder, 'mbox')
    single = []
    with open(mbox, 'wb') as box:
        for number, name in enumerate(sorted(os.listdir(mail.mail))):
            single.append(os.path.join(mail.mail, name))
            with open(single[-1], 'rb') as f:
                raw = f.read()
            box.write(b'From x@example Mon Mar  2 10:00:00 2026\n' + raw +
                      b'\n')
            with open(os.path.join(maildir, 'cur', '17000%d.x:2,S' % number),
                      'wb') as f:
                f.write(raw)
    for paths in ([maildir], [mbox], single):
        got = [one['message_id'] for one in mail.installed.lines(
            'scan', '-c', mail.conf, *paths)]
        assert got == want, paths


def test_scan_gives_the_same_with_any_number_of_readers(mail):
    one = mail.installed.run('scan', '-c', mail.conf, '-j', 1, mail.mail)
    many = mail.installed.run('scan', '-c', mail.conf, '-j', 4, mail.mail)
    assert one.stdout == many.stdout and one.stdout


def test_wrong_usage_is_status_2_and_a_missing_file_status_1(mail):
    run = mail.installed.run
    assert run('scan', '-c', mail.conf).returncode == 2
    assert run('scan', '-c', mail.conf + '.absent', mail.mail).returncode == 2
    assert run('frobnicate').returncode == 2
    assert run('replay', '-c', mail.conf, mail.mail).returncode == 2
    done = run('scan', '-c', mail.conf, os.path.join(mail.mail, 'absent.eml'))
    assert done.returncode == 1


def test_what_is_no_mail_is_named_and_stops_nothing(mail, tmp_path):
    def put(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return str(path)

    good = sorted(os.path.join(mail.mail, f) for f in os.listdir(mail.mail)
                  if f.endswith('.eml'))
    (tmp_path / 'papers').mkdir()
    (tmp_path / 'papers' / 'minutes.txt').write_text('x')
    wrong = [put('minutes.pdf', b'%PDF-1.7\nSubject: x\n'),
             put('export.zip', b'PK\x03\x04From: x\n'),
             put('notes', b'Buy milk.\n'), mail.conf,
             str(tmp_path / 'papers'), str(tmp_path / 'absent.eml')]
    alone = mail.installed.run('scan', '-c', mail.conf, *good)
    assert alone.returncode == 0
    both = mail.installed.run('scan', '-c', mail.conf, *wrong, *good)
    assert both.returncode == 1 and both.stderr == ''
    lines = [json.loads(line) for line in both.stdout.splitlines()]
    assert {os.path.basename(line['file']): line['error']
            for line in lines if 'error' in line}.keys() == {
        os.path.basename(path) for path in wrong}
    assert all(set(line) == {'file', 'error'}
               for line in lines[:len(wrong)])
    assert all('no mail' in line['error'] or 'No such' in line['error']
               for line in lines[:len(wrong)])
    assert '\n'.join(both.stdout.splitlines()[len(wrong):]) + '\n' == \
        alone.stdout
    # Counted, and named to people.
    counted = mail.installed.run('scan', '--summary', '-c', mail.conf,
                                 *wrong, *good)
    assert counted.returncode == 1
    for path in wrong:
        assert path in counted.stderr
    assert mail.installed.run('text', wrong[0]).returncode == 1


def test_replay_opens_reminds_and_closes(mail):
    with open(os.path.join(mail.mail, '4-second.eml'), 'wb') as f:
        f.write(message(at('cllr.vane'), at('second'), 'Bench in Weir Park',
                        'Sue,\n\nWho is going to mend the bench in Weir Park, '
                        'and when?\n\nAda', london('2026-03-05 12:00')))
    events = mail.installed.lines('replay', '-c', mail.conf, '--until',
                                  '2026-03-12T12:00:00+00:00', mail.mail)
    events = [e for e in events if e['event'] != 'flagged']
    assert [e['time'] for e in events] == sorted(e['time'] for e in events)
    first = [e for e in events if e['case'] == 'C1']
    assert [e['event'] for e in first] == ['opened', 'reminder',
                                           'acknowledged', 'responded']
    assert first[0]['member'] == at('cllr.vane')
    assert first[0]['owner'] == at('officer')
    assert first[0]['ack_due'] == '2026-03-05T17:00:00+00:00'
    assert first[0]['response_due'] == '2026-03-16T17:00:00+00:00'
    bench = [e for e in events if e.get('owner') == at('second')]
    case = bench[0]['case']
    told = [(e['stage'], e['to'], e['cc']) for e in events
            if e['event'] == 'reminder' and e['case'] == case]
    assert told == [('ack-due-soon', [at('second')], []),
                    ('ack-overdue', [at('second')], [at('boss')])]


def test_mail_without_any_date_has_the_time_of_its_file(mail):
    path = os.path.join(mail.mail, '4-undated.eml')
    text = message(at('cllr.vane'), at('second'), 'Bench in Weir Park',
                   'Sue,\n\nWho is going to mend the bench in Weir Park, and '
                   'when?\n\nAda', london('2026-03-05 12:00'))
    with open(path, 'wb') as f:
        f.write(b''.join(
            line for line in text.splitlines(True)
            if not line.lower().startswith((b'date:', b'received:'))))
    moment = 1772712000  # 2026-03-05 12:00 UTC
    os.utime(path, (moment, moment))
    [undated] = [one for one in mail.installed.lines(
        'scan', '-c', mail.conf, mail.mail)
        if one['file'].endswith('4-undated.eml')]
    assert undated['received'] == '2026-03-05T12:00:00+00:00'
    events = mail.installed.lines('replay', '-c', mail.conf, '--until',
                                  '2026-03-12T12:00:00+00:00', mail.mail)
    assert min(e['time'] for e in events) >= '2026-03-02'
    assert at('second') in [e.get('owner') for e in events]


def test_due_counts_working_days_across_a_bank_holiday(installed):
    done = installed.run('due', '--received', '2026-04-01T10:00:00+01:00',
                         '--within', 3, '--division', 'england-and-wales')
    # Good Friday is 3 April, Easter Monday 6 April.
    assert done.stdout == '2026-04-08T17:00:00+01:00\n'
    done = installed.run('due', '--date', '2026-05-07', '--within', '-25',
                         '--division', 'england-and-wales')
    assert done.stdout == '2026-03-30\n'
    assert installed.run('due', '--within', 3).returncode == 2


def test_due_for_another_division_keeps_the_closures_of_the_council(sites):
    site = sites.plain(council={'closures': ['2026-04-08']})
    for division in 'england-and-wales', 'northern-ireland':
        done = site.installed.run('due', '-c', site.conf, '--division',
                                  division, '--date', '2026-04-07',
                                  '--within', 1)
        assert done.stdout == '2026-04-09\n'


def test_elections_prints_the_period_of_each_poll(sites):
    site = sites.plain(files={'elections.csv':
                              'id,kind,polling_date,wards,notice_date,'
                              'candidates\n'
                              'may,local,2026-05-07,,,\n'
                              'weir,by-election,2026-07-16,Weir,'
                              '2026-06-08,\n'},
                       directory={'people': 'people.csv',
                                  'groups': 'groups.csv',
                                  'elections': 'elections.csv'})
    may, weir = site.installed.lines('elections', '-c', site.conf)
    assert (may['id'], may['starts']) == ('may', '2026-03-30')
    assert may['ends'] == '2026-05-07T22:00:00+01:00'
    assert may['wards'] == []
    assert (weir['starts'], weir['wards']) == ('2026-06-08', ['Weir'])


def test_check_reports_every_fault_at_once_with_its_line(sites):
    site = sites.plain(files={'people.csv': PEOPLE + (
        'not-an-address,Nobody,officer,,,,,,,\n'
        'x@oxbow.gov.example,Xan,juggler,,,,,,,\n')},
        council={'division': 'atlantis'})
    done = site.installed.run('check', '-c', site.conf)
    assert done.returncode == 1
    told = done.stdout + done.stderr
    rows = PEOPLE.count('\n')
    assert 'people.csv:%d:' % (rows + 1) in told
    assert 'people.csv:%d:' % (rows + 2) in told
    assert 'clerkd.conf:5: division' in told


@pytest.mark.parametrize('good, bad, told', [
    ('name = "', 'name = ', 'clerkd.conf:2: syntax error; is a quote'),
    ('Oxbow', '\\xc9xbow', 'clerkd.conf:2: name must be in UTF-8'),
    ('  domains', '  timezone = "Europe/Oxbow";\n  domains',
     'clerkd.conf: time zone "Europe/Oxbow" is not known'),
    ('', 'smtp: { host = "mail.oxbow.example"; from = "a@oxbow.example"; '
     'tls = "none"; };\n', 'clerkd.conf: smtp.tls = "none" is for'),
])
def test_check_says_where_the_fault_is_and_what_to_do(sites, good, bad, told):
    site = sites.plain()
    with open(site.conf, encoding='latin-1') as f:
        text = f.read()
    assert good in text
    with open(site.conf, 'w', encoding='latin-1') as f:
        f.write(text.replace(good, bad, 1))
    done = subprocess.run([site.installed.clerkctl, 'check', '-c', site.conf],
                          capture_output=True,
                          env=site.installed.environment)
    assert done.returncode == 1
    assert told in done.stdout.decode('utf-8', 'replace')


def test_check_finds_the_row_where_a_quote_was_left_open(sites):
    site = sites.plain(files={'people.csv': PEOPLE + (
        'y@oxbow.gov.example,"Yan,officer,,,,,,,\n'
        'z@oxbow.gov.example,Zoe,officer,,,,,,,\n')})
    done = site.installed.run('check', '-c', site.conf)
    assert done.returncode == 1
    assert ('people.csv:%d: a quote is opened in this row'
            % (PEOPLE.count('\n') + 1)) in done.stdout


def test_who_asks_with_a_configuration_that_is_not_there_is_told(sites):
    site = sites.plain()
    done = site.installed.run('status', '-c', site.conf + '.old')
    assert done.returncode == 2
    assert '.old: No such file' in done.stderr


def test_check_warns_of_a_password_that_is_not_there(sites):
    site = sites.plain([{'name': 'members', 'host': 'mail.oxbow.example',
                         'user': 'u', 'password_file': 'imap.password'}])
    done = site.installed.run('check', '-c', site.conf)
    assert done.returncode == 0
    assert 'warning: members: %s/imap.password: No such file' % site.folder \
        in done.stdout


def test_check_looks_at_the_letters(sites):
    site = sites.plain(letters={'directory': 'letters'})
    done = site.installed.run('check', '-c', site.conf)
    assert done.returncode == 1
    assert 'clerkd.conf: letters in ' in done.stdout
    folder = os.path.join(site.folder, 'letters')
    shutil.copytree(os.path.join(SOURCE, 'config', 'letters'), folder)
    os.unlink(os.path.join(folder, 'digest.txt'))
    site.put('letters/test.txt', 'Subject: A test\n\nHello {nobody},\n')
    done = site.installed.run('check', '-c', site.conf)
    assert done.returncode == 1
    assert 'the letter digest.txt is missing' in done.stdout
    assert 'nobody' in done.stdout


def test_an_answer_that_could_not_be_written_is_no_success(mail):
    path = os.path.join(mail.mail, '1-asked.eml')
    for words in (['scan', '-c', mail.conf, mail.mail], ['text', path],
                  ['due', '--date', '2026-01-05', '--within', '2'],
                  ['check', '-c', mail.conf], ['--help'],
                  ['replay', '-c', mail.conf, '--until',
                   '2026-04-01T00:00:00Z', mail.mail]):
        with open('/dev/full', 'w') as full:
            done = subprocess.run([mail.installed.clerkctl, *words],
                                  stdout=full, stderr=subprocess.PIPE,
                                  env=mail.installed.environment)
        assert done.returncode == 1, words
        assert b'No space left' in done.stderr


def test_every_command_that_needs_no_daemon_takes_json(mail):
    for words in (['scan', '-c', mail.conf, mail.mail],
                  ['replay', '-c', mail.conf, '--until',
                   '2026-04-01T00:00:00Z', mail.mail],
                  ['elections', '-c', mail.conf], ['check', '-c', mail.conf],
                  ['due', '--date', '2026-01-05', '--within', '2']):
        done = mail.installed.run(*words, '--json')
        assert done.returncode == 0, done.stderr
        for line in done.stdout.splitlines():
            json.loads(line)
    assert done.stdout == '{"due":"2026-01-07"}\n'


def test_check_of_a_good_configuration_is_status_0(sites):
    site = sites.plain()
    done = site.installed.run('check', '-c', site.conf)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_shared_scenarios_replay_event_by_event(installed, shared):
    tool = os.path.join(shared, 'tools', 'check_replay.py')
    if not os.path.exists(tool):
        pytest.skip('no check_replay.py among the shared tools')
    done = subprocess.run(
        [sys.executable, tool, installed.clerkctl,
         os.path.join(shared, 'scenarios')], capture_output=True, text=True,
        env=installed.environment)
    assert done.returncode == 0, done.stdout[-4000:]


def test_the_sample_configuration_checks_out(installed):
    done = installed.run('check', '-c', os.path.join(SOURCE, 'config',
                                                     'clerkd.conf'), '--json')
    faults = [json.loads(line) for line in done.stdout.splitlines()]
    assert [f for f in faults if f['weight'] == 'error'] == []
    assert done.returncode == 0
