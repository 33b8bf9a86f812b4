"""Every mail that was fetched, where it is and how far it came; and the balance of each grabber."""

from collections.abc import Mapping
from typing import Any

from eventstore import events
from projections.projection import Fact, Lens, Projection, Row, Rows, Table

MAILS = Table(
    name="mails",
    columns={
        "mail_id": "TEXT",
        "grabber": "TEXT",
        "mailbox": "TEXT",
        "folder": "TEXT",
        "uid_validity": "TEXT",
        "uid": "TEXT",
        "content_digest": "TEXT",
        "size": "INTEGER",
        "fetched_at": "TEXT",
        "state": "TEXT",  # fetched, decided, moved, vanished
        "outcome": "TEXT",  # "", done, manual, quarantined
        "attempts": "INTEGER",
        "kind": "TEXT",
        "sender": "TEXT",
        "subject": "TEXT",
        "search": "TEXT",  # case-folded sender, addressees and subject
        "sent_at": "TEXT",
        "message_id": "TEXT",
        "attachments": "INTEGER",
        "contact_id": "TEXT",
        "address": "TEXT",  # of the contact: the one that matched
        "moved_to": "TEXT",
        "moved_uid": "TEXT",
    },
    key=("mail_id",),
    indexes=(
        ("mailbox", "folder", "state"),
        ("mailbox", "folder", "uid_validity", "uid"),
        ("content_digest",),
        ("message_id",),
        ("contact_id",),
    ),
)

#: For each grabber: fetched = pending + done + manual + quarantined, and moved + vanished <= fetched.
GRABBERS = Table(
    name="grabbers",
    columns={
        "grabber": "TEXT",
        "mailbox": "TEXT",
        "folder": "TEXT",
        "started_at": "TEXT",
        "last_success": "TEXT",
        "last_error": "TEXT",
        "last_error_at": "TEXT",
        "unbalanced": "TEXT",  # what doesn't add up, "" where all does
        "unbalanced_at": "TEXT",
        "paused_at": "TEXT",  # "" where it isn't
        "paused_by": "TEXT",
        "paused_why": "TEXT",
        "asked_at": "TEXT",  # when somebody told it last to look for mail at once
        "alert": "TEXT",  # what the server last wanted people to read
        "alert_at": "TEXT",
        "fetched": "INTEGER",
        "pending": "INTEGER",
        "done": "INTEGER",
        "manual": "INTEGER",
        "quarantined": "INTEGER",
        "moved": "INTEGER",
        "vanished": "INTEGER",
    },
    key=("grabber",),
)

#: Every contact that a mail is about: a report may name several.
MAIL_CONTACTS = Table(
    name="mail_contacts",
    columns={"contact_id": "TEXT", "mail_id": "TEXT"},
    key=("contact_id", "mail_id"),
)

_READS: Lens = {
    events.GrabberStarted: ("grabber", "mailbox", "folder"),
    events.FetchFailed: ("grabber", "error"),
    events.FetchResumed: ("grabber",),
    events.BalanceFailed: ("grabber", "why"),
    events.BalanceRestored: ("grabber",),
    events.GrabberPaused: ("grabber", "why"),
    events.GrabberResumed: ("grabber",),
    events.FetchAsked: ("grabber",),
    events.AlertReceived: ("grabber", "text"),
    events.MailFetched: (
        "mail_id", "grabber", "mailbox", "folder", "uid_validity", "uid", "content_digest", "size",
    ),
    events.MailClassified: (
        "mail_id", "kind", "sender", "addressees", "subject", "sent_at", "message_id", "attachments",
    ),
    events.ContactMatched: ("mail_id", "contact_id", "address"),
    events.ReviewRequested: ("mail_id",),
    events.DecisionHeld: ("mail_id",),
    events.MailQuarantined: ("mail_id",),
    events.ProcessingFailed: ("mail_id", "attempt"),
    events.AssignmentUndone: ("mail_id",),
    events.MailAssigned: ("mail_id", "contact_id", "address"),
    events.MailMoved: ("mail_id", "folder", "uid"),
    events.MailVanished: ("mail_id",),
    events.MailMetAgain: ("mail_id", "uid_validity", "uid"),
}  # fmt: skip


def _grabber(rows: Rows, name: str) -> Row:
    if found := rows.get(name):
        return dict(found)
    counts = dict.fromkeys(("fetched", "pending", "done", "manual", "quarantined", "moved", "vanished"), 0)
    blank = {**dict.fromkeys(GRABBERS.columns, ""), "grabber": name, **counts}
    return dict(rows.get(name) or blank)


