"""What providers and servers publish as their replies, a `⏎` between the lines of one: `severity reason text`."""

from collections.abc import Iterator
from pathlib import Path

from mgtui.bounce.reasons import Judgement, default_tables, judge
from mgtui.report import Line


def lines_of(name: str) -> Iterator[tuple[list[str], list[str], str]]:
    """Give the severities and the reasons that are right for a text, some being matters of taste, and the text."""
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines():
        severity, reason, text = line.split(maxsplit=2)
        yield severity.split("|"), reason.split("|"), text


def said_of(text: str) -> Judgement:
    """Judge a text by the tables."""
    lines = [Line(number, line) for number, line in enumerate(text.split("⏎"), 1)]
    return judge(default_tables(), text_lines=lines, status=None, reply_code=None)


def test_what_servers_publish_is_judged_as_they_mean_it() -> None:
    strays = []
    for severities, reasons, text in lines_of("servers.txt"):
        said = said_of(text)
        if said.severity not in severities or said.reason not in reasons:
            strays.append((severities, reasons, said.severity, said.reason, said.entry, text))
    assert strays == []


def test_what_nobody_looked_at_when_mending_is_judged_nearly_as_well() -> None:
    """Measures tables on texts that none of their entries was made for; a miss here is not to be mended."""
    rows = [(row, said_of(row[2])) for row in lines_of("unseen.txt")]
    assert len(rows) > 250
    assert sum(said.severity in severities for (severities, _, _), said in rows) / len(rows) > 0.93
    assert sum(said.reason in reasons for (_, reasons, _), said in rows) / len(rows) > 0.84
    assert sum(said.severity == "hard" and "hard" not in row[0] for row, said in rows) <= 3
