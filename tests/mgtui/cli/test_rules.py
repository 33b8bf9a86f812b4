"""Rules through the real command line: checked, shown, explained, and never lost."""

import json
from pathlib import Path

import pytest

from tests.mgtui.cli.test_proof import CONFIG, ERIKA, bounce, take_in
from tests.offices import OfficeFolder

RULES = """
[[rules]]
name = "anything hard"
when = { kind = "bounce", severity = "hard" }
then = [{ action = "suppress", for_days = 60 }]

[[rules]]
name = "the rest"
"""


@pytest.fixture
def office(tmp_path: Path) -> OfficeFolder:
    made = OfficeFolder(tmp_path).write(CONFIG + '[rules]\nfile = "rules.toml"\n')
    (tmp_path / "rules.toml").write_text(RULES)
    contacts = tmp_path / "contacts.csv"
    contacts.write_text(f"id,name,addresses\nk1,Erika,{ERIKA}\n")
    for part in ("tmp", "new", "cur"):
        (tmp_path / "Maildir" / part).mkdir(parents=True)
    made.run("contacts", "import", str(contacts))
    return made


def test_rules_that_can_not_be_read_leave_the_last_good_ones_in_force(office: OfficeFolder) -> None:
    office.run("grab", "--once")
    (office.folder / "rules.toml").write_text(RULES.replace("severity", "severty"))
    take_in(office, bounce())
    _, err = office.run("grab", "--once")
    assert "rules.toml: rules.0.when.severty" in err
    assert "stay in force" in err
    (refused,) = office.records("events", "--type", "RulesRefused")
    (loaded,) = office.records("events", "--type", "RulesLoaded")
    assert refused["data"]["kept"] == loaded["data"]["digest"]
    (suppressed,) = office.records("suppressions", "list")
    assert suppressed["rule"] == "anything hard"


def test_the_last_good_rules_are_those_that_were_in_force_last(office: OfficeFolder) -> None:
    for text in (RULES, RULES.replace("60", "90"), RULES):
        (office.folder / "rules.toml").write_text(text)
        office.run("grab", "--once")
    assert len(office.records("events", "--type", "RulesLoaded")) == 3
    (office.folder / "rules.toml").unlink()
    assert json.loads(office.run("rules", "show", "--json")[0].splitlines()[0])["then"][0]["for_days"] == 60


def test_rules_are_checked_before_they_are_used(office: OfficeFolder) -> None:
    assert "2 rules" in office.run("rules", "check", str(office.folder / "rules.toml"))[0]
    wrong = office.folder / "wrong.toml"
    wrong.write_text(RULES + '[[rules]]\nname = "late"\nwhen = { kind = "bounce" }\n')
    _, err = office.run("rules", "check", str(wrong), code=1)
    assert "'late' is never reached" in err
    assert err.count("\n") == 1


def test_a_mail_is_explained_rule_by_rule(office: OfficeFolder) -> None:
    take_in(office, bounce())
    (mail,) = office.records("events", "--type", "MailFetched")
    explained = office.records("rules", "explain", mail["data"]["mail_id"][:8])
    assert [(one["rule"], one["speaks"]) for one in explained] == [
        ("anything hard", True),
        ("the rest", False),
    ]
    assert explained[0]["conditions"][1] == {
        "name": "severity",
        "wanted": "hard",
        "found": "hard",
        "holds": True,
    }
    assert "+ severity: hard" in office.run("rules", "explain", mail["data"]["mail_id"])[0]
