"""The hash chain: what each commit's `chain` is the SHA-256 of."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

GENESIS = bytes(32)  #: stands for the chain before the first commit


@dataclass(frozen=True, slots=True)
class CommitRow:
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
    columns: Sequence[Sequence[object]],
    digests: Sequence[bytes],
) -> bytes:
    """Give the chain value of a commit.

    `columns` are those of its events besides position, data and digest: stream, version, type,
    schema_version, recorded_at, cause. They are hashed one after the other, values joined by newlines,
    behind the values of the commit's row, which is a JSON list; then come the digests. Positions follow
    from the commit's row. No value holds a newline, so the text can be taken apart in one way only.
    """
    head = json.dumps(
        [
            commit.first_position,
            commit.last_position,
            commit.key,
            None if commit.fingerprint is None else commit.fingerprint.hex(),
            commit.actor,
            commit.correlation,
        ]
    )
    text = "\n\n".join([head, *("\n".join(map(str, column)) for column in columns)])
    return sha256(
        b"%b%b\n\n%b" % (previous, text.encode("utf-8", "surrogatepass"), b"".join(digests))
    ).digest()
