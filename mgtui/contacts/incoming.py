"""A contact as a source has it, and how the columns of a source become one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mgtui.contacts.address import normalise

#: Names a column may have, case folded, where the configuration maps none.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "contact_id", "number", "nr", "nummer", "kundennummer", "customer"),
    "name": ("name", "firma", "company", "display_name", "anzeigename"),
    "addresses": ("addresses", "address", "email", "e-mail", "mail", "email_address", "e-mail-adresse"),
    "lists": ("lists", "list", "newsletter_lists", "listen", "verteiler"),
}
LONGEST_ID = 200
#: Our names (id, name, addresses, lists) -> the names of the source's columns.
Columns = Mapping[str, str | Sequence[str]]


class ContactsUnreadable(ValueError):
    """A source that gives no contacts; its text is one line. `transient` where trying again can help."""

    def __init__(self, text: str, transient: bool = False) -> None:
        super().__init__(text)
        self.transient = transient


@dataclass(frozen=True, slots=True)
class IncomingContact:
    """A contact as a source has it; addresses normalised, lists sorted, None where it says nothing of lists."""

    contact_id: str
    name: str
    addresses: tuple[str, ...]
    lists: tuple[str, ...] | None
    fields: Mapping[str, str] = field(default_factory=dict)
    line: int = field(default=0, compare=False)  #: where it begins in its source, from 1


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that can't be taken over, by its number in the source, and why."""

    line: int
    why: str
    contact_id: str = ""  #: where that much could be read


Entries = Iterator[IncomingContact | BrokenLine]


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns of a source hold what, by their numbers."""

    id: tuple[int, ...]
    name: tuple[int, ...]
    addresses: tuple[int, ...]
    lists: tuple[int, ...] | None
    rest: tuple[tuple[int, str], ...]
    width: int


def layout_of(header: Sequence[str], columns: Columns) -> Layout:
    """Find the columns by their names. Raises `ContactsUnreadable` where one is missing."""
    folded = [name.strip().casefold() for name in header]
    places: dict[str, tuple[int, ...]] = {}
    for ours, usual in COLUMNS.items():
        if ours in columns:
            places[ours] = _mapped(ours, columns[ours], folded, header)
        else:
            places[ours] = tuple(folded.index(name) for name in usual if name in folded)[:1]
        if not places[ours] and ours in ("id", "addresses"):
            raise _missing(ours, usual, header)
    taken = {at for found in places.values() for at in found}
    rest = tuple((at, name.strip()) for at, name in enumerate(header) if at not in taken and name.strip())
    lists = places["lists"] or None
    return Layout(places["id"], places["name"], places["addresses"], lists, rest, len(header))


def _mapped(
    ours: str, names: str | Sequence[str], folded: Sequence[str], header: Sequence[str]
) -> tuple[int, ...]:
    wanted = [names] if isinstance(names, str) else names
    for name in wanted:
        if name.strip().casefold() not in folded:
            raise _missing(ours, [name], header)
    return tuple(folded.index(name.strip().casefold()) for name in wanted)


def _missing(ours: str, wanted: Sequence[str], header: Sequence[str]) -> ContactsUnreadable:
    there = ", ".join(header)[:300]
    return ContactsUnreadable(
        f"no column for {ours!r} (looked for {' or '.join(wanted)}); the source has {there}"
    )


def contact_of(row: Sequence[str], layout: Layout, line: int) -> IncomingContact | BrokenLine:
    """Make a contact of a row, or say why it can't be one."""
    if len(row) != layout.width:
        contact_id = row[layout.id[0]].strip() if len(row) > layout.id[0] else ""
        return BrokenLine(line, f"{len(row)} fields where the first line has {layout.width}", contact_id)
    name = " ".join(filter(None, (row[at].strip() for at in layout.name)))
    lists = None if layout.lists is None else split_lists(row[at] for at in layout.lists)
    fields = {name: value for at, name in layout.rest if (value := row[at].strip())}
    written = [text for at in layout.addresses for text in split_addresses(row[at])]
    return checked(row[layout.id[0]].strip(), name, written, lists, fields, line)


def checked(
    contact_id: str,
    name: str,
    written: Sequence[str],
    lists: tuple[str, ...] | None,
    fields: Mapping[str, str],
    line: int,
) -> IncomingContact | BrokenLine:
    """Make a contact of what a source says, or say why it can't be one."""
    if not contact_id:
        return BrokenLine(line, "no id")
    if len(contact_id) > LONGEST_ID or not contact_id.isprintable():
        return BrokenLine(line, f"{contact_id[:60]!r} is too long or not printable, so it is no id")
    addresses = tuple(dict.fromkeys(map(normalise, written)))
    if "" in addresses:
        wrong = next(text for text in written if not normalise(text))
        return BrokenLine(line, f"{wrong[:60]!r} is no mail address", contact_id)
    return IncomingContact(contact_id, name or contact_id, addresses, lists, fields, line)


def split_addresses(cell: str) -> list[str]:
    """Take a cell apart into addresses: divided by blanks, commas or semicolons, with or without names."""
    if "<" in cell:
        return [part.partition(">")[0] for part in cell.split("<")[1:]]
    return cell.replace(",", " ").replace(";", " ").split()


def split_lists(cells: Iterator[str]) -> tuple[str, ...]:
    """Take cells apart into names of lists, sorted."""
    return tuple(
        sorted({name for cell in cells for name in cell.replace(",", " ").replace(";", " ").split()})
    )
