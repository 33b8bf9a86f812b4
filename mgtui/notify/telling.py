"""A store that asks, in the commit of an event, that those be told who want to know of it."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from eventstore import (
    ANY,
    NO_STREAM,
    Append,
    AppendResult,
    Cause,
    Event,
    EventStore,
    Recorded,
    Sibling,
    data_of,
)
from eventstore.append import ExpectedVersion
from eventstore.events import ActionRequested, FetchFailed, MailClassified, NoticeRaised
from mgtui.language import as_logged
from mgtui.notify.mail import ID_PREFIX
from mgtui.notify.subscriber import Subscriber
from mgtui.story import words_for
from mgtui.wording import harmless

MOST_LINES = 200  #: events told in one notice; the rest is counted


@dataclass(frozen=True, slots=True)
class Telling:
    """The log, with an `ActionRequested` beside whatever somebody subscribed to: one for each, each commit."""

    store: EventStore
    subscribers: Sequence[Subscriber]

    def append(
        self,
        stream: str,
        events: Sequence[Event],
        expected_version: ExpectedVersion = ANY,
        *,
        causes: Sequence[Cause] = (),
        key: str | None = None,
        actor: str = "",
        correlation: str | None = None,
    ) -> AppendResult:
        """Append to one stream; see `EventStore`."""
        appends = [Append(stream, events, expected_version, causes)]
        return self.append_many(appends, key=key, actor=actor, correlation=correlation)

    def append_many(
        self,
        appends: Sequence[Append],
        *,
        key: str | None = None,
        actor: str = "",
        correlation: str | None = None,
    ) -> AppendResult:
        """Append to several streams in one transaction; see `EventStore`."""
        requests = self._requests(appends, actor, key)
        return self.store.append_many([*appends, *requests], key=key, actor=actor, correlation=correlation)

    def _requests(self, appends: Sequence[Append], actor: str, key: str | None) -> list[Append]:
        flat = [(append.stream, event) for append in appends for event in append.events]
        ours = {event.mail_id for _, event in flat if isinstance(event, MailClassified) and _is_ours(event)}
        requests = []
        for subscriber in self.subscribers:
            wanted = [
                (number, stream, event)
                for number, (stream, event) in enumerate(flat)
                if subscriber.wants(type(event).__name__, _to(event), actor)
                and getattr(event, "mail_id", None) not in ours
                and not self._is_repeat(stream, event)
            ]
            if wanted:
                requests.append(self._request(subscriber, wanted, key))
        return requests

    def _request(
        self, subscriber: Subscriber, wanted: list[tuple[int, str, Event]], key: str | None
    ) -> Append:
        # Under a key the same append may come twice, and must then ask for the same.
        name = uuid.uuid5(uuid.NAMESPACE_OID, f"{key} {subscriber.name}") if key else uuid.uuid4()
        lines = [_line(stream, event) for _, stream, event in wanted]
        text = "\n".join(lines[:MOST_LINES])
        if len(lines) > MOST_LINES:
            text += f"\n... and {len(lines) - MOST_LINES} more; `mgtui events` has them all"
        subject = lines[0] if len(lines) == 1 else f"{len(lines)} events, the first: {lines[0]}"
        request = ActionRequested(
            action_id=name.hex,
            kind=subscriber.kind,
            subscriber=subscriber.name,
            subject=harmless(f"mgtui: {subject}", 150),
            text=text,
        )
        return Append(f"action-{name.hex}", [request], NO_STREAM, [Sibling(wanted[0][0])])

    def _is_repeat(self, stream: str, event: Event) -> bool:
        """Tell whether a failure is the very one that was told before, such as a server that stays away."""
        if not isinstance(event, FetchFailed):
            return False
        last = next(self.store.read_stream(stream, backwards=True, limit=1), None)
        return last is not None and last.type == "FetchFailed" and last.data.get("error") == event.error

    # what is only passed on

    def read(
        self,
        *,
        after: int = 0,
        before: int | None = None,
        types: Collection[str] | None = None,
        category: str | None = None,
        backwards: bool = False,
        limit: int | None = None,
    ) -> Iterator[Recorded]:
        """Yield events in global order."""
        return self.store.read(
            after=after, before=before, types=types, category=category, backwards=backwards, limit=limit
        )

    def read_stream(
        self, stream: str, *, after: int = 0, backwards: bool = False, limit: int | None = None
    ) -> Iterator[Recorded]:
        """Yield the events of one stream."""
        return self.store.read_stream(stream, after=after, backwards=backwards, limit=limit)

    def head(self) -> int:
        """Give the last position."""
        return self.store.head()

    def stream_version(self, stream: str) -> int:
        """Give the last version of a stream."""
        return self.store.stream_version(stream)

    def stream_versions(self, streams: Sequence[str]) -> dict[str, int]:
        """Give the last versions of streams."""
        return self.store.stream_versions(streams)

    def wait(self, after: int, timeout: float) -> bool:
        """Wait until the head is above `after`."""
        return self.store.wait(after, timeout)

    def close(self) -> None:
        """Release every connection."""
        self.store.close()


def _is_ours(mail: MailClassified) -> bool:
    """Tell whether a mail is a notice of ours, or returns one: telling of it would go round in circles."""
    return ID_PREFIX in mail.message_id or ID_PREFIX in mail.original_message_id


def _to(event: Event) -> tuple[str, ...]:
    return event.to if isinstance(event, NoticeRaised) else ()


def _line(stream: str, event: Event) -> str:
    name = type(event).__name__
    with as_logged():
        return f"{name} {harmless(stream, 60)}: {words_for(name, data_of(event))}"
