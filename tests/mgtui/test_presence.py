"""Who works on what: seen by the others, gone when left, stale when a process ended without a word."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from mgtui.presence import BEAT, STALE, Presence


@dataclass
class Clock:
    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def seen(presence: Presence) -> list[tuple[str, int, bool]]:
    return [(one.name, one.item, one.acting) for one in presence.others()]


def test_each_sees_the_other_and_not_himself(tmp_path: Path, clock: Clock) -> None:
    eva, tom = (Presence(tmp_path / "presence", f"operator {name}", clock) for name in ("eva", "tom"))
    eva.at(7)
    assert seen(tom) == [("eva", 7, False)]
    assert seen(eva) == []
    tom.at(7, acting=True)
    assert seen(eva) == [("tom", 7, True)]
    eva.at(8)
    assert seen(tom) == [("eva", 8, False)]
    eva.leave()
    assert seen(tom) == []
    eva.leave()


def test_since_when_stays_while_one_acts_on_the_item(tmp_path: Path, clock: Clock) -> None:
    eva, tom = (Presence(tmp_path, name, clock) for name in ("eva", "tom"))
    eva.at(7)
    clock.now += 5
    eva.at(7, acting=True)
    (found,) = tom.others()
    assert found.since == clock.now - 5


def test_who_ended_without_a_word_is_forgotten_after_a_minute(tmp_path: Path, clock: Clock) -> None:
    eva, tom = (Presence(tmp_path, name, clock) for name in ("eva", "tom"))
    eva.at(7)
    clock.now += STALE
    assert seen(tom) == [("eva", 7, False)]
    clock.now += 1
    assert seen(tom) == []
    clock.now += 10 * STALE
    assert seen(tom) == []
    assert list(tmp_path.iterdir()) == []


def test_who_stays_is_renewed(tmp_path: Path, clock: Clock) -> None:
    eva, tom = (Presence(tmp_path, name, clock) for name in ("eva", "tom"))
    eva.at(7)
    for _ in range(10):
        clock.now += BEAT
        eva.at(7)
    assert seen(tom) == [("eva", 7, False)]


@pytest.mark.parametrize(
    "text", ["", "[]", "nonsense", "[" * 100_000, '{"operator": "x"}', '{"item": "x", "beat": 1, "since": 2}']
)
def test_a_file_that_is_no_good_says_nothing(tmp_path: Path, clock: Clock, text: str) -> None:
    (tmp_path / "1-x.json").write_text(text, "utf-8")
    assert seen(Presence(tmp_path, "tom", clock)) == []


def test_a_folder_that_cannot_be_written_keeps_nobody_from_working(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "presence").write_text("a file", "utf-8")
    presence = Presence(tmp_path / "presence", "tom", clock)
    presence.at(7)
    assert seen(presence) == []


def test_nothing_of_an_item_but_its_number_is_written(tmp_path: Path, clock: Clock) -> None:
    Presence(tmp_path, "tom", clock).at(7)
    (file,) = tmp_path.iterdir()
    assert set(json.loads(file.read_text("utf-8"))) == {"operator", "item", "since", "acting", "beat"}
