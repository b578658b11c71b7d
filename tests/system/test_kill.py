# SPDX-License-Identifier: GPL-3.0-or-later
"""A short run of tests/soak/kill.py."""
import os
import sys
import tempfile

import mailhouse
import pytest
from conftest import SOURCE

sys.path.insert(0, os.path.join(SOURCE, 'tests', 'soak'))


def test_killed_ten_times_under_load_nothing_is_lost_or_done_twice(
        place, installed):
    from kill import Kill
    why = mailhouse.missing()
    if why:
        pytest.skip(why)
    folder = tempfile.mkdtemp(prefix='kill-', dir=place)
    os.chmod(folder, 0o755)  # the mailboxes are somebody else's
    seed = int.from_bytes(os.urandom(3), 'big')
    kill = Kill(folder, installed, 10, seed, lambda text: None)
    assert kill.run() == [], 'seed %d\n%s' % (seed, kill.site.log()[-4000:])
    assert sum(kill.killed.values()) >= 10
