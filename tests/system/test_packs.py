# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs, from outside: starts with those that came with the programs, with
ones of its own, with spoilt ones, and with none."""
import os
import re
import shutil
import time

MAIL = '''\
From: Ada Outside <ada@elsewhere.example>
To: Olu Officer <officer@oxbow.gov.example>
Subject: Footbridge
Message-ID: <1@elsewhere.example>
Date: Mon, 02 Mar 2026 09:59:00 +0000

Please tell the Otter Group that the footbridge is mended.
'''


def started(site):
    """a run of the daemon, from its start to its end in order"""
    size = len(site.log())
    site.start()
    end = time.monotonic() + 60
    while ' ready ' not in site.log()[size:]:
        assert site.running() and time.monotonic() < end, site.log()
        time.sleep(0.02)
    assert site.stop() == 0
    return site


def kept(site):
    return sorted(name for name in os.listdir(site.state)
                  if name.endswith('.pack'))


def own_lexicon(site, installed, phrase):
    """the shipped phrases and one of this site's"""
    folder = os.path.join(site.folder, 'lexicon')
    if not os.path.isdir(folder):
        shutil.copytree(os.path.join(installed.prefix, 'share', 'clerkd',
                                     'lexicon'), folder)
    with open(os.path.join(folder, 'thanks.lex'), 'a') as f:
        f.write(phrase + '\n')
    site.settings.setdefault('rules', {})['lexicon'] = 'lexicon'
    site.write()


def test_the_packs_that_came_with_it_are_used(sites, installed):
    shipped = os.path.join(installed.prefix, 'share', 'clerkd', 'packs')
    assert sorted(os.listdir(shipped)) == ['lexicon.pack', 'weights.pack']
    assert kept(started(sites.plain())) == []


def test_other_phrases_are_packed_once_in_the_state_directory(sites,
                                                              installed):
    site = sites.plain()
    own_lexicon(site, installed, 'ever so obliged to you')
    assert kept(started(site)) == ['lexicon.pack']
    path = os.path.join(site.state, 'lexicon.pack')
    first = os.stat(path).st_ino
    assert os.stat(started(site).state + '/lexicon.pack').st_ino == first
    own_lexicon(site, installed, 'ever so much obliged to you')
    started(site)
    assert os.stat(path).st_ino != first
    assert not [n for n in os.listdir(site.state) if n.startswith('.')]


def test_a_spoilt_pack_is_made_again(sites, installed):
    site = sites.plain()
    own_lexicon(site, installed, 'ever so obliged to you')
    started(site)
    path = os.path.join(site.state, 'lexicon.pack')
    with open(path, 'rb') as f:
        good = f.read()
    middle = len(good) // 2
    for bad in (b'', good[:100], good[:-1], b'\0' * len(good),
                good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1:]):
        with open(path, 'wb') as f:
            f.write(bad)
        started(site)
        with open(path, 'rb') as f:
            assert f.read() == good


def test_scanning_writes_no_pack_and_says_the_same(sites, installed):
    site = sites.plain()
    mail = site.put('one.eml', MAIL)

    def scan():
        done = installed.run('scan', '-c', site.conf, mail)
        assert done.returncode == 0, done.stderr
        return re.sub(r'"received":"[^"]*"', '', done.stdout)

    shipped = scan()
    own_lexicon(site, installed, 'ever so obliged to you')
    assert scan() == shipped
    assert kept(site) == []
