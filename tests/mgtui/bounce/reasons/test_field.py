"""Lines as servers in the field write them, which no entry has for an example, and prose that says no reason."""

from pathlib import Path

from mgtui.bounce.reasons import default_tables, judge
from mgtui.report import Line

#: Each line: the reason, blanks, the text. `undetermined` are sentences that stand around a diagnosis.
LINES = Path(__file__).parent.joinpath("field.txt").read_text("utf-8").splitlines()


def test_lines_of_the_field_are_judged_as_people_judge_them() -> None:
    strays = []
    for wanted, text in (line.split(maxsplit=1) for line in LINES):
        said = judge(default_tables(), text_lines=[Line(1, text)], status=None, reply_code=None)
        if said.reason != wanted:
            strays.append((wanted, said.reason, said.entry, text))
    assert len(LINES) > 400
    assert strays == []


#: Each line: the severity, blanks, a text whose words point elsewhere too: `user unknown` of a sender, a full
#: mailbox under 5.1.1, a host whose name speaks of spam.
SEVERITIES = Path(__file__).with_name("severities.txt").read_text("utf-8").splitlines()


def test_words_that_name_a_dead_address_in_passing_make_none() -> None:
    strays = []
    for wanted, text in (line.split(maxsplit=1) for line in SEVERITIES):
        said = judge(default_tables(), text_lines=[Line(1, text)], status=None, reply_code=None)
        if said.severity != wanted:
            strays.append((wanted, said.severity, said.entry, text))
    assert len(SEVERITIES) > 50
    assert strays == []
