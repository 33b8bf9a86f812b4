"""Waiting for new mail: IDLE in short slices (RFC 2177) with a search after each, or polling.

What the server says during IDLE is only a hint: lines are lost between two commands, and a connection
that died says nothing at all. The search is what counts.
"""

import time

from mgtui.mailbox.connection import Connection
from mgtui.mailbox.folders import search
from mgtui.mailbox.responses import keyword
from mgtui.mailbox.settings import LONGEST_IDLE, ImapSettings


def wait(connection: Connection, settings: ImapSettings, first_unknown: int, timeout: float) -> bool:
    """Wait until the selected folder holds a mail with this UID or a later one.

    False if the time is up, or the bell was rung.
    """
    end = time.monotonic() + timeout
    while not has_mail_from(connection, first_unknown):
        left = end - time.monotonic()
        if left <= 0 or connection.wakeup.was_rung():
            return False
        if connection.can("IDLE"):
            _idle(connection, min(left, settings.idle_slice, LONGEST_IDLE))
        else:
            _pause(connection, min(left, settings.poll_interval))
    return True


def has_mail_from(connection: Connection, first_unknown: int) -> bool:
    """Search for newer mails; `n:*` names the last mail even where its UID is below n."""
    found = search(connection, f"UID {first_unknown}:*")
    return any(int(uid) >= first_unknown for uid in found)


def _idle(connection: Connection, seconds: float) -> None:
    """Idle until the server tells of a mail, or the time is up."""
    wire, bell = connection.wire, connection.wakeup.fileno()
    answer = wire.begin("IDLE")
    end = time.monotonic() + seconds
    accepted = False
    while answer.status is None and not accepted:
        accepted = wire.read_response()[0].startswith(b"+")
    # A mail may be told of in the same packet as the acceptance: what was read already counts.
    told = any(keyword(parts) in ("EXISTS", "RECENT") for parts in answer.untagged)
    while answer.status is None and not told and wire.is_readable(end - time.monotonic(), bell):
        told = keyword(wire.read_response()) in ("EXISTS", "RECENT")
    if answer.status is None:
        wire.send_line(b"DONE")
    wire.demand(wire.finish(answer), "waiting for mail")


def _pause(connection: Connection, seconds: float) -> None:
    """Let time pass, but notice at once when the server hangs up."""
    wire = connection.wire
    if wire.is_readable(seconds, connection.wakeup.fileno()):
        wire.read_response()
    wire.ask("NOOP", "asking for news")
