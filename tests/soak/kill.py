#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 at random moments under load: is nothing lost, nothing done twice?

    kill.py --build BUILD [--rounds 200] [--seed N]

Mail pours into two mailboxes of a real Dovecot while clerkd reads it, opens
cases, and sends reminders through a real Postfix. Its clock is set ahead as
the rounds go on, so that reminders come due all the time. In each round, after
a random fraction of a second, either the engine or one of its roles is killed.
At the end clerkd is left in peace until everything is read and sent; then the
record and the officers' mailboxes have to agree with what was put in.

./check runs a short one; run this one by hand with 200 rounds.
"""
import argparse
import collections
import contextlib
import datetime
import email
import email.policy
import os
import random
import shutil
import signal
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, '..', 'support')]

from clerksite import Installed, Site  # noqa: E402
from letters import message  # noqa: E402
from mailhouse import MailHouse, missing  # noqa: E402
from workdays import LONDON, WorkingDays, at_clock  # noqa: E402

DOMAIN = 'fenland.gov.example'
MEMBERS, OFFICERS = 4, 4
EVENT_OPENED = 0
LETTER_SENT = 2


def at(name):
    return '%s@%s' % (name, DOMAIN)


def people():
    rows = ['email,name,role,posts,group,wards,directorate,manager,aliases,'
            'candidate']
    rows += ['%s,Member %s,member,,,,,,,' % (at('cllr%d' % n), 'ABCD'[n])
             for n in range(MEMBERS)]
    rows += ['%s,Officer %s,officer,head-of-service,,,,%s,,' % (
        at('officer%d' % n), 'ABCD'[n], at('boss')) for n in range(OFFICERS)]
    rows += ['%s,Boss,officer,director,,,,,,' % at('boss'),
             '%s,Monitor,officer,monitoring-officer,,,,,,' % at('monitor'),
             "%s,Members' Enquiries,team,members-enquiries,,,,,,"
             % at('enquiries')]
    return '\n'.join(rows) + '\n'


class Load:
    """Enquiries, some of them answered, on working days before day 0."""

    def __init__(self, house, days, zero, chance):
        self.house, self.days, self.zero = house, days, zero
        self.random = chance
        self.enquiries = []
        self.answered = set()
        self.put = collections.Counter()  # copies of each Message-ID

    def moment(self, day):
        return at_clock(self.days.add(self.zero, day), '%02d:%02d' % (
            self.random.randint(9, 16), self.random.randint(0, 59)))

    def more(self, count):
        boxes = {'one': [], 'two': []}
        for _ in range(count):
            number = len(self.enquiries)
            member = at('cllr%d' % (number % MEMBERS))
            officer = at('officer%d' % (number // MEMBERS % OFFICERS))
            when = self.moment(-self.random.randint(1, 6))
            key = '<enquiry.%d@%s>' % (number, DOMAIN)
            raw = message(member, officer, 'Matter number %d' % number,
                          'Dear officer,\n\nWhat has become of matter number '
                          '%d, and when will it be settled?\n\nMember'
                          % number, when, message_id=key)
            self.enquiries.append(key)
            self._put(boxes, key, raw, when)
            if number % 3 == 0:
                reply = '<reply.%d@%s>' % (number, DOMAIN)
                then = when + datetime.timedelta(minutes=20)
                self._put(boxes, reply, message(
                    officer, member, 'Re: Matter number %d' % number,
                    'Dear Councillor,\n\nMatter number %d was settled this '
                    'morning: the work is done and paid for.\n\nOfficer'
                    % number, then, reply_to=key, message_id=reply), then)
                self.answered.add(key)
        for user, items in boxes.items():
            if items:
                self.house.dovecot.append_many(at(user), 'INBOX', items)

    def _put(self, boxes, key, raw, when):
        box = self.random.choice(('one', 'two'))
        boxes[box].append((raw, when))
        self.put[key] += 1
        if self.random.random() < 0.2:  # a copy in the other one as well
            boxes['two' if box == 'one' else 'one'].append((raw, when))
            self.put[key] += 1


class Kill:
    def __init__(self, folder, installed, rounds, seed, say):
        self.say = say
        self.random = random.Random(seed)
        self.days = WorkingDays()
        today = datetime.datetime.now(LONDON).date()
        self.zero = self.days.add(today, -20)
        self.rounds = rounds
        self.killed = collections.Counter()
        users = [at('one'), at('two'), at('boss'), at('monitor'),
                 at('enquiries')] + [at('officer%d' % n)
                                     for n in range(OFFICERS)]
        self.house = MailHouse(os.path.join(folder, 'house'), users)
        box = {'host': 'localhost', 'port': self.house.dovecot.tls_port,
               'ca_file': self.house.authority.ca, 'folders': ['INBOX'],
               'password_file': 'password', 'batch': 7, 'poll_seconds': 2}
        self.site = Site(
            os.path.join(folder, 'site'), installed, {
                'council': {'name': 'Fenland Council', 'domains': [DOMAIN],
                            'protocol': 'sheffield'},
                'directory': {'people': 'people.csv'},
                'casework': {'since': self.days.add(self.zero,
                                                    -15).isoformat()},
                'mailboxes': (dict(box, name='one', user=at('one')),
                              dict(box, name='two', user=at('two'))),
                'smtp': {'host': 'localhost',
                         'port': self.house.postfix.port,
                         'ca_file': self.house.authority.ca,
                         'user': at('enquiries'),
                         'password_file': 'password',
                         'from': at('enquiries')},
                'letters': {'summary': False},
            }, {'people.csv': people()})
        self.site.put('password', 'sesame\n', 0o600)
        self.load = Load(self.house, self.days, self.zero, self.random)

    def clock(self, part):
        """from day 0 on to day 12, as part goes from 0 to 1"""
        day = self.days.add(self.zero, int(part * 12)) if part >= 1 / 12 \
            else self.zero
        return at_clock(day, '10:00')

    def start(self, part):
        self.site.start('--pretend-now', self.clock(part).isoformat())

    def one(self, number):
        if not self.site.running():
            self.start(number / self.rounds)
            if self.random.random() < 0.8:  # else it dies as it starts
                # two mailboxes and the relay; readers come with the mail
                self.site.wait(lambda: len(self.site.roles()) >= 3, 20,
                               'the roles')
        self.load.more(self.random.randint(1, 6))
        time.sleep(self.random.choice((0.02, 0.1, 0.3, 0.8)) *
                   self.random.random())
        roles = self.site.roles()
        victim = self.random.choice(['engine'] + sorted(
            {role for _, role in roles}))
        self.killed[victim] += 1
        if victim == 'engine':
            self.site.kill()
            return
        pid = self.random.choice([p for p, role in roles if role == victim])
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def run(self):
        with self.house:
            try:
                for number in range(self.rounds):
                    self.one(number)
                    self.say('%d of %d' % (number + 1, self.rounds))
                return self.peace()
            finally:
                if self.site.running():
                    self.site.kill()

    def peace(self):
        if self.site.running():
            self.site.kill()
        self.start(1)
        site, put = self.site, self.load.put
        site.wait(lambda: site.count('delivery') >= sum(put.values()), 90,
                  'the last message')
        now = int(self.clock(1).timestamp())

        def settled():
            return site.count('letter') > 0 and \
                site.count('letter', 'settled = 0') == 0 and \
                site.count('cases', 'wake BETWEEN 1 AND %d' % now) == 0 and \
                site.count('event', "stage <> '' AND voided = 0 AND "
                                    'letter = 0') == 0
        site.wait(settled, 180, 'the last letter')
        site.stop()
        self.house.wait_delivered()
        return self.faults()

    def faults(self):
        found = []

        def want(holds, what):
            if not holds:
                found.append(what)
        site, put = self.site, self.load.put
        want(site.store('PRAGMA integrity_check') == [('ok',)], 'integrity')
        want(site.count('delivery', 'message IS NULL') == 0,
             'messages are unreadable: %s' % site.store(
                 'SELECT key, reason FROM delivery WHERE message IS NULL'))
        recorded = collections.Counter(
            key.strip('<>') for key, in
            site.store('SELECT message_id FROM message'))
        expected = {key.strip('<>') for key in put}
        want(set(recorded) == expected, 'messages lost or made up: %s'
             % sorted(set(recorded) ^ expected)[:5])
        want(max(recorded.values()) == 1, 'a message is recorded twice')
        want(site.count('delivery') == sum(put.values()),
             '%d arrivals recorded, %d were' % (site.count('delivery'),
                                                sum(put.values())))
        enquiries = collections.Counter(
            key for key, in site.store('SELECT enquiry_id FROM cases'))
        want(len(enquiries) == len(self.load.enquiries) and
             max(enquiries.values()) == 1,
             '%d cases of %d enquiries' % (sum(enquiries.values()),
                                           len(self.load.enquiries)))
        want(site.count('cases', 'closed > 0') == len(self.load.answered),
             '%d cases closed, %d answered' % (
                 site.count('cases', 'closed > 0'), len(self.load.answered)))
        want(site.store(
            'SELECT case_id FROM event WHERE kind = %d AND voided = 0 '
            'GROUP BY case_id HAVING count(*) > 1' % EVENT_OPENED) == [],
            'a case was opened twice')
        want(site.store(
            "SELECT case_id FROM event WHERE stage <> '' AND voided = 0 "
            "GROUP BY case_id, stage HAVING count(*) > 1") == [],
            'a reminder was made twice')
        want(site.count('letter') ==
             site.count('letter', 'state = %d' % LETTER_SENT),
             'letters not sent: %s' % site.store(
                 'SELECT state, kind, note FROM letter WHERE state <> %d'
                 % LETTER_SENT))
        found += self.letter_faults()
        return found

    def letter_faults(self):
        """what lies in the officers' mailboxes is what was recorded"""
        found = []
        recorded = {(who, key.strip('<>')) for who, key in self.site.store(
            'SELECT recipient, message_id FROM letter')}
        lying, reminded = collections.Counter(), collections.Counter()
        for user in self.house.dovecot.users:
            if user in (at('one'), at('two')):
                continue
            for raw in self.house.dovecot.messages(user):
                letter = email.message_from_bytes(
                    raw, policy=email.policy.default)
                lying[user, letter['Message-ID'].strip().strip('<>')] += 1
                reminded[user] += 1
        if set(lying) != recorded:
            found.append('letters in mailboxes and record differ: %s'
                         % sorted(set(lying) ^ recorded)[:5])
        again = sum(n - 1 for n in lying.values())
        self.again = again
        self.letters = len(recorded)
        # The same letter twice may be: killed between the relay's word and
        # the record of it. It then has the same Message-ID, which is how
        # mailboxes know it, and clerkd says that it did not know.
        if again > sum(self.killed.values()):
            found.append('%d letters came twice' % again)
        return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', required=True)
    parser.add_argument('--rounds', type=int, default=200)
    parser.add_argument('--seed', type=int, default=None)
    arguments = parser.parse_args()
    why = missing()
    if why:
        print('skipped: ' + why)
        return 77
    seed = arguments.seed if arguments.seed is not None else \
        random.randrange(1 << 30)
    print('seed %d' % seed, flush=True)
    folder = tempfile.mkdtemp(prefix='clerkd-')
    os.chmod(folder, 0o755)

    def say(text):
        if sys.stdout.isatty():
            print('\r' + text, end='', flush=True)
    try:
        installed = Installed(os.path.abspath(arguments.build),
                              os.path.join(folder, 'installed'))
        kill = Kill(folder, installed, arguments.rounds, seed, say)
        begun = time.monotonic()
        faults = kill.run()
        print('\n%d kills (%s) in %.0f s' % (
            sum(kill.killed.values()), ', '.join(
                '%s %d' % k for k in sorted(kill.killed.items())),
            time.monotonic() - begun))
        print('%d arrivals of %d messages, %d cases, %d letters, %d of them '
              'delivered again under the same Message-ID' % (
                  sum(kill.load.put.values()), len(kill.load.put),
                  len(kill.load.enquiries), kill.letters, kill.again))
        for fault in faults:
            print('WRONG: ' + fault)
        if faults:
            print(kill.site.log()[-5000:])
        return 1 if faults else 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())
