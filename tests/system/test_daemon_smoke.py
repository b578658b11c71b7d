# SPDX-License-Identifier: GPL-3.0-or-later
"""The daemon in the foreground with a Maildir, a relay that does as it is
told, and nothing else: what needs neither Dovecot nor Postfix nor root."""
import os
import re
import shutil
import signal
import socket
import subprocess
import time

import pytest
from clerksite import Site
from conftest import DOMAIN
from relay import Relay

MONDAY, THURSDAY = '2026-03-02T10:00:00Z', '2026-03-05T09:30:00Z'

PEOPLE = '''\
email,name,role,posts,group,wards,directorate,manager,aliases,candidate
cllr.vane@{d},Ada Vane,member,,,Mill,,,,
boss@{d},Bea Boss,officer,director,,,,,,
officer@{d},Olu Officer,officer,head-of-service,,,,boss@{d},,
monitor@{d},Max Monitor,officer,monitoring-officer,,,,,,
enquiries@{d},Members' Enquiries,team,members-enquiries,,,,monitor@{d},,
'''.format(d=DOMAIN)

ENQUIRY = '''\
Received: from a by b; Mon, 02 Mar 2026 10:00:00 +0000
From: Ada Vane <cllr.vane@{d}>
To: Olu Officer <officer@{d}>
Subject: Footbridge
Message-ID: <{n}@{d}>
Date: Mon, 02 Mar 2026 09:59:00 +0000

Olu,

Could you please tell me when the footbridge by the mill will be mended?

.a line that begins with a dot
Ada
'''


@pytest.fixture
def site(sites, relay):
    return sites.small(relay, PEOPLE)


def put(site, number, text=None):
    site.deliver(number, text or ENQUIRY.format(d=DOMAIN, n=number))


def settled(site):
    return site.count('letter') > 0 and \
        site.count('letter', 'settled = 0') == 0


def message_id(raw):
    return [line for line in raw if line.lower().startswith(b'message-id:')]


def test_an_enquiry_in_a_maildir_becomes_one_nudge(site, relay):
    put(site, 1)
    site.start('--pretend-now', THURSDAY)
    site.wait(lambda: settled(site), 20, 'the letter')
    assert site.stop() == 0
    (sender, recipients, raw), = relay.letters
    assert sender.upper().startswith('MAIL FROM:<>')
    assert recipients == ['officer@' + DOMAIN]
    assert b'Auto-Submitted: auto-generated\r\n' in raw
    assert b'> .a line that begins with a dot\r\n' in raw
    assert all(line.endswith(b'\r\n') for line in raw)


def test_the_same_again_after_a_restart_is_not_sent_again(site, relay):
    put(site, 1)
    site.start('--pretend-now', THURSDAY)
    site.wait(lambda: settled(site), 20, 'the letter')
    site.kill()
    os.rename(os.path.join(site.mail, 'new', '1.host'),
              os.path.join(site.mail, 'cur', '1.host:2,S'))
    site.start('--pretend-now', THURSDAY)
    site.wait(lambda: (site.ask('status') or {}).get(
        'mailboxes', [{}])[0].get('up_to_date'), 20, 'the mailbox')
    put(site, 2, ENQUIRY.format(d=DOMAIN, n=2).replace('Footbridge', 'Weir'))
    site.wait(lambda: site.count('letter') == 2 and settled(site), 20,
              'the second letter')
    assert site.stop() == 0
    assert len(relay.letters) == 2
    assert site.count('cases') == 2


def test_a_letter_refused_for_now_waits(site, relay):
    relay.answers['RCPT'] = ['450 4.2.0 come back later']
    put(site, 1)
    site.start('--pretend-now', THURSDAY)
    site.wait(lambda: site.store('SELECT note FROM letter WHERE note != ?',
                                 ''), 20, 'the refusal')
    letters = site.ask('status')['letters']
    assert letters['queued'] == 1 and letters['trouble'] == ''
    assert site.stop() == 0
    assert relay.letters == []


def test_a_letter_refused_for_good_goes_to_the_manager(site, relay):
    relay.answers['RCPT'] = ['550 5.1.1 no such user']
    put(site, 1)
    site.start('--pretend-now', THURSDAY)
    site.wait(lambda: relay.letters, 20, 'a letter')
    site.wait(lambda: settled(site), 20, 'its fate')
    assert site.stop() == 0
    assert [r for _, r, _ in relay.letters] == [['boss@' + DOMAIN]]


