"""Responses of an IMAP server taken apart (RFC 3501 and 9051, formal syntax).

A response is a list of parts: text and the literal that follows it take turns, so the parts at odd places
are literals, exactly as they came. Nothing here raises on what a server sends.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

Value = bytes | list["Value"] | None
Parts = list[bytes]

_TOKEN = re.compile(
    rb'(?P<open>\()|(?P<close>\))|"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<atom>(?:[^\s()"\[]|\[[^\]]*\]?)+)'
)
_CODE = re.compile(rb"\[(?P<name>[!-Z^-~]+)(?: (?P<data>[^\]]*))?\] ?", re.ASCII)
#: A FETCH of nothing but atoms, up to its end or to a literal: what servers send to nearly all that is asked here.
_FLAT = re.compile(
    rb"\d{1,20} FETCH \((?P<items>(?:[^\s()\"\[\]]|\[\])+(?: (?:[^\s()\"\[\]]|\[\])+)*)(?P<end> |\))",
    re.IGNORECASE,
)
_ESCAPED = re.compile(rb"\\(.)")


class Status(NamedTuple):
    """What `OK`, `NO`, `BAD`, `BYE` or `PREAUTH` comes with: a code in brackets, and words for people."""

    word: str
    code: str
    data: bytes
    text: str


def read_status(line: bytes) -> Status:
    """Read `OK [CODE data] text`; the code is "" where there is none."""
    word, _, rest = line.partition(b" ")
    match = _CODE.match(rest)
    text = rest[match.end() :] if match else rest
    code = match["name"].decode("ascii").upper() if match else ""
    data = (match["data"] or b"") if match else b""
    return Status(word.decode("ascii", "replace").upper(), code, data, _for_people(text))


def _for_people(text: bytes) -> str:
    """Make words of a server harmless to show: one line, no control characters, not endless."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text.decode("utf-8", "replace"))
    return " ".join(shown.split())[:300]


def values(parts: Parts) -> list[Value]:
    """Read a response as nested lists of atoms and strings; NIL is None."""
    stack: list[list[Value]] = [[]]
    for kind, value in _tokens(parts):
        if kind == "open":
            stack.append([])
        elif kind == "close":
            if len(stack) > 1:
                closed = stack.pop()
                stack[-1].append(closed)
        else:
            stack[-1].append(None if kind == "atom" and value.upper() == b"NIL" else value)
    while len(stack) > 1:
        closed = stack.pop()
        stack[-1].append(closed)
    return stack[0]


def _tokens(parts: Parts) -> Iterator[tuple[str, bytes]]:
    for place, part in enumerate(parts):
        if place % 2:
            yield "literal", part
            continue
        for match in _TOKEN.finditer(part):
            kind = match.lastgroup or ""
            value = match[kind]
            yield kind, _ESCAPED.sub(rb"\1", value) if kind == "quoted" else value


def as_text(value: Value) -> str:
    """Read a value as text; a list and NIL are none."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def fetched(parts: Parts) -> dict[bytes, Value]:
    """Read `12 FETCH (UID 5 BODY[] ...)` as names and values, wherever the UID stands; {} for all else."""
    flat = _FLAT.fullmatch(parts[0])
    if flat and (len(parts) == 1 if flat["end"] == b")" else len(parts) == 3 and parts[2] == b")"):
        atoms = flat["items"].split(b" ")
        return _pairs([*(None if atom.upper() == b"NIL" else atom for atom in atoms), *parts[1:2]])
    if not _is_fetch(parts[0]):
        return {}
    return _nested(parts)


def _nested(parts: Parts) -> dict[bytes, Value]:
    items = values(parts)
    pairs = items[2] if len(items) > 2 else None
    return _pairs(pairs) if isinstance(pairs, list) else {}


def _pairs(items: list[Value]) -> dict[bytes, Value]:
    return {
        name.upper(): value
        for name, value in zip(items[::2], items[1::2], strict=False)
        if isinstance(name, bytes)
    }


def _is_fetch(text: bytes) -> bool:
    words = text[:32].split(b" ", 2)
    return len(words) == 3 and words[0].isdigit() and words[1].upper() == b"FETCH"


def keyword(parts: Parts) -> str:
    """Give the word that says what an untagged response is: EXISTS, FETCH, SEARCH, OK ..."""
    words = parts[0][:64].split(b" ", 2)
    word = words[1] if words[0].isdigit() and len(words) > 1 else words[0]
    return word.decode("ascii", "replace").upper()
