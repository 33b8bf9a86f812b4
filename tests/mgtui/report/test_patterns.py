"""No regular expression of the readers takes more than linear time on repeats of its own anchors."""

import importlib
import pkgutil
import re
import time
from itertools import pairwise
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]

import pytest

import mgtui.report
from mgtui.report.lazy import LazyPattern

LENGTH = 5_000
SECONDS = 0.1


def patterns():
    """Give every compiled pattern that stands in a module of the readers, by a readable name."""
    for found in pkgutil.walk_packages(mgtui.report.__path__, "mgtui.report."):
        module = importlib.import_module(found.name)
        spec = found.module_finder.find_spec(found.name)  # of the source, also where the module is compiled
        source = Path(spec.origin).read_text("utf-8")
        for name, value in vars(module).items():
            if isinstance(value, LazyPattern):
                yield pytest.param(
                    value.compiled, False, id=f"{found.name.removeprefix('mgtui.report.')}.{name}"
                )
            if isinstance(value, re.Pattern) and re.search(rf"^{name}\b", source, re.M):
                anchored = not re.search(rf"\b{name}\b(?!: |\.(?:full)?match| = )", source)
                yield pytest.param(value, anchored, id=f"{found.name.removeprefix('mgtui.report.')}.{name}")


def literals(parsed):
    """Give the literal runs of a parsed pattern, and a sample of each of its character classes."""
    run = ""
    for operator, argument in parsed:
        if operator is _constants.LITERAL:
            run += chr(argument)
            continue
        if run:
            yield run
            run = ""
        yield from _within(operator, argument)
    if run:
        yield run


def _within(operator, argument):
    if operator is _constants.IN:
        yield from (chr(value) for kind, value in argument if kind is _constants.LITERAL)
        yield from (chr(value[0]) for kind, value in argument if kind is _constants.RANGE)
        yield from ("a" for kind, _ in argument if kind is _constants.CATEGORY)
    elif operator is _constants.BRANCH:
        for branch in argument[1]:
            yield from literals(branch)
    elif operator in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
        yield from literals(argument[2])
    elif operator is _constants.SUBPATTERN:
        yield from literals(argument[3])
    elif operator in (_constants.ASSERT, _constants.ASSERT_NOT):
        yield from literals(argument[1])
    elif operator is _constants.ATOMIC_GROUP:
        yield from literals(argument)


def texts(pattern):
    """Give repeats of a pattern's own literals, alone and next to what may follow them."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    found = list(dict.fromkeys(literals(_parser.parse(source, pattern.flags & ~re.UNICODE))))
    step = max(len(found) // 12, 1)
    some = found[::step]
    units = [
        *some,
        *(f"{one} " for one in some),
        *(one + other for one, other in pairwise(some)),
    ]
    units += ["a", " ", "1", "a@", "<", "-", "a.", "a=", "=?", "\n ", "".join(some[:20])]
    for unit in dict.fromkeys(units):
        yield (unit * (LENGTH // len(unit) + 1))[:LENGTH]


@pytest.mark.parametrize(("pattern", "anchored"), list(patterns()))
def test_a_pattern_takes_linear_time_on_repeats_of_its_own_words(pattern, anchored):
    for text in texts(pattern):
        subject = text if isinstance(pattern.pattern, str) else text.encode("utf-8", "replace")
        # A neighbour on the machine may steal one measurement, not three.
        assert any(_seconds(pattern, subject, anchored) < SECONDS for _ in range(3)), text[:60]


def _seconds(pattern, text, anchored):
    start = time.process_time()
    for _ in () if anchored else pattern.finditer(text):
        pass
    pattern.match(text)
    pattern.fullmatch(text)
    return time.process_time() - start
