"""No text takes long, whatever it repeats."""

import re
import time
from collections.abc import Iterator

import pytest

from mgtui.bounce.reasons import default_tables, judge
from mgtui.bounce.reasons.phrase import make_phrase
from mgtui.bounce.reasons.source import written
from mgtui.report import Line

#: Seconds of CPU for a hundred kilobytes; a quadratic search takes minutes.
LIMIT = 0.25


def seconds(*texts: str) -> float:
    lines = [Line(number, text) for number, text in enumerate(texts)]
    begin = time.process_time()
    judge(default_tables(), text_lines=lines, status=None, reply_code=None)
    return time.process_time() - begin


def phrases() -> Iterator[str]:
    for _, raw in written()["tables"]:
        for entry in raw:
            yield from entry.get("any", [])
            yield from entry.get("all", [])


def test_repeats_of_each_part_of_a_phrase_take_no_time() -> None:
    gapped = [part.strip() for phrase in phrases() if "..." in phrase for part in phrase.split("...")]
    for part in dict.fromkeys(gapped):
        text = f"{part} "
        assert seconds(text * (100_000 // len(text))) < LIMIT


def test_no_phrase_is_slow_on_repeats_of_all_but_its_end() -> None:
    slow = []
    for source in dict.fromkeys(phrases()):
        phrase = make_phrase(source)
        near = "".join(phrase.parts)[:-1] + " "
        text = (near * (16_000 // len(near)))[:-1]
        begin = time.process_time()
        phrase.place(text, text)
        if time.process_time() - begin > LIMIT / 10:
            slow.append(source)
    assert slow == []


def test_all_phrases_at_once_take_no_time() -> None:
    assert seconds(" ".join(phrases())) < LIMIT
    assert seconds(*phrases()) < LIMIT


def test_all_first_words_without_their_seconds_take_no_time() -> None:
    words = dict.fromkeys(word for phrase in phrases() for word in phrase.replace("...", " ").split())
    assert seconds(" ".join(sorted(words))) < LIMIT


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "@",
        "a@",
        "a@a",
        ".",
        "5.1.1 ",
        "550-",
        "550 5.1.1 ",
        " ",
        "\t",
        "ä",
        "メ",
        "\u0301",
        "<",
        "x.y ",
        "é ",
        "5.",
    ],
)
def test_repeats_of_what_the_folding_looks_for_take_no_time(unit: str) -> None:
    assert seconds(unit * (100_000 // len(unit))) < LIMIT
    assert seconds(*[unit * 500] * 1_000) < LIMIT


def test_no_pattern_explodes_on_repeats_of_its_own_anchors() -> None:
    patterns = [entry["pattern"] for _, raw in written()["tables"] for entry in raw if "pattern" in entry]
    assert patterns
    for pattern in patterns:
        for anchor in re.findall(r"[A-Za-z0-9:. (-]{2,}", pattern.replace("\\b", " ")):
            text = anchor * (100_000 // len(anchor))
            begin = time.process_time()
            re.search(pattern, text[:16_000], re.IGNORECASE)
            assert time.process_time() - begin < LIMIT


def test_the_work_is_bounded_by_what_is_looked_at() -> None:
    far = "x " * 50_000 + "user unknown"
    said = judge(default_tables(), text_lines=[Line(1, far)], status=None, reply_code=None)
    assert said.reason == "undetermined"