def _started(rows: Rows, fact: Fact) -> None:
    row = _grabber(rows, fact.data["grabber"])
    row.update(mailbox=fact.data["mailbox"], folder=fact.data["folder"], started_at=fact.recorded_at)
    rows.put(row)


def _failed(rows: Rows, fact: Fact) -> None:
    row = _grabber(rows, fact.data["grabber"])
    rows.put({**row, "last_error": fact.data["error"], "last_error_at": fact.recorded_at})


def _resumed(rows: Rows, fact: Fact) -> None:
    rows.put({**_grabber(rows, fact.data["grabber"]), "last_success": fact.recorded_at})


def _told(rows: Rows, fact: Fact) -> None:
    """Note what people, the server or a check said of a grabber."""
    row = _grabber(rows, fact.data["grabber"])
    match fact.type:
        case "BalanceFailed":
            row.update(unbalanced=fact.data["why"], unbalanced_at=fact.recorded_at)
        case "BalanceRestored":
            row.update(unbalanced="", unbalanced_at="")
        case "GrabberPaused":
            row.update(paused_at=fact.recorded_at, paused_by=fact.actor, paused_why=fact.data["why"])
        case "GrabberResumed":
            row.update(paused_at="", paused_by="", paused_why="")
        case "FetchAsked":
            row["asked_at"] = fact.recorded_at
        case "AlertReceived":
            row.update(alert=fact.data["text"], alert_at=fact.recorded_at)
    rows.put(row)


def _fetched(tables: Mapping[str, Rows], fact: Fact) -> None:
    blank: dict[str, Any] = dict.fromkeys(MAILS.columns, "")
    blank.update(fact.data, fetched_at=fact.recorded_at, state="fetched", attempts=0, attachments=0)
    blank.update(sent_at=None, contact_id=None)
    tables["mails"].put(blank)
    row = _grabber(tables["grabbers"], fact.data["grabber"])
    row.update(fetched=row["fetched"] + 1, pending=row["pending"] + 1, last_success=fact.recorded_at)
    tables["grabbers"].put(row)


def _settle(tables: Mapping[str, Rows], mail: Row, outcome: str) -> None:
    """Count a mail under its outcome and no longer under the one before."""
    before, mail["outcome"] = mail["outcome"] or "pending", outcome
    row = _grabber(tables["grabbers"], mail["grabber"])
    row[before] -= 1
    row[outcome] += 1
    tables["grabbers"].put(row)


def _left(tables: Mapping[str, Rows], mail: Row, state: str) -> None:
    mail["state"] = state
    row = _grabber(tables["grabbers"], mail["grabber"])
    row[state] += 1
    tables["grabbers"].put(row)


def _came_back(tables: Mapping[str, Rows], mail: Row) -> None:
    row = _grabber(tables["grabbers"], mail["grabber"])
    row[mail["state"]] -= 1
    tables["grabbers"].put(row)
    mail["state"] = "decided"


def fold(tables: Mapping[str, Rows], fact: Fact) -> None:
    """Fold an event into the mail it is about and into the balance of its grabber."""
    match fact.type:
        case "GrabberStarted":
            _started(tables["grabbers"], fact)
            return
        case "FetchFailed":
            _failed(tables["grabbers"], fact)
            return
        case "FetchResumed":
            _resumed(tables["grabbers"], fact)
            return
        case (
            "BalanceFailed"
            | "BalanceRestored"
            | "GrabberPaused"
            | "GrabberResumed"
            | "FetchAsked"
            | "AlertReceived"
        ):
            _told(tables["grabbers"], fact)
            return
        case "MailFetched":
            _fetched(tables, fact)
            return
    found = tables["mails"].get(fact.data["mail_id"])
    if found is None:
        return
    mail = dict(found)
    _fold_mail(tables, mail, fact)
    tables["mails"].put(mail)


