# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed programs, a mail house, and sites that use them.

CLERKD_BUILD names the build to install; without it build/gcc is looked for.
CLERKD_PREFIX names programs that are installed already, to test those.
"""
import os
import shutil
import sys
import tempfile

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'support'))

import mailhouse  # noqa: E402
from clerksite import Installed, Site  # noqa: E402
from relay import Relay  # noqa: E402

DOMAIN = 'oxbow.gov.example'

PEOPLE = '''\
email,name,role,posts,group,wards,directorate,manager,aliases,candidate
cllr.vane@{d},Ada Vane,member,,Blue Heron Group,Mill,,,ada@home.example,
cllr.stroud@{d},Ned Stroud,member,leader,Otter Group,Weir,,,,
chief@{d},Ines Chief,officer,chief-executive,,,,,,
monitor@{d},Max Monitor,officer,monitoring-officer,,,,chief@{d},,
boss@{d},Bea Boss,officer,director,,,,chief@{d},,
officer@{d},Olu Officer,officer,head-of-service,,,,boss@{d},,
second@{d},Sue Second,officer,head-of-service,,,,boss@{d},,
enquiries@{d},Members' Enquiries,team,members-enquiries,,,,monitor@{d},,
press@{d},Press Office,team,communications;press-desk,,,,chief@{d},,
'''.format(d=DOMAIN)

# The Monitoring Officer has somebody who can stand in.
REVIEWED = '''\
email,name,role,posts,group,wards,directorate,manager,aliases,candidate
cllr.vane@{d},Ada Vane,member,,,Mill,,,,
cllr.stroud@{d},Ned Stroud,member,leader,,Weir,,,,
chief@{d},Ines Chief,officer,chief-executive,,,,,,
officer@{d},Olu Officer,officer,head-of-service,,,,chief@{d},,
monitor@{d},Max Monitor,officer,monitoring-officer,,,,chief@{d},,
stand.in@{d},Una Deputy,officer,,,,,monitor@{d},,
'''.format(d=DOMAIN)

GROUPS = '''\
name,aliases,addresses
Blue Heron Group,Herons,
Otter Group,Otters,
'''

OFFICERS = ['chief', 'monitor', 'boss', 'officer', 'second', 'enquiries',
            'press']
CLERKS = 20  # tests of one module that want a mailbox


def at(name):
    return '%s@%s' % (name, DOMAIN)


@pytest.fixture(scope='session')
def place():
    """a folder with a short name (sockets want that), removed at the end"""
    folder = tempfile.mkdtemp(prefix='clerkd-')
    os.chmod(folder, 0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope='session')
def installed(place):
    if 'CLERKD_PREFIX' in os.environ:
        return Installed(None, os.environ['CLERKD_PREFIX'])
    build = os.environ.get('CLERKD_BUILD',
                           os.path.join(SOURCE, 'build', 'gcc'))
    if not os.path.exists(os.path.join(build, 'cmake_install.cmake')):
        pytest.skip('no build in %s: run ./check build' % build)
    return Installed(build, os.path.join(place, 'installed'))


@pytest.fixture(scope='session')
def shared():
    """the material that is developed beside the project"""
    folder = os.environ.get('CLERKD_SHARED',
                            os.path.join(SOURCE, '..', 'shared'))
    if not os.path.isdir(folder):
        pytest.skip('no shared material at ../shared; CLERKD_SHARED may '
                    'name it')
    return os.path.abspath(folder)


@pytest.fixture(scope='module')
def house(place):
    why = mailhouse.missing()
    if why:
        pytest.skip(why)
    folder = tempfile.mkdtemp(prefix='house-', dir=place)
    users = [at(name) for name in OFFICERS]
    clerks = [at('clerk%d' % n) for n in range(CLERKS)]
    with mailhouse.MailHouse(folder, users + clerks) as made:
        made.clerks = clerks
        yield made


@pytest.fixture
def clerk(house):
    """a mailbox of this test's own, for clerkd to read"""
    return house.clerks.pop()


class Sites:
    def __init__(self, place, installed):
        self.place, self.installed, self.made = place, installed, []

    def folder(self):
        return tempfile.mkdtemp(prefix='s', dir=self.place)

    def plain(self, mailboxes=(), files=None, **groups):
        """a site with the given groups of settings over the usual ones"""
        settings = {
            'council': {'name': 'Oxbow Borough Council',
                        'domains': [DOMAIN], 'protocol': 'sheffield',
                        'division': 'england-and-wales'},
            'directory': {'people': 'people.csv', 'groups': 'groups.csv'},
            'mailboxes': tuple(mailboxes),
        }
        for name, group in groups.items():
            settings[name] = dict(settings.get(name, {}), **group)
        site = Site(self.folder(), self.installed, settings,
                    dict({'people.csv': PEOPLE, 'groups.csv': GROUPS},
                         **(files or {})))
        site.put('password', 'sesame\n', 0o600)
        self.made.append(site)
        return site

    def small(self, relay, people, **groups):
        """a site that needs neither Dovecot nor Postfix: it reads a Maildir
        of its own, site.mail, and writes to the relay"""
        folder = self.folder()
        settings = {
            'council': {'name': 'Oxbow', 'domains': [DOMAIN],
                        'protocol': 'sheffield'},
            'directory': {'people': 'people.csv'},
            'mailboxes': ({'name': 'members', 'source': 'maildir',
                           'path': os.path.join(folder, 'mail'),
                           'poll_seconds': 1},),
            'smtp': {'host': '127.0.0.1', 'port': relay.port, 'tls': 'none',
                     'from': 'clerkd@' + DOMAIN},
            'letters': {'summary': False, 'flags': False},
        }
        settings.update(groups)
        site = Site(folder, self.installed, settings, {'people.csv': people})
        site.mail = os.path.join(folder, 'mail')
        for part in ('cur', 'new', 'tmp'):
            os.makedirs(os.path.join(site.mail, part))
        self.made.append(site)
        return site

    def reviewed(self, relay, **groups):
        """a small one that looks for blind copies and tells of them"""
        return self.small(relay, REVIEWED,
                          envelope={'trusted_headers': ['X-Original-To']},
                          rules={'enable': ['blind-copy']},
                          letters={'summary': False, 'flags': True}, **groups)

    def mailbox(self, house, clerk, **settings):
        return dict({'name': 'clerk', 'host': 'localhost',
                     'port': house.dovecot.tls_port, 'tls': 'implicit',
                     'ca_file': house.authority.ca, 'user': clerk,
                     'password_file': 'password', 'folders': ['INBOX']},
                    **settings)

    def smtp(self, house, **settings):
        return dict({'host': 'localhost', 'port': house.postfix.port,
                     'tls': 'starttls', 'ca_file': house.authority.ca,
                     'user': at('enquiries'), 'password_file': 'password',
                     'from': at('enquiries')}, **settings)

    def at_house(self, house, clerk, mailbox=None, smtp=None, **groups):
        return self.plain([self.mailbox(house, clerk, **(mailbox or {}))],
                          smtp=self.smtp(house, **(smtp or {})), **groups)

    def close(self):
        for site in self.made:
            if site.running():
                site.kill()


@pytest.fixture
def sites(place, installed):
    made = Sites(place, installed)
    yield made
    made.close()


@pytest.fixture
def relay():
    with Relay() as server:
        yield server
        server.shutdown()
