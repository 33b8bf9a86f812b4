"""The read model of contacts and the state that a contact's stream folds to say the same."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from eventstore import Event, data_of, events, fields_of, open_store
from mgtui.contacts import INITIAL, evolve
from mgtui.questions import Questions
from projections import contacts, inline
from tests.projections.properties import PROPERTY, Step, any_event, histories, rebuild_equals_follow

EVENTS = tuple(contacts.PROJECTION.reads)
ADDRESS = st.sampled_from(["a@example.org", "a+b@example.org", "c@example.org"])
FIELDS: Mapping[str, st.SearchStrategy[Any]] = {
    "contact_id": st.just("1"),
    "address": ADDRESS,
    "list": st.sampled_from(["news", "tips"]),
    "addresses": st.lists(ADDRESS, max_size=2, unique=True).map(tuple),
    "lists": st.lists(st.sampled_from(["news", "tips"]), max_size=2, unique=True).map(tuple),
    "fields": st.dictionaries(st.sampled_from(["city", "a=b"]), st.just("x"), max_size=2),
}


def drawn(event_type: type[Event]) -> st.SearchStrategy[Event]:
    return any_event(event_type, **{name: FIELDS[name] for name in fields_of(event_type) if name in FIELDS})


HISTORIES = histories(st.one_of([*map(drawn, EVENTS)]), streams=("contact-1",))


@given(history=HISTORIES)
@PROPERTY
def test_the_read_model_of_contacts_rebuilt_is_the_one_that_followed(history: list[Step]) -> None:
    rebuild_equals_follow([contacts.PROJECTION], EVENTS, history)


@given(first=drawn(events.ContactImported), history=HISTORIES)
@PROPERTY
def test_the_read_model_says_of_a_contact_what_its_stream_says(first: Event, history: list[Step]) -> None:
    told = [first, *(event for step in history for event in step.events)]
    state = INITIAL
    for event in told:
        state = evolve(state, type(event).__name__, data_of(event))
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "a.db", EVENTS, inline([contacts.PROJECTION])) as store,
    ):
        store.append("contact-1", told)
        questions = Questions(store, None, lambda sql, values: [dict(r) for r in store.query(sql, values)])  # type: ignore[arg-type]
        known = questions.stock(["1"])["1"]
        found = questions.holders(["a@example.org", "a+b@example.org", "c@example.org"])
    assert known == replace(state, version=0, bounces=(), suppressed={})
    assert set(found) == set(state.addresses)


def test_a_search_reads_the_index_until_it_has_found() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "events.db", EVENTS, inline([contacts.PROJECTION]))
        try:
            for sql in (contacts.SEARCH, contacts.SEARCH_BACK):
                plan = [row["detail"] for row in store.query(f"EXPLAIN QUERY PLAN {sql}", ("%x%", "", "", 9))]
                read = [step for step in plan if step.startswith(("SEARCH contacts", "SCAN contacts"))]
                assert len(read) == 1
                assert "USING COVERING INDEX" in read[0], plan
        finally:
            store.close()