def _fold_mail(tables: Mapping[str, Rows], mail: Row, fact: Fact) -> None:
    match fact.type:
        case "MailClassified":
            data = dict(fact.data)
            sender, addressees = data.pop("sender"), data.pop("addressees")
            search = " ".join((*sender, *addressees, data["subject"])).casefold()
            mail.update(data, sender=next(iter(sender), ""), search=search)
            if mail["state"] == "fetched":
                mail["state"] = "decided"
                _settle(tables, mail, "done")
        case "ReviewRequested" | "DecisionHeld":
            if mail["outcome"] == "done" and mail["state"] == "decided":
                _settle(tables, mail, "manual")
        case "MailQuarantined":
            mail["state"] = "decided"
            _settle(tables, mail, "quarantined")
        case "ProcessingFailed":
            mail["attempts"] = fact.data["attempt"]
        case "ContactMatched" | "MailAssigned":
            mail.update(contact_id=fact.data["contact_id"], address=fact.data["address"])
            tables["mail_contacts"].put({name: mail[name] for name in MAIL_CONTACTS.columns})
        case "AssignmentUndone":
            mail["contact_id"] = None
        case "MailMoved":
            if not mail["outcome"]:  # its classification was erased since
                _settle(tables, mail, "done")
            mail.update(moved_to=fact.data["folder"], moved_uid=fact.data["uid"])
            _left(tables, mail, "moved")
        case "MailVanished":
            _left(tables, mail, "vanished")
        case "MailMetAgain":
            if mail["state"] in ("moved", "vanished"):
                _came_back(tables, mail)
            mail.update(uid_validity=fact.data["uid_validity"], uid=fact.data["uid"])
        case _:
            pass


PROJECTION = Projection(
    name="mails",
    version=7,
    tables=(MAILS, GRABBERS, MAIL_CONTACTS),
    reads=_READS,
    fold=fold,
    asks={"mails": "mail_id"},
)

UNMOVED = """
    SELECT * FROM mails WHERE mailbox = ? AND folder = ? AND state IN ('fetched', 'decided')
    ORDER BY fetched_at, mail_id
"""
#: of those, the ones in one state, with what a grabber needs of them
WAITING = """
    SELECT mail_id, folder, uid_validity, uid, content_digest, state, outcome, attempts FROM mails
    WHERE mailbox = ? AND folder = ? AND state = ? ORDER BY fetched_at, mail_id
"""
#: `{places}` becomes as many question marks as there are uids
AT_PLACES = "SELECT * FROM mails WHERE mailbox = ? AND folder = ? AND uid_validity = ? AND uid IN ({places})"
#: by content; `{places}` becomes as many question marks as there are digests
TWINS = """
    SELECT mail_id, content_digest, state, moved_to, moved_uid FROM mails
    WHERE mailbox = ? AND content_digest IN ({places}) ORDER BY fetched_at DESC, mail_id
"""
#: a UIDVALIDITY that known mails of this folder have, the given one if it is among them
VALIDITY = """
    SELECT * FROM (
        SELECT uid_validity FROM mails WHERE mailbox = ?1 AND folder = ?2 AND uid_validity = ?3 LIMIT 1
    ) UNION ALL SELECT * FROM (
        SELECT uid_validity FROM mails WHERE mailbox = ?1 AND folder = ?2
        ORDER BY uid_validity DESC LIMIT 1
    ) LIMIT 1
"""
MOVED_HERE = "SELECT moved_uid FROM mails WHERE mailbox = ? AND moved_to = ? AND state = 'moved'"
MAIL = "SELECT * FROM mails WHERE mail_id = ?"
MAIL_BY_PREFIX = "SELECT * FROM mails WHERE mail_id >= ? AND mail_id < ? || 'g' LIMIT 2"
KINDS = "SELECT kind, count(*) AS mails FROM mails WHERE kind <> '' GROUP BY kind ORDER BY mails DESC, kind"
BALANCE = "SELECT * FROM grabbers ORDER BY grabber"
PAUSED = "SELECT paused_by, paused_why FROM grabbers WHERE grabber = ? AND paused_at <> ''"
#: the same figures, counted from the mails themselves
COUNTED = """
    SELECT grabber, count(*) AS fetched, sum(outcome = '') AS pending, sum(outcome = 'done') AS done,
        sum(outcome = 'manual') AS manual, sum(outcome = 'quarantined') AS quarantined,
        sum(state = 'moved') AS moved, sum(state = 'vanished') AS vanished
    FROM mails GROUP BY grabber ORDER BY grabber
"""
ABOUT_CONTACT = """
    SELECT m.mail_id, m.content_digest FROM mail_contacts c JOIN mails m USING (mail_id) WHERE c.contact_id = ?
"""
WITH_DIGEST = "SELECT mail_id FROM mails WHERE content_digest = ?"
OF_CONTACT = """
    SELECT * FROM mails WHERE contact_id = ? ORDER BY coalesce(sent_at, fetched_at) DESC, mail_id LIMIT ?
"""
