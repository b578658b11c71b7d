# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that real ones would not be: with a bad certificate, or slipping
words in front of TLS. They keep every byte that a client sends."""
import contextlib
import re
import socket
import ssl
import threading


class FakeServer:
    """A server with a certificate. starttls: TLS begins on request. slipped:
    bytes that are sent in clear behind the answer to STARTTLS; no_starttls:
    the server says that it knows none."""

    def __init__(self, cert, key, starttls=False, slipped=b'',
                 no_starttls=False):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(cert, key)
        self.starttls, self.slipped = starttls, slipped
        self.no_starttls = no_starttls
        self.clear, self.secret = b'', b''  # what clients sent
        self.connections = self.handshakes = self.refused = 0
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        self.closing = False
        self.thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *what):
        self.closing = True
        with contextlib.suppress(OSError):
            socket.create_connection(('127.0.0.1', self.port), 1).close()
        self.thread.join(5)
        self.listener.close()

    def received(self):
        return self.clear + self.secret

    def _serve(self):
        while not self.closing:
            connection, _ = self.listener.accept()
            if self.closing:
                connection.close()
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(connection,),
                             daemon=True).start()

    def _talk(self, connection):
        connection.settimeout(10)
        with contextlib.suppress(OSError), connection:
            if self.starttls:
                if not self._before(connection):
                    return
            try:
                secured = self.context.wrap_socket(connection,
                                                   server_side=True)
            except (ssl.SSLError, OSError):
                self.refused += 1
                return
            self.handshakes += 1
            with secured:
                self._after(secured)

    def _lines(self, connection, kept):
        """lines of a client, kept whole"""
        data = b''
        while True:
            while b'\n' not in data:
                more = connection.recv(4096)
                if not more:
                    return
                setattr(self, kept, getattr(self, kept) + more)
                data += more
            line, data = data.split(b'\n', 1)
            yield line.rstrip(b'\r')


class FakeImap(FakeServer):
    def _capability(self):
        return b'IMAP4rev1 IDLE' + (
            b' STARTTLS LOGINDISABLED' if self.starttls and
            not self.no_starttls else b'') + b' AUTH=PLAIN SASL-IR'

    def _before(self, connection):
        connection.sendall(b'* OK [CAPABILITY %s] ready\r\n'
                           % self._capability())
        for line in self._lines(connection, 'clear'):
            tag, _, command = line.partition(b' ')
            command = command.upper()
            if command.startswith(b'STARTTLS') and not self.no_starttls:
                connection.sendall(tag + b' OK begin\r\n' + self.slipped)
                return True
            self._answer(connection, tag, command)
        return False

    def _after(self, connection):
        if not self.starttls:
            connection.sendall(b'* OK [CAPABILITY %s] ready\r\n'
                               % self._capability())
        for line in self._lines(connection, 'secret'):
            tag, _, command = line.partition(b' ')
            self._answer(connection, tag, command.upper())

    def _answer(self, connection, tag, command):
        if command.startswith(b'CAPABILITY'):
            connection.sendall(b'* CAPABILITY %s\r\n%s OK done\r\n'
                               % (self._capability(), tag))
        elif re.match(rb'NOOP|LOGOUT|ID ', command):
            connection.sendall(tag + b' OK done\r\n')
        else:
            connection.sendall(tag + b' NO not here\r\n')


class FakeSmtp(FakeServer):
    def _hello(self, secured):
        offers = [b'fake']
        if self.starttls and not secured and not self.no_starttls:
            offers.append(b'STARTTLS')
        if secured or self.no_starttls:
            offers.append(b'AUTH PLAIN LOGIN')
        return b''.join(b'250%s%s\r\n' % (
            b' ' if n == len(offers) - 1 else b'-', o)
            for n, o in enumerate(offers))

    def _before(self, connection):
        connection.sendall(b'220 fake ESMTP\r\n')
        for line in self._lines(connection, 'clear'):
            verb = line.upper().split(b' ')[0]
            if verb == b'STARTTLS' and not self.no_starttls:
                connection.sendall(b'220 go ahead\r\n' + self.slipped)
                return True
            self._answer(connection, verb, False)
        return False

    def _after(self, connection):
        if not self.starttls:
            connection.sendall(b'220 fake ESMTP\r\n')
        for line in self._lines(connection, 'secret'):
            self._answer(connection, line.upper().split(b' ')[0], True)

    def _answer(self, connection, verb, secured):
        if verb in (b'EHLO', b'HELO'):
            connection.sendall(self._hello(secured))
        elif verb == b'AUTH':
            connection.sendall(b'334 \r\n')
        elif verb == b'QUIT':
            connection.sendall(b'221 bye\r\n')
        else:
            connection.sendall(b'454 not now\r\n')
