# SPDX-License-Identifier: GPL-3.0-or-later
"""A password goes to the server that was meant, over TLS, or nowhere."""
import base64
import os
import time

import pytest
from conftest import at
from fakeserver import FakeImap, FakeSmtp
from letters import message
from mailhouse import Authority
from workdays import LONDON, WorkingDays, at_clock
import datetime

PASSWORD = 'correct-horse-battery'
BAD = {
    'self-signed': {'own': True},
    'wrong name': {'name': 'elsewhere.example'},
    'expired': {'expired': True},
}


@pytest.fixture(scope='module')
def authority(place):
    return Authority(os.path.join(place, 'certificates'))


def leaked(server):
    """the password, plainly or in base64 at any offset, reached it"""
    got = server.received()
    forms = [PASSWORD.encode()]
    for user in ('', at('clerk'), at('enquiries')):
        forms.append(base64.b64encode(b'\0' + user.encode() + b'\0' +
                                      PASSWORD.encode()).rstrip(b'='))
    forms.append(base64.b64encode(PASSWORD.encode()).rstrip(b'='))
    return any(form in got for form in forms)


def certificate(authority, kind):
    """good, or one of BAD"""
    return authority.issue(label=kind.replace(' ', '-'), **BAD.get(kind, {}))


def imap_site(sites, server, authority):
    site = sites.plain([{
        'name': 'clerk', 'host': 'localhost', 'port': server.port,
        'tls': 'starttls' if server.starttls else 'implicit',
        'ca_file': authority.ca, 'user': at('clerk'),
        'password_file': 'password', 'folders': ['INBOX']}])
    site.put('password', PASSWORD + '\n', 0o600)
    return site.start()


def smtp_site(sites, server, authority):
    """a site with a letter to send"""
    days = WorkingDays()
    day = days.counted_day(datetime.datetime.now(LONDON))
    asked = at_clock(days.add(day, -4), '10:00')
    site = sites.plain([{'name': 'files', 'source': 'folder',
                         'path': 'mail'}],
                       casework={'since': asked.date().isoformat()},
                       smtp={'host': 'localhost', 'port': server.port,
                             'tls': 'starttls' if server.starttls
                             else 'implicit', 'ca_file': authority.ca,
                             'user': at('enquiries'),
                             'password_file': 'password',
                             'from': at('enquiries')})
    os.mkdir(os.path.join(site.folder, 'mail'))
    with open(os.path.join(site.folder, 'mail', '1.eml'), 'wb') as f:
        f.write(message(at('cllr.vane'), at('officer'), 'Signpost',
                        'Olu,\n\nWhen will the signpost at the mill be put '
                        'up again?\n\nAda', asked))
    site.put('password', PASSWORD + '\n', 0o600)
    return site.start('--pretend-now', at_clock(day, '10:30').isoformat())


PROTOCOLS = {'imap': (FakeImap, imap_site), 'smtp': (FakeSmtp, smtp_site)}


def wait_until(question, seconds=25):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if question():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize('starttls', [False, True],
                         ids=['implicit', 'starttls'])
@pytest.mark.parametrize('protocol', PROTOCOLS)
@pytest.mark.parametrize('kind', BAD)
def test_no_password_goes_to_a_server_with_a_wrong_certificate(
        sites, authority, protocol, starttls, kind):
    fake, begin = PROTOCOLS[protocol]
    cert, key = certificate(authority, kind)
    with fake(cert, key, starttls) as server:
        site = begin(sites, server, authority)
        assert wait_until(lambda: server.refused + server.handshakes), \
            'it never came: ' + site.log()
        time.sleep(1)
        assert not leaked(server)
        assert server.secret == b'', 'it spoke over that TLS'
        assert site.running()
        site.stop()


@pytest.mark.parametrize('starttls', [False, True],
                         ids=['implicit', 'starttls'])
def test_a_certificate_made_for_clients_is_no_mail_server(
        sites, authority, starttls):
    """libcurl has no way to ask for that, so letters are not in it"""
    cert, key = authority.issue(label='of a client', usage='clientAuth')
    with FakeImap(cert, key, starttls) as server:
        site = imap_site(sites, server, authority)
        assert wait_until(lambda: server.refused + server.handshakes), \
            'it never came: ' + site.log()
        time.sleep(1)
        assert not leaked(server)
        site.stop()


@pytest.mark.parametrize('starttls', [False, True],
                         ids=['implicit', 'starttls'])
@pytest.mark.parametrize('protocol', PROTOCOLS)
def test_the_password_does_go_to_the_right_server(
        sites, authority, protocol, starttls):
    """else the tests above would show nothing"""
    fake, begin = PROTOCOLS[protocol]
    cert, key = authority.issue(label='good')
    with fake(cert, key, starttls) as server:
        site = begin(sites, server, authority)
        assert wait_until(lambda: leaked(server)), \
            'it never logged in: ' + site.log()
        assert PASSWORD.encode() not in server.clear
        site.stop()


@pytest.mark.parametrize('protocol,slipped', [
    ('imap', b'* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n* PREAUTH welcome\r\n'),
    ('smtp', b'250-fake\r\n250 AUTH PLAIN LOGIN\r\n'),
], ids=['imap', 'smtp'])
def test_words_slipped_in_before_tls_end_the_connection(
        sites, authority, protocol, slipped):
    fake, begin = PROTOCOLS[protocol]
    cert, key = authority.issue(label='good')
    with fake(cert, key, True, slipped=slipped) as server:
        site = begin(sites, server, authority)
        assert wait_until(lambda: server.refused + server.handshakes)
        time.sleep(1)
        assert not leaked(server)
        site.stop()


@pytest.mark.parametrize('protocol', PROTOCOLS)
def test_without_the_offer_of_starttls_nothing_is_said_in_clear(
        sites, authority, protocol):
    fake, begin = PROTOCOLS[protocol]
    cert, key = authority.issue(label='good')
    with fake(cert, key, True, no_starttls=True) as server:
        site = begin(sites, server, authority)
        assert wait_until(lambda: server.connections > 0)
        time.sleep(1.5)
        assert not leaked(server)
        assert b'AUTH' not in server.clear.upper()
        assert b'LOGIN' not in server.clear.upper()
        assert b'MAIL FROM' not in server.clear.upper()
        site.stop()