def test_a_letter_lost_after_the_dot_goes_again_with_the_same_name(site,
                                                                  relay):
    relay.answers['DOT'] = [None]
    put(site, 1)
    site.start('--pretend-now', THURSDAY)
    site.wait(lambda: 'unknown' in site.log(), 20, 'the loss')
    assert site.stop() == 0
    site.start('--pretend-now', '2026-03-05T09:45:00Z')
    site.wait(lambda: settled(site), 20, 'the letter')
    assert site.stop() == 0
    assert len(relay.letters) == 2
    assert message_id(relay.letters[0][2]) == message_id(relay.letters[1][2])


def test_a_token_comes_from_its_command_and_a_refused_one_is_renewed(site,
                                                                     relay):
    count = os.path.join(site.folder, 'count')
    relay.good_token = 'ticket-2'
    site.settings['smtp'].update(
        user='clerk', token_command='echo >> %s; echo ticket-$(wc -l < %s)'
        % (count, count))
    site.write()
    put(site, 1)
    site.start('--pretend-now', THURSDAY)
    site.wait(lambda: settled(site), 20, 'the letter')
    assert site.stop() == 0
    assert relay.tokens == ['user=clerk\1auth=Bearer ticket-%d\1\1' % n
                            for n in (1, 2)]
    assert len(relay.letters) == 1
    assert 'ticket' not in site.log()


def test_without_a_relay_nothing_is_lost_and_status_says_so(site, relay):
    relay.shutdown()
    relay.server_close()
    put(site, 1)
    site.start('--pretend-now', THURSDAY)
    site.wait(lambda: (site.ask('status') or {}).get(
        'letters', {}).get('trouble'), 20, 'the trouble')
    done = site.installed.run('status', '-c', site.conf)
    assert done.returncode == 1
    assert 'relay' in done.stdout
    assert site.count('letter') == 1
    assert site.stop() == 0


def test_many_letters_go_over_one_connection(site, relay):
    for number in range(12):
        put(site, number, ENQUIRY.format(d=DOMAIN, n=number).replace(
            'Footbridge', 'Bridge %d' % number).replace(
                'officer@', ('officer@', 'boss@')[number % 2]))
    site.start('--pretend-now', THURSDAY)
    site.wait(lambda: site.count('cases') == 12, 20, 'the cases')
    for name in ('monitor', 'enquiries', 'boss', 'officer'):
        assert site.ask('test-letter', '%s@%s' % (name, DOMAIN)) is not None
    site.wait(lambda: site.count('letter') >= 5 and settled(site), 20,
              'the letters')
    assert site.stop() == 0
    assert len(relay.letters) == site.count('letter')
    assert relay.connections == 1


def test_a_test_letter_goes_to_nobody_outside_the_directory(site, relay):
    site.start('--pretend-now', MONDAY)
    site.wait(lambda: site.ask('status'), 20, 'an answer')
    for address in ('cllr.vane@' + DOMAIN, 'someone@elsewhere.example'):
        done = site.installed.run('test-letter', '-c', site.conf, address)
        assert done.returncode == 1
    assert site.stop() == 0
    assert relay.letters == []


def test_a_role_that_is_killed_comes_back_and_the_others_go_on(site, relay):
    site.start('--pretend-now', THURSDAY)
    site.wait(lambda: (site.ask('status') or {}).get(
        'mailboxes', [{}])[0].get('up_to_date'), 20, 'the mailbox')
    for pid, _ in site.roles():
        os.kill(pid, signal.SIGKILL)
    put(site, 1)
    site.wait(lambda: settled(site), 30, 'the letter')
    assert site.stop() == 0
    assert len(relay.letters) == 1


def test_logs_hold_nobodys_name_and_no_words(site, relay):
    put(site, 1)
    put(site, 2, 'no mail at all\0\xff')
    site.start('--pretend-now', THURSDAY)
    site.wait(lambda: settled(site), 20, 'the letter')
    site.ask('case', '1')
    site.installed.run('test-letter', '-c', site.conf, 'cllr.vane@' + DOMAIN)
    assert site.stop() == 0
    log = site.log().replace(site.folder, '')
    for word in ('vane', 'officer', 'Olu', 'Footbridge', 'footbridge', '@'):
        assert word not in log


def test_a_faulty_configuration_does_not_start(site, relay):
    site.settings['council']['protocol'] = 'nowhere'
    site.write()
    site.start()
    assert site.process.wait(20) == 2
    site.process = None
    assert 'protocol' in site.log()
    assert ':0:' not in site.log()


