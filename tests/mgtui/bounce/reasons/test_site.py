"""An operator's own table."""

import pytest

from mgtui.bounce.reasons import TablesError, judge, tables_with
from mgtui.report import Line

SITE = """
[[entry]]
id = "our-gateway"
any = ["mailbox full"]
host = ["gate.example.org"]
reason = "policy"

[[entry]]
id = "our-code"
status = ["5.7.99"]
reason = "blocked"

[severity]
blocked = "soft"

[severity.temporary]
user_unknown = "soft"
"""


def test_the_site_speaks_before_all() -> None:
    lines = [Line(1, "gate.example.org said: 552 5.2.2 Mailbox full")]
    said = judge(tables_with(SITE), text_lines=lines, status=None, reply_code=None)
    assert (said.entry, said.reason) == ("our-gateway", "policy")


def test_a_code_of_the_site_speaks_before_phrases() -> None:
    lines = [Line(1, "550 5.7.99 User unknown")]
    said = judge(tables_with(SITE), text_lines=lines, status=None, reply_code=None)
    assert (said.entry, said.reason, said.severity) == ("our-code", "blocked", "soft")


def test_what_the_site_leaves_out_stays() -> None:
    lines = [Line(1, "550 5.1.1 User unknown")]
    said = judge(tables_with(SITE), text_lines=lines, status=None, reply_code=None)
    assert (said.entry, said.severity) == ("en.user-unknown", "hard")


def test_the_site_can_soften_what_is_temporary() -> None:
    lines = [Line(1, "450 4.1.1 User unknown")]
    assert judge(tables_with(SITE), text_lines=lines, status=None, reply_code=None).severity == "soft"


def test_an_empty_site_changes_nothing() -> None:
    lines = [Line(1, "550 5.1.1 User unknown")]
    assert judge(tables_with(""), text_lines=lines, status=None, reply_code=None).severity == "hard"


ENTRY = '[[entry]]\nid = "a"\nreason = "spam"\n'


@pytest.mark.parametrize(
    ("toml", "wanted"),
    [
        ("[[entry]\n", "site: TOML"),
        ("[[entries]]\n", "site, entries: write"),
        ("entry = 3\n", "site, entry: write each as [[entry]]"),
        ("entry = [3]\n", "site, entry 1, entry: write it as"),
        ('[[entry]]\nreason = "spam"\n', "site, entry 1, id: give"),
        ('[[entry]]\nid = "a"\nreason = "junk"\nany = ["word here"]\n', "site, entry 'a', reason: one of"),
        (ENTRY, "site, entry 'a', any: an entry needs"),
        (ENTRY + 'word = ["x"]\n', "site, entry 'a', word: the keys are"),
        (ENTRY + 'any = "junk mail"\n', "site, entry 'a', any: a list"),
        (ENTRY + 'any = ["..."]\n', "site, entry 'a', any: '...' has no letter"),
        (ENTRY + 'any = ["ab"]\n', "site, entry 'a', any: 'ab' is short"),
        (
            ENTRY + 'any = ["some word"]\npattern = "(a+)+b"\n',
            "site, entry 'a', pattern: a regular expression whose",
        ),
        (ENTRY + 'any = ["some word"]\npattern = "("\n', "site, entry 'a', pattern: a regular expression ("),
        (ENTRY + 'status = ["5.1.1"]\npattern = "a"\n', "site, entry 'a', pattern: it is tried only"),
        (ENTRY + 'status = ["511"]\n', "site, entry 'a', status: a list"),
        (ENTRY + "reply_code = [5]\n", "site, entry 'a', reply_code: a list"),
        (ENTRY + "reply_code = [true]\n", "site, entry 'a', reply_code: a list"),
        (ENTRY + 'any = ["some word"]\ncommand = ["quit"]\n', "site, entry 'a', command: a list"),
        (ENTRY + 'any = ["some word"]\ngeneral = 1\n', "site, entry 'a', general: true or false"),
        (2 * (ENTRY + 'any = ["some word"]\n'), "site, entry 'a', id: give it a name"),
        ('[severity]\njunk = "soft"\n', "site, [severity], junk: one of"),
        ('[severity]\nspam = "bad"\n', "site, [severity], spam: one of"),
        ("severity = 3\n", "site, [severity], severity: write"),
        ("[severity]\ntemporary = 3\n", "site, [severity], temporary: write"),
    ],
)
def test_a_fault_is_told_in_one_line(toml: str, wanted: str) -> None:
    with pytest.raises(TablesError) as caught:
        tables_with(toml)
    assert str(caught.value).startswith(wanted)
    assert "\n" not in str(caught.value)
