#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ./demo shows, once clerkd is built."""
import argparse
import datetime
import email
import email.policy
import os
import shutil
import signal
import sys
import tempfile
import textwrap
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'tests', 'support')]

from clerksite import Installed, Site  # noqa: E402
from correspondence import Correspondence, DOMAIN  # noqa: E402
from mailhouse import MailHouse, missing  # noqa: E402
from workdays import LONDON, WorkingDays  # noqa: E402

# Whose flags are shown whole: the first of each.
SHOWN_RULES = ('blind-copy', 'political-purpose', 'member-legal-obligation')
COLOUR = sys.stdout.isatty() and os.environ.get('NO_COLOR') is None
WIDTH = min(shutil.get_terminal_size((80, 24)).columns, 80)


def paint(code, text):
    return '\033[%sm%s\033[0m' % (code, text) if COLOUR else text


def title(text):
    print('\n' + paint('1;36', '━━ %s %s' % (text, '━' * (
        WIDTH - len(text) - 4))))


def say(text):
    print(textwrap.fill(' '.join(text.split()), WIDTH))


def progress(done, all_of, what):
    if not sys.stdout.isatty():
        return
    filled = 30 * done // max(all_of, 1)
    print('\r%s %s %d of %d' % (what, paint('32', '█' * filled) +
                                '░' * (30 - filled), done, all_of),
          end='\n' if done >= all_of else '', flush=True)


def at(name):
    return '%s@%s' % (name, DOMAIN)