def test_wrong_usage_of_a_live_command_is_status_2(site, relay):
    site.start('--pretend-now', MONDAY)
    site.wait(lambda: site.ask('status'), 20, 'an answer')
    for wrong in ('case', 'x'), ('decide', '1', 'uphold'), ('flag', 'x'):
        done = site.installed.run(wrong[0], '-c', site.conf, *wrong[1:])
        assert done.returncode == 2, wrong
    assert site.installed.run('case', '-c', site.conf, '77').returncode == 1
    done = site.installed.run('resume', '-c', site.conf)
    assert done.returncode == 0
    assert 'nothing was paused' in done.stdout
    assert site.stop() == 0


def test_asked_to_end_while_it_starts_it_ends_in_order(site, relay):
    # Phrases that no pack was made of take a third of a second to compile.
    lexicon = os.path.join(site.folder, 'lexicon')
    shutil.copytree(os.path.join(site.installed.prefix, 'share', 'clerkd',
                                 'lexicon'), lexicon)
    with open(os.path.join(lexicon, 'thanks.lex'), 'a') as f:
        f.write('ever so obliged to you\n')
    site.settings['rules'] = {'lexicon': 'lexicon'}
    site.write()
    site.start('--pretend-now', MONDAY)

    def held():
        with open('/proc/%d/status' % site.process.pid) as f:
            blocked = re.search(r'SigBlk:\s*(\w+)', f.read()).group(1)
        return int(blocked, 16) & 1 << (signal.SIGTERM - 1)
    site.wait(held, 20, 'a signal mask')
    # that early: the record comes after the configuration
    assert not os.path.exists(os.path.join(
        site.settings['state']['directory'], 'clerkd.sqlite'))
    assert site.stop() == 0


def test_a_damaged_record_is_told_with_its_remedy(site, relay):
    folder = site.settings['state']['directory']
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'clerkd.sqlite'), 'wb') as f:
        f.write(b'no database at all ' * 400)
    site.start('--pretend-now', MONDAY)
    assert site.process.wait(20) != 0
    site.process = None
    assert 'put a backup back' in site.log()


def test_a_folder_that_is_not_there_is_logged_once(site, relay):
    os.rename(site.mail, site.mail + '.away')
    site.start('--pretend-now', MONDAY)
    site.wait(lambda: 'trouble retry' in site.log(), 20, 'trouble')
    time.sleep(3)  # the second try comes after a second
    assert site.log().count('trouble retry') == 1
    assert site.stop() == 0


def test_a_second_daemon_on_the_same_state_does_not_start(site, relay):
    site.start('--pretend-now', MONDAY)
    site.wait(lambda: site.ask('status'), 20, 'an answer')
    second = Site.__new__(Site)
    second.__dict__.update(site.__dict__)
    second.start('--pretend-now', MONDAY)
    assert second.process.wait(20) != 0
    assert site.ask('status') is not None
    assert site.stop() == 0


def test_nor_does_one_that_answers_at_another_socket(site, relay):
    site.start('--pretend-now', MONDAY)
    site.wait(lambda: site.ask('status'), 20, 'an answer')
    other = os.path.join(site.folder, 'other.conf')
    with open(site.conf) as f:
        text = f.read()
    with open(other, 'w') as f:
        f.write(text.replace(site.control, site.control + '2'))
    done = subprocess.run([site.installed.clerkd, '-c', other], timeout=20,
                          capture_output=True, text=True,
                          env=site.installed.environment)
    assert done.returncode == 2
    assert 'another clerkd keeps its record there' in done.stderr
    site.kill()  # and nothing is left in the way of the next
    site.start('--pretend-now', MONDAY)
    site.wait(lambda: site.ask('status'), 20, 'an answer')


