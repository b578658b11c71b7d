# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail relay that does as it is told and keeps every letter."""
import base64
import re
import socketserver
import threading


class Relay(socketserver.ThreadingTCPServer):
    """Takes every letter, unless told to answer something else to a command:
    answers['RCPT'] = ['450 later', ...], one for each time. None: hangs up."""
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(('127.0.0.1', 0), RelayTalk)
        self.port = self.server_address[1]
        self.letters, self.answers, self.connections = [], {}, 0
        self.tokens, self.good_token = [], None
        threading.Thread(target=self.serve_forever, daemon=True).start()


class RelayTalk(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b'\r\n')

    def answer(self, verb, usual):
        queue = self.server.answers.get(verb)
        text = queue.pop(0) if queue else usual
        if text is None:
            return False
        self.say(text)
        return text[0] in '23'

    def handle(self):
        self.server.connections += 1
        self.say('220 relay')
        sender, recipients = None, []
        while True:
            line = self.rfile.readline()
            if not line:
                return
            text = line.decode().strip()
            verb = text[:4].upper()
            if verb == 'EHLO':
                self.say('250-relay')
                if self.server.good_token:
                    self.say('250-AUTH XOAUTH2')
                self.say('250 SIZE 10000000')
            elif verb == 'AUTH':
                words = text.split()
                if len(words) < 3:
                    self.say('334 ')
                    words.append(self.rfile.readline().decode().strip())
                token = base64.b64decode(words[2]).decode()
                self.server.tokens.append(token)
                if self.server.good_token not in token:
                    self.say('334 e30=')
                    self.rfile.readline()
                    self.say('535 5.7.8 no')
                else:
                    self.say('235 welcome')
            elif verb == 'MAIL':
                sender, recipients = text, []
                self.answer(verb, '250 ok')
            elif verb == 'RCPT':
                if self.answer(verb, '250 ok'):
                    recipients.append(re.search('<(.*)>', text).group(1))
            elif verb == 'DATA':
                self.say('354 go on')
                raw = []
                while True:
                    line = self.rfile.readline()
                    if not line:
                        return
                    if line == b'.\r\n':
                        break
                    raw.append(line[1:] if line[:1] == b'.' else line)
                queue = self.server.answers.get('DOT')
                if queue and queue[0] is None:
                    queue.pop(0)
                    self.server.letters.append((sender, recipients, raw))
                    return
                if self.answer('DOT', '250 taken'):
                    self.server.letters.append((sender, recipients, raw))
            elif verb == 'QUIT':
                self.say('221 bye')
                return
            else:
                self.say('250 ok')
