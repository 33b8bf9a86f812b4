"""Rules under Pilot: what is in force, what each did, and what others would do."""

from pathlib import Path

import pytest

from mgtui.language import speak
from tests.mgtui.tui.offices import CONFIG, TestOffice, make_office, open_office
from tests.mgtui.tui.steps import screens, until

OTHER = """
[[rules]]
name = "ask about every bounce"
when = { kind = "bounce" }
then = [{ action = "review", why = "we want to see it" }]
"""


async def test_the_rules_stand_in_order_with_their_hits(office: TestOffice) -> None:
    async with screens(office.application, "rules", (80, 40)) as (app, _):
        text = await until(app, "hard bounce")
        assert "the default rules" in text
        names = ("bounced invoice", "undetermined bounce", "hard bounce", "third soft bounce", "letter")
        places = [text.index(name) for name in names]
        assert places == sorted(places)
        row = next(line for line in text.splitlines() if "hard bounce" in line)
        assert row.split()[3:5] == ["1", "1"]


async def test_a_rule_is_told_in_words_with_its_newest_decision(office: TestOffice) -> None:
    async with screens(office.application, "rules", (120, 40)) as (app, pilot):
        await until(app, "hard bounce")
        await pilot.press("j", "j")
        text = await until(app, "suppress the address, for good")
        assert "when  the mail is: bounce" in text
        assert "and  severity: hard" in text
        assert "1 in all, 1 within 30 days" in text
        await until(app, "(user unknown, 5.1.1)")


async def test_enter_lists_the_decisions_and_leads_to_the_card(office: TestOffice) -> None:
    async with screens(office.application, "rules") as (app, pilot):
        await until(app, "hard bounce")
        await pilot.press("j", "j", "enter")
        await until(app, "Decisions of “hard bounce”")
        await until(app, "RuleApplied")
        await pilot.press("enter")
        await until(app, "kaffee@morgen.example")
        await pilot.press("escape", "escape")
        await until(app, "the default rules")


async def test_what_other_rules_would_decide_is_shown_and_nothing_is_changed(
    office: TestOffice, tmp_path: Path
) -> None:
    file = tmp_path / "other.toml"
    file.write_text(OTHER, "utf-8")
    head = office.application.store.head()
    async with screens(office.application, "rules") as (app, pilot):
        await until(app, "hard bounce")
        await pilot.press("w")
        await until(app, "What would other rules have decided?")
        await pilot.press("ctrl+u", *str(file), "enter")
        text = await until(app, "6 mails would be decided otherwise")
        assert "nothing is changed" in text
        await until(app, "would be  ask a person")
        await pilot.press("escape")
        await until(app, "the default rules")
    assert office.application.store.head() == head
    differences = list(office.application.what_if(office.application.read_rules(file)))
    assert len(differences) == 6


@pytest.mark.parametrize(
    ("text", "told"),
    [("rules = 3", "rules"), (None, "can't be read"), (OTHER.replace("review", "dance"), "dance")],
)
async def test_a_file_that_is_no_good_says_why(
    office: TestOffice, tmp_path: Path, text: str | None, told: str
) -> None:
    file = tmp_path / "x.toml"
    if text is not None:
        file.write_text(text, "utf-8")
    async with screens(office.application, "rules") as (app, pilot):
        await until(app, "hard bounce")
        await pilot.press("w")
        await until(app, "What would other rules have decided?")
        await pilot.press("ctrl+u", *str(file), "enter")
        await until(app, lambda shown: told in shown.partition("✗")[2])


async def test_the_state_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OTHER, "utf-8")
    made = make_office(tmp_path, (), config=CONFIG + '[rules]\nfile = "own.toml"\n')
    made.application.close()
    office = open_office(tmp_path)
    async with screens(office.application, "rules") as (app, pilot):
        await until(app, "as configured")
        (tmp_path / "own.toml").write_text(OTHER.replace("every", "each"), "utf-8")
        await pilot.press("1", "6")
        await until(app, "the file has changed")
        (tmp_path / "own.toml").write_text("nonsense", "utf-8")
        await pilot.press("1", "6")
        await until(app, "would be refused")
    office.application.close()


async def test_what_is_wrong_with_a_file_is_told_in_the_readers_language(
    office: TestOffice, tmp_path: Path
) -> None:
    speak("de")
    file = tmp_path / "x.toml"
    file.write_text('[[rules]]\nname = "a"\nwhen = { count = { at_least = 0 } }\n', "utf-8")
    async with screens(office.application, "rules") as (app, pilot):
        await until(app, "dauerhafter Rückläufer")
        await pilot.press("w")
        await until(app, "Was hätten andere Regeln entschieden?")
        await pilot.press("ctrl+u", *str(file), "enter")
        await until(app, lambda shown: "erwartet: eine" in " ".join(shown.split()))
