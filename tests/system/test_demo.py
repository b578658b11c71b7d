# SPDX-License-Identifier: GPL-3.0-or-later
"""The demonstration runs by itself, shows what it should, and tidies up."""
import os
import signal
import subprocess
import sys
import tempfile
import time

import mailhouse
import pytest
from conftest import SOURCE

SHOW = os.path.join(SOURCE, 'demo.d', 'show.py')
LANDMARKS = ['What was flagged', 'blind-copy', 'political-purpose',
             'member-legal-obligation', 'pre-election-publicity',
             'The cases, and what is due', 'mailbox of c.denby@',
             'And now a message comes in', 'no message was marked as seen']


@pytest.fixture
def show(installed, place):
    why = mailhouse.missing()
    if why:
        pytest.skip(why)
    build = os.environ.get('CLERKD_BUILD',
                           os.path.join(SOURCE, 'build', 'gcc'))
    if not os.path.isdir(build):
        pytest.skip('no build in ' + build)
    folder = tempfile.mkdtemp(prefix='d', dir=place)
    os.chmod(folder, 0o755)

    def start():
        return subprocess.Popen(
            [sys.executable, SHOW, '--build', build], text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=dict(os.environ, TMPDIR=folder, LC_ALL='C.UTF-8'))
    start.folder = folder
    return start


def left_behind(folder):
    """files there, and processes that work there"""
    found = os.listdir(folder)
    for pid in filter(str.isdigit, os.listdir('/proc')):
        try:
            where = os.readlink('/proc/%s/cwd' % pid)
        except OSError:
            continue
        if where.startswith(folder):
            found.append('%s in %s' % (pid, where))
    return found


def test_the_demo_shows_it_all_and_leaves_nothing_behind(show):
    process = show()
    text = process.communicate(timeout=120)[0]
    assert process.returncode == 0, text[-3000:]
    text = ' '.join(text.split())
    assert [mark for mark in LANDMARKS if mark not in text] == []
    assert left_behind(show.folder) == []


@pytest.mark.parametrize('seconds', [0.2, 1, 3])
def test_the_demo_tidies_up_when_it_is_interrupted(show, seconds):
    process = show()
    while process.poll() is None and os.listdir(show.folder) == []:
        time.sleep(0.01)
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)
    text = process.communicate(timeout=60)[0]
    assert process.returncode == 130, text[-3000:]
    assert left_behind(show.folder) == []
