"""The hash chain: what each commit's `chain` is the SHA-256 of."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec

to_json = msgspec.json.Encoder().encode
GENESIS = bytes(32)  #: stands for the chain before the first commit


class CommitRow(NamedTuple):
    """A row of `commits` without its chain."""

    first_position: int
    last_position: int
    key: str | None
    fingerprint: bytes | None
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
    head = to_json(
        [
            commit.first_position,
            commit.last_position,
            commit.key,
            None if commit.fingerprint is None else commit.fingerprint.hex(),
            commit.actor,
            commit.correlation,
        ]
    )
    streams, versions, types, schema_versions, recorded_at, causes = columns
    text = "\n\n".join(
        (
            "\n".join(streams),
            "\n".join(map(str, versions)),
            "\n".join(types),
            lines(schema_versions),
            "\n".join(recorded_at),
            lines(causes),
        )
    )
    return sha256(b"%b%b\n\n%b\n\n%b" % (previous, head, text.encode(), b"".join(digests))).digest()


def lines(values: Sequence[int | None]) -> str:
    """Join values that are mostly all the same."""
    first = values[0]
    same = values.count(first) == len(values)
    return "\n".join([str(first)] * len(values) if same else map(str, values))
