"""Properties that every projection must have, to be run over generated histories.

@given(history=histories(MY_EVENTS, streams=("mail-1", "mail-2")))
@PROPERTY
def test_...(history): rebuild_equals_follow([MY_PROJECTION], MY_EVENTS, history)
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from eventstore import Event, Past, SqliteStore, fields_of, open_store
from projections import Projection, inline

PROPERTY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))

#: Text that SQLite can keep: everything but lone surrogates, which JSON can't carry either.
TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=8)


@dataclass(frozen=True)
class Step:
    """One append call of a history."""

    stream: str
    events: tuple[Event, ...]
    actor: str = "somebody"


def histories(
    events: st.SearchStrategy[Event] | Sequence[type[Event]],
    streams: Sequence[str] = ("mail-1", "mail-2", "contact-1"),
    max_steps: int = 12,
) -> st.SearchStrategy[list[Step]]:
    """Generate histories out of event types, or out of a strategy that makes more telling events.

    A strategy should draw ids and addresses from a few values, so that events meet in the same rows.
    """
    one = events if isinstance(events, st.SearchStrategy) else st.one_of([*map(any_event, events)])
    step = st.builds(
        Step,
        stream=st.sampled_from(list(streams)),
        events=st.lists(one, min_size=1, max_size=4).map(tuple),
        actor=st.sampled_from(["grabber", "anna"]),
    )
    return st.lists(step, max_size=max_steps)


def any_event(event_type: type[Event], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Event]:
    """Generate events of a type; fields not given are drawn by their annotation, text from few values."""
    few = st.sampled_from(["1", "2", "a@example.org", "", "ß\u2028'\""])
    drawn = {
        name: few if field.type is str else st.from_type(field.type)
        for name, field in fields_of(event_type).items()
    }
    return st.builds(event_type, **{**drawn, **fields})


def rebuild_equals_follow(
    projections: Sequence[Projection], event_types: Sequence[type[Event]], history: Sequence[Step]
) -> dict[str, list[tuple[Any, ...]]]:
    """Assert that following a history, rebuilding from it and catching up with it give the same tables.

    The state as of the middle of the history has to be the one that was live then, too.

    Gives the rows of every table, in the order of its key.
    """
    names = [projection.name for projection in projections]
    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder) / "a.db", event_types, inline(projections), clock=Ticks()) as store:
            append(store, history[: len(history) // 2])
            then, middle = contents(store, projections), store.head()
            append(store, history[len(history) // 2 :])
            followed = contents(store, projections)
            store.rebuild(names)
            assert contents(store, projections) == followed, "rebuilding gave other rows than following"
            with store.as_of(middle) as past:
                assert contents(past, projections) == then, "looking back gave other rows than were live"
                past.go_to(store.head())
                assert contents(past, projections) == followed, "going on from the past gave other rows"
        with open_store(Path(folder) / "b.db", event_types, inline(projections), clock=Ticks()):
            pass
        with open_store(Path(folder) / "b.db", event_types, clock=Ticks()) as store:
            append(store, history)
        with open_store(Path(folder) / "b.db", event_types, inline(projections)) as store:
            assert contents(store, projections) == followed, "catching up gave other rows than following"
    return followed


class Ticks:
    """A clock that goes on by a second whenever it is read, so that two logs agree."""

    def __init__(self) -> None:
        self.seconds = 0

    def __call__(self) -> datetime:
        self.seconds += 1
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self.seconds)


def append(store: SqliteStore, history: Sequence[Step]) -> None:
    """Append a history, each step in a commit of its own."""
    for step in history:
        store.append(step.stream, step.events, actor=step.actor)


def contents(
    store: SqliteStore | Past, projections: Sequence[Projection]
) -> dict[str, list[tuple[Any, ...]]]:
    """Give every table with the types of its values, so that 1 and 1.0 differ."""
    found = {}
    for projection in projections:
        for table in projection.tables:
            columns = ", ".join(f'"{column}", typeof("{column}")' for column in table.columns)
            order = ", ".join(f'"{column}"' for column in table.key)
            rows = store.query(f'SELECT {columns} FROM "{table.name}" ORDER BY {order}')
            found[table.name] = [tuple(row) for row in rows]
    return found
