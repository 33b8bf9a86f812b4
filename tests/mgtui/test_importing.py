"""Contacts kept in step with their source: given what the log has, when a source is read, then this changes."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventstore import ANY, BlobStore, Event, SqliteStore, open_store
from eventstore.events import OFFICE_EVENTS, AddressRemembered, RemovedFromList
from mgtui.contacts import BrokenLine, Change, ContactsUnreadable, Entries, IncomingContact
from mgtui.importing import Importing, Known, Listeners, Tally
from mgtui.questions import Questions
from projections import OFFICE_PROJECTIONS, contacts, inline


class Room:
    """A log with its read models, and imports into it."""

    def __init__(self, folder: Path) -> None:
        self.store: SqliteStore = open_store(folder / "events.db", OFFICE_EVENTS, inline(OFFICE_PROJECTIONS))
        self.blobs = BlobStore(folder / "mails.db")
        self.ask = Questions(
            self.store, self.blobs, lambda sql, values: [dict(row) for row in self.store.query(sql, values)]
        )
        self.changes: list[Change] = []

    def take(self, *entries: IncomingContact | BrokenLine, **how: bool) -> Tally:
        return self.read(iter(entries), **how)

    def read(self, entries: Entries, dry_run: bool = False, whole: bool = False, most: bool = False) -> Tally:
        self.changes.clear()
        known = Known(self.ask.stock, self.ask.standing)
        tell = Listeners(change=self.changes.append)
        importing = Importing(self.store, known, "tester", "crm", dry_run=dry_run, tell=tell)
        return importing.run(entries, (lambda source: source == "crm") if whole else None, most)

    def happen(self, contact_id: str, event: Event) -> None:
        self.store.append(f"contact-{contact_id}", [event], ANY)

    def rows(self) -> list[dict[str, object]]:
        return [dict(row) for row in self.store.query(contacts.ALL, ("", 1000))]


@contextmanager
def room() -> Iterator[Room]:
    with tempfile.TemporaryDirectory() as folder:
        made = Room(Path(folder))
        with made.store, made.blobs:
            yield made


@pytest.fixture
def empty() -> Iterator[Room]:
    with room() as made:
        yield made


def person(
    contact_id: str, *addresses: str, lists: tuple[str, ...] | None = (), **fields: str
) -> IncomingContact:
    return IncomingContact(contact_id, f"Contact {contact_id}", addresses, lists, fields)


ERIKA = person("k1", "erika@example.org", lists=("news",), city="Köln")


def test_a_dry_run_names_what_would_change_and_changes_nothing(empty: Room) -> None:
    empty.take(ERIKA)
    moved = person("k1", "neu@example.org", lists=("news",), city="Bonn", street="Ring 1")
    before = empty.store.head()
    empty.take(moved, person("k2"), dry_run=True)
    assert empty.changes == [
        Change("k1", "Contact k1", "changed", ("addresses", "city", "street")),
        Change("k2", "Contact k2", "new"),
    ]
    assert empty.store.head() == before


def test_an_address_that_an_operator_added_stays(empty: Room) -> None:
    empty.take(ERIKA)
    empty.happen("k1", AddressRemembered(contact_id="k1", address="home@example.org"))
    assert empty.take(ERIKA).same == 1
    empty.take(person("k1", "neu@example.org", lists=("news",), city="Köln"))
    assert empty.ask.stock(["k1"])["k1"].addresses == ("neu@example.org", "home@example.org")


def test_a_list_that_a_complaint_took_away_is_not_given_back(empty: Room) -> None:
    empty.take(ERIKA)
    empty.happen("k1", RemovedFromList(contact_id="k1", list="news", mail_id=None, rule="complaint", why=""))
    assert empty.take(ERIKA).same == 1
    assert empty.ask.stock(["k1"])["k1"].lists == ()


def test_a_source_that_says_nothing_of_lists_leaves_them(empty: Room) -> None:
    empty.take(ERIKA)
    assert empty.take(person("k1", "erika@example.org", lists=None, city="Köln")).same == 1


def test_what_vanished_from_a_whole_stock_is_kept_and_comes_back(empty: Room) -> None:
    empty.take(ERIKA, person("k2"))
    assert empty.take(person("k2"), whole=True).vanished == 1
    assert empty.changes == [Change("k1", "Contact k1", "vanished")]
    assert empty.take(person("k2"), whole=True).vanished == 0
    assert empty.ask.holders(["erika@example.org"]) == {"erika@example.org": ("k1",)}
    empty.take(ERIKA)
    assert empty.changes == [Change("k1", "Contact k1", "changed", ("back",))]


def test_a_contact_on_a_broken_line_has_not_vanished(empty: Room) -> None:
    empty.take(ERIKA, person("k2"))
    tally = empty.take(person("k2"), BrokenLine(3, "no mail address", "k1"), whole=True)
    assert (tally.vanished, tally.broken) == (0, 1)


def test_a_broken_line_takes_nothing_from_a_sound_one_with_its_id(empty: Room) -> None:
    tally = empty.take(BrokenLine(2, "too few fields", "k1"), ERIKA)
    assert (tally.new, tally.broken) == (1, 1)


def test_that_most_contacts_vanish_is_taken_for_a_wrong_file(empty: Room) -> None:
    empty.take(*(person(f"k{number}") for number in range(30)))
    assert "29 of 30 contacts would vanish" in empty.take(person("k0"), whole=True).refused
    assert empty.take(person("k0"), whole=True, most=True).vanished == 29


def test_the_first_of_two_contacts_with_one_id_counts(empty: Room) -> None:
    other = person("k1", "other@example.org")
    tally = empty.take(ERIKA, other)
    assert (tally.new, tally.broken) == (1, 1)
    assert empty.take(ERIKA, other).same == 1


def test_a_source_that_fails_leaves_the_contacts_and_is_told_by_an_event(empty: Room) -> None:
    empty.take(ERIKA, person("k2"))

    def failing() -> Entries:
        yield person("k3")
        raise ContactsUnreadable("the server went away", transient=True)

    tally = empty.read(failing(), whole=True)
    assert (tally.refused, tally.try_again, tally.vanished) == ("the server went away", True, 0)
    (refused,) = empty.store.read(types=["ContactsRefused"])
    assert refused.data == {"source": "crm", "error": "the server went away"}


def test_somebody_who_changes_a_contact_meanwhile_is_not_overwritten(empty: Room) -> None:
    empty.take(ERIKA)
    asked = empty.ask.stock

    def meanwhile(ids: Sequence[str]) -> object:
        found = asked(ids)
        if not empty.store.stream_version("contact-k1") > 1:
            empty.happen("k1", AddressRemembered(contact_id="k1", address="home@example.org"))
        return found

    known = Known(meanwhile, empty.ask.standing)  # type: ignore[arg-type]
    Importing(empty.store, known, "tester", "crm").run(iter([person("k1", "neu@example.org")]))
    assert empty.ask.stock(["k1"])["k1"].addresses == ("neu@example.org", "home@example.org")


IDS = st.sampled_from(["k1", "k2", "k3"])
ADDRESSES = st.lists(st.sampled_from(["a@example.org", "b@example.org"]), max_size=2, unique=True).map(tuple)
LISTS = st.none() | st.lists(st.sampled_from(["news", "tips"]), unique=True).map(sorted).map(tuple)
PEOPLE = st.builds(
    IncomingContact, IDS, st.sampled_from(["Erika", "Otto"]), ADDRESSES, LISTS,
    st.dictionaries(st.sampled_from(["city", "a=b"]), st.sampled_from(["Köln", "b=c"])),
)  # fmt: skip
FILES = st.lists(PEOPLE, max_size=4)


@given(before=FILES, file=FILES, whole=st.booleans(), left=IDS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_importing_twice_equals_once(
    before: list[IncomingContact], file: list[IncomingContact], whole: bool, left: str
) -> None:
    with room() as made:
        made.take(*before)
        made.happen(left, RemovedFromList(contact_id=left, list="news", mail_id=None, rule="r", why=""))
        would = made.take(*file, whole=whole, dry_run=True)
        announced = list(made.changes)
        did = made.take(*file, whole=whole)
        assert (did.new, did.changed, did.vanished) == (would.new, would.changed, would.vanished)
        assert made.changes == announced
        head, rows = made.store.head(), made.rows()
        again = made.take(*file, whole=whole)
        assert (again.new, again.changed, again.vanished) == (0, 0, 0)
        assert (made.store.head(), made.rows()) == (head, rows)
