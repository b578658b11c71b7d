# SPDX-License-Identifier: GPL-3.0-or-later
"""clerkd as it is installed, with a configuration and a state of its own in a
folder: to start it, ask it, end it or kill it, and look at what it recorded."""
import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import time

from mailhouse import alive

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))


class Installed:
    """The programs and data of a build, installed under a folder; without a
    build, those that are there already."""

    def __init__(self, build, prefix):
        if build is not None:
            self._install(build, prefix)
        self.prefix = prefix
        self.clerkd = os.path.join(prefix, 'sbin', 'clerkd')
        self.clerkctl = os.path.join(prefix, 'bin', 'clerkctl')
        self.environment = dict(os.environ, CLERKD_DATA=os.path.join(
            prefix, 'share', 'clerkd'))

    @staticmethod
    def _install(build, prefix):
        done = subprocess.run(['cmake', '--install', build, '--prefix',
                               prefix], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stdout + done.stderr)

    def run(self, *arguments, **more):
        """clerkctl with these arguments"""
        more.setdefault('timeout', 120)
        return subprocess.run([self.clerkctl, *map(str, arguments)],
                              capture_output=True, text=True,
                              env=self.environment, **more)

    def show(self, *arguments):
        """the same, in sight"""
        return subprocess.run([self.clerkctl, *map(str, arguments)],
                              env=self.environment, timeout=120).returncode

    def lines(self, *arguments):
        """the JSON objects that clerkctl prints, one a line"""
        done = self.run(*arguments)
        if done.returncode not in (0, 1):
            raise RuntimeError('clerkctl %s: %d\n%s' % (
                ' '.join(map(str, arguments)), done.returncode, done.stderr))
        return [json.loads(line) for line in done.stdout.splitlines()]


def settings_text(value, depth=0):
    """libconfig's words for a Python value"""
    pad = '  ' * (depth + 1)
    if isinstance(value, bool):
        return 'true' if value else 'false'
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return '{\n%s%s}' % (''.join(
            '%s%s = %s;\n' % (pad, k, settings_text(v, depth + 1))
            for k, v in value.items()), '  ' * depth)
    if isinstance(value, tuple):  # a list of groups
        return '(%s)' % ', '.join(settings_text(v, depth) for v in value)
    if isinstance(value, list):
        return '[%s]' % ', '.join(settings_text(v) for v in value)
    return '"%s"' % str(value).replace('\\', '\\\\').replace('"', '\\"')


class Site:
    """One council's clerkd. settings: groups of clerkd.conf."""

    def __init__(self, folder, installed, settings, files):
        self.folder, self.installed = folder, installed
        self.settings = settings
        self.process = None
        self.mail = None
        os.makedirs(folder, exist_ok=True)
        self.state = os.path.join(folder, 'state')
        os.makedirs(self.state, mode=0o700, exist_ok=True)
        self.conf = os.path.join(folder, 'clerkd.conf')
        self.log_path = os.path.join(folder, 'clerkd.log')
        # A socket's path is short: 107 bytes.
        self.control = os.path.join(folder, 'control')
        self.settings.setdefault('state', {})
        self.settings['state'].setdefault('directory', self.state)
        self.settings['state'].setdefault('control', self.control)
        for name, text in files.items():
            self.put(name, text)
        self.write()

    def put(self, name, text, mode=0o644):
        path = os.path.join(self.folder, name)
        with open(path, 'w') as f:
            f.write(text)
        os.chmod(path, mode)
        return path

    def deliver(self, number, text):
        """a message into the Maildir of a small site"""
        begun = os.path.join(self.mail, 'tmp', '%s.host' % number)
        with open(begun, 'w') as f:
            f.write(text)
        os.rename(begun, os.path.join(self.mail, 'new', '%s.host' % number))

    def write(self):
        self.put('clerkd.conf', ''.join(
            '%s: %s;\n' % (k, settings_text(v)) if not isinstance(v, tuple)
            else '%s = %s;\n' % (k, settings_text(v))
            for k, v in self.settings.items()))

    def start(self, *arguments, **environment):
        log = open(self.log_path, 'a')
        self.process = subprocess.Popen(  # ends with whoever started it
            ['setpriv', '--pdeathsig', 'TERM', self.installed.clerkd, '-c',
             self.conf, *arguments],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            env=dict(self.installed.environment, **environment))
        log.close()
        return self

    def log(self):
        with contextlib.suppress(OSError):
            with open(self.log_path) as f:
                return f.read()
        return ''

    def running(self):
        return self.process is not None and self.process.poll() is None

    def stop(self, seconds=15):
        """asks it to end; the exit status"""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise RuntimeError('clerkd did not end in %d s' % seconds)
        self.process = None
        return status

    def kill(self):
        """kill -9 of the engine; its roles end by themselves"""
        roles = self.roles()
        self.process.kill()
        self.process.wait()
        self.process = None
        end = time.monotonic() + 5
        while any(alive(pid) for pid, _ in roles):
            if time.monotonic() > end:
                raise RuntimeError('roles outlive their engine: %s' % roles)
            time.sleep(0.01)

    def roles(self):
        """(pid, role) of the engine's children"""
        found = []
        if self.process is None:
            return found
        path = '/proc/%d/task/%d/children' % ((self.process.pid,) * 2)
        with contextlib.suppress(OSError):
            with open(path) as f:
                children = f.read().split()
            for child in children:
                with contextlib.suppress(OSError):
                    with open('/proc/%s/cmdline' % child) as f:
                        words = f.read().split('\0')
                    role = [w[7:] for w in words if w.startswith('--role=')]
                    found.append((int(child), role[0] if role else '?'))
        return found

    def ask(self, *arguments):
        """clerkctl with --json, of the running daemon; None: no answer (that
        something is at fault is one)"""
        done = self.installed.run(arguments[0], '-c', self.conf,
                                  *arguments[1:], '--json')
        text = done.stdout.strip()
        if done.returncode not in (0, 1) or not text:
            return None
        try:
            return json.loads(text)
        except ValueError:
            return [json.loads(line) for line in text.splitlines()]

    def tell(self, command, *arguments):
        """clerkctl of the running daemon; did it do it?"""
        return self.installed.run(command, '-c', self.conf,
                                  *arguments).returncode == 0

    def wait(self, question, seconds=30, what='it'):
        """until question() is true, then its answer"""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            answer = question()
            if answer:
                return answer
            if self.process is not None and self.process.poll() is not None:
                raise RuntimeError('clerkd ended with %d:\n%s' % (
                    self.process.returncode, self.log()))
            time.sleep(0.05)
        raise RuntimeError('%s did not come in %d s:\n%s' % (
            what, seconds, self.log()[-6000:]))

    def store(self, question, *values):
        """rows of the store, read beside the running daemon"""
        for name in sorted(os.listdir(self.state)):
            path = os.path.join(self.state, name)
            try:
                with open(path, 'rb') as f:
                    if f.read(15) != b'SQLite format 3':
                        continue
            except FileNotFoundError:  # a journal that came and went
                continue
            store = sqlite3.connect('file:%s?mode=ro' % path, uri=True,
                                    timeout=10)
            with contextlib.closing(store):
                try:
                    return store.execute(question, values).fetchall()
                except sqlite3.OperationalError as why:
                    if 'no such table' not in str(why):
                        raise
        return []  # it is still being made

    def count(self, table, where='1'):
        rows = self.store('SELECT count(*) FROM %s WHERE %s' % (table, where))
        return rows[0][0] if rows else 0
