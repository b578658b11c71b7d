# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages made to hurt mail programs, through the whole of a scan."""
import json
import os
import time

import hostile
from conftest import DOMAIN, at

SIZES = (1000, 40000)
SLOW_S = 120  # all of them take 3 s; sanitizers and busy machines run this


def test_every_hostile_message_is_read_or_cut_and_none_stops_the_scan(sites):
    site = sites.plain(
        envelope={'trusted_headers': ['X-Original-To'],
                  'journal_addresses': ['c@d.example']},
        authentication={'servers': ['b.example']},
        rules={'enable': ['all']})
    folder = os.path.join(site.folder, 'hostile')
    written = hostile.write(folder, SIZES)
    assert len(written) > len(hostile.SHAPES)
    begun = time.monotonic()
    done = site.installed.run('scan', '-c', site.conf, folder)
    assert time.monotonic() - begun < SLOW_S
    assert done.returncode == 0, done.stderr
    lines = {os.path.basename(line['file']): line
             for line in map(json.loads, done.stdout.splitlines())}
    assert set(lines) == set(written)
    assert not [line for line in lines.values() if line.get('findings')]
    # What was cut is told.
    for shape in ('multiparts-open', 'messages-in-messages', 'parts',
                  'fields', 'groups-in-to', 'references', 'open-tags'):
        assert lines['%s-40000.eml' % shape]['warnings'], shape


def test_a_message_behind_hostile_ones_is_judged_as_ever(sites):
    site = sites.plain()
    folder = os.path.join(site.folder, 'mail')
    hostile.write(folder, (1000,))
    with open(os.path.join(folder, 'zz.eml'), 'w') as out:
        out.write('Received: from a by b; Wed, 4 Mar 2026 10:00:00 +0000\n'
                  'From: %s\nTo: %s\nSubject: Bench\nMessage-ID: <z@%s>\n\n'
                  'Could you tell me when the bench will be mended?\n'
                  % (at('cllr.vane'), at('officer'), DOMAIN))
    lines = site.installed.lines('scan', '-c', site.conf, folder)
    assert [line['enquiry'] for line in lines
            if line['file'].endswith('zz.eml')] == [True]
