# SPDX-License-Identifier: GPL-3.0-or-later
"""A real mail system in a folder: Dovecot and Postfix on loopback, with a
certificate authority of its own. Several can run side by side; each is ended
by the ids of its own processes, and leaves nothing behind.

Dovecot runs entirely as an unprivileged user. Postfix's master process needs
root; everything that talks to the network runs as user postfix. Postfix hands
mail for the house's users to virtual(8), which writes into the Maildirs that
Dovecot serves.
"""
import base64
import contextlib
import datetime
import hmac
import imaplib
import json
import os
import pwd
import shutil
import signal
import smtplib
import socket
import ssl
import subprocess
import time

MAIL_USER = 'nobody'  # who owns the mailboxes
POSTFIX = '/usr/sbin/postfix'
DOVECOT = '/usr/sbin/dovecot'


def missing():
    """why there can be no mail house here, or None"""
    if os.geteuid() != 0:
        return "Postfix's master process needs root"
    for program, package in ((POSTFIX, 'postfix'),
                             (DOVECOT, 'dovecot-imapd')):
        if not os.access(program, os.X_OK):
            return '%s is missing: install %s' % (program, package)
    if shutil.which('openssl') is None:
        return 'openssl is missing'
    return None


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def wait_for_port(port, process=None, seconds=15):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            socket.create_connection(('127.0.0.1', port), 1).close()
            return True
        if process is not None and process.poll() is not None:
            return False
        time.sleep(0.02)
    return False


