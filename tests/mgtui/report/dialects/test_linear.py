"""No expression takes more than linear time, whatever its own anchors are repeated into."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import mgtui.report.dialects
from mgtui.report import addresses, codes, returnpath
from mgtui.report.dialects import DIALECTS
from mgtui.report.dialects.formats import formats
from mgtui.report.lazy import LazyPattern
from mgtui.report.model import Headers, Line
from mgtui.report.parsed import ParsedMail
from mgtui.report.splitter import split

CHUNKS = (
    *(
        "a",
        "a ",
        "a.",
        "a@",
        "@",
        "<",
        "<a@b.c>",
        "<a@b.c>: ",
        "1",
        "1.",
        "5.1.1",
        "550 ",
        "-",
        "--- ",
        "=",
        "a=b",
    ),
    *(
        "(",
        "[",
        ":",
        ": ",
        " ",
        "\t",
        "\n",
        "'",
        '"',
        "\u00e9",
        "\u3042",
        "a-",
        "a-1-",
        ">",
        "*",
        "...",
        "a... ",
    ),
)
SMALL, LARGE = 2_000, 8_000
#: Seconds of CPU that need no explanation.
QUICK = 0.03


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Give every expression of the dialects and of the grammars they rest on."""
    names = [
        f"mgtui.report.dialects.{one.name}" for one in pkgutil.iter_modules(mgtui.report.dialects.__path__)
    ]
    for module in (addresses, codes, returnpath, *map(importlib.import_module, names)):
        for name, value in vars(module).items():
            if isinstance(value, LazyPattern):
                value = value.compiled
            if isinstance(value, re.Pattern):
                yield f"{module.__name__}.{name}", value
    for entry in formats():
        for name in ("starts", "ends", "names", "begins_diagnosis", "names_original"):
            pattern = getattr(entry, name)
            if pattern.pattern not in ("", "(?!)"):
                yield f"{entry.name}.{name}", pattern


def anchors(pattern: re.Pattern[str]) -> list[str]:
    """Give the literal words of an expression, and its first word before a character that may follow it."""
    words = re.findall(r"[^\W\d_][\w '<>@:-]{2,40}", re.sub(r"\\[a-zA-Z]|\(\?[^)>]*>?", "|", pattern.pattern))
    return [*dict.fromkeys(words)][:8]


def seconds(pattern: re.Pattern[str], text: str) -> float:
    begin = time.process_time()
    pattern.search(text)
    pattern.match(text)
    pattern.fullmatch(text)
    return time.process_time() - begin


@pytest.mark.parametrize(("name", "pattern"), [pytest.param(*one, id=one[0]) for one in patterns()])
def test_an_expression_is_linear(name: str, pattern: re.Pattern[str]) -> None:
    for chunk in (*CHUNKS, *anchors(pattern)):
        text = chunk * (LARGE // len(chunk) + 1)
        slow = seconds(pattern, text[:LARGE])
        if slow > QUICK:
            quick = min(seconds(pattern, text[:SMALL]) for _ in range(3))
            slow = min(seconds(pattern, text[:LARGE]) for _ in range(3))
            assert slow < QUICK or slow < 8 * quick, (name, chunk, quick, slow)


@pytest.mark.parametrize(
    "chunk", ["@", "a@", "<a@b.c>: ", "<", "550 5.1.1 ", "a... ", "\u00e9 ", "recipients or ", "{"]
)
@pytest.mark.parametrize("width", [70, 2_000])
def test_a_hostile_notice_is_answered_quickly(chunk: str, width: int) -> None:
    words = [marker for entry in formats() for marker in entry.markers[:1]]
    words += ["This is the mail system at host a.b", "   ----- Transcript of session follows -----"]
    words += ["did not reach the following recipient(s):", "The following address(es) failed:"]
    line = (chunk * width)[:width]
    lines = [Line(n, text) for n, text in enumerate([*words, *[line] * (400_000 // width)])]
    sender = "mailer-daemon@googlemail.com"
    headers = Headers((("return-path", "<>"), ("from", sender), ("subject", "failure notice")))
    given = split(b"")
    hostile = ParsedMail(headers, given.parts, lines)
    begin = time.process_time()
    for dialect in DIALECTS:
        dialect(hostile)
    assert time.process_time() - begin < 1.0
