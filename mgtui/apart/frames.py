"""What the two processes say to each other, over a pipe each way.

A portion is one line of JSON: its place in the memory that both see, and uid and size of each mail there. Its answer
has a line for each mail: digest, mail id, and JSON with an event's fields, or a text where the mail can't be read. A
line that begins with `!` says instead why nothing was stored.
"""

import json
from collections.abc import Sequence
from typing import BinaryIO

from eventstore import StoreDamaged, StoreError, StoreUnavailable, from_json, to_json
from eventstore.events import MailClassified
from mgtui.apart.memory import Mail, Memory
from mgtui.reading import Taken, Unreadable

PIPE = 1 << 18  #: bytes that a pipe and its buffers hold
_REFUSALS = {kind.__name__: kind for kind in (StoreUnavailable, StoreDamaged, StoreError)}


class Torn(Exception):
    """The other side ended in the middle of a word."""


def write_portion(pipe: BinaryIO, place: int, portion: Sequence[Mail]) -> None:
    """Ask for the mails in a place to be stored and read."""
    pipe.write(_line([place, [(uid, len(raw)) for uid, raw in portion]]))
    pipe.flush()


def read_portion(pipe: BinaryIO, memory: Memory) -> list[tuple[str, memoryview]]:
    """Read what is asked for, [] at the end. Raises `Torn`."""
    line = pipe.readline()
    if not line:
        return []
    if not line.endswith(b"\n"):
        raise Torn
    place, sizes = json.loads(line)
    return memory.at(place, sizes)


def write_answer(pipe: BinaryIO, taken: Sequence[Taken]) -> None:
    """Give what was found in the mails of a portion."""
    for mail in taken:
        read = mail.read
        found = _line(read.why) if isinstance(read, Unreadable) else to_json(read) + b"\n"
        pipe.write(f"{mail.digest} {mail.mail_id} ".encode() + found)
    pipe.flush()


def write_refusal(pipe: BinaryIO, error: Exception) -> None:
    """Say why a portion couldn't be stored."""
    pipe.write(b"!" + _line([type(error).__name__, str(error)]))
    pipe.flush()


def read_answer(pipe: BinaryIO, portion: Sequence[Mail]) -> list[Taken]:
    """Read the answer to a portion. Raises `Torn`, and the `StoreError` that the other process met."""
    return [_taken(pipe.readline(), uid, len(raw)) for uid, raw in portion]


def _taken(line: bytes, uid: str, size: int) -> Taken:
    if line.startswith(b"!"):
        kind, text = json.loads(line[1:])
        raise _REFUSALS.get(kind, RuntimeError)(text)
    if not line.endswith(b"\n"):
        raise Torn
    digest, mail_id, found = line.split(b" ", 2)
    read = from_json(MailClassified, found) if found.startswith(b"{") else Unreadable(json.loads(found))
    return Taken(uid, size, digest.decode(), mail_id.decode(), read)


def _line(value: object) -> bytes:
    return json.dumps(value).encode() + b"\n"
