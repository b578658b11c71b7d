# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way: from Postfix into Dovecot, through the installed daemon, and
back into an officer's mailbox."""
import datetime
import email
import email.policy
import os
import re
import signal
import time

import pytest
from conftest import PEOPLE, at
from letters import london, message
from workdays import LONDON, WorkingDays, at_clock

DAYS = WorkingDays()
ENQUIRY = '''Dear Olu,

The sluice gate at Withy Bridge has been stuck since the storm. Could you
tell me when it will be repaired, and who is watching the water level until
then?

Kind regards,
Ada Vane'''


def parsed(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def letters_to(house, name, about=''):
    """letters of clerkd in an officer's mailbox"""
    found = [parsed(raw) for raw in house.dovecot.messages(at(name))]
    return [m for m in found if m['Auto-Submitted'] and
            about in (m['Subject'] or '')]


def settled(site):
    return site.count('letter') > 0 and \
        site.count('letter', 'settled = 0') == 0


def later(working_days, clock='09:30'):
    """that moment, so many working days after mail that comes in now"""
    zero = DAYS.counted_day(datetime.datetime.now(LONDON))
    return at_clock(DAYS.add(zero, working_days), clock)


def assert_silent(log, *words):
    """no address, name, subject or word of a message stands in the log"""
    assert log
    assert not re.search(r'[\w.+-]+@[\w-]+\.\w+', log), 'an address'
    for word in words:
        assert word.lower() not in log.lower(), word


def test_an_enquiry_through_postfix_becomes_a_nudge_in_the_officers_mailbox(
        house, clerk, sites):
    first = '<sluice.1@oxbow.gov.example>'
    house.deliver(at('cllr.vane'), [clerk], message(
        'Ada Vane <%s>' % at('cllr.vane'), 'Olu Officer <%s>' % at('officer'),
        'Sluice gate at Withy Bridge', ENQUIRY, message_id=first))
    house.wait_delivered()
    before = house.dovecot.flags(clerk)
    site = sites.at_house(house, clerk)
    site.start('--pretend-now', later(4).isoformat())
    site.wait(lambda: settled(site), 60, 'the letter')
    house.wait_delivered()

    [nudge] = letters_to(house, 'officer', 'Sluice gate')
    [copy] = letters_to(house, 'boss', 'Sluice gate')
    assert nudge['Message-ID'] == copy['Message-ID']
    assert at('officer') in nudge['To'] and at('boss') in nudge['Cc']
    assert nudge['Bcc'] is None
    assert nudge['Auto-Submitted'] == 'auto-generated'
    assert nudge['In-Reply-To'] == first and first in nudge['References']
    assert re.search(r'\[CASE-\w+\]', nudge['Subject'])
    body = nudge.get_content()
    assert 'Vane' in body and 'sluice gate' in body.lower()
    for person in ('cllr.vane', 'cllr.stroud'):
        assert at(person) not in str(nudge['To']) + str(nudge['Cc'])
    # Nothing was changed in the mailbox, and the log keeps quiet.
    assert house.dovecot.flags(clerk) == before
    assert site.stop() == 0
    assert_silent(site.log(), 'sluice', 'withy', 'vane', 'olu', 'storm')


def test_a_restart_sends_nothing_twice(house, clerk, sites):
    house.deliver(at('cllr.vane'), [clerk], message(
        at('cllr.vane'), at('second'), 'Bandstand roof',
        'Dear Sue,\n\nWhen will the roof of the bandstand be mended?\n\nAda'))
    house.wait_delivered()
    site = sites.at_house(house, clerk)
    when = later(4)
    for _ in range(3):
        site.start('--pretend-now', when.isoformat())
        site.wait(lambda: settled(site), 60, 'the letter')
        site.wait(lambda: site.ask('status'), 10, 'an answer')
        site.stop()
    house.wait_delivered()
    assert len(letters_to(house, 'second', 'Bandstand')) == 1
    assert site.count('event', "stage = 'ack-overdue'") == \
        len(site.store("SELECT DISTINCT case_id FROM event "
                       "WHERE stage = 'ack-overdue'"))


def test_a_message_that_arrives_during_idle_is_recorded_at_once(house, clerk, sites):
    site = sites.at_house(house, clerk)
    site.start()
    site.wait(lambda: site.ask('status'), 20, 'an answer')
    box = len(house.dovecot.messages(clerk))
    site.wait(lambda: site.count('delivery') >= box, 30, 'the first reading')
    begun = datetime.datetime.now()
    house.deliver(at('cllr.vane'), [clerk], message(
        at('cllr.vane'), at('officer'), 'Otters on the bypass',
        'Olu,\n\nCan you put up a warning sign for the otters, please?\n\nA.'))
    site.wait(lambda: site.count('delivery') > box, 15, 'the new message')
    assert (datetime.datetime.now() - begun).total_seconds() < 10
    site.stop()


def test_starttls_works_for_reading_and_sending(house, clerk, sites):
    site = sites.at_house(house, clerk, mailbox={'port': house.dovecot.port,
                                          'tls': 'starttls'})
    site.start('--pretend-now', later(4).isoformat())
    box = len(house.dovecot.messages(clerk))
    site.wait(lambda: site.count('delivery') >= box, 30, 'the mail')
    site.stop()


def test_implicit_tls_works_for_sending(house, clerk, sites):
    house.deliver(at('cllr.vane'), [clerk], message(
        at('cllr.vane'), at('press'), 'Poster on the lock',
        'Hello,\n\nWho put the poster on the lock gate, and may it stay?'
        '\n\nAda'))
    house.wait_delivered()
    site = sites.at_house(house, clerk, smtp={'port': house.postfix.tls_port,
                                       'tls': 'implicit'})
    site.start('--pretend-now', later(4).isoformat())
    site.wait(lambda: settled(site), 60, 'the letter')
    site.stop()
    house.wait_delivered()
    assert letters_to(house, 'press', 'Poster')


def test_letters_wait_for_office_hours(house, clerk, sites):
    house.deliver(at('cllr.vane'), [clerk], message(
        at('cllr.vane'), at('officer'), 'Night swimming',
        'Olu,\n\nIs night swimming allowed at the weir?\n\nAda'))
    house.wait_delivered()
    site = sites.at_house(house, clerk)
    site.start('--pretend-now', later(4, '21:30').isoformat())
    box = len(house.dovecot.messages(clerk))
    site.wait(lambda: site.count('delivery') >= box, 30, 'the mail')
    site.wait(lambda: site.count('event', "stage <> ''"), 20, 'a reminder')
    site.wait(lambda: site.ask('status'), 10, 'an answer')
    assert site.count('letter', 'settled > 0') == 0
    assert letters_to(house, 'officer', 'Night swimming') == []
    site.stop()
    site.start('--pretend-now', later(5, '09:10').isoformat())
    site.wait(lambda: settled(site), 60, 'the letter')
    site.stop()
    house.wait_delivered()
    assert len(letters_to(house, 'officer', 'Night swimming')) == 1


def test_while_paused_nothing_leaves_and_afterwards_it_does(house, clerk, sites):
    house.deliver(at('cllr.vane'), [clerk], message(
        at('cllr.vane'), at('second'), 'Ducks in the library',
        'Sue,\n\nCould somebody move the ducks out of the library?\n\nAda'))
    house.wait_delivered()
    site = sites.at_house(house, clerk)
    site.start('--pretend-now', later(1).isoformat())
    box = len(house.dovecot.messages(clerk))
    site.wait(lambda: site.count('delivery') >= box, 30, 'the mail')
    assert site.tell('pause', '--reason', 'office move')
    site.stop()
    site.start('--pretend-now', later(4).isoformat())
    site.wait(lambda: site.ask('status'), 20, 'an answer')
    site.wait(lambda: 'paus' in str(site.ask('status')).lower(), 10, 'pause')
    assert letters_to(house, 'second', 'Ducks') == []
    assert site.tell('resume')
    site.wait(lambda: settled(site), 60, 'the letter')
    site.stop()
    house.wait_delivered()
    assert len(letters_to(house, 'second', 'Ducks')) == 1


def report_of(letter, recipient, clerk):
    """a delivery report (RFC 3464) for a letter"""
    return ('From: Mail Delivery System <MAILER-DAEMON@mail.example>\n'
            'To: {clerk}\nSubject: Undelivered Mail Returned to Sender\n'
            'Auto-Submitted: auto-replied\n'
            'Message-ID: <report.{key}@mail.example>\n'
            'MIME-Version: 1.0\nContent-Type: multipart/report; '
            'report-type=delivery-status; boundary=edge\n\n'
            '--edge\nContent-Type: text/plain\n\nI could not deliver it.\n'
            '--edge\nContent-Type: message/delivery-status\n\n'
            'Reporting-MTA: dns; mail.example\n\n'
            'Final-Recipient: rfc822; {to}\nAction: failed\n'
            'Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n'
            '\n--edge\nContent-Type: text/rfc822-headers\n\n'
            'Message-ID: {id}\nSubject: {subject}\n\n--edge--\n').format(
                clerk=clerk, to=recipient, id=letter['Message-ID'],
                key=abs(hash(letter['Message-ID'])),
                subject=letter['Subject'].replace('\n', ' ')).encode()


def absence_of(letter, who, clerk):
    return message(
        at(who), clerk, 'Automatic reply: ' + letter['Subject'],
        'I am away until next month.', reply_to=letter['Message-ID'],
        headers=[('Auto-Submitted', 'auto-replied')])


@pytest.mark.parametrize('subject,answer', [
    ('Weathercock missing',
     lambda letter, clerk: report_of(letter, at('officer'), clerk)),
    ('Weathercock found',
     lambda letter, clerk: absence_of(letter, 'officer', clerk)),
], ids=['bounce', 'out of office'])
def test_a_reminder_that_does_not_reach_the_owner_goes_to_the_manager(
        house, clerk, sites, subject, answer):
    house.deliver(at('cllr.vane'), [clerk], message(
        at('cllr.vane'), at('officer'), subject,
        'Olu,\n\nWhere is the weathercock of the Corn Hall, and when will it '
        'be back?\n\nAda'))
    house.wait_delivered()
    site = sites.at_house(house, clerk, smtp={'bounce': clerk})
    # ack-due-soon goes to the owner alone.
    site.start('--pretend-now', later(2).isoformat())
    [letter] = site.wait(lambda: letters_to(house, 'officer', subject), 60,
                         'the reminder')
    assert letters_to(house, 'boss', subject) == []
    house.deliver('', [clerk], answer(letter, clerk))
    site.wait(lambda: letters_to(house, 'boss', subject), 60,
              'the letter to the manager')
    site.stop()
    assert len(letters_to(house, 'boss', subject)) == 1
    assert len(letters_to(house, 'officer', subject)) == 1


def test_a_reminder_that_the_relay_refuses_goes_to_the_manager(house, clerk, sites):
    people = PEOPLE + '%s,Gone Officer,officer,head-of-service,,,,%s,,\n' % (
        at('gone'), at('boss'))
    house.deliver(at('cllr.vane'), [clerk], message(
        at('cllr.vane'), at('gone'), 'Beehives on the roof',
        'Hello,\n\nHow many beehives are on the roof of the Town Hall, and '
        'who looks after them?\n\nAda'))
    house.wait_delivered()
    site = sites.at_house(house, clerk, files={'people.csv': people})
    site.start('--pretend-now', later(2).isoformat())
    site.wait(lambda: letters_to(house, 'boss', 'Beehives'), 60,
              'the letter to the manager')
    site.stop()


def test_a_flag_marked_high_is_told_to_the_monitoring_officer(house, clerk, sites):
    house.deliver(at('cllr.stroud'), [clerk], message(
        at('cllr.stroud'), at('press'), 'Quick favour before Saturday',
        'Hi,\n\nPlease print 600 copies of our election leaflet on the '
        "council's printer\nso that we can hand them out when we canvass on "
        'Saturday.\n\nNed'))
    house.wait_delivered()
    site = sites.at_house(house, clerk)
    site.start('--pretend-now', later(1, '10:00').isoformat())
    site.wait(lambda: site.count(
        'finding', "rule = 'political-purpose'"), 30, 'the flag')
    site.wait(lambda: letters_to(house, 'monitor'), 60, 'the letter')
    number = site.store("SELECT max(id) FROM finding "
                        "WHERE rule = 'political-purpose'")[0][0]
    told = site.installed.run('flag', '-c', site.conf, number).stdout
    assert '9.2' in told and 'leaflet' in told
    assert site.tell('decide', number, 'uphold', '--reason',
                     'printing refused')
    assert site.count('decision') == 1
    site.stop()
    assert_silent(site.log(), 'leaflet', 'canvass', 'stroud', 'favour')


def test_the_mailbox_may_be_numbered_anew_and_nothing_is_lost_or_repeated(
        house, clerk, sites):
    when = london('2026-01-12 10:00')
    raw = [message(at('cllr.vane'), at('officer'), 'Matter %d' % n,
                   'Olu,\n\nWhat became of matter number %d?\n\nAda' % n,
                   when) for n in range(6)]
    for one in raw[:5]:
        house.dovecot.append(clerk, 'INBOX', one, when)
    site = sites.at_house(house, clerk, casework={'since': '2026-01-01'})
    site.start()
    site.wait(lambda: site.count('message') == 5, 30, 'the mail')
    site.stop()
    [(old,)] = set(site.store('SELECT uidvalidity FROM cursor'))
    time.sleep(1.1)  # UIDVALIDITY is a time in seconds
    folder = house.dovecot.maildir(clerk)
    for name in os.listdir(folder):
        if name.startswith('dovecot'):
            os.unlink(os.path.join(folder, name))
    house.dovecot.append(clerk, 'INBOX', raw[5], when)
    site.start()
    site.wait(lambda: site.count('message') == 6, 30, 'the new message')
    site.wait(lambda: site.store('SELECT uidvalidity FROM cursor') !=
              [(old,)], 20, 'the new number')
    site.stop()
    assert site.count('message') == 6
    assert site.count('cases') == 6
    assert site.store("SELECT case_id FROM event WHERE kind = 0 AND "
                      "voided = 0 GROUP BY case_id HAVING count(*) > 1") == []


def test_a_faulty_reload_is_refused_and_a_good_one_taken(house, clerk, sites):
    site = sites.at_house(house, clerk)
    site.start()
    site.wait(lambda: site.ask('status'), 20, 'an answer')
    pid = site.process.pid
    good = site.settings['council']['protocol']
    site.settings['council']['protocol'] = 'absent'
    site.write()
    size = len(site.log())
    site.process.send_signal(signal.SIGHUP)
    site.wait(lambda: len(site.log()) > size, 10, 'a word about it')
    site.wait(lambda: site.ask('status'), 10, 'an answer')
    assert site.running() and site.process.pid == pid
    box = len(house.dovecot.messages(clerk))
    house.deliver(at('cllr.vane'), [clerk], message(
        at('cllr.vane'), at('officer'), 'Still there?',
        'Olu,\n\nIs anybody still reading this?\n\nAda'))
    site.wait(lambda: site.count('delivery') > box, 20, 'new mail')
    # And now a good one, with one more person in it.
    site.settings['council']['protocol'] = good
    site.put('people.csv', PEOPLE + '%s,New Member,member,,,,,,,\n'
             % at('cllr.new'))
    site.write()
    size = len(site.log())
    site.process.send_signal(signal.SIGHUP)
    site.wait(lambda: len(site.log()) > size, 10, 'a word about it')
    cases = site.count('cases')
    house.deliver(at('cllr.new'), [clerk], message(
        at('cllr.new'), at('officer'), 'My first question',
        'Olu,\n\nWhere do I find the key of the group room?\n\nN. Member'))
    site.wait(lambda: site.count('cases') > cases, 20, 'the new member')
    assert site.stop() == 0
