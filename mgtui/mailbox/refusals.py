"""What a server's refusal means: can trying again help, or must a person act? (RFC 5530, RFC 9051 7.1)."""

import re

from mgtui.mailbox.errors import MailboxError, MailboxRefused, MailboxUnavailable
from mgtui.mailbox.responses import Status

#: What to do, by response code; where a person must act.
_REFUSED = {
    "AUTHENTICATIONFAILED": "check the user name and the password",
    "AUTHORIZATIONFAILED": "the account may not use this mailbox",
    "EXPIRED": "the password has expired",
    "PRIVACYREQUIRED": "the server wants encryption: use tls or starttls",
    "CONTACTADMIN": "ask the people who run the server",
    "NOPERM": "the account has no right to do that",
    "CANNOT": "the server can't do that",
    "NONEXISTENT": "there is no such folder",
    "TRYCREATE": "there is no such folder",
    "READ-ONLY": "the folder is read-only",
}
#: The same where waiting can help.
_UNAVAILABLE = {
    "UNAVAILABLE": "the server has a problem of its own",
    "SERVERBUG": "the server has a problem of its own",
    "CORRUPTION": "the server has a problem of its own",
    "LIMIT": "a limit of the server is reached",
    "OVERQUOTA": "the mailbox is full",
    "THROTTLED": "the server wants us to slow down",
    "INUSE": "another program is working on the folder",
    "EXPUNGEISSUED": "mails were removed meanwhile",
}
_PASSING = re.compile(
    r"try again|temporar|too many|busy|unavailable|internal|throttl|rate limit|time(d )?out|in use",
    re.IGNORECASE,
)


#: Codes with which a server that has had enough of us answers, and the seconds it is left alone then.
_PATIENCE = {"THROTTLED": 60.0, "LIMIT": 60.0, "INUSE": 10.0}
#: What Exchange Online says beside that, and also in a BYE.
_SUGGESTED = re.compile(r"suggested backoff time: (\d{1,9}) milliseconds", re.IGNORECASE)
MOST_PATIENCE = 3600.0


def patience(status: Status) -> float:
    """Tell how many seconds a server wants to be left alone, 0 where it doesn't say."""
    said = _SUGGESTED.search(status.text)
    if said:
        return min(int(said[1]) / 1000, MOST_PATIENCE)
    return _PATIENCE.get(status.code, 0.0)


def translate(
    place: str, doing: str, status: Status, otherwise: type[MailboxError] = MailboxUnavailable
) -> MailboxError:
    """Say in one line what was refused and what helps; `otherwise` is for a NO without a known code."""
    said = f": {status.text}" if status.text else ""
    if status.code in _REFUSED:
        return MailboxRefused(f"{place}: {doing}: {_REFUSED[status.code]}{said}")
    if status.code in _UNAVAILABLE:
        text = f"{place}: {doing}: {_UNAVAILABLE[status.code]}{said}"
        return MailboxUnavailable(text, patience(status))
    text = f"{place}: {doing}{said or ': refused without a reason'}"
    if status.word == "BAD" and not patience(status):
        return MailboxRefused(f"{text} (the server doesn't understand the command)")
    if _PASSING.search(status.text) or patience(status):
        return MailboxUnavailable(text, patience(status))
    return otherwise(text)
