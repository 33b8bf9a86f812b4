"""The hash chain: what each commit's `chain` is the SHA-256 of."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

import msgspec

to_json = msgspec.json.Encoder().encode
BLANK = b"\n\n"
GENESIS = bytes(32)  #: stands for the chain before the first commit


class CommitRow(msgspec.Struct, array_like=True, gc=False):
    """A row of `commits` without its chain; as JSON it is a list of these values."""

    first_position: int
    last_position: int
    key: str | None
    fingerprint: str | None  #: in hex
    actor: str
    correlation: str | None


def link(
    previous: bytes,
    commit: CommitRow,
    columns: Sequence[Sequence[Any]],
    digests: Sequence[bytes],
) -> bytes:
    """Give the chain value of a commit.

    `columns` are those of its events besides position, data and digest: stream, version, type,
    schema_version, recorded_at, cause. They are hashed one after the other, values joined by newlines,
    behind the values of the commit's row, which is a JSON list; then come the digests. Positions follow
    from the commit's row. No value holds a newline, so the text can be taken apart in one way only.
    """
    streams, versions, types, schema_versions, recorded_at, causes = columns
    # A blank value ends a column: joined by newlines it is the empty line that stands between two.
    text = "\n".join(
        [
            *streams, "",
            *map(str, versions), "",
            *types, "",
            *texts(schema_versions), "",
            *recorded_at, "",
            *texts(causes),
        ]
    )  # fmt: skip
    return sha256(b"".join([previous, to_json(commit), BLANK, text.encode(), BLANK, *digests])).digest()


def texts(values: Sequence[int | None]) -> Iterable[str]:
    """Give values that are mostly all the same as texts."""
    first = values[0]
    if values.count(first) == len(values):
        return [str(first)] * len(values)
    return map(str, values)
