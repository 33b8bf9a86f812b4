"""What holds over any history: commands twice, order, always_send, undo and redo, counts."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mgtui.commands import UndoEvent
from tests.mgtui.rules.histories import ACTS, COUNTED, HISTORIES, MAILS, SEVERITIES, Act, Mail, Office

PROPERTY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@contextmanager
def lived(history: Sequence[Mail | Act]) -> Iterator[Office]:
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        try:
            office.live(history)
            yield office
        finally:
            office.application.close()


@given(history=HISTORIES, act=ACTS)
@PROPERTY
def test_a_command_sent_twice_equals_once(history: Any, act: Act) -> None:
    with lived(history) as office:
        command = office.command(act)
        if command is None:
            return
        office.application.execute(command)
        once, head = office.standing, office.application.store.head()
        office.application.execute(command)
        assert (office.standing, office.application.store.head()) == (once, head)


@given(mails=st.lists(MAILS, max_size=12))
@PROPERTY
def test_the_order_of_mails_of_different_contacts_does_not_matter(mails: list[Mail]) -> None:
    by_contact = sorted(mails, key=lambda mail: mail.address)
    with lived(mails) as mixed, lived(by_contact) as sorted_:
        for name in ("contacts", "counts", "suppressed"):
            assert mixed.standing[name] == sorted_.standing[name]


@given(history=HISTORIES)
@PROPERTY
def test_a_category_that_is_always_sent_is_never_suppressed(history: Any) -> None:
    with lived(history) as office:
        for row in office.application.ask.suppressions():
            assert office.application.may_send(row["address"], "invoice").may_send
            assert "invoice" not in row["categories"]


@given(history=HISTORIES, number=st.integers(0, 200))
@PROPERTY
def test_undo_then_redo_is_the_identity(history: Any, number: int) -> None:
    with lived(history) as office:
        application = office.application
        # Undo most likely finds something among the newest events.
        position = max(application.store.head() - number % 12, 1)
        before = office.standing
        undone = application.execute(UndoEvent(position))
        if undone.done:
            assert undone.positions
            redone = application.execute(UndoEvent(undone.positions[0]))
            assert redone.done, redone.text
        assert office.standing == before


@given(history=HISTORIES)
@PROPERTY
def test_the_counts_of_the_read_model_equal_a_plain_recount(history: Any) -> None:
    with lived(history) as office:
        counted: Counter[tuple[str, str, str]] = Counter()
        for n in range(3):
            for bounce in office.application.deciding.state(f"k{n}").bounces:
                counted[f"k{n}", bounce.address, bounce.severity] += 1
        rows = office.standing["counts"]
        assert all(set(row) == set(COUNTED) for row in rows)
        shown = {
            (row["contact_id"], row["address"], severity): row[severity]
            for row in rows
            for severity in SEVERITIES
            if row[severity]
        }
        assert shown == dict(counted)
