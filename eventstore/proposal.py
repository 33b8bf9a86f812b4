"""What an append call looks like once it is proved and serialised, before any lock is taken."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

import msgspec

from eventstore.append import ANY, NO_STREAM, STREAM_EXISTS, Append, Cause, ExpectedVersion, Sibling
from eventstore.errors import InvalidEvent, UnknownEventType
from eventstore.event import WEAK, Event, fields_of

SALT = "_salt"  #: no field of an event may have this name, see `declare`


class Proposal(msgspec.Struct, frozen=True, gc=False):
    """The events of one append call as columns; all lists have the same length, one entry for each event."""

    appends: Sequence[Append]
    streams: list[str]
    types: Sequence[str]
    schema_versions: Sequence[int]
    causes: list[Cause] | None  #: None where no event has one
    plain: list[bytes]  #: JSON without salts
    data: list[str]  #: JSON as it will be stored
    digests: list[bytes]
    key: str | None
    actor: str
    correlation: str | None


class Declared(NamedTuple):
    """What the store keeps in mind of an event type."""

    name: str
    schema_version: int
    personal: bool
    prove: Callable[[bytes], object]  #: reads JSON as this type, or raises `msgspec.ValidationError`


encode = msgspec.json.Encoder().encode
Known = Mapping[type[Event], Declared]


def declare(event_types: Iterable[type[Event]]) -> Known:
    """Take down which types may be appended; raises ValueError if two have the same name."""
    known = {event_type: declared(event_type) for event_type in event_types}
    if len({each.name for each in known.values()}) < len(known):
        raise ValueError("two event types have the same name")
    return known


def declared(event_type: type[Event]) -> Declared:
    """Take down one type; raises ValueError if it has a field in the place of the salt."""
    if SALT in fields_of(event_type):
        raise ValueError(f"{event_type.__name__} has a field {SALT}")
    prove = msgspec.json.Decoder(event_type).decode
    return Declared(event_type.__name__, event_type.schema_version, bool(event_type.personal), prove)


def propose(
    appends: Sequence[Append], known: Known, key: str | None, actor: str, correlation: str | None
) -> Proposal:
    """Serialise, salt and hash; raises `UnknownEventType` for an event that `known` hasn't."""
    streams: list[str] = []
    events: list[Event] = []
    caused = False
    for append in appends:
        check(append)
        streams += [append.stream] * len(append.events)
        events += append.events
        caused = caused or bool(append.causes)
    if not events:
        raise ValueError("an append needs at least one event")
    try:
        types, schema_versions, personal, proofs = zip(*map(known.__getitem__, map(type, events)))  # noqa: B905
    except KeyError as unknown:
        raise UnknownEventType(f"{unknown.args[0].__name__} was not declared to this store") from None
    plain = proved(events, proofs)
    stored = salted(plain, personal) if True in personal else plain
    data = list(map(bytes.decode, stored))
    digests = [sha256(one).digest() for one in stored]
    causes = causes_of(appends) if caused else None
    return Proposal(
        appends, streams, types, schema_versions, causes, plain, data, digests, key, actor, correlation
    )


def check(append: Append) -> None:
    """Refuse, with a ValueError, what no caller may ask for."""
    stream = append.stream
    if not (0 < stream.find("-") < len(stream) - 1 and stream.isprintable()):
        raise ValueError(f"a stream is called category-id, in printable characters, not {stream!r}")
    if append.causes and len(append.causes) != len(append.events):
        raise ValueError(f"{append.stream}: {len(append.causes)} causes for {len(append.events)} events")


def causes_of(appends: Sequence[Append]) -> list[Cause]:
    """Give the cause of each event."""
    return [cause for append in appends for cause in append.causes or [None] * len(append.events)]


def proved(events: Sequence[Event], proofs: Sequence[Callable[[bytes], object]]) -> list[bytes]:
    """Write events as JSON, and prove that it reads back as the very same events; raises `InvalidEvent`.

    Reading is strict: nothing is taken for a number or a text that isn't one.
    """
    plain: list[bytes] = []
    try:
        for event, prove in zip(events, proofs):  # noqa: B905 - one for each; asking for it costs
            plain.append(data := encode(event))
            if prove(data) != event:
                raise ValueError(WEAK)
    except (msgspec.MsgspecError, TypeError, ValueError) as error:
        raise InvalidEvent(f"{type(event).__name__}: {error}") from error
    return plain


def salted(plain: Sequence[bytes], personal: Sequence[bool]) -> Sequence[bytes]:
    """Give the JSON with a random salt in every event of a type that has personal fields."""
    stored = list(plain)
    secret = [at for at, holds in enumerate(personal) if holds]
    salts = os.urandom(16 * len(secret)).hex().encode()
    for number, at in enumerate(secret):
        stored[at] = with_salt(plain[at], salts[32 * number : 32 * number + 32])
    return stored


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


def resolved(causes: Sequence[Cause], first_position: int) -> Sequence[int | None]:
    """Turn siblings into positions."""
    if causes.count(None) == len(causes):
        return causes  # type: ignore[return-value]
    return [first_position + cause.index if isinstance(cause, Sibling) else cause for cause in causes]