class Demo:
    def __init__(self, build):
        # Sockets want a short name.
        place = tempfile.gettempdir()
        self.folder = tempfile.mkdtemp(
            prefix='clerkd-demo-', dir=place if len(place) < 40 else '/tmp')
        os.chmod(self.folder, 0o755)
        self.build = build
        self.house = self.site = None

    def close(self):
        try:
            if self.site is not None and self.site.running():
                self.site.stop()
        finally:
            if self.house is not None:
                self.house.stop()
            shutil.rmtree(self.folder, ignore_errors=True)

    # ---- the scenes, in order

    def prepare(self):
        self.days = WorkingDays()
        self.real = datetime.datetime.now(LONDON)
        self.now = self.days.office_moment(self.real)
        self.mail = Correspondence(self.now.date(), self.days)
        with open(os.path.join(HERE, 'people.csv'), encoding='utf-8') as f:
            self.people = f.read()
        self.installed = Installed(self.build,
                                   os.path.join(self.folder, 'installed'))

    def town(self):
        title('A council and its mail')
        officers = [line.split(',')[0] for line in self.people.splitlines()
                    if line.split(',')[2] in ('officer', 'team')]
        self.house = MailHouse(os.path.join(self.folder, 'house'),
                               officers + [at('correspondence')])
        self.house.start()
        imap, smtp = self.house.dovecot, self.house.postfix
        say('''Stourhaven Borough Council (invented, like everybody in it) has
            six councillors in two groups and follows the Sheffield protocol.
            A real Dovecot serves its mailboxes on port %d, a real Postfix
            takes mail on port %d, both on this machine only.'''
            % (imap.tls_port, smtp.port))
        by_box = {}
        for message in self.mail.messages:
            by_box.setdefault((message.user, message.folder),
                              []).append(message)
        for (user, folder), messages in by_box.items():
            imap.append_many(user, folder,
                             [(m.raw, m.when) for m in messages])
        self.count = len(self.mail.messages)
        first, last = self.mail.messages[0], self.mail.messages[-1]
        say('''%d messages lie in its mailboxes, from %s to %s.''' % (
            self.count, first.when.strftime('%A %-d %B'),
            last.when.strftime('%A %-d %B')))
        if self.now != self.real:
            say('''Letters leave in office hours only, and it is %s now. So
                that you need not wait, this clerkd is told that it is %s.'''
                % (self.real.strftime('%A, %H:%M'),
                   self.now.strftime('%A %-d %B, %H:%M')))

    def settings(self):
        imap, smtp = self.house.dovecot, self.house.postfix
        box = {'host': 'localhost', 'port': imap.tls_port, 'tls': 'implicit',
               'ca_file': self.house.authority.ca,
               'password_file': 'password'}
        return {
            'council': {'name': 'Stourhaven Borough Council',
                        'domains': [DOMAIN], 'protocol': 'sheffield',
                        'division': 'england-and-wales'},
            'directory': {'people': 'people.csv', 'groups': 'groups.csv',
                          'elections': 'elections.csv'},
            'mailboxes': (
                dict(box, name='correspondence', user=at('correspondence'),
                     folders=['INBOX']),
                dict(box, name='place', user=at('y.darwish'),
                     owner=at('y.darwish'), folders=['Sent'],
                     sent_folders=['Sent'])),
            'smtp': {'host': 'localhost', 'port': smtp.port,
                     'tls': 'starttls', 'ca_file': self.house.authority.ca,
                     'user': at('members.enquiries'),
                     'password_file': 'password',
                     'from': at('members.enquiries'),
                     'from_name': "Members' Enquiries"},
        }

    def start(self):
        title('clerkd reads it')
        with open(os.path.join(HERE, 'groups.csv'), encoding='utf-8') as f:
            groups = f.read()
        self.site = Site(os.path.join(self.folder, 'clerkd'), self.installed,
                         self.settings(),
                         {'people.csv': self.people, 'groups.csv': groups,
                          'elections.csv': self.mail.elections()})
        self.site.put('password', 'sesame\n', 0o600)
        self.show('check', '-c', self.site.conf)
        begun = time.monotonic()
        more = []
        if self.now != self.real:
            more = ['--pretend-now', self.now.isoformat(timespec='seconds')]
        self.site.start(*more)
        done = 0
        while done < self.count:
            time.sleep(0.02)
            if not self.site.running():
                sys.exit('clerkd ended:\n' + self.site.log())
            if time.monotonic() - begun > 60:
                sys.exit('clerkd is stuck:\n' + self.site.log())
            done = self.site.count('delivery')
            progress(done, self.count, 'Read, judged and recorded')
        say('''%d messages, read over TLS without touching their flags, in %.1f
            s from the start of the program.''' % (
                done, time.monotonic() - begun))

    def show(self, *arguments):
        """runs clerkctl in sight of everybody"""
        shown = [a if not a.startswith(self.folder) else os.path.basename(a)
                 for a in map(str, arguments)]
        print(paint('2', '$ clerkctl ' + ' '.join(
            a for a in shown if a not in ('-c', 'clerkd.conf'))))
        sys.stdout.flush()
        self.installed.show(*arguments)

    def ctl(self, command, *arguments):
        self.show(command, '-c', self.site.conf, *arguments)

    def settle(self):
        """until every reminder and letter that is due has left"""
        due = 'wake > 0 AND wake <= %d' % self.now.timestamp()
        self.site.wait(lambda: self.site.count('letter') > 0 and
                       self.site.count('cases', due) == 0 and
                       self.site.count('letter', 'settled = 0') == 0 and
                       self.site.count('event', "stage <> '' AND "
                                       'letter = 0') == 0, 60,
                       'the last letter')
        self.house.wait_delivered()

    def flags(self):
        self.settle()
        title('What was flagged, and why')
        say("""Each flag is for the Monitoring Officer to look at: it names the
            clause and shows the words, and judges nobody.""")
        print()
        self.ctl('flags')
        self.flag_count = self.site.count('finding')
        for rule in SHOWN_RULES:
            number = self.site.store(
                'SELECT id FROM finding WHERE rule = ? '
                'ORDER BY score DESC, id LIMIT 1', rule)
            if number:
                print()
                self.ctl('flag', number[0][0])

    def cases(self):
        title('The cases, and what is due')
        self.ctl('cases', '--all')
        self.case_count = self.site.count('cases')
        oldest = self.site.store('SELECT id FROM cases WHERE closed = 0 '
                                 'ORDER BY clock LIMIT 1')
        if oldest:
            print()
            say('Every date can be counted after. The oldest open case:')
            print()
            self.ctl('case', oldest[0][0])

    def nudges(self):
        title('The nudges, as they lie in the officers\' mailboxes')
        letters = []
        for user in sorted(self.house.dovecot.users):
            if user != at('correspondence'):
                letters += [(user, raw)
                            for raw in self.house.dovecot.messages(user)]
        self.letter_count = len(letters)
        for user, raw in letters:
            message = email.message_from_bytes(
                raw, policy=email.policy.default)
            print(paint('1;33', '┌─ mailbox of ' + user))
            for field in ('From', 'To', 'Cc', 'Subject', 'Auto-Submitted'):
                if message[field]:
                    print(paint('33', '│ ') + paint('1', field + ': ') +
                          str(message[field]))
            print(paint('33', '│'))
            body = message.get_body(('plain',)).get_content()
            for line in body.rstrip().splitlines():
                print(paint('33', '│ ') + line)
            print(paint('33', '└' + '─' * 40))
            print()

    def live(self):
        title('And now a message comes in')
        raw = ('From: Cllr Beth Rimmer <%s>\nTo: Carol Denby <%s>\n'
               'Subject: Flooded underpass\nMessage-ID: <underpass.%d@%s>\n'
               'Date: %s\n\nCarol,\n\nThe underpass at Hexley station is '
               'knee deep in water. Could you have it\npumped out, and tell '
               'me when the drain will be mended?\n\nBeth\n' % (
                   at('cllr.b.rimmer'), at('c.denby'), os.getpid(), DOMAIN,
                   email.utils.format_datetime(self.now)))
        say('Councillor Rimmer writes to the head of highways; Postfix puts a '
            'copy into the correspondence mailbox; clerkd waits in IDLE.')
        before = self.site.count('cases')
        begun = time.monotonic()
        self.house.deliver(at('cllr.b.rimmer'), [at('correspondence')], raw)
        self.site.wait(lambda: self.site.count('cases') > before, 30,
                       'the new case')
        say('Case C%d is open %.1f s after the message was handed to Postfix.'
            % (self.site.store('SELECT max(id) FROM cases')[0][0],
               time.monotonic() - begun))

    def closing(self):
        title('That was it')
        untouched = all(b'Seen' not in flag for user, folder in (
            (at('correspondence'), 'INBOX'), (at('y.darwish'), 'Sent'))
            for flag in self.house.dovecot.flags(user, folder) if flag)
        say('''%d flags, %d cases, %d letters. The mailboxes are as they were:
            %s.''' % (self.flag_count, self.case_count, self.letter_count,
                      'no message was marked as seen' if untouched
                      else 'NO: something was marked as seen'))
        return 0 if untouched else 1

    def stay(self):
        say('Look around; Ctrl-C ends it:')
        print('  %s COMMAND -c %s' % (self.installed.clerkctl,
                                      self.site.conf))
        print('  IMAP: localhost:%d (TLS) or :%d, any officer of %s,\n'
              '        password "sesame"' % (
                  self.house.dovecot.tls_port, self.house.dovecot.port,
                  os.path.join(self.site.folder, 'people.csv')))
        print('  SMTP: localhost:%d' % self.house.postfix.port)
        sys.stdout.flush()
        while self.site.running():
            time.sleep(0.5)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', required=True)
    parser.add_argument('--stay', action='store_true')
    arguments = parser.parse_args()
    why = missing()
    if why:
        sys.exit('demo: ' + why)

    def interrupted(number, frame):
        raise KeyboardInterrupt
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, interrupted)
    demo = Demo(os.path.abspath(arguments.build))
    status = 1
    try:
        for scene in (demo.prepare, demo.town, demo.start, demo.flags,
                      demo.cases, demo.nudges, demo.live):
            scene()
        status = demo.closing()
        if arguments.stay:
            demo.stay()
    except KeyboardInterrupt:
        print('\ninterrupted')
        status = 0 if arguments.stay and status == 0 else 130
    except RuntimeError as problem:
        print('demo: %s' % problem, file=sys.stderr)
    finally:
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        demo.close()
    return status


if __name__ == '__main__':
    sys.exit(main())
