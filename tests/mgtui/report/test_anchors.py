"""Anchors of expressions: words that every match holds, so that a text without them needs no trying."""

import importlib
import pkgutil
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mgtui.report
from mgtui.report.anchors import anchors_of
from mgtui.report.lazy import LazyPattern


@pytest.mark.parametrize(
    ("source", "anchors"),
    [
        (r"mailbox full|over quota", ("mailbox full", "over quota")),
        (r"users? unknown", (" unknown",)),
        (r"(?:host|domain) not found", (" not found",)),
        (r"(?:unknown|invalid) (?:user|name)", ("unknown", "invalid")),
        (r"(?:not )?delivered{1,2} in \d{1,3} days", ("delivered",)),
        (r"hi\. this is", ("hi. this is",)),
        (r"un-?deliver", ("deliver",)),
        (r"(?P<how>given up|gave up)", ("given up", "gave up")),
        (r"undeliverable|deliver", ("deliver",)),
        (r"你好|邮箱已满", ("你好", "邮箱已满")),
    ],
)
def test_the_surest_words_are_chosen(source: str, anchors: tuple[str, ...]) -> None:
    assert anchors_of(source) == anchors


@pytest.mark.parametrize(
    "source",
    [
        r"\d{3} \w+",
        r"(?:mailbox)?",
        r"mailbox full|\d\d\d",
        r"(?:\d|full) mail(?:box)?|a",
        r"(?!never) \S",
        r"(?:unknown){0,2}x",
        r"[abc]{9}",
    ],
)
def test_an_expression_that_may_match_without_a_word_has_no_anchor(source: str) -> None:
    assert anchors_of(source) == ()


def patterns():
    """Give every pattern of the readers that has anchors."""
    for found in pkgutil.walk_packages(mgtui.report.__path__, "mgtui.report."):
        for name, value in vars(importlib.import_module(found.name)).items():
            if isinstance(value, LazyPattern) and value.anchors:
                yield pytest.param(value, id=f"{found.name.removeprefix('mgtui.report.')}.{name}")


@pytest.mark.parametrize("pattern", list(patterns()))
def test_no_match_is_lost_by_looking_for_anchors_first(pattern: LazyPattern) -> None:
    lower = re.compile(pattern.compiled.pattern, pattern.compiled.flags & ~re.IGNORECASE)

    @settings(max_examples=60, deadline=None)
    @given(st.from_regex(lower))
    def every_match_has_an_anchor(text: str) -> None:
        # What must not follow is refused in capitals, too, so that not every such text is a match.
        assert pattern.search(text) or not pattern.compiled.search(text)

    every_match_has_an_anchor()
