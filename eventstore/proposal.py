"""What an append call looks like once it is validated and serialised, before any lock is taken."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from eventstore.append import ANY, NO_STREAM, STREAM_EXISTS, Append, Cause, ExpectedVersion, Sibling
from eventstore.errors import UnknownEventType
from eventstore.event import Event

SALT = "_salt"  #: no field of an event can have this name: pydantic keeps leading underscores for itself


@dataclass(frozen=True, slots=True)
class Proposal:
    """The events of one append call as columns; all lists have the same length, one entry for each event."""

    appends: Sequence[Append]
    streams: list[str]
    types: list[str]
    schema_versions: list[int]
    causes: list[Cause]
    plain: list[bytes]  #: JSON without salts
    data: list[str]  #: JSON as it will be stored
    digests: list[bytes]
    key: str | None
    actor: str
    correlation: str | None


def propose(
    appends: Sequence[Append],
    known: dict[type[Event], str],
    key: str | None,
    actor: str,
    correlation: str | None,
) -> Proposal:
    """Serialise, salt and hash; raises `UnknownEventType` for an event that `known` hasn't."""
    events = [event for append in appends for event in append.events]
    check_streams(appends)
    try:
        types = [known[type(event)] for event in events]
    except KeyError as unknown:
        raise UnknownEventType(f"{unknown.args[0].__name__} was not declared to this store") from None
    plain = [event.__pydantic_serializer__.to_json(event) for event in events]
    stored = salted(events, plain)
    return Proposal(
        appends=appends,
        streams=[append.stream for append in appends for _ in append.events],
        types=types,
        schema_versions=[event.schema_version for event in events],
        causes=[cause for append in appends for cause in (append.causes or (None,) * len(append.events))],
        plain=plain,
        data=[data.decode() for data in stored],
        digests=[sha256(data).digest() for data in stored],
        key=key,
        actor=actor,
        correlation=correlation,
    )


def check_streams(appends: Sequence[Append]) -> None:
    """Refuse, with a ValueError, what no caller may ask for."""
    if not any(append.events for append in appends):
        raise ValueError("an append needs at least one event")
    for append in appends:
        category, hyphen, rest = append.stream.partition("-")
        if not (category and hyphen and rest and append.stream.isprintable()):
            raise ValueError(
                f"a stream is called category-id, in printable characters, not {append.stream!r}"
            )
        if append.causes and len(append.causes) != len(append.events):
            raise ValueError(f"{append.stream}: {len(append.causes)} causes for {len(append.events)} events")


def salted(events: Sequence[Event], plain: Sequence[bytes]) -> Sequence[bytes]:
    """Give the JSON with a random salt in every event of a type that has personal fields."""
    salts = os.urandom(16 * len(events)).hex().encode()
    return [
        with_salt(data, salts[32 * index : 32 * index + 32]) if event.personal else data
        for index, (event, data) in enumerate(zip(events, plain, strict=True))
    ]


def with_salt(plain: bytes, salt: bytes) -> bytes:
    """Put the salt behind the last field."""
    return plain[:-1] + (b'"_salt":"' if plain == b"{}" else b',"_salt":"') + salt + b'"}'


def fingerprint(
    streams: Sequence[str], types: Sequence[str], schema_versions: Sequence[int], digests: Sequence[bytes]
) -> bytes:
    """Give the SHA-256 of what was appended under a key.

    It covers the digests of the data with their salts, so that after an erasure it tells nothing either.
    Whoever repeats an append is compared by hashing their data with the stored salts.
    """
    names = "\n".join([*streams, *types, *map(str, schema_versions)])
    return sha256(names.encode() + b"\n" + b"".join(digests)).digest()


def as_expected(expected: ExpectedVersion, found: int) -> bool:
    """Tell whether a stream whose last version is `found` is where the caller expects it."""
    if expected is ANY:
        return True
    if expected is NO_STREAM:
        return found == 0
    if expected is STREAM_EXISTS:
        return found > 0
    return expected == found


def resolved(causes: Sequence[Cause], first_position: int) -> list[int | None]:
    """Turn siblings into positions."""
    return [first_position + cause.index if isinstance(cause, Sibling) else cause for cause in causes]
