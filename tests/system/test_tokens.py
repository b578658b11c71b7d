# SPDX-License-Identifier: GPL-3.0-or-later
"""Access tokens (XOAUTH2) instead of passwords, at a real Dovecot that judges
them itself: signature, user and date."""
import os

from conftest import at
from letters import message
from test_whole import later, letters_to, settled


def site_with_tokens(sites, house, clerk, mailbox, smtp=None):
    """no password anywhere"""
    def without(settings):
        return {name: value for name, value in settings.items()
                if name != 'password_file'}
    return sites.plain([without(sites.mailbox(house, clerk, **mailbox))],
                       smtp=without(sites.smtp(house, **(smtp or {}))))


def enquire(house, clerk, subject):
    house.deliver(at('cllr.vane'), [clerk], message(
        at('cllr.vane'), at('officer'), subject,
        'Olu,\n\nWhen will the stile by the ford be mended?\n\nAda'))
    house.wait_delivered()


def test_mail_is_read_and_a_letter_sent_with_tokens_only(house, clerk, sites):
    enquire(house, clerk, 'Stile by the ford')
    tokens = {user: house.dovecot.token(user)
              for user in (clerk, at('enquiries'))}
    site = site_with_tokens(
        sites, house, clerk,
        {'token_command': 'echo ' + tokens[clerk]},
        {'token_file': 'token'})
    site.put('token', tokens[at('enquiries')] + '\n', 0o600)
    site.start('--pretend-now', later(4).isoformat())
    site.wait(lambda: settled(site), 60, 'the letter')
    house.wait_delivered()
    assert letters_to(house, 'officer', 'Stile')
    assert site.stop() == 0
    logins = [line for line in house.dovecot.log().splitlines()
              if 'Login: user=<%s>' % clerk in line]
    assert logins and all('method=XOAUTH2' in line and 'TLS' in line
                          for line in logins)
    assert 'sasl_method=XOAUTH2, sasl_username=' + at('enquiries') in \
        house.postfix.log()
    for token in tokens.values():
        assert token not in site.log()


def test_a_token_that_ran_out_is_asked_for_again(house, clerk, sites):
    enquire(house, clerk, 'Second stile')
    site = site_with_tokens(sites, house, clerk, {})
    asked = os.path.join(site.folder, 'asked')
    site.put('old', house.dovecot.token(clerk, seconds=-60) + '\n', 0o600)
    site.put('new', house.dovecot.token(clerk) + '\n', 0o600)
    site.settings['mailboxes'][0]['token_command'] = \
        'cd %s && if [ -e asked ]; then cat new; else cat old; fi; ' \
        'echo >>asked' % site.folder
    site.write()
    site.start()
    site.wait(lambda: site.count('message') == 1, 40, 'the message')
    assert site.stop() == 0
    with open(asked) as f:
        assert len(f.readlines()) == 2
    assert 'auth failed' in house.dovecot.log()


def test_a_token_of_somebody_else_opens_no_mailbox(house, clerk, sites):
    enquire(house, clerk, 'Third stile')
    token = house.dovecot.token(at('boss'))
    site = site_with_tokens(sites, house, clerk,
                            {'token_command': 'echo ' + token})
    site.start()
    site.wait(lambda: 'is user the mailbox\'s address' in site.log() or
              'user or password' in site.log(), 30, 'the trouble')
    assert site.count('message') == 0
    assert token not in site.log() and site.running()
    assert site.stop() == 0
