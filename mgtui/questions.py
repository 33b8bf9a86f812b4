"""Plain questions that the screens and the command line ask of the read models."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from eventstore import BlobStore, EventStore, Recorded
from mgtui.contacts import ContactState, Sent, Variants, bare_message_id, normalise
from projections import bounces, contacts, documents, mails, reviews, suppressions
from projections.fields import as_list, base_of, escape_like

Row = dict[str, Any]
Query = Callable[[str, Sequence[Any]], list[Row]]
PAGE = 5000  #: rows that are asked for at a time where all are gone through
CHUNK = 500  #: values bound in one query
LAST_ITEM = 1 << 62
LAST_NAME = ("\U0010ffff", "")  #: behind every contact's (name, id)


@dataclass(frozen=True, slots=True)
class Answer:
    """May this address be written to, and why; `event` is the position of the suppression that spoke."""

    address: str
    category: str
    may_send: bool
    reason: str
    event: int | None = None


@dataclass(frozen=True, slots=True)
class Questions:
    """Every question, each one indexed query or a few."""

    store: EventStore
    blobs: BlobStore
    query: Query
    variants: Variants = field(default_factory=Variants)

    # contacts

    def holders(self, addresses: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Give the ids of the contacts that have each address (normalised); nobody's are left out.

        Where the configuration says that tags or dots make no difference, whoever has a variant has it too.
        """
        asked = sorted(set(addresses))
        found: dict[str, dict[str, None]] = {}
        for row in self._in(contacts.BY_ADDRESSES, asked):
            found.setdefault(row["address"], {})[row["contact_id"]] = None
        varied = [address for address in asked if self.variants.has(address)]
        by_base: dict[str, list[Row]] = {}
        for row in self._in(contacts.BY_BASES, sorted({base_of(address) for address in varied})):
            by_base.setdefault(row["base"], []).append(row)
        for address in varied:
            for row in by_base.get(base_of(address), ()):
                if self.variants.same(row["address"], address):
                    found.setdefault(address, {})[row["contact_id"]] = None
        return {address: tuple(sorted(ids)) for address, ids in found.items()}

    def sent(self, message_ids: Iterable[str]) -> dict[str, tuple[Sent, ...]]:
        """Give the outgoing mails in the archive that have these Message-IDs (bare)."""
        asked = [form for bare in sorted(set(message_ids)) for form in (bare, f"<{bare}>")]
        found: dict[str, tuple[Sent, ...]] = {}
        for row in self._in(documents.SENT, asked):
            bare = bare_message_id(row["message_id"])
            sent = Sent(row["mail_id"], row["contact_id"], row["address"], row["grabber"])
            found[bare] = (*found.get(bare, ()), sent)
        return found

    def _in(self, sql: str, values: Sequence[str], before: Sequence[Any] = ()) -> Iterator[Row]:
        """Ask with as many values as there are, in as many queries as it takes."""
        for at in range(0, len(values), CHUNK):
            chunk = values[at : at + CHUNK]
            yield from self.query(sql.format(places=",".join("?" * len(chunk))), (*before, *chunk))

    def stock(self, ids: Sequence[str]) -> dict[str, ContactState]:
        """Give the known ones of these contacts as an import compares them: without bounces and version."""
        return {row["contact_id"]: _state(row) for row in self._in(contacts.BY_IDS, ids)}

    def standing(self) -> Iterator[tuple[str, str, str]]:
        """Give id, name and source of every contact that its source still has."""
        after = ""
        while rows := self.query(contacts.STANDING, (after, PAGE)):
            yield from ((row["contact_id"], row["name"], row["source"]) for row in rows)
            after = rows[-1]["contact_id"]

    def contact(self, contact_id: str) -> Row | None:
        """Give a contact with its bounce counts, suppressions and documents, None where there is none."""
        rows = self.query(contacts.CONTACT, (contact_id,))
        if not rows:
            return None
        return {
            **_contact(rows[0]),
            "bounces": self.query(bounces.OF_CONTACT, (contact_id,)),
            "suppressions": self.query(suppressions.OF_CONTACT, (contact_id,)),
            "documents": self.query(documents.OF_CONTACT, (contact_id, 100)),
        }

    def contacts(self, text: str = "", after: tuple[str, str] = ("", ""), limit: int = 50) -> list[Row]:
        """Search contacts by id, name or address; `after` is (name, id) of the last one seen."""
        pattern = f"%{escape_like(text.casefold())}%"
        return [_contact(row) for row in self.query(contacts.SEARCH, (pattern, *after, limit))]

    def contacts_page(
        self, text: str, anchor: tuple[str, str] | None, backwards: bool, limit: int
    ) -> list[Row]:
        """Search contacts on either side of (name, id) `anchor`, or from an end; ordered by name either way."""
        pattern = f"%{escape_like(text.casefold())}%"
        sql = contacts.SEARCH_BACK if backwards else contacts.SEARCH
        rows = self.query(sql, (pattern, *(anchor or (LAST_NAME if backwards else ("", ""))), limit))
        return [_contact(row) for row in (reversed(rows) if backwards else rows)]

    def contact_count(self) -> int:
        """Count the contacts."""
        return int(self.query(contacts.COUNT, ())[0]["contacts"])

    # the queue and the import list

    def open_items(self, queue: str, after: int = 0, limit: int = 200) -> list[Row]:
        """List the open items of `bounces` or `imports`, oldest first, from the item number `after` on."""
        return [_item(row) for row in self.query(reviews.OPEN, (queue, after, limit))]

    def open_page(self, queue: str, text: str, anchor: int | None, backwards: bool, limit: int) -> list[Row]:
        """List open items that hold `text`, on either side of item `anchor`, or from an end; oldest first."""
        pattern = f"%{escape_like(text)}%"
        span = (0, anchor or LAST_ITEM) if backwards else (anchor or 0, LAST_ITEM)
        sql = reviews.OPEN_PAGE.format(order="DESC" if backwards else "ASC")
        rows = self.query(sql, (queue, *span, pattern, pattern, limit))
        return [_item(row) for row in (reversed(rows) if backwards else rows)]

    def item(self, item: int) -> Row | None:
        """Give one item, open or closed."""
        rows = self.query(reviews.ITEM, (item,))
        return _item(rows[0]) if rows else None

    def open_counts(self) -> dict[str, int]:
        """Count the open items of each queue."""
        counts = {"bounces": 0, "imports": 0}
        return counts | {row["queue"]: row["open"] for row in self.query(reviews.COUNTS, ())}

    # mails

    def mail(self, mail_id: str) -> Row | None:
        """Give a mail by its id or an unambiguous beginning of it."""
        rows = self.query(mails.MAIL, (mail_id,)) or self.query(mails.MAIL_BY_PREFIX, (mail_id, mail_id))
        return rows[0] if len(rows) == 1 else None

    def raw(self, mail_id: str) -> bytes:
        """Give a mail's bytes as they came. Raises `KeyError` for an unknown mail."""
        row = self.mail(mail_id)
        if row is None:
            raise KeyError(mail_id)
        return self.blobs.get(row["content_digest"])

    def unmoved(self, mailbox: str, folder: str) -> list[Row]:
        """List mails of a folder that are stored and not yet moved, in the order they were fetched."""
        return self.query(mails.UNMOVED, (mailbox, folder))

    def at(self, mailbox: str, folder: str, uid_validity: str, uids: Sequence[str]) -> dict[str, Row]:
        """Give the known mails at these places, by uid."""
        place = (mailbox, folder, uid_validity)
        return {row["uid"]: row for row in self._in(mails.AT_PLACES, uids, place)}

    def moved_here(self, mailbox: str, folder: str) -> set[str]:
        """List the uids, in a target folder, of the mails that are recorded as moved there."""
        return {row["moved_uid"] for row in self.query(mails.MOVED_HERE, (mailbox, folder))}

    def twins(self, mailbox: str, digests: Sequence[str]) -> list[Row]:
        """Give the known mails of a mailbox with these bytes: id, digest, state, and where they moved to."""
        return list(self._in(mails.TWINS, digests, (mailbox,)))

    def validity(self, mailbox: str, folder: str, uid_validity: str) -> str:
        """Give a UIDVALIDITY that mails of a folder had: this one if any had it, "" where none is known."""
        rows = self.query(mails.VALIDITY, (mailbox, folder, uid_validity))
        return str(rows[0]["uid_validity"]) if rows else ""

    def kinds(self) -> dict[str, int]:
        """Count the mails of each kind, the most frequent first."""
        return {row["kind"]: row["mails"] for row in self.query(mails.KINDS, ())}

    def balance(self) -> list[Row]:
        """Give each grabber's figures: fetched = pending + done + manual + quarantined."""
        return self.query(mails.BALANCE, ())

    def counted(self) -> dict[str, Row]:
        """Count the same figures anew from the mails, by grabber."""
        return {row["grabber"]: row for row in self.query(mails.COUNTED, ())}

    # may we write?

    def suppressions(self, after: int = 0, limit: int = 1000) -> list[Row]:
        """List suppressions, in the order they came."""
        rows = self.query(suppressions.ALL, (after, limit))
        return [{**row, "categories": as_list(row["categories"])} for row in rows]

    def suppressions_of(self, address: str) -> list[Row]:
        """List the suppressions of an address (normalised), those that ended included."""
        return self.query(suppressions.OF_ADDRESS, (address,))

    def may_send(self, address: str, category: str, always_send: Iterable[str], today: date) -> Answer:
        """Say whether a mail of this category may go to an address, and what forbids it."""
        normal = normalise(address)
        if not normal:
            return Answer(address, category, False, "this is no mail address")
        standing = [
            row for row in self.query(suppressions.OF_ADDRESS, (normal,)) if _in_force(row, category, today)
        ]
        if not standing:
            return Answer(address, category, True, "nothing speaks against it")
        first = standing[0]
        until = f" until {first['until']}" if first["until"] else ""
        why = f"suppressed{until} by rule {first['rule']!r}: {first['why']}"
        if category in set(always_send):
            return Answer(address, category, True, f"{category} is always sent; else {why}", first["event"])
        return Answer(address, category, False, why, first["event"])

    # the log

    def events(self, **where: Any) -> Iterator[Recorded]:
        """Read the log; the arguments are those of `EventStore.read`."""
        return self.store.read(**where)

    def story(self, subject: str) -> list[Recorded]:
        """Collect the events of a mail with those of its contact that it caused, or all of a contact."""
        mail = self.mail(subject)
        if mail is None:
            return list(self.store.read_stream(f"contact-{subject}"))
        found = list(self.store.read_stream(f"mail-{mail['mail_id']}"))
        if mail["contact_id"]:
            found += [
                recorded
                for recorded in self.store.read_stream(f"contact-{mail['contact_id']}")
                if recorded.data.get("mail_id") == mail["mail_id"]
            ]
        return sorted(found, key=lambda recorded: recorded.position)

    def stream(self, stream: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Read a stream as (type, data)."""
        return ((recorded.type, recorded.data) for recorded in self.store.read_stream(stream))


def _contact(row: Row) -> Row:
    lists = {name: as_list(row[name]) for name in ("addresses", "lists", "left_lists", "remembered")}
    fields = tuple(f"{name}={value}" for name, value in json.loads(row["fields"]).items())
    return {**{name: value for name, value in row.items() if name != "search"}, **lists, "fields": fields}


def _state(row: Row) -> ContactState:
    return ContactState(
        name=row["name"],
        addresses=as_list(row["addresses"]),
        remembered=as_list(row["remembered"]),
        lists=as_list(row["lists"]),
        left=frozenset(as_list(row["left_lists"])),
        fields=json.loads(row["fields"]),
        vanished=row["vanished_at"] is not None,
    )


def _item(row: Row) -> Row:
    return {**row, "candidates": as_list(row["candidates"])}


def _in_force(row: Row, category: str, today: date) -> bool:
    categories = as_list(row["categories"])
    return (not categories or category in categories) and (
        row["until"] is None or today < date.fromisoformat(row["until"])
    )
