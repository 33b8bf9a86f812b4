"""Contacts out of a vCard file (RFC 6350, RFC 2426, and 2.1 as Outlook writes it).

Cards are divided here and read by `vobject` one at a time, so that a damaged one costs only itself and no
card is larger than a bound: on lines that go on for ever `vobject` takes the square of their length.
"""

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from mgtui.contacts.csv_file import lines_of
from mgtui.contacts.incoming import BrokenLine, Columns, ContactsUnreadable, Entries, checked

MOST_CHARACTERS = 32_000  #: of one card without its pictures
#: Properties that hold pictures, sounds and keys: long, and of no use here.
_LEFT_OUT = ("PHOTO", "LOGO", "SOUND", "KEY")
_FIELDS = ("org", "title", "role", "tel", "url", "adr")


def read_vcards(raw: bytes, columns: Columns | None = None) -> Entries:
    """Yield each card as a contact or as broken.

    The id is UID, or the property that `columns` maps to `id`; the lists are CATEGORIES. Raises
    `ContactsUnreadable` for a file without a card.
    """
    mapped = columns or {}
    found = False
    for line, text in _cards(lines_of(raw)):
        found = True
        yield (
            BrokenLine(line, f"the card is longer than {MOST_CHARACTERS} characters or has no end")
            if (text is None)
            else _contact(text, line, mapped)
        )
    if not found:
        raise ContactsUnreadable("the file holds no vCard: none of its lines is BEGIN:VCARD")


def _cards(lines: Iterator[str]) -> Iterator[tuple[int, str | None]]:
    """Yield each card with the line it begins on; None for one that is too long or has no end."""
    begun, length = 0, 0
    card: list[str] = []
    skipping = False
    for number, line in enumerate(lines, start=1):
        word = line.strip().upper()
        if word == "BEGIN:VCARD":
            if begun:
                yield begun, None
            begun, length, card, skipping = number, 0, [], False
        if not begun:
            continue
        skipping = _is_left_out(line, word, skipping)
        length += 0 if skipping else len(line)
        if not skipping and length <= MOST_CHARACTERS:
            card.append(line)
        if word == "END:VCARD":
            yield begun, "".join(card) if length <= MOST_CHARACTERS else None
            begun = 0
    if begun:
        yield begun, None


def _is_left_out(line: str, word: str, before: bool) -> bool:
    """Tell whether a line belongs to a picture; 2.1 ends base64 with an empty line, others fold with blanks."""
    if line[:1] in (" ", "\t") or not word:
        return before
    name = word.partition(":")[0].partition(";")[0].rpartition(".")[2]
    return name in _LEFT_OUT


def _contact(text: str, line: int, columns: Columns) -> Any:
    vobject = import_module("vobject")
    try:
        card = next(vobject.readComponents(text, allowQP=True))
        return _checked(card, line, columns)
    except Exception as error:  # noqa: BLE001 - the library raises whatever a damaged card makes it stumble over
        why = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        return BrokenLine(line, f"the card can't be read: {why}")


def _checked(card: Any, line: int, columns: Columns) -> Any:
    values = {name: _texts(found) for name, found in card.contents.items()}
    name_of_id = _first(columns.get("id", "uid"))
    ids = values.get(name_of_id, ())
    if not ids:
        return BrokenLine(line, f"the card has no {name_of_id.upper()}; map another property to id")
    names = values.get(_first(columns.get("name", "fn")), ()) or values.get("org", ()) or values.get("n", ())
    names_of_lists = _first(columns.get("lists", "categories"))
    lists = values.get(names_of_lists) or (() if "lists" in columns else None)
    taken = {name_of_id, names_of_lists}
    fields = {
        name: ", ".join(found)
        for name, found in values.items()
        if (name in _FIELDS or name.startswith("x-")) and name not in taken and any(found)
    }
    addresses = values.get(_first(columns.get("addresses", "email")), ())
    sorted_lists = None if lists is None else tuple(sorted(set(filter(None, lists))))
    return checked(ids[0].strip(), names[0] if names else "", addresses, sorted_lists, fields, line)


def _first(names: str | Sequence[str]) -> str:
    return (names if isinstance(names, str) else names[0]).casefold()


def _texts(found: Sequence[Any]) -> tuple[str, ...]:
    """Give the values of a property as plain texts; what holds several, as CATEGORIES and ORG do, one by one."""
    texts: list[str] = []
    for entry in found:
        value = entry.value
        parts = value if isinstance(value, list) else [value]
        texts += [" ".join(str(part).split()) for part in parts]
    return tuple(text.removeprefix("mailto:") for text in texts)
