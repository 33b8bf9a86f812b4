"""What the two processes say to each other, over a pipe each way.

A portion is one line of JSON: its place in the memory that both see, and uid and size of each mail there. Its answer
begins with its length, so that no byte of the next is read with it, and has a line for each mail: digest, mail id, and
JSON with an event's fields, or a text where the mail can't be read. One that begins with `!` says instead why nothing
was stored.
"""

import json
from collections.abc import Sequence
from io import RawIOBase
from typing import BinaryIO

from eventstore import StoreDamaged, StoreError, StoreUnavailable, from_json, to_json
from eventstore.events import MailClassified
from mgtui.apart.memory import Mail, Memory
from mgtui.reading import Taken, Unreadable

PIPE = 1 << 18  #: bytes that a pipe holds: an answer and more
_LENGTH = 8  #: hexadecimal digits
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
    _write(pipe, b"".join(map(_found, taken)))


def write_refusal(pipe: BinaryIO, error: Exception) -> None:
    """Say why a portion couldn't be stored."""
    _write(pipe, b"!" + _line([type(error).__name__, str(error)]))


def _write(pipe: BinaryIO, answer: bytes) -> None:
    pipe.write(b"%0*x" % (_LENGTH, len(answer)) + answer)
    pipe.flush()


def _found(mail: Taken) -> bytes:
    read = mail.read
    found = _line(read.why) if isinstance(read, Unreadable) else to_json(read) + b"\n"
    return f"{mail.digest} {mail.mail_id} ".encode() + found


def read_answer(pipe: RawIOBase, portion: Sequence[Mail]) -> list[Taken]:
    """Read the answer to a portion. Raises `Torn`, and the `StoreError` that the other process met."""
    answer = _exactly(pipe, int(_exactly(pipe, _LENGTH), 16))
    if answer.startswith(b"!"):
        kind, text = json.loads(answer[1:])
        raise _REFUSALS.get(kind, RuntimeError)(text)
    lines = answer.splitlines()
    return [_taken(line, uid, len(raw)) for line, (uid, raw) in zip(lines, portion, strict=True)]


def _taken(line: bytes, uid: str, size: int) -> Taken:
    digest, mail_id, found = line.split(b" ", 2)
    read = from_json(MailClassified, found) if found.startswith(b"{") else Unreadable(json.loads(found))
    return Taken(uid, size, digest.decode(), mail_id.decode(), read)


def _exactly(pipe: RawIOBase, size: int) -> bytes:
    read = bytearray()
    while len(read) < size:
        more = pipe.read(size - len(read))
        if not more:
            raise Torn
        read += more
    return bytes(read)


def _line(value: object) -> bytes:
    return json.dumps(value).encode() + b"\n"
