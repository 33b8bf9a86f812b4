"""Is every mail accounted for? In the log: fetched = pending + done + manual + quarantined, counted twice.

On the server: what stands in the inbox and is known + moved + vanished = fetched.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from eventstore import EventStore
from eventstore.events import BalanceFailed, BalanceRestored
from mgtui.grabber.grabber import Grabber
from mgtui.grabber.places import Row
from mgtui.mailbox import MailboxRefused

_OUTCOMES = ("pending", "done", "manual", "quarantined")
_FIGURES = ("fetched", *_OUTCOMES, "moved", "vanished")
_LOOKS = 3  #: a grabber at work moves mails between a look at the log and one at the server


@dataclass(frozen=True, slots=True)
class OnServer:
    """What the server has, in mails."""

    inbox: int
    new: int  #: of them, not in the log
    standing: int  #: of them, known and not yet moved
    back: int  #: of them, moved before and back: the next round moves them again
    missing: int  #: known and not moved, and not in the inbox
    done: int | None  #: in the folder for what is done; None where there is no such folder
    manual: int | None


def problems(row: Row, counted: Row | None) -> list[str]:
    """Say what doesn't add up in the log; `counted` are the same figures, counted from the mails."""
    found = []
    outcomes = sum(row[name] for name in _OUTCOMES)
    if row["fetched"] != outcomes:
        found.append(f"{row['fetched']} fetched, but {outcomes} with an outcome")
    if row["moved"] + row["vanished"] > row["fetched"]:
        found.append(f"{row['moved']} moved and {row['vanished']} vanished of {row['fetched']} fetched")
    for name in _FIGURES:
        again = (counted or {}).get(name) or 0
        if row[name] != again:
            found.append(f"{row[name]} {name}, but {again} when counted from the mails")
    return found


def problems_on(row: Row, server: OnServer) -> list[str]:
    """Say what doesn't add up between log and server."""
    accounted = server.standing + row["moved"] + row["vanished"]
    if server.missing:
        return [
            f"{row['fetched']} fetched, but {server.standing} in the inbox + {row['moved']} moved + "
            f"{row['vanished']} vanished = {accounted}: {server.missing} not where they should be"
        ]
    return []


def look(grabber: Grabber) -> OnServer:
    """Compare log and server, a few times where they differ. Raises `MailboxError`."""
    mailbox = grabber.mailbox
    mailbox.connect()
    done, manual = (_count(grabber, folder) for folder in (grabber.folders.done, grabber.folders.manual))
    missing: set[str] | None = None
    for _ in range(_LOOKS):
        rows = grabber.unmoved()
        place = mailbox.select(grabber.folders.inbox, look_only=True)
        uids = mailbox.uids()
        known = grabber.known(place, uids)
        here = {row["mail_id"] for row in known.values()}
        now = {row["mail_id"] for row in rows} - here
        missing = now if missing is None else missing & now
        if not missing:
            break
    states = [row["state"] for row in known.values()]
    standing = sum(state in ("fetched", "decided") for state in states)
    return OnServer(
        inbox=len(uids),
        new=len(uids) - len(known),
        standing=standing,
        back=len(known) - standing,
        missing=len(missing or ()),
        done=done,
        manual=manual,
    )


def _count(grabber: Grabber, folder: str) -> int | None:
    try:
        grabber.mailbox.select(folder, look_only=True)
    except MailboxRefused:
        return None
    return len(grabber.mailbox.uids())


def settle(store: EventStore, row: Row, server: OnServer | None, found: Sequence[str], actor: str) -> None:
    """Record that the mails don't add up, or do again, where the log doesn't say so already.

    Without a look at the server nothing that was found there is over.
    """
    why = "; ".join(found)
    if found and why != row["unbalanced"]:
        failed = BalanceFailed(
            grabber=row["grabber"],
            fetched=row["fetched"],
            standing=server.standing if server else row["fetched"] - row["moved"] - row["vanished"],
            moved=row["moved"],
            vanished=row["vanished"],
            why=why,
        )
        store.append(f"grabber-{row['grabber']}", [failed], actor=actor)
    if row["unbalanced"] and not found and server:
        store.append(f"grabber-{row['grabber']}", [BalanceRestored(grabber=row["grabber"])], actor=actor)


def check(grabber: Grabber, row: Row, counted: Row | None) -> None:
    """Look at log and server, and record what doesn't add up, or that it does again. Raises `MailboxError`."""
    found = problems(row, counted)
    server = look(grabber)
    settle(grabber.store, row, server, [*found, *problems_on(row, server)], grabber.actor)
