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


#: What servers and reports add, and which says nothing of the recipient.
BESIDES = (
    "(in reply to RCPT TO command)",
    "Please contact your postmaster for further information.",
    "Error code: USR-550.",
    "Please check the address and try again.",
    "See http://postmaster.example/policy for our policy.",
    "Giving up on 192.0.2.3.",
    "The message will be returned to the sender.",
    "Contact the recipient by other means, such as phone.",
)


def test_what_is_said_besides_hides_hardly_any_dead_address() -> None:
    dead = [
        text
        for wanted, text in (line.split(maxsplit=1) for line in LINES)
        if wanted in ("user_unknown", "host_unknown") and severity_of(text) == "hard"
    ]
    assert len(dead) > 500
    hidden = [text for text in dead for more in BESIDES if severity_of(f"{text} {more}") != "hard"]
    assert len(hidden) / len(dead) / len(BESIDES) < 0.02


def severity_of(text: str) -> str:
    return judge(default_tables(), text_lines=[Line(1, text)], status=None, reply_code=None).severity