@pytest.mark.skipif(os.geteuid() != 0, reason='only root can mount')
def test_a_full_disk_is_told_loses_nothing_and_mends_itself(site, relay):
    subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=8m,mode=700',
                    'tmpfs', site.state], check=True)
    try:
        site.start('--pretend-now', MONDAY)
        site.wait(lambda: site.ask('status'), 20, 'an answer')
        room = os.statvfs(site.state)
        site.put('state/filler', 'x' * (room.f_bavail * room.f_bsize - 200000))
        for number in range(900):
            put(site, number, ENQUIRY.format(d=DOMAIN, n=number) +
                'And the gate of garden %d too.\n' % number * 60)
        site.wait(lambda: 'disk is full' in site.log(), 20, 'a full disk')
        end = time.monotonic() + 6
        while time.monotonic() < end:
            assert any('full' in a for a in site.ask('status')['attention'])
            time.sleep(0.5)
        os.unlink(os.path.join(site.state, 'filler'))
        site.wait(lambda: site.count('message') == 900, 60, 'all of it')
        put(site, 900)
        site.wait(lambda: site.ask('status')['attention'] == [], 40, 'peace')
        assert site.stop() == 0
    finally:
        if site.process is not None:
            site.kill()
        subprocess.run(['umount', '-l', site.state], check=True)


def test_the_service_manager_is_told(site, relay):
    path = os.path.join(site.folder, 'notify')
    told = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.bind(path)
        notify.settimeout(0.2)

        def hears(words):
            def question():
                try:
                    told.append(notify.recv(4096).decode())
                except TimeoutError:
                    pass
                return [t for t in told if words in t]
            return question

        site.start('--pretend-now', MONDAY, NOTIFY_SOCKET=path,
                   WATCHDOG_USEC='2000000')
        site.wait(hears('READY=1'), 20, 'readiness')
        # Ready means that it can be asked.
        assert site.ask('status') is not None
        site.wait(hears('STATUS='), 20, 'a status')
        del told[:]
        site.wait(hears('WATCHDOG=1'), 20, 'the watchdog')
        site.process.send_signal(signal.SIGHUP)
        site.wait(hears('RELOADING=1'), 20, 'the reload')
        site.wait(hears('READY=1'), 20, 'the end of the reload')
        site.process.send_signal(signal.SIGTERM)
        assert site.process.wait(20) == 0
        site.process = None
        while not hears('STOPPING=1')():
            assert len(told) < 1000


def test_a_faulty_reload_changes_nothing_and_is_told(site, relay):
    site.start('--pretend-now', THURSDAY)
    site.wait(lambda: site.ask('status'), 20, 'an answer')
    site.put('people.csv', PEOPLE.replace(',officer,', ',offficer,'))
    site.process.send_signal(signal.SIGHUP)
    site.wait(lambda: 'refused' in site.log(), 20, 'the refusal')
    done = site.installed.run('status', '-c', site.conf)
    assert done.returncode == 1 and 'refused' in done.stdout
    put(site, 1)
    site.wait(lambda: settled(site), 20, 'the letter')
    site.put('people.csv', PEOPLE)
    site.process.send_signal(signal.SIGHUP)
    site.wait(lambda: 'reloaded' in site.log(), 20, 'the reload')
    site.wait(lambda: site.ask('status')['attention'] == [], 20, 'peace')
    assert site.stop() == 0
    assert [r for _, r, _ in relay.letters] == [['officer@' + DOMAIN]]


def test_a_new_relay_is_used_after_a_reload(site, relay):
    with Relay() as other:
        site.start('--pretend-now', THURSDAY)
        site.wait(lambda: site.ask('status'), 20, 'an answer')
        site.settings['smtp']['port'] = other.port
        site.write()
        site.process.send_signal(signal.SIGHUP)
        site.wait(lambda: 'reloaded' in site.log(), 20, 'the reload')
        put(site, 1)
        site.wait(lambda: settled(site), 20, 'the letter')
        assert site.stop() == 0
        assert relay.letters == [] and len(other.letters) == 1
        other.shutdown()


def test_reminders_wait_for_a_mailbox_that_cannot_be_read(site, relay):
    site.settings['mailboxes'] += ({
        'name': 'away', 'host': 'localhost', 'port': 1, 'user': 'x',
        'password_file': 'people.csv'},)
    site.write()
    put(site, 1)
    site.start('--pretend-now', THURSDAY)
    site.wait(lambda: site.count('cases') == 1, 20, 'the case')
    status = site.wait(lambda: site.ask('status'), 20, 'an answer')
    site.wait(lambda: site.ask('status')['cases']['reminders_wait'], 20,
              'the waiting')
    assert site.count('letter') == 0
    assert [m['name'] for m in status['mailboxes']] == ['members', 'away']
    site.settings['casework'] = {'backlog_minutes': 0}
    site.write()
    site.process.send_signal(signal.SIGHUP)
    site.wait(lambda: settled(site), 20, 'the letter')
    assert 'do not wait' in site.log()
    assert site.stop() == 0
