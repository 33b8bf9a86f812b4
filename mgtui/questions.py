"""Plain questions that the screens and the command line ask of the read models."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from eventstore import BlobStore, EventStore, Recorded
from mgtui.contacts import ContactState, Sent, Variants, bare_message_id, normalise
from mgtui.rows import Row, contact_of, item_of, state_of
from mgtui.sending import Answer, answer, concerns
from mgtui.suppressed import suppressed_in
from projections import actions, archive, bounces, brakes, contacts, documents, mails, reviews, suppressions
from projections.fields import as_list, base_of, escape_like

if TYPE_CHECKING:
    from mgtui.rules import Archive

__all__ = ["Query", "Questions", "Row"]

Query = Callable[[str, Sequence[Any]], list[Row]]
NO_EVENT = 2**63 - 1  #: a position above all
FIRST, LAST = ("", 0), ("~", NO_EVENT)  #: a moment and an event before, and behind, all
PAGE = 5000  #: rows that are asked for at a time where all are gone through
CHUNK = 500  #: values bound in one query
LAST_ITEM = 1 << 62
LAST_NAME = ("\U0010ffff", "")  #: behind every contact's (name, id)


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
        held = self._held(set(addresses))
        return {address: tuple(sorted({row["contact_id"] for row in rows})) for address, rows in held.items()}

    def _held(self, addresses: Iterable[str]) -> dict[str, list[Row]]:
        """Give (address, contact_id) of those who have each address or a variant of it."""
        asked = sorted(addresses)
        found: dict[str, list[Row]] = {}
        for row in self._in(contacts.BY_ADDRESSES, asked):
            found.setdefault(row["address"], []).append(row)
        varied = [address for address in asked if self.variants.has(address)]
        by_base: dict[str, list[Row]] = {}
        for row in self._in(contacts.BY_BASES, sorted({base_of(address) for address in varied})):
            by_base.setdefault(row["base"], []).append(row)
        for address in varied:
            same = [row for row in by_base.get(base_of(address), ()) if self._other(address, row["address"])]
            if same:
                found[address] = found.get(address, []) + same
        return found

    def _other(self, address: str, held: str) -> bool:
        return address != held and self.variants.same(address, held)

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
        return {row["contact_id"]: state_of(row) for row in self._in(contacts.BY_IDS, ids)}

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
            **contact_of(rows[0]),
            "bounces": self.query(bounces.OF_CONTACT, (contact_id,)),
            "suppressions": self.query(suppressions.OF_CONTACT, (contact_id,)),
            "documents": self.query(documents.OF_CONTACT, (contact_id, 100)),
        }

    def contacts(self, text: str = "", after: tuple[str, str] = ("", ""), limit: int = 50) -> list[Row]:
        """Search contacts by id, name or address; `after` is (name, id) of the last one seen."""
        pattern = f"%{escape_like(text.casefold())}%"
        return [contact_of(row) for row in self.query(contacts.SEARCH, (pattern, *after, limit))]

    def contacts_page(
        self, text: str, anchor: tuple[str, str] | None, backwards: bool, limit: int
    ) -> list[Row]:
        """Search contacts on either side of (name, id) `anchor`, or from an end; ordered by name either way."""
        pattern = f"%{escape_like(text.casefold())}%"
        sql = contacts.SEARCH_BACK if backwards else contacts.SEARCH
        rows = self.query(sql, (pattern, *(anchor or (LAST_NAME if backwards else ("", ""))), limit))
        return [contact_of(row) for row in (reversed(rows) if backwards else rows)]

    def contact_count(self) -> int:
        """Count the contacts."""
        return int(self.query(contacts.COUNT, ())[0]["contacts"])

    def all_contacts(self) -> Iterator[Row]:
        """Give every contact in the order of the ids, with its free fields by name."""
        after = ""
        while rows := self.query(contacts.ALL, (after, PAGE)):
            for row in rows:
                yield {**contact_of(row), "fields": json.loads(row["fields"])}
            after = rows[-1]["contact_id"]

    def field_names(self) -> list[str]:
        """Name the free fields that any contact has, sorted."""
        return [row["name"] for row in self.query(contacts.FIELD_NAMES, ())]

    # documents

    def documents(self, contact_id: str = "", text: str = "") -> Iterator[Row]:
        """Give filed mails, the newest first: those of a contact, or those that a text is found in, or all.

        A text is looked for in sender, addressees and subject, and in the contact's id, name and addresses.
        """
        if contact_id:
            yield from self.query(documents.OF_CONTACT, (contact_id, -1))
            return
        pattern = f"%{escape_like(text.casefold())}%"
        before = NO_EVENT
        sql, values = (documents.SEARCH, (pattern, pattern)) if text else (documents.ALL, ())
        while rows := self.query(sql, (before, *values, PAGE)):
            yield from rows
            before = rows[-1]["event"]

    def letters(
        self, contact_id: str, anchor: tuple[str, int] | None, backwards: bool, limit: int
    ) -> list[Row]:
        """Give a page of a contact's filed mails, the newest first: those older than an anchor, or, backwards, newer.

        The anchor is moment and event of one of them; None is before the first, or, backwards, behind the last.
        """
        sql = documents.NEWER if backwards else documents.OLDER
        rows = self.query(sql, (contact_id, *(anchor or (FIRST if backwards else LAST)), limit))
        return rows[::-1] if backwards else rows

    def count_letters(self, contact_id: str) -> int:
        """Count a contact's filed mails."""
        return int(self.query(documents.COUNT, (contact_id,))[0]["number"])

    def filed_at(self, mail_id: str) -> list[Row]:
        """Give the contacts that a mail is filed at, as documents."""
        return self.query(documents.OF_MAIL, (mail_id,))

    # the queue and the import list

    def open_items(self, queue: str, after: int = 0, limit: int = 200) -> list[Row]:
        """List the open items of `bounces` or `imports`, oldest first, from the item number `after` on."""
        return [item_of(row) for row in self.query(reviews.OPEN, (queue, after, limit))]

    def open_page(self, queue: str, text: str, anchor: int | None, backwards: bool, limit: int) -> list[Row]:
        """List open items that hold `text`, on either side of item `anchor`, or from an end; oldest first."""
        pattern = f"%{escape_like(text)}%"
        span = (0, anchor or LAST_ITEM) if backwards else (anchor or 0, LAST_ITEM)
        sql = reviews.OPEN_PAGE.format(order="DESC" if backwards else "ASC")
        rows = self.query(sql, (queue, *span, pattern, pattern, limit))
        return [item_of(row) for row in (reversed(rows) if backwards else rows)]

    def item(self, item: int) -> Row | None:
        """Give one item, open or closed."""
        rows = self.query(reviews.ITEM, (item,))
        return item_of(rows[0]) if rows else None

    def open_counts(self) -> dict[str, int]:
        """Count the open items of each queue."""
        counts = {"bounces": 0, "imports": 0}
        return counts | {row["queue"]: row["open"] for row in self.query(reviews.COUNTS, ())}

    def held(self, brake_id: str, limit: int) -> list[str]:
        """List mails whose decisions wait behind a brake, the oldest first."""
        return [row["mail_id"] for row in self.query(brakes.HELD_BY, (brake_id, limit))]

    def brake_of(self, mail_id: str) -> str | None:
        """Give the brake that a mail's decision waits behind."""
        return next((row["brake_id"] for row in self.query(brakes.BRAKE_OF, (mail_id,))), None)

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

    def waiting(self, mailbox: str, folder: str, state: str) -> list[Row]:
        """List the mails of a mailbox folder that are in a state before the move: `fetched` or `decided`."""
        return self.query(mails.WAITING, (mailbox, folder, state))

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

    def mails_of(self, contact_id: str) -> list[Row]:
        """List the mails that are about a contact, with the digests of their bytes."""
        return self.query(mails.ABOUT_CONTACT, (contact_id,))

    def with_digest(self, digest: str) -> set[str]:
        """Name the mails that have these bytes."""
        return {row["mail_id"] for row in self.query(mails.WITH_DIGEST, (digest,))}

    def kinds(self) -> dict[str, int]:
        """Count the mails of each kind, the most frequent first."""
        return {row["kind"]: row["mails"] for row in self.query(mails.KINDS, ())}

    def balance(self) -> list[Row]:
        """Give each grabber's figures: fetched = pending + done + manual + quarantined."""
        return self.query(mails.BALANCE, ())

    def paused(self, grabber: str) -> str:
        """Say who paused a grabber and why, "" where nobody did."""
        for row in self.query(mails.PAUSED, (grabber,)):
            why = f": {row['paused_why']}" if row["paused_why"] else ""
            return f"paused by {row['paused_by']}{why}"
        return ""

    def counted(self) -> dict[str, Row]:
        """Count the same figures anew from the mails, by grabber."""
        return {row["grabber"]: row for row in self.query(mails.COUNTED, ())}

    def archived(self, message_ids: Iterable[str]) -> "Archive":
        """Say which Message-IDs are of archived mails of ours, and at which contacts those are filed."""
        from mgtui.rules import Archive  # who asks this decides, and has the rules

        if not self.query(archive.ANY, ()):
            return Archive()
        asked = sorted(set(message_ids))
        found: dict[str, frozenset[str]] = {}
        for at in range(0, len(asked), CHUNK):
            chunk = asked[at : at + CHUNK]
            sql = archive.BY_MESSAGE_ID.format(places=",".join("?" * len(chunk)))
            for row in self.query(sql, chunk):
                before = found.get(row["message_id"], frozenset())
                found[row["message_id"]] = before | {row["contact_id"]}
        return Archive(found, any=True)

    # the outbox

    def due_actions(self, now: datetime) -> list[Row]:
        """List open actions whose time has come, the longest waiting first."""
        return self.query(actions.DUE, (now.isoformat(),))

    def undone_actions(self, after: int = 0, limit: int = 500) -> list[Row]:
        """List actions that are open or were given up, in the order they were asked for."""
        return self.query(actions.UNDONE, (after, limit))

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
        (answer,) = self.may_send_all((address,), category, always_send, today)
        return answer

    def may_send_all(
        self, addresses: Iterable[str], category: str, always_send: Iterable[str], today: date
    ) -> Iterator[Answer]:
        """Say of each address, in order, whether a mail of this category may go to it; a few queries for many."""
        always = category in set(always_send)
        rest = iter(addresses)
        while chunk := list(islice(rest, CHUNK)):
            normal = [normalise(address) for address in chunk]
            found = self._suppressions_against(normal, category)
            for address, one in zip(chunk, normal, strict=True):
                if one:
                    yield answer(address, category, always, found.get(one, ()), today)
                else:
                    yield Answer(address, category, False, "this is no mail address")

    def _suppressions_against(self, normal: Sequence[str], category: str) -> dict[str, list[Row]]:
        """Give the suppressions of each address in a category, ended or not, those of its variants included."""
        variants = {one: [one] for one in normal if one}
        for address, rows in self._held(one for one in variants if self.variants.has(one)).items():
            variants[address] += [row["address"] for row in rows if row["address"] != address]
        by_address: dict[str, list[Row]] = {}
        for row in self._in(
            suppressions.OF_ADDRESSES, sorted({x for some in variants.values() for x in some})
        ):
            if concerns(row, category):
                by_address.setdefault(row["address"], []).append(row)
        return {
            one: sorted(
                (row for other in same for row in by_address.get(other, ())), key=lambda row: row["event"]
            )
            for one, same in variants.items()
        }

    def suppressed(self, category: str, today: date, since: int = 0) -> Iterator[Row]:
        """Give the addresses suppressed in a category today (any, where it is ""), in the order they came.

        With `since`, those suppressed after that position, and then those that were lifted after it; `state`
        tells which.
        """
        return suppressed_in(self, category, today, since)

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
        brake_id = self.brake_of(mail["mail_id"])
        if brake_id:
            held = self.store.read_stream(f"brake-{brake_id}")
            found += [one for one in held if one.data.get("mail_id", mail["mail_id"]) == mail["mail_id"]]
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