def quiet(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise RuntimeError('%s: %s' % (' '.join(command),
                                       done.stdout + done.stderr))
    return done.stdout


def alive(pid):
    """a process that has ended but that nobody waits for is not alive"""
    try:
        with open('/proc/%d/stat' % pid) as f:
            return f.read().rsplit(')', 1)[1].split()[0] != 'Z'
    except OSError:
        return False


class Authority:
    """A certificate authority, and certificates good and bad."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)
        self.ca = os.path.join(folder, 'ca.pem')
        self.key = os.path.join(folder, 'ca.key')
        self._new_key(self.key)
        quiet('openssl', 'req', '-x509', '-new', '-key', self.key, '-days',
              '30', '-subj', '/CN=Authority of a test', '-out', self.ca,
              '-addext', 'keyUsage=critical,keyCertSign,cRLSign')

    @staticmethod
    def _new_key(path):
        quiet('openssl', 'genpkey', '-quiet', '-algorithm', 'EC', '-pkeyopt',
              'ec_paramgen_curve:P-256', '-out', path)

    def issue(self, name='localhost', label=None, expired=False, own=False,
              usage='serverAuth'):
        """(certificate, key) for a host name; own: signed by itself"""
        base = os.path.join(self.folder, label or name)
        key, request, cert = base + '.key', base + '.csr', base + '.pem'
        extensions = base + '.ext'
        self._new_key(key)
        with open(extensions, 'w') as f:
            f.write('subjectAltName=DNS:%s\nextendedKeyUsage=%s\n'
                    % (name, usage))
        quiet('openssl', 'req', '-new', '-key', key, '-subj', '/CN=' + name,
              '-out', request)
        signer = ['-signkey', key] if own else \
            ['-CA', self.ca, '-CAkey', self.key, '-CAcreateserial']
        days = ['-days', '-1'] if expired else ['-days', '20']
        quiet('openssl', 'x509', '-req', '-in', request, *signer, *days,
              '-extfile', extensions, '-out', cert)
        return cert, key


class Dovecot:
    def __init__(self, folder, authority, users, password='sesame'):
        self.folder = folder
        self.password = password
        self.token_key = os.urandom(32)
        self.authority = authority
        self.users = dict((user, password) for user in users)
        self.port, self.tls_port = free_port(), free_port()
        self.process = None
        self.owner = pwd.getpwnam(MAIL_USER)
        os.makedirs(folder)
        self.auth_socket = os.path.join(folder, 'auth')
        self.cert, self.key = authority.issue(label='imap')
        for user in users:
            self.add(user)
        self._write()
        self._own()

    def token(self, user, seconds=600, key=None):
        """an access token that is in date for so long (RFC 7519, HS256)"""
        now = int(time.time())
        signed = b'.'.join(
            base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b'=')
            for part in ({'alg': 'HS256', 'typ': 'JWT'},
                         {'email': user, 'sub': user, 'iat': now - 3600,
                          'nbf': now - 3600, 'exp': now + seconds}))
        proof = hmac.digest(key or self.token_key, signed, 'sha256')
        return b'.'.join((signed, base64.urlsafe_b64encode(proof)
                          .rstrip(b'='))).decode()

    def home(self, user):
        return os.path.join(self.folder, 'mail', user)

    def maildir(self, user, folder='INBOX'):
        base = os.path.join(self.home(user), 'Maildir')
        return base if folder == 'INBOX' else os.path.join(base, '.' + folder)

    def add(self, user):
        for folder in ('INBOX', 'Sent'):
            for part in ('cur', 'new', 'tmp'):
                os.makedirs(os.path.join(self.maildir(user, folder), part))

    def _own(self):
        for folder, folders, names in os.walk(self.folder):
            for name in [folder] + [os.path.join(folder, n) for n in names]:
                os.chown(name, self.owner.pw_uid, self.owner.pw_gid)

    def _write(self):
        with open(os.path.join(self.folder, 'users'), 'w') as f:
            for user, password in self.users.items():
                f.write('%s:{PLAIN}%s\n' % (user, password))
        keys = os.path.join(self.folder, 'keys', 'default', 'HS256')
        os.makedirs(keys, exist_ok=True)
        with open(os.path.join(keys, 'default'), 'wb') as f:
            f.write(base64.b64encode(self.token_key))
        with open(os.path.join(self.folder, 'oauth2.conf'), 'w') as f:
            f.write(OAUTH2_CONF.format(d=self.folder))
        shutil.copy(self.cert, os.path.join(self.folder, 'cert.pem'))
        shutil.copy(self.key, os.path.join(self.folder, 'key.pem'))
        self.conf = os.path.join(self.folder, 'dovecot.conf')
        with open(self.conf, 'w') as f:
            f.write(DOVECOT_CONF.format(
                d=self.folder, user=MAIL_USER, port=self.port,
                tls_port=self.tls_port, auth=self.auth_socket,
                uid=self.owner.pw_uid, gid=self.owner.pw_gid))

    def start(self):
        log = open(os.path.join(self.folder, 'start.log'), 'w')
        self.process = subprocess.Popen(
            ['setpriv', '--reuid', str(self.owner.pw_uid), '--regid',
             str(self.owner.pw_gid), '--clear-groups', DOVECOT, '-F', '-c',
             self.conf], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            cwd=self.folder)
        log.close()
        for port in (self.port, self.tls_port):
            if not wait_for_port(port, self.process):
                raise RuntimeError('Dovecot did not start: ' + self.log())

    def log(self):
        text = ''
        for name in ('start.log', 'dovecot.log'):
            with contextlib.suppress(OSError):
                with open(os.path.join(self.folder, name)) as f:
                    text += f.read()
        return text

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def connect(self, user, folder=None, readonly=True):
        box = imaplib.IMAP4('127.0.0.1', self.port)
        box.login(user, self.users[user])
        if folder:
            box.select(folder, readonly=readonly)
        return box

    def append(self, user, folder, raw, when=None):
        """puts a message there, received at when (aware datetime)"""
        with self.connect(user) as box:
            date = imaplib.Time2Internaldate(when or time.time())
            answer = box.append(folder, '', date, crlf(raw))
            if answer[0] != 'OK':
                raise RuntimeError(str(answer))

    def append_many(self, user, folder, items):
        with self.connect(user) as box:
            for raw, when in items:
                answer = box.append(folder, '',
                                    imaplib.Time2Internaldate(when),
                                    crlf(raw))
                if answer[0] != 'OK':
                    raise RuntimeError(str(answer))

    def messages(self, user, folder='INBOX'):
        """the raw messages there, without touching them"""
        with self.connect(user, folder) as box:
            data = box.uid('FETCH', '1:*', '(BODY.PEEK[])')[1]
        return [item[1] for item in data if isinstance(item, tuple)]

    def flags(self, user, folder='INBOX'):
        with self.connect(user, folder) as box:
            return box.uid('FETCH', '1:*', '(FLAGS)')[1]


# Tokens are judged by Dovecot itself: signed with the key, for the user that
# their "email" names, and in date.
OAUTH2_CONF = '''
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={d}/keys/
username_attribute = email
'''

DOVECOT_CONF = '''
base_dir = {d}/run
state_dir = {d}/run
log_path = {d}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_login_user = {user}
default_internal_group = nogroup
first_valid_uid = 1
last_valid_uid = 0
ssl = yes
ssl_cert = <{d}/cert.pem
ssl_key = <{d}/key.pem
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
mail_location = maildir:~/Maildir
mail_fsync = never
mail_max_userip_connections = 100
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = username_format=%u {d}/users
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {d}/oauth2.conf
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={d}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service auth {{
  unix_listener {auth} {{
    mode = 0666
  }}
}}
service stats {{
  chroot =
}}
'''


class Postfix:
    def __init__(self, folder, authority, dovecot, domains):
        self.folder, self.dovecot = folder, dovecot
        self.port, self.tls_port = free_port(), free_port()
        self.domains = domains
        os.makedirs(folder)
        for name in ('queue', 'data', 'conf'):
            os.makedirs(os.path.join(folder, name))
        shutil.chown(os.path.join(folder, 'data'), 'postfix')
        self.conf = os.path.join(folder, 'conf')
        self.log_path = os.path.join(folder, 'mail.log')
        self.cert, self.key = authority.issue(label='smtp')
        self._write()
        self.running = False

    def _write(self):
        owner = self.dovecot.owner
        boxes = os.path.join(self.conf, 'boxes')
        with open(boxes, 'w') as f:
            for user in self.dovecot.users:
                if '@' in user:
                    f.write('%s %s/Maildir/\n' % (user, user))
        with open(os.path.join(self.conf, 'main.cf'), 'w') as f:
            f.write(POSTFIX_MAIN.format(
                d=self.folder, conf=self.conf, cert=self.cert, key=self.key,
                domains=' '.join(self.domains), boxes=boxes,
                mail=os.path.join(self.dovecot.folder, 'mail'),
                uid=owner.pw_uid, gid=owner.pw_gid,
                auth=self.dovecot.auth_socket))
        with open(os.path.join(self.conf, 'master.cf'), 'w') as f:
            f.write(POSTFIX_MASTER.format(port=self.port,
                                          tls_port=self.tls_port))

    def _postfix(self, *command):
        # "postfix start" reports through a descriptor it inherits; a pipe
        # would never end.
        with open(os.path.join(self.folder, 'start.log'), 'a') as log:
            return subprocess.run([POSTFIX, '-c', self.conf, *command],
                                  stdin=subprocess.DEVNULL, stdout=log,
                                  stderr=log).returncode

    def start(self):
        if self._postfix('start') != 0 or not wait_for_port(self.port):
            raise RuntimeError('Postfix did not start: ' + self.log())
        self.running = True

    def pid(self):
        try:
            with open(os.path.join(self.folder, 'queue', 'pid',
                                   'master.pid')) as f:
                return int(f.read())
        except (OSError, ValueError):
            return 0

    def log(self):
        text = ''
        for path in (os.path.join(self.folder, 'start.log'), self.log_path):
            with contextlib.suppress(OSError):
                with open(path) as f:
                    text += f.read()
        return text

    def stop(self):
        pid = self.pid()
        if not self.running or pid == 0:
            return
        self.running = False
        # The master is the head of a process group of its own making.
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGTERM)
        for _ in range(250):
            if not alive(pid):
                break
            time.sleep(0.02)
        else:
            with contextlib.suppress(OSError):
                os.killpg(pid, signal.SIGKILL)

    def deliver(self, sender, recipients, raw):
        with smtplib.SMTP('127.0.0.1', self.port, timeout=20) as relay:
            relay.sendmail(sender, recipients, crlf(raw))

    def queue(self):
        """number of messages that are still in the queue"""
        out = subprocess.run(['/usr/sbin/postqueue', '-c', self.conf, '-j'],
                             capture_output=True, text=True)
        return len(out.stdout.splitlines())


POSTFIX_MAIN = '''
compatibility_level = 3.6
queue_directory = {d}/queue
data_directory = {d}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {d}/mail.log
maillog_file_prefixes = {d}
myhostname = localhost
myorigin = localhost
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
local_transport = error:no local mail
default_transport = error:nothing leaves this house
virtual_mailbox_domains = {domains}
virtual_mailbox_maps = texthash:{boxes}
virtual_mailbox_base = {mail}
virtual_mailbox_limit = 0
mailbox_size_limit = 0
message_size_limit = 209715200
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
smtpd_tls_cert_file = {cert}
smtpd_tls_key_file = {key}
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {auth}
smtpd_recipient_restrictions = permit_mynetworks, reject
smtpd_peername_lookup = no
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtp_host_lookup = native
maximal_queue_lifetime = 1h
bounce_queue_lifetime = 1h
in_flow_delay = 0
'''

POSTFIX_MASTER = '''
127.0.0.1:{port} inet n - n - - smtpd
127.0.0.1:{tls_port} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
'''


# Waits until whoever made the house is gone, however that came about, and then
# ends what is left of it. Processes are known by the folder they work in.
GUARD = '''
read -r nothing
left=
for file in dovecot/run/master.pid postfix/queue/pid/master.pid; do
	pid=$(tr -d " " <"$0/$file") || continue
	case $(readlink "/proc/$pid/cwd") in
	"$0"/*)
		kill "$pid"
		left=yes
		;;
	esac
done
if [ -n "$left" ]; then
	sleep 2
	rm -rf "$0"
fi
'''


class MailHouse:
    """Both, ready. users: addresses with a mailbox each."""

    def __init__(self, folder, users, password='sesame'):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)
        os.chmod(folder, 0o755)
        self.authority = Authority(os.path.join(folder, 'authority'))
        self.dovecot = Dovecot(os.path.join(folder, 'dovecot'),
                               self.authority, users, password)
        domains = sorted({u.split('@')[1] for u in users if '@' in u})
        self.postfix = Postfix(os.path.join(folder, 'postfix'),
                               self.authority, self.dovecot, domains)

    def start(self):
        self.guard = subprocess.Popen(
            ['/bin/sh', '-c', GUARD, self.folder], stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True)
        try:
            self.dovecot.start()
            self.postfix.start()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self):
        self.postfix.stop()
        self.dovecot.stop()
        self.guard.stdin.close()
        self.guard.wait()

    def __enter__(self):
        return self.start()

    def __exit__(self, *what):
        self.stop()

    def deliver(self, sender, recipients, raw):
        self.postfix.deliver(sender, recipients, raw)

    def wait_delivered(self, seconds=20):
        end = time.monotonic() + seconds
        while self.postfix.queue() and time.monotonic() < end:
            time.sleep(0.05)


def crlf(raw):
    if isinstance(raw, str):
        raw = raw.encode()
    return raw.replace(b'\r\n', b'\n').replace(b'\n', b'\r\n')


def client_context(authority):
    return ssl.create_default_context(cafile=authority.ca)


def now():
    return datetime.datetime.now(datetime.timezone.utc)
