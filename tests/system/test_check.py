# SPDX-License-Identifier: GPL-3.0-or-later
"""What `clerkctl check` says of files that are wrong."""
import os
import shutil
import subprocess

import pytest
from conftest import PEOPLE, SOURCE, at


def check(site):
    """status and words of the check, which never hangs"""
    done = subprocess.run([site.installed.clerkctl, 'check', '-c', site.conf],
                          capture_output=True, timeout=20, text=True,
                          env=site.installed.environment)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def protocol(sites):
    """a site with a protocol of its own, and a way to change it"""
    site = sites.plain()
    folder = os.path.join(site.folder, 'protocols')
    os.mkdir(folder)
    path = os.path.join(folder, 'sheffield.conf')
    shutil.copy(os.path.join(SOURCE, 'config', 'protocols', 'sheffield.conf'),
                path)

    def change(old, new):
        with open(path, encoding='utf-8') as f:
            text = f.read()
        assert old in text
        with open(path, 'w', encoding='utf-8') as f:
            f.write(text.replace(old, new, 1))
        line = text[:text.index(old)].count('\n') + 1
        return 'sheffield.conf:%d:' % line
    site.change = change
    return site


@pytest.mark.parametrize('old, new, status, told', [
    ('id = "blind-copy"', 'id = "blind-copie"', 1,
     'no rule is called "blind-copie"'),
    ('severity = "high"', 'severity = "grave"', 1, 'severity = "grave"; use'),
    ('{ id = "blind-copy"', '{ id = "blind-copy"; },\n  { id = "blind-copy"',
     1, 'the rule "blind-copy" stands here a second time'),
    ('{ id = "10.1.1"', '{ id = "10.1.1"; text = "So."; },\n'
     '  { id = "10.1.1"', 1, 'the clause 10.1.1 stands here a second time'),
    ('{ id = "10.1.1"', '{ id = "10.1.1 (a)"', 0,
     'names the clause 10.1.1, whose words are not'),
])
def test_a_slip_in_a_protocol_file_is_told(protocol, old, new, status, told):
    assert check(protocol)[0] == 0
    line = protocol.change(old, new)
    done, words = check(protocol)
    assert done == status
    assert told in words
    if '\n' not in new and status == 1:
        assert line in words


@pytest.mark.parametrize('name', [
    'people.csv', 'groups.csv', 'elections.csv', 'holidays.json',
    'protocols/sheffield.conf', 'clerkd.conf'])
@pytest.mark.parametrize('make, kind', [
    (os.mkfifo, 'a pipe'), (os.mkdir, 'a folder')])
def test_what_is_no_plain_file_is_told_and_never_waited_for(sites, name, make,
                                                            kind):
    files = {'elections.csv': 'id,name,poll\n'}
    site = sites.plain(files=files,
                       calendar={'holidays': 'holidays.json'},
                       directory={'elections': 'elections.csv'})
    shutil.copy(os.path.join(SOURCE, 'config', 'bank-holidays.json'),
                os.path.join(site.folder, 'holidays.json'))
    path = os.path.join(site.folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.exists(path):
        os.unlink(path)
    make(path)
    status, words = check(site)
    assert status != 0
    assert '%s: is %s, and no plain file' % (path, kind) in words


def test_a_file_that_is_not_there_is_told_with_its_setting(sites):
    site = sites.plain(directory={'people': 'staff.csv'})
    status, words = check(site)
    assert status == 1
    assert ('staff.csv: No such file or directory; directory.people names it'
            in words)


def test_a_missing_column_is_told_once(sites):
    site = sites.plain(files={'people.csv': PEOPLE.replace('email', 'mail', 1)})
    status, words = check(site)
    assert status == 1
    assert words.count('has no column') == 1
    assert 'people.csv:1: the header row has no column "email"; add' in words
    assert 'missing' not in words


def test_a_byte_order_mark_is_no_fault(sites):
    site = sites.plain()
    with open(site.conf, 'rb') as f:
        text = f.read()
    with open(site.conf, 'wb') as f:
        f.write(b'\xef\xbb\xbf' + text)
    assert check(site)[0] == 0


def test_check_warns_of_what_the_daemon_will_stumble_over(sites):
    site = sites.plain(
        smtp={'host': 'mail.oxbow.example', 'from': at('cllr.vane')},
        envelope={'journal_addresses': ['journal']},
        casework={'acknowledge_days': 20, 'response_days': 10})
    status, words = check(site)
    assert status == 0
    assert 'there are no mailboxes' in words
    assert 'smtp.from: %s belongs to a member' % at('cllr.vane') in words
    assert '"journal" is no e-mail address' in words
    assert 'acknowledge_days (20) is more than response_days (10)' in words


def test_the_least_configuration_has_nothing_to_warn_of(sites):
    site = sites.plain()
    site.settings.pop('state', None)
    site.write()
    status, words = check(site)
    assert status == 0
    assert 'mailboxes' not in words


def test_a_socket_with_too_long_a_path_is_told(sites):
    site = sites.plain(state={'control': '/run/' + 'x' * 120})
    status, words = check(site)
    assert status == 1
    assert 'state.control: the path of a socket has room for 107' in words
