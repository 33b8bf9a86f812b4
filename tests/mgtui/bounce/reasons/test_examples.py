"""Every entry's own examples lead to it, through all tables."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from mgtui.bounce.reasons import default_tables, judge
from mgtui.bounce.reasons.source import written
from mgtui.bounce.reasons.vocabulary import REASONS
from mgtui.report import Line


def entries() -> Iterator[tuple[str, dict[str, Any]]]:
    for table, raw in written()["tables"]:
        for entry in raw:
            yield table, entry


ENTRIES = list(entries())


@pytest.mark.parametrize("table", sorted({table for table, _ in ENTRIES}))
def test_every_example_gets_its_own_entry_back(table: str) -> None:
    strays = []
    for entry in (entry for of, entry in ENTRIES if of == table):
        for example in entry["examples"]:
            code = int(example) if example.isdigit() else None
            said = judge(default_tables(), text_lines=[Line(7, example)], status=None, reply_code=code)
            if (said.entry, said.reason) != (entry["id"], entry["reason"]):
                strays.append((entry["id"], example, said.entry))
    assert strays == []


def test_every_entry_has_an_example() -> None:
    assert [entry["id"] for _, entry in ENTRIES if not entry.get("examples")] == []


def test_no_two_entries_share_an_id() -> None:
    counts = Counter(entry["id"] for _, entry in ENTRIES)
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_reason_is_in_the_vocabulary_and_has_entries() -> None:
    assert {entry["reason"] for _, entry in ENTRIES} == set(REASONS)


def test_no_phrase_stands_twice_in_an_entry() -> None:
    doubles = [
        (entry["id"], phrase)
        for _, entry in ENTRIES
        for phrase, count in Counter(entry.get("any", [])).items()
        if count > 1
    ]
    assert doubles == []


def test_there_are_phrases_in_twenty_languages() -> None:
    languages = {entry["id"].partition(".")[0] for table, entry in ENTRIES if table.startswith("phrase/")}
    assert len(languages) == 20
    assert sum(len(entry.get("any", [])) for _, entry in ENTRIES) > 5_000
