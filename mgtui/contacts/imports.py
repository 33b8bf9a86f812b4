"""Contacts out of a CSV file, and what importing them changes."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from eventstore import Event
from eventstore.events import ContactChanged, ContactImported
from mgtui.contacts.address import normalise
from mgtui.contacts.state import ContactState

#: Names a column may have, case folded, where the configuration maps none.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "contact_id", "number", "nr", "nummer", "kundennummer", "customer"),
    "name": ("name", "firma", "company", "display_name", "anzeigename"),
    "addresses": ("addresses", "address", "email", "e-mail", "mail", "email_address", "e-mail-adresse"),
    "lists": ("lists", "list", "newsletter_lists", "listen", "verteiler"),
}


@dataclass(frozen=True, slots=True)
class IncomingContact:
    """A contact as a source has it; addresses normalised, lists sorted."""

    contact_id: str
    name: str
    addresses: tuple[str, ...]
    lists: tuple[str, ...]
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that can't be taken over, by its number in the file, and why."""

    line: int
    why: str


def decode(raw: bytes) -> str:
    """Decode a file as spreadsheets write it: UTF-8 with or without a mark, UTF-16, else Windows-1252."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def read_csv(text: str, columns: Mapping[str, str] | None = None) -> Iterator[IncomingContact | BrokenLine]:
    """Yield each line as a contact or as broken; the delimiter is found out from the first line.

    `columns` maps our names (id, name, addresses, lists) to the file's. Raises `ValueError` with a one-line
    text where the file has no column for the id or the addresses.
    """
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    # CR alone inside a field must not end the file early, so lines are split by the csv module itself.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = next(reader)
    except (StopIteration, csv.Error):
        raise ValueError("the file is empty: its first line must name the columns") from None
    places = _places([name.strip() for name in header], columns or {})
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BrokenLine(reader.line_num, str(error))
            continue
        if any(cell.strip() for cell in row):
            yield _contact(row, header, places, reader.line_num)


def _places(header: list[str], columns: Mapping[str, str]) -> dict[str, int]:
    folded = [name.casefold() for name in header]
    places: dict[str, int] = {}
    for ours, usual in COLUMNS.items():
        names = (columns[ours].casefold(),) if ours in columns else usual
        found = next((folded.index(name) for name in names if name in folded), None)
        if found is None and (ours in columns or ours in ("id", "addresses")):
            wanted = columns.get(ours) or " or ".join(usual)
            raise ValueError(
                f"no column for {ours!r} (looked for {wanted}); the file has {', '.join(header)}"
            )
        if found is not None:
            places[ours] = found
    return places


def _contact(
    row: list[str], header: list[str], places: Mapping[str, int], line: int
) -> IncomingContact | BrokenLine:
    if len(row) != len(header):
        return BrokenLine(line, f"{len(row)} fields where the first line has {len(header)}")
    cell = {ours: row[at].strip() for ours, at in places.items()}
    if not cell["id"]:
        return BrokenLine(line, "no id")
    written = cell["addresses"].replace(",", " ").replace(";", " ").split()
    addresses = tuple(dict.fromkeys(normalise(text) for text in written))
    if "" in addresses:
        wrong = next(text for text in written if not normalise(text))
        return BrokenLine(line, f"{wrong[:60]!r} is no mail address")
    lists = tuple(sorted(set(cell.get("lists", "").replace(",", " ").replace(";", " ").split())))
    rest = {name: row[at].strip() for at, name in enumerate(header) if at not in places.values() and row[at]}
    return IncomingContact(cell["id"], cell.get("name", "") or cell["id"], addresses, lists, rest)


def decide_import(contact: IncomingContact, state: ContactState, source: str) -> tuple[Event, ...]:
    """Say what importing a contact means: nothing where it is known as it is.

    A list the contact was taken off (by a complaint, say) isn't given back by an import: `lists` of a known
    contact are those the source added since, and those it is still on.
    """
    whole = {
        "contact_id": contact.contact_id,
        "name": contact.name,
        "addresses": contact.addresses,
        "fields": dict(contact.fields),
        "source": source,
    }
    if not state.version:
        return (ContactImported(**whole, lists=contact.lists),)
    lists = tuple(name for name in contact.lists if name in state.lists or name not in state.left)
    same = (contact.name, contact.addresses, dict(contact.fields), lists) == (
        state.name,
        state.addresses,
        dict(state.fields),
        state.lists,
    )
    return () if same else (ContactChanged(**whole, lists=lists),)
